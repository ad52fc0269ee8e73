"""Annotated passages: an excerpt of their words, and whose words they are; links to cited words.

Source of these links: WICG, URL Fragment Text Directives §3.3; `-`, `,` and `&` are its syntax.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote as percent_encoded

from mkdocs_annotate.model.messages import OMISSION
from mkdocs_annotate.model.sidecar import Annotation, Article
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.model.vocabulary import Kind
from mkdocs_annotate.rendering.translations import Wording

EXCERPT = 60
"""Longest excerpt of a passage in a list or a name, in characters."""


class Passage(NamedTuple):
    """An annotation with a place in the page."""

    annotation: Annotation
    key: str
    kind: Kind
    number: int
    """The number of its note; 0 without one."""

    excerpts: tuple[str, ...]
    """The words of each of its places, in one line."""

    who: str
    """Whose words they are, where the kind judges them."""

    extents: tuple[tuple[float, float], ...] = ()
    """Where each of its places begins and ends, as a share of the text."""


_LOOKED_AT = 2_000
"""How many characters of a passage are looked at for an excerpt: some may be blank."""


def excerpt_of(words: str) -> str:
    """Return `words` in one line, cut between words where they are long."""
    # A passage may be a whole article; its first words are all that is shown.
    long = len(words) > _LOOKED_AT
    words = " ".join(words[:_LOOKED_AT].split())
    if len(words) <= EXCERPT and not long:
        return words
    cut = words[:EXCERPT].rsplit(" ", 1)[0]
    return f"{cut} …"


def author_of(article: Article, sources: Mapping[str, Source], wording: Wording) -> str:
    """Return who speaks where nobody is quoted: the author of the annotated text."""
    source = sources.get(article.based_on)
    if source and source.author:
        return wording.listed(source.author)
    return (source and source.publisher) or wording("notes.author")


def unnamed_author(author: str, wording: Wording) -> str:
    """Return `author` where that is only the word for an author who is not named, else nothing."""
    return author if author == wording("notes.author") else ""


def judged_speaker(annotation: Annotation, kind: Kind, author: str) -> str:
    """Return whose words a passage is in, if its kind judges them; else an empty text.

    It is empty, too, where somebody is quoted who is not named.  Else `author` speaks.
    """
    if not kind.group.shows_word:
        return ""
    return annotation.speaker if annotation.voice == "quoted" else author


MOST_WORDS = 8
"""A passage of more than twice as many words is given by its first and last ones."""

_DIRECTIVE = ":~:"
# Words that an editor put in, such as `[the council]` for a `they`: the document has others there.
_PUT_IN = re.compile(r"\s*\[[^\[\]]{0,200}\]\s*")


def with_text_fragment(address: str, quote: str) -> str:
    """Return `address` with the one directive that scrolls a browser to `quote`.

    A directive that the address has is replaced.  What an editor left out (`…`) or put in (`[…]`)
    stands for anything: the words before the first and behind the last of them are given.
    """
    parts = [part.split() for part in _PUT_IN.split(OMISSION.sub(" [] ", quote)) if part.strip()]
    if not parts:
        return address
    plain = address.partition(_DIRECTIVE)[0]
    if len(parts) > 1 or len(parts[0]) > 2 * MOST_WORDS:
        ends = [parts[0][:MOST_WORDS], parts[-1][-MOST_WORDS:]]
    else:
        ends = parts
    text = ",".join(percent_encoded(" ".join(words), safe="").replace("-", "%2D") for words in ends)
    return f"{plain}{'' if '#' in plain else '#'}{_DIRECTIVE}text={text}"
