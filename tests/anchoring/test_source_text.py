"""What of a Markdown text shows as it stands, and what doesn't."""

import pytest

from mkdocs_annotate.anchoring.source_text import Shows, prepared, stretches

NEVER, OTHERWISE = Shows.NEVER, Shows.OTHERWISE


@pytest.mark.parametrize(
    ("source", "shown", "ready"),
    [
        ("AT&amp;T &mdash; so", "AT&T — so", "AT&T — so"),
        ("(c) 2024", "© 2024", "© 2024"),
        ("(c) 2024", "(c) 2024", "(c) 2024"),
        ("(c) 2024", "é (c) 2024", "(c) 2024"),
        ("1/2 --> 3/4 (tm)", "½ → ¾ ™", "½ → ¾ ™"),
        ("+/- 5 =/= 6", "± 5 ≠ 6", "± 5 ≠ 6"),
        ("", "", ""),
    ],
)
def test_a_source_is_prepared_as_the_page_shows_it(source, shown, ready):
    assert prepared(source, shown) == ready


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("plain *words* and `code`", []),
        ("a [b](c.md 'd') e", [("](c.md 'd')", NEVER)]),
        ("a [b][c] d", [("][c]", NEVER)]),
        ("text[^1] on", [("[^1]", NEVER)]),
        ("[^1]: A note.", [("[^1]:", NEVER)]),
        ("[r]: http://x.example 'T'", [("[r]: http://x.example 'T'", NEVER)]),
        ("*[HTML]: Hypertext", [("*[HTML]: Hypertext", NEVER)]),
        ("a <b>c</b>", [("<b>", NEVER), ("</b>", NEVER)]),
        ("a <!-- b\n c --> d", [("<!-- b\n c -->", NEVER)]),
        ("a <!-- b", [("<!-- b", NEVER)]),
        ("# A {#b .c}", [("{#b .c}", NEVER)]),
        ('!!! note "Take care"\n    x', [("!!! note ", NEVER)]),
        ('???+ tip "T"', [("???+ tip ", NEVER)]),
        ("/// caption | T", [("/// caption ", NEVER)]),
        ("[TOC]", [("[TOC]", NEVER)]),
        ("1. First\n2) Second", [("1.", NEVER), ("2)", NEVER)]),
        ("a ![b](c.png) d", [("![b](c.png)", OTHERWISE)]),
        ("a ![b][c] d", [("![b][c]", OTHERWISE)]),
        ("a :smile: and :+1:", [(":smile:", OTHERWISE), (":+1:", OTHERWISE)]),
        ("at 10:30: so", []),
        ("- [x] done\n- [ ] not", [("- [x]", OTHERWISE), ("- [ ]", OTHERWISE)]),
        ("```python\na [b](c)\n```\n[d](e)", [("```python", NEVER), ("](e)", NEVER)]),
        ("~~~\n<b>\n~~~", [("~~~", NEVER)]),
        ("`[b](c)` [d](e)", [("](e)", NEVER)]),
        ("``a ` <b>`` c", []),
        ("` <b>", [("<b>", NEVER)]),
        ("", []),
        ("\0", []),
    ],
)
def test_what_does_not_show_as_it_stands_is_known_by_its_signs(source, found):
    assert [(source[start:end], shows) for start, end, shows in stretches(source)] == found


@pytest.mark.parametrize(
    "piece",
    ["[^", "![", "](", "<", "<!--", "`", "``a", "~", "\n```", "{#", ":a", "- [", "!!! ", "[a"],
)
def test_what_looks_like_syntax_without_end_is_read_once(piece):
    """Patterns that may fail after a long way would take hours here."""
    found = stretches(piece * 50_000)

    assert all(start < end for start, end, _ in found)
    assert found == sorted(found)


@pytest.mark.parametrize("start", [":", "`", "- ", "> ", "[", "~~~", "1"])
def test_nor_is_a_long_stretch_behind_it_read_again_and_again(start):
    assert stretches(start + "a" * 200_000) == []
    assert len(stretches(start + start[-1] * 200_000)) <= 1
