"""What happens to annotations when their article changes: is anything else marked, ever?

Run it by hand: `python tests/benchmarks/changes.py`.  Passages of the pages that ship, bare and
pinned, are deleted or changed in 24 ways, some 15,000 times.  A mark on other words is the fault
that counts: each is printed.  The same in each run, until the text changes.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from typing import NamedTuple

from pages import annotation, article, converter, percent, pinned, print_table, shipped

from mkdocs_annotate.anchoring.anchors import Anchor, anchor
from mkdocs_annotate.anchoring.form import fold_text
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.anchoring.proposals import propose
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import Annotation

PASSAGES_A_PAGE = 12
FOOTNOTE = "\ue002"
"""Stands for the number of a footnote, which readers see and the text skips."""

OUTCOMES = ("marked, right", "right proposal", "orphan", "other words")
_WORD = re.compile(r"\S+")
_SENTENCE = re.compile(r"[^.!?]*[.!?]+\s*|[^.!?]+\Z")


class Case(NamedTuple):
    """A passage of an article, which is a list of paragraphs."""

    paragraphs: tuple[str, ...]
    number: int
    start: int
    end: int

    @property
    def before(self) -> str:
        """Return the paragraph up to the passage."""
        return self.paragraphs[self.number][: self.start]

    @property
    def words(self) -> str:
        """Return the passage."""
        return self.paragraphs[self.number][self.start : self.end]

    @property
    def behind(self) -> str:
        """Return the paragraph behind the passage."""
        return self.paragraphs[self.number][self.end :]


class Changed(NamedTuple):
    """A changed article, and its passage: words that may be marked, or what they became."""

    paragraphs: list[str]
    number: int = -1
    start: int = 0
    end: int = 0
    keeps_quote: bool = False
    """The quote still stands as it is: a bare one may be marked."""
    keeps_context: bool = False
    """So do the words beside it: a pinned one may be marked."""


Change = Callable[[Case, random.Random], Changed | None]


def _with(
    case: Case, before: str, words: str, behind: str, *, quote: bool, context: bool
) -> Changed:
    paragraphs = list(case.paragraphs)
    paragraphs[case.number] = before + words + behind
    start = len(before)
    return Changed(paragraphs, case.number, start, start + len(words), quote, context)


def _gone(case: Case, paragraph: str) -> Changed:
    paragraphs = list(case.paragraphs)
    paragraphs[case.number] = paragraph
    return Changed(paragraphs)


def _deleted(case: Case, draw: random.Random) -> Changed:
    return _gone(case, case.before + case.behind)


def _deleted_neatly(case: Case, draw: random.Random) -> Changed:
    return _gone(case, case.before.rstrip() + case.behind)


def _sentence_deleted(case: Case, draw: random.Random) -> Changed:
    paragraph = case.paragraphs[case.number]
    kept = [
        found.group()
        for found in _SENTENCE.finditer(paragraph)
        if found.end() <= case.start or found.start() >= case.end
    ]
    return _gone(case, "".join(kept))


def _paragraph_deleted(case: Case, draw: random.Random) -> Changed:
    return Changed([p for number, p in enumerate(case.paragraphs) if number != case.number])


def _twin_left(change: Callable[[str], str]) -> Change:
    """Return the change that deletes the paragraph, and leaves something like the passage."""

    def changed(case: Case, draw: random.Random) -> Changed | None:
        twin = change(case.words)
        if fold_text(twin) == fold_text(case.words):
            return None
        left = _paragraph_deleted(case, draw).paragraphs
        return Changed([*left, f"Elsewhere it says {twin} and nothing more."])

    return changed


def _word_replaced(case: Case, draw: random.Random) -> Changed | None:
    words = case.words.split(" ")
    if len(words) < 4:
        return None
    words[draw.randrange(len(words))] = draw.choice(("meanwhile", "harbours", "seventeen", "blue"))
    return _with(case, case.before, " ".join(words), case.behind, quote=False, context=False)


def _replacing(pattern: str, new: str) -> Change:
    """Return the change that replaces the first find of `pattern` in the passage."""

    def changed(case: Case, draw: random.Random) -> Changed | None:
        words, count = re.subn(pattern, new, case.words, count=1)
        if not count or fold_text(words) == fold_text(case.words):
            return None
        return _with(case, case.before, words, case.behind, quote=False, context=False)

    return changed


def _first_letter_changed(case: Case, draw: random.Random) -> Changed | None:
    words = case.words[0].swapcase() + case.words[1:]
    if words == case.words:
        return None
    return _with(case, case.before, words, case.behind, quote=False, context=False)


def _put_in(before: str, behind: str, at: str = r"\w") -> Change:
    """Return the change that puts words at the ends of the passage, where it ends with `at`."""

    def changed(case: Case, draw: random.Random) -> Changed | None:
        first, last = case.words[0], case.words[-1]
        if not re.match(at, first if before else last):
            return None
        return _with(
            case, case.before + before, case.words, behind + case.behind, quote=False, context=False
        )

    return changed


def _run_together(case: Case, draw: random.Random) -> Changed | None:
    if not re.search(r"\w\s$", case.before) or not case.words[0].isalnum():
        return None
    return _with(case, case.before.rstrip(), case.words, case.behind, quote=False, context=False)


def _run_together_behind(case: Case, draw: random.Random) -> Changed | None:
    if not re.match(r"\s\w", case.behind) or not case.words[-1].isalnum():
        return None
    return _with(case, case.before, case.words, case.behind.lstrip(), quote=False, context=False)


def _not_put_in(case: Case, draw: random.Random) -> Changed | None:
    # Behind a "not" the same context would stand there again, one word on.
    if not case.before.endswith(" ") or case.before.endswith("not "):
        return None
    return _with(case, case.before + "not ", case.words, case.behind, quote=True, context=False)


def _footnote_put_in(case: Case, draw: random.Random) -> Changed | None:
    return _with(case, case.before, case.words, FOOTNOTE + case.behind, quote=True, context=True)


def _text_above(case: Case, draw: random.Random) -> Changed:
    above = article(120, draw.randrange(1000))[1]
    same = Changed(list(case.paragraphs), case.number, case.start, case.end, True, True)
    return same._replace(paragraphs=[*above, *case.paragraphs], number=case.number + len(above))


CHANGES: dict[str, Change] = {
    "text put in above": _text_above,
    "a footnote's number behind it": _footnote_put_in,
    "passage deleted": _deleted,
    "passage and a space deleted": _deleted_neatly,
    "its sentence deleted": _sentence_deleted,
    "its paragraph deleted": _paragraph_deleted,
    "deleted; with a capital elsewhere": _twin_left(lambda words: words[0].upper() + words[1:]),
    "deleted; in capitals elsewhere": _twin_left(str.upper),
    "deleted; without signs elsewhere": _twin_left(lambda words: re.sub(r"[^\w\s]", "", words)),
    "deleted; with another number elsewhere": _twin_left(lambda words: re.sub(r"\d", "7", words)),
    "a word replaced": _word_replaced,
    "a number changed": _replacing(r"\d", "8"),
    "a sign changed": _replacing(r"(?<=\w)[,;:.](?=\s)", " +"),
    "its first letter's case changed": _first_letter_changed,
    "its first word grown": _put_in("un", ""),
    "its last word grown": _put_in("", "ed", r"[^\W\d]"),
    "its last number grown": _put_in("", "0", r"\d"),
    "… by thousands": _put_in("", ",000", r"\d"),
    "… by spaced thousands": _put_in("", " 000", r"\d"),
    "… by a fraction": _put_in("", "½", r"\d"),
    "a minus before its first number": _put_in("\u2212", "", r"\d"),
    "run together with the word before": _run_together,
    "run together with the word behind": _run_together_behind,
    "“not” put in before it": _not_put_in,
}


@cache
def cases() -> list[Case]:
    """Return passages of one to eight words, each the only one of its words in its page."""
    found: list[Case] = []
    texts = {name: project(converter("default")(text)).text for name, text in shipped().items()}
    for name, text in texts.items():
        draw = random.Random(name)
        paragraphs = tuple(line for line in text.split("\n") if len(line) > 40)
        page = _page(list(paragraphs))
        drawn = list(_drawn(paragraphs, draw))
        draw.shuffle(drawn)
        whole = [case for case in drawn if _is_marked(case, page)]
        numbers = [case for case in whole if case.words[0].isdigit() or case.words[-1].isdigit()]
        found += whole[:PASSAGES_A_PAGE] + numbers[:PASSAGES_A_PAGE]
    return found


def _drawn(paragraphs: tuple[str, ...], draw: random.Random) -> Iterator[Case]:
    for number, paragraph in enumerate(paragraphs):
        words = [found.span() for found in _WORD.finditer(paragraph)]
        for first in draw.sample(range(len(words)), min(6, len(words))):
            last = min(len(words) - 1, first + draw.randrange(8))
            start, end = words[first][0], words[last][1]
            while start < end and not paragraph[start].isalnum():
                start += 1
            while end > start and not paragraph[end - 1].isalnum():
                end -= 1
            if start < end:
                yield Case(paragraphs, number, start, end)


def _is_marked(case: Case, page: Page) -> bool:
    answer = anchor(annotation(case.words), page)
    return isinstance(answer, Anchor) and answer.ranges == (_place(case, page),)


def _page(paragraphs: list[str]) -> Page:
    html = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    html = html.replace(FOOTNOTE, '<sup><a class="footnote-ref" href="#fn:1">1</a></sup>')
    return Page(project(html))


def _place(passage: Case | Changed, page: Page) -> Range:
    """Return where a passage stands in the text of its page."""
    before = sum(len(p.replace(FOOTNOTE, "")) + 1 for p in passage.paragraphs[: passage.number])
    return Range(before + passage.start, before + passage.end)


def _outcome(given: Annotation, changed: Changed, page: Page, *, may_stand: bool) -> str:
    truth = _place(changed, page) if changed.number >= 0 else None
    answer = anchor(given, page)
    if isinstance(answer, Anchor):
        right = may_stand and truth is not None and answer.ranges == (truth,)
        return "marked, right" if right else "other words"
    found = propose(answer, page)
    near = truth and any(
        place.range.start < truth.end and truth.start < place.range.end for place in found
    )
    return "right proposal" if near else "orphan"


def main() -> None:
    """Print the table, and each passage in whose place other words were marked."""
    counts = {(name, kind): Counter[str]() for kind in ("bare", "pinned") for name in CHANGES}
    wrong: list[str] = []
    for number, case in enumerate(cases()):
        page = _page(list(case.paragraphs))
        given = {
            "bare": annotation(case.words),
            "pinned": pinned(_place(case, page), page, least=1),
        }
        for name, change in CHANGES.items():
            changed = change(case, random.Random(f"{name} {number}"))
            if changed is None:
                continue
            after = _page(changed.paragraphs)
            for kind, one in given.items():
                if one is None:
                    continue
                may = changed.keeps_quote if kind == "bare" else changed.keeps_context
                found = _outcome(one, changed, after, may_stand=may)
                counts[name, kind][found] += 1
                if found == "other words":
                    wrong.append(f"{name}, {kind}: {one.quote}")
    rows = [
        [name, kind, str(sum(c.values())), *(percent(c[o], sum(c.values())) for o in OUTCOMES)]
        for (name, kind), c in counts.items()
    ]
    total = sum(counts.values(), Counter[str]())
    rows.append(
        [
            "all",
            "",
            str(sum(total.values())),
            *(percent(total[o], sum(total.values())) for o in OUTCOMES),
        ]
    )
    print_table("After changes, %", ("change", "quote", "n", *OUTCOMES), rows)
    print(f"\nOther words marked: {len(wrong)}")
    for one in wrong[:20]:
        print(one)


if __name__ == "__main__":
    main()
