"""What the parser makes of a file, and what we add: strings, limits, places."""

import logging
import sys

import pytest

from mkdocs_annotate.exchange import bibtex
from mkdocs_annotate.exchange.biblatex import read_bibtex
from mkdocs_annotate.exchange.bibtex import NotInstalled, name_of, parse_bibtex, split_names


def parsed(text):
    return parse_bibtex(text)


def fields(text):
    (record,), faults = parsed(text)
    assert faults == []
    return record.fields


def test_an_entry_has_type_key_line_and_fields():
    records, faults = parsed("\n% a comment\n@Book{Quill.1794:a/b,\n  Title = {Bridges},\n}")

    assert faults == []
    (record,) = records
    assert (record.kind, record.key, record.line) == ("book", "Quill.1794:a/b", 3)
    assert record.fields == {"title": "Bridges"}


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff@book{a, title={T}}",
        "@book(a, title={T})",
        "@book{a,\r\n  title={T},\r\n}",
        "@comment{jabref-meta: {x}}\n@preamble{{x}}\nfree text\n@book{a, title={T}}",
        "@book{a, title={T}, }",
    ],
)
def test_forms_that_other_programs_write(text):
    assert fields(text) == {"title": "T"}


def test_fields_that_nobody_reads_are_nobodys_trouble():
    assert fields("@book{a, title={T}, file=x, file={" + "x" * 30_000 + "}}") == {"title": "T"}


def test_strings_that_double_each_other_come_to_an_end():
    text = "@string{a0 = {xxxxxxxxxx}}\n" + "".join(
        f"@string{{a{n} = a{n - 1} # a{n - 1}}}\n" for n in range(1, 60)
    )

    records, faults = parsed(f"{text}@book{{a, title = a59}}\n@book{{b, title={{T}}}}")

    assert "has more than 20,000 characters" in faults[0].message
    assert records[1].fields == {"title": "T"}


def test_a_file_may_not_have_more_entries_than_can_be_read():
    records, (fault,) = parsed("@book{" * 100_001)

    assert records == []
    assert fault.message == "the file has more than 100,000 entries"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@",
        "@book",
        "@book{",
        "@book{" * 5_000,
        "@string{a={" * 5_000,
        "@book{a, title={" + "{" * 50_000,
        "@book{a, title={" + "{" * 50_000 + "}" * 50_000 + "}}",
        '@book{a, title="' + '"' * 50_000,
        "@book{a," + "x=y," * 5_000 + "}",
        "\x00\x01\ud800@book{\x00, \x00=\x00}",
        "@book{a, title=" + "a # " * 20_000 + "}",
        "@book{a, title=" + '"" # ' * 50_000 + "{}}",
        "@string{a=a}@book{a, title=a}",
    ],
)
def test_no_text_raises(text):
    records, faults = parsed(text)

    assert all(record.key == record.key.strip() for record in records)
    assert all(fault.line > 0 and fault.hint for fault in faults)


def test_the_parser_tells_nobody_but_us(caplog):
    with caplog.at_level(logging.DEBUG):
        parsed("@book{a, title={T}\n@book{")

    assert caplog.records == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Quill, Ada and Jan van der Berg",
            [("Ada", "", "Quill", ""), ("Jan", "van der", "Berg", "")],
        ),
        (
            "{Barnes and Noble} and others",
            [("", "", "{Barnes and Noble}", ""), ("", "", "others", "")],
        ),
        ("King, Jr., Ann", [("Ann", "", "King", "Jr.")]),
    ],
)
def test_names_are_taken_apart(text, names):
    assert [name_of(one) for one in split_names(text)] == names


def test_without_the_parser_it_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "bibtexparser.entrypoint", None)

    with pytest.raises(NotInstalled):
        parsed("@book{a, title={T}}")
    assert "mkdocs-annotate[bibtex]" in bibtex.INSTALL


def test_a_long_chain_of_references_ends_early():
    count = 300
    text = "\n".join(f"@book{{k{n}, title={{T}}, crossref={{k{n + 1}}}}}" for n in range(count))
    entries = read_bibtex(f"{text}\n@book{{k{count}, title={{T}}, publisher={{P}}}}")

    assert entries.problems == entries.parts == []
    with_publisher = [key for key, one in entries.sources.items() if "publisher" in one.fields]
    assert with_publisher == [f"k{count - n}" for n in range(4, -1, -1)]
