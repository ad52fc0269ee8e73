import re
from importlib.resources import files

import pytest

from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.model.vocabulary import ARTICLE_TYPES, DEFAULT_VOCABULARY, Group
from mkdocs_annotate.rendering.wording import languages, wording_of


def test_every_kind_group_and_article_type_has_words():
    wording = wording_of("en")

    for kind in DEFAULT_VOCABULARY.kinds:
        entry = wording.entry("kinds", kind)
        assert f"kinds.{kind}.label" in wording.words
        assert entry.definition.endswith(".")
        assert entry.word == entry.word.lower()
    for group in Group:
        assert wording(f"groups.{group.value}")
    for name in ARTICLE_TYPES:
        assert wording.entry("article_types", name).definition.endswith(".")


def test_templates_and_code_use_words_that_exist():
    package = files("mkdocs_annotate") / "rendering"
    sources = [path.read_text("utf-8") for path in package.iterdir() if path.name.endswith(".py")]
    sources += [path.read_text("utf-8") for path in (package / "templates").iterdir()]
    used = set()
    for source in sources:
        used |= set(re.findall(r'(?:wording|words)\(\s*"([a-z_.]+)"', source))

    assert used
    assert used <= set(wording_of("en").words)


def test_every_language_fills_in_what_english_fills_in():
    english = wording_of("en").words
    for language in languages():
        for key, words in wording_of(language).words.items():
            assert set(re.findall(r"{\w+}", words)) == set(re.findall(r"{\w+}", english[key])), key


def test_an_unknown_language_is_english():
    assert wording_of("tlh-Latn")("headings.notes") == "Notes"


def test_a_kind_that_nobody_described_is_called_by_its_id():
    entry = wording_of("en").entry("kinds", "deprecated-thing")

    assert (entry.label, entry.word, entry.definition) == (
        "Deprecated thing",
        "deprecated thing",
        "",
    )


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (Date(2024, 11, 3), "3 November 2024"),
        (Date(2024, 11), "November 2024"),
        (Date(2024), "2024"),
    ],
)
def test_dates_are_told_as_far_as_they_are_known(date, words):
    assert wording_of("en").date(date) == words
