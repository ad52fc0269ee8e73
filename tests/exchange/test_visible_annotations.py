from mkdocs_annotate.exchange.publication import visible_annotations, visible_page


def item(id_, exact, prefix="", suffix=""):
    selector = {"exact": exact, "prefix": prefix, "suffix": suffix}
    return {"id": f"https://x.example/#{id_}", "target": {"selector": [selector, {"start": 0}]}}


def collection(*items):
    return {"total": len(items), "first": {"items": list(items), "startIndex": 0}}


def test_hidden_annotations_are_left_out_and_counted_no_more():
    found = visible_annotations(collection(item("a", "A"), item("b", "B")), frozenset({"b"}))

    assert found == collection(item("a", "A"))
    assert visible_annotations(found, frozenset({"a"})) is None


def test_words_around_a_passage_are_left_out_if_the_page_does_not_show_them():
    given = collection(item("a", "door", "code 4711 opens the ", "."), item("b", "cellar", "the "))

    found = visible_annotations(given, frozenset(), "opens the door the cellar")

    assert found == collection(item("a", "door"), item("b", "cellar", "the "))


def test_each_of_several_places_is_looked_at():
    several = item("a", "door", "4711 ")
    several["target"] = [several["target"], item("a", "door", "the ")["target"]]

    found = visible_annotations(collection(several), frozenset(), "the door")

    (shown,) = found["first"]["items"]
    assert [target["selector"][0]["prefix"] for target in shown["target"]] == ["", "the "]


PAGE = {
    "headline": "The vault",
    "backstory": "We went there.",
    "correction": [{}],
    "isBasedOn": {},
    "citation": [{"@id": "#ann--source-a"}, {"@id": "#ann--source-b"}],
    "comment": [
        {
            "@id": "#ann-x--note",
            "about": {"@id": "#ann-x"},
            "citation": [{"@id": "#ann--source-a"}],
        },
        {"@id": "#ann-y--note", "about": {"@id": "#ann-y"}},
    ],
}


def test_a_page_that_hides_nothing_is_told_whole():
    assert visible_page(PAGE, frozenset(), "The vault") == PAGE


def test_what_a_page_hides_is_not_told_of_it():
    found = visible_page(PAGE, frozenset({"ann-y", "ann--source-a", "ann--panel"}), "The door")

    assert found == {
        "citation": [{"@id": "#ann--source-b"}],
        "comment": [{"@id": "#ann-x--note", "about": {"@id": "#ann-x"}}],
    }
    hidden = frozenset({"ann-x", "ann-y", "ann--source-a", "ann--source-b"})
    assert visible_page({"headline": "The vault"}, hidden, "The vault") == {"headline": "The vault"}
