"""An orphan as a message: what is wrong, and what to do about it."""

import json
import re

import pytest
from markdown import markdown

from mkdocs_annotate.anchoring.anchors import Anchor, Orphan, Reason, anchor
from mkdocs_annotate.anchoring.explanations import explained, explained_all
from mkdocs_annotate.anchoring.keys import Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.model.problems import Position, Rule
from mkdocs_annotate.model.sidecar import ALL, Annotation, Occurrence, Quote

ARTICLE = """# Talks

As though the world knew, the minister said. Half the world was not asked.

## Reactions

The world knew, and the harbour wall was raised by a metre. So it was.

So it is. The end.

## Reactions

The ferry is closed.
"""
KEYS = ("prefix", "suffix", "section", "occurrence", "through")
HERE = Position("a.yml", 3, 5)
PLACES = {key: Position("a.yml", 4 + number, 5) for number, key in enumerate(KEYS)}


def page_of(source):
    return Page(project(markdown(source, extensions=["toc"])), source)


PAGE = page_of(ARTICLE)


def told(exact, page=PAGE, **given):
    """Return the problem of a quote that has no place: its line, rule, message and hint."""
    annotation = Annotation(Quote(exact, **given), "x", "context", position=HERE, places=PLACES)
    found = anchor(annotation, page)
    assert isinstance(found, Orphan), found
    problem = explained(found, page)
    return problem.position.line, problem.rule, f"{problem.message}; {problem.hint}"


def test_words_that_do_not_stand_there():
    assert told("a cabin on the mainland") == (
        3,
        Rule.ORPHAN,
        "“a cabin on the mainland” does not stand in the article;"
        " copy the words again from the page",
    )


def test_the_nearest_passage_is_named_with_its_heading():
    assert told("the harbour wall was lifted by a metre")[2] == (
        "“the harbour wall was lifted by a metre” does not stand in the article;"
        " nearest is “the harbour wall was raised by a metre” (under “Reactions”)"
    )


def test_a_page_without_headings_has_none_to_name():
    page = page_of("The harbour wall was raised by a metre.")

    assert told("The harbour wall was raised by one metre", page)[2].endswith(
        "nearest is “The harbour wall was raised by a metre”"
    )


def test_words_that_were_removed():
    message = told("at last ", prefix="the minister said. ", suffix="Half the world")[2]

    assert message == "“at last ” was removed from the article; remove the annotation too"


def test_words_that_stand_several_times():
    assert told("the world") == (
        3,
        Rule.AMBIGUOUS,
        '“the world” stands twice in the article; paste `prefix: "though "` (under “Talks”)'
        ' or `prefix: "Half "` (under “Talks”), or `occurrence: all`',
    )


def test_of_many_places_some_are_told():
    page = page_of("a b a c a d a e a f a")

    assert told("a", page)[2] == (
        '“a” stands 6 times in the article; paste `suffix: " b"` or `prefix: "b "`'
        ' or `prefix: "c "` or …, or `occurrence: all`'
    )
    assert told("a", page_of("a b a c a d a e a"))[2].startswith("“a” stands five times")


def test_what_no_context_tells_apart_is_counted():
    page = page_of("\n\n".join(["so it is", "so it is", "so it is"] * 30))

    assert "`occurrence: 2 of 90`" in told("so it is", page)[2]


def test_places_are_counted_in_the_given_context():
    page = page_of("the end x the end x the end\n\nan end\n\nthe end x the end x the end")

    assert told("end", page, prefix="the ")[2].startswith("“end” stands 6 times in this context")


def test_below_a_section_only_its_places_are_told():
    page = page_of("# One\n\na so b so\n\n# Two\n\nc so d so\n")

    line = told("so", page, section="Two")[2]

    assert line.startswith("“so” stands twice in the article; paste ")
    assert line.count("(under “Two”)") == 2
    assert "(under “One”)" not in line


def test_for_a_long_passage_only_the_words_before_it_tell_its_start():
    """Once the first one is deleted, its prefix would stand before the second one."""
    assert told("So it", through="end")[2] == (
        "“So it” stands twice in the article; paste `occurrence: 1 of 2` (under “Reactions”)"
        ' or `prefix: "was. "` (under “Reactions”)'
    )
    twice = page_of("So it is\n\nSo it is\n\nthe end")
    assert told("So it", twice, through="end")[2].endswith('or `prefix: "is "`')
    same = page_of("\n\n".join(["so it"] * 60) + "\n\nthe end")
    assert "`occurrence: 2 of 60`" in told("so", same, through="end")[2]


def test_all_is_not_proposed_to_whom_it_is_too_many():
    page = page_of("it " * 1001)

    assert told("it", page, occurrence=Occurrence(ALL))[2].endswith("or …")


def test_of_a_prefix_that_does_not_fit_it_is_shown_what_stands_there():
    assert told("was not asked", prefix="But nobody else in town ") == (
        4,
        Rule.ORPHAN,
        "“was not asked” stands in the article, but not after this prefix;"
        ' before it stands `prefix: "said. Half the world "`',
    )


def test_so_it_is_of_a_suffix():
    assert told("was not asked", suffix=" at all, ever")[::2] == (
        5,
        "“was not asked” stands in the article, but not before this suffix;"
        ' after it stands `suffix: ". Reactions The world"`',
    )


def test_where_there_are_several_places_it_is_left_to_the_writer():
    assert told("the world", prefix="a cabin ")[2].endswith(
        "; look which place is meant, and correct them"
    )


def test_a_section_that_does_not_hold_the_words():
    page = page_of("# One\n\nThe boat.\n\n# Two\n\nThe bull.\n")

    assert told("The boat", page, section="Two") == (
        6,
        Rule.ORPHAN,
        "“The boat” does not stand in the section “Two”; it stands (under “One”);"
        " correct `section`, or remove it",
    )


def test_sections_of_the_same_name():
    assert told("The ferry", section="Reactions")[::2] == (
        6,
        "there are 2 sections called “Reactions”;"
        " write the id of the heading instead, or use `prefix`",
    )


def test_a_section_that_is_not_there():
    assert told("The ferry", section="Sport")[2] == (
        "there is no section “Sport”; the headings are “Talks”, “Reactions”, “Reactions”"
    )
    many = page_of("# A\n\n# B\n\n# C\n\n# D\n\nText")
    assert told("Text", many, section="E")[2].endswith("the headings are “A”, “B”, “C” …")
    none = page_of("Text")
    assert told("Text", none, section="E")[2].endswith(
        "the article has no headings: use `prefix` or `suffix`"
    )


def test_a_number_of_places_that_does_not_hold():
    assert told("the world", occurrence=Occurrence(1, 3)) == (
        7,
        Rule.ORPHAN,
        "“the world” stands twice, not as often as `occurrence` says;"
        " look which place is meant, and write `… of 2`",
    )


def test_last_words_that_do_not_follow():
    assert told("The ferry", through="The end") == (
        8,
        Rule.ORPHAN,
        "“The end” does not follow on “The ferry”: it stands in the article, but not behind it;"
        " copy the first and the last words of the passage again",
    )
    sections = page_of("# A\n\nIt begins.\n\n# B\n\nIt ends.")
    assert told("It begins", sections, through="It ends", section="A")[2].startswith(
        "“It ends” does not follow on “It begins”: it stands in the article, but not behind it in"
        " this section;"
    )
    assert told("As though", through="the end")[2] == (
        "“the end” does not follow on “As though”;"
        " nearest is “The end” (under “Reactions”): another case"
    )
    assert told("As though", through="a cabin")[2].endswith("; copy the words again from the page")


def test_last_words_that_follow_several_times():
    assert told("As though", through="world")[::2] == (
        8,
        "“world” stands three times behind “As though”; give more of the last words, or `suffix`",
    )


def test_all_does_not_go_with_last_words():
    assert told("So it", through="end", occurrence=Occurrence(ALL))[::2] == (
        7,
        "`occurrence: all` can't stand beside `through`: a long passage is one;"
        " write which of the places it is, `1 of 2`, or give `prefix`",
    )


def test_a_number_that_says_not_of_how_many():
    assert told("the world", occurrence=Occurrence(2))[::2] == (
        7,
        "`occurrence: 2` does not say of how many, so that it can't notice a change;"
        " write `occurrence: 2 of 2`",
    )
    assert "not as often as" in told("the world", occurrence=Occurrence(3))[2]


@pytest.mark.parametrize(
    ("given", "what", "key"),
    [
        ({"prefix": "a cabin "}, "not after this prefix", "prefix"),
        ({"suffix": " a cabin"}, "not before this suffix", "suffix"),
        ({"prefix": "though ", "suffix": " a cabin"}, "not before this suffix", "suffix"),
        ({"prefix": "a cabin ", "suffix": " knew,"}, "not after this prefix", "prefix"),
        ({"prefix": "a ", "suffix": " z"}, "not between this prefix and suffix", "prefix"),
        ({"prefix": "a ", "through": "end"}, "not after this prefix", "prefix"),
    ],
)
def test_the_side_of_the_context_that_does_not_fit_is_named(given, what, key):
    line, _, message = told("the world", **given)

    assert f"but {what};" in message
    assert line == PLACES[key].line


def test_at_the_edges_of_the_article_there_is_no_context_to_give():
    page = page_of("so it is")

    assert told("so", page, prefix="x ")[2].endswith(
        "it stands at the beginning of the article: remove `prefix`"
    )
    assert told("is", page, suffix=" x")[2].endswith(
        "it stands at the end of the article: remove `suffix`"
    )


def test_on_a_page_where_quotes_stand_everywhere_nobody_is_told_what_to_paste():
    page = page_of("a" * 20_000 + " it was it is")
    assert "stands twice in the article; paste `" in told("it", page)[2]
    while not page.is_exhausted:
        page.places(Words("a" * 50))

    assert told("it", page)[2] == (
        "“it” stands twice in the article; quote more words, or `occurrence: all`"
    )


def test_places_beyond_all_counting_are_told_without_a_number():
    page = page_of("it " * 1_001)

    assert "stands more than 1,000 times" in told("it", page)[2]
    assert "occurrence: all" not in told("it", page)[2]
    assert told("it", page_of("it " * 3_000))[2] == (
        "“it” stands more than 1,000 times in the article; quote more words"
    )
    assert told("a", page_of("a" * 30_000))[2] == (
        "“a” stands too often in the article to tell its places apart; quote more words"
    )


def test_words_that_became_others_on_the_page():
    page = Page(project("<p>See the town now.</p>"), "See **{{ city }}** now.")

    assert told("See **{{ city }}**", page)[2].startswith(
        "“See **{{ city }}**” stands in the Markdown, but some of it is no text on the page; "
    )


def test_half_of_a_formula():
    page = Page(project('<p>so <span class="arithmatex">\\(a + b\\)</span></p>'))

    assert told("a + b", page)[::2] == (
        3,
        "“a + b” is a part of a formula or button, which is marked as a whole; quote all of it",
    )


def test_a_key_that_is_not_in_the_file_has_the_place_of_its_entry():
    annotation = Annotation(Quote("x", section="Sport"), "x", "context", position=HERE)

    problem = explained(Orphan(annotation, Reason.SECTION), PAGE)

    assert problem.position == HERE


def lines_to_paste(message):
    """Return what a message says to paste, each as the keys of a quote."""
    return [
        {key: json.loads(value) for key, value in re.findall(r'`(\w+): ("[^`]*")`', part)}
        for part in message.split(" or ")
        if '`prefix: "' in part or '`suffix: "' in part
    ]


@pytest.mark.parametrize(
    ("source", "quote", "many"),
    [
        ("I say “so”, they say so; I say so, and say: so\tit is. So.", "so", 3),
        ("(so) [so]", "so", 2),
        ("so it is so", "so", 2),
        ("日本語の船、韓国語の船", "語の船", 2),
        ("« Non » et « Non »", "Non", 2),
    ],
)
def test_each_line_to_paste_means_just_its_place(source, quote, many):
    page = page_of(source)

    lines = lines_to_paste(told(quote, page)[2])

    found = [anchor(Annotation(Quote(quote, **line), "x", "context"), page) for line in lines]
    assert all(isinstance(one, Anchor) for one in found)
    assert len({one.ranges for one in found}) == len(lines) == many


def test_context_that_touches_the_words_gets_no_space():
    assert lines_to_paste(told("so", page_of("(so) [so]"))[2]) == [{"prefix": "("}, {"prefix": "["}]


def test_many_orphans_are_told_and_the_first_ones_looked_into():
    quotes = ["the harbor wall was raised", "a cabin", "a cabin", "a castle"]
    annotations = [Annotation(Quote(quote), "x", "context", position=HERE) for quote in quotes]
    orphans = [anchor(annotation, PAGE) for annotation in annotations]

    told = explained_all(orphans, PAGE, 2)

    assert [orphan for orphan, _ in told] == orphans
    messages = [f"{problem.message}; {problem.hint}" for _, problem in told]
    assert "the harbour wall was raised" in messages[0]
    assert (
        messages[1]
        == messages[2]
        == ("“a cabin” does not stand in the article; copy the words again from the page")
    )
    assert messages[3] == (
        "“a castle” has no certain place in the article; nothing nearer was looked for, as there"
        " are many such quotes on this page; correct the first ones"
    )
    assert explained_all([], PAGE, 2) == []


@pytest.mark.parametrize(
    ("html", "quote", "message"),
    [
        (
            "<p>That is illegal.</p>",
            "legal",
            'stands only inside “illegal”; quote whole words, or paste `prefix: "il"`',
        ),
        (
            "<p>한국어를 배운다</p>",
            "한국어",
            'stands only inside “한국어를”; quote whole words, or paste `suffix: "를"`',
        ),
        (
            "<p>I can't.</p>",
            "can",
            """stands only inside “can't”; quote whole words, or paste `suffix: "'t."`""",
        ),
        (
            "<p>It killed 120 men.</p>",
            "killed 12",
            "stands only in “killed 120”, where the number goes on; quote the whole number",
        ),
        (
            "<p>It killed 12 000 men.</p>",
            "killed 12",
            "stands only in “killed 12 000”, where the number goes on; quote the whole number",
        ),
        (
            "<p>At −12 degrees.</p>",
            "12 degrees",
            "stands only behind a sign of the number: “−12 degrees”; quote the sign too",
        ),
        ("<p>Say --x.</p>", "-x", "stands only inside “--x”; quote all of the dashes"),
        ("<p>A 👍🏽 it is.</p>", "👍", "begins or ends inside one sign: “👍🏽”; quote all of it"),
        ("<p>The oﬃce.</p>", "of", "begins or ends inside one sign: “oﬃce”; quote all of it"),
        (
            "<p>Press <button>Copy me</button></p>",
            "Copy",
            "is a part of a formula or button, which is marked as a whole; quote all of it",
        ),
        (
            '<p>See <img alt="The old bridge"> it.</p>',
            "old bridge",
            "stands only in the text that describes an image; quote words beside the image",
        ),
        (
            '<p>See <a href="http://x.example/a-b">it</a>.</p>',
            "x.example/a-b",
            "stands only in the address of a link; quote the words of the link",
        ),
        (
            "<p hidden>one two</p><p>x</p>",
            "one two",
            "stands only in a part of the page that is hidden; quote words that readers see",
        ),
        (
            "<p>One two three four</p>",
            "One … four",
            "has dots for words that are left out;"
            " give the first words as `quote` and the last ones as `through`",
        ),
        (
            "<p>The Boat is full.</p>",
            "the boat",
            "does not stand in the article; nearest is “The Boat”: another case",
        ),
        (
            "<p>It is nowhere.</p>",
            "now here",
            "does not stand in the article; nearest is “nowhere”: other spaces",
        ),
        (
            "<p>It is full.</p>",
            "“is full”",
            "does not stand in the article; nearest is “is full”: other signs around it",
        ),
        (
            "<p>Well, then.</p>",
            "Well then",
            "does not stand in the article; nearest is “Well, then”: other signs",
        ),
        (
            "<p>كَتَبَ الولد</p>",
            "كتب",
            "does not stand in the article; nearest is “كَتَبَ”: other accents or vowel signs",
        ),
        (
            "<p>An area of 10² m.</p>",
            "area of 102",
            "does not stand in the article; nearest is “area of 10²”: other signs",
        ),
    ],
)
def test_the_true_reason_is_named(html, quote, message):
    assert told(quote, Page(project(html)))[2] == f"“{quote}” {message}"
