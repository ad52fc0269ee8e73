"""The sources of one page: how a note cites them, and the list at its end."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from mkdocs_annotate.model.links import Link, LinkKind, unfound
from mkdocs_annotate.model.problems import Problem, Rule, shown
from mkdocs_annotate.model.sidecar import Citation, slug_of
from mkdocs_annotate.model.sources import Author, Source
from mkdocs_annotate.rendering.marks import passage_id
from mkdocs_annotate.rendering.note_content import Resolve
from mkdocs_annotate.rendering.notes import NoteRenderer
from mkdocs_annotate.rendering.passages import Passage, with_text_fragment
from mkdocs_annotate.rendering.translations import Wording
from mkdocs_annotate.rendering.views import CiteView, LinkView, SourceView

MOST_NAMES = 20
"""Of more names only the first are shown: some papers have thousands of authors."""

FIRST_NAMES = 10
"""How many names are shown of too many."""

_OTHERS = "et al."
"""So stand in for the rest of a list of names, in whatever language the list is."""

_SEVERAL_PAGES = re.compile(r"[-–,;&]")


def people_of(source: Source, wording: Wording) -> str:
    """Return the authors of a source, or its editors where no author is named."""
    if source.author or not source.editor:
        return _names(source.author, wording)
    several = "s" if len(source.editor) > 1 else ""
    return wording(f"sources.editor{several}", names=_names(source.editor, wording))


def _names(people: Sequence[Author], wording: Wording) -> str:
    if len(people) > MOST_NAMES:
        return wording.listed([*people[:FIRST_NAMES], _OTHERS])
    return wording.listed(people)


def details_of(source: Source, wording: Wording) -> str:
    """Return where and when a source appeared, its place there, and who else had a hand in it."""
    theirs = [source.container, source.series, "" if source.edition.isdecimal() else source.edition]
    ours = [*_numbers(source, wording), *_helpers(source, wording)]
    if ours and not any(theirs):
        ours[0] = ours[0][:1].upper() + ours[0][1:]
    date = wording.published(source.date) if source.date else ""
    return wording.listed([*theirs, *ours, source.publisher, date])


def _numbers(source: Source, wording: Wording) -> list[str]:
    """Return edition, volume, number and pages, each with its word."""
    numbers = {"volume": source.volume, "number": source.number}
    if source.edition.isdecimal():
        numbers = {"edition": source.edition, **numbers}
    words = [wording(f"sources.{key}", number=text) for key, text in numbers.items() if text]
    if source.pages:
        several = "s" if _SEVERAL_PAGES.search(source.pages) else ""
        words.append(wording(f"sources.page{several}", pages=source.pages))
    return words


def _helpers(source: Source, wording: Wording) -> list[str]:
    """Return editors that are not named first, and translators, each with their word."""
    people = {"edited": source.editor if source.author else (), "translated": source.translator}
    return [
        wording(f"sources.{key}", names=_names(names, wording))
        for key, names in people.items()
        if names
    ]


class _Same:
    """Something that equals itself alone: to compare sources takes as long as to describe one."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value


_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।")
_CLOSING = "\"'”’“»›)]」』）"


class SourceDescriber:
    """Describes sources for a list, and collects problems with their links."""

    def __init__(self, wording: Wording, resolve: Resolve, renderer: NoteRenderer) -> None:
        self.wording = wording
        self.resolve = resolve
        self.renderer = renderer
        self.problems: list[Problem] = []
        self._reported: set[Problem] = set()

    def described(
        self,
        source: Source,
        id_: str = "",
        cited: tuple[LinkView, ...] = (),
        *,
        is_annotated: bool = False,
        data: Mapping[str, str] | None = None,
    ) -> SourceView:
        """Return the entry of `source` in a list, with its id and links to passages that cite it.

        With `is_annotated` it says that this is the text that is annotated.
        """
        if is_annotated or source.note or _leads_to_site(source):
            view = self.described_anew(source, is_annotated=is_annotated)
        else:
            view = _described(_Same(source), _Same(self.wording))
        return view._replace(id=id_, cited=cited, data=data)

    def described_anew(self, source: Source, *, is_annotated: bool = False) -> SourceView:
        """Return what `described` does, without id and links back."""
        href, external = self._address(source)
        remarks = [source.genre]
        if is_annotated:
            remarks.insert(0, self.wording("sources.based_on"))
        if source.role:
            remarks.append(self.wording(f"roles.{source.role}"))
        if source.access:
            remarks.append(self.wording(f"access.{source.access}"))
        if source.accessed:
            remarks.append(
                self.wording("sources.accessed", date=self.wording.date(source.accessed))
            )
        semicolon = self.wording("signs.semicolon")
        copy = self._copy(source)
        gone = bool(copy) and source.url_status == "dead"
        if gone:
            copy = f"{copy}{semicolon}{self.wording('sources.gone')}"
        note = Markup("")
        if source.note:
            note = self.renderer.render(source.note, source.position, from_root=source.shared)
        return SourceView(
            id="",
            link=LinkView(
                source.title,
                href,
                external=external,
                language=source.language,
                data=_robust(source) if href else None,
            ),
            stop=self._stop(source.title),
            before=self._sentence(people_of(source, self.wording)),
            after=self._sentence(details_of(source, self.wording)),
            further=self._further(source, href),
            copy=_capital(copy),
            original=source.url.address if gone and source.url else "",
            remarks=self._sentence(_capital(semicolon.join(filter(None, remarks)))),
            note=note,
            cited=(),
        )

    def _address(self, source: Source) -> tuple[str, bool]:
        """Return the address of `source`, empty without one, and whether it is on another site."""
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
                f"the site has no “{shown(link.address)}”, the address of `{shown(source.label)}`",
                unfound(link.address),
                subject=link.address,
            )
            if problem not in self._reported:
                self._reported.add(problem)
                self.problems.append(problem)
        return written or "", False

    def _copy(self, source: Source) -> str:
        """Return the words that a link to `source` leads to a copy; empty where it does not."""
        return self._archived(source) if _is_copy(source) else ""

    def _archived(self, source: Source) -> str:
        if not source.archive_date:
            return self.wording("sources.archived")
        return self.wording("sources.archived_on", date=self.wording.date(source.archive_date))

    def _further(self, source: Source, first: str) -> tuple[LinkView, ...]:
        """Return the other addresses of `source`: its copy, its original, its DOI."""
        links = []
        archive, external = self._written(source.archive_url, source)
        if archive and archive != first:
            links.append(LinkView(self._archived(source), archive, external=external))
        original, external = self._written(source.url, source)
        # An address that is known to show something else is no help to a reader.
        if original and original != first and source.url_status in ("live", "deviated"):
            links.append(LinkView(self.wording("sources.original"), original, external=external))
        return tuple(links)

    def _stop(self, words: str) -> str:
        """Return the full stop that `words` need: none where they end with a sign that ends them.

        Quotation marks and brackets behind that sign don't count.
        """
        return "" if words.rstrip(_CLOSING).endswith(_ENDS) else self.wording("signs.stop")

    def _sentence(self, words: str) -> str:
        return words and words + self._stop(words)


def _leads_to_site(source: Source) -> bool:
    return any(link and link.kind == LinkKind.SITE for link in (source.url, source.archive_url))


@lru_cache(maxsize=2_048)
def _described(source: _Same, wording: _Same) -> SourceView:
    """Return the entry of a source that is the same wherever it is cited: once for all pages."""
    describer = SourceDescriber(wording.value, lambda link: None, NoteRenderer(lambda link: None))
    return describer.described_anew(source.value)


class Bibliography(SourceDescriber):
    """The sources that `passages` cite, numbered by first citation.

    `based_on` is the source that is annotated itself; it is the first in the list.  `data` are the
    attributes of the links back to passages.
    """

    def __init__(
        self,
        sources: Mapping[str, Source],
        passages: Sequence[Passage],
        wording: Wording,
        resolve: Resolve,
        renderer: NoteRenderer,
        based_on: str = "",
        data: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(wording, resolve, renderer)
        self.sources = sources
        self.based_on = based_on
        self.data = data
        self.passages = sorted(
            (passage for passage in passages if passage.number),
            key=lambda passage: passage.number,
        )
        self.ids = self._numbered()

    def cite(self, citation: Citation) -> CiteView:
        """Return one use of a source in a note; an unknown one shows its key."""
        source = self.sources.get(citation.source)
        title = source.title if source else citation.source
        copy = self._copy(source) if source else ""
        stop = self._stop(citation.quote or copy or citation.locator or title)
        words = citation.locator, citation.quote, stop, copy
        if source is None:
            return CiteView(LinkView(title), False, *words)
        href, external = self._address(source)
        internal = not href
        if internal:
            href = "#" + self.ids[citation.source]
        elif citation.quote and external:
            href = with_text_fragment(href, citation.quote)
        link = LinkView(source.title, href, external=external, language=source.language)
        return CiteView(link, internal, *words)

    def annotated(self, key: str) -> SourceView | None:
        """Return the text that is annotated, the source called `key`; None without one."""
        if not key:
            return None
        return self.described(self.sources.get(key) or Source(title=key))

    def _numbered(self) -> dict[str, str]:
        """Return an id for each source cited, in order of first citation."""
        ids: dict[str, str] = {}
        taken: set[str] = set()
        numbers: dict[str, int] = {}
        for key in dict.fromkeys([self.based_on, *self.cited_keys()]):
            if key not in self.sources:
                continue
            id_ = base = f"ann--source-{slug_of(key)}"
            while id_ in taken:
                # Where to go on counting: hundreds of keys may be the same without their signs.
                numbers[base] = numbers.get(base, 1) + 1
                id_ = f"{base}-{numbers[base]}"
            taken.add(id_)
            ids[key] = id_
        return ids

    def cited_keys(self) -> list[str]:
        """Return the keys that notes cite, in order of first citation, known or not."""
        cited = (c.source for passage in self.passages for c in passage.annotation.sources)
        return list(dict.fromkeys(cited))

    def entries(self) -> tuple[SourceView, ...]:
        """Return the list of sources, in order of first citation, with all who cite them."""
        cited: dict[str, list[Passage]] = {key: [] for key in self.ids}
        for passage in self.passages:
            for key in dict.fromkeys(citation.source for citation in passage.annotation.sources):
                if key in cited:
                    cited[key].append(passage)
        return tuple(
            self.described(
                self.sources[key],
                self.ids[key],
                tuple(map(self._citing, citing)),
                is_annotated=key == self.based_on,
                data=self.data,
            )
            for key, citing in cited.items()
        )

    def _citing(self, passage: Passage) -> LinkView:
        return LinkView(str(passage.number), "#" + passage_id(passage.key))


def _is_copy(source: Source) -> bool:
    """Return whether links to `source` lead to a copy, because its own address is dead."""
    copy = source.archive_url
    return bool(copy and source.url and not source.reachable and source.address == copy)


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


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
