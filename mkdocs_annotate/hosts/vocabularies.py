"""The options `kinds` and `packs` to the vocabulary of a site, and its own words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from mkdocs_annotate.hosts.option_values import OptionProblem, switch_of
from mkdocs_annotate.model.characters import character_name, forbidden_character
from mkdocs_annotate.model.nearness import did_you_mean, nearest
from mkdocs_annotate.model.problems import shown
from mkdocs_annotate.model.vocabulary import MOTIVATIONS, PACKS, Group, Kind, Vocabulary, with_packs
from mkdocs_annotate.rendering.translations import OwnWords
from mkdocs_annotate.sidecar.format import KIND_PATTERN, SHORT

_WORDS = ("label", "definition", "word")
_KEYS = (*_WORDS, "group", "motivation", "iri")
_NEEDED = ("label", "definition", "group")
_GROUPS = tuple(group.value for group in Group)
# RFC 3987 in outline: a scheme, and no spaces.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True)
class SiteVocabulary:
    """The kinds of a site, the words that it has changed, and what is wrong with its options."""

    vocabulary: Vocabulary
    words: OwnWords
    faults: tuple[OptionProblem, ...]


@dataclass(frozen=True)
class _Given:
    """The options as they came; they are lists and entries, and compared as they are written."""

    written: str
    kinds: Any = field(compare=False)
    packs: Any = field(compare=False)


def site_vocabulary(kinds: Any, packs: Any) -> SiteVocabulary:
    """Return the vocabulary that the options `kinds` and `packs` make.

    What can't be used is left out, and told.  Never raises.  Cost: once for a site; hosts read
    the options again for every page.
    """
    return _read(_Given(repr((kinds, packs)), kinds, packs))


@lru_cache(maxsize=8)
def _read(given: _Given) -> SiteVocabulary:
    reader = _Reader()
    reader.take_packs(given.packs)
    reader.take_kinds(given.kinds)
    vocabulary = Vocabulary(reader.kinds, reader.techniques, frozenset(reader.removed))
    return SiteVocabulary(vocabulary, tuple(reader.words.items()), tuple(reader.faults))


class _Reader:
    def __init__(self) -> None:
        start = with_packs(())
        self.kinds: dict[str, Kind] = dict(start.kinds)
        self.techniques = start.techniques
        self.removed: list[str] = []
        self.words: dict[str, str] = {}
        self.faults: list[OptionProblem] = []

    def tell(self, option: str, message: str, hint: str, *path: str) -> None:
        self.faults.append(OptionProblem(option, message, hint, path))

    def take_packs(self, packs: Any) -> None:
        named = [] if packs is None or packs is False else packs
        if isinstance(named, str):
            named = [named]
        if not isinstance(named, (list, tuple)):
            hint = f"write a list: `packs: [{next(iter(PACKS))}]`"
            self.tell("packs", "`packs` is no list of names", hint)
            return
        known = []
        for name in named:
            if isinstance(name, str) and name in PACKS:
                known.append(name)
                continue
            hint = did_you_mean(str(name), PACKS) or f"the packs are {', '.join(PACKS)}"
            self.tell("packs", f"there is no pack `{shown(str(name))}`", hint, str(name))
        made = with_packs(known)
        self.kinds, self.techniques = dict(made.kinds), made.techniques

    def take_kinds(self, kinds: Any) -> None:
        if kinds is None:
            return
        if not isinstance(kinds, Mapping):
            hint = "write `kinds:`, and below it `opinion: {label: View}`"
            self.tell("kinds", "`kinds` has no entries", hint)
            return
        for id_, entry in kinds.items():
            self.take_kind(id_, entry)

    def take_kind(self, id_: Any, entry: Any) -> None:
        if not isinstance(id_, str) or not re.fullmatch(KIND_PATTERN, id_):
            message = f"`kinds` has “{shown(str(id_))}”, which can't be a kind"
            hint = "begin its id with a letter; small letters, digits and hyphens may follow"
            if not isinstance(id_, str):
                hint += "; YAML takes this one for no text"
            self.tell("kinds", message, hint, str(id_))
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
            self.tell("kinds", f"`kinds.{id_}` has no entries", hint, id_)

    def remove(self, id_: str) -> None:
        if self.kinds.pop(id_, None) is None:
            self.tell(
                "kinds", f"there is no kind `{shown(id_)}` to remove", self.hint_for(id_), id_
            )
        else:
            self.removed.append(id_)

    def hint_for(self, id_: str) -> str:
        """Return what was probably meant by a kind that isn't there."""
        for name, pack in PACKS.items():
            if any(kind.id == id_ for kind in pack.kinds):
                return f"it is of the pack `{name}`"
        return did_you_mean(id_, self.kinds) or f"the kinds are {', '.join(self.kinds)}"

    def change(self, id_: str, entry: Mapping[Any, Any]) -> None:
        """Give a kind what an entry says; a new one needs label, definition and group."""
        sound = {}
        for key, value in entry.items():
            text = self.sound(id_, key, value)
            if text is not None:
                sound[key] = text
        kind = self.kinds.get(id_)
        if kind is None:
            missing = [key for key in _NEEDED if key not in entry]
            if missing:
                near = nearest(id_, self.kinds)
                hint = f"did you mean `{near}`?" if near else "add what readers are to be told"
                if any(id_ == kind.id for pack in PACKS.values() for kind in pack.kinds):
                    hint = f"{self.hint_for(id_)}: name that in `packs`"
                needs = _listed(missing)
                self.tell("kinds", f"the kind `{id_}` is new, and has no {needs}", hint, id_)
            if any(key not in sound for key in _NEEDED):
                return
            kind = Kind(id_, Group(sound["group"]))
        self.kinds[id_] = replace(
            kind,
            group=Group(sound.get("group", kind.group.value)),
            motivation=sound.get("motivation", kind.motivation),
            own_iri=sound.get("iri", kind.own_iri),
        )
        self.words |= {f"kinds.{id_}.{key}": sound[key] for key in _WORDS if key in sound}

    def sound(self, id_: str, key: Any, value: Any) -> str | None:
        """Return the text of a key of a kind; None for one that can't be used, which is told."""
        name, path = f"`kinds.{id_}.{key}`", (id_, str(key))
        if key not in _KEYS:
            hint = did_you_mean(str(key), _KEYS) or f"the keys are {', '.join(_KEYS)}"
            self.tell("kinds", f"`kinds.{id_}` has no key `{shown(str(key))}`", hint, *path)
        elif not isinstance(value, str):
            message = f"{name} is empty" if value is None else f"{name} is no text"
            hint = "write a text, in quotes where YAML takes it for another"
            self.tell("kinds", message, hint, *path)
        elif not value.strip() or len(value) > SHORT:
            hint = f"write up to {SHORT:,} characters"
            self.tell("kinds", f"{name} is empty or too long", hint, *path)
        elif forbidden_character(value) is not None:
            character = character_name(str(forbidden_character(value)))
            message = f"{name} holds the invisible character {character}"
            self.tell("kinds", message, "delete it", *path)
        else:
            return self.fitting(path, " ".join(value.split()))
        return None

    def fitting(self, path: tuple[str, str], text: str) -> str | None:
        """Return `text` where it is one that the key at the end of `path` may have."""
        key, name = path[1], f"`kinds.{'.'.join(path)}`"
        choices = {"group": _GROUPS, "motivation": MOTIVATIONS}.get(key, (text,))
        if text not in choices:
            hint = did_you_mean(text, choices) or f"choose of {', '.join(choices)}"
            self.tell("kinds", f"{name} can't be “{shown(text)}”", hint, *path)
            return None
        if key == "iri" and not _IRI.fullmatch(text):
            hint = "write a whole address, such as https://example.org/kinds/satire"
            self.tell("kinds", f"{name} can't be “{shown(text)}”", hint, *path)
            return None
        return text


def _listed(keys: Iterable[str]) -> str:
    quoted = [f"`{key}`" for key in keys]
    return ", ".join(quoted[:-1]) + (" and " if len(quoted) > 1 else "") + quoted[-1]
