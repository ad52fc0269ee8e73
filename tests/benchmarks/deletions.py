"""What is proposed for edited and for deleted passages, and which deleted ones are still marked."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

from copies import corpus
from edits import alike
from pages import annotation, passages, percent, pinned, print_table

from mkdocs_annotate.anchoring.anchors import Anchor, anchor
from mkdocs_annotate.anchoring.keys import Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.anchoring.proposals import propose
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import Annotation, Quote

EXTENSIONS = "extra-like"
FIXED_WIDTH = 32
PASSAGES_A_PAGE = 12
LENGTHS = ((6, 11), (20, 39), (80, 159))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@cache
def pages() -> dict[str, Page]:
    """Return the pages, without their Markdown: what is deleted is deleted from the HTML."""
    return {name: Page(page.projection) for name, page in corpus(EXTENSIONS).items()}


def drawn(least: int, most: int) -> Iterator[tuple[str, Page, Range]]:
    """Yield passages that stand within one block, with their pages and the names of these."""
    for name, page in pages().items():
        draw = random.Random(f"{name} {least}")
        count = 0
        for place in passages(page.text, 4 * PASSAGES_A_PAGE, draw, least, most):
            block = page.projection.block_around(place)
            if block.start <= place.start and place.end <= block.end and page.markable(place):
                count += 1
                yield name, page, place
            if count == PASSAGES_A_PAGE:
                break


def without(place: Range, page: Page) -> Page:
    """Return `page` without what stands at `place`."""
    html = page.projection.html
    start, end = page.projection.html_start(place.start), page.projection.html_end(place.end)
    return Page(project(html[:start] + html[end:]))


def _words_edited(text: str, share: float, known: list[str], draw: random.Random) -> str:
    """Return `text` with a share of its words replaced by others of the page, at least one."""
    parts = re.split(r"(\w+)", text)
    places = range(1, len(parts), 2)
    if not places:
        return text
    for index in draw.sample(places, max(1, round(share * len(places)))):
        parts[index] = draw.choice(known)
    return "".join(parts)


def _letters_edited(text: str, share: float, known: list[str], draw: random.Random) -> str:
    """Return `text` with a share of its characters replaced by letters."""
    signs = list(text)
    for index in draw.sample(range(len(signs)), round(share * len(signs))):
        signs[index] = draw.choice(_LETTERS)
    return "".join(signs)


Edit = Callable[[str, list[str], random.Random], str]
EDITS: dict[str, Edit] = {
    "10 % of words edited": lambda text, known, draw: _words_edited(text, 0.1, known, draw),
    "20 % of words edited": lambda text, known, draw: _words_edited(text, 0.2, known, draw),
    "30 % of words edited": lambda text, known, draw: _words_edited(text, 0.3, known, draw),
    "20 % of characters edited": lambda text, known, draw: _letters_edited(text, 0.2, known, draw),
}
LOSSES: dict[str, Callable[[Range, Page, Page], Page]] = {
    "another page": lambda place, page, other: other,
    "paragraph deleted": lambda place, page, other: without(
        page.projection.block_around(place), page
    ),
    "passage deleted": lambda place, page, other: without(place, page),
}
OUTCOMES = ("right", "wrong", "none", "ambiguous", "marked right", "marked wrong")


def _outcome(given: Annotation, page: Page, truth: Range | None) -> str:
    answer = anchor(given, page)
    if isinstance(answer, Anchor):
        return "marked right" if alike(answer.ranges[0], truth) else "marked wrong"
    if answer.reason.value == "ambiguous":
        return "ambiguous"
    found = propose(answer, page)
    if not found:
        return "none"
    return "right" if alike(found[0].range, truth) else "wrong"


def proposed(examples: list[str]) -> None:
    """Print what is proposed for quotes of edited passages, and for those of passages gone."""
    counts = {
        (way, kind): Counter[str]() for kind in ("bare", "pinned") for way in (*EDITS, *LOSSES)
    }
    all_pages = list(pages().values())
    for number, (name, page, place) in enumerate(drawn(20, 200)):
        draw = random.Random(f"{name} {number}")
        exact = page.text[place.start : place.end]
        with_context = pinned(place, page)
        if with_context is None or len(page.places(Words(exact)).ranges) != 1:
            continue
        given = {"bare": annotation(exact), "pinned": with_context}
        known = sorted(set(re.findall(r"[a-z]{3,}", page.text)))
        for kind, made in given.items():
            quote = made.quote
            for way, edit in EDITS.items():
                exact, prefix, suffix = (
                    edit(text, known, draw) for text in (quote.exact, quote.prefix, quote.suffix)
                )
                edited = annotation(exact, prefix=prefix, suffix=suffix)
                counts[way, kind][_outcome(edited, page, place)] += 1
            for way, lost in LOSSES.items():
                other = draw.choice([other for other in all_pages if other is not page])
                outcome = _outcome(made, lost(place, page, other), None)
                counts[way, kind][outcome] += 1
                if outcome == "marked wrong":
                    examples.append(f"{outcome}, {way}, {kind}, {name}: {quote}")
    rows = [
        [way, kind, str(sum(c.values())), *(percent(c[o], sum(c.values())) for o in OUTCOMES)]
        for (way, kind), c in counts.items()
    ]
    print_table("Proposals, %", ("what happened", "quote", "n", *OUTCOMES), rows)


def _with_fixed_width(place: Range, page: Page) -> Annotation:
    """Return an annotation of `place` with 32 characters a side, whatever stands elsewhere."""
    block = page.projection.block_around(place)
    if block == place:
        block = Range(0, len(page.text))
    before = page.text[max(block.start, place.start - FIXED_WIDTH) : place.start]
    after = page.text[place.end : min(block.end, place.end + FIXED_WIDTH)]
    return annotation(page.text[place.start : place.end], prefix=before, suffix=after)


def deleted(examples: list[str]) -> None:
    """Print how many passages are marked elsewhere once their paragraph is deleted."""
    rows = []
    for least, most in LENGTHS:
        counts = Counter[str]()
        for name, page, place in drawn(least, most):
            made = {"fixed": _with_fixed_width(place, page), "widened": pinned(place, page)}
            if made["widened"] is None:
                continue
            rest = without(page.projection.block_around(place), page)
            exact = page.text[place.start : place.end]
            counts["all"] += 1
            counts["left"] += bool(rest.places(Words(exact)).ranges)
            counts["bare"] += isinstance(anchor(annotation(exact), rest), Anchor)
            for kind, given in made.items():
                assert given is not None
                counts[kind] += isinstance(anchor(given, rest), Anchor)
            quote: Quote = made["widened"].quote
            counts["untold"] += quote.occurrence is not None
            if isinstance(anchor(made["widened"], rest), Anchor):
                examples.append(f"marked though its paragraph is deleted, {name}: {quote}")
        whole = counts["all"]
        keys = ("left", "bare", "fixed", "widened", "untold")
        rows.append(
            [
                f"{least}–{most} characters",
                str(whole),
                *(percent(counts[key], whole) for key in keys),
            ]
        )
    head = ("passages", "n", "words still stand", "bare", "32 fixed", "widened", "counted as well")
    print_table("Marked elsewhere once their paragraph is deleted, %", head, rows)


def deletion_tables(examples: list[str]) -> None:
    """Print both tables, and add each passage marked wrongly to `examples`."""
    proposed(examples)
    deleted(examples)
