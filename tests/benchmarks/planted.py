"""Passages of Markdown articles, and where they truly stand on a page that any builder made.

The truth knows nothing of our engine: a second copy of the article has a sign of its own at both
ends of each passage, the builder carries these to the page, and a real parser finds them there.
"""

import bisect
import itertools
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import html5lib

FIRST_SIGN = 0xE100
"""Of two signs for each passage; no builder does anything with characters for private use."""

SIGNS = re.compile(r"[\ue100-\uefff]")
MOST_WORDS = 25
# What is no text, within a line: addresses, tags, entities, formulas, lists' numbers, attributes.
_NO_TEXT = re.compile(
    r"""!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])? | \]\([^)]*\) | \[[^\[\]]*\]\[[^\]]*\]
    | <[^<>\n]+> | &\#?\w+;
    | https?://\S+ | [\w.]+@[\w.]+ | \bwww\.\S+ | \$[^$\n]+\$ | \{[^{}\n]*\} | \[\^[^\]]+\]:?
    | ^[ \t>]*(?:[-*+]|\d+[.)]|\#+|>|:)[ \t]+(?:\[.\])? | \\. | \b\w+::?[^\s\w] | ``+
    | :[a-z_]+:(?=`)""",
    re.X | re.M,
)
# Whole lines that are no text; no passage crosses one.
_NO_LINE = re.compile(
    r"^[ \t>]*(?:```|~~~|:::|!!!|\?\?\?|===|\{\{|\{%|\.\. |\$\$|@@|\\|\|?[ :|-]+$"
    r"|\[[^\]]+\]:[ ]|\*\[).*$"
    r"|^[ \t]*(?:=+|-+)[ \t]*$|^[ \t]+:[a-z-]+:.*$|^\{.*\}[ \t]*$|^---$",
    re.M,
)
# With what belongs to a word or a number, so that no passage ends within one.
_SIGN = "[^\\W]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff\u0e31-\u0e4e]"
_WORD = re.compile(rf"(?:{_SIGN})+(?:(?:[.,:/'’]|(?<=\d) (?=\d{{3}}\b))(?:{_SIGN})+)*")
_BREAK = re.compile(r"\n[ \t]*\n")
_SKIPPED = frozenset(
    """headerlink header-anchor hash-link heading-anchor anchor anchorjs-link linenos linenodiv
    lineno gutter footnote-ref footnote-backref ann-ref copybtn""".split()
)
"""Classes of elements whose text a reader doesn't take along: permalinks and line numbers."""

_BLOCKS = frozenset(
    """address article aside blockquote dd details div dl dt figcaption figure footer form h1 h2 h3
    h4 h5 h6 header hr li main nav ol p pre section summary table tbody td th thead tr ul
    br""".split()
)
_UNSEEN = frozenset("script style template noscript svg math textarea select button".split())


class Passage(NamedTuple):
    """A stretch of the Markdown, from the start of a word to the end of one."""

    start: int
    end: int


def passages(text: str, count: int, rng: random.Random) -> list[Passage]:
    """Return up to `count` passages of `text`, in order; most are short, and some are nested."""
    hard = [found.span() for found in _NO_LINE.finditer(text)]
    soft = [found.span() for found in _NO_TEXT.finditer(text)]
    covered = bytearray(len(text))
    for start, end in hard + soft:
        covered[start:end] = b"x" * (end - start)
    words = [
        found.span()
        for found in _WORD.finditer(text)
        if not any(covered[found.start() : found.end()]) and found[0].strip("_") == found[0]
    ]
    hard_starts = [start for start, _ in hard]
    breaks = [found.start() for found in _BREAK.finditer(text)]

    def between(places: list[int], passage: Passage) -> int:
        return bisect.bisect(places, passage.end) - bisect.bisect(places, passage.start)

    chosen: set[Passage] = set()
    for _ in range(count * 4):
        if len(chosen) == count or len(words) < MOST_WORDS * 2:
            break
        first = rng.randrange(len(words) - MOST_WORDS)
        last = first + min(int(rng.expovariate(1 / 6)), MOST_WORDS - 1)
        passage = Passage(words[first][0], words[last][1])
        apart = between(breaks, passage)
        if not between(hard_starts, passage) and (not apart or (apart == 1 and rng.random() < 0.1)):
            chosen.add(passage)
    return sorted(chosen)


def planted(text: str, chosen: list[Passage]) -> str:
    """Return `text` with a sign at the start and one at the end of each passage."""
    signs = [(one.start, 1, number) for number, one in enumerate(chosen)]
    signs += [(one.end, 0, number) for number, one in enumerate(chosen)]
    parts, done = [], 0
    for offset, begins, number in sorted(signs):
        parts += [text[done:offset], chr(FIRST_SIGN + 2 * number + 1 - begins)]
        done = offset
    return "".join([*parts, text[done:]])


@dataclass
class Seen:
    """What a page shows within its article."""

    text: list[str] = field(default_factory=list)
    """Each character that is no white space; where there is some, it precedes the character."""

    skipped: list[bool] = field(default_factory=list)
    """Whether a reader doesn't take the character along."""

    of: list[frozenset[str]] = field(default_factory=list)
    """The ids of the annotations whose marks the character stands in."""

    signs: dict[int, list[int]] = field(default_factory=dict)
    """The places of each sign: before which character it stands."""

    def plain(self) -> str:
        """Return the characters without white space, quotation marks all alike."""
        return re.sub("[\"'“”‘’«»„‚`]", "'", "".join(one[-1] for one in self.text))

    def said(self, start: int, end: int) -> str:
        """Return what is copied from `start` to `end`."""
        taken = zip(self.text[start:end], self.skipped[start:end], strict=True)
        return "".join(one for one, skipped in taken if not skipped).strip()


def is_at(element: Any, place: tuple[str, str, str]) -> bool:
    """Return whether `element` is the one of `place`: its tag, and a word of an attribute."""
    if not isinstance(element.tag, str) or element.tag != place[0]:
        return False
    return not place[1] or place[2] in element.get(place[1], "").split()


def parsed(data: bytes) -> Any:
    """Return the tree of a page, without panel and notes, which stand between comments."""
    plain = re.sub(rb"<!--ann-->.*?<!--/ann-->", b"", data, flags=re.S)
    return html5lib.parse(plain, namespaceHTMLElements=False)


def seen(tree: Any, place: tuple[str, str, str]) -> Seen:
    """Return what the page shows in its element at `place`, which it must have once."""
    found = [element for element in tree.iter() if is_at(element, place)]
    assert len(found) == 1, f"{len(found)} elements are {place}"
    made, space = Seen(), [""]
    for kind, text, skipped, ids in _events(found[0], skipped=False, ids=frozenset()):
        if kind == "block":
            space[0] = space[0] if "\n" in space[0] else "\n"
            continue
        for character in text:
            if SIGNS.match(character):
                if not skipped:
                    made.signs.setdefault(ord(character), []).append(len(made.text))
            elif character.isspace():
                space[0] = space[0] or " "
            else:
                made.text.append(space[0] + character)
                made.skipped.append(skipped)
                made.of.append(ids)
                space[0] = ""
    return made


_Event = tuple[str, str, bool, frozenset[str]]


def _events(element: Any, *, skipped: bool, ids: frozenset[str]) -> Iterator[_Event]:
    if element.tag in _UNSEEN:
        return
    classes = element.get("class", "").split()
    skipped = skipped or not _SKIPPED.isdisjoint(classes)
    if "ann-m" in classes:
        ids |= {element.get("data-ann") or element.get("id", "").removeprefix("ann-")}
    block = element.tag in _BLOCKS
    if block:
        yield "block", "", skipped, ids
    yield "text", element.text or "", skipped, ids
    for child in without_ours(element):
        if isinstance(child, str):
            yield "text", child, skipped, ids
        else:
            yield from _events(child, skipped=skipped, ids=ids)
    if block:
        yield "block", "", skipped, ids


def without_ours(element: Any) -> Iterator[Any]:
    """Yield children and the text behind each, but for references."""
    for child in element:
        if isinstance(child.tag, str) and "ann-ref" not in child.get("class", "").split():
            yield child
        if child.tail:
            yield child.tail


def structure(tree: Any) -> list[Any]:
    """Return all elements of a page but ours, with attributes and text, as a flat list."""
    made: list[Any] = []

    def add(text: str | None) -> None:
        if text and made and isinstance(made[-1], str):
            made[-1] += text
        elif text:
            made.append(text)

    def walk(element: Any) -> None:
        ours = "ann-m" in element.get("class", "").split()
        if not ours:
            made.append((element.tag, tuple(sorted(element.attrib.items()))))
        add(element.text)
        for child in without_ours(element):
            add(child) if isinstance(child, str) else walk(child)
        if not ours:
            made.append(("/", element.tag))

    walk(tree)
    return made


class Case(NamedTuple):
    """One annotation: what is quoted, and where it truly stands."""

    quote: str
    prefix: str
    suffix: str
    start: int
    end: int


class Article(NamedTuple):
    """A Markdown text, and its passages."""

    text: str
    chosen: list[Passage]


MOST_CONTEXT = 12
_PLAIN_WORD = re.compile(r"\w+")


class Words:
    """The words of a text, to find the least context that makes a passage stand once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places = [found.span() for found in _PLAIN_WORD.finditer(text)]
        self.plain = [text[start:end].lower() for start, end in self.places]
        self.where: dict[str, list[int]] = {}
        for number, word in enumerate(self.plain):
            self.where.setdefault(word, []).append(number)

    def around(self, start: int, end: int) -> tuple[str, str] | None:
        """Return prefix and suffix of whole words for a passage; None where none are enough."""
        first = bisect.bisect_left(self.places, (start, start))
        last = bisect.bisect_left(self.places, (end, end)) - 1
        for extra in range(MOST_CONTEXT):
            low, high = max(0, first - extra), min(len(self.places) - 1, last + extra)
            key = self.plain[low : high + 1]
            twins = (at for at in self.where[key[0]] if self.plain[at : at + len(key)] == key)
            if len(list(itertools.islice(twins, 2))) == 1:
                if not extra:
                    return "", ""
                return self.text[self.places[low][0] : start], self.text[end : self.places[high][1]]
        return None


def cases(article: Article, page: Seen, signs: Seen, *, copied: bool) -> dict[int, Case]:
    """Return what is quoted of an article, by passage: `copied` from the page, or typed in it."""
    shown = "".join(page.text)
    offsets = [0]
    for one in page.text:
        offsets.append(offsets[-1] + len(one))
    words, found = Words(shown if copied else article.text), {}
    for number, passage in enumerate(article.chosen):
        begins, ends = (signs.signs.get(FIRST_SIGN + 2 * number + at, []) for at in (0, 1))
        if len(begins) != 1 or len(ends) != 1:
            continue
        start, end = begins[0], ends[0]
        if copied:
            # The white space before a character belongs to it.
            lead = len(page.text[start]) - 1
            context = words.around(offsets[start] + lead, offsets[end])
            quote = page.said(start, end)
            said = shown[offsets[start] + lead : offsets[end]]
            if quote != said:
                context = ("", "") if context else None
        else:
            context = words.around(*passage)
            quote = article.text[passage.start : passage.end]
        if context is not None and end > start:
            found[number] = Case(quote, *context, start, end)
    return found
