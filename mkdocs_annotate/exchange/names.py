"""Names of people and bodies in other formats, as a sidecar writes them: `Family, Given`."""

import re
from typing import Any

from mkdocs_annotate.exchange.bibtex import name_of, split_names
from mkdocs_annotate.exchange.imported import line_of
from mkdocs_annotate.exchange.plain_text import plain_text

ET_AL = "et al."
"""The end of a list of names that is cut short."""

_EXTENDED = re.compile(r'\s*"?(?:family|given|prefix|suffix)(?:-i)?\s*=')
_PART = re.compile(r"(?P<name>[a-z-]+)\s*=\s*(?P<value>.*)", re.DOTALL)
_REST = re.compile(
    r"(?:\s*[,;]|\s+and|\s*\\?&|\s)\s*\\?(?:emph\s*)?\{?et\.?\s+al\.?\}?\s*$", re.IGNORECASE
)
_STRAY = re.compile(r"^\s*and\s+(?!others\s*$)|\s+and\s*$", re.IGNORECASE)
_GENERATION = re.compile(r"(?:jr|sr|junior|senior|i{2,3}|iv)\.?", re.IGNORECASE)
_SUFFIX = re.compile(
    r"(?:jr|sr|junior|senior|[ivx]{1,4}|[1-9](?:st|nd|rd|th)|esq|ph\.? ?d|m\.? ?d|m\.?a|msc|s\.?j"
    r"|o\.?p)\.?",
    re.IGNORECASE,
)


def written_name(family: str, given: str, literal: str = "") -> str:
    """Return a name as a sidecar writes it: `Family, Given`; another with a comma in braces."""
    if family and given and "," not in family + given:
        return f"{family}, {given}"
    whole = literal or " ".join(filter(None, (given, family)))
    return f"{{{whole}}}" if "," in whole else whole


def csl_name(written: str) -> dict[str, str]:
    """Return a name that a sidecar writes as CSL has it."""
    family, comma, given = written.partition(", ")
    if comma and not written.startswith("{"):
        return {"family": family, "given": given}
    return {"literal": written.removeprefix("{").removesuffix("}")}


def read_csl_name(name: Any) -> str:
    """Return a name of CSL-JSON as a sidecar writes it; empty where there is none.

    Particles stand before the family name, and a suffix behind the given one.
    """
    if not isinstance(name, dict):
        return written_name("", "", line_of(name))
    parts = ("dropping-particle", "non-dropping-particle", "family")
    family = " ".join(filter(None, (line_of(name.get(part)) for part in parts)))
    given = " ".join(filter(None, (line_of(name.get(part)) for part in ("given", "suffix"))))
    if name.get("static-ordering") is True:
        # Names such as Mao Zedong begin with the family's wherever they stand.
        return written_name("", "", " ".join(filter(None, (family, given))))
    return written_name(family, given, line_of(name.get("literal")))


def read_bibtex_names(text: str) -> list[str]:
    """Return the names of a list in BibTeX or BibLaTeX, as a sidecar writes them.

    `and others` becomes “et al.”.  Names are separated by `and` or, where there is none, by
    semicolons.  A name in no known form stays as it was written.  Never raises.
    """
    if not text.strip():
        return []
    # The patterns look for an end from each white space on: of a run of it one is enough.
    text = _STRAY.sub("", re.sub(r"\s+", " ", text))
    rest = _REST.search(text)
    if rest and rest.start():
        text = f"{text[: rest.start()]} and others"
    names = split_names(text)
    if len(names) == 1 or (len(names) == 2 and names[1] == "others"):
        names = [*_parted(names[0], ";"), *names[1:]]
    return list(filter(None, map(_read, names)))


def _read(name: str) -> str:
    if name.strip() in ("others", "and others"):
        return ET_AL
    if _EXTENDED.match(name):
        return _extended(name)
    commas = _parted(name, ",")
    if len(commas) == 2 and _GENERATION.fullmatch(plain_text(commas[1])):
        return written_name("", "", plain_text(name))
    if len(commas) > 3 or (len(commas) == 3 and not _SUFFIX.fullmatch(plain_text(commas[1]))):
        # To put these parts in another order would be a guess.
        return written_name("", "", plain_text(name))
    given, particle, family, suffix = map(plain_text, name_of(name))
    return written_name(
        " ".join(filter(None, (particle, family))), " ".join(filter(None, (given, suffix)))
    )


def _extended(name: str) -> str:
    """Return a name in BibLaTeX's extended form: `family=Meij, given=Vincent, prefix=van der`."""
    values: dict[str, str] = {}
    for part in _parted(name, ","):
        found = _PART.fullmatch(part.strip().strip('"').strip())
        if found:
            values[found["name"]] = plain_text(found["value"].strip().strip('"'))
    family = " ".join(filter(None, (values.get("prefix"), values.get("family"))))
    given = " ".join(filter(None, (values.get("given"), values.get("suffix"))))
    return written_name(family, given)


def _parted(text: str, sign: str) -> list[str]:
    """Return the parts of `text` between `sign`s that stand outside of braces and quotes."""
    parts, depth, quoted, start = [], 0, False, 0
    for place, one in enumerate(text):
        if one == '"' and not depth and text[place - 1 : place] != "\\":
            quoted = not quoted
        elif one in "{}" and text[place - 1 : place] != "\\":
            depth += 1 if one == "{" else -1
        elif one == sign and depth <= 0 and not quoted:
            parts.append(text[start:place])
            start = place + 1
    return [part for part in map(str.strip, [*parts, text[start:]]) if part]
