"""The words that readers see, from `languages/*.yml`."""

import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from mkdocs_annotate.model.dates import Date, Moment, PublicationDate
from mkdocs_annotate.model.vocabulary import Group, Kind
from mkdocs_annotate.sidecar.plain_files import plain_texts

if TYPE_CHECKING:
    # Not in Python 3.10.
    from importlib.resources.abc import Traversable

DEFAULT_LANGUAGE = "en"

_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he iw ps sd ug ur yi".split())

# Signs of classes R, AL and AN, those not yet given out, and marks and controls of direction.
# Source: Unicode Standard Annex 9, §3.2, and DerivedBidiClass.txt.
_TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

OwnWords = tuple[tuple[str, str], ...]
"""The words of a site that stand in place of ours, or beside them, with their keys."""


@dataclass(frozen=True)
class Term:
    """The words for a kind or a type of article."""

    label: str
    definition: str
    word: str = ""


@dataclass(frozen=True)
class Wording:
    """The words of one language, by their keys in the file, joined by dots."""

    words: dict[str, str]

    ours: Table[str, str] = field(default_factory=dict)
    """The attributes of an element in these words, on a page in another language: `lang`, and
    `dir` where that one is written the other way; else none."""

    theirs: Table[str, str] = field(default_factory=dict)
    """The attributes of words of the article or of a writer inside such an element."""

    direction: str = "ltr"
    """The direction in which these words are written: `ltr` or `rtl`."""

    _terms: dict[tuple[str, str], Term] = field(default_factory=dict, repr=False, compare=False)
    """The entries that were asked for."""

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the words called `key` with `values` filled in.

        Raises KeyError for a key that no language has, which is an error of ours.
        """
        words = self.words[key]
        for name, value in values.items():
            words = words.replace(f"{{{name}}}", str(value))
        return words

    def turns(self, text: str) -> bool:
        """Return whether `text` may run the other way than these words, or turn them around.

        What has letters of their own direction alone needs neither `bdi` nor `dir` among them.
        """
        if self.direction != "ltr":
            return True
        return not text.isascii() and _TURNING.search(text) is not None

    def entry(self, table: str, id_: str) -> Term:
        """Return the entry of `id_` in a table: `kinds`, `techniques` or `article_types`.

        Without an entry its id is the label.
        """
        known = self._terms.get((table, id_))
        if known is None:
            known = self._terms[table, id_] = self._term(table, id_)
        return known

    def _term(self, table: str, id_: str) -> Term:
        label = self.words.get(f"{table}.{id_}.label", id_.replace("-", " ").capitalize())
        return Term(
            label,
            self.words.get(f"{table}.{id_}.definition", ""),
            self.words.get(f"{table}.{id_}.word", label.lower()),
        )

    def date(self, date: Date) -> str:
        """Return `date` as readers write it, as far as it is known."""
        return self._day(Moment(date.year, date.month, date.day), str(date.year))

    def published(self, date: PublicationDate) -> str:
        """Return when a document appeared as readers write it, never surer than it is."""
        if date.status:
            return self(f"statuses.{date.status.replace(' ', '-')}")
        start, end = (one and self._moment(one) for one in (date.start, date.end))
        if not date.stretch:
            return start or ""
        if not (start and end):
            return self("dates.since", date=start) if start else self("dates.until", date=end)
        stretch = self("dates.stretch", start=start, end=end)
        # A dash between words has spaces around it, and one between figures has none.
        return stretch.replace("–", " – ") if " " in start + end else stretch

    def _moment(self, date: Moment) -> str:
        if date.unknown_digits > 1:
            words = self("dates.stretch", start=date.year, end=date.year + 99)
        elif date.unknown_digits:
            words = self("dates.decade", year=date.year)
        else:
            era = str(date.year) if date.year > 0 else self("dates.bce", year=1 - date.year)
            words = self._season(date.season, era) if date.season else self._day(date, era)
        if date.circa:
            words = self("dates.circa", date=words)
        return self("dates.uncertain", date=words) if date.uncertain else words

    def _season(self, season: int, year: str) -> str:
        name = self.words["dates.seasons"].split()[season - 1]
        return self("dates.season", season=name, year=year)

    def _day(self, date: Moment, year: str) -> str:
        """Return a year, month or day, the year written as `year`."""
        if not date.month:
            return self("dates.year", year=year)
        months = self.words["dates.months"]
        form = "dates.day"
        if not date.day:
            months = self.words.get("dates.months_alone", months)
            form = "dates.month"
        elif date.day == 1 and "dates.first" in self.words:
            form = "dates.first"
        month = months.split()[date.month - 1]
        return self(form, day=date.day, month=month, year=year)

    def listed(self, items: Iterable[object]) -> str:
        """Return `items` with commas between them; the empty ones are left out."""
        return self("signs.comma").join(map(str, filter(None, items)))


def languages() -> tuple[str, ...]:
    """Return the languages there are, by their tags."""
    folder = files("mkdocs_annotate.rendering") / "languages"
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name[: -len(".yml")] for name in names if name.endswith(".yml")))


@lru_cache
def wording_of(language: str, page_language: str = "", own: OwnWords = ()) -> Wording:
    """Return the words of `language`, in English where it has none; `pt-BR` falls back to `pt`.

    They are for pages in `page_language`; one that is unknown is taken for English, as an
    element without attributes is.  `own` are a site's, in whatever language they are.
    """
    words, tag = words_in(DEFAULT_LANGUAGE), DEFAULT_LANGUAGE
    asked = language.replace("_", "-").lower()
    for known in languages():
        # `pt` sorts before `pt-BR`.
        if known.lower() in (base_of(asked), asked) and known != DEFAULT_LANGUAGE:
            words, tag = {**words, **words_in(known)}, known
    words = _with_own(words, own, tag)
    page = page_language or DEFAULT_LANGUAGE
    if base_of(tag) == base_of(page):
        return Wording(words, direction=direction_of(tag))
    ours = {"lang": tag}
    if direction_of(tag) != direction_of(page):
        ours["dir"] = direction_of(tag)
    return Wording(words, ours, {"lang": page_language}, direction_of(tag))


def _with_own(words: dict[str, str], own: OwnWords, language: str) -> dict[str, str]:
    """Return `words` with a site's; a new label takes the place of the word for it, too."""
    if not own:
        return words
    implied = {}
    for key, text in own:
        base, _, field_name = key.rpartition(".")
        if field_name == "label":
            implied[f"{base}.word"] = text if base_of(language) == "de" else _small(text)
    return {**words, **implied, **dict(own)}


def _small(label: str) -> str:
    """Return a label as it is said within a sentence: `satire`, but `NATO view`."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def kind_words() -> frozenset[str]:
    """Return what may stand before the number of a note, in all languages."""
    return frozenset(
        text
        for language in languages()
        for key, text in words_in(language).items()
        if key.startswith("kinds.") and key.endswith(".word")
    )


def direction_of(language: str) -> str:
    """Return the direction in which a language is written: `ltr` or `rtl`."""
    return "rtl" if base_of(language) in _RIGHT_TO_LEFT else "ltr"


def base_of(language: str) -> str:
    """Return the language that a tag is of: `pt` of `pt-BR` and `pt_BR`."""
    return language.replace("_", "-").partition("-")[0].lower()


def words_in(language: str) -> dict[str, str]:
    """Return the words that the file of `language` has, by their keys."""
    return words_of(files("mkdocs_annotate.rendering") / "languages" / f"{language}.yml")


def words_of(file: "Traversable") -> dict[str, str]:
    """Return the words in a `file` of ours, by their keys, joined by dots."""
    text = file.read_text("utf-8")
    words = plain_texts(text)
    return _words_in_nodes(text, file.name) if words is None else words


def _words_in_nodes(text: str, name: str) -> dict[str, str]:
    # Imported here, as our English needs no reader of all of YAML.
    from mkdocs_annotate.sidecar.nodes import MappingNode, Node, ScalarNode, parse_nodes

    document = parse_nodes(text, name)
    assert document.root is not None, document.problems
    words: dict[str, str] = {}
    waiting: list[tuple[str, Node]] = [("", document.root)]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node, ScalarNode):
            words[path] = node.text
        elif isinstance(node, MappingNode):
            prefix = f"{path}." if path else ""
            waiting += [(prefix + key, child) for key, (_, child) in node.entries.items()]
    return words


READING_ORDER = (Group.OPINION, Group.QUESTION, Group.SOURCE, Group.CONTEXT, Group.KEY)
"""Groups as readers meet them: what they are most in danger of missing comes first."""

_SIGNS = re.compile(r"^[\W_]+")


def kind_order(kind: Kind, wording: Wording) -> tuple[int, str, str]:
    """Return what `kind` is sorted by: its group, then its label."""
    return READING_ORDER.index(kind.group), collated(wording.entry("kinds", kind.id).label), kind.id


def collated(text: str) -> str:
    """Return what `text` is sorted by: case, accents and signs before its first letter aside."""
    plain = unicodedata.normalize("NFKD", text)
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
    return _SIGNS.sub("", letters)
