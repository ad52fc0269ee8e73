"""Wheels carry stylesheet and script without comments and spaces; the sources stay readable."""

import tempfile
from pathlib import Path
from typing import Any

import rjsmin
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from lightningcss import process_stylesheet

# rcssmin takes the space out of `& :hover`, in a nested rule, as it does not parse what it reads.
SMALLER = {".css": process_stylesheet, ".js": rjsmin.jsmin}


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
