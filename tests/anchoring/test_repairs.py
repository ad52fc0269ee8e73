"""What `fix` proposes to write, each known to work."""

from dataclasses import replace

from markdown import markdown

from mkdocs_annotate.anchoring.anchors import Anchor, Orphan, anchor
from mkdocs_annotate.anchoring.lookalikes import Difference
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.anchoring.proposals import Evidence, Proposal
from mkdocs_annotate.anchoring.repairs import MOST_PLACES, repairs_of
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import Annotation, Occurrence, Quote

ARTICLE = """# Ferries

The council met on Tuesday. The ferry will be closed in October, said the chair.

Nobody had asked the crew. The ferry will be closed in winter only, said the mate.
"""


def repairs(**quote):
    page = Page(project(markdown(ARTICLE)))
    orphan = anchor(Annotation(Quote(**quote), "x", "context"), page)
    assert isinstance(orphan, Orphan)
    found = repairs_of(orphan, page)
    for repair in found:
        changed = {**quote, **repair.values}
        changed["exact"] = changed.pop("quote", changed["exact"])
        if isinstance(changed.get("occurrence"), str):
            number, _, total = changed["occurrence"].split()
            changed["occurrence"] = Occurrence(int(number), int(total))
        answer = anchor(replace(orphan.annotation, quote=Quote(**changed)), page)
        assert isinstance(answer, Anchor)
        assert answer.ranges == (repair.range,)
    return found


def test_a_reworded_passage_is_quoted_anew():
    (repair,) = repairs(exact="Nobody had questioned the crew. The ferry will be closed")

    assert repair.values == {"quote": "Nobody had asked the crew. The ferry will be closed"}
    assert (repair.ported, repair.proven, repair.differences) == (False, False, ())


def test_what_has_the_very_letters_says_what_differs():
    (repair,) = repairs(exact="“the council MET on tuesday”")

    assert repair.values == {"quote": "The council met on Tuesday"}
    assert repair.differences == (Difference.CASE, Difference.EDGES)
    assert not repair.proven


def test_a_passage_replaced_between_its_old_prefix_and_suffix_is_quoted_anew():
    (repair,) = repairs(
        exact="It is shut", prefix="The council met on Tuesday. ", suffix=" in October, said"
    )

    assert repair.values == {"quote": "The ferry will be closed"}


def test_each_place_of_an_ambiguous_quote_is_offered_with_its_context():
    first, second = repairs(exact="The ferry will be closed")

    assert first.values == {"prefix": "Tuesday. "}
    assert second.values == {"prefix": "crew. "}


def test_a_number_of_places_that_no_longer_holds_is_written_anew():
    first, second = repairs(exact="The ferry will be closed", occurrence=Occurrence(2, 3))

    assert first.values == {"prefix": "Tuesday. ", "occurrence": "1 of 1"}
    assert second.values == {"prefix": "crew. ", "occurrence": "1 of 1"}


def test_no_more_places_are_offered_than_a_person_can_choose_from():
    page = Page(project("<p>" + " ".join(f"so {number}" for number in range(20)) + "</p>"))
    orphan = anchor(Annotation(Quote("so"), "x", "context"), page)

    assert len(repairs_of(orphan, page)) == MOST_PLACES


def test_words_in_another_context_may_be_a_twin_and_are_not_proven():
    (repair,) = repairs(exact="said the mate", prefix="in summer, after the storm, ")

    assert repair.values == {"prefix": "only, "}
    assert repair.differences == (Difference.CONTEXT,)
    assert not repair.proven


def test_a_part_of_a_word_is_offered_as_the_whole():
    (repair,) = repairs(exact="met on Tues")

    assert repair.values == {"quote": "met on Tuesday"}
    assert repair.differences == (Difference.PART,)


def test_words_below_another_heading_get_its_name():
    assert [repair.values for repair in repairs(exact="said the mate", section="Fares")] == [
        {"section": "Ferries"}
    ]


def test_words_above_all_headings_have_no_section():
    page = Page(project("<p>said the mate</p><h1>Fares</h1><p>x</p>"))
    orphan = anchor(Annotation(Quote("said the mate", section="Fares"), "x", "context"), page)

    assert repairs_of(orphan, page) == []


def test_nothing_is_offered_for_a_stretch_or_what_was_removed():
    assert repairs(exact="The council", through="never stands here") == []
    assert repairs(exact="nothing of the kind at all anywhere", prefix="x") == []
    assert repairs(exact="at last", prefix="asked the crew. ", suffix=" The ferry will be") == []


def ported(words, article=ARTICLE, **quote):
    """Return the values that a passage gets which is known to be `words` now."""
    page = Page(project(markdown(article)))
    orphan = anchor(Annotation(Quote(**quote), "x", "context"), page)
    assert isinstance(orphan, Orphan)
    start = page.text.index(words)
    place = Range(start, start + len(words))
    found = repairs_of(orphan, page, Proposal(place, Evidence.PORTED, 0.9))
    assert not any(repair.ported for repair in found[1:])
    return dict(found[0].values) if found and found[0].ported else None


def test_what_was_ported_comes_first_and_changes_least():
    assert ported("The council met", exact="The council sat") == {"quote": "The council met"}
    assert ported("The ferry will be closed", exact="The ferry will be closed") == {
        "prefix": "Tuesday. "
    }
    assert ported("The ferry will be closed", exact="The ferry will be shut") == {
        "quote": "The ferry will be closed",
        "prefix": "Tuesday. ",
    }


def test_what_was_ported_is_proven_only_where_the_history_leaves_no_doubt():
    page = Page(project(markdown(ARTICLE)))
    orphan = anchor(Annotation(Quote("The council sat"), "x", "context"), page)
    start = page.text.index("The council met")
    place = Range(start, start + len("The council met"))

    proven = [
        repairs_of(orphan, page, Proposal(place, Evidence.PORTED, score))[0].proven
        for score in (0.9, 1.0)
    ]

    assert proven == [False, True]


def test_a_stretch_that_was_ported_keeps_as_many_first_and_last_words():
    assert ported(
        "Nobody had asked the crew. The ferry will be closed in winter only",
        exact="Nobody has",
        through="winter alone",
    ) == {"quote": "Nobody had", "through": "winter only"}


def test_a_section_that_is_gone_is_named_anew_with_the_words_if_they_changed():
    assert ported("council met", exact="council met", section="Boats") == {"section": "Ferries"}
    assert ported("council met", exact="council sat", section="Boats") == {
        "quote": "council met",
        "section": "Ferries",
    }


def test_what_was_ported_and_cannot_be_quoted_is_left_to_the_search():
    assert ported("will be closed in", exact="x", through="y z", section="Boats") is None
    bare = ARTICLE.partition("\n")[2]
    assert ported("council met", bare, exact="council sat", section="Boats") is None
