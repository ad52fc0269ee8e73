"""The option `rules` to the levels that a site gives its rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mkdocs_annotate.hosts.faults import Fault
from mkdocs_annotate.hosts.switches import switch_of
from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.levels import RuleSettings
from mkdocs_annotate.model.nearness import did_you_mean
from mkdocs_annotate.model.problems import Level, Rule

_RULES = {rule.value: rule for rule in Rule}
_LEVELS = {level.value: level for level in Level}
_NUMBERS = ("max_marks", "archive_after_days")
_MOST = 36_500


@dataclass(frozen=True)
class SiteRules:
    """What a site says of rules, and what is wrong with how it says it."""

    settings: RuleSettings
    faults: tuple[Fault, ...]


def site_rules(given: Mapping[str, Any]) -> SiteRules:
    """Return what the options `rules`, `max_marks` and `archive_after_days` of `given` say.

    What can't be used is left out, and told.  Never raises.
    """
    faults: list[Fault] = []
    levels = _levels(given.get("rules"), faults)
    numbers = {}
    for name in _NUMBERS:
        if given.get(name) is not None:
            number = _number(given[name])
            if number is None:
                message = f"`{name}` can't be “{shown(str(given[name]))}”"
                faults.append(Fault(name, message, f"write a number from 1 to {_MOST:,}"))
            else:
                numbers[name] = number
    return SiteRules(RuleSettings(tuple(levels.items()), **numbers), tuple(faults))


def _number(value: Any) -> int | None:
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value.strip()[:9])
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _MOST:
        return None
    return value


def _levels(rules: Any, faults: list[Fault]) -> dict[Rule, Level]:
    if rules is None:
        return {}
    if not isinstance(rules, Mapping):
        cure = "write `rules:`, and below it `note-without-author: warning`"
        faults.append(Fault("rules", "`rules` has no entries", cure))
        return {}
    levels = {}
    for name, value in rules.items():
        rule = _RULES.get(str(name))
        if rule is None:
            cure = did_you_mean(str(name), _RULES) or "the reference lists them under “Problems”"
            faults.append(
                Fault("rules", f"there is no rule `{shown(str(name))}`", cure, (str(name),))
            )
            continue
        level = _level(rule, value)
        if level is None:
            message = f"`rules.{rule.value}` can't be “{shown(str(value))}”"
            cure = f"write one of {', '.join(_LEVELS)}, true"
            faults.append(Fault("rules", message, cure, (rule.value,)))
        elif level == Level.OFF and not rule.editorial:
            message = f"`rules.{rule.value}` can't be off: something would be lost without a word"
            faults.append(Fault("rules", message, "write info, warning or error", (rule.value,)))
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
