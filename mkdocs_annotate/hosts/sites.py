"""The sources that a site shares, whatever their format: read once, and again on a change."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from mkdocs_annotate.editorial.overview import review_sources
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.hosts.option_values import OptionProblem
from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.model.internal_errors import internal_error
from mkdocs_annotate.model.levels import RuleSettings, silent_rules
from mkdocs_annotate.model.links import Link, parse_link
from mkdocs_annotate.model.nearness import nearest
from mkdocs_annotate.model.problems import Position, Problem, Rule, shown
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.rendering.site import Site
from mkdocs_annotate.rendering.templates import templates_of
from mkdocs_annotate.rendering.translations import wording_of
from mkdocs_annotate.sidecar.checks import repeated_sources
from mkdocs_annotate.sidecar.files import BIBLIOGRAPHIES, read_bibliography, read_sources

USUAL = "sources.yml"
"""Where sources lie unless an option names other files."""

_NEARLY_USUAL = ("sources.yaml", "source.yml", "source.yaml", "Sources.yml", "Sources.yaml")

Registry = tuple[dict[str, Source], tuple[Problem, ...]]
"""The sources by key, and what is wrong with their files."""


def source_files(folder: Path, options: Options) -> tuple[Path, ...]:
    """Return the files of sources of a site: those that are named, else the usual one if it is."""
    if options.sources is not None:
        return tuple(folder / name for name in options.sources)
    return tuple(file for file in (folder / USUAL,) if file.exists())


def registry_of(folder: Path, options: Options) -> Registry:
    """Return the sources of the files that `options` names, from `folder`.

    Of two that share a key the first counts.  Never raises.  Cost: a look at each file.
    """
    files = source_files(folder, options)
    sources, problems = _read(tuple((file, _stamp(file)) for file in files), folder, options.rules)
    if options.sources is None and not files:
        problems = (*problems, *_misnamed(folder))
    return sources, problems


def _misnamed(folder: Path) -> list[Problem]:
    """Return a problem for each file in `folder` that was meant as the usual file of sources."""
    hint = f"rename it to `{USUAL}`, or name it in the option `sources`"
    message = f"the sources of a site are in `{USUAL}`, and this file is not read"
    return [
        Problem(
            Position(display_path(folder / name), 1, 1),
            Rule.BAD_OPTION,
            message,
            hint,
            subject=USUAL,
        )
        for name in _NEARLY_USUAL
        if (folder / name).exists()
    ]


def is_in_bibliography(source: Source) -> bool:
    """Return whether `source` stands in another program's file, which may serve other works too."""
    return source.position.file.endswith(BIBLIOGRAPHIES)


def _stamp(file: Path) -> tuple[int, int]:
    """Return what changes with the content of a file; nothing of one that can't be read."""
    try:
        status = file.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=4)
def _read(
    files: tuple[tuple[Path, tuple[int, int]], ...], folder: Path, rules: RuleSettings
) -> Registry:
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for file, _ in files:
        if not file.exists():
            position = Position(display_path(file), 1, 1)
            near = nearest(file.name, _names_in(file.parent))
            hint = "a path begins in the folder of the configuration file"
            if near:
                hint = f"did you mean `{shown(near)}`?"
            problems.append(Problem(position, Rule.BAD_OPTION, "there is no such file", hint))
            continue
        read, told = _read_file(file, folder)
        problems += [*told, *repeated_sources(read, sources)]
        sources = {**read, **sources}
    problems += review_sources(sources.values(), silent_rules(rules))
    shared = {key: _shared(source) for key, source in sources.items()}
    return shared, tuple(problems)


def _names_in(folder: Path) -> list[str]:
    """Return the names in a folder that files of sources may have; none where it is none."""
    endings = (".yml", ".yaml", *BIBLIOGRAPHIES)
    try:
        return [one.name for one in folder.iterdir() if one.name.endswith(endings)]
    except OSError:
        return []


def _read_file(file: Path, folder: Path) -> tuple[dict[str, Source], list[Problem]]:
    # The owner of the site may name a file anywhere; what stands under its name must not lead away.
    roots = (folder, Path(os.path.normpath(file)).parent)
    if file.suffix not in BIBLIOGRAPHIES:
        return read_sources(file, roots)
    text = read_bibliography(file, roots)
    if isinstance(text, Problem):
        return {}, [text]
    # Imported here, as most sites have none, and start sooner without.
    from mkdocs_annotate.exchange.formats import parse_bibliography

    name = display_path(file)
    try:
        return parse_bibliography(text, name, bibtex=file.suffix == ".bib")
    # A parser of others reads BibTeX, and a file must not end the build of a site.
    except Exception as error:
        return {}, [internal_error(error, Position(name, 1, 1))]


def _shared(source: Source) -> Source:
    """Return `source` with paths that lead to the same page from every article."""
    return replace(
        source, shared=True, url=_rooted(source.url), archive_url=_rooted(source.archive_url)
    )


def _rooted(link: Link | None) -> Link | None:
    return link and replace(link, rooted=True)


def newest(folder: Path, options: Options) -> float:
    """Return when the file of sources that was changed last was; 0 without any."""
    return max((_stamp(file)[0] / 1e9 for file in source_files(folder, options)), default=0.0)


def site_of(
    options: Options,
    folder: Path,
    registry: Mapping[str, Source],
    language: str = "",
    theme: Sequence[Path] = (),
) -> Site:
    """Return what pages share that are in `language`, and whose theme has templates in `theme`.

    Paths of options begin in `folder`, that of the configuration file; a folder that is not there
    is left out.  Never raises.  Cost: a look at the disk for each template.
    """
    own = [path for path in _own_templates(options, folder) if path.is_dir()]
    return Site(
        options.vocabulary,
        wording_of(options.language or language, language, options.words),
        registry,
        templates_of((*own, *theme)),
        options.rules,
        options.people,
        _indexes(options),
    )


def missing_templates(options: Options, folder: Path) -> list[OptionProblem]:
    """Return what is wrong where `templates` names no folder; paths begin in `folder`."""
    hint = "give a path from the folder of the configuration file"
    return [
        OptionProblem("templates", f"`templates` names no folder: {display_path(path)}", hint)
        for path in _own_templates(options, folder)
        if not path.is_dir()
    ]


def _own_templates(options: Options, folder: Path) -> list[Path]:
    return [folder / options.templates] if options.templates else []


def _indexes(options: Options) -> dict[str, Link]:
    links = {name: parse_link(path) for name, path in options.indexes.items()}
    return {
        name: replace(link, rooted=True) for name, link in links.items() if isinstance(link, Link)
    }
