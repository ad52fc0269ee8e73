"""The `options` of a case that are those of a whole site."""

from typing import Any

from mkdocs_annotate.model.links import Link, parse_link
from mkdocs_annotate.model.sources import Person
from mkdocs_annotate.model.vocabulary import with_packs
from mkdocs_annotate.rendering.site import Site
from mkdocs_annotate.rendering.translations import wording_of


def site_of(options: dict[str, Any]) -> Site:
    """Return the settings that `options` say: language, words, packs, people and indexes."""
    left = dict(options)
    language = left.pop("language", "en")
    words = tuple((left.pop("words", None) or {}).items())
    site = Site(
        wording=wording_of(language, left.pop("page language", language), words),
        vocabulary=with_packs(left.pop("packs", None) or []),
        people={
            name: Person(person["name"], person.get("role", ""), _link(person.get("url")))
            for name, person in (left.pop("people", None) or {}).items()
        },
        indexes={name: _link(link) for name, link in (left.pop("indexes", None) or {}).items()},
    )
    assert not left, f"unknown options: {sorted(left)}"
    return site


def _link(address: str | None) -> Link | None:
    return parse_link(address) if address else None
