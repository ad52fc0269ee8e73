"""Options that stand under the plugin, where only the extension is run."""

from functools import lru_cache
from pathlib import Path

from mkdocs_annotate.hosts.options import DEFAULTS
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.sidecar import nodes
from mkdocs_annotate.sidecar.files import display_path

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
    plugins = root.entries.get("plugins") if isinstance(root, nodes.Mapping) else None
    listed = plugins[1] if plugins else None
    entries = listed.items if isinstance(listed, nodes.Sequence) else [listed]
    for entry in entries:
        if isinstance(entry, nodes.Mapping) and PLUGIN in entry.entries:
            options = entry.entries[PLUGIN][1]
            if isinstance(options, nodes.Mapping):
                return {name: key.position for name, (key, _) in options.entries.items()}
    return {}
