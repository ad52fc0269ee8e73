"""What other plugins change stays changed, and what they hide is told nowhere else."""

import json

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


WHOLE = ("4711", "kelvinside", "Quillon", "quarterday", "lockmaking", "Below the stairs", "cellar")
PAGE_OF_VAULT = "vault/index.html"
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
