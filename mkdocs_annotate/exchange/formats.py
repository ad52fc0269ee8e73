"""The formats of other programs that can be imported, or used as the sources of a site."""

import re
from dataclasses import replace
from typing import Any

from mkdocs_annotate.exchange.biblatex import read_bibtex
from mkdocs_annotate.exchange.bibtex import INSTALL, NotInstalled
from mkdocs_annotate.exchange.csl_reading import CSL, read_csl
from mkdocs_annotate.exchange.entries import SourceEntries
from mkdocs_annotate.exchange.hypothesis import HYPOTHESIS
from mkdocs_annotate.exchange.imported import Imported, ImportFormat, UnusableFile, parse_json
from mkdocs_annotate.exchange.mrsf import MRSF
from mkdocs_annotate.exchange.web_annotation_reading import WEB_ANNOTATION
from mkdocs_annotate.model.problems import Position, Problem, Rule
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.model.vocabulary import Vocabulary
from mkdocs_annotate.sidecar.decoding import sources_of

_SAYS_SOMETHING = re.compile(r"^[^\S\n]*[^%\s]", re.MULTILINE)
"""A line that is neither blank nor a comment."""


NO_ENTRIES = "the file has no entries such as `@book{key, …}`, so it is not BibTeX"


def parse_bibliography(
    text: str, file: str, *, bibtex: bool
) -> tuple[dict[str, Source], list[Problem]]:
    """Return the sources that a text in CSL-JSON or BibTeX describes by key, and every problem.

    An entry that can't be used is left out, and the others stand.  `file` is the name that
    messages begin with.  Never raises.
    """
    start = Position(file, 1, 1)
    try:
        entries = _bibtex_entries(text, file) if bibtex else _csl(text, file)
    except NotInstalled:
        message = "the parser for BibTeX is not installed"
        return {}, [Problem(start, Rule.NOT_READABLE, message, INSTALL)]
    except UnusableFile as error:
        hint = f"export it again, as {'BibTeX' if bibtex else 'CSL-JSON'}"
        place = Position(file, *error.place)
        return {}, [Problem(place, Rule.SOURCES_SYNTAX, error.reason, hint)]
    described = {key: (entry.position, entry.fields) for key, entry in entries.sources.items()}
    sources, problems = sources_of(
        described, file, [*entries.problems, *entries.parts, *entries.unread_fields]
    )
    for key, source in sources.items():
        sources[key] = replace(source, extra=entries.sources[key].extra)
    return sources, problems


def _bibtex_entries(text: str, file: str) -> SourceEntries:
    if "@" not in text and _SAYS_SOMETHING.search(text):
        raise UnusableFile(NO_ENTRIES)
    return read_bibtex(text, file)


def _csl(text: str, file: str) -> SourceEntries:
    value = parse_json(text)
    # No sources yet are no mistake.
    return SourceEntries() if value == [] else read_csl(value, file)


# An entry, with comments of `%` before it at most: no YAML begins so.
_BIBTEX = re.compile(r"\ufeff?\s*(?:%[^\n]*\n\s*)*@\w+\s*[{(]")


def _is_bibtex(value: Any) -> bool:
    return isinstance(value, str) and _BIBTEX.match(value) is not None


def _read_bibtex(text: str, _: Vocabulary, file: str) -> Imported:
    try:
        found = read_bibtex(text, file).imported
    except NotInstalled as error:
        raise UnusableFile(f"the parser for BibTeX is not installed; {INSTALL}") from error
    if not found.sources and not found.skipped:
        raise UnusableFile(NO_ENTRIES)
    return found


FORMATS = {
    form.name: form
    for form in (
        WEB_ANNOTATION,
        MRSF,
        HYPOTHESIS,
        CSL,
        ImportFormat("bibtex", "BibTeX", _is_bibtex, _read_bibtex, lambda text, _: text),
    )
}
"""All formats that can be imported, by name; commands, fuzzing and messages take them from here.

Without `--format`, the first format that fits a file is used.
"""


def read_import(text: str, name: str, file: str, vocabulary: Vocabulary) -> tuple[str, Imported]:
    """Return the name of the format of `text` and its content; an empty `name` is guessed.

    `file` is the name that messages begin with.  Raises UnusableFile with what to do.
    """
    if name:
        form = FORMATS[name]
        return name, form.read(form.parse(text, file), vocabulary, file)
    # YAML holds JSON, and reviews are the only files in YAML.
    value = text if _is_bibtex(text) else MRSF.parse(text, file)
    for form in FORMATS.values():
        if form.fits(value):
            return form.name, form.read(value, vocabulary, file)
    *titles, last = (form.title for form in FORMATS.values())
    raise UnusableFile(
        f"the file does not look like {', '.join(titles)}, or {last}; "
        "if it is one of these, name its format with --format"
    )
