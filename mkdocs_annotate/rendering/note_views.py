"""The views of a page's notes and panel, ready for templates."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from mkdocs_annotate.model.links import LinkKind
from mkdocs_annotate.model.sidecar import Article
from mkdocs_annotate.model.sources import Person
from mkdocs_annotate.model.vocabulary import Group, Kind, Technique
from mkdocs_annotate.rendering.bibliography import Bibliography
from mkdocs_annotate.rendering.marks import kept, kind_classes, note_id, passage_id
from mkdocs_annotate.rendering.notes import NoteRenderer
from mkdocs_annotate.rendering.passages import Passage
from mkdocs_annotate.rendering.translations import READING_ORDER, Term, Wording, kind_order
from mkdocs_annotate.rendering.views import (
    CorrectionView,
    CountView,
    ExportView,
    LegendView,
    LinkView,
    ListedView,
    ListView,
    NoteView,
    PanelView,
)

OPINION = "opinion"
"""A kind with a head of its own: “Opinion of Ines Carrow”."""

UNNAMED = "anonymous-source"
"""A kind whose speaker is the source itself."""

_NOTHING = Markup("")

_ANY: Mapping[str, Technique] = {}

_NOBODY: Mapping[str, Person] = {}

_EXPORT_TYPES = {
    "web-annotation": 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    "csl": "application/vnd.citationstyles.csl+json",
}


class NoteViews:
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
        self._labels: dict[tuple[str, str, bool], str] = {}
        """The labels of kinds as notes have them, by kind, technique, and whether it is a draft."""

    def notes(self, *, panel: bool = True) -> tuple[NoteView, ...]:
        """Return the notes, in the order of their numbers.

        With a `panel` they leave out what it says for all of them: the meaning of kinds, and the
        author of the notes if one person wrote all.
        """
        signers = {passage.annotation.by for passage in self.bibliography.passages}
        signed = not (panel and len(signers) == 1)
        return tuple(
            self._note(passage, defined=not panel, signed=signed)
            for passage in self.bibliography.passages
        )

    def _note(self, passage: Passage, *, defined: bool, signed: bool) -> NoteView:
        annotation = passage.annotation
        text, definition = _NOTHING, ""
        if annotation.note:
            text = self.renderer.render(annotation.note, annotation.place("note"))
        elif defined and not annotation.sources:
            definition = self._definition(passage)
        kind = self._kind_label(passage)
        who = self._named(passage)
        before, after = self._head(passage, kind) if who else (kind, "")
        classes = f"ann-note {kind_classes(passage.kind)}"
        if annotation.draft:
            classes += " ann-draft"
        classes += kept(f"{classes} {passage.key}")
        date = annotation.date
        return NoteView(
            id=note_id(passage.key),
            classes=classes,
            number=passage.number,
            kind=kind,
            who=who,
            before=before,
            after=after,
            text=text,
            definition=definition,
            cites=tuple(map(self.bibliography.cite, annotation.sources)),
            by=self._by(annotation.by) if signed else None,
            role=self.people[annotation.by].role if signed and annotation.by in self.people else "",
            date=date,
            date_words=self.wording.date(date) if date else "",
            back=tuple([self._back(passage, n) for n in range(1, len(passage.excerpts) + 1)]),
        )

    def _named(self, passage: Passage) -> str:
        """Return the judged speaker for the head of a note; empty where nobody is named.

        Of a question only a quoted speaker is named: any other words are the author's anyway.
        """
        if not passage.who or passage.who == self.wording("notes.author"):
            return ""
        quoted = passage.annotation.voice == "quoted"
        return passage.who if quoted or passage.kind.group == Group.OPINION else ""

    def _head(self, passage: Passage, kind: str) -> tuple[str, str]:
        """Return the words before and behind the name in a note's head."""
        if passage.kind.id == UNNAMED:
            return f"{kind}{self.wording('signs.colon')}", ""
        key = "words_of" if passage.kind.group == Group.QUESTION else "whose"
        if passage.kind.id == OPINION:
            key = "whose_opinion"
        before, _, after = self.wording(f"notes.{key}", kind=kind).partition("{who}")
        return before, after

    def _annotators(self) -> tuple[LinkView, ...]:
        """Return the authors of the notes, in the order of their first notes."""
        names = dict.fromkeys(passage.annotation.by for passage in self.passages)
        return tuple(person for person in map(self._by, names) if person is not None)

    def _corrected(self, article: Article) -> str:
        """Return the words for the number of corrections and the date of the newest."""
        if not article.corrections:
            return ""
        newest = max(article.corrections, key=lambda correction: str(correction.date)).date
        count = len(article.corrections)
        return self.wording("panel.corrected", count=count, date=self.wording.date(newest))

    def _by(self, by: str) -> LinkView | None:
        """Return the person behind `by`, or a person of that name; None for nobody."""
        person = self.people.get(by)
        if person is None:
            return LinkView(by) if by else None
        if person.url is None:
            return LinkView(person.name)
        on_site = person.url.kind is LinkKind.SITE
        href = self.bibliography.resolve(person.url) if on_site else person.url.address
        return LinkView(person.name, href or "", external=person.url.kind is LinkKind.EXTERNAL)

    def exports(self, files: Mapping[str, str], article: Article) -> tuple[ExportView, ...]:
        """Return links to those of `files` that have content of this page."""
        published = [p.annotation for p in self.passages if not p.annotation.draft]
        keys = {citation.source for annotation in published for citation in annotation.sources}
        has_content = {
            "web-annotation": bool(published),
            "csl": not self.bibliography.sources.keys().isdisjoint({*keys, article.based_on}),
        }
        return tuple(
            ExportView(self.wording(f"exports.{name}"), href, _EXPORT_TYPES[name])
            for name, href in files.items()
            if has_content[name]
        )

    def _kind_label(self, passage: Passage) -> str:
        annotation = passage.annotation
        said = passage.kind.id, annotation.technique, annotation.draft
        if said not in self._labels:
            self._labels[said] = self._label(passage)
        return self._labels[said]

    def _label(self, passage: Passage) -> str:
        label = self.wording.entry("kinds", passage.kind.id).label
        technique = self._technique_label(passage)
        if technique:
            label = self.wording("notes.technique", kind=label, technique=technique)
        if passage.annotation.draft:
            label = self.wording("notes.draft", kind=label)
        return label

    def _technique_label(self, passage: Passage) -> str:
        """Return the label of the technique; empty where it adds nothing to the kind."""
        known = self.techniques.get(passage.annotation.technique)
        if known is None:
            return passage.annotation.technique
        if not known.own_words and known.kind == passage.kind.id:
            return ""
        return self._entry(known).label

    def _definition(self, passage: Passage) -> str:
        """Return the definition of the technique, if it has one, else that of the kind."""
        known = self.techniques.get(passage.annotation.technique)
        if known and known.own_words:
            return self._entry(known).definition
        return self.wording.entry("kinds", passage.kind.id).definition

    def _entry(self, technique: Technique) -> Term:
        if technique.own_words:
            return self.wording.entry("techniques", technique.id)
        return self.wording.entry("kinds", technique.kind)

    def _back(self, passage: Passage, place: int) -> LinkView:
        """Return the link to a place; the list of notes names the links to first places."""
        href = "#" + passage_id(passage.key, place)
        if place == 1:
            return LinkView(self.wording("notes.back"), href, data=self.bibliography.data)
        excerpt = passage.excerpts[place - 1]
        label = self.wording("names.place", number=place, words=excerpt)
        return LinkView(
            self.wording("notes.place", number=place), href, label, data=self.bibliography.data
        )

    def panel(self, article: Article, indexes: tuple[LinkView, ...] = ()) -> PanelView:
        """Return the values of the panel above the article and of the block behind it."""
        entry = self.wording.entry("article_types", article.type)
        backstory = Markup("")
        if article.backstory:
            backstory = self.renderer.render(article.backstory, article.places["backstory"])
        return PanelView(
            type_label=entry.label if article.type else "",
            type_definition=entry.definition if article.type else "",
            annotators=self._annotators(),
            based_on=self.bibliography.annotated(article.based_on),
            corrections=tuple(
                CorrectionView(
                    correction.date,
                    self.wording.date(correction.date),
                    self.renderer.render(correction.text, correction.position),
                )
                for correction in article.corrections
            ),
            corrected=self._corrected(article),
            counts=self._counts(),
            legend=self._legend(),
            lists=self._lists(),
            backstory=backstory,
            indexes=indexes,
            data=self.bibliography.data,
        )

    def _counts(self) -> tuple[CountView, ...]:
        return tuple(
            CountView(group.value, self._group_label(passages), len(passages))
            for group, passages in self._grouped()
        )

    def _grouped(self) -> list[tuple[Group, list[Passage]]]:
        """Return the groups on the page, with their passages."""
        grouped: dict[str, list[Passage]] = {}
        for passage in self.passages:
            grouped.setdefault(passage.kind.group.value, []).append(passage)
        known = ((group, grouped.get(group.value)) for group in READING_ORDER)
        return [(group, passages) for group, passages in known if passages]

    def _group_label(self, passages: Sequence[Passage]) -> str:
        """Return the label of a group: that of its kind, where the page has one kind of it."""
        if len({passage.kind.id for passage in passages}) == 1:
            return self.wording.entry("kinds", passages[0].kind.id).label
        return self.wording(f"groups.{passages[0].kind.group.value}")

    def _legend(self) -> tuple[LegendView, ...]:
        kinds = {passage.kind.id: passage.kind for passage in self.passages}
        legend = []
        for kind in self._ordered(kinds.values()):
            entry = self.wording.entry("kinds", kind.id)
            techniques = self._legend_of_techniques(kind, entry.label)
            if not techniques or self._stands_alone(kind):
                legend.append(LegendView(kind_classes(kind), entry.label, entry.definition))
            legend += techniques
        return tuple(legend)

    def _stands_alone(self, kind: Kind) -> bool:
        """Return whether the page has `kind` without a technique with a sentence of its own."""
        used = (
            self.techniques.get(p.annotation.technique) for p in self.passages if p.kind == kind
        )
        return any(technique is None or not technique.own_words for technique in used)

    def _legend_of_techniques(self, kind: Kind, label: str) -> list[LegendView]:
        """Return the definitions of the techniques that the page has with `kind`."""
        if not self.techniques:
            return []
        used = {p.annotation.technique for p in self.passages if p.kind == kind}
        legend = []
        for technique in self.techniques.values():
            if technique.id in used and technique.own_words:
                entry = self._entry(technique)
                called = self.wording("notes.technique", kind=label, technique=entry.label)
                legend.append(LegendView(kind_classes(kind), called, entry.definition))
        return legend

    def _lists(self) -> tuple[ListView, ...]:
        """Return the judged passages by kind, for the list behind the article."""
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
