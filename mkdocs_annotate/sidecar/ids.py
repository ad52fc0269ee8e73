"""Ids of annotations: made of their quotes, and the same wherever an entry is moved to."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from mkdocs_annotate.model.sidecar import Annotation

_SLUG_LENGTH = 48
"""Longest default id: an address that fits a line."""


def with_ids(annotations: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """Return `annotations`, those without an id with one made of their quote.

    Where quotes alone would give the same id, a digest of what tells the entries apart is added,
    so that ids stay when entries are moved about.
    """
    annotations = list(annotations)
    slugs = [annotation.id or slug_of(annotation.quote.exact) for annotation in annotations]
    often = Counter(slugs)
    used = {annotation.id for annotation in annotations if annotation.id}
    next_numbers = dict[str, int]()
    result = []
    for annotation, slug in zip(annotations, slugs, strict=True):
        if not annotation.id:
            if often[slug] > 1:
                told_apart = repr((annotation.quote, annotation.kind))
                slug += "-" + hashlib.sha256(told_apart.encode()).hexdigest()[:4]
            base = slug
            # Where to go on counting: thousands of equal quotes would each begin at 2.
            number = next_numbers.get(base, 2)
            while slug in used:
                slug = f"{base}-{number}"
                number += 1
            next_numbers[base] = number
            used.add(slug)
        result.append(replace(annotation, id=slug))
    return tuple(result)


def slug_of(quote: str) -> str:
    """Return the id made of the words of `quote`: ASCII letters and digits, or a digest of it."""
    plain = unicodedata.normalize("NFKD", quote).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    slug = "-".join(words)
    if len(slug) > _SLUG_LENGTH:
        cut = slug[: _SLUG_LENGTH + 1]
        slug = cut[: cut.rfind("-")] if "-" in cut else slug[:_SLUG_LENGTH]
    return slug or "q-" + hashlib.sha256(quote.encode("utf-8", "replace")).hexdigest()[:8]
