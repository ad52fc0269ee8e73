"""The page as readers get it: our templates, filled from real sidecars."""

import pickle
import re
from importlib.resources import files

import html5lib
import pytest
from markdown import markdown

from mkdocs_annotate.model.links import Link, LinkKind
from mkdocs_annotate.model.sources import Person
from mkdocs_annotate.rendering.page import render_page
from mkdocs_annotate.rendering.site import Presentation, Site
from mkdocs_annotate.rendering.templates import templates_of
from mkdocs_annotate.rendering.translations import Wording, languages, wording_of
from mkdocs_annotate.sidecar.decoding import parse_sidecar

XHTML = "{http://www.w3.org/1999/xhtml}"

ARTICLE = """# The harbour

Brennick voted nine to six to raise its wall. It was the *right* thing to do.

Half the berths will stand empty, says the harbour master.
"""
SIDECAR = """
sources:
  minutes:
    title: Minutes
    author: [Carrow, "Arkwright, Nell", "{Smith, Sons and Co}"]
    publisher: Town Council
    container: Proceedings
    date: 2026-05-14
    url: https://example.org/minutes
    accessed: 2026-05
    archive_url: https://web.archive.org/web/20260520120000/https://example.org/minutes
    access: free
    role: primary
    genre: minutes
    language: en-GB
    note: Taken by the *clerk*.
  letter:
    title: A letter
annotations:
  - quote: nine to six
    id: vote
    sources:
      - source: minutes
        locator: item 6
        quote: the motion was carried
      - letter
    by: N. A.
    date: 2026-05-19
  - quote: the right thing to do
    id: right
    kind: opinion
  - quote: Half the berths will stand empty
    id: berths
    kind: prediction
    speaker: the harbour master
    note: His estimate; no survey has been *published*.
"""


def render(
    sidecar=SIDECAR, article=ARTICLE, look=None, resolve=lambda link: link.address, site=None
):
    parsed, problems = parse_sidecar(sidecar, "a.annotations.yml")
    html = markdown(article, extensions=["toc"])
    result = render_page(html, article, parsed, site or Site(), look or Presentation(), resolve)
    return result, [*problems, *result.problems]


def tree(html):
    return html5lib.parse(html)


def text(element):
    return " ".join("".join(element.itertext()).split())


def by_id(html, id_):
    (found,) = [element for element in tree(html).iter() if element.get("id") == id_]
    return found


def heads_of(html):
    """Return the heads of the notes: kind, and whose words they are about."""
    return [note.find(f"{XHTML}b") for note in by_class(html, "ann-note")]


def by_class(html, name):
    return [e for e in tree(html).iter() if name in (e.get("class") or "").split()]


def test_numbers_follow_the_page_and_references_lead_to_notes_and_back():
    result, problems = render()

    assert problems == []
    references = [e.find(f"{XHTML}a") for e in by_class(result.html, "ann-ref")]
    assert [text(reference) for reference in references] == ["1", "opinion 2", "prediction 3"]
    for reference in references:
        note = by_id(result.html, reference.get("href")[1:])
        (back,) = note.findall(f"{XHTML}a")
        passage = by_id(result.html, back.get("href")[1:])
        assert f"#{passage.get('id')}--note" == reference.get("href")


def test_every_id_is_there_once_and_told_to_the_host():
    result, _ = render()

    ids = [element.get("id") for element in tree(result.html).iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert set(result.ids) <= set(ids)
    assert {"ann-vote", "ann-vote--note", "ann--notes", "ann--sources"} <= set(result.ids)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_site_with_templates_of_its_own_gets_the_same_of_ours(tmp_path, language):
    # Where a site has none, ours are joined, blocks and all.
    ours = files("mkdocs_annotate.rendering") / "templates/link.html"
    (tmp_path / "link.html").write_text(ours.read_text())
    wording = wording_of(language, "en")
    unlike = "\n  - {quote: no such words, note: x}"

    own, joined = (
        render(
            SIDECAR + unlike,
            look=Presentation(preview=True),
            site=Site(wording=wording, templates=made),
        )
        for made in (templates_of([tmp_path]), templates_of())
    )

    assert own == joined


def test_an_opinion_says_its_kind_and_whose_it_is():
    result, _ = render()

    (name,) = [
        name
        for e in by_class(result.html, "ann-ref")
        if "prediction" in (name := e.find(f"{XHTML}a").get("aria-label"))
    ]
    assert name == "Note: prediction 3, the harbour master"
    note = by_id(result.html, "ann-berths--note")
    assert text(note).startswith("Prediction by the harbour master His estimate;")
    assert text(by_id(result.html, "ann-right--note")) == "Opinion Back to text"


def test_a_page_without_a_legend_says_what_a_kind_means_in_notes_that_say_nothing():
    result, _ = render(look=Presentation(panel="off"))

    assert text(by_id(result.html, "ann-right--note")).startswith("Opinion A judgement;")


WHOSE = """
article: {based_on: column}
sources: {column: {title: A column, author: "Carrow, Ines"}}
annotations:
  - {quote: nine to six, id: mine, kind: KIND, note: n}
  - {quote: the right thing to do, id: theirs, kind: KIND, speaker: Ruth, note: n}
"""


@pytest.mark.parametrize(
    ("kind", "mine", "theirs"),
    [
        ("opinion", "Opinion of Ines Carrow", "Opinion of Ruth"),
        ("prediction", "Prediction by Ines Carrow", "Prediction by Ruth"),
        ("name-calling", "Name-calling by Ines Carrow", "Name-calling by Ruth"),
        ("missing-context", "Missing context", "Missing context, in the words of Ruth"),
        ("anonymous-source", "Unnamed source", "Unnamed source: Ruth"),
        ("context", "Context", "Context"),
    ],
)
def test_a_note_says_in_whose_voice_the_passage_speaks(kind, mine, theirs):
    result, _ = render(WHOSE.replace("KIND", kind))

    heads = [text(head) for head in heads_of(result.html)]
    assert heads == [mine, theirs]


@pytest.mark.parametrize("language", languages())
def test_each_language_says_whose_words_are_judged_in_its_own_order(language):
    wording = wording_of(language, language)
    for key in ("whose", "whose_opinion", "words_of"):
        assert wording.words[f"notes.{key}"].count("{who}") == 1
        assert wording.words[f"notes.{key}"].count("{kind}") == 1
    result, _ = render(WHOSE.replace("KIND", "prediction"), site=Site(wording=wording))

    (mine, theirs) = (text(head) for head in heads_of(result.html))
    label = wording.entry("kinds", "prediction").label
    assert (label in mine, "Ines Carrow" in mine) == (True, True)
    assert (label in theirs, "Ruth" in theirs) == (True, True)


def test_who_wrote_all_notes_is_said_once_and_who_wrote_some_is_said_with_each():
    one = "annotations:\n- {quote: nine to six, note: n, by: A. B.}\n"
    other = "- {quote: Half the berths, note: n, by: C. D.}\n"
    unsigned = "- {quote: Half the berths, note: n}\n"

    assert "ann-by" not in render(one)[0].html
    assert "ann-by" in render(one, look=Presentation(panel="off"))[0].html
    both = render(one + other)[0].html
    assert text(by_class(both, "ann-signed")[0]) == "Annotated by A. B., C. D."
    assert [text(by) for by in by_class(both, "ann-by")] == ["A. B.", "C. D."]
    assert [text(by) for by in by_class(render(one + unsigned)[0].html, "ann-by")] == ["A. B."]


GONE = """
article: {based_on: paper}
sources:
  paper:
    title: The paper
    author: Carrow, Ines
    container: The Packet
    date: 2026-05-15
    url: https://example.org/paper
    url_status: STATUS
    archive_url: https://archive.example.org/paper
    archive_date: 2026-05-11
annotations:
- {quote: nine to six, sources: [{source: paper, locator: p. 2}]}
"""


@pytest.mark.parametrize(
    ("status", "cited", "listed"),
    [
        ("live", "The paper, p. 2.", ""),
        ("usurped", "The paper, p. 2, archived copy of 11 May 2026.", "copy of 11 May 2026."),
        (
            "dead",
            "The paper, p. 2, archived copy of 11 May 2026.",
            "copy of 11 May 2026; the original is gone: https://example.org/paper.",
        ),
    ],
)
def test_a_link_to_a_copy_is_told_as_one(status, cited, listed):
    html = render(GONE.replace("STATUS", status))[0].html

    note = by_class(html, "ann-note")[0]
    assert text(note.find(f"{XHTML}p")) == cited
    copies = [text(copy) for copy in by_class(html, "ann-copy")]
    assert copies == ([f"Archived {listed}"] if listed else [])


def test_the_text_that_is_annotated_is_told_in_full_and_is_among_the_sources():
    html = render(GONE.replace("STATUS", "live"))[0].html
    uncited = render(
        GONE.partition("annotations")[0] + "annotations: [{quote: nine to six, note: n}]"
    )

    based = text(by_class(html, "ann-based")[0])
    assert based == "The text annotated here: Ines Carrow. The paper. The Packet, 15 May 2026."
    assert "The text annotated here." in text(by_id(html, "ann--source-paper"))
    entry = text(by_id(uncited[0].html, "ann--source-paper"))
    assert "The text annotated here." in entry
    assert "Cited at" not in entry
    assert uncited[0].cited == {}


def test_marks_are_elements_that_judge_only_where_the_words_are_judged():
    result, _ = render()

    elements = {e.get("id"): e.tag.removeprefix(XHTML) for e in by_class(result.html, "ann-m")}
    assert elements == {"ann-vote": "span", "ann-right": "mark", "ann-berths": "mark"}
    assert by_id(result.html, "ann-right").get("data-ann-say") is None
    assert by_id(result.html, "ann-vote").get("data-ann-say") is None


def test_a_citation_leads_to_the_words_in_the_document():
    result, _ = render()

    note = by_id(result.html, "ann-vote--note")
    links = [e.get("href") for e in note.findall(f"{XHTML}p/{XHTML}a")]
    assert links == [
        "https://example.org/minutes#:~:text=the%20motion%20was%20carried",
        "#ann--source-letter",
    ]
    assert "Minutes, item 6: the motion was carried; A letter." in text(note)
    assert "N. A., 19 May 2026" in text(note)


def test_sources_tell_all_that_is_known_and_who_cites_them():
    result, _ = render()

    minutes = by_id(result.html, "ann--source-minutes")
    told = text(minutes)
    assert told.startswith("Carrow, Nell Arkwright, Smith, Sons and Co. Minutes.")
    assert "Proceedings, Town Council, 14 May 2026." in told
    assert "primary source" in told.lower()
    assert "free to read" in told
    assert "accessed May 2026" in told
    assert "archived copy of 20 May 2026" in told
    assert "Cited at 1" in told
    assert "Taken by the clerk." in told
    title = next(e for e in minutes.iter(f"{XHTML}a"))
    assert title.get("lang") == "en-GB"
    assert title.get("data-versiondate") == "2026-05-20"


def test_a_source_that_is_gone_is_linked_by_its_copy():
    result, _ = render(SIDECAR.replace("    access: free", "    url_status: dead"))

    title = next(e for e in by_id(result.html, "ann--source-minutes").iter(f"{XHTML}a"))
    assert title.get("href").startswith("https://web.archive.org/")


def test_the_original_stays_beside_the_copy_only_while_something_answers_there():
    def addresses(status):
        result, _ = render(SIDECAR.replace("    access: free", f"    url_status: {status}"))
        links = by_id(result.html, "ann--source-minutes").iter(f"{XHTML}a")
        return [link.get("href") for link in links if not link.get("href").startswith("#")]

    dead, deviated = addresses("dead"), addresses("deviated")

    assert all(address.startswith("https://web.archive.org/") for address in dead)
    assert deviated[0] == dead[0]
    assert any(not address.startswith("https://web.archive.org/") for address in deviated)


def test_an_unknown_source_is_told_and_shown_as_typed():
    result, (problem,) = render(SIDECAR.replace("- letter\n", "- lettr\n"))

    assert str(problem).endswith(
        "no source is called `lettr`; did you mean `letter`? [unknown-source]"
    )
    assert "lettr" in text(by_id(result.html, "ann-vote--note"))


def test_an_unknown_kind_is_told_and_claims_least():
    result, (problem,) = render(SIDECAR.replace("kind: prediction", "kind: predction"))

    assert "there is no kind `predction`; did you mean `prediction`?" in str(problem)
    assert "ann-g-context" in by_id(result.html, "ann-berths").get("class")


def test_the_panel_counts_and_explains_the_kinds_of_this_page():
    result, _ = render()

    keys = [text(key) for key in by_class(result.html, "ann-key")]
    assert keys == ["Opinion and wording 2", "Source 1"]
    legend = text(by_class(result.html, "ann-legend")[0])
    assert "Prediction About the future; it cannot be checked yet." in legend
    assert "Context" not in legend


ABOUT = """
article:
  type: opinion
  based_on: minutes
  backstory: How we *did* it.
  corrections:
    - {date: 2026-05-18, text: First.}
    - {date: 2026-05-20, text: Second.}
"""


def test_the_panel_tells_what_the_article_is():
    result, problems = render(ABOUT + SIDECAR)

    assert problems == []
    panel = text(by_class(result.html, "ann-panel")[0])
    assert panel == (
        "Opinion piece: gives the author’s view. Annotated by N. A."
        " Opinion and wording 2 Source 1 Corrections: 2, the latest on 20 May 2026"
    )


def test_behind_the_article_stands_what_is_told_about_it():
    result, _ = render(ABOUT + SIDECAR)

    about = text(by_class(result.html, "ann-about")[0])
    assert about.startswith(
        "The text annotated here: Carrow, Nell Arkwright, Smith, Sons and Co. Minutes."
        " Proceedings, Town Council, 14 May 2026. Corrections 20 May 2026 Second."
    )
    assert about.index("20 May 2026 Second.") < about.index("18 May 2026 First.")
    assert about.endswith("How we annotated this How we did it.")
    assert result.html.index("ann-about") > result.html.index("Half the berths")
    assert result.html.index("ann-about") < result.html.index('class="ann-notes"')
    assert "Carrow" in text(by_id(result.html, "ann-right--note"))


def test_an_article_may_be_described_without_a_single_annotation():
    result, problems = render("article: {type: speech}\n")

    assert problems == []
    assert "Speech: words as spoken." in text(by_class(result.html, "ann-panel")[0])
    assert by_class(result.html, "ann-notes") == []


def test_a_sidecar_that_says_nothing_leaves_the_page_as_it_is():
    result, problems = render("annotations: []\n".replace("[]", "\n  - {quote: absent, note: x}"))

    assert [problem.rule.value for problem in problems] == ["orphan"]
    assert result.html == markdown(ARTICLE, extensions=["toc"])


@pytest.mark.parametrize(
    ("look", "order"),
    [
        (Presentation(), ["h1", "panel", "p"]),
        (Presentation(panel="lead"), ["h1", "p", "panel"]),
        (Presentation(panel="off"), ["h1", "p"]),
    ],
)
def test_the_panel_stands_where_the_site_wants_it(look, order):
    html = render(look=look)[0].html
    places = {
        "h1": html.find("<h1"),
        "p": html.find("Brennick voted"),
        "panel": html.find("ann-panel"),
    }

    assert sorted((key for key in places if places[key] >= 0), key=places.get) == order


def test_an_article_without_a_title_begins_with_the_panel():
    html = render(article=ARTICLE.replace("# The harbour\n", ""))[0].html

    assert html.index("ann-panel") < html.index("Brennick voted")


def test_margin_notes_can_be_switched_off_or_given_room():
    assert "ann-margins" in render()[0].html
    assert "ann-margins" not in render(look=Presentation(margin="off"))[0].html
    assert 'class="ann ann-margins ann-wide"' in render(look=Presentation(margin="wide"))[0].html


def test_a_page_with_more_notes_than_anchor_names_has_none_in_the_margin():
    words = [f"word{number}x" for number in range(51)]
    sidecar = "annotations:\n" + "".join(f"- {{quote: {word}, note: n}}\n" for word in words)

    html = render(sidecar, " ".join(words))[0].html

    assert "ann-margins" not in html
    assert html.count('class="ann-ref') == 51


def test_notes_that_could_not_stand_beside_their_passages_are_a_list():
    words = [f"word{number}x" for number in range(30)]
    crowded = "annotations:\n" + "".join(f"- {{quote: {word}, note: n}}\n" for word in words)
    short, long = " ".join(words), (" plain" * 60).join(words)

    assert "ann-margins" not in render(crowded, short)[0].html
    assert "ann-margins" not in render(crowded, short, look=Presentation(margin="wide"))[0].html
    assert "ann-margins" in render(crowded, long)[0].html


def test_lines_are_quiet_unless_a_site_wants_them_strong():
    assert "ann-full" not in render()[0].html
    assert 'class="ann ann-margins ann-full"' in render(look=Presentation(marks="full"))[0].html


def test_the_frame_says_the_language_of_the_article():
    html = render(look=Presentation(attributes={"lang": "ar", "dir": "rtl"}))[0].html

    assert '<div class="ann ann-margins" lang="ar" dir="rtl">' in html


def test_a_quote_for_all_places_has_one_note_with_a_way_back_to_each():
    sidecar = "annotations:\n- {quote: the, occurrence: all, note: n, id: art}\n"

    html = render(sidecar, "It was the wall, the gate and the quay.")[0].html

    assert re.findall(r' id="(ann-art[^"]*)"', html) == [
        "ann-art",
        "ann-art--2",
        "ann-art--3",
        "ann-art--note",
    ]
    backs = by_id(html, "ann-art--note").findall(f"{XHTML}a")
    assert [e.get("href") for e in backs] == ["#ann-art", "#ann-art--2", "#ann-art--3"]
    assert [text(e) for e in backs] == ["Back to text", "place 2", "place 3"]
    assert html.count("ann-n1") == 1  # anchor names are unique


def test_an_id_that_the_article_has_stays_the_articles():
    html = render(article=ARTICLE + '\n<p id="ann-vote">mine</p>\n')[0].html

    assert text(by_id(html, "ann-vote")) == "mine"
    assert text(by_id(html, "ann-vote-2")) == "nine to six"


def test_a_prefix_keeps_the_ids_of_several_articles_apart():
    html = render(look=Presentation(id_prefix="one-"))[0].html

    assert text(by_id(html, "ann-one-vote")) == "nine to six"


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        (Person("Nell Arkwright"), "Nell Arkwright"),
        (Person("נלי"), "<bdi>&#1504;&#1500;&#1497;</bdi>"),
        (
            Person("Nell <i>", "fact & check"),
            "Nell &lt;i&gt;, fact &amp; check",
        ),
        (
            Person("Nell", "editor", Link("/staff/", LinkKind.SITE)),
            '<a href="../staff/">Nell</a>, editor',
        ),
        (
            Person("Nell", "", Link("https://x.example/?a=1&b=2")),
            '<a href="https://x.example/?a=1&amp;b=2">Nell</a>',
        ),
        (
            Person("Nell", "", Link("mailto:n@x.example", LinkKind.MAIL)),
            '<a href="mailto:n@x.example">Nell</a>',
        ),
    ],
)
def test_who_signs_by_initials_is_named_with_role_and_link(person, shown):
    site = Site(people={"N. A.": person})

    result, problems = render(resolve=lambda link: f"..{link.address}", site=site)

    assert f'<p class="ann-by">{shown}, <time' in result.html
    assert problems == []


FILES = {"web-annotation": "x&y.jsonld", "csl": "../sources.json"}


@pytest.mark.parametrize(
    ("sidecar", "hrefs"),
    [
        (SIDECAR, ["x&y.jsonld", "../sources.json"]),
        ("annotations: [{quote: nine, note: n}]", ["x&y.jsonld"]),
        ("annotations: [{quote: nine, note: n, sources: unknown}]", ["x&y.jsonld"]),
        ("article: {based_on: s}\nsources: {s: {title: S}}", ["../sources.json"]),
        ("annotations: [{quote: nine, note: n, draft: true}]", []),
        ("article: {type: news}", []),
    ],
)
def test_links_lead_to_files_that_tell_something_of_this_page(sidecar, hrefs):
    html = render(sidecar, look=Presentation(preview=True, files=FILES))[0].html

    links = [link for link in tree(html).iter(f"{XHTML}a") if link.get("rel") == "alternate"]
    assert [link.get("href") for link in links] == hrefs
    types = {
        "x&y.jsonld": 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
        "../sources.json": "application/vnd.citationstyles.csl+json",
    }
    assert [link.get("type") for link in links] == [types[href] for href in hrefs]


def test_drafts_are_shown_in_a_preview_only():
    sidecar = SIDECAR + "    draft: true\n"

    assert "ann-berths" not in render(sidecar)[0].html
    preview = render(sidecar, look=Presentation(preview=True))[0].html
    assert "ann-draft" in by_id(preview, "ann-berths").get("class")
    assert "Prediction (draft)" in text(by_id(preview, "ann-berths--note"))


def test_orphans_are_listed_in_a_preview_only():
    sidecar = SIDECAR.replace("nine to six", "nine to seven votes against it")

    assert "ann-orphans" not in render(sidecar)[0].html
    box = text(by_class(render(sidecar, look=Presentation(preview=True))[0].html, "ann-orphans")[0])
    assert "a.annotations.yml:20:12" in box
    assert "nine to seven votes against it" in box


def test_the_address_of_a_source_in_this_site_is_resolved_and_checked():
    sidecar = SIDECAR.replace("https://example.org/minutes\n", "minutes.md\n", 1)

    result, problems = render(sidecar, resolve=lambda link: "../minutes/")
    assert problems == []
    assert 'href="../minutes/"' in result.html

    result, problems = render(sidecar, resolve=lambda link: None)
    assert [problem.rule.value for problem in problems] == ["dead-link"]
    assert "Minutes" in text(by_id(result.html, "ann--source-minutes"))


def test_short_fields_are_shown_exactly_as_typed():
    nasty = """<b>&amp; "it's" {{x}}"""
    sidecar = f"""
sources:
  s: {{title: '{nasty.replace("'", "''")}', publisher: "<i>"}}
annotations:
  - quote: nine to six
    kind: opinion
    speaker: '{nasty.replace("'", "''")}'
    technique: <script>
    by: <img>
    sources: {{source: s, locator: <u>, quote: "</q>"}}
"""
    result, problems = render(sidecar)

    assert problems == []
    told = text(by_class(result.html, "ann-notes")[0])
    assert nasty in told
    assert "<script>" in told
    assert "<u>" in told
    assert "</q>" in told
    assert not list(tree(result.html).iter(f"{XHTML}script"))


def test_notes_and_sources_are_named_for_the_table_of_contents():
    listed = Presentation(margin="off")

    assert render(look=listed)[0].sections == (("ann--notes", "Notes"), ("ann--sources", "Sources"))


def test_notes_in_the_margin_are_no_section():
    result, _ = render()

    assert result.sections == (("ann--sources", "Sources"),)
    assert "ann--notes" in result.ids


IN_DIGITS = """
article:
  type: news
  based_on: s
  backstory: "1"
  corrections: [{date: 2026-05-01, text: "2"}]
sources:
  s:
    title: "3"
    author: ["4", "5"]
    date: 2026-05
    url: https://x.example/
    accessed: 2026-05-02
    archive_url: "https://web.archive.org/web/20260520120000/https://x.example/"
    access: free
    role: primary
    genre: "6"
    url_status: live
annotations:
  - {quote: "70", note: "7", speaker: "8", kind: prediction, technique: "9", by: "10", date: 2026}
  - {quote: "71", sources: {source: s, locator: "11", quote: "12"}, draft: true, kind: check}
  - {quote: "72", occurrence: all, kind: opinion}
  - {quote: "73", kind: unattributed}
"""
SPOKEN = ("aria-label", "data-ann-say", "data-ann-see", "data-ann-link", "data-ann-close")


def told(html):
    """Return all that readers see or hear of a page."""
    for element in tree(html).iter():
        spoken = [element.text if isinstance(element.tag, str) else "", element.tail]
        yield from filter(None, spoken)
        yield from (element.get(name) for name in SPOKEN if element.get(name))


def test_all_words_of_a_page_are_those_of_its_language():
    words = {
        key: "".join(
            part if part.startswith("{") else re.sub(r"\S", "ж", part)
            for part in re.split(r"({\w+})", words)
        )
        for key, words in wording_of("en").words.items()
    }
    site = Site(wording=Wording(words))

    result, problems = render(IN_DIGITS, "70 71 72 72 73", Presentation(preview=True), site=site)

    assert problems == []
    assert [words for words in told(result.html) if re.search("[A-Za-z“”,;:.]", words)] == []


@pytest.mark.parametrize("language", languages())
def test_a_page_is_rendered_in_every_language(language):
    wording = wording_of(language, language)

    result, problems = render(ABOUT + SIDECAR, site=Site(wording=wording))

    assert problems == []
    assert [text(h2) for h2 in tree(result.html).iter(f"{XHTML}h2")] == [
        wording("headings.notes"),
        wording("headings.sources"),
    ]
    assert wording.entry("kinds", "prediction").word in text(by_class(result.html, "ann-ref")[2])
    assert not re.search(r"{\w+}", result.html)


def test_blocks_in_another_language_than_the_page_say_so_and_quote_it_in_its_own():
    site = Site(wording=wording_of("ar", "en-GB"))

    html = render(ABOUT + SIDECAR, site=site)[0].html

    for name in ("ann-panel", "ann-about", "ann-notes", "ann-sources"):
        (block,) = by_class(html, name)
        assert (block.get("lang"), block.get("dir")) == ("ar", "rtl")
    assert {e.get("lang") for e in by_class(html, "ann-ref")} == {"ar"}
    texts = by_class(html, "ann-text")
    notes = [p for note in by_class(html, "ann-note") for p in note.findall(f"{XHTML}p")]
    own = [e for e in [*texts, *notes] if text(e).startswith(("His", "Taken", "First", "How"))]
    assert [e.get("lang") for e in own] == ["en-GB"] * 4
    assert [e.get("lang") for e in texts if e not in own] == ["en-GB"]


def test_blocks_in_the_language_of_the_page_say_nothing():
    html = render(site=Site(wording=wording_of("ar", "ar-EG")))[0].html

    assert 'lang="ar' not in html
    assert 'dir="rtl"' not in html


def test_a_page_of_one_byte_a_character_stays_one():
    """Builders keep all pages until the last is written."""
    narrow = render(article=ARTICLE)[0].html
    wide = render(article=ARTICLE.replace("right", "right “and” proper", 1))[0].html

    assert max(narrow) < "\u0100"
    assert "Passage #: &#8220;&#8230;&#8221;" in narrow
    assert "Passage #: “…”" in wide


def test_each_source_has_an_id_of_its_own_made_of_its_key():
    keys = ["A.b", "a_b", "ключ", "слов", "a-b-2"]
    words = "The old mill stood here once more".split()
    described = "".join(f"  {key}: {{title: T}}\n" for key in keys)
    cited = "".join(
        f"  - {{quote: {word}, sources: {key}}}\n" for word, key in zip(words, keys, strict=False)
    )
    result, _ = render(f"sources:\n{described}annotations:\n{cited}", " ".join(words))

    assert result.entries == {
        "A.b": "ann--source-a-b",
        "a_b": "ann--source-a-b-2",
        "ключ": "ann--source-q-1de36a32",
        "слов": "ann--source-q-1aed0436",
        "a-b-2": "ann--source-a-b-2-2",
    }


def test_marks_that_are_off_wait_for_the_reader_or_stay_off_without_a_panel():
    shown = render()[0].html
    waiting = render(look=Presentation(marks="off"))[0].html
    without = render(look=Presentation(marks="off", panel="off"))[0].html

    assert shown.count(" checked data-ann-show") > 1
    assert " checked data-ann-show" not in waiting
    assert waiting.count("data-ann-show") == shown.count("data-ann-show")
    assert "ann-no-" not in waiting
    assert "ann-no-opinion" in without
    assert "data-ann-show" not in without


def test_what_pages_of_a_site_share_can_be_sent_to_another_process_at_any_time():
    sidecar, _ = parse_sidecar("annotations: [{quote: old, note: x}]\n", "a.annotations.yml")
    site = Site()

    def rendered(site):
        return render_page(
            "<p>An old one.</p>", "", sidecar, site, Presentation(), lambda _: None
        ).html

    before = rendered(site)

    assert rendered(pickle.loads(pickle.dumps(site))) == before
