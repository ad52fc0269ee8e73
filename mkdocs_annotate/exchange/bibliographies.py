"""Files of sources in formats of other programs, as the sources of a site."""

import re
from dataclasses import replace

from mkdocs_annotate.exchange.arrivals import Unusable
from mkdocs_annotate.exchange.biblatex import read_bibtex
from mkdocs_annotate.exchange.bibtex import INSTALL, NotInstalled
from mkdocs_annotate.exchange.csl_reading import read_csl
from mkdocs_annotate.exchange.entries import Entries
from mkdocs_annotate.exchange.json_text import parse_json
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.model.sources import Source
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
        entries = _bibtex(text, file) if bibtex else _csl(text, file)
    except NotInstalled:
        message = "the parser for BibTeX is not installed"
        return {}, [Problem(start, Rule.NOT_READABLE, message, INSTALL)]
    except Unusable as error:
        cure = f"export it again, as {'BibTeX' if bibtex else 'CSL-JSON'}"
        place = Position(file, *error.place)
        return {}, [Problem(place, Rule.SOURCES_SYNTAX, error.reason, cure)]
    described = {key: (entry.position, entry.fields) for key, entry in entries.sources.items()}
    sources, problems = sources_of(
        described, file, [*entries.problems, *entries.parts, *entries.left_aside]
    )
    for key, source in sources.items():
        sources[key] = replace(source, extra=entries.sources[key].extra)
    return sources, problems


def _bibtex(text: str, file: str) -> Entries:
    if "@" not in text and _SAYS_SOMETHING.search(text):
        raise Unusable("the file holds no entries such as `@book{key, …}`, and so is no BibTeX")
    return read_bibtex(text, file)


def _csl(text: str, file: str) -> Entries:
    value = parse_json(text)
    # No sources yet are no mistake.
    return Entries() if value == [] else read_csl(value, file)
