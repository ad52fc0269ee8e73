"""What one entry can't know: which kinds the site has, and which sources are described."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from mkdocs_annotate.model.messages import did_you_mean
from mkdocs_annotate.model.problems import Position, Problem, Rule, shown
from mkdocs_annotate.model.sidecar import Annotation, Sidecar
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.model.vocabulary import Vocabulary

MOST_LINES = 5
"""How many further places of an unknown name are named."""

MOST_UNKNOWN = 100
"""How many unknown names of a file are reported."""

MOST_PROPOSALS = 25
"""How many unknown names of a file are compared with the known ones: each costs time."""


def check_sidecar(
    sidecar: Sidecar, vocabulary: Vocabulary, registry: Mapping[str, Source] | None = None
) -> list[Problem]:
    """Return the kinds, techniques and sources that `sidecar` names and that don't exist.

    `registry` holds the sources that the whole site shares; one that the sidecar describes
    otherwise is a problem, too, and so is HTML in a note.  A name that stands in several places is
    reported once, at the first.
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
        hint = near or _describing(key)
        problems.append(Problem(positions[0], Rule.UNKNOWN_SOURCE, message, hint, subject=key))
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
        hint = known
        if kind not in vocabulary.removed:
            message = f"there is no kind `{shown(kind)}`"
            near = did_you_mean(kind, vocabulary.kinds) if number < MOST_PROPOSALS else ""
            hint = near or known
        elif positions[0] in unwritten:
            message = f"no `kind` is written, and this site has removed `{kind}`"
            hint = f"write a `kind`; {known}"
        else:
            message = f"this site has removed the kind `{kind}`"
        message += _elsewhere(positions)
        yield Problem(positions[0], Rule.UNKNOWN_KIND, message, hint, subject=kind)


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
        hint = near or f"the techniques are {', '.join(vocabulary.techniques)}"
        yield Problem(positions[0], Rule.UNKNOWN_TECHNIQUE, message, hint, subject=name)


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
            hint = "remove it here if both are the same document, or call it otherwise"
            problems.append(
                Problem(source.position, Rule.REPEATED_SOURCE, message, hint, subject=key)
            )
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


_MARKDOWN = {
    "b": "write `**words**`", "strong": "write `**words**`", "i": "write `*words*`",
    "em": "write `*words*`", "a": "write `[words](address)`", "code": "write it between backticks",
    "br": "leave a blank line", "p": "leave a blank line",
    "ul": "begin the lines with `- `", "ol": "begin the lines with `1. `",
    "li": "begin the lines with `- `", "blockquote": "begin the lines with `> `",
    "img": "write `![words](address)`",
}  # fmt: skip
_OTHERS = (
    "abbr audio cite del details dfn div figcaption figure font h[1-6] hr iframe ins kbd mark pre q"
    " ruby s samp script small span style sub summary sup table tbody td th thead tr tt u var video"
)

_TAG = re.compile(
    rf"(?<!\\)</?(?P<name>{'|'.join([*_MARKDOWN, *_OTHERS.split()])})(?:\s[^<>]{{0,500}})?/?>|<!--",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"(?<!\\)&(?:nbsp|amp|lt|gt|quot|apos|[mn]dash|hellip|[lr]d?quo|shy|euro);")
# What Markdown shows as it is typed: between backticks, and lines far from the margin.
# Of a longer run of backticks each would be a beginning.
_CODE = re.compile(r"(?P<sign>`{1,16})[^`]+(?P=sign)(?!`)|^(?: {4}|\t).*$", re.MULTILINE)


def html_problems(sidecar: Sidecar) -> Iterator[Problem]:
    """Yield a problem for each note of `sidecar` that holds HTML, at the beginning of the note.

    Cost: linear in the notes.
    """
    for text, position in _notes(sidecar):
        # Both have one of these signs, and few notes have any.
        if "<" in text or "&" in text:
            yield from _problem(_CODE.sub("", text), position)


def _notes(sidecar: Sidecar) -> Iterator[tuple[str, Position]]:
    article = sidecar.article
    if article.backstory:
        yield article.backstory, article.places["backstory"]
    for correction in article.corrections:
        yield correction.text, correction.position
    for source in sidecar.sources.values():
        yield source.note, source.position
    for annotation in sidecar.annotations:
        yield annotation.note, annotation.place("note")


def _problem(text: str, position: Position) -> Iterator[Problem]:
    found = _TAG.search(text)
    if found:
        name = (found["name"] or "").lower()
        hint = f"{_MARKDOWN.get(name, 'take the tags out')}; a note is Markdown without HTML"
    else:
        found = _ENTITY.search(text)
        hint = "type the character itself"
    if found:
        message = f"readers would see `{shown(found.group())}` in this note as it is typed"
        yield Problem(position, Rule.HTML_IN_NOTE, message, hint, subject=found.group())
