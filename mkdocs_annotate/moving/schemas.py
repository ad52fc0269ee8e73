"""The line of a sidecar that names its schema for editors, when the sidecar moves."""

import os
import re
from pathlib import Path

# `# yaml-language-server: $schema=PATH` of the YAML server, `# $schema: PATH` of JetBrains.
_LINE = re.compile(
    r"^(?P<begin>#[ \t]*(?:yaml-language-server:[ \t]*\$schema=|\$schema:[ \t]*))(?P<path>\S+)",
    re.MULTILINE,
)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]")


def with_schema(text: str, old: Path, new: Path) -> str:
    """Return the `text` of a sidecar that moves from the folder `old` to `new`.

    A path to its schema leads to the same file from there; an address, and a path from a root,
    stay as they are.  Cost: linear.
    """

    def moved(found: re.Match[str]) -> str:
        path = found["path"]
        if _ELSEWHERE.match(path):
            return found.group()
        file = os.path.normpath(old / path)
        return found["begin"] + Path(os.path.relpath(file, new)).as_posix()

    return _LINE.sub(moved, text)
