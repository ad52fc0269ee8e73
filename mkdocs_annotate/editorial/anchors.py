"""Remarks on how passages are found: a space that is not given, a note to be read again."""

from collections.abc import Iterator, Sequence

from mkdocs_annotate.anchoring.form import unspaced
from mkdocs_annotate.anchoring.law import Anchor
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.model.rereading import is_to_be_reread
from mkdocs_annotate.model.sidecar import Annotation
from mkdocs_annotate.sidecar.layout import double_quoted


def without_space(anchors: Sequence[Anchor], page: Page) -> Iterator[Problem]:
    """Yield the prefixes and suffixes that lack the space between them and the passage.

    Then the words count run together, too: `is now` before `here` stands in “is nowhere”.  YAML
    takes the space away where a value has no quotation marks.
    """
    for anchor in anchors:
        quote = anchor.annotation.quote
        first, last = anchor.ranges[0], anchor.ranges[-1]
        if (
            quote.prefix
            and _lacks_space(quote.prefix, quote.exact)
            and _is_after_space(first, page)
        ):
            yield _without_space(anchor.annotation, "prefix", f"{quote.prefix.strip()} ")
        end = quote.through or quote.exact
        if quote.suffix and _lacks_space(end, quote.suffix) and _is_before_space(last, page):
            yield _without_space(anchor.annotation, "suffix", f" {quote.suffix.strip()}")


def _lacks_space(left: str, right: str) -> bool:
    """Return whether two words would run together where two given texts meet."""
    before, after = left[-1], right[0]
    spaced = not (unspaced().match(before) or unspaced().match(after))
    return before.isalnum() and after.isalnum() and spaced


def _is_after_space(place: Range, page: Page) -> bool:
    return page.text[max(0, place.start - 1) : place.start].isspace()


def _is_before_space(place: Range, page: Page) -> bool:
    return page.text[place.end : place.end + 1].isspace()


def _without_space(entry: Annotation, key: str, value: str) -> Problem:
    return Problem(
        entry.place(key),
        Rule.CONTEXT_WITHOUT_SPACE,
        f"`{key}` has no space towards the quote, so that the words count run together, too",
        f"write `{key}: {double_quoted(value)}`",
    )


def to_be_reread(entry: Annotation) -> Iterator[Problem]:
    """Yield that the passage of an annotation changed under its note, until somebody read it."""
    if is_to_be_reread(entry):
        yield Problem(
            entry.place("reread"),
            Rule.NOTE_TO_BE_REREAD,
            f"the passage changed from “{shown(entry.reread)}” to “{shown(entry.quote.exact)}”, "
            "and the note may not be true any more",
            "read it again; then change the note or its `date`, or remove `reread`",
        )
