"""Addresses that are surely links are mended, others are left for a human."""

from collections import Counter

from mkdocs_annotate.moving.links import Unmendable, mended_markdown


def mend(address):
    if address == "stuck":
        raise Unmendable("is stuck")
    return address.replace("x", "yy")


def told(text, inline=None, defined=()):
    done = mended_markdown(text, mend, lambda: None if inline is None else (inline, defined))
    return done.text, done.count, [offset for offset, _ in done.left]


def test_what_is_a_link_is_mended():
    assert told("[a](x) [b](c)\n\n[k]: x", Counter(x=1), {"x"}) == (
        "[a](yy) [b](c)\n\n[k]: yy",
        2,
        [],
    )


def test_without_anybody_who_knows_the_scanner_decides():
    assert mended_markdown("[a](x)", mend).text == "[a](yy)"


def test_what_is_no_link_stays_without_a_word():
    assert told("[a](x)\n\n[k]: x", Counter()) == ("[a](x)\n\n[k]: x", 0, [])


def test_indented_code_is_told_from_links():
    assert told("[a](x)\n\n    [a](x)", Counter(x=1)) == ("[a](yy)\n\n    [a](x)", 1, [])


def test_what_nobody_can_tell_is_left():
    assert told("[a](x) [b](x)", Counter(x=1)) == ("[a](x) [b](x)", 0, [4, 11])
    assert told("[a](x)") == ("[a](x)", 0, [4])


def test_html_and_what_is_stuck_are_left():
    assert told('<a href="x"> [a](stuck)', Counter())[2] == [9, 17]
