"""Who writes the annotations of a site."""

from dataclasses import dataclass

from mkdocs_annotate.model.links import Link


@dataclass(frozen=True)
class Person:
    """Somebody whom annotations name by initials, or by another short name."""

    name: str
    """The name that readers see."""

    role: str = ""
    """What the person does: fact-checker, editor."""

    url: Link | None = None
    """Where a reader learns more; a page of the site is given from its root."""
