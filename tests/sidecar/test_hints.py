import pytest

from mkdocs_annotate.sidecar import format as shapes
from mkdocs_annotate.sidecar import hints
from mkdocs_annotate.sidecar.nodes import MappingNode, Node, parse_nodes

ID = shapes.ANNOTATION.fields["id"]
KIND = shapes.ANNOTATION.fields["kind"]
KEY = shapes.ARTICLE.fields["based_on"]
PLACE = "write `2 of 3` (the second of three places), or `all`"
DATE = "write a date like `2024-11-03`, or a part of one like `2024-11` or `2024`"
LANGUAGE = shapes.SOURCE.fields["language"]


def node(text) -> Node:
    root = parse_nodes(text, "a").root
    assert root is not None
    return root


def unknown(name, text, shape) -> hints.KeyHint:
    entry = node(text)
    assert isinstance(entry, MappingNode)
    return hints.for_unknown(name, entry, shape)


@pytest.mark.parametrize(
    ("text", "shape", "key", "hint"),
    [
        (
            "My Note",
            ID,
            "id",
            "write `my-note`: an id has small letters, digits, and single hyphens",
        ),
        ("--", ID, "id", "an id has small letters, digits, and single hyphens"),
        ("2 kinds", KIND, "kind", "a kind has small letters, digits and hyphens"),
        ("a, b", KIND, "kind", "choose one, or write an annotation for each"),
        ("a, b", KEY, "based_on", "write a list: `[a, b]`"),
        ("a, b c", KEY, "based_on", KEY.says),
        ("English", LANGUAGE, "language", "write a language tag like `fr` or `pt-BR`"),
        ("newz", shapes.ARTICLE.fields["type"], "type", "did you mean `news`?"),
        ("x", shapes.ANNOTATION.fields["voice"], "voice", "write one of `author`, `quoted`"),
        ("yes", shapes.Flag(), "draft", "write `true`"),
        ("Off", shapes.Flag(), "draft", "write `false`, or remove the line"),
        ("maybe", shapes.Flag(), "draft", "write `true` or `false`"),
        ("3 November 2024", shapes.When(), "date", "write `2024-11-03`"),
        ("Nov. 3rd, 2024", shapes.When(), "date", "write `2024-11-03`"),
        ("03.11.2024", shapes.When(), "date", "write `2024-11-03`"),
        ("23/11/2024", shapes.When(), "date", "write `2024-11-23`"),
        ("03/11/2024", shapes.When(), "date", DATE),
        ("Nov 3, 2024", shapes.When(), "date", "write `2024-11-03`"),
        ("November 2024", shapes.When(), "date", "write `2024-11`"),
        (
            "31 June 2024",
            shapes.When(),
            "date",
            "write a date like `2024-11-03`, or a part of one like `2024-11` or `2024`",
        ),
        (
            "2024-13-01",
            shapes.When(),
            "date",
            "did you mean `2024-01-13`? The month stands in the middle",
        ),
        ("2024-1-5", shapes.When(), "date", "write `2024-01-05`"),
        ("2024-1", shapes.When(), "date", "write `2024-01`"),
        ("2024-1", shapes.When(whole=True), "date", "write a date like `2024-11-03`"),
        ("2024-11", shapes.When(whole=True), "date", "write a date like `2024-11-03`"),
        ("2024-02-30", shapes.When(), "date", "the calendar has no such day"),
        ("0000", shapes.When(), "date", "the calendar has no such year or month"),
        ("2 / 3", shapes.Place(), "occurrence", "write `2 of 3`"),
        ("3 / 2", shapes.Place(), "occurrence", PLACE),
        ("ALL", shapes.Place(), "occurrence", "write `all`"),
        ("1, 2, 3", shapes.Place(), "occurrence", PLACE),
    ],
)
def test_a_text_that_says_nothing_is_told_what_would(text, shape, key, hint):
    assert hints.for_meaning(text, shape, key) == hint


@pytest.mark.parametrize(
    ("name", "text", "shape", "hint"),
    [
        ("noet", "noet: x", shapes.ANNOTATION, "did you mean `note`?"),
        ("Note", "Note: x", shapes.ANNOTATION, "did you mean `note`?"),
        ("comment", "comment: x", shapes.ANNOTATION, "did you mean `note`?"),
        ("based-on", "based-on: x", shapes.ARTICLE, "did you mean `based_on`?"),
        (
            "noet",
            "{noet: x, note: y}",
            shapes.ANNOTATION,
            "`note` stands in it already: remove one of the two",
        ),
        (
            "comment",
            "{comment: x, note: y}",
            shapes.ANNOTATION,
            "`note` stands in it already: join the two, or remove one",
        ),
        (
            "note\u00a0",
            '"note\u00a0": x',
            shapes.ANNOTATION,
            "it holds the invisible character U+00A0 no-break space: delete it",
        ),
        ("a b", "a b: x", shapes.ANNOTATION, "write `quote: a b` and, below it, `note: …`"),
        ("a", "a: x", shapes.CITATION, "write `source: a` and, below it, `locator: …`"),
        (
            "a",
            "a: {title: A}",
            shapes.CITATION,
            "remove `a:` and keep what is below it, or describe the source under `sources:` in "
            "column 1, and write its key here",
        ),
        (
            "title",
            "title: x",
            shapes.CITATION,
            "it describes a source: do so under `sources:` in column 1, or remove `source:` here",
        ),
        (
            "note",
            "note: x",
            shapes.CITATION,
            "it is a key of a source and an annotation: look at the indentation",
        ),
        (
            "locator",
            "locator: x",
            shapes.ANNOTATION,
            "it is a key of a citation: write `- source: …` and, below it, `locator: …`",
        ),
        (
            "annotations",
            "annotations: []",
            shapes.ARTICLE,
            "it is a key of the file: begin it in column 1",
        ),
        (
            "quote",
            "quote: x",
            shapes.SIDECAR,
            "write `annotations:` above it, indent the lines, and begin the first with `- `",
        ),
        (
            "kind",
            "kind: x",
            shapes.SIDECAR,
            "write it below `defaults:`, indented, and it holds for all",
        ),
        ("text", "text: x\nnote: y", shapes.ANNOTATION, "did you mean `quote`?"),
        (
            "text",
            "{text: x, quote: y, note: z}",
            shapes.ANNOTATION,
            "`note` stands in it already: join the two, or remove one",
        ),
        ("text", "text: x\nquote: y", shapes.ANNOTATION, "did you mean `note`?"),
        ("kid", "quote: x\nkid: opinion", shapes.ANNOTATION, "did you mean `kind`?"),
        ("accessdate", "accessdate: x", shapes.SOURCE, "did you mean `accessed`?"),
        ("archivedate", "archivedate: x", shapes.SOURCE, "did you mean `archive_date`?"),
        (
            "url",
            "quote: x\nurl: y",
            shapes.ANNOTATION,
            "it describes a source: write it below `sources:`, indented, with a `title`",
        ),
        (
            "text",
            "{text: }",
            shapes.CORRECTION,
            "a comma in braces begins a new key: put the text in quotes",
        ),
        ("x", "x: y", shapes.CORRECTION, "its keys are `date`, `text`"),
    ],
)
def test_an_unknown_key_is_told_where_it_belongs(name, text, shape, hint):
    assert unknown(name, text, shape).text == hint


def test_keys_of_one_slip_share_their_hint():
    fields = "quote: x\nnote: y"

    assert unknown("quote", fields, shapes.SIDECAR).shared
    assert unknown("quote", fields, shapes.SIDECAR) == unknown("note", fields, shapes.SIDECAR)


@pytest.mark.parametrize(
    ("text", "shape", "hint"),
    [
        ("a: b", shapes.ANNOTATION, "make it a list: write `- ` in place of `a:`"),
        ("quote: b", shapes.ANNOTATION, "make it a list: write `- quote: …`"),
        ("{}", shapes.ANNOTATION, "make it a list: write `- quote: …`"),
        (
            "words",
            shapes.CORRECTION,
            "make it a list: write `- date: …` and, below it, `text: …`",
        ),
    ],
)
def test_what_is_no_list_is_told_how_to_be_one(text, shape, hint):
    assert hints.for_list(node(text), shape) == hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("- quote: x", "if these are annotations, write `annotations:` in place of `sources:`"),
        ("- title: x", "write a key of your choice in place of each `- `, such as `minutes:`"),
        ("- x", "write a key of your choice in place of each `- `, such as `minutes:`"),
        ("x", "write a key of your choice below it, and below that `title: …`"),
    ],
)
def test_sources_without_keys_are_told_how_to_get_them(text, hint):
    assert hints.for_entries(node(text)) == hint


@pytest.mark.parametrize("shape", shapes.RECORDS, ids=lambda shape: shape.called)
def test_every_entry_has_a_hint_for_what_stands_in_its_place(shape):
    assert hints.for_record(node("words"), shape)


def test_an_address_in_place_of_a_source_goes_below_its_key():
    assert hints.for_record(node("www.example.org"), shapes.SOURCE) == (
        "write it below the key as `url: …`, with a `title: …`"
    )


@pytest.mark.parametrize(
    ("text", "key", "hint"),
    [
        ("a: b", "note", "write a text; if a colon belongs to it, put all of it in quotes"),
        ("- a", "note", "write `note: |`, and the list below it, indented"),
        ("- a", "quote", "give each passage an annotation of its own"),
        ("- a", "by", "write one text in place of the list"),
    ],
)
def test_a_list_in_place_of_a_text(text, key, hint):
    assert hints.for_text(node(text), shapes.ANNOTATION.fields[key], key) == hint


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("my book", "write it without spaces: `my-book`"),
        ("", "use a word without spaces"),
        ("a" * 2_000, "use a word without spaces"),
    ],
)
def test_a_key_of_a_source_has_no_spaces(name, hint):
    assert hints.for_key(name) == hint


def test_nodes_are_called_what_writers_call_them():
    assert [hints.called(node(text)) for text in ("a", "- a", "a: b")] == [
        "a text",
        "a list",
        "an entry with keys",
    ]
    assert hints.listed(["a", "b"]) == "`a`, `b`"


def test_what_is_too_long_is_told_how_to_be_shorter():
    assert hints.shorter("prefix") == "32 characters do"
    assert hints.shorter("by") == "shorten it"


def test_an_entry_of_a_list_may_belong_to_the_one_above():
    entry = node("note: x")
    assert isinstance(entry, MappingNode)
    assert hints.for_missing("quote", entry, further=False) == "add `quote: …`"
    assert hints.for_missing("quote", entry, further=True) == (
        "add `quote: …`, or, if it goes on with the entry above, remove its `- `"
    )
