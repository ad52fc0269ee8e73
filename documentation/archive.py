"""Annotates an archive of articles on all workers of a Dask cluster, here those of one machine.

    pip install 'mkdocs-annotate[dask]'
    python documentation/archive.py ARTICLES OUTPUT

ARTICLES is a folder of Markdown files with their sidecars, and a file of sources, `sources.yml`,
which all of them share; into OUTPUT go pages without a frame.  What a page becomes is a function of
its two texts and of the site alone, so that a cluster of many machines differs from this one in the
line that makes the client.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import markdown
from distributed import Client, LocalCluster

from mkdocs_annotate.model.links import Link
from mkdocs_annotate.rendering.page import render_page
from mkdocs_annotate.rendering.site import Presentation, Site
from mkdocs_annotate.sidecar.decoding import parse_sidecar
from mkdocs_annotate.sidecar.files import read_sources, sidecar_name

BATCH = 25
"""Articles a task: a task costs a millisecond, and an article some."""

MANY = 10_000_000
DAY = 86_400


class Article(NamedTuple):
    """The two texts that a page is made of."""

    name: str
    text: str
    sidecar: str


class Rendered(NamedTuple):
    """A page, what is wrong with its sidecar, and the seconds of CPU time it took."""

    name: str
    html: str
    problems: tuple[str, ...]
    seconds: float


def rendered(articles: Sequence[Article], site: Site) -> list[Rendered]:
    """Return the pages of some articles.  Reads and writes nothing."""
    return [_rendered(article, site) for article in articles]


def _rendered(article: Article, site: Site) -> Rendered:
    started = time.process_time()
    html = markdown.markdown(article.text, extensions=["toc", "tables", "fenced_code"])
    sidecar, found = parse_sidecar(article.sidecar, sidecar_name(article.name))
    page = render_page(html, article.text, sidecar, site, Presentation(), _as_typed, found)
    problems = tuple(map(str, (*found, *page.problems)))
    return Rendered(article.name, page.html, problems, time.process_time() - started)


def _as_typed(link: Link) -> str:
    return link.address


def batches(folder: Path) -> Iterator[list[Article]]:
    """Yield the annotated articles below a folder, some at a time."""
    batch: list[Article] = []
    for path in sorted(folder.rglob("*.md")):
        sidecar = Path(sidecar_name(str(path)))
        if sidecar.is_file():
            name = path.relative_to(folder).as_posix()
            batch.append(Article(name, path.read_text("utf-8"), sidecar.read_text("utf-8")))
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def annotate_archive(client: Client, folder: Path, output: Path) -> tuple[int, float]:
    """Write the pages of all annotated articles; return how many, and their CPU seconds."""
    shared = folder / "sources.yml"
    registry = read_sources(shared, (folder,))[0] if shared.is_file() else {}
    # To each worker once, and not with each task.
    site = client.scatter(Site(registry=registry), broadcast=True)
    count, seconds = 0, 0.0
    for future in client.map(rendered, list(batches(folder)), site=site):
        for page in future.result():
            file = output / f"{page.name.removesuffix('.md')}.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page.html, "utf-8")
            for problem in page.problems:
                print(problem)
            count, seconds = count + 1, seconds + page.seconds
    return count, seconds


def main() -> None:
    """Annotate the archive that the command line names."""
    parser = argparse.ArgumentParser(description="Annotate an archive of articles.")
    parser.add_argument("articles", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--workers", type=int)
    given = parser.parse_args()
    with (
        LocalCluster(n_workers=given.workers, threads_per_worker=1, dashboard_address=None) as own,
        Client(own) as client,
    ):
        count, seconds = annotate_archive(client, given.articles, given.output)
    if seconds:
        days = MANY * seconds / count / DAY
        print(f"{count} pages, {count / seconds:.0f} a second and core")
        print(f"{MANY:,} such articles take {days:.1f} days of one core")


if __name__ == "__main__":
    main()
