"""Reads the settings for annotations in the front matter of an article."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mkdocs_annotate.hosts.option_places import OptionProblem, value_text
from mkdocs_annotate.hosts.option_values import switch_of
from mkdocs_annotate.hosts.options import MARGINS, PANELS, Reading
from mkdocs_annotate.model.messages import did_you_mean
from mkdocs_annotate.model.problems import shown
from mkdocs_annotate.rendering.site import Presentation
from mkdocs_annotate.sidecar import nodes

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)


@dataclass(frozen=True)
class PageSettings:
    """What one page's front matter says under `annotations`."""

    off: bool = False
    named: str = ""
    look: Presentation = field(default_factory=Presentation)
    mistakes: tuple[OptionProblem, ...] = ()


# BCP 47, roughly: browsers ignore what they don't know.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,4}")
_PAGE_KEYS = ("file", "margin", "panel")


def parse_front_matter(meta: Mapping[str, Any], look: Presentation) -> PageSettings:
    """Return the settings of one page: those of its front matter `meta`, else the site's `look`.

    `annotations: false` switches them off, a path names the sidecar, and an entry with keys may
    set `file`, `margin` and `panel`.  Never raises.
    """
    value = meta.get("annotations")
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        # Python-Markdown's `meta` makes a list of lines of everything.
        value = " ".join(value)
    switch = switch_of(value)
    if value is None or switch is True or value == "":
        return PageSettings(look=look)
    if switch is False:
        return PageSettings(off=True, look=look)
    if isinstance(value, str):
        return PageSettings(named=value.strip(), look=look)
    if not isinstance(value, Mapping):
        mistake = OptionProblem(
            "annotations", "`annotations` can't be a list or a number", "write `false` or a path"
        )
        return PageSettings(look=look, mistakes=(mistake,))
    return _page_entry(value, look)


def parse_language(meta: Mapping[str, Any]) -> str:
    """Return the language of an article that its front matter `meta` names; empty for none."""
    value = meta.get("lang")
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value.strip()):
        return ""
    return value.strip().replace("_", "-")


def parse_title(meta: Mapping[str, Any]) -> str:
    """Return the title of an article that its front matter `meta` names; empty for none."""
    title = meta.get("title")
    # Python-Markdown's `meta` makes a list of lines of everything.
    words = title if isinstance(title, list) else [title]
    return " ".join(value_text(word) for word in words if word)


def _page_entry(value: Mapping[Any, Any], look: Presentation) -> PageSettings:
    reading = Reading()
    named = ""
    for key, setting in value.items():
        if key == "file":
            named = setting.strip() if isinstance(setting, str) else ""
            if not named:
                reading.mistakes.reject(
                    "file", "`file` is not a path", "write a path, or leave it out"
                )
        elif key == "margin":
            reading.choose(key, setting, MARGINS)
        elif key == "panel":
            reading.choose(key, setting, PANELS)
        else:
            name = value_text(key)
            hint = did_you_mean(name, _PAGE_KEYS) or "the keys are " + ", ".join(_PAGE_KEYS)
            reading.mistakes.reject(name, f"`annotations` has no key `{shown(name)}`", hint)
    return PageSettings(False, named, replace(look, **reading.values), tuple(reading.mistakes))


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Split the file of an article into its front matter, with values as text, and its Markdown."""
    found = _FRONT_MATTER.match(text)
    root = nodes.parse_nodes(found[1], "front matter").root if found else None
    meta = _plain(root) if isinstance(root, nodes.MappingNode) else {}
    return meta, text[found.end() :] if found else text


def _plain(node: nodes.MappingNode) -> dict[str, Any]:
    return {
        key: value.text if isinstance(value, nodes.ScalarNode) else _plain(value)
        for key, (_, value) in node.entries.items()
        if not isinstance(value, nodes.SequenceNode)
    }


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
