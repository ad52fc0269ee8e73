"""Where annotations without a place had theirs, in older texts of the article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_annotate.anchoring.law import Anchor, Orphan, anchor
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.porting import Removed, port
from mkdocs_annotate.anchoring.proposals import Proposal
from mkdocs_annotate.hosts.history import Commit, History
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import Annotation, Quote
from mkdocs_annotate.sidecar.decoding import parse_sidecar

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.open_articles import OpenArticle, Project


@dataclass(frozen=True)
class Origin:
    """A passage in an older text: the commit, its words there, and what it became by now."""

    commit: Commit
    words: str
    became: Proposal | None


@dataclass(frozen=True)
class Removal:
    """A passage that is gone: where it was found, and the first commit without it, if known."""

    last: Commit
    commit: Commit | None


class Origins:
    """Looks for the passages of one article's annotations in its history."""

    def __init__(self, project: Project, article: OpenArticle) -> None:
        self._project = project
        self._article = article
        self._history = History(article.path, article.sidecar)
        self._pages: dict[str, Page | None] = {}
        self._quotes: dict[str, frozenset[Quote]] = {}

    def of(self, orphan: Orphan) -> Origin | Removal | None:
        """Return what became of the passage that `orphan` had; None where no text tells.

        The first commit worth a look decides in which the annotation had one place.
        Never raises.  Cost: a conversion of the article for each of up to 22 commits, once.
        """
        for commit in self._history.commits():
            page = self._page(commit)
            if page is None or not self._stood(orphan.annotation, commit):
                continue
            answer = anchor(orphan.annotation, page)
            if isinstance(answer, Anchor) and len(answer.ranges) == 1:
                return self._became(answer.ranges[0], page, commit)
        return None

    def _became(self, place: Range, page: Page, commit: Commit) -> Origin | Removal:
        became = port(place, page, self._article.page)
        if isinstance(became, Removed):
            return Removal(commit, self._remover(place, page))
        return Origin(commit, page.text[place.start : place.end], became)

    def _remover(self, place: Range, page: Page) -> Commit | None:
        """Return the first commit without the passage.

        None if only the files here are, or if more than all that are looked at.
        """
        remover = None
        for commit in self._history.changes:
            later = self._page(commit)
            if later is None or not isinstance(port(place, page, later), Removed):
                return remover
            remover = commit
        return None

    def _stood(self, annotation: Annotation, commit: Commit) -> bool:
        """Return whether the sidecar had the quote in `commit`.

        What is checked out counts as it is: the quote may be newer, and not committed yet.
        """
        if commit == self._history.head:
            return True
        if commit.name not in self._quotes:
            sidecar, _ = parse_sidecar(self._history.sidecar_at(commit) or "", "sidecar")
            quotes = frozenset(annotation.quote for annotation in sidecar.annotations)
            self._quotes[commit.name] = quotes
        return annotation.quote in self._quotes[commit.name]

    def _page(self, commit: Commit) -> Page | None:
        if commit.name not in self._pages:
            text = self._history.article_at(commit)
            page = None if text is None else self._project.page_of(self._article, text)
            self._pages[commit.name] = page
        return self._pages[commit.name]
