"""Where new entries go in the text of a sidecar, in its own layout.

Each function yields texts, the best first; whoever calls reads them, and takes the first that says
what was wanted.
"""

import re
from collections import abc
from itertools import pairwise

from mkdocs_annotate.sidecar.layout import (
    Fields,
    double_quoted,
    entry_lines,
    field_lines,
    scalar,
)
from mkdocs_annotate.sidecar.nodes import Mapping, Node, Scalar, Sequence


def appended(text: str, root: Mapping | None, entries: abc.Sequence[Fields]) -> abc.Iterator[str]:
    """Yield `text` with `entries` behind the last one of its list."""
    newline = newline_of(text)
    _, annotations = root.entries.get("annotations", (None, None)) if root else (None, None)
    if isinstance(annotations, Sequence) and annotations.items:
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
    text: str, collection: Sequence | Mapping, last: int, inner: list[str]
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
    text: str, root: Mapping | None, sources: abc.Mapping[str, Fields]
) -> abc.Iterator[str]:
    """Yield `text` with `sources` behind the last one; before the annotations where it has none."""
    newline = newline_of(text)
    _, known = root.entries.get("sources", (None, None)) if root else (None, None)
    indent = "  "
    if isinstance(known, Mapping) and known.entries and known.style == "block":
        indent = " " * (next(iter(known.entries.values()))[0].position.column - 1)
    fresh = newline.join(described(sources, indent, newline))
    if known is None:
        place = _above_annotations(text, root)
        begin = text if place == len(text) and text and not text.endswith("\n") else text[:place]
        begin += newline if begin and not begin.endswith("\n") else ""
        gap = newline if place < len(text) else ""
        yield f"{begin}sources:{newline}{fresh}{newline}{gap}{text[place:]}"
    elif isinstance(known, Mapping) and known.entries:
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


def _above_annotations(text: str, root: Mapping | None) -> int:
    """Return where the annotations begin, with the comment right above them; else the end."""
    if root is None or "annotations" not in root.entries:
        return len(text)
    place = text.rfind("\n", 0, root.entries["annotations"][0].start) + 1
    above = re.search(r"(?:^|\n)\r?\n((?:#[^\n]*\n)+)$", text[:place])
    return above.start(1) if above else place


def last_sign(node: Node) -> int:
    """Return where the last text of `node` ends: a collection's own end lies past comments."""
    while not isinstance(node, Scalar):
        if node.style == "flow":
            return node.end
        children = (
            node.items
            if isinstance(node, Sequence)
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
