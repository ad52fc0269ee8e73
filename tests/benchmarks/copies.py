"""Quotes copied from the rendered page and changed on the way, and from the Markdown source."""

import random
import re
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import cache

from pages import (
    EXTENSIONS,
    annotation,
    article,
    converter,
    passages,
    percent,
    print_table,
    shipped,
    template,
)

from mkdocs_annotate.anchoring.anchors import Anchor, Orphan, Reason, anchor
from mkdocs_annotate.anchoring.keys import Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.model.places import Range

OPENING, CLOSING = "\ue000", "\ue001"
PASSAGES_A_PAGE = 24
SYNTAX = re.compile(r"[*_`\[\]<>&\\~=#|{}^]|--|^\s*(?:[-+]|\d+\.) ", re.MULTILINE)


def _curly(text: str) -> str:
    """Return `text` with typographic quotation marks, opening ones behind spaces."""
    text = re.sub(r"(^|[\s(\[])\"", "\\1“", text)
    text = re.sub(r"(^|[\s(\[])'", "\\1‘", text)
    return text.replace('"', "”").replace("'", "’")


def _straight(text: str) -> str:
    return re.sub("[‘’‚]", "'", re.sub("[“”„«»]", '"', text))


def _soft(text: str) -> str:
    return re.sub(r"([a-z]{3})(?=[a-z]{3})", "\\1\u00ad", text)


def _lines(text: str, joint: Callable[[str, str], str]) -> str:
    """Return `text` in lines of 60 characters, each two joined by `joint`."""
    lines = textwrap.wrap(text, 60, break_on_hyphens=False) or [text]
    whole = lines[0]
    for line in lines[1:]:
        whole = joint(whole, line)
    return whole


def _hyphenated(text: str) -> str:
    """Return `text` as from a printed page: its long words are parted at line ends."""
    return re.sub(r"([a-z]{4})([a-z]{4,})", "\\1-\n\\2", text, count=max(1, len(text) // 60))


CHANGES: dict[str, Callable[[str], str]] = {
    "re-wrapped": lambda text: _lines(text, lambda a, b: f"{a}\n    {b}"),
    "typographic quotation marks": _curly,
    "straight quotation marks": _straight,
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "thin and double spaces": lambda text: text.replace(" ", " \u2009"),
    "other dashes": lambda text: re.sub("[–—]", "--", text).replace("-", "\u2011"),
    "one sign for three dots, and back": lambda text: (
        text.replace("…", "...") if "…" in text else text.replace("...", "…")
    ),
    "letters and accents apart (NFD)": lambda text: unicodedata.normalize("NFD", text),
    "compatibility forms (NFKC)": lambda text: unicodedata.normalize("NFKC", text),
    "soft hyphens": _soft,
    "invisible characters": lambda text: "\u2068" + text.replace(" ", " \u200b") + "\u2069\ufeff",
    "upper case": str.upper,
    "spaces lost at line ends": lambda text: _lines(text, lambda a, b: a + b),
    "words parted at line ends": _hyphenated,
    "quotation marks or dots around": lambda text: f"“{text}”" if len(text) % 2 else f"…{text}…",
}


@cache
def corpus(extensions: str) -> dict[str, Page]:
    """Return the pages to copy from: those that ship, invented prose, one from a template."""
    texts = dict(shipped())
    texts |= {f"prose {number}": article(1000, number)[0] for number in range(4)}
    texts["template"] = template(40)
    return {name: Page(project(converter(extensions)(text)), text) for name, text in texts.items()}


def _words_of(place: Range, text: str) -> Range:
    """Return `place` without the signs around its words, if it has any."""
    start, end = place
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return Range(start, end) if start < end else place


def outcome(answer: Anchor | Orphan, truth: Range, text: str) -> str:
    """Return what an answer is worth: right, off by words, wrong, ambiguous or orphan."""
    if isinstance(answer, Orphan):
        return "ambiguous" if answer.reason == Reason.AMBIGUOUS else "orphan"
    if len(answer.ranges) == 1 and _words_of(answer.ranges[0], text) == _words_of(truth, text):
        return "right"
    off = all(place.start < truth.end and truth.start < place.end for place in answer.ranges)
    return "off by words" if off else "wrong"


OUTCOMES = ("right", "ambiguous", "orphan", "off by words", "wrong")


def _row(name: str, counts: Counter[str]) -> list[str]:
    total = sum(counts.values())
    return [name, str(total), *(percent(counts[outcome], total) for outcome in OUTCOMES)]


def rendered_copies(examples: list[str]) -> None:
    """Print what becomes of copies from the rendered page, change by change."""
    counts = {name: Counter[str]() for name in CHANGES}
    for name, page in corpus("extra-like").items():
        for truth in passages(page.text, PASSAGES_A_PAGE, random.Random(name), 20, 300):
            exact = page.text[truth.start : truth.end]
            if len(page.places(Words(exact)).ranges) != 1:
                continue
            for change, changed in CHANGES.items():
                quote = changed(exact)
                found = outcome(anchor(annotation(quote), page), truth, page.text)
                counts[change][found] += 1
                if found in ("off by words", "wrong"):
                    examples.append(f"{found}, {change}, {name}: {quote!r}")
    rows = [_row(change, count) for change, count in counts.items()]
    rows.append(_row("all", sum(counts.values(), Counter[str]())))
    print_table("Copies from the rendered page, %", ("change", "n", *OUTCOMES), rows)


def _truth(source: str, place: Range, page: Page, convert: Callable[[str], str]) -> Range | None:
    """Return what `place` of the source shows, by two signs put around it; None if it can't tell.

    It can where these signs change nothing else, and stand in no tag.
    """
    marked = source[: place.start] + OPENING + source[place.start : place.end]
    html = convert(marked + CLOSING + source[place.end :])
    if html.count(OPENING) != 1 or html.count(CLOSING) != 1:
        return None
    if html.replace(OPENING, "").replace(CLOSING, "") != page.projection.html:
        return None
    text = project(html).text
    start, end = text.find(OPENING), text.find(CLOSING) - 1
    if not 0 <= start < end or text.replace(OPENING, "").replace(CLOSING, "") != page.text:
        return None
    truth = page.projection.trimmed(Range(start, end))
    return truth if any(map(str.isalnum, page.text[truth.start : truth.end])) else None


def source_copies(examples: list[str], extensions: str) -> list[list[str]]:
    """Return what becomes of quotes copied from the Markdown: by the engine, by N1 alone."""
    counts: dict[str, Counter[str]] = {"engine": Counter(), "visible text alone": Counter()}
    marked = total = 0
    convert = converter(extensions)
    for name, page in corpus(extensions).items():
        for place in passages(page.source, PASSAGES_A_PAGE, random.Random(name), 20, 300):
            truth = _truth(page.source, place, page, convert)
            if truth is None:
                continue
            quote = page.source[place.start : place.end]
            total += 1
            marked += bool(SYNTAX.search(quote))
            answer = anchor(annotation(quote), page)
            found = outcome(answer, truth, page.text)
            counts["engine"][found] += 1
            if found in ("off by words", "wrong"):
                assert isinstance(answer, Anchor)
                shown = [page.text[there.start : there.end] for there in answer.ranges]
                examples.append(f"{found}, {extensions}, {name}: {quote!r} found as {shown}")
            counts["visible text alone"][_alone(quote, truth, page)] += 1
    share = percent(marked, total)
    return [_row(f"{extensions} ({share} % with markup), {way}", c) for way, c in counts.items()]


def _alone(quote: str, truth: Range, page: Page) -> str:
    """Return the outcome if quotes were looked for in the visible text and nowhere else."""
    found = page.places(Words(quote)).ranges
    if len(found) == 1:
        return outcome(Anchor(annotation(quote), found), truth, page.text)
    return "ambiguous" if found else "orphan"


def copy_tables(examples: list[str]) -> None:
    """Print both tables, and add each passage that was taken for another to `examples`."""
    rendered_copies(examples)
    rows = [row for name in EXTENSIONS for row in source_copies(examples, name)]
    print_table("Copies from the Markdown source, %", ("extensions", "n", *OUTCOMES), rows)
