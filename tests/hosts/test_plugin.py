import contextlib
import io
import os
import re
import socket
import subprocess
import sys
import threading
from pathlib import Path
from urllib.request import urlopen

import pytest

BRIDGE = """
docs/index.md
| # The bridge
|
| The old bridge carries one lane. It was built in 1794.
docs/index.annotations.yml
| annotations:
|   - quote: built in 1794
|     note: From the county survey.
"""


def test_an_article_is_annotated(draw):
    built = draw(BRIDGE).build(strict=True)

    assert built.marked() == ["built in 1794"]
    assert "From the county survey." in built.html()


def test_a_page_without_a_sidecar_is_byte_identical(draw):
    site = draw(BRIDGE + "docs/other.md\n| # Other\n|\n| Words, and *more* words.\n")

    ours = site.build().html("other/index.html")
    site.config = site.config.replace("plugins: [annotate]", "plugins: []")
    theirs = site.build().html("other/index.html")

    def article(html):
        return html[html.index('role="main"') : html.index("</footer>")]

    assert article(ours) == article(theirs)
    assert "ann-" not in article(ours)


def test_without_our_part_an_annotated_page_is_byte_identical(draw, plain):
    site = draw(BRIDGE)

    ours = site.build().html()
    (site.root / "docs/index.annotations.yml").unlink()
    theirs = site.build().html()

    def article(html):
        return html[html.index('role="main"') : html.index("</footer>")]

    assert plain(article(ours)) == article(theirs)


def test_sidecars_are_not_published(draw):
    assert not [name for name in draw(BRIDGE).build().published() if "annotations" in name]


def test_stylesheet_and_script_are_published_and_linked_before_the_users_own(draw):
    site = draw(BRIDGE + "docs/own.css\n| p {color: red}\n")
    site.config += "extra_css: [own.css]\n"

    built = site.build()

    assert {"assets/annotate/annotate.css", "assets/annotate/annotate.js"} <= built.published()
    sheets = re.findall(r'<link href="([^"]*\.css)"', built.html())
    assert sheets.index("assets/annotate/annotate.css") < sheets.index("own.css")
    assert '<script src="assets/annotate/annotate.js" defer></script>' in built.html()


def test_an_orphan_fails_a_strict_build_with_its_place(draw):
    from mkdocs.exceptions import Abort

    site = draw(BRIDGE.replace("quote: built in 1794", "quote: built in 1974 by the county"))

    assert site.build().keys == [("docs/index.annotations.yml", 2, 12, "orphan")]
    with pytest.raises(Abort):
        site.build(strict=True)


def test_words_that_stand_twice_are_ambiguous_until_a_proposed_line_is_pasted(draw):
    drawing = """
        docs/index.md
        | # Talks
        |
        | The world is one.
        |
        | ## Reactions
        |
        | As though the world knew.
        docs/index.annotations.yml
        | annotations:
        |   - quote: world
        |     note: Which?
    """

    (problem,) = draw(drawing).build().problems

    assert problem.key == ("docs/index.annotations.yml", 2, 12, "ambiguous")
    assert "stands twice" in problem.message
    assert "(under “Talks”)" in problem.message
    assert "(under “Reactions”)" in problem.message
    lines = re.findall(r'`((?:prefix|suffix): "[^`]*")`', problem.message)
    assert len(lines) == 2
    for line in lines:
        pasted = drawing.rstrip() + f"\n        |     {line}\n"
        assert draw(pasted).build(strict=True).marked() == ["world"]


def test_front_matter_names_nothing_outside_the_project(draw):
    named = "../../outside.annotations.yml"
    site = draw(f"docs/index.md\n| ---\n| annotations: {named}\n| ---\n| The old bridge.\n")
    outside = Path("..").resolve() / "outside.annotations.yml"
    outside.write_text("annotations: [{quote: bridge, note: x}]")
    try:
        built = site.build()
    finally:
        outside.unlink()

    assert [problem.rule for problem in built.problems] == ["not-readable"]
    assert built.marked() == []


@pytest.mark.parametrize(("margin", "hidden"), [("wide", True), ("true", False)])
def test_a_wide_margin_hides_the_contents_in_material(draw, monkeypatch, margin, hidden):
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    site = draw(
        BRIDGE,
        f"site_name: x\ntheme: material\nplugins: [{{annotate: {{margin: {margin}}}}}]\n",
    )

    html = site.build(strict=True).html()

    (contents,) = re.findall(r'<div class="md-sidebar md-sidebar--secondary"[^>]*>', html)
    assert ("hidden" in contents) == hidden


def test_the_extension_alone_has_no_stylesheet_and_that_is_told_once(draw):
    site = draw(BRIDGE + BRIDGE.replace("index", "second"))
    site.config = site.config.replace("plugins: [annotate]", "plugins: []")
    site.config += "markdown_extensions: [mkdocs_annotate]\n"

    built = site.build()
    assert [told.key for told in built.problems] == [("mkdocs.yml", 5, 1, "host-setup")]
    assert "add `annotate` to `plugins`" in built.problems[0].message
    assert built.marked() == ["built in 1794"]
    # A site may link it itself, or not want to hear of it.
    linked = site.config + "extra_css: [assets/annotate.css]\n"
    info = site.config.replace(
        "[mkdocs_annotate]", "[mkdocs_annotate: {rules: {host-setup: info}}]"
    )
    for site.config in (linked, info):
        assert site.build(strict=True).marked() == ["built in 1794"]


def test_dirty_builds_render_a_page_whose_sidecar_is_newer(draw):
    site = draw(BRIDGE)
    site.build()
    sidecar = site.root / "docs/index.annotations.yml"
    written = (site.root / "built/index.html").stat().st_mtime
    sidecar.write_text(sidecar.read_text().replace("county survey", "parish roll"))
    os.utime(sidecar, (written + 5, written + 5))

    assert "parish roll" in site.build(dirty=True).html()


def test_dirty_builds_leave_other_pages_alone_and_tell_nothing_of_them(draw):
    site = draw(BRIDGE + "docs/other.md\n| # Other\n" + BRIDGE.replace("index", "lost"))
    built = site.build()
    old = built.html("other/index.html")
    (built.folder / "other/index.html").write_text(f"{old}<!-- as it was -->", "utf-8")
    (built.folder / "lost/index.html").unlink()

    again = site.build(dirty=True)

    assert again.keys == []
    assert again.html("other/index.html").endswith("<!-- as it was -->")
    assert again.marked("lost/index.html") == ["built in 1794"]


HOOK = """
hook.py
| from mkdocs.structure.files import File
|
| def on_files(files, config):
|     files.append(File.generated(config, "made.md", content="It was built in 1794."))
"""


def test_a_page_that_has_no_file_is_as_it_is(draw):
    site = draw(BRIDGE + HOOK)
    site.config += "hooks: [hook.py]\n"

    for dirty in (False, True):
        built = site.build(dirty=dirty)

        assert built.keys == []
        assert "<p>It was built in 1794.</p>" in built.html("made/index.html")


def test_an_error_of_ours_leaves_the_page_plain_and_names_the_sidecar(draw, monkeypatch):
    def fail(*_):
        raise RuntimeError("boom")

    monkeypatch.setattr("mkdocs_annotate.hosts.conversion.render_page", fail)

    built = draw(BRIDGE).build()

    assert built.keys == [("docs/index.annotations.yml", 1, 1, "internal-error")]
    assert "built in 1794" in built.html()


def test_an_entry_that_cannot_be_rendered_is_left_out_and_the_others_are_shown(draw, monkeypatch):
    from mkdocs_annotate.hosts import conversion

    render = conversion.render_page

    def fail(html, source, sidecar, *rest):
        if any(entry.quote.exact == "one lane" for entry in sidecar.annotations):
            raise RuntimeError("boom")
        return render(html, source, sidecar, *rest)

    monkeypatch.setattr(conversion, "render_page", fail)

    built = draw(BRIDGE + "|   - quote: one lane\n|     note: Narrow.\n").build()

    assert built.keys == [("docs/index.annotations.yml", 4, 12, "internal-error")]
    assert built.marked() == ["built in 1794"]


@pytest.mark.parametrize("name", ["claim", "is_converting", "of"])
def test_a_host_that_is_not_understood_does_not_end_the_build(draw, monkeypatch, name):
    def fail(*_):
        raise AttributeError("no such processor")

    monkeypatch.setattr(f"mkdocs_annotate.hosts.mkdocs_page.MkDocsPage.{name}", fail)

    built = draw(BRIDGE).build()

    assert "internal-error" in {problem.rule for problem in built.problems}
    assert "built in 1794" in built.html()


def test_serve_watches_sidecars_outside_the_articles(draw):
    site = draw(
        BRIDGE.replace("docs/index.annotations.yml", "notes/index.annotations.yml"),
        "site_name: x\nplugins: [{annotate: {annotations_dir: notes}}]\n",
    )

    assert watched(site) == ["notes"]


THEMED = "site_name: x\ntheme: {name: mkdocs, custom_dir: theme}\nplugins: [annotate]\n"
BLOCK = """
theme/annotate/notes.html
| {% extends "default/notes.html" %}
| {% block heading %}<h2>Margins & more</h2>{% endblock %}
"""


def test_a_template_in_the_themes_folder_stands_in_place_of_ours(draw, plain):
    site = draw(BRIDGE + BLOCK, THEMED)

    built = site.build(strict=True)

    assert "<h2>Margins & more</h2>" in built.html()
    assert '<h2 id="ann--notes">Notes</h2>' not in built.html()
    assert "From the county survey." in built.html()
    assert "Margins" not in plain(built.html())
    assert not [name for name in built.published() if name.endswith("notes.html")]


BROKEN = BRIDGE + BLOCK.replace("heading", "haeding") + BRIDGE.replace("index", "second")


def test_a_broken_template_is_told_once_and_ours_is_used(draw):
    from mkdocs.exceptions import Abort

    site = draw(BROKEN, THEMED)

    for _ in range(2):  # each build tells anew
        built = site.build()
        assert built.keys == [("theme/annotate/notes.html", 2, 1, "bad-template")]
        assert '<h2 id="ann--notes">Notes</h2>' in built.html()
        assert '<h2 id="ann--notes">Notes</h2>' in built.html("second/index.html")
    with pytest.raises(Abort):
        site.build(strict=True)


def test_a_rebuild_shows_templates_added_edited_and_removed(draw):
    site = draw(BRIDGE + "theme/main.html\n| {% extends 'base.html' %}\n", THEMED)
    assert '<h2 id="ann--notes">Notes</h2>' in site.build("serve").html()

    site.write(BLOCK)
    assert "<h2>Margins & more</h2>" in site.build("serve").html()

    path = site.root / "theme/annotate/notes.html"
    path.write_text("<p>Edited</p>")
    os.utime(path, (1, 1))
    assert "<p>Edited</p>" in site.build("serve").html()

    path.unlink()
    assert '<h2 id="ann--notes">Notes</h2>' in site.build("serve").html()


def test_serve_watches_templates(draw):
    config = THEMED.replace("[annotate]", "[annotate: {templates: own}]")
    site = draw(BRIDGE + BLOCK + "own/notes.html\n| x\n", config)

    assert watched(site) == ["own", "annotate"]


def test_serve_watches_files_of_sources_of_all_formats(draw):
    site = draw("docs/index.md\n| x\nrefs.bib\n| % none\n")
    site.config = site.config.replace("[annotate]", "[annotate: {sources: [refs.bib, none.json]}]")

    assert watched(site) == ["refs.bib"]


def watched(site):
    """Return the names of the folders that `mkdocs serve` would watch for us."""
    from mkdocs_annotate.hosts.mkdocs_api import load_config

    config = load_config(config_file=str(site.configure(site.config)))
    config.plugins.on_config(config)
    folders = []

    class Server:
        def watch(self, path):
            folders.append(path)

    config.plugins.on_serve(Server(), config=config, builder=None)
    return [Path(path).name for path in folders]


def test_serve_shows_sidecars_added_edited_and_removed(draw):
    site = draw(BRIDGE)
    sidecar = site.root / "docs/index.annotations.yml"
    text = sidecar.read_text()
    sidecar.unlink()
    site.configure(site.config)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    program = Path(sys.executable).with_name("mkdocs")
    server = subprocess.Popen([program, "serve", "-q", "-a", address], cwd=site.root)

    def shows(words):
        """Wait until the page holds `words`, or not, at most half a minute."""
        pause = threading.Event()
        for _ in range(300):
            with contextlib.suppress(OSError):
                page = urlopen(f"http://{address}/").read().decode()
                if "one lane" in page and (words in page if words else "ann-m" not in page):
                    return True
            pause.wait(0.1)
        return False

    try:
        assert shows(None)
        sidecar.write_text(text)
        assert shows("county survey")
        sidecar.write_text(text.replace("county survey", "parish roll"))
        assert shows("parish roll")
        sidecar.unlink()
        assert shows(None)
    finally:
        server.terminate()
        server.wait()


def test_what_was_found_out_about_pages_is_forgotten_before_they_are_written(draw):
    site = draw(BRIDGE, "site_name: x\nplugins: [annotate]\nhooks: [hook.py]\n")
    (site.root / "hook.py").write_text(
        "def on_page_context(context, page, **_):\n"
        "    print(len([name for name in vars(page) if name.startswith('_annotate')]))\n"
    )

    with contextlib.redirect_stdout(io.StringIO()) as told:
        site.build(strict=True)

    assert told.getvalue() == "0\n"


UNUSED = "docs/index.md\n| # The bridge\n|\n| Words.\ndocs/.nav.yml\n| nav: [index.md]\n"
LOADED = """
import sys
from mkdocs.__main__ import cli
try:
    cli(["build", "--quiet"])
finally:
    print(*(name for name in sys.modules if name.startswith("mkdocs_annotate.")))
"""


def loaded_by(site):
    """Return the modules of ours that a build loads, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=site.root, capture_output=True, text=True
    )
    return set(done.stdout.split())


def test_nothing_of_the_engine_is_loaded_where_nothing_is_annotated(draw):
    site = draw(UNUSED.partition("docs/.nav")[0])

    loaded = loaded_by(site)

    assert len(loaded) < 10
    assert not {name for name in loaded if not name.startswith("mkdocs_annotate.hosts")}
    assert "mkdocs_annotate.hosts.site_build" not in loaded


def test_yaml_that_is_no_sidecar_loads_little(draw):
    assert "mkdocs_annotate.hosts.site_build" not in loaded_by(draw(UNUSED))


@pytest.mark.parametrize(
    ("drawing", "config", "rule"),
    [
        ("docs/index.annotation.yml\n| annotations: []\n", "annotate", "no-article"),
        ("docs/other.yml\n| annotations:\n|   - {quote: x, note: y}\n", "annotate", "no-article"),
        ("docs/gone.annotations.yml\n| annotations: []\n", "annotate", "no-article"),
        ("docs/a.md\n| ---\n| annotations: 5\n| ---\n| # A\n", "annotate", "bad-option"),
        ("docs/a.md\n| ---\n| annotations: b.yml\n| ---\n| # A\n", "annotate", "bad-option"),
        ("docs/a.md\n| # A\n|\n| <!-- annotate: soruces -->\n", "annotate", "bad-marker"),
        ("", "{annotate: {margin: left}}", "bad-option"),
        ("", "{annotate: {annotations_dir: notes}}", "bad-option"),
    ],
)
def test_what_is_wrong_is_reported_where_no_page_has_a_sidecar(draw, drawing, config, rule):
    built = draw(UNUSED + drawing, f"site_name: s\nplugins: [{config}]\n").build()

    assert rule in {problem.rule for problem in built.problems}


def test_an_index_stands_where_no_page_has_a_sidecar(draw):
    built = draw(UNUSED + "docs/a.md\n| # A\n|\n| <!-- annotate: sources -->\n").build(strict=True)

    assert "annotate: sources" not in built.html("a/index.html")


def test_the_sidecar_of_an_article_that_is_a_link_is_found(draw):
    site = draw(UNUSED + "docs/text/a.md\n| Built in 1794.\n")
    (site.root / "docs/text/a.md").rename(site.root / "a.md")
    (site.root / "a.annotations.yml").write_text("annotations: [{quote: 1794, note: x}]\n")
    (site.root / "docs/text/a.md").symlink_to("../../a.md")

    (problem,) = site.build().problems

    assert problem.rule == "not-readable"
