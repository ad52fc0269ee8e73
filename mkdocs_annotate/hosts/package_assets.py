"""The stylesheet and the script, as the package keeps them."""

from importlib.resources import files
from pathlib import Path

ASSETS = ("annotate.css", "annotate.js")
"""What annotated pages need."""

INDEX_ASSET = "annotate-index.css"
"""What index pages need besides."""


def asset_path(name: str) -> Path:
    """Return where the package keeps the asset `name`."""
    return Path(str(files("mkdocs_annotate") / "assets" / name))
