from dataclasses import replace

import pytest

from mkdocs_annotate.model.vocabulary import (
    ARTICLE_TYPES,
    CONTEXT,
    DEFAULT_VOCABULARY,
    MOTIVATIONS,
    Group,
    Kind,
    Need,
    Vocabulary,
)


def test_a_site_starts_with_fifteen_kinds_in_four_groups():
    kinds = DEFAULT_VOCABULARY.kinds

    assert len(kinds) == 15
    assert all(kind.id == id_ for id_, kind in kinds.items())
    assert {kind.group for kind in kinds.values()} == set(Group) - {Group.KEY}


@pytest.mark.parametrize(
    ("id_", "group"),
    [
        ("context", Group.CONTEXT),
        ("check", Group.SOURCE),
        ("prediction", Group.OPINION),
        ("missing-context", Group.QUESTION),
    ],
)
def test_a_kind_has_the_group_that_claims_no_more_than_it_does(id_, group):
    assert DEFAULT_VOCABULARY.kind(id_).group == group


def test_an_unknown_kind_is_shown_as_the_one_that_claims_least():
    assert DEFAULT_VOCABULARY.kind("opinon") == DEFAULT_VOCABULARY.kind("context") == CONTEXT
    assert Vocabulary({}).kind("opinion") == CONTEXT


def test_a_context_that_a_site_has_changed_is_still_shown_for_what_is_unknown():
    own = replace(CONTEXT, motivation="commenting")
    moved = replace(CONTEXT, group=Group.OPINION)

    assert Vocabulary({"context": own}).kind("opinon") == own
    assert Vocabulary({"context": moved}).kind("opinon") == CONTEXT


@pytest.mark.parametrize(
    ("id_", "motivation"),
    [
        ("context", "describing"),
        ("source", "linking"),
        ("missing-context", "assessing"),
        ("vague-attribution", "questioning"),
        ("anonymous-source", "classifying"),
        ("opinion", "classifying"),
    ],
)
def test_a_kind_has_the_motivation_of_the_web_annotation_model(id_, motivation):
    assert DEFAULT_VOCABULARY.kind(id_).motivation == motivation


def test_every_kind_has_a_name_of_its_own_in_other_formats():
    kinds = DEFAULT_VOCABULARY.kinds.values()

    assert len({kind.iri for kind in kinds}) == len(kinds)


def test_a_kind_may_have_a_name_in_other_formats_from_its_site():
    kind = Kind("satire", Group.OPINION, own_iri="https://example.org/satire")

    assert kind.iri == "https://example.org/satire"
    assert Kind("satire", Group.OPINION).iri == "urn:x-mkdocs-annotate:kind:satire"


def test_a_kind_says_what_it_needs():
    needs = {kind.id: kind.needs for kind in DEFAULT_VOCABULARY.kinds.values() if kind.needs}

    assert needs == {
        "context": (Need.NOTE,),
        "definition": (Need.NOTE,),
        "source": (Need.SOURCE,),
        "check": (Need.NOTE, Need.SOURCE),
        "exaggeration": (Need.NOTE,),
        "rhetoric": (Need.TECHNIQUE,),
        "missing-context": (Need.NOTE, Need.SOURCE),
    }


def test_motivations_and_names_of_near_terms_are_those_of_others():
    for kind in DEFAULT_VOCABULARY.kinds.values():
        assert kind.motivation in MOTIVATIONS
        assert all(name.startswith("http") for name in kind.match)


def test_only_groups_about_the_words_themselves_mark_them():
    assert [group for group in Group if group.judges] == [Group.OPINION, Group.QUESTION, Group.KEY]
    assert [group for group in Group if group.shows_word] == [Group.OPINION, Group.QUESTION]


def test_an_article_is_one_of_twelve_types():
    assert len(ARTICLE_TYPES) == len(set(ARTICLE_TYPES)) == 12
