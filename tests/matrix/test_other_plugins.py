"""What other plugins change stays changed, and what they hide is told nowhere else."""

import contextlib
import io
import json
import re

import pytest

CONFIG = """
site_name: Drawn
site_url: https://example.org/site/
theme: {name: %s, highlightjs: false}
plugins: [search, annotate: {exports: true}]
hooks: [hook.py]
validation: {nav: {omitted_files: ignore}}
"""

# Each hidden thing has a word of its own, which nothing else on the site says.
VAULT = """
docs/vault.md
| # The vault
|
| Its code is <b class="secret">zwölf-4711</b>. It stands in the cellar.
docs/vault.annotations.yml
| sources:
|   ledger: {title: Ledger of kelvinside, url: https://example.com/kelvinside}
|   plan: {title: Plan of the cellar, url: https://example.com/plan}
| annotations:
|   - quote: zwölf-4711
|     kind: opinion
|     voice: quoted
|     speaker: Quillon Frome
|     note: Chosen on quarterday.
|     tags: [lockmaking]
|     sources: ledger
|   - quote: in the cellar
|     note: Below the stairs.
|     sources: plan
docs/mill.md
| # The mill
|
| It has no wheel.
docs/mill.annotations.yml
| annotations: [{quote: no wheel, note: Since the flood.}]
docs/all.md
| # All
|
| <!-- annotate: sources -->
|
| <!-- annotate: speakers -->
|
| <!-- annotate: tags -->
|
| <!-- annotate: kinds -->
|
| <!-- annotate: articles -->
"""
PAGE_OF_VAULT = "vault/index.html"
SECRETS = ("4711", "kelvinside", "Quillon", "quarterday", "lockmaking")
OPEN = ("Below the stairs", "Plan of the cellar")


def built_with(draw, hook, theme="mkdocs", config=CONFIG):
    site = draw(VAULT, config % theme)
    (site.root / "hook.py").write_text(hook, "utf-8")
    return site.build(strict=True)


def telling(built, words, but=()):
    """Return the files that say one of `words`."""
    return {
        name
        for name in built.published() - set(but)
        if name.endswith((".html", ".json", ".jsonld", ".xml", ".txt"))
        if any(word.encode() in (built.folder / name).read_bytes() for word in words)
    }


REDACTS = """
import re
from mkdocs.plugins import event_priority

SECRET = re.compile(r'<b class="?secret"?>.*?</b>(?:<sup.*?</sup>)?', re.DOTALL)

def redacted(html, page):
    if page.file.src_uri != "vault.md":
        return html
    html = SECRET.sub("[hidden]", html)
    for word in ("Quillon Frome", "Chosen on quarterday.", "Ledger of kelvinside", "kelvinside"):
        html = html.replace(word, "[hidden]")
    return html
"""
CONTENT = """
@event_priority(%d)
def on_page_content(html, page, **_):
    return redacted(html, page)
"""
CONTEXT = """
@event_priority(%d)
def on_page_context(context, page, **_):
    page.content = redacted(page.content, page)
    return context
"""
ENV = """
@event_priority(%d)
def on_env(env, files, **_):
    for file in files.documentation_pages():
        file.page.content = redacted(file.page.content, file.page)
    return env
"""
OUTPUT = """
@event_priority(%d)
def on_post_page(output, page, **_):
    return redacted(output, page)
"""


@pytest.mark.parametrize("priority", [2000, 100, 0, -100, -2000])
@pytest.mark.parametrize("event", [CONTENT, ENV, CONTEXT, OUTPUT])
@pytest.mark.parametrize("theme", ["mkdocs", "material"])
def test_what_a_hook_hides_of_a_page_is_told_nowhere_else(
    draw, monkeypatch, theme, event, priority
):
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    built = built_with(draw, REDACTS + event % priority, theme)

    page = "vault/index.html"
    assert "[hidden]" in built.html(page)
    # What search reads before a hook hides it, is between the two: the words of the article are
    # not ours.
    search = "search/search_index.json"
    own = {page, search}
    assert telling(built, SECRETS, own) == set()
    index = json.loads((built.folder / search).read_text("utf-8"))
    ours = [entry for entry in index["docs"] if "#ann--" in entry["location"]]
    assert not any(word in json.dumps(ours) for word in SECRETS)
    assert telling(built, ["Chosen on quarterday"], {page}) == set()
    # All else is told as ever.
    assert {page, "all/index.html", "vault/annotations.jsonld"} <= telling(built, OPEN)
    assert {"all/index.html", "mill/index.html"} <= telling(built, ["no wheel"])


def test_pages_that_hide_something_are_told_of_once(draw):
    site = draw(VAULT, CONFIG % "mkdocs")
    (site.root / "hook.py").write_text(REDACTS + OUTPUT % 0, "utf-8")
    site.configure(site.config)

    done = site.run("mkdocs", "build", "--strict")

    assert done.returncode == 0, done.stderr
    (line,) = [line for line in done.stderr.splitlines() if "passage-not-shown" in line]
    assert "as published, vault.md does not show all annotated passages" in line


@pytest.mark.parametrize("theme", ["mkdocs", "material"])
@pytest.mark.parametrize("heading", ["", "<h3>Words</h3>", '<h2 id="ann--notes">Notes</h2>'])
def test_search_has_no_hidden_note_whatever_the_list_looks_like(draw, monkeypatch, theme, heading):
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    config = CONFIG.replace("exports: true", "exports: true, templates: own")
    site = draw(VAULT, config % theme)
    (site.root / "own").mkdir()
    (site.root / "own" / "notes.html").write_text(
        '{% extends "default/notes.html" %}{% block heading %}' + heading + "{% endblock %}",
        "utf-8",
    )
    (site.root / "hook.py").write_text(REDACTS + OUTPUT % 0, "utf-8")

    built = site.build(strict=True)

    assert heading in built.html(PAGE_OF_VAULT)
    docs = json.loads((built.folder / "search/search_index.json").read_text("utf-8"))["docs"]
    words = " ".join(entry["text"] for entry in docs)
    assert not any(secret in words for secret in ("kelvinside", "Quillon", "quarterday"))
    assert all(said in words for said in (*OPEN, "Since the flood", "stands in the cellar"))


def test_search_has_no_words_of_a_note_that_was_hidden_in_two_steps(draw):
    early = (
        "def on_page_content(html, page, **_):\n    return html.replace('Chosen on', '[hidden]')\n"
    )
    built = built_with(draw, REDACTS + OUTPUT % 0 + early)

    assert telling(built, ["quarterday", "kelvinside", "Quillon"], {PAGE_OF_VAULT}) == set()
    assert "search/search_index.json" in telling(built, OPEN)


WHOLE = ("4711", "kelvinside", "Quillon", "quarterday", "lockmaking", "Below the stairs", "cellar")
WITHDRAWN = {
    "an empty page": """
def on_post_page(output, page, **_):
    return "" if page.file.src_uri == "vault.md" else output
""",
    "a file that is removed": """
from pathlib import Path
def on_post_page(output, page, config):
    if page.file.src_uri == "all.md":
        Path(config.site_dir, "vault/index.html").unlink()
    return output
""",
    "a page that is removed before it is written": """
from mkdocs.plugins import event_priority
@event_priority(-2000)
def on_env(env, files, **_):
    files.remove(files.get_file_from_path("vault.md"))
    return env
""",
    "other content": """
def on_page_context(context, page, **_):
    if page.file.src_uri == "vault.md":
        page.content = "<p>Members only.</p>"
    return context
""",
    "another template": """
def on_pre_page(page, **_):
    if page.file.src_uri == "vault.md":
        page.meta["template"] = "404.html"
    return page

def on_page_markdown(markdown, page, **_):
    if page.file.src_uri == "vault.md":
        page.meta["template"] = "404.html"
    return markdown
""",
}


@pytest.mark.parametrize("withdrawn", WITHDRAWN.values(), ids=WITHDRAWN)
def test_a_page_that_nobody_gets_to_see_leaves_no_trace_of_ours(draw, withdrawn):
    built = built_with(draw, withdrawn)

    search = "search/search_index.json"
    assert telling(built, WHOLE, {search}) == set()
    index = json.loads((built.folder / search).read_text("utf-8"))
    pages = [entry for entry in index["docs"] if "#" not in entry["location"]]
    # Search has read the article before, as it would without us; no note of ours is in there.
    assert "quarterday" not in json.dumps(index)
    assert [entry["location"] for entry in pages if "wheel" in entry["text"]] == ["mill/"]
    assert "mill/index.html" in telling(built, ["no wheel"])


@pytest.mark.parametrize(
    ("option", "published"), [("not_in_nav", True), ("draft_docs", False), ("exclude_docs", False)]
)
def test_a_page_that_its_author_does_not_list_is_in_no_list_of_ours(draw, option, published):
    built = built_with(draw, "", config=CONFIG + f"{option}: vault.md\n")

    own = {PAGE_OF_VAULT} if published else set()
    assert telling(built, ["quarterday", "Below the stairs"]) == own
    assert telling(built, ["Quillon", "kelvinside"]) == own
    if published:
        assert "zwölf-4711" in built.marked(PAGE_OF_VAULT)
        assert '<script type="application/ld+json">' not in built.html(PAGE_OF_VAULT)


def test_a_page_that_is_removed_once_all_is_built_is_in_no_export(draw):
    built = built_with(
        draw,
        "from pathlib import Path\n"
        "def on_post_build(config):\n"
        "    Path(config.site_dir, 'vault/index.html').unlink()\n",
    )

    left = telling(built, WHOLE)
    assert left == {"search/search_index.json"}
    assert "quarterday" not in (built.folder / "search/search_index.json").read_text("utf-8")


ENCRYPTING = """
site_name: Drawn
site_url: https://example.org/site/
theme: {name: %s, highlightjs: false}
plugins: [%s]
hooks: [hook.py]
markdown_extensions: [meta]
"""
ENCRYPT = "encryptcontent: {search_index: encrypted}"
ANNOTATE = "annotate: {exports: true}"


@pytest.mark.parametrize("theme", ["mkdocs", "material"])
@pytest.mark.parametrize(
    "plugins",
    [f"search, {ENCRYPT}, {ANNOTATE}", f"{ANNOTATE}, search, {ENCRYPT}", f"{ANNOTATE}, {ENCRYPT}"],
)
def test_an_encrypted_page_stays_encrypted_and_is_told_nowhere(draw, monkeypatch, theme, plugins):
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    config = ENCRYPTING % (theme, plugins)
    password = "| ---\n| password: sesame and more\n| ---\n"
    site = draw(VAULT.replace("| # The vault", f"{password}| # The vault"), config)
    (site.root / "hook.py").write_text("", "utf-8")

    # The plugin warns of every password.
    built = site.build()

    assert "encryptcontent" in built.html(PAGE_OF_VAULT)
    assert telling(built, WHOLE) == set()
    assert telling(built, ["no wheel"]) >= {"mill/index.html", "all/index.html"}


READERS = """
site_name: Drawn
site_url: https://example.org/site/
theme: {name: %s, highlightjs: false}
plugins: [%s]
"""
POSTS = """
docs/index.md
| ---
| date: 2024-11-01
| ---
| # The bridge
|
| The old bridge carries three tonnes, and *nobody* minds.
|
| ## Age
|
| It is old.
docs/index.annotations.yml
| sources: {survey: {title: Survey, url: a/mill.md}}
| annotations:
|   - {quote: three tonnes, kind: opinion, note: "See [the mill](a/mill.md).", sources: survey}
|   - {quote: nobody, note: "A word, and [what is above](#age)."}
docs/a/mill.md
| ---
| date: 2024-11-02
| ---
| # The mill
|
| It has three tonnes of stone.
docs/a/mill.annotations.yml
| annotations: [{quote: three tonnes, note: Home.}]
"""
FURNITURE = ("ann-panel", "ann-box", "<input", "checkbox", "ann-exports", "ld+json")


@pytest.mark.parametrize("plugins", ["{rss}, search, {annotate}", "search, {annotate}, {rss}"])
def test_a_feed_of_whole_articles_begins_with_the_article(draw, plugins):
    rss = "rss: {abstract_chars_count: -1, use_git: false, date_from_meta: {as_creation: date}}"
    given = plugins.format(rss=rss, annotate=ANNOTATE)

    built = draw(POSTS, READERS % ("mkdocs", given)).build(strict=True)

    feed = json.loads((built.folder / "feed_json_created.json").read_text("utf-8"))
    posts = {item["url"]: item["content_html"] for item in feed["items"]}
    assert len(posts) == 2
    for address, html in posts.items():
        words = " ".join(re.sub("<[^>]*>", " ", html).split())
        assert re.match("The (bridge The old|mill It has)", words)
        assert not any(one in html for one in FURNITURE)
        links = re.findall('<a [^>]*href="([^"]*)"', html)
        assert {f"{address}#ann-three-tonnes--note", f"{address}#ann-three-tonnes"} <= {*links}
        assert all(link.startswith("https://example.org/site/") for link in links)
    assert "See the mill" in re.sub("<[^>]*>", "", posts["https://example.org/site/"])
    # The page of the site is as ever.
    assert 'class="ann-panel"' in built.html()
    assert 'href="#ann-three-tonnes--note"' in built.html()


@pytest.mark.parametrize("site_url", ["", "site_url: https://example.org/site/"])
@pytest.mark.parametrize("theme", ["mkdocs", "material"])
def test_all_articles_on_one_page_have_ids_apart_and_links_that_lead_there(
    draw, monkeypatch, theme, site_url
):
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    config = READERS % (theme, "search, annotate, print-site")
    config = config.replace("site_url: https://example.org/site/", site_url)

    built = draw(POSTS, config).build(strict=True)

    html = built.html("print_page/index.html")
    assert not any(one in html for one in FURNITURE if one not in ("<input", "checkbox"))
    assert "data-ann-show" not in html
    ids = re.findall(r"""\sid=["']([^"']*)["']""", html)
    assert sorted(set(ids) & {id_ for id_ in ids if ids.count(id_) > 1}) == []
    content = html[html.index('id="print-site-page"') :]
    links = re.findall(r"""<a [^>]*href=["']#([^"']+)["']""", content)
    assert len([link for link in links if "ann-" in link]) == 7
    assert {*links} - {*ids} == set()


@pytest.mark.parametrize("theme", ["mkdocs", "material"])
def test_pages_are_as_ever_beside_plugins_that_take_other_forms(draw, monkeypatch, theme):
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    site = draw(POSTS, READERS % (theme, ANNOTATE))
    alone = site.build(strict=True).html("a/mill/index.html")
    site.config = READERS % (theme, f"{ANNOTATE}, {ENCRYPT}")

    beside = site.build().html("a/mill/index.html")

    def article(html):
        return html[html.index("<!--ann-->") : html.rindex("</ol>")]

    assert article(beside) == article(alone)


def test_what_a_feed_took_over_before_it_was_hidden_is_told(draw):
    rss = "rss: {abstract_chars_count: -1, use_git: false, date_from_meta: {as_creation: date}}"
    config = READERS % ("mkdocs", f"{rss}, annotate") + "hooks: [hook.py]\n"
    site = draw(POSTS, config)
    (site.root / "hook.py").write_text(
        "def on_page_context(context, page, **_):\n"
        "    page.content = page.content.replace('Home.', '[hidden]')\n"
    )

    (problem,) = site.build().problems

    assert problem.rule == "passage-not-shown"
    assert "a/mill.md hides its article and our notes" in problem.message
    feeds = "feed_json_created.json, feed_json_updated.json, feed_rss_created.xml and 1 more"
    assert feeds in problem.message


def test_a_feed_has_the_article_alone_of_a_page_that_is_not_listed(draw):
    rss = "rss: {abstract_chars_count: -1, use_git: false, date_from_meta: {as_creation: date}}"
    config = READERS % ("mkdocs", f"annotate, {rss}") + "not_in_nav: a/mill.md\n"

    built = draw(POSTS, config).build(strict=True)

    assert telling(built, ["Home."]) == {"a/mill/index.html"}
    feed = (built.folder / "feed_json_created.json").read_text("utf-8")
    assert "<p>It has three tonnes of stone.</p>" in feed
    assert 'class="ann-panel"' in built.html("a/mill/index.html")


CHANGES = {
    "on_config": (
        """
def on_config(config):
    config["extra"]["toll"] = "A penny."
    config.extra_css.append("own.css")
    config.mdx_configs.setdefault("mkdocs_annotate", {})["panel"] = False
    return config
""",
        lambda built: "own.css" in built.html() and "ann-panel" not in built.html(),
    ),
    "on_files": (
        """
from mkdocs.structure.files import File, InclusionLevel
def on_files(files, config):
    for name in ("late.annotations.yml", "made.txt"):
        file = File.generated(config, name, content="annotations: []")
        file.inclusion = InclusionLevel.INCLUDED
        files.append(file)
    return files
""",
        lambda built: {"made.txt"} == {*built.published()} & {"made.txt", "late.annotations.yml"},
    ),
    "on_nav": (
        """
def on_nav(nav, config, files):
    for page in nav.pages:
        page.title = f"Renamed {page.file.name}"
    return nav
""",
        lambda built: "Renamed mill" in built.html("all/index.html"),
    ),
    "on_pre_page": (
        """
def on_pre_page(page, **_):
    page.edit_url = "https://example.org/edit"
    page.title = "Retold"
    return page
""",
        lambda built: "<title>Retold" in built.html("a/mill/index.html"),
    ),
    "on_page_read_source": (
        """
def on_page_read_source(page, **_):
    if page.file.name == "index":
        return "# The bridge\\n\\nNew: three tonnes, and nobody."
""",
        lambda built: "New:" in built.html() and built.marked()[0] == "three tonnes",
    ),
    "on_page_markdown": (
        """
def on_page_markdown(markdown, page, **_):
    page.meta["hide"] = ["navigation"]
    return markdown + "\\n\\nAppended.\\n"
""",
        lambda built: "<p>Appended.</p>" in built.html(),
    ),
    "on_page_content": (
        """
def on_page_content(html, page, **_):
    return "<p>Before all.</p>" + html.replace("carries", "bears") + "<p>After all.</p>"
""",
        lambda built: all(
            one in built.html() for one in ("Before all.", "bridge bears", "After all.")
        ),
    ),
    "on_env": (
        """
def on_env(env, files, **_):
    for file in files.documentation_pages():
        file.page.content = file.page.content.replace("carries", "bears")
    return env
""",
        lambda built: "bridge bears" in built.html(),
    ),
    "on_page_context": (
        """
def on_page_context(context, page, **_):
    page.content = page.content.replace("carries", "bears")
    page.title = "Retitled"
    return context
""",
        lambda built: (
            "bridge bears" in built.html() and "<title>Retitled" in built.html("a/mill/index.html")
        ),
    ),
    "on_post_page": (
        """
def on_post_page(output, page, **_):
    return output.replace("carries", "bears") + "<!-- the end -->"
""",
        lambda built: "bridge bears" in built.html() and "<!-- the end -->" in built.html(),
    ),
    "on_post_build": (
        """
from pathlib import Path
def on_post_build(config):
    path = Path(config.site_dir, "index.html")
    path.write_text(path.read_text("utf-8").replace("carries", "bears"), "utf-8")
""",
        lambda built: "bridge bears" in built.html(),
    ),
}
INDEX = """
docs/all.md
| # All
|
| <!-- annotate: kinds -->
docs/own.css
| p {}
"""


@pytest.mark.parametrize("priority", [5000, 0, -5000])
@pytest.mark.parametrize("order", ["search, annotate", "annotate, search"])
@pytest.mark.parametrize("event", CHANGES)
def test_what_another_plugin_changes_stays_changed_whichever_comes_first(
    draw, event, order, priority
):
    hook, holds = CHANGES[event]
    config = READERS % ("mkdocs", order) + "hooks: [hook.py]\n"
    site = draw(POSTS + INDEX, config)
    (site.root / "hook.py").write_text(
        f"from mkdocs.plugins import event_priority\n{hook}\n"
        f"{event} = event_priority({priority})({event})\n",
        "utf-8",
    )

    built = site.build(strict=True)

    assert holds(built)
    # And all of ours is there.
    assert built.marked() == ["three tonnes", "nobody"]
    assert built.html().count('class="ann-notes"') == 1
    assert "#ann-three-tonnes" in built.html("all/index.html")
    index = (built.folder / "search/search_index.json").read_text("utf-8")
    assert "A word, and" in index


def test_what_is_behind_a_password_is_the_form_for_readers_elsewhere(draw):
    password = "| ---\n| password: sesame and more\n| ---\n"
    site = draw(VAULT.replace("| # The vault", f"{password}| # The vault"))
    site.config = ENCRYPTING % ("mkdocs", f"{ANNOTATE}, {ENCRYPT}")
    (site.root / "hook.py").write_text(
        "from mkdocs.plugins import event_priority\n"
        "@event_priority(50)\n"
        "def on_page_context(context, page, **_):\n"
        "    if hasattr(page, 'encryptcontent'):\n"
        "        print(page.encryptcontent['html_to_encrypt'])\n"
    )

    with contextlib.redirect_stdout(io.StringIO()) as taken:
        site.build()

    html = taken.getvalue()
    assert "Chosen on quarterday." in html
    assert not any(one in html for one in FURNITURE)
    ids = re.findall(r"""\sid=["']([^"']*)["']""", html)
    links = re.findall(r"""\shref=["']#([^"']*)["']""", html)
    assert len(links) >= 6
    assert {*links} <= {*ids}


def test_a_further_page_of_an_index_that_became_shorter_is_not_written(draw):
    entries = "".join(f"|   - quote: word{n}\n|     kind: opinion\n" for n in range(501))
    words = " ".join(f"word{n}" for n in range(501))
    drawing = f"docs/a.md\n| {words}\ndocs/a.annotations.yml\n| annotations:\n{entries}"
    site = draw(drawing + INDEX, READERS % ("mkdocs", "annotate"))
    assert "all/kinds-2/index.html" in site.build(strict=True).published()

    site.config += "hooks: [hook.py]\n"
    (site.root / "hook.py").write_text(
        "def on_post_page(output, page, **_):\n"
        "    return output.replace('>word7<', '>[hidden]<')\n",
        "utf-8",
    )
    built = site.build()

    assert "all/kinds-2/index.html" not in built.published()
    assert "kinds-2" not in built.html("all/index.html")
    links = re.findall(r"#(ann-word\d+)\b", built.html("all/index.html"))
    assert len(links) == 500
    assert "ann-word7" not in links


def test_an_index_that_cannot_be_written_again_is_removed_and_that_is_told(draw):
    built_site = draw(VAULT, CONFIG % "mkdocs")
    (built_site.root / "hook.py").write_text(
        "from pathlib import Path\n"
        "def on_post_page(output, page, **_):\n"
        "    return output.replace('\\n', ' ') if page.file.src_uri == 'all.md' else output\n"
        "def on_post_build(config):\n"
        "    Path(config.site_dir, 'vault/index.html').unlink()\n",
        "utf-8",
    )

    built = built_site.build()

    assert {problem.rule for problem in built.problems} == {"passage-not-shown"}
    assert "an index of this page lists passages that were hidden later" in built.lines[0]
    assert telling(built, ["quarterday", "kelvinside", "Quillon"]) == set()
