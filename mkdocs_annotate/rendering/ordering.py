"""The order in which readers are told of things: groups, kinds, and names."""

import re
import unicodedata

from mkdocs_annotate.model.vocabulary import Group, Kind
from mkdocs_annotate.rendering.wording import Wording

READING_ORDER = (Group.OPINION, Group.QUESTION, Group.SOURCE, Group.CONTEXT, Group.KEY)
"""Groups as readers meet them: what they are most in danger of missing comes first."""

_SIGNS = re.compile(r"^[\W_]+")


def kind_order(kind: Kind, wording: Wording) -> tuple[int, str, str]:
    """Return what `kind` is sorted by: its group, then its label."""
    return READING_ORDER.index(kind.group), collated(wording.entry("kinds", kind.id).label), kind.id


def collated(text: str) -> str:
    """Return what `text` is sorted by: case, accents and signs before its first letter aside."""
    plain = unicodedata.normalize("NFKD", text)
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
    return _SIGNS.sub("", letters)
