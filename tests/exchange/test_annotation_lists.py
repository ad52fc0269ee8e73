from mkdocs_annotate.exchange.web_annotation import LENGTH, AnnotationLists

FOLDER = "https://example.org/annotations/"


def lists_of(*counts):
    """Return the files for articles with so many annotations each."""
    lists = AnnotationLists(FOLDER, "Bridges")
    files = {}
    for number, count in enumerate(counts):
        items = [{"id": f"{number}#{item}"} for item in range(count)]
        files |= lists.add({"id": f"{number}/annotations.jsonld", "first": {"items": items}})
    return {**files, **dict(lists.end())}


def test_a_site_is_a_collection_whose_pages_name_its_annotations():
    files = lists_of(1, 2)

    assert files == {
        "1.jsonld": {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": FOLDER + "1.jsonld",
            "type": "AnnotationPage",
            "partOf": FOLDER + "collection.jsonld",
            "startIndex": 0,
            "items": ["0#0", "1#0", "1#1"],
            "rdfs:seeAlso": [{"id": "0/annotations.jsonld"}, {"id": "1/annotations.jsonld"}],
        },
        "collection.jsonld": {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": FOLDER + "collection.jsonld",
            "type": "AnnotationCollection",
            "label": "Bridges",
            "total": 3,
            "first": FOLDER + "1.jsonld",
            "last": FOLDER + "1.jsonld",
        },
    }


def test_many_are_cut_into_pages_that_lead_to_each_other_and_miss_none():
    files = lists_of(*[30] * 100, LENGTH + 5, 1)

    collection = files.pop("collection.jsonld")
    pages = {page["id"]: page for page in files.values()}
    address, found, before = collection["first"], [], None
    while address:
        page = pages[address]
        assert page["startIndex"] == len(found)
        assert page.get("prev") == before
        found += page["items"]
        before, address = address, page.get("next")
    assert before == collection["last"]
    assert len(set(found)) == len(found) == collection["total"] == 3000 + LENGTH + 6
    assert max(len(page["items"]) for page in pages.values()) == LENGTH + 5
    assert len(pages) == 6


def test_without_annotations_there_is_no_list():
    assert lists_of() == {}
