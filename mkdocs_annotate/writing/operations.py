"""What can be done to a sidecar from its page, each as a new text that is sound, or a reason.

A request names what it was made for by the digest of the file: another text in between is a
conflict, and nothing is written.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from mkdocs_annotate.anchoring.anchors import Anchor, anchor
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.files.paths import display_path, is_inside
from mkdocs_annotate.model.problems import Level, Problem
from mkdocs_annotate.model.sidecar import Sidecar, slug_of
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.model.vocabulary import Vocabulary
from mkdocs_annotate.rendering.note_content import Resolve
from mkdocs_annotate.rendering.translations import Wording
from mkdocs_annotate.sidecar.checks import check_sidecar
from mkdocs_annotate.sidecar.decoding import parse_sidecar
from mkdocs_annotate.sidecar.editing import KeyPath, Uneditable
from mkdocs_annotate.sidecar.value_editing import (
    ARTICLE,
    KEY_ORDER,
    Value,
    ValueSession,
    WrittenEntry,
    written_article,
    written_entries,
)
from mkdocs_annotate.writing.places import Selected, Unplaced, placed


@dataclass(frozen=True)
class WritablePage:
    """A page of a site whose annotations can be written, as it was built last."""

    name: str
    """What requests call it; never a path that is opened."""

    sidecar: Path
    """Where its sidecar is, or would be."""

    roots: tuple[Path, ...]
    """Folders that a sidecar may lie in."""

    text: Page
    """The article's own text, without annotations."""

    vocabulary: Vocabulary
    registry: Mapping[str, Source]
    """The sources that the site shares."""

    wording: Wording
    resolve: Resolve
    language: str = ""
    """The language of the form; empty for English."""

    me: str = ""
    """Who writes, as `by` says it; empty for nobody."""

    @property
    def file(self) -> str:
        """Return what messages call its sidecar."""
        return display_path(self.sidecar)

    @property
    def is_in_roots(self) -> bool:
        """Return whether its sidecar, links followed, lies in one of `roots`."""
        return any(is_inside(self.sidecar, root) for root in self.roots)


class Refused(Exception):
    """Nothing was changed; the message says why, in the writer's words."""


class Conflict(Refused):
    """The sidecar is another than the one that the request was made for."""


FIELDS = frozenset(
    "kind note voice speaker technique sources tags by date draft id section".split()
)
"""The fields of an annotation that a request may give, beside the place of its passage."""

_PLACING = ("quote", "through", "prefix", "suffix", "occurrence", "section")
_ARTICLE = frozenset("type based_on backstory".split())


def digest(text: str | None) -> str:
    """Return what a sidecar with `text` is known by; empty for one that is not there."""
    return "" if text is None else hashlib.sha256(text.encode()).hexdigest()


def changed(page: WritablePage, text: str | None, request: Mapping[str, Any], today: date) -> str:
    """Return the sidecar `text` of `page`, None for none yet, after what `request` asks for.

    The result has no problem that `text` hasn't, and a passage that is written has its place.
    Raises Refused.
    """
    make = _OPERATIONS.get(str(request.get("do")))
    if make is None:
        raise Refused("this is nothing that can be done here")
    file = page.file
    try:
        edited, index = make(page, text or "", request, today)
    except (Uneditable, Unplaced) as error:
        raise Refused(str(error)) from error
    _must_be_sound(page, text or "", edited, file)
    if index is not None:
        _must_be_placed(page, edited, index, file)
    return edited


_Edited = tuple[str, "int | None"]
"""The new text, and the number of an annotation that must have a place."""


def _add(page: WritablePage, text: str, request: Mapping[str, Any], today: date) -> _Edited:
    file = page.file
    found = placed(selection(request), page.text)
    defaults = read(text, file)[0].defaults
    given = _given(request, FIELDS)
    if not any(given.get(key) for key in ("note", "sources", "kind", "technique")):
        raise Refused("say something about the passage: a note, a source or a kind")
    # Whoever empties the field signs nothing.
    if page.me and not defaults.by:
        given.setdefault("by", page.me)
    if not defaults.date:
        given.setdefault("date", today.isoformat())
    given, fresh = _cited(page, text, given)
    fields = {**found.fields, **{key: value for key, value in given.items() if value}}
    ordered = {key: fields[key] for key in KEY_ORDER if key in fields}
    session = ValueSession(text, file)
    session.add_annotations([ordered])
    if fresh:
        session.add_sources(fresh)
    return session.text, len(written_entries(session.text, file)) - 1


def _change(page: WritablePage, text: str, request: Mapping[str, Any], today: date) -> _Edited:
    file = page.file
    path: KeyPath = ("annotations", _entry(text, request, file).number)
    given = _given(request, FIELDS)
    given, fresh = _cited(page, text, given)
    values = {key: value or None for key, value in given.items()}
    session = ValueSession(text, file)
    session.set_fields(path, values)
    if fresh:
        session.add_sources(fresh)
    return session.text, None


def _place(page: WritablePage, text: str, request: Mapping[str, Any], today: date) -> _Edited:
    """Give an annotation the passage that is selected; what else it says stays."""
    file = page.file
    entry = _entry(text, request, file)
    found = placed(selection(request), page.text)
    values: dict[str, Value | None] = {key: found.fields.get(key) for key in _PLACING}
    return _with_fields(text, ("annotations", entry.number), values, file), entry.number


def _repair(page: WritablePage, text: str, request: Mapping[str, Any], today: date) -> _Edited:
    """Give an orphan the passage that was proposed, which is proved again."""
    file = page.file
    entry = _entry(text, request, file)
    given = _given(request, frozenset(_PLACING))
    values = {key: value or None for key, value in given.items()}
    return _with_fields(text, ("annotations", entry.number), values, file), entry.number


def _delete(page: WritablePage, text: str, request: Mapping[str, Any], today: date) -> _Edited:
    file = page.file
    entry = _entry(text, request, file)
    if "quote" not in entry.said:
        raise Refused("this entry has no quote; mend it in the file first")
    session = ValueSession(text, file)
    session.remove_annotation(session.number_at(entry.position))
    return session.text, None


def _article(page: WritablePage, text: str, request: Mapping[str, Any], today: date) -> _Edited:
    file = page.file
    values: dict[str, Value | None] = {
        key: value or None for key, value in _given(request, _ARTICLE).items()
    }
    if correction := _text(request.get("correction")).strip():
        known = written_article(text, file).get("corrections") or []
        if not isinstance(known, list):
            raise Refused("`corrections` is no list; mend it in the file first")
        values["corrections"] = [{"date": today.isoformat(), "text": correction}, *known]
    return _with_fields(text, ARTICLE, values, file), None


_OPERATIONS = {
    "add": _add,
    "change": _change,
    "place": _place,
    "repair": _repair,
    "delete": _delete,
    "article": _article,
}


def _with_fields(text: str, path: KeyPath, values: Mapping[str, Value | None], file: str) -> str:
    session = ValueSession(text, file)
    session.set_fields(path, values)
    return session.text


def selection(request: Mapping[str, Any]) -> Selected:
    """Return the selection that a request tells of."""
    given = request.get("selection")
    told = given if isinstance(given, Mapping) else {}
    return Selected(*(_text(told.get(key)) for key in ("text", "before", "after")))


def located(page: WritablePage, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words of the passage that a request selects.  Raises Refused."""
    try:
        return {"words": placed(selection(request), page.text).words}
    except Unplaced as error:
        raise Refused(str(error)) from error


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _given(request: Mapping[str, Any], known: frozenset[str]) -> dict[str, Any]:
    """Return the fields that a request gives, as texts and lists of them.  Raises Refused."""
    given = request.get("fields", {})
    if not isinstance(given, Mapping) or not known.issuperset(given):
        raise Refused("the request has fields that nothing here knows")
    if wrong := [key for key, value in given.items() if not _is_value(value)]:
        raise Refused(f"`{wrong[0]}` is no text and no list of texts")
    return {key: value.strip() if isinstance(value, str) else value for key, value in given.items()}


def _is_value(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, str) or _is_table(one) for one in value)
    return isinstance(value, str)


def _is_table(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(text, str) for pair in value.items() for text in pair
    )


def _entry(text: str, request: Mapping[str, Any], file: str) -> WrittenEntry:
    number = request.get("index")
    for entry in written_entries(text, file):
        if type(number) is int and entry.number == number:
            return entry
    raise Refused("there is no such entry")


def _cited(
    page: WritablePage, text: str, given: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    """Return `given` with what cites its sources, and the sources that are new, by their keys.

    A citation with a title describes a new source: it gets a key of its own.
    """
    cited = given.get("sources")
    if not isinstance(cited, list):
        return given, {}
    file = page.file
    known = {*page.registry, *read(text, file)[0].sources}
    fresh: dict[str, dict[str, str]] = {}
    citations: list[dict[str, str]] = []
    for one in cited:
        citation = {"source": one} if isinstance(one, str) else dict(one)
        if title := citation.pop("title", "").strip():
            key = _free_key(title, known)
            known.add(key)
            url = citation.pop("url", "").strip()
            fresh[key] = {"title": title, **({"url": url} if url else {})}
            citation = {"source": key, **citation}
        citations.append({key: value.strip() for key, value in citation.items() if value.strip()})
    return {**given, "sources": _as_typed(citations)}, fresh


def _free_key(title: str, known: set[str]) -> str:
    slug = slug_of(title)
    base = slug if len(slug) <= 30 else slug[:31].rpartition("-")[0] or slug[:30]
    key, number = base, 2
    while key in known:
        key, number = f"{base}-{number}", number + 1
    return key


def _as_typed(citations: list[dict[str, str]]) -> Value:
    """Return citations in the shortest form: a key, keys, or entries."""
    if any(list(one) != ["source"] for one in citations):
        return citations
    keys = [one["source"] for one in citations]
    return keys[0] if len(keys) == 1 else keys if keys else ""


def _must_be_sound(page: WritablePage, text: str, edited: str, file: str) -> None:
    """Raise Refused where `edited` has problems that `text` hasn't."""
    known = {(one.rule, one.message) for one in all_problems(page, text, file)}
    new = [
        one
        for one in all_problems(page, edited, file)
        if (one.rule, one.message) not in known and one.level != Level.INFO
    ]
    if new:
        raise Refused("\n".join(sentence_of(one) for one in new))


@lru_cache(maxsize=4)
def read(text: str, file: str) -> tuple[Sidecar, Sequence[Problem]]:
    """Return what a sidecar with `text` says, and what is wrong with it, kept for a while."""
    return parse_sidecar(text, file)


def all_problems(page: WritablePage, text: str, file: str) -> list[Problem]:
    """Return what is wrong with a sidecar of `page` that has `text`, passages aside."""
    sidecar, problems = read(text, file)
    return [*problems, *check_sidecar(sidecar, page.vocabulary, page.registry)]


def sentence_of(problem: Problem) -> str:
    """Return what is wrong and what to do, without the place."""
    return f"{problem.message}; {problem.hint}" if problem.hint else problem.message


def _must_be_placed(page: WritablePage, text: str, index: int, file: str) -> None:
    written = written_entries(text, file)[index]
    for one in read(text, file)[0].annotations:
        if one.position == written.position and isinstance(anchor(one, page.text), Anchor):
            return
    raise Refused("the passage would have no certain place; select a few words more")
