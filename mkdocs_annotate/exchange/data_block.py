"""JSON as a script element that no browser runs and no text can end."""

import json
from typing import Any

# `&`, `<` and `>` could end the element or begin a comment in it; the others end lines of scripts.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "&<>\u2028\u2029"}


def data_block(value: Any, *, narrow: bool) -> str:
    """Return `value` as a data block of JSON-LD, in a list of one.

    It is in ASCII alone where the page is `narrow`.  Raises ValueError for what JSON hasn't:
    infinity, not a number.  Cost: linear.
    """
    # Material's instant navigation takes types away from scripts and so runs them all: a list is an
    # expression that does nothing, where an object would be a block of code with a mistake.
    text = json.dumps([value], ensure_ascii=narrow, allow_nan=False, separators=(",", ":"))
    return f'<script type="application/ld+json">{text.translate(_ESCAPES)}</script>'
