"""A rendered page prepared for searching: its text, folds, sections, each made when needed."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from mkdocs_annotate.anchoring.alignment import Alignment, align
from mkdocs_annotate.anchoring.finding import LEAST_EXPECTED
from mkdocs_annotate.anchoring.normalisation import Folded, Level, bare, fold, fold_further
from mkdocs_annotate.anchoring.projection import Projection, RunKind, project
from mkdocs_annotate.anchoring.tags import Role
from mkdocs_annotate.model.places import Range

_WORD = re.compile(r"\w+")


class Page:
    """A rendered page prepared for searching: its visible text, folded when first needed.

    `source` is the Markdown that it was rendered from, as far as it is known.
    """

    def __init__(self, projection: Projection, source: str = "") -> None:
        self.projection = projection
        self.source = source
        self._expected: tuple[str, ...] = ()

    def expect(self, quotes: Iterable[str]) -> None:
        """Prepare for a search for each of `quotes`, before the first of them."""
        self._expected = tuple(quotes)

    def _prepared(self, folded: Folded) -> Folded:
        if len(self._expected) >= LEAST_EXPECTED:
            quotes = (fold(quote, folded.level).text.strip() for quote in self._expected)
            folded.finder.expect(quotes)
        return folded

    @property
    def text(self) -> str:
        """Return the visible text."""
        return self.projection.text

    @cached_property
    def typography(self) -> Folded:
        """Return the visible text at the first level."""
        return self._prepared(fold(self.text, Level.TYPOGRAPHY))

    @cached_property
    def letters(self) -> Folded:
        """Return the visible text at the second level."""
        return self._prepared(fold_further(self.typography, Level.LETTERS))

    @cached_property
    def words(self) -> Folded:
        """Return the visible text at the third level."""
        return fold_further(self.letters, Level.WORDS)

    @cached_property
    def source_typography(self) -> Folded:
        """Return the source at the first level."""
        return self._prepared(fold(self.source, Level.TYPOGRAPHY))

    @cached_property
    def alignment(self) -> Alignment:
        """Return which words of the source became which of the visible text."""
        return align(self.source, self.text)

    def shows_once(self, words: str) -> bool:
        """Return whether `words` stand in the text once, whatever the signs in and around them."""
        wanted = bare(fold(words, Level.TYPOGRAPHY).text)
        first = self._bare_text.find(wanted)
        return bool(wanted) and first >= 0 and self._bare_text.find(wanted, first + 1) < 0

    @cached_property
    def _bare_text(self) -> str:
        return bare(self.typography.text)

    @cached_property
    def near_text(self) -> str:
        """Return the text at the first level in lower case, character by character."""
        folded = self.typography.text
        lower = folded.lower()
        # `İ` becomes two characters: then each one alone, so that places stay.
        return lower if len(lower) == len(folded) else "".join(c.lower()[0] for c in folded)

    @cached_property
    def word_places(self) -> dict[str, list[int]]:
        """Return where each word of `near_text` begins."""
        places: dict[str, list[int]] = {}
        for found in _WORD.finditer(self.near_text):
            places.setdefault(found.group(), []).append(found.start())
        return places

    @cached_property
    def unabridged(self) -> "Page":
        """Return the page with the parts that are usually skipped: a quote may run over them."""
        return Page(project(self.projection.html, skip=False))

    def sections(self, name: str) -> list[Range]:
        """Return the stretches of text below the headings called `name`, by words or by id."""
        wanted = fold(name, Level.LETTERS).text.strip().lstrip("#").strip()
        return [
            Range(heading.range.start, self._section_end(number))
            for number, heading in enumerate(self.projection.headings)
            if wanted and wanted in self._heading_names[number]
        ]

    @cached_property
    def _heading_names(self) -> list[tuple[str, str]]:
        """Return what each heading is called: by its words, and by its id."""
        return [
            (self._folded_words(heading.range), fold(heading.id, Level.LETTERS).text)
            for heading in self.projection.headings
        ]

    def _folded_words(self, place: Range) -> str:
        return fold(self.text[place.start : place.end], Level.LETTERS).text.strip()

    def _section_end(self, number: int) -> int:
        headings = self.projection.headings
        for later in headings[number + 1 :]:
            if later.level <= headings[number].level:
                return later.range.start
        return len(self.text)

    def heading_above(self, place: int) -> str:
        """Return the words of the last heading that begins at or before `place`; none: empty."""
        above = [heading for heading in self.projection.headings if heading.range.start <= place]
        if not above:
            return ""
        return " ".join(self.text[above[-1].range.start : above[-1].range.end].split())

    def markable(self, place: Range) -> bool:
        """Return whether something of `place` can be marked.

        Not so where it is only parts of formulas, or formulas that are blocks.
        """
        page = self.projection
        if not self._has_opaque:
            return bool(page.text[place.start : place.end].strip())
        place = page.trimmed(place)
        for run in range(bisect_right(page.run_text, place.start) - 1, len(page.run_text)):
            shows = page.trimmed(page.run_range(run))
            if shows.start >= place.end:
                break
            if page.run_kind[run] != RunKind.OPAQUE:
                if shows.start < shows.end and shows.end > place.start:
                    return True
            elif place.start <= shows.start and shows.end <= place.end:
                element = page.tokens_within(page.run_html[run], page.run_html_end[run])[0]
                if element.role == Role.OPAQUE:
                    return True
        return False

    @cached_property
    def _has_opaque(self) -> bool:
        return RunKind.OPAQUE in self.projection.run_kind
