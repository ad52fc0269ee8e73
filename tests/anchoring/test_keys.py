"""Keys and where they stand: prefix, quote and suffix, with white space at their seams."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mkdocs_annotate.anchoring.ends import Unit
from mkdocs_annotate.anchoring.form import fold
from mkdocs_annotate.anchoring.keys import (
    MOST_FINDS,
    MOST_HYPHENS,
    MOST_PLACES,
    Places,
    Words,
    keys_of,
    only_place,
    places_in,
)
from mkdocs_annotate.model.places import Range

FAMILY = "👨\N{ZERO WIDTH JOINER}👩\N{ZERO WIDTH JOINER}👧"
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


def no_gap(at):
    return False


def places(text, exact, prefix="", suffix="", is_gap=no_gap):
    return places_in(Words(exact, prefix, suffix), fold(text), text, is_gap)


def find(text, exact, prefix="", suffix=""):
    """Return `text` with each passage found in brackets."""
    shown, done = "", 0
    for place in places(text, exact, prefix, suffix).ranges:
        shown += f"{text[done : place.start]}[{text[place.start : place.end]}]"
        done = place.end
    return shown + text[done:] if shown else ""


def refused(text, exact, prefix="", suffix=""):
    return [
        (text[place.start : place.end], cut)
        for place, cut in places(text, exact, prefix, suffix).refused
    ]


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("as though the\n  world knew", "the world", "as though [the\n  world] knew"),
        ("aa aa", "aa", "[aa] [aa]"),
        ("so", " so ", "[so]"),
        ("so it is", "so", "[so] it is"),
        ("it is so", "so", "it is [so]"),
        ("it is so.", "it is so.", "[it is so.]"),
        ("wait…", "wait...", "[wait…]"),
        ("“wait”", '"wait"', "[“wait”]"),
        ("an oﬃce", "office", "an [oﬃce]"),
        ("Quoi ?", "Quoi?", "[Quoi ?]"),
        ("日本\n語です", "日本語", "[日本\n語]です"),
        ("ภาษาไทยดี", "ไทย", "ภาษา[ไทย]ดี"),
        ("مرحبا بكم", "بكم", "مرحبا [بكم]"),
        ("C++", "C", "[C]++"),
        ("a *** b", "***", "a [***] b"),
        ("so!!!", "!", "so[!][!][!]"),
        (f"a {FAMILY} b", FAMILY, f"a [{FAMILY}] b"),
        ("🇩🇪🇫🇷", "🇫🇷", "🇩🇪[🇫🇷]"),
        ("cafe\N{COMBINING ACUTE ACCENT} noir", "café", "[cafe\N{COMBINING ACUTE ACCENT}] noir"),
        ("\u1112\u1161\u11ab", "한", "[\u1112\u1161\u11ab]"),
        ("ﷺ said", "ﷺ", "[ﷺ] said"),
        ("ﷺ said", "صلى الله عليه وسلم", "[ﷺ] said"),
        (f"{ENGLAND} {SCOTLAND}", ENGLAND, f"[{ENGLAND}] {SCOTLAND}"),
        ("a ❤\N{VARIATION SELECTOR-16} b", "❤", "a [❤\N{VARIATION SELECTOR-16}] b"),
        ("a \0 b", "a \0 b", ""),
        ("co\N{SOFT HYPHEN}op", "coop", "[co\N{SOFT HYPHEN}op]"),
        ("Putin’s", "Putin", "[Putin]’s"),
        ("US-led", "US", "[US]-led"),
        ("l’Iran", "Iran", "l’[Iran]"),
        ("non-legal", "legal", "non-[legal]"),
        ("2024-05", "2024", "[2024]-05"),
    ],
)
def test_a_quote_stands_where_its_form_does_with_whole_ends(text, quote, found):
    assert find(text, quote) == found


@pytest.mark.parametrize("quote", ["", " ", "\n", "\N{SOFT HYPHEN} ", "\N{ZERO WIDTH SPACE}"])
@pytest.mark.parametrize(("prefix", "suffix"), [("", ""), ("a ", ""), ("", " b"), ("a ", " b")])
def test_a_quote_without_a_sign_stands_nowhere(quote, prefix, suffix):
    assert places("a b  c", quote, prefix, suffix) == places("", "x")


@pytest.mark.parametrize(
    ("text", "quote", "cut"),
    [
        ("illegal", "legal", Unit.WORD),
        ("legalise", "legal", Unit.WORD),
        ("killed 120", "killed 12", Unit.NUMBER),
        ("killed 12.5", "killed 12", Unit.NUMBER),
        ("killed 12 000 men", "killed 12", Unit.GROUP),
        ("killed 12½ men", "killed 12", Unit.NUMBER),
        ("killed 12 ½ men", "killed 12", Unit.GROUP),
        ("−12 degrees", "12 degrees", Unit.MINUS),
        (".12 degrees", "12 degrees", Unit.MINUS),
        ("10²", "10", Unit.NUMBER),
        ("can't", "can", Unit.WORD),
        ("--force", "-force", Unit.DASHES),
        ("snake_case", "case", Unit.WORD),
        (FAMILY, "👨", Unit.SIGN),
        (FAMILY, "👩", Unit.SIGN),
        ("👍🏽", "👍", Unit.SIGN),
        ("🇩🇪🇫🇷", "🇪🇫", Unit.SIGN),
        ("1\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}", "1", Unit.SIGN),
        ("कि", "क", Unit.SIGN),
        (ENGLAND, "🏴", Unit.SIGN),
        ("oﬃ ce", "of", Unit.SIGN),
        ("so…", "so.", Unit.SIGN),
    ],
)
def test_a_find_that_cuts_something_is_refused(text, quote, cut):
    assert find(text, quote) == ""
    assert {found for _, found in refused(text, quote)} == {cut}


def test_no_context_proves_an_end_inside_a_sign():
    assert find("oﬃce", "of", suffix="fice") == ""
    assert find("so…", "so.", suffix="..") == ""
    assert find("👍🏽", "👍", suffix="🏽") == ""
    assert find("🇩🇪", "🇩", suffix="🇪") == ""


@pytest.mark.parametrize(
    ("text", "quote", "prefix", "suffix", "found"),
    [
        ("party", "art", "p", "y", "p[art]y"),
        ("party", "art", "p", "", ""),
        ("party", "art", "", "y", ""),
        ("a party", "part", "a ", "", ""),
        ("a party", "part", "", "y", "a [part]y"),
        ("한국어를 배운다", "한국어", "", "를", "[한국어]를 배운다"),
        ("killed 120", "killed 12", "", "0", "[killed 12]0"),
        ("-12", "12", "-", "", "-[12]"),
        # The far ends of prefix and suffix may lie anywhere.
        ("the mayor so it", "so", "yor ", "", "the mayor [so] it"),
        ("so it is", "so", "", " i", "[so] it is"),
        ("--x y", "y", "-x ", "", "--x [y]"),
    ],
)
def test_a_prefix_or_suffix_proves_its_own_end(text, quote, prefix, suffix, found):
    assert find(text, quote, prefix, suffix) == found


@pytest.mark.parametrize(
    ("text", "prefix", "quote", "suffix", "found"),
    [
        # White space that is given must stand there; a gap or a line end is white space.
        ("is now here", "is ", "now", " here", "is [now] here"),
        ("is now\n\nhere", "is ", "now", " here", "is [now]\n\nhere"),
        ("is nowhere", "is ", "now", " here", ""),
        ("is now here", "is", " now ", "here", "is [now] here"),
        ("isnow here", "is ", "now", "", ""),
        ("(now)", "(", "now", ")", "([now])"),
        # Where none is given some or none may stand, and both count.
        ("is now", "is", "now", "", "is [now]"),
        ("isnow", "is", "now", "", "is[now]"),
        ("is now isnow", "is", "now", "", "is [now] is[now]"),
        ("now. So", "", "now", ".So", ""),
        ("now . So", "", "now", ". So", "[now] . So"),
        # The line end of a literal block in YAML is not the writer's.
        ("(now)", "(\n", "now", ")\n", "([now])"),
        ("(now)", "(", "now\n", ")", "([now])"),
        ("a now b", "\n  a ", "now", " b \n", "a [now] b"),
        # Only white space says nothing.
        ("a now b", " ", "now", "\n", "a [now] b"),
        ("annow", " ", "now", "", ""),
        # Scripts without spaces.
        ("日本語です", "日本", "語", "で", "日本[語]です"),
        ("日本\n語です", "日本 ", "語", " で", "日本\n[語]です"),
        ("« Non »", "« ", "Non", " »", "« [Non] »"),
        ("« Non »", '"', "Non", '"', "« [Non] »"),
        ("Quoi ?", "", "Quoi", "?", "[Quoi] ?"),
        ("Quoi?", "", "Quoi", " ?", "[Quoi]?"),
    ],
)
def test_white_space_at_a_seam(text, prefix, quote, suffix, found):
    assert find(text, quote, prefix, suffix) == found


def test_a_prefix_longer_than_the_text_stands_nowhere():
    assert find("so it is", "so", prefix="x " * 5_000) == ""
    assert find("so it is", "is", suffix=" x" * 5_000) == ""


@pytest.mark.parametrize(
    ("prefix", "quote", "suffix"),
    [("e", "\N{COMBINING ACUTE ACCENT}x", ""), ("", "e", "\N{COMBINING ACUTE ACCENT}x")],
)
def test_a_seam_inside_a_sign_makes_no_key_of_that_reading(prefix, quote, suffix):
    text = "e\N{COMBINING ACUTE ACCENT}x"

    assert find(text, quote, prefix, suffix) == ""


def test_readings_that_are_the_same_are_one():
    assert len(keys_of(Words("now", "is", ""))) == 2
    assert len(keys_of(Words("now", "is", "here"))) == 4
    assert len(keys_of(Words("now", "is ", " here"))) == 1
    assert len(keys_of(Words("語", "日本", "で"))) == 1
    assert keys_of(Words("", "a", "b")) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the harbour wall", "the [harbour] wall"),
        ("the har-bour wall", "the [har-bour] wall"),
        ("the har- bour wall", "the [har- bour] wall"),
        ("harbour har-bour", "[harbour] [har-bour]"),
        ("the har bour wall", ""),
        ("harbours", ""),
    ],
)
@pytest.mark.parametrize("quote", ["har-\nbour", "har-  \n  bour\n", "har\N{HYPHEN}\nbour"])
def test_a_hyphen_at_a_line_end_that_the_sidecar_keeps_stands_for_itself_or_nothing(
    text, found, quote
):
    assert find(text, quote) == found


@pytest.mark.parametrize("quote", ["Ro- Roberts", "Ro-Roberts", "5-\n7", "a-\n7"])
def test_before_any_other_white_space_and_beside_digits_it_does_not(quote):
    assert find("RoRoberts 57 a7", quote) == ""


def test_hyphens_of_a_pdf_may_stand_in_the_context_too():
    text = "the harbour wall of the municipal council"

    assert find(text, "wall", prefix="har-\nbour ", suffix=" of the muni-\ncipal") == (
        "the harbour [wall] of the municipal council"
    )
    assert find(text.replace("har", "har-"), "wall", prefix="har-\nbour ") == (
        "the har-bour [wall] of the municipal council"
    )


def test_more_hyphens_than_a_page_has_are_read_as_they_stand():
    many = "ab-\n" * (MOST_HYPHENS + 1) + "ab"

    assert find(many.replace("-\n", ""), many) == ""
    assert find(many.replace("-\n", "- "), many)


def test_numbers_of_two_blocks_are_two():
    text = "in 12\n000 men"

    assert not places(text, "in 12").ranges
    assert places(text, "in 12").refused[0][1] == Unit.GROUP
    assert places(text, "in 12", is_gap=lambda at: text[at] == "\n").ranges
    assert places(text, "000 men", is_gap=lambda at: text[at] == "\n").ranges


def test_a_place_that_one_reading_allows_is_not_refused():
    found = places("is now", "now", "is")

    assert len(found.ranges) == 1
    assert found.refused == ()


def test_places_at_which_a_parted_word_only_begins_count_as_looked_at():
    found = places("wo " * 500, "wo-\nrd")

    assert (found.ranges, found.looked_at) == ((), 500)
    assert places("wo " * (MOST_FINDS + 1), "wo-\nrd").too_many


def test_more_places_than_a_thousand_are_too_many():
    few = places("a " * MOST_PLACES, "a")
    many = places("a " * (MOST_PLACES + 1), "a")

    assert (len(few.ranges), few.too_many) == (MOST_PLACES, False)
    assert (len(many.ranges), many.too_many) == (MOST_PLACES, True)


def test_finds_inside_longer_words_are_looked_at_up_to_a_bound():
    found = places("aa" * MOST_FINDS, "a")

    assert found.too_many
    assert len(found.ranges) == 0


SIGNS = st.sampled_from([*"ab c.,’-1", "e\u0301", "👍🏽", "日", "co\N{SOFT HYPHEN}op", " ", "\n"])


@given(st.lists(SIGNS), st.lists(SIGNS, min_size=1), st.lists(SIGNS))
@settings(deadline=None, derandomize=True, max_examples=400)
def test_a_stretch_stands_between_what_stands_around_it(before, stretch, after):
    before, stretch, after = ("".join(part) for part in (before, stretch, after))
    assume(stretch.strip())
    text = before + stretch + after

    found = places(text, stretch, before, after)

    start = len(before) + len(stretch) - len(stretch.lstrip())
    at = {place.start for place in found.ranges} | {
        place.start for place, cut in found.refused if not (before.strip() and after.strip())
    }
    assert start in at


ORDINARY = st.lists(
    st.sampled_from(
        [*"ab nT1", "ab", " ", "  ", ".", ",", "-", "'", "’", "(", ")", "\n", "é", "ﬁ"]
    ),
    max_size=14,
).map("".join)


@settings(max_examples=1_000)
@given(ORDINARY, st.integers(0, 14), st.integers(1, 6))
def test_the_quick_answer_for_ordinary_words_is_that_of_the_whole_search(text, start, length):
    exact = text[start : start + length]
    assume(exact)
    found = only_place(Words(exact), fold(text))

    if found is not None:
        assert places(text, exact)._replace(looked_at=0) == Places((found,))


def test_ordinary_words_that_stand_once_have_a_quick_answer():
    text = fold("The ferry stops. It's late, and the ferry-house is dark.")

    assert only_place(Words("It's late"), text) == Range(17, 26)
    assert only_place(Words("ferry-house is dark"), text) == Range(36, 55)
    for exact in ("ferry", "errors", "erry stops", "It", "dark.", "late"):
        found = only_place(Words(exact), text)
        assert (found is None) == (exact != "late")
    assert only_place(Words("late", "It's "), text) is None
