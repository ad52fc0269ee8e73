"""The command `render`: a site that another program built gets its annotations."""

import filecmp
import os
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>T</title></head>
<body><nav>the vote</nav><main><h1>{title}</h1><p>{text}</p></main></body></html>"""
SIDECAR = "annotations:\n  - quote: {quote}\n    note: A note, see [home](/).\n"


def write(path, text):
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Return a built site with two annotated pages and one without."""
    monkeypatch.chdir(tmp_path)
    write("built/index.html", PAGE.format(title="Home", text="It was the vote of nine."))
    write("built/guide/start/index.html", PAGE.format(title="Start", text="Begin with the vote."))
    write("built/plain.html", PAGE.format(title="Plain", text="Nothing to say."))
    write("built/own.css", "p {}\n")
    write("notes/index.annotations.yml", SIDECAR.format(quote="vote of nine"))
    write("notes/guide/start.annotations.yml", SIDECAR.format(quote="Begin with"))
    shutil.copytree("built", "plain")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, ["render", *arguments])


def render(*more):
    done = run("built", "--sidecars", "notes", *more)
    assert done.exit_code == 0, done.output
    return done


def same(one, other):
    def differing(compared):
        yield from (compared.left_only, compared.right_only, compared.diff_files)
        for below in compared.subdirs.values():
            yield from differing(below)

    compared = filecmp.dircmp(one, other, ignore=[])
    return not any(map(list, differing(compared)))


def html(path):
    return Path("built", path).read_text("utf-8")


def marked(path):
    return re.findall(r'<span class="ann-m [^>]*>([^<]*)</span>', html(path))


def test_pages_get_the_annotations_of_their_sidecars_and_load_our_files(site):
    done = render()

    assert marked("index.html") == ["vote of nine"]
    assert marked("guide/start/index.html") == ["Begin with"]
    assert html("plain.html") == Path("plain/plain.html").read_text("utf-8")
    for address in re.findall(
        r'(?:href|src)="([^"]*annotate\.(?:css|js))"', html("guide/start/index.html")
    ):
        assert Path("built/guide/start", address).is_file()
    assert done.output.endswith("built: 2 pages annotated of 3, 2 pages written, no problems\n")


def test_twice_is_once_and_without_sidecars_the_site_is_as_it_was_built(site):
    render()
    shutil.copytree("built", "once")

    assert "no pages written" in render().output
    assert same("built", "once")

    shutil.rmtree("notes")
    Path("notes").mkdir()
    render()
    assert same("built", "plain")


def test_a_changed_sidecar_changes_its_page_and_a_removed_one_restores_it(site):
    render()
    write("notes/index.annotations.yml", SIDECAR.format(quote="It was"))
    Path("notes/guide/start.annotations.yml").unlink()

    render()

    assert marked("index.html") == ["It was"]
    assert html("guide/start/index.html") == Path("plain/guide/start/index.html").read_text("utf-8")


def test_a_copy_leaves_the_site_as_it_is(site):
    done = run("built", "--sidecars", "notes", "--output", "out")

    assert done.exit_code == 0
    assert same("built", "plain")
    assert Path("out/own.css").read_text() == "p {}\n"
    assert "ann-m" in Path("out/index.html").read_text("utf-8")
    before = Path("out/index.html").stat().st_ino
    assert run("built", "--sidecars", "notes", "--output", "out").exit_code == 0
    render()
    assert same("built", "out")
    assert before


@pytest.mark.parametrize("output", ["built", "built/in", "."])
def test_a_copy_in_the_site_is_refused(site, output):
    done = run("built", "--sidecars", "notes", "--output", output)

    assert done.exit_code == 2
    assert "--output" in done.output
    assert same("built", "plain")


def test_every_problem_is_told_and_only_strict_runs_and_errors_fail(site):
    write("notes/index.annotations.yml", SIDECAR.format(quote="votes of nine"))
    write("notes/guide/strat.annotations.yml", SIDECAR.format(quote="x"))

    done = render()

    assert [line.rpartition(" ")[2] for line in done.stdout.splitlines()] == [
        "[no-article]",
        "[orphan]",
    ]
    assert (
        "notes/index.annotations.yml:2:12: “votes of nine” does not stand in the article"
        in done.stdout
    )
    assert run("built", "--sidecars", "notes", "--strict").exit_code == 1
    write("notes/annotate.yml", "strict: true\n")
    assert run("built", "--sidecars", "notes").exit_code == 1
    write("notes/annotate.yml", "rules: {orphan: error}\n")
    assert run("built", "--sidecars", "notes").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "nothing says where the built site is"),
        (["built"], "nothing says where the sidecars are"),
        (["none", "--sidecars", "notes"], "none is no folder"),
        (["built", "--sidecars", "none"], "none is no folder"),
    ],
)
def test_without_a_site_or_sidecars_there_is_nothing_to_do(site, arguments, says):
    done = run(*arguments)

    assert done.exit_code == 2
    assert says in done.output


def test_a_configuration_names_both_and_holds_all_options(site):
    write("annotate.yml", "site: built\nsidecars: notes\nassets: /a\npanel: false\narticle: main\n")

    assert run().exit_code == 0

    assert 'href="/a/annotate.css"' in html("index.html")
    assert "ann-panel" not in html("index.html")
    assert not Path("built/annotate-assets").exists()


def test_pages_that_cannot_be_annotated_are_told_and_stay_byte_for_byte(site):
    pages = {
        "two": b"<article>the vote</article><article>x</article><main>1</main><main>2</main>",
        "frames": b"<frameset><frame src=index.html></frameset>",
        "base": b"<base href=/x/><p>the vote",
        "bytes": b"<meta charset=utf-8><p>the vote \xff",
        "half": b'<p>the <span class="ann-m ann-g-x" data-ann=a>vote</p>',
    }
    for name, data in pages.items():
        write(f"built/{name}.html", data)
        write(f"notes/{name}.annotations.yml", SIDECAR.format(quote="the vote"))
    write("annotate.yml", "article: article\n")

    told = run("built", "--sidecars", "notes").stdout

    for name, data in pages.items():
        assert Path(f"built/{name}.html").read_bytes() == data
        assert f"built/{name}.html:1:1: " in told
    assert told.count("[page-left-alone]") == len(pages) + 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252", "shift_jis"])
def test_pages_keep_their_encoding(site, encoding):
    text = "<p>Der Beschluß</p>" if encoding != "shift_jis" else "<p>日本語</p>"
    quote = "Beschluß" if encoding != "shift_jis" else "日本"
    data = f"<meta charset={encoding}><title>x</title>{text}".encode(encoding)
    write("built/a.html", data)
    write("notes/a.annotations.yml", SIDECAR.format(quote=quote).replace("A note", "Ein “→” Wort"))

    render()

    page = Path("built/a.html").read_bytes().decode(encoding)
    assert f">{quote}</span>" in page
    assert "Ein “→” Wort" in page or "Ein “&#8594;” Wort" in page or "Ein &#8220;" in page
    Path("notes/a.annotations.yml").unlink()
    render()
    assert Path("built/a.html").read_bytes() == data


def test_many_pages_are_the_same_on_all_cores(site, monkeypatch):
    for number in range(90):
        write(
            f"built/p{number}.html", PAGE.format(title=number, text=f"Page {number} of the vote.")
        )
        write(f"notes/p{number}.annotations.yml", SIDECAR.format(quote=f"Page {number} of"))
    shutil.copytree("built", "again")

    monkeypatch.setattr("mkdocs_annotate.hosts.processes.cores", lambda: 2)
    assert "92 pages annotated" in render().output
    monkeypatch.setattr("mkdocs_annotate.hosts.processes.cores", lambda: 1)
    assert run("again", "--sidecars", "notes").exit_code == 0

    assert same("built", "again")


def test_indexes_stand_behind_their_comments_and_go_with_the_sidecars(site):
    write(
        "built/all.html",
        PAGE.format(title="All", text="<!-- annotate: kinds -->\n<!-- annotate: kind -->"),
    )
    shutil.copy("built/all.html", "plain/all.html")

    told = render().stdout
    index = html("all.html")

    assert '<a href="guide/start/index.html#ann-begin-with">' in index
    assert "annotate-assets/annotate-index.css" in index
    assert (
        "built/all.html:3:1: there is no index of “kind”; did you mean `kinds`? [bad-marker]"
        in told
    )
    render()
    assert html("all.html") == index
    shutil.rmtree("notes")
    Path("notes").mkdir()
    render()
    assert same("built", "plain")


def test_exports_are_written_and_go_with_the_sidecars(site):
    write("notes/annotate.yml", "exports: true\nsite_url: https://example.org/x\n")

    render()

    assert 'type="application/ld+json"' in html("index.html")
    assert (
        "https://example.org/x/guide/start/"
        in Path("built/guide/start/annotations.jsonld").read_text()
    )
    assert Path("built/annotations/collection.jsonld").is_file()
    (link,) = re.findall(r'href="([^"]*annotations\.jsonld)"', html("guide/start/index.html"))
    assert Path("built/guide/start", link).is_file()
    render()
    shutil.rmtree("notes")
    Path("notes").mkdir()
    render()
    assert same("built", "plain")


def test_what_the_list_of_written_files_says_never_leads_out_of_the_site(site):
    write("outside.txt", "x")
    write(
        "built/annotate-assets/written.json",
        '{"files": ["../outside.txt", "/etc/none", 3, "own.css"]}',
    )

    render()

    assert Path("outside.txt").is_file()


def test_a_page_that_cannot_be_written_is_told(site):
    if os.geteuid() == 0:
        shutil.rmtree("built/annotate-assets", ignore_errors=True)
        write("built/annotate-assets", "a file where a folder is wanted")
        assert run("built", "--sidecars", "notes").exit_code == 2
        return
    Path("built").chmod(0o500)
    assert run("built", "--sidecars", "notes").exit_code == 2
