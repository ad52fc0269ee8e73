"""The private contracts with hosts: where one changes, a test here says so before users do."""

import json
import os
import posixpath
import re
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import version
from types import ModuleType

import pytest
from click.testing import CliRunner
from markdown import Markdown
from markdown.preprocessors import Preprocessor

from mkdocs_annotate.commands.cli import main
from mkdocs_annotate.hosts import logs, zensical_page
from mkdocs_annotate.model.links import Link, LinkKind

DRAWING = """
docs/index.md
| # The bridge
|
| The **old** bridge carries one lane. “It is the finest thing we own,” says the miller.
|
| See [the mill](mill.md).
docs/index.annotations.yml
| sources:
|   survey: {title: Bridges of the county, date: 1988}
| annotations:
|   - quote: old bridge
|     note: See [the mill](mill.md) and [the sea](https://example.org/sea).
|     sources: {source: survey, locator: page 41}
|   - quote: the finest thing we own
|     kind: opinion
|     speaker: Ada Quill
docs/mill.md
| # The mill
"""
ZENSICAL = """
site_name: Drawn
docs_dir: docs
site_dir: zensical
exclude_docs: "*.annotations.yml"
watch: [docs]
markdown_extensions: [mkdocs_annotate]
"""


PROBE = """
import json, sys
from operator import attrgetter
from markdown import Extension
from markdown.treeprocessors import Treeprocessor

class Probe(Treeprocessor):
    def run(self, root):
        found = {"preprocessors": {type(one).__name__: one for one in self.md.preprocessors}}
        found["treeprocessors"] = self.md.treeprocessors
        told = {}
        for name in json.loads(open("names.json").read()):
            value = found
            for part in name.split("."):
                try:
                    value = value[part]
                except (KeyError, TypeError, AttributeError):
                    value = getattr(value, part, NotImplemented)
            told[name] = type(value).__name__
        print("PROBE", json.dumps(told), file=sys.stderr, flush=True)

class ProbeExtension(Extension):
    def extendMarkdown(self, md):
        md.treeprocessors.register(Probe(md), "probe", -1000)

def makeExtension(**options):
    return ProbeExtension(**options)
"""
# Nothing else makes MkDocs' names be those of ProperDocs.
ALONE = """
import sys
sys.modules["mkdocs"] = None
from properdocs.__main__ import cli
cli(sys.argv[1:])
"""
OF_MKDOCS = {
    "treeprocessors.relpath.file.page": "Page",
    "treeprocessors.relpath.file.page.meta": "dict",
    "treeprocessors.relpath.file.src_uri": "str",
    "treeprocessors.relpath.file.abs_src_path": "str",
    "treeprocessors.relpath.file.generated_by": "NoneType",
    "treeprocessors.relpath.files.get_file_from_path": "method",
    "treeprocessors.relpath.path_to_url": "method",
    "treeprocessors.relpath.config.docs_dir": "str",
    "treeprocessors.relpath.config.config_file_path": "str",
    "treeprocessors.relpath.config.theme.dirs": "list",
    "treeprocessors.relpath.config.theme.locale": "Locale",
}
OF_ZENSICAL = {
    "preprocessors.ContextPreprocessor.page": "Page",
    "preprocessors.ContextPreprocessor.page.__dict__": "dict",
    "preprocessors.ContextPreprocessor.page.path": "str",
    "preprocessors.ContextPreprocessor.page.meta": "dict",
    "preprocessors.ContextPreprocessor.config.root_dir": "str",
    "preprocessors.ContextPreprocessor.config.docs_dir": "str",
    "preprocessors.ContextPreprocessor.config.use_directory_urls": "bool",
    "preprocessors.ContextPreprocessor.config.theme.language": "str",
    "preprocessors.ContextPreprocessor.config.theme.custom_dir": "NoneType",
    "preprocessors.ContextPreprocessor.config.exclude_docs": "NoneType",
    "preprocessors.ContextPreprocessor.config.watch": "list",
    "preprocessors.ContextPreprocessor.config.extra_css": "list",
    "preprocessors.ContextPreprocessor.config.extra_javascript": "list",
    # Until 0.0.71 Zensical rewrote links in the tree, and not what is spliced in.
    "treeprocessors.zrelpath": "NotImplementedType",
}
# Names of Zensical in versions up to these; 0.0.67 is the last one for Python 3.10.
OLDER_NAMES = (
    ((0, 0, 71), {"treeprocessors.zrelpath": "LinksTreeprocessor"}),
    ((0, 0, 67), {"preprocessors.ContextPreprocessor.config.exclude_docs": "NotImplementedType"}),
)


@pytest.mark.parametrize(
    ("program", "theme", "names"),
    [
        (
            ["-m", "mkdocs"],
            "mkdocs",
            OF_MKDOCS | {"treeprocessors.mkdocs_extract_anchors.present_anchor_ids": "set"},
        ),
        (
            ["-W", "ignore", "-c", ALONE],
            "mkdocs",
            OF_MKDOCS | {"treeprocessors.properdocs_extract_anchors.present_anchor_ids": "set"},
        ),
        pytest.param(["-m", "zensical"], None, OF_ZENSICAL, marks=pytest.mark.zensical),
    ],
    ids=["mkdocs", "properdocs", "zensical"],
)
def test_each_private_name_of_a_host_is_what_it_was(draw, program, theme, names):
    site = draw("docs/index.md\n| x\n")
    lines = [f"theme: {theme}"] if theme else []
    lines += ["site_name: x", "site_dir: built", "markdown_extensions: [probe]"]
    site.configure("\n".join(lines))
    (site.root / "probe.py").write_text(PROBE)
    (site.root / "names.json").write_text(json.dumps(list(names)))

    done = subprocess.run(
        [sys.executable, *program, "build", "-f", "mkdocs.yml"],
        cwd=site.root,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(site.root), *sys.path])},
    )

    found = re.findall(r"PROBE (.*)", done.stderr)
    for last, older in OLDER_NAMES if names is OF_ZENSICAL else ():
        if tuple(map(int, version("zensical").split("."))) <= last:
            names = names | older
    assert found, done.stderr
    assert json.loads(found[0]) == names


@pytest.mark.zensical
def test_zensical_is_told_of_orphans_and_dead_links_and_builds(draw):
    wrong = DRAWING.replace("quote: the finest", "quote: the worst").replace(
        "(mill.md) and", "(x.md) and"
    )
    site = draw(wrong)
    site.configure(ZENSICAL)

    done = site.run("zensical", "build", "--clean")

    told = done.stdout + done.stderr
    assert done.returncode == 0
    assert "docs/index.annotations.yml:7:12: “the worst thing we own” does not stand" in told
    assert "docs/index.annotations.yml:5:11: the site has no" in told


@pytest.mark.parametrize(
    ("link", "href"),
    [
        ("/mill.md", "../mill/"),
        ("/mill.md#wheel", "../mill/#wheel"),
        ("/elsewhere/page", "/elsewhere/page"),
        ("../mill.md#wheel", "../mill/#wheel"),
        ("./#top", "./#top"),
        ("../mill/", "../mill/"),
        ("#here", "#here"),
    ],
)
def test_links_of_a_note_are_written_as_the_site_needs_them(draw, link, href):
    site = draw(f"""
        docs/mill.md
        | # Mill
        |
        | ## Wheel
        docs/guide/index.md
        | The old bridge.
        docs/guide/index.annotations.yml
        | annotations:
        |   - quote: old
        |     note: See [it]({link}).
    """)

    html = site.build(strict=True).html("guide/index.html")

    assert re.findall(r'<a href="([^"]*)">it</a>', html) == [href]


class ContextPreprocessor(Preprocessor):
    """What Zensical's own one of this name offers."""

    def __init__(self, md, page, config):
        super().__init__(md)
        self.page = page
        self.config = config

    def run(self, lines):
        return lines


class ZensicalPage:
    path = "index.md"
    meta = None


def zensical_conversion(root, page, configs=None):
    md = Markdown(extensions=["mkdocs_annotate"], extension_configs=configs or {})
    config = {"root_dir": str(root), "docs_dir": "docs", "theme": {"language": "en"}}
    md.preprocessors.register(ContextPreprocessor(md, page, config), "context", 2000)
    return md


def test_the_first_to_convert_a_page_of_zensical_owns_it(draw):
    site = draw(DRAWING)
    text = (site.root / "docs/index.md").read_text("utf-8")
    page = ZensicalPage()
    outer, inner = (zensical_conversion(site.root, page) for _ in range(2))

    assert "ann-notes" in outer.convert(text)
    assert "ann-notes" not in inner.convert(text)
    assert "ann-notes" in outer.reset().convert(text)


@pytest.fixture
def zensical(monkeypatch):
    """Pretend that this is a process of Zensical that has not converted anything yet."""
    monkeypatch.setitem(sys.modules, "zensical", ModuleType("zensical"))
    monkeypatch.setattr(logs, "_ELSEWHERE", logs.Reporter())


@pytest.mark.usefixtures("zensical")
def test_zensical_that_does_not_name_the_page_any_more_is_told_once(draw, caplog):
    site = draw(DRAWING)
    text = (site.root / "docs/index.md").read_text("utf-8")

    for _ in range(2):
        assert "ann-" not in Markdown(extensions=["mkdocs_annotate"]).convert(text)

    assert caplog.messages == [
        ".:1:1: Zensical does not say which article is converted, so none is annotated; update "
        "mkdocs-annotate; if you have its newest version, report this with the version of the host "
        "[host-changed]"
    ]


@pytest.mark.usefixtures("zensical")
def test_text_that_is_converted_beside_a_page_of_zensical_is_no_sign_of_change(draw, caplog):
    site = draw(DRAWING)
    text = (site.root / "docs/index.md").read_text("utf-8")
    outer = zensical_conversion(site.root, ZensicalPage())

    assert "ann-notes" in outer.convert(text)
    Markdown(extensions=["mkdocs_annotate"]).convert(text)

    assert "host-changed" not in caplog.text


RENAMED = """
import zensical.extensions.context as context
context.ContextPreprocessor.__name__ = "RenderPreprocessor"
from zensical.main import cli
cli(["build", "--clean", "-f", "mkdocs.yml"])
"""


@pytest.mark.zensical
def test_a_real_build_of_a_changed_zensical_tells_it_once(draw):
    site = draw(DRAWING)
    site.configure(ZENSICAL)

    done = subprocess.run(
        [sys.executable, "-c", RENAMED], cwd=site.root, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert (done.stdout + done.stderr).count("[host-changed]") == 1


@pytest.mark.zensical
def test_a_real_build_of_zensical_tells_once_what_its_configuration_lacks(draw):
    site = draw(DRAWING + DRAWING.replace("docs/index", "docs/second"))
    site.configure("site_name: Drawn\nsite_dir: zensical\nmarkdown_extensions: [mkdocs_annotate]\n")

    done = site.run("zensical", "build", "--clean")

    told = re.findall(r"mkdocs.yml:1:1: .*? \[host-setup\]", done.stdout + done.stderr)
    assert [line.split("; ")[1] for line in told] == [
        "set `exclude_docs` to `*.annotations.yml` [host-setup]",
        "add `docs` to `watch` [host-setup]",
        "run `mkdocs-annotate assets docs/assets`, and add `assets/annotate.css` to `extra_css` "
        "[host-setup]",
        "run `mkdocs-annotate assets docs/assets`, and add `assets/annotate.js` to "
        "`extra_javascript` [host-setup]",
    ]


@pytest.mark.zensical
def test_a_post_of_zensicals_blog_is_not_cut_within_our_panel(draw):
    head = "| ---\n| date: 2024-05-01\n| ---\n| # The bridge"
    drawing = DRAWING.replace("docs/index", "docs/blog/posts/bridge").replace(
        "(mill.md)", "(../../mill.md)"
    )
    site = draw(drawing.replace("| # The bridge", head) + "docs/blog/index.md\n| # Blog\n")
    site.configure(ZENSICAL + "plugins: [blog]\n")
    post = site.root / "docs/blog/posts/bridge.md"
    page = site.root / "zensical/blog/2024/05/01/the-bridge/index.html"

    site.run("zensical", "build", "--clean")
    assert "ann-notes" in page.read_text("utf-8")

    post.write_text(post.read_text("utf-8").replace("See", "<!-- more -->\n\nSee"), "utf-8")
    done = site.run("zensical", "build", "--clean")
    assert (
        "docs/blog/posts/bridge.md:1:1: Zensical cuts the finished page"
        in done.stdout + done.stderr
    )
    for html in (page, site.root / "zensical/blog/index.html"):
        assert "The <strong>old</strong> bridge" in html.read_text("utf-8")
        assert "ann-" not in html.read_text("utf-8")


@pytest.mark.zensical
def test_a_site_of_zensical_without_annotations_is_told_nothing(draw):
    site = draw("docs/index.md\n| # The bridge\n")
    site.configure("site_name: Drawn\nsite_dir: zensical\nmarkdown_extensions: [mkdocs_annotate]\n")

    done = site.run("zensical", "build", "--clean")

    assert "mkdocs.yml:1:1" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("processor", "name"),
    [("_ExtractAnchorsTreeprocessor", "anchors"), ("_RelativePathTreeprocessor", "links")],
)
def test_a_mkdocs_that_does_not_name_the_page_any_more_is_told_once(
    draw, monkeypatch, processor, name
):
    def register(self, md):
        md.treeprocessors.register(self, name, 0)

    monkeypatch.setattr(f"mkdocs.structure.pages.{processor}._register", register)
    site = draw(DRAWING + DRAWING.replace("docs/index", "docs/second"))

    built = site.build()

    assert built.keys == [("mkdocs.yml", 1, 1, "host-changed")]
    assert built.marked() == []
    # What the gate says does not depend on it.
    check = CliRunner().invoke(main, ["check"])
    assert check.output == "4 annotations in 2 articles: no problems\n"


@pytest.mark.parametrize(
    "drawing",
    [
        "docs/index.md\n| # The bridge\n",
        DRAWING.replace("| # The bridge", "| ---\n| annotations: false\n| ---\n| # The bridge"),
        "docs/index.md\n| \ndocs/index.annotations.yml\n| annotations: []\n",
    ],
    ids=["no sidecar", "switched off", "blank"],
)
def test_a_site_in_which_nothing_is_to_be_annotated_is_no_sign_of_change(draw, drawing):
    assert draw(drawing).build().keys == []


def test_a_theme_of_zensical_without_language_is_english(draw):
    site = draw(DRAWING)
    md = zensical_conversion(site.root, ZensicalPage())
    md.preprocessors["context"].config = {"docs_dir": "docs"}

    assert '<h2 id="ann--notes">Notes</h2>' in md.convert(
        (site.root / "docs/index.md").read_text("utf-8")
    )


@pytest.mark.parametrize(
    ("article", "link", "directories", "address"),
    [
        ("index.md", "mill.md", True, "mill/"),
        ("index.md", "guide/index.md#a", True, "guide/#a"),
        ("guide/start.md", "../index.md", True, "../../"),
        ("guide/start.md", "bridge.md?x=1#y", True, "../bridge/?x=1#y"),
        ("guide/start.md", "../mill.md", False, "../mill.html"),
        ("guide/start.md", "../plan.png", True, "../../plan.png"),
        ("guide/start.md", "../mill/", True, "../../mill/"),
        ("guide/start.md", "../guide/", True, "../"),
        ("guide/start.md", "../../outside.md", True, None),
        ("guide/start.md", "none.md", True, None),
        ("guide/start.md", "/anything", True, "/anything"),
    ],
)
def test_zensical_until_0_0_71_needs_links_of_notes_as_they_are_published(
    draw, tmp_path, article, link, directories, address
):
    names = (
        "index.md",
        "mill.md",
        "guide/index.md",
        "guide/start.md",
        "guide/bridge.md",
        "plan.png",
    )
    draw("".join(f"docs/{name}\n| x\n" for name in names) + "outside.md\n| x\n")
    docs = tmp_path / "docs"
    page = zensical_page.ZensicalPage(
        docs / article, docs, tmp_path, {}, directory_urls=directories
    )

    assert replace(page, rewrites=False).resolve(Link(link, LinkKind.SITE)) == address
    assert page.resolve(Link(link, LinkKind.SITE)) == (None if address is None else link)


@pytest.mark.parametrize(
    ("article", "link", "directories", "address"),
    [
        ("guide/start.md", "mill.md#top", True, "../../mill/#top"),
        ("guide/start.md", "guide/bridge.md", False, "bridge.html"),
        ("index.md", "guide/bridge.md", True, "guide/bridge/"),
        ("guide/start.md", "plan.png", True, "../../plan.png"),
        ("guide/start.md", "../outside.md", True, None),
        ("guide/start.md", "../mill.md", True, None),
    ],
)
def test_zensical_is_led_from_the_root_by_what_all_articles_share(
    draw, tmp_path, article, link, directories, address
):
    names = ("index.md", "mill.md", "guide/start.md", "guide/bridge.md", "plan.png")
    draw("".join(f"docs/{name}\n| x\n" for name in names) + "outside.md\n| x\n")
    docs = tmp_path / "docs"
    page = zensical_page.ZensicalPage(
        docs / article, docs, tmp_path, {}, directory_urls=directories
    )

    shared = Link(link, LinkKind.SITE, from_root=True)
    assert replace(page, rewrites=False).resolve(shared) == address
    if address is not None:
        typed = page.resolve(shared).partition("#")[0]
        assert posixpath.normpath(posixpath.join(posixpath.dirname(article), typed)) in names


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/staff/nell.md", "../../staff/nell/"),
        ("/staff/nell/", "../../staff/nell/"),
        ("/of-the-server/", "/of-the-server/"),
    ],
)
def test_zensical_is_led_to_who_signs_from_the_root(draw, tmp_path, link, address):
    draw("docs/guide/start.md\n| x\ndocs/staff/nell.md\n| x\n")
    docs = tmp_path / "docs"
    page = zensical_page.ZensicalPage(docs / "guide/start.md", docs, tmp_path, {})

    assert page.leads_to(Link(link, LinkKind.SITE, from_root=True)) == address


def attributes_of_notes(html):
    (found,) = re.findall(r'<section class="ann-notes"[^>]*>', html)
    return dict(re.findall(r' (lang|dir)="([^"]*)"', found))


@pytest.mark.parametrize(
    ("theme", "option", "heading", "attributes"),
    [
        ("{name: mkdocs}", "", "Notes", {}),
        ("{name: mkdocs, locale: de}", "", "Anmerkungen", {}),
        ("{name: mkdocs, locale: pt_BR}", "", "Notas", {}),
        ("{name: mkdocs, locale: fr}", "de", "Anmerkungen", {"lang": "de"}),
        ("{name: mkdocs, locale: pl}", "", "Notes", {"lang": "en"}),
        ("{name: mkdocs}", "ar", "الملاحظات", {"lang": "ar", "dir": "rtl"}),
        ("{name: readthedocs, locale: es}", "", "Notas", {}),
        ("{name: material, language: ja}", "", "注", {}),
        ("{name: material, language: pt-BR}", "", "Notas", {}),
        ("{name: material, language: he}", "", "Notes", {"lang": "en", "dir": "ltr"}),
        ("{name: material, language: ar}", "", "الملاحظات", {}),
        ("{name: material, language: uk}", "de_AT", "Anmerkungen", {"lang": "de"}),
    ],
)
def test_the_words_are_in_the_language_of_the_theme_or_that_of_the_option(
    draw, monkeypatch, theme, option, heading, attributes
):
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    plugin = f"annotate: {{language: {option}}}" if option else "annotate"
    site = draw(DRAWING, f"site_name: x\ntheme: {theme}\nplugins: [{plugin}]\n")

    html = site.build().html()

    assert f'<h2 id="ann--notes">{heading}</h2>' in html
    assert attributes_of_notes(html) == attributes


@pytest.mark.parametrize(
    ("theme", "heading", "attributes"),
    [
        ({"language": "de"}, "Anmerkungen", {}),
        ({"language": "pt-BR"}, "Notas", {}),
        ({"language": "pl"}, "Notes", {"lang": "en"}),
    ],
)
def test_zensicals_theme_decides_on_the_language_too(draw, theme, heading, attributes):
    site = draw(DRAWING)
    md = zensical_conversion(site.root, ZensicalPage())
    md.preprocessors["context"].config["theme"] = theme

    html = md.convert((site.root / "docs/index.md").read_text("utf-8"))

    assert f'<h2 id="ann--notes">{heading}</h2>' in html
    assert attributes_of_notes(html) == attributes


def test_templates_lie_below_the_configuration_of_zensical(draw):
    site = draw(DRAWING + "own/notes.html\n| <ul>{{ notes|length }} of our own</ul>\n")
    configs = {"mkdocs_annotate": {"templates": "own"}}
    md = zensical_conversion(site.root, ZensicalPage(), configs)

    html = md.convert((site.root / "docs/index.md").read_text("utf-8"))

    assert re.search(r"<ul>\d of our own</ul>", html)


@pytest.mark.zensical
@pytest.mark.parametrize("config", ["", "site_name: x\nmarkdown_extensions: [mkdocs_annotate]\n"])
def test_without_mkdocs_python_markdown_and_zensical_annotate_all_the_same(draw, config):
    site = draw(DRAWING)
    script = f"""
import sys
for name in ("mkdocs", "properdocs"):
    sys.modules[name] = None
if {bool(config)}:
    from zensical.main import cli
    cli(["build", "--clean", "-f", "mkdocs.yml"])
else:
    import markdown
    configs = {{"mkdocs_annotate": {{"article": "docs/index.md"}}}}
    text = open("docs/index.md", encoding="utf-8").read()
    print(markdown.markdown(text, extensions=["mkdocs_annotate"], extension_configs=configs))
"""
    if config:
        site.configure(config)

    done = subprocess.run(
        [sys.executable, "-c", script], cwd=site.root, capture_output=True, text=True
    )

    html = (site.root / "site/index.html").read_text("utf-8") if config else done.stdout
    assert 'class="ann-notes"' in html, done.stderr
