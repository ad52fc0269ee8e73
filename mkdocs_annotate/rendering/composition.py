"""The marks and references that are put into an article, and the numbers of its notes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mkdocs_annotate.anchoring.anchors import Anchor
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.problems import Problem, Rule, shown
from mkdocs_annotate.model.sidecar import Annotation
from mkdocs_annotate.model.vocabulary import Group, Kind, Vocabulary
from mkdocs_annotate.rendering.marks import (
    Mark,
    Style,
    end_tag,
    note_id,
    passage_id,
    reference,
    start_tag,
    style_of,
)
from mkdocs_annotate.rendering.page_limits import not_marked
from mkdocs_annotate.rendering.passages import Passage, excerpt_of, judged_speaker
from mkdocs_annotate.rendering.splice import (
    MAX_PIECES,
    Insertion,
    InsertionKind,
    Piece,
    insertions,
    lanes_of,
    pieces_of,
)
from mkdocs_annotate.rendering.translations import Wording

_CUT_UP = f"the marks of the page would be in more than {MAX_PIECES:,} pieces"

_IDS = re.compile(r"""\bid\s*=\s*["']?(ann-[^"'\s>]*)""", re.IGNORECASE)


@dataclass(frozen=True)
class Composition:
    """The insertions into an article, and its passages."""

    tags: tuple[tuple[int, InsertionKind, str], ...]
    """Each with its offset in the HTML, in order."""

    passages: tuple[Passage, ...]
    """In reading order of their first places."""

    ids: tuple[str, ...]
    problems: tuple[Problem, ...]


class _Place(NamedTuple):
    """One place of one anchor; a quote with `occurrence: all` has several."""

    anchor: int
    number: int
    range: Range


class Composer:
    """Makes the composition of one page; `author` speaks where nobody is quoted."""

    def __init__(
        self,
        page: Page,
        vocabulary: Vocabulary,
        wording: Wording,
        author: str,
        id_prefix: str,
        *,
        excluded: bool = False,
    ) -> None:
        self.page = page
        self.vocabulary = vocabulary
        self.wording = wording
        self.author = author
        self.id_prefix = id_prefix
        self.excluded = excluded

    def compose(self, anchors: Sequence[Anchor]) -> Composition:
        """Return the marks of `anchors`, numbered in the order of their references."""
        anchors, pieces, problems = self._cut(anchors)
        anchors_kinds = [self.vocabulary.kind(anchor.annotation.kind) for anchor in anchors]
        keys = self._keys(anchors)
        places = _places(anchors)
        referring = [
            index
            for index, place in enumerate(places)
            if _has_note(anchors[place.anchor].annotation, anchors_kinds[place.anchor])
        ]
        planned = insertions(pieces, referring, self.page.projection)
        numbers: dict[int, int] = {}
        for insertion in planned:
            if insertion.what == InsertionKind.REFERENCE:
                numbers.setdefault(places[insertion.of].anchor, len(numbers) + 1)
        passages = [
            Passage(
                annotation=anchor.annotation,
                key=keys[index],
                kind=anchors_kinds[index],
                number=numbers.get(index, 0),
                excerpts=tuple(map(self._excerpt, anchor.ranges)),
                who=judged_speaker(anchor.annotation, anchors_kinds[index], self.author),
                extents=tuple(map(self._extent, anchor.ranges)),
            )
            for index, anchor in enumerate(anchors)
        ]
        marks = self._marks(places, passages)
        order = sorted(range(len(anchors)), key=lambda index: anchors[index].ranges[0])
        ids = [passage_id(keys[place.anchor], place.number) for place in places]
        return Composition(
            tags=tuple(_tags(planned, pieces, marks, self.page.projection.html)),
            passages=tuple(passages[index] for index in order),
            ids=(*ids, *(note_id(keys[index]) for index in numbers)),
            problems=tuple(problems),
        )

    def _cut(
        self, anchors: Sequence[Anchor]
    ) -> tuple[Sequence[Anchor], list[Piece], list[Problem]]:
        """Return the pieces of the anchors that can be marked, and problems for the others."""
        problems: list[Problem] = []
        while True:
            places = _places(anchors)
            cut = pieces_of([place.range for place in places], self.page.projection)
            if not cut.too_deep and not cut.too_many:
                return anchors, cut.pieces, problems
            lost = {places[index].anchor for index in cut.too_many}
            left = [(anchors[index].annotation, _CUT_UP) for index in sorted(lost)]
            problems += not_marked(left)
            deep = {places[index].anchor for index in cut.too_deep} - lost
            problems += [_too_deep(anchors[index].annotation) for index in sorted(deep)]
            lost |= deep
            anchors = [anchor for index, anchor in enumerate(anchors) if index not in lost]

    def _keys(self, anchors: Sequence[Anchor]) -> list[str]:
        """Return the key of each annotation: its id, unless the article uses that one already."""
        taken: set[str] = set()
        if "ann-" in self.page.projection.html:
            taken = set(_IDS.findall(self.page.projection.html))
        keys = []
        for anchor in anchors:
            key = base = self.id_prefix + anchor.annotation.id
            number = 2
            while not taken.isdisjoint(ids := _ids(key, len(anchor.ranges))):
                key, number = f"{base}-{number}", number + 1
            taken.update(ids)
            keys.append(key)
        return keys

    def _excerpt(self, place: Range) -> str:
        return excerpt_of(self.page.text[place.start : place.end])

    def _extent(self, place: Range) -> tuple[float, float]:
        length = len(self.page.text)
        return place.start / length, place.end / length

    def _marks(self, places: Sequence[_Place], passages: Sequence[Passage]) -> list[Mark]:
        lined = [passages[place.anchor].kind.group != Group.KEY for place in places]
        lanes = lanes_of([place.range for place in places], lined)
        language = self.wording.ours.get("lang", "")
        words: dict[str, str] = {}
        styles: dict[str, Style] = {}
        # By the kinds as they are typed: nothing else decides about a style.
        for typed, kind in {passage.annotation.kind: passage.kind for passage in passages}.items():
            words[typed] = word = self.wording.entry("kinds", kind.id).word
            spoken = self.wording("names.said", kind=word)
            styles[typed] = style_of(kind, word, spoken, language, excluded=self.excluded)
        marks = []
        for place, lane in zip(places, lanes, strict=True):
            passage = passages[place.anchor]
            typed = passage.annotation.kind
            marks.append(
                Mark(
                    passage.key,
                    place.number,
                    styles[typed],
                    lane,
                    passage.annotation.draft,
                    passage.number,
                    self._reference_name(passage, words[typed]),
                )
            )
        return marks

    def _reference_name(self, passage: Passage, word: str) -> str:
        """Return the accessible name of a reference, which holds its visible text."""
        number, speaker = passage.number, passage.annotation.speaker
        if not passage.kind.group.shows_word:
            return self.wording("names.note", kind=word, number=number)
        by = "_by" if speaker else ""
        return self.wording(f"names.judgement{by}", kind=word, number=number, who=speaker)


def _ids(key: str, places: int) -> list[str]:
    return [note_id(key), *(passage_id(key, number) for number in range(1, places + 1))]


def _places(anchors: Sequence[Anchor]) -> list[_Place]:
    return [
        _Place(index, number, found)
        for index, anchor in enumerate(anchors)
        for number, found in enumerate(anchor.ranges, 1)
    ]


def _has_note(annotation: Annotation, kind: Kind) -> bool:
    """Return whether a passage has a note; a key point may be marked without one."""
    return bool(annotation.note or annotation.sources) or kind.group != Group.KEY


def _tags(
    planned: Sequence[Insertion], pieces: Sequence[Piece], marks: Sequence[Mark], html: str
) -> Iterator[tuple[int, InsertionKind, str]]:
    """Yield the tags that are `planned`, with their offsets in `html`."""
    closed, end = -1, 0
    """The passage whose tag ended last, and where."""
    for offset, what, of in planned:
        if what == InsertionKind.REFERENCE:
            beside = closed == of and "<" not in html[end:offset]
            closed = -1
            yield offset, what, reference(marks[of], beside=beside)
            continue
        piece = pieces[of]
        mark = marks[piece.passage]
        opens = what == InsertionKind.START_TAG
        closed, end = -1 if opens else piece.passage, offset
        yield offset, what, start_tag(mark, first=piece.first) if opens else end_tag(mark)


def _too_deep(annotation: Annotation) -> Problem:
    return Problem(
        annotation.position,
        Rule.NOT_MARKED,
        f"“{shown(annotation.quote.exact)}” lies under more marks than a page can show",
        "put these words under fewer annotations",
        subject=annotation.quote.exact,
    )
