"""What the kinds of a site mean, in order: for a page of definitions."""

from dataclasses import dataclass

from mkdocs_annotate.model.vocabulary import Group, Kind, Vocabulary
from mkdocs_annotate.rendering.marks import kind_classes
from mkdocs_annotate.rendering.wording import Wording

READING_ORDER = (Group.OPINION, Group.QUESTION, Group.SOURCE, Group.CONTEXT, Group.KEY)
"""Groups as readers meet them: what they are most in danger of missing comes first."""


@dataclass(frozen=True)
class TechniqueDefinition:
    """A technique, and what it means."""

    id: str
    label: str
    definition: str


@dataclass(frozen=True)
class KindDefinition:
    """A kind, and what it means."""

    id: str
    classes: str
    """What gives a swatch the line and colour of the kind."""

    label: str
    definition: str
    techniques: tuple[TechniqueDefinition, ...]
    """Those that a pack adds and that imply this kind."""


@dataclass(frozen=True)
class GroupDefinition:
    """A group with its kinds."""

    group: str
    label: str
    kinds: tuple[KindDefinition, ...]


def definitions_of(vocabulary: Vocabulary, wording: Wording) -> tuple[GroupDefinition, ...]:
    """Return the groups of a site that have kinds, as readers meet them, with what these mean.

    Kinds stand in the order of the vocabulary.  Techniques whose meaning is their kind's own are
    left out.
    """
    groups = []
    for group in READING_ORDER:
        kinds = [kind for kind in vocabulary.kinds.values() if kind.group == group]
        if kinds:
            told = tuple(_definition(kind, vocabulary, wording) for kind in kinds)
            groups.append(GroupDefinition(group.value, wording(f"groups.{group.value}"), told))
    return tuple(groups)


def _definition(kind: Kind, vocabulary: Vocabulary, wording: Wording) -> KindDefinition:
    entry = wording.entry("kinds", kind.id)
    techniques = []
    for technique in vocabulary.techniques.values():
        if technique.kind == kind.id and technique.own_words:
            told = wording.entry("techniques", technique.id)
            techniques.append(TechniqueDefinition(technique.id, told.label, told.definition))
    return KindDefinition(
        kind.id,
        kind_classes(kind),
        entry.label,
        entry.definition,
        tuple(techniques),
    )
