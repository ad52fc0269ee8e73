"""The blocks in Python are those of the templates, whatever they are given."""

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.rendering.block_html import BLOCKS
from mkdocs_annotate.rendering.translations import wording_of
from mkdocs_annotate.rendering.views import (
    ArticlesView,
    DefinitionsView,
    ExportView,
    IndexView,
    LinkView,
    NoteView,
    OrphanView,
    PanelView,
    SourceView,
)

ROOT = Path(__file__).parents[2]
WORDINGS = (wording_of("en"), wording_of("de", "en"), wording_of("ar"), wording_of("ar", "fr"))

texts = st.text("ab <>&\"'é“א\u202f", max_size=6)
st.register_type_strategy(str, texts)
st.register_type_strategy(int, st.integers(0, 12))
st.register_type_strategy(
    Markup,
    st.sampled_from(
        ["", "<p>a</p>", "<p>א</p>", "<p>a</p>\n<p>b</p>", "<ul><li>&amp;</li></ul>"]
    ).map(Markup),
)
st.register_type_strategy(Date, st.just(Date(2024, 11, 3)))
# Jinja refuses names that no attribute can have.
DATA = st.sampled_from([None, {}, {"data-search-exclude": ""}, {"data-a": '<"'}])
st.register_type_strategy(
    LinkView,
    st.builds(
        LinkView,
        texts,
        texts,
        texts,
        st.booleans(),
        st.sampled_from(["", "fr"]),
        DATA,
    ),
)
PANELS = st.builds(PanelView, data=DATA)
st.register_type_strategy(SourceView, st.builds(SourceView, data=DATA))


def rows(kind):
    return st.lists(st.from_type(kind), max_size=2).map(tuple)


GIVEN = {
    "panel.html": st.fixed_dictionaries({"panel": PANELS}),
    "about.html": st.fixed_dictionaries({"panel": PANELS}),
    "notes.html": st.fixed_dictionaries({"notes": rows(NoteView)}),
    "sources.html": st.fixed_dictionaries({"sources": rows(SourceView)}),
    "exports.html": st.fixed_dictionaries({"exports": rows(ExportView)}),
    "orphans.html": st.fixed_dictionaries({"orphans": rows(OrphanView)}),
    "index.html": st.fixed_dictionaries({"index": st.from_type(IndexView)}),
    "index-articles.html": st.fixed_dictionaries({"articles": st.from_type(ArticlesView)}),
    "index-definitions.html": st.fixed_dictionaries(
        {"definitions": rows(DefinitionsView), "level": st.integers(2, 6)}
    ),
}


@pytest.fixture(scope="module")
def environment():
    return Environment(
        loader=PackageLoader("mkdocs_annotate.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def test_the_blocks_were_compiled_since_a_template_changed():
    """If not: `make templates`."""
    spec = importlib.util.spec_from_file_location(
        "compile_templates", ROOT / "compile_templates.py"
    )
    compiler = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(compiler)

    assert compiler.PATH.read_text("utf-8") == compiler.compiled()


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_is_what_jinja_makes_of_its_template(name, environment):
    template = environment.get_template(name)

    # To draw a view takes ten times as long as to make a block of it.
    @settings(max_examples=8)
    @given(GIVEN[name], st.sampled_from(WORDINGS))
    def is_equal(values, words):
        assert BLOCKS[name](**values, words=words) == template.render(**values, words=words).strip()

    is_equal()
