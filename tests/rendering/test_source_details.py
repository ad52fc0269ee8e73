import pytest

from mkdocs_annotate.rendering.bibliography import FIRST_NAMES, details_of, people_of
from mkdocs_annotate.rendering.translations import languages, wording_of
from mkdocs_annotate.sidecar.decoding import parse_sources

ENGLISH = wording_of("en")


def source(**fields):
    lines = "".join(f"  {name}: {value}\n" for name, value in fields.items())
    read, problems = parse_sources(f"a:\n  title: T\n{lines}", "a.yml")
    assert problems == []
    return read["a"]


@pytest.mark.parametrize(
    ("fields", "people", "details"),
    [
        ({"author": "Quill, Ada"}, "Ada Quill", ""),
        ({"editor": "Quill, Ada"}, "Ada Quill (ed.)", ""),
        ({"editor": "[Ada, Jo]"}, "Ada, Jo (eds.)", ""),
        ({"author": "Ada", "editor": "Jo"}, "Ada", "Edited by Jo"),
        ({"translator": "Jo", "container": "The Packet"}, "", "The Packet, translated by Jo"),
        ({"container": "eLife", "volume": 12, "number": 3, "pages": "45–67", "date": 1998},
         "", "eLife, vol. 12, no. 3, pp. 45–67, 1998"),
        ({"pages": 7}, "", "P. 7"),
        ({"edition": 2, "publisher": "Tarn"}, "", "Edition 2, Tarn"),
        ({"edition": "revised edition", "series": "S"}, "", "S, revised edition"),
        ({"date": "in press"}, "", "in press"),
    ],
)  # fmt: skip
def test_a_source_says_who_made_it_and_where_it_appeared(fields, people, details):
    described = source(**fields)

    assert people_of(described, ENGLISH) == people
    assert details_of(described, ENGLISH) == details


def test_of_very_many_names_the_first_are_shown():
    many = source(author=f"[{', '.join(f'A{n}' for n in range(3_000))}]")

    assert people_of(many, ENGLISH).endswith(f"A{FIRST_NAMES - 1}, et al.")


@pytest.mark.parametrize("language", languages())
def test_every_detail_has_words_in_every_language(language):
    described = source(
        author="Ada", editor="Jo", translator="Femi", edition=2, volume=3, number=4, pages=5
    )
    words = details_of(described, wording_of(language))

    for value in ("Jo", "Femi", "2", "3", "4", "5"):
        assert value in words
    assert "{" not in words
