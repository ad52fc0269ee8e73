"""A passage of an older text of an article, followed through the edits to the newest text.

Source: the words of both texts are paired by patience diff, as in `alignment`.  An inserted
or removed stretch may as well lie some words further: this is the *slider* of git's diff
(`diff-slider-tools`); words it may slide over are no evidence here.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from mkdocs_annotate.anchoring.alignment import pair_words, split_words
from mkdocs_annotate.anchoring.ends import with_edge_signs
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.proposals import Evidence, Proposal, longest_gap
from mkdocs_annotate.model.places import Range

KEPT = 0.5
"""Share of the words that must be left, between edges that both are, for a passage to be surely
the old one: with less, another sentence may stand between two words that are common."""

MOVED_KEPT, MOVED_LEAST = 2 / 3, 3
"""Share of the words, and number, that must have moved together: single ones meet by chance."""

GAP_WORDS = 3
"""How many words may stand where the first or last one was; or twice as many as stood there."""

_SENTENCE_END = re.compile(r"[.!?](?=\W*\s)|[。！？]")


@dataclass(frozen=True)
class Removed:
    """The passage was removed, and nothing was written in its place."""


Step = int
"""-1 towards the beginning of the text, 1 towards its end."""


def follow_edits(place: Range, old: Page, new: Page) -> Proposal | Removed | None:
    """Return what the passage at `place` of `old` became in `new`.

    The score is 1 where both its edge words have certain partners and half of its words are left;
    else it is the share of words that are left.  None where an edge can't be told.  Never raises.
    Cost: that of aligning the two texts, 7 ms for 6,000 words.
    """
    pairing = _Pairing(old.text, new.text)
    first, last = pairing.words_at(place)
    if first > last:
        return None
    stayed = _stayed(first, last, pairing)
    found = [
        _proposal(place, (first, last), edges, pairing)
        for edges in (stayed, _moved(first, last, pairing))
        if edges is not None
    ]
    whole = [proposal for proposal in found if _in_bounds(place, proposal.range, old, new)]
    if whole:
        return max(whole, key=lambda proposal: proposal.score)
    return Removed() if not found and _was_removed(first, last, pairing) else None


class _Pairing:
    """The words of two texts, and which became which."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.left, self.left_starts, self.left_ends = split_words(old)
        self.right, self.right_starts, self.right_ends = split_words(new)
        self.partners = pair_words(self.left, self.right)

    def words_at(self, place: Range) -> tuple[int, int]:
        """Return the numbers of the first and last old word of which `place` has some."""
        inside = [
            word
            for word, (start, end) in enumerate(zip(self.left_starts, self.left_ends, strict=True))
            if end > place.start and start < place.end
        ]
        return (inside[0], inside[-1]) if inside else (0, -1)

    @cached_property
    def loose(self) -> frozenset[int]:
        """Return the old words that an inserted or removed stretch may slide over."""
        pairs = [(-1, -1), *((a, b) for a, b in enumerate(self.partners) if b >= 0)]
        pairs.append((len(self.left), len(self.right)))
        loose = set[int]()
        for (a, b), (a_next, b_next) in pairwise(pairs):
            if b_next == b + 1 and a_next > a + 1:
                loose |= self._slides(self.left, a + 1, a_next - 1, a, a_next, taken_out=True)
            elif a_next == a + 1 and b_next > b + 1:
                loose |= self._slides(self.right, b + 1, b_next - 1, a, a_next, taken_out=False)
        return frozenset(loose)

    def _slides(
        self, words: list[str], start: int, end: int, before: int, behind: int, *, taken_out: bool
    ) -> set[int]:
        """Return the old words that the stretch from `start` to `end` of `words` may slide over.

        It stands between the old words `before` and `behind`.
        """
        over = set[int]()
        steps = 0
        while self._are_neighbours(before - steps, -1, steps) and (
            words[start - 1 - steps] == words[end - steps]
        ):
            over.add(before - steps)
            steps += 1
            if taken_out and steps <= end - start + 1:
                over.add(end - steps + 1)
        steps = 0
        while self._are_neighbours(behind + steps, 1, steps) and (
            words[start + steps] == words[end + 1 + steps]
        ):
            over.add(behind + steps)
            if taken_out and steps <= end - start:
                over.add(start + steps)
            steps += 1
        return over

    def _are_neighbours(self, word: int, step: Step, steps: int) -> bool:
        """Return whether an old word has a partner, next to that of the word it was come from."""
        if not (0 <= word < len(self.left) and self.partners[word] >= 0):
            return False
        return not steps or self.partners[word] == self.partners[word - step] + step

    @cached_property
    def firm(self) -> frozenset[int]:
        """Return the old words whose partner is certain: a neighbour went along, or none rivals."""
        return frozenset(
            word
            for word, partner in enumerate(self.partners)
            if partner >= 0 and word not in self.loose and self.agrees(word, partner)
        )

    def agrees(self, word: int, partner: int) -> bool:
        """Return whether an old word and a new one have an equal neighbour, or are unique."""
        for step in (-1, 1):
            beside, there = word + step, partner + step
            inside = 0 <= beside < len(self.left) and 0 <= there < len(self.right)
            if inside and self.left[beside] == self.right[there]:
                return True
        name = self.left[word]
        return self._left_text.count(f" {name} ") == self._right_text.count(f" {name} ") == 1

    @cached_property
    def _left_text(self) -> str:
        return f" {'  '.join(self.left)} "

    @cached_property
    def _right_text(self) -> str:
        return f" {'  '.join(self.right)} "

    def firm_partner(self, word: int) -> int | None:
        """Return the certain partner of an old word; beyond the ends of the text, its ends."""
        if word < 0:
            return -1
        if word == len(self.left):
            return len(self.right)
        return self.partners[word] if word in self.firm else None

    @cached_property
    def free(self) -> list[int]:
        """Return the new words without a certain old partner: they were inserted, or moved here."""
        taken = {self.partners[word] for word in self.firm | self.loose}
        return [word for word in range(len(self.right)) if word not in taken]

    @cached_property
    def elsewhere(self) -> dict[int, int]:
        """Return where old words stand that have no certain partner in their old place.

        They are paired once more, among themselves.
        """
        rest = [word for word in range(len(self.left)) if word not in self.firm]
        pairs = pair_words(
            [self.left[word] for word in rest], [self.right[word] for word in self.free]
        )
        return {word: self.free[to] for word, to in zip(rest, pairs, strict=True) if to >= 0}

    def copies(self, first: int, last: int) -> int:
        """Return how often the old words `first` to `last` begin at free new ones."""
        own = self.left[first : last + 1]
        return sum(self.right[word : word + len(own)] == own for word in self.free)

    def kept(self, words: tuple[int, int], edges: tuple[int, int]) -> float:
        """Return the share of words that the old passage and the new one have in common."""
        old = self.left[words[0] : words[1] + 1]
        new = self.right[edges[0] : edges[1] + 1]
        common = sum(partner >= 0 for partner in pair_words(old, new))
        return common / max(len(old), len(new))

    def sentence_ends(self, words: tuple[int, int], *, old: bool) -> int:
        """Return how many sentences end between two words, which may lie beyond the text."""
        starts, ends = (
            (self.left_starts, self.left_ends) if old else (self.right_starts, self.right_ends)
        )
        text = self.old if old else self.new
        start = ends[words[0]] if words[0] >= 0 else 0
        end = starts[words[1]] if words[1] < len(starts) else len(text)
        return len(_SENTENCE_END.findall(text, start, max(start, end)))


@dataclass(frozen=True)
class _Edges:
    """The first and last new word of a passage, and whether each is the old one."""

    first: int
    last: int
    certain: bool


def _stayed(first: int, last: int, pairing: _Pairing) -> _Edges | None:
    """Return the edges of the old words `first` to `last` where their surroundings stayed."""
    core = [word for word in range(first, last + 1) if word in pairing.firm]
    if core:
        begin = _edge(core[0], first, -1, pairing)
        end = _edge(core[-1], last, 1, pairing)
        if begin is None or end is None or begin[0] > end[0]:
            return None
        return _Edges(begin[0], end[0], begin[1] and end[1])
    if any(word in pairing.loose for word in range(first, last + 1)):
        return None
    before, behind = pairing.firm_partner(first - 1), pairing.firm_partner(last + 1)
    if before is None or behind is None or behind <= before + 1:
        return None
    if not _is_one_stretch((first - 1, last + 1), (before, behind), pairing):
        return None
    return _Edges(before + 1, behind - 1, certain=False)


def _edge(word: int, edge: int, step: Step, pairing: _Pairing) -> tuple[int, bool] | None:
    """Return the new word that the old passage now begins or ends with, and if it is the old one.

    `word` is the old word nearest to the passage's `edge` that has a certain partner.
    """
    partner = pairing.partners[word]
    while (
        word != edge
        and 0 <= partner + step < len(pairing.right)
        and pairing.left[word + step] == pairing.right[partner + step]
    ):
        word, partner = word + step, partner + step
    if word == edge:
        return partner, True
    outside = pairing.firm_partner(edge + step)
    if outside is None or (outside - partner) * step <= 0:
        return None
    if abs(outside - partner) - 1 > max(GAP_WORDS, 2 * abs(edge - word)):
        return None
    old, new = sorted((word, edge + step)), sorted((partner, outside))
    if not _is_one_stretch((old[0], old[1]), (new[0], new[1]), pairing):
        return None
    return outside - step, False


def _is_one_stretch(old: tuple[int, int], new: tuple[int, int], pairing: _Pairing) -> bool:
    """Return whether two new words have no more sentences between them than the old ones."""
    return pairing.sentence_ends(new, old=False) <= pairing.sentence_ends(old, old=True)


def _moved(first: int, last: int, pairing: _Pairing) -> _Edges | None:
    """Return the edges of the old words `first` to `last` where they stand elsewhere now."""
    if any(word in pairing.firm or word in pairing.loose for word in range(first, last + 1)):
        return None
    edges = pairing.elsewhere.get(first), pairing.elsewhere.get(last)
    if edges[0] is None or edges[1] is None:
        return None
    if not (pairing.agrees(first, edges[0]) and pairing.agrees(last, edges[1])):
        return None
    if last - first + 1 < MOVED_LEAST or pairing.copies(first, last) > 1:
        return None
    if pairing.kept((first, last), (edges[0], edges[1])) < MOVED_KEPT:
        return None
    return _Edges(edges[0], edges[1], certain=True)


def _proposal(place: Range, words: tuple[int, int], edges: _Edges, pairing: _Pairing) -> Proposal:
    """Return the passage between `edges`, with the signs around it that the old one had."""
    kept = pairing.kept(words, (edges.first, edges.last))
    start, end = pairing.right_starts[edges.first], pairing.right_ends[edges.last]
    # A place may begin or end within a word, in scripts that join words above all.
    if pairing.left[words[0]] == pairing.right[edges.first]:
        start += max(0, place.start - pairing.left_starts[words[0]])
    if pairing.left[words[1]] == pairing.right[edges.last]:
        end -= max(0, pairing.left_ends[words[1]] - place.end)
    there = with_edge_signs(Range(start, end), pairing.old[place.start : place.end], pairing.new)
    return Proposal(there, Evidence.PORTED, 1.0 if edges.certain and kept >= KEPT else kept)


def _in_bounds(place: Range, there: Range, old: Page, new: Page) -> bool:
    """Return whether a passage grew within its bound and stayed in its block."""
    if there.end - there.start > longest_gap(old.text[place.start : place.end]):
        return False
    return _in_one_block(there, new) or not _in_one_block(place, old)


def _in_one_block(place: Range, page: Page) -> bool:
    return page.projection.block_around(Range(place.start, place.start + 1)).end >= place.end


def _was_removed(first: int, last: int, pairing: _Pairing) -> bool:
    """Return whether what stood around the old words now stands together, without them.

    Where half of them stand elsewhere now they have moved, even if it can't be said where to.
    """
    gone = range(first, last + 1)
    if any(word in pairing.firm or word in pairing.loose for word in gone):
        return False
    if sum(word in pairing.elsewhere for word in gone) >= KEPT * len(gone):
        return False
    while first - 1 >= 0 and first - 1 not in pairing.firm:
        first -= 1
    while last + 1 < len(pairing.left) and last + 1 not in pairing.firm:
        last += 1
    before, behind = pairing.firm_partner(first - 1), pairing.firm_partner(last + 1)
    return before is not None and behind == before + 1
