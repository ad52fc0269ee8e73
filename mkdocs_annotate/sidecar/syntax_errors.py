"""What a writer did, where a YAML parser says what it expected."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from mkdocs_annotate.model.problems import Mistake, shown
from mkdocs_annotate.sidecar.line_mistakes import KEYS, beginning, line_mistake, out_of_line
from mkdocs_annotate.sidecar.lines import QUOTES, Lines, Place, in_quotes, quoted_line

_TAB = re.compile("[ -]*\t")
_BLOCK = re.compile(r".*(?:^|[ \t])[|>][-+0-9]*[ \t]*(?:#.*)?$")

_BLOCKS = re.compile("block (mapping|collection|sequence|node)")
_KEYLESS = re.compile(rf"[ \t]*(?:-[ \t]+)+({'|'.join(KEYS)})\b[^:]*$")


@dataclass(frozen=True)
class Stop:
    """Where a YAML parser gave up, and what it had read by then."""

    parser_words: str
    """What it says: all its words."""

    place: Place

    began: Place | None = None
    """Where what it was reading then begins."""

    text: tuple[Place, Place] | None = None
    """Begin and end of the value read last, if that is in quotation marks."""

    bracket: Place | None = None
    """Where the innermost open bracket stands."""


def explained(stop: Stop, lines: Lines) -> Mistake:
    """Return what a writer did in `lines` so that a YAML parser stopped at `stop`.

    The place is that of the mistake: a parser often notices it lines later.  Never raises.
    """
    for judge in _JUDGES:
        explanation = judge(stop, lines)
        if explanation:
            return explanation
    words = shown(stop.parser_words.strip() or "unexpected text")
    return Mistake(f"this is not YAML: {words}", "look at the lines around it", place=stop.place)


def _tab(stop: Stop, lines: Lines) -> Mistake | None:
    number, column = stop.place
    line = lines[number]
    leading = _TAB.match(line)
    if line[column : column + 1] != "\t":
        if not leading:
            return None
        column = leading.end() - 1
    return Mistake(
        "a tab stands where YAML wants spaces", "replace it by spaces", place=(number, column)
    )


def _of_one_line(stop: Stop, lines: Lines) -> Mistake | None:
    """Return what one of the lines around the stop shows by itself."""
    around = {stop.place[0], lines.above(stop.place[0])}
    if stop.began:
        around.add(stop.began[0])
    for number in sorted(around):
        mistake = line_mistake(lines, number)
        if mistake:
            return mistake
    return None


def _escape(stop: Stop, lines: Lines) -> Mistake | None:
    if not re.search("escape|hexa?decimal", stop.parser_words):
        return None
    number, column = stop.place
    column = max(lines[number].rfind("\\", 0, column + 1), 0)
    sequence = lines[number][column : column + 2]
    if sequence[1:] in ("x", "u", "U"):
        message = f"`{sequence}` is not followed by the number of a character"
        hint = "type the character itself, or put the text in single quotes"
    else:
        message = f"`{shown(sequence)}` means nothing between double quotes"
        hint = f"put the text in single quotes, or write `\\{shown(sequence)}`"
    return Mistake(message, hint, place=(number, column), subject=sequence)


def _open_quote(stop: Stop, lines: Lines) -> Mistake | None:
    if "quoted scalar" not in stop.parser_words or not stop.began:
        return None
    apostrophe = lines[stop.began[0]][stop.began[1]] == "'"
    return Mistake(
        "a quotation mark is opened here and never closed",
        "close it, or put the whole text in double quotes if it is an apostrophe"
        if apostrophe
        else "close it",
        place=stop.began,
    )


def _directive(stop: Stop, lines: Lines) -> Mistake | None:
    for number in {stop.place[0], (stop.began or stop.place)[0]}:
        if lines[number].startswith("%"):
            message = "a line that begins with `%` is an order to the parser"
            return Mistake(message, "remove it", place=(number, 0))
    return None


def _behind_the_end(stop: Stop, lines: Lines) -> Mistake | None:
    if "<document start>" not in stop.parser_words:
        return None
    # The document may begin in the line of its `---`, and then there is no such line.
    first = next(
        (
            number
            for number in range(stop.place[0] + 1)
            if lines[number].strip() and not lines[number].startswith(("#", "---"))
        ),
        stop.place[0],
    )
    head = lines.head(first)
    if head and head.column and first < stop.place[0]:
        return Mistake(
            "the first key of the file is indented, and a later one is not",
            f"begin `{shown(head.key)}:` in column 1",
            place=(first, head.column),
            subject=head.key,
        )
    return Mistake(
        "the file goes on after its end", "remove what is too much, here or above", place=stop.place
    )


def _sign_first(stop: Stop, lines: Lines) -> Mistake | None:
    place = stop.began or stop.place
    if "cannot start any token" in stop.parser_words:
        place = stop.place
    elif not re.search(r"\b(alias|anchor|tag)\b", stop.parser_words):
        return None
    return beginning(lines[place[0]][place[1] : place[1] + 1], place, lines)


def _block_text(stop: Stop, lines: Lines) -> Mistake | None:
    if "block scalar" not in stop.parser_words or not stop.began:
        return None
    number, column = stop.began
    sign, line = lines[number][column], quoted_line(lines, number)
    return Mistake(
        f"text stands in the line of `{sign}`, which announces a text in the lines below",
        "begin it on the next line, indented"
        + (f", or put it in quotes: `{line}`" if line else ""),
        place=stop.began,
        subject=sign,
    )


def _bracket(stop: Stop, lines: Lines) -> Mistake | None:
    if not stop.bracket or "flow" not in stop.parser_words:
        return None
    number, column = stop.place
    if "node" in stop.parser_words and lines[number][column : column + 1] == ",":
        message = "nothing stands before this comma"
        return Mistake(message, "remove it, or write what is missing", place=stop.place)
    sign = lines[stop.bracket[0]][stop.bracket[1]]
    if number == stop.bracket[0] and lines[number][column : column + 1] == ":":
        message = "a colon followed by a space stands in a text in brackets"
        return Mistake(message, "put the text in quotes", place=stop.place)
    if number == stop.bracket[0] and lines[number][column : column + 1] not in ("", "#"):
        return Mistake(
            f"a comma is missing before this, or the bracket that closes `{sign}`",
            "add it; if the bracket belongs to a text, put all of it in quotes",
            place=stop.place,
            subject=sign,
        )
    hint = f"close it with `{']' if sign == '[' else '}'}`"
    if re.search(r"[\[{, ]#", lines[stop.bracket[0]][stop.bracket[1] :]):
        hint = "put what begins with `#` in quotes: else it is a comment"
    return Mistake(
        f"the bracket `{sign}` is opened here and not closed",
        hint,
        place=stop.bracket,
        subject=sign,
    )


def _list_in_line(stop: Stop, lines: Lines) -> Mistake | None:
    if "sequence entries are not allowed" not in stop.parser_words:
        return None
    return Mistake(
        "a list begins in the line of its key",
        "begin it on the next line, or, if the `-` belongs to the text, "
        + in_quotes(lines, stop.place[0]),
        place=stop.place,
    )


def _question(stop: Stop, lines: Lines) -> Mistake | None:
    if "mapping keys are not allowed" not in stop.parser_words:
        return None
    return beginning("?", stop.place, lines)


def _colon(stop: Stop, lines: Lines) -> Mistake | None:
    """Explain a colon in a text without quotation marks, or a line that is part of such a text."""
    if "mapping values are not allowed" not in stop.parser_words:
        return None
    number, column = stop.place
    head = lines.head(number)
    if head and head.colon == column:
        above = lines.above(number)
        keyless = _KEYLESS.match(lines[above]) or _name_of_a_source(above, lines)
        if keyless:
            message = f"no colon stands behind `{shown(keyless[1])}`"
            return Mistake(message, "add one", place=(above, keyless.end(1)), subject=keyless[1])
        if head.key in KEYS:
            return out_of_line(number, head, lines)
    owner = lines.owner(number if head and head.colon < column else lines.above(number))
    key = f" of `{shown(owner[1].key)}`" if owner else ""
    where = "a colon followed by a space" if lines[number][column + 1 :].strip() else "a colon"
    message = f"{where} stands in the text{key}, which has no quotation marks"
    if owner and owner[1].value[:1] in ("“", "‘", "„", "«"):
        message = f"{where} stands in the text{key}, and curly quotation marks don't count"
    # A word is looked for from its beginning alone: a line may be one word of a megabyte.
    word = re.search(r"(?<![\w-])[\w-]+$", lines[number][:column])
    hint = in_quotes(lines, owner[0]) if owner else QUOTES
    if word and word.group() in KEYS and owner and owner[0] == number:
        hint += f"; or begin `{word.group()}:` on a line of its own"
    return Mistake(message, hint, owner[1].key if owner else "", stop.place)


def _name_of_a_source(number: int, lines: Lines) -> re.Match[str] | None:
    """Return the lone word of a line below `sources:`; elsewhere it goes on with a text."""
    head = lines.head(lines.above(number))
    if head is None or head.key != "sources" or head.value:
        return None
    return re.match(r"[ \t]*([\w-]+)[ \t]*$", lines[number])


def _low_block(place: Place, lines: Lines) -> Mistake:
    """Explain a line that should be the first of a block, and is not indented."""
    head = lines.head(lines.above(place[0]))
    right = f" than `{shown(head.key)}`" if head else ""
    return Mistake(
        "the text of a block begins too far left", f"indent it further{right}", place=place
    )


def _no_key(stop: Stop, lines: Lines) -> Mistake | None:
    if "could not find expected ':'" not in stop.parser_words or not stop.began:
        return None
    number, column = stop.began
    above = lines.above(number)
    if _BLOCK.match(lines[above]):
        return _low_block(stop.began, lines)
    owner = lines.owner(above)
    hint = "a line of a sidecar begins with a key and a colon"
    if owner:
        hint = f"if it goes on with the text of `{shown(owner[1].key)}`, indent it further"
    word = re.match(r"[\w-]+", lines[number][column:])
    if word and word.group() in KEYS:
        hint += f"; if it is a key, write `{word.group()}: …`"
    return Mistake("this line does not begin with a key", hint, place=stop.began)


def _behind_a_text(stop: Stop, lines: Lines) -> Mistake | None:
    if not stop.text or not _BLOCKS.search(stop.parser_words):
        return None
    (begin, end), (number, column) = stop.text, stop.place
    if lines[end[0]][end[1] : column].strip() or number != end[0]:
        return None
    if begin[0] < end[0]:
        message = f"a quotation mark is opened here, and the next one stands in line {end[0] + 1}"
        return Mistake(message, "close it in the line where the text ends", place=begin)
    if lines[number][column] == ",":
        message = "a comma stands behind the closing quotation mark"
        return Mistake(message, "remove it: lines end without one", place=stop.place)
    message = "text goes on behind the closing quotation mark"
    return Mistake(message, in_quotes(lines, number), place=stop.place)


def _behind_a_bracket(stop: Stop, lines: Lines) -> Mistake | None:
    if not _BLOCKS.search(stop.parser_words):
        return None
    number, column = stop.place
    head = lines.head(number)
    if head and head.colon < column and head.value[:1] in ("[", "{", ",", "]", "}"):
        return beginning(head.value[0], (number, head.value_column), lines)
    sign = lines[number][column : column + 1]
    if sign and sign in "]}":
        return Mistake(
            f"`{sign}` closes a bracket that is not open",
            "remove it",
            place=stop.place,
            subject=sign,
        )
    if sign == ":":
        return Mistake("no key stands before the colon", "write one", place=stop.place)
    return None


def _misplaced(stop: Stop, lines: Lines) -> Mistake | None:
    if not _BLOCKS.search(stop.parser_words):
        return None
    number, column = stop.place
    head, owner = lines.head(number), lines.owner(lines.above(number))
    if _BLOCK.match(lines[lines.above(number)]):
        return _low_block(stop.place, lines)
    if owner and _BLOCK.match(lines[owner[0]]) and owner[1].column < column:
        first = next(line for line in range(owner[0] + 1, number) if lines[line].strip())
        begin = len(lines[first]) - len(lines[first].lstrip()) + 1
        message = "this line begins further left than the first line of its block"
        return Mistake(message, f"begin all its lines in column {begin}", place=stop.place)
    if head:
        return out_of_line(number, head, lines)
    return Mistake(
        "this line is indented differently from the lines it belongs to",
        "begin it in the same column as they do",
        place=stop.place,
    )


_JUDGES: tuple[Callable[[Stop, Lines], Mistake | None], ...] = (
    _tab,
    _of_one_line,
    _escape,
    _open_quote,
    _directive,
    _behind_the_end,
    _sign_first,
    _block_text,
    _bracket,
    _list_in_line,
    _question,
    _colon,
    _no_key,
    _behind_a_text,
    _behind_a_bracket,
    _misplaced,
)
