"""The option `people`: who is behind the initials that annotations are signed with."""

from collections.abc import Mapping
from typing import Any

from mkdocs_annotate.hosts.faults import Fault
from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.links import Link, LinkKind, Refusal, parse_link
from mkdocs_annotate.model.nearness import did_you_mean
from mkdocs_annotate.model.people import Person

_KEYS = ("name", "role", "url")
_SHAPE = "write `AB: {name: Ada Brook, role: fact-checker, url: /staff/ab/}`"


def parse_people(value: Any) -> tuple[dict[str, Person], list[Fault]]:
    """Return the people by the initials they sign with, and what is wrong with others.

    A text is a name alone.  Never raises.
    """
    if value is None or value is False:
        return {}, []
    if not isinstance(value, Mapping):
        return {}, [Fault("people", "`people` is no table of people", f"below it {_SHAPE}")]
    people: dict[str, Person] = {}
    faults: list[Fault] = []
    for key, entry in value.items():
        if isinstance(key, bool) or not isinstance(key, (str, int)):
            message = f"a key of `people` is no text but {str(key).lower()} to YAML"
            faults.append(
                Fault("people", message, "put quotation marks around the initials", (str(key),))
            )
            continue
        person = _person(str(key), entry, faults)
        if person is not None:
            people[str(key)] = person
    return people, faults


def _person(key: str, entry: Any, faults: list[Fault]) -> Person | None:
    """Return the person; None without a name.  What is wrong is added to `faults`."""
    where = f"`{shown(key)}` in `people`"
    if isinstance(entry, str):
        entry = {"name": entry}
    if not isinstance(entry, Mapping):
        faults.append(Fault("people", f"{where} is neither a name nor a table", _SHAPE, (key,)))
        return None
    texts: dict[str, str] = {}
    for name, text in entry.items():
        if name not in _KEYS:
            cure = did_you_mean(str(name), _KEYS) or f"the keys are {', '.join(_KEYS)}"
            faults.append(
                Fault("people", f"{where} has no key `{shown(str(name))}`", cure, (key, str(name)))
            )
        elif isinstance(text, str):
            texts[name] = " ".join(text.split())
        elif text is not None:
            faults.append(
                Fault(
                    "people",
                    f"{where} has a `{name}` that is no text",
                    "write a text",
                    (key, str(name)),
                )
            )
    if not texts.get("name"):
        faults.append(Fault("people", f"{where} has no name", _SHAPE, (key,)))
        return None
    return Person(texts["name"], texts.get("role", ""), _link(key, texts.get("url"), faults))


def _link(key: str, text: str | None, faults: list[Fault]) -> Link | None:
    """Return the link; a page of the site is named from its root, whoever's note links to it."""
    if not text:
        return None
    where = f"`{shown(key)}` in `people`"
    link = parse_link(text)
    if isinstance(link, Refusal):
        faults.append(Fault("people", f"{where}: {link.message}", link.cure, (key, "url")))
        return None
    if link.kind is LinkKind.SITE:
        sign = "" if link.address.startswith("/") else "/"
        return Link(f"{sign}{link.address}", LinkKind.SITE, rooted=True)
    return link
