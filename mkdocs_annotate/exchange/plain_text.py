"""Converts HTML and LaTeX to plain text, and plain text to Markdown.

Nothing is executed or included, and no macro is expanded: an unknown command leaves its argument,
or else its name.
"""

import re
from html import unescape
from unicodedata import lookup, normalize

from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.exchange.imported import line_of

# What Markdown would take for a sign of its own: inside a line, and where a line begins.
_SIGNS = re.compile(r"[\\`*\[]|(?<![^\W_])_|_(?![^\W_])")
# These can't be escaped by a backslash: references, and addresses between angles.
_REFERENCES = re.compile(r"&(?=#?\w+;)|<(?=[^\s<>]*[:@])")
_MOST_ESCAPES = 40
"""Most backslashes in a note; further signs are written as character references."""

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
_LOW_DIGITS = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_HIGH_DIGITS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


def title_text(line: str) -> str:
    """Return the plain text of a line of a bibliography with HTML such as `<i>`, `<sub>`, `&amp;`.

    A `<` that begins no tag stays.  Never raises.  Cost: linear.
    """
    if _TAG.search(line):
        line = _RAISED.sub(_lowered_or_raised, line)
        line = " ".join(html_text(line).split())
    return " ".join(_ENTITY.sub(lambda found: unescape(found.group()), line).split())


def _lowered_or_raised(found: re.Match[str]) -> str:
    return found["digits"].translate(_LOW_DIGITS if found["tag"] == "sub" else _HIGH_DIGITS)


_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]+)\*?[ \t\n]*|\\(?P<sign>.)|(?P<script>[_^](?:\{[0-9+-]{1,9}\}|[0-9]))"
    r"|(?P<joined>---?|``|''|[!?]`)|(?P<brace>[{}])|(?P<math>\$)|(?P<other>.)",
    re.DOTALL,
)
_GROUP = re.compile(r"[{}]")

_ACCENTS = dict(
    zip(
        "`'^\"~=.uvHckrdb",
        "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0306\u030c\u030b\u0327\u0328\u030a\u0323\u0331",
        strict=True,
    )
)
"""The mark that an accent's command puts on the next letter."""

_WORDS = {
    "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø",
    "aa": "å", "AA": "Å", "l": "ł", "L": "Ł", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "i": "ı", "j": "ȷ",
    "textendash": "–", "textemdash": "—", "ldots": "…", "dots": "…", "textellipsis": "…",
    "textquotedblleft": "“", "textquotedblright": "”", "textquoteleft": "‘",
    "textquoteright": "’", "quotedblbase": "„", "glqq": "„", "grqq": "“", "guillemotleft": "«",
    "guillemotright": "»", "flqq": "«", "frqq": "»", "textasciitilde": "~", "sim": "~",
    "textasciicircum": "^", "textbackslash": "\\", "backslash": "\\", "textunderscore": "_",
    "textbar": "|", "textless": "<", "textgreater": ">", "textbullet": "•", "S": "§", "P": "¶",
    "textsection": "§", "copyright": "©", "textcopyright": "©", "textregistered": "®",
    "texttrademark": "™", "pounds": "£", "textsterling": "£", "euro": "€", "texteuro": "€",
    "EUR": "€", "textyen": "¥", "textdegree": "°", "degree": "°", "times": "×", "texttimes": "×",
    "cdot": "·", "pm": "±", "infty": "∞", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠",
    "approx": "≈", "to": "→", "rightarrow": "→", "leftarrow": "←", "in": "∈", "TeX": "TeX",
    "LaTeX": "LaTeX", "BibTeX": "BibTeX", "lambda": "λ", "Lambda": "Λ", "varepsilon": "ε",
    "varphi": "φ", "textquotesingle": "'", "slash": "/", "quad": " ", "qquad": " ", "space": " ",
    "newline": " ", "par": " ", "lbrace": "{", "rbrace": "}", "textbraceleft": "{",
    "textbraceright": "}",
}  # fmt: skip
_JOINED = {"--": "–", "---": "—", "``": "“", "''": "”", "!`": "¡", "?`": "¿"}
_BLANKS = {"\\", ",", ";", ":", " ", "\n"}
_SILENT = {"-", "/", "!", "@", "(", ")", "[", "]", "+"}
_DROPPED = frozenset(["href", "input", "include", "label", "index", "noopsort", "natexlab"])
"""Commands whose first argument is not read, as it shows nothing."""

_ASIDE = {"footnote": " ({})", "thanks": " ({})", "cite": "[{}]", "cref": "[{}]", "ref": "[{}]"}
"""Commands whose argument stands elsewhere in a document, and how it stands here."""

_SWITCHES = frozenset(
    """bf it em sc sf sl tt rm bfseries itshape scshape slshape upshape mdseries sffamily ttfamily
    rmfamily normalfont protect relax tiny scriptsize footnotesize small normalsize large Large
    LARGE huge Huge left right displaystyle textstyle limits noindent break nobreak allowbreak
    sloppy ignorespaces unskip null xspace""".split()
)
"""Commands that show nothing, and are applied to no group of their own."""

_LOW = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_HIGH = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


def plain_text(latex: str) -> str:
    """Return the value of a field in BibTeX as plain text, in Unicode, as one line.

    Without characters that no sidecar may hold.  Never raises, whatever is unbalanced.
    Cost: linear.
    """
    reading = _Reading(latex)
    place = 0
    while found := _TOKEN.match(latex, place):
        place = reading.take(found)
    return line_of("".join(reading.out))


def plain_address(latex: str) -> str:
    r"""Return the address in a field, with the escapes of LaTeX removed: `\_`, `\%`.

    Never raises.  Cost: linear.
    """
    address = re.sub(r"\\url[ \t\n]*(?=\{)", "", latex)
    address = re.sub(r"\\textasciitilde|\$\\sim\$|\\~(?=\{\})", "~", address)
    address = re.sub(r"\\([_%&#~$^])", r"\1", address)
    return re.sub(r"[{}\s]", "", address)


class _Reading:
    """What was read of one text, and what waits for the next letter."""

    def __init__(self, latex: str) -> None:
        self.latex = latex
        self.out: list[str] = []
        self.accent = ""
        self.math = False

    def take(self, found: re.Match[str]) -> int:
        """Add what one token shows; return where the next one begins."""
        kind, text = str(found.lastgroup), found[str(found.lastgroup)]
        if kind == "word":
            return self._word(text, found.end())
        if kind == "sign":
            self._sign(text)
        elif kind == "joined":
            self.out.append(_JOINED[text])
        elif kind == "script":
            digits = text[1:].strip("{}").translate(_LOW if text[0] == "_" else _HIGH)
            self.out.append(digits if self.math else text)
        elif kind == "math":
            self._dollar(found.end())
        elif kind == "brace":
            # `{\'}` puts its accent on nothing.
            self.accent = "" if text == "}" else self.accent
        else:
            self._letter(" " if text == "~" else text)
        return found.end()

    def _word(self, name: str, end: int) -> int:
        if len(name) == 1 and name in _ACCENTS:
            self.accent = _ACCENTS[name]
        elif name in _DROPPED:
            return self._behind_group(end)
        elif name in _ASIDE:
            return self._aside(name, end)
        elif self.accent and name in ("i", "j"):
            self._letter(name)
        else:
            self._letter(_WORDS.get(name) or _greek(name) or self._unknown(name, end))
        return end

    def _unknown(self, name: str, end: int) -> str:
        """Return the text for an unknown command without argument: its name, such as `apj`."""
        return "" if name in _SWITCHES or self.latex[end : end + 1] == "{" else f"{name} "

    def _sign(self, sign: str) -> None:
        if sign in _ACCENTS:
            self.accent = _ACCENTS[sign]
        elif sign in _BLANKS:
            self.out.append(" ")
        elif sign not in _SILENT:
            self._letter(sign)

    def _letter(self, text: str) -> None:
        """Add a text, whose first letter bears the accent that waits."""
        if self.accent and text and not text.isspace():
            text = normalize("NFC", text[0] + self.accent) + text[1:]
            self.accent = ""
        self.out.append(text)

    def _dollar(self, end: int) -> None:
        """Begin or end a formula; a sign that has no partner is the currency."""
        if self.math:
            self.math = False
        elif self.latex.find("$", end) >= 0:
            self.math = True
        else:
            self.out.append("$")

    def _aside(self, name: str, start: int) -> int:
        """Add what stands elsewhere in a document; what is aside in it is no further aside."""
        end = self._behind_group(start)
        inner = re.sub(rf"\\(?:{'|'.join(_ASIDE)})\b", "", self.latex[start:end])
        if inner.strip("{} "):
            self.out.append(_ASIDE[name].format(plain_text(inner)))
        return end

    def _behind_group(self, place: int) -> int:
        if self.latex[place : place + 1] != "{":
            return place
        depth = 0
        for found in _GROUP.finditer(self.latex, place):
            depth += 1 if found.group() == "{" else -1
            if not depth:
                return found.end()
        return len(self.latex)


def _greek(name: str) -> str:
    """Return the Greek letter of this name; empty if there is none."""
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return lookup(f"GREEK {size} LETTER {name.upper()}")
    except KeyError:
        return ""
