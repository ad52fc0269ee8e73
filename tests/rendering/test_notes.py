import json
import random
import re
import threading
import time
from pathlib import Path
from unittest import mock

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mkdocs_annotate.model.messages import forbidden_character
from mkdocs_annotate.model.problems import Position, Rule
from mkdocs_annotate.rendering import notes
from mkdocs_annotate.rendering.note_content import PAGE_WORK, plain_html, work_of
from mkdocs_annotate.rendering.notes import NoteRenderer

PLACE = Position("page.annotations.yml", 3, 11)
SITE = {"page.md": "../page/", "page.md#a": "../page/#a", "#a": "#a", "a.png": "../a.png"}

# What a writer types and gets to see again, and what the message tells them.
AS_TYPED = [
    ("*" + "a" * 5_000, "5,001 characters"),
    ("- " * 500, "more than 12 signs of lists or quotes"),
    ("[a" * 8_000, "16,000 characters"),
    ("[a" * 65, "more than 64 `[`"),
    ("*a* " * 3 + "_" * 101, "101 `_` in a row"),
    ("*a* \x02amp\x03#106;", "U+0002"),
    ("\x02wzxhzdk:0\x03 <b>", "U+0002"),
    ("*a* \u202eb", "U+202E"),
]

# "notes" is what attackers try where HTML or attributes are made of text, "addresses" leads
# elsewhere than it seems to; {} in "surroundings" and "forms" stands for one of them.
ATTACKS = json.loads(Path(__file__).with_name("attacks.json").read_text(encoding="utf-8"))


def renderer(resolve=lambda link: SITE.get(link.address)):
    return NoteRenderer(resolve)


def rules(renderer):
    return [problem.rule.value for problem in renderer.problems]


ALLOWED = {
    **{tag: set() for tag in ("p", "em", "strong", "pre", "blockquote", "ul", "li", "span")},
    **{tag: set() for tag in ("br", "hr", "table", "thead", "tbody", "tr", "th", "td")},
    "a": {"href", "rel"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "code": {"class"},
}


def elements(html):
    """The elements that an HTML parser reads from a note's `html`, which may not leave its box."""
    page = html5lib.parse(f"<aside>{html}</aside><footer></footer>", namespaceHTMLElements=False)
    aside, footer = page.find("body")
    assert (aside.tag, footer.tag) == ("aside", "footer")
    return list(aside.iter())[1:]


def leads_elsewhere(address):
    """Whether a browser would do anything with `address` but go to a place of the same site."""
    address = re.sub("[\t\n\r]", "", address.strip("".join(map(chr, range(0x21)))))
    return re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/\\]{2}", address)


def assert_harmless(html):
    for element in elements(html):
        assert element.tag in ALLOWED, html
        assert set(element.attrib) <= ALLOWED[element.tag], html
        assert not leads_elsewhere(element.get("src", "")), html
        if leads_elsewhere(element.get("href", "")):
            assert re.match("https?://[^/@]|mailto:", element.get("href"), re.IGNORECASE), html
        assert "javascript:" not in element.get("href", "").lower(), html
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202d\u202e]", html)


@pytest.mark.golden_test("cases/notes/*.yml")
def test_a_note_is_shown(golden):
    shown = []
    for entry in golden["notes"]:
        page = renderer()
        html = page.render(entry["note"], PLACE)
        shown.append({"note": entry["note"], "html": str(html)})
        if page.problems:
            shown[-1]["problems"] = [str(problem).partition(" ")[2] for problem in page.problems]
        # Whatever a note says.
        assert {problem.position for problem in page.problems} <= {PLACE}
        assert_harmless(html)

    assert golden.out["notes"] == shown


@pytest.mark.parametrize(("text", "told"), AS_TYPED)
def test_a_note_that_cannot_be_rendered_is_shown_as_typed(text, told):
    page = renderer()

    [paragraph, *_] = elements(page.render(text, PLACE))

    [problem] = page.problems
    assert re.sub("[\x02\x03\u202e]", "\ufffd", text.strip("\n")) == "".join(paragraph.itertext())
    assert (problem.position, problem.rule) == (PLACE, Rule.NOTE_NOT_SAFE)
    assert told in problem.message
    assert problem.message.endswith("; it is shown as it was typed")
    assert problem.hint


@pytest.mark.parametrize("text", ["", " ", "\n\n", " \n\t"])
def test_blank_text_is_nothing(text):
    page = renderer()

    assert not page.render(text, PLACE)
    assert not page.problems


@pytest.mark.parametrize("attack", ATTACKS["notes"])
def test_an_attack_in_any_surroundings_stays_text(attack):
    page = renderer()
    for surroundings in ATTACKS["surroundings"]:
        assert_harmless(page.render(surroundings.replace("{}", attack), PLACE))

    shown = elements(page.render(attack, PLACE))
    assert any(element.text or element.get("alt") for element in shown)


@pytest.mark.parametrize("address", ATTACKS["addresses"])
def test_an_address_in_any_form_leads_where_it_says(address):
    page = renderer(lambda link: link.address)
    for form in ATTACKS["forms"]:
        for text in (form, f"*{form}*", f"- {form}"):
            assert_harmless(page.render(text.replace("{}", address).replace("{0}", address), PLACE))


@pytest.mark.parametrize(
    "text",
    [
        # Some versions of Python-Markdown lose count in the first; the others nest too deep.
        "*a **b - _*[a](page.md)",
        "*a **b " * 300 + "c** d* " * 300,
        "".join("    " * depth + "- a\n" for depth in range(48)),
        "> " * 12 + "- " * 12 + "a",
        "`&`\\#x202E;",
    ],
)
def test_what_python_markdown_gets_wrong_does_no_harm(text):
    assert_harmless(renderer().render(text, PLACE))


def test_every_address_that_the_host_gives_is_looked_at_again():
    for written in ("javascript:a()", "//evil.example", "java\nscript:a()", "a b", "ftp://a"):
        page = renderer(lambda link, written=written: written)

        assert page.render("*a* [b](page.md)", PLACE) == "<p>*a* [b](page.md)</p>"
        assert rules(page) == ["note-not-safe"]


def test_a_host_may_give_an_address_of_any_kind_of_link():
    for written in ("https://example.org/a?b&c", "/a/", "?a", "", "mailto:a@example.org"):
        html = renderer(lambda link, written=written: written).render("[b](page.md)", PLACE)

        [_, link] = elements(html)
        assert written == link.get("href")


@pytest.mark.parametrize("fault", [RecursionError, IndexError, ValueError, MemoryError])
def test_an_exception_costs_one_note_its_markdown_and_no_more(fault):
    def failing(link):
        raise fault

    page = renderer(failing)

    assert page.render("- *a* [b](page.md)", PLACE) == "<p>- *a* [b](page.md)</p>"
    assert page.render("- *a*", PLACE) == "<ul>\n<li><em>a</em></li>\n</ul>"
    assert rules(page) == ["note-not-safe"]


def test_no_link_problem_is_told_of_a_note_that_is_shown_as_typed():
    page = renderer()

    page.render("[a](x:y) &\\#x202E;", PLACE)

    assert rules(page) == ["note-not-safe"]


def test_problems_come_in_the_order_of_the_notes_and_their_links():
    page = renderer()
    for line, text in enumerate(["*[a](x:y)*\n\n> [b](gone.md)", "a", "---", "![c](//d)"], 1):
        page.render(text, Position("page.annotations.yml", line, 1))

    assert [(problem.position.line, problem.rule.value) for problem in page.problems] == [
        (1, "bad-link"),
        (1, "dead-link"),
        (3, "note-not-safe"),
        (4, "bad-link"),
    ]


def test_notes_beyond_the_work_of_a_page_are_shown_as_typed(monkeypatch):
    page = renderer()
    monkeypatch.setattr(notes, "PAGE_WORK", 2 * work_of("*a*"))

    rendered = [page.render(text, PLACE) for text in ("*a*", "*b*", "*c*", "d")]

    assert rendered == ["<p><em>a</em></p>", "<p><em>b</em></p>", "<p>*c*</p>", "<p>d</p>"]
    [problem] = page.problems
    assert problem.message.startswith("the notes of the page have too many signs of Markdown")
    assert problem.rule is Rule.NOTE_NOT_SAFE


def test_a_thousand_ordinary_notes_are_far_from_the_bound():
    note = (
        "In office since *June* 2022; she had led the **talks** with `Washington`, as [the report]"
        "(https://example.org/a_report) says.\n\n- one\n- two\n\n" + "Words of a note. " * 34
    )
    assert len(note) > 700
    assert work_of(note) * 1000 < PAGE_WORK / 2


def test_nothing_of_a_note_is_left_for_the_next():
    texts = [
        *["[a]: page.md\n\n[a]", "[a]", "5. a", "1. a", "```\na\n```", "    b", "- a\n\n    b"],
        *["*a **b - _*[a](page.md)", "- " * 13, "*a", "a*", "[a](gone.md)", "|a|\n|-|", "<a@b.c>"],
    ]
    alone = {
        text: in_a_new_thread(lambda text=text: renderer().render(text, PLACE)) for text in texts
    }
    page = renderer()

    for text in random.Random(1).choices(texts, k=300):
        assert alone[text] == page.render(text, PLACE)


def in_a_new_thread(function):
    found = []
    thread = threading.Thread(target=lambda: found.append(function()))
    thread.start()
    thread.join()
    return found[0]


def test_notes_are_rendered_in_several_threads_at_once():
    def render_many(number, found):
        page = renderer()
        for turn in range(50):
            text = f"[a{number}]: page.md\n\n- [a{number}] *{turn}*"
            found.append(
                page.render(text, PLACE)
                == (f'<ul>\n<li><a href="../page/">a{number}</a> <em>{turn}</em></li>\n</ul>')
            )

    found = []
    threads = [threading.Thread(target=render_many, args=(each, found)) for each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [True] * 200


def by_markdown(text):
    """The HTML of `text` without the short cut for plain text."""
    with mock.patch.object(notes, "plain_html", return_value=None):
        return renderer().render(text, PLACE)


LINES = st.lists(
    st.sampled_from(
        [*"abZé世\u200d.,;:!?\"'()#=/@%$^{}]+-–…0123456789 ", "the ", "word ", "\u00a0", "\u2028"]
    ),
    min_size=1,
    max_size=12,
).map("".join)


@settings(deadline=None, derandomize=True, max_examples=120)
@given(st.lists(LINES, min_size=1, max_size=4), st.sampled_from(["\n", "\n\n", "\n\n\n"]))
@example(["a"], "\n\n\n\n")
@example(["a", "- b", "=", "1. c", "--"], "\n")
def test_plain_text_is_rendered_as_markdown_would(lines, between):
    text = between + between.join(lines) + between

    html = plain_html(text)

    assert not html or html == by_markdown(text)


PIECES = [
    *[
        "*",
        "_",
        "**",
        "`",
        "```\n",
        "~~~\n",
        "\\",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "<",
        ">",
        "|",
        "\n",
    ],
    *[
        "\n\n",
        "  \n",
        "    ",
        "- ",
        "1. ",
        "> ",
        "---\n",
        "a|b\n-|-\n",
        "[a]: ",
        "[a]",
        "[b](page.md)",
    ],
    *[
        "<a@b.c>",
        "<https://e.org>",
        "javascript:",
        "//",
        "&",
        "&#58;",
        "&lt;",
        '"',
        "'",
        "onclick=a()",
    ],
    *[
        "<script>",
        "</p>",
        "<!--",
        "a",
        " word ",
        "é",
        "\u202e",
        "\x02",
        "&#x202e;",
        "{: a=b}",
        "![c](a.png)",
    ],
]


@settings(deadline=None, derandomize=True, max_examples=120)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=60))
def test_any_note_is_harmless(text):
    html = renderer().render(text, PLACE)

    assert_harmless(html)
    assert forbidden_character(html) is None
    assert bool(html) == bool(text.strip())


@pytest.mark.parametrize(
    "unit",
    [
        *[
            "*a ",
            "_a ",
            "**a *b ",
            "*a* ",
            "a* ",
            "*",
            "_",
            "a*_",
            "[a",
            "[a](b ",
            "[a](b)",
            "![a](",
            "[",
        ],
        *[
            "<https://e.org> [*a*",
            ")![_a",
            "9.[)",
            "[a][b] ",
            "[a]:\n",
            "\\*a ",
            "`a ",
            "``a`",
            "```\n",
            "~~~\n",
        ],
        *[
            "<a@",
            "<https://",
            "&#58;",
            "&",
            "> ",
            "- a\n",
            "1. a\n",
            ">a\n\n",
            "a|b\n-|-\n",
            "---\n-|-\n",
            "|a",
        ],
        *[
            "    a\n\n",
            "---\n",
            "***\n",
            "a  \n",
            "\n",
            "\t",
            "('",
            "[a]('\"",
            "_*a*\n~~~\n",
            "- ```\n",
        ],
    ],
)
def test_no_note_takes_long(unit):
    started = time.process_time()

    for count in (60, 5_000 // len(unit)):
        renderer().render("[a " + unit * count, PLACE)
        renderer().render(unit * count + "*a*", PLACE)

    assert time.process_time() - started < 10


def test_a_thousand_ordinary_notes_are_rendered_in_the_time_of_a_page():
    page = renderer()
    started = time.process_time()

    for number in range(1_000):
        page.render(f"The *{number}.* reading; see [the minutes](page.md#a).", PLACE)

    assert not page.problems
    assert time.process_time() - started < 10
