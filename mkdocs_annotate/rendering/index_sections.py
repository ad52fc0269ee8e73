"""What indexes list: entries by section, and the definitions of kinds."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from mkdocs_annotate.model.sidecar import slug_of
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.model.vocabulary import Group, Kind, Vocabulary
from mkdocs_annotate.rendering.marks import kind_classes, passage_id
from mkdocs_annotate.rendering.passages import Passage
from mkdocs_annotate.rendering.translations import READING_ORDER, Wording, collated, kind_order
from mkdocs_annotate.rendering.views import DefinitionsView, DefinitionView, TechniqueView


class IndexEntry(NamedTuple):
    """One annotation in an index; it does not keep its sidecar in memory."""

    id: str
    """The id of its first mark on the page."""

    kind: Kind
    words: str
    """An excerpt of the passage."""

    speaker: str
    """The person who is quoted; empty where nobody is quoted or named."""

    quoted: bool
    who: str
    """Whose words are judged; empty for an author who is not named."""

    by_author: bool
    """The words are judged, and of an author who is not named: each language has its own word."""

    tags: tuple[str, ...]
    sources: tuple[str, ...]
    """The keys of the sources that it cites, each once."""


@dataclass(frozen=True)
class CataloguedPage:
    """An annotated page, as it is published."""

    title: str
    address: str
    """From the root of the site."""

    path: str
    """Of its article, from the folder of all."""

    type: str = ""
    entries: tuple[IndexEntry, ...] = ()
    """In reading order."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    """Those that its entries cite, by key."""


def index_entries(passages: Iterable[Passage], unnamed: str = "") -> tuple[IndexEntry, ...]:
    """Return the entries of the `passages` of one page, in their order; drafts are left out.

    `unnamed` is the page's word for an author who is not named; empty where one is.
    """
    return tuple(_entry(passage, unnamed) for passage in passages if not passage.annotation.draft)


def _entry(passage: Passage, unnamed: str) -> IndexEntry:
    annotation = passage.annotation
    by_author = bool(unnamed) and annotation.voice == "author" and passage.who == unnamed
    return IndexEntry(
        passage_id(passage.key),
        passage.kind,
        passage.excerpts[0],
        annotation.speaker,
        annotation.voice == "quoted",
        "" if by_author else passage.who,
        by_author,
        annotation.tags,
        tuple(dict.fromkeys(citation.source for citation in annotation.sources)),
    )


MOST_ENTRIES = 500
"""The rough number of passages on a page of an index: about 150 kB of HTML."""

LEAST_LETTERED = 30
"""With so many sources an index has a section for each letter."""


class Cluster(NamedTuple):
    """Passages of one page, in reading order."""

    page: CataloguedPage
    entries: tuple[IndexEntry, ...]


class CitedSource(NamedTuple):
    """A source and the passages that cite it; its address begins at the page of the first."""

    source: Source
    citing: tuple[Cluster, ...]


@dataclass(frozen=True)
class Section:
    """The part of an index below one heading; it has either clusters or sources."""

    id: str = ""
    """Of the heading; empty for a section without one."""

    label: str = ""
    definition: str = ""
    kind: Kind | None = None
    count: int = 0
    """The number of passages or sources below this heading, on all pages of the index."""

    clusters: tuple[Cluster, ...] = ()
    sources: tuple[CitedSource, ...] = ()
    continued: bool = False
    """The section began on the page before."""


Catalogue = Sequence[CataloguedPage]


def by_kind(catalogue: Catalogue, wording: Wording, only: frozenset[str]) -> list[Section]:
    """Return a section for each kind that the site has passages of, by group, then by label."""
    found = _grouped(catalogue, only, lambda entry: (entry.kind,))
    sections = []
    for kind in sorted(found, key=lambda kind: kind_order(kind, wording)):
        entry = wording.entry("kinds", kind.id)
        section = _section(f"kind-{kind.id}", entry.label, found[kind])
        sections.append(replace(section, definition=entry.definition, kind=kind))
    return sections


def by_speaker(catalogue: Catalogue, wording: Wording, only: frozenset[str]) -> list[Section]:
    """Return a section for each speaker who is named, and the last for those who are not."""
    found = _grouped(catalogue, only, lambda e: (_alike(e.speaker),) if e.quoted else ())
    unnamed = found.pop("", None)
    names = (entry.speaker for page in catalogue for entry in page.entries)
    sections = _named("speaker", found, names)
    if unnamed:
        sections.append(_section("speaker", wording("index.unnamed"), unnamed))
    return sections


def by_tag(catalogue: Catalogue, wording: Wording, only: frozenset[str]) -> list[Section]:
    """Return a section for each tag."""
    found = _grouped(catalogue, only, lambda e: dict.fromkeys(map(_alike, e.tags)))
    return _named("tag", found, (tag for page in catalogue for e in page.entries for tag in e.tags))


def by_source(catalogue: Catalogue, wording: Wording) -> list[Section]:
    """Return all sources cited, by author or title; in sections by letter where they are many.

    Of two articles that call different documents by one key, both have theirs.
    """
    found: dict[tuple[str, Source], dict[int, list[IndexEntry]]] = {}
    for number, page in enumerate(catalogue):
        for entry in page.entries:
            for key in entry.sources:
                if key in page.sources:
                    pages = found.setdefault((key, page.sources[key]), {})
                    pages.setdefault(number, []).append(entry)
    cited = [
        CitedSource(
            source, tuple(Cluster(catalogue[n], tuple(entries)) for n, entries in pages.items())
        )
        for (_, source), pages in found.items()
    ]
    cited.sort(key=lambda one: collated(_name(one.source)))
    if len(cited) < LEAST_LETTERED:
        return [Section(count=len(cited), sources=tuple(cited))] if cited else []
    letters: dict[str, list[CitedSource]] = {}
    for one in cited:
        letters.setdefault(_letter(_name(one.source)), []).append(one)
    return [
        Section(f"ann--letter-{slug_of(letter)}", letter, count=len(ones), sources=tuple(ones))
        for letter, ones in letters.items()
    ]


def definitions_of(
    catalogue: Catalogue, vocabulary: Vocabulary, wording: Wording, suffix: str = ""
) -> tuple[DefinitionsView, ...]:
    """Return the groups that have kinds, in the order of readers, with the meaning of each kind.

    Kinds stand in the order of the vocabulary.  Techniques without a meaning of their own are left
    out.  `suffix` is the end of all ids.
    """
    counts = Counter(entry.kind.id for page in catalogue for entry in page.entries)
    groups: dict[Group, list[DefinitionView]] = {group: [] for group in READING_ORDER}
    for kind in vocabulary.kinds.values():
        words = wording.entry("kinds", kind.id)
        groups[kind.group].append(
            DefinitionView(
                f"ann--definition-{kind.id}{suffix}",
                kind_classes(kind),
                words.label,
                words.definition,
                counts[kind.id],
                tuple(_techniques_of(kind, vocabulary, wording)),
            )
        )
    return tuple(
        DefinitionsView(
            f"ann--group-{group.value}{suffix}", wording(f"groups.{group.value}"), tuple(kinds)
        )
        for group, kinds in groups.items()
        if kinds
    )


def _techniques_of(kind: Kind, vocabulary: Vocabulary, wording: Wording) -> Iterator[TechniqueView]:
    for technique in vocabulary.techniques.values():
        if technique.kind == kind.id and technique.own_words:
            words = wording.entry("techniques", technique.id)
            yield TechniqueView(technique.id, words.label, words.definition)


def paged(sections: Iterable[Section], most: int = MOST_ENTRIES) -> list[list[Section]]:
    """Return `sections` cut into pages of about `most` passages; a source is never cut.

    At least one page, which may be empty.
    """
    pages: list[list[Section]] = [[]]
    room = most
    for section in sections:
        started = False
        for piece, weight in _pieces(section):
            if weight > room and pages[-1]:
                pages.append([])
                room = most
            last = pages[-1][-1] if pages[-1] else None
            if started and last is not None and last.id == section.id:
                pages[-1][-1] = _joined(last, piece)
            else:
                pages[-1].append(replace(piece, continued=started))
            started = True
            room -= weight
    return pages


_Key = TypeVar("_Key", bound=Hashable)


def _grouped(
    catalogue: Catalogue, only: frozenset[str], keys: Callable[[IndexEntry], Iterable[_Key]]
) -> dict[_Key, list[Cluster]]:
    """Return the clusters of each key, pages by title; limited to kinds and groups in `only`."""
    found: dict[_Key, dict[int, list[IndexEntry]]] = {}
    for number, page in enumerate(catalogue):
        for entry in page.entries:
            if not only or entry.kind.id in only or entry.kind.group.value in only:
                for key in keys(entry):
                    found.setdefault(key, {}).setdefault(number, []).append(entry)
    return {
        key: [Cluster(catalogue[number], tuple(entries)) for number, entries in pages.items()]
        for key, pages in found.items()
    }


def _named(what: str, found: dict[str, list[Cluster]], names: Iterable[str]) -> list[Section]:
    """Return a section for each of `found`, called as most of `names` spell it."""
    spelt: dict[str, str] = {}
    for name, _ in Counter(names).most_common():
        spelt.setdefault(_alike(name), " ".join(name.split()))
    sections = []
    taken: set[str] = set()
    for key in sorted(found, key=lambda key: (collated(spelt[key]), key)):
        name, clusters = spelt[key], found[key]
        id_ = base = f"{what}-{slug_of(name)}"
        number = 2
        while id_ in taken:
            id_, number = f"{base}-{number}", number + 1
        taken.add(id_)
        sections.append(_section(id_, name, clusters))
    return sections


def _alike(name: str) -> str:
    """Return the key under which spellings of one name meet: case and spaces don't count."""
    return " ".join(name.split()).casefold()


def _section(id_: str, label: str, clusters: list[Cluster]) -> Section:
    count = sum(len(cluster.entries) for cluster in clusters)
    return Section(f"ann--{id_}", label, count=count, clusters=tuple(clusters))


def _name(source: Source) -> str:
    return source.author[0].family if source.author else source.title


def _letter(name: str) -> str:
    first = collated(name)[:1]
    return first.upper() if first.isalpha() else "0–9" if first.isdigit() else "#"


def _pieces(section: Section) -> Iterator[tuple[Section, int]]:
    """Yield the parts that `section` can be cut into, with their weight in passages."""
    for one in section.sources:
        weight = 1 + sum(len(cluster.entries) for cluster in one.citing)
        yield replace(section, sources=(one,)), weight
    for cluster in section.clusters:
        for start in range(0, len(cluster.entries), MOST_ENTRIES):
            entries = cluster.entries[start : start + MOST_ENTRIES]
            yield replace(section, clusters=(Cluster(cluster.page, entries),)), len(entries)


def _joined(first: Section, second: Section) -> Section:
    return replace(
        first,
        clusters=first.clusters + second.clusters,
        sources=first.sources + second.sources,
    )
