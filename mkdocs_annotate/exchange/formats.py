"""Files of sources in formats of other programs, as the sources of a site."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mkdocs_annotate.exchange.biblatex import read_bibtex
from mkdocs_annotate.exchange.bibtex import INSTALL, NotInstalled
from mkdocs_annotate.exchange.csl_reading import is_csl, read_csl
from mkdocs_annotate.exchange.entries import SourceEntries
from mkdocs_annotate.exchange.hypothesis import is_hypothesis, read_hypothesis
from mkdocs_annotate.exchange.imported import Arrivals, Unusable
from mkdocs_annotate.exchange.json_values import parse_json
from mkdocs_annotate.exchange.mrsf import is_mrsf, parse_review, read_mrsf
from mkdocs_annotate.exchange.web_annotation_reading import is_web_annotation, read_web_annotations
from mkdocs_annotate.model.problems import Position, Problem, Rule
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.model.vocabulary import Vocabulary
from mkdocs_annotate.sidecar.decoding import sources_of

_SAYS_SOMETHING = re.compile(r"^[^\S\n]*[^%\s]", re.MULTILINE)
"""A line that is neither blank nor a comment."""


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
    except Unusable as error:
        hint = f"export it again, as {'BibTeX' if bibtex else 'CSL-JSON'}"
        place = Position(file, *error.place)
        return {}, [Problem(place, Rule.SOURCES_SYNTAX, error.reason, hint)]
    described = {key: (entry.position, entry.fields) for key, entry in entries.sources.items()}
    sources, problems = sources_of(
        described, file, [*entries.problems, *entries.parts, *entries.left_aside]
    )
    for key, source in sources.items():
        sources[key] = replace(source, extra=entries.sources[key].extra)
    return sources, problems


def _bibtex_entries(text: str, file: str) -> SourceEntries:
    if "@" not in text and _SAYS_SOMETHING.search(text):
        raise Unusable("the file holds no entries such as `@book{key, …}`, and so is no BibTeX")
    return read_bibtex(text, file)


def _csl(text: str, file: str) -> SourceEntries:
    value = parse_json(text)
    # No sources yet are no mistake.
    return SourceEntries() if value == [] else read_csl(value, file)


# An entry, with comments of `%` before it at most: no YAML begins so.
_BIBTEX = re.compile(r"\ufeff?\s*(?:%[^\n]*\n\s*)*@\w+\s*[{(]")

_READERS: dict[str, tuple[Callable[[Any], bool], Callable[[Any, Vocabulary, str], Arrivals]]] = {
    "web-annotation": (is_web_annotation, read_web_annotations),
    "mrsf": (is_mrsf, lambda value, _, file: read_mrsf(value, file)),
    "hypothesis": (is_hypothesis, read_hypothesis),
    "csl": (is_csl, lambda value, _, file: read_csl(value, file).arrivals),
}

FORMATS = (*_READERS, "bibtex")
"""What can be imported."""


def arrivals_of(text: str, form: str, file: str, vocabulary: Vocabulary) -> tuple[str, Arrivals]:
    """Return the format of `text`, which is `form` if that is given, and what it brings.

    `file` is the name that messages begin with.  Raises Unusable with what to do.
    """
    if form == "bibtex" or (not form and _BIBTEX.match(text)):
        return "bibtex", _bibtex(text, file)
    value = _value(text, form, file)
    for name, (fits, read) in _READERS.items():
        if name == form or (not form and fits(value)):
            return name, read(value, vocabulary, file)
    raise Unusable(
        "the file is none of an export of Hypothesis, Web Annotations, a review in MRSF, "
        "CSL-JSON, and BibTeX; name its format with --format if it is one after all"
    )


def _bibtex(text: str, file: str) -> Arrivals:
    try:
        arrivals = read_bibtex(text, file).arrivals
    except NotInstalled as error:
        raise Unusable(f"the parser for BibTeX is not installed; {INSTALL}") from error
    if not arrivals.sources and not arrivals.skipped:
        raise Unusable("the file holds no entries such as `@book{key, …}`, and so is no BibTeX")
    return arrivals


def _value(text: str, form: str, file: str) -> Any:
    """Return the values of a text in JSON or, for reviews only, in YAML."""
    begins = text.removeprefix("\ufeff").lstrip()[:1]
    if begins in ("{", "[") or form not in ("", "mrsf"):
        return parse_json(text)
    return parse_review(text, file)
