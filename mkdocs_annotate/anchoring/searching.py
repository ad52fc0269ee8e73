"""The places of some words on a page, in both readings of it and through its source."""

from mkdocs_annotate.anchoring.ends import Cut
from mkdocs_annotate.anchoring.keys import MOST_PLACES, Places, Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.source_quotes import Carried, carried_places, has_syntax
from mkdocs_annotate.model.places import Range


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
    """Return the places on the page that none of the carried ones is."""
    return set(places) - {_same(place, places) for place in carried.ranges}


def _same(place: Range, places: tuple[Range, ...]) -> Range:
    """Return the one of `places` that a carried `place` lies over, the nearest of several."""
    over = [other for other in places if other.start < place.end and place.start < other.end]
    return min(over, key=lambda other: abs(other.start - place.start), default=place)


def _markable(places: Places, page: Page) -> Places:
    unfit = [place for place in places.ranges if page.cuts_whole(place) or not page.markable(place)]
    if not unfit:
        return places
    ranges = tuple(place for place in places.ranges if place not in unfit)
    whole = ((place, Cut.WHOLE) for place in unfit)
    return places._replace(ranges=ranges, refused=(*places.refused, *whole))
