"""The stylesheets and the script, as the package keeps them."""

from pathlib import Path

ASSETS = ("annotate.css", "annotate.js")
"""What annotated pages need."""

INDEX_ASSET = "annotate-index.css"
"""What index pages need besides."""

ASSETS_FOLDER = "assets/annotate"
"""Where a site of MkDocs publishes them."""


def asset_path(name: str) -> Path:
    """Return where the package keeps the asset `name`."""
    return Path(__file__).parents[1] / "assets" / name
