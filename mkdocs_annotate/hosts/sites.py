"""What all pages of a site share, made of its options and of what its host knows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from mkdocs_annotate.hosts.faults import Fault
from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.model.links import Link, parse_link
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.rendering.overrides import templates_of
from mkdocs_annotate.rendering.page import Site
from mkdocs_annotate.rendering.wording import wording_of
from mkdocs_annotate.sidecar.files import display_path


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


def missing_templates(options: Options, folder: Path) -> list[Fault]:
    """Return what is wrong where `templates` names no folder; paths begin in `folder`."""
    cure = "give a path from the folder of the configuration file"
    return [
        Fault("templates", f"`templates` names no folder: {display_path(path)}", cure)
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
