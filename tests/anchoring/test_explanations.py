"""An orphan as a message: what is wrong, and what to do about it."""

import json

import pytest
from markdown import markdown

from mkdocs_annotate.anchoring.explanations import explained, telling_line
from mkdocs_annotate.anchoring.law import Anchor, Orphan, Reason, anchor
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.anchoring.proposals import propose
from mkdocs_annotate.model.places import Position, Range
from mkdocs_annotate.model.problems import Rule
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
    """Return the problem of a quote that has no place: its line, rule, message and cure."""
    annotation = Annotation(Quote(exact, **given), "x", "context", position=HERE, places=PLACES)
    found = anchor(annotation, page)
    assert isinstance(found, Orphan), found
    problem = explained(found, page, propose(found, page))
    return problem.position.line, problem.rule, f"{problem.message}; {problem.cure}"


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
    page = page_of("so so so so so so so so so so so so so so so so so so so so so so so so")

    assert "`occurrence: 2 of 24`" in told("so", page)[2]


def test_the_count_is_of_all_places_as_in_the_sidecar():
    page = page_of("the end x the end x the end\n\nan end\n\nthe end x the end x the end")

    line = told("end", page, prefix="the ")[2]

    assert "stands 6 times in this context" in line
    assert "of 7`" in line


def test_below_a_section_only_its_places_count():
    line = f"{'x ' * 9}so {'x ' * 9}so {'x ' * 9}"
    page = page_of(f"# One\n\n{line}\n\n# Two\n\n{line}\n")

    assert "`occurrence: 2 of 2` (under “Two”)" in told("so", page, section="Two")[2]
    assert "`occurrence: 2 of 4` (under “One”)" in told("so", page)[2]


def test_for_a_long_passage_only_the_words_before_it_tell_its_start():
    message = told("So it", through="end")[2]

    assert "prefix" in message
    assert "suffix" not in message


def test_all_is_not_proposed_to_whom_it_is_too_many():
    page = page_of("it " * 1001)

    assert told("it", page, occurrence=Occurrence(ALL))[2].endswith("or …")


def test_of_a_prefix_that_does_not_fit_it_is_shown_what_stands_there():
    assert told("was not asked", prefix="But nobody else in town ") == (
        4,
        Rule.ORPHAN,
        "“was not asked” stands in the article, but not between this prefix and suffix;"
        ' before it stands `prefix: "said. Half the world"`',
    )


def test_so_it_is_of_a_suffix():
    assert told("was not asked", suffix=" at all, ever")[::2] == (
        5,
        "“was not asked” stands in the article, but not between this prefix and suffix;"
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
        "“The end” does not follow on “The ferry”; copy the last words of the passage again",
    )


def test_half_of_a_formula():
    page = Page(project('<p>so <span class="arithmatex">\\(a + b\\)</span></p>'))

    assert told("a + b", page)[::2] == (
        3,
        "“a + b” stands only inside something that can't be marked in part;"
        " quote whole words, or all of the formula or button",
    )


def test_a_key_that_is_not_in_the_file_has_the_place_of_its_entry():
    annotation = Annotation(Quote("x", section="Sport"), "x", "context", position=HERE)

    problem = explained(Orphan(annotation, Reason.SECTION), PAGE, [])

    assert problem.position == HERE


@pytest.mark.parametrize("number", [0, 1, 2])
def test_each_line_to_paste_means_just_its_place(number):
    page = page_of("I say “so”, they say so; I say so, and say: so\tit is. So.")
    places = anchored(page, "so")

    line = telling_line(places[number], places, page)

    key, _, value = line.partition(": ")
    found = anchor(Annotation(Quote("so", **{key: json.loads(value)}), "x", "context"), page)
    assert isinstance(found, Anchor)
    assert found.ranges == (places[number],)


def anchored(page, exact):
    found = anchor(Annotation(Quote(exact, occurrence=Occurrence(ALL)), "x", "context"), page)
    assert isinstance(found, Anchor)
    return found.ranges


def test_context_that_touches_the_words_gets_no_space():
    page = page_of("(so) [so]")
    places = anchored(page, "so")

    assert [telling_line(place, places, page) for place in places] == [
        'prefix: "("',
        'prefix: "["',
    ]


def test_at_the_edges_of_the_text_there_is_one_side():
    page = page_of("so it is so")
    places = anchored(page, "so")

    assert [telling_line(place, places, page) for place in places] == [
        'suffix: " it"',
        'prefix: "is "',
    ]
    assert telling_line(Range(0, len(page.text)), (Range(0, 2), Range(9, 11)), page) == ""
