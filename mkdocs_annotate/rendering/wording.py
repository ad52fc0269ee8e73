"""The words that readers see, from `languages/*.yml`."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.sidecar.nodes import Mapping, Node, Scalar, parse_nodes

DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True)
class Entry:
    """What readers are told about a kind or a type of article."""

    label: str
    definition: str
    word: str = ""


@dataclass(frozen=True)
class Wording:
    """The words of one language, by their keys in the file, joined by dots."""

    words: dict[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the words called `key` with `values` filled in.

        Raises KeyError for a key that no language has: a fault of ours.
        """
        words = self.words[key]
        for name, value in values.items():
            words = words.replace(f"{{{name}}}", str(value))
        return words

    def entry(self, table: str, id_: str) -> Entry:
        """Return what is said about `id_` in `kinds` or `article_types`; else its id is said."""
        label = self.words.get(f"{table}.{id_}.label", id_.replace("-", " ").capitalize())
        return Entry(
            label,
            self.words.get(f"{table}.{id_}.definition", ""),
            self.words.get(f"{table}.{id_}.word", label.lower()),
        )

    def date(self, date: Date) -> str:
        """Return `date` as readers write it, as far as it is known."""
        if not date.month:
            return str(date.year)
        month = self("dates.months").split()[date.month - 1]
        form = "dates.day" if date.day else "dates.month"
        return self(form, day=date.day, month=month, year=date.year)


def languages() -> tuple[str, ...]:
    """Return the languages there are, by their tags."""
    folder = files("mkdocs_annotate.rendering") / "languages"
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name[: -len(".yml")] for name in names if name.endswith(".yml")))


@lru_cache
def wording_of(language: str) -> Wording:
    """Return the words of `language`, in English where it has none; `pt-BR` falls back to `pt`."""
    words = _read(DEFAULT_LANGUAGE)
    known = languages()
    for tag in (language.split("-")[0].lower(), language):
        if tag in known and tag != DEFAULT_LANGUAGE:
            words = {**words, **_read(tag)}
    return Wording(words)


def _read(language: str) -> dict[str, str]:
    file = files("mkdocs_annotate.rendering") / "languages" / f"{language}.yml"
    document = parse_nodes(file.read_text("utf-8"), file.name)
    assert document.root is not None, document.problems
    words: dict[str, str] = {}
    waiting: list[tuple[str, Node]] = [("", document.root)]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node, Scalar):
            words[path] = node.text
        elif isinstance(node, Mapping):
            prefix = f"{path}." if path else ""
            waiting += [(prefix + key, child) for key, (_, child) in node.entries.items()]
    return words
