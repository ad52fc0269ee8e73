"""Any HTML page, whatever made it: a fragment or a whole document, annotated in its article."""

import codecs
import re
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import NamedTuple

from mkdocs_annotate.anchoring.tags import attributes_of
from mkdocs_annotate.any_html.settings import SELECTOR_HINT
from mkdocs_annotate.files.paths import ASSETS
from mkdocs_annotate.hosts.conversion import annotated
from mkdocs_annotate.hosts.host_page import HostPage
from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.model.places import Span
from mkdocs_annotate.model.problems import Position, Problem, Rule, in_order, shown
from mkdocs_annotate.model.reporting import levelled
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.rendering.documents import HtmlDocument, read_document
from mkdocs_annotate.rendering.page import RenderedPage
from mkdocs_annotate.rendering.selectors import USUAL_ARTICLES, Selector, parse_selectors
from mkdocs_annotate.rendering.splice import BEGIN, END, without_annotations

USUAL_SELECTORS = tuple(one for one in parse_selectors(USUAL_ARTICLES) if isinstance(one, Selector))
"""How articles are found where nobody says where they are."""

_ANNOTATED = re.compile(
    r"<!--/?ann-->|<(?:mark|span|sup|div)\b[^<>]*\bclass\s*=\s*[\"']?"
    r"ann-(?:m|ref|tag|box|body)[\s\"'>]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class HtmlPage(HostPage):
    """A page that is HTML already, and what is known of it."""

    @property
    def is_in_site(self) -> bool:
        """Return False: files of sources are read where they are named."""
        return False

    def data(self) -> str:
        """Return what stands behind the article for programs; nothing."""
        return ""


NO_OPTIONS = Options()


def annotate_html(
    html: str,
    sidecar: str | Path | Sidecar,
    source: str = "",
    options: Options = NO_OPTIONS,
    *,
    article: str = "",
    assets: str = "",
) -> RenderedPage:
    """Return `html`, a fragment or a whole document, with what `sidecar` says about it.

    `sidecar` is a path, YAML of several lines, or a `Sidecar`.  `source` is the Markdown that the
    article was made of, for quotes that were copied from it.  In a document the article is the
    element that `article` selects, as `parse_selectors` reads it, else the usual one; a fragment
    without `article` is one as a whole.  With `assets`, the address of a folder with `annotate.css`
    and `annotate.js`, a document loads these.  Annotations of an earlier call are removed first.

    The result has `html` and `problems`, each with its place, rule and hint.  Outside of the
    article and the head nothing changes.  A page that can't be annotated comes back as it was,
    with a problem.  Never raises.  Cost: linear.
    """
    here = Path.cwd()
    page = HtmlPage(here / "page.html", here, here, {})
    parsed = parse_selectors(article)
    wrong = [one for one in parsed if isinstance(one, str)]
    if wrong:
        problem = Problem(
            Position("page", 1, 1),
            Rule.BAD_OPTION,
            f"“{shown(wrong[0])}” is no selector",
            SELECTOR_HINT,
        )
        return RenderedPage(html, tuple(levelled([problem], options.rules)))
    selectors = tuple(one for one in parsed if isinstance(one, Selector))
    head = head_tags(assets) if assets else ""
    request = Request(selectors, head, "page", source, fragment=True)
    return annotate_document(html, page, replace(options, sidecar=sidecar), request)


class Request(NamedTuple):
    """How one page is to be annotated."""

    selectors: tuple[Selector, ...] = ()
    """Where the article may be; the usual places without any."""

    head: str = ""
    """What a document gets in its head."""

    name: str = "page"
    """What problems call the page."""

    source: str = ""
    """The Markdown of the article, where it is known."""

    fragment: bool = False
    """A page without head and body is an article as a whole."""

    around: tuple[str, str] | None = None
    """What is put before and behind an article, and the head too, even if nothing is annotated."""


def head_tags(folder: str, further: tuple[str, ...] = ()) -> str:
    """Return the elements that load our assets from the address of a folder.

    These are the stylesheet, the script, and `further` stylesheets.
    """
    base = folder if folder.endswith("/") else f"{folder}/"
    style, script = ASSETS
    styles = "".join(
        f'<link rel="stylesheet" href="{escape(base + name)}">' for name in (style, *further)
    )
    return f'{BEGIN}{styles}<script src="{escape(base + script)}" defer></script>{END}'


def annotate_document(
    html: str, page: HtmlPage, options: Options, request: Request
) -> RenderedPage:
    """Return `html`, annotated as `request` says, with the sidecar that `options` name.

    Annotations that it has already are removed first.  A page that can't be annotated comes back
    as it was, with a problem.
    """
    plain = plain_page(html)
    if plain is None:
        return _left(html, request, options, *CHANGED)
    document = read_document(plain, request.selectors or USUAL_SELECTORS)
    whole = document.whole or not request.fragment
    place = document.article
    if not whole and not request.selectors:
        place = Span(0, len(plain))
    refusal = _refusal(document, request, searched=whole or bool(request.selectors))
    if place is not None and not refusal:
        refusal = _made_again(plain, place)
    if refusal or place is None:
        return _left(plain, request, options, *(refusal or _NO_ARTICLE))
    known = page if page.language else replace(page, language=document.language)
    inner = plain[place.start : place.end]
    found, of_site = annotated(inner, request.source, known, options)
    if found is None:
        found = RenderedPage(inner)
    problems = in_order(levelled([*found.problems, *of_site], options.rules))
    made = replace(found, problems=problems)
    if made.html == inner and request.around is None:
        return replace(made, html=plain)
    # Whole or not: what is put in the head begins before the article, or is left out.
    head = request.head if whole and document.head <= place.start else ""
    parts = (plain[: document.head], head, plain[document.head : place.start])
    before = "".join(parts) if head else plain[: place.start]
    first, last = request.around or ("", "")
    html = f"{before}{first}{made.html}{known.data()}{last}{plain[place.end :]}"
    return replace(made, html=html)


def plain_page(html: str) -> str | None:
    """Return `html` without annotations that we made; None where other programs changed them.

    Without any it is returned as it is.  Cost: linear.
    """
    if "ann-" not in html or not _ANNOTATED.search(html):
        return html
    plain = without_annotations(html)
    return None if _ANNOTATED.search(plain) else plain


_HOLDS_BLOCKS = frozenset(
    """article aside blockquote body center dd details dialog div fieldset figure footer form header
    li main section td th""".split()
)
"""Elements that notes can stand in, beside those that a page defines itself."""

CHANGED = (
    "the page has parts of annotations that another program has changed",
    "build the site again, and annotate the pages that the builder made",
)
_NO_ARTICLE = ("no element is surely the article", "name it with --article, or `article`")


def _refusal(document: HtmlDocument, request: Request, *, searched: bool) -> tuple[str, str] | None:
    """Return why a document can't be annotated, and what to do; None where it can.

    `searched` says that an article was looked for in it.
    """
    if document.unclosed:
        said = f"<{document.unclosed}> is never closed, and takes in all that follows"
        return said, "close it; no browser shows what stands behind it"
    if not searched:
        return None
    if document.frames:
        return "the page is a set of frames, and has no article", "annotate the pages in its frames"
    if document.base and document.base not in (".", "./"):
        said = f"`<base href>` makes every link within the page lead to “{shown(document.base)}”"
        return said, "build the site without it"
    if document.article is None:
        selectors = request.selectors or USUAL_SELECTORS
        counts = (
            f"`{one.text}` fits {count} elements" if count else f"`{one.text}` fits none"
            for one, count in zip(selectors, document.counts, strict=True)
            if count or request.selectors
        )
        told = ", ".join(list(counts)[:5])
        return f"no element is surely the article: {told or 'there is none'}", _NO_ARTICLE[1]
    if document.element not in _HOLDS_BLOCKS and "-" not in document.element:
        said = f"`{document.selector}` is a <{document.element}>, which can't hold notes"
        return said, "name the element around it"
    return None


_SCRIPT = re.compile(r"<script\b.*?</script", re.IGNORECASE | re.DOTALL)
_FRAMEWORKS = (
    ("VitePress", "__VP_HASH_MAP__", ""),
    ("Docusaurus", "runtime~main", "__docusaurus"),
    ("Next.js", "__NEXT_DATA__", ""),
    ("Next.js", "__next_f", ""),
    ("Nuxt", "__NUXT_", ""),
    ("Gatsby", "webpack-runtime", "___gatsby"),
    ("SvelteKit", "__sveltekit_", ""),
    ("React Router", "__reactRouterContext", ""),
    ("React Router", "__remixContext", ""),
    ("VuePress", 'type="module"', 'content="VuePress'),
    ("VuePress", "/assets/js/app.", 'data-server-rendered="true"'),
    ("Angular", "ng-state", "ng-server-context"),
)
"""Frameworks that make a page again in the browser: their names, what of theirs stands in a script,
and what in the page."""


def _made_again(html: str, article: Span) -> tuple[str, str] | None:
    """Return why annotations of a page would not last, and what to do; None where they do.

    Where a script finds another page than it has made, it puts its own in place of it: Docusaurus
    takes marks and notes out, and VitePress leaves an empty page.
    """
    scripts = "".join(_SCRIPT.findall(html))
    ones = (name for name, script, page in _FRAMEWORKS if script in scripts and page in html)
    found = next(ones, "")
    opened, closed = (html.rfind(f"<{end}astro-island", 0, article.start) for end in ("", "/"))
    if not found and opened > closed:
        found = "Astro"
    if not found:
        return None
    hint = "set `mpa: true` in its configuration" if found == "VitePress" else _WITHOUT_SCRIPTS
    return f"scripts of {found} make the page again in browsers, without annotations", hint


_WITHOUT_SCRIPTS = "annotate a copy of the page without these scripts"


def _left(html: str, request: Request, options: Options, message: str, hint: str) -> RenderedPage:
    problem = left_alone(request.name, message, hint)
    return RenderedPage(html, tuple(levelled([problem], options.rules)))


def left_alone(file: str, message: str, hint: str) -> Problem:
    """Return the problem of a page called `file` that can't be annotated."""
    return Problem(Position(file, 1, 1), Rule.PAGE_LEFT_ALONE, message, hint)


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PRESCAN = 1024
"""Where browsers look for an encoding first, in bytes; then they read the head for it."""

_MOST_HEAD = 64 << 10

_META = re.compile(r"<!--.*?-->|<meta\b[^>]*>|(<body\b|</head\b)", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
# What browsers read under names that mean another encoding elsewhere (WHATWG Encoding §4.2).
_AS_BROWSERS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gbk",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_KNOWN = re.compile(
    r"utf-8|cp12\d\d|cp874|cp866|cp949|cp932|iso8859-\d+|koi8-[ru]|gbk|gb18030|big5|euc_jp|mac-roman"
)


class Decoded(NamedTuple):
    """The text of a page, and how it is written back."""

    text: str
    encoding: str

    def encoded(self, text: str) -> bytes:
        """Return `text` as bytes; what the encoding lacks stands as character references."""
        return text.encode(self.encoding, "xmlcharrefreplace")


def _label(text: str) -> str:
    """Return the encoding that a `<meta>` of the head names, in lower case; empty for none."""
    for found in _META.finditer(text):
        if found[1]:
            break
        given = attributes_of(found[0], always=True)
        label = given.get("charset", "")
        if not label and given.get("http-equiv", "").lower() == "content-type":
            named = _CHARSET.search(given.get("content", ""))
            label = named[1] if named else ""
        if label:
            return label.strip().lower()
    return ""


def decode_page(data: bytes) -> Decoded | str:
    """Return the text of a page, as browsers decode it; or why there is none.

    A byte-order mark counts first, then a `<meta>` in the head, else it is UTF-8.
    The text leads back to the same bytes.  Never raises.
    """
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "")
    if not encoding:
        label = _label(data[:_PRESCAN].decode("latin-1"))
        label = label or _label(data[:_MOST_HEAD].decode("latin-1")) or "utf-8"
        try:
            name = codecs.lookup(label).name
        except LookupError:
            return f"nobody knows its encoding, “{shown(label)}”"
        encoding = _AS_BROWSERS.get(name, name)
        if not _KNOWN.fullmatch(encoding):
            return f"nobody knows its encoding, “{shown(label)}”"
    try:
        text = data.decode(encoding)
        same = text.encode(encoding) == data
    except UnicodeError:
        same = False
    return Decoded(text, encoding) if same else f"its bytes are no text in {encoding.upper()}"
