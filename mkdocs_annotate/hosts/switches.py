"""What people write for yes and no."""

from typing import Any

_WORDS = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False}
"""The words, in small letters; YAML makes booleans of some before we see them."""


def switch_of(value: Any) -> bool | None:
    """Return what `value` says; None where it is neither yes nor no.  Never raises."""
    if isinstance(value, bool):
        return value
    return _WORDS.get(value.strip().lower()) if isinstance(value, str) else None
