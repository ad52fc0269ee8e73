import pytest

from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY
from mkdocs_annotate.rendering.index_markers import INDEXES, markers_of


def markers(html):
    return markers_of(html, DEFAULT_VOCABULARY)


@pytest.mark.parametrize("html", ["", "<p>annotate: sources</p>", "<!-- annotated: no -->", "<!--"])
def test_other_text_has_no_markers(html):
    assert markers(html) == []


@pytest.mark.parametrize("index", [name for name in INDEXES if name != "questions"])
def test_every_index_can_be_asked_for(index):
    html = f"<p>a</p>\n<!-- annotate: {index} -->\n"

    (marker,) = markers(html)

    assert (marker.index, marker.only, marker.message) == (index, frozenset(), "")
    assert html[marker.start : marker.end] == f"<!-- annotate: {index} -->"


def test_questions_are_the_kinds_of_their_group():
    (marker,) = markers("<!--annotate:questions-->")

    assert (marker.index, marker.only) == ("kinds", {"question"})


def test_an_index_can_be_limited_to_kinds_and_groups():
    (marker,) = markers("<!-- annotate: speakers opinion, prediction  question -->")

    assert (marker.index, marker.only) == ("speakers", {"opinion", "prediction", "question"})


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("", "no index is named", f"there are {', '.join(INDEXES)}"),
        ("sorces", "there is no index of “sorces”", "did you mean `sources`?"),
        ("Kinds", "there is no index of “Kinds”", "did you mean `kinds`?"),
        ("sources opinion", "the index of sources takes no more words", "remove them"),
        ("kinds opinon", "“opinon” is neither a kind nor a group", "did you mean `opinion`?"),
        ("tags xyz", "“xyz” is neither a kind nor a group", "the reference lists kinds and groups"),
    ],
)
def test_a_mistake_is_told_with_its_hint(words, message, hint):
    (marker,) = markers(f"<!-- annotate: {words} -->")

    assert (marker.message, marker.hint) == (message, hint)
