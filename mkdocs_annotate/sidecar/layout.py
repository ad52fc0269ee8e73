"""Values as YAML text: what stands as it is, what in quotation marks, and what as a block."""

import json
import re
from collections import abc
from typing import Any, TypeAlias

Fields: TypeAlias = abc.Mapping[str, "str | list[str] | list[dict[str, str]]"]
"""What an entry holds, by key: texts, lists of texts, lists of entries."""

PLAIN = re.compile(r"[^\W_](?:[^\n:#]|:(?! |$)|(?<! )#)*(?<![ :])")
"""Texts that need no quotation marks."""

# Lines that a block keeps as they are: none is indented, none ends in a blank.
_BLOCK = re.compile(r"(?:[^\s](?:[^\n\r]*[^\s])?)(?:\n+[^\s](?:[^\n\r]*[^\s])?)*")
_ESCAPED = re.compile("[\x7f-\xa0\u2028\u2029\ufeff\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]")


def entry_lines(fields: Fields, indent: str, newline: str) -> str:
    """Return an entry of a list, from its `-` on, at `indent`."""
    first, *further = field_lines(fields)
    lines = [f"{indent}- {first}", *(f"{indent}  {line}" if line else "" for line in further)]
    return newline.join(lines)


def field_lines(fields: Fields, *, flow: bool = False) -> list[str]:
    """Return the lines of an entry: a list below its key, a text of several lines as a block."""
    lines: list[str] = []
    for key, value in fields.items():
        if flow:
            plain = isinstance(value, str) and not re.search(r"[\[\]{},]", value)
            lines.append(f"{key}: {scalar(str(value)) if plain else double_quoted(value)}")
        elif isinstance(value, list):
            lines.append(f"{key}:")
            for item in value:
                if isinstance(item, str):
                    lines.append(f"  - {scalar(item)}")
                else:
                    lines += entry_lines(item, "  ", "\n").split("\n")
        elif "\n" in value and _BLOCK.fullmatch(value) and not _ESCAPED.search(value):
            lines += [f"{key}: |-", *(f"  {line}" if line else "" for line in value.split("\n"))]
        else:
            lines.append(f"{key}: {scalar(value)}")
    return lines


def scalar(value: str) -> str:
    """Return `value` as it stands where that is sure to be read so, else in double quotes."""
    if PLAIN.fullmatch(value) and len(value) < 90 and not _ESCAPED.search(value):
        return value
    return double_quoted(value)


def double_quoted(value: Any) -> str:
    """Return `value` with its texts in double quotes, with escapes for what can't be seen."""
    return _ESCAPED.sub(_number, json.dumps(value, ensure_ascii=False))


def _number(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04X}"
