"""Text of other kinds as Markdown: HTML reduced to what it says, plain text left as it looks."""

import re
from html import unescape

from mkdocs_annotate.anchoring.projection import project

# What Markdown would take for a sign of its own: inside a line, and where a line begins.
_SIGNS = re.compile(r"[\\`*\[]|(?<![^\W_])_|_(?![^\W_])")
# These can't be escaped by a backslash: references, and addresses between angles.
_REFERENCES = re.compile(r"&(?=#?\w+;)|<(?=[^\s<>]*[:@])")
_MOST_ESCAPES = 40
"""How many backslashes a note bears: more have to be written as numbers."""

_STARTS = re.compile(r"^[ \t]*(?:[-+>](?=[ \t>])|>|\d+(?=\.[ \t]))", re.MULTILINE)


def as_markdown(text: str) -> str:
    """Return Markdown that shows the plain `text` as it is.  Cost: linear."""
    lines = "\n".join(line.strip() for line in text.split("\n"))
    lines = _REFERENCES.sub(lambda found: "&amp;" if found.group() == "&" else "&lt;", lines)
    many = len(_SIGNS.findall(lines)) > _MOST_ESCAPES
    escaped = _SIGNS.sub(
        lambda found: f"&#{ord(found.group())};" if many else "\\" + found.group(), lines
    )
    return _STARTS.sub(_escaped_start, escaped).strip()


def _escaped_start(found: re.Match[str]) -> str:
    start = found.group()
    return f"{start}\\" if start[-1].isdigit() else f"{start[:-1]}\\{start[-1]}"


def html_text(html: str) -> str:
    """Return what the HTML shows, blocks parted by blank lines; scripts show nothing.

    Never raises.  Cost: linear; Python's own reader takes 17 s for 45 kB of `<a <a <a`.
    """
    text = project(" ".join(html.split())).text
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n\n".join(line for line in lines if line)


_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TAG = re.compile(r"</?[A-Za-z]")
_RAISED = re.compile(r"<(?P<tag>su[bp])>(?P<digits>[0-9+-]{1,9})</(?P=tag)>")
_LOW = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_HIGH = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


def title_text(line: str) -> str:
    """Return what a line of a bibliography shows where it holds HTML: `<i>`, `<sub>`, `&amp;`.

    A `<` that begins no tag stays.  Never raises.  Cost: linear.
    """
    if _TAG.search(line):
        line = _RAISED.sub(_lowered_or_raised, line)
        line = " ".join(html_text(line).split())
    return " ".join(_ENTITY.sub(lambda found: unescape(found.group()), line).split())


def _lowered_or_raised(found: re.Match[str]) -> str:
    return found["digits"].translate(_LOW if found["tag"] == "sub" else _HIGH)
