"""An annotated page as search indexes it: the article's words, then its notes and sources."""

import re

from mkdocs_annotate.rendering.splice import BEGIN, without_annotations

# Our notes hold no sections; in a template of a site's own the first end would count.
_LISTS = re.compile(r'<section class="ann-(?:notes|sources)".*?</section>', re.DOTALL)

# What our templates leave out of search holds no element of its own name.
_EXCLUDED = re.compile(r"<(\w+) [^>]*\bdata-search-exclude\b.*?</\1>", re.DOTALL)


def searchable(html: str) -> str:
    """Return `html`, a page with annotations, with nothing that would garble an index.

    Numbers and words of references would become part of the article's words.  The lists of notes
    and sources stand behind the article as sections of their own, so that they are found where
    they are.  Never raises.  Cost: linear.
    """
    article = without_annotations(html)
    lists = _LISTS.findall(html, max(html.rfind(BEGIN), 0))
    return article + _EXCLUDED.sub("", "".join(lists))
