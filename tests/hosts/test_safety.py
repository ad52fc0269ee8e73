"""An error of ours in any hook is reported, and the build goes on."""

import inspect

import pytest

from mkdocs_annotate.hosts.mkdocs_api import PluginError, safe
from mkdocs_annotate.hosts.plugin import AnnotatePlugin

HOOKS = sorted(
    name for name, _ in inspect.getmembers(AnnotatePlugin, callable) if name.startswith("on_")
)


def test_what_hooks_give_back_is_theirs():
    assert safe(lambda plugin, value, *, config: value + config)(None, 1, config=2) == 3


def test_a_hook_that_fails_gives_back_what_it_was_given(caplog):
    @safe
    def on_page_content(plugin, html, *, page, config):
        raise KeyError("x")

    assert on_page_content(None, "words", page=None, config=None) == "words"
    (line,) = caplog.messages
    assert line.startswith("mkdocs.yml:1:1: mkdocs-annotate failed with KeyError")


def test_what_ends_a_build_on_purpose_passes():
    @safe
    def on_env(plugin, env, *, config):
        raise PluginError("1 error")

    with pytest.raises(PluginError):
        on_env(None, None, config=None)


@pytest.mark.parametrize("name", HOOKS)
def test_every_hook_of_the_plugin_is_safe(name):
    hook = inspect.getattr_static(AnnotatePlugin, name)
    methods = getattr(hook, "methods", [hook])

    ours = [method for method in methods if method.__module__ == AnnotatePlugin.__module__]
    assert all(hasattr(method, "__wrapped__") for method in ours)


# What each hook calls first; a hook whose fault would be silent has no place here.
FAULTS = {
    "on_config": "mkdocs_annotate.hosts.plugin.add_assets",
    "on_files": "mkdocs_annotate.hosts.site_build.indexes_in",
    "on_page_content": "mkdocs_annotate.hosts.written_pages.WrittenPages.expect",
    "on_env": "mkdocs_annotate.hosts.site_files.indexes_nowhere",
}


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_site_is_built_whichever_hook_fails(draw, monkeypatch, name):
    def fail(*_, **__):
        raise RuntimeError("boom")

    monkeypatch.setattr(FAULTS[name], fail)
    drawing = """
    docs/index.md
    | The old bridge.
    docs/index.annotations.yml
    | annotations:
    |   - {quote: old, note: x}
    """

    built = draw(drawing).build()

    assert "internal-error" in {problem.rule for problem in built.problems}
    assert "bridge" in built.html()
