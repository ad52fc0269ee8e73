"""What a reader does with a page, and what then happens."""

import re

import pytest
from playwright.sync_api import expect

POP = ".ann-pop:popover-open"


def test_a_click_shows_the_note_without_a_jump_and_escape_leaves_the_focus(reader):
    page = reader(width=800).open("bare/")
    link = page.locator('.ann-ref a[href="#ann-settled--note"]')
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")

    link.click()

    pop = page.locator(POP)
    expect(pop).to_contain_text("A judgement about what counts as settled.")
    expect(pop).to_contain_text("it cannot be proved true or false")
    expect(pop).to_have_attribute("aria-label", "Note: opinion 4")
    assert page.evaluate("scrollY") == before
    assert not page.url.endswith("--note")
    expect(page.locator("#ann-settled")).to_have_class(re.compile("ann-on"))

    page.keyboard.press("Escape")

    expect(pop).to_have_count(0)
    expect(link).to_be_focused()


def test_a_click_anywhere_in_a_passage_shows_the_innermost_note(reader):
    page = reader(width=800).open("bare/")

    page.locator("#ann-inner").click()
    expect(page.locator(POP)).to_contain_text("Funding statement")

    page.locator("h1").click(position={"x": 5, "y": 5})
    expect(page.locator(POP)).to_have_count(0)


def test_a_mouse_that_rests_shows_a_note_and_one_that_leaves_hides_it_unless_it_was_clicked(reader):
    page = reader(width=800).open("bare/")
    link = page.locator('.ann-ref a[href="#ann-berths--note"]')

    link.hover()
    expect(page.locator(POP)).to_contain_text("His estimate")
    page.mouse.move(5, 5)
    expect(page.locator(POP)).to_have_count(0)

    link.click()
    expect(page.locator(POP)).to_contain_text("His estimate")
    page.mouse.move(5, 5)
    with pytest.raises(AssertionError):
        expect(page.locator(POP)).to_have_count(0, timeout=600)


def test_the_tab_key_leads_from_a_reference_into_its_note_and_enter_to_the_list(reader):
    page = reader(width=800).open("bare/")
    link = page.locator('.ann-ref a[href="#ann-vote--note"]')
    page.locator('.ann-ref a[href="#ann-title--note"]').focus()
    page.keyboard.press("Tab")
    while not link.evaluate("link => link === document.activeElement"):
        page.keyboard.press("Tab")
    expect(page.locator(POP)).to_contain_text("Carried by nine votes")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.ann-pop') !== null")
    assert "minutes" in page.evaluate("document.activeElement.href")
    page.keyboard.press("Escape")
    expect(page.locator(POP)).to_have_count(0)

    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#ann-vote--note$"))
    page.locator("#ann-vote--note > a").click()
    expect(page).to_have_url(re.compile("#ann-vote$"))
    expect(page.locator("#ann-vote")).to_be_in_viewport()


def test_ways_back_are_named_after_their_passages_and_the_list_says_once_how(reader):
    page = reader(width=800).open("bare/")

    def back(key):
        return page.locator(f"#ann-{key}--note > a")

    expect(back("gate")).to_have_accessible_name("Back to text: “the gate”")
    # The number of a passage within it is not read out with its words.
    expect(back("outer")).to_have_accessible_name(
        re.compile("^Back to text: “The council[^0-9]+”$")
    )


def test_on_a_phone_the_note_is_a_sheet_beside_its_passage(reader):
    page = reader(width=390, has_touch=True).open("bare/")

    page.locator("#ann-fairest").tap()

    sheet = page.locator(POP)
    expect(sheet).to_contain_text("one idea of fairness")
    expect(page.locator("#ann-fairest")).to_be_in_viewport()
    box = sheet.evaluate(
        "async e => (await Promise.all("
        "e.getAnimations().map(a => a.finished)), e.getBoundingClientRect())"
    )
    reference = page.locator('.ann-ref a[href$="#ann-fairest--note"]').bounding_box()
    assert (box["left"], box["width"], round(box["bottom"])) == (0, 390, 900)
    assert reference["y"] + reference["height"] <= box["top"]

    sheet.get_by_role("button", name="Close").tap()
    expect(sheet).to_have_count(0)


def test_without_script_links_lead_to_notes_and_back_and_the_filter_works(reader):
    page = reader(width=800, java_script_enabled=False).open("bare/")

    page.locator('.ann-ref a[href="#ann-settled--note"]').click()
    expect(page).to_have_url(re.compile("#ann-settled--note$"))
    expect(page.locator("#ann-settled--note")).to_be_in_viewport()
    page.locator("#ann-settled--note > a").click()
    expect(page).to_have_url(re.compile("#ann-settled$"))
    expect(page.locator("#ann-settled")).to_be_in_viewport()

    page.get_by_text("What the marks mean").click()
    expect(page.get_by_text("A judgement; it cannot be proved")).to_be_visible()

    passage = page.locator("#ann-settled")
    expect(passage).to_have_css("text-decoration-line", "underline")
    page.locator('[data-ann-show="opinion"]').uncheck()
    expect(passage).to_have_css("text-decoration-line", "none")
    expect(page.locator('.ann-ref a[href="#ann-settled--note"]')).to_be_hidden()
    expect(page.locator("#ann-settled--note")).to_be_hidden()
    expect(page.locator("#ann-vote--note")).to_be_visible()


def test_what_is_switched_off_stays_off_on_the_next_page_and_is_no_mark_for_readers_aloud(reader):
    page = reader(width=800).open("bare/")
    page.locator('[data-ann-show="opinion"]').uncheck()
    expect(page.locator("#ann-settled")).to_have_role("none")

    page = page.context.new_page()
    page.goto(page.context.pages[0].url + "second/")
    expect(page.locator('[data-ann-show="opinion"]')).not_to_be_checked()
    expect(page.locator("#ann-boat")).to_have_role("none")
    expect(page.locator('[data-ann-show="source"]')).to_have_count(0)

    page.locator('[data-ann-show="opinion"]').check()
    expect(page.locator("#ann-boat")).to_have_role("mark")


def test_what_is_switched_off_is_so_for_this_site_alone(reader):
    page = reader(width=800).open("bare/")
    page.locator('[data-ann-show="opinion"]').uncheck()
    address = page.url.replace("/bare/", "/mkdocs/")

    page.goto(address)

    expect(page.locator('[data-ann-show="opinion"]')).to_be_checked()


def test_a_tap_on_a_passage_that_is_switched_off_does_nothing(reader):
    page = reader(width=800).open("bare/")
    page.locator('[data-ann-show="opinion"]').uncheck()

    page.locator("#ann-settled").click()

    expect(page.locator(POP)).to_have_count(0)
    expect(page.locator("#ann-settled")).not_to_have_class(re.compile("ann-on"))


@pytest.mark.parametrize("end", ["", "--note"])
def test_an_address_of_what_is_switched_off_switches_it_on_for_this_visit(reader, end):
    page = reader(width=800).open("bare/")
    page.locator('[data-ann-show="opinion"]').uncheck()

    page.goto(page.url + f"second/#ann-boat{end}")

    expect(page.locator('[data-ann-show="opinion"]')).to_be_checked()
    expect(page.locator("#ann-boat")).to_have_css("text-decoration-line", "underline")
    expect(page.locator(f"#ann-boat{end}")).to_be_in_viewport()
    page.reload()
    page.goto(page.url.partition("second/")[0])
    expect(page.locator('[data-ann-show="opinion"]')).not_to_be_checked()


def test_a_popover_says_once_what_a_kind_means(reader):
    page = reader(width=800).open("bare/")

    page.locator('.ann-ref a[href="#ann-experts-say--note"]').click()

    text = page.locator(POP).inner_text()
    assert text.count("cannot be identified") == 1
    assert text.startswith("7 Unclear source")


def test_a_popover_never_covers_its_own_passage(reader):
    page = reader(width=800).open("bare/")
    page.set_viewport_size({"width": 800, "height": 420})
    link = page.locator('.ann-ref a[href="#ann-outer--note"]')
    link.evaluate("e => scrollTo(0, e.getBoundingClientRect().bottom + scrollY - 400)")

    link.click()

    pop = page.locator(POP).bounding_box()
    passage = page.locator("#ann-outer").bounding_box()
    assert pop["y"] + pop["height"] <= passage["y"] or pop["y"] >= passage["y"] + passage["height"]


def test_a_browser_that_keeps_nothing_for_pages_shows_them_all_the_same(reader):
    refused = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
    page = reader(width=800, script=refused).open("bare/")

    page.locator('[data-ann-show="opinion"]').uncheck()
    page.locator('.ann-ref a[href="#ann-vote--note"]').click()

    expect(page.locator(POP)).to_be_visible()


def test_an_address_of_a_passage_opens_what_hides_it_and_lights_all_its_pieces(reader):
    window = reader(width=800)
    page = window.open("material/hidden/#ann-folded")
    expect(page.locator("#ann-folded")).to_be_in_viewport()
    page = window.open("material/hidden/#ann-tab")
    expect(page.locator("#ann-tab")).to_be_in_viewport()

    page = window.open("bare/#ann-crossed")
    pieces = page.locator('#ann-crossed, [data-ann="crossed"]')
    expect(pieces).to_have_count(2)
    for piece in pieces.all():
        expect(piece).to_have_class(re.compile("ann-aim"))


def test_pages_swapped_in_by_instant_navigation_have_all_that_others_have(reader):
    window = reader(width=1000)
    # Material swaps pages in once it has read the sitemap; until then it loads them.
    for _ in range(5):
        page = window.open("material/")
        page.wait_for_function(
            "performance.getEntriesByType('resource').some(entry =>"
            " entry.name.endsWith('sitemap.xml') && entry.responseEnd > 0)"
        )
        page.locator('[data-ann-show="opinion"]').uncheck()
        page.evaluate("window.same = true")
        page.locator(
            '.md-footer a[href*="second"], .md-nav__link[href*="second"]'
        ).first.dispatch_event("click")
        expect(page.locator("#ann-fish")).to_be_visible()
        if page.evaluate("window.same"):
            break

    assert page.evaluate("window.same"), "the page was loaded anew: nothing was swapped in"
    expect(page.locator('[data-ann-show="opinion"]')).not_to_be_checked()
    page.locator('.ann-ref a[href$="#ann-fish--note"]').click()

    expect(page.locator(POP)).to_contain_text("All of it.")
    assert page.url.endswith("/second/")


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_marks_in_code_outlive_a_theme_that_colours_code(reader, theme):
    page = reader().open(f"{theme}/")

    expect(page.locator("pre .ann-m")).to_have_text(["levy = 38", "pounds a year"])
    expect(page.locator(".ann-text pre")).to_contain_text("// highlighted")


def test_a_citation_ends_with_one_full_stop(reader):
    page = reader(width=800).open("bare/")

    expect(page.locator("#ann-vote--note > p:not(.ann-by) >> nth=-1")).to_have_text(
        re.compile(r"votes to six\.$")
    )
    expect(page.locator("#ann-inner--note > p:not(.ann-by) >> nth=-1")).to_have_text(
        "Funding statement."
    )


def test_what_is_copied_is_the_article(reader):
    page = reader(width=800).open("bare/")

    copied = page.evaluate(
        """() => {
          getSelection().selectAllChildren(document.querySelector(".ann-body p"));
          return getSelection().toString();
        }"""
    )

    assert " ".join(copied.split()).startswith(
        "On 14 May the council of Brennick voted nine to six to raise its harbour wall by a metre."
        " The vote ended four years of consultation, and it settled far less"
    )


@pytest.mark.parametrize("path", ["bare/", "bare/arabic/", "mkdocs/", "readthedocs/", "material/"])
def test_nothing_of_ours_is_wider_than_a_small_screen(reader, path):
    page = reader(width=320).open(path)
    page.evaluate("document.querySelectorAll('.ann details').forEach(e => { e.open = true; })")

    assert page.evaluate(
        """() => [...document.querySelectorAll(".ann :is(.ann-panel, .ann-notes, .ann-sources) *")]
          .filter(e => e.getBoundingClientRect().right > 321 || e.getBoundingClientRect().left < -1)
          .map(e => e.outerHTML)"""
    ) == []  # fmt: skip
    assert page.evaluate("document.documentElement.scrollWidth") == 320

    page.locator('.ann-ref a[href$="--note"]').first.click()
    expect(page.locator(POP)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "material"])
def test_words_of_any_length_fit_an_index_on_a_small_screen(reader, theme):
    page = reader(width=320).open(f"{theme}/all/")
    page.evaluate(
        """() => document.querySelectorAll(
          ".ann-index :is(h2, h3, h4, h5, .ann-jump a, .ann-page a, q a, .ann-who, cite)"
        ).forEach(e => { e.textContent = "x".repeat(90); })"""
    )

    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "material"])
def test_words_of_the_table_of_articles_wrap_before_it_scrolls(reader, theme):
    cells = reader().open(f"{theme}/all/").locator(".ann-table :is(th, td)")

    assert set(
        cells.evaluate_all("cells => cells.map(cell => getComputedStyle(cell).whiteSpace)")
    ) == {"normal"}


def test_text_of_double_size_fits_a_small_screen(reader):
    page = reader(width=320).open("bare/")
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_no_mark_unreadable(reader, scheme):
    page = reader(forced_colors="active", color_scheme=scheme).open("mkdocs/")

    canvas, text, link = page.evaluate(
        """() => ["Canvas", "CanvasText", "LinkText"].map(color => {
          const probe = document.body.appendChild(document.createElement("i"));
          probe.style.color = color;
          return getComputedStyle(probe).color;
        })"""
    )
    found = page.evaluate(
        """() => [...document.querySelectorAll(".ann-m")].map(mark => {
          const {color, backgroundColor, backgroundImage} = getComputedStyle(mark);
          return [color, backgroundColor, backgroundImage].join();
        })"""
    )

    assert canvas != text
    assert set(found) == {f"{text},rgba(0, 0, 0, 0),none"}
    references = page.locator(".ann-m .ann-ref a")
    assert references.count() > 0
    assert {a.evaluate("a => getComputedStyle(a).color") for a in references.all()} == {link}


def test_on_paper_everything_is_open_and_nothing_waits_for_a_click(reader):
    page = reader().open("bare/")
    page.emulate_media(media="print")

    for words in ["A judgement; it cannot be proved", "the votes against the minutes"]:
        assert page.get_by_text(words).evaluate("e => e.checkVisibility()"), words
    assert page.locator("#ann-fairest--note").bounding_box()["height"] > 60
    for hidden in [".ann-key input", ".ann-list", ".ann-note > a"]:
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".ann-notes > h2")).to_be_visible()
    assert page.locator(".ann-in").evaluate("e => getComputedStyle(e).minHeight") == "0px"


def test_marks_that_are_off_at_first_are_as_a_reader_switched_them_before(reader):
    def unmarked(route):
        answer = route.fetch()
        body = answer.text().replace('type="checkbox" checked data', 'type="checkbox" data')
        route.fulfill(response=answer, body=body)

    window = reader(width=800)
    window.page.route("**/bare/**/", unmarked)
    page = window.open("bare/")
    opinion, other = (page.locator(f'[data-ann-show="{one}"]') for one in ("opinion", "context"))
    expect(opinion).not_to_be_checked()
    opinion.check()

    page = window.open("bare/second/")
    expect(opinion).to_be_checked()
    expect(other).not_to_be_checked()
    opinion.uncheck()

    page = window.open("bare/")
    expect(opinion).not_to_be_checked()


@pytest.mark.parametrize("theme", ["bare", "mkdocs", "material"])
def test_lines_of_sources_are_quiet_unless_all_are_to_be_strong(reader, theme):
    page = reader(width=800).open(f"{theme}/")

    def line(group):
        passage = page.locator(f"p .ann-m.ann-g-{group}").first
        colour, width = passage.evaluate(
            "e => [getComputedStyle(e).textDecorationColor, "
            "parseFloat(getComputedStyle(e).textDecorationThickness)]"
        )
        found = re.search(r"/ ([\d.]+)\)", colour)
        return float(found[1]) if found else 1.0, width

    for group in ("source", "context"):
        assert line(group)[0] < 0.7
        assert line(group)[1] < line("opinion")[1]
    assert line("opinion")[0] == 1

    page.locator("p .ann-m.ann-g-source").first.hover()
    assert line("source")[0] == 1
    page.mouse.move(0, 0)

    page.locator(".ann").first.evaluate("e => e.classList.add('ann-full')")
    for group in ("source", "context"):
        assert line(group) == line("opinion")
