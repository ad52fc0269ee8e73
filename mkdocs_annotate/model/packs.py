"""The packs: further kinds and techniques, for sites that want them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mkdocs_annotate.model.vocabulary import (
    DEFAULT_VOCABULARY,
    TEMPLATE,
    Group,
    Kind,
    Need,
    Technique,
    Vocabulary,
)


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
