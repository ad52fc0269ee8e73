"""The stylesheet and the script, as the package keeps them."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import lru_cache
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.hosts.option_values import key_position
from mkdocs_annotate.hosts.options import DEFAULTS, Options
from mkdocs_annotate.model.problems import Position, Problem, Rule, shown
from mkdocs_annotate.sidecar import nodes
from mkdocs_annotate.sidecar.files import SUFFIX

ASSETS = ("annotate.css", "annotate.js")
"""What annotated pages need."""

INDEX_ASSET = "annotate-index.css"
"""What index pages need besides."""


def asset_path(name: str) -> Path:
    """Return where the package keeps the asset `name`."""
    return Path(str(files("mkdocs_annotate") / "assets" / name))


PLUGIN = "annotate"
"""What the plugin is called in `plugins`."""

MAX_BYTES = 1 << 20
"""Largest configuration that is looked at."""


def unseen_options(folder: Path, named: frozenset[str]) -> tuple[Problem, ...]:
    """Return a problem if the `mkdocs.yml` in `folder` gives the plugin options of no effect.

    `named` are the options that the extension is given itself.  Never raises: a file that can't
    be read has no options.  Cost: a look at the disk; the file is read once.
    """
    file = folder / "mkdocs.yml"
    try:
        state = file.stat()
    except OSError:
        return ()
    found = _options_in(file, state.st_mtime_ns, state.st_size)
    unseen = [name for name in found if name in DEFAULTS and name not in named]
    if not unseen:
        return ()
    listed = ", ".join(f"`{name}`" for name in unseen)
    return (
        Problem(
            found[unseen[0]],
            Rule.HOST_SETUP,
            f"nobody runs the plugin `{PLUGIN}` here, so its options count for nothing: {listed}",
            "write them below `mkdocs_annotate` in `markdown_extensions`; MkDocs finds them there",
            subject=listed,
        ),
    )


@lru_cache(maxsize=4)
def _options_in(file: Path, modified: int, size: int) -> dict[str, Position]:
    """Return the options of the plugin in a configuration, with their places."""
    try:
        text = file.read_text("utf-8-sig") if size <= MAX_BYTES else ""
    except (OSError, ValueError):
        return {}
    root = nodes.parse_nodes(text, display_path(file)).root
    plugins = root.entries.get("plugins") if isinstance(root, nodes.MappingNode) else None
    listed = plugins[1] if plugins else None
    entries = listed.items if isinstance(listed, nodes.SequenceNode) else [listed]
    for entry in entries:
        if isinstance(entry, nodes.MappingNode) and PLUGIN in entry.entries:
            options = entry.entries[PLUGIN][1]
            if isinstance(options, nodes.MappingNode):
                return {name: key.position for name, (key, _) in options.entries.items()}
    return {}


_CONFIGS = ("zensical.toml", "mkdocs.yml", "mkdocs.yaml")


@dataclass(frozen=True)
class Setup:
    """What Zensical's configuration says of things that our plugin does on MkDocs."""

    root: Path
    """The folder of the configuration file."""

    docs: Path
    sidecars: Path
    """The folder that sidecars lie in: `docs`, or one that mirrors it."""

    listed: tuple[str, ...]
    """The stylesheets and scripts of every page."""

    excluded: str
    """Patterns of files that are not published, a line each."""

    watched: tuple[Path, ...]
    """What makes the host render all pages anew when it changes."""

    theme: Path | None = None
    """A folder of files that are published as those of `docs` are."""


def setup_of(config: Mapping[str, Any], root: Path, annotations_dir: str) -> Setup:
    """Return what Zensical's `config` says.  Never raises: what it can't read is not there."""
    docs = root / str(config.get("docs_dir") or "docs")
    given = config.get("extra_javascript")
    scripts = given if isinstance(given, list) else []
    paths = [one.get("path") if isinstance(one, Mapping) else one for one in scripts]
    theme = config.get("theme")
    own = theme.get("custom_dir") if isinstance(theme, Mapping) else None
    return Setup(
        root,
        docs,
        root / annotations_dir if annotations_dir else docs,
        (*_texts(config.get("extra_css")), *_texts(paths)),
        str(config.get("exclude_docs") or ""),
        tuple(Path(os.path.normpath(root / path)) for path in _texts(config.get("watch"))),
        root / own if isinstance(own, str) else None,
    )


def _texts(values: Any) -> tuple[str, ...]:
    values = values if isinstance(values, list) else []
    return tuple(value for value in values if isinstance(value, str))


@lru_cache(maxsize=4)
def setup_problems(setup: Setup) -> tuple[Problem, ...]:
    """Return what is missing in the configuration of a site that has sidecars.  Never raises.

    Cost: the copies of our assets are read, once.
    """
    names = (name for name in _CONFIGS if (setup.root / name).is_file())
    file = setup.root / next(names, _CONFIGS[0])
    found = (*_published(setup), *_stale(setup), *_assets(setup))
    return tuple(
        Problem(key_position(file, option), Rule.HOST_SETUP, message, hint, subject=option)
        for option, message, hint in found
    )


def zensical_problems(
    config: Mapping[str, Any], root: Path, options: Options
) -> tuple[Problem, ...]:
    """Return what is missing in Zensical's `config`, or stands where it is not seen."""
    lacking = setup_problems(setup_of(config, root, options.annotations_dir))
    return (*lacking, *unseen_options(root, options.named))


def plugin_missing(config: Any) -> tuple[Problem, ...]:
    """Return a problem if a `config` of MkDocs has neither our plugin nor our stylesheet."""
    styled = any("annotate" in path for path in config.extra_css)
    if styled or "annotate" in config.plugins:
        return ()
    place = key_position(config.config_file_path or config.docs_dir, "markdown_extensions")
    message = "no page has annotate.css: the extension is listed, and the plugin is not"
    return (Problem(place, Rule.HOST_SETUP, message, "add `annotate` to `plugins`"),)


def host_changed(host: str, place: Path) -> Problem:
    """Return the problem that `host` does not say any more which article is converted."""
    message = f"{host} does not say which article is converted, so none is annotated"
    hint = "update mkdocs-annotate; if this is its newest version, report it, with that of the host"
    return Problem(Position(display_path(place), 1, 1), Rule.HOST_CHANGED, message, hint)


def _published(setup: Setup) -> Iterator[tuple[str, str, str]]:
    patterns = (line.strip().rpartition("/")[2] for line in setup.excluded.splitlines())
    outside = setup.docs != setup.sidecars and setup.docs not in setup.sidecars.parents
    if not outside and not any(fnmatch(f"a{SUFFIX}", pattern) for pattern in patterns if pattern):
        # A folder of sidecars may be left out by its name.
        name = setup.sidecars.name
        if setup.docs == setup.sidecars or name not in setup.excluded:
            yield (
                "exclude_docs",
                "the site publishes its sidecars",
                f"set `exclude_docs` to `*{SUFFIX}`",
            )


def _stale(setup: Setup) -> Iterator[tuple[str, str, str]]:
    if not any(path in (setup.sidecars, *setup.sidecars.parents) for path in setup.watched):
        message = "the host keeps rendered pages, and does not notice that a sidecar has changed"
        yield "watch", message, f"add `{_relative(setup, setup.sidecars)}` to `watch`"


def _assets(setup: Setup) -> Iterator[tuple[str, str, str]]:
    paths = [PurePosixPath(path.partition("?")[0]) for path in setup.listed if "//" not in path]
    for name, option in zip(ASSETS, ("extra_css", "extra_javascript"), strict=True):
        # Whoever makes it smaller, or puts it together with others, may name it otherwise.
        if not any("annotate" in path and Path(name).suffix in path for path in setup.listed):
            command = _command(setup, setup.docs / "assets")
            hint = f"run {command}, and add `assets/{name}` to `{option}`"
            yield option, f"no page has {name}", hint
        for path in paths:
            if path.name == name:
                wrong = _copy(setup, str(path), asset_path(name).read_bytes())
                yield from ((option, *told) for told in wrong)


def _copy(setup: Setup, path: str, asset: bytes) -> Iterator[tuple[str, str]]:
    folders = (setup.docs, setup.theme) if setup.theme else (setup.docs,)
    files = [folder / path.lstrip("/") for folder in folders]
    for file in files:
        try:
            copy = file.read_bytes()
        except (OSError, ValueError):
            continue
        # Word by word: git may have written other line ends.
        if copy.split() != asset.split():
            hint = f"run {_command(setup, file.parent)} again; changes of your own go elsewhere"
            yield f"{shown(path)} is of another version of mkdocs-annotate", hint
        return
    yield f"{shown(path)} is listed and not there", f"run {_command(setup, files[0].parent)}"


def _command(setup: Setup, folder: Path) -> str:
    return f"`mkdocs-annotate assets {shown(_relative(setup, folder))}`"


def _relative(setup: Setup, folder: Path) -> str:
    """Return the path of a folder from that of the configuration file."""
    return Path(os.path.relpath(folder, setup.root)).as_posix()
