import re
from importlib.resources import files

import pytest

from mkdocs_annotate.model.dates import SEASONS, STATUSES, Date, parse_edtf
from mkdocs_annotate.model.vocabulary import ARTICLE_TYPES, DEFAULT_VOCABULARY, Group
from mkdocs_annotate.rendering.translations import Wording, languages, wording_of, words_in

TRANSLATED = [language for language in languages() if language != "en"]
OF_SOME = {"dates.first", "dates.months_alone"}


def placeholders(words):
    return set(re.findall(r"{\w+}", words))


@pytest.mark.parametrize("language", languages())
def test_every_kind_group_and_article_type_has_words(language):
    wording = wording_of(language)
    stop = wording("signs.stop")

    for kind in DEFAULT_VOCABULARY.kinds:
        entry = wording.entry("kinds", kind)
        assert f"kinds.{kind}.label" in wording.words
        assert entry.definition.endswith(stop)
        if language != "de":
            assert entry.word == entry.word.lower()
    for group in Group:
        assert wording(f"groups.{group.value}")
    for name in ARTICLE_TYPES:
        assert wording.entry("article_types", name).definition.endswith(stop)


def test_templates_and_code_use_words_that_exist():
    package = files("mkdocs_annotate") / "rendering"
    sources = [path.read_text("utf-8") for path in package.iterdir() if path.name.endswith(".py")]
    sources += [path.read_text("utf-8") for path in (package / "templates").iterdir()]
    used = set()
    for source in sources:
        used |= set(re.findall(r'(?:wording|words|self)\(\s*"([a-z_.]+)"', source))

    assert used
    assert used <= set(wording_of("en").words)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_has_the_words_that_english_has_and_fills_in_the_same(language):
    english, words = words_in("en"), words_in(language)

    assert set(words) - OF_SOME == set(english)
    for key in english:
        assert placeholders(words[key]) == placeholders(english[key]), key
        assert words[key].strip(), key


# Words that another language writes as English does.
ALIKE = {
    *("DOI", "Notes", "note", "Source", "source", "Sources", "Opinion", "opinion", "Interview"),
    *("Passage", "Documentation", "Satire", "Article", "Total", "Page "),
}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_word_was_left_in_english(language):
    english, words = words_in("en"), words_in(language)
    alike = (re.sub(r"{\w+}", "", words[key]) for key in english if words[key] == english[key])

    assert {one for one in alike if re.search("[A-Za-z]", one)} <= ALIKE


@pytest.mark.parametrize("language", languages())
def test_the_name_of_a_reference_holds_what_is_seen(language):
    words = words_in(language)

    for key in ("names.judgement", "names.judgement_by"):
        assert "{kind} {number}" in words[key]


@pytest.mark.parametrize("language", languages())
def test_a_language_has_twelve_months(language):
    words = words_in(language)

    for key in ("dates.months", "dates.months_alone"):
        assert len(set(words.get(key, words["dates.months"]).split())) == 12


def test_an_unknown_language_is_english():
    assert wording_of("tlh-Latn")("headings.notes") == "Notes"


@pytest.mark.parametrize("tag", ["pt", "pt-BR", "pt_BR", "PT"])
def test_a_region_has_the_words_of_its_language(tag):
    assert wording_of(tag)("headings.sources") == "Fontes"


@pytest.mark.parametrize(
    ("language", "page", "ours", "theirs"),
    [
        ("de", "de", {}, {}),
        ("de", "de-AT", {}, {}),
        ("en", "", {}, {}),
        ("tlh", "", {}, {}),
        ("de", "en", {"lang": "de"}, {"lang": "en"}),
        ("ar", "en", {"lang": "ar", "dir": "rtl"}, {"lang": "en"}),
        ("ar", "", {"lang": "ar", "dir": "rtl"}, {"lang": ""}),
        ("ar-EG", "fa", {"lang": "ar"}, {"lang": "fa"}),
        ("tlh", "tlh", {"lang": "en"}, {"lang": "tlh"}),
        ("he", "he", {"lang": "en", "dir": "ltr"}, {"lang": "he"}),
    ],
)
def test_words_in_another_language_than_the_page_say_so(language, page, ours, theirs):
    wording = wording_of(language, page)

    assert (wording.ours, wording.theirs) == (ours, theirs)


def test_a_kind_that_nobody_described_is_called_by_its_id():
    entry = wording_of("en").entry("kinds", "deprecated-thing")

    assert (entry.label, entry.word, entry.definition) == (
        "Deprecated thing",
        "deprecated thing",
        "",
    )


@pytest.mark.parametrize(
    ("language", "day", "month", "year"),
    [
        ("en", "3 November 2024", "November 2024", "2024"),
        ("de", "3. November 2024", "November 2024", "2024"),
        ("fr", "3\u00a0novembre 2024", "novembre 2024", "2024"),
        ("es", "3 de noviembre de 2024", "noviembre de 2024", "2024"),
        ("pt", "3 de novembro de 2024", "novembro de 2024", "2024"),
        ("uk", "3 листопада 2024", "листопад 2024", "2024"),
        ("ar", "3 نوفمبر 2024", "نوفمبر 2024", "2024"),
        ("ja", "2024年11月3日", "2024年11月", "2024年"),
    ],
)
def test_dates_are_told_as_far_as_they_are_known(language, day, month, year):
    wording = wording_of(language)

    assert wording.date(Date(2024, 11, 3)) == day
    assert wording.date(Date(2024, 11)) == month
    assert wording.date(Date(2024)) == year


def test_the_first_of_a_month_has_a_form_of_its_own_where_a_language_wants_one():
    assert wording_of("fr").date(Date(2024, 5, 1)) == "1er\u00a0mai 2024"
    assert wording_of("de").date(Date(2024, 5, 1)) == "1. Mai 2024"


def test_lists_have_the_commas_of_their_language_and_no_empty_items():
    assert Wording({"signs.comma": "、"}).listed(["A", "", "B"]) == "A、B"


@pytest.mark.parametrize(
    ("language", "label", "word"),
    [
        ("en", "Satire", "satire"),
        ("en", "NATO view", "NATO view"),
        ("en", "X", "X"),
        ("de", "Ansicht", "Ansicht"),
        ("ja", "見方", "見方"),
    ],
)
def test_a_label_of_the_sites_own_is_the_word_too(language, label, word):
    wording = wording_of(language, "", (("kinds.opinion.label", label),))

    assert wording.entry("kinds", "opinion").word == word
    assert wording.entry("kinds", "prediction") == wording_of(language).entry("kinds", "prediction")


def test_a_word_of_the_sites_own_wins_over_its_label():
    own = (("kinds.opinion.word", "we think"), ("kinds.opinion.label", "View"))

    assert wording_of("en", "", own).entry("kinds", "opinion").word == "we think"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-11-03", "3 November 2024"),
        ("1723~", "c. 1723"),
        ("1723?", "1723 (?)"),
        ("1723%", "c. 1723 (?)"),
        ("1998/1999", "1998–1999"),
        ("1998-05/1998-06", "May 1998 – June 1998"),
        ("../1850", "until 1850"),
        ("1850/..", "since 1850"),
        ("2019-21", "spring 2019"),
        ("199X", "1990s"),
        ("18XX", "1800–1899"),
        ("18XX~", "c. 1800–1899"),
        ("-0043", "44 BCE"),
        ("-0043-03-15", "15 March 44 BCE"),
        ("0000", "1 BCE"),
        ("in press", "in press"),
        ("no date", "no date"),
    ],
)
def test_dates_of_sources_say_how_sure_they_are(text, words):
    assert wording_of("en").published(parse_edtf(text)) == words


@pytest.mark.parametrize("language", languages())
def test_dates_of_sources_have_words_in_every_language(language):
    wording = wording_of(language)
    sure = wording.published(parse_edtf("1990"))
    unsure = ["1990~", "1990?", "1990/1991", "../1990", "1990/..", "1990-21", "199X", "-1989"]

    words = [wording.published(parse_edtf(text)) for text in unsure + list(STATUSES)]

    assert len({sure, *words}) == len(words) + 1
    assert all(one.strip() and "{" not in one for one in words)
    assert len(wording.words["dates.seasons"].split()) == SEASONS


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("Plain words, 2014 (p. 3)", False),
        ("Žluťoučký kůň – 日本語 “naïve”…", False),
        ("a שלום", True),
        ("مرحبا", True),
        ("a\u202eb", True),
        ("a\u200fb", True),
        ("\U0001e900", True),
    ],
)
def test_text_of_the_other_direction_turns_words_around(text, turns):
    assert wording_of("en").turns(text) is turns
    assert wording_of("ar", "ar").turns(text)
