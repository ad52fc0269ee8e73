"""The content of a sidecar: about the article as a whole, its sources and its passages."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.model.problems import Position
from mkdocs_annotate.model.sources import Source

ALL = -1
"""The number of an `Occurrence` that means every place."""

NOWHERE = Position("", 1, 1)


@dataclass(frozen=True)
class Occurrence:
    """Which of several equal places: `number` of `total`, where the total is 0 if not given."""

    number: int
    total: int = 0


@dataclass(frozen=True)
class Quote:
    """The words of a passage, and what tells their place from others (W3C TextQuoteSelector)."""

    exact: str
    """The first words of the passage, or all of them."""

    through: str = ""
    """The last words of a long passage, of which `quote` gives the first."""

    prefix: str = ""
    """The words just before the passage, where its own stand more than once."""

    suffix: str = ""
    """The words just after it."""

    occurrence: Occurrence | None = None
    """Which of several equal places, and of how many: `2 of 3`, or `all`."""

    section: str = ""
    """The heading, or its id, below which the passage stands."""


@dataclass(frozen=True)
class Citation:
    """One use of a source."""

    source: str
    """The key of the source."""

    locator: str = ""
    """Which part of it: `p. 3`, `at 12:40`, `table 2`."""

    quote: str = ""
    """The words of the source that support the claim."""

    position: Position = field(default=NOWHERE, compare=False)
    """Where the citation stands."""


@dataclass(frozen=True)
class Annotation:
    """One entry of a sidecar: a passage, and what is said about it."""

    quote: Quote
    """The words annotated, copied from the page or from its Markdown."""

    id: str
    """Its id, with which its address `#ann-…` ends; by default made from the quote."""

    kind: str
    """What sort of annotation it is, one of the site's kinds. By default that of `defaults`, else
    `context` with a note, else `source` with sources."""

    note: str = ""
    """What the annotation says, in Markdown."""

    sources: tuple[Citation, ...] = ()
    """Where it can be checked: the key of a source, a citation, a source described right here, or
    a list of these."""

    voice: str = "author"
    """Whose words the passage is: `author`, those of the text's author, or `quoted`, those of
    somebody in the text."""

    speaker: str = ""
    """Who is quoted; implies `voice: quoted`."""

    technique: str = ""
    """The rhetorical device: slogan, false dilemma, appeal to fear."""

    by: str = ""
    """Who wrote the annotation."""

    date: Date | None = None
    """When it was written."""

    draft: bool = False
    """`true`: shown in a preview only, left out of everything published."""

    tags: tuple[str, ...] = ()
    """Words to find it by."""

    reread: str = ""
    """The words that the passage had when the note was written: `fix` keeps them when the passage
    has changed, and the note is to be read again."""

    reread_note: str = ""
    """A fingerprint of note and date as they were then, written by `fix`: once it differs, the note
    counts as read again."""

    position: Position = field(default=NOWHERE, compare=False)
    """Where its quote stands."""

    places: dict[str, Position] = field(default_factory=dict, compare=False)
    """Where each of its values stands, by key."""

    def place(self, key: str) -> Position:
        """Return where the value of `key` stands; the annotation's own place without one."""
        return self.places.get(key, self.position)


@dataclass(frozen=True)
class Correction:
    """A mistake in the article that was put right, told to readers."""

    date: Date
    """When it was corrected."""

    text: str
    """What was wrong, in Markdown."""

    position: Position = field(default=NOWHERE, compare=False)
    """Where the text stands."""


@dataclass(frozen=True)
class Article:
    """What is said about the page as a whole."""

    type: str = ""
    """What the article is, shown with its definition: `news`, `analysis`, `opinion`, …"""

    based_on: str = ""
    """The key of the source whose text is annotated here, where it is not our own."""

    backstory: str = ""
    """How and why the article was annotated, in Markdown; shown as a box."""

    corrections: tuple[Correction, ...] = ()
    """What was put right since publication, newest first."""

    places: dict[str, Position] = field(default_factory=dict, compare=False)
    """Where each of its values stands, by key."""


@dataclass(frozen=True)
class Defaults:
    """What holds for each annotation of a file that doesn't say otherwise."""

    by: str = ""
    """Who wrote the annotations that name nobody."""

    date: Date | None = None
    """When those without a date were written."""

    kind: str = ""
    """The kind of those that name none."""

    voice: str = ""
    """Whose words the passages are, where neither `voice` nor `speaker` says so."""

    tags: tuple[str, ...] = ()
    """Words to find all of them by, beside their own."""

    places: dict[str, Position] = field(default_factory=dict, compare=False)
    """Where each of its values stands, by key."""


@dataclass(frozen=True)
class Sidecar:
    """All that one file says about one article."""

    file: str
    article: Article = field(default_factory=Article)
    """About the page as a whole."""

    defaults: Defaults = field(default_factory=Defaults)
    """What holds for each annotation that doesn't say otherwise."""

    sources: dict[str, Source] = field(default_factory=dict)
    """Documents that this page cites, by key."""

    annotations: tuple[Annotation, ...] = ()
    """The passages, and what is said about them."""


def note_fingerprint(note: str, date: Date | None) -> str:
    """Return eight hexadecimal digits that change when a note or its date does."""
    text = f"{note}\0{date or ''}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def is_to_be_reread(entry: Annotation) -> bool:
    """Return whether the passage of `entry` changed, and its note and date did not since.

    Without a fingerprint, which `fix` writes, it is so until somebody removes the field.
    """
    if not entry.reread:
        return False
    since = entry.reread_note.strip()
    return not since or since == note_fingerprint(entry.note, entry.date)


_ID_LENGTH = 16
"""Longest default id: it stands four times in a page."""

_WORD = re.compile("[a-z0-9]+")

# Source: Mozilla Readability, `byline`: in ids of elements with less than 100 letters.
_BYLINE = re.compile(r"\w*(?:author|byline|dateline|writtenby)\w*", re.IGNORECASE)


def ids_of(entries: Sequence[tuple[str, Quote, str]]) -> list[str]:
    """Return the id of each entry: the one that it has, or one made of its quote.

    An entry is given by its own id (or None), its quote and its kind.  Where several quotes would
    get the same id, a digest of the rest of the quote is added, so that ids stay the same when
    entries are reordered.
    """
    slugs = [own or id_of(quote.exact) for own, quote, _ in entries]
    often = Counter(slugs)
    used = {own for own, _, _ in entries if own}
    next_numbers = dict[str, int]()
    ids = []
    for (own, quote, kind), slug in zip(entries, slugs, strict=True):
        if not own:
            if often[slug] > 1:
                slug += "-" + hashlib.sha256(repr((quote, kind)).encode()).hexdigest()[:4]
            base = slug
            # Where to go on counting: thousands of equal quotes would each begin at 2.
            number = next_numbers.get(base, 2)
            while slug in used:
                slug = f"{base}-{number}"
                number += 1
            next_numbers[base] = number
            used.add(slug)
        ids.append(slug)
    return ids


def id_of(quote: str) -> str:
    """Return the id of an annotation made of its quote; short, as a page says it several times.

    Words are left out for which a reader mode would take the passage for the name of the author,
    and out of the text.
    """
    left = _BYLINE.sub(" ", quote)
    return slug_of(left, _ID_LENGTH) if left.strip() else _digest_id(quote)


def slug_of(text: str, most: int = 48) -> str:
    """Return the words of `text` as a name of at most `most` ASCII letters, digits and hyphens.

    A text without such letters becomes a digest.
    """
    plain = text
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = "-".join(_WORD.findall(plain.lower().replace("'", "")))
    if len(slug) > most:
        cut = slug[: most + 1]
        slug = cut[: cut.rfind("-")] if "-" in cut else slug[:most]
    return slug or _digest_id(text)


def _digest_id(text: str) -> str:
    return "q-" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
