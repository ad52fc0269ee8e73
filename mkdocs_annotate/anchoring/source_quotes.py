"""Quotes copied from the Markdown: found in the source, and carried over to the page.

A range is carried over only if every word of the quote that shows stands in the range, in order and
with nothing else between; every sign at its ends stands there too, or is syntax.  A quote of which
something would be left out has no certain place: a remainder of it is never marked.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mkdocs_annotate.anchoring.alignment import Alignment
from mkdocs_annotate.anchoring.ends import REACH, Unit, cut_between, with_invisible
from mkdocs_annotate.anchoring.form import INVISIBLE, fold_text
from mkdocs_annotate.anchoring.keys import MOST_PLACES, Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.source_text import Shows, prepared
from mkdocs_annotate.model.places import Range, SourceRange

# What a quote holds that was perhaps copied from Markdown.
_SYNTAX = re.compile(r"[*_`\[\]<>&\\~=#|{}^]|--|^[^\S\n]*[-+>]\s", re.MULTILINE)

_VANISHING = frozenset("*_`[]<>#~=|\\^{}")
"""Signs of Markdown that are not on the page where they are syntax."""

_AT_LINE_START = frozenset("-+:.")
"""Signs that are syntax at the start of a line: of a list, of a definition."""

_TITLED = re.compile(r"[ >]*(?:!!!|\?\?\?|===|///|```|~~~)")
"""The start of a line whose title stands in quotation marks."""


_WIDTHS = (1, 2, 4, 8, 16)
"""How many words around some are looked at to tell them from the same words elsewhere."""


class Carried(NamedTuple):
    """What the places of some words in the source became on the page."""

    ranges: tuple[Range, ...] = ()
    refused: tuple[tuple[Range, Unit], ...] = ()
    lost: int = 0
    """How many of them show, but can't be carried over with certainty."""
    too_many: bool = False


def has_syntax(quote: str) -> bool:
    """Return whether `quote` holds signs that may be Markdown's: it was perhaps copied from it."""
    return bool(_SYNTAX.search(quote))


def carried_places(words: Words, page: Page) -> Carried:
    """Return where `words`, looked for in the source of `page`, stand in its visible text.

    What is given beside the passage are words of the source here.  Never raises.
    Cost: that of a search, and of the alignment of source and page once a page.
    """
    words = Words(*(prepared(text, page.text) for text in words))
    found = page.source_places(words)
    if found.too_many:
        return Carried(too_many=True)
    ranges, refused, lost = set[Range](), dict[Range, Unit](), 0
    proved = bool(words.prefix.strip()), bool(words.suffix.strip())
    for place in found.ranges:
        became = _became(SourceRange(place.start, place.end), page)
        if became is None:
            lost += 1
        elif became.start < became.end:
            cut = _cut_on_page(became, page, proved)
            if cut is None:
                ranges.add(became)
            else:
                refused[became] = cut
    return Carried(tuple(sorted(ranges)), tuple(sorted(refused.items())), lost)


_NOWHERE = Range(0, 0)


def _became(place: SourceRange, page: Page) -> Range | None:
    """Return what a place of the source became: empty if it never shows, None if unsure."""
    alignment = page.alignment
    shown = [word for word in alignment.words_of(place) if alignment.shows(word)]
    if not shown:
        return _NOWHERE
    letters = [_letters_at(word, place, alignment) for word in shown]
    if not all(letters) or _loses_element(place, shown, alignment):
        return None
    start, end = letters[0][0], letters[-1][-1] + 1
    said = "".join(_letters_in(word, place, alignment) for word in shown)
    if alignment.letters(start, end) != said or not _is_the_one(said, shown, page):
        return None
    return _with_signs(Range(start, end), place, shown, page)


def _part_in(word: int, place: SourceRange, alignment: Alignment) -> tuple[int, int]:
    """Return which letters of a word of the source `place` has: the first, and that behind."""
    start, end = alignment.source_starts[word], alignment.source_ends[word]
    return max(0, place.start - start), min(end, place.end) - start


def _letters_at(word: int, place: SourceRange, alignment: Alignment) -> list[int]:
    first, last = _part_in(word, place, alignment)
    return alignment.shown_at(word)[first:last]


def _letters_in(word: int, place: SourceRange, alignment: Alignment) -> str:
    first, last = _part_in(word, place, alignment)
    return alignment.source_words[word][first:last]


def _loses_element(place: SourceRange, shown: list[int], alignment: Alignment) -> bool:
    """Return whether `place` begins or ends with an image, an emoji or the like.

    Inside, between words that show, it is taken in; at an end it would be left out.
    """
    start, end = alignment.source_starts[shown[0]], alignment.source_ends[shown[-1]]
    outside = [*alignment.unshown(place.start, start), *alignment.unshown(end, place.end)]
    return any(shows == Shows.OTHERWISE for *_, shows in outside)


def _is_the_one(said: str, shown: list[int], page: Page) -> bool:
    """Return whether what the alignment found can't be another place with the same words.

    It can't where they stand once on the page, alone or with the words around them; or where they
    stand as often in the source, and the words at the ends have but one partner to choose.
    """
    on_page = page.letters.count(said, MOST_PLACES)
    if on_page == 1:
        return True
    alignment = page.alignment
    sure = alignment.is_sure(shown[0]) and alignment.is_sure(shown[-1])
    if sure and alignment.source_letters.count(said) >= alignment.text_letters.count(said):
        return True
    return any(_stands_once(shown, width, alignment) for width in _WIDTHS)


def _stands_once(shown: list[int], width: int, alignment: Alignment) -> bool:
    """Return whether some words stand once in source and page, `width` words on each side taken in.

    Pages have more than their source: an index of headings, numbers, links to the next page.
    """
    count = len(alignment.source_words)
    around = range(max(0, shown[0] - width), min(count, shown[-1] + width + 1))
    words = [word for word in around if alignment.shows(word)]
    first, last = alignment.partners[words[0]], alignment.partners[words[-1]]
    if first < 0 or last < 0:
        return False
    said = "".join(alignment.source_words[word] for word in words)
    here = "".join(alignment.text_words[first : last + 1])
    counted = (alignment.source_letters, alignment.text_letters)
    return said == here and all(text.count(said) == 1 for text in counted)


def _with_signs(place: Range, source: SourceRange, shown: list[int], page: Page) -> Range | None:
    """Return `place` with the signs at the ends of `source`; None where one is left out."""
    alignment = page.alignment
    first, last = alignment.source_starts[shown[0]], alignment.source_ends[shown[-1]]
    # A formula is taken in with the signs that only enclose it.
    start, end = _around_formula(place, page)
    before = reversed(list(_signs(source.start, first, page)))
    behind = _signs(last, source.end, page)
    start_found = _walk(list(before), start, -1, page)
    end_found = _walk(list(behind), end, 1, page)
    if start_found is None or end_found is None:
        return None
    if page.inside(start_found) or page.inside(end_found):
        return None
    return Range(start_found, with_invisible(page.text, end_found))


def _around_formula(place: Range, page: Page) -> Range:
    start, end = place
    whole = page.inside(start)
    if whole and not any(map(str.isalnum, page.text[whole.start : start])):
        start = whole.start
    whole = page.inside(end)
    if whole and not any(map(str.isalnum, page.text[end : whole.end])):
        end = whole.end
    return Range(start, end)


def _signs(start: int, end: int, page: Page) -> Iterator[tuple[str, bool]]:
    """Yield the signs of a stretch of the source in their form, and whether each may be syntax."""
    source = page.source
    for at in range(start, end):
        sign = source[at]
        if sign in INVISIBLE or page.alignment.unshown(at, at + 1):
            continue
        yield from ((part, _may_vanish(source, at)) for part in fold_text(sign))


def _may_vanish(source: str, at: int) -> bool:
    sign = source[at]
    if sign in _VANISHING or sign.isspace():
        return True
    line = source[source.rfind("\n", 0, at) + 1 : at]
    if sign in _AT_LINE_START and not line.strip(" >-+:."):
        return True
    if sign == '"' and _TITLED.match(line):
        return True
    beside = source[max(0, at - 1) : at] + source[at + 1 : at + 2]
    return (sign in "-+:$" and sign in beside) or (sign == "!" and source[at + 1 : at + 2] == "[")


def _walk(signs: list[tuple[str, bool]], at: int, step: int, page: Page) -> int | None:
    """Return how far `signs`, from the inside outwards, stand on the page beside `at`.

    None where one that is no syntax doesn't stand there.
    """
    text = page.text
    reached = at
    while signs:
        sign, vanishes = signs.pop(0)
        if sign == " ":
            while _beside(text, reached, step).isspace():
                reached += step
            continue
        there = _beside(text, reached, step)
        form = fold_text(there)[::step] if there else ""
        if form and form == "".join(each for each, _ in [(sign, vanishes), *signs])[: len(form)]:
            del signs[: len(form) - 1]
            reached += step
            at = reached
        elif sign == "$" and _touches_formula(reached, step, page):
            continue
        elif not vanishes:
            return None
    return at


def _beside(text: str, at: int, step: int) -> str:
    place = at if step > 0 else at - 1
    return text[place : place + 1] if 0 <= place < len(text) else ""


def _touches_formula(at: int, step: int, page: Page) -> bool:
    return page.inside(at - step) is not None


def _cut_on_page(place: Range, page: Page, proved: tuple[bool, bool]) -> Unit | None:
    for at, known in zip(place, proved, strict=True):
        if not known:
            before = fold_text(page.text[max(0, at - REACH) : at])
            cut = cut_between(before, fold_text(page.text[at : at + REACH]))
            space = at if page.text[at : at + 1].isspace() else at - 1
            if cut and not (cut is Unit.GROUP and page.is_gap(space)):
                return cut
    return None
