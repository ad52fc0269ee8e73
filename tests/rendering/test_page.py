"""The page as readers get it: our templates, filled from real sidecars."""

import importlib
import pickle
import re
from importlib.resources import files
from pathlib import Path
from textwrap import indent

import html5lib
import pytest
from markdown import markdown

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


WHOSE = """
article: {based_on: column}
sources: {column: {title: A column, author: "Carrow, Ines"}}
annotations:
  - {quote: nine to six, id: mine, kind: KIND, note: n}
  - {quote: the right thing to do, id: theirs, kind: KIND, speaker: Ruth, note: n}
"""


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


ABOUT = """
article:
  type: opinion
  based_on: minutes
  backstory: How we *did* it.
  corrections:
    - {date: 2026-05-18, text: First.}
    - {date: 2026-05-20, text: Second.}
"""


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


def test_a_page_of_one_byte_a_character_stays_one():
    """Builders keep all pages until the last is written."""
    narrow = render(article=ARTICLE)[0].html
    wide = render(article=ARTICLE.replace("right", "right “and” proper", 1))[0].html

    assert max(narrow) < "\u0100"
    assert "Passage #: &#8220;&#8230;&#8221;" in narrow
    assert "Passage #: “…”" in wide


def test_what_pages_of_a_site_share_can_be_sent_to_another_process_at_any_time():
    sidecar, _ = parse_sidecar("annotations: [{quote: old, note: x}]\n", "a.annotations.yml")
    site = Site()

    def rendered(site):
        return render_page(
            "<p>An old one.</p>", "", sidecar, site, Presentation(), lambda _: None
        ).html

    before = rendered(site)

    assert rendered(pickle.loads(pickle.dumps(site))) == before


def test_a_note_takes_half_of_the_bytes_that_it_took(monkeypatch):
    """On pages of 20 notes and 10 citations, with all that is around them; 1,189 bytes once."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "benchmarks"))
    sites = importlib.import_module("sites")
    sizes = []
    for number in range(6):
        text, passages = sites.page(number, sites.Size(6))
        used = sorted({one.source for one in passages if not one.note})
        listed = "".join(sites.sources()[source].yaml for source in used)
        sidecar = f"sources:\n{indent(listed, '  ')}{sites.sidecar(text, passages)}"
        result, problems = render(sidecar, text)
        assert problems == []
        plain = markdown(text, extensions=["toc"])
        sizes.append(len(result.html.encode()) - len(plain.encode()))

    assert sum(sizes) / 6 / 30 <= 595
