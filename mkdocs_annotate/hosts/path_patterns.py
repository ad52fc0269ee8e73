"""Patterns of paths as in `.gitignore`, which options such as `exclude_docs` have a line each.

MkDocs has a library for them, and Zensical reads them itself.
"""

import re
from functools import lru_cache
from typing import Any

_PARTS = {"**/": "(?:.*/)?", "/**": "/.*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_SIGN = re.compile(r"\*\*/|/\*\*(?=$)|\*\*|\*|\?|\[[^\]/]*\]|.")


def patterns_in(*values: Any) -> str:
    """Return what several options say together, a pattern a line; other than text is nothing."""
    return "\n".join(value for value in values if isinstance(value, str))


def is_matched(path: str, patterns: str) -> bool:
    """Return whether the last of `patterns` that is about `path` takes it in.

    Paths begin in the folder of all articles.  A pattern without a slash is about a name in any
    folder, one that ends with a slash about all in a folder, and `!` lets out again.
    Source: https://git-scm.com/docs/gitignore.  Never raises.
    """
    matched = False
    for line in patterns.splitlines():
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        lets_out = pattern.startswith("!")
        if _compiled(pattern.removeprefix("!")).fullmatch(path):
            matched = not lets_out
    return matched


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    folder = pattern.endswith("/")
    inner = pattern.rstrip("/")
    # A slash at the beginning or in the middle ties a pattern to the folder of all articles.
    anywhere = "" if "/" in inner else "(?:.*/)?"
    expression = "".join(map(_part, _SIGN.findall(inner.removeprefix("/"))))
    below = "/.*" if folder else "(?:/.*)?"
    return re.compile(f"{anywhere}{expression}{below}", re.DOTALL)


def _part(sign: str) -> str:
    if len(sign) > 2 and sign.startswith("[") and sign not in _PARTS:
        inside = sign[1:-1].replace("\\", r"\\").replace("[", r"\[")
        return f"[^{inside[1:]}]" if inside.startswith("!") and inside[1:] else _set(inside)
    return _PARTS.get(sign) or re.escape(sign)


def _set(inside: str) -> str:
    try:
        re.compile(f"[{inside}]")
    except re.error:
        return re.escape(f"[{inside}]")
    return f"[{inside}]"
