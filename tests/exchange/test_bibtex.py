"""What the parser makes of a file, and what we add: strings, limits, places."""

import logging
import sys

import pytest

from mkdocs_annotate.exchange import bibtex
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
    ("text", "title"),
    [
        ("{Bridges}", "Bridges"),
        ('"Bridges"', "Bridges"),
        ('"The {"}old{"} bridge"', 'The {"}old{"} bridge'),
        ("{a {nested} one}", "a {nested} one"),
        ('{A} # " B" # { C}', "A B C"),
        ("1794", "1794"),
        ("town # { bridge}", "Brennick bridge"),
        ("TOWN", "Brennick"),
        ("twice", "Brennick, Brennick"),
        ("{me@example.org, @book{x}}", "me@example.org, @book{x}"),
        (r"{a \{ brace}", r"a \{ brace"),
    ],
)
def test_values_are_put_together(text, title):
    strings = '@string{town = "Brennick"}\n@string(twice = town # ", " # town)\n'

    assert fields(f"{strings}@book{{a, title = {text}}}")["title"] == title


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


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("@book{a, title={T}\n@book{b, title={U}}", 1, "an entry that is not valid BibTeX"),
        ("@book{b, title={U}}\n@book{title={T}}", 2, "an entry that is not valid BibTeX"),
        ("@book{b, title={U}}\n\n@book{a, title={T", 3, "an entry that is not valid BibTeX"),
        ("@book{b, title={U},\n year=}", 2, "`year` has no value that can be read"),
        ("@book{b, title={U},\n year={2020} month=nov}", 2, "`year` has no value that"),
        ("@book{b, title={U},\n month=monday}", 2, "names `monday`, which no @string defines"),
        ('@book{b, title={U},\n year="a{b"}', 2, "`year` has braces that don't match"),
        ("@book{b, title={U},\n title={V}}", 2, "`title` stands twice in an entry"),
    ],
)
def test_what_is_broken_is_told_and_the_rest_stands(text, line, said):
    records, (fault,) = parsed(text)

    assert fault.line == line
    assert said in fault.message
    assert [(record.key, record.fields) for record in records] == [("b", {"title": "U"})]


def test_the_same_field_twice_alike_is_no_mistake():
    assert fields("@book{a, title={T}, title={T}}") == {"title": "T"}


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
