"""Rules about marks on a page: how many, how deep, twice the same, and whose words they are."""

from collections.abc import Iterator, Sequence

from mkdocs_annotate.anchoring.law import Anchor
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.editorial.quotations import Quotations
from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.places import Position, Range
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.model.sidecar import Annotation
from mkdocs_annotate.model.vocabulary import Group, Vocabulary

MOST_OVER = 3
"""Most marks over one character: so many lines a reader can tell apart."""

LEAST_WORDS = 250
"""Fewest words of an article of which it can be said that its marks are too many."""


def without_speaker(
    anchors: Sequence[Anchor], page: Page, vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Yield the opinions that stand in quotations, and nothing says in whose.

    Who writes `voice: author` has decided.
    """
    quotations = Quotations(page)
    for anchor in anchors:
        entry = anchor.annotation
        kind = vocabulary.kinds.get(entry.kind)
        if kind is None or kind.group != Group.OPINION or entry.speaker:
            continue
        quote = shown(entry.quote.exact)
        if entry.voice == "quoted":
            message = f"“{quote}” is quoted, and nothing says from whom"
            yield Problem(entry.place("voice"), Rule.OPINION_WITHOUT_SPEAKER, message, _SPEAKER)
        elif "voice" not in entry.places and all(map(quotations.hold, anchor.ranges)):
            message = f"“{quote}” stands in a quotation, and would be taken for the author's words"
            cure = f"{_SPEAKER}, or `voice: author` if they are"
            yield Problem(entry.position, Rule.OPINION_WITHOUT_SPEAKER, message, cure)


_SPEAKER = "add `speaker: …`"


def same_twice(anchors: Sequence[Anchor]) -> Iterator[Problem]:
    """Yield the annotations that mark what an earlier one of their kind marks, too."""
    first: dict[tuple[str, Range], Annotation] = {}
    for anchor in sorted(anchors, key=lambda anchor: anchor.annotation.position):
        entry = anchor.annotation
        taken = [first.setdefault((entry.kind, place), entry) for place in anchor.ranges]
        earlier = next((other for other in taken if other is not entry), None)
        if earlier is not None:
            quote = shown(entry.quote.exact)
            line = earlier.position.line
            message = f"“{quote}” is marked as `{entry.kind}` in line {line} already"
            cure = "say both in one annotation, or remove one"
            yield Problem(entry.position, Rule.SAME_MARK_TWICE, message, cure)


def too_deep(anchors: Sequence[Anchor]) -> Iterator[Problem]:
    """Yield the annotation that is one too many over the same words, once for each such place.

    Cost: n log n.
    """
    places = sorted(
        ((place, anchor.annotation) for anchor in anchors for place in anchor.ranges),
        key=lambda pair: (pair[0].start, -pair[0].end, pair[1].position),
    )
    ends: list[int] = []
    told = False
    for place, entry in places:
        ends = [end for end in ends if end > place.start]
        told = told and len(ends) >= MOST_OVER
        # Those that end last tell whether there are too many.
        ends = sorted([*ends, place.end])[-MOST_OVER - 1 :]
        if len(ends) > MOST_OVER and not told:
            told = True
            quote = shown(entry.quote.exact)
            message = f"“{quote}” is the fourth mark over the same words"
            cure = "readers can tell three apart: say what is to be said in fewer annotations"
            yield Problem(entry.position, Rule.OVERLAP_TOO_DEEP, message, cure)


def too_many(anchors: Sequence[Anchor], page: Page, most: int, file: str) -> Iterator[Problem]:
    """Yield that an article has more than `most` marks in 1,000 words, if it has."""
    marks = sum(len(anchor.ranges) for anchor in anchors)
    # Each word and the space behind it has two characters or more.
    if marks <= most * LEAST_WORDS / 1000 or len(page.text) < 2 * LEAST_WORDS - 1:
        return
    words = len(page.text.split())
    if words >= LEAST_WORDS and marks * 1000 > most * words:
        message = f"{marks} marks in {words:,} words are {round(marks * 1000 / words)} in 1,000"
        cure = f"keep those that matter most; more than {most} tire readers"
        yield Problem(Position(file, 1, 1), Rule.TOO_MANY_MARKS, message, cure)
