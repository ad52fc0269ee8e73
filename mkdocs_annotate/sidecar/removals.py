"""How an entry leaves the text of a sidecar: its own lines go, comments around it stay.

Texts are yielded, the best first; whoever calls reads them, and takes the first that says what was
wanted.
"""

import re
from collections import abc

from mkdocs_annotate.sidecar.insertions import last_sign, line_end
from mkdocs_annotate.sidecar.nodes import Mapping, Sequence


def without_item(text: str, root: Mapping, index: int) -> abc.Iterator[str]:
    """Yield `text` without annotation number `index`; without `annotations` if it is the only one.

    A comment above an entry may be about it, or about those that follow: it stays.
    """
    key, annotations = root.entries["annotations"]
    if not isinstance(annotations, Sequence):
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
