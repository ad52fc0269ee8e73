"""Plain files to values: the quick way for YAML in which nothing is unusual and nothing is wrong.

Most files hold keys with one line of text behind them, or a few that YAML joins.  These are read
here without a YAML parser, in a tenth of the time.  Whatever is not of this kind is left to
`nodes` and `values`, which know all of YAML and say what is wrong: here is no message, and no
value that they would not give.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mkdocs_annotate.model.links import parse_doi, parse_link
from mkdocs_annotate.model.problems import Mistake, Position, Problem, Rule
from mkdocs_annotate.sidecar import format as shapes
from mkdocs_annotate.sidecar.scalars import meaning_of

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
# A line that goes on with a text may look like an entry of a list: `1.`, `+`.
_LIKE_LIST = re.compile(r"[+\d]")


@dataclass
class Values:
    """The sound values of an entry, by key, with the places of all its keys."""

    position: Position
    sound: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Position] = field(default_factory=dict)
    faulty: bool = False


INVALID = object()
"""Stands for a value whose problem has been recorded."""


MOST_PROBLEMS = 100
"""How many problems of a file are reported."""


class FileProblems:
    """Collects what is wrong with one file, as far as it is reported."""

    def __init__(self, problems: Sequence[Problem] = (), *, more: bool = False) -> None:
        self.problems = list(problems)
        self.more = more
        """There are more than `MOST_PROBLEMS`."""

    def report(self, problem: Problem) -> Any:
        """Record a problem; return what stands for its value."""
        self.more |= len(self.problems) == MOST_PROBLEMS
        if not self.more:
            self.problems.append(problem)
        return INVALID

    def refuse(
        self, position: Position, rule: Rule, message: str, hint: str, subject: str = ""
    ) -> Any:
        """Record what is wrong; return what stands for the value."""
        return self.report(Problem(position, rule, message, hint, subject=subject))


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
    """Return what `ValueReader.entries` returns of a file of sources; None for one not plain.

    Never raises.  Cost: linear.
    """
    try:
        reader = _Reader(text, file)
        column = 0
        if reader.lines[0].key == "sources" and not reader.lines[0].text:
            reader.at, column = 1, reader.column_below(0)
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
        if not line.key or line.dash >= 0 or path in found or line.text[:1] == "[":
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
    value: Any
    if isinstance(shape, (shapes.Address, shapes.Doi)):
        value = (parse_doi if isinstance(shape, shapes.Doi) else parse_link)(text.strip())
    else:
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
    for number, written in enumerate(split, 1):
        body = written.lstrip(" ")
        if not body or body[0] == "#":
            goes_on = False
            continue
        column, dash = len(written) - len(body), -1
        if body[:2] == "- ":
            body = body[2:].lstrip(" ")
            column, dash = len(written) - len(body), column
        key, colon, behind = body.partition(":")
        if colon and (not behind or behind[0] == " ") and (key in _KEYS or _KEY.fullmatch(key)):
            text = behind.strip(" ")
            place = column + len(key) + 1 + len(behind) - len(behind.lstrip(" "))
            goes_on = _is_text(text) if text else False
            lines.append(_new(_Line, (column, dash, key, text, place, number)))
        elif goes_on and dash < 0:
            _join(lines, body.rstrip(" "), column)
        else:
            text = body.rstrip(" ")
            goes_on = False
            _is_text(text)
            lines.append(_new(_Line, (column, dash, "", text, column, number)))
    if not lines:
        raise _Unusual
    return lines


def _is_text(written: str) -> bool:
    """Return whether a text may go on in the next line: one without quotation marks or brackets."""
    if not written:
        raise _Unusual
    if written[0] in _SIGNS or ":" in written or "#" in written:
        if not _TEXT.fullmatch(written):
            raise _Unusual
        return written[0] not in "\"'["
    return True


def _join(lines: list[_Line], text: str, column: int) -> None:
    """Join a line without a key to the text before it."""
    before = lines[-1]
    if column <= before.column or not _is_text(text) or _LIKE_LIST.match(text):
        raise _Unusual
    lines[-1] = before._replace(text=f"{before.text} {text}")
