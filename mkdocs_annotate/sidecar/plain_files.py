"""Plain files to values: the quick way for YAML in which nothing is unusual and nothing is wrong.

Most files hold keys with one line of text behind them, or a few that YAML joins.  These are read
here without a YAML parser, in a tenth of the time.  Whatever is not of this kind is left to
`nodes` and `values`, which know all of YAML and say what is wrong: here is no message, and no
value that they would not give.
"""

import re
from typing import Any, NamedTuple

from mkdocs_annotate.model.problems import Mistake, Position
from mkdocs_annotate.sidecar import format as shapes
from mkdocs_annotate.sidecar.scalars import LIST_SIGN, Values, as_markdown, meaning_of

MOST_LINES = 20_000
"""Most lines of a file that is read here; each is a few of the events that `nodes` counts."""

# A text without quotation marks: no sign of YAML begins it, no `: ` or ` #` stands in it.
_SIGNS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_PLAIN = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^:#]*(?::(?=\S)[^:#]*)*"
# A list of words in one line.
_WORD = r"[A-Za-z0-9][\w./+-]*(?: [\w./+-]+)*"
_TEXT = re.compile(rf"{_PLAIN}|\"[^\"\\]*\"|'[^']*'|\[ *{_WORD}(?: *, *{_WORD})* *\]", re.ASCII)
_WORDS = re.compile(_WORD, re.ASCII)
_KEY = re.compile(r"[A-Za-z0-9_][\w.-]{0,99}", re.ASCII)
_KEYS = frozenset(key for record in shapes.RECORDS for key in record.fields)


class _Line(NamedTuple):
    """A line: the column of its key or text, what it says, and where."""

    column: int
    dash: int
    """The column of the `-` before it; -1 without one."""
    key: str
    text: str
    """What stands behind the key, or in a line without one; as it is written."""
    place: int
    """The column of the text."""
    number: int
    """Which line it is, from 1."""
    style: str = ""
    """`|` or `>` for a text of several lines below its key."""


# There are thousands: past what a named tuple does before.
_new = tuple.__new__


class _Unusual(Exception):
    """The file is not plain."""


def plain_values(text: str, file: str) -> Values | None:
    """Return what `ValueReader.record` returns of a sidecar; None for a file that is not plain.

    Never raises.  Cost: linear; 1 ms for 300 annotations.
    """
    try:
        reader = _Reader(text, file)
        values = reader.record(shapes.SIDECAR, 0)
        return values if reader.at == len(reader.lines) else None
    except _Unusual:
        return None


def plain_entries(text: str, file: str) -> dict[str, tuple[Position, Any]] | None:
    """Return what `ValueReader.entries` returns of a file of sources; None for one not plain."""
    try:
        reader = _Reader(text, file)
        column = 0
        first = reader.lines[0]
        if first.key == "sources" and not first.text:
            if first.column > 0:
                raise _Unusual
            reader.at = 1
            column = reader.column_below(0)
        entries = reader.entries(shapes.REGISTRY, column)
        return entries if reader.at == len(reader.lines) else None
    except _Unusual:
        return None


def plain_texts(text: str) -> dict[str, str] | None:
    """Return the texts of a file by their keys, joined by dots; None for a file that is not plain.

    Never raises.  Cost: linear.
    """
    try:
        lines = _lines_of(text)
    except _Unusual:
        return None
    found: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        while above and above[-1][0] >= line.column:
            above.pop()
        path = f"{above[-1][1]}.{line.key}" if above else line.key
        # An entry has lines that all begin in one column, the first of them right below its key.
        odd = line.dash >= 0 or line.style or line.text[:1] == "["
        if odd or not line.key or path in found:
            return None
        if line.text:
            found[path] = line.text[1:-1] if line.text[0] in "\"'" else line.text
        elif following is None or following.column <= line.column:
            return None
        above.append((line.column, path))
    return found


class _Reader:
    """Reads one file from top to bottom; raises `_Unusual` where it is not plain."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.lines = _lines_of(text)
        self.at = 0
        """The line that is read next."""

    def position(self, number: int, column: int) -> Position:
        return _new(Position, (self.file, number, column + 1))

    def column_below(self, column: int) -> int:
        """Return the column of the lines that belong to a key at `column`."""
        if self.at == len(self.lines) or self.lines[self.at].column <= column:
            raise _Unusual
        return self.lines[self.at].column

    def record(self, shape: shapes.Record, column: int) -> Values:
        """Return the entry whose keys stand at `column`, from the next line on."""
        lines, fields = self.lines, shape.fields
        first = lines[self.at]
        sound: dict[str, Any] = {}
        places: dict[str, Position] = {}
        dash = first.dash
        while self.at < len(lines):
            line = lines[self.at]
            if line.column < column or line.dash != dash:
                break
            dash = -1
            key = line.key
            if line.column != column or key not in fields or key in places:
                raise _Unusual
            self.at += 1
            if not line.text:
                place, sound[key] = self.below(fields[key], column)
                places[key] = place
            else:
                places[key] = self.position(line.number, line.place)
                sound[key] = self.behind(line, fields[key])
        if any(name not in places for name in shape.required):
            raise _Unusual
        return Values(self.position(first.number, column), sound, places)

    def below(self, shape: shapes.Shape, column: int) -> tuple[Position, Any]:
        """Return where that begins which belongs to a key at `column`, and its value."""
        if self.at == len(self.lines):
            raise _Unusual
        line = self.lines[self.at]
        if isinstance(shape, shapes.Listing) and line.dash >= column:
            return self.position(line.number, line.dash), self.listing(shape, line.dash)
        if line.dash < 0 and line.column > column:
            place = self.position(line.number, line.column)
            if isinstance(shape, shapes.Record):
                return place, self.record(shape, line.column)
            if isinstance(shape, shapes.Entries):
                return place, self.entries(shape, line.column)
        raise _Unusual

    def listing(self, shape: shapes.Listing, dash: int) -> list[Any]:
        """Return the entries of a list whose signs stand at `dash`."""
        lines, found = self.lines, []
        while self.at < len(lines) and lines[self.at].dash == dash:
            line = lines[self.at]
            if line.key and isinstance(shape.of, shapes.Record):
                found.append(self.record(shape.of, line.column))
            elif line.key or not line.text:
                raise _Unusual
            else:
                self.at += 1
                found.append(self.member(line.text, shape, line.number, line.place))
        return found

    def member(self, text: str, shape: shapes.Listing, number: int, column: int) -> Any:
        """Return one text of a list, or what it stands for."""
        of = shape.of
        if not isinstance(of, shapes.Record):
            return _value(text, of)
        if not of.shorthand:
            raise _Unusual
        value = _value(text, of.fields[of.shorthand])
        return Values(self.position(number, column), {of.shorthand: value})

    def entries(self, shape: shapes.Entries, column: int) -> dict[str, tuple[Position, Any]]:
        """Return the entries whose keys stand at `column`, each with the place of its key."""
        lines = self.lines
        found: dict[str, tuple[Position, Any]] = {}
        while self.at < len(lines) and lines[self.at].column >= column:
            line = lines[self.at]
            if line.column != column or line.dash >= 0 or line.text:
                raise _Unusual
            if not line.key or line.key in found:
                raise _Unusual
            self.at += 1
            place = self.position(line.number, column)
            found[line.key] = place, self.below(shape.of, column)[1]
        return found

    def behind(self, line: _Line, shape: shapes.Shape) -> Any:
        """Return the value that stands behind a key, with the lines that YAML joins to it."""
        text = line.text
        if line.style:
            return _block_value(line, shape)
        if isinstance(shape, shapes.Listing):
            if text[0] != "[":
                return [self.member(text, shape, line.number, line.place)]
            return [
                self.member(word.group(), shape, line.number, line.place + word.start())
                for word in _WORDS.finditer(text)
            ]
        return _value(text, shape)


def _value(written: str, shape: shapes.Shape) -> Any:
    """Return what a text says as `shape`."""
    text = written[1:-1] if written[0] in "\"'" else written
    if type(shape) is shapes.Text:
        if len(text) > shape.limit or not text or text.isspace() or written[0] == "[":
            raise _Unusual
        return text
    if written[0] == "[" or isinstance(shape, (shapes.Record, shapes.Entries)):
        raise _Unusual
    if len(text) > (shape.limit if isinstance(shape, shapes.Name) else shapes.SHORT):
        raise _Unusual
    value = meaning_of(text.strip(), shape)
    if not text.strip() or value is None or isinstance(value, Mistake):
        raise _Unusual
    return value


def _lines_of(text: str) -> list[_Line]:
    """Return the lines of a file that say something; what YAML joins is one."""
    text = text.replace("\r\n", "\n")
    if not text.replace("\n", "").isprintable():
        raise _Unusual
    split = text.split("\n")
    if len(split) > MOST_LINES:
        raise _Unusual
    lines: list[_Line] = []
    goes_on = False
    block: list[str] | None = None
    """The lines below a `|` or `>`."""
    for number, written in enumerate(split, 1):
        body = written.lstrip(" ")
        if block is not None:
            if not body or len(written) - len(body) > lines[-1].column:
                block.append(written)
                continue
            lines[-1] = _with_block(lines[-1], block)
            block = None
        if not body or body[0] == "#":
            goes_on = False
            continue
        line = _line_of(written, body, number)
        if goes_on and not line.key and line.dash < 0:
            _join(lines, line)
            continue
        lines.append(line)
        block = [] if line.style else None
        goes_on = bool(line.key and line.text) and line.text[0] not in "\"'[|>"
    if block is not None:
        lines[-1] = _with_block(lines[-1], block)
    # A block that the end of the file ends has no line end of its own.
    if lines and not (block and split[-1]):
        return lines
    raise _Unusual


def _line_of(written: str, body: str, number: int) -> _Line:
    """Return what a line says; `body` is it without the spaces before it."""
    column, dash = len(written) - len(body), -1
    if body[:2] == "- ":
        body = body[2:].lstrip(" ")
        column, dash = len(written) - len(body), column
    key, colon, behind = body.partition(":")
    if colon and (not behind or behind[0] == " ") and (key in _KEYS or _KEY.fullmatch(key)):
        text = behind.strip(" ")
        place = column + len(key) + 1 + len(behind) - len(behind.lstrip(" "))
    else:
        key, text, place = "", body.rstrip(" "), column
    style = text if key and text in ("|", ">") else ""
    if not style and (text or not key):
        _check_text(text)
    return _new(_Line, (column, dash, key, text, place, number, style))


def _check_text(written: str) -> None:
    """Raise `_Unusual` unless a text of one line is plain."""
    if not written:
        raise _Unusual
    unusual = written[0] in _SIGNS or ":" in written or "#" in written
    if unusual and not _TEXT.fullmatch(written):
        raise _Unusual


def _join(lines: list[_Line], line: _Line) -> None:
    """Join a line without a key to the text before it."""
    before = lines[-1]
    odd = line.text[0] in "\"'[" or LIST_SIGN.match(f"{line.text} ")
    if odd or line.column <= before.column:
        raise _Unusual
    lines[-1] = before._replace(text=f"{before.text} {line.text}")


def _with_block(line: _Line, block: list[str]) -> _Line:
    """Return a line that ends in `|` or `>` with the text below it."""
    column = len(block[0]) - len(block[0].lstrip(" ")) if block else 0
    texts = [written[column:] for written in block]
    while texts and not texts[-1]:
        texts.pop()
    # Spaces where the others begin, or beyond on blank lines, mean something to YAML.
    odd = any(text.isspace() for text in texts) or any(one[:column].strip(" ") for one in block)
    if odd or not texts or not texts[0]:
        raise _Unusual
    if line.style == "|":
        return line._replace(text="\n".join([*texts, ""]))
    if any(text[:1] == " " or LIST_SIGN.match(text) for text in texts):
        raise _Unusual
    # A line end is a space; one before blank lines is gone, and each of these is one.
    return line._replace(text=_FOLDED_LINES.sub(_unfolded, "\n".join([*texts, ""])))


_FOLDED_LINES = re.compile("(?<=[^\n])\n+(?=[^\n])")


def _unfolded(ends: re.Match[str]) -> str:
    return ends.group()[1:] or " "


def _block_value(line: _Line, shape: shapes.Shape) -> Any:
    """Return a text of several lines as `shape`."""
    text = line.text
    if type(shape) is not shapes.Text or len(text) > shape.limit or not text.strip():
        raise _Unusual
    return as_markdown(text, line.style) if shape.markdown else text
