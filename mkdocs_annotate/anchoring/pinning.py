"""The context that picks a place out, now and after its passage is gone."""

import re
from dataclasses import dataclass
from typing import TypeAlias

from mkdocs_annotate.anchoring.ladder import fitting_in
from mkdocs_annotate.anchoring.matching import Context, context_of, fits, fitting
from mkdocs_annotate.anchoring.normalisation import Folded, Level, fold
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.searching import Step, search
from mkdocs_annotate.model.places import Range

WIDTHS = (32, 64, 128)
"""How many characters a side are tried.  With 32 fixed, 5 to 9 % of short quotes were anchored at
a twin once their own paragraph was deleted; widened until no twin fits, none was."""


@dataclass(frozen=True)
class Pin:
    """What to write beside a quote to pick out one place: the words before and after it."""

    prefix: str
    suffix: str
    number: int
    total: int
    counted: bool = False
    """The words don't tell: the place is picked by its number among all."""

    @property
    def occurrence(self) -> str:
        """Return the value of `occurrence`."""
        return f"{self.number} of {self.total}"

    @property
    def values(self) -> dict[str, str]:
        """Return what to write, by key; the number only where the words don't tell."""
        values = {"prefix": self.prefix, "suffix": self.suffix}
        if self.counted:
            values["occurrence"] = self.occurrence
        return {key: value for key, value in values.items() if value}


def places_now(quote: str, page: Page) -> tuple[Range, ...]:
    """Return where `quote` stands in `page`, on the first step that finds it."""
    for step in Step:
        found = search(quote, step, page, Context())
        if found.ranges:
            return found.ranges
    return ()


def rivals_of(quote: str, place: Range, page: Page) -> tuple[Range, ...]:
    """Return all that `quote` could be taken for if `place` were gone.

    Other places, on whatever step, and those inside words or otherwise refused: with the passage
    gone, they are what is left.
    """
    found = [search(quote, step, page, Context()) for step in Step]
    ranges = {other for places in found for other in (*places.ranges, *places.refused)}
    return tuple(
        sorted(other for other in ranges if other.end <= place.start or place.end <= other.start)
    )


def pin(quote: str, place: Range, page: Page) -> Pin | None:
    """Return the context by which `quote` is found at `place`, and that no rival fits.

    None where `quote` isn't found at `place` at all.

    The context is taken from the passage's own block while that tells it apart, and is as short
    as will do.  Where 128 characters don't tell, the place is counted as well.
    """
    places = places_now(quote, page)
    if place not in places:
        return None
    number, total = places.index(place) + 1, len(places)
    rivals = rivals_of(quote, place, page)
    scenes = [
        _without(place, rivals, page.text),
        _without(page.projection.block_around(place), rivals, page.text),
    ]
    tried = [
        _around(place, width, page, own_block=own_block)
        for width in WIDTHS
        for own_block in (True, False)
    ]
    for prefix, suffix in tried:
        context = context_of(prefix, suffix)
        if context.given and _tells(place, places, rivals, scenes, context, page):
            return Pin(prefix, suffix, number, total)
    # In a text made by a template the same words stand around many passages, and between them
    # something else, as if the passage were removed there: one side alone may do.  The number of
    # places is told with it, so that one that is gone is noticed.
    one_sided = [side for before, after in tried for side in ((before, ""), ("", after))]
    for prefix, suffix in [*tried, *one_sided]:
        if place in fitting_in(page, places, context_of(prefix, suffix)):
            return Pin(prefix, suffix, number, total, counted=True)
    return Pin("", "", number, total, counted=True)


_Scene: TypeAlias = tuple[Folded, str, tuple[Range, ...]]
"""A text, folded and as it is, and where the rivals of a passage stand in it."""


def _tells(
    place: Range,
    places: tuple[Range, ...],
    rivals: tuple[Range, ...],
    scenes: list[_Scene],
    context: Context,
    page: Page,
) -> bool:
    """Return whether `context` finds `place`, and no rival: neither now nor in the `scenes`."""
    if any(fits(rival, context, page.text) for rival in rivals):
        return False
    if any(fitting(left, context, folded, text) for folded, text, left in scenes):
        return False
    return fitting_in(page, places, context) == [place]


def _without(gone: Range, rivals: tuple[Range, ...], text: str) -> _Scene:
    """Return `text` without `gone`, and the rivals that are left.

    What stood around the passage then stands around its neighbours.
    """
    width = gone.end - gone.start
    left = (
        rival if rival.end <= gone.start else Range(rival.start - width, rival.end - width)
        for rival in rivals
        if rival.end <= gone.start or gone.end <= rival.start
    )
    rest = text[: gone.start] + text[gone.end :]
    return fold(rest, Level.TYPOGRAPHY), rest, tuple(left)


def _around(place: Range, width: int, page: Page, *, own_block: bool) -> tuple[str, str]:
    """Return up to `width` characters before and after `place`, in whole words."""
    there = page.projection.block_around(place) if own_block else Range(0, len(page.text))
    before = page.text[max(there.start, place.start - 2 * width) : place.start]
    after = page.text[place.end : min(there.end, place.end + 2 * width)]
    return _last_words(_one_line(before), width), _last_words(_one_line(after)[::-1], width)[::-1]


def _one_line(text: str) -> str:
    """Return `text` with each run of white space as one space."""
    return re.sub(r"\s+", " ", text)


def _last_words(text: str, width: int) -> str:
    """Return the last `width` characters of `text`, without the half of a word they begin with."""
    cut = text[-width:]
    if len(text) > width and text[-width - 1] != " " and " " in cut.rstrip():
        cut = cut.partition(" ")[2]
    return cut.lstrip()
