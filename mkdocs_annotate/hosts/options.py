"""The options of a site or a page, read once for the extension, the plugin and the commands."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from mkdocs_annotate.hosts.option_places import Mistakes, OptionProblem, value_text
from mkdocs_annotate.hosts.option_values import parse_people, site_rules, site_vocabulary, switch_of
from mkdocs_annotate.model.messages import did_you_mean
from mkdocs_annotate.model.problems import shown
from mkdocs_annotate.model.reporting import RuleSettings
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.model.sources import Person
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY, Vocabulary
from mkdocs_annotate.rendering.index_markers import INDEXES
from mkdocs_annotate.rendering.site import Presentation
from mkdocs_annotate.rendering.translations import OwnWords, base_of, languages


@dataclass(frozen=True)
class Options:
    """The options of a site, as they were read; `OPTIONS` describes what each means."""

    article: str = ""
    sidecar: Any = None
    """A path, YAML of several lines, or a `Sidecar`."""

    annotations_dir: str = ""
    margin: str = "auto"
    """`auto`, `wide` or `off`, as `Presentation` has it."""

    panel: str = "top"
    """`top`, `lead` or `off`, as `Presentation` has it."""

    marks: str = "quiet"
    language: str = ""
    sources: tuple[str, ...] | None = None
    """None for the usual file, if there is one."""

    templates: str = ""
    indexes: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Paths of pages, by what they are indexes of."""

    people: Mapping[str, Person] = field(default_factory=dict, hash=False)
    """People, by their initials."""

    exports: tuple[str, ...] = ()
    """Those of `EXPORTS` that are wanted, in their order."""

    preview: bool = False
    write: bool = False
    me: str = ""
    strict: bool = False
    vocabulary: Vocabulary = DEFAULT_VOCABULARY
    """The kinds, as the options `kinds` and `packs` make them."""

    words: OwnWords = ()
    """The site's own words for kinds."""

    rules: RuleSettings = field(default_factory=RuleSettings)
    """The levels of rules, and the numbers that some of them have."""

    named: frozenset[str] = field(default=frozenset(), compare=False)
    """The options that are given, whatever their values."""

    @property
    def look(self) -> Presentation:
        """Return how pages are shown unless they set something themselves."""
        return Presentation(self.margin, self.panel, self.preview, self.marks)


EXPORTS = ("schema-org", "web-annotation", "csl")
"""The exports: data for other programs."""


@dataclass
class Reading:
    """Options while they are read: the values that can be used, and what is wrong with others."""

    values: dict[str, Any] = field(default_factory=dict)
    mistakes: Mistakes = field(default_factory=Mistakes)

    def choose(self, name: str, value: Any, choices: Mapping[Any, Any]) -> None:
        """Take one of `choices`, which are switches or words; reject another value."""
        chosen: bool | str | None = switch_of(value)
        if chosen is None and isinstance(value, str):
            chosen = value.strip().lower()
        if chosen in choices:
            self.values[name] = choices[chosen]
            return
        listed = ", ".join(f"`{str(one).lower()}`" for one in choices)
        self.mistakes.reject(
            name, f"`{name}` can't be “{shown(value_text(value))}”", f"write one of {listed}"
        )


_Read = Callable[[Reading, str, Mapping[str, Any]], None]


class Option(NamedTuple):
    """An option of a site."""

    default: Any
    about: str
    """What it sets, in a few words, as Python-Markdown lists it."""

    read: _Read
    """Reads the option of a name from all that are given; what can't be used is rejected."""


def _choice(choices: Mapping[Any, Any]) -> _Read:
    return lambda reading, name, given: reading.choose(name, given[name], choices)


def _read_text(reading: Reading, name: str, given: Mapping[str, Any]) -> None:
    value = given[name]
    if isinstance(value, str) or hasattr(value, "__fspath__"):
        reading.values[name] = str(value)
    elif value is not None:
        reading.mistakes.reject(name, f"`{name}` is no text", "write a text, or leave it out")


def _read_language(reading: Reading, name: str, given: Mapping[str, Any]) -> None:
    value = given[name]
    if isinstance(value, str) and base_of(value) not in languages():
        message = f"there is no translation for “{shown(value)}” yet"
        reading.mistakes.reject(name, message, f"choose one of {', '.join(languages())}")
    else:
        _read_text(reading, name, given)


def _read_sidecar(reading: Reading, name: str, given: Mapping[str, Any]) -> None:
    value = given[name]
    if value is None or isinstance(value, (str, Sidecar)) or hasattr(value, "__fspath__"):
        reading.values[name] = value
    else:
        reading.mistakes.reject(
            name, "`sidecar` is not a path, YAML or a Sidecar", "give one of these"
        )


def _read_sources(reading: Reading, name: str, given: Mapping[str, Any]) -> None:
    value = given[name]
    named = [] if value in (None, False) else value if isinstance(value, list) else [value]
    if all(isinstance(one, str) and one.strip() for one in named):
        reading.values[name] = tuple(named)
    else:
        reading.mistakes.reject(name, "`sources` is not a path", "write a path, or a list of paths")


def _read_indexes(reading: Reading, name: str, given: Mapping[str, Any]) -> None:
    value = given[name]
    if not isinstance(value, Mapping) or not all(isinstance(path, str) for path in value.values()):
        reading.mistakes.reject(
            name, "`indexes` is not a table of pages", "write `sources: sources.md`"
        )
        return
    for index in map(value_text, value):
        if index not in INDEXES:
            hint = did_you_mean(index, INDEXES) or f"there are {', '.join(INDEXES)}"
            message = f"there is no index of `{shown(index)}`"
            reading.mistakes.reject(name, message, hint, index)
    reading.values[name] = {index: value[index] for index in value if index in INDEXES}


def _read_people(reading: Reading, name: str, given: Mapping[str, Any]) -> None:
    reading.values[name], mistakes = parse_people(given[name])
    reading.mistakes += mistakes


def _read_exports(reading: Reading, name: str, given: Mapping[str, Any]) -> None:
    value = given[name]
    switch = switch_of(value)
    if value is None or switch is not None:
        value = EXPORTS if switch else ()
    elif isinstance(value, str):
        value = [value]
    if not isinstance(value, (list, tuple)):
        hint = f"write `true`, `false`, or a list of {', '.join(EXPORTS)}"
        reading.mistakes.reject(name, f"`exports` can't be “{shown(value_text(value))}”", hint)
        return
    wanted = [value_text(one).strip() for one in value]
    for one in wanted:
        if one not in EXPORTS:
            hint = did_you_mean(one, EXPORTS) or f"there are {', '.join(EXPORTS)}"
            reading.mistakes.reject(name, f"there is no export `{shown(one)}`", hint, one)
    reading.values[name] = tuple(one for one in EXPORTS if one in wanted)


def _read_vocabulary(reading: Reading, name: str, given: Mapping[str, Any]) -> None:
    # `kinds` change those of `packs`: the first of the two that is given reads both.
    if "vocabulary" not in reading.values:
        made = site_vocabulary(given.get("kinds"), given.get("packs"))
        reading.values |= {"vocabulary": made.vocabulary, "words": made.words}
        reading.mistakes += made.mistakes


def _read_rules(reading: Reading, name: str, given: Mapping[str, Any]) -> None:
    # Levels and numbers make one `RuleSettings`, with the first of them that is given.
    if "rules" not in reading.values:
        made = site_rules(given)
        reading.values["rules"] = made.settings
        reading.mistakes += made.mistakes


MARGINS = {True: "auto", False: "off", "wide": "wide"}
"""What the option `margin` may be, and what that is in `Presentation`."""

PANELS = {True: "top", False: "off", "lead": "lead"}
"""What the option `panel` may be, and what that is in `Presentation`."""

_MARKS = {"quiet": "quiet", "full": "full", False: "off"}
_SWITCH = {True: True, False: False}

OPTIONS: Mapping[str, Option] = {
    "article": Option("", "path of the article, for Python-Markdown alone", _read_text),
    "sidecar": Option(
        None, "path or YAML of the sidecar, for Python-Markdown alone", _read_sidecar
    ),
    "annotations_dir": Option("", "folder of sidecars that mirrors docs_dir", _read_text),
    "margin": Option(True, "notes in the margin: true, wide or false", _choice(MARGINS)),
    "panel": Option(True, "the panel above the article: true, lead or false", _choice(PANELS)),
    "marks": Option("quiet", "lines under passages: quiet, full or off", _choice(_MARKS)),
    "language": Option("", "language of our own words on the page", _read_language),
    "sources": Option("sources.yml", "files of sources that the site shares", _read_sources),
    "templates": Option("", "folder of templates in place of ours", _read_text),
    "indexes": Option({}, "pages that have indexes of the site, for links to them", _read_indexes),
    "people": Option({}, "the people behind the initials in `by`", _read_people),
    "exports": Option(
        False,
        "what other programs get: true, or a list of schema-org, web-annotation, csl",
        _read_exports,
    ),
    "preview": Option(False, "show drafts and orphans", _choice(_SWITCH)),
    "write": Option(False, "write in the pages of mkdocs serve", _choice(_SWITCH)),
    "me": Option("", "who writes there: the `by` of new annotations", _read_text),
    "strict": Option(False, "stop at a page with problems", _choice(_SWITCH)),
    "kinds": Option(None, "kinds to rename, remove or add", _read_vocabulary),
    "packs": Option((), "packs of further kinds", _read_vocabulary),
    "rules": Option(None, "levels of rules", _read_rules),
    "max_marks": Option(40, "most marks in 1,000 words", _read_rules),
    "archive_after_days": Option(
        180, "days after `accessed` from which a source needs an archived copy", _read_rules
    ),
}
"""The options by name: all that a site can set is described here, and nowhere else in code."""


@dataclass(frozen=True)
class _Given:
    """Options as they were given; they have lists and tables, so they are compared as text."""

    written: str
    values: Mapping[str, Any] = field(compare=False)


def parse_options(given: Mapping[str, Any]) -> tuple[Options, tuple[OptionProblem, ...]]:
    """Return the options that `given` sets, and what is wrong with it; those keep their defaults.

    Never raises.  Cost: once for a site, as hosts give its options again for every page.
    """
    if "sidecar" in given:
        # Those of one conversion, and maybe a whole sidecar to write down.
        return _parse(_Given("", given))
    try:
        return _parse_once(_Given(repr(given), given))
    except ValueError:
        # Python does not write a number as long as one of these.
        return _parse(_Given("", given))


def _parse(given: _Given) -> tuple[Options, tuple[OptionProblem, ...]]:
    reading = Reading()
    for name in given.values:
        option = OPTIONS.get(name)
        if option is None:
            # YAML makes other things of `on` and `1`.
            text = value_text(name)
            hint = did_you_mean(text, OPTIONS) or f"the options are {', '.join(OPTIONS)}"
            reading.mistakes.reject(text, f"there is no option `{shown(text)}`", hint)
        else:
            option.read(reading, name, given.values)
    named = frozenset(map(value_text, given.values))
    return Options(**reading.values, named=named), tuple(reading.mistakes)


_parse_once = lru_cache(maxsize=8)(_parse)


def address_mistakes(exports: Collection[str], address: str) -> list[OptionProblem]:
    """Return what is wrong with `exports` where the `address` of the site is empty."""
    if address or "web-annotation" not in exports:
        return []
    message = (
        "`exports` can't write annotations without the address of the site, since each names its "
        "page"
    )
    return [
        OptionProblem("exports", message, "add `site_url`, or write `exports: [schema-org, csl]`")
    ]
