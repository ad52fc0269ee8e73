"""An annotated page as search indexes it: the article's words, then its notes and sources."""

import re

from mkdocs_annotate.rendering.shown import without_listed
from mkdocs_annotate.rendering.splice import BEGIN, without_annotations

# Our notes hold no sections; in a template of a site's own the first end would count.
_LISTS = re.compile(r'<section class="ann-(?:notes|sources)".*?</section>', re.DOTALL)


def searchable(html: str, hidden: frozenset[str] = frozenset()) -> str:
    """Return `html`, a page with annotations, with nothing that would garble an index.

    Numbers and words of references would become part of the article's words.  The lists of notes
    and sources stand behind the article as sections of their own, so that they are found where
    they are; entries whose ids are `hidden` are left out.  Never raises.  Cost: linear.
    """
    article = without_annotations(html)
    lists = _LISTS.findall(html, max(html.rfind(BEGIN), 0))
    return article + without_listed("".join(lists), hidden) if lists else article
