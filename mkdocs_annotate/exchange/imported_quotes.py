"""Removes our references from quotes that were copied from an annotated page.

A passage is followed by its reference: a number, and for opinions and questions a word before it.
Sentences that are copied from the page, or read as Hypothesis reads it, contain them.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from mkdocs_annotate.anchoring.anchors import Anchor, anchor, search
from mkdocs_annotate.anchoring.keys import Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.pinning import pin
from mkdocs_annotate.exchange.imported import Imported, Target
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import ALL, Annotation, Occurrence, Quote

MOST_REFERENCES = 50
"""How many references a quote may hold; more are on few whole pages."""

_MOST_CUT = 12
"""Most words that are removed from the far end of a context to find the rest in the article."""


class PageReferences:
    """Removes our references from quotes; `words` are those that may stand before a number."""

    def __init__(self, words: Iterable[str]) -> None:
        known = sorted({word for word in words if word}, key=len, reverse=True)
        spelt = "|".join(r"\s".join(map(re.escape, word.split())) for word in known)
        before = rf"(?:(?:{spelt})\s)?" if spelt else ""
        # A number behind a word, a sign, or the last figures of a number of the article's own; the
        # narrow space that parts it from these is copied along, often as a common one.
        self._reference = re.compile(rf"(?<!\s)\s?{before}(\d{{1,4}})(?!\d)")

    def as_written(self, imported: Imported, text: str) -> Imported:
        """Return `imported` with the words of the article, whose visible text is `text`.

        What stands in the article as it is quoted stays, and so does what can't be found without
        our references, or not in one way only.  Cost: linear in the text for each quote.
        """
        line = " ".join(text.split())
        return replace(
            imported,
            annotations=tuple(
                replace(one, targets=tuple(self._written(target, line) for target in one.targets))
                for one in imported.annotations
            ),
        )

    def _written(self, target: Target, text: str) -> Target:
        exact = self._found(target.exact, text)
        prefix, suffix = target.prefix, target.suffix
        return replace(
            target,
            exact=exact or target.exact,
            prefix=self._context(prefix, text, first=1) or prefix,
            suffix=self._context(suffix, text, first=0) or suffix,
        )

    def _context(self, context: str, text: str, *, first: int) -> str:
        """Return a context, or the part of it that stands beside the quote, as it is written.

        It may begin or end within one of our words.  Empty where it has none of them.
        """
        if context in text or not self._reference.search(f"x{context}"):
            return ""
        words = re.findall(r"\s*\S+|\s+$", context)
        for cut in range(min(len(words), _MOST_CUT)):
            part = "".join(words[cut:] if first else words[: len(words) - cut])
            found = self._found(part, text)
            if found.strip() and found != part:
                return found
        return ""

    def _found(self, quote: str, text: str) -> str:
        """Return the words of the article that are meant; empty if that isn't certain."""
        if not quote.strip() or quote in text:
            return quote
        parts: list[str] = []
        done = 0
        for count, reference in enumerate(self._reference.finditer(quote)):
            if count == MOST_REFERENCES:
                return ""
            parts.append(re.escape(quote[done : reference.start()]))
            parts.append(_optional(reference[0], reference[1]))
            done = reference.end()
        if not parts:
            return ""
        pattern = re.compile("".join(parts) + re.escape(quote[done:]))
        ways = {found[0] for found in pattern.finditer(text)}
        return ways.pop() if len(ways) == 1 else ""


def _optional(reference: str, number: str) -> str:
    """Return a pattern for what the article may have in place of a reference.

    All of it is ours, or none, or the last figures: `17943` is note 3 of a year.
    """
    ways = [""]
    if reference == number:
        ways += [number[:length] for length in range(1, len(number))]
    return f"(?:{'|'.join(map(re.escape, [reference, *reversed(ways)]))})"


Values = dict[str, str]


def quotes_of(targets: tuple[Target, ...], page: Page, source: str) -> list[Values]:
    """Return `quote`, `prefix`, `suffix` and `occurrence` for each passage that is meant.

    Equal words at all their places are one quote, `occurrence: all`.  `source` is the article's
    file, whose lines a target may name.  A quote without a certain place keeps what it came with.
    """
    words = {target.exact for target in targets}
    if len(targets) > 1 and len(words) == 1:
        everywhere = _anchored(Quote(targets[0].exact, occurrence=Occurrence(ALL)), page)
        if everywhere and len(everywhere.ranges) == len(targets):
            return [{"quote": targets[0].exact, "occurrence": "all"}]
    return [_values(target, page, source) for target in targets]


def _values(target: Target, page: Page, source: str) -> Values:
    places = search(Words(target.exact), page).ranges
    if len(places) == 1:
        # A prefix may be of a menu, or of a text that has changed since: here nobody needs it.
        return _pinned({"quote": target.exact}, places[0], page)
    given = _written(target.exact, target.prefix, target.suffix)
    anchored = _anchored(_quote(given), page)
    if anchored:
        return _pinned(given, anchored.ranges[0], page)
    number = _number_in(source, target) if target.line else None
    if number is not None and number[1] == len(places):
        return _pinned({"quote": target.exact}, places[number[0]], page)
    return given


def _pinned(values: Values, place: Range, page: Page) -> Values:
    """Return the quote with the fewest words that pick out `place`, and with spaces at seams.

    What other programs write beside a quote is cut within words, and often needless.
    """
    found = pin(values["quote"], place, page)
    return {"quote": values["quote"], **found.values} if found else values


def _number_in(source: str, target: Target) -> tuple[int, int] | None:
    """Return which of how many equal places in the source begins in the line; None if unsure."""
    lines = [" ".join(line.split()) for line in source.split("\n")]
    counts = [line.count(target.exact) for line in lines]
    if target.line > len(lines) or counts[target.line - 1] != 1:
        return None
    return sum(counts[: target.line - 1]), sum(counts)


def _anchored(quote: Quote, page: Page) -> Anchor | None:
    found = anchor(Annotation(quote, id="x", kind="context"), page)
    return found if isinstance(found, Anchor) else None


def _quote(values: Values) -> Quote:
    return Quote(values["quote"], prefix=values.get("prefix", ""), suffix=values.get("suffix", ""))


def _written(exact: str, prefix: str, suffix: str) -> Values:
    values = {"quote": exact, "prefix": prefix, "suffix": suffix}
    return {key: value for key, value in values.items() if value}
