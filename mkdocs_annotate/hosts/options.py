"""What a site or a page may set, read once for the extension and the plugin."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mkdocs_annotate.hosts.option_values import OptionProblem, parse_people, site_rules, switch_of
from mkdocs_annotate.hosts.vocabularies import site_vocabulary
from mkdocs_annotate.model.levels import RuleSettings
from mkdocs_annotate.model.nearness import did_you_mean
from mkdocs_annotate.model.problems import shown
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.model.sources import Person
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY, Vocabulary
from mkdocs_annotate.rendering.markers import INDEXES
from mkdocs_annotate.rendering.site import Presentation
from mkdocs_annotate.rendering.translations import OwnWords, base_of, languages


@dataclass(frozen=True)
class Options:
    """The options of a site."""

    article: str = ""
    """Python-Markdown alone: the path of the article, beside which its sidecar lies."""

    sidecar: Any = None
    """Python-Markdown alone: the path of the sidecar, or its YAML, or a `Sidecar`."""

    annotations_dir: str = ""
    """A folder of sidecars that mirrors `docs_dir`, from the folder of the configuration file."""

    margin: str = "auto"
    """Notes in the margin: `true` where there is room, `wide` where the theme can make room,
    `false` nowhere."""

    panel: str = "top"
    """The panel: `true` above the article, `lead` behind its first paragraph, `false` nowhere."""

    marks: str = "quiet"
    """How strong the lines under passages are: `quiet`, or `full` for all of them."""

    language: str = ""
    """The language of our own words on the page, such as `de` or `pt-BR`; else the theme's."""

    sources: tuple[str, ...] | None = None
    """Files of sources that the site shares, from the folder of the configuration file; None for
    `sources.yml`, if there is one."""

    templates: str = ""
    """A folder of templates in place of ours, from the folder of the configuration file."""

    indexes: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The pages that have indexes of the site, by what they are indexes of, from `docs_dir`; the
    plugin finds them itself."""

    people: Mapping[str, Person] = field(default_factory=dict, hash=False)
    """Who is behind the initials in `by`: name, role and address."""

    exports: tuple[str, ...] = ()
    """What other programs get of each page: `true` for all of `schema-org`, `web-annotation` and
    `csl`, or a list of these."""

    preview: bool = False
    """Drafts and orphans are shown; `mkdocs serve` sets it."""

    write: bool = False
    """`mkdocs serve` lets you write annotations in the page."""

    me: str = ""
    """Who writes there: what `by` of new annotations says."""

    strict: bool = False
    """A page with problems stops the conversion once they are reported."""

    vocabulary: Vocabulary = DEFAULT_VOCABULARY
    """The kinds, as the options `kinds` and `packs` make them."""

    words: OwnWords = ()
    """What readers are told of kinds in other words than ours."""

    rules: RuleSettings = field(default_factory=RuleSettings)
    """The levels of rules, and the numbers that some of them have."""

    named: frozenset[str] = field(default=frozenset(), compare=False)
    """Those that are given, whatever their values."""

    @property
    def look(self) -> Presentation:
        """Return how pages are shown that set nothing themselves."""
        return Presentation(self.margin, self.panel, self.preview, self.marks)


DEFAULTS: Mapping[str, tuple[Any, str]] = {
    "article": ("", "path of the article, for Python-Markdown alone"),
    "sidecar": (None, "path or YAML of the sidecar, for Python-Markdown alone"),
    "annotations_dir": ("", "folder of sidecars that mirrors docs_dir"),
    "margin": (True, "notes in the margin: true, wide or false"),
    "panel": (True, "the panel above the article: true, lead or false"),
    "marks": ("quiet", "lines under passages: quiet, full or off"),
    "language": ("", "language of our own words on the page"),
    "sources": ("sources.yml", "files of sources that the site shares"),
    "templates": ("", "folder of templates in place of ours"),
    "indexes": ({}, "pages that have indexes of the site, for links to them"),
    "people": ({}, "who is behind the initials in `by`"),
    "exports": (
        False,
        "what other programs get: true, or a list of schema-org, web-annotation, csl",
    ),
    "preview": (False, "show drafts and orphans"),
    "write": (False, "write annotations in the pages of mkdocs serve"),
    "me": ("", "who writes there"),
    "strict": (False, "stop at a page with problems"),
    "kinds": (None, "kinds to rename, remove or add"),
    "packs": ((), "packs of further kinds"),
    "rules": (None, "levels of rules"),
    "max_marks": (40, "most marks in 1,000 words"),
    "archive_after_days": (180, "age of a look at a source from which it needs a copy"),
}
"""Each option with its default and a word on it, as Python-Markdown lists them."""

EXPORTS = ("schema-org", "web-annotation", "csl")
"""What other programs can get."""

_MARGINS = {True: "auto", False: "off", "wide": "wide"}
_PANELS = {True: "top", False: "off", "lead": "lead"}
_SWITCH = {True: True, False: False}
_CHOICES: Mapping[str, Mapping[Any, Any]] = {
    "margin": _MARGINS,
    "panel": _PANELS,
    "marks": {"quiet": "quiet", "full": "full", False: "off"},
    "preview": _SWITCH,
    "strict": _SWITCH,
    "write": _SWITCH,
}
_RULES = frozenset(("rules", "max_marks", "archive_after_days"))
_READ_TOGETHER = frozenset(("kinds", "packs")) | _RULES


@dataclass
class _Reading:
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[OptionProblem] = field(default_factory=list)

    def take(self, name: str, value: Any, known: Mapping[Any, Any]) -> None:
        said: bool | str | None = switch_of(value)
        if said is None and isinstance(value, str):
            said = value.strip().lower()
        if said in known:
            self.values[name] = known[said]
            return
        choices = ", ".join(f"`{str(one).lower()}`" for one in known)
        self.fault(name, f"`{name}` can't be “{shown(str(value))}”", f"write one of {choices}")

    def fault(self, name: str, message: str, hint: str, *path: str) -> None:
        self.faults.append(OptionProblem(name, message, hint, path))


def parse_options(given: Mapping[str, Any]) -> tuple[Options, list[OptionProblem]]:
    """Return the options that `given` sets, and what is wrong with it; those keep their defaults.

    Never raises.
    """
    reading = _Reading()
    for name, value in given.items():
        if name not in DEFAULTS:
            # YAML makes other things of `on` and `1`.
            text = str(name)
            hint = did_you_mean(text, DEFAULTS) or f"the options are {', '.join(DEFAULTS)}"
            reading.fault(text, f"there is no option `{shown(text)}`", hint)
        elif name in _CHOICES:
            reading.take(name, value, _CHOICES[name])
        elif name == "sidecar":
            _take_sidecar(value, reading)
        elif name in _TAKERS:
            _TAKERS[name](value, reading)
        elif name not in _READ_TOGETHER:
            _take_text(name, value, reading)
    _take_together(given, reading)
    named = frozenset(map(str, given))
    return Options(**reading.values, named=named), reading.faults


def _take_together(given: Mapping[str, Any], reading: _Reading) -> None:
    if "kinds" in given or "packs" in given:
        made = site_vocabulary(given.get("kinds"), given.get("packs"))
        reading.values |= {"vocabulary": made.vocabulary, "words": made.words}
        reading.faults += made.faults
    if not _RULES.isdisjoint(given):
        rules = site_rules(given)
        reading.values["rules"] = rules.settings
        reading.faults += rules.faults


def _take_text(name: str, value: Any, reading: _Reading) -> None:
    if value is None:
        return
    if not isinstance(value, str) and not hasattr(value, "__fspath__"):
        reading.fault(name, f"`{name}` is no text", "write a text, or leave it out")
    elif name == "language" and base_of(str(value)) not in languages():
        known = ", ".join(languages())
        reading.fault(
            name, f"there are no words in “{shown(str(value))}” yet", f"choose of {known}"
        )
    else:
        reading.values[name] = str(value)


def _take_sources(value: Any, reading: _Reading) -> None:
    named = [] if value in (None, False) else value if isinstance(value, list) else [value]
    if all(isinstance(name, str) and name.strip() for name in named):
        reading.values["sources"] = tuple(named)
    else:
        reading.fault("sources", "`sources` is no path", "write a path, or a list of paths")


def _take_indexes(value: Any, reading: _Reading) -> None:
    if not isinstance(value, Mapping) or not all(isinstance(path, str) for path in value.values()):
        reading.fault("indexes", "`indexes` is no table of pages", "write `sources: sources.md`")
        return
    for name in value:
        if name not in INDEXES:
            hint = did_you_mean(str(name), INDEXES) or f"there are {', '.join(INDEXES)}"
            message = f"there is no index of `{shown(str(name))}`"
            reading.fault("indexes", message, hint, str(name))
    reading.values["indexes"] = {name: value[name] for name in value if name in INDEXES}


def _take_people(value: Any, reading: _Reading) -> None:
    reading.values["people"], faults = parse_people(value)
    reading.faults += faults


def _take_exports(value: Any, reading: _Reading) -> None:
    switch = switch_of(value)
    if value is None or switch is not None:
        value = EXPORTS if switch else ()
    elif isinstance(value, str):
        value = [value]
    if not isinstance(value, (list, tuple)):
        hint = f"write `true`, `false`, or a list of {', '.join(EXPORTS)}"
        reading.fault("exports", f"`exports` can't be “{shown(str(value))}”", hint)
        return
    wanted = [str(one).strip() for one in value]
    for one in wanted:
        if one not in EXPORTS:
            hint = did_you_mean(one, EXPORTS) or f"there are {', '.join(EXPORTS)}"
            reading.fault("exports", f"there is no export `{shown(one)}`", hint, one)
    reading.values["exports"] = tuple(one for one in EXPORTS if one in wanted)


def address_faults(exports: Collection[str], address: str) -> list[OptionProblem]:
    """Return what is wrong with `exports` where the `address` of the site is empty."""
    if address or "web-annotation" not in exports:
        return []
    message = "`exports` can't write annotations, which name the page that they are on"
    return [
        OptionProblem("exports", message, "add `site_url`, or write `exports: [schema-org, csl]`")
    ]


_TAKERS = {
    "people": _take_people,
    "exports": _take_exports,
    "indexes": _take_indexes,
    "sources": _take_sources,
}


def _take_sidecar(value: Any, reading: _Reading) -> None:
    if value is None or isinstance(value, (str, Sidecar)) or hasattr(value, "__fspath__"):
        reading.values["sidecar"] = value
    else:
        reading.fault("sidecar", "`sidecar` is no path, YAML or Sidecar", "give one of these")


@dataclass(frozen=True)
class PageSettings:
    """What one page's front matter says under `annotations`."""

    off: bool = False
    named: str = ""
    look: Presentation = field(default_factory=Presentation)
    faults: tuple[OptionProblem, ...] = ()


# BCP 47, roughly: browsers ignore what they don't know.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,4}")
_PAGE_KEYS = ("file", "margin", "panel")


def parse_front_matter(meta: Mapping[str, Any], look: Presentation) -> PageSettings:
    """Return what the front matter `meta` sets for one page, on top of the site's `look`.

    `annotations: false` switches them off, a path names the sidecar, and an entry with keys may
    set `file`, `margin` and `panel`.  Never raises.
    """
    value = meta.get("annotations")
    if isinstance(value, list):
        # Python-Markdown's `meta` makes a list of lines of everything.
        value = " ".join(map(str, value))
    switch = switch_of(value)
    if value is None or switch is True or value == "":
        return PageSettings(look=look)
    if switch is False:
        return PageSettings(off=True, look=look)
    if isinstance(value, str):
        return PageSettings(named=value.strip(), look=look)
    if not isinstance(value, Mapping):
        fault = OptionProblem(
            "annotations", "`annotations` can't be a number", "write `false` or a path"
        )
        return PageSettings(look=look, faults=(fault,))
    return _page_entry(value, look)


def parse_language(meta: Mapping[str, Any]) -> str:
    """Return the language that the front matter `meta` says an article is in; empty for none."""
    value = meta.get("lang")
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value.strip()):
        return ""
    return value.strip().replace("_", "-")


def _page_entry(value: Mapping[Any, Any], look: Presentation) -> PageSettings:
    reading = _Reading()
    named = ""
    for key, setting in value.items():
        if key == "file":
            named = setting.strip() if isinstance(setting, str) else ""
            if not named:
                reading.fault("file", "`file` is no path", "write a path, or leave it out")
        elif key == "margin":
            reading.take(key, setting, _MARGINS)
        elif key == "panel":
            reading.take(key, setting, _PANELS)
        else:
            hint = did_you_mean(str(key), _PAGE_KEYS) or "the keys are " + ", ".join(_PAGE_KEYS)
            reading.fault(str(key), f"`annotations` has no key `{shown(str(key))}`", hint)
    return PageSettings(False, named, replace(look, **reading.values), tuple(reading.faults))
