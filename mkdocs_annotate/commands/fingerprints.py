"""What a problem is known by when the lines around it have moved."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

from mkdocs_annotate.model.problems import Problem

_QUOTED = re.compile('“.*?”|`.*?`|".*?"')
_NUMBER = re.compile(r"\d+")


def fingerprints(problems: Sequence[Problem]) -> list[str]:
    """Return a fingerprint for each of `problems`, which are in the order of their files.

    It is made of the file, the rule and the words that the message quotes: not of line numbers,
    nor of how often something stands where, nor of our own wording.  Where several are alike, the
    second ends in `-2`, and so on.
    """
    met = Counter[str]()
    found = []
    for problem in problems:
        known = _hash(problem)
        met[known] += 1
        found.append(known if met[known] == 1 else f"{known}-{met[known]}")
    return found


def _hash(problem: Problem) -> str:
    words = _QUOTED.findall(problem.message) or [_NUMBER.sub("", problem.message)]
    parts = [problem.position.file, problem.rule.value, *words]
    # No message holds a line feed: two lists can't be joined to the same text.
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
