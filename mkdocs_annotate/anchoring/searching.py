"""The places of some words in a page, on one step of the ladder."""

from enum import Enum

from mkdocs_annotate.anchoring.alignment import has_syntax, with_edge_signs
from mkdocs_annotate.anchoring.matching import Context, Places, places_of
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.model.places import Range, SourceRange


class Step(Enum):
    """What is compared with what; an earlier step is surer."""

    SYNTAX = "syntax"
    """Words with signs of Markdown, with the source.  First: a page that shows its own Markdown
    as code has these signs in its visible text too."""

    TYPOGRAPHY = "typography"
    """Any words with the visible text, but for spaces, quotation marks and dashes."""

    LETTERS = "letters"
    """Any words with the visible text, but for case and compatibility forms."""

    SOURCE = "source"
    """Words without such signs, with the source: some syntax has none."""

    WORDS = "words"
    """Letters and digits alone, with the visible text."""


def search(words: str, step: Step, page: Page, context: Context) -> Places:
    """Return where `words` stand in the visible text of `page`, as `step` compares them.

    Places of which nothing can be marked are among those refused.  Never raises.
    """
    if step in (Step.SYNTAX, Step.SOURCE):
        places = _in_source(words, page, context) if _fits_step(words, step, page) else Places()
    elif step == Step.TYPOGRAPHY:
        places = places_of(words, page.typography, page.text, context)
        if not places.ranges:
            places = _in_unabridged(words, page, context) or places
    elif step == Step.LETTERS:
        places = places_of(words, page.letters, page.text, context)
    else:
        found = places_of(words, page.words, page.text, context)
        ranges = tuple(with_edge_signs(place, words, page.text) for place in found.ranges)
        places = Places(ranges, found.too_many, found.refused)
    if all(map(page.markable, places.ranges)):
        return places
    markable = tuple(filter(page.markable, places.ranges))
    unmarkable = (place for place in places.ranges if place not in markable)
    return Places(markable, places.too_many, (*places.refused, *unmarkable))


def _fits_step(words: str, step: Step, page: Page) -> bool:
    return bool(page.source) and has_syntax(words) == (step == Step.SYNTAX)


def _in_source(words: str, page: Page, context: Context) -> Places:
    """Return what the places of `words` in the source became in the visible text.

    All are refused where one of them is lost: it may be the one that is meant, and those left
    would look like all there are.
    """
    found = places_of(words, page.source_typography, page.source)
    if not found.ranges or found.too_many:
        return Places(too_many=found.too_many)
    exact = places_of(words, page.typography, page.text, context).ranges
    if len(exact) == 1 and page.shows_once(words):
        # Whatever became of them in the source, they are here; to align the two takes long.
        return Places(exact)
    ranges: list[Range] = []
    lost = 0
    for place in found.ranges:
        became = page.alignment.visible(SourceRange(place.start, place.end))
        if became is None:
            lost += page.alignment.shows(SourceRange(place.start, place.end))
            continue
        ranges.append(_nearest(became, exact) or with_edge_signs(became, words, page.text))
    # What stands in the visible text word for word is a place too, aligned or not.
    also = set(exact).difference(ranges)
    places = tuple(sorted({*ranges, *exact}))
    return Places(refused=places) if lost > len(also) else Places(places)


def _nearest(became: Range, exact: tuple[Range, ...]) -> Range | None:
    """Return the one of `exact` that `became` lies over, the nearest of several; or None."""
    over = [place for place in exact if place.start < became.end and became.start < place.end]
    return min(over, key=lambda place: abs(place.start - became.start), default=None)


def _in_unabridged(words: str, page: Page, context: Context) -> Places | None:
    """Return places that run over skipped parts, as ranges of the text without those parts."""
    if page.unabridged.text == page.text:
        return None
    whole = page.unabridged
    found = places_of(words, whole.typography, whole.text, context)
    carried = []
    for place in found.ranges:
        start = page.projection.text_at(whole.projection.html_start(place.start))
        end = page.projection.text_at(whole.projection.html_end(place.end))
        shorter = page.projection.trimmed(Range(start, end))
        if shorter.start < shorter.end:
            carried.append(shorter)
    return Places(tuple(carried), found.too_many) if carried else None
