"""One thing wrong in what a person wrote: its place, its rule, and what to do."""

from dataclasses import dataclass, field
from enum import Enum

from mkdocs_annotate.model.places import Position


class Level(Enum):
    """How much a problem counts."""

    INFO = "info"
    """Shown by `check` alone."""

    WARNING = "warning"
    """Shown by every build; a strict one fails."""


class Rule(Enum):
    """The kind of a problem; its value is the name that messages end with."""

    NOT_READABLE = "not-readable"
    """The file can't be read: it is gone, no ordinary file, leads outside the project, or what
    reads its format is not installed."""

    NOT_UTF8 = "not-utf-8"
    """The file is not UTF-8 text."""

    YAML_SYNTAX = "yaml-syntax"
    """The file is not YAML."""

    YAML_FEATURE = "yaml-feature"
    """The file uses an anchor, an alias, a tag, a merge key or a second document, or a comment
    cuts a text short."""

    SOURCES_SYNTAX = "sources-syntax"
    """A file of sources is no CSL-JSON or BibTeX, or an entry of it isn't."""

    TOO_LARGE = "too-large"
    """The file is too large or nested too deep, or holds more mistakes than can be told."""

    REPEATED_KEY = "repeated-key"
    """A key stands twice in one entry, so that one of them would be lost."""

    UNKNOWN_KEY = "unknown-key"
    """A key that the format doesn't have."""

    MISSING_KEY = "missing-key"
    """An entry lacks something that it can't do without."""

    WRONG_SHAPE = "wrong-shape"
    """A list where text is wanted, text where a list is wanted, and so on."""

    EMPTY_VALUE = "empty-value"
    """A key with nothing behind it."""

    BAD_VALUE = "bad-value"
    """Text that doesn't say what this field can hold: no date, no address, no such word."""

    BAD_CHARACTER = "bad-character"
    """A control character, or one that turns the direction of the text around it."""

    KEYS_CLASH = "keys-clash"
    """Two fields of one entry contradict each other."""

    NOTHING_SAID = "nothing-said"
    """An annotation with neither a kind nor a note nor sources."""

    REPEATED_ID = "repeated-id"
    """Two annotations have the same id."""

    UNKNOWN_KIND = "unknown-kind"
    """A kind that this site doesn't have; the passage is shown as context."""

    UNKNOWN_SOURCE = "unknown-source"
    """A citation of a source that is described nowhere; its key is shown as it stands."""

    REPEATED_SOURCE = "repeated-source"
    """A source has the key of another one that the site shares, and says something else."""

    AMBIGUOUS = "ambiguous"
    """The quote stands in the article more than once, and nothing says which place is meant."""

    ORPHAN = "orphan"
    """The passage of a quote can't be found, or not with certainty; nothing is marked."""

    NOTE_NOT_SAFE = "note-not-safe"
    """A note that can't be rendered as Markdown; it is shown as it was typed."""

    BAD_LINK = "bad-link"
    """A link or image in a note that can't be shown as one; its words are."""

    DEAD_LINK = "dead-link"
    """A link in a note to a page or file that the site doesn't have."""

    NO_ARTICLE = "no-article"
    """A sidecar beside which there is no article."""

    TWO_SIDECARS = "two-sidecars"
    """An article has a sidecar in two places; the one beside it is used."""

    BAD_OPTION = "bad-option"
    """An option of the extension, or of the front matter, that is unknown or can't be used."""

    BAD_MARKER = "bad-marker"
    """A comment that asks for an index can't be understood; nothing is put in its place."""

    BAD_TEMPLATE = "bad-template"
    """A template with which a site overrides ours can't be used; ours is."""

    OVERLAP_TOO_DEEP = "overlap-too-deep"
    """More passages lie over each other than a page can mark."""

    INTERNAL = "internal-error"
    """A fault of mkdocs-annotate itself; the article is shown without annotations."""

    @property
    def level(self) -> Level:
        """Return how much a problem of this rule counts."""
        return Level.WARNING


@dataclass(frozen=True)
class Problem:
    """One thing wrong: `message` says what, in the writer's words, and `cure` what to do."""

    position: Position
    rule: Rule
    message: str
    cure: str = ""
    notes: tuple[str, ...] = field(default=(), compare=False)
    """Further lines for a person: places, the nearest passage.  Not part of the message."""

    def __str__(self) -> str:
        cure = f"; {self.cure}" if self.cure else ""
        return f"{self.position}: {self.message}{cure} [{self.rule.value}]"


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Return `problems` by file, line and column, each once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda problem: problem.position))
