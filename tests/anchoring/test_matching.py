"""Where words stand, and which of several places a context means."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mkdocs_annotate.anchoring.matching import (
    CONTEXT_LENGTH,
    MAX_PLACES,
    Context,
    context_likeness,
    context_of,
    fits,
    fitting,
    places_of,
)
from mkdocs_annotate.anchoring.normalisation import Level, fold

from mkdocs_annotate.model.places import Range

NONE = Context()
FAMILY = "👨\N{ZERO WIDTH JOINER}👩\N{ZERO WIDTH JOINER}👧"
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


def find(quote, text, level=Level.TYPOGRAPHY, context=NONE):
    places = places_of(quote, fold(text, level), text, context)
    return [text[place.start : place.end] for place in places.ranges]


def refused(quote, text, level=Level.TYPOGRAPHY):
    return [
        text[place.start : place.end] for place in places_of(quote, fold(text, level), text).refused
    ]


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("the world", "as though the\n  world knew the world", ["the\n  world", "the world"]),
        ("aa", "aa aa", ["aa", "aa"]),
        ("a a", "a a a", ["a a", "a a"]),
        (" so ", "so", ["so"]),
        ("wait...", "wait…", ["wait…"]),
        ("wait.", "wait…", ["wait…"]),
        ("", "anything", []),
        ("\N{SOFT HYPHEN} ", "anything", []),
        ("nowhere", "anything", []),
    ],
)
def test_all_places_of_a_quote_are_found(quote, text, found):
    assert find(quote, text) == found


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("art", "party art", ["art"]),
        ("art", "party", ["art"]),
        ("art", "partly an artist", ["art", "art"]),
        ("co", "co-op co\N{SOFT HYPHEN}op", ["co"]),
        ("कि", "किताब कि", ["कि"]),
        ("ガス", "ガスは", ["ガス"]),
        ("ไทย", "ภาษาไทยดี", ["ไทย"]),
        ("1", "10 1", ["1"]),
        ("C", "C++", ["C"]),
    ],
)
def test_whole_words_go_before_parts_of_words(quote, text, found):
    assert find(quote, text) == found


def test_context_lets_its_side_of_a_place_stand_inside_a_word():
    assert find("art", "party art") == ["art"]
    assert find("art", "party art", context=Context("the p", "")) == ["art"]
    assert find("art", "party art", context=Context("the p", "y")) == ["art", "art"]


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("e", "e\N{COMBINING ACUTE ACCENT}"),
        ("cafe", "cafe\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW} noir"),
        ("👨", FAMILY),
        ("👩", FAMILY),
        ("👍", "👍🏽"),
        ("🇪🇫", "🇩🇪🇫🇷"),
        ("🇪", "🇩🇪🇫🇷"),
        ("1", "1\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}"),
        ("क", "कि"),
        ("\u1112\u1161", "\u1112\u1161\u11ab"),
        ("🏴", ENGLAND),
    ],
)
def test_no_place_halves_a_sign(quote, text):
    assert find(quote, text) == []


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        (FAMILY, f"a {FAMILY} b", [FAMILY]),
        ("🇫🇷", "🇩🇪🇫🇷", ["🇫🇷"]),
        ("❤", "a ❤\N{VARIATION SELECTOR-16} b", ["❤\N{VARIATION SELECTOR-16}"]),
        (ENGLAND, f"{ENGLAND} {SCOTLAND}", [ENGLAND]),
        ("പേര്", "പേര്\N{ZERO WIDTH JOINER} എന്ന", ["പേര്\N{ZERO WIDTH JOINER}"]),
        ("ب", "ب\N{ZERO WIDTH JOINER}", ["ب\N{ZERO WIDTH JOINER}"]),
        ("🏽 brown", "a 🏽 brown", ["🏽 brown"]),
        ("می", "می\N{ZERO WIDTH NON-JOINER} خواهم", ["می\N{ZERO WIDTH NON-JOINER}"]),
        ("क", "क खा", ["क"]),
    ],
)
def test_a_place_takes_the_invisible_rest_of_its_last_sign_along(quote, text, found):
    assert find(quote, text) == found


def test_a_place_begins_after_a_letter_with_a_joiner():
    assert find("റ", "ന്\N{ZERO WIDTH JOINER}റ") == ["റ"]
    assert find("👩", "x\N{ZERO WIDTH JOINER}👩") == []


@pytest.mark.parametrize(
    ("quote", "text", "level", "found"),
    [
        ("THE FERRY IS", "so the ferry is here", Level.LETTERS, ["the ferry is"]),
        ("us", "US", Level.LETTERS, []),
        ("we the us", "We, the U.S.", Level.LETTERS, []),
        ("theferryisclosed", "the ferry is closed", Level.WORDS, ["the ferry is closed"]),
        ("the ferry, is closed!", "the ferry is closed", Level.WORDS, ["the ferry is closed"]),
        ("ferry is closed", "a ferry is closedown", Level.LETTERS, []),
        ("a, b, c", "abc", Level.WORDS, []),
        ("15 million people", "1.5 million people", Level.WORDS, []),
        ("1.5 million people", "1.5 Million people", Level.LETTERS, ["1.5 Million people"]),
        ("an area of 102", "an area of 10²", Level.LETTERS, []),
        ("from 9:30 to 10:15", "From 9:30 to 10:15", Level.LETTERS, ["From 9:30 to 10:15"]),
        ("from 9:30 to 10:15", "From 93:0 to 10:15", Level.WORDS, []),
    ],
)
def test_beyond_typography_words_are_whole_long_and_have_the_same_numbers(
    quote, text, level, found
):
    assert find(quote, text, level) == found


def test_finds_that_a_guard_rules_out_are_refused():
    assert refused("👨", FAMILY) == ["👨"]
    assert refused("art", "party art") == ["art"]
    assert refused("15 million people", "1.5 million people", Level.WORDS) == ["1.5 million people"]
    assert refused("us", "us") == []


def test_more_places_than_a_thousand_are_too_many():
    few = places_of("a", fold("a " * MAX_PLACES, Level.TYPOGRAPHY), "a " * MAX_PLACES)
    many = places_of("a", fold("a" * 2 * MAX_PLACES, Level.TYPOGRAPHY), "a" * 2 * MAX_PLACES)

    assert (len(few.ranges), few.too_many) == (MAX_PLACES, False)
    assert (len(many.ranges), many.too_many) == (MAX_PLACES, True)


def test_context_is_folded_and_cut_to_what_is_nearest():
    assert context_of("“as though ", " knew…") == Context('"as though', "knew...")
    assert context_of("x" * 200 + "y", "y" + "x" * 200) == Context(
        "x" * (CONTEXT_LENGTH - 1) + "y", "y" + "x" * (CONTEXT_LENGTH - 1)
    )
    assert not context_of(" ", "\n").given
    assert context_of("", "x").given


def fit(text, prefix, suffix, quote="Q", everywhere=()):
    """Return the numbers of the places of `quote` in `text` that the context fits."""
    folded = fold(text, Level.TYPOGRAPHY)
    places = places_of(quote, folded, text).ranges
    found = fitting(places, context_of(prefix, suffix), folded, text, everywhere)
    return [places.index(place) + 1 for place in found]


LEFT = "the harbour master of the town of Brennick said that "
RIGHT = " would be the end of the ferry and of the fish market"


@pytest.mark.parametrize(
    ("text", "prefix", "suffix", "found"),
    [
        ("a Q b, c Q d", "", "", [1, 2]),
        ("a Q b, c Q d", "c ", "", [2]),
        ("a Q b, c Q d", "", " b,", [1]),
        ("a Q b, c Q d", "a", "d", []),
        ("a Q b, a Q b", "a", "b", [1, 2]),
        # White space where they meet the passage doesn't matter.
        ("a Q b, c\n\n Q d", "c", "d", [2]),
        ("one (Q) two", "one (", ") two", [1]),
        # Under 16 characters a side is equal or nothing.
        ("said the mayor Q", "said the major ", "", []),
        # Twelve that are equal are enough, whatever the other side is.
        ("said the mayor Q so", "said the mayor ", " and so on", [1]),
        ("the mayor Q so", "the mayor", " and so on", []),
        # A longer one may differ.
        (f"{LEFT}Q", LEFT.replace("Brennick", "Sallow"), "", [1]),
        (f"{LEFT}Q", LEFT[::-1], "", []),
        (f"{LEFT}Q new words", LEFT.replace("town", "city"), RIGHT, []),
        (f"{LEFT}Q{RIGHT}", LEFT.replace("town", "city"), RIGHT.replace("fish", "crab"), [1]),
        # A line end that YAML adds is no part of the context.
        ("a Q b in this pool.", "", "b in this pool.\n", [1]),
        ("In this pool a Q b", "\nIn this pool a", "", [1]),
        ("bobcat Q", " cat", "", []),
    ],
)
def test_the_context_fits_some_places(text, prefix, suffix, found):
    assert fit(text, prefix, suffix) == found


def test_of_several_that_fit_the_one_with_all_sides_equal_is_meant():
    text = f"{LEFT}Q{RIGHT}; {LEFT}Q{RIGHT.replace('fish', 'crab')}"

    assert fit(text, LEFT, RIGHT) == [1]
    assert fit(text, LEFT, RIGHT.replace("fish", "crab")) == [2]


def test_else_the_one_that_fits_clearly_better():
    near, far = LEFT.replace("harbour", "Harbour"), LEFT.replace("harbour master", "clerk")

    assert fit(f"{near}Q. {far}Q.", LEFT, "") == [1]
    assert fit(f"{near}Q. {near.replace('town', 'Town')}Q.", LEFT, "") == [1, 2]


def test_where_prefix_and_suffix_stand_together_the_passage_was_removed():
    twin = f"{LEFT.replace('town', 'city')}Q{RIGHT.replace('fish', 'crab')}"

    assert fit(f"{twin}. Then {LEFT}{RIGHT}.", LEFT, RIGHT) == []
    assert fit(f"{twin}. Then {LEFT}another{RIGHT}.", LEFT, RIGHT) == []
    assert fit(f"{twin}. Then {LEFT}{'a' * 50}{RIGHT}.", LEFT, RIGHT) == [1]
    assert fit(f"{twin}. Then {LEFT}{RIGHT}.", LEFT[-11:], RIGHT) == [1]


def test_less_of_the_context_around_a_hole_does_not_refute_a_place_with_all_of_it():
    short = f"{LEFT[-24:]}{RIGHT[:24]}"

    assert fit(f"{LEFT}Q{RIGHT}. Then {short}.", LEFT, RIGHT) == [1]
    assert fit(f"{LEFT}Q{RIGHT}. Then {LEFT}{RIGHT}.", LEFT, RIGHT) == []


def test_a_place_within_the_context_itself_fills_no_hole():
    prefix, suffix = "the attribute called ", " Q that is a dictionary of them"

    assert fit(f"{prefix}{suffix}", prefix, suffix) == []
    assert fit(f"{prefix}Q{suffix}", prefix, suffix) == [1]


def test_where_the_words_stand_though_out_of_question_they_were_not_removed():
    text = f"{LEFT}Q{RIGHT}. Then {LEFT}Q{RIGHT}."
    folded = fold(text, Level.TYPOGRAPHY)
    both = places_of("Q", folded, text).ranges

    assert fitting(both[:1], context_of(LEFT, RIGHT), folded, text) == []
    assert fitting(both[:1], context_of(LEFT, RIGHT), folded, text, both) == [both[0]]


def test_repeated_signs_around_a_passage_make_no_hole():
    line = "=" * 60

    assert fit(f"{line}Q{line}", "=" * 40, "=" * 40) == [1]


def test_likeness_of_a_context_is_the_mean_of_its_sides():
    text = f"{LEFT}Q{RIGHT}"
    place = Range(len(LEFT), len(LEFT) + 1)

    assert context_likeness(place, context_of(LEFT, RIGHT), text) == 1
    half = context_likeness(place, context_of(LEFT, "zzzzzzzzzzzzzzz"), text)
    near = context_likeness(place, context_of(LEFT.replace("town", "city"), RIGHT), text)
    assert half < near < 1
    assert fits(place, context_of(LEFT, RIGHT), text)
    assert not fits(place, context_of("zzzzzzzzzzzzzzz", "yyyyyyyyyyyyyyy"), text)


SIGNS = st.sampled_from([*"ab c.,’", "e\u0301", "👍🏽", "日", "co\N{SOFT HYPHEN}op"])


@given(st.lists(SIGNS), st.lists(SIGNS, min_size=1), st.lists(SIGNS))
@settings(deadline=None, derandomize=True, max_examples=300)
def test_a_stretch_fits_in_what_stands_around_it(before, stretch, after):
    before, stretch, after = ("".join(part) for part in (before, stretch, after))
    # If it stands in its own context too, it may be the one there that is left.
    assume(stretch.strip() and stretch.strip() not in before + after)
    text = before + stretch + after
    folded = fold(text, Level.TYPOGRAPHY)
    context = context_of(before, after)
    places = places_of(stretch, folded, text, context)

    found = fitting(places.ranges, context, folded, text)

    start = len(before) + len(stretch) - len(stretch.lstrip())
    assert start in {place.start for place in found}
