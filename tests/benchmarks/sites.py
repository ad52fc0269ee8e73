"""The sites of `bench.py`: one text, written once for each way to say something about it.

Prose, passages, notes and sources are a function of the number of the page and of the sizes alone.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pages import FUNCTION_WORDS, article, vocabulary

SOURCES = 500

CONFIG = """site_name: Benchmark
theme: {theme}
nav: [{{Page: p0000.md}}]
plugins: [{plugins}]
markdown_extensions: [{extensions}]
{more}"""

# Hosts keep the content of all pages, so that each byte added to a page is memory, too.
ADDING = """from pathlib import Path
LINES = Path(__file__).with_name("sizes.txt").read_text().splitlines()
SIZES = dict(line.split() for line in LINES)
def on_page_content(html, page, **_):
    return html + "<p>" + "x" * (int(SIZES[page.file.src_uri]) - 7) + "</p>"
"""


@dataclass(frozen=True)
class Size:
    """How large a site is: its pages, and the words, notes and citations of each."""

    pages: int
    words: int = 1000
    notes: int = 20
    citations: int = 10
    theme: str = "mkdocs"


@dataclass(frozen=True)
class Variant:
    """A way to write the texts: what the configuration lists for it."""

    name: str
    plugins: str = ""
    extensions: str = ""
    more: str = ""


VARIANTS = {
    variant.name: variant
    for variant in (
        Variant("plain"),
        Variant("plugin unused", "annotate"),
        Variant("same bytes, in Markdown"),
        Variant("same bytes, added as HTML", more="hooks: [adding.py]"),
        Variant("footnotes", extensions="footnotes"),
        Variant("mark + footnotes", extensions="footnotes, pymdownx.mark"),
        Variant(
            "Material annotations",
            extensions="attr_list, md_in_html, pymdownx.superfences",
        ),
        Variant("mkdocs-bibtex", "bibtex: {bib_file: refs.bib}", "footnotes"),
        Variant("annotated", "annotate"),
        Variant("annotated, pinned", "annotate"),
    )
}


@dataclass(frozen=True)
class Passage:
    """A passage of a page, and what is to be said of it: a note, or the number of a source."""

    quote: str
    start: int
    note: str = ""
    source: int = 0

    @property
    def text(self) -> str:
        """Return what readers are told, as one line."""
        return self.note or sources()[self.source].text


@dataclass(frozen=True)
class Reference:
    """A source, as it is typed in the three formats."""

    text: str
    yaml: str
    bibtex: str


@cache
def sources() -> list[Reference]:
    """Return the sources that all pages share."""
    words = vocabulary(random.Random("sources"))
    return [_reference(number, words) for number in range(SOURCES)]


def _reference(number: int, words: list[str]) -> Reference:
    draw = random.Random(f"source {number}")
    family, given, journal = (word.capitalize() for word in draw.choices(words, k=3))
    title = " ".join(draw.choices(words, k=7)).capitalize()
    year, volume, first = 1990 + number % 30, draw.randint(1, 90), draw.randint(1, 300)
    url, pages = f"https://example.org/{number}", f"{first}–{first + 12}"
    text = f"{given} {family}: {title}. Journal of {journal} {volume}, {year}, {pages}. <{url}>"
    yaml = (
        f's{number:03}:\n  author: "{family}, {given}"\n  title: {title}\n'
        f"  container: Journal of {journal}\n  volume: {volume}\n  pages: {pages}\n"
        f"  date: {year}\n  url: {url}\n"
    )
    bibtex = (
        f"@article{{s{number:03}, author={{{family}, {given}}}, title={{{title}}}, "
        f"journal={{Journal of {journal}}}, volume={{{volume}}}, pages={{{first}--{first + 12}}}, "
        f"year={{{year}}}, url={{{url}}}}}\n"
    )
    return Reference(text, yaml, bibtex)


def _passages(text: str, sentences: list[str], count: int, draw: random.Random) -> list[str]:
    """Return `count` passages of four to seven words, of as many sentences as there are."""
    layers: list[list[str]] = [[], [], []]
    for sentence in sentences:
        words = sentence.rstrip(".").split()
        place = draw.randrange(3)
        for layer in layers:
            length = draw.randint(4, 7)
            quote = " ".join(words[place : place + length])
            if place + length <= len(words) and text.count(quote) == 1:
                layer.append(quote)
            place += length
    found: list[str] = []
    for layer in layers:
        found += draw.sample(layer, min(len(layer), count - len(found)))
    assert len(found) == count, (count, len(found))
    return found


def page(number: int, size: Size) -> tuple[str, list[Passage]]:
    """Return the Markdown of page `number`, and its passages in reading order."""
    draw = random.Random(f"page {number}")
    words = [*vocabulary(random.Random("notes")), *FUNCTION_WORDS]
    text, sentences = article(size.words, number)
    found = []
    for index, quote in enumerate(_passages(text, sentences, size.notes + size.citations, draw)):
        note = " ".join(draw.choices(words, k=draw.randint(18, 28))).capitalize() + "."
        source = draw.randrange(SOURCES)
        found.append(Passage(quote, text.index(quote), note if index < size.notes else "", source))
    return text, sorted(found, key=lambda passage: passage.start)


def sidecar(text: str, passages: list[Passage], *, pinned: bool = False) -> str:
    """Return the sidecar of a page; where it is `pinned` each quote has 32 characters around."""
    lines = ["annotations:"]
    for passage in passages:
        end = passage.start + len(passage.quote)
        said = f"note: {passage.note}" if passage.note else f"sources: s{passage.source:03}"
        lines += [f"  - quote: {passage.quote}", f"    {said}"]
        if pinned:
            before = text[max(0, passage.start - 32) : passage.start].rpartition("\n")[2]
            behind = text[end : end + 32].partition("\n")[0]
            lines += [
                f'    {name}: "{context}"'
                for name, context in (("prefix", before), ("suffix", behind))
                if context
            ]
    return "\n".join(lines) + "\n"


def _inserted(text: str, passages: list[Passage], variant: str) -> str:
    """Return the Markdown of a page in a variant that writes into the article."""
    ends: list[str] = []
    for number, passage in reversed(list(enumerate(passages, 1))):
        marker, end = f"[^n{number}]", f"[^n{number}]: {passage.text}\n"
        quote = passage.quote
        if variant == "mark + footnotes":
            quote = f"=={quote}=="
        elif variant == "mkdocs-bibtex":
            marker, end = ("", "") if passage.note else (f"[@s{passage.source:03}]", "")
        elif variant == "same bytes, in Markdown":
            marker, end = "", f"1. {passage.text}\n"
        start = passage.start
        text = text[:start] + quote + marker + text[start + len(passage.quote) :]
        ends.append(end)
    return text + "\n" + "\n".join(reversed(ends))


def _by_material(text: str, passages: list[Passage]) -> str:
    """Return a page with Material's annotations: a list below each paragraph that has some."""
    made = []
    for paragraph in text.split("\n\n"):
        own = [passage for passage in passages if passage.quote in paragraph]
        for number, passage in enumerate(own, 1):
            paragraph = paragraph.replace(passage.quote, f"{passage.quote} ({number})")
        if own:
            listed = "\n".join(f"{number}. {one.text}" for number, one in enumerate(own, 1))
            paragraph = f"{paragraph.rstrip()}\n{{ .annotate }}\n\n{listed}\n"
        made.append(paragraph)
    return "\n\n".join(made)


def _files(variant: str, text: str, passages: list[Passage]) -> Iterator[tuple[str, str]]:
    """Yield the endings and contents of the files of a page."""
    if variant in ("plain", "plugin unused", "same bytes, added as HTML"):
        yield ".md", text
    elif variant.startswith("annotated"):
        yield ".md", text
        yield ".annotations.yml", sidecar(text, passages, pinned="pinned" in variant)
    elif variant == "Material annotations":
        yield ".md", _by_material(text, passages)
    else:
        yield ".md", _inserted(text, passages, variant)


def make(folder: Path, size: Size, variants: tuple[str, ...]) -> None:
    """Write the site of a size in each of `variants`, in folders of their names."""
    theme = f"{{name: {size.theme}{', font: false' if size.theme == 'material' else ''}}}"
    for name in variants:
        variant = VARIANTS[name]
        (folder / name / "docs").mkdir(parents=True)
        extensions = ", ".join(filter(None, ["toc", "tables", "fenced_code", variant.extensions]))
        config = CONFIG.format(
            theme=theme, plugins=variant.plugins, extensions=extensions, more=variant.more
        )
        (folder / name / "mkdocs.yml").write_text(config, "utf-8")
        if variant.plugins == "annotate" and name != "plugin unused":
            listed = "".join(one.yaml for one in sources())
            (folder / name / "sources.yml").write_text(listed, "utf-8")
        if name == "mkdocs-bibtex":
            listed = "".join(one.bibtex for one in sources())
            (folder / name / "refs.bib").write_text(listed, "utf-8")
        if variant.more:
            (folder / name / "adding.py").write_text(ADDING, "utf-8")
    for number in range(size.pages):
        text, passages = page(number, size)
        for name in variants:
            for ending, content in _files(name, text, passages):
                path = folder / name / "docs" / f"p{number:04}{ending}"
                path.write_text(content, "utf-8")


def write_sizes(folder: Path) -> None:
    """Write how many bytes each annotated page has more than the plain one; both are built."""
    lines = []
    for path in sorted((folder / "plain/site").rglob("index.html")):
        within = path.relative_to(folder / "plain/site")
        other = folder / "annotated/site" / within
        name = f"{within.parent.as_posix()}.md" if within.parent.name else "index.md"
        lines.append(f"{name} {max(7, other.stat().st_size - path.stat().st_size)}")
    (folder / "same bytes, added as HTML/sizes.txt").write_text("\n".join(lines), "utf-8")
