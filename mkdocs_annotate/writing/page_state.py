"""What the form in a page must know: entries, sources, kinds, problems, and the words for them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from mkdocs_annotate.anchoring.anchors import Orphan, anchor_all
from mkdocs_annotate.anchoring.explanations import explained_all
from mkdocs_annotate.anchoring.repairs import Repair, repairs_of
from mkdocs_annotate.model.problems import Level, Position, Problem, in_order
from mkdocs_annotate.model.vocabulary import ARTICLE_TYPES
from mkdocs_annotate.rendering.notes import NoteRenderer
from mkdocs_annotate.rendering.translations import DEFAULT_LANGUAGE, base_of, words_of
from mkdocs_annotate.sidecar.value_editing import written_article, written_entries
from mkdocs_annotate.writing.operations import (
    WritablePage,
    all_problems,
    digest,
    read,
    sentence_of,
)

if TYPE_CHECKING:
    from mkdocs_annotate.model.sidecar import Annotation, Sidecar

_MOST_EXPLAINED = 25
_MOST_REPAIRS = 4


def state_of(page: WritablePage, text: str | None) -> dict[str, Any]:
    """Return what the form of `page` shows, whose sidecar has `text`, as JSON values.

    `hash` is what the next change has to name.  Each entry has `index`, `id` (empty where it has
    mistakes), `said`, its fields as they were typed, and for an orphan `why` and `repairs`.
    """
    file = page.file
    sidecar, _ = read(text or "", file)
    anchoring = anchor_all(sidecar.annotations, page.text)
    told = explained_all(anchoring.orphans, page.text, _MOST_EXPLAINED)
    lost = {orphan.annotation.position: (orphan, problem) for orphan, problem in told}
    problems = [*all_problems(page, text or "", file), *(problem for _, problem in told)]
    return {
        "hash": digest(text),
        "file": file,
        "entries": list(_entries(page, text or "", sidecar, lost)),
        "sources": [
            {"key": key, "title": source.title or key}
            for key, source in {**sidecar.sources, **page.registry}.items()
        ],
        "speakers": sorted({one.speaker for one in sidecar.annotations if one.speaker}),
        "kinds": [
            {
                "id": kind.id,
                **_term(page, "kinds", kind.id),
                "speaks": kind.group.judges,
            }
            for kind in page.vocabulary.kinds.values()
        ],
        "types": [{"id": type_, **_term(page, "article_types", type_)} for type_ in ARTICLE_TYPES],
        "by": "" if sidecar.defaults.by else page.me,
        "article": written_article(text or "", file),
        "problems": [str(one) for one in in_order(problems) if one.level != Level.INFO],
        "words": form_words(page.language),
        "lang": dict(page.wording.ours),
    }


def _term(page: WritablePage, table: str, id_: str) -> dict[str, str]:
    term = page.wording.entry(table, id_)
    return {"label": term.label, "definition": term.definition}


def _entries(
    page: WritablePage,
    text: str,
    sidecar: "Sidecar",
    lost: Mapping[Position, tuple[Orphan, Problem]],
) -> Iterator[dict[str, Any]]:
    known = {one.position: one for one in sidecar.annotations}
    for entry in written_entries(text, page.file):
        one: Annotation | None = known.get(entry.position)
        told: dict[str, Any] = {"index": entry.number, "id": one.id if one else ""}
        told["said"] = entry.said
        if entry.position in lost:
            orphan, problem = lost[entry.position]
            told["why"] = sentence_of(problem)
            told["repairs"] = [_shown(page, one) for one in repairs(orphan, page)]
        yield told


def repairs(orphan: Orphan, page: WritablePage) -> Sequence[Repair]:
    """Return the passages that are offered for an orphan, the best first."""
    return repairs_of(orphan, page.text)[:_MOST_REPAIRS]


def _shown(page: WritablePage, repair: Repair) -> dict[str, Any]:
    """Return a repair with the passage that it gives, and some words around it."""
    text, place = page.text.text, repair.range
    start, end = place
    return {
        "before": text[max(0, start - 40) : start],
        "words": text[start:end],
        "after": text[end : end + 40],
        "values": dict(repair.values),
    }


def previewed(page: WritablePage, note: str) -> dict[str, Any]:
    """Return a note as the page will show it, as safe HTML, and what is wrong with it."""
    renderer = NoteRenderer(page.resolve)
    html = str(renderer.render(note, Position("note", 1, 1))) if note.strip() else ""
    return {"html": html, "problems": [sentence_of(one) for one in renderer.problems]}


@lru_cache
def form_words(language: str) -> dict[str, str]:
    """Return the words of the form in `language`, by key; in English those that it lacks."""
    words: dict[str, str] = {}
    for known in (DEFAULT_LANGUAGE, base_of(language) or DEFAULT_LANGUAGE):
        file = files("mkdocs_annotate.writing") / "words" / f"{known}.yml"
        if known.isalpha() and file.is_file():
            words |= words_of(file)
    return words
