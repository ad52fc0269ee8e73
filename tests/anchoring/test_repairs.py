"""What `fix` proposes to write, each known to work."""

from dataclasses import replace

from markdown import markdown

from mkdocs_annotate.anchoring.law import Anchor, Orphan, anchor
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.anchoring.proposals import Proposal, Way
from mkdocs_annotate.anchoring.repairs import repairs_of
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
    (repair,) = repairs(exact="The council met on Wednesday, in October")[:1] or [None]

    assert repair is None or "quote" in repair.values


def test_one_word_replaced_in_a_long_quote_is_certain_enough_to_take():
    (repair,) = repairs(
        exact="Nobody had questioned the crew. The ferry will be closed in winter only"
    )

    assert repair.values["quote"].startswith("Nobody had asked the crew. The ferry")
    assert repair.certainty > 0.8


def test_a_passage_replaced_between_its_old_prefix_and_suffix_is_quoted_anew():
    (repair,) = repairs(
        exact="It is shut", prefix="The council met on Tuesday. ", suffix=" in October, said"
    )

    assert repair.values["quote"] == "The ferry will be closed"


def test_each_place_of_an_ambiguous_quote_is_offered_with_its_context():
    first, second = repairs(exact="The ferry will be closed")

    assert first.values["suffix"].startswith(" in October")
    assert second.values["suffix"].startswith(" in winter")
    assert first.certainty == second.certainty == 0


def test_a_number_of_places_that_no_longer_holds_is_written_anew():
    first, second = repairs(exact="The ferry will be closed", occurrence=Occurrence(2, 3))

    assert first.values["occurrence"] == "1 of 2"
    assert second.values["occurrence"] == "2 of 2"


def test_words_in_another_context_may_be_a_twin_and_are_not_certain():
    (repair,) = repairs(exact="said the mate", prefix="in summer, after the storm, ")

    assert repair.certainty == 0.5
    assert "prefix" in repair.values


def test_nothing_is_proposed_for_a_section_or_a_stretch_or_what_was_removed():
    assert repairs(exact="said the mate", section="Fares") == []
    assert repairs(exact="The council", through="never stands here") == []
    assert repairs(exact="nothing of the kind at all anywhere", prefix="x") == []


def ported(words, article=ARTICLE, **quote):
    """Return the values that a passage gets which is known to be `words` now."""
    page = Page(project(markdown(article)))
    orphan = anchor(Annotation(Quote(**quote), "x", "context"), page)
    assert isinstance(orphan, Orphan)
    start = page.text.index(words)
    place = Range(start, start + len(words))
    found = repairs_of(orphan, page, Proposal(place, Way.PORTED, 0.9))
    assert not any(repair.ported for repair in found[1:])
    return dict(found[0].values) if found and found[0].ported else None


def test_what_was_ported_comes_first_and_changes_least():
    assert ported("The council met", exact="The council sat") == {"quote": "The council met"}
    assert list(ported("The ferry will be closed", exact="The ferry will be closed")) == [
        "prefix",
        "suffix",
    ]
    assert list(ported("The ferry will be closed", exact="The ferry will be shut")) == [
        "quote",
        "prefix",
        "suffix",
    ]


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
