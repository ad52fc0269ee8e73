"""Tags of marks and references, as strings and as a browser reads them."""

import html5lib
import pytest

from mkdocs_annotate.model.vocabulary import Group, Kind
from mkdocs_annotate.rendering.marks import (
    Mark,
    end_tag,
    kind_classes,
    note_id,
    passage_id,
    reference,
    start_tag,
    style_of,
)

CONTEXT = Kind("context", Group.CONTEXT)
OPINION = Kind("prediction", Group.OPINION)
KEY = Kind("key-point", Group.KEY)
HOSTILE = """a"b'c<script>d&amp;e</a>"""


def mark(kind=CONTEXT, **values):
    words = {"word": kind.id, "label": f"{kind.id}: "}
    words |= {name: values.pop(name) for name in ("word", "label", "language") if name in values}
    fields = {"key": "vote", "place": 1, "number": 3, "name": "Note 3"}
    return Mark(style=style_of(kind, **words), **{**fields, **values})


def element(html, name):
    """Return the only element called `name` that a browser makes of `html`."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    (found,) = tree.iter(name)
    return found


def test_the_first_piece_has_the_id():
    assert start_tag(mark(), first=True) == ('<span class="ann-m ann-g-context" id="ann-vote">')


def test_other_pieces_continue_the_passage_without_an_id():
    assert start_tag(mark(), first=False) == (
        '<span class="ann-m ann-g-context ann-cont" data-ann="vote">'
    )


def test_a_judged_passage_without_a_reference_says_its_kind_once():
    assert start_tag(mark(OPINION, number=0), first=True) == (
        '<mark class="ann-m ann-g-opinion ann-k-prediction" id="ann-vote"'
        ' data-ann-say="prediction: ">'
    )
    assert start_tag(mark(OPINION, number=0), first=False) == (
        '<mark class="ann-m ann-g-opinion ann-k-prediction ann-cont" data-ann="vote">'
    )


def test_a_judged_passage_with_a_reference_leaves_it_to_say_the_kind():
    assert start_tag(mark(OPINION), first=True) == (
        '<mark class="ann-m ann-g-opinion ann-k-prediction" id="ann-vote">'
    )


@pytest.mark.parametrize("group", Group)
def test_only_what_judges_the_words_themselves_is_a_mark(group):
    judges = group in (Group.OPINION, Group.QUESTION, Group.KEY)
    made = mark(Kind("x", group))
    name = "mark" if judges else "span"

    for first in (True, False):
        assert start_tag(made, first=first).startswith(f"<{name} ")
    assert end_tag(made) == f"</{name}>"


@pytest.mark.parametrize(("lane", "classes"), [(1, ""), (2, " ann-l2"), (3, " ann-l3")])
def test_every_piece_has_the_lane_of_its_passage(lane, classes):
    base = f'<span class="ann-m ann-g-context{classes}'

    assert start_tag(mark(lane=lane), first=True).startswith(f'{base}" id=')
    assert start_tag(mark(lane=lane), first=False).startswith(f'{base} ann-cont" data')


def test_every_piece_of_a_draft_is_one():
    base = '<span class="ann-m ann-g-context ann-draft'

    assert start_tag(mark(draft=True), first=True).startswith(f'{base}" id=')
    assert start_tag(mark(draft=True), first=False).startswith(f'{base} ann-cont" data')


def test_ids_of_passages_and_notes_hold_the_key():
    assert passage_id("vote") == "ann-vote"
    assert passage_id("vote", 1) == "ann-vote"
    assert passage_id("vote", 2) == "ann-vote--2"
    assert note_id("vote") == "ann-vote--note"


def test_classes_tell_group_and_kind():
    assert kind_classes(OPINION) == "ann-g-opinion ann-k-prediction"


def test_a_further_place_has_an_id_of_its_own_and_the_same_key():
    assert start_tag(mark(place=2), first=True).endswith(' id="ann-vote--2" data-ann="vote">')


def test_a_reference_is_a_link_to_the_note():
    assert reference(mark()) == (
        '<sup class="ann-ref ann-g-context ann-n3">'
        "\N{NARROW NO-BREAK SPACE}"
        '<a href="#ann-vote--note" aria-label="Note 3">3</a></sup>'
    )


def test_a_reference_beside_its_mark_has_its_kind_from_there():
    assert reference(mark(OPINION), beside=True).startswith('<sup class="ann-ref ann-n3">')
    assert reference(mark(place=2), beside=True).startswith('<sup class="ann-ref">')


def test_search_that_reads_pages_is_told_to_leave_references_out():
    style = style_of(CONTEXT, "context", "", excluded=True)

    html = reference(mark()._replace(style=style))

    assert element(html, "sup").get("data-search-exclude") == ""


def test_a_kind_called_like_its_group_has_one_class():
    assert kind_classes(CONTEXT) == "ann-g-context"
    assert kind_classes(Kind("context", Group.SOURCE)) == "ann-g-source ann-k-context"


def test_a_reference_to_a_judgement_shows_its_word():
    assert reference(mark(OPINION, name="Note: prediction 3")) == (
        '<sup class="ann-ref ann-g-opinion ann-k-prediction ann-n3">'
        "\N{NARROW NO-BREAK SPACE}"
        '<a href="#ann-vote--note" aria-label="Note: prediction 3">'
        '<span class="ann-tag">prediction&nbsp;</span>3</a></sup>'
    )


def test_a_reference_in_another_language_than_the_page_says_so():
    assert element(reference(mark(language="pt-BR")), "sup").get("lang") == "pt-BR"
    assert element(reference(mark(language=HOSTILE)), "sup").get("lang") == HOSTILE
    assert "lang" not in element(reference(mark()), "sup").attrib


@pytest.mark.parametrize("group", Group)
def test_only_opinions_and_questions_show_their_word(group):
    shows = group in (Group.OPINION, Group.QUESTION)

    assert ("ann-tag" in reference(mark(Kind("x", group)))) is shows


def test_only_the_first_place_has_an_anchor_for_the_margin():
    assert " ann-n3" in reference(mark(place=1))
    assert "ann-n3" not in reference(mark(place=2))
    assert 'href="#ann-vote--note"' in reference(mark(place=2))


@pytest.mark.parametrize("first", [True, False])
def test_values_of_a_mark_stay_values(first):
    made = mark(Kind(HOSTILE, Group.KEY), key=HOSTILE, label=HOSTILE, number=0)

    found = element(start_tag(made, first=first) + "words" + end_tag(made), "mark")

    first_piece = {"id": f"ann-{HOSTILE}", "data-ann-say": HOSTILE}
    own = first_piece if first else {"data-ann": HOSTILE}
    classes = f"ann-m ann-g-key ann-k-{HOSTILE}" + ("" if first else " ann-cont")
    assert dict(found.attrib) == {"class": classes, **own}
    assert found.text == "words"
    assert not len(found)


def test_values_of_a_reference_stay_values():
    made = mark(Kind(HOSTILE, Group.OPINION), key=HOSTILE, word=HOSTILE, name=HOSTILE)

    html = reference(made)

    assert element(html, "sup").get("class") == f"ann-ref ann-g-opinion ann-k-{HOSTILE} ann-n3"
    link = element(html, "a")
    assert dict(link.attrib) == {
        "href": f"#ann-{HOSTILE}--note",
        "aria-label": HOSTILE,
    }
    assert [(child.tag, child.text, child.tail) for child in link] == [
        ("span", f"{HOSTILE}\N{NO-BREAK SPACE}", "3")
    ]


@pytest.mark.parametrize("kind", [CONTEXT, OPINION, KEY])
def test_nothing_has_a_style_a_tooltip_or_a_handler(kind):
    made = mark(kind, draft=True, lane=2)
    html = start_tag(made, first=True) + "words" + end_tag(made) + reference(made)
    known = {"class", "id", "data-ann", "data-ann-say", "data-search-exclude"}

    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)

    names = {name for found in tree.iter() for name in found.attrib}
    assert names <= known | {"href", "aria-label"}
