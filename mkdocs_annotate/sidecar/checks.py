"""What one entry can't know: which kinds the site has, and which sources are described."""

from collections.abc import Collection

from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.nearness import did_you_mean
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.model.vocabulary import Vocabulary


def check_sidecar(
    sidecar: Sidecar, vocabulary: Vocabulary, registry: Collection[str] = ()
) -> list[Problem]:
    """Return the kinds and sources that `sidecar` names and that don't exist.

    `registry` holds the keys of the sources that the whole site shares.
    """
    problems = []
    known = [*sidecar.sources, *registry]
    cited = [
        (citation.source, citation.position)
        for annotation in sidecar.annotations
        for citation in annotation.sources
    ]
    if sidecar.article.based_on:
        cited.append((sidecar.article.based_on, sidecar.article.places["based_on"]))
    for key, position in cited:
        if key not in known:
            problems.append(_unknown_source(key, known, position))
    for annotation in sidecar.annotations:
        if annotation.kind not in vocabulary.kinds:
            cure = did_you_mean(annotation.kind, vocabulary.kinds)
            problems.append(
                Problem(
                    annotation.place("kind"),
                    Rule.UNKNOWN_KIND,
                    f"there is no kind `{shown(annotation.kind)}`",
                    cure or "the kinds are " + ", ".join(vocabulary.kinds),
                )
            )
    return problems


def _unknown_source(key: str, known: list[str], position: Position) -> Problem:
    cure = did_you_mean(key, known) or f"describe it under `sources:` as `{shown(key)}:`"
    return Problem(position, Rule.UNKNOWN_SOURCE, f"no source is called `{shown(key)}`", cure)
