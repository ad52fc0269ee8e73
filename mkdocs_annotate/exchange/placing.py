"""What to write beside an arriving quote, so that it has its place: as little as will do."""

from mkdocs_annotate.anchoring.keys import Words
from mkdocs_annotate.anchoring.law import Anchor, anchor
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.pinning import pin
from mkdocs_annotate.anchoring.searching import search
from mkdocs_annotate.exchange.arrivals import Target
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import ALL, Annotation, Occurrence, Quote

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
