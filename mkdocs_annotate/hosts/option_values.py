"""Reads the values of options that are not plain text: switches, people, rules, kinds, packs."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mkdocs_annotate.hosts.option_places import Mistakes, OptionProblem, value_text
from mkdocs_annotate.model.links import Link, LinkKind, parse_link
from mkdocs_annotate.model.messages import character_name, did_you_mean, forbidden_character
from mkdocs_annotate.model.problems import Level, Mistake, Rule, shown
from mkdocs_annotate.model.reporting import RuleSettings
from mkdocs_annotate.model.sources import Person
from mkdocs_annotate.model.vocabulary import MOTIVATIONS, PACKS, Group, Kind, Vocabulary, with_packs
from mkdocs_annotate.rendering.translations import OwnWords
from mkdocs_annotate.sidecar.format import KIND_PATTERN, SHORT

_SWITCHES = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False}
"""The words for yes and no, in lower case; YAML turns some of them into booleans before."""


def switch_of(value: Any) -> bool | None:
    """Return the boolean that `value` means; None if it is neither yes nor no.  Never raises."""
    if isinstance(value, bool):
        return value
    return _SWITCHES.get(value.strip().lower()) if isinstance(value, str) else None


_PERSON_KEYS = ("name", "role", "url")
_PERSON_SHAPE = "write `AB: {name: Ada Brook, role: fact-checker, url: /staff/ab/}`"


def parse_people(value: Any) -> tuple[dict[str, Person], list[OptionProblem]]:
    """Return the people by their initials, and what is wrong with the others.

    A text by itself is a name.  Never raises.
    """
    if value is None or value is False:
        return {}, []
    if not isinstance(value, Mapping):
        hint = f"below it {_PERSON_SHAPE}"
        return {}, [OptionProblem("people", "`people` is not a table of people", hint)]
    people: dict[str, Person] = {}
    mistakes = Mistakes()
    for key, entry in value.items():
        if isinstance(key, bool) or not isinstance(key, (str, int)):
            message = f"YAML reads a key of `people` as {str(key).lower()}, not as text"
            mistakes.reject("people", message, "put quotation marks around the initials", str(key))
            continue
        initials = value_text(key)
        person = _person(initials, entry, mistakes)
        if person is not None:
            people[initials] = person
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
    for name, text in zip(map(value_text, entry), entry.values(), strict=True):
        if name not in _PERSON_KEYS:
            hint = did_you_mean(name, _PERSON_KEYS) or f"the keys are {', '.join(_PERSON_KEYS)}"
            mistakes.reject("people", f"{where} has no key `{shown(name)}`", hint, key, name)
        elif isinstance(text, str):
            texts[name] = " ".join(text.split())
        elif text is not None:
            mistakes.reject(
                "people", f"{where} has a `{name}` that is not text", "write a text", key, name
            )
    if not texts.get("name"):
        mistakes.reject("people", f"{where} has no name", _PERSON_SHAPE, key)
        return None
    return Person(texts["name"], texts.get("role", ""), _link(key, texts.get("url"), mistakes))


def _link(key: str, text: str | None, mistakes: Mistakes) -> Link | None:
    """Return the link; a page of the site is named from its root."""
    if not text:
        return None
    where = f"`{shown(key)}` in `people`"
    link = parse_link(text)
    if isinstance(link, Mistake):
        mistakes.reject("people", f"{where}: {link.message}", link.hint, key, "url")
        return None
    if link.kind is LinkKind.SITE:
        sign = "" if link.address.startswith("/") else "/"
        return Link(f"{sign}{link.address}", LinkKind.SITE, from_root=True)
    return link


_RULES = {rule.value: rule for rule in Rule}
_LEVELS = {level.value: level for level in Level}
_NUMBERS = ("max_marks", "archive_after_days")
_MOST = 36_500


@dataclass(frozen=True)
class SiteRules:
    """The settings of rules, and what is wrong with the options that make them."""

    settings: RuleSettings
    mistakes: tuple[OptionProblem, ...]


def site_rules(given: Mapping[str, Any]) -> SiteRules:
    """Return what the options `rules`, `max_marks` and `archive_after_days` in `given` set.

    What can't be used is left out, and is a mistake of the result.  Never raises.
    """
    mistakes = Mistakes()
    levels = _levels(given.get("rules"), mistakes)
    numbers = {}
    for name in _NUMBERS:
        if given.get(name) is not None:
            number = _number(given[name])
            if number is None:
                message = f"`{name}` can't be “{shown(value_text(given[name]))}”"
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
    for name, value in zip(map(value_text, rules), rules.values(), strict=True):
        rule = _RULES.get(name)
        if rule is None:
            hint = did_you_mean(name, _RULES) or "the reference lists them under “Problems”"
            mistakes.reject("rules", f"there is no rule `{shown(name)}`", hint, name)
            continue
        level = _level(rule, value)
        if level is None:
            message = f"`rules.{rule.value}` can't be “{shown(value_text(value))}”"
            hint = f"write one of {', '.join(_LEVELS)}, true"
            mistakes.reject("rules", message, hint, rule.value)
        elif level == Level.OFF and not rule.editorial:
            message = f"`rules.{rule.value}` can't be off: a problem would go unnoticed"
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


_KIND_WORDS = ("label", "definition", "word")
_KIND_KEYS = (*_KIND_WORDS, "group", "motivation", "iri")
_KIND_NEEDED = ("label", "definition", "group")
_GROUPS = tuple(group.value for group in Group)
# RFC 3987 in outline: a scheme, and no spaces.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True)
class SiteVocabulary:
    """The kinds of a site, its own words for them, and what is wrong with its options."""

    vocabulary: Vocabulary
    words: OwnWords
    mistakes: tuple[OptionProblem, ...]


def site_vocabulary(kinds: Any, packs: Any) -> SiteVocabulary:
    """Return the vocabulary that the options `kinds` and `packs` make.

    What can't be used is left out, and is a mistake of the result.  Never raises.
    """
    reader = _VocabularyReader()
    reader.take_packs(packs)
    reader.take_kinds(kinds)
    vocabulary = Vocabulary(reader.kinds, reader.techniques, frozenset(reader.removed))
    return SiteVocabulary(vocabulary, tuple(reader.words.items()), tuple(reader.mistakes))


class _VocabularyReader:
    def __init__(self) -> None:
        start = with_packs(())
        self.kinds: dict[str, Kind] = dict(start.kinds)
        self.techniques = start.techniques
        self.removed: list[str] = []
        self.words: dict[str, str] = {}
        self.mistakes = Mistakes()

    def take_packs(self, packs: Any) -> None:
        named = [] if packs is None or packs is False else packs
        if isinstance(named, str):
            named = [named]
        if not isinstance(named, (list, tuple)):
            hint = f"write a list: `packs: [{next(iter(PACKS))}]`"
            self.mistakes.reject("packs", "`packs` is not a list of names", hint)
            return
        known = []
        for name in map(value_text, named):
            if name in PACKS:
                known.append(name)
                continue
            hint = did_you_mean(name, PACKS) or f"the packs are {', '.join(PACKS)}"
            self.mistakes.reject("packs", f"there is no pack `{shown(name)}`", hint, name)
        made = with_packs(known)
        self.kinds, self.techniques = dict(made.kinds), made.techniques

    def take_kinds(self, kinds: Any) -> None:
        if kinds is None:
            return
        if not isinstance(kinds, Mapping):
            hint = "write `kinds:`, and below it `opinion: {label: View}`"
            self.mistakes.reject("kinds", "`kinds` has no entries", hint)
            return
        for id_, entry in kinds.items():
            self.take_kind(id_, entry)

    def take_kind(self, id_: Any, entry: Any) -> None:
        if not isinstance(id_, str) or not re.fullmatch(KIND_PATTERN, id_):
            name = value_text(id_)
            message = f"`kinds` has “{shown(name)}”, which can't be a kind"
            hint = "begin its id with a letter; small letters, digits and hyphens may follow"
            if not isinstance(id_, str):
                hint += "; YAML does not read this one as text"
            self.mistakes.reject("kinds", message, hint, name)
            return
        switch = switch_of(entry)
        if switch is False:
            self.remove(id_)
        elif isinstance(entry, Mapping):
            self.change(id_, entry)
        elif switch is None or id_ not in self.kinds:
            hint = "write `false` to remove it"
            if id_ not in self.kinds:
                hint = f"write `{id_}: {{label: …, definition: …, group: …}}`"
            elif isinstance(entry, str) and entry.strip():
                hint = f"write `{id_}: {{label: {shown(entry)}}}`"
            self.mistakes.reject("kinds", f"`kinds.{id_}` has no entries", hint, id_)

    def remove(self, id_: str) -> None:
        if self.kinds.pop(id_, None) is None:
            self.mistakes.reject(
                "kinds", f"there is no kind `{shown(id_)}` to remove", self.hint_for(id_), id_
            )
        else:
            self.removed.append(id_)

    def hint_for(self, id_: str) -> str:
        """Return a hint for a kind that does not exist."""
        for name, pack in PACKS.items():
            if any(kind.id == id_ for kind in pack.kinds):
                return f"it belongs to the pack `{name}`"
        return did_you_mean(id_, self.kinds) or f"the kinds are {', '.join(self.kinds)}"

    def change(self, id_: str, entry: Mapping[Any, Any]) -> None:
        """Change a kind as its entry says, or add one, which needs label, definition and group."""
        sound = {}
        for key, value in zip(map(value_text, entry), entry.values(), strict=True):
            text = self.sound(id_, key, value)
            if text is not None:
                sound[key] = text
        kind = self.kinds.get(id_)
        if kind is None:
            missing = [key for key in _KIND_NEEDED if key not in entry]
            if missing:
                hint = did_you_mean(id_, self.kinds) or "add them for your readers"
                if any(id_ == kind.id for pack in PACKS.values() for kind in pack.kinds):
                    hint = f"{self.hint_for(id_)}: name that in `packs`"
                needs = _listed(missing)
                self.mistakes.reject(
                    "kinds", f"the kind `{id_}` is new, and has no {needs}", hint, id_
                )
            if any(key not in sound for key in _KIND_NEEDED):
                return
            kind = Kind(id_, Group(sound["group"]))
        self.kinds[id_] = replace(
            kind,
            group=Group(sound.get("group", kind.group.value)),
            motivation=sound.get("motivation", kind.motivation),
            own_iri=sound.get("iri", kind.own_iri),
        )
        self.words |= {f"kinds.{id_}.{key}": sound[key] for key in _KIND_WORDS if key in sound}

    def sound(self, id_: str, key: str, value: Any) -> str | None:
        """Return the text of a key of a kind; None for one that can't be used, and is rejected."""
        name, path = f"`kinds.{id_}.{key}`", (id_, key)
        if key not in _KIND_KEYS:
            hint = did_you_mean(key, _KIND_KEYS) or f"the keys are {', '.join(_KIND_KEYS)}"
            self.mistakes.reject("kinds", f"`kinds.{id_}` has no key `{shown(key)}`", hint, *path)
        elif not isinstance(value, str):
            message = f"{name} is empty" if value is None else f"{name} is no text"
            hint = "write text, in quotes where YAML reads it as something else"
            self.mistakes.reject("kinds", message, hint, *path)
        elif not value.strip() or len(value) > SHORT:
            hint = f"write up to {SHORT:,} characters"
            self.mistakes.reject("kinds", f"{name} is empty or too long", hint, *path)
        elif forbidden_character(value) is not None:
            character = character_name(str(forbidden_character(value)))
            message = f"{name} holds the invisible character {character}"
            self.mistakes.reject("kinds", message, "delete it", *path)
        else:
            return self.fitting(path, " ".join(value.split()))
        return None

    def fitting(self, path: tuple[str, str], text: str) -> str | None:
        """Return `text` if the key at the end of `path` may have this value; None if not."""
        key, name = path[1], f"`kinds.{'.'.join(path)}`"
        choices = {"group": _GROUPS, "motivation": MOTIVATIONS}.get(key, (text,))
        if text not in choices:
            hint = did_you_mean(text, choices) or f"choose one of {', '.join(choices)}"
            self.mistakes.reject("kinds", f"{name} can't be “{shown(text)}”", hint, *path)
            return None
        if key == "iri" and not _IRI.fullmatch(text):
            hint = "write a whole address, such as https://example.org/kinds/satire"
            self.mistakes.reject("kinds", f"{name} can't be “{shown(text)}”", hint, *path)
            return None
        return text


def _listed(keys: Iterable[str]) -> str:
    quoted = [f"`{key}`" for key in keys]
    return ", ".join(quoted[:-1]) + (" and " if len(quoted) > 1 else "") + quoted[-1]
