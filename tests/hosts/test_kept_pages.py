"""A preview makes again what has changed, and nothing else."""

import pytest

from mkdocs_annotate.hosts import conversion, kept_pages

SITE = """
docs/index.md
| # The bridge
|
| The old bridge carries one lane. It was built in 1794.
docs/index.annotations.yml
| annotations:
|   - quote: built in 1794
|     note: See [the mill](mill.md).
|     sources: survey
docs/mill.md
| # The mill
|
| A mill of stone.
docs/mill.annotations.yml
| annotations:
|   - quote: of stone
|     note: Granite.
sources.yml
| survey:
|   title: The county survey
"""


@pytest.fixture
def preview(draw, monkeypatch):
    """Return a site, and what builds it again and names the articles that were rendered."""
    from mkdocs.commands.build import build

    from mkdocs_annotate.hosts.mkdocs_api import load_config
    from mkdocs_annotate.hosts.plugin import AnnotatePlugin

    site = draw(SITE)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    plugin = AnnotatePlugin()
    made = []
    render = conversion.render_page

    def counted(html, source, sidecar, *rest):
        made.append(sidecar.file)
        return render(html, source, sidecar, *rest)

    monkeypatch.setattr(conversion, "render_page", counted)

    def again(**overrides):
        made.clear()
        path = site.configure(site.config)
        config = load_config(str(path), site_dir=str(site.root / "built"), **overrides)
        # The host keeps plugins that have the hook for start-up.
        fresh = config.plugins["annotate"]
        plugin.load_config(fresh.given)
        config.plugins["annotate"] = plugin
        for events in config.plugins.events.values():
            events[:] = [
                getattr(method, "__func__", method).__get__(plugin)
                if getattr(method, "__self__", None) is fresh
                else method
                for method in events
            ]
        plugin.on_startup(command="serve", dirty=False)
        build(config)
        return sorted(made)

    site.again = again
    return site


BOTH = ["docs/index.annotations.yml", "docs/mill.annotations.yml"]


def page(site, name="index.html"):
    return (site.root / "built" / name).read_text("utf-8")


def test_what_did_not_change_is_not_made_again(preview):
    assert preview.again() == BOTH
    before = page(preview), page(preview, "mill/index.html")

    assert preview.again() == []
    assert (page(preview), page(preview, "mill/index.html")) == before


def edit(site, name, old, new):
    path = site.root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "made", "shown"),
    [
        ("docs/mill.annotations.yml", "Granite", "Basalt", BOTH[1:], "Basalt"),
        ("docs/mill.md", "A mill", "The mill", BOTH[1:], "The mill"),
        ("sources.yml", "The county survey", "The survey", BOTH, "Granite"),
    ],
)
def test_what_changed_is_made_again(preview, name, old, new, made, shown):
    preview.again()
    edit(preview, name, old, new)

    assert preview.again() == made
    assert shown in page(preview, "mill/index.html")


def test_a_page_whose_link_leads_elsewhere_is_made_again(preview):
    preview.again()
    (preview.root / "docs/mill.md").unlink()
    (preview.root / "docs/mill.annotations.yml").unlink()

    assert preview.again() == BOTH[:1]
    assert "mill/" not in page(preview).partition("ann-notes")[2].partition("</section>")[0]


def test_a_page_of_other_options_is_made_again(preview):
    preview.again()
    preview.config = preview.config.replace("[annotate]", "[{annotate: {panel: false}}]")

    assert preview.again() == BOTH
    assert "ann-panel" not in page(preview)


def test_problems_of_a_kept_page_are_reported_again_at_their_new_places(preview, caplog):
    edit(preview, "docs/mill.annotations.yml", "of stone", "of wood")
    preview.again()
    first = [line for line in caplog.messages if "mill.annotations.yml" in line]
    caplog.clear()
    preview.again()
    second = [line for line in caplog.messages if "mill.annotations.yml" in line]
    caplog.clear()
    edit(preview, "docs/mill.annotations.yml", "annotations:", "# A comment.\nannotations:")
    preview.again()
    third = [line for line in caplog.messages if "mill.annotations.yml" in line]

    assert first == second != third
    assert len(third) == 1
    assert ":3:" in third[0]


def test_templates_of_the_site_are_asked_each_time(preview):
    preview.write("own/note.html\n| <li>{{ note.number }}</li>\n")
    preview.config = preview.config.replace("[annotate]", "[{annotate: {templates: own}}]")
    preview.again()

    assert preview.again() == BOTH


def test_a_build_that_nobody_watches_keeps_nothing(draw, monkeypatch):
    def fail(self):
        raise AssertionError

    monkeypatch.setattr(kept_pages.KeptPages, "__init__", fail)

    assert draw(SITE).build(strict=True).marked() == ["built in 1794"]
