"""What of an address a server is asked for, as it is sent."""

from urllib.parse import quote, urlsplit

# What may stay as it is; the rest is sent, and compared, as `%XX`.
_SAFE = "/%?&=:;@+,!$'()*~[]-._"


def target_of(address: str) -> str:
    """Return path and query of `address`, which leads to another site, in ASCII."""
    parts = urlsplit(address)
    return encoded((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def encoded(text: str) -> str:
    """Return a path or query with everything unusual as `%XX`.  Never raises."""
    return quote(text, safe=_SAFE, errors="replace")
