"""What a page was made of, left on the host's page for whoever renders it again."""

from typing import Any, NamedTuple

from mkdocs_annotate.hosts.page_lookup import HostPage

_LEFT = "_annotate_made_of"


class MadeOf(NamedTuple):
    """An article as its host converted it: what is known of its page, and its Markdown."""

    page: HostPage
    source: str


def remember(page: HostPage, source: str) -> None:
    """Leave what `page` is made of on the host's page, if there is one."""
    if page.page is not None:
        vars(page.page)[_LEFT] = MadeOf(page, source)


def made_of(page: Any) -> MadeOf | None:
    """Return what a host's `page` is made of, and take it from there; None where nobody said."""
    found: MadeOf | None = vars(page).pop(_LEFT, None)
    return found
