"""From quotes to their places in a page: certain, or not at all.

The key of an annotation is its prefix, quote and suffix, as far as given.  Its passage, the quote's
part of the key's place, is marked if and only if the key stands exactly once on the page, equal in
form and with whole ends; or as often as `occurrence` says.  Position alone decides nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from mkdocs_annotate.anchoring.ends import Unit
from mkdocs_annotate.anchoring.keys import MOST_PLACES, Places, Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.source_quotes import Carried, carried_places, has_syntax
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import ALL, Annotation, Quote


def search(words: Words, page: Page) -> Places:
    """Return where the passage of `words` stands in the visible text of `page`.

    Equal in form, with whole ends, and so that it can be marked; what is not so is among those
    refused.  Never raises.  Cost: that of `keys.places_in`; once for the same words.
    """
    found = page.found.get(words)
    if found is None:
        found = page.found[words] = _searched(words, page)
    return found


def _searched(words: Words, page: Page) -> Places:
    return page.only_place(words) or _looked_for(words, page)


def _looked_for(words: Words, page: Page) -> Places:
    places = page.places(words)
    if places.too_many:
        return places
    if page.second_reading is not None:
        beside = page.second_reading.places(words)
        ranges = {*places.ranges, *beside.ranges}
        places = places._replace(ranges=tuple(sorted(ranges)), too_many=beside.too_many)
    if page.has_source and (not places.ranges or has_syntax(words.exact)):
        places = _united(words, places, page)
    if len(places.ranges) > MOST_PLACES:
        places = places._replace(ranges=places.ranges[:MOST_PLACES], too_many=True)
    return _markable(places, page)


def _united(words: Words, places: Places, page: Page) -> Places:
    """Return `places` with those that the words have through the source."""
    if len(places.ranges) == 1 and page.letters.count(words.exact) == 1:
        # Whatever became of them in the source, they are here; to align the two takes long.
        return places
    carried = carried_places(words, page)
    if carried.too_many:
        return places._replace(too_many=True)
    beside = _between(words, page) if words.prefix or words.suffix else set[Range]()
    ranges = {*places.ranges, *beside, *(_same(place, places.ranges) for place in carried.ranges)}
    refused = tuple(dict.fromkeys((*places.refused, *carried.refused)))
    if carried.lost > len(_unreached(places.ranges, carried)):
        # One that is lost may be the one that is meant, and those left would look like all.
        return Places(refused=refused, lost=True, looked_at=places.looked_at)
    return Places(tuple(sorted(ranges)), refused, looked_at=places.looked_at)


def _between(words: Words, page: Page) -> set[Range]:
    """Return the places of the passage alone beside which its context stands on the page.

    The passage may be words of the source, and the context words of the page.
    """
    alone = search(Words(words.exact), page).ranges
    shown = dict.fromkeys(page.text[place.start : place.end] for place in alone)
    fitting = (page.places(words._replace(exact=text)).ranges for text in shown)
    return set(alone).intersection(place for ranges in fitting for place in ranges)


def _unreached(places: tuple[Range, ...], carried: Carried) -> set[Range]:
    """Return the places on the page that no place carried over from the source overlaps."""
    return set(places) - {_same(place, places) for place in carried.ranges}


def _same(place: Range, places: tuple[Range, ...]) -> Range:
    """Return the one of `places` that overlaps `place`, the nearest of several."""
    over = [other for other in places if other.start < place.end and place.start < other.end]
    return min(over, key=lambda other: abs(other.start - place.start), default=place)


def _markable(places: Places, page: Page) -> Places:
    unfit = [place for place in places.ranges if page.cuts_whole(place) or not page.markable(place)]
    if not unfit:
        return places
    ranges = tuple(place for place in places.ranges if place not in unfit)
    whole = ((place, Unit.WHOLE) for place in unfit)
    return places._replace(ranges=ranges, refused=(*places.refused, *whole))


class Reason(Enum):
    """Why an annotation has no place."""

    MISSING = "missing"
    """The words don't stand in the page."""

    PART = "part of a longer word or number"
    """They stand only inside a longer word or number."""

    AMBIGUOUS = "ambiguous"
    """They stand there several times, and nothing tells which is meant."""

    CONTEXT = "context"
    """They stand there, but not between the given prefix and suffix."""

    SECTION = "section"
    """There is no such section, or several, or the words don't stand in it."""

    OCCURRENCE = "occurrence"
    """They stand there another number of times than the sidecar says."""

    THROUGH = "through"
    """The first words stand there, but the last ones don't follow, or do so several times."""

    UNCERTAIN = "uncertain"
    """They stand there in a way that can't be marked: half of a sign, half of a formula; or in the
    Markdown alone, where it is not certain what became of them."""


class Anchor(NamedTuple):
    """An annotation, and where its passage stands: one range, or several in reading order."""

    annotation: Annotation
    ranges: tuple[Range, ...]


@dataclass(frozen=True)
class Orphan:
    """An annotation without a place, the reason, and the places that came into question."""

    annotation: Annotation
    reason: Reason
    places: tuple[Range, ...] = ()
    cut: Unit | None = None
    """What the first place would cut in two, for the reasons PART and UNCERTAIN."""


@dataclass(frozen=True)
class Anchoring:
    """What became of the annotations of one article; each list in sidecar order."""

    anchors: tuple[Anchor, ...]
    orphans: tuple[Orphan, ...]


def words_of(quote: Quote) -> Words:
    """Return the words that are looked for; those of the start where the passage has an end."""
    return Words(quote.exact, quote.prefix, "" if quote.through else quote.suffix)


def anchor_all(annotations: Iterable[Annotation], page: Page) -> Anchoring:
    """Return the place of each of `annotations` in `page`, or why it has none.

    Never raises.  Cost: linear in the page and in the number of annotations.
    """
    annotations = tuple(annotations)
    page.expect(words_of(annotation.quote) for annotation in annotations)
    results = [anchor(annotation, page) for annotation in annotations]
    return Anchoring(
        tuple([result for result in results if isinstance(result, Anchor)]),
        tuple([result for result in results if isinstance(result, Orphan)]),
    )


def anchor(annotation: Annotation, page: Page) -> Anchor | Orphan:
    """Return the place of `annotation` in `page`, or why it has none."""
    quote = annotation.quote
    found = search(words_of(quote), page)
    if not (quote.section or quote.through or found.too_many) and found.ranges:
        return _counted(annotation, found.ranges)
    within = Range(0, len(page.text))
    if quote.section:
        sections = page.sections(quote.section)
        if len(sections) != 1:
            return Orphan(annotation, Reason.SECTION, found.ranges)
        within = sections[0]
    places = tuple(place for place in found.ranges if _is_within(place, within))
    if not places and not found.too_many:
        return _without_place(annotation, found, page)
    if found.too_many:
        return Orphan(annotation, Reason.AMBIGUOUS, places)
    if quote.through:
        return _through(annotation, places, within, page)
    return _counted(annotation, places)


def _is_within(place: Range, section: Range) -> bool:
    return section.start <= place.start and place.end <= section.end


def _without_place(annotation: Annotation, found: Places, page: Page) -> Orphan:
    """Return why the words of `annotation`, which were `found` so, have no place."""
    quote = annotation.quote
    if found.ranges:
        return Orphan(annotation, Reason.SECTION, found.ranges)
    words = words_of(quote)
    alone = search(Words(words.exact), page) if words.prefix or words.suffix else found
    if alone.ranges:
        return Orphan(annotation, Reason.CONTEXT, alone.ranges)
    refused = found.refused or alone.refused
    places = tuple(dict.fromkeys(place for place, _ in refused))
    if found.lost or alone.lost:
        return Orphan(annotation, Reason.UNCERTAIN, places)
    if not refused:
        return Orphan(annotation, Reason.MISSING)
    cut = refused[0][1]
    reason = Reason.UNCERTAIN if cut in (Unit.SIGN, Unit.WHOLE) else Reason.PART
    return Orphan(annotation, reason, places, cut)


def _counted(annotation: Annotation, places: tuple[Range, ...]) -> Anchor | Orphan:
    """Return the only one of `places`, or the one or all that `occurrence` picks."""
    occurrence = annotation.quote.occurrence
    if occurrence is None:
        if len(places) == 1:
            return Anchor(annotation, places)
        return Orphan(annotation, Reason.AMBIGUOUS, places)
    if occurrence.number == ALL:
        return Anchor(annotation, _apart(places))
    if occurrence.total != len(places) or not 0 < occurrence.number <= len(places):
        return Orphan(annotation, Reason.OCCURRENCE, places)
    return Anchor(annotation, (places[occurrence.number - 1],))


def _apart(places: tuple[Range, ...]) -> tuple[Range, ...]:
    """Return `places` in reading order, of overlapping ones the first."""
    kept: list[Range] = []
    for place in sorted(places):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return tuple(kept)


def _through(
    annotation: Annotation, places: tuple[Range, ...], within: Range, page: Page
) -> Anchor | Orphan:
    """Return the passage from its first words, which stand at `places`, to its last ones.

    The last ones must stand once behind them, in the same section if one is given.
    """
    occurrence = annotation.quote.occurrence
    if occurrence is not None and occurrence.number == ALL:
        return Orphan(annotation, Reason.OCCURRENCE, places)
    start = _counted(annotation, places)
    if isinstance(start, Orphan):
        return start
    (first,) = start.ranges
    found = search(Words(annotation.quote.through, "", annotation.quote.suffix), page)
    ends = tuple(
        place for place in found.ranges if place.start >= first.end and place.end <= within.end
    )
    if len(ends) != 1 or found.too_many:
        return Orphan(annotation, Reason.THROUGH, ends)
    return Anchor(annotation, (Range(first.start, ends[0].end),))
