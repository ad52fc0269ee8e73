"""An annotated page as search indexes it: the article's words, then its notes and sources."""

import re

from mkdocs_annotate.rendering.shown import without_listed
from mkdocs_annotate.rendering.splice import BEGIN, without_annotations

# Our notes hold no sections; in a template of a site's own the first end would count.
_LIST = re.compile(r'<section class="ann-(?:notes|sources)"')
_END = "</section>"


def searchable(html: str, hidden: frozenset[str] = frozenset()) -> str:
    """Return `html`, a page with annotations, with nothing that would garble an index.

    Numbers and words of references would become part of the article's words.  The lists of notes
    and sources stand behind the article as sections of their own, so that they are found where
    they are; entries whose ids are `hidden` are left out.  Never raises.  Cost: linear.
    """
    article = without_annotations(html)
    return article + "".join(lists_of_page(html, hidden))


def lists_of_page(html: str, hidden: frozenset[str] = frozenset()) -> list[str]:
    """Return the lists of notes and sources of a page as search indexes them, each a section.

    Entries whose ids are `hidden` are left out.  Without its end there is no list.  Never raises.
    Cost: linear.
    """
    found: list[str] = []
    start = max(html.rfind(BEGIN), 0)
    while begin := _LIST.search(html, start):
        start = html.find(_END, begin.end()) + len(_END)
        if start < len(_END):
            break
        found.append(without_listed(html[begin.start() : start], hidden))
    return found
