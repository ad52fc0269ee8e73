"""The sidecar of an article: where it lies, what may be meant as one, and what it says.

A file that may be meant as a sidecar is not read, since nobody can be sure of it; it is reported,
and never published.
"""

import os
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path, PurePath
from typing import TypeAlias

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.files.reading import FileKind, guarded_text
from mkdocs_annotate.model.problems import Position, Problem, Rule, shown
from mkdocs_annotate.model.reporting import internal_error
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.sidecar.decoding import parse_sidecar, parse_sources

SUFFIX = ".annotations.yml"
"""What a sidecar's name ends in, after the name of its article without the ending."""

MAX_BIBLIOGRAPHY = 64 << 20
"""Largest file of sources in another program's format, in bytes."""


@dataclass(frozen=True)
class Location:
    """Where the sidecar of an article is, if it has one, and what is wrong with that."""

    path: Path | None
    problems: tuple[Problem, ...] = ()


def sidecar_name(article: str) -> str:
    """Return the name of the sidecar of an article: `a/b.md` has `a/b.annotations.yml`."""
    return str(PurePath(article).with_suffix("")) + SUFFIX


def locate(
    article: Path, docs: Path, annotations: Path | None = None, named: str | None = None
) -> Location:
    """Return where the sidecar of `article` is.

    It lies beside the article; or in the folder `annotations`, which mirrors `docs`; or where
    `named`, a path from the article's folder, says; or beside the file that `article` is a link
    to.  Without any, files that may have been meant are reported.  Never raises.  Cost: a look at
    the folder, whose names are kept; a file of YAML that is called as the article is opened.
    """
    if named:
        return _named(article, named)
    beside = Path(sidecar_name(str(article)))
    mirrored = None
    if annotations is not None:
        mirrored = annotations / sidecar_name(os.path.relpath(article, docs))
    if os.path.lexists(beside):
        both = mirrored is not None and mirrored != beside and os.path.lexists(mirrored)
        return Location(beside, (_two(beside, mirrored),) if both and mirrored else ())
    if mirrored is not None and os.path.lexists(mirrored):
        return Location(mirrored)
    if article.is_symlink():
        original = Path(sidecar_name(os.path.realpath(article)))
        if os.path.lexists(original):
            return Location(original)
    return Location(None, (*_misspelt(beside), *(_misspelt(mirrored) if mirrored else ())))


def _named(article: Path, named: str) -> Location:
    path = Path(os.path.normpath(article.parent / named))
    if not named.endswith(SUFFIX):
        hint = f"call it `…{SUFFIX}`"
        return Location(None, (_bad_name(article, named, "is not the name of a sidecar", hint),))
    if not os.path.lexists(path):
        hint = f"the path begins at the article's folder, {display_path(article.parent)}"
        return Location(None, (_bad_name(article, named, "does not exist", hint),))
    return Location(path)


def _bad_name(article: Path, named: str, wrong: str, hint: str) -> Problem:
    position = Position(display_path(article), 1, 1)
    message = f"the file “{shown(named)}”, named as `annotations` in the front matter, {wrong}"
    return Problem(position, Rule.BAD_OPTION, message, hint, subject=named)


def _two(used: Path, unused: Path) -> Problem:
    return Problem(
        Position(display_path(unused), 1, 1),
        Rule.TWO_SIDECARS,
        f"the article has another sidecar, {display_path(used)}, and this one is not read",
        "move its entries there, and remove it",
        subject=display_path(used),
    )


def _misspelt(beside: Path) -> tuple[Problem, ...]:
    """Return a problem for each file that may have been meant as the sidecar at `beside`."""
    stem = beside.name[: -len(SUFFIX)].casefold()
    names = _lookalikes_in(beside.parent).get(stem, ())
    paths = [beside.with_name(name) for name in names if name != beside.name]
    return tuple(misnamed(path, beside.name) for path in paths if looks_like_sidecar(path))


def misnamed(path: Path, right: str) -> Problem:
    """Return the problem of the file at `path`, which should have the name `right`."""
    hint = f"rename it to `{shown(right)}`"
    message = f"a sidecar ends in `{SUFFIX}`"
    return Problem(Position(display_path(path), 1, 1), Rule.NO_ARTICLE, message, hint)


def intended_article(path: str) -> str:
    """Return the article that the file at `path`, from the folder of all, was meant for."""
    folder, sign, name = path.rpartition("/")
    right = name.removesuffix(SUFFIX) if name.endswith(SUFFIX) else ""
    stem = intended_stem(name) or right or PurePath(name).stem
    return f"{folder}{sign}{stem}.md"


def looks_like_sidecar(path: Path) -> bool:
    """Return whether a file that is no sidecar by its name was meant as one.

    Its name is nearly one, or it is YAML that says what sidecars say.  Never raises.
    """
    if intended_stem(path.name):
        return True
    return is_yaml(path.name) and says_annotations(_beginning_of(path))


def _beginning_of(path: Path) -> str:
    """Return the first part of an ordinary file; empty for anything else."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as stream:
            return stream.read(MOST_READ).decode("utf-8-sig", "replace")
    except OSError:
        return ""


def _lookalikes_in(folder: Path) -> dict[str, list[str]]:
    """Return the names in `folder` of files that may be meant as sidecars, by stem."""
    try:
        changed = folder.stat().st_mtime_ns
        # Clocks of disks are coarse: what was just changed may change again in the same moment.
        fresh = time.time_ns() - changed < _FRESH
        return (_lookalikes.__wrapped__ if fresh else _lookalikes)(str(folder), changed)
    except OSError:
        return {}


_FRESH = 2_000_000_000
"""How long a folder counts as just changed, in nanoseconds: FAT counts two seconds."""


@lru_cache(maxsize=256)
def _lookalikes(folder: str, changed: int) -> dict[str, list[str]]:
    """Return the names in a folder, last changed at `changed`, that may be meant as sidecars."""
    names = (one.name for one in Path(folder).iterdir())
    return by_stem(sorted(name for name in names if ".y" in name.lower()))


Parse: TypeAlias = Callable[[str, str], tuple[Sidecar, list[Problem]]]
"""What makes a sidecar of the text and the name of a file, and says what is wrong there."""


def read_sidecar(
    path: Path, roots: tuple[Path, ...], parse: Parse = parse_sidecar
) -> tuple[Sidecar, list[Problem]]:
    """Return what the sidecar at `path` says, and every problem in it.

    It must lie in one of `roots`, and so must what it links to; it must be an ordinary file of
    at most `MAX_BYTES`, in UTF-8.  Else it is empty, with a problem.  Never raises.
    """
    file = display_path(path)
    text = guarded_text(path, roots, _SIDECAR)
    if isinstance(text, Problem):
        return Sidecar(file), [text]
    try:
        return parse(text, file)
    # The readers raise nothing that we know of; a file that shows otherwise must not end a build.
    except Exception as error:
        return Sidecar(file), [internal_error(error, Position(file, 1, 1))]


def read_text(path: Path, roots: tuple[Path, ...]) -> str | Problem:
    """Return the text of the sidecar at `path`, guarded as `read_sidecar`, or why it has none.

    Line ends and a byte-order mark stay.  Never raises.
    """
    return guarded_text(path, roots, _SIDECAR)


def read_sources(path: Path, roots: tuple[Path, ...]) -> tuple[dict[str, Source], list[Problem]]:
    """Return the sources that the file at `path` describes for the site, and what is wrong there.

    The file is guarded as sidecars are.  Never raises.
    """
    file = display_path(path)
    text = guarded_text(path, roots, _REGISTRY)
    if isinstance(text, Problem):
        return {}, [text]
    try:
        return parse_sources(text, file)
    except Exception as error:
        return {}, [internal_error(error, Position(file, 1, 1))]


def read_bibliography(path: Path, roots: tuple[Path, ...]) -> str | Problem:
    """Return the text of the file of sources in another format at `path`, or why it has none.

    The file is guarded as sidecars are, and may be larger.  Never raises.
    """
    return guarded_text(path, roots, _BIBLIOGRAPHY)


BIBLIOGRAPHIES = (".json", ".bib")
"""What files of sources in CSL-JSON and in BibTeX end in."""

_SIDECAR = FileKind(
    "a sidecar",
    (SUFFIX,),
    "divide the article",
    f"`…{SUFFIX}`",
    "the file lies outside the folders of articles and of annotations, and is not read",
)
_DIVIDE = "divide the file, and name both parts"
_NAMES = "`….yml`, `….json` or `….bib`"
_REGISTRY = FileKind("a file of sources", (".yml", ".yaml"), _DIVIDE, _NAMES)
_BIBLIOGRAPHY = FileKind(
    "a file of sources", BIBLIOGRAPHIES, _DIVIDE, _NAMES, most=MAX_BIBLIOGRAPHY
)


_WORD = "annotations"

_LIKE = 0.8
"""Least similarity of a word to `annotations`: `anotation` has 0.9, `annotated` 0.7."""

_NAME = re.compile(
    r"(?P<stem>.+?)(?:\.(?:md|markdown))?(?P<sign>[._ -]*)(?P<word>[^\W\d_]{7,14})\.ya?ml"
    r"(?:\.txt|\.bak|\.orig|\.old|\.save|~)?",
    re.IGNORECASE,
)
_YAML = re.compile(r"(?P<stem>.+)\.ya?ml", re.IGNORECASE)

# A key in column 1, and below it or behind it entries with a quote.
_ENTRIES = re.compile(r"^(?:annotations|\"annotations\"|'annotations')[ \t]*:", re.MULTILINE)
_QUOTE = re.compile(r"(?:^[ \t]*(?:-[ \t]+)?|[{,][ \t]*)[\"']?quote[\"']?[ \t]*:", re.MULTILINE)

MOST_READ = 64 * 1024
"""How much of a file is looked at, in bytes: the first entries stand there."""


def intended_stem(name: str) -> str:
    """Return the stem of the article that a file's `name` was meant to name the sidecar of.

    Empty for a sidecar's right name, which ends in `SUFFIX`, and for all that is not like one.
    The name of the article is in small or capital letters as in `name`.
    """
    if name.endswith(SUFFIX) and not re.search(r"\.(?:md|markdown)$", name[: -len(SUFFIX)]):
        return ""
    found = _NAME.fullmatch(name)
    if not found or not found["sign"]:
        return ""
    likeness = SequenceMatcher(None, found["word"].lower(), _WORD).ratio()
    return found["stem"] if likeness >= _LIKE else ""


def is_yaml(name: str) -> bool:
    """Return whether a file is YAML by its name."""
    return _YAML.fullmatch(name) is not None


def says_annotations(text: str) -> bool:
    """Return whether a YAML `text` says what a sidecar says: annotations with quotes.

    It need not be free of mistakes.  Never raises.  Cost: linear.
    """
    found = _ENTRIES.search(text)
    return found is not None and _QUOTE.search(text, found.end()) is not None


def by_stem(names: Iterable[str]) -> dict[str, list[str]]:
    """Return those of the `names` in a folder that may be meant for an article, by its stem.

    The stem is in small letters.  First come those like `stem.annotations.yml`, and then the YAML
    that is called as the article is, which only their content shows.  Cost: linear.
    """
    near: dict[str, list[str]] = {}
    plain: dict[str, list[str]] = {}
    for name in names:
        stem = intended_stem(name)
        if not stem and name.endswith(SUFFIX):
            stem = name.removesuffix(SUFFIX)
        found = _YAML.fullmatch(name)
        if stem:
            near.setdefault(stem.casefold(), []).append(name)
        elif found:
            plain.setdefault(found["stem"].casefold(), []).append(name)
    return {stem: near.get(stem, []) + plain.get(stem, []) for stem in {*near, *plain}}
