"""The files of a MkDocs site that concern us: our assets, and the sidecars."""

import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.hosts.host_setup import ASSETS, INDEX_ASSET, asset_path, host_changed
from mkdocs_annotate.hosts.mkdocs_api import (
    ExtraScriptValue,
    File,
    Files,
    InclusionLevel,
    MkDocsConfig,
)
from mkdocs_annotate.hosts.option_values import OptionProblem, option_position
from mkdocs_annotate.hosts.options import Options, parse_front_matter
from mkdocs_annotate.hosts.page_lookup import article_of, theme_templates
from mkdocs_annotate.hosts.sites import source_files
from mkdocs_annotate.model.links import Link, LinkKind
from mkdocs_annotate.model.nearness import nearest
from mkdocs_annotate.model.problems import Position, Problem, Rule, shown
from mkdocs_annotate.model.sources import Person
from mkdocs_annotate.rendering.site import Presentation
from mkdocs_annotate.sidecar.files import (
    SUFFIX,
    intended_article,
    locate,
    looks_like_sidecar,
    misnamed,
    sidecar_name,
)

ASSETS_FOLDER = "assets/annotate"
"""Where our assets are published."""


def add_assets(config: MkDocsConfig) -> None:
    """Put our stylesheet first, so that the user's own wins, and our script last."""
    css, js = (f"{ASSETS_FOLDER}/{name}" for name in ASSETS)
    if css not in config.extra_css:
        config.extra_css.insert(0, css)
    if js not in map(str, config.extra_javascript):
        script = ExtraScriptValue(js)
        script.defer = True
        config.extra_javascript.append(script)


def assets(config: MkDocsConfig, names: Iterable[str] = ASSETS) -> Iterator[File]:
    """Yield our assets as files of the site; those of every page, unless `names` says others."""
    for name in names:
        uri = f"{ASSETS_FOLDER}/{name}"
        yield File.generated(config, uri, abs_src_path=str(asset_path(name)))


def index_assets(config: MkDocsConfig) -> Iterator[File]:
    """Yield what only sites with indexes need."""
    return assets(config, (INDEX_ASSET,))


def leave_out_sidecars(files: Files) -> None:
    """Have no sidecar published."""
    for file in files:
        if file.src_uri.endswith(SUFFIX):
            file.inclusion = InclusionLevel.EXCLUDED


def is_unlisted(file: File, config: MkDocsConfig) -> bool:
    """Return whether a page is a draft, or its author wants it in no navigation."""
    unlisted = config.not_in_nav is not None and config.not_in_nav.match_file(file.src_uri)
    return bool(unlisted or file.inclusion.is_excluded())


def set_modified(file: File, *, modified: bool) -> None:
    """Say for a dirty build whether `file` was modified, unless another plugin has said so."""
    if "is_modified" not in vars(file):
        vars(file)["is_modified"] = _always if modified else _never


def _always() -> bool:
    return True


def _never() -> bool:
    return False


def project_of(config: MkDocsConfig) -> Path:
    """Return the folder of the configuration file; paths in it begin there."""
    file = config.config_file_path
    return Path(file).parent if file else Path(config.docs_dir)


def address_of(link: Link, path: str, files: Files) -> str | None:
    """Return where a link leads that is typed at `path` in the folder of all articles.

    The address begins at the root of the site.  None for what is no file of the site.
    """
    target, sign, rest = re.split("([?#]|$)", link.address, maxsplit=1)
    folder = "" if link.rooted or target.startswith("/") else posixpath.dirname(path)
    joined = posixpath.normpath(posixpath.join(folder, unquote(target).lstrip("/")))
    known = files.get_file_from_path(joined)
    return known.url + sign + rest if known else None


def has_newer_sidecar(
    file: File, folder: Path | None, config: MkDocsConfig, shared: float = 0.0
) -> bool:
    """Return whether the sidecar of a page was changed after the page was last written.

    So count the files of sources that the site shares, the last of which was changed at `shared`.
    """
    docs = Path(config.docs_dir)
    article = article_of(file, docs)
    sidecar = locate(article, docs, folder).path if article else None
    if sidecar is None:
        return False
    try:
        return Path(file.abs_dest_path).stat().st_mtime < max(sidecar.stat().st_mtime, shared)
    except OSError:
        return True


def indexes_nowhere(indexes: Mapping[str, str], files: Files) -> list[OptionProblem]:
    """Return a fault for each page of the option `indexes` that the site lacks."""
    return [
        OptionProblem(
            "indexes",
            f"the site has no “{shown(path)}”, which `indexes` names for {name}",
            "write a path from the folder of all articles, or leave the option to the plugin",
        )
        for name, path in indexes.items()
        if files.get_file_from_path(posixpath.normpath(path)) is None
    ]


def people_nowhere(
    people: Mapping[str, Person], files: Files, config: MkDocsConfig
) -> list[Problem]:
    """Return a problem for each of `people` whose address is an article that the site lacks.

    An address that names no article may be the server's own.
    """
    file = config.config_file_path or "mkdocs.yml"
    return [
        Problem(
            option_position(file, "people", (key, "url")),
            Rule.DEAD_LINK,
            f'the site has no "{shown(person.url.address)}", where `{shown(key)}` in `people` is',
            "correct the `url`; it begins in the folder of all articles",
            subject=person.url.address,
        )
        for key, person in people.items()
        if person.url is not None
        and person.url.kind is LinkKind.SITE
        and re.split("[?#]", person.url.address)[0].endswith(".md")
        and address_of(person.url, "", files) is None
    ]


def strays(files: Files, config: MkDocsConfig, folder: Path | None) -> list[Problem]:
    """Return a problem for each sidecar that has no article; one named in front matter has."""
    docs = Path(config.docs_dir)
    pages = [file.src_uri for file in files.documentation_pages() if file.abs_src_path]
    problems = []
    for path, article in _unused(files, docs, _sidecars(files, folder)):
        # A draft has its sidecar, too, and so has a page that is built for another language.
        if (docs / article).is_file() or _told_by_article(article, pages, docs, folder):
            continue
        near = nearest(article, pages)
        hint = f"is it for {near}? Rename it" if near else "rename it after its article"
        message = f"there is no article {article}"
        place = Position(display_path(path), 1, 1)
        problems.append(Problem(place, Rule.NO_ARTICLE, message, hint, subject=article))
    return problems


def _told_by_article(article: str, pages: Iterable[str], docs: Path, folder: Path | None) -> bool:
    """Return whether a page without a sidecar tells of that of `article`, which there isn't.

    A page tells of names that are nearly that of its own sidecar: in other letters, or with `.md`.
    """
    wanted = {article.casefold(), article.casefold().removesuffix(".md")}
    alike = [page for page in pages if page.casefold() in wanted]
    return any(locate(docs / page, docs, folder).path is None for page in alike)


def left_out(files: Files, config: MkDocsConfig, folder: Path | None) -> list[Path]:
    """Return the sidecars of articles that are not built: drafts, pages in other languages."""
    docs = Path(config.docs_dir)
    # Those of other languages may be no files of this build.
    on_disk = (found for root in (docs, folder) if root for found in _below(root))
    return [path for path, article in _unused(files, docs, on_disk) if (docs / article).is_file()]


def _unused(
    files: Files, docs: Path, sidecars: Iterable[tuple[Path, str]]
) -> Iterator[tuple[Path, str]]:
    """Yield each of `sidecars` that no page has, and the article that its name is for."""
    pages = [file for file in files.documentation_pages() if file.abs_src_path]
    expected = {sidecar_name(file.src_uri) for file in pages}
    named = {path for file in pages for path in _named_by(file, docs)}
    for path, uri in sidecars:
        if uri not in expected and os.path.realpath(path) not in named:
            yield path, uri[: -len(SUFFIX)] + ".md"


def unclaimed(files: Files, config: MkDocsConfig, folder: Path | None) -> list[Problem]:
    """Return a problem if articles have sidecars, for when not one article was annotated."""
    docs = Path(config.docs_dir)
    if not any(_has_sidecar(file, docs, folder) for file in files.documentation_pages()):
        return []
    return [host_changed("MkDocs", Path(config.config_file_path or docs))]


def _has_sidecar(file: File, docs: Path, folder: Path | None) -> bool:
    article = article_of(file, docs)
    page = file.page
    # Python-Markdown runs no extension on a blank article.
    if article is None or page is None or not page.content:
        return False
    settings = parse_front_matter(page.meta, Presentation())
    return not settings.off and locate(article, docs, folder, settings.named).path is not None


def _named_by(file: File, docs: Path) -> Iterator[str]:
    """Yield the sidecar that a page's front matter names."""
    meta = file.page.meta if file.page is not None else None
    value = (meta or {}).get("annotations")
    if isinstance(value, dict):
        value = value.get("file")
    article = article_of(file, docs)
    # No path has a NUL, and the system refuses to be asked for one.
    if article and isinstance(value, str) and value.endswith(SUFFIX) and "\0" not in value:
        yield os.path.realpath(article.parent / value)


def _sidecars(files: Files, folder: Path | None) -> Iterator[tuple[Path, str]]:
    """Yield the path of each sidecar of the site, and where it would lie beside its article."""
    for file in files:
        if file.src_uri.endswith(SUFFIX) and file.abs_src_path:
            path = Path(file.abs_src_path)
            if folder is None or folder not in path.parents:
                yield path, file.src_uri
    if folder is not None:
        yield from _below(folder)


def _below(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.rglob(f"*{SUFFIX}")):
        yield path, path.relative_to(folder).as_posix()


def leave_out_lookalikes(files: Files) -> None:
    """Have no file published that looks like a sidecar.

    Cost: what is YAML by its name is opened, and its first 64 kB are read.
    """
    for file in _lookalikes(files):
        file.inclusion = InclusionLevel.EXCLUDED


def _lookalikes(files: Iterable[File]) -> Iterator[File]:
    for file in files:
        # A name with `.y` is all that a quick look tells; other files are not opened.
        if file.abs_src_path and ".y" in PurePosixPath(file.src_uri).name.lower():
            path = Path(file.abs_src_path)
            if not path.name.endswith(SUFFIX) and looks_like_sidecar(path):
                yield file


def lookalikes(files: Files, docs: Path, folder: Path | None) -> list[Problem]:
    """Return a problem for each file that looks like a sidecar, and that no article tells of.

    An article without a sidecar tells of those that are called nearly as its own would be.
    """
    articles = {file.src_uri.casefold(): file for file in files.documentation_pages()}
    pages = [file.src_uri for file in articles.values()]
    problems = []
    for file in _lookalikes(files):
        name = intended_article(file.src_uri)
        meant = articles.get(name.casefold())
        article = article_of(meant, docs) if meant else None
        if article is not None and locate(article, docs, folder).path is None:
            continue
        problems.append(misnamed(Path(str(file.abs_src_path)), _right_name(name, pages)))
    return problems


def _right_name(article: str, articles: Iterable[str]) -> str:
    """Return the name of the sidecar of the article nearest to `article` in its folder."""
    path = PurePosixPath(article)
    beside = (PurePosixPath(one) for one in articles)
    near = nearest(path.stem, [one.stem for one in beside if one.parent == path.parent])
    return (near or path.stem) + SUFFIX


def watched(config: MkDocsConfig, options: Options, sidecars: Path | None) -> Iterator[Path]:
    """Yield templates, files of sources, and the folder of `sidecars` elsewhere than articles."""
    project = project_of(config)
    own = [project / options.templates] if options.templates else []
    for folder in (sidecars, *own, *theme_templates(config)):
        if folder and folder.is_dir():
            yield folder
    yield from (file for file in source_files(project, options) if file.is_file())
