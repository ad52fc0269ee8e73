"""The files of a MkDocs site: its articles, and sidecars with or without an article."""

import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath, PurePosixPath

from mkdocs_annotate.files.paths import display_path, shown_path
from mkdocs_annotate.hosts.front_matter import parse_front_matter
from mkdocs_annotate.hosts.host_page import host_changed
from mkdocs_annotate.hosts.mkdocs_api import File, Files, InclusionLevel, MkDocsConfig
from mkdocs_annotate.hosts.mkdocs_page import address_of, article_of
from mkdocs_annotate.hosts.option_places import OptionProblem, option_position
from mkdocs_annotate.model.links import LinkKind
from mkdocs_annotate.model.messages import nearest
from mkdocs_annotate.model.problems import Position, Problem, Rule, shown
from mkdocs_annotate.model.sources import Person
from mkdocs_annotate.model.vocabulary import Vocabulary
from mkdocs_annotate.rendering.index_markers import INDEXES, Marker, marker_problem, markers_of
from mkdocs_annotate.rendering.site import Presentation
from mkdocs_annotate.sidecar.files import (
    SUFFIX,
    intended_article,
    locate,
    looks_like_sidecar,
    misnamed,
    sidecar_name,
)


def leave_out_sidecars(files: Files) -> None:
    """Exclude all sidecars from what is published."""
    for file in files:
        if file.src_uri.endswith(SUFFIX):
            file.inclusion = InclusionLevel.EXCLUDED


def set_modified(file: File, *, modified: bool) -> None:
    """Set for a dirty build whether `file` is modified, unless another plugin has set it."""
    if "is_modified" not in vars(file):
        vars(file)["is_modified"] = _always if modified else _never


def _always() -> bool:
    return True


def _never() -> bool:
    return False


def has_newer_sidecar(
    file: File, folder: Path | None, config: MkDocsConfig, shared: float = 0.0
) -> bool:
    """Return whether the sidecar of a page was changed after the page was last written.

    `shared` is the time of the last change of the site's own files of sources, which count too.
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
    """Return a mistake for each page of the option `indexes` that is missing in the site."""
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
    """Return a problem for each of `people` whose address is an article that is missing.

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
    """Return a problem for each sidecar without an article, unless front matter names it."""
    docs = Path(config.docs_dir)
    pages = [file.src_uri for file in files.documentation_pages() if file.abs_src_path]
    problems = []
    for path, article in _unused(files, docs, _sidecars(files, folder)):
        # A draft has its sidecar, too, and so has a page that is built for another language.
        if (docs / article).is_file() or _reported_by_article(article, pages, docs, folder):
            continue
        near = nearest(article, pages)
        hint = f"rename it if it is for {near}" if near else "rename it after its article"
        message = f"there is no article {article}"
        place = Position(display_path(path), 1, 1)
        problems.append(Problem(place, Rule.NO_ARTICLE, message, hint, subject=article))
    return problems


def _reported_by_article(
    article: str, pages: Iterable[str], docs: Path, folder: Path | None
) -> bool:
    """Return whether another page reports the sidecar of `article`, which does not exist.

    A page without a sidecar reports a file with nearly its name: in another case, or with `.md`.
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
    """Yield each of `sidecars` that belongs to no page, and the article that it is named for."""
    pages = [file for file in files.documentation_pages() if file.abs_src_path]
    expected = {sidecar_name(file.src_uri) for file in pages}
    named = {path for file in pages for path in _named_by(file, docs)}
    for path, uri in sidecars:
        if uri not in expected and os.path.realpath(path) not in named:
            yield path, uri[: -len(SUFFIX)] + ".md"


def unclaimed(files: Files, config: MkDocsConfig, folder: Path | None) -> list[Problem]:
    """Return a problem if articles have sidecars; called if not one article was annotated."""
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
    """Exclude files that look like a sidecar from what is published.

    Cost: the first 64 kB of each file whose name ends like YAML are read.
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
    """Return a problem for each file that looks like a sidecar, unless an article reports it.

    An article without a sidecar reports files whose names are nearly that of its own.
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


def no_article(path: Path, articles: Iterable[Path], docs: Path) -> str:
    """Return the message for a `path` that is none of the `articles` below the folder `docs`."""
    name = shown_path(path.as_posix())
    known = {display_path(article): article for article in articles}
    folder = display_path(docs)
    if path.name.endswith(SUFFIX):
        stem = path.with_name(path.name.removesuffix(SUFFIX))
        owner = _meant(stem.with_name(f"{stem.name}.md"), list(known))
        hint = f"name its article, {owner}" if owner else "no article of this site belongs to it"
        return f"{name} is a sidecar; {hint}"
    meant = _meant(path, list(known))
    hint = f"did you mean {meant}?" if meant else f"the articles are in {shown(folder)}/"
    return f"{name} is not an article of this site; {hint}"


def _meant(path: Path, known: list[str]) -> str:
    """Return the one of the `known` paths that was most probably meant; empty for none."""
    wanted = PurePath(os.path.normpath(path))
    for candidate in (wanted, wanted.with_name(f"{wanted.name}.md"), wanted / "index.md"):
        ends = [
            one for one in known if PurePath(one).parts[-len(candidate.parts) :] == candidate.parts
        ]
        if len(ends) == 1:
            return ends[0]
    # Their folders are all alike, and would make any name near.
    stems = {PurePath(one).stem: one for one in known}
    return stems.get(nearest(wanted.stem, stems) or "", "")


_FENCE = re.compile(r" {0,3}(```|~~~)")
_LINE = re.compile(r" {0,3}<!--\s*annotate:\s*(\w*)")


def indexes_in(files: Files) -> dict[str, str]:
    """Return the pages that ask for an index, by its name; the first of several.

    Their Markdown is searched, since links to them are written before all pages are rendered.
    Cost: a read of each article.
    """
    found: dict[str, str] = {}
    for file in files.documentation_pages():
        for name, _ in _asked_for(file):
            if name in INDEXES:
                found.setdefault(name, file.src_uri)
    return found


def mistaken_markers(files: Files, vocabulary: Vocabulary) -> list[Problem]:
    """Return what is wrong with the markers of a site that is not built."""
    return [
        marker_problem_on(file, marker)
        for file in files.documentation_pages()
        for _, line in _asked_for(file)
        for marker in markers_of(line, vocabulary)
        if marker.message
    ]


def _asked_for(file: File) -> Iterator[tuple[str, str]]:
    """Yield the index that each marker in the Markdown of an article names, and its line."""
    try:
        content = file.content_bytes
    # MkDocs reports a file that can't be read when it renders the page.
    except OSError:
        return
    if b"annotate:" not in content:
        return
    fence = ""
    for line in content.decode("utf-8", "replace").splitlines():
        mark = _FENCE.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        found = _LINE.match(line)
        if found and not fence:
            yield found[1], line


def marker_problem_on(file: File, marker: Marker) -> Problem:
    """Return the problem of `marker`, at its place in the article of `file`."""
    return marker_problem(marker, name_of_file(file), file.content_string)


def name_of_file(file: File) -> str:
    """Return the name of the article of `file` in problems."""
    return display_path(Path(file.abs_src_path)) if file.abs_src_path else file.src_uri
