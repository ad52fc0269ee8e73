"""Sidecars as the form writes them: as if typed by hand, and with every other byte as it was."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import markdown
import pytest

from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY
from mkdocs_annotate.rendering.translations import wording_of, words_of
from mkdocs_annotate.writing.operations import Refused, WritablePage, changed
from mkdocs_annotate.writing.page_state import form_words, state_of
from mkdocs_annotate.writing.places import Selected, Unplaced, placed

ROOT = Path(__file__).parent.parent.parent

TODAY = date(2026, 1, 2)
ARTICLE = """# Bridge

The old bridge cost **4 million** in 1960. The new bridge cost 9 million.

The mayor: "It is a triumph of planning." The bridge cost more than a school.
"""
SIDECAR = """# Kept by hand.
sources:
  budget:   {title: "Budget"}   # of 2024

annotations:
  # The first.
  - quote: 4 million   # sure
    note: 'Half of it borrowed.'
    sources: budget

  - quote: a triumph
    kind: opinion
    speaker: The mayor
    note: >-
      She has said so
      before.

# The end.
"""


@pytest.fixture
def page():
    text = Page(project(markdown.markdown(ARTICLE)), ARTICLE)
    return WritablePage(
        "bridge.md",
        Path("docs/bridge.annotations.yml"),
        (Path("docs"),),
        text,
        DEFAULT_VOCABULARY,
        {},
        wording_of("en"),
        lambda link: link.address,
        me="NN",
    )


def done(page, text, do, **request):
    return changed(page, text, {"do": do, **request}, TODAY)


def select(text, before="", after=""):
    return {"text": text, "before": before, "after": after}


def test_the_first_annotation_makes_the_file(page):
    fields = {"kind": "check", "note": "True.", "tags": ["money", "city"]}

    assert done(page, None, "add", selection=select("4 million"), fields=fields) == (
        "annotations:\n"
        "  - quote: 4 million\n"
        "    kind: check\n"
        "    note: True.\n"
        "    tags:\n"
        "      - money\n"
        "      - city\n"
        "    by: NN\n"
        "    date: 2026-01-02\n"
    )


def test_words_that_stand_more_than_once_get_the_fewest_that_tell(page):
    selection = select("bridge cost", "1960. The new ", " 9 million.")
    text = done(page, None, "add", selection=selection, fields={"note": "N."})

    assert '  - quote: bridge cost\n    prefix: "new "\n' in text.replace(
        "prefix: new\n", 'prefix: "new "\n'
    )


def test_a_selection_within_words_is_taken_for_whole_words(page):
    selection = select("riumph of plan", 'The mayor: "It is a t', 'ning." The')
    text = done(page, None, "add", selection=selection, fields={"note": "N."})

    assert "quote: triumph of planning\n" in text


def test_a_long_note_is_folded_and_one_of_paragraphs_is_a_block(page):
    words = "word " * 40 + "end"
    one = done(page, None, "add", selection=select("9 million"), fields={"note": words})
    two = done(page, None, "add", selection=select("9 million"), fields={"note": "A.\n\nB."})

    assert "    note: >-\n      word word" in one
    assert max(map(len, one.splitlines())) < 100
    assert "    note: |-\n      A.\n\n      B.\n" in two


def test_defaults_of_the_file_are_not_repeated(page):
    text = done(
        page,
        "defaults:\n  by: AB\n  date: 2025-01-01\n",
        "add",
        selection=select("9 million"),
        fields={"note": "N."},
    )

    assert text.count("by:") == text.count("date:") == 1


@pytest.mark.parametrize(
    ("index", "fields", "old", "new"),
    [
        (0, {"note": "None borrowed."}, "'Half of it borrowed.'", "'None borrowed.'"),
        (0, {"kind": "check"}, "# sure\n", "# sure\n    kind: check\n"),
        (0, {"note": ""}, "    note: 'Half of it borrowed.'\n", ""),
        (0, {"draft": "true"}, "sources: budget\n\n", "sources: budget\n    draft: true\n\n"),
        (
            0,
            {"sources": [{"source": "budget", "locator": "p. 3"}]},
            "sources: budget\n\n",
            "sources:\n      - source: budget\n        locator: p. 3\n\n",
        ),
        (1, {"speaker": ""}, "    speaker: The mayor\n", ""),
        (1, {"kind": "loaded-language"}, "kind: opinion", "kind: loaded-language"),
        (1, {"tags": ["x"]}, "before.\n", "before.\n    tags:\n      - x\n"),
        (1, {"note": "Never."}, "      She has said so\n      before.\n", "      Never.\n"),
    ],
)
def test_a_change_changes_these_bytes_and_no_others(page, index, fields, old, new):
    assert SIDECAR.count(old) == 1

    assert done(page, SIDECAR, "change", index=index, fields=fields) == SIDECAR.replace(old, new)


def test_a_new_source_gets_a_key_and_is_cited(page):
    cited = [{"source": "budget"}, {"title": "The Budget, again", "url": "https://example.org/b"}]
    text = done(page, SIDECAR, "change", index=1, fields={"sources": cited})

    assert (
        '  budget:   {title: "Budget"}   # of 2024\n'
        "  the-budget-again:\n"
        "    title: The Budget, again\n"
        "    url: https://example.org/b\n"
    ) in text
    assert "    sources:\n      - budget\n      - the-budget-again\n" in text


def test_an_entry_is_deleted_with_nothing_else(page):
    text = done(page, SIDECAR, "delete", index=0)

    assert "4 million" not in text
    assert [line for line in SIDECAR.splitlines() if line not in text.splitlines()] == [
        "  - quote: 4 million   # sure",
        "    note: 'Half of it borrowed.'",
        "    sources: budget",
    ]


def test_an_orphan_is_placed_where_the_words_were_selected(page):
    old = "annotations:\n  - quote: lost words\n    prefix: the\n    note: N.\n"

    assert done(page, old, "place", index=0, selection=select("9 million")) == (
        "annotations:\n  - quote: 9 million\n    note: N.\n"
    )


def test_what_is_proposed_for_an_orphan_gives_it_a_place(page):
    old = "annotations:\n  - quote: a triumph in planning\n    note: N.\n"
    (entry,) = state_of(page, old)["entries"]

    text = done(page, old, "repair", index=0, fields=entry["repairs"][0]["values"])

    assert "quote: a triumph of planning\n" in text
    assert "why" not in state_of(page, text)["entries"][0]


def test_the_article_gets_its_block_below_the_head_of_the_file(page):
    text = done(page, SIDECAR, "article", fields={"type": "news"}, correction="It was 5 million.")

    head = (
        "article:\n  type: news\n  corrections:\n"
        "    - date: 2026-01-02\n      text: It was 5 million.\n\n"
    )
    assert text == SIDECAR.replace("sources:\n  budget", f"{head}sources:\n  budget")
    later = done(page, text, "article", fields={"type": ""}, correction="And 6.")
    assert "type:" not in later
    assert later.index("And 6.") < later.index("It was 5 million.")


@pytest.mark.parametrize(
    ("do", "request_", "told"),
    [
        ("add", {"selection": select("no such words"), "fields": {"note": "N."}}, "don't stand"),
        ("add", {"selection": select(" "), "fields": {"note": "N."}}, "no words are selected"),
        ("add", {"selection": select("cost"), "fields": {"note": "N."}}, "more than once"),
        ("add", {"selection": select("9 million"), "fields": {}}, "say something"),
        ("add", {"selection": select("9 million"), "fields": {"kind": "nonsense"}}, "nonsense"),
        ("add", {"selection": select("9 million"), "fields": {"sources": ["nobody"]}}, "nobody"),
        ("add", {"selection": select("9 million"), "fields": {"x": "y"}}, "nothing here knows"),
        ("add", {"selection": select("9 million"), "fields": {"note": 5}}, "no text"),
        ("add", {"selection": 5, "fields": {"note": "N."}}, "no words are selected"),
        ("change", {"index": 7, "fields": {"note": "N."}}, "no such entry"),
        ("change", {"index": True, "fields": {"note": "N."}}, "no such entry"),
        ("change", {"index": 0, "fields": {"quote": "x"}}, "nothing here knows"),
        ("change", {"index": 0, "fields": {"date": "tomorrow"}}, "tomorrow"),
        ("repair", {"index": 0, "fields": {"quote": "cost"}}, "no certain place"),
        ("delete", {"index": -1}, "no such entry"),
        ("article", {"fields": {"type": "nonsense"}}, "nonsense"),
        ("rm", {}, "nothing that can be done"),
    ],
)
def test_what_would_be_a_problem_is_refused_with_the_reason(page, do, request_, told):
    with pytest.raises(Refused, match=told):
        done(page, SIDECAR, do, **request_)


LAYOUTS = [
    SIDECAR,
    SIDECAR.replace("\n", "\r\n"),
    "\ufeff" + SIDECAR,
    SIDECAR.rstrip("\n"),
    'annotations: [{quote: 4 million, note: "N."}, {quote: a triumph, kind: opinion}]\n',
    "annotations:\n- quote: 4 million\n  note: |\n    Lines.\n\n    More.\n\n"
    "- quote: a triumph\n  note: B\n",
    'annotations:\n    -   quote: "4 million"\n        note: A # b\n'
    "    -   quote: 'a triumph'\n        note: C\n",
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=range(len(LAYOUTS)))
@pytest.mark.parametrize("key", ["note", "kind", "speaker", "tags", "draft", "sources", "by"])
def test_what_is_set_and_removed_again_leaves_every_byte_in_every_layout(page, layout, key):
    value = {"tags": ["a", "b"], "kind": "check", "draft": "true", "sources": ["budget", "b"]}.get(
        key, "Some words: #1, “quoted”."
    )
    known = replace(page, registry={"b": object(), "budget": object()})
    known = replace(known, registry=dict.fromkeys(("b", "budget"), _source()))
    for index in (0, 1):
        said = state_of(known, layout)["entries"][index]["said"]
        if key in said or (key == "kind" and "kind" in layout and "{" in layout and index):
            continue
        there = done(known, layout, "change", index=index, fields={key: value})
        assert state_of(known, there)["entries"][index]["said"][key] == value
        assert done(known, there, "change", index=index, fields={key: ""}) == layout


def _source():
    from mkdocs_annotate.model.sources import Source

    return Source("b", "A title")


SELECTED = 400


@pytest.mark.parametrize("seed", range(4))
def test_the_words_that_are_marked_are_those_that_were_selected_or_a_reason_is_given(seed):
    rng = Random(seed)
    names = ("demo/harbour-column.md", "demo/leap-second.md", "demo/mit-licence.md", "why.md")
    source = "\n\n".join((ROOT / "site" / name).read_text("utf-8") for name in names)
    html = markdown.markdown(source, extensions=["tables", "fenced_code"])
    text = Page(project(html), source)
    shown = text.text
    placed_at = 0
    for _ in range(SELECTED // 4):
        start = rng.randrange(len(shown) - 1)
        end = min(len(shown), start + rng.choice([1, 3, 9, 30, 90, 400]))
        asked = Selected(shown[start:end], shown[max(0, start - 64) : start], shown[end : end + 64])
        try:
            place = placed(asked, text).place
        except Unplaced:
            continue
        placed_at += 1
        inner = text.projection.trimmed(Range(start, end))
        # Words and numbers are whole, and no other word comes along.
        assert place.start <= inner.start
        assert inner.end <= place.end
        assert not re.search(r"\s", shown[place.start : inner.start])
        assert not re.search(r"\s", shown[inner.end : place.end])
    assert placed_at > SELECTED // 4 * 0.8


def test_half_a_word_is_never_taken_for_a_whole_one_elsewhere(page):
    # “a” stands as a word elsewhere, and was selected within “planning”.
    asked = Selected("a", "It is a triumph of pl", 'nning." The bridge cost')

    assert placed(asked, page.text).words == "planning"


@pytest.mark.parametrize("language", ["ar", "de", "es", "fr", "ja", "pt", "uk"])
def test_the_form_has_all_its_words_in_every_language(language):
    folder = ROOT / "mkdocs_annotate" / "writing" / "words"
    own = words_of(folder / f"{language}.yml")

    assert own.keys() == words_of(folder / "en.yml").keys() == form_words(language).keys()
    assert all(own.values())
