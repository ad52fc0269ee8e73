"""What people write for yes and no."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.model.levels import RuleSettings
from mkdocs_annotate.model.links import Link, LinkKind, parse_link
from mkdocs_annotate.model.nearness import did_you_mean
from mkdocs_annotate.model.problems import Level, Mistake, Position, Problem, Rule, shown
from mkdocs_annotate.model.sources import Person
from mkdocs_annotate.sidecar.nodes import MappingNode, Node, ScalarNode, parse_nodes
from mkdocs_annotate.sidecar.nodes import SequenceNode as List

_WORDS = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False}
"""The words, in small letters; YAML makes booleans of some before we see them."""


def switch_of(value: Any) -> bool | None:
    """Return what `value` says; None where it is neither yes nor no.  Never raises."""
    if isinstance(value, bool):
        return value
    return _WORDS.get(value.strip().lower()) if isinstance(value, str) else None


_OWN = (("plugins", ("annotate",)), ("markdown_extensions", ("mkdocs_annotate",)))
"""The lists of a configuration that name us, and what they call us."""

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.M | re.S)


def option_position(file: Path | str, name: str, path: Sequence[str] = ()) -> Position:
    """Return where the option `name` stands in `file`, or what `path` leads to below it.

    `file` is a configuration in YAML or TOML, or an article with front matter.  As far as the way
    can be followed: an option that another file sets, which this one inherits, is told at the
    beginning.  Never raises.
    """
    start = Position(display_path(file), 1, 1)
    try:
        text = Path(file).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return start
    suffix = Path(file).suffix
    if suffix == ".toml":
        return _in_toml(text, name, start)
    if suffix in (".yml", ".yaml"):
        return _in_yaml(text, name, path, start)
    return _in_front_matter(text, name, path, start)


def key_position(file: Path | str, key: str) -> Position:
    """Return where a key of the configuration `file` itself stands; its beginning without one.

    Never raises.
    """
    start = Position(display_path(file), 1, 1)
    try:
        text = Path(file).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return start
    if Path(file).suffix == ".toml":
        return _in_toml(text, key, start)
    root = parse_nodes(text, start.file).root
    found = root.entries.get(key) if isinstance(root, MappingNode) else None
    return found[0].position if found else start


def _in_toml(text: str, name: str, start: Position) -> Position:
    found = re.search(rf"^[ \t]*(?:\"{re.escape(name)}\"|{re.escape(name)})[ \t]*=", text, re.M)
    if not found:
        return start
    line = text.count("\n", 0, found.start()) + 1
    indent = len(found.group()) - len(found.group().lstrip(" \t"))
    return Position(start.file, line, indent + 1)


def _in_yaml(text: str, name: str, path: Sequence[str], start: Position) -> Position:
    root = parse_nodes(text, start.file).root
    place = start
    for own, options in _options(root):
        place = own.position
        if isinstance(options, MappingNode) and name in options.entries:
            return _followed(options, [name, *path])
    return place


def _options(root: Node | None) -> Iterator[tuple[ScalarNode, Node | None]]:
    """Yield each place of a configuration that names us, and the options below it."""
    for section, names in _OWN:
        listed = root.entries.get(section) if isinstance(root, MappingNode) else None
        items = listed[1].items if listed and isinstance(listed[1], List) else listed and listed[1:]
        for item in items or ():
            if isinstance(item, MappingNode):
                yield from (pair for key, pair in item.entries.items() if key in names)
            elif isinstance(item, ScalarNode) and item.text in names:
                yield item, None


def _in_front_matter(text: str, name: str, path: Sequence[str], start: Position) -> Position:
    head = _FRONT_MATTER.match(text)
    root = parse_nodes(head[1], start.file).root if head else None
    if not isinstance(root, MappingNode) or "annotations" not in root.entries:
        return start
    key, below = root.entries["annotations"]
    known = isinstance(below, MappingNode) and name in below.entries
    found = _followed(below, [name, *path]) if known else key.position
    # The line that opens the front matter stands above.
    return Position(start.file, found.line + 1, found.column)


def _followed(node: Node, path: Sequence[str]) -> Position:
    """Return where the keys, or the text in a list, that `path` names stand; as far as they do."""
    place = node.position
    for name in path:
        if isinstance(node, MappingNode) and name in node.entries:
            key, node = node.entries[name]
            place = key.position
        else:
            items = node.items if isinstance(node, List) else [node]
            return next(
                (
                    item.position
                    for item in items
                    if isinstance(item, ScalarNode) and item.text == name
                ),
                place,
            )
    return place


class OptionProblem(NamedTuple):
    """An option that can't be used: its name, what is wrong, and what to do."""

    name: str
    message: str
    hint: str
    path: tuple[str, ...] = ()
    """The keys below the option that lead to the mistake, or the text in its list."""


def option_problems(faults: Sequence[OptionProblem], file: Path | str) -> list[Problem]:
    """Return `faults` as problems of `file`, a configuration or an article with front matter."""
    return [
        Problem(
            option_position(file, fault.name, fault.path),
            Rule.BAD_OPTION,
            fault.message,
            fault.hint,
            subject=".".join((fault.name, *fault.path)),
        )
        for fault in faults
    ]


_KEYS = ("name", "role", "url")
_SHAPE = "write `AB: {name: Ada Brook, role: fact-checker, url: /staff/ab/}`"


def parse_people(value: Any) -> tuple[dict[str, Person], list[OptionProblem]]:
    """Return the people by the initials they sign with, and what is wrong with others.

    A text is a name alone.  Never raises.
    """
    if value is None or value is False:
        return {}, []
    if not isinstance(value, Mapping):
        return {}, [OptionProblem("people", "`people` is no table of people", f"below it {_SHAPE}")]
    people: dict[str, Person] = {}
    faults: list[OptionProblem] = []
    for key, entry in value.items():
        if isinstance(key, bool) or not isinstance(key, (str, int)):
            message = f"a key of `people` is no text but {str(key).lower()} to YAML"
            faults.append(
                OptionProblem(
                    "people", message, "put quotation marks around the initials", (str(key),)
                )
            )
            continue
        person = _person(str(key), entry, faults)
        if person is not None:
            people[str(key)] = person
    return people, faults


def _person(key: str, entry: Any, faults: list[OptionProblem]) -> Person | None:
    """Return the person; None without a name.  What is wrong is added to `faults`."""
    where = f"`{shown(key)}` in `people`"
    if isinstance(entry, str):
        entry = {"name": entry}
    if not isinstance(entry, Mapping):
        faults.append(
            OptionProblem("people", f"{where} is neither a name nor a table", _SHAPE, (key,))
        )
        return None
    texts: dict[str, str] = {}
    for name, text in entry.items():
        if name not in _KEYS:
            hint = did_you_mean(str(name), _KEYS) or f"the keys are {', '.join(_KEYS)}"
            faults.append(
                OptionProblem(
                    "people", f"{where} has no key `{shown(str(name))}`", hint, (key, str(name))
                )
            )
        elif isinstance(text, str):
            texts[name] = " ".join(text.split())
        elif text is not None:
            faults.append(
                OptionProblem(
                    "people",
                    f"{where} has a `{name}` that is no text",
                    "write a text",
                    (key, str(name)),
                )
            )
    if not texts.get("name"):
        faults.append(OptionProblem("people", f"{where} has no name", _SHAPE, (key,)))
        return None
    return Person(texts["name"], texts.get("role", ""), _link(key, texts.get("url"), faults))


def _link(key: str, text: str | None, faults: list[OptionProblem]) -> Link | None:
    """Return the link; a page of the site is named from its root, whoever's note links to it."""
    if not text:
        return None
    where = f"`{shown(key)}` in `people`"
    link = parse_link(text)
    if isinstance(link, Mistake):
        faults.append(OptionProblem("people", f"{where}: {link.message}", link.hint, (key, "url")))
        return None
    if link.kind is LinkKind.SITE:
        sign = "" if link.address.startswith("/") else "/"
        return Link(f"{sign}{link.address}", LinkKind.SITE, rooted=True)
    return link


_RULES = {rule.value: rule for rule in Rule}
_LEVELS = {level.value: level for level in Level}
_NUMBERS = ("max_marks", "archive_after_days")
_MOST = 36_500


@dataclass(frozen=True)
class SiteRules:
    """What a site says of rules, and what is wrong with how it says it."""

    settings: RuleSettings
    faults: tuple[OptionProblem, ...]


def site_rules(given: Mapping[str, Any]) -> SiteRules:
    """Return what the options `rules`, `max_marks` and `archive_after_days` of `given` say.

    What can't be used is left out, and told.  Never raises.
    """
    faults: list[OptionProblem] = []
    levels = _levels(given.get("rules"), faults)
    numbers = {}
    for name in _NUMBERS:
        if given.get(name) is not None:
            number = _number(given[name])
            if number is None:
                message = f"`{name}` can't be “{shown(str(given[name]))}”"
                faults.append(OptionProblem(name, message, f"write a number from 1 to {_MOST:,}"))
            else:
                numbers[name] = number
    return SiteRules(RuleSettings(tuple(levels.items()), **numbers), tuple(faults))


def _number(value: Any) -> int | None:
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value.strip()[:9])
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _MOST:
        return None
    return value


def _levels(rules: Any, faults: list[OptionProblem]) -> dict[Rule, Level]:
    if rules is None:
        return {}
    if not isinstance(rules, Mapping):
        hint = "write `rules:`, and below it `note-without-author: warning`"
        faults.append(OptionProblem("rules", "`rules` has no entries", hint))
        return {}
    levels = {}
    for name, value in rules.items():
        rule = _RULES.get(str(name))
        if rule is None:
            hint = did_you_mean(str(name), _RULES) or "the reference lists them under “Problems”"
            faults.append(
                OptionProblem("rules", f"there is no rule `{shown(str(name))}`", hint, (str(name),))
            )
            continue
        level = _level(rule, value)
        if level is None:
            message = f"`rules.{rule.value}` can't be “{shown(str(value))}”"
            hint = f"write one of {', '.join(_LEVELS)}, true"
            faults.append(OptionProblem("rules", message, hint, (rule.value,)))
        elif level == Level.OFF and not rule.editorial:
            message = f"`rules.{rule.value}` can't be off: something would be lost without a word"
            faults.append(
                OptionProblem("rules", message, "write info, warning or error", (rule.value,))
            )
        else:
            levels[rule] = level
    return levels


def _level(rule: Rule, value: Any) -> Level | None:
    """Return the level that `value` names; YAML makes booleans of `off` and `on`."""
    switch = switch_of(value)
    if switch is False:
        return Level.OFF
    if switch is True:
        return Level.WARNING if rule.level == Level.OFF else rule.level
    return _LEVELS.get(value.strip().lower()) if isinstance(value, str) else None
