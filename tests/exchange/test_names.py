"""Names as reference managers write them: Zotero with Better BibTeX, JabRef, Mendeley."""

import pytest

from mkdocs_annotate.exchange.names import csl_name, read_bibtex_names, read_csl_name, written_name


@pytest.mark.parametrize(
    "text",
    ["{", "}", "{{}", "family=", "=", ",", ";", " and ", "and and", '"', "," * 5_000, "{" * 5_000],
)
def test_no_text_raises(text):
    assert isinstance(read_bibtex_names(text), list)


def test_a_thousand_names_are_read():
    assert len(read_bibtex_names(" and ".join(f"Quill, A{n}" for n in range(1_000)))) == 1_000


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Quill, Ada", {"family": "Quill", "given": "Ada"}),
        ("Harbour Office", {"literal": "Harbour Office"}),
        ("{County, The}", {"literal": "County, The"}),
    ],
)
def test_names_leave_and_come_back(written, name):
    assert csl_name(written) == name
    assert read_csl_name(name) == written


def test_a_comma_in_a_part_keeps_a_name_whole():
    assert written_name("Quill, the elder", "Ada") == "{Ada Quill, the elder}"
    assert read_csl_name(None) == read_csl_name({}) == ""
