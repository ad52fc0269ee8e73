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

_LEAST_SIGNS = 16
"""Signs on each side that must be those that the browser saw, where there are so many: half a word
may stand elsewhere as a whole one."""


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
        if ranges and (place := _nearest(words, ranges, page)):
            return place
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
    readings = [bare]
    # Letters and digits; then signs within numbers too, as in 86,400.
    for before, after in ((r"\w*$", r"\w*"), (r"\S*$", r"(?:\S*\w)?")):
        left, right = re.search(before, bare.before), re.match(after, bare.after)
        head, tail = left.group() if left else "", right.group() if right else ""
        readings.append(
            Selected(
                head + text + tail,
                bare.before[: len(bare.before) - len(head)],
                bare.after[len(tail) :],
            )
        )
    return list(dict.fromkeys(readings))


def _nearest(selected: Selected, ranges: tuple[Range, ...], page: Page) -> Range | None:
    """Return the one of `ranges` that has the words around it that the browser saw.

    None where the words stand only elsewhere: as whole words, where half a word was selected, or in
    the article, where something beside it was.  Raises Unplaced where several are alike.
    """
    scored = sorted(
        ((sum(agreed), one) for one in ranges if (agreed := _agreement(selected, one, page))),
        reverse=True,
    )
    if not scored:
        return None
    if len(scored) > 1 and scored[0][0] == scored[1][0]:
        raise Unplaced("these words stand more than once, and what is beside them does not tell")
    return scored[0][1]


def _agreement(selected: Selected, place: Range, page: Page) -> tuple[int, int] | None:
    """Return how many signs before and behind `place` are those that the browser saw.

    None where on one side even the nearest `_LEAST_SIGNS` are others.
    """
    before = _signs(page.text[max(0, place.start - 200) : place.start])[::-1]
    after = _signs(page.text[place.end : place.end + 200])
    sides = ((before, _signs(selected.before)[::-1]), (after, _signs(selected.after)))
    agreed = [_common(*side) for side in sides]
    least = [min(_LEAST_SIGNS, *map(len, side)) for side in sides]
    if any(count < needed for count, needed in zip(agreed, least, strict=True)):
        return None
    return agreed[0], agreed[1]


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
