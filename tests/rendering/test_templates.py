import os
from importlib.resources import files
from pathlib import Path

import pytest
from jinja2 import Environment
from markupsafe import Markup

from mkdocs_annotate.rendering.templates import NAMES, BlockMaker, Templates, templates_of
from mkdocs_annotate.rendering.translations import wording_of
from mkdocs_annotate.rendering.views import (
    CitedView,
    IndexView,
    LinkView,
    OrphanView,
    SectionView,
    SourceView,
)

ORPHANS = (OrphanView("a.yml:1:1", "<b> & “c”", "gone"),)
OURS = BlockMaker(Templates(), wording_of("en")).orphans(ORPHANS)


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own").mkdir()

    def written(name, text):
        path = tmp_path / "own" / name
        path.write_text(text, "utf-8")
        return path

    return written


def orphans(*folders):
    """Return the box of orphans as `folders` have it, and what is wrong with them."""
    maker = BlockMaker(
        templates_of([Path(folder).absolute() for folder in folders]), wording_of("en")
    )
    return maker.orphans(ORPHANS), [str(problem) for problem in maker.problems]


def test_a_template_of_the_sites_own_stands_in_place_of_ours(write):
    write("orphans.html", "<p>{{ orphans|length }} lost: {{ orphans[0].quote }}</p>\n")

    assert orphans("own") == ("<p>1 lost: &lt;b&gt; &amp; “c”</p>", [])


def test_it_may_extend_ours_and_change_one_block(write):
    write(
        "orphans.html",
        '{% extends "default/orphans.html" %}\n{% block heading %}<h2>Lost</h2>{{ super() }}'
        "{% endblock %}\n",
    )

    html, problems = orphans("own")

    assert problems == []
    assert "<h2>Lost</h2>" in html
    assert "a.yml:1:1" in html
    assert "Problems with these annotations" in html


def test_ours_use_the_parts_that_a_site_overrides(write):
    write("source.html", "<li>{{ source.link.words }}</li>")
    source = SourceView("s", LinkView("<Minutes>"), ".", "", "", (), "", "", ())
    html = BlockMaker(templates_of([Path("own").absolute()]), wording_of("en")).sources((source,))

    assert '<h2 id="ann--sources">Sources</h2>' in html
    assert "<li>&lt;Minutes&gt;</li>" in html


def test_a_block_may_use_the_macro_for_links(write):
    write(
        "source.html",
        '{% extends "default/source.html" %}{% block description %}{{ link(source.link) }}'
        "{% endblock %}",
    )
    source = SourceView("s", LinkView("Minutes", "m/"), ".", "", "", (), "", "", ())
    maker = BlockMaker(templates_of([Path("own").absolute()]), wording_of("en"))

    assert '<a href="m/">Minutes</a>' in maker.sources((source,))
    assert maker.problems == []


def test_the_first_folder_wins_and_folders_may_be_missing(write, tmp_path):
    write("orphans.html", "second")
    (tmp_path / "first").mkdir()
    (tmp_path / "first/orphans.html").write_text("first")

    assert orphans("none", "first", "own") == ("first", [])
    assert orphans("none") == (OURS, [])


MISTAKES = {
    "syntax": (
        "<p>\n{{ orphans| }}\n",
        "2:1: expected token 'name', got 'end of print statement'; our own template is used; "
        "correct the template",
    ),
    "block": (
        '{% extends "default/orphans.html" %}\n\n{% block haeding %}x{% endblock %}',
        "3:1: default/orphans.html has no block `haeding`; our own template is used; "
        "did you mean `heading`?",
    ),
    "name": (
        "<p>\n{{ orphns }}</p>",
        "2:1: 'orphns' is undefined; our own template is used; did you mean `orphans`?",
    ),
    "unlike any name": (
        "{{ zzz }}",
        "1:1: 'zzz' is undefined; our own template is used; it is given orphans and words",
    ),
    "field": (
        "\n\n{{ orphans[0].qoute }}",
        "3:1: 'mkdocs_annotate.rendering.views.OrphanView object' has no attribute 'qoute'; "
        "our own template is used; did you mean `quote`?",
    ),
    "method": (
        "{{ orphans[0].zzz }}",
        "1:1: 'mkdocs_annotate.rendering.views.OrphanView object' has no attribute 'zzz'; "
        "our own template is used; the reference of templates says what each is given",
    ),
    "words": (
        '{{ words("headings.nots") }}',
        "1:1: there are no words, or no entry, called `headings.nots`; our own template is used; "
        "correct the name",
    ),
    "missing": (
        '\n{% include "orphan.html" %}',
        "2:1: there is no template `orphan.html`; our own template is used; "
        "did you mean `orphans.html`?",
    ),
    "missing base": (
        '{% extends "annotate/lost.html" %}{% block heading %}{% endblock %}',
        "1:1: there is no template `annotate/lost.html`; our own template is used; "
        "ours are default/panel.html, default/about.html, default/notes.html, default/note.html, "
        "default/sources.html, default/source.html, default/exports.html, default/orphans.html, "
        "default/link.html, default/index.html, default/index-source.html, "
        "default/index-passages.html, default/index-pages.html, default/index-articles.html, "
        "default/index-definitions.html",
    ),
    "itself": (
        '\n{% extends "orphans.html" %}',
        "2:1: the template extends itself; our own template is used; "
        "ours is called default/orphans.html",
    ),
    "endless": (
        '{% include "orphans.html" %}',
        "1:1: the template includes or extends itself; our own template is used; "
        "ours are called default/…",
    ),
    "wild": (
        "\n{{ 1 // 0 }}",
        "2:1: ZeroDivisionError: integer division or modulo by zero; our own template is used; "
        "correct the template",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_file_and_line_and_ours_are_used(write, mistake):
    text, told = MISTAKES[mistake]
    write("orphans.html", text)

    html, problems = orphans("own")

    assert html == OURS
    assert problems == [f"own/orphans.html:{told} [bad-template]"]


def test_a_template_that_is_no_utf_8_is_told(write):
    write("orphans.html", "x").write_bytes(b"<p>caf\xe9</p>")

    html, (problem,) = orphans("own")

    assert html == OURS
    assert problem.startswith("own/orphans.html:1:1: the template is not UTF-8 text; our own")


def test_a_mistake_in_a_part_is_told_of_that_part(write):
    write("lost.html", "\n\n{{ nothing }}")
    write("orphans.html", '{% include "lost.html" %}')

    _, (problem,) = orphans("own")

    assert problem.startswith("own/lost.html:3:1: ")


def test_a_part_that_ours_can_not_use_is_told_of_that_part(write):
    write("link.html", "{% macro link(view) %}{{ view.words }}{% endmacro %}")
    source = SourceView("s", LinkView("Minutes"), ".", "", "", (), "", "", ())
    maker = BlockMaker(templates_of([Path("own").absolute()]), wording_of("en"))

    html = maker.sources((source,))

    assert "Minutes" in html
    (problem,) = maker.problems
    assert str(problem).startswith("own/link.html:1:1: TypeError: ")


def test_templates_are_kept_and_follow_their_files(write):
    path = write("orphans.html", "one")
    assert orphans("own")[0] == "one"

    path.write_text("two")
    os.utime(path, (1, 1))
    assert orphans("own")[0] == "two"

    path.unlink()
    assert orphans("own")[0] == OURS

    write("orphans.html", "three")
    assert orphans("own")[0] == "three"


def test_a_template_is_compiled_once(write, monkeypatch):
    write("orphans.html", "one")
    compiled = []
    compile_ = Environment.compile

    def counted(self, source, name=None, *rest, **options):
        compiled.append(name)
        return compile_(self, source, name, *rest, **options)

    monkeypatch.setattr(Environment, "compile", counted)
    for _ in range(3):
        orphans("own")

    assert compiled == ["orphans.html"]


def test_blocks_are_made_in_any_order():
    """An index of sources loads a template by its name, and others are joined after it."""
    maker = BlockMaker(Templates(), wording_of("en"))
    source = SourceView("s", LinkView("A title"), ".", "", "", (), "", Markup(""), ())
    section = SectionView("", "Sources", "", "", 1, (), (CitedView(source, ()),))

    index = maker.index(IndexView("Sources", 2, (), (section,), ()))

    assert "A title" in index
    assert "A title" in maker.sources((source,))


def test_every_template_of_ours_can_be_overridden():
    folder = files("mkdocs_annotate.rendering") / "templates"

    assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)
