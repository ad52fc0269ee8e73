"""Quotes copied from Markdown: all of what they show is marked, or nothing is."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from markdown import markdown

from mkdocs_annotate.anchoring.anchors import Anchor, Orphan, Reason, anchor, search
from mkdocs_annotate.anchoring.ends import Unit
from mkdocs_annotate.anchoring.keys import Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.anchoring.source_quotes import Carried, carried_places, has_syntax
from mkdocs_annotate.model.places import Range
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
EXTENSIONS = ["extra", "admonition"]


def page_of(source, *extensions):
    return Page(project(markdown(source, extensions=[*EXTENSIONS, *extensions])), source)


def carried(page, exact, prefix="", suffix=""):
    found = carried_places(Words(exact, prefix, suffix), page)
    return [page.text[place.start : place.end] for place in found.ranges]


def answered(page, exact, **given):
    """Return the words that are marked, with one space between them; None for an orphan."""
    found = anchor(Annotation(Quote(exact, **given), "x", "context"), page)
    if isinstance(found, Orphan):
        return None
    assert isinstance(found, Anchor)
    (place,) = found.ranges
    return " ".join(page.text[place.start : place.end].split())


@pytest.mark.parametrize(
    ("quote", "syntax"),
    [
        ("a *b*", True),
        ("AT&T", True),
        ("a -- b", True),
        ("- item", True),
        ("> said", True),
        ("x\n+ item", True),
        ("a | b", True),
        ("a - b", False),
        ("a's “b”!", False),
        ("x", False),
        ("", False),
        ("x" + "\n" * 100_000 + "y", False),
    ],
)
def test_signs_that_may_be_markdown_are_known(quote, syntax):
    assert has_syntax(quote) == syntax


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
        ("follows -- here", "follows -- here"),
    ],
)
def test_a_quote_with_syntax_in_it_leads_to_what_it_shows(quote, shows):
    assert answered(page_of(SOURCE), quote) == shows


@pytest.mark.parametrize(
    ("source", "quote", "shows"),
    [
        # Joined letter by letter with what touches it.
        ("It is H<sub>2</sub>O, so.", "H<sub>2</sub>O", "H2O"),
        ("An inter*nation*al one.", "inter*nation*al", "international"),
        ("And <b>B</b>old it is.", "<b>B</b>old", "Bold"),
        ("船は**十月**から来ません。", "十月**から", "十月から"),
        (
            "설명은 [저장소](http://x.example)에서 볼",
            "[저장소](http://x.example)에서",
            "저장소에서",
        ),
        # Entities, also at the ends; symbols.
        ("So &mdash; he said.", "&mdash; he said", "— he said"),
        ("AT&amp;T said &lt;so&gt;.", "AT&amp;T said &lt;so&gt;", "AT&T said <so>"),
        # What never shows, inside and at the ends.
        ("See [it](a.md){.b} now.", "[it](a.md){.b} now", "it now"),
        ("# A *b* {#c .d}", "A *b* {#c .d}", "A b"),
        ("See <!-- not --> *it* now.", "See <!-- not --> *it*", "See it"),
        ("text[^1] on\n\n[^1]: Note.", "*text*[^1]"[1:5] + "[^1]", "text"),
        ("- *one*\n- two", "- *one*\n- two", "one two"),
        ("> *one*\n> two", "> *one*\n> two", "one two"),
        # An element inside, with words on both sides.
        ("See ![a bridge](b.png) *it* now.", "See ![a bridge](b.png) *it*", "See it"),
        # Titles of admonitions.
        ('!!! note "Take *care* now"\n    So.', '"Take *care* now"', "Take care now"),
        ('!!! note "Take *care* now"\n    So.', '!!! note "Take *care* now"', "Take care now"),
    ],
)
def test_the_law_of_the_carried_range(source, quote, shows):
    assert answered(page_of(source), quote) in {shows, shows and shows.replace("—", "--")}


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        # An image at an end would be left out, and a remainder be marked.
        ("See ![a bridge](b.png) *it* now.", "![a bridge](b.png) *it*"),
        ("See *it* ![a bridge](b.png) now.", "*it* ![a bridge](b.png)"),
        (
            '!!! note "x ![Take care of the](b.png) bridge"\n    So.',
            "![Take care of the](b.png) bridge",
        ),
        # Words that never show.
        ("See [r].\n\n[r]: http://example.org/ref", "http://example.org/ref"),
        ("See [it](a-link.md).", "a-link.md"),
        # A sign at the end that is no syntax and isn't on the page.
        ("See {{ macro }} now", "{{ macros }}"),
        # Only signs.
        ("See **it** now", "**"),
    ],
)
def test_no_remainder_of_a_quote_is_ever_marked(source, quote):
    assert answered(page_of(source), quote) is None


def test_words_that_became_others_are_lost():
    page = Page(project("<p>See the town now.</p>"), "See **{{ city }}** now.")

    found = anchor(Annotation(Quote("See **{{ city }}**"), "x", "context"), page)

    assert carried_places(Words("See **{{ city }}**"), page) == Carried(lost=1)
    assert isinstance(found, Orphan)
    assert found.reason == Reason.UNCERTAIN


def test_a_sign_at_an_end_that_is_no_syntax_and_is_gone_makes_it_lost():
    page = Page(project("<p>See it now.</p>"), "See !*it*! now.")

    assert carried_places(Words("*it*!"), page) == Carried(lost=1)
    assert carried_places(Words("!*it*"), page) == Carried(lost=1)
    assert carried(page, "*it*") == ["it"]


def test_a_stretch_with_words_between_is_lost():
    page = Page(project("<p>One and two.</p>"), "*One* two.")

    assert carried_places(Words("*One* two"), page) == Carried(lost=1)


def test_words_that_never_show_are_no_place_and_none_is_lost():
    assert carried_places(Words("long-link"), page_of(SOURCE)) == Carried()


def test_an_edge_that_may_be_any_of_two_equal_words_is_lost():
    page = Page(project("<p>Start. The boat. The boat leaves.</p>"), "Start. The boat leaves.")

    assert carried_places(Words("The boat"), page) == Carried(lost=1)
    assert carried(page, "boat leaves") in (["boat leaves"], [])


@pytest.mark.parametrize(
    ("quote", "prefix", "suffix", "shows"),
    [
        ("*b*", "a ", "", ["b"]),
        ("*b*", "", " [c](d)", ["b"]),
        ("*b*", "", " c e", ["b"]),
        ("*b*", "x ", "", []),
        ("*b*", "a ", " c e", ["b"]),
        ("b", "a *", "* [c", ["b"]),
    ],
)
def test_prefix_and_suffix_may_be_of_the_source_or_of_the_page(quote, prefix, suffix, shows):
    page = page_of("So a *b* [c](d) e.\n\nAnd f *b* g.")

    places = search(Words(quote, prefix, suffix), page).ranges
    assert [page.text[place.start : place.end] for place in places] == shows


def test_words_that_the_page_has_more_often_are_told_apart_by_those_around_them():
    source = "# Boats\n\nShe waits for it.\n\n## Fifteen\n\nThen *it* leaves.\n"
    html = markdown(source) + "<p>Edit it</p>"
    page = Page(project(html), source)

    places = search(Words("it", "for ", ".\n\n## Fifteen"), page).ranges
    assert [page.text[place.start - 4 : place.end + 1] for place in places] == ["for it."]
    assert carried(page, "*it*") == ["it"]


def test_whole_ends_are_asked_for_on_the_page_too():
    page = page_of("It is **1**20 or **12** men, in **12** 000.\n\n**12**\n\n000")

    assert carried(page, "or **12** men") == ["or 12 men"]
    found = carried_places(Words("**1**"), page)
    assert found.ranges == ()
    assert [cut for _, cut in found.refused] == [Unit.NUMBER]
    assert [cut for _, cut in carried_places(Words("in **12**"), page).refused] == [Unit.GROUP]


def test_numbers_of_two_blocks_are_two():
    page = page_of("It was **12**\n\n000 men.")

    assert carried(page, "was **12**") == ["was 12"]


FORMULA = (
    '<p>so <span class="arithmatex">\\(a + b\\)</span> holds, too</p>',
    "so $a + b$ holds, *too*",
)


@pytest.mark.parametrize(
    ("quote", "shows"),
    [
        ("so $a + b$ holds", "so \\(a + b\\) holds"),
        ("$a + b$ holds", "\\(a + b\\) holds"),
        ("so $a + b$", "so \\(a + b\\)"),
        ("$a + b$", "\\(a + b\\)"),
        ("$a + b$ holds, *too*", "\\(a + b\\) holds, too"),
        ("+ b$ holds", None),
        ("so $a", None),
    ],
)
def test_a_formula_is_taken_in_whole_or_not_at_all(quote, shows):
    assert answered(Page(project(FORMULA[0]), FORMULA[1]), quote) == shows


def test_more_places_than_are_counted_are_told():
    assert carried_places(Words("*it*"), page_of("*it* " * 1_001)).too_many


WORDS = st.sampled_from(
    [
        *("the", "*old*", "**bridge**", "[link](x.md)", "`code`", "H<sub>2</sub>O", "&amp;"),
        *("text[^1]", "![alt words](i.png)", "in*ter*nal", "“so”", "1794", "<b>B</b>old", "--"),
        "漢字",
    ]
)


@settings(deadline=None, derandomize=True, max_examples=150, phases=[Phase.generate])
@given(st.lists(st.lists(WORDS, min_size=1, max_size=8), min_size=1, max_size=3), st.data())
def test_what_is_marked_holds_every_word_of_the_quote_that_shows(blocks, data):
    """Whatever is drawn: never a remainder, never more."""
    lines = [" ".join(["lead", *words, "end"]) for words in blocks]
    source = "\n\n".join([*lines, "[^1]: Note."])
    words = data.draw(st.sampled_from(blocks))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    quote = " ".join(words[first : last + 1])
    page = page_of(source)

    marked = answered(page, quote)

    if marked is not None:
        alone = project(markdown(quote, extensions=EXTENSIONS)).text
        shown = alone.replace("[^1]", "")
        assert "".join(marked.split()) == "".join(shown.split())
        assert not words[first].startswith("![") or words[first] == words[last]


def test_ranges_of_what_is_carried_are_those_of_the_page():
    assert carried_places(Words("*b*"), page_of("a *b*")).ranges == (Range(2, 3),)
