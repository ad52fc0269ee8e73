"""An annotated page to the views of its notes and its panel."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from mkdocs_annotate.model.links import LinkKind
from mkdocs_annotate.model.people import Person
from mkdocs_annotate.model.sidecar import Article
from mkdocs_annotate.model.vocabulary import Group, Kind, Technique
from mkdocs_annotate.rendering.bibliography import Bibliography
from mkdocs_annotate.rendering.marks import kind_classes, note_id, passage_id
from mkdocs_annotate.rendering.notes import NoteRenderer
from mkdocs_annotate.rendering.ordering import READING_ORDER, kind_order
from mkdocs_annotate.rendering.views import (
    BarView,
    CorrectionView,
    CountView,
    ExportView,
    LegendView,
    LinkView,
    ListedView,
    ListView,
    NoteView,
    PanelView,
    Passage,
    RowView,
)
from mkdocs_annotate.rendering.wording import Entry, Wording

LONG_NOTE = 600
"""Characters of a note from which it is folded in the margin."""

LEAST_IN_BAR = 5
"""Fewest passages of which a bar shows where they stand; of fewer the page itself does."""

MOST_TOLD = 12
"""How many places of a group the words beside the bar tell."""

_ANY: Mapping[str, Technique] = {}

_NOBODY: Mapping[str, Person] = {}

_EXPORT_TYPES = {
    "web-annotation": 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    "csl": "application/vnd.citationstyles.csl+json",
}


class Viewer:
    """Makes the views of the `passages` of one page, which are in reading order."""

    def __init__(
        self,
        passages: Sequence[Passage],
        bibliography: Bibliography,
        wording: Wording,
        renderer: NoteRenderer,
        techniques: Mapping[str, Technique] = _ANY,
        people: Mapping[str, Person] = _NOBODY,
    ) -> None:
        self.passages = passages
        self.bibliography = bibliography
        self.wording = wording
        self.renderer = renderer
        self.techniques = techniques
        self.people = people

    def notes(self) -> tuple[NoteView, ...]:
        """Return the notes, in the order of their numbers."""
        return tuple(self._note(passage) for passage in self.bibliography.passages)

    def _note(self, passage: Passage) -> NoteView:
        annotation = passage.annotation
        text, definition = Markup(""), ""
        if annotation.note:
            text = self.renderer.render(annotation.note, annotation.place("note"))
        elif not annotation.sources:
            definition = self._definition(passage)
        classes = f"ann-note {kind_classes(passage.kind)} ann-n{passage.number}"
        if len(annotation.note) > LONG_NOTE:
            classes += " ann-long"
        if annotation.draft:
            classes += " ann-draft"
        date = annotation.date
        return NoteView(
            id=note_id(passage.key),
            classes=classes,
            number=passage.number,
            kind=self._kind_label(passage),
            who=passage.who,
            text=text,
            definition=definition,
            cites=tuple(self.bibliography.cite(citation) for citation in annotation.sources),
            by=self._by(annotation.by),
            role=self.people[annotation.by].role if annotation.by in self.people else "",
            date=date,
            date_words=self.wording.date(date) if date else "",
            back=tuple(self._back(passage, place) for place in range(1, len(passage.excerpts) + 1)),
        )

    def _by(self, by: str) -> LinkView | None:
        """Return who signs as `by`: somebody unknown as it was typed."""
        person = self.people.get(by)
        if person is None:
            return LinkView(by) if by else None
        if person.url is None:
            return LinkView(person.name)
        on_site = person.url.kind is LinkKind.SITE
        href = self.bibliography.resolve(person.url) if on_site else person.url.address
        return LinkView(person.name, href or "", external=person.url.kind is LinkKind.EXTERNAL)

    def exports(self, files: Mapping[str, str], article: Article) -> tuple[ExportView, ...]:
        """Return the links to those of `files` that have something of this page to tell."""
        published = [p.annotation for p in self.passages if not p.annotation.draft]
        keys = {citation.source for annotation in published for citation in annotation.sources}
        told = {
            "web-annotation": bool(published),
            "csl": not self.bibliography.sources.keys().isdisjoint({*keys, article.based_on}),
        }
        return tuple(
            ExportView(self.wording(f"exports.{name}"), href, _EXPORT_TYPES[name])
            for name, href in files.items()
            if told[name]
        )

    def _kind_label(self, passage: Passage) -> str:
        label = self.wording.entry("kinds", passage.kind.id).label
        technique = self._technique_label(passage)
        if technique:
            label = self.wording("notes.technique", kind=label, technique=technique)
        if passage.annotation.draft:
            label = self.wording("notes.draft", kind=label)
        return label

    def _technique_label(self, passage: Passage) -> str:
        """Return what the technique is called; nothing where the kind says as much."""
        known = self.techniques.get(passage.annotation.technique)
        if known is None:
            return passage.annotation.technique
        if not known.own_words and known.kind == passage.kind.id:
            return ""
        return self._entry(known).label

    def _definition(self, passage: Passage) -> str:
        """Return the sentence of the technique, where it has one; else that of the kind."""
        known = self.techniques.get(passage.annotation.technique)
        if known and known.own_words:
            return self._entry(known).definition
        return self.wording.entry("kinds", passage.kind.id).definition

    def _entry(self, technique: Technique) -> Entry:
        if technique.own_words:
            return self.wording.entry("techniques", technique.id)
        return self.wording.entry("kinds", technique.kind)

    def _back(self, passage: Passage, place: int) -> LinkView:
        words = self.wording("notes.back")
        excerpt = passage.excerpts[place - 1]
        if place > 1:
            words = self.wording("notes.place", number=place)
            label = self.wording("names.place", number=place, words=excerpt)
        else:
            label = self.wording("names.back", words=excerpt)
        return LinkView(words, "#" + passage_id(passage.key, place), label)

    def panel(
        self, article: Article, *, has_sources: bool, indexes: tuple[LinkView, ...] = ()
    ) -> PanelView:
        """Return what is said above the article."""
        entry = self.wording.entry("article_types", article.type)
        backstory = Markup("")
        if article.backstory:
            backstory = self.renderer.render(article.backstory, article.places["backstory"])
        return PanelView(
            type_label=entry.label if article.type else "",
            type_definition=entry.definition if article.type else "",
            based_on=self.bibliography.link(article.based_on) if article.based_on else None,
            corrections=tuple(
                CorrectionView(
                    correction.date,
                    self.wording.date(correction.date),
                    self.renderer.render(correction.text, correction.position),
                )
                for correction in article.corrections
            ),
            counts=self._counts(),
            bar=self._bar(),
            legend=self._legend(),
            lists=self._lists(),
            backstory=backstory,
            has_notes=any(passage.number for passage in self.passages),
            has_sources=has_sources,
            indexes=indexes,
        )

    def _counts(self) -> tuple[CountView, ...]:
        return tuple(
            CountView(group.value, self._group_label(passages), len(passages))
            for group, passages in self._grouped()
        )

    def _grouped(self) -> list[tuple[Group, list[Passage]]]:
        """Return the groups on the page, with their passages."""
        grouped: dict[Group, list[Passage]] = {}
        for passage in self.passages:
            grouped.setdefault(passage.kind.group, []).append(passage)
        return [(group, grouped[group]) for group in READING_ORDER if group in grouped]

    def _group_label(self, passages: Sequence[Passage]) -> str:
        """Return what a group is called: as its kind is, where there is one kind of it alone."""
        kinds = {passage.kind for passage in passages}
        if len(kinds) == 1:
            return self.wording.entry("kinds", passages[0].kind.id).label
        return self.wording(f"groups.{passages[0].kind.group.value}")

    def _bar(self) -> BarView | None:
        """Return where in the text the marks stand; None for a few."""
        if len(self.passages) < LEAST_IN_BAR:
            return None
        rows, told = [], []
        for number, (group, passages) in enumerate(self._grouped()):
            extents = sorted(extent for passage in passages for extent in passage.extents)
            rows.append(RowView(group.value, _path(extents, number)))
            places = [f"{start:.0%}".rstrip("%") for start, _ in extents[:MOST_TOLD]]
            if len(extents) > MOST_TOLD:
                places.append("…")
            label = self._group_label(passages)
            told.append(f"{label}{self.wording('signs.colon')}{self.wording.listed(places)}")
        words = self.wording("signs.semicolon").join(told)
        return BarView(
            f"{self.wording('panel.bar')}{self.wording('signs.colon')}{words}", tuple(rows)
        )

    def _legend(self) -> tuple[LegendView, ...]:
        kinds = {passage.kind for passage in self.passages}
        legend = []
        for kind in self._ordered(kinds):
            entry = self.wording.entry("kinds", kind.id)
            legend.append(LegendView(kind_classes(kind), entry.label, entry.definition))
            legend += self._legend_of_techniques(kind, entry.label)
        return tuple(legend)

    def _legend_of_techniques(self, kind: Kind, label: str) -> list[LegendView]:
        """Return what the techniques mean that stand on the page with `kind`."""
        used = {p.annotation.technique for p in self.passages if p.kind == kind}
        legend = []
        for technique in self.techniques.values():
            if technique.id in used and technique.own_words:
                entry = self._entry(technique)
                called = self.wording("notes.technique", kind=label, technique=entry.label)
                legend.append(LegendView(kind_classes(kind), called, entry.definition))
        return legend

    def _lists(self) -> tuple[ListView, ...]:
        """Return the judged passages by kind: what a reader may want to find again."""
        by_kind: dict[Kind, list[Passage]] = {}
        for passage in self.passages:
            if passage.kind.group.judges:
                by_kind.setdefault(passage.kind, []).append(passage)
        return tuple(
            ListView(
                f"ann--list-{kind.id}",
                self.wording.entry("kinds", kind.id).label,
                tuple(
                    ListedView(LinkView(p.excerpts[0], "#" + passage_id(p.key)), p.who)
                    for p in by_kind[kind]
                ),
            )
            for kind in self._ordered(by_kind)
        )

    def _ordered(self, kinds: Iterable[Kind]) -> list[Kind]:
        """Return `kinds` as readers look for them: by group, then by label."""
        return sorted(kinds, key=lambda kind: kind_order(kind, self.wording))


def _path(extents: Iterable[tuple[float, float]], row: int) -> str:
    """Return an SVG path of a block for each stretch; short ones are widened so that they show."""
    parts = []
    for start, end in extents:
        width = max(6, round(1000 * (end - start)))
        left = min(round(1000 * start), 1000 - width)
        parts.append(f"M{left} {6 * row}h{width}v4h-{width}z")
    return "".join(parts)
