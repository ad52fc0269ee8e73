"""Orphans as problems: the reason, the candidate places, and lines to paste into the sidecar."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mkdocs_annotate.anchoring.anchors import Orphan, Reason, search, words_of
from mkdocs_annotate.anchoring.ends import Unit
from mkdocs_annotate.anchoring.keys import MOST_PLACES as MOST_COUNTED
from mkdocs_annotate.anchoring.keys import Words
from mkdocs_annotate.anchoring.lookalikes import grown, listed_differences
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.pinning import pin
from mkdocs_annotate.anchoring.proposals import Proposal, Unseen, is_removed, propose, why_unseen
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.problems import Position, Problem, Rule, shown
from mkdocs_annotate.model.sidecar import ALL

MOST_PLACES = 3
"""How many places a message names; more is no help, and a message is one line."""

MOST_WORDS = 4
"""How many words of what really stands around a place a message shows."""

# Emphasis, code, links and images, as they are typed.
_MARKUP = re.compile(r"\*\*|__|`|\]\(|(?<!\w)[*_]\w|\w[*_](?!\w)")

_NUMERALS = {1: "once", 2: "twice", 3: "three times", 4: "four times", 5: "five times"}

_UNSEEN = {
    Unseen.OMISSION: (
        "has dots for words that are left out",
        "give the first words as `quote` and the last ones as `through`",
    ),
    Unseen.IMAGE: (
        "stands only in the text that describes an image",
        "quote words beside the image",
    ),
    Unseen.ADDRESS: ("stands only in the address of a link", "quote the words of the link"),
    Unseen.HIDDEN: (
        "stands only in a part of the page that is hidden",
        "quote words that readers see",
    ),
}


@dataclass(frozen=True)
class Explanation:
    """What is wrong with an annotation, and what to do; `key` is the field at fault."""

    message: str
    hint: str
    key: str = ""


def explained_all(orphans: Sequence[Orphan], page: Page, most: int) -> list[tuple[Orphan, Problem]]:
    """Return each of `orphans` as a problem.

    The first `most` different ones are looked into: their nearest passages, what to paste.  A count
    and no clock, so that messages stay the same.
    """
    known: dict[tuple[object, Reason], Explanation] = {}
    explained = []
    for orphan in orphans:
        key = (orphan.annotation.quote, orphan.reason)
        if key not in known:
            known[key] = (
                _explanation(orphan, page) if len(known) < most else _short_explanation(orphan)
            )
        explained.append((orphan, _problem(orphan, known[key])))
    return explained


def explained(orphan: Orphan, page: Page) -> Problem:
    """Return the problem of `orphan` in `page`, with the passages that it may mean."""
    return _problem(orphan, _explanation(orphan, page))


def _problem(orphan: Orphan, explanation: Explanation) -> Problem:
    rule = Rule.AMBIGUOUS if orphan.reason == Reason.AMBIGUOUS else Rule.ORPHAN
    position: Position = orphan.annotation.position
    if explanation.key:
        position = orphan.annotation.place(explanation.key)
    words = orphan.annotation.quote.exact
    return Problem(position, rule, explanation.message, explanation.hint, subject=words)


def _short_explanation(orphan: Orphan) -> Explanation:
    words = shown(orphan.annotation.quote.exact)
    return Explanation(
        f"“{words}” has no certain place in the article",
        "nothing nearer was looked for, as there are many such quotes on this page; "
        "correct the first ones",
    )


def _explanation(orphan: Orphan, page: Page) -> Explanation:
    by_reason = {
        Reason.AMBIGUOUS: _ambiguous,
        Reason.MISSING: _missing,
        Reason.PART: _part,
        Reason.CONTEXT: _context,
        Reason.SECTION: _section,
        Reason.OCCURRENCE: _occurrence,
        Reason.THROUGH: _through,
        Reason.UNCERTAIN: _uncertain,
    }
    return by_reason[orphan.reason](orphan, page)


def _times(places: tuple[Range, ...]) -> str:
    if len(places) >= MOST_COUNTED:
        return f"more than {MOST_COUNTED:,} times"
    return _NUMERALS.get(len(places), f"{len(places)} times")


def _words(orphan: Orphan) -> str:
    return f"“{shown(orphan.annotation.quote.exact)}”"


def passage_text(place: Range, page: Page) -> str:
    """Return the words at `place` as a message shows them, in quotation marks."""
    return f"“{shown(' '.join(page.text[place.start : place.end].split()))}”"


def _under(place: Range, page: Page) -> str:
    heading = page.heading_above(place.start)
    return f" (under “{shown(heading)}”)" if heading else ""


def _nearest(proposals: list[Proposal], page: Page) -> str:
    if not proposals:
        return "copy the words again from the page"
    first = proposals[0]
    differs = listed_differences(first.differences)
    near = f"nearest is {passage_text(first.range, page)}{_under(first.range, page)}"
    return f"{near}: {differs}" if differs else near


def _missing(orphan: Orphan, page: Page) -> Explanation:
    words = _words(orphan)
    if is_removed(orphan, page):
        return Explanation(f"{words} was removed from the article", "remove the annotation too")
    unseen = why_unseen(words_of(orphan.annotation.quote), page)
    if unseen:
        what, hint = _UNSEEN[unseen]
        return Explanation(f"{words} {what}", hint)
    near = _nearest(propose(orphan, page), page)
    if not page.has_source and _MARKUP.search(orphan.annotation.quote.exact):
        # A page that another program built: quotes copied from its source can't be followed.
        return Explanation(
            f"{words} has signs of Markdown, and only the finished page is known here",
            near if near.startswith("copy") else f"copy the words from the page; {near}",
        )
    return Explanation(f"{words} does not stand in the article", near)


def _part(orphan: Orphan, page: Page) -> Explanation:
    words, place = _words(orphan), orphan.places[0]
    whole = passage_text(grown(place, page), page)
    if orphan.cut in (Unit.NUMBER, Unit.GROUP):
        return Explanation(
            f"{words} stands only in {whole}, where the number goes on", "quote the whole number"
        )
    if orphan.cut == Unit.MINUS:
        return Explanation(
            f"{words} stands only behind a sign of the number: {whole}", "quote the sign too"
        )
    if orphan.cut == Unit.DASHES:
        return Explanation(f"{words} stands only inside {whole}", "quote all of the dashes")
    found = pin(orphan.annotation.quote.exact, place, page)
    line = _pasted(found.values) if found and found.values else ""
    hint = f"quote whole words, or paste {line}" if line else "quote whole words"
    return Explanation(f"{words} stands only inside {whole}", hint)


def _uncertain(orphan: Orphan, page: Page) -> Explanation:
    words = _words(orphan)
    if orphan.cut == Unit.SIGN:
        return Explanation(
            f"{words} begins or ends inside one sign: "
            f"{passage_text(grown(orphan.places[0], page), page)}",
            "quote all of it",
        )
    if orphan.cut == Unit.WHOLE:
        return Explanation(
            f"{words} is a part of a formula or button, which is marked as a whole",
            "quote all of it",
        )
    return Explanation(
        f"{words} stands in the Markdown, but some of it is no text on the page",
        _nearest(propose(orphan, page), page),
    )


def _ambiguous(orphan: Orphan, page: Page) -> Explanation:
    quote = orphan.annotation.quote
    if not orphan.places:
        return Explanation(
            f"{_words(orphan)} stands too often in the article to tell its places apart",
            "quote more words",
        )
    where = "in this context" if quote.prefix or quote.suffix else "in the article"
    lines = []
    for number, place in enumerate(orphan.places[:MOST_PLACES], 1):
        # What tells a place takes many searches: where quotes stand everywhere, nothing is told.
        values = {} if page.is_exhausted else _telling(orphan, number, page)
        if values:
            lines.append(f"{_pasted(values)}{_under(place, page)}")
    pasted = " or ".join(lines)
    if len(orphan.places) > MOST_PLACES:
        pasted += " or …"
    many = len(orphan.places) >= MOST_COUNTED
    every = many or quote.through or (quote.occurrence and quote.occurrence.number == ALL)
    hint = f"paste {pasted}" if lines else "quote more words"
    return Explanation(
        f"{_words(orphan)} stands {_times(orphan.places)} {where}",
        hint if every else f"{hint}, or `occurrence: all`",
    )


def _telling(orphan: Orphan, number: int, page: Page) -> dict[str, str]:
    """Return the fields, by key, that pick one place of an ambiguous quote; places count from 1."""
    quote, place = orphan.annotation.quote, orphan.places[number - 1]
    if not quote.through:
        found = pin(quote.exact, place, page)
        return found.values if found else {}
    # The suffix of a long passage is that of its last words.
    found = pin(quote.exact, place, page, prefix_least=1)
    if found and found.prefix and not (found.suffix or found.occurrence):
        return found.values
    return {"occurrence": f"{number} of {len(orphan.places)}"}


def _pasted(values: dict[str, str]) -> str:
    """Return lines of a sidecar to paste."""
    lines = (
        f"`{key}: {value if key == 'occurrence' else json.dumps(value, ensure_ascii=False)}`"
        for key, value in values.items()
    )
    return " with ".join(lines)


def _section(orphan: Orphan, page: Page) -> Explanation:
    section = orphan.annotation.quote.section
    found = page.sections(section)
    if len(found) == 1:
        where = f"; it stands{_under(orphan.places[0], page)}" if orphan.places else ""
        return Explanation(
            f"{_words(orphan)} does not stand in the section “{shown(section)}”{where}",
            "correct `section`, or remove it",
            "section",
        )
    if found:
        return Explanation(
            f"there are {len(found)} sections called “{shown(section)}”",
            "write the id of the heading instead, or use `prefix`",
            "section",
        )
    headings = [page.heading_above(heading.range.start) for heading in page.projection.headings]
    known = ", ".join(f"“{shown(heading)}”" for heading in headings[:MOST_PLACES])
    more = " …" if len(headings) > MOST_PLACES else ""
    return Explanation(
        f"there is no section “{shown(section)}”",
        f"the headings are {known}{more}"
        if known
        else "the article has no headings: use `prefix` or `suffix`",
        "section",
    )


def _context(orphan: Orphan, page: Page) -> Explanation:
    quote = orphan.annotation.quote
    key, what = "prefix", "not between this prefix and suffix"
    if not quote.suffix or quote.through:
        what = "not after this prefix"
    elif not quote.prefix or search(Words(quote.exact, quote.prefix), page).ranges:
        key, what = "suffix", "not before this suffix"
    elif search(Words(quote.exact, "", quote.suffix), page).ranges:
        what = "not after this prefix"
    hint = "look which place is meant, and correct them"
    if len(orphan.places) == 1:
        hint = _context_found(orphan.places[0], key, page)
    return Explanation(f"{_words(orphan)} stands in the article, but {what}", hint, key)


def _context_found(place: Range, key: str, page: Page) -> str:
    """Return the text that stands before or behind the only place."""
    if key == "prefix":
        before = page.text[max(0, place.start - 160) : place.start]
        words = " ".join(before.split()[-MOST_WORDS:])
        if not words:
            return "it stands at the beginning of the article: remove `prefix`"
        seam = " " if before[-1:].isspace() else ""
        return f"before it stands {_pasted({'prefix': words + seam})}"
    behind = page.text[place.end : place.end + 160]
    words = " ".join(behind.split()[:MOST_WORDS])
    if not words:
        return "it stands at the end of the article: remove `suffix`"
    seam = " " if behind[:1].isspace() else ""
    return f"after it stands {_pasted({'suffix': seam + words})}"


def _occurrence(orphan: Orphan, page: Page) -> Explanation:
    occurrence = orphan.annotation.quote.occurrence
    total = len(orphan.places)
    number = occurrence.number if occurrence else 1
    if orphan.annotation.quote.through and number == ALL:
        return Explanation(
            "`occurrence: all` can't stand beside `through`: a long passage is one",
            f"write which of the places it is, `1 of {max(1, total)}`, or give `prefix`",
            "occurrence",
        )
    if occurrence and not occurrence.total and 0 < number <= total:
        return Explanation(
            f"`occurrence: {number}` does not say of how many, so that it can't notice a change",
            f"write `occurrence: {number} of {total}`",
            "occurrence",
        )
    return Explanation(
        f"{_words(orphan)} stands {_times(orphan.places)}, not as often as `occurrence` says",
        f"look which place is meant, and write `… of {total}`",
        "occurrence",
    )


def _through(orphan: Orphan, page: Page) -> Explanation:
    quote = orphan.annotation.quote
    last = f"“{shown(quote.through)}”"
    if orphan.places:
        return Explanation(
            f"{last} stands {_times(orphan.places)} behind {_words(orphan)}",
            "give more of the last words, or `suffix`",
            "through",
        )
    if search(Words(quote.through, "", quote.suffix), page).ranges:
        where = " in this section" if quote.section else ""
        return Explanation(
            f"{last} does not follow on {_words(orphan)}: it stands in the article, "
            f"but not behind it{where}",
            "copy the first and the last words of the passage again",
            "through",
        )
    end = replace(orphan.annotation, quote=replace(quote, exact=quote.through, prefix=""))
    near = propose(Orphan(end, Reason.MISSING), page)
    return Explanation(
        f"{last} does not follow on {_words(orphan)}", _nearest(near, page), "through"
    )
