"""The pages that a preview keeps in memory, so that unchanged pages are not rendered again.

A page depends on its article and sidecar, on what all pages share, and on where its links lead.
Each of these is compared.  Nothing is written to disk, and a plain build keeps nothing.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.problems import Problem
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.rendering.note_content import Resolve
from mkdocs_annotate.rendering.page import RenderedPage
from mkdocs_annotate.rendering.site import Site
from mkdocs_annotate.sidecar.decoding import parse_sidecar


class _Kept(NamedTuple):
    """A page as it was rendered, and what it was made of."""

    equal: tuple[object, ...]
    """What must be equal."""

    same: tuple[object, ...]
    """What must be the same object, since comparing by value would ignore positions in files."""

    links: tuple[tuple[Link, str | None], ...]
    """The links that were asked for, and where they led."""

    page: RenderedPage


class KeptPages:
    """The pages of a preview, each as it was rendered last."""

    def __init__(self) -> None:
        self._sidecars: dict[str, tuple[str, tuple[Sidecar, list[Problem]]]] = {}
        self._pages: dict[Path, _Kept] = {}

    def parsed(self, text: str, file: str) -> tuple[Sidecar, list[Problem]]:
        """Return what `parse_sidecar` returns; for an unchanged text, the same sidecar object."""
        kept = self._sidecars.get(file)
        if kept is None or kept[0] != text:
            kept = self._sidecars[file] = (text, parse_sidecar(text, file))
        sidecar, problems = kept[1]
        return sidecar, list(problems)

    def rendered(
        self,
        article: Path,
        sidecar: Sidecar,
        site: Site,
        others: tuple[object, ...],
        resolve: Resolve,
        render: Callable[[Resolve], RenderedPage],
    ) -> RenderedPage:
        """Return the result of `render`, or its last one if all that it depends on is equal.

        `others` are what else it uses.  A site's own templates may use anything: then nothing is
        kept.
        """
        if site.templates.folders:
            return render(resolve)
        equal = (others, site.vocabulary, site.rules, site.people, site.indexes)
        same = (sidecar, site.wording, site.registry, site.templates)
        kept = self._pages.get(article)
        if kept is not None and _holds(kept, equal, same, resolve):
            return kept.page
        links: list[tuple[Link, str | None]] = []

        def noted(link: Link) -> str | None:
            address = resolve(link)
            links.append((link, address))
            return address

        page = render(noted)
        self._pages[article] = _Kept(equal, same, tuple(links), page)
        return page


def _holds(
    kept: _Kept, equal: tuple[object, ...], same: tuple[object, ...], resolve: Resolve
) -> bool:
    """Return whether a page is what would be made now."""
    return (
        all(one is other for one, other in zip(kept.same, same, strict=True))
        and kept.equal == equal
        and all(resolve(link) == address for link, address in kept.links)
    )
