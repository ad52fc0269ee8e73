"""Navigation, front matter and sidecars."""

from mkdocs_annotate.moving.links import Move, Unmendable
from mkdocs_annotate.moving.yaml_paths import (
    sidecar_named,
    with_navigation,
    with_notes,
    with_sidecar_named,
)

MOVE = Move("a/x.md", "y.md")


def test_an_entry_of_the_navigation_is_changed_alone():
    text = 'nav: # mine\n- "A": ./a/x.md\n- a/x.md # x\n- B: [b.md]\nextra: a/x.md\n'

    done = with_navigation(text, MOVE)

    assert done.text == 'nav: # mine\n- "A": y.md\n- y.md # x\n- B: [b.md]\nextra: a/x.md\n'
    assert done.count == 2


def test_an_entry_in_an_odd_form_is_left():
    done = with_navigation('nav: ["a/\\x78.md"]', MOVE)

    assert (done.count, len(done.left)) == (0, 1)


def test_front_matter_names_a_sidecar_in_two_ways():
    for head in (
        "---\nannotations: s.annotations.yml # x\n---\n",
        "---\r\nannotations:\r\n  file: 's.annotations.yml'\r\n---\r\n",
    ):
        assert sidecar_named(head) == "s.annotations.yml"
        done = with_sidecar_named(head + "text", "../t.annotations.yml")
        assert done.text == head.replace("s.annotations", "../t.annotations") + "text"


def test_other_front_matter_names_none():
    for text in ("text", "---\nannotations: false\n---\n", "---\ntitle: x\n---\n"):
        assert sidecar_named(text) == ""
        assert with_sidecar_named(text, "x").text == text


def test_a_name_in_an_odd_form_is_left():
    text = '---\nannotations: "s.\\x61nnotations.yml"\n---\n'

    done = with_sidecar_named(text, "t.annotations.yml")

    assert (done.text, len(done.left)) == (text, 1)


def mend(address):
    if address == "stuck":
        raise Unmendable("is stuck")
    return address.replace("x.md", "y.md")


def test_notes_and_addresses_of_sources_are_mended():
    text = (
        "article:\n  backstory: '[x](x.md)'\n  corrections: [{date: 2024, text: '[x](x.md)'}]\n"
        "sources:\n  x.md: {title: x.md, url: x.md, archive_url: stuck, note: '[x](x.md)'}\n"
        "annotations:\n- quote: x.md\n  note: |\n    `[x](x.md)` [x](x.md)\n"
    )

    done = with_notes(text, mend)

    assert done.count == 5
    assert [message for _, message in done.left] == ["“stuck” is stuck"]
    assert done.text == (
        "article:\n  backstory: '[x](y.md)'\n  corrections: [{date: 2024, text: '[x](y.md)'}]\n"
        "sources:\n  x.md: {title: x.md, url: y.md, archive_url: stuck, note: '[x](y.md)'}\n"
        "annotations:\n- quote: x.md\n  note: |\n    `[x](x.md)` [x](y.md)\n"
    )


def test_a_note_in_an_odd_form_is_left():
    text = 'annotations: [{quote: a, note: "[x](\\x78.md) [z](stuck)"}]'

    done = with_notes(text, mend)

    assert (done.text, done.count) == (text, 0)
    assert [message for _, message in done.left] == [
        "“stuck” is stuck",
        "“x.md” should be “y.md”",
    ]


def test_a_sidecar_that_cannot_be_read_is_told():
    for text in ("words", "annotations: ["):
        assert len(with_notes(text, mend).left) == 1
    for text in ("", "# words\n"):
        assert with_notes(text, mend).left == []
