from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY, with_packs
from mkdocs_annotate.rendering.index_sections import definitions_of
from mkdocs_annotate.rendering.translations import wording_of


def name(kind):
    return kind.id.removeprefix("ann--definition-")


def test_every_kind_is_defined_in_its_group_and_groups_come_as_readers_meet_them():
    groups = definitions_of([], DEFAULT_VOCABULARY, wording_of("en"))

    assert [group.id.removeprefix("ann--group-") for group in groups] == [
        "opinion",
        "question",
        "source",
        "context",
    ]
    assert [group.label for group in groups][:2] == ["Opinion and wording", "Open questions"]
    kinds = [name(kind) for group in groups for kind in group.kinds]
    assert sorted(kinds) == sorted(DEFAULT_VOCABULARY.kinds)


def test_a_kind_is_told_with_all_that_a_page_of_definitions_needs():
    groups = definitions_of([], DEFAULT_VOCABULARY, wording_of("en"))
    opinion = groups[0].kinds[0]

    assert (name(opinion), opinion.label) == ("opinion", "Opinion")
    assert opinion.definition == "A judgement; it cannot be proved true or false."
    assert opinion.classes == "ann-g-opinion"
    assert opinion.techniques == ()


def test_techniques_stand_with_the_kind_that_they_imply():
    (opinion, *_) = definitions_of([], with_packs(["semeval-2023"]), wording_of("en"))
    techniques = {name(kind): kind.techniques for kind in opinion.kinds}

    assert len(techniques["rhetoric"]) == 20
    straw = next(one for one in techniques["rhetoric"] if one.id == "straw-man")
    assert (straw.label, straw.definition) == (
        "Straw man",
        "Answers a weaker version of the view.",
    )
    assert techniques["loaded-language"] == ()


def test_a_pack_may_bring_a_group_of_its_own():
    groups = definitions_of([], with_packs(["key-point"]), wording_of("en"))

    assert [name(kind) for kind in groups[-1].kinds] == ["key-point"]
