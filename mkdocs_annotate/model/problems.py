"""Problems: what is wrong in a file that a person wrote, where, by which rule, and what to do."""

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from mkdocs_annotate.model.messages import CLOSING, CONTROL, OPENING, OVERRIDES


class Position(NamedTuple):
    """A place in a file, as editors count: lines and columns from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


_UNSHOWABLE = re.compile(f"[{CONTROL}\t\n{OVERRIDES}{OPENING}{''.join(CLOSING)}\u2028\u2029]")
_RUNNER_COMMAND = re.compile(r"##(?=\w*\[)")

SHOWN_LENGTH = 80
"""Longest value quoted in a message: a message is one line."""


def shown(text: str) -> str:
    """Return `text` as one harmless line of at most `SHOWN_LENGTH` characters.

    Control and bidirectional characters appear as escapes, and what build services take for
    commands (`##[`, actions/runner `ActionCommand.cs`; Azure `##vso[`) is broken up.
    Never raises.
    """
    if len(text) > SHOWN_LENGTH:
        text = text[: SHOWN_LENGTH - 1] + "…"
    return harmless(text)


def harmless(text: str) -> str:
    """Return `text` as `shown` does, whatever its length.  Never raises."""
    text = _UNSHOWABLE.sub(lambda found: _escape(found.group()), text)
    return _RUNNER_COMMAND.sub(r"##\\", text)


def _escape(character: str) -> str:
    if character in "\n\t":
        return " "
    number = ord(character)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


class Level(Enum):
    """How serious a problem is."""

    OFF = "off"
    """Not reported at all."""

    INFO = "info"
    """Shown by `check` alone, which doesn't fail for it."""

    WARNING = "warning"
    """Shown by every build; a strict one fails."""

    ERROR = "error"
    """Shown by every build, which then fails; not while serving."""


class Rule(Enum):
    """The kind of a problem; its value is the name that messages end with."""

    NOT_READABLE = "not-readable"
    """The file can't be read: it is gone, is not an ordinary file, leads outside the folders where
    it may lie, or the parser of its format is not installed."""

    NOT_UTF8 = "not-utf-8"
    """The file is not UTF-8 text."""

    YAML_SYNTAX = "yaml-syntax"
    """The file is not YAML."""

    YAML_FEATURE = "yaml-feature"
    """The file uses an anchor, an alias, a tag, a merge key or a second document, or a comment
    cuts a text short."""

    SOURCES_SYNTAX = "sources-syntax"
    """A file of sources, or an entry of it, is not valid CSL-JSON or BibTeX."""

    TOO_LARGE = "too-large"
    """The file is too large or nested too deep, or has more mistakes than are reported."""

    REPEATED_KEY = "repeated-key"
    """A key stands twice in one entry, so that one of them would be lost."""

    UNKNOWN_KEY = "unknown-key"
    """A key that the format doesn't have."""

    MISSING_KEY = "missing-key"
    """An entry lacks a key that it must have."""

    WRONG_SHAPE = "wrong-shape"
    """A list where text is wanted, text where a list is wanted, and so on."""

    EMPTY_VALUE = "empty-value"
    """A key without a value."""

    BAD_VALUE = "bad-value"
    """Text that is not a value of this field: not a date, not an address, not one of its words."""

    BAD_CHARACTER = "bad-character"
    """A control character, or one that turns the direction of the text around it."""

    SPEAKER_NOT_QUOTED = "speaker-not-quoted"
    """A speaker is named, and `voice: author` says that nobody is quoted."""

    NOTHING_SAID = "nothing-said"
    """An annotation with neither a kind nor a note nor sources."""

    REPEATED_ID = "repeated-id"
    """Two annotations have the same id."""

    UNKNOWN_KIND = "unknown-kind"
    """A kind that this site doesn't have; the passage is shown as context."""

    UNKNOWN_TECHNIQUE = "unknown-technique"
    """A technique that no pack of this site has; it is shown as it was typed."""

    UNKNOWN_SOURCE = "unknown-source"
    """A citation of a source that is described nowhere; its key is shown as it stands."""

    REPEATED_SOURCE = "repeated-source"
    """A source has the key of another one that the site shares, but describes it differently."""

    AMBIGUOUS = "ambiguous"
    """The quote stands in the article more than once, and nothing says which place is meant."""

    ORPHAN = "orphan"
    """The passage of a quote can't be found, or not with certainty; nothing is marked."""

    NOTE_NOT_SAFE = "note-not-safe"
    """A note that can't be rendered as Markdown; it is shown as it was typed."""

    HTML_IN_NOTE = "html-in-note"
    """HTML in a note; readers see its tags as they were typed."""

    BAD_LINK = "bad-link"
    """A link or image in a note that can't be shown as one; its words are shown instead."""

    DEAD_LINK = "dead-link"
    """A link in a note to a page or file that the site doesn't have."""

    NO_ARTICLE = "no-article"
    """A sidecar beside which there is no article."""

    TWO_SIDECARS = "two-sidecars"
    """An article has a sidecar in two places; the one beside it is used."""

    TWO_PAGES = "two-pages"
    """A sidecar could belong to two pages of a built site; neither is annotated."""

    PAGE_LEFT_ALONE = "page-left-alone"
    """A page of a built site can't be annotated, and stays as it is: no element is surely its
    article, its encoding is unknown, its scripts make it again in the browser, or another program
    has changed earlier annotations."""

    BAD_OPTION = "bad-option"
    """An option of the extension, or of the front matter, that is unknown or can't be used."""

    BAD_MARKER = "bad-marker"
    """A comment that asks for an index can't be understood; nothing is put in its place."""

    BAD_TEMPLATE = "bad-template"
    """A site's own template can't be used; ours is used instead."""

    PASSAGE_NOT_SHOWN = "passage-not-shown"
    """A page is published without some annotated words, or not for everybody: a plugin encrypts
    it or hides some words, or it is in no navigation.  Indexes, exports and search leave out
    what it does not show."""

    NOT_MARKED = "not-marked"
    """More passages overlap than a page can mark."""

    HOST_SETUP = "host-setup"
    """A host that runs no plugins must be told to publish our stylesheet, and other things."""

    HOST_CHANGED = "host-changed"
    """The host does not say which article is converted; all articles are shown as they are."""

    NOT_CONVERTED = "not-converted"
    """The site's builder, one of its plugins or a hook fails at the article."""

    INTERNAL = "internal-error"
    """An error of mkdocs-annotate itself; the entry at this place, or the whole file, is left
    out."""

    OPINION_WITHOUT_SPEAKER = "opinion-without-speaker"
    """An opinion stands in a quotation, but nothing says whose it is."""

    KIND_WITHOUT_SOURCE = "kind-without-source"
    """A kind that needs a source has none."""

    KIND_WITHOUT_NOTE = "kind-without-note"
    """A kind that needs a note has none."""

    RHETORIC_WITHOUT_TECHNIQUE = "rhetoric-without-technique"
    """A rhetorical device is marked, but not named."""

    SAME_MARK_TWICE = "same-mark-twice"
    """Two annotations mark the same words as the same kind."""

    OVERLAP_TOO_DEEP = "overlap-too-deep"
    """More than three marks lie over the same words."""

    TOO_MANY_MARKS = "too-many-marks"
    """An article has so many marks that they tire readers."""

    FIELD_NOT_READ = "field-not-read"
    """A file of sources of another program has fields that are neither shown nor exported."""

    SOURCE_UNUSED = "source-unused"
    """A source is described, but nothing cites it."""

    SOURCE_DEAD = "source-dead"
    """The address of a source is no longer live, and no archived copy is named."""

    ARCHIVE_NOT_FIXED = "archive-not-fixed"
    """The address of an archived copy leads to whichever copy is nearest."""

    SOURCE_WITHOUT_ARCHIVE = "source-without-archive"
    """A source was looked at long ago, and no archived copy is named."""

    SOURCE_WITHOUT_DATE = "source-without-date"
    """A source has neither the date when it appeared nor the one when it was looked at."""

    CHECK_WITHOUT_SOURCE_QUOTE = "check-without-source-quote"
    """A check cites sources without quoting the words that support it."""

    NOTE_WITHOUT_AUTHOR = "note-without-author"
    """A note doesn't say who wrote it."""

    NOTE_WITHOUT_DATE = "note-without-date"
    """A note doesn't say when it was written."""

    ARTICLE_WITHOUT_TYPE = "article-without-type"
    """An annotated article doesn't say what it is."""

    ARTICLE_WITHOUT_BACKSTORY = "article-without-backstory"
    """An annotated article doesn't say how it was annotated."""

    NOTE_TO_BE_REREAD = "note-to-be-reread"
    """The passage of an annotation has changed since its note was written."""

    CONTEXT_WITHOUT_SPACE = "context-without-space"
    """A prefix or suffix lacks the space between it and the passage."""

    LOADED_VERB = "loaded-verb"
    """A note in English uses a verb that doubts or accuses, where “said” would only report."""

    @property
    def level(self) -> Level:
        """Return how much a problem of this rule counts, unless a site says otherwise."""
        return _EDITORIAL.get(self, Level.INFO if self in _REMARKS else Level.WARNING)

    @property
    def editorial(self) -> bool:
        """Return whether it is about what is said, and not about whether it is shown.

        Such a rule a site may switch off: readers see what it is about all the same.
        """
        return self in _EDITORIAL


_EDITORIAL = {
    Rule.OPINION_WITHOUT_SPEAKER: Level.WARNING,
    Rule.KIND_WITHOUT_SOURCE: Level.WARNING,
    Rule.KIND_WITHOUT_NOTE: Level.WARNING,
    Rule.RHETORIC_WITHOUT_TECHNIQUE: Level.INFO,
    Rule.SAME_MARK_TWICE: Level.WARNING,
    Rule.OVERLAP_TOO_DEEP: Level.WARNING,
    Rule.TOO_MANY_MARKS: Level.INFO,
    Rule.FIELD_NOT_READ: Level.INFO,
    Rule.SOURCE_UNUSED: Level.WARNING,
    Rule.SOURCE_DEAD: Level.WARNING,
    Rule.ARCHIVE_NOT_FIXED: Level.INFO,
    Rule.SOURCE_WITHOUT_ARCHIVE: Level.OFF,
    Rule.SOURCE_WITHOUT_DATE: Level.OFF,
    Rule.CHECK_WITHOUT_SOURCE_QUOTE: Level.OFF,
    Rule.NOTE_WITHOUT_AUTHOR: Level.OFF,
    Rule.NOTE_WITHOUT_DATE: Level.OFF,
    Rule.ARTICLE_WITHOUT_TYPE: Level.OFF,
    Rule.ARTICLE_WITHOUT_BACKSTORY: Level.OFF,
    Rule.NOTE_TO_BE_REREAD: Level.INFO,
    Rule.CONTEXT_WITHOUT_SPACE: Level.INFO,
    Rule.LOADED_VERB: Level.OFF,
}

_REMARKS = (Rule.PASSAGE_NOT_SHOWN,)
"""Rules about what may well be intended."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong: `message` says what, in the writer's words, and `hint` what to do."""

    position: Position
    rule: Rule
    message: str
    hint: str = ""
    subject: str = field(default="", compare=False, kw_only=True)
    """What it is about, as it was typed: a quote, a key or a value.  Empty for a whole file.

    Fingerprints are made of it, and of no word of ours: messages can be improved."""

    own_level: Level | None = field(default=None, compare=False)
    """How much it counts, where that is not the rule's level."""

    @property
    def level(self) -> Level:
        """Return how much it counts."""
        return self.own_level or self.rule.level

    def __str__(self) -> str:
        hint = f"; {self.hint}" if self.hint else ""
        # Whoever made the message has made its values harmless; this is the last wall.
        return harmless(f"{self.position}: {self.message}{hint} [{self.rule.value}]")


@dataclass(frozen=True)
class Mistake:
    """A problem whose file is not known yet."""

    message: str
    hint: str = ""
    subject: str = ""
    place: tuple[int, int] | None = None
    """Its line and column, both from 0; None for the place of the whole value."""

    rule: Rule | None = None
    """The rule of the problem, where the code that reports it can't know the rule."""

    def at(self, position: Position, rule: Rule) -> Problem:
        """Return the problem at `position`; its rule is its own or, without one, `rule`."""
        return Problem(position, self.rule or rule, self.message, self.hint, subject=self.subject)


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Return `problems` by file, line and column, each once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda problem: problem.position))
