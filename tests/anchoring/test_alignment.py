"""Quotes copied from the Markdown source, carried over to what a reader sees."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import markdown
from mkdocs_annotate.anchoring.ladder import Anchor, Rung, anchor

from mkdocs_annotate.anchoring.alignment import align, has_syntax, with_edge_signs
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.model.places import Range, SourceRange
from mkdocs_annotate.model.sidecar import Annotation, Quote

SOURCE = """# The *old* bridge

See **the quick *brown*
fox** of [the town](http://example.org/long-link "A title") & its
`code` [ref][r]; text[^1] follows -- here.

| a | b |
|---|---|
| one **two** | three |

1. First step: press ++ctrl++.
2. Second step, `**not bold**` as typed.

<div title="hidden words" markdown>Inside *a* box.</div>

[r]: http://example.org/reference
[^1]: The note's words.
"""


def page_of(source):
    return Page(project(markdown(source, extensions=["extra"])), source)


@pytest.mark.parametrize(
    ("quote", "shows"),
    [
        ("**the quick *brown* fox**", "the quick brown fox"),
        ("quick *brown*\nfox** of", "quick brown fox of"),
        ('of [the town](http://example.org/long-link "A title") & its', "of the town & its"),
        ("`code` [ref][r]; text[^1] follows", "code ref; text follows"),
        ("| one **two** | three |", "one two three"),
        ("[the town]", "the town"),
        ("# The *old* bridge", "The old bridge"),
        ("1. First step:", "First step:"),
        ("`**not bold**` as typed", "**not bold** as typed"),
        ("Inside *a* box.", "Inside a box."),
    ],
)
def test_a_quote_with_markdown_in_it_leads_to_what_it_shows(quote, shows):
    page = page_of(SOURCE)

    answer = anchor(Annotation(Quote(quote), "x", "context"), page)

    assert isinstance(answer, Anchor)
    (place,) = answer.ranges
    assert page.text[place.start : place.end].split() == shows.split()


def test_such_a_quote_is_found_in_the_source():
    answer = anchor(Annotation(Quote("**the quick *brown*"), "x", "context"), page_of(SOURCE))

    assert isinstance(answer, Anchor)
    assert answer.rung == Rung.SOURCE


def test_syntax_that_shows_itself_as_code_is_told_from_syntax_that_works():
    page = page_of("Write `**bold**` to get **bold**.\n")

    answer = anchor(Annotation(Quote("get **bold**"), "x", "context"), page)

    assert isinstance(answer, Anchor)
    assert page.text[answer.ranges[0].start : answer.ranges[0].end] == "get bold"


def test_words_of_a_link_target_that_never_show_have_no_place():
    page = page_of(SOURCE)

    answer = anchor(Annotation(Quote("http://example.org/reference"), "x", "context"), page)

    assert not isinstance(answer, Anchor)


def test_partners_rise_and_are_the_same_words():
    page = page_of(SOURCE)
    alignment = page.alignment

    pairs = [(left, right) for left, right in enumerate(alignment.partners) if right >= 0]
    assert len(pairs) > 30
    assert [right for _, right in pairs] == sorted({right for _, right in pairs})
    for left, right in pairs:
        source = SOURCE[alignment.source_starts[left] : alignment.source_ends[left]]
        visible = page.text[alignment.text_starts[right] : alignment.text_ends[right]]
        assert source.lower() == visible.lower()


@settings(deadline=None, derandomize=True)
@given(st.lists(st.sampled_from("a b c d e".split())), st.lists(st.sampled_from("a b c d".split())))
def test_any_two_texts_are_aligned_in_order(left, right):
    partners = align(" ".join(left), " ".join(right)).partners

    found = [
        (left[index], right[partner]) for index, partner in enumerate(partners) if partner >= 0
    ]
    assert all(one == other for one, other in found)
    rising = [partner for partner in partners if partner >= 0]
    assert rising == sorted(set(rising))


def test_equal_texts_are_aligned_word_by_word():
    draw = random.Random(1)
    text = " ".join(draw.choices(["one", "two", "three", "four"], k=500))

    assert align(text, text).partners == list(range(500))


def test_stretches_too_large_to_compare_stay_unaligned():
    left = "a b " * 300
    right = "b a " * 300 + "b"

    partners = align("x " + left + "y", "z " + right + "w").partners

    assert partners == [-1] * 602


def test_a_place_that_begins_with_an_unaligned_word_is_not_certain():
    alignment = align("one two three", "zzz two three")

    assert alignment.visible(SourceRange(0, 13)) is None
    assert alignment.visible(SourceRange(4, 13)) == Range(4, 13)
    assert align("two three one", "two three zzz").visible(SourceRange(0, 13)) is None
    assert align("[^a] [^b]", "words").visible(SourceRange(0, 9)) is None


def test_a_word_of_a_link_target_is_not_taken_for_the_word_that_shows():
    source = "The [boats](http://example.org/boats) leave at ten."
    alignment = align(source, "The boats leave at ten.")

    start = source.index("boats) leave")
    assert alignment.visible(SourceRange(start, len(source) - 1)) == Range(10, 22)


def test_words_of_syntax_that_shows_as_code_have_their_place():
    source = "Write:\n\n    [boats](http://example.org/ships)\n\nto link."
    text = "Write:\n[boats](http://example.org/ships)\nto link."

    place = align(source, text).visible(SourceRange(source.index("boats"), source.index(")")))

    assert place
    assert text[place.start : place.end] == "boats](http://example.org/ships"


def test_comments_of_several_lines_never_show():
    source = "# Boats\n\n<!-- added: 1\n  changed: 2 -->\n\nThey leave."
    start = source.index("added")

    assert align(source, "Boats\nThey leave.").visible(
        SourceRange(start, len(source) - 1)
    ) == Range(6, 16)


def test_an_edge_that_may_be_any_of_two_equal_words_is_not_certain():
    source = "Start. The boat leaves."
    alignment = align(source, "Start. The boat. The boat leaves.")

    assert alignment.visible(SourceRange(source.index("The"), source.index(" leaves"))) is None
    assert alignment.visible(SourceRange(source.index("leaves"), len(source))) == Range(26, 32)


@pytest.mark.parametrize(
    ("source", "quote", "shows"),
    [
        ("船は**十月**から来ません。", "十月**から", "十月から"),
        ("설명은 [저장소](http://x.example)에서 볼", "저장소](http://x.example)에서", "저장소에서"),
        ("The boatmen of **Quay** Street.", "men of **Qua", "men of Qua"),
    ],
)  # fmt: skip
def test_syntax_within_words_is_carried_over(source, quote, shows):
    page = page_of(source)
    start = source.index(quote)

    place = page.alignment.visible(SourceRange(start, start + len(quote)))

    assert place
    assert page.text[place.start : place.end] == shows


@pytest.mark.parametrize(
    ("quote", "before", "found", "after"),
    [
        ("(**see** foo).", "", "(see foo).", " Bar"),
        ("“see foo”", "", '"see foo"', " bar"),
        ("*see foo*", "(", "see foo", ")"),
        ("see foo...", "", "see foo…", " bar"),
        ("see foo -", "", "see foo", " bar"),
        ("***", "", "see foo", ""),
    ],
)
def test_signs_at_the_edges_belong_to_the_passage_if_the_page_has_them(quote, before, found, after):
    text = before + found + after
    words = found.strip('()."…')
    start = text.index(words)

    place = with_edge_signs(Range(start, start + len(words)), quote, text)

    expected = words if quote == "***" else found
    assert text[place.start : place.end] == expected


@pytest.mark.parametrize(
    ("quote", "syntax"),
    [
        ("a *b*", True),
        ("AT&T", True),
        ("a -- b", True),
        ("- item", True),
        ("a - b", False),
        ("x", False),
    ],
)
def test_signs_that_may_be_markdown_are_known(quote, syntax):
    assert has_syntax(quote) == syntax


def test_what_looks_like_syntax_without_end_is_read_once():
    """Patterns that may fail after a long way would take hours here."""
    text = "[^" * 100_000

    assert align(text, text).partners == []
    assert not has_syntax("x" + "\n" * 100_000 + "y")
