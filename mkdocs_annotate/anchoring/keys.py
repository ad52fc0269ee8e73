"""Keys, which are what is searched for, and where they stand in a text.

A key is what stands before a passage, the passage, and what stands after it, as far as given.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from mkdocs_annotate.anchoring.ends import REACH, Unit, cut_between, cuts_cluster, with_invisible
from mkdocs_annotate.anchoring.form import Folded, fold_text
from mkdocs_annotate.model.places import Range

MOST_PLACES = 1_000
"""Most places of a key that are collected: beyond, no count of places is worth anything."""

MOST_FINDS = 10_000
"""Most finds that are looked at for one key, those inside longer words included."""

MOST_FINDS_A_PAGE, LEAST_FINDS = 100_000, 200
"""Most finds that are looked at for all keys of a page, and how many each has all the same."""

MOST_HYPHENS = 16
"""Most hyphens at line ends in one quote that are taken for those of a PDF."""

# A word that a PDF parted at the end of a line.  YAML keeps the line end only in a literal block.
_HYPHEN = "\0"
_PARTED_WORD = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][^\S\n]*\n\s*(?=[^\W\d_])")
_HYPHEN_READINGS = ("-", "", "- ")


class Words(NamedTuple):
    """The words of a passage and what is given beside them, as they were written."""

    exact: str
    prefix: str = ""
    suffix: str = ""


class Places(NamedTuple):
    """Where some words stand, in reading order; ranges may overlap."""

    ranges: tuple[Range, ...] = ()
    refused: tuple[tuple[Range, Unit], ...] = ()
    """Where they stand but would cut something in two."""
    too_many: bool = False
    lost: bool = False
    """They stand in the Markdown as well, where it is not certain what became of them."""
    looked_at: int = 0
    """How many finds were looked at: what the search cost."""


class Key(NamedTuple):
    """One reading of some words in their form."""

    text: str
    start: int
    """Where the passage begins in the text, and where it ends."""
    end: int
    has_prefix: bool
    has_suffix: bool


class Find(NamedTuple):
    """Where a key stands in a folded text, and where the passage does."""

    whole: Range
    passage: Range


@lru_cache(maxsize=4_096)
def keys_of(words: Words) -> tuple[Key, ...]:
    """Return the readings of `words`: one, or more where white space at a seam is not given.

    None where there are no words, where a seam lies inside a sign, and for words with the character
    NUL, which no page has.
    """
    if any(_HYPHEN in text for text in words):
        return ()
    # The line end of a literal block in YAML is not the writer's.
    exact = _with_hyphens_marked(words.exact.rstrip("\n"))
    prefix = _with_hyphens_marked(words.prefix.lstrip().rstrip("\n"))
    suffix = _with_hyphens_marked(words.suffix.rstrip())
    if not exact.strip():
        return ()
    if not (prefix or suffix):
        text = fold_text(exact).strip()
        return (Key(text, 0, len(text), False, False),) if text else ()
    keys = (
        _key(prefix, seam_before, exact, seam_behind, suffix)
        for seam_before, seam_behind in product(_seams(prefix, exact), _seams(exact, suffix))
    )
    return tuple(dict.fromkeys(key for key in keys if key is not None))


def _with_hyphens_marked(text: str) -> str:
    """Return `text` with a mark for each hyphen at a line end, if they are not too many."""
    if "\n" not in text:
        return text
    marked, count = _PARTED_WORD.subn(_HYPHEN, text)
    return marked if count <= MOST_HYPHENS else text


def _seams(left: str, right: str) -> tuple[str, ...]:
    """Return what may stand between two given texts: what is given, or white space or none."""
    if not left or not right:
        return ("",)
    return (" ",) if left[-1].isspace() or right[0].isspace() else ("", " ")


def _key(prefix: str, before: str, exact: str, behind: str, suffix: str) -> Key | None:
    exact = exact.strip()
    first, last = prefix.rstrip() + before, behind + suffix.lstrip()
    text = fold_text(first + exact + last)
    # A sign of the passage may have let the space before it go, or taken in a mark behind it.
    start = _length(fold_text(prefix.rstrip()), text)
    tail = fold_text(suffix.lstrip())
    end = len(text) - len(tail)
    middle = fold_text(exact)
    if tail and end > 0 and text[end - 1] == " ":
        end -= 1
    if not middle or text[start:end] != middle or (tail and not text.endswith(tail)):
        return None
    return Key(text, start, end, bool(prefix), bool(suffix))


def _length(start: str, text: str) -> int:
    """Return how much of `text` the words `start` and the space behind them take up."""
    if not start or not text.startswith(start):
        return 0
    return len(start) + text.startswith(" ", len(start))


def finds(key: Key, folded: Folded) -> Iterator[Find | None]:
    """Yield where `key` stands in `folded`, in order, overlapping places too.

    None for each place at which it only begins: looking there has its cost, too.
    """
    if _HYPHEN in key.text:
        yield from _finds_of_pieces(key, folded)
        return
    length = len(key.text)
    for at in folded.finder.starts(key.text):
        yield Find(Range(at, at + length), Range(at + key.start, at + key.end))


def _finds_of_pieces(key: Key, folded: Folded) -> Iterator[Find | None]:
    """Yield where a key stands in which each parted word may have kept its hyphen, or not."""
    pieces = key.text.split(_HYPHEN)
    for at in folded.finder.starts(pieces[0]):
        # Where each hyphen stood and how much longer the text got by it, for each reading.
        readings = [(at + len(pieces[0]), at, at)]
        seen = len(pieces[0])
        for piece in pieces[1:]:
            readings = [
                (
                    end + len(hyphen) + len(piece),
                    start + (len(hyphen) - 1 if seen < key.start else 0),
                    stop + (len(hyphen) - 1 if seen < key.end else 0),
                )
                for end, start, stop in readings
                for hyphen in _HYPHEN_READINGS
                if folded.text.startswith(hyphen + piece, end)
            ]
            seen += 1 + len(piece)
            if not readings:
                yield None
                break
        for end, start, stop in dict.fromkeys(readings):
            yield Find(Range(at, end), Range(start + key.start, stop + key.end))


def places_in(
    words: Words,
    folded: Folded,
    text: str,
    is_gap: Callable[[int], bool],
    most: int = MOST_FINDS,
) -> Places:
    """Return every place of the passage of `words` in `text`, of which `folded` is the form.

    An end that no given context proves cuts nothing; no end cuts a sign.  `is_gap` tells whether a
    block ends at a place of `text`: numbers of two blocks are two.  Where more than `most` finds
    would have to be looked at there are too many.  Never raises.
    Cost: `str.find`, 0.14 ms per key and million characters.
    Source: W3C Annotation Model §4.2.4: all matches count; choosing is the caller's.
    """
    sound: set[Range] = set()
    refused: dict[Range, Unit] = {}
    looked_at = 0
    for key in keys_of(words):
        for find in finds(key, folded):
            looked_at += 1
            if find is not None:
                place, cut = passage_at(find.passage, key, folded, text, is_gap)
                if cut is None:
                    sound.add(place)
                elif len(refused) < MOST_PLACES:
                    refused[place] = cut
            if looked_at > most or len(sound) > MOST_PLACES:
                some = tuple(sorted(sound))[:MOST_PLACES]
                return Places(some, too_many=True, looked_at=looked_at)
    return Places(
        tuple(sorted(sound)),
        tuple(sorted((place, cut) for place, cut in refused.items() if place not in sound)),
        looked_at=looked_at,
    )


# No sign that the fold changes or that may be Markdown, and letters at both ends.
_ORDINARY = re.compile(r"[A-Za-z](?:[A-Za-z0-9,.()/' -]*[A-Za-z])?")
_BEFORE = frozenset(("", " ", "("))
_BEHIND = frozenset(("", " ", ".", ",", ";", ":", "!", "?", ")"))


def only_place(words: Words, folded: Folded) -> Range | None:
    """Return the one place of ordinary words without context in a text that kept its length.

    None wherever a closer look is needed: then `places_in` decides, of which this is the answer
    for most quotes in a quarter of the time.  Never raises.
    """
    exact = words.exact
    if words.prefix or words.suffix or folded.maps or not _ORDINARY.fullmatch(exact):
        return None
    if "  " in exact or "--" in exact:
        return None
    text = folded.text
    at = text.find(exact)
    if at < 0 or text.find(exact, at + 1) >= 0:
        return None
    end = at + len(exact)
    if text[max(0, at - 1) : at] in _BEFORE and text[end : end + 1] in _BEHIND:
        return Range(at, end)
    return None


def passage_at(
    found: Range, key: Key, folded: Folded, text: str, is_gap: Callable[[int], bool]
) -> tuple[Range, Unit | None]:
    """Return the range of `text` that a find of the passage of `key` is, and what it would cut."""
    place = folded.back(found)
    place = Range(place.start, with_invisible(text, place.end))
    cut = None if key.has_prefix else _cut_at(found.start, folded, is_gap)
    cut = cut or (None if key.has_suffix else _cut_at(found.end, folded, is_gap))
    if folded.cuts(found.start) or folded.cuts(found.end):
        cut = Unit.SIGN
    if not text.isascii() and (cuts_cluster(text, place.start) or cuts_cluster(text, place.end)):
        cut = Unit.SIGN
    return place, cut


def _is_beside_space(before: str, after: str) -> bool:
    """Return whether one of two neighbours is a space, and no number may go on over it."""
    return (before == " " and not after.isnumeric()) or (after == " " and not before.isnumeric())


def _cut_at(at: int, folded: Folded, is_gap: Callable[[int], bool]) -> Unit | None:
    text = folded.text
    if not 0 < at < len(text) or _is_beside_space(text[at - 1], text[at]):
        return None
    cut = cut_between(text[max(0, at - REACH) : at], text[at : at + REACH])
    if cut is Unit.GROUP:
        space = at if text[at] == " " else at - 1
        if is_gap(folded.back(Range(space, space + 1)).start):
            return None
    return cut
