"""Notes to be read again, since the passage that they are about has changed."""

import hashlib

from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.model.sidecar import Annotation


def note_fingerprint(note: str, date: Date | None) -> str:
    """Return eight hexadecimal digits that change when a note or its date does."""
    said = f"{note}\0{date or ''}"
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def is_to_be_reread(entry: Annotation) -> bool:
    """Return whether the passage of `entry` changed, and its note and date did not since.

    Without a fingerprint, which `fix` writes, it is so until somebody removes the field.
    """
    if not entry.reread:
        return False
    since = entry.reread_note.strip()
    return not since or since == note_fingerprint(entry.note, entry.date)
