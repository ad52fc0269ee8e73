"""The known word that a mistyped one was meant to be."""

import difflib
from collections.abc import Iterable

_LIKE = 0.6
"""Least similarity of a proposal: `noet` and `note` have 0.75, `colour` and `locator` 0.46."""

_LEAD = 0.1
"""How much nearer than the next one a word must be: a wrong hint is worse than none."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the one of `known` that is clearly nearest to `word`; None if there is none.

    Letters count alike in both cases; `-` and `_` don't count.  Cost: 2 µs for a word that is not
    near, 50 µs for one that is.
    """
    matcher = difflib.SequenceMatcher()
    matcher.set_seq2(_folded(word))
    scored = []
    for other in known:
        matcher.set_seq1(_folded(other))
        # The quicker ones are upper bounds.
        if matcher.real_quick_ratio() >= _LIKE and matcher.quick_ratio() >= _LIKE:
            scored.append((matcher.ratio(), other))
    scored.sort(reverse=True)
    if not scored or scored[0][0] < _LIKE:
        return None
    best, first = scored[0]
    rivals = [other for score, other in scored if best - score < _LEAD]
    if len(rivals) == 1 or best == 1:
        return first
    # Hardly anybody mistypes the first letter: `kid` is `kind`, and not `id`.
    alike = [other for other in rivals if _folded(other)[:1] == _folded(word)[:1]]
    return alike[0] if len(alike) == 1 else None


def _folded(word: str) -> str:
    return word[:100].casefold().replace("_", "").replace("-", "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the sentence that proposes the nearest of `known`; nothing if none is near."""
    near = nearest(word, known)
    return f"did you mean `{near}`?" if near else ""
