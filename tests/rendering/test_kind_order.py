import pytest

from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY
from mkdocs_annotate.rendering.translations import collated, kind_order, wording_of


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ångström", "angstrom"),
        ("“The” end", "the” end"),
        ("…", ""),
        ("", ""),
        ("Straße", "strasse"),
    ],
)
def test_accents_case_and_leading_signs_do_not_sort(text, key):
    assert collated(text) == key


def test_kinds_come_by_group_then_by_the_label_of_the_language():
    names = ("check", "exaggeration", "rhetoric", "source", "opinion")
    kinds = [DEFAULT_VOCABULARY.kinds[name] for name in names]

    def ordered(language):
        words = wording_of(language)
        return [kind.id for kind in sorted(kinds, key=lambda kind: kind_order(kind, words))]

    # Overstatement comes before Persuasion, Überzeichnung behind Rhetorik.
    assert ordered("en") == ["opinion", "exaggeration", "rhetoric", "check", "source"]
    assert ordered("de") == ["opinion", "rhetoric", "exaggeration", "check", "source"]
