"""The kinds of annotation a site knows, their groups, and the types of article.

What readers are shown for them, labels and definitions, is words, and words are in
`rendering/languages/`; here is what they are and which claims they make.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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

MOTIVATIONS = tuple(
    """assessing bookmarking classifying commenting describing editing highlighting identifying
    linking moderating questioning replying tagging""".split()
)
"""Why an annotation is made (W3C Web Annotation Data Model, 3.3.5)."""


class Need(Enum):
    """What an annotation of a kind should say beside the kind."""

    NOTE = "note"
    """A note."""

    SOURCE = "source"
    """At least one source."""

    TECHNIQUE = "technique"
    """The technique."""


@dataclass(frozen=True)
class Kind:
    """What an annotation says about its passage."""

    id: str
    """Its name in sidecars and classes; an id never gets another meaning."""

    group: Group

    motivation: str = "classifying"
    """Why such an annotation is made, one of `MOTIVATIONS`."""

    needs: tuple[Need, ...] = ()

    own_iri: str = ""
    """Its name in other formats, where a site gives it one."""

    match: tuple[str, ...] = ()
    """The names of near terms in other vocabularies."""

    @property
    def iri(self) -> str:
        """Return its name in other formats."""
        return self.own_iri or f"{VOCABULARY_IRI}:kind:{self.id}"


_IPTC, _SCHEMA = "http://cv.iptc.org/newscodes/genre/", "https://schema.org/"
TEMPLATE = "https://en.wikipedia.org/wiki/Template:"
"""What the addresses of Wikipedia's inline templates begin with."""

CONTEXT = Kind("context", Group.CONTEXT, "describing", (Need.NOTE,), match=(f"{_IPTC}Background",))
"""The kind for unknown kinds, as it claims least."""


@dataclass(frozen=True)
class Technique:
    """A device of persuasion that has a name, and the kind that it implies."""

    id: str
    kind: str = "rhetoric"

    @property
    def own_words(self) -> bool:
        """Return whether it has a label of its own; else that of its kind says it."""
        return self.kind == "rhetoric"

    @property
    def iri(self) -> str:
        """Return its name in other formats."""
        return f"{VOCABULARY_IRI}:technique:{self.id}"


@dataclass(frozen=True)
class Vocabulary:
    """The kinds of one site, by id."""

    kinds: Mapping[str, Kind] = field(hash=False)

    techniques: Mapping[str, Technique] = field(default_factory=dict, hash=False)
    """The techniques there are, by id; none where any text is one."""

    removed: frozenset[str] = frozenset()
    """Kinds that the site has taken away."""

    def kind(self, id_: str) -> Kind:
        """Return the kind called `id_`; the one that claims least, context, if there is none."""
        known = self.kinds.get(id_)
        if known is not None:
            return known
        context = self.kinds.get(CONTEXT.id)
        # A site may have moved it to a group that claims more.
        return context if context and context.group == CONTEXT.group else CONTEXT


_KINDS = (
    CONTEXT,
    Kind(
        "definition",
        Group.CONTEXT,
        "describing",
        (Need.NOTE,),
        match=(f"{_SCHEMA}DefinedTerm",),
    ),
    Kind("source", Group.SOURCE, "linking", (Need.SOURCE,), match=(f"{_SCHEMA}citation",)),
    Kind(
        "check",
        Group.SOURCE,
        "assessing",
        (Need.NOTE, Need.SOURCE),
        match=(f"{_SCHEMA}Claim",),
    ),
    Kind("opinion", Group.OPINION, match=(f"{_IPTC}Opinion", f"{TEMPLATE}Fact_or_opinion")),
    Kind("interpretation", Group.OPINION, match=(f"{_IPTC}Analysis",)),
    Kind("prediction", Group.OPINION, match=(f"{_IPTC}Forecast",)),
    Kind("loaded-language", Group.OPINION),
    Kind("name-calling", Group.OPINION),
    Kind("exaggeration", Group.OPINION, needs=(Need.NOTE,), match=(f"{TEMPLATE}Peacock_inline",)),
    Kind("rhetoric", Group.OPINION, needs=(Need.TECHNIQUE,)),
    Kind("missing-context", Group.QUESTION, "assessing", (Need.NOTE, Need.SOURCE)),
    Kind("unattributed", Group.QUESTION, "questioning", match=(f"{TEMPLATE}Citation_needed",)),
    Kind("vague-attribution", Group.QUESTION, "questioning", match=(f"{TEMPLATE}Who",)),
    Kind("anonymous-source", Group.QUESTION, match=(f"{_SCHEMA}unnamedSourcesPolicy",)),
)

DEFAULT_VOCABULARY = Vocabulary({kind.id: kind for kind in _KINDS})
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


@dataclass(frozen=True)
class Pack:
    """What a site gets by naming a pack."""

    kinds: tuple[Kind, ...] = ()
    techniques: tuple[Technique, ...] = ()


# SemEval-2023, task 3, subtask 3; those whose meaning a kind has already imply that kind.
_TECHNIQUES = (
    Technique("name-calling-labeling", "name-calling"),
    Technique("guilt-by-association"),
    Technique("doubt"),
    Technique("appeal-to-hypocrisy"),
    Technique("questioning-the-reputation"),
    Technique("flag-waving"),
    Technique("appeal-to-authority"),
    Technique("appeal-to-popularity"),
    Technique("appeal-to-values"),
    Technique("appeal-to-fear-prejudice"),
    Technique("causal-oversimplification"),
    Technique("false-dilemma-no-choice"),
    Technique("consequential-oversimplification"),
    Technique("straw-man"),
    Technique("red-herring"),
    Technique("whataboutism"),
    Technique("slogans"),
    Technique("conversation-killer"),
    Technique("appeal-to-time"),
    Technique("loaded-language", "loaded-language"),
    Technique("obfuscation-vagueness-confusion"),
    Technique("exaggeration-minimisation", "exaggeration"),
    Technique("repetition"),
)

PACKS: Mapping[str, Pack] = {
    "wikipedia-inline": Pack(
        (
            Kind(
                "failed-verification",
                Group.QUESTION,
                "assessing",
                (Need.NOTE,),
                match=(f"{TEMPLATE}Failed_verification",),
            ),
            Kind(
                "disputed",
                Group.QUESTION,
                "assessing",
                (Need.NOTE, Need.SOURCE),
                match=(f"{TEMPLATE}Disputed_inline",),
            ),
            Kind(
                "better-source",
                Group.QUESTION,
                "questioning",
                match=(f"{TEMPLATE}Better_source_needed",),
            ),
            Kind(
                "neutrality-disputed",
                Group.OPINION,
                "assessing",
                (Need.NOTE,),
                match=(f"{TEMPLATE}POV_statement",),
            ),
            Kind("editorializing", Group.OPINION, match=(f"{TEMPLATE}Editorializing",)),
        )
    ),
    "hedge": Pack((Kind("hedge", Group.CONTEXT),)),
    "reported-fact": Pack((Kind("reported-fact", Group.SOURCE),)),
    "attribution-verb": Pack((Kind("attribution-verb", Group.OPINION),)),
    "key-point": Pack((Kind("key-point", Group.KEY, "highlighting"),)),
    "documentation": Pack(
        (
            Kind("deprecated", Group.CONTEXT, "describing", (Need.NOTE,)),
            Kind("version-note", Group.CONTEXT, "describing", (Need.NOTE,)),
            Kind("caveat", Group.CONTEXT, "describing", (Need.NOTE,)),
            Kind("provenance", Group.SOURCE, "linking", (Need.SOURCE,)),
        )
    ),
    "semeval-2023": Pack(techniques=_TECHNIQUES),
}
"""The packs by name."""


def with_packs(names: Iterable[str]) -> Vocabulary:
    """Return the default kinds and those of the packs called `names`, in this order.

    Raises KeyError for a name that no pack has.
    """
    kinds, techniques = dict(DEFAULT_VOCABULARY.kinds), dict[str, Technique]()
    for name in names:
        kinds.update((kind.id, kind) for kind in PACKS[name].kinds)
        techniques.update((technique.id, technique) for technique in PACKS[name].techniques)
    return Vocabulary(kinds, techniques)
