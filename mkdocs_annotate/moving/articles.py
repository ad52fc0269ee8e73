"""The Markdown of an article, with its addresses mended."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import NamedTuple

from mkdocs_annotate.moving.addresses import Stuck
from mkdocs_annotate.moving.targets import Form, Target, targets
from mkdocs_annotate.moving.values import Part, spliced


class Left(NamedTuple):
    """What is left to do by hand: where it stands in the text, and what it is."""

    offset: int
    message: str


@dataclass(frozen=True)
class Mended:
    """A text with addresses mended, how many were, and what is left to do by hand, in order."""

    text: str
    count: int
    left: list[Left]
    parts: tuple[Part, ...] = ()
    """What was changed, as parts of the text before."""


Mend = Callable[[str], str]
"""An address → what it must be; raises Stuck."""

Links = Callable[[], tuple[Counter[str], Collection[str]] | None]
"""The addresses of a text that really are links or images, with their number, and those that
definitions give; None where nobody knows."""


def mended_markdown(text: str, mend: Mend, links: Links | None = None) -> Mended:
    """Return the Markdown `text` with its addresses mended.

    Where `links` are given, an address is changed only if as many of it were found as are links:
    one that also stands in code of an odd kind is left for a human.  They are asked for only if
    something is to change.
    """
    left: list[Left] = []
    parts: dict[Target, Part] = {}
    for target in targets(text):
        try:
            new = mend(target.address)
        except Stuck as error:
            left.append(Left(target.start, f"“{target.address}” {error}"))
            continue
        if new == target.address:
            continue
        if target.form is Form.HTML:
            message = f"“{target.address}” stands in HTML; it should lead to “{new}”"
            left.append(Left(target.start, message))
        else:
            parts[target] = Part(target.start, target.end, new)
    if parts and links is not None:
        sure, unsure = _parted(list(parts), links())
        message = "“{}” may be a link or code; it may have to be “{}”"
        left += [Left(t.start, message.format(t.address, parts[t].text)) for t in unsure]
        parts = {target: part for target, part in parts.items() if target in sure}
    changed = spliced(text, list(parts.values()))
    return Mended(changed, len(parts), sorted(left), tuple(parts.values()))


def _parted(
    found: list[Target], real: tuple[Counter[str], Collection[str]] | None
) -> tuple[set[Target], list[Target]]:
    """Return which of the targets `found` are links, and of which that can't be told.

    Those that are neither stand in code.
    """
    if real is None:
        return set(), found
    inline, defined = real
    sure = {t for t in found if t.form is Form.DEFINITION and t.address in defined}
    unsure: list[Target] = []
    for address in {t.address for t in found if inline[t.address]}:
        same = [t for t in found if t.form is Form.INLINE and t.address == address]
        outside = [t for t in same if not t.indented]
        group = next((g for g in (same, outside) if len(g) == inline[address]), None)
        if group is None:
            unsure += same
        else:
            sure.update(group)
    return sure, unsure
