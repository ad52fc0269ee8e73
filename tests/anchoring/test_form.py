"""Equal in form: what carries no meaning makes no difference, everything else does."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.anchoring.ends import cuts_cluster, with_invisible
from mkdocs_annotate.anchoring.form import MOST_MARKS, Folded, fold, fold_text
from mkdocs_annotate.model.places import Range

FAMILY = "👨\N{ZERO WIDTH JOINER}👩\N{ZERO WIDTH JOINER}👧"
ALPHABET = [
    *"aAbß İıΣςﬁﷺ½²Å日本ガｶの한국مرحبا1٣,.;:!?%«»-–—…'’“”`\t",
    *("\n", "\u00a0", "\u00ad", "\u200b", "\u200f", "\u2028", "\ufe0f", "\u0301", "\u0323"),
    *("e\u0301", "\u1112\u1161\u11ab", "ｶ\uff9e", "\u0958", "क्ष", "ന്\N{ZERO WIDTH JOINER}"),
    *("--", "...", "  ", " !", "« ", FAMILY, "👍🏽", "🇩🇪", "❤\ufe0f", "🏴\U000e0067\U000e007f"),
    *("ไทย", "กำ", "\u0e33", "\ufe70", "\uffe3", "\u1100", "\u1161", "\u11a8", "\u0338", "="),
]
TEXT = st.lists(st.sampled_from(ALPHABET), max_size=14).map("".join)
EQUAL = st.one_of(TEXT, st.text(max_size=12))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Invisible signs, and how a letter is encoded.
        ("co\N{SOFT HYPHEN}op", "coop"),
        ("a\N{ZERO WIDTH SPACE}b", "ab"),
        ("שלום\N{RIGHT-TO-LEFT MARK}", "שלום"),
        ("\N{LEFT-TO-RIGHT ISOLATE}a\N{POP DIRECTIONAL ISOLATE}", "a"),
        ("❤\N{VARIATION SELECTOR-16}", "❤"),
        ("\N{ZERO WIDTH NO-BREAK SPACE}a", "a"),
        (FAMILY, "👨👩👧"),
        ("é", "e\N{COMBINING ACUTE ACCENT}"),
        ("한", "\u1112\u1161\u11ab"),
        ("\N{ANGSTROM SIGN}", "Å"),
        ("\u0915\u093c", "\u0958"),
        ("e\u0323\u0301", "e\u0301\u0323"),
        # Presentation forms.
        ("oﬃce", "office"),
        ("ﬅop", "ſtop"),
        ("Ａｂ１", "Ab1"),
        ("ｶﾞｽ", "ガス"),
        ("ﷺ", "صلى الله عليه وسلم"),
        ("ﻻ", "لا"),
        ("אָ", "א\u05b8"),
        ("＃１", "#1"),
        # Spaces and line ends.
        ("a  b", "a\n\tb"),
        ("a b", "a\N{NO-BREAK SPACE}b"),
        ("a b", "a\N{NARROW NO-BREAK SPACE}b"),
        ("a b", "a\N{LINE SEPARATOR}b"),
        ("日本 語", "日本\n語"),
        ("日本語", "日本\n語"),
        ("日本 MkDocs を", "日本MkDocsを"),
        ("ภาษา ไทย", "ภาษาไทย"),
        ("日本\N{IDEOGRAPHIC SPACE}語", "日本語"),
        ("Quoi ?", "Quoi?"),
        ("Non\N{NARROW NO-BREAK SPACE}!", "Non!"),
        ("fin ; et", "fin; et"),
        ("dit :", "dit:"),
        ("5 %", "5%"),
        ("« Non »", "«Non»"),
        ("« Non »", '"Non"'),
        # Signs.
        ("don't", "don’t"),
        ("don't", "don\N{MODIFIER LETTER APOSTROPHE}t"),
        ("5'", "5\N{PRIME}"),
        ("5\N{DOUBLE PRIME}", '5"'),
        ("'a'", "`a´"),
        ('"so"', "“so”"),
        ('"so"', "„so“"),
        ('"so"', "»so«"),
        ("'so'", "‹so›"),
        ("a - b", "a – b"),
        ("a - b", "a — b"),
        ("a-b", "a\N{NON-BREAKING HYPHEN}b"),
        ("-1", "\N{MINUS SIGN}1"),
        ("so...", "so…"),
    ],
)
def test_what_carries_no_meaning_is_equal_in_form(one, other):
    assert fold_text(one) == fold_text(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("us", "US"),
        ("straße", "strasse"),
        ("a", "á"),
        ("كَتَبَ", "كتب"),
        ("שָׁלוֹם", "שלום"),
        ("10²", "102"),
        ("½", "1/2"),
        ("①", "1"),
        ("now here", "nowhere"),
        ("re-sign", "resign"),
        ("re - sign", "re-sign"),
        ("--force", "-force"),
        ("a --- b", "a - b"),
        ("—— b", "— b"),
        ("''", '"'),
        ("1.5", "15"),
        ("1,5", "1.5"),
        ("a + b", "a - b"),
        ("a < b", "a > b"),
        ("a ≠ b", "a = b"),
        ("5%", "5‰"),
        ("$5", "€5"),
        ("a × b", "a x b"),
        ("#1", "1"),
        ("so!", "so."),
        ("so?", "so"),
        ("so.", "so..."),
        ("ok 👍", "ok 👎"),
        ("ok 👍🏽", "ok 👍"),
        ("🇩🇪", "🇪🇩"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴\U000e0067\U000e007f"),
        ("a )", "a)"),
        ("( a", "(a"),
        ("a , b", "a, b"),
        ("µ", "m"),
        ("İ", "I"),
    ],
)
def test_whatever_else_differs_is_not_equal(one, other):
    assert fold_text(one) != fold_text(other)


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "a\0b", "\u0301", "\u0301\u0323a", "\ud7ff", "a\x85b"]
)
def test_any_text_has_a_form(text):
    form = fold(text)

    assert isinstance(form.text, str)
    assert fold_text(form.text) == form.text


def test_plain_text_needs_no_way_back():
    assert fold("Plain words, as typed.").maps == ()
    assert fold("Schön gesagt, “so” – und so.").maps == ()


@given(TEXT)
@settings(deadline=None, derandomize=True, max_examples=500)
def test_folding_again_changes_nothing(text):
    once = fold_text(text)

    assert fold_text(once) == once


@given(st.text(max_size=30))
@settings(deadline=None, derandomize=True, max_examples=300)
def test_nor_does_it_for_any_unicode(text):
    once = fold_text(text)

    assert fold_text(once) == once


@given(EQUAL, EQUAL, EQUAL)
@settings(deadline=None, derandomize=True, max_examples=200)
def test_equal_in_form_is_an_equivalence(one, other, third):
    """Symmetric and transitive, since equality of the folded texts is; here with real twins."""
    form = fold_text(one)
    twins = [one, form, one.replace("'", "’"), one.replace("-", "–"), other, third]
    equal = {(a, b) for a in twins for b in twins if fold_text(a) == fold_text(b)}

    assert {(a, a) for a in twins} <= equal
    assert {(one, form), (one, one.replace("'", "’")), (one, one.replace("-", "–"))} <= equal
    assert {(b, a) for a, b in equal} == equal
    assert {(a, d) for a, b in equal for c, d in equal if b == c} == equal


@given(TEXT)
@settings(deadline=None, derandomize=True, max_examples=500)
def test_any_cut_at_grapheme_edges_stands_in_the_folded_whole(text):
    folded = fold_text(text)
    # Invisible signs belong to the sign before, which a mark behind them may join.
    cuts = [at for at in range(len(text) + 1) if not cuts_cluster(text, with_invisible(text, at))]

    lost = [
        text[start:end]
        for number, start in enumerate(cuts)
        for end in cuts[number + 1 :]
        if fold_text(text[start:end]).strip() not in folded
    ]

    assert lost == []


@given(TEXT)
@settings(deadline=None, derandomize=True, max_examples=300)
def test_the_way_back_leads_inside_the_text_and_never_turns(text):
    folded = fold(text)
    length = len(folded.text)

    ranges = [folded.back(Range(place, place + 1)) for place in range(length)]

    edges = [(place.start, place.end) for place in ranges]
    assert all(0 <= start < end <= len(text) for start, end in edges)
    assert edges == sorted(edges)
    if length:
        whole = folded.back(Range(0, length))
        assert (whole.start, whole.end) == (edges[0][0], edges[-1][1])


@given(TEXT)
@settings(deadline=None, derandomize=True, max_examples=300)
def test_what_the_way_back_leads_to_is_equal_in_form(text):
    """Between cuts that lie inside no sign, but for spaces at the ends."""
    folded = fold(text)
    cuts = [at for at in range(len(folded.text) + 1) if not folded.cuts(at)]

    for start, end in pairwise(cuts):
        place = folded.back(Range(start, end))
        wanted = folded.text[start:end]
        if not (cuts_cluster(text, place.start) or cuts_cluster(text, place.end)):
            assert fold_text(text[place.start : place.end]).strip() == wanted.strip()


def test_what_was_folded_together_comes_back_together():
    folded = fold("a — — b…c")

    assert folded.text == "a - - b...c"
    assert folded.back(Range(2, 3)) == Range(2, 3)
    assert folded.back(Range(7, 8)) == Range(7, 8)
    assert folded.back(Range(8, 9)) == Range(7, 8)
    assert folded.back(Range(6, 11)) == Range(6, 9)


@pytest.mark.parametrize(
    ("text", "folded", "cut"),
    [
        ("oﬃce", "office", {2, 3}),
        ("so…", "so...", {3, 4}),
        ("co\N{SOFT HYPHEN}op", "coop", set()),
        ("plain", "plain", set()),
        ("e\u0301a", "éa", set()),
        # The second step moves what the first one made.
        ("a  oﬃce … b", "a office ... b", {4, 5, 10, 11}),
    ],
)
def test_a_sign_that_became_several_is_cut_inside_them(text, folded, cut):
    form = fold(text)

    assert form.text == folded
    assert {at for at in range(-1, len(folded) + 2) if form.cuts(at)} == cut


def test_letters_with_endless_marks_are_left_alone():
    """To compose them takes time that grows with the square of their number."""
    text = "e" + "\u0301\u0323" * 20_000 + " the boat"

    assert fold_text(text) == text
    assert fold_text("e" + "\u0301" * (MOST_MARKS - 1)) == "\u00e9" + "\u0301" * (MOST_MARKS - 2)
    assert fold_text("e" + "\u0301" * MOST_MARKS) == "e" + "\u0301" * MOST_MARKS


def test_marks_on_a_space_stay_where_they_are():
    """Without the space they would join the sign before."""
    assert fold_text("日 \u0301") == "日 \u0301"
    assert fold_text("日 \u3099x") == "日 \u3099x"
    assert fold_text("a\ufe70") == "a\ufe70"


def test_a_form_remembers_its_finder():
    form = Folded("so it is")

    assert form.finder is form.finder
    assert list(form.finder.starts("it")) == [3]
