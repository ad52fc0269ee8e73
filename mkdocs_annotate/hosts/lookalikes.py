"""Files of a site that look like sidecars and aren't: reported, and never published."""

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from mkdocs_annotate.hosts.mkdocs_api import File, Files, InclusionLevel
from mkdocs_annotate.hosts.page_lookup import article_of
from mkdocs_annotate.model.nearness import nearest
from mkdocs_annotate.model.problems import Problem
from mkdocs_annotate.sidecar.files import (
    SUFFIX,
    intended_article,
    locate,
    looks_like_sidecar,
    misnamed,
)


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
