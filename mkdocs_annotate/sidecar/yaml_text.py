"""Forms of an edit as YAML text, the best first: `EditSession` takes the first that is right."""

import json
import re
from collections import abc
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from mkdocs_annotate.sidecar.nodes import MappingNode, Node, ScalarNode, SequenceNode
from mkdocs_annotate.sidecar.scalars import LONG, folded_lines

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
        elif not _ESCAPED.search(value) and (folded := folded_lines(value)):
            lines += [f"{key}: >-", *(f"  {line}" for line in folded)]
        else:
            lines.append(f"{key}: {scalar(value)}")
    return lines


def scalar(value: str) -> str:
    """Return `value` as it stands where that is sure to be read so, else in quotes."""
    visible = not _ESCAPED.search(value)
    plain = visible and len(value) < LONG and PLAIN.fullmatch(value)
    single = visible and '"' in value and not re.search(r"['\n\r\t\\]", value)
    return value if plain else f"'{value}'" if single else double_quoted(value)


def double_quoted(value: Any) -> str:
    """Return `value` with its texts in double quotes, with escapes for what can't be seen."""
    return _ESCAPED.sub(_number, json.dumps(value, ensure_ascii=False))


def _number(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04X}"


def appended(
    text: str, root: MappingNode | None, entries: abc.Sequence[Fields]
) -> abc.Iterator[str]:
    """Yield `text` with `entries` behind the last one of its list."""
    newline = newline_of(text)
    _, annotations = root.entries.get("annotations", (None, None)) if root else (None, None)
    if isinstance(annotations, SequenceNode) and annotations.items:
        last = annotations.items[-1]
        dash = text.rfind("-", 0, last.start)
        indent = " " * (dash - (text.rfind("\n", 0, dash) + 1))
        end = line_end(text, last_sign(last))
        gap = newline if _are_apart(text, annotations.items) else ""
        fresh = (newline + gap).join(entry_lines(fields, indent, newline) for fields in entries)
        yield text[:end] + newline + gap + fresh + text[end:]
        if annotations.style == "flow":
            yield from _into_flow(
                text,
                annotations,
                last.end,
                [f"{{{', '.join(field_lines(fields, flow=True))}}}" for fields in entries],
            )
        return
    gap = newline if len(entries) > 1 else ""
    fresh = (newline + gap).join(entry_lines(fields, "  ", newline) for fields in entries)
    if annotations is not None:
        yield text[: annotations.start].rstrip(" ") + newline + fresh + text[annotations.end :]
    start = text if not text or text.endswith("\n") else text + newline
    yield f"{start}annotations:{newline}{fresh}{newline}"


def _are_apart(text: str, items: list[Node]) -> bool:
    """Return whether a blank line stands between two entries, or there is only one."""
    between = (text[line_end(text, last_sign(one)) : other.start] for one, other in pairwise(items))
    return len(items) == 1 or any(re.search(r"\n[ \t]*\r?\n", gap) for gap in between)


def _into_flow(
    text: str, collection: SequenceNode | MappingNode, last: int, inner: list[str]
) -> abc.Iterator[str]:
    """Yield `text` with `inner` behind the last entry of a list in brackets, which ends at `last`.

    Where the bracket that closes it has a line of its own, so has each new entry.
    """
    close = collection.end - 1
    newline, end = newline_of(text), line_end(text, last)
    if end < close:
        line = text.rfind("\n", 0, last) + 1
        indent = re.match(r"[ \t]*", text[line:])
        comma = "" if re.match(r"[ \t]*,", text[last:]) else ","
        lead = newline + (indent.group() if indent else "")
        fresh = lead + f",{lead}".join(inner)
        yield text[:last] + comma + text[last:end] + fresh + text[end:]
    yield text[:close].rstrip(" ") + f", {', '.join(inner)}" + text[close:]
    yield text[:close].rstrip(" ") + f" {', '.join(inner)}" + text[close:]


def with_entries(
    text: str, root: MappingNode | None, sources: abc.Mapping[str, Fields]
) -> abc.Iterator[str]:
    """Yield `text` with `sources` behind the last one; before the annotations where it has none."""
    newline = newline_of(text)
    _, known = root.entries.get("sources", (None, None)) if root else (None, None)
    indent = "  "
    if isinstance(known, MappingNode) and known.entries and known.style == "block":
        indent = " " * (next(iter(known.entries.values()))[0].position.column - 1)
    fresh = newline.join(described(sources, indent, newline))
    if known is None:
        place = _above_annotations(text, root)
        begin = text if place == len(text) and text and not text.endswith("\n") else text[:place]
        begin += newline if begin and not begin.endswith("\n") else ""
        gap = newline if place < len(text) else ""
        yield f"{begin}sources:{newline}{fresh}{newline}{gap}{text[place:]}"
    elif isinstance(known, MappingNode) and known.entries:
        end = line_end(text, last_sign(known))
        yield text[:end] + newline + fresh + text[end:]
        inner = [
            f"{double_quoted(key)}: {{{', '.join(field_lines(fields, flow=True))}}}"
            for key, fields in sources.items()
        ]
        yield from _into_flow(text, known, list(known.entries.values())[-1][1].end, inner)
    else:
        yield text[: known.start].rstrip(" ") + newline + fresh + text[known.end :]


def described(sources: abc.Mapping[str, Fields], indent: str, newline: str) -> abc.Iterator[str]:
    """Yield the lines of each of `sources`, from its key on, at `indent`."""
    for key, fields in sources.items():
        lines = [f"{indent}  {line}" for line in field_lines(fields)]
        yield newline.join([f"{indent}{scalar(key)}:", *lines])


def _above_annotations(text: str, root: MappingNode | None) -> int:
    """Return where the annotations begin, with the comment right above them; else the end."""
    if root is None or "annotations" not in root.entries:
        return len(text)
    place = text.rfind("\n", 0, root.entries["annotations"][0].start) + 1
    above = re.search(r"(?:^|\n)\r?\n((?:#[^\n]*\n)+)$", text[:place])
    return above.start(1) if above else place


def last_sign(node: Node) -> int:
    """Return where the last text of `node` ends: a collection's own end lies past comments."""
    while not isinstance(node, ScalarNode):
        if node.style == "flow":
            return node.end
        children = (
            node.items
            if isinstance(node, SequenceNode)
            else [part for pair in node.entries.values() for part in pair]
        )
        node = max(children, key=lambda child: child.start)
    return node.end


def line_end(text: str, offset: int) -> int:
    """Return the end of the line that the text ending at `offset` stands in, before its break."""
    if offset and text[offset - 1] == "\n":
        offset -= 1
        while offset and text[offset - 1] in "\r\n \t":
            offset -= 1
        return offset
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    return end - 1 if end and text[end - 1 : end] == "\r" else end


def newline_of(text: str) -> str:
    """Return what ends the lines of `text`."""
    return "\r\n" if "\r\n" in text else "\n"


def without_item(text: str, root: MappingNode, index: int) -> abc.Iterator[str]:
    """Yield `text` without annotation number `index`; without `annotations` if it is the only one.

    A comment above an entry may be about it, or about those that follow: it stays.
    """
    key, annotations = root.entries["annotations"]
    if not isinstance(annotations, SequenceNode):
        return
    items = annotations.items
    if len(items) == 1:
        end = line_end(text, last_sign(annotations))
        yield text[: _line(text, key.start)] + text[end:].removeprefix("\r").removeprefix("\n")
        return
    item = items[index]
    if annotations.style == "block":
        start = _line(text, text.rfind("-", 0, item.start))
        end = line_end(text, last_sign(item))
        after = re.match(r"\r?\n", text[end:])
        end += after.end() if after else 0
        # One of the two blank lines that would meet goes along.
        blank = re.match(r"(?:[ \t]*\r?\n)+", text[end:])
        if blank and re.search(r"\n[ \t]*\r?\n$", text[:start]):
            yield text[:start] + text[end + blank.end() :]
        if end == len(text) and (above := re.search(r"\n([ \t]*\r?\n)$", text[:start])):
            # What stood between it and the entry above parts nothing any more.
            yield text[: above.start(1)]
        yield text[:start] + text[end:]
        yield text[:start].rstrip(" \r\n") + text[end:]
    elif index + 1 < len(items):
        yield text[: item.start] + text[items[index + 1].start :]
    else:
        yield text[: items[index - 1].end] + text[item.end :]


def _line(text: str, offset: int) -> int:
    """Return where the line of an offset begins."""
    return text.rfind("\n", 0, offset) + 1


def replacements(text: str, node: Node, value: str) -> abc.Iterator[str]:
    """Yield `text` with the value `node` in forms as near to the old one as possible."""
    if not isinstance(node, ScalarNode):
        return
    before, after = text[: node.start], text[node.end :]
    if node.style in ("|", ">"):
        for block in _blocks(text[node.start : node.end], value, node.style):
            yield before + block + after
        # The end of a block takes its line end along.
        tail = _blank_end(text[node.start : node.end])
        yield before + double_quoted(value) + tail + after
        return
    if not node.style and PLAIN.fullmatch(value):
        yield before + value + after
    if node.style == "'" and "\n" not in value:
        yield before + "'" + value.replace("'", "''") + "'" + after
    if not node.style and "'" not in value and "\n" not in value and '"' in value:
        yield before + "'" + value + "'" + after
    yield before + double_quoted(value) + after


def _blank_end(text: str) -> str:
    """Return the last line end of `text` and the blank lines behind it; nothing without one."""
    blank = text[len(text.rstrip(" \t\r\n")) :]
    # A lone carriage return ends no line here.
    start = max((found.end() for found in re.finditer(r"\r(?!\n)", blank)), default=0)
    first = re.search(r"\r?\n", blank[start:])
    return blank[start + first.start() :] if first else ""


def _blocks(old: str, value: str, style: str) -> abc.Iterator[str]:
    """Yield the block scalar `old` with the text `value`, in its style and then literally."""
    header, newline, body = old.partition("\r\n" if "\r\n" in old else "\n")
    indents = [len(line) - len(line.lstrip(" ")) for line in body.splitlines() if line.strip()]
    if not newline or not indents:
        return
    indent = " " * min(indents)
    tail = _blank_end(body)
    for sign in dict.fromkeys((style, "|")):
        lines = value.rstrip("\n").split("\n")
        if sign == ">":
            lines = [part for line in lines for part in (line, "")][:-1]
        written = newline.join(indent + line if line else "" for line in lines)
        for chomping in ("", "-", "+"):
            head = re.sub(r"^[|>][-+]?", sign + chomping, header)
            yield head + newline + written + tail


# What a new key goes behind: of an annotation, of a source, and of one without an address.
_BEFORE_NEW = ("quote", "archive_url", "accessed", "url", "doi", "title")


def additions(text: str, entry: MappingNode, key: str, value: str) -> abc.Iterator[str]:
    """Yield `text` with a key that the entry doesn't have yet, behind a key that it has."""
    line = f"{key}: {scalar(value)}"
    quoted = f"{key}: {double_quoted(value)}"
    if entry.style == "flow":
        close = entry.end - 1
        for written in (line, quoted):
            yield text[:close].rstrip(" ") + f", {written}" + text[close:]
            yield text[:close] + f"{written}" + text[close:]
        return
    for name, old in [entry.entries[key] for key in _BEFORE_NEW if key in entry.entries]:
        end = line_end(text, last_sign(old))
        indent = " " * (name.position.column - 1)
        for written in (line, quoted):
            yield text[:end] + newline_of(text) + indent + written + text[end:]


class Replacement(NamedTuple):
    """A half-open extent of a value's text, and what is to stand there."""

    start: int
    end: int
    text: str


def spliced(text: str, parts: list[Replacement]) -> str:
    """Return `text` with all `parts`, which don't overlap, in place of what stood there."""
    for start, end, new in sorted(parts, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def parts_in_file(
    text: str, value: ScalarNode, parts: list[Replacement]
) -> list[Replacement] | None:
    """Return `parts` of `value` as parts of the file's text.

    Escapes and folded lines shift what stands in a value: so an equal stretch is looked for, and
    counted.
    """
    written = text[value.start : value.end]
    found = []
    for part in parts:
        words = value.text[part.start : part.end]
        inside, there = _places(words, value.text), _places(words, written)
        if part.start not in inside or len(inside) != len(there):
            return None
        start = value.start + there[inside.index(part.start)]
        found.append(Replacement(start, start + len(words), part.text))
    return found


def _places(words: str, text: str) -> list[int]:
    found = []
    at = text.find(words)
    while words and at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found
