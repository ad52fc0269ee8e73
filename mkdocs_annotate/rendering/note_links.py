"""Where the links and images of one note lead, and what is wrong with them."""

from collections.abc import Callable
from html import escape

from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.links import Link, LinkKind, parse_link, unfound
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Problem, Rule

Resolve = Callable[[Link], str | None]
"""A link to a page or file of this site → its address as the page must write it, with `%20` for a
space and so on; None where the site has no such page."""


class NoteLinks:
    """Finds the addresses of one note good or bad, and keeps what is wrong with them."""

    def __init__(self, resolve: Resolve, position: Position) -> None:
        self._resolve = resolve
        self._position = position
        self.problems: list[Problem] = []

    def of_link(self, address: str) -> dict[str, str] | None:
        """Return the attributes of a link to `address`; None where there can't be one."""
        link = self._parsed(address)
        if not link:
            return None
        if link.kind is LinkKind.EXTERNAL:
            return {"href": escape(link.address), "rel": "noopener"}
        written = link.address if link.kind is LinkKind.MAIL else self._found(link)
        return None if written is None else {"href": escape(written)}

    def of_image(self, address: str) -> str | None:
        """Return the `src` of an image at `address`; None where there can't be one."""
        link = self._parsed(address)
        if not link:
            return None
        if link.kind is not LinkKind.SITE:
            self.report(
                f'the image "{shown(link.address)}" is not on this site',
                "put it beside the article, or link to it: another site would see who reads",
            )
            return None
        written = self._found(link)
        return None if written is None else escape(written)

    def report(self, message: str, cure: str, rule: Rule = Rule.BAD_LINK) -> None:
        """Keep one thing wrong, at the place of the note."""
        self.problems.append(Problem(self._position, rule, message, cure))

    def _parsed(self, address: str) -> Link | None:
        link = parse_link(address)
        if isinstance(link, Link):
            return link
        self.report(link.message, link.cure)
        return None

    def _found(self, link: Link) -> str | None:
        written = self._resolve(link)
        if written is None:
            self.report(
                f'the site has no "{shown(link.address)}"',
                unfound(link.address),
                Rule.DEAD_LINK,
            )
        return written
