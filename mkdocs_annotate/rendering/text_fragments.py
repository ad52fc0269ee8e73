"""Links that open a document at some words: `#:~:text=`.

Source: WICG, URL Fragment Text Directives §3.3; `-`, `,` and `&` are its syntax.
"""

import re
from urllib.parse import quote as percent_encoded

from mkdocs_annotate.model.characters import OMISSION

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
