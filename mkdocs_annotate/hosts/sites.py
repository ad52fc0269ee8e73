"""What all pages of a site share: the sources, words and templates that its options name."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from mkdocs_annotate.editorial.overview import review_sources
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.hosts.option_places import OptionProblem
from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.model.links import Link, parse_link
from mkdocs_annotate.model.messages import nearest
from mkdocs_annotate.model.problems import Position, Problem, Rule, shown
from mkdocs_annotate.model.reporting import RuleSettings, internal_error, silent_rules
from mkdocs_annotate.model.sources import Source, made
from mkdocs_annotate.rendering.site import Site
from mkdocs_annotate.rendering.templates import templates_of
from mkdocs_annotate.rendering.translations import wording_of
from mkdocs_annotate.sidecar.checks import repeated_sources
from mkdocs_annotate.sidecar.files import (
    BIBLIOGRAPHIES,
    SUFFIX,
    intended_article,
    read_bibliography,
    read_sources,
)

USUAL = "sources.yml"
"""Where sources lie unless an option names other files."""

_NEARLY_USUAL = ("sources.yaml", "source.yml", "source.yaml", "Sources.yml", "Sources.yaml")

Registry = tuple[dict[str, Source], tuple[Problem, ...]]
"""The sources by key, and what is wrong with their files."""


def source_files(folder: Path, options: Options) -> tuple[Path, ...]:
    """Return the files of sources of a site: those that are named, else the usual one."""
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
    """Return a problem for each file in `folder` whose name is nearly the usual one."""
    hint = f"rename it to `{USUAL}`, or name it in the option `sources`"
    message = f"the sources of a site are read from `{USUAL}`, and this file is not read"
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
    """Return whether `source` is from a bibliography file, which may serve other works too."""
    return source.position.file.endswith(BIBLIOGRAPHIES)


def _stamp(file: Path) -> tuple[int, int]:
    """Return the time and size of a file, which change with it; zeros if it can't be read."""
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
        read, wrong = _read_file(file, folder)
        problems += [*wrong, *repeated_sources(read, sources)]
        sources = {**read, **sources}
    problems += review_sources(sources.values(), silent_rules(rules))
    shared = {key: _shared(source) for key, source in sources.items()}
    return shared, tuple(problems)


def _names_in(folder: Path) -> list[str]:
    """Return the files in a folder that may be files of sources; none if it is no folder."""
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
    """Return `source` with links from the root of the site, as every article shares it."""
    changed = {
        "shared": True,
        "url": _from_the_root(source.url),
        "archive_url": _from_the_root(source.archive_url),
    }
    return made(Source, **{**vars(source), **changed})


def _from_the_root(link: Link | None) -> Link | None:
    return link and replace(link, from_root=True)


def newest(folder: Path, options: Options) -> float:
    """Return the time of the last change of the files of sources; 0 without any."""
    return max((_stamp(file)[0] / 1e9 for file in source_files(folder, options)), default=0.0)


def site_of(
    options: Options,
    folder: Path,
    registry: Mapping[str, Source],
    language: str = "",
    theme: Sequence[Path] = (),
) -> Site:
    """Return the `Site` of pages in `language`, whose theme has templates in the folders `theme`.

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


def missing_folders(options: Options, project: Path, root: Path) -> list[OptionProblem]:
    """Return what is wrong with options that name no folder.

    The path of `annotations_dir` begins in `project`, that of `templates` in `root`.  Cost: a look
    at the disk for each of them that is given.
    """
    hint = "give a path from the folder of the configuration file"
    templates = [
        OptionProblem("templates", f"`templates` names no folder: {display_path(path)}", hint)
        for path in _own_templates(options, root)
        if not path.is_dir()
    ]
    return [*_missing_annotations_dir(options, project), *templates]


_MOST_NAMES = 200
"""How many folders are looked at for a near name."""


def _missing_annotations_dir(options: Options, project: Path) -> list[OptionProblem]:
    """Return a mistake if `annotations_dir`, a path from `project`, names no folder.

    Cost: one look at the disk.
    """
    if not options.annotations_dir:
        return []
    path = project / options.annotations_dir
    if path.is_dir():
        return []
    near = nearest(path.name, _folders_in(path.parent))
    parent = PurePosixPath(options.annotations_dir).parent
    hint = f"did you mean `{shown(str(parent / near))}`?" if near else _FROM_THE_PROJECT
    name = shown(options.annotations_dir)
    return [OptionProblem("annotations_dir", f"`annotations_dir` names no folder: {name}", hint)]


_FROM_THE_PROJECT = "give a path from the folder of the configuration file, or make the folder"


def _folders_in(folder: Path) -> list[str]:
    try:
        names = [one.name for one in folder.iterdir() if one.is_dir()]
    except OSError:
        return []
    return sorted(name for name in names if not name.startswith("."))[:_MOST_NAMES]


def _own_templates(options: Options, folder: Path) -> list[Path]:
    return [folder / options.templates] if options.templates else []


def _indexes(options: Options) -> dict[str, Link]:
    links = {name: parse_link(path) for name, path in options.indexes.items()}
    return {
        name: replace(link, from_root=True)
        for name, link in links.items()
        if isinstance(link, Link)
    }


def unused_folders(options: Options, project: Path, docs: Path) -> list[Problem]:
    """Return a problem for each folder beside `docs` that has sidecars and that no option names.

    Only the folder itself and those in it are searched.
    """
    named = project / options.annotations_dir if options.annotations_dir else None
    around = {docs, *docs.parents, *([named, *named.parents] if named else [])}
    folders = [project / name for name in _folders_in(project) if project / name not in around]
    # A built site may hold copies of sidecars: not every host can leave files out.
    sought = [folder for folder in folders if not (folder / "index.html").is_file()]
    return [problem for folder in sought for problem in _mirrored(folder, docs)]


def _mirrored(folder: Path, docs: Path) -> Iterator[Problem]:
    """Yield a problem for the first sidecar in `folder` that has an article in `docs`."""
    for floor in ("", "*/"):
        for path in sorted(folder.glob(f"{floor}*{SUFFIX}")):
            article = intended_article(path.relative_to(folder).as_posix())
            if (docs / article).is_file():
                message = f"this sidecar of {article} is not read"
                hint = f"put it beside the article, or set `annotations_dir: {folder.name}`"
                place = Position(display_path(path), 1, 1)
                yield Problem(place, Rule.NO_ARTICLE, message, hint, subject=article)
                return
