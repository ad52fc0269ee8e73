"""Quotes whose article is edited: which are found again, which are proposed, and where wrongly."""

import random
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from copies import CLOSING, OPENING
from pages import annotation, article, converter, percent, pinned, print_table, shipped

from mkdocs_annotate.anchoring.anchors import Anchor, Orphan, Reason, anchor
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.anchoring.proposals import Proposal, propose
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import Annotation

CASES = 150
EXTENSIONS = "default"
OUTCOMES = (
    *("rendered right", "rendered wrong", "proposed right", "proposed wrong"),
    *("ambiguous", "no proposal"),
)
_PROSE = re.compile(r"[A-Z][^\n|`<>\[\]*_]*(?:\n[A-Z][^\n|`<>\[\]*_]*)*")
_FEW_WORDS = re.compile(r"[A-Za-z]+(?: [A-Za-z]+){3,6}")


@dataclass(frozen=True)
class Case:
    """A passage of a few words in one of the blocks of an article."""

    blocks: tuple[str, ...]
    number: int
    start: int
    end: int

    @property
    def block(self) -> str:
        """Return the block that holds the passage."""
        return self.blocks[self.number]

    @property
    def words(self) -> str:
        """Return the passage."""
        return self.block[self.start : self.end]

    def replaced(self, words: str, *, marked: bool = True) -> list[str]:
        """Return the blocks with `words` in place of the passage, between signs if `marked`."""
        if marked:
            words = OPENING + words + CLOSING
        block = self.block[: self.start] + words + self.block[self.end :]
        return [*self.blocks[: self.number], block, *self.blocks[self.number + 1 :]]


def _unedited(case: Case, draw: random.Random) -> list[str]:
    return case.replaced(case.words)


def _inserted(case: Case, draw: random.Random) -> list[str]:
    blocks = case.replaced(case.words)
    return [blocks[0], *article(200, draw.randrange(1000))[0].split("\n\n")[2:5], *blocks[1:]]


def _moved(case: Case, draw: random.Random) -> list[str]:
    blocks = case.replaced(case.words)
    return [*blocks[: case.number], *blocks[case.number + 1 :], blocks[case.number]]


def _wrapped(case: Case, draw: random.Random) -> list[str]:
    blocks = case.replaced(case.words)
    return [
        textwrap.fill(block, 72, break_on_hyphens=False, break_long_words=False)
        if _PROSE.fullmatch(block)
        else block
        for block in blocks
    ]


def _with_middle(case: Case, change: Callable[[str], str]) -> list[str]:
    words = case.words.split(" ")
    words[len(words) // 2] = change(words[len(words) // 2])
    return case.replaced(" ".join(words))


def _bold(case: Case, draw: random.Random) -> list[str]:
    return _with_middle(case, lambda word: f"**{word}**")


def _reworded(case: Case, draw: random.Random) -> list[str]:
    known = sorted(set(re.findall("[a-z]{4,}", "\n".join(case.blocks))))
    return _with_middle(case, lambda word: draw.choice([other for other in known if other != word]))


def _twin(case: Case, draw: random.Random) -> list[str]:
    sentences = article(100, draw.randrange(1000))[1]
    return [f"{sentences[0]} {case.words} {sentences[1]}", *case.replaced(case.words)]


def _deleted(case: Case, draw: random.Random) -> list[str]:
    blocks = case.replaced("", marked=False)
    blocks[case.number] = blocks[case.number].replace("  ", " ")
    return blocks


def _shuffled(case: Case, draw: random.Random) -> list[str]:
    blocks = _deleted(case, draw)
    others = [i for i, block in enumerate(blocks) if i != case.number and _PROSE.fullmatch(block)]
    chosen = draw.choice(others)
    words = blocks[chosen].split(" ")
    for word in case.words.split(" "):
        words.insert(draw.randrange(1, len(words) + 1), word)
    blocks[chosen] = " ".join(words)
    return blocks


EDITS: dict[str, Callable[[Case, random.Random], list[str]]] = {
    "none": _unedited,
    "three paragraphs inserted above": _inserted,
    "paragraph moved to the end": _moved,
    "hard-wrapped at 72": _wrapped,
    "middle word made bold": _bold,
    "middle word replaced": _reworded,
    "same words in a new first paragraph": _twin,
    "quote deleted, context kept": _deleted,
    "deleted, its words shuffled elsewhere": _shuffled,
}


@cache
def cases(corpus: str) -> list[Case]:
    """Return passages of four to seven words that stand once in their page."""
    if corpus == "invented prose":
        texts = {f"prose {number}": article(1000, number)[0] for number in range(CASES // 8)}
    else:
        texts = shipped()
    found: list[Case] = []
    for name, text in texts.items():
        draw = random.Random(name)
        blocks = tuple(text.strip().split("\n\n"))
        fenced = 0
        candidates: list[Case] = []
        for number, block in enumerate(blocks):
            if fenced % 2 == 0 and _PROSE.fullmatch(block):
                for match in _FEW_WORDS.finditer(block, block.find(" ") + 1):
                    start = match.start()
                    words = match.group().split(" ")
                    end = start + len(" ".join(words[: draw.randint(4, 7)]))
                    if text.count(block[start:end]) == 1:
                        candidates.append(Case(blocks, number, start, end))
            fenced += block.count("```")
        if sum(map(bool, map(_PROSE.fullmatch, blocks))) < 2:
            continue
        most = 2 * CASES // len(texts) + 1
        found += draw.sample(candidates, min(most, len(candidates)))
    random.Random(corpus).shuffle(found)
    return found[:CASES]


def page_and_truth(blocks: Sequence[str]) -> tuple[Page, Range | None]:
    """Return the page of edited blocks, and where between the signs the passage is, if it is."""
    source = "\n\n".join(blocks)
    html = converter(EXTENSIONS)(source)
    page = Page(project(_unsigned(html)), _unsigned(source))
    if OPENING not in source:
        return page, None
    text = project(html).text
    assert _unsigned(text) == page.text
    return page, Range(text.index(OPENING), text.index(CLOSING) - 1)


def _unsigned(text: str) -> str:
    return text.replace(OPENING, "").replace(CLOSING, "")


def alike(place: Range, truth: Range | None) -> bool:
    """Return whether two places have at least half of what they cover in common."""
    if truth is None:
        return False
    common = min(place.end, truth.end) - max(place.start, truth.start)
    return common >= 0.5 * (max(place.end, truth.end) - min(place.start, truth.start))


def outcome(answer: Anchor | Orphan, page: Page, truth: Range | None) -> str:
    """Return what an answer is worth; of several proposals the first counts."""
    if isinstance(answer, Anchor):
        right = len(answer.ranges) == 1 and alike(answer.ranges[0], truth)
        return "rendered right" if right else "rendered wrong"
    if answer.reason == Reason.AMBIGUOUS:
        return "ambiguous"
    proposals: list[Proposal] = propose(answer, page)
    if not proposals:
        return "no proposal"
    return "proposed right" if alike(proposals[0].range, truth) else "proposed wrong"


def _annotations(case: Case) -> dict[str, Annotation]:
    """Return the annotation of a passage as it is made before the edit, bare and pinned."""
    page, truth = page_and_truth(case.replaced(case.words))
    assert truth is not None
    with_context = pinned(truth, page, least=1)
    assert with_context is not None
    return {"bare": annotation(case.words), "pinned": with_context}


def reanchored(examples: list[str], corpus: str) -> None:
    """Print what becomes of annotations whose article is edited."""
    counts = {(edit, kind): Counter[str]() for kind in ("bare", "pinned") for edit in EDITS}
    for number, case in enumerate(cases(corpus)):
        annotations = _annotations(case)
        for edit, edited in EDITS.items():
            page, truth = page_and_truth(edited(case, random.Random(f"{edit} {number}")))
            for kind, given in annotations.items():
                answer = anchor(given, page)
                found = outcome(answer, page, truth)
                counts[edit, kind][found] += 1
                if found == "rendered wrong":
                    examples.append(f"{found}, {edit}, {kind}, {corpus}: {given.quote}")
    total = len(cases(corpus))
    rows = [
        [edit, kind, *(percent(count[outcome], total) for outcome in OUTCOMES)]
        for (edit, kind), count in counts.items()
    ]
    title = f"Found again after edits, {corpus}, n = {total}, %"
    print_table(title, ("edit", "quote", *OUTCOMES), rows)


def edit_tables(examples: list[str]) -> None:
    """Print the table for both kinds of pages, and add each passage marked wrongly."""
    for corpus in ("invented prose", "our own pages"):
        reanchored(examples, corpus)
