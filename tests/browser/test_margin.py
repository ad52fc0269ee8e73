"""Notes in the margin stand beside their passages, and show all when they are used."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

POP = ".ann-pop:popover-open"

BOXES = """() => [...document.querySelectorAll(".ann-note")]
  .filter(note => getComputedStyle(note).visibility === "visible")
  .map(note => {
    const reference = document.querySelector(`.ann-ref a[href$="#${note.id}"]`);
    const box = note.getBoundingClientRect();
    const at = reference.parentNode.getBoundingClientRect();
    return {id: note.id, top: box.top, bottom: box.bottom, left: box.left, reference: at.top};
  }).sort((one, other) => one.top - other.top)"""

ARTICLE = """() => {
  const body = document.querySelector(".ann-body").getBoundingClientRect();
  return {left: body.left, right: body.right, top: body.top};
}"""


def still(reader, path="bare/", **settings):
    """Return a page on which nothing slides."""
    return reader(reduced_motion="reduce", **settings).open(path)


def assert_apart(boxes):
    assert len(boxes) > 10
    for one, other in pairwise(boxes):
        assert other["top"] >= one["bottom"], (one, other)


def reference(page, key):
    return page.locator(f'.ann-ref a[href$="#ann-{key}--note"]')


def distance(page, key):
    """Return how far the note of `key` stands below its reference, in px."""
    (box,) = [box for box in page.evaluate(BOXES) if box["id"] == f"ann-{key}--note"]
    return box["top"] - box["reference"]


@pytest.mark.parametrize("theme", ["bare", "mkdocs"])
def test_notes_stand_beside_their_passages_and_never_overlap(reader, theme):
    page = still(reader, f"{theme}/")
    article = page.evaluate(ARTICLE)
    boxes = page.evaluate(BOXES)

    assert_apart(boxes)
    assert all(box["left"] > article["right"] for box in boxes)
    assert all(box["top"] >= article["top"] - 1 for box in boxes)
    assert max(abs(box["top"] - box["reference"]) for box in boxes) < 250
    foot = page.locator("footer").bounding_box()
    assert foot["y"] >= boxes[-1]["bottom"]

    page.locator('[data-ann-show="opinion"]').uncheck()
    filtered = page.evaluate(BOXES)
    assert_apart(filtered)
    assert len(filtered) < len(boxes)


def test_a_note_is_cut_until_it_is_used_and_then_stands_at_its_passage(reader):
    page = still(reader)
    note = page.locator("#ann-fairest--note")
    assert note.bounding_box()["height"] < 90
    expect(note.get_by_text("more", exact=True)).to_be_visible()

    note.hover()
    expect(note).to_have_class(re.compile("ann-on"))
    assert note.bounding_box()["height"] < 90, "a mouse that rests opens nothing"

    reference(page, "fairest").click()
    assert note.bounding_box()["height"] > 300
    # Twelve notes crowd above it.
    assert abs(distance(page, "fairest")) < 80
    expect(page.locator(POP)).to_have_count(0)
    assert_apart(page.evaluate(BOXES))

    page.keyboard.press("Escape")
    assert note.bounding_box()["height"] < 90


@pytest.mark.parametrize("way", ["more", "words", "passage", "focus", "link"])
def test_every_way_to_a_note_opens_it(reader, way):
    page = still(reader)
    note = page.locator("#ann-fairest--note")
    if way == "more":
        note.get_by_text("more", exact=True).click()
    elif way == "words":
        note.click(position={"x": 60, "y": 8})
    elif way == "passage":
        page.locator("#ann-fairest").click()
    elif way == "focus":
        page.locator("#ann-fairest").evaluate("e => e.scrollIntoView()")
        reference(page, "heading").focus()
        link = reference(page, "fairest")
        while not link.evaluate("e => e === document.activeElement"):
            page.keyboard.press("Tab")
    else:
        page.goto(page.url + "#ann-fairest--note")

    page.wait_for_function("document.getElementById('ann-fairest--note').offsetHeight > 300")
    assert_apart(page.evaluate(BOXES))


def test_a_note_of_several_places_goes_to_the_one_that_is_read(reader):
    page = still(reader)
    page.set_viewport_size({"width": 1440, "height": 300})
    last = reference(page, "gate").last
    last.scroll_into_view_if_needed()
    before = page.locator("#ann-gate--note").bounding_box()

    last.click()

    note, at = page.locator("#ann-gate--note").bounding_box(), last.bounding_box()
    assert abs(note["y"] - at["y"]) <= abs(before["y"] - at["y"])
    expect(page.locator("#ann-gate--note")).to_be_in_viewport()
    assert_apart(page.evaluate(BOXES))


def test_the_word_of_a_kind_is_in_the_note_alone_while_that_is_beside_the_text(reader):
    window = reader(reduced_motion="reduce")
    page = window.open("bare/")
    tag = reference(page, "settled").locator(".ann-tag")
    expect(tag).to_be_hidden()
    expect(reference(page, "settled")).to_have_accessible_name("Note: opinion 4")
    expect(page.locator("#ann-settled--note > b")).to_have_text("Opinion of Ines Carrow")
    expect(page.locator(".ann-notes > h2")).to_be_hidden()

    cut = page.locator("#ann-fairest--note").bounding_box()
    page.set_viewport_size({"width": 800, "height": 900})
    expect(tag).to_be_visible()
    assert page.locator("#ann-fairest--note").bounding_box()["height"] > cut["height"]
    expect(page.locator(".ann-notes > h2")).to_be_visible()


def test_notes_of_passages_that_are_not_shown_are_not_shown_either(reader):
    page = still(reader, "bare/hidden/")
    note = page.locator("#ann-folded--note")
    expect(note).to_be_hidden()

    page.get_by_text("Folded").click()
    expect(note).to_be_visible()

    page.get_by_text("Folded").click()
    expect(note).to_be_hidden()


@pytest.mark.parametrize("theme", ["bare", "mkdocs", "material"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_number_of_a_passage_in_code_stands_at_the_end_of_its_line(reader, theme, width):
    page = still(reader, f"{theme}/", width=width)
    piece = page.locator("pre #ann-code")
    piece.scroll_into_view_if_needed()

    line, number = piece.bounding_box(), reference(page, "code").bounding_box()

    assert abs(number["y"] + number["height"] / 2 - line["y"] - line["height"] / 2) < 14
    assert number["x"] > line["x"] + line["width"]
    assert (
        page.locator("pre code").first.evaluate("e => e.innerText").strip()
        == ("levy = 38  # pounds a year")
        or theme == "mkdocs"
    )
    if width > 1000 and theme != "material":
        assert distance(page, "code") == pytest.approx(0, abs=60)


def test_notes_stand_on_the_left_of_a_page_that_is_read_from_the_right(reader):
    page = still(reader, "bare/arabic/")

    left = page.evaluate(ARTICLE)["left"]

    notes = page.locator(".ann-note")
    expect(notes).to_have_count(2)
    for note in notes.all():
        box = note.bounding_box()
        assert box["x"] + box["width"] < left


def test_notes_that_cannot_stand_near_their_passages_become_a_list(reader):
    """Whatever was estimated when the page was made, the heights of its text decide."""

    def denser(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text() + ".ann-body { zoom: .1 }")

    window = reader(reduced_motion="reduce")
    window.page.route("**/annotate.css", denser)
    page = window.open("bare/")

    expect(page.locator(".ann-notes > h2")).to_be_visible()
    note = page.locator("#ann-fairest--note")
    assert note.bounding_box()["height"] > 90
    expect(note).to_have_css("position", "static")
    page.locator(".ann-ref a").nth(3).evaluate(
        "a => a.dispatchEvent(new MouseEvent('click', {bubbles: true, detail: 1}))"
    )
    expect(page.locator(POP)).to_be_visible()


def test_the_script_leaves_no_anchors_to_compute(reader):
    """They made the browser style a page with 45 notes in its margin again and again."""
    page = still(reader)

    anchors = page.evaluate(
        """() => [...document.querySelectorAll(".ann-ref, .ann-note")]
          .filter(e => getComputedStyle(e).anchorName !== "none").length"""
    )

    assert anchors == 0
    assert page.locator(".ann-side").count() == 1


def test_without_script_a_note_stands_at_its_reference_or_below_the_note_before(reader):
    page = reader(java_script_enabled=False).open("bare/")
    ids = re.findall(r'<li id="(ann-\w+--note)"', page.content())
    before = 0.0
    for id_ in ids[1:]:
        note = page.locator(f"#{id_}").bounding_box()
        at = page.locator(f'.ann-ref a[href="#{id_}"]').first.bounding_box()
        assert note["x"] > at["x"] + at["width"]
        assert note["y"] >= before - 1
        assert note["y"] >= at["y"] - 12
        before = note["y"] + note["height"]
    assert page.locator("#ann-fairest--note").bounding_box()["height"] < 90


def test_nothing_of_ours_moves_while_a_page_is_read_in(reader):
    watch = """
      window.moved = 0;
      new PerformanceObserver(list => list.getEntries().forEach(e => { window.moved += e.value; }))
        .observe({type: "layout-shift", buffered: true});
    """
    page = still(reader, script=watch)
    page.wait_for_timeout(700)

    assert page.evaluate("window.moved") == 0
