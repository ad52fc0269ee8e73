"""Wheels carry stylesheet and script without comments and spaces; the sources stay readable.

Both are made smaller by programs that parse what they read: patterns alone broke selectors.
"""

import tempfile
from pathlib import Path
from typing import Any

import lightningcss
import minify
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def smaller_style(text: str) -> str:
    """Return a stylesheet without what browsers need not read."""
    return str(lightningcss.process_stylesheet(text, filename="annotate.css", minify=True))


def smaller_script(text: str) -> str:
    """Return a script without what browsers need not read; its own names are shortened."""
    return str(minify.string("application/javascript", text))


SMALLER = {".css": smaller_style, ".js": smaller_script}


class MinifyAssets(BuildHookInterface):  # type: ignore[type-arg]
    """Replaces the assets of a wheel; those of an editable installation are the sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name a smaller copy of each asset as what to pack in its place."""
        if self.target_name != "wheel" or version == "editable":
            return
        self.folder = tempfile.TemporaryDirectory()
        for path in sorted(Path(self.root, "mkdocs_annotate", "assets").iterdir()):
            smaller = Path(self.folder.name, path.name)
            smaller.write_text(SMALLER[path.suffix](path.read_text("utf-8")), "utf-8")
            build_data["force_include"][str(smaller)] = f"mkdocs_annotate/assets/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the copies."""
        if hasattr(self, "folder"):
            self.folder.cleanup()
