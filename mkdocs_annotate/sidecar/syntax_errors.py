"""What a writer did, where a YAML parser says what it expected."""

import re

_PLAIN_VALUE = re.compile(r"\s*(?:- +)*(?:[\w-]+: +)?(?P<value>.*)")


def explain(context: str, problem: str, line: str, column: int) -> tuple[str, str]:
    """Return what a writer did in `line` to get this error from the parser, and what to do.

    `column` counts from 0.
    """
    told = f"{context} {problem}"
    value = _PLAIN_VALUE.match(line)
    begins = (value["value"] if value else "")[:1]
    quoted = 'put the whole value in quotes: `"…"`, or begin it with `>` on a line of its own'
    if "\t" in line[: column + 1]:
        return "a tab stands where YAML wants spaces", "replace it by spaces"
    if "mapping values are not allowed" in told:
        return "a colon followed by a space stands in an unquoted text", quoted
    if begins in ('"', "'") and ("block mapping" in told or "block collection" in told):
        return "text goes on after the closing quotation mark", (
            "put the whole value in the other quotes, or begin it with `>` on a line of its own"
        )
    if "quoted scalar" in told:
        return "a quotation mark is opened and not closed", "close it"
    if begins and begins in "@`%" and "cannot start any token" in told:
        return f"a value begins with `{begins}`", quoted
    if "flow" in told:
        return "a bracket is opened and not closed, or a comma is missing", (
            "close it, or put the value in quotes if the bracket belongs to the text"
        )
    if "could not find expected ':'" in told:
        return "this line is no `key: value`", "indent it under its key, or give it one"
    if "block mapping" in told or "block collection" in told or "block sequence" in told:
        return "this line is indented differently from the lines it belongs to", (
            "begin it in the same column as they do"
        )
    if "escape" in told:
        return "an unknown `\\` sequence stands in a text in double quotes", (
            "use single quotes, or write `\\\\`"
        )
    return f"this is not YAML: {problem.strip() or 'unexpected text'}", (
        "compare the line with those around it"
    )
