"""Which sidecar of a folder belongs to which page of a built site."""

from pathlib import Path

import pytest

from mkdocs_annotate.any_html.settings import SiteSettings
from mkdocs_annotate.any_html.sidecars import pairs_of

SETTINGS = SiteSettings(Path("built"), Path("notes"), Path("notes"))


def paired(pages, sidecars):
    found, problems = pairs_of(
        pages.split(), [f"{one}.annotations.yml" for one in sidecars.split()], SETTINGS
    )
    short = {page: name.removesuffix(".annotations.yml") for page, name in found.items()}
    return short, [f"{one.position.file} {one.rule.value}" for one in problems]


@pytest.mark.parametrize(
    ("pages", "sidecars", "found"),
    [
        ("a.html", "a", {"a.html": "a"}),
        ("a.htm", "a", {"a.htm": "a"}),
        ("a/index.html", "a", {"a/index.html": "a"}),
        ("a/index.html", "a/index", {"a/index.html": "a/index"}),
        ("index.html", "index", {"index.html": "index"}),
        ("a.html a/index.html", "a a/index", {"a.html": "a", "a/index.html": "a/index"}),
        ("g/a.html g/b/index.html", "g/a g/b", {"g/a.html": "g/a", "g/b/index.html": "g/b"}),
        ("a.b.html", "a.b", {"a.b.html": "a.b"}),
    ],
)
def test_a_tree_of_sidecars_mirrors_the_site(pages, sidecars, found):
    assert paired(pages, sidecars) == (found, [])


@pytest.mark.parametrize(
    ("pages", "sidecars", "found", "told"),
    [
        ("a/index.html", "a a/index", {"a/index.html": "a/index"}, "a two-sidecars"),
        ("a.html a/index.html", "a", {}, "a two-pages"),
        ("a.html a.htm", "a", {}, "a two-pages"),
        ("a.html", "b", {}, "b no-article"),
    ],
)
def test_two_sidecars_two_pages_and_no_page_are_told(pages, sidecars, found, told):
    name, rule = told.split()

    assert paired(pages, sidecars) == (found, [f"notes/{name}.annotations.yml {rule}"])


def test_a_near_page_is_named():
    _, (problem,) = pairs_of(
        ["guide/talks/index.html", "x.html"], ["guide/talk.annotations.yml"], SETTINGS
    )

    assert (
        problem.hint == "is it for guide/talks/index.html? Rename it to guide/talks.annotations.yml"
    )
