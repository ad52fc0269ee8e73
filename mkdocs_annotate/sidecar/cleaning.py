"""Characters that a YAML parser trips over, replaced one for one so that places hold."""

import re

from mkdocs_annotate.model.characters import character_name
from mkdocs_annotate.sidecar.explanations import Explanation
from mkdocs_annotate.sidecar.lines import Lines

MOST_CHARACTERS = 10
"""How many such characters are told one by one: a file may consist of them."""

# PyYAML's error for these has no position.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# PyYAML takes these for line ends, editors do not: lines would be miscounted.
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


def cleaned(lines: Lines) -> tuple[Lines, list[int], list[Explanation]]:
    """Return `lines` fit for a YAML parser, the offsets of what was replaced, and what is told.

    Offsets are in order.  Never raises.  Cost: linear.
    """
    text = lines.text
    # None of them is printable: this is so of nearly every file, and quick to tell.
    if text.replace("\n", "").replace("\r", "").isprintable():
        return lines, [], []
    replaced = sorted(
        found.start() for pattern in (_CONTROL, _LINE_ENDS) for found in pattern.finditer(text)
    )
    if not replaced:
        return lines, [], []
    told = [
        Explanation(
            lines.place(offset),
            f"the invisible character {character_name(text[offset])} stands here",
            "delete it",
        )
        for offset in replaced[:MOST_CHARACTERS]
    ]
    more = replaced[MOST_CHARACTERS:]
    if more:
        told.append(
            Explanation(
                lines.place(more[0]),
                f"{len(more):,} more such characters stand here and below",
                "look whether this is the right file, and save it as UTF-8",
            )
        )
    return Lines(_LINE_ENDS.sub(" ", _CONTROL.sub("\ufffd", text))), replaced, told
