import pytest
from markdown import Markdown

from mkdocs_annotate.hosts import logs
from mkdocs_annotate.hosts.host_page import MAX_BYTES, unread_options

PLACE = "mkdocs.yml:4:7"


@pytest.fixture
def told(tmp_path, monkeypatch):
    """Return a function that gives what is told of a configuration, each problem in a line."""
    monkeypatch.chdir(tmp_path)

    def told(text, *named):
        (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
        return [str(problem) for problem in unread_options(tmp_path, frozenset(named))]

    return told


PLUGINS = "site_name: x\nplugins:\n  - annotate:\n      kinds: {}\n      people: {}\n"


def test_options_of_a_plugin_that_nobody_runs_are_told_with_their_place(told):
    assert told(PLUGINS) == [
        "mkdocs.yml:4:7: the plugin `annotate` does not run here, so its options have no effect: "
        "`kinds`, `people`; write them below `mkdocs_annotate` in `markdown_extensions`; MkDocs "
        "finds them there [host-setup]"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "plugins: [search, annotate: {kinds: {}, margin: wide}]\n",
        "plugins:\n  annotate:\n    kinds: {}\n    margin: wide\n",
        "x: !ENV A\ny: &a 1\nplugins:\n- annotate: {kinds: {}, margin: wide}\n",
    ],
)
def test_plugins_are_found_however_they_are_written(told, text):
    (line,) = told(text)

    assert "`kinds`, `margin`" in line


def test_what_the_extension_is_given_too_is_seen(told):
    assert "`people`" in told(PLUGINS, "kinds")[0]
    assert "`kinds`" not in told(PLUGINS, "kinds")[0]
    assert told(PLUGINS, "kinds", "people") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "- a\n",
        "plugins: annotate\n",
        "plugins: [annotate, search: {lang: de}]\n",
        "plugins: [annotate: {}]\n",
        "plugins: [annotate: {nonsense: 1}]\n",
        "plugins: [annotate: {kinds: {}}]\n" + "#" * MAX_BYTES,
    ],
)
def test_where_no_options_are_nothing_is_told(told, text):
    assert told(text) == []


def test_a_file_that_cannot_be_read_has_none(told, tmp_path):
    (tmp_path / "mkdocs.yml").write_bytes(b"\xff")
    assert unread_options(tmp_path, frozenset()) == ()
    assert unread_options(tmp_path / "none", frozenset()) == ()


SITE = """
docs/index.md
| # The bridge
docs/index.annotations.yml
| annotations: [{quote: bridge, note: x}]
"""
CONFIG = """
site_name: x
plugins: [annotate: {margin: wide}]
markdown_extensions: [mkdocs_annotate]
"""


@pytest.mark.zensical
def test_zensical_tells_of_them_once(draw):
    site = draw(SITE + "docs/b.md\n| # B\ndocs/b.annotations.yml\n| annotations: []\n", CONFIG)
    site.configure(site.config)

    done = site.run("zensical", "build", "--clean")

    told = [line for line in (done.stdout + done.stderr).splitlines() if "have no effect" in line]
    assert len(told) == 1
    assert told[0].startswith("mkdocs.yml:3:22: the plugin `annotate` does not run here")


@pytest.mark.zensical
def test_check_tells_of_them_where_the_site_is_for_zensical_too(draw):
    site = draw(SITE, CONFIG)
    site.configure(site.config)
    done = site.run("mkdocs-annotate", "check")
    assert done.returncode == 1
    assert "its options have no effect: `margin`" in done.stdout

    site.configure(site.config.replace("markdown_extensions: [mkdocs_annotate]", ""))
    assert site.run("mkdocs-annotate", "check").returncode == 0


def test_python_markdown_alone_tells_of_them(draw, caplog, monkeypatch):
    monkeypatch.setattr(logs, "_ELSEWHERE", logs.Reporter())
    site = draw(SITE, CONFIG)
    site.configure(site.config)
    configs = {"mkdocs_annotate": {"article": "docs/index.md"}}

    for _ in range(2):
        Markdown(extensions=["mkdocs_annotate"], extension_configs=configs).convert("# The bridge")

    assert len([line for line in caplog.messages if "its options have no effect" in line]) == 1
