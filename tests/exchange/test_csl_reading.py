import pytest

from mkdocs_annotate.exchange.csl_reading import read_csl
from mkdocs_annotate.exchange.imported import parse_json


def read(**values):
    return read_csl([{"id": "x", "type": "book", "title": "t", **values}]).sources["x"].fields


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [["2024", "3"]]}, "2024-03"),
        ({"date-parts": [[1850]], "circa": True}, "1850~"),
        ({"literal": "in press"}, "in press"),
        ({"date-parts": [[None]]}, ""),
        (None, ""),
    ],
)
def test_dates_are_never_surer_than_they_are(issued, date):
    assert read(issued=issued).get("date", "") == date


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("issued", {"literal": "Michaelmas 1780"}),
        ("issued", {"date-parts": [[2024, 44]]}),
        ("accessed", {"date-parts": [[2024]], "circa": 1}),
        ("author", [{"invented": "Quill"}]),
        ("URL", "javascript:alert(1)"),
        ("DOI", "none"),
    ],
)
def test_a_value_that_cannot_be_read_is_told_with_its_place(name, value):
    entries = read_csl([{"id": "x", "type": "book", "title": "t", name: value}], "a.json")

    (problem,) = entries.parts
    assert (problem.position.file, problem.rule.value) == ("a.json", "bad-value")
    assert problem.hint


def test_variables_that_nothing_is_made_of_are_named_with_the_line_of_the_first():
    text = """[
      {"id": "x", "type": "book", "title": "t", "invented": 1, "custom": {"colour": "red"}},
      {"id": "y", "type": "odd", "title": "t", "invented": {"a": [2]}, "empty": [null, ""]},
      {"id": "z", "type": "book", "title": "t", "volume": {"a": 1}, "ISBN": "1", "ISBN": "2"}
    ]"""
    entries = read_csl(parse_json(text), "a.json")

    assert entries.problems == entries.parts == []
    (problem,) = entries.unread_fields
    assert str(problem.position) == "a.json:2:7"
    assert problem.message == (
        "these fields are not used: `invented` (2 times, first in line 2), "
        "`custom.colour` (line 2), `type` (line 3), `volume` (line 4), "
        "`ISBN (again)` (line 4)"
    )


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ({"family": "Gogh", "non-dropping-particle": "van", "given": "Vera"}, "van Gogh, Vera"),
        ({"family": "King", "given": "Ann", "suffix": "Jr."}, "King, Ann Jr."),
        ({"literal": "County, The"}, "{County, The}"),
        ({"family": "Plato"}, "Plato"),
        ({"family": "Mao", "given": "Zedong", "static-ordering": True}, "Mao Zedong"),
        ("Ada Quill", "Ada Quill"),
    ],
)
def test_names_in_all_their_forms(author, name):
    assert read(author=[author])["author"] == name


@pytest.mark.parametrize(
    ("values", "absent"),
    [
        ({"URL": "javascript:alert(1)"}, "url"),
        ({"DOI": "none"}, "doi"),
        ({"archive_location": "Box 12"}, "archive_url"),
        ({"language": "Klingonisch"}, "language"),
        ({"type": "invented"}, "type"),
        ({"custom": {"role": "hero"}}, "role"),
        ({"custom": "x"}, "role"),
    ],
)
def test_what_a_source_cannot_hold_is_left_out(values, absent):
    assert absent not in read(**values)


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ([{"id": "x", "type": "book"}], "the source `x` has no title"),
        ([{"id": " ", "type": "book", "title": "t"}], "the source “t” has no key"),
        (
            [{"id": "x", "type": "book", "title": "t"}, {"id": "x", "type": "a", "title": "u"}],
            "the key `x` stands twice in the file; “u” is left out",
        ),
        ([{"id": "x", "type": "book", "title": "t"}, 3], "item no. 2 is not a source"),
    ],
)
def test_what_is_skipped_has_its_name_and_reason(items, reason):
    assert [skip.reason for skip in read_csl(items).imported.skipped] == [reason]


def test_languages_in_words_are_understood_and_others_go_along():
    def item(language):
        return read_csl({"id": "x", "type": "book", "title": "t", "language": language}).sources[
            "x"
        ]

    assert item("English").fields["language"] == "en"
    assert item("en_US").fields["language"] == "en-US"
    assert item("Klingonisch").extra == {"language": "Klingonisch"}


def test_editors_and_the_place_in_a_journal_are_fields():
    given = {"editor": [{"family": "Quill"}], "translator": [{"family": "X"}], "volume": 3}
    given |= {"page": "4-5", "edition": "2", "collection-title": "S", "number": "7", "issue": "8"}

    assert read(**given) == {
        "type": "book",
        "title": "t",
        "editor": "Quill",
        "translator": "X",
        "series": "S",
        "edition": "2",
        "volume": "3",
        "pages": "4–5",
        "number": "7",
    }
    assert read(**given | {"type": "article-journal"})["number"] == "8"


def test_an_id_may_be_a_number_and_a_title_have_tags():
    found = read_csl({"id": 17, "type": "book", "title": "The <i>Marigold</i> &amp; 3 < 4"})

    assert found.sources["17"].fields["title"] == "The Marigold & 3 < 4"


def test_the_archive_of_a_copy_is_told_once():
    archive = {"archive": "Elsewhere", "archive_location": "https://perma.cc/X"}
    entry = read_csl([{"id": "x", "type": "book", "title": "T", **archive}]).sources["x"]

    assert entry.fields["archive_url"] == "https://perma.cc/X"
    assert entry.extra == {}


def test_lines_on_top_of_a_note_are_variables_and_a_programs_own_are_told():
    note = (
        "PMID: 123\nOriginal Date: 1850\nCitation Key: berg\ntex.ids: old\nPaid by *us*.\nDOI: none"
    )
    entries = read_csl([{"id": "x", "type": "book", "title": "t", "note": note}], "a.json")

    entry = entries.sources["x"]
    assert entry.fields["note"] == "Paid by *us*.\nDOI: none"
    assert entry.extra["PMID"] == "123"
    assert entry.extra["original-date"] == {"date-parts": [[1850]]}
    assert entry.extra["citation-key"] == "berg"
    assert entries.unread.names == "`note: tex.ids` (line 1)"


@pytest.mark.parametrize(
    "note", ["Paid by us.", "Note: see there", "http://x.example", 3, "Owner:"]
)
def test_other_notes_stay(note):
    assert read(note=note)["note"] == str(note)


def test_a_variable_of_the_item_counts_before_a_line_of_its_note():
    fields = read(note="DOI: 10.1000/1\npublisher: Other", DOI="10.1000/182")

    assert (fields["doi"], fields["publisher"]) == ("10.1000/182", "Other")
    assert "note" not in fields
