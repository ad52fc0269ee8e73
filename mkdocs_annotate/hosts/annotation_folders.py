"""Folders of sidecars: the one that `annotations_dir` names, and those that nothing names."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from mkdocs_annotate.hosts.faults import Fault
from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.nearness import nearest
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.sidecar.files import SUFFIX, display_path, intended_article

_MOST_NAMES = 200
"""How many folders are looked at for a near name."""


def missing_folder(options: Options, project: Path) -> list[Fault]:
    """Return what is wrong where `annotations_dir` names no folder; its path begins in `project`.

    Cost: one look at the disk, where it names one.
    """
    if not options.annotations_dir:
        return []
    path = project / options.annotations_dir
    if path.is_dir():
        return []
    near = nearest(path.name, _folders_in(path.parent))
    parent = PurePosixPath(options.annotations_dir).parent
    cure = f"did you mean `{shown(str(parent / near))}`?" if near else _FROM_THE_PROJECT
    name = shown(options.annotations_dir)
    return [Fault("annotations_dir", f"`annotations_dir` names no folder: {name}", cure)]


_FROM_THE_PROJECT = "give a path from the folder of the configuration file, or make the folder"


def _folders_in(folder: Path) -> list[str]:
    try:
        names = [one.name for one in folder.iterdir() if one.is_dir()]
    except OSError:
        return []
    return sorted(name for name in names if not name.startswith("."))[:_MOST_NAMES]


def unused_folders(options: Options, project: Path, docs: Path) -> list[Problem]:
    """Return a problem for each folder beside `docs` that has sidecars and that no option names.

    Only its first two floors are looked at.
    """
    named = project / options.annotations_dir if options.annotations_dir else None
    around = {docs, *docs.parents, *([named, *named.parents] if named else [])}
    folders = [project / name for name in _folders_in(project) if project / name not in around]
    return [problem for folder in folders for problem in _mirrored(folder, docs)]


def _mirrored(folder: Path, docs: Path) -> Iterator[Problem]:
    """Yield a problem of the first sidecar in `folder` that is called as an article in `docs`."""
    for floor in ("", "*/"):
        for path in sorted(folder.glob(f"{floor}*{SUFFIX}")):
            article = intended_article(path.relative_to(folder).as_posix())
            if (docs / article).is_file():
                message = f"this sidecar of {article} is not read"
                cure = f"put it beside the article, or set `annotations_dir: {folder.name}`"
                place = Position(display_path(path), 1, 1)
                yield Problem(place, Rule.NO_ARTICLE, message, cure)
                return
