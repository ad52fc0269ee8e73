"""One change, and every other byte as it was."""

import difflib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.model.problems import Position
from mkdocs_annotate.sidecar import editing
from mkdocs_annotate.sidecar.editing import EditSession, Uneditable, open_session
from mkdocs_annotate.sidecar.nodes import parse_nodes

TEXT = """# top
annotations:   # list
  # first
  - quote: one   # c1
    note: >-
      folded
      text

  # second
  - note: |
      literal: text

      more
    quote: 'it''s two'
  - {quote: three, note: "y"}
  -   "quote" : four
      note: x
# end
"""
PLACES = {"one": (4, 12), "two": (14, 12), "three": (15, 13), "four": (16, 17)}


def text_after(text, edit, *values):
    session = EditSession(text, "a.yml")
    getattr(session, edit)(*values)
    return session.text


def without_annotation(text, *place):
    session = EditSession(text, "a.yml")
    session.remove_annotation(session.number_at(Position("a.yml", *place)))
    return session.text


def change(entry, key, value, text=TEXT):
    return text_after(text, "set_values", Position("a.yml", *PLACES[entry]), {key: value})


def changed_lines(text, other=TEXT):
    return [
        line for line in difflib.ndiff(other.splitlines(), text.splitlines()) if line[0] in "+-"
    ]


@pytest.mark.parametrize(
    ("entry", "key", "value", "lines"),
    [
        ("one", "quote", "uno", ["-   - quote: one   # c1", "+   - quote: uno   # c1"]),
        ("one", "quote", "a: b", ["-   - quote: one   # c1", '+   - quote: "a: b"   # c1']),
        ("one", "quote", 'a "b"', ["-   - quote: one   # c1", '+   - quote: a "b"   # c1']),
        ("one", "quote", '"b"', ["-   - quote: one   # c1", "+   - quote: '\"b\"'   # c1"]),
        ("one", "prefix", "as ", ['+     prefix: "as "']),
        ("one", "note", "other", ["-       folded", "-       text", "+       other"]),
        ("two", "quote", "it's 2", ["-     quote: 'it''s two'", "+     quote: 'it''s 2'"]),
        ("two", "suffix", "z", ["+     suffix: z"]),
        (
            "two",
            "note",
            "a\nb",
            [
                "-   - note: |",
                "-       literal: text",
                "-",
                "-       more",
                "+   - note: |-",
                "+       a",
                "+       b",
            ],
        ),
        (
            "three",
            "quote",
            "a, b",
            ['-   - {quote: three, note: "y"}', '+   - {quote: "a, b", note: "y"}'],
        ),
        (
            "three",
            "suffix",
            "z",
            ['-   - {quote: three, note: "y"}', '+   - {quote: three, note: "y", suffix: z}'],
        ),
        ("four", "suffix", "\u00a0z", ['+       suffix: "\\u00A0z"']),
    ],
)
def test_a_change_touches_only_the_lines_it_must(entry, key, value, lines):
    told = [line.rstrip() for line in changed_lines(change(entry, key, value))]

    assert sorted(told) == sorted(lines)


def test_line_ends_and_byte_order_mark_are_kept():
    text = "\ufeff" + TEXT.replace("\n", "\r\n")

    edited = change("one", "prefix", "as ", text)

    assert edited.startswith("\ufeff# top\r\n")
    assert edited.count("\r\n") == edited.count("\n") == text.count("\n") + 1


def test_a_place_where_no_quote_stands_any_more_is_refused():
    with pytest.raises(Uneditable, match="is no longer here"):
        text_after(TEXT, "set_values", Position("a.yml", 1, 1), {"quote": "x"})


def test_a_text_with_problems_is_refused():
    with pytest.raises(Uneditable, match=r"correct this first: a\.yml:2:"):
        change("one", "quote", "x", TEXT.replace("# list", "&anchor"))


def test_a_text_that_is_no_sidecar_is_refused():
    with pytest.raises(Uneditable, match="is no sidecar"):
        text_after("- x\n", "set_values", Position("a.yml", 1, 1), {"quote": "x"})
    with pytest.raises(Uneditable, match="is no sidecar"):
        text_after("- x\n", "add_annotations", [{"quote": "x"}])


def test_a_value_that_is_no_text_is_refused():
    text = "annotations:\n  - quote: one\n    sources: [a, b]\n"

    with pytest.raises(Uneditable, match="type it yourself: `sources: c`"):
        text_after(text, "set_values", Position("a.yml", 2, 12), {"sources": "c"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "annotations:\n  - quote: new\n    note: n\n"),
        ("# only a comment\n", "# only a comment\nannotations:\n  - quote: new\n    note: n\n"),
        (
            "sources:\n  a: {title: A}",
            "sources:\n  a: {title: A}\nannotations:\n  - quote: new\n    note: n\n",
        ),
        ("annotations: []\n", "annotations:\n  - quote: new\n    note: n\n"),
        (
            "annotations:\n- quote: a\n  note: b\n",
            "annotations:\n- quote: a\n  note: b\n\n- quote: new\n  note: n\n",
        ),
        (
            "annotations: [{quote: a, note: b}]\n",
            "annotations: [{quote: a, note: b}, {quote: new, note: n}]\n",
        ),
    ],
)
def test_an_annotation_is_added_at_the_end_of_the_list(text, expected):
    assert text_after(text, "add_annotations", [{"quote": "new", "note": "n"}]) == expected


def test_an_added_annotation_keeps_the_lists_layout_and_the_comments_behind_it():
    edited = text_after(TEXT, "add_annotations", [{"quote": "new", "note": "n"}])

    assert edited.endswith("      note: x\n\n  - quote: new\n    note: n\n# end\n")


VALUES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), min_size=1, max_size=40
).filter(lambda value: value.strip())


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.sampled_from(sorted(PLACES)), st.sampled_from(["quote", "note", "prefix"]), VALUES)
def test_whatever_is_written_is_read_back_and_nothing_else_changes(entry, key, value):
    def tree(text):
        document = parse_nodes(text, "a.yml")
        assert not document.problems
        _, annotations = document.root.entries["annotations"]
        return [
            {k: node.text for k, (_, node) in item.entries.items()} for item in annotations.items
        ]

    before = tree(TEXT)
    try:
        after = tree(change(entry, key, value))
    except Uneditable:
        return

    index = sorted(PLACES, key=PLACES.get).index(entry)
    before[index][key] = value
    assert after == before


FULL = {
    "quote": "new",
    "note": "One.\n\n- two\n- three",
    "sources": [{"source": "a", "locator": "p. 3"}, {"source": "b"}],
    "tags": ["x", "y: z"],
}
WRITTEN = """\
  - quote: new
    note: |-
      One.

      - two
      - three
    sources:
      - source: a
        locator: p. 3
      - source: b
    tags:
      - x
      - "y: z"
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "annotations:\n" + WRITTEN),
        ("annotations:\n  - quote: a # b\n", "annotations:\n  - quote: a # b\n\n" + WRITTEN),
        (
            "annotations: [{quote: a}]\n",
            'annotations: [{quote: a}, {quote: new, note: "One.\\n\\n- two\\n- three", sources:'
            ' [{"source": "a", "locator": "p. 3"}, {"source": "b"}], tags: ["x", "y: z"]}]\n',
        ),
    ],
)
def test_an_annotation_may_have_lists_and_texts_of_several_lines(text, expected):
    assert text_after(text, "add_annotations", [FULL]) == expected


def test_several_annotations_are_parted_by_blank_lines_in_a_new_list():
    entries = [{"quote": "a", "note": "n"}, {"quote": "b", "note": "n"}]

    assert text_after("# x\n", "add_annotations", entries) == (
        "# x\nannotations:\n  - quote: a\n    note: n\n\n  - quote: b\n    note: n\n"
    )


@pytest.mark.parametrize(
    "value",
    ["a\u2028b", "\u200bx", "a\n  b", "a \nb", "a\tb\n", "\n", "- a", "#x"],
)
def test_a_text_is_written_in_a_form_that_says_it(value):
    text = text_after("", "add_annotations", [{"quote": "x", "note": value}])

    assert text_after(text, "add_annotations", [{"quote": value, "note": value}]).startswith(
        text[:-1]
    )


SOURCE = {"new": {"title": "T", "author": ["A", "B, C"]}}
LINES = "  new:\n    title: T\n    author:\n      - A\n      - B, C\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "sources:\n" + LINES),
        ("# x", "# x\nsources:\n" + LINES),
        ("article:\n  type: news\n", "article:\n  type: news\nsources:\n" + LINES),
        (
            "# head\n\n# passages\nannotations:\n- quote: x\n",
            f"# head\n\nsources:\n{LINES}\n# passages\nannotations:\n- quote: x\n",
        ),
        (
            "# head\nannotations:\n- quote: x\n",
            f"# head\nsources:\n{LINES}\nannotations:\n- quote: x\n",
        ),
        (
            "sources:\n  a:\n    title: A # b\n\nannotations:\n- quote: x\n",
            f"sources:\n  a:\n    title: A # b\n{LINES}\nannotations:\n- quote: x\n",
        ),
        (
            "sources: {a: {title: A}}\n",
            'sources: {a: {title: A}, "new": {title: T, author: ["A", "B, C"]}}\n',
        ),
        ("sources:\nannotations: []\n", f"sources:\n{LINES[:-1]}\nannotations: []\n"),
        (
            "sources:\r\n  a: {title: A}\r\n",
            "sources:\r\n  a: {title: A}\r\n" + LINES.replace("\n", "\r\n"),
        ),
    ],
)
def test_sources_are_added_behind_the_last_one_or_above_the_annotations(text, expected):
    assert text_after(text, "add_sources", SOURCE) == expected


def test_sources_of_another_shape_are_left_alone():
    with pytest.raises(Uneditable, match="type it yourself: `new:`"):
        text_after("sources:\n- a\n", "add_sources", SOURCE)


SOURCES = """# ours
sources:
  minutes:   # of May
    title: Minutes
    note: |
      Two
      lines

    url: https://a.example   # there
  survey: {title: Survey, doi: "10.1000/1"}
  'odd key': {title: x}
  bare:
    title: "x"
annotations: []
"""
KEYS = {"minutes": (3, 3), "survey": (10, 3), "odd key": (11, 3), "bare": (12, 3)}


@pytest.mark.parametrize(
    ("source", "key", "value", "lines"),
    [
        ("minutes", "url_status", "dead", ["+     url_status: dead"]),
        ("minutes", "title", "a: b", ["-     title: Minutes", '+     title: "a: b"']),
        (
            "survey",
            "archive_url",
            "https://b.example/a,b",
            [
                '-   survey: {title: Survey, doi: "10.1000/1"}',
                '+   survey: {title: Survey, doi: "10.1000/1", archive_url: "https://b.example/a,b"}',
            ],
        ),
        (
            "odd key",
            "url_status",
            "dead",
            ["-   'odd key': {title: x}", "+   'odd key': {title: x, url_status: dead}"],
        ),
        ("bare", "url_status", "dead", ["+     url_status: dead"]),
    ],
)
@pytest.mark.parametrize("alone", [False, True], ids=["sidecar", "file of sources"])
def test_a_source_is_changed_where_its_key_stands(source, key, value, lines, alone):
    text = SOURCES
    line, column = KEYS[source]
    if alone:
        # In a file of its own the line `sources:` may be missing.
        text = text.replace("sources:\n", "").replace("annotations: []\n", "").replace("\n  ", "\n")
        line, column = line - 1, column - 2
        lines = [line[:2] + line[4:] for line in lines]

    edited = text_after(text, "set_values", Position("a.yml", line, column), {key: value})

    told = [line.rstrip() for line in changed_lines(edited, text)]
    assert sorted(told) == sorted(line.rstrip() for line in lines)


def test_a_new_key_of_a_source_goes_behind_its_copy_or_its_address():
    text = text_after(
        SOURCES, "set_values", Position("a.yml", 3, 3), {"archive_url": "https://b.example"}
    )
    text = text_after(text, "set_values", Position("a.yml", 3, 3), {"url_status": "dead"})

    assert (
        "    url: https://a.example   # there\n"
        "    archive_url: https://b.example\n"
        "    url_status: dead\n"
        "  survey:"
    ) in text


INLINE = """annotations:
  - quote: one
    sources: {title: A, url: "https://a.example"}
  - quote: two
    sources:
      - minutes
      - title: B
        url: https://b.example
        locator: p. 3
"""


@pytest.mark.parametrize(
    ("place", "lines"),
    [
        (
            (3, 14),
            [
                '-     sources: {title: A, url: "https://a.example"}',
                '+     sources: {title: A, url: "https://a.example", url_status: dead}',
            ],
        ),
        ((7, 9), ["+         url_status: dead"]),
    ],
)
def test_a_source_described_where_it_is_cited_is_changed_there(place, lines):
    text = text_after(INLINE, "set_values", Position("a.yml", *place), {"url_status": "dead"})

    added = [line for line in changed_lines(text, INLINE) if line[0] in "+-"]
    assert added == lines


FLOW = """annotations: [
  {quote: one, note: x},   # first
  {quote: two, note: y}%s   # last
]
"""


@pytest.mark.parametrize("comma", ["", ","])
def test_a_list_in_brackets_over_several_lines_gets_a_line_more(comma):
    text = text_after(FLOW % comma, "add_annotations", [{"quote": "three", "note": "a: b"}])

    assert text.splitlines()[1:] == [
        "  {quote: one, note: x},   # first",
        "  {quote: two, note: y},   # last",
        '  {quote: three, note: "a: b"}',
        "]",
    ]


def test_sources_in_braces_over_several_lines_get_a_line_more():
    text = "sources: {\n  a: {title: A},\n}\n"

    assert text_after(text, "add_sources", {"b": {"title": "B"}}) == (
        'sources: {\n  a: {title: A},\n  "b": {title: B}\n}\n'
    )


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("annotations:\n  - quote: one\n    note: x\n", True),
        ("annotations:\n  - quote: one\n    note: x\n  - quote: two\n    note: y\n", False),
        (
            "annotations:\n  - quote: one\n    note: |\n      x\n\n      y\n  - {quote: two}\n",
            False,
        ),
        ("annotations:\n  - quote: one\n    note: x\n\n  # c\n  - quote: two\n    note: y\n", True),
    ],
)
def test_entries_stand_apart_as_the_last_ones_do(text, apart):
    new = text_after(text, "add_annotations", [{"quote": "new"}])

    assert new.endswith("\n  - quote: new\n")
    assert new.endswith("\n\n  - quote: new\n") is apart


def test_what_cannot_be_added_is_printed_whole():
    text = "annotations: {quote: one, note: x}\n"

    with pytest.raises(Uneditable) as refused:
        text_after(text, "add_annotations", [{"quote": "two", "note": "first\nsecond"}])

    assert str(refused.value).endswith(
        "type it yourself:\n  - quote: two\n    note: |-\n      first\n      second"
    )


@pytest.mark.parametrize(
    ("entry", "lines"),
    [
        (
            "one",
            ["-   - quote: one   # c1", "-     note: >-", "-       folded", "-       text"],
        ),
        (
            "two",
            [
                "-   - note: |",
                "-       literal: text",
                "- ",
                "-       more",
                "-     quote: 'it''s two'",
            ],
        ),
        ("three", ['-   - {quote: three, note: "y"}']),
        ("four", ['-   -   "quote" : four', "-       note: x"]),
    ],
)
def test_an_annotation_leaves_and_every_other_line_stays(entry, lines):
    text = without_annotation(TEXT, *PLACES[entry])

    assert changed_lines(text) == lines


@pytest.mark.parametrize(
    ("text", "place", "left"),
    [
        (
            "annotations: [{quote: a, note: b}, {quote: c, note: d}]\n",
            (1, 23),
            "[{quote: c, note: d}]",
        ),
        (
            "annotations: [{quote: a, note: b}, {quote: c, note: d}]\n",
            (1, 44),
            "[{quote: a, note: b}]",
        ),
    ],
)
def test_an_annotation_leaves_a_list_in_brackets(text, place, left):
    assert without_annotation(text, *place) == f"annotations: {left}\n"


def test_the_only_annotation_takes_its_list_along():
    text = "# top\nsources:\n  a: {title: A}\n\nannotations:\n  - quote: a\n    note: b\n# end\n"

    left = without_annotation(text, 6, 12)
    assert left == "# top\nsources:\n  a: {title: A}\n\n# end\n"
    assert without_annotation("annotations: [{quote: a}]", 1, 23) == ""


def test_the_last_annotation_leaves_no_blank_line_behind():
    text = "annotations:\n  - quote: a\n    note: b\n\n  - quote: c\n    note: d\n"

    left = without_annotation(text, 5, 12)

    assert left == "annotations:\n  - quote: a\n    note: b\n"


def test_a_file_is_read_once_and_again_at_each_edit(monkeypatch):
    read = []
    monkeypatch.setattr(
        editing, "parse_nodes", lambda *given: read.append(given) or parse_nodes(*given)
    )
    session = EditSession(TEXT, "a.yml")

    session.set_annotation(0, {"quote": "uno", "prefix": "a", "suffix": "b"})
    session.remove_annotation(2)

    assert len(read) == 5


def test_new_keys_stand_in_their_order_whatever_stands_above_the_quote():
    session = EditSession(TEXT, "a.yml")

    session.set_annotation(1, {"note": "a\nb\nc", "prefix": "p", "suffix": "s"})

    assert "    quote: 'it''s two'\n    prefix: p\n    suffix: s\n" in session.text


def test_an_edit_that_is_refused_changes_nothing():
    session = EditSession("annotations:\n- quote: a\n  sources: [b]\n", "a.yml")

    with pytest.raises(Uneditable):
        session.set_annotation(0, {"sources": "c", "note": "x"})

    assert session.text == session.before


def test_numbers_stay_and_what_was_done_can_be_undone():
    session = EditSession(TEXT, "a.yml")
    start = session.state

    session.remove_annotation(0)
    session.set_annotation(1, {"quote": "2"})
    text = session.text
    session.restore(start)

    assert "quote: '2'" in text
    assert session.text == TEXT
    session.remove_annotation(0)
    assert "quote: one" not in session.text


def test_a_session_is_written_once_and_only_where_something_changed(tmp_path):
    path = tmp_path / "a.annotations.yml"
    session = open_session(path)

    assert session.write() is False
    session.add_annotations([{"quote": "a"}])
    assert session.write() is True
    assert session.write() is False
    assert open_session(path).text == session.text == "annotations:\n  - quote: a\n"
