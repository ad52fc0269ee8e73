"""The article that a writer means by a path, where no article has that path."""

import os
from collections.abc import Iterable
from pathlib import Path, PurePath

from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.nearness import nearest
from mkdocs_annotate.sidecar.files import SUFFIX, display_path, shown_path


def no_article(path: Path, articles: Iterable[Path], docs: Path) -> str:
    """Return what to tell of a `path` that is none of the `articles` below the folder `docs`."""
    name = shown_path(path.as_posix())
    known = {display_path(article): article for article in articles}
    folder = display_path(docs)
    if path.name.endswith(SUFFIX):
        stem = path.with_name(path.name.removesuffix(SUFFIX))
        owner = _meant(stem.with_name(f"{stem.name}.md"), list(known))
        hint = f"name its article, {owner}" if owner else "no article of this site belongs to it"
        return f"{name} is a sidecar; {hint}"
    meant = _meant(path, list(known))
    hint = f"did you mean {meant}?" if meant else f"they lie in {shown(folder)}/"
    return f"{name} is no article of this site; {hint}"


def _meant(path: Path, known: list[str]) -> str:
    """Return the one of the `known` paths that `path` most probably stands for; empty for none."""
    wanted = PurePath(os.path.normpath(path))
    for candidate in (wanted, wanted.with_name(f"{wanted.name}.md"), wanted / "index.md"):
        ends = [
            one for one in known if PurePath(one).parts[-len(candidate.parts) :] == candidate.parts
        ]
        if len(ends) == 1:
            return ends[0]
    # Their folders are all alike, and would make any name near.
    stems = {PurePath(one).stem: one for one in known}
    return stems.get(nearest(wanted.stem, stems) or "", "")


def mentions_sidecar(path: str) -> bool:
    """Return whether the front matter of the article at `path` names a sidecar.  Raises OSError."""
    with Path(path).open(encoding="utf-8-sig", errors="replace") as lines:
        if next(lines, "").rstrip() != "---":
            return False
        for line in lines:
            if line.startswith("annotations:"):
                return True
            if line.rstrip() in ("---", "..."):
                return False
    return False
