"""An orphan as a problem: why it has no place, which places came into question, what to paste."""

import json
from collections.abc import Sequence

from mkdocs_annotate.anchoring.ladder import Orphan, Reason, fitting_in, is_within
from mkdocs_annotate.anchoring.matching import context_of
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.pinning import places_now
from mkdocs_annotate.anchoring.proposals import Proposal, propose, was_removed
from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.model.sidecar import ALL

MOST_PLACES = 3
"""How many places a message names; more is no help, and a message is one line."""

MOST_WORDS = 4
"""How many words of what really stands around a place a message shows."""

_NUMERALS = {1: "once", 2: "twice", 3: "three times", 4: "four times", 5: "five times"}


def explained_all(orphans: Sequence[Orphan], page: Page, most: int) -> list[tuple[Orphan, Problem]]:
    """Return each of `orphans` as a problem; the nearest passage is looked for of the first `most`.

    A count and no clock, so that messages stay the same.
    """
    return [
        (orphan, explained(orphan, page, propose(orphan, page) if number < most else []))
        for number, orphan in enumerate(orphans)
    ]


def explained(orphan: Orphan, page: Page, proposals: list[Proposal]) -> Problem:
    """Return the problem of `orphan` in `page`; `proposals` for what it may mean, best first."""
    annotation, quote = orphan.annotation, orphan.annotation.quote
    words = shown(quote.exact)
    rule = Rule.AMBIGUOUS if orphan.reason == Reason.AMBIGUOUS else Rule.ORPHAN
    position = annotation.position
    cure = _nearest(proposals, page)
    if orphan.reason == Reason.AMBIGUOUS:
        where = "this context" if quote.prefix or quote.suffix else "the article"
        message = f"“{words}” stands {_times(orphan.places)} in {where}"
        cure = _telling(orphan, page)
    elif orphan.reason == Reason.MISSING:
        message = f"“{words}” does not stand in the article"
        if was_removed(orphan, page):
            message, cure = f"“{words}” was removed from the article", "remove the annotation too"
    elif orphan.reason == Reason.CONTEXT:
        message = f"“{words}” stands in the article, but not between this prefix and suffix"
        cure = _context_found(orphan, page)
        position = annotation.place("prefix" if quote.prefix else "suffix")
    elif orphan.reason == Reason.SECTION:
        message, cure = _section(orphan, page)
        position = annotation.place("section")
    elif orphan.reason == Reason.OCCURRENCE:
        message = f"“{words}” stands {_times(orphan.places)}, not as often as `occurrence` says"
        cure = f"look which place is meant, and write `… of {len(orphan.places)}`"
        position = annotation.place("occurrence")
    elif orphan.reason == Reason.THROUGH:
        message = f"“{shown(quote.through)}” does not follow on “{words}”"
        cure = "copy the last words of the passage again"
        position = annotation.place("through")
    else:
        message = f"“{words}” stands only inside something that can't be marked in part"
        cure = "quote whole words, or all of the formula or button"
    return Problem(position, rule, message, cure)


def _times(places: tuple[Range, ...]) -> str:
    return _NUMERALS.get(len(places), f"{len(places)} times")


def _nearest(proposals: list[Proposal], page: Page) -> str:
    if not proposals:
        return "copy the words again from the page"
    first = proposals[0]
    near = " ".join(page.text[first.range.start : first.range.end].split())
    return f"nearest is “{shown(near)}”{_under(first.range, page)}"


def _under(place: Range, page: Page) -> str:
    heading = page.heading_above(place.start)
    return f" (under “{shown(heading)}”)" if heading else ""


def _section(orphan: Orphan, page: Page) -> tuple[str, str]:
    section = orphan.annotation.quote.section
    found = page.sections(section)
    if len(found) == 1:
        where = f"; it stands{_under(orphan.places[0], page)}" if orphan.places else ""
        words = shown(orphan.annotation.quote.exact)
        message = f"“{words}” does not stand in the section “{shown(section)}”{where}"
        return message, "correct `section`, or remove it"
    if found:
        return f"there are {len(found)} sections called “{shown(section)}”", (
            "write the id of the heading instead, or use `prefix`"
        )
    headings = [page.heading_above(heading.range.start) for heading in page.projection.headings]
    known = ", ".join(f"“{shown(heading)}”" for heading in headings[:MOST_PLACES])
    return f"there is no section “{shown(section)}”", (
        f"the headings are {known}" + (" …" if len(headings) > MOST_PLACES else "")
        if known
        else "the article has no headings: use `prefix` or `suffix`"
    )


def _context_found(orphan: Orphan, page: Page) -> str:
    """Return what really stands around the only place, or that there are several."""
    if len(orphan.places) != 1:
        return "look which place is meant, and correct them"
    place = orphan.places[0]
    if orphan.annotation.quote.prefix:
        before = page.text[max(0, place.start - 160) : place.start].split()
        return f"before it stands `prefix: {_yaml(' '.join(before[-MOST_WORDS:]))}`"
    after = page.text[place.end : place.end + 160].split()
    return f"after it stands `suffix: {_yaml(' '.join(after[:MOST_WORDS]))}`"


def _telling(orphan: Orphan, page: Page) -> str:
    """Return the lines to paste that tell the places of an ambiguous quote apart."""
    quote = orphan.annotation.quote
    counted = _counted_places(orphan, page)
    lines = []
    for place in orphan.places[:MOST_PLACES]:
        line = telling_line(place, counted, page, suffixes=not quote.through)
        line = line or f"occurrence: {counted.index(place) + 1} of {len(counted)}"
        lines.append(f"`{line}`{_under(place, page)}")
    told = " or ".join(lines)
    if len(orphan.places) > MOST_PLACES:
        told += " or …"
    every = quote.occurrence and quote.occurrence.number == ALL
    return f"paste {told}" + ("" if every else ", or `occurrence: all`")


def _counted_places(orphan: Orphan, page: Page) -> tuple[Range, ...]:
    """Return the places that `occurrence` counts: those that the context doesn't fit too."""
    quote = orphan.annotation.quote
    places = places_now(quote.exact, page)
    sections = page.sections(quote.section) if quote.section else []
    if len(sections) == 1:
        places = tuple(place for place in places if is_within(place, sections[0]))
    return places if set(orphan.places) <= set(places) else orphan.places


def telling_line(
    place: Range, places: tuple[Range, ...], page: Page, *, suffixes: bool = True
) -> str:
    """Return the shortest `prefix: …` or `suffix: …` that means `place` alone; or nothing.

    It is tried by the rules that the sidecar will be read by: to differ is not enough.  Without
    `suffixes` only prefixes are, as where the suffix belongs to the last words of a passage.
    """
    before = page.text[max(0, place.start - 160) : place.start].split()
    after = page.text[place.end : place.end + 160].split()
    joined_before = place.start > 0 and not page.text[place.start - 1].isspace()
    joined_after = place.end < len(page.text) and not page.text[place.end].isspace()
    for count in range(1, 7):
        prefix = " ".join(before[-count:])
        suffix = " ".join(after[:count])
        if len(before) >= count and _means(place, places, page, prefix, ""):
            return f"prefix: {_yaml(prefix if joined_before else prefix + ' ')}"
        if suffixes and len(after) >= count and _means(place, places, page, "", suffix):
            return f"suffix: {_yaml(suffix if joined_after else ' ' + suffix)}"
    return ""


def _means(place: Range, places: tuple[Range, ...], page: Page, prefix: str, suffix: str) -> bool:
    return fitting_in(page, places, context_of(prefix, suffix)) == [place]


def _yaml(text: str) -> str:
    """Return `text` as YAML takes it whatever it holds."""
    return json.dumps(text, ensure_ascii=False)
