"""Words selected in a browser, to the words of a sidecar that stand for exactly this passage."""

import re
from dataclasses import dataclass

from mkdocs_annotate.anchoring.anchors import Anchor, anchor, search
from mkdocs_annotate.anchoring.form import fold_text
from mkdocs_annotate.anchoring.keys import Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.pinning import pin
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import Annotation, Quote

_LONG = 320
"""Characters from which a passage is given by its first and last words."""

_EDGE_WORDS = 6


@dataclass(frozen=True)
class Selected:
    """What a browser tells of a selection: its text, and up to 64 characters on either side."""

    text: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Placed:
    """A passage, and the fields of a sidecar that give it its place."""

    place: Range
    words: str
    fields: dict[str, str]


class Unplaced(Exception):
    """A selection has no certain place; the message says why, in the writer's words."""


def placed(selected: Selected, page: Page) -> Placed:
    """Return the passage of `page` that was selected, with the fewest words that tell it.

    A selection that begins or ends within a word is taken for the whole word.  What is not found
    with certainty is refused.  Raises Unplaced.
    """
    place = _place(selected, page)
    words = _one_line(page.text[place.start : place.end])
    for fields in _fields(words, place, page):
        if stands_at(fields, place, page):
            return Placed(place, words, fields)
    raise Unplaced("no words tell this passage from others; select a few words more")


def stands_at(fields: dict[str, str], place: Range, page: Page) -> bool:
    """Return whether an annotation with `fields` is marked at `place`, and nowhere else."""
    quote = Quote(
        fields["quote"],
        fields.get("through", ""),
        fields.get("prefix", ""),
        fields.get("suffix", ""),
    )
    if "occurrence" in fields:
        # Written by `pin`, which has counted the places; reading the file again proves it.
        return True
    answer = anchor(Annotation(quote, "new", "context"), page)
    return isinstance(answer, Anchor) and answer.ranges == (place,)


def _place(selected: Selected, page: Page) -> Range:
    if not selected.text.strip():
        raise Unplaced("no words are selected")
    for words in _readings(selected):
        ranges = search(Words(words.text), page).ranges
        if len(ranges) == 1 and _fits(words, ranges[0], page):
            return ranges[0]
        if ranges:
            return _nearest(words, ranges, page)
    raise Unplaced(
        "these words don't stand in the article as they are shown here; select words of the "
        "article alone, or load the page again if the article has changed"
    )


def _readings(selected: Selected) -> list[Selected]:
    """Return the selection as it is, and with the words whole that it cuts."""
    text = selected.text.strip()
    bare = Selected(
        text,
        selected.before + selected.text[: len(selected.text) - len(selected.text.lstrip())],
        selected.text[len(selected.text.rstrip()) :] + selected.after,
    )
    head = re.search(r"[^\s]*$", bare.before)
    tail = re.match(r"[^\s]*", bare.after)
    start, end = head.group() if head else "", tail.group() if tail else ""
    start_word = re.search(r"[\w]*$", start)
    end_word = re.match(r"[\w]*", end)
    left, right = start_word.group() if start_word else "", end_word.group() if end_word else ""
    whole = Selected(
        left + text + right,
        bare.before[: len(bare.before) - len(left)],
        bare.after[len(right) :],
    )
    return [bare] if whole.text == text else [bare, whole]


def _fits(selected: Selected, place: Range, page: Page) -> bool:
    """Return whether the only place of the words has the words around that the browser saw.

    The words may stand in a part of the page that is none of the article.
    """
    if not (selected.before.strip() or selected.after.strip()):
        return True
    return sum(_agreement(selected, place, page)) > 0


def _nearest(selected: Selected, ranges: tuple[Range, ...], page: Page) -> Range:
    """Return the one of `ranges` that has the words around it that the browser saw."""
    scored = sorted(((sum(_agreement(selected, one, page)), one) for one in ranges), reverse=True)
    best, place = scored[0]
    if not best or (len(scored) > 1 and scored[1][0] == best):
        raise Unplaced("these words stand more than once, and what is beside them does not tell")
    return place


def _agreement(selected: Selected, place: Range, page: Page) -> tuple[int, int]:
    """Return how many signs before and behind `place` are those that the browser saw."""
    before = _signs(page.text[max(0, place.start - 200) : place.start])[::-1]
    after = _signs(page.text[place.end : place.end + 200])
    return (
        _common(before, _signs(selected.before)[::-1]),
        _common(after, _signs(selected.after)),
    )


def _signs(text: str) -> str:
    return re.sub(r"\s+", "", fold_text(text))


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _fields(words: str, place: Range, page: Page) -> list[dict[str, str]]:
    """Return what may be written for `words` at `place`, the best first."""
    forms: list[dict[str, str]] = []
    if len(words) >= _LONG:
        parts = words.split(" ")
        edges = " ".join(parts[:_EDGE_WORDS]), " ".join(parts[-_EDGE_WORDS:])
        if len(parts) > 2 * _EDGE_WORDS:
            forms.append({"quote": edges[0], "through": edges[1]})
    found = pin(words, place, page)
    if found:
        forms.append({"quote": words, **found.values})
    return forms


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
