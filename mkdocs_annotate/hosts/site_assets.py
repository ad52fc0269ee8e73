"""Our stylesheets and script as files of a MkDocs site."""

from collections.abc import Iterable

from mkdocs_annotate.files.assets import ASSETS, asset_path
from mkdocs_annotate.hosts.mkdocs_api import ExtraScriptValue, File, Files, MkDocsConfig

ASSETS_FOLDER = "assets/annotate"
"""Where they are published."""


def add_assets(config: MkDocsConfig) -> None:
    """Put our stylesheet first, so that the user's own wins, and our script last."""
    css, js = (f"{ASSETS_FOLDER}/{name}" for name in ASSETS)
    if css not in config.extra_css:
        config.extra_css.insert(0, css)
    if js not in map(str, config.extra_javascript):
        script = ExtraScriptValue(js)
        script.defer = True
        config.extra_javascript.append(script)


def publish_assets(names: Iterable[str], files: Files, config: MkDocsConfig) -> None:
    """Publish those of our assets that have one of `names`."""
    for name in names:
        uri = f"{ASSETS_FOLDER}/{name}"
        if files.get_file_from_path(uri) is None:
            files.append(File.generated(config, uri, abs_src_path=str(asset_path(name))))
