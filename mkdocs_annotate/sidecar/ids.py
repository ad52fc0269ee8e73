"""Ids of annotations: made of their quotes, and the same wherever an entry is moved to."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from mkdocs_annotate.model.sidecar import Quote

_SLUG_LENGTH = 48
"""Longest default id: an address that fits a line."""

_WORD = re.compile("[a-z0-9]+")


def ids_of(entries: Sequence[tuple[str, Quote, str]]) -> list[str]:
    """Return the id of each entry: the one that it has, or one made of its quote.

    An entry is its own id or nothing, its quote, and its kind.  Where quotes alone would give the
    same id, a digest of what tells the entries apart is added, so that ids stay when entries are
    moved about.
    """
    slugs = [own or slug_of(quote.exact) for own, quote, _ in entries]
    often = Counter(slugs)
    used = {own for own, _, _ in entries if own}
    next_numbers = dict[str, int]()
    ids = []
    for (own, quote, kind), slug in zip(entries, slugs, strict=True):
        if not own:
            if often[slug] > 1:
                slug += "-" + hashlib.sha256(repr((quote, kind)).encode()).hexdigest()[:4]
            base = slug
            # Where to go on counting: thousands of equal quotes would each begin at 2.
            number = next_numbers.get(base, 2)
            while slug in used:
                slug = f"{base}-{number}"
                number += 1
            next_numbers[base] = number
            used.add(slug)
        ids.append(slug)
    return ids


def slug_of(quote: str) -> str:
    """Return the id made of the words of `quote`: ASCII letters and digits, or a digest of it."""
    plain = quote
    if not quote.isascii():
        plain = unicodedata.normalize("NFKD", quote).encode("ascii", "ignore").decode()
    slug = "-".join(_WORD.findall(plain.lower().replace("'", "")))
    if len(slug) > _SLUG_LENGTH:
        cut = slug[: _SLUG_LENGTH + 1]
        slug = cut[: cut.rfind("-")] if "-" in cut else slug[:_SLUG_LENGTH]
    return slug or "q-" + hashlib.sha256(quote.encode("utf-8", "replace")).hexdigest()[:8]
