import pytest

from mkdocs_annotate.exchange.imported import Target
from mkdocs_annotate.exchange.json_ld import address_of, is_a, names_in, quoted_target

QUOTE = {"type": "TextQuoteSelector", "exact": "x", "prefix": " a "}


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("oa:commenting", ["commenting"]),
        (["http://www.w3.org/ns/oa#tagging", None, "x"], ["tagging", "x"]),
        (None, []),
    ],
)
def test_terms_are_names_without_their_prefix(value, names):
    assert names_in(value) == names


def test_a_type_may_be_one_of_several():
    assert is_a({"@type": ["x", "oa:Annotation"]}, "Annotation", "Page")
    assert not is_a("Annotation", "Annotation")


@pytest.mark.parametrize("value", ["a", {"id": "a"}, {"@id": "a"}])
def test_a_resource_is_or_has_an_address(value):
    assert address_of(value) == "a"


def test_a_target_quotes_words_or_none():
    assert quoted_target({"selector": [{"type": "SvgSelector"}, QUOTE]}) == Target("x", " a ")
    assert quoted_target({"selector": "x"}) is None
    assert quoted_target("https://x.example") is None
