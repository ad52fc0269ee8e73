"""Whether the notes of a page can stand in its margin, each beside its passage.

Heights are estimated in px, at the width where a margin begins, for notes cut down to their heads.
The script lays them out by the same rule, with real heights, and shows more where there is room.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from mkdocs_annotate.anchoring.anchors import Anchor
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import Projection
from mkdocs_annotate.anchoring.tags import Role
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.problems import Problem, Rule, shown
from mkdocs_annotate.model.sidecar import Annotation
from mkdocs_annotate.model.vocabulary import Group, Kind, Vocabulary
from mkdocs_annotate.rendering.bounds import not_marked
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
from mkdocs_annotate.rendering.splice import (
    MAX_PIECES,
    Insertion,
    Piece,
    What,
    insertions,
    lanes_of,
    pieces_of,
)
from mkdocs_annotate.rendering.translations import Wording
from mkdocs_annotate.rendering.views import Passage, excerpt_of

MOST_NOTES = 50
"""Most notes that stand in the margin: the stylesheet has an anchor name for each."""

MOST_LINES = 4
"""Lines of a note that are shown before it is used."""

LARGEST_MEDIAN, LARGEST_DRIFT = 100, 400
"""How far notes may stand from their passages, in px; beyond that a list is better to read."""

_HEAD = 34
"""Height of the least of a note that shows, its head, and the gap to the next, in px."""

_LINE_LETTERS = 38
"""Letters in a line of a note."""

_CITATION_LETTERS = 60
"""Letters of a citation: a title and where in the source."""

_HEAD_LETTERS = 24
"""Letters of a note's head: number, kind, and whose words they are."""


def fits_margin(passages: Sequence[Passage], page: Projection) -> bool:
    """Return whether there are notes that can stand in the margin, near their passages."""
    numbered = [passage for passage in passages if passage.number]
    if not 0 < len(numbered) <= MOST_NOTES:
        return False
    blocks = sum(token.role == Role.BOUNDARY for token in page.tokens) // 2
    article = 24 * len(page.text) / 80 + 20 * blocks
    places = sorted(article * passage.extents[0][1] for passage in numbered)
    tops = laid_out(places, [_HEAD] * len(places))
    drifts = [abs(top - place) for top, place in zip(tops, places, strict=True)]
    return median(drifts) <= LARGEST_MEDIAN and max(drifts) <= LARGEST_DRIFT


def lines_of(passage: Passage) -> int:
    """Return how many lines the note of `passage` takes in the margin, as an estimate."""
    annotation = passage.annotation
    letters = _HEAD_LETTERS + len(annotation.note) + len(annotation.by)
    letters += sum(_CITATION_LETTERS + len(cited.quote) for cited in annotation.sources)
    return max(1, -(-letters // _LINE_LETTERS))


def laid_out(places: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Return the tops of boxes that don't overlap and lie as near to `places` as they can.

    The sum of the squared distances is the least there is.  Boxes keep their order, and none
    begins above 0.  Source: Ayer et al. 1955, pool adjacent violators.  Cost: linear.
    """
    offsets = [0.0]
    for height in heights:
        offsets.append(offsets[-1] + height)
    pools: list[tuple[float, int]] = []
    for place, offset in zip(places, offsets, strict=False):
        mean, count = place - offset, 1
        while pools and pools[-1][0] > mean:
            before, more = pools.pop()
            mean, count = (before * more + mean * count) / (more + count), more + count
        pools.append((mean, count))
    starts = [max(mean, 0.0) for mean, count in pools for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=False)]


_CUT_UP = f"the marks of the page would be in more than {MAX_PIECES:,} pieces"

_IDS = re.compile(r"""\bid\s*=\s*["']?(ann-[^"'\s>]*)""", re.IGNORECASE)


@dataclass(frozen=True)
class Composition:
    """What is put into an article: tags in order, and what the blocks have to tell of."""

    tags: tuple[tuple[int, What, str], ...]
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
    """Makes the composition of one page; `author` is whose words those of nobody quoted are."""

    def __init__(
        self, page: Page, vocabulary: Vocabulary, wording: Wording, author: str, id_prefix: str
    ) -> None:
        self.page = page
        self.vocabulary = vocabulary
        self.wording = wording
        self.author = author
        self.id_prefix = id_prefix

    def compose(self, anchors: Sequence[Anchor]) -> Composition:
        """Return what marks `anchors` in the page, numbered in the order of their references."""
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
            if insertion.what == What.REFERENCE:
                numbers.setdefault(places[insertion.of].anchor, len(numbers) + 1)
        passages = [
            Passage(
                annotation=anchor.annotation,
                key=keys[index],
                kind=anchors_kinds[index],
                number=numbers.get(index, 0),
                excerpts=tuple(self._excerpt(place) for place in anchor.ranges),
                who=self._who(anchor.annotation, anchors_kinds[index]),
                extents=tuple(self._extent(place) for place in anchor.ranges),
            )
            for index, anchor in enumerate(anchors)
        ]
        marks = self._marks(places, passages)
        order = sorted(range(len(anchors)), key=lambda index: anchors[index].ranges[0])
        ids = [passage_id(keys[place.anchor], place.number) for place in places]
        return Composition(
            tags=tuple(_tag(insertion, pieces, marks) for insertion in planned),
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

    def _who(self, annotation: Annotation, kind: Kind) -> str:
        """Return whose words a judged passage is in; unknown if quoted from somebody unnamed."""
        if not kind.group.shows_word:
            return ""
        if annotation.voice == "quoted":
            return annotation.speaker
        return self.author

    def _marks(self, places: Sequence[_Place], passages: Sequence[Passage]) -> list[Mark]:
        lined = [passages[place.anchor].kind.group != Group.KEY for place in places]
        lanes = lanes_of([place.range for place in places], lined)
        language = self.wording.ours.get("lang", "")
        words: dict[str, str] = {}
        styles: dict[str, Style] = {}
        # By what annotations say: what kind that is, depends on nothing else.
        for said, kind in {passage.annotation.kind: passage.kind for passage in passages}.items():
            words[said] = word = self.wording.entry("kinds", kind.id).word
            styles[said] = style_of(kind, word, self.wording("names.said", kind=word), language)
        marks = []
        for place, lane in zip(places, lanes, strict=True):
            passage = passages[place.anchor]
            said = passage.annotation.kind
            marks.append(
                Mark(
                    passage.key,
                    place.number,
                    styles[said],
                    lane,
                    passage.annotation.draft,
                    passage.number,
                    self._reference_name(passage, words[said]),
                )
            )
        return marks

    def _reference_name(self, passage: Passage, word: str) -> str:
        """Return what a screen reader calls a reference; it holds the visible text unbroken."""
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
    """Return whether a passage has a reference: a key point may say all by being marked."""
    return bool(annotation.note or annotation.sources) or kind.group != Group.KEY


def _tag(
    insertion: Insertion, pieces: Sequence[Piece], marks: Sequence[Mark]
) -> tuple[int, What, str]:
    if insertion.what == What.REFERENCE:
        return insertion.offset, insertion.what, reference(marks[insertion.of])
    piece = pieces[insertion.of]
    mark = marks[piece.passage]
    opens = insertion.what == What.START_TAG
    tag = start_tag(mark, first=piece.first) if opens else end_tag(mark)
    return insertion.offset, insertion.what, tag


def _too_deep(annotation: Annotation) -> Problem:
    return Problem(
        annotation.position,
        Rule.NOT_MARKED,
        f"“{shown(annotation.quote.exact)}” lies under more marks than a page can show",
        "say what is to be said about these words in fewer annotations",
        subject=annotation.quote.exact,
    )
