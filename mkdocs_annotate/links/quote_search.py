"""The search for quotes in a fetched page."""

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape

from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.links.cache import QuoteSearch
from mkdocs_annotate.links.http import Response
from mkdocs_annotate.model.messages import OMISSION

LEAST_TEXT = 200
"""Fewest characters of visible text of a page with scripts: with less, a script writes the page."""

_HTML = re.compile(r"text/html|application/xhtml\+xml", re.IGNORECASE)
_TEXT = re.compile(r"text/|application/(?:[\w.+-]+\+)?(?:json|xml)\b", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", re.IGNORECASE | re.ASCII)
_META = re.compile(rb"<meta\s[^>]{0,500}?charset\s*=\s*[\"']?([\w:.-]{2,40})", re.IGNORECASE)
# Of all codecs only those of texts: some are no encodings, and `punycode` takes quadratic time.
_KNOWN = re.compile(
    r"utf-(?:8|16|16-le|16-be)|iso8859-\d+|cp(?:125\d|866|874|932|949|950)|koi8-[rut]|big5|gbk|"
    r"big5hkscs|gb2312|gb18030|shift_jis|euc_jp|euc_kr|iso2022_jp|mac-roman|mac-cyrillic"
)
_SCRIPT = re.compile("<script", re.IGNORECASE)
_WESTERN = "cp1252"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def search_quotes(quotes: tuple[str, ...], response: Response) -> list[QuoteSearch]:
    """Return for each of `quotes` whether it stands in the visible text of the page.

    Spaces, quotation marks, dashes, case and signs don't matter, and `…` in a quote stands for
    anything.  A quote is missing only where the whole text could be read.  Never raises.
    Cost: linear in the page, some 0.2 s a MiB.
    """
    left = dict.fromkeys(quotes, QuoteSearch.UNREADABLE)
    for text in dict.fromkeys(_readings(response)):
        page = Page.of_html(text if _is_html(text, response) else escape(text))
        whole = response.whole and not _is_written_by_script(page)
        for quote in [quote for quote, look in left.items() if look is not QuoteSearch.FOUND]:
            if _stands(quote, page):
                left[quote] = QuoteSearch.FOUND
            elif whole:
                left[quote] = QuoteSearch.MISSING
        if all(look is QuoteSearch.FOUND for look in left.values()):
            break
    return [left[quote] for quote in quotes]


def _is_written_by_script(page: Page) -> bool:
    """Return whether scripts write `page`, so that only a browser would show it."""
    return len(page.text) < LEAST_TEXT and _SCRIPT.search(page.projection.html) is not None


def _is_html(text: str, response: Response) -> bool:
    if response.content_type:
        return _HTML.match(response.content_type) is not None
    return re.match(r"\s*<", text.removeprefix("\ufeff")) is not None


def _stands(quote: str, page: Page) -> bool:
    """Return whether `quote`, or each of its parts between omissions, stands in `page`."""
    parts = [part for part in OMISSION.split(quote) if part.strip()]
    return _is_there(quote, page) or (
        len(parts) > 0 and parts != [quote] and all(_is_there(part, page) for part in parts)
    )


def _is_there(words: str, page: Page) -> bool:
    return page.letters.count(words, 1) > 0 or (
        page.second_reading is not None and page.second_reading.letters.count(words, 1) > 0
    )


def _readings(response: Response) -> Iterator[str]:
    """Yield the page as text in each encoding that it may have, the likeliest first."""
    kind = response.content_type
    if not response.body or (kind and not (_HTML.match(kind) or _TEXT.match(kind))):
        return
    if not kind and b"\0" in response.body[:1_000] and not _encoding_by_bom(response.body):
        return
    names = [_encoding_by_bom(response.body), *_CHARSET.findall(kind)]
    names += [name.decode("ascii") for name in _META.findall(response.body[:4_096])[:1]]
    for name in dict.fromkeys([*map(_codec, filter(None, names)), "utf-8", _WESTERN]):
        if not name:
            continue
        try:
            # A page that was cut may end within a character.
            yield response.body.decode(name, "strict" if response.whole else "ignore")
        except UnicodeError:
            if name == _WESTERN:
                yield response.body.decode(name, "replace")


def _encoding_by_bom(body: bytes) -> str:
    return next((name for mark, name in _BOMS if body.startswith(mark)), "")


@lru_cache(maxsize=64)
def _codec(name: str) -> str:
    """Return what Python calls the encoding `name`; empty for none of a page."""
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    if known in ("iso8859-1", "ascii"):
        return _WESTERN  # as browsers read it
    return known if _KNOWN.fullmatch(known) or known == "utf-8-sig" else ""
