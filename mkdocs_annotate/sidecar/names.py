"""Files that were meant as sidecars and have another name: told by their name, or their content.

Such a file is not read, since nobody can be sure of it; it is reported, and never published.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

_WORD = "annotations"

_LIKE = 0.8
"""Least similarity of a word to `annotations`: `anotation` has 0.9, `annotated` 0.7."""

_NAME = re.compile(
    r"(?P<stem>.+?)(?:\.(?:md|markdown))?(?P<sign>[._ -]*)(?P<word>[^\W\d_]{7,14})\.ya?ml"
    r"(?:\.txt|\.bak|\.orig|\.old|\.save|~)?",
    re.IGNORECASE,
)
_YAML = re.compile(r"(?P<stem>.+)\.ya?ml", re.IGNORECASE)

# A key in column 1, and below it or behind it entries with a quote.
_ENTRIES = re.compile(r"^(?:annotations|\"annotations\"|'annotations')[ \t]*:", re.MULTILINE)
_QUOTE = re.compile(r"(?:^[ \t]*(?:-[ \t]+)?|[{,][ \t]*)[\"']?quote[\"']?[ \t]*:", re.MULTILINE)

MOST_READ = 64 * 1024
"""How much of a file is looked at, in bytes: the first entries stand there."""


def intended_stem(name: str, suffix: str) -> str:
    """Return the stem of the article that a file's `name` was meant to name the sidecar of.

    Empty for a sidecar's right name, which ends in `suffix`, and for all that is not like one.
    The name of the article is in small or capital letters as in `name`.
    """
    if name.endswith(suffix) and not re.search(r"\.(?:md|markdown)$", name[: -len(suffix)]):
        return ""
    found = _NAME.fullmatch(name)
    if not found or not found["sign"]:
        return ""
    likeness = SequenceMatcher(None, found["word"].lower(), _WORD).ratio()
    return found["stem"] if likeness >= _LIKE else ""


def is_yaml(name: str) -> bool:
    """Return whether a file is YAML by its name."""
    return _YAML.fullmatch(name) is not None


def says_annotations(text: str) -> bool:
    """Return whether a YAML `text` says what a sidecar says: annotations with quotes.

    It need not be free of mistakes.  Never raises.  Cost: linear.
    """
    found = _ENTRIES.search(text)
    return found is not None and _QUOTE.search(text, found.end()) is not None


def by_stem(names: Iterable[str], suffix: str) -> dict[str, list[str]]:
    """Return those of the `names` in a folder that may be meant for an article, by its stem.

    The stem is in small letters.  First come those like `stem.annotations.yml`, and then the YAML
    that is called as the article is, of which only the content tells.  Cost: linear.
    """
    near: dict[str, list[str]] = {}
    plain: dict[str, list[str]] = {}
    for name in names:
        stem = intended_stem(name, suffix)
        if not stem and name.endswith(suffix):
            stem = name.removesuffix(suffix)
        found = _YAML.fullmatch(name)
        if stem:
            near.setdefault(stem.casefold(), []).append(name)
        elif found:
            plain.setdefault(found["stem"].casefold(), []).append(name)
    return {stem: near.get(stem, []) + plain.get(stem, []) for stem in {*near, *plain}}
