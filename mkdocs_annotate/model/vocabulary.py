"""The kinds of annotation a site knows, their groups, and the types of article.

What readers are shown for them, labels and definitions, is words, and words are in
`rendering/languages/`; here is what they are and which claims they make.
"""

from dataclasses import dataclass
from enum import Enum


class Group(Enum):
    """Kinds that share a line style; a group never claims more than each of its kinds."""

    CONTEXT = "context"
    """Background that helps to read a passage: a dotted line."""

    SOURCE = "source"
    """Where a passage can be checked: a solid line."""

    OPINION = "opinion"
    """More than reported fact: a dashed line, and the kind as a visible word."""

    QUESTION = "question"
    """Something is missing: a dashed line in its own colour, and the kind as a visible word."""

    KEY = "key"
    """What matters most: a tint."""

    @property
    def judges(self) -> bool:
        """Return whether the words of the passage themselves are judged: `<mark>`, not `<span>`."""
        return self in (Group.OPINION, Group.QUESTION, Group.KEY)

    @property
    def shows_word(self) -> bool:
        """Return whether a reference shows the kind's word beside its number."""
        return self in (Group.OPINION, Group.QUESTION)


VOCABULARY_IRI = "urn:x-mkdocs-annotate"
"""What the kinds' names in other formats begin with: a name that holds wherever a site
is published.  It is compared, never fetched."""

# W3C Web Annotation Data Model, 3.3.5; a kind that is not here classifies.
_MOTIVATIONS = {
    "context": "describing",
    "definition": "describing",
    "source": "linking",
    "check": "assessing",
    "missing-context": "assessing",
    "unattributed": "questioning",
    "vague-attribution": "questioning",
}


@dataclass(frozen=True)
class Kind:
    """What an annotation says about its passage."""

    id: str
    group: Group

    @property
    def motivation(self) -> str:
        """Return why such an annotation is made, in the words of the Web Annotation model."""
        return _MOTIVATIONS.get(self.id, "classifying")

    @property
    def iri(self) -> str:
        """Return its name in other formats."""
        return f"{VOCABULARY_IRI}:kind:{self.id}"


@dataclass(frozen=True)
class Vocabulary:
    """The kinds of one site, by id."""

    kinds: dict[str, Kind]

    def kind(self, id_: str) -> Kind:
        """Return the kind called `id_`; the one that claims least, context, if there is none."""
        return self.kinds.get(id_) or Kind("context", Group.CONTEXT)


_KINDS = {
    Group.CONTEXT: ("context", "definition"),
    Group.SOURCE: ("source", "check"),
    Group.OPINION: (
        "opinion",
        "interpretation",
        "prediction",
        "loaded-language",
        "name-calling",
        "exaggeration",
        "rhetoric",
    ),
    Group.QUESTION: (
        "missing-context",
        "unattributed",
        "vague-attribution",
        "anonymous-source",
    ),
}

DEFAULT_VOCABULARY = Vocabulary(
    {id_: Kind(id_, group) for group, ids in _KINDS.items() for id_ in ids}
)
"""The fifteen kinds that every site starts with."""

ARTICLE_TYPES = (
    "news",
    "analysis",
    "opinion",
    "background",
    "review",
    "interview",
    "statement",
    "speech",
    "law",
    "sponsored",
    "satire",
    "documentation",
)
"""What an article, or the text that it annotates, can be."""
