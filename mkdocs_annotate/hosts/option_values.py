"""The values of options that have a form of their own: switches, people and levels of rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mkdocs_annotate.hosts.option_places import Mistakes, OptionProblem
from mkdocs_annotate.model.levels import RuleSettings
from mkdocs_annotate.model.links import Link, LinkKind, Refusal, parse_link
from mkdocs_annotate.model.nearness import did_you_mean
from mkdocs_annotate.model.problems import Level, Rule, shown
from mkdocs_annotate.model.sources import Person

_SWITCHES = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False}
"""The words, in small letters; YAML makes booleans of some before we see them."""


def switch_of(value: Any) -> bool | None:
    """Return what `value` says; None where it is neither yes nor no.  Never raises."""
    if isinstance(value, bool):
        return value
    return _SWITCHES.get(value.strip().lower()) if isinstance(value, str) else None


_PERSON_KEYS = ("name", "role", "url")
_PERSON_SHAPE = "write `AB: {name: Ada Brook, role: fact-checker, url: /staff/ab/}`"


def parse_people(value: Any) -> tuple[dict[str, Person], list[OptionProblem]]:
    """Return the people by the initials they sign with, and what is wrong with others.

    A text is a name alone.  Never raises.
    """
    if value is None or value is False:
        return {}, []
    if not isinstance(value, Mapping):
        return {}, [
            OptionProblem("people", "`people` is no table of people", f"below it {_PERSON_SHAPE}")
        ]
    people: dict[str, Person] = {}
    mistakes = Mistakes()
    for key, entry in value.items():
        if isinstance(key, bool) or not isinstance(key, (str, int)):
            message = f"a key of `people` is no text but {str(key).lower()} to YAML"
            mistakes.reject("people", message, "put quotation marks around the initials", str(key))
            continue
        person = _person(str(key), entry, mistakes)
        if person is not None:
            people[str(key)] = person
    return people, mistakes


def _person(key: str, entry: Any, mistakes: Mistakes) -> Person | None:
    """Return the person; None without a name.  What is wrong is added to `mistakes`."""
    where = f"`{shown(key)}` in `people`"
    if isinstance(entry, str):
        entry = {"name": entry}
    if not isinstance(entry, Mapping):
        mistakes.reject("people", f"{where} is neither a name nor a table", _PERSON_SHAPE, key)
        return None
    texts: dict[str, str] = {}
    for name, text in entry.items():
        if name not in _PERSON_KEYS:
            hint = (
                did_you_mean(str(name), _PERSON_KEYS) or f"the keys are {', '.join(_PERSON_KEYS)}"
            )
            mistakes.reject(
                "people", f"{where} has no key `{shown(str(name))}`", hint, key, str(name)
            )
        elif isinstance(text, str):
            texts[name] = " ".join(text.split())
        elif text is not None:
            mistakes.reject(
                "people", f"{where} has a `{name}` that is no text", "write a text", key, str(name)
            )
    if not texts.get("name"):
        mistakes.reject("people", f"{where} has no name", _PERSON_SHAPE, key)
        return None
    return Person(texts["name"], texts.get("role", ""), _link(key, texts.get("url"), mistakes))


def _link(key: str, text: str | None, mistakes: Mistakes) -> Link | None:
    """Return the link; a page of the site is named from its root, whoever's note links to it."""
    if not text:
        return None
    where = f"`{shown(key)}` in `people`"
    link = parse_link(text)
    if isinstance(link, Refusal):
        mistakes.reject("people", f"{where}: {link.message}", link.hint, key, "url")
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
    mistakes: tuple[OptionProblem, ...]


def site_rules(given: Mapping[str, Any]) -> SiteRules:
    """Return what the options `rules`, `max_marks` and `archive_after_days` of `given` say.

    What can't be used is left out, and told.  Never raises.
    """
    mistakes = Mistakes()
    levels = _levels(given.get("rules"), mistakes)
    numbers = {}
    for name in _NUMBERS:
        if given.get(name) is not None:
            number = _number(given[name])
            if number is None:
                message = f"`{name}` can't be “{shown(str(given[name]))}”"
                mistakes.reject(name, message, f"write a number from 1 to {_MOST:,}")
            else:
                numbers[name] = number
    return SiteRules(RuleSettings(tuple(levels.items()), **numbers), tuple(mistakes))


def _number(value: Any) -> int | None:
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value.strip()[:9])
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _MOST:
        return None
    return value


def _levels(rules: Any, mistakes: Mistakes) -> dict[Rule, Level]:
    if rules is None:
        return {}
    if not isinstance(rules, Mapping):
        hint = "write `rules:`, and below it `note-without-author: warning`"
        mistakes.reject("rules", "`rules` has no entries", hint)
        return {}
    levels = {}
    for name, value in rules.items():
        rule = _RULES.get(str(name))
        if rule is None:
            hint = did_you_mean(str(name), _RULES) or "the reference lists them under “Problems”"
            mistakes.reject("rules", f"there is no rule `{shown(str(name))}`", hint, str(name))
            continue
        level = _level(rule, value)
        if level is None:
            message = f"`rules.{rule.value}` can't be “{shown(str(value))}”"
            hint = f"write one of {', '.join(_LEVELS)}, true"
            mistakes.reject("rules", message, hint, rule.value)
        elif level == Level.OFF and not rule.editorial:
            message = f"`rules.{rule.value}` can't be off: something would be lost without a word"
            mistakes.reject("rules", message, "write info, warning or error", rule.value)
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
