"""Indexes in the pages of a built site, behind the comments that ask for them."""

import posixpath
import sys
from dataclasses import replace
from urllib.parse import quote, unquote, urlsplit

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.hosts.html_sites import HtmlSite
from mkdocs_annotate.hosts.sites import registry_of, site_of
from mkdocs_annotate.model.links import Link, LinkKind
from mkdocs_annotate.model.problems import Problem
from mkdocs_annotate.rendering.filled_markers import filled, marker_problem
from mkdocs_annotate.rendering.index_sections import CataloguedPage
from mkdocs_annotate.rendering.indexes import Index, PageAddress


class IndexedPage:
    """A page with indexes behind the comments that ask for them."""

    def __init__(self, site: HtmlSite, uri: str, text: str) -> None:
        self.site, self.uri, self.text = site, uri, text
        self.problems: list[Problem] = []
        self.count = 0

    def html(self, catalogue: list[CataloguedPage]) -> str:
        """Return the page; comments with a mistake are told, and stay alone."""
        settings = self.site.settings
        document = self.site.document(self.text)
        registry, _ = registry_of(settings.folder, settings.options)
        shared = site_of(settings.options, settings.folder, registry, document.language)
        place = self._place()

        def shown(index: Index, before: str) -> str:
            self.count += 1
            return index.marker.text + index.page(0, [place]).html

        result = filled(self.text, catalogue, shared, shown, sys.maxsize)
        name = display_path(settings.site / self.uri)
        self.problems += [marker_problem(one, name, self.text) for one in result.mistaken]
        self.problems += result.problems
        head = self.site.head(self.uri, index=True)
        if not self.count or head in result.html:
            return result.html
        return f"{result.html[: document.head]}{head}{result.html[document.head :]}"

    def _place(self) -> PageAddress:
        page = self.site.page(self.uri)

        def href(uri: str) -> str:
            path, sign, fragment = uri.partition("#")
            link = Link(f"/{quote(path)}{sign}{fragment}", LinkKind.SITE, rooted=True)
            return page.resolve(link) or uri

        def resolve(link: Link, uri: str) -> str | None:
            parts = urlsplit(link.address)
            if parts.path.startswith("/"):
                return page.resolve(link)
            folder = "" if link.rooted else self.site.page(uri).origin
            target = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
            typed = parts._replace(path=quote(f"/{target}")).geturl()
            return page.resolve(replace(link, address=typed, rooted=True))

        return PageAddress(self.uri, href, resolve)
