"""The annotated pages of one build as they are written, and what they still show.

Other plugins that run later may encrypt a page, hide some of its words, or not publish it at all.
Indexes and exports are made last, and find out here what a page still shows.
"""

import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs_annotate.hosts.mkdocs_api import File, Files, MkDocsConfig, Page
from mkdocs_annotate.hosts.mkdocs_page import id_prefix, is_unlisted
from mkdocs_annotate.model.problems import Level, Position, Problem, Rule
from mkdocs_annotate.rendering.page_elements import (
    hidden_ids,
    list_of,
    page_words,
    shown_texts,
    words_of,
)

_TEXTS = (".html", ".json", ".xml")

MOST_NAMED = 3
"""How many pages a message names."""


@dataclass
class _Record:
    """One page as we made it, and what was found in the written one."""

    file: File
    made: str | bytes
    """The page as we made it: the very text that became its content, which the host keeps anyway;
    else packed to an eighth, as all pages wait until the last is written."""

    untouched: bool = False
    """What is written holds all of it."""

    hidden: frozenset[str] | None = None
    """The ids that its last form did not show; None before it was made."""

    written: int | None = None
    """The hash of its last form."""

    words: str = ""
    """The words of its file, where that is another form."""


@dataclass
class WrittenPages:
    """Looks at each annotated page again before it is written, and once the build is done."""

    config: MkDocsConfig
    files: Files | None = None
    """The files of the site, once all pages are rendered."""

    _records: dict[str, _Record] = field(default_factory=dict)

    def expect(self, page: Page, html: str, content: str) -> None:
        """Keep an annotated page: `html` as we made it, and `content`, which others made of that.

        What it shows is only looked for if somebody has changed it: that takes as long as to
        annotate the page.
        """
        made = content if content == html else zlib.compress(html.encode(), 1)
        self._records[page.file.src_uri] = _Record(page.file, made)

    def look_at(self, page: Page, output: str) -> frozenset[str]:
        """Keep what a page that is about to be written shows; return the ids that it hides."""
        record = self._records.get(page.file.src_uri)
        if record is None:
            return frozenset()
        content = page.content or ""
        record.untouched = _is_untouched(record, content) and content in output
        record.hidden = self._hidden_in(record, content if record.untouched else output)
        return record.hidden

    def is_untouched(self, file: File) -> bool:
        """Return whether the written page has all of it as we made it."""
        return self._records[file.src_uri].untouched

    def end(self, page: Page, output: str) -> None:
        """Keep the hash of the written page."""
        record = self._records.get(page.file.src_uri)
        if record is not None:
            record.written = hash(output.encode("utf-8", "xmlcharrefreplace"))

    def hidden_on(self, file: File) -> frozenset[str]:
        """Return the ids that the page of `file` hides, so that no other page may name them.

        Before the page is made its content is searched.
        """
        record = self._records.get(file.src_uri)
        if record is None:
            return frozenset()
        if record.hidden is not None:
            return record.hidden
        content = file.page.content if file.page is not None else None
        return self._hidden_in(record, content or "")

    def hides_all(self, file: File) -> bool:
        """Return whether a page shows none of its annotations, or is not written."""
        record = self._records.get(file.src_uri)
        if record is None:
            return False
        hidden = self.hidden_on(file)
        return bool(hidden or not record.untouched) and hidden.issuperset(_texts(record))

    def look_at_files(self, *, final: bool = False) -> None:
        """Search again each page whose file differs from what we wrote, or is missing.

        Plugins after us may have changed it.  A page that is not written yet will be, unless this
        is `final`.  Cost: a read of the file of each annotated page.
        """
        for record in self._records.values():
            if record.hidden is None:
                record.hidden = frozenset(_texts(record)) if final else None
            else:
                try:
                    data = Path(record.file.abs_dest_path).read_bytes()
                except OSError:
                    data = b""
                if hash(data) != record.written:
                    html = data.decode("utf-8", "replace")
                    record.hidden |= self._hidden_in(record, html)
                    record.words = page_words(html)

    def words_of(self, file: File) -> str:
        """Return the words of a page's file, as `page_words` does, if it was changed after us.

        Empty if it was not.
        """
        return self._records[file.src_uri].words

    def hiding(self) -> Iterator[File]:
        """Yield the files of the pages that hide something, in the order they were rendered in."""
        for record in self._records.values():
            if record.hidden:
                yield record.file

    def hidden_entries(self, file: File) -> dict[str, list[str]]:
        """Return the words of the notes and sources that a page hides, by the ids of their lists.

        Notes of one word are left out: the word is their kind.
        """
        record = self._records[file.src_uri]
        entries: dict[str, list[str]] = {}
        for id_, text in _texts(record).items():
            list_ = list_of(id_) if id_ in (record.hidden or ()) else ""
            if list_ and (list_ == "ann--sources" or len(words_of(text)) > 1):
                entries.setdefault(list_, []).append(text)
        return entries

    def lists_of(self, file: File) -> dict[str, str]:
        """Return the words that the lists of notes and sources of a page still show, by their ids.

        A list that shows none is left out.
        """
        record = self._records[file.src_uri]
        hidden = record.hidden or frozenset()
        lists: dict[str, list[str]] = {}
        for id_, text in _texts(record).items():
            if id_ not in hidden and (list_ := list_of(id_)):
                lists.setdefault(list_, []).append(" ".join(text.split()))
        return {list_: " ".join(texts) for list_, texts in lists.items()}

    def problems(self, place: Position) -> list[Problem]:
        """Return the problems of pages that hide something.

        Cost: if one does, a search of each file of the site.
        """
        files = list(self.hiding())
        if not files:
            return []
        verb = "does" if len(files) == 1 else "do"
        named = _listed([file.src_uri for file in files])
        hidden = Problem(
            place,
            Rule.PASSAGE_NOT_SHOWN,
            f"as published, {named} {verb} not show all annotated passages and their notes; "
            "indexes, exports and search leave these out",
            "nothing needs to be done if that is intended, by `not_in_nav` or a plugin that "
            "hides them",
            subject=named,
        )
        taken = sorted(self._elsewhere(files).items())
        return [hidden, *(_taken_over(place, sorted(names), uri) for uri, names in taken)]

    def _elsewhere(self, files: list[File]) -> dict[str, set[str]]:
        """Return other files of the site that have the notes of a page that hides something.

        They are listed by the path of that page: a plugin copied it before something was hidden.
        """
        prefixes = {id_prefix(file.src_uri).encode(): file for file in files}
        pattern = re.compile(b"|".join(map(re.escape, prefixes)))
        taken: dict[str, set[str]] = {}
        for folder, _, names in os.walk(self.config.site_dir):
            for path in (Path(folder, name) for name in names if name.endswith(_TEXTS)):
                for file in {prefixes[found] for found in pattern.findall(path.read_bytes())}:
                    if Path(file.abs_dest_path) != path:
                        name = path.relative_to(self.config.site_dir).as_posix()
                        taken.setdefault(file.src_uri, set()).add(name)
        return taken

    def _hidden_in(self, record: _Record, html: str) -> frozenset[str]:
        file = record.file
        gone = self.files is not None and self.files.get_file_from_path(file.src_uri) is not file
        if gone or is_unlisted(file, self.config):
            return frozenset(_texts(record))
        if _is_untouched(record, html):
            return frozenset()
        texts = _texts(record)
        return hidden_ids(texts, shown_texts(html) if "ann-" in html else {})


def _listed(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _taken_over(place: Position, names: list[str], page: str) -> Problem:
    return Problem(
        place,
        Rule.PASSAGE_NOT_SHOWN,
        f"{page} hides its article and our notes, but {_listed(names)} still show them: "
        "the plugin that makes these files copied them before they were hidden",
        "exclude the page with an option of that plugin",
        own_level=Level.WARNING,
    )


def _texts(record: _Record) -> dict[str, str]:
    """Return the words of the page as we made it, by id."""
    made = record.made
    return shown_texts(made if isinstance(made, str) else zlib.decompress(made).decode())


def _is_untouched(record: _Record, content: str) -> bool:
    return content == record.made
