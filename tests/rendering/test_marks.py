"""Tags of marks and references, as strings and as a browser reads them."""

import html5lib
import pytest

from mkdocs_annotate.model.vocabulary import Group, Kind
from mkdocs_annotate.rendering.marks import (
    Mark,
    end_tag,
    kind_classes,
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


def test_a_kind_called_like_its_group_has_one_class():
    assert kind_classes(CONTEXT) == "ann-g-context"
    assert kind_classes(Kind("context", Group.SOURCE)) == "ann-g-source ann-k-context"


def test_a_reference_in_another_language_than_the_page_says_so():
    assert element(reference(mark(language="pt-BR")), "sup").get("lang") == "pt-BR"
    assert element(reference(mark(language=HOSTILE)), "sup").get("lang") == HOSTILE
    assert "lang" not in element(reference(mark()), "sup").attrib


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


@pytest.mark.parametrize("key", ["the-extra-second", "no-comment", "related-work", "an-ad-of-1920"])
def test_a_passage_whose_id_looks_like_no_text_stays_in_reader_modes(key):
    assert "ann-article" in element(start_tag(mark(key=key), first=True), "span").get("class")
    assert "ann-article" not in element(start_tag(mark(), first=True), "span").get("class")


@pytest.mark.parametrize("first", [True, False])
def test_so_does_one_of_a_kind_with_such_a_name(first):
    made = mark(Kind("comment", Group.CONTEXT))

    assert "ann-article" in element(start_tag(made, first=first), "span").get("class")
