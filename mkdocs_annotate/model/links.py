"""Checks the addresses of links: which a page may link to, and what is wrong with the others."""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum
from html import unescape
from html.entities import html5
from urllib.parse import quote, unquote

from mkdocs_annotate.model.messages import character_name, forbidden_character
from mkdocs_annotate.model.problems import Mistake, shown

MAX_LENGTH = 2_048
"""Longest address, in characters; browsers and servers stop not far above."""

# What ends an address in Markdown, HTML or a terminal, and every character without a shape of its
# own (Unicode: Default_Ignorable_Code_Point, and three blanks more).
_UNFIT = re.compile(
    r'[\s"<>\\^`{|}'
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_REFERENCE = re.compile(r"&(?:#([0-9]+)|#[xX]([0-9a-fA-F]+)|([a-zA-Z][a-zA-Z0-9]*));")
_SCHEME = re.compile(r"([^:/?#]*):")
_AUTHORITY = re.compile(r"https?://(?P<host>[^:/?#]*)(?P<port>:[^/?#]*)?", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^@:/?#%&,;()\[\]]{1,64}@(?P<host>[^@:/?#]*)", re.IGNORECASE)
_PORT = re.compile(":([0-9]{1,5})")
# Of ASCII only letters, digits, `-` and `_`.
_LABEL = re.compile(r"(?!-)[^\x00-,./:-@\[-^`{-\x7f]{1,63}(?<!-)")
_NUMBER = re.compile("[0-9]+|0x[0-9a-f]*")
_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_IPV4 = re.compile(rf"{_OCTET}(?:\.{_OCTET}){{3}}")
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
_DOI_ADDRESS = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/([^?#]*)", re.IGNORECASE)


class LinkKind(Enum):
    """Where a link leads."""

    EXTERNAL = "external"
    """To another site: `http://` or `https://`, and a host."""

    MAIL = "mail"
    """To the one mail address behind `mailto:`."""

    SITE = "site"
    """To a page or file of this site: a path, or `#` and the id of a place."""


@dataclass(frozen=True)
class Link:
    """An address that `parse_link` found safe.  It must still be escaped where it is written."""

    address: str
    kind: LinkKind = LinkKind.EXTERNAL
    from_root: bool = field(default=False, compare=False)
    """A path of this site that begins in the folder of all articles, not in that of the article."""


_FOREIGN = re.compile(
    r"(?:www\.|(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|int|eu|info|io|[a-z]{2})(?:/|$))"
)
_OF_FILES = re.compile(r"[^/]*\.(?:md|js|py|rs|sh|gz|ts|cc|so)$")


def unfound(address: str) -> str:
    """Return a hint for the `address` of a page or file that the site does not have.

    If it looks like another site without `https://`, the hint writes that address.
    """
    folded = address.lower()
    if _FOREIGN.match(folded) and not _OF_FILES.match(folded):
        return f"write `https://{shown(address)}` if that is another site"
    return "correct the path; an address of another site begins with https://"


def parse_link(text: str) -> Link | Mistake:
    """Return the link whose address is `text`, or what is wrong with it.

    HTML references that end in `;` are decoded once.  The address must stay safe if it is decoded
    again, since other programs may do so.  Never raises.  Cost: linear, and
    bounded by `MAX_LENGTH`.
    """
    text = text.strip(" \t\n")
    if len(text) > MAX_LENGTH:
        return Mistake(
            f'the address "{shown(text)}" has more than {MAX_LENGTH:,} characters',
            "shorten it: often everything from the `?` on can be left out",
            subject=text,
        )
    form = decoded(text)
    link = _judged(form)
    for _ in range(3):
        before, form = form, _decoded_again(form)
        if isinstance(link, Mistake) or form == before:
            return link
        if not _alike(link, _judged(form)):
            return Mistake(
                f'the address "{shown(text)}" means something else once it is decoded as HTML',
                "remove what looks like an HTML reference: a `&` with a name or number",
                subject=text,
            )
    return link


def parse_doi(text: str) -> str | Mistake:
    """Return the bare DOI, `10.…/…`, that `text` or the address or label `doi:` in it gives.

    Never raises.  Cost: linear, and bounded by `MAX_LENGTH`.
    """
    text = text.strip(" \t\n")
    doi = decoded(text[: MAX_LENGTH + 1])
    address = _DOI_ADDRESS.match(doi)
    if address:
        doi = unquote(address[1])
    elif doi[:4].lower() == "doi:":
        doi = doi[4:].lstrip(" ")
    wrong = forbidden_character(doi) or _invisible(doi)
    if wrong:
        return Mistake(
            f'the DOI "{shown(text)}" holds {character_name(wrong)}', "delete it", subject=text
        )
    if doi_link(doi) is None:
        return Mistake(f'"{shown(text)}" is not a DOI', "write it as `10.1000/182`", subject=text)
    return doi


def doi_link(doi: str) -> Link | None:
    """Return the address of the document with the bare `doi`; None for what is not a DOI."""
    if not _DOI.fullmatch(doi) or forbidden_character(doi):
        return None
    # `&` is not among the safe ones, so that no part of a DOI reads as an HTML reference.
    link = parse_link("https://doi.org/" + quote(doi, safe="/:;()!$'*+,=@~"))
    return link if isinstance(link, Link) else None


def shown_host(link: Link) -> str:
    """Return the host that `link` leads to, in ASCII; empty for a page of this site.

    Labels in other letters appear as `xn--…`: аррӏе.com, which is Cyrillic, must not look like
    another host.
    """
    found = _AUTHORITY.match(link.address) or _MAIL.match(link.address)
    return ".".join(map(_ascii, _labels(found["host"]))) if found else ""


def decoded(text: str) -> str:
    """Return `text` with each HTML reference that ends in `;` decoded once, as browsers do.

    Unlike `html.unescape`, it leaves `?a=1&copy=2` alone, and shows the control characters that
    a number stands for instead of dropping them.  Never raises.  Cost: linear.
    """
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return html5.get(f"{name};", found.group())
    digits = (decimal or hexadecimal).lstrip("0") or "0"
    # Python refuses to make numbers of too many digits; there are seven in the highest.
    number = int(digits, 10 if decimal else 16) if len(digits) < 8 else 0x110000
    if number > 0x10FFFF:
        return "\ufffd"
    # Browsers read these as Windows-1252: `&#150;` is a dash.
    return unescape(f"&#{number};") if 0x80 <= number <= 0x9F else chr(number)


def _decoded_again(text: str) -> str:
    try:
        return unescape(text)
    except ValueError:  # more digits than Python turns into a number
        return ""


def _alike(link: Link, other: Link | Mistake) -> bool:
    return isinstance(other, Link) and other.kind is link.kind


def _judged(address: str) -> Link | Mistake:
    """Return the link, or what is wrong with `address` as it stands."""
    if not address:
        return Mistake("the address is empty", "write one that begins with https://, or a path")
    wrong = forbidden_character(address) or _unfit(address)
    if wrong:
        return _unfit_mistake(address, wrong)
    scheme = _SCHEME.match(address)
    if not scheme:
        return _site(address)
    if scheme[1].lower() == "mailto":
        return _mail(address)
    return _external(address)


def _unfit(address: str) -> str | None:
    found = _UNFIT.search(address)
    return found.group() if found else None


def _invisible(text: str) -> str | None:
    """Return the first character of `text` that has no shape, or None."""
    visible = {*'"<>\\^`{|}'}
    return next((found for found in _UNFIT.findall(text) if found not in visible), None)


def _unfit_mistake(address: str, wrong: str) -> Mistake:
    name = "a space" if wrong == " " else character_name(wrong)
    if forbidden_character(wrong):
        hint = "delete it"
    else:
        hint = f"delete it, or write it as {quote(wrong)}"
    return Mistake(f'the address "{shown(address)}" holds {name}', hint, subject=address)


def _site(address: str) -> Link | Mistake:
    path = re.split("[?#]", address, maxsplit=1)[0]
    if path.startswith("//"):
        return Mistake(
            f'the address "{shown(address)}" begins with // and so leads to another site',
            "write https:// if that is meant, else a single /",
            subject=address,
        )
    if "//" in path:
        return Mistake(
            f'the address "{shown(address)}" has // in its path',
            "write a single /",
            subject=address,
        )
    if address.startswith("?"):
        return Mistake(
            f'the address "{shown(address)}" names no page',
            "write the path before it",
            subject=address,
        )
    return Link(address, LinkKind.SITE)


def _mail(address: str) -> Link | Mistake:
    found = _MAIL.fullmatch(address)
    if not found:
        return Mistake(
            f'the address "{shown(address)}" is not `mailto:` with exactly one mail address',
            "write `mailto:name@example.org`, and nothing after it",
            subject=address,
        )
    return _host_mistake_of(address, found["host"]) or Link(address, LinkKind.MAIL)


def _external(address: str) -> Link | Mistake:
    found = _AUTHORITY.match(address)
    if not found:
        return Mistake(
            f'the address "{shown(address)}" begins with neither http:// nor https://',
            "write the whole address; if it is a page whose name has a colon, begin with ./",
            subject=address,
        )
    if "@" in found.group():
        return Mistake(
            f'the address "{shown(address)}" hides its host behind an @',
            "remove the @ and everything before it",
            subject=address,
        )
    if found["port"] and not _is_port(found["port"]):
        return Mistake(
            f'the address "{shown(address)}" has no valid port after the colon of its host',
            "write a number from 1 to 65535, or leave the colon out",
            subject=address,
        )
    return _host_mistake_of(address, found["host"]) or Link(address)


def _is_port(text: str) -> bool:
    found = _PORT.fullmatch(text)
    return found is not None and 1 <= int(found[1]) <= 65_535


def _host_mistake_of(address: str, host: str) -> Mistake | None:
    mistake = _host_mistake(host)
    if not mistake:
        return None
    return Mistake(
        f'the address "{shown(address)}" {mistake}',
        "write the host as browsers show it",
        subject=address,
    )


def _host_mistake(host: str) -> str:
    """Return what is wrong with `host`; empty where nothing is."""
    if not host:
        return "names no host"
    labels = _labels(host)
    normal = ".".join(labels)
    # Such as ℀, which browsers read as a/c, and then look for the host before the slash.
    if (set(normal) - set(host)) & set("/?#@:%") or normal.count(".") != host.count("."):
        return "has a host with a character that browsers read as a separator"
    if not all(map(_is_label, labels)) or len(".".join(map(_ascii, labels))) > 253:
        return "has a host that no site can have"
    if _NUMBER.fullmatch(labels[-1]) and not _IPV4.fullmatch(normal):
        return "has a host that is only a number"
    return ""


def _labels(host: str) -> list[str]:
    """Return the parts of `host` as browsers read them."""
    return unicodedata.normalize("NFKC", host).lower().replace("\u3002", ".").split(".")


def _is_label(label: str) -> bool:
    if not _LABEL.fullmatch(label) or len(_ascii(label)) > 63:
        return False
    if not label.startswith("xn--"):
        return True
    try:
        return not label[4:].encode("ascii").decode("punycode").isascii()
    except UnicodeError:
        return False


def _ascii(label: str) -> str:
    return label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}"
