"""`zensical.toml` as a configuration of MkDocs, so that commands convert articles as Zensical does.

Zensical converts Markdown with Python-Markdown; its file says so in TOML, and has other defaults.
"""

import io
import json
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from mkdocs_annotate.files.paths import ASSETS, asset_path
from mkdocs_annotate.hosts.option_places import key_position
from mkdocs_annotate.hosts.options import OPTIONS
from mkdocs_annotate.hosts.project import ProjectError
from mkdocs_annotate.model.problems import Problem, Rule

CONFIG = "zensical.toml"

# Keys that mean the same to MkDocs; a plugin there is Zensical's own part, or nobody's.
_ALIKE = (
    "site_name site_url docs_dir site_dir use_directory_urls exclude_docs draft_docs not_in_nav nav"
).split()
# Values of extensions that name Python's own objects.
_OBJECTS = frozenset(("emoji_index", "emoji_generator", "slugify", "format", "validator"))
_NAME = re.compile(r"\w+(?:\.\w+)+")
# Tables of TOML that are the first part of an extension's name.
_NAMESPACES = ("pymdownx", "pymdownx.blocks", "zensical", "zensical.extensions")


def read_table(file: Path) -> dict[str, Any]:
    """Return the settings in a `zensical.toml`.  Raises ProjectError."""
    try:
        import tomllib
    except ModuleNotFoundError:
        try:
            # Python 3.10 has no reader of TOML; Zensical brings this one.
            tomllib = import_module("tomli")
        except ModuleNotFoundError as error:
            raise ProjectError(f"to read {file}, on this Python: pip install tomli") from error
    try:
        table = tomllib.loads(file.read_bytes().decode("utf-8"))
    except (OSError, ValueError) as error:
        raise ProjectError(f"{file} can't be read: {error}") from error
    project = table.get("project", table)
    return dict(project) if isinstance(project, Mapping) else {}


def as_mkdocs(table: Mapping[str, Any], file: Path) -> IO[bytes]:
    """Return a configuration for MkDocs that says what `table`, read from `file`, says."""
    extensions = dict(_extensions(table.get("markdown_extensions")))
    config = {key: table[key] for key in _ALIKE if key in table}
    config |= {
        # MkDocs wants a theme; nothing of it is used but its language and templates.
        "theme": {
            "name": None,
            "custom_dir": str(asset_path(ASSETS[0]).parent),
            **_theme(table.get("theme"), file.parent),
        },
        "plugins": [],
        # What is published with pages is Zensical's to say, and looked at apart.
        "extra_css": [ASSETS[0]],
        "markdown_extensions": [{name: _settings(value)} for name, value in extensions.items()],
    }
    stream = _Named(_yaml(config).encode())
    stream.name = str(file)
    return stream


class _Named(io.BytesIO):
    """Bytes that MkDocs takes for an open file."""

    name: str = ""


def _theme(theme: Any, folder: Path) -> dict[str, Any]:
    given = theme if isinstance(theme, Mapping) else {}
    found = {"language": given["language"]} if given.get("language") else {}
    own = given.get("custom_dir")
    if isinstance(own, str) and (folder / own).is_dir():
        found["custom_dir"] = str((folder / own).absolute())
    return found


def _extensions(given: Any) -> Iterator[tuple[str, Any]]:
    """Yield the extensions by name, in their order, with their settings."""
    yield from (("toc", {}), ("tables", {}))
    if given is None:
        yield from _defaults().items()
        return
    if isinstance(given, list):
        for one in given:
            yield from one.items() if isinstance(one, Mapping) else ((str(one), {}),)
    elif isinstance(given, Mapping):
        yield from _flat(given)


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        name = f"{prefix}{key}"
        if name in _NAMESPACES and isinstance(value, Mapping):
            yield from _flat(value, f"{name}.")
        else:
            yield name, value


def _settings(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _defaults() -> dict[str, Any]:
    """Return the extensions that Zensical has where a site names none; none without Zensical."""
    if find_spec("zensical") is None:
        return {}
    found: Any = getattr(import_module("zensical.config"), "DEFAULT_MARKDOWN_EXTENSIONS", {})
    return {name: _plain(value) for name, value in found.items()}


def _plain(value: Any) -> Any:
    """Return settings with names in place of Python's own objects."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if callable(value):
        return f"{value.__module__}.{value.__name__}"
    return value


def _yaml(value: Any, key: str = "") -> str:
    """Return a value as YAML that MkDocs reads: JSON, with tags for Python's own objects."""
    if key in _OBJECTS and isinstance(value, str) and _NAME.fullmatch(value):
        return f"!!python/name:{value} ''"
    if isinstance(value, Mapping):
        name = value.get("object")
        if key in _OBJECTS and isinstance(name, str) and _NAME.fullmatch(name):
            return f"!!python/object/apply:{name} {_yaml({'kwds': value.get('kwds', {})})}"
        entries = (f"{json.dumps(name)}: {_yaml(one, name)}" for name, one in value.items())
        return f"{{{', '.join(entries)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_yaml, value))}]"
    return json.dumps(value, default=str)


def unseen_plugin_options(table: Mapping[str, Any], file: Path) -> list[Problem]:
    """Return a problem if options stand under the plugin, which Zensical does not run."""
    plugins = table.get("plugins")
    listed = plugins if isinstance(plugins, list) else [plugins]
    given = (one["annotate"] for one in listed if isinstance(one, Mapping) and "annotate" in one)
    unseen = [name for options in given for name in _settings(options) if name in OPTIONS]
    if not unseen:
        return []
    names = ", ".join(f"`{name}`" for name in unseen)
    return [
        Problem(
            key_position(file, unseen[0]),
            Rule.HOST_SETUP,
            f"the plugin `annotate` does not run here, so its options have no effect: {names}",
            "write them below `project.markdown_extensions.mkdocs_annotate`",
        )
    ]
