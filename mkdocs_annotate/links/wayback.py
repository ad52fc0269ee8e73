"""Archived copies: what the Wayback Machine has of an address, nearest to a day."""

import json
from typing import Any
from urllib.parse import quote

from mkdocs_annotate.links.cache import is_moment
from mkdocs_annotate.links.client import Asker
from mkdocs_annotate.links.responses import Answer
from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.model.links import Link, parse_link
from mkdocs_annotate.sidecar.format import SHORT

API = "https://archive.org/wayback/available"
"""Where the Wayback Machine tells what it has."""

# It denies now and then what it has, and not when asked again (akamhy/waybackpy#154).
_ASKED = 2
_COPIES = "https://web.archive.org/web/"


class NotTold(Exception):
    """The archive could not be asked, or its answer not be read."""


def nearest_copy(link: Link, day: Date, api: Link, asker: Asker) -> str:
    """Return the moment of the copy of `link` that was made nearest to `day`.

    It has 14 digits, and is empty where the archive knows of no copy.  Raises NotTold.
    """
    moment = str(day).replace("-", "")
    asked = parse_link(f"{api.address}?url={quote(link.address, safe='')}&timestamp={moment}")
    if not isinstance(asked, Link):
        raise NotTold
    for _ in range(_ASKED):
        found = moment_of(asker.answer(asked, page=True, robots=False))
        if found:
            break
    return found


def moment_of(answer: Answer) -> str:
    """Return the moment of the copy that the archive's `answer` names; empty for none.

    Nothing but its digits is taken from the answer.  Raises NotTold.
    Source: https://archive.org/help/wayback_api.php.
    """
    if answer.status != 200 or not answer.whole:
        raise NotTold
    try:
        told: Any = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise NotTold from error
    for key in ("archived_snapshots", "closest"):
        if not isinstance(told, dict):
            raise NotTold
        told = told.get(key) or {}
    if not isinstance(told, dict):
        raise NotTold
    moment = told.get("timestamp")
    sound = isinstance(moment, str) and is_moment(moment)
    # A copy of an error page is none.
    if not sound or not told.get("available") or str(told.get("status", "200")) != "200":
        return ""
    return str(moment)


def copy_of(link: Link, moment: str) -> str:
    """Return the address of the copy of `link` made at `moment`; empty where it is too long."""
    found = parse_link(f"{_COPIES}{moment}/{link.address}")
    return found.address if isinstance(found, Link) and len(found.address) <= SHORT else ""


def copied_page(link: Link, moment: str) -> Link | None:
    """Return where the page is as it was copied, without what the archive adds to show it."""
    found = parse_link(f"{_COPIES}{moment}id_/{link.address}")
    return found if isinstance(found, Link) else None
