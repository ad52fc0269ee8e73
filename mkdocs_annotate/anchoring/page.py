"""A rendered page prepared for searching: its text, its form, its sections, made when needed.

A person who copies from a page also copies permalinks, footnote numbers, line numbers and ruby
readings: the second reading of a page has them in its text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import accumulate

from mkdocs_annotate.anchoring.alignment import Alignment, align
from mkdocs_annotate.anchoring.form import Folded, fold, fold_text
from mkdocs_annotate.anchoring.inexact_text import Letters, NearText
from mkdocs_annotate.anchoring.keys import (
    LEAST_FINDS,
    MOST_FINDS,
    MOST_FINDS_A_PAGE,
    MOST_PLACES,
    Places,
    Words,
    finds,
    keys_of,
    only_place,
    passage_at,
    places_in,
)
from mkdocs_annotate.anchoring.projection import Projection, RunKind, project
from mkdocs_annotate.anchoring.source_text import prepared
from mkdocs_annotate.anchoring.string_search import LEAST_EXPECTED
from mkdocs_annotate.anchoring.tags import Role
from mkdocs_annotate.model.places import Range


class SecondReading:
    """The text of a page together with the parts that are normally skipped."""

    def __init__(self, page: Projection, is_gap: Callable[[int], bool]) -> None:
        self.page = page
        self._is_gap = is_gap
        self._places = [place for place, _ in page.skipped]
        lengths = [len(words) for _, words in page.skipped]
        before = list(accumulate(lengths, initial=0))
        self._starts = [place + put_in for place, put_in in zip(self._places, before, strict=False)]
        self._ends = [start + length for start, length in zip(self._starts, lengths, strict=True)]
        self._put_in = before[1:]

    @cached_property
    def _edges(self) -> frozenset[str]:
        """Return the first and last signs of skipped parts: a key that runs over one has one."""
        forms = (fold_text(words).strip() for _, words in self.page.skipped)
        return frozenset(sign for form in forms if form for sign in (form[0], form[-1]))

    @cached_property
    def folded(self) -> Folded:
        """Return the text in its form."""
        parts: list[str] = []
        done = 0
        for place, words in self.page.skipped:
            parts += [self.page.text[done:place], words]
            done = place
        parts.append(self.page.text[done:])
        self._text = "".join(parts)
        return fold(self._text)

    @cached_property
    def letters(self) -> Letters:
        """Return the letters and digits of the text, whatever their case."""
        return Letters(self.folded)

    def places(self, words: Words) -> Places:
        """Return where the passage of `words` runs over or into something skipped, or beside it.

        Ranges of the first text: the key holds seen and skipped words, and no number runs from one
        to the other.
        """
        found: set[Range] = set()
        looked_at = 0
        for key in keys_of(words):
            if self._edges.isdisjoint(key.text):
                continue
            for find in finds(key, self.folded):
                looked_at += 1
                if looked_at > MOST_FINDS or len(found) > MOST_PLACES:
                    return Places(tuple(sorted(found))[:MOST_PLACES], too_many=True)
                if find is None or not self._mixes(self.folded.back(find.whole)):
                    continue
                place, cut = passage_at(
                    find.passage, key, self.folded, self._text, self._is_gap_here
                )
                seen = self.page.trimmed(Range(self._back(place.start), self._back(place.end)))
                if cut is None and seen.start < seen.end:
                    found.add(seen)
        return Places(tuple(sorted(found)))

    def _mixes(self, whole: Range) -> bool:
        """Return whether a stretch holds seen and skipped words, with no number in common."""
        first = bisect_right(self._ends, whole.start)
        last = bisect_left(self._starts, whole.end)
        if first == last:
            return False
        skipped = 0
        for number in range(first, last):
            start, end = max(self._starts[number], whole.start), min(self._ends[number], whole.end)
            skipped += end - start
            if self._parts_number(start, whole) or self._parts_number(end, whole):
                return False
        return skipped < whole.end - whole.start

    def _parts_number(self, at: int, whole: Range) -> bool:
        inside = whole.start < at < whole.end
        return inside and self._text[at - 1].isnumeric() and self._text[at].isnumeric()

    def _back(self, at: int) -> int:
        """Return the place of the first text for one of this; inside a skipped part, its place."""
        part = bisect_right(self._starts, at) - 1
        if part < 0:
            return at
        return self._places[part] if at < self._ends[part] else at - self._put_in[part]

    def _is_gap_here(self, at: int) -> bool:
        return self._is_gap(self._back(at))


class Page:
    """A rendered page prepared for searching: its visible text, folded when first needed.

    `source` is the Markdown that it was rendered from, as far as it is known.
    """

    def __init__(self, projection: Projection, source: str = "") -> None:
        self.projection = projection
        self._source = source
        self._expected: tuple[Words, ...] = ()
        self._looked_at = 0
        self._sections: dict[str, list[Range]] = {}
        self.found: dict[Words, Places] = {}
        """What was looked for already, and where it stands: filled by `searching`."""

    @classmethod
    def of_html(cls, html: str, source: str = "") -> "Page":
        """Return the page that `html` is, without annotations."""
        return cls(project(html), source)

    def expect(self, many: Iterable[Words]) -> None:
        """Prepare for a search for each of `many` words, before the first of them."""
        self._expected = tuple(many)

    @property
    def text(self) -> str:
        """Return the visible text."""
        return self.projection.text

    @cached_property
    def form(self) -> Folded:
        """Return the visible text in its form."""
        return self._prepared(fold(self.text))

    @property
    def has_source(self) -> bool:
        """Return whether the Markdown is known."""
        return bool(self._source)

    @cached_property
    def source(self) -> str:
        """Return the source with character references resolved, as the page shows them."""
        return prepared(self._source, self.text)

    @cached_property
    def source_form(self) -> Folded:
        """Return the source in its form."""
        return self._prepared(fold(self.source))

    def _prepared(self, folded: Folded) -> Folded:
        if len(self._expected) >= LEAST_EXPECTED:
            folded.finder.expect(key.text for words in self._expected for key in keys_of(words))
        return folded

    @cached_property
    def second_reading(self) -> SecondReading | None:
        """Return the page with what is usually skipped; None where nothing is."""
        if not self.projection.skipped:
            return None
        return SecondReading(self.projection, self.is_gap)

    @cached_property
    def alignment(self) -> Alignment:
        """Return which words of the source became which of the visible text."""
        return align(self.source, self.text)

    @cached_property
    def letters(self) -> Letters:
        """Return the letters and digits of the visible text, whatever their case."""
        return Letters(self.form)

    @cached_property
    def near(self) -> NearText:
        """Return the visible text prepared for a search for what is only alike."""
        return NearText(self.form)

    def places(self, words: Words) -> Places:
        """Return where the passage of `words` stands in the visible text."""
        return self._counted(places_in(words, self.form, self.text, self.is_gap, self._most_finds))

    @cached_property
    def _is_ordinary(self) -> bool:
        """Return whether all of the page is visible text, and not so much that it has an index."""
        return not (self._has_opaque or self.projection.skipped or self.form.finder.places)

    def only_place(self, words: Words) -> Places | None:
        """Return the place of ordinary words that stand once; None where `places` must look."""
        place = only_place(words, self.form) if self._is_ordinary else None
        return None if place is None else self._counted(Places((place,), looked_at=1))

    def source_places(self, words: Words) -> Places:
        """Return where the passage of `words` stands in the source: ranges of `source`."""
        # Numbers of two lines are two.
        return self._counted(
            places_in(
                words,
                self.source_form,
                self.source,
                lambda at: self.source.startswith("\n", at),
                self._most_finds,
            )
        )

    def _counted(self, places: Places) -> Places:
        self._looked_at += places.looked_at
        return places

    @property
    def _most_finds(self) -> int:
        """Return how many finds one search may look at, of those that are left to the page."""
        return max(LEAST_FINDS, min(MOST_FINDS, MOST_FINDS_A_PAGE - self._looked_at))

    @property
    def is_exhausted(self) -> bool:
        """Return whether as many finds were looked at as those of all quotes of a page may be."""
        return self._looked_at >= MOST_FINDS_A_PAGE

    def is_gap(self, at: int) -> bool:
        """Return whether at `at` of the text one block ends and another begins."""
        run = bisect_right(self.projection.run_text, at) - 1
        return run >= 0 and self.projection.run_kind[run] == RunKind.GAP

    def sections(self, name: str) -> list[Range]:
        """Return the stretches of text below the headings called `name`, by words or by id."""
        found = self._sections.get(name)
        if found is None:
            wanted = fold_text(name).strip().lstrip("#").strip().casefold()
            found = self._sections[name] = [
                Range(self.projection.headings[number].range.start, self._section_end(number))
                for number in self._headings_by_name.get(wanted, ())
            ]
        return found

    @cached_property
    def _headings_by_name(self) -> dict[str, list[int]]:
        """Return the numbers of the headings that have a name, by words or by id."""
        numbers: dict[str, list[int]] = {}
        for number, heading in enumerate(self.projection.headings):
            names = {self._folded_words(heading.range), fold_text(heading.id).casefold()}
            for name in names - {""}:
                numbers.setdefault(name, []).append(number)
        return numbers

    def _folded_words(self, place: Range) -> str:
        return fold_text(self.text[place.start : place.end]).strip().casefold()

    def _section_end(self, number: int) -> int:
        headings = self.projection.headings
        for later in headings[number + 1 :]:
            if later.level <= headings[number].level:
                return later.range.start
        return len(self.text)

    @cached_property
    def _heading_starts(self) -> list[int]:
        return [heading.range.start for heading in self.projection.headings]

    def heading_above(self, place: int) -> str:
        """Return the words of the last heading that begins at or before `place`; none: empty."""
        number = bisect_right(self._heading_starts, place) - 1
        if number < 0:
            return ""
        words = self.projection.headings[number].range
        return " ".join(self.text[words.start : words.end].split())

    def cuts_whole(self, place: Range) -> bool:
        """Return whether `place` begins or ends inside something that is marked as a whole."""
        return self._has_opaque and (self.inside(place.start) or self.inside(place.end)) is not None

    def inside(self, at: int) -> Range | None:
        """Return the formula or button that `at` of the text lies inside of; None for none."""
        if not self._has_opaque:
            return None
        run = bisect_right(self.projection.run_text, at) - 1
        if run < 0 or self.projection.run_kind[run] != RunKind.OPAQUE:
            return None
        whole = self.projection.trimmed(self.projection.run_range(run))
        return whole if whole.start < at < whole.end else None

    def markable(self, place: Range) -> bool:
        """Return whether something of `place` can be marked.

        Not so where it is only formulas that are blocks.
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
