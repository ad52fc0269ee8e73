"""Names as reference managers write them: Zotero with Better BibTeX, JabRef, Mendeley."""

import pytest

from mkdocs_annotate.exchange.names import csl_name, read_bibtex_names, read_csl_name, written_name

FORMS = {
    "family=Meij, given=Vincent, prefix=van der, useprefix=true": ["van der Meij, Vincent"],
    "family={Meij}, given={Vincent}, prefix={van der}, useprefix=false and Quill, Ada": [
        *("van der Meij, Vincent", "Quill, Ada"),
    ],
    "given={Jean Pierre}, prefix=de, suffix=Jr, family={La Fontaine}, given-i={JP}": [
        "de La Fontaine, Jean Pierre Jr"
    ],
    '"family=Meij", "given=V"': ["Meij, V"],
    "family={County, The}, given=A": ["{A County, The}"],
    "van der Meij, Vincent": ["van der Meij, Vincent"],
    "{van der Meij}, Vincent": ["van der Meij, Vincent"],
    r"{\relax van} Meij, V.": ["van Meij, V."],
    "Jean de la Fontaine": ["de la Fontaine, Jean"],
    "Quill, Ada and {Harbour Office} and others": ["Quill, Ada", "Harbour Office", "et al."],
    "{{Harbour Office}}": ["Harbour Office"],
    "{Quill and Sons}": ["Quill and Sons"],
    "{County, The}": ["{County, The}"],
    "Quill, A., et al.": ["Quill, A.", "et al."],
    "Quill, A. et al": ["Quill, A.", "et al."],
    r"Quill, A. \emph{et al.}": ["Quill, A.", "et al."],
    "Quill, Ada and et al.": ["Quill, Ada", "et al."],
    "Quill, Ada; Iames, Jo; Follis, F.": ["Quill, Ada", "Iames, Jo", "Follis, F."],
    "King, Jr., Ann": ["King, Ann Jr."],
    "Ann King, Jr.": ["{Ann King, Jr.}"],
    "King, III, Ann": ["King, Ann III"],
    r"{\'E}mile Zola": ["Zola, Émile"],
    "Plato": ["Plato"],
    "Quill, Ada and": ["Quill, Ada"],
    "and others": ["et al."],
    "Quill, Ada And Iames, Jo": ["Quill, Ada", "Iames, Jo"],
    "others": ["et al."],
    " ": [],
}


@pytest.mark.parametrize(("text", "names"), FORMS.items())
def test_names_in_every_form(text, names):
    assert read_bibtex_names(text) == names


@pytest.mark.parametrize(
    "text", [r"Quill, Ada \& Iames, Jo", "Quill, A., Iames, J., Follis, F.", "A, B, C, D"]
)
def test_what_has_no_known_form_stays_as_it_was_written(text):
    assert read_bibtex_names(text) == ["{" + text.replace("\\", "") + "}"]


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
