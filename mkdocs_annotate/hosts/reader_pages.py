"""Which form of an annotated page other plugins of MkDocs are shown, and when.

| while | who looks at | sees |
|---|---|---|
| `on_page_content` | `page.content`: feeds | article, numbers, notes and sources; whole addresses |
| `on_page_content` | `html`: books, encryption | the same; links that stay in the page |
| afterwards | either | the page of the site |

All of it is made of what plugins hand on, so that what they change stays changed.
"""

from hashlib import blake2b
from typing import Any
from urllib.parse import urljoin

from mkdocs_annotate.hosts.page_lookup import HostPage
from mkdocs_annotate.hosts.site_files import is_unlisted
from mkdocs_annotate.rendering.page import RenderedPage
from mkdocs_annotate.rendering.reader_form import Furniture, reader_form

_FURNITURE = "_annotate_furniture"
_UNLISTED = "_annotate_unlisted"


def shown_to_plugins(article: str, html: str, page: HostPage, result: RenderedPage) -> str:
    """Return `html`, made of `article`, in the form that it has until all plugins have seen it.

    Where our plugin is not there to make the page of it, it is the page.  Of a page that its
    author lists nowhere feeds get the article alone.
    """
    if not page.plugin or page.relpath is None:
        return html

    uri = page.relpath.file.src_uri
    prefix = id_prefix(uri)

    def whole(address: str) -> str:
        if page.address:
            return urljoin(page.address, address)
        return address.replace("#ann-", f"#{prefix}ann-") if address[0] == "#" else address

    made = reader_form(html, result.lists, prefix, whole)
    if made is None:
        return html
    form, vars(page.page)[_FURNITURE] = made
    if is_unlisted(page.relpath.file, page.relpath.config):
        vars(page.page)[_UNLISTED] = (article, form)
        return article
    return form


def id_prefix(uri: str) -> str:
    """Return what our ids of the page at `uri` begin with, where other pages may be beside it."""
    return f"in-{blake2b(uri.encode(), digest_size=4).hexdigest()}-"


def unlisted_form(page: Any, html: str) -> str:
    """Return the annotated form of a page of which feeds had the article alone; else `html`.

    An article that was changed in the meantime stays as it is, without annotations.
    """
    article, form = vars(page).pop(_UNLISTED, ("", ""))
    return form if form and html == article else html


def furniture_of(page: Any) -> Furniture | None:
    """Return what makes the page of the site of the form that a host's `page` has; None if it has.

    It is kept until `forget_furniture`.
    """
    furniture: Furniture | None = vars(page).get(_FURNITURE)
    return furniture


def forget_furniture(page: Any) -> None:
    """Let go of it."""
    vars(page).pop(_FURNITURE, None)
