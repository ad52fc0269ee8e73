"""What the blocks of a page show, ready for templates: words, addresses and order decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote as percent_encoded

from markupsafe import Markup

from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.model.links import Link, LinkKind
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.model.sidecar import Annotation, Article, Citation
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.model.vocabulary import Group, Kind
from mkdocs_annotate.rendering.marks import kind_classes, note_id, passage_id
from mkdocs_annotate.rendering.note_links import Resolve
from mkdocs_annotate.rendering.notes import NoteRenderer
from mkdocs_annotate.rendering.wording import Wording

EXCERPT = 60
"""Longest excerpt of a passage in a list or a name, in characters."""

LONG_NOTE = 600
"""Characters of a note from which it is folded in the margin."""

_FRAGMENT_WORDS = 8
"""A source's passage of more than twice as many words is given by its first and last ones."""

_GROUPS = (Group.OPINION, Group.QUESTION, Group.SOURCE, Group.CONTEXT, Group.KEY)
"""Groups as a panel counts them: what a reader is most in danger of missing comes first."""


@dataclass(frozen=True)
class Passage:
    """An annotation with a place in the page."""

    annotation: Annotation
    key: str
    kind: Kind
    number: int
    """The number of its note; 0 without one."""

    excerpts: tuple[str, ...]
    """The words of each of its places, in one line."""

    who: str
    """Whose words they are, where the kind judges them."""


@dataclass(frozen=True)
class LinkView:
    """A link: its words, and its attributes as far as there are any."""

    words: str
    href: str = ""
    label: str = ""
    external: bool = False
    language: str = ""
    data: Mapping[str, str] | None = None


@dataclass(frozen=True)
class CiteView:
    """One use of a source in a note."""

    link: LinkView
    internal: bool
    """It leads to the list of sources, as the source has no address."""

    locator: str
    quote: str


@dataclass(frozen=True)
class NoteView:
    """A note."""

    id: str
    classes: str
    number: int
    kind: str
    who: str
    text: Markup
    cites: tuple[CiteView, ...]
    by: str
    date: Date | None
    date_words: str
    back: tuple[LinkView, ...]


@dataclass(frozen=True)
class SourceView:
    """An entry of the list of sources."""

    id: str
    link: LinkView
    before: str
    after: str
    further: tuple[LinkView, ...]
    remarks: str
    note: Markup
    cited: tuple[LinkView, ...]


@dataclass(frozen=True)
class CountView:
    """A group on the page: its label and how many annotations it has."""

    group: str
    label: str
    count: int


@dataclass(frozen=True)
class LegendView:
    """A kind on the page, and what it means."""

    classes: str
    label: str
    definition: str


@dataclass(frozen=True)
class ListView:
    """The passages of one kind, with whose words they are."""

    id: str
    label: str
    passages: tuple[tuple[LinkView, str], ...]


@dataclass(frozen=True)
class CorrectionView:
    """A correction."""

    date: Date
    date_words: str
    text: Markup


@dataclass(frozen=True)
class PanelView:
    """What is in this article."""

    type_label: str
    type_definition: str
    based_on: LinkView | None
    corrections: tuple[CorrectionView, ...]
    counts: tuple[CountView, ...]
    legend: tuple[LegendView, ...]
    lists: tuple[ListView, ...]
    backstory: Markup
    has_notes: bool
    has_sources: bool

    @property
    def says_anything(self) -> bool:
        """Return whether something is said about the article as a whole."""
        return bool(self.type_label or self.based_on or self.corrections or self.backstory)


class Viewer:
    """Makes the views of one page, and keeps the problems of notes and links met on the way."""

    def __init__(self, wording: Wording, sources: Mapping[str, Source], resolve: Resolve) -> None:
        self.wording = wording
        self.sources = sources
        self.resolve = resolve
        self.renderer = NoteRenderer(resolve)
        self.link_problems: list[Problem] = []
        self.source_ids: dict[str, str] = {}

    @property
    def problems(self) -> list[Problem]:
        """Return what was wrong with notes and links so far."""
        return [*self.link_problems, *self.renderer.problems]

    # Notes.

    def notes(self, passages: Sequence[Passage]) -> tuple[NoteView, ...]:
        """Return the notes of the numbered ones of `passages`, in the order of their numbers."""
        numbered = sorted((p for p in passages if p.number), key=lambda passage: passage.number)
        self._number_sources(numbered)
        return tuple(self._note(passage) for passage in numbered)

    def _note(self, passage: Passage) -> NoteView:
        annotation = passage.annotation
        text = Markup("")
        if annotation.note:
            text = self.renderer.render(annotation.note, annotation.place("note"))
        elif not annotation.sources:
            definition = self.wording.entry("kinds", passage.kind.id).definition
            text = Markup("<p>{}</p>").format(definition)
        classes = f"ann-note {kind_classes(passage.kind)} ann-n{passage.number}"
        if len(annotation.note) > LONG_NOTE:
            classes += " ann-long"
        date = annotation.date
        return NoteView(
            id=note_id(passage.key),
            classes=classes,
            number=passage.number,
            kind=self._kind_label(passage),
            who=passage.who,
            text=text,
            cites=tuple(self._cite(citation) for citation in annotation.sources),
            by=annotation.by,
            date=date,
            date_words=self.wording.date(date) if date else "",
            back=tuple(self._back(passage, place) for place in range(1, len(passage.excerpts) + 1)),
        )

    def _kind_label(self, passage: Passage) -> str:
        label = self.wording.entry("kinds", passage.kind.id).label
        technique = passage.annotation.technique
        if technique:
            label = self.wording("notes.technique", kind=label, technique=technique)
        if passage.annotation.draft:
            label = f"{label} ({self.wording('notes.draft')})"
        return label

    def _back(self, passage: Passage, place: int) -> LinkView:
        words = self.wording("notes.back")
        excerpt = passage.excerpts[place - 1]
        if place > 1:
            words = self.wording("notes.place", number=place)
            label = f"{words}: “{excerpt}”"
        else:
            label = self.wording("names.back", words=excerpt)
        return LinkView(words, "#" + passage_id(passage.key, place), label)

    def _cite(self, citation: Citation) -> CiteView:
        source = self.sources.get(citation.source)
        if source is None:
            return CiteView(LinkView(citation.source), False, citation.locator, citation.quote)
        href, external = self._address(source)
        internal = not href
        if internal:
            href = "#" + self.source_ids[citation.source]
        elif citation.quote and external:
            href = with_text_fragment(href, citation.quote)
        link = LinkView(source.title, href, external=external, language=source.language)
        return CiteView(link, internal, citation.locator, citation.quote)

    def _address(self, source: Source) -> tuple[str, bool]:
        """Return where `source` is found, empty if nowhere, and whether on another site."""
        return self._written(source.address, source)

    def _written(self, link: Link | None, source: Source) -> tuple[str, bool]:
        if link is None:
            return "", False
        if link.kind != LinkKind.SITE:
            return link.address, link.kind == LinkKind.EXTERNAL
        written = self.resolve(link)
        if written is None:
            problem = Problem(
                source.position,
                Rule.DEAD_LINK,
                f"the site has no “{shown(link.address)}”, the address of `{shown(source.key)}`",
                "correct the address; one of another site begins with https://",
            )
            if problem not in self.link_problems:
                self.link_problems.append(problem)
        return written or "", False

    # Sources.

    def _number_sources(self, passages: Sequence[Passage]) -> None:
        """Give an id to each source cited, in order of first citation."""
        used = set()
        for passage in passages:
            for citation in passage.annotation.sources:
                key = citation.source
                if key in self.source_ids or key not in self.sources:
                    continue
                base = slug = "".join(c if c.isalnum() and c.isascii() else "-" for c in key.lower())
                number = 2
                while slug in used:
                    slug, number = f"{base}-{number}", number + 1
                used.add(slug)
                self.source_ids[key] = f"ann--source-{slug}"

    def source_list(self, passages: Sequence[Passage]) -> tuple[SourceView, ...]:
        """Return the sources cited, in order of first citation; `notes` has been called before."""
        cited: dict[str, list[Passage]] = {key: [] for key in self.source_ids}
        for passage in sorted(passages, key=lambda passage: passage.number):
            for key in dict.fromkeys(c.source for c in passage.annotation.sources):
                if key in cited:
                    cited[key].append(passage)
        return tuple(self._source(self.sources[key], citing) for key, citing in cited.items())

    def _source(self, source: Source, citing: Sequence[Passage]) -> SourceView:
        href, external = self._address(source)
        details = [source.container, source.publisher]
        if source.date:
            details.append(self.wording.date(source.date))
        authors = ", ".join(map(str, source.author))
        remarks = [source.genre]
        if source.role:
            remarks.append(self.wording(f"roles.{source.role}"))
        if source.access:
            remarks.append(self.wording(f"access.{source.access}"))
        if source.accessed:
            remarks.append(self.wording("sources.accessed", date=self.wording.date(source.accessed)))
        note = Markup("")
        if source.note:
            note = self.renderer.render(source.note, source.position)
        return SourceView(
            id=self.source_ids[source.key],
            link=LinkView(
                source.title,
                href,
                external=external,
                language=source.language,
                data=_robust(source) if href else None,
            ),
            before=_sentence(authors),
            after=_sentence(", ".join(filter(None, details))),
            further=self._further(source, href),
            remarks=_sentence(_capital("; ".join(filter(None, remarks)))),
            note=note,
            cited=tuple(
                LinkView(
                    str(passage.number),
                    "#" + passage_id(passage.key),
                    self.wording(
                        "names.passage", number=passage.number, words=passage.excerpts[0]
                    ),
                )
                for passage in citing
            ),
        )

    def _further(self, source: Source, first: str) -> tuple[LinkView, ...]:
        """Return the other addresses of `source`: its copy, its original, its DOI."""
        links = []
        archive, external = self._written(source.archive_url, source)
        if archive and archive != first:
            words = self.wording("sources.archived")
            if source.archive_date:
                date = self.wording.date(source.archive_date)
                words = self.wording("sources.archived_on", date=date)
            links.append(LinkView(words, archive, external=external))
        original, external = self._written(source.url, source)
        # An address that is known to show something else is no help to a reader.
        if original and original != first and source.url_status in ("live", "deviated"):
            links.append(LinkView(self.wording("sources.original"), original, external=external))
        return tuple(links)

    # Panel.

    def panel(
        self, article: Article, passages: Sequence[Passage], *, has_sources: bool
    ) -> PanelView:
        """Return what is said above the article."""
        entry = self.wording.entry("article_types", article.type)
        backstory = Markup("")
        if article.backstory:
            backstory = self.renderer.render(article.backstory, article.places["backstory"])
        return PanelView(
            type_label=entry.label if article.type else "",
            type_definition=entry.definition if article.type else "",
            based_on=self._based_on(article),
            corrections=tuple(
                CorrectionView(
                    correction.date,
                    self.wording.date(correction.date),
                    self.renderer.render(correction.text, correction.position),
                )
                for correction in article.corrections
            ),
            counts=self._counts(passages),
            legend=self._legend(passages),
            lists=self._lists(passages),
            backstory=backstory,
            has_notes=any(passage.number for passage in passages),
            has_sources=has_sources,
        )

    def _based_on(self, article: Article) -> LinkView | None:
        if not article.based_on:
            return None
        source = self.sources.get(article.based_on)
        if source is None:
            return LinkView(article.based_on)
        href, external = self._address(source)
        return LinkView(source.title, href, external=external, language=source.language)

    def _counts(self, passages: Sequence[Passage]) -> tuple[CountView, ...]:
        counts = []
        for group in _GROUPS:
            kinds = [passage.kind.id for passage in passages if passage.kind.group == group]
            if not kinds:
                continue
            label = self.wording(f"groups.{group.value}")
            if len(set(kinds)) == 1:
                label = self.wording.entry("kinds", kinds[0]).label
            counts.append(CountView(group.value, label, len(kinds)))
        return tuple(counts)

    def _legend(self, passages: Sequence[Passage]) -> tuple[LegendView, ...]:
        kinds = {passage.kind for passage in passages}
        ordered = sorted(kinds, key=lambda kind: (_GROUPS.index(kind.group), kind.id))
        legend = []
        for kind in ordered:
            entry = self.wording.entry("kinds", kind.id)
            legend.append(LegendView(kind_classes(kind), entry.label, entry.definition))
        return tuple(legend)

    def _lists(self, passages: Sequence[Passage]) -> tuple[ListView, ...]:
        """Return the judged passages by kind: what a reader may want to find again."""
        by_kind: dict[Kind, list[Passage]] = {}
        for passage in passages:
            if passage.kind.group.judges:
                by_kind.setdefault(passage.kind, []).append(passage)
        ordered = sorted(by_kind, key=lambda kind: (_GROUPS.index(kind.group), kind.id))
        return tuple(
            ListView(
                f"ann--list-{kind.id}",
                self.wording.entry("kinds", kind.id).label,
                tuple(
                    (LinkView(p.excerpts[0], "#" + passage_id(p.key)), p.who)
                    for p in by_kind[kind]
                ),
            )
            for kind in ordered
        )


def excerpt_of(words: str) -> str:
    """Return `words` in one line, cut between words where they are long."""
    words = " ".join(words.split())
    if len(words) <= EXCERPT:
        return words
    cut = words[:EXCERPT].rsplit(" ", 1)[0]
    return f"{cut} …"


def with_text_fragment(address: str, quote: str) -> str:
    """Return `address` with a directive that scrolls a browser to `quote`.

    Source: WICG, URL Fragment Text Directives §3.3; `-`, `,` and `&` are its syntax.
    """
    words = quote.split()
    if len(words) > 2 * _FRAGMENT_WORDS:
        parts = [" ".join(words[:_FRAGMENT_WORDS]), " ".join(words[-_FRAGMENT_WORDS:])]
    else:
        parts = [" ".join(words)]
    text = ",".join(percent_encoded(part, safe="").replace("-", "%2D") for part in parts)
    return f"{address}{'' if '#' in address else '#'}:~:text={text}"


def _robust(source: Source) -> dict[str, str] | None:
    """Return the link decorations of a source with an archived copy.

    Source: Robust Links 1.0, robustlinks.mementoweb.org/spec.
    """
    version = source.archive_date or source.accessed
    if not (source.archive_url and source.url and version):
        return None
    return {
        "data-originalurl": source.url.address,
        "data-versionurl": source.archive_url.address,
        "data-versiondate": str(version),
    }


def _sentence(words: str) -> str:
    return words if not words or words.endswith((".", "!", "?", "…")) else f"{words}."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
