"""What one entry can't know: which kinds the site has, and which sources are described."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.nearness import did_you_mean
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.model.sidecar import Annotation, Sidecar
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.model.vocabulary import Vocabulary
from mkdocs_annotate.sidecar.note_html import html_problems

MOST_LINES = 5
"""How many further places of an unknown name are told."""

MOST_UNKNOWN = 100
"""How many unknown names of a file are told."""

MOST_PROPOSALS = 25
"""How many unknown names of a file are compared with the known ones: each costs time."""


def check_sidecar(
    sidecar: Sidecar, vocabulary: Vocabulary, registry: Mapping[str, Source] | None = None
) -> list[Problem]:
    """Return the kinds, techniques and sources that `sidecar` names and that don't exist.

    `registry` holds the sources that the whole site shares; one that the sidecar describes
    otherwise is a problem, too, and so is HTML in a note.  A name that stands in several places is
    told once, at the first.
    """
    registry = registry or {}
    known = {*sidecar.sources, *registry}
    cited = [
        (citation.source, citation.position)
        for annotation in sidecar.annotations
        for citation in annotation.sources
    ]
    if sidecar.article.based_on:
        cited.insert(0, (sidecar.article.based_on, sidecar.article.places["based_on"]))
    problems = []
    for number, (key, positions) in enumerate(_unknown(cited, known)):
        near = did_you_mean(key, known) if number < MOST_PROPOSALS else ""
        message = f"no source is called `{shown(key)}`{_elsewhere(positions)}"
        cure = near or _describing(key)
        problems.append(Problem(positions[0], Rule.UNKNOWN_SOURCE, message, cure))
    problems += _unknown_kinds(sidecar.annotations, vocabulary)
    if vocabulary.techniques:
        problems += _unknown_techniques(sidecar.annotations, vocabulary)
    problems += html_problems(sidecar)
    return [*problems, *repeated_sources(sidecar.sources, registry)]


_ADDRESS = re.compile("https?://|www\\.")
_DOI = re.compile(r"(?:doi:)?10\.\d+/")


def _describing(key: str) -> str:
    """Return how to describe what is cited as `key`; it may be an address or a DOI."""
    for pattern, field in ((_ADDRESS, "url"), (_DOI, "doi")):
        if pattern.match(key):
            return f"an address has no title: write `sources: {{title: …, {field}: {shown(key)}}}`"
    return f"describe it under `sources:` as `{shown(key)}:`"


def _unknown_kinds(annotations: Iterable[Annotation], vocabulary: Vocabulary) -> Iterator[Problem]:
    kinds = [(annotation.kind, annotation.place("kind")) for annotation in annotations]
    known = f"the kinds are {', '.join(vocabulary.kinds)}"
    unwritten = {
        annotation.position for annotation in annotations if "kind" not in annotation.places
    }
    for number, (kind, positions) in enumerate(_unknown(kinds, vocabulary.kinds)):
        cure = known
        if kind not in vocabulary.removed:
            message = f"there is no kind `{shown(kind)}`"
            near = did_you_mean(kind, vocabulary.kinds) if number < MOST_PROPOSALS else ""
            cure = near or known
        elif positions[0] in unwritten:
            message = f"no `kind` is written, and this site has removed `{kind}`"
            cure = f"write a `kind`; {known}"
        else:
            message = f"this site has removed the kind `{kind}`"
        message += _elsewhere(positions)
        yield Problem(positions[0], Rule.UNKNOWN_KIND, message, cure)


def _unknown_techniques(
    annotations: Iterable[Annotation], vocabulary: Vocabulary
) -> Iterator[Problem]:
    named = [
        (annotation.technique, annotation.place("technique"))
        for annotation in annotations
        if annotation.technique
    ]
    for number, (name, positions) in enumerate(_unknown(named, vocabulary.techniques)):
        near = did_you_mean(name, vocabulary.techniques) if number < MOST_PROPOSALS else ""
        message = f"there is no technique `{shown(name)}`{_elsewhere(positions)}"
        cure = near or f"the techniques are {', '.join(vocabulary.techniques)}"
        yield Problem(positions[0], Rule.UNKNOWN_TECHNIQUE, message, cure)


def with_implied_kinds(sidecar: Sidecar, vocabulary: Vocabulary) -> Sidecar:
    """Return `sidecar` with the kinds that its techniques imply, where none is written."""
    techniques = vocabulary.techniques
    if not techniques or not any(entry.technique in techniques for entry in sidecar.annotations):
        return sidecar
    annotations = tuple(
        replace(entry, kind=techniques[entry.technique].kind)
        if entry.technique in techniques and "kind" not in entry.places
        else entry
        for entry in sidecar.annotations
    )
    return replace(sidecar, annotations=annotations)


def repeated_sources(
    sources: Mapping[str, Source], registry: Mapping[str, Source]
) -> list[Problem]:
    """Return a problem for each of `sources` that `registry` describes otherwise."""
    problems = []
    for key, source in sources.items():
        shared = registry.get(key)
        if shared is not None and shared != source:
            message = f"the source `{shown(key)}` is another one in {shared.position}"
            cure = "remove it here if both are the same document, or call it otherwise"
            problems.append(Problem(source.position, Rule.REPEATED_SOURCE, message, cure))
    return problems


def _unknown(
    named: Iterable[tuple[str, Position]], known: Collection[str]
) -> list[tuple[str, list[Position]]]:
    """Return what is `named` and not `known`, with all its places; the first of many."""
    places = dict[str, list[Position]]()
    for name, position in named:
        if name not in known:
            places.setdefault(name, []).append(position)
    return list(places.items())[:MOST_UNKNOWN]


def _elsewhere(positions: list[Position]) -> str:
    lines = list(dict.fromkeys(position.line for position in positions[1:]))
    if not lines:
        return ""
    more = ", …" if len(lines) > MOST_LINES else ""
    word = "line" if len(lines) == 1 else "lines"
    return f" (also named in {word} {', '.join(map(str, lines[:MOST_LINES]))}{more})"
