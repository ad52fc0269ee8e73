"""No passage ends inside a word, a number or a sign."""

import pytest

from mkdocs_annotate.anchoring.ends import Unit, cut_between, cuts_cluster, extends, with_invisible

FAMILY = "👨\N{ZERO WIDTH JOINER}👩\N{ZERO WIDTH JOINER}👧"
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


def cut(text):
    """Return what the end at `|` of a text in its form would cut."""
    before, _, after = text.partition("|")
    return cut_between(before, after)


@pytest.mark.parametrize(
    "text",
    [
        "il|legal",
        "legal|ise",
        "COVID1|9",
        "x|2",
        "2|nd",
        "snake|_case",
        "snake_|case",
        "Ü|ber",
        "при|вет",
        "한국어|를",
        "مر|حبا",
        "a|\u0301",
        "can|'t",
        "Don|'t",
        "CAN|'T",
        "has|n't",
        "can'|t",
        "CAN'|T",
    ],
)
def test_a_word_goes_on(text):
    assert cut(text) in (Unit.WORD, Unit.NUMBER)


@pytest.mark.parametrize(
    "text",
    [
        "Putin|'s",
        "l'|Iran",
        "US|-led",
        "co|-op",
        "co-|op",
        "example|.org",
        "and|/or",
        "so| it",
        "so |it",
        "(|so",
        "so|.",
        "|so",
        "so|",
        "日|本",
        "ไท|ย",
        "can|'tis",
        "cat|'t",
        "so'|t",
        "n'|table",
        "'|t",
        "👍|👍",
    ],
)
def test_signs_and_scripts_without_spaces_end_words(text):
    assert cut(text) is None


def test_not_belongs_to_its_word_and_to_no_other():
    assert cut("can|'t") == Unit.WORD
    assert cut("don|'t.") == Unit.WORD
    assert cut("can|'tis") is None
    assert cut("so|'t") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12|0", Unit.NUMBER),
        ("1|2", Unit.NUMBER),
        ("1|.5", Unit.NUMBER),
        ("1.|5", Unit.NUMBER),
        ("1|,000", Unit.NUMBER),
        ("1,|000", Unit.NUMBER),
        ("10|:30", Unit.NUMBER),
        ("10:|30", Unit.NUMBER),
        ("2024|/25", Unit.NUMBER),
        ("1|'000", Unit.NUMBER),
        ("١|٫٥", Unit.NUMBER),
        ("١٬|٠٠٠", Unit.NUMBER),
        ("١|٢", Unit.NUMBER),
        ("2|½", Unit.NUMBER),
        ("10|²", Unit.NUMBER),
        ("12| 000", Unit.GROUP),
        ("12 |000", Unit.GROUP),
        ("12| 000 000", Unit.GROUP),
        ("1234| 000", Unit.GROUP),
        ("x 1234 |000", Unit.GROUP),
        ("12| ½", Unit.GROUP),
        ("2| 1/2", Unit.GROUP),
        ("|-12", None),
        ("-|12", Unit.MINUS),
        ("so -|12", Unit.MINUS),
        (".|12", Unit.MINUS),
        ("so .|5", Unit.MINUS),
        ("¬-|12", Unit.MINUS),
        ("零-|12", Unit.MINUS),
    ],
)
def test_a_number_goes_on(text, found):
    assert cut(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "5-|7",
        "5|-7",
        "COVID-|19",
        "2020-|2021",
        "f(x)-|2",
        "[a]-|2",
        "--|2",
        "...|12",
        "p.|12",
        "12|.",
        "12|, so",
        "12|,x",
        "a.|b",
        "12| 00",
        "12| 0000",
        "12|  000",
        "so| 000",
        "12|%",
        "$|12",
        "2024|-05",
        "#|1",
        "12:|x",
    ],
)
def test_and_here_it_does_not(text):
    assert cut(text) is None


def test_a_run_of_dashes_is_one_sign():
    assert cut("-|-force") == Unit.DASHES
    assert cut("|--force") is None
    assert cut("--|force") is None
    assert cut("a -|- b") == Unit.DASHES


@pytest.mark.parametrize(
    "text",
    [
        "e|\N{COMBINING ACUTE ACCENT}",
        "cafe\N{COMBINING ACUTE ACCENT}|\N{COMBINING DOT BELOW}",
        "👨|\N{ZERO WIDTH JOINER}👩",
        "👨\N{ZERO WIDTH JOINER}|👩",
        "👍|🏽",
        "🇩|🇪",
        "🇩🇪🇫|🇷",
        "x🇩|🇪",
        "1|\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}",
        "❤|\N{VARIATION SELECTOR-16}",
        "क|\u093f",
        "\u1112|\u1161",
        "\u1112\u1161|\u11ab",
        f"{ENGLAND[:2]}|{ENGLAND[2:]}",
        "ｶ|\uff9e",
        "ก|\u0e33"[:1] + "|\u0e31",
        "x\N{ZERO WIDTH JOINER}|👩",
    ],
)
def test_a_sign_of_several_characters_is_one(text):
    before, _, after = text.partition("|")

    assert cuts_cluster(before + after, len(before))


@pytest.mark.parametrize(
    "text",
    [
        "|e\N{COMBINING ACUTE ACCENT}",
        "e\N{COMBINING ACUTE ACCENT}|",
        "a|b",
        "🇩🇪|🇫🇷",
        " |🏽 brown",
        "👩|👩",
        "ന്\N{ZERO WIDTH JOINER}|റ",
        f"{FAMILY}|{FAMILY}",
        "한|국",
    ],
)
def test_between_two_signs_there_is_an_end(text):
    before, _, after = text.partition("|")

    assert not cuts_cluster(before + after, len(before))


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("❤|\N{VARIATION SELECTOR-16} b", 2),
        ("co|\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}op", 4),
        ("പേര്|\N{ZERO WIDTH JOINER} എന്ന", 5),
        ("ب|\N{ZERO WIDTH JOINER}", 2),
        ("می|\N{ZERO WIDTH NON-JOINER} خواهم", 3),
        ("👨|\N{ZERO WIDTH JOINER}👩", 1),
        ("so|", 2),
        ("so| it", 2),
    ],
)
def test_the_invisible_rest_of_a_sign_belongs_to_it(text, end):
    before, _, after = text.partition("|")

    assert with_invisible(before + after, len(before)) == end


def test_what_goes_on_with_the_sign_before_it_is_known():
    assert [extends(sign) for sign in ("a", "\u0301", "\u200d", "\u1161", "한", "\U000e0067")] == [
        False,
        True,
        True,
        True,
        False,
        True,
    ]
