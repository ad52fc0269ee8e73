import re

import pytest

from mkdocs_annotate.model.vocabulary import (
    DEFAULT_VOCABULARY,
    MOTIVATIONS,
    PACKS,
    Group,
    with_packs,
)
from mkdocs_annotate.rendering.translations import languages, words_in


def test_without_packs_a_site_has_the_default_kinds_and_any_technique():
    assert with_packs(()) == DEFAULT_VOCABULARY
    assert with_packs(()).techniques == {}


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        (
            "wikipedia-inline",
            {
                "failed-verification": Group.QUESTION,
                "disputed": Group.QUESTION,
                "better-source": Group.QUESTION,
                "neutrality-disputed": Group.OPINION,
                "editorializing": Group.OPINION,
            },
        ),
        ("hedge", {"hedge": Group.CONTEXT}),
        ("reported-fact", {"reported-fact": Group.SOURCE}),
        ("attribution-verb", {"attribution-verb": Group.OPINION}),
        ("key-point", {"key-point": Group.KEY}),
        (
            "documentation",
            {
                "deprecated": Group.CONTEXT,
                "version-note": Group.CONTEXT,
                "caveat": Group.CONTEXT,
                "provenance": Group.SOURCE,
            },
        ),
        ("semeval-2023", {}),
    ],
)
def test_a_pack_adds_its_kinds_behind_the_default_ones(name, groups):
    kinds = with_packs([name]).kinds

    assert list(kinds) == [*DEFAULT_VOCABULARY.kinds, *groups]
    assert {id_: kinds[id_].group for id_ in groups} == groups


def test_no_two_packs_mean_different_things_by_one_id():
    ids = [kind.id for pack in PACKS.values() for kind in pack.kinds]

    assert len({*ids, *DEFAULT_VOCABULARY.kinds}) == len(ids) + len(DEFAULT_VOCABULARY.kinds)
    assert all(re.fullmatch("[a-z][a-z0-9-]*", id_) for id_ in ids)


def test_semeval_has_twenty_three_techniques_that_imply_a_kind():
    techniques = with_packs(["semeval-2023"]).techniques

    assert len(techniques) == 23
    assert {id_: one.kind for id_, one in techniques.items() if not one.own_words} == {
        "name-calling-labeling": "name-calling",
        "loaded-language": "loaded-language",
        "exaggeration-minimisation": "exaggeration",
    }
    assert {one.kind for one in techniques.values()} <= set(DEFAULT_VOCABULARY.kinds)


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("language", languages())
def test_every_pack_has_its_words_in_every_language(language, name):
    words = words_in(language)
    stop = words["signs.stop"]

    for kind in PACKS[name].kinds:
        assert kind.motivation in MOTIVATIONS
        base = f"kinds.{kind.id}"
        assert words[f"{base}.label"]
        assert words[f"{base}.word"]
        assert words[f"{base}.definition"].endswith(stop)
    for technique in PACKS[name].techniques:
        base = f"techniques.{technique.id}"
        assert (f"{base}.label" in words) == technique.own_words
        if technique.own_words:
            assert words[f"{base}.definition"].endswith(stop)
