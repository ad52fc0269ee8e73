"""What is attacked: each stage of the package, as a function of one text that must not raise.

The same targets serve the fuzzers, seeded in the suite and for long by hand, and the search for
inputs whose cost grows faster than they do.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from mkdocs_annotate.anchoring.anchors import anchor_all
from mkdocs_annotate.anchoring.explanations import explained_all
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.commands.baselines import BadBaseline
from mkdocs_annotate.commands.baselines import parsed as parsed_baseline
from mkdocs_annotate.exchange.formats import FORMATS, parse_bibliography, read_import
from mkdocs_annotate.exchange.imported import UnusableFile
from mkdocs_annotate.hosts.sidecar_indexes import title_of
from mkdocs_annotate.links.cache import DamagedCache, ForeignFile
from mkdocs_annotate.links.cache import parse_cache as parsed_memory
from mkdocs_annotate.model.links import parse_link
from mkdocs_annotate.model.problems import Position, Problem, shown
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY
from mkdocs_annotate.moving.links import mended_markdown
from mkdocs_annotate.rendering.index_markers import markers_of
from mkdocs_annotate.rendering.note_content import is_allowed_html
from mkdocs_annotate.rendering.notes import NoteRenderer
from mkdocs_annotate.rendering.other_forms import searchable
from mkdocs_annotate.rendering.page import render_page
from mkdocs_annotate.rendering.site import Presentation, Site
from mkdocs_annotate.rendering.splice import without_annotations
from mkdocs_annotate.sidecar.decoding import parse_sidecar, parse_sources
from mkdocs_annotate.sidecar.editing import EditSession, Uneditable
from mkdocs_annotate.sidecar.nodes import MappingNode, ScalarNode, SequenceNode, parse_nodes

FILE = "a.annotations.yml"
PLACE = Position(FILE, 1, 1)

_LINE = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]*")


@dataclass(frozen=True)
class Target:
    """A stage: what its inputs are made of, some to begin with, and what is done with one."""

    run: Callable[[str], object]
    pieces: tuple[str, ...]
    seeds: tuple[str, ...] = ()


def _hold(problems: list[Problem] | tuple[Problem, ...], file: str = FILE) -> None:
    """Hold that `problems` are such as a person can use: one harmless line each, at a place."""
    for problem in problems:
        assert problem.position.file == file, problem
        assert problem.position.line >= 1, problem
        assert problem.position.column >= 1, problem
        assert _LINE.fullmatch(str(problem)), problem
        assert problem.rule.value != "internal-error", problem


def _read(text: str) -> Sidecar:
    sidecar, problems = parse_sidecar(text, FILE)
    _hold(problems)
    return sidecar


def _read_sources(text: str) -> None:
    _hold(parse_sources(text, FILE)[1])


def _edit(text: str) -> None:
    """Change the first annotation of a file, add one, and read what was meant."""
    value = text[-40:]
    with suppress(Uneditable):
        session = EditSession(text, FILE)
        session.add_annotations([{"quote": "a new one", "note": value}])
        assert "a new one" in session.text
    entries = _entries(text)
    first = next((at for at, entry in enumerate(entries) if "quote" in entry.entries), None)
    if first is None:
        return
    place = entries[first].entries["quote"][1].position
    for key in ("note", "quote", "speaker"):
        with suppress(Uneditable):
            session = EditSession(text, FILE)
            session.set_values(place, {key: value})
            written = _entries(session.text)[first].entries[key][1]
            assert isinstance(written, ScalarNode), (key, session.text)
            assert written.text == value, (key, session.text)


def _entries(text: str) -> list[MappingNode]:
    root = parse_nodes(text, FILE).root
    known = root.entries.get("annotations") if isinstance(root, MappingNode) else None
    if known is None or not isinstance(known[1], SequenceNode):
        return []
    return [item for item in known[1].items if isinstance(item, MappingNode)]


def _note(text: str) -> None:
    renderer = NoteRenderer(lambda link: link.address)
    html = str(renderer.render(text, PLACE))
    assert is_allowed_html(html), html
    assert html or not text.strip()
    _hold(renderer.problems)


def _project(text: str) -> None:
    page = project(text)
    last = 0
    for offset in range(0, len(page.text), max(1, len(page.text) // 50)):
        place = page.html_start(offset)
        assert last <= place <= len(text)
        last = place


def _parts(text: str, number: int) -> list[str]:
    """Return `number` texts that stand in `text`, from its end; the rest comes first."""
    parts = text.split("\x1f")
    return [*(parts + [""] * number)[:number], "\x1f".join(parts[number:])]


def _anchor(text: str) -> None:
    """Anchor quotes in a page: a page, a quote, its prefix, its suffix, another quote."""
    html, quote, prefix, suffix, other, _ = _parts(text, 5)
    entries = [
        {"quote": quote or "a", "prefix": prefix, "suffix": suffix, "note": "n"},
        {"quote": other or quote or "b", "note": "n"},
        {"quote": quote or "c", "through": other or "d", "note": "n"},
        {"quote": quote or "e", "section": other, "note": "n"},
    ]
    session = EditSession("", FILE)
    for entry in entries:
        fields = {key: value for key, value in entry.items() if value}
        with suppress(Uneditable):
            session.add_annotations([fields])
    sidecar = parse_sidecar(session.text, FILE)[0]
    page = Page(project(html), html)
    anchoring = anchor_all(sidecar.annotations, page)
    for anchor in anchoring.anchors:
        for place in anchor.ranges:
            assert 0 <= place.start < place.end <= len(page.text)
    _hold([problem for _, problem in explained_all(anchoring.orphans, page, 5)])


@cache
def _site() -> Site:
    return Site()


def _splice(text: str) -> None:
    """Render a page with the sidecar behind it; without our part it is as it was."""
    html, sidecar, _ = _parts(text, 2)
    said = parse_sidecar(sidecar, FILE)[0]
    page = render_page(
        html, html, said, _site(), Presentation(preview=True), lambda link: link.address
    )
    _hold(page.problems)
    if "ann" not in html:
        assert without_annotations(page.html) == html
    searchable(page.html)


def _bring(form: str) -> Callable[[str], None]:
    def run(text: str) -> None:
        with suppress(UnusableFile):
            read_import(text, form, "given", DEFAULT_VOCABULARY)

    return run


def _bibliography(bibtex: bool) -> Callable[[str], None]:
    def run(text: str) -> None:
        _hold(parse_bibliography(text, FILE, bibtex=bibtex)[1])

    return run


def _link(text: str) -> None:
    link = parse_link(text)
    if hasattr(link, "address"):
        assert not re.search(r"[\s<>\"\x00-\x1f]", link.address)
        assert not link.address.lower().startswith(("javascript:", "data:", "file:", "//"))


def _baseline(text: str) -> None:
    with suppress(BadBaseline):
        parsed_baseline(text, FILE)


def _memory(text: str) -> None:
    with suppress(DamagedCache, ForeignFile):
        parsed_memory(text.encode("utf-8", "surrogatepass"))


def _shown(text: str) -> None:
    assert _LINE.fullmatch(shown(text))
    assert len(shown(text)) <= 6 * 80


YAML = (
    *("- ", "-", "--- ", "...\n", "\n", "\n  ", "\n    ", " ", "a", "b: ", ": ", "? ", "# ", " #"),
    *("{", "}", "[", "]", ",", "'", '"', "|", ">", "|-", ">+2", "%YAML", "%", "&a ", "*a", "!t "),
    *("\t", "<<: ", "\\", '"\\x41"', "\r\n", "\r", "\u2028", "\x85", "\ufeff", "\x00", "\x1b"),
    *("`", "@", "~", "null", "2024-13-45", "1e400", "yes", "é", "あ", "\ud800", "\u202e", "🙂"),
    *("annotations:", "\nannotations:\n  - ", "quote: ", "note: ", "through: ", "prefix: "),
    *("occurrence: ", "2 of 3", "all", "section: ", "kind: ", "opinion", "sources:", "title: "),
    *("url: ", "https://example.org/", "article:", "corrections:", "date: ", "2024-11-03", "id: "),
    *("speaker: ", "voice: ", "quoted", "tags: ", "draft: ", "true", "author: ", "backstory: |\n"),
)
SIDECARS = (
    "annotations:\n  - quote: a\n    note: n\n",
    "annotations:\n- {quote: a, note: 'n'}\n- quote: b\n  note: |\n    text\n\n  # c\n",
    "article: {type: news}\nsources:\n  s: {title: t, url: 'https://e.org/'}\n"
    "annotations:\n  - quote: a\n    sources: [s]\n",
)
MARKDOWN = (
    *("*", "**", "_", "`", "```\n", "~~~\n", "[", "]", "(", ")", "](", "![", "<", ">", "&", "&#"),
    *("a", " ", "\n", "\n\n", "    ", "- ", "1. ", "> ", "# ", "---\n", "| ", "|-", "\\", "  \n"),
    *("https://e.org/a", "javascript:", "a@b.c", "<b>", "</p>", "<!--", "&lt;", "&#106;", "x.md"),
    *("[a]: b\n", "[^1]", ":", '"', "'", "=", "{: #a}", "\x02", "\x03", "\u202e", "é", "あ", "$"),
)
HTML = (
    *("<p>", "</p>", "<b>", "</b>", "<a href=x>", "</a>", "<code>", "</code>", "<pre>", "</pre>"),
    *("<h1>", "</h1>", "<h2 id=a>", "</h2>", "<li>", "<ul>", "</ul>", "<table><tr><td>", "</td>"),
    *("<mark>", "</mark>", "<span>", "</span>", "<br>", "<img alt=a>", "<script>", "</script>"),
    *(
        "<!--",
        "-->",
        "<",
        ">",
        "&",
        "&amp;",
        "&#x1F600;",
        "&nbsp;",
        "a",
        "the ",
        "word ",
        " ",
        "\n",
    ),
    *("é", "e\u0301", "“", "”", "…", "\u00ad", "\u200b", "あ", "12,000", "-", '"', "'", "=", "/>"),
    *("<svg>", "</svg>", "<math>", "</math>", "<button>", "<ruby>", "<rt>", "<textarea>"),
)
PAGES = (
    "<h1>T</h1>\n<p>the <b>word</b> the word</p>\x1fthe word\x1fa\x1fb\x1fword",
    "<p>one two three</p>\x1ftwo\x1fone\x1fthree\x1fgone",
)
SPLICED = (
    "<p>the <b>word</b> the word</p>\x1fannotations: [{quote: the word, occurrence: all, note: n}]",
    "<p>a b c d</p>\x1fannotations:\n- {quote: a b, note: n}\n- {quote: b c, kind: opinion}\n",
)
JSON = (
    *("{", "}", "[", "]", ",", ":", '"', '""', '"a"', "1", "-", "e9", "1e999", "null", "true"),
    *("NaN", "\\u0000", "\\ud800", " ", "\n", "[[", '{"type":', '"Annotation"', '"id":', '"body":'),
    *(
        '"target":',
        '"selector":',
        '"TextQuoteSelector"',
        '"exact":',
        '"rows":',
        '"text":',
        '"uri":',
    ),
    *('"title":', '"author":', '"family":', '"issued":', '"date-parts":', "[[2024]]", '"URL":'),
    *(
        '"https://e.org/"',
        '"mrsf_version":',
        '"comments":',
        '"selected_text":',
        '"total":',
        "9" * 20,
    ),
)
JSON_SEEDS = (
    '{"type": "Annotation", "body": {"type": "TextualBody", "value": "n"}, "target": '
    '{"source": "https://e.org/", "selector": {"type": "TextQuoteSelector", "exact": "a"}}}',
    '{"rows": [{"uri": "https://e.org/", "text": "n", "target": [{"selector": '
    '[{"type": "TextQuoteSelector", "exact": "a", "prefix": "b"}]}]}], "total": 1}',
    '[{"id": "a", "type": "book", "title": "t", "author": [{"family": "F", "given": "G"}], '
    '"issued": {"date-parts": [[2024, 11]]}, "URL": "https://e.org/"}]',
    '{"mrsf_version": "1.0", "document": "a.md", "comments": [{"id": "1", "text": "n", '
    '"selected_text": "a", "line": 1, "author": "x", "timestamp": "2024-11-03T12:00:00Z"}]}',
)
BIBTEX = (
    *("@book{", "@article{", "@string{", "@comment{", "@preamble{", "}", "{", ",", "=", '"', "#"),
    *("key", "title", "author", "year", "date", "url", "{a}", "\\'e", "\\textit{", "\\", "$", "%"),
    *(" and ", "van der ", "2024", "2024-11", "1723~", "/", "\n", " ", "&", "~", "--", "é", "jan"),
    *("family=", "prefix=", "https://e.org/", "crossref", "others", "@", "\x00", "あ"),
)
BIBTEX_SEEDS = (
    "@book{key, title = {T}, author = {Family, Given and van der Other, A}, year = 2024}",
    '@string{a = "A"}\n@article{k, title = a # " b", date = {2024-11-03}, url = {https://e.org/}}',
)

ADDRESSES = (
    *("http", "s", "://", "/", "e.org", ":", "@", "?", "#", "..", "%2e", "&#106;", "javascript"),
    *("xn--", "あ", ".", "-", "[::1]", "\\", "\t", "\u202e", "&colon;", "mailto:", "a", " "),
)

TARGETS: dict[str, Target] = {
    "reader": Target(_read, YAML, SIDECARS),
    "reader of sources": Target(
        _read_sources, YAML, ("s: {title: t}\n", "sources:\n  s: {title: t}")
    ),
    "editing": Target(_edit, YAML, SIDECARS),
    "notes": Target(_note, MARKDOWN, ("*a* [b](https://e.org/)", "- a\n- b\n\n> c\n")),
    "projection": Target(_project, HTML, PAGES),
    "anchoring": Target(_anchor, (*HTML, "\x1f"), PAGES),
    "splice": Target(_splice, (*HTML, *YAML, "\x1f"), SPLICED),
    "links": Target(
        _link,
        ADDRESSES,
        ("https://example.org/a?b#c", "mailto:a@b.c", "../a.md#b"),
    ),
    "markers": Target(
        lambda text: markers_of(text, DEFAULT_VOCABULARY),
        (
            "<!-- annotate: ",
            "sources",
            " -->",
            "kind=",
            "opinion",
            "speaker",
            "\n",
            '"',
            "=",
            "--",
            "a",
        ),
        ("<!-- annotate: sources -->", "<!-- annotate: passages kind=opinion -->"),
    ),
    "closed": Target(is_allowed_html, HTML, ("<p>a</p>",)),
    "page without ours": Target(
        without_annotations, (*HTML, '<mark class="ann-m a" data-ann="b">'), ()
    ),
    "search": Target(
        searchable,
        (
            *HTML,
            "<!--ann-->",
            "<!--/ann-->",
            '<section class="ann-notes">',
            "</section>",
            " data-search-exclude",
        ),
        (),
    ),
    "articles that move": Target(
        lambda text: mended_markdown(text, lambda link: link), MARKDOWN, ()
    ),
    "titles of articles": Target(
        lambda text: title_of({}, text),
        tuple("#{}[]()*` \na"),
        ("# A [title](a.md) ## {: #title}\n",),
    ),
    "baselines": Target(_baseline, YAML, ('- {file: "a", rule: "b", words: "c"}\n',)),
    "answers kept": Target(_memory, JSON, ('{"about": "mkdocs-annotate links", "version": 1}',)),
    "messages": Target(
        _shown, (*MARKDOWN, "##[", "##vso[", "::", "\x1b[31m", "\u2066", "\ud800"), ()
    ),
    "import of BibTeX": Target(_bring("bibtex"), BIBTEX, BIBTEX_SEEDS),
    "bibliography in BibTeX": Target(_bibliography(True), BIBTEX, BIBTEX_SEEDS),
    "bibliography in CSL": Target(_bibliography(False), JSON, JSON_SEEDS),
    **{
        f"import of {form}": Target(_bring(form), JSON, JSON_SEEDS)
        for form in FORMATS
        if form != "bibtex"
    },
}
