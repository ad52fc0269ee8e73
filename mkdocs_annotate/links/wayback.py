"""The copy of an address in the Wayback Machine, nearest to a day."""

import json
from typing import Any
from urllib.parse import quote

from mkdocs_annotate.links.cache import is_moment
from mkdocs_annotate.links.client import Client
from mkdocs_annotate.links.http import Response
from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.model.links import Link, parse_link
from mkdocs_annotate.sidecar.format import SHORT

API = "https://archive.org/wayback/available"
"""The API of the Wayback Machine that looks copies up."""

# Now and then it denies a copy that it has, and gives it when asked again (akamhy/waybackpy#154).
_REQUESTS = 2
_COPIES = "https://web.archive.org/web/"


class NoArchiveResponse(Exception):
    """The archive did not respond, or its response could not be read."""


def nearest_copy(link: Link, day: Date, api: Link, client: Client) -> str:
    """Return the moment of the copy of `link` that was made nearest to `day`.

    It has 14 digits, and is empty where the archive knows of no copy.  Raises NoArchiveResponse.
    """
    moment = str(day).replace("-", "")
    asked = parse_link(f"{api.address}?url={quote(link.address, safe='')}&timestamp={moment}")
    if not isinstance(asked, Link):
        raise NoArchiveResponse
    for _ in range(_REQUESTS):
        found = moment_of(client.get(asked, page=True, robots=False))
        if found:
            break
    return found


def moment_of(response: Response) -> str:
    """Return the moment of the copy that the archive's `response` names; empty for none.

    Nothing but its digits is taken from the response.  Raises NoArchiveResponse.
    Source: https://archive.org/help/wayback_api.php.
    """
    if response.status != 200 or not response.whole:
        raise NoArchiveResponse
    try:
        data: Any = json.loads(response.body)
    except (ValueError, RecursionError) as error:
        raise NoArchiveResponse from error
    for key in ("archived_snapshots", "closest"):
        if not isinstance(data, dict):
            raise NoArchiveResponse
        data = data.get(key) or {}
    if not isinstance(data, dict):
        raise NoArchiveResponse
    moment = data.get("timestamp")
    valid = isinstance(moment, str) and is_moment(moment)
    # A copy of an error page is of no use.
    if not valid or not data.get("available") or str(data.get("status", "200")) != "200":
        return ""
    return str(moment)


def copy_of(link: Link, moment: str) -> str:
    """Return the address of the copy of `link` made at `moment`; empty where it is too long."""
    found = parse_link(f"{_COPIES}{moment}/{link.address}")
    return found.address if isinstance(found, Link) and len(found.address) <= SHORT else ""


def copied_page(link: Link, moment: str) -> Link | None:
    """Return the address of the copied page itself, without what the archive adds to show it."""
    found = parse_link(f"{_COPIES}{moment}id_/{link.address}")
    return found if isinstance(found, Link) else None
