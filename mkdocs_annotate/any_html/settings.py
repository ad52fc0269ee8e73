"""What `annotate.yml` and a command's options say about a site that another program built."""

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.hosts.option_places import OWN_FILE, OptionProblem, option_problems, value_text
from mkdocs_annotate.hosts.options import OPTIONS, Options, address_mistakes, parse_options
from mkdocs_annotate.hosts.sites import missing_folders
from mkdocs_annotate.model.links import Link, LinkKind, parse_link
from mkdocs_annotate.model.messages import did_you_mean
from mkdocs_annotate.model.problems import Position, Problem, Rule, in_order, shown
from mkdocs_annotate.model.reporting import levelled
from mkdocs_annotate.rendering.selectors import Selector, parse_selectors
from mkdocs_annotate.sidecar import nodes

CONFIG = OWN_FILE
"""The configuration of a site that another program built."""

SITE_KEYS = ("site", "sidecars", "article", "assets", "site_url")
"""What only such a site has: its folder, that of its sidecars, where articles are, where our
stylesheet and script are, and its address."""

# Options of other hosts that can say nothing here.
_ELSEWHERE = ("article", "sidecar", "annotations_dir")

SELECTOR_HINT = "write a tag, `#id`, `.class` or `[attribute=value]`, or some of these with commas"
_MOST_BYTES = 1 << 20


class SettingsError(Exception):
    """There is no such site; the message says why, in the writer's words."""


@dataclass(frozen=True)
class SiteSettings:
    """A site that another program built, its sidecars, and how its pages are annotated."""

    site: Path
    sidecars: Path
    """A folder that mirrors the site."""

    folder: Path
    """Where the paths of options begin: that of `annotate.yml`, else that of the sidecars."""

    config: Path | None = None
    """The `annotate.yml`; None where there is none."""

    options: Options = field(default_factory=Options)
    selectors: tuple[Selector, ...] = ()
    """Where articles are; the usual places without any."""

    assets: str = ""
    """The address of our stylesheet and script; empty where the site has them itself."""

    site_url: str = ""
    """The address of the site, with a slash at its end; empty where unknown."""

    skipped: tuple[Path, ...] = ()
    """Folders without sidecars among those of the sidecars."""

    problems: tuple[Problem, ...] = ()
    """What is wrong with the options."""

    @property
    def place(self) -> Path:
        """Return the file that problems of the site as a whole are reported at."""
        return self.config or self.folder / CONFIG


def read_settings(
    site: Path | None, sidecars: Path | None, config: Path | None = None, **given: str
) -> SiteSettings:
    """Return how the built `site` is annotated; what is not given stands in `annotate.yml`.

    That is `config`, else the one in the folder of `sidecars`, else the one in the working folder.
    `given` are values of `SITE_KEYS` that win over it.  Options that can't be used are problems
    of the result.  Raises SettingsError where a folder is missing.
    """
    file = config or _config_of(sidecars)
    values, problems = _values_of(file) if file else ({}, [])
    folder = file.parent if file else None
    site = site or _folder_named("site", values, folder)
    sidecars = sidecars or _folder_named("sidecars", values, folder)
    if sidecars is None and folder is not None and config is None:
        sidecars = folder
    _must_be_folder(site, "the built site is", "SITE, --site, or `site` in annotate.yml")
    _must_be_folder(sidecars, "the sidecars are", "--sidecars, or `sidecars` in annotate.yml")
    assert site is not None
    assert sidecars is not None
    values |= {key: value for key, value in given.items() if value}
    made = settings_of(values, site, sidecars, file, folder=folder or sidecars)
    told = levelled(problems, made.options.rules)
    return replace(made, problems=in_order([*told, *made.problems]))


def settings_of(
    values: dict[str, Any],
    site: Path,
    sidecars: Path,
    config: Path | None,
    skipped: tuple[Path, ...] = (),
    folder: Path | None = None,
) -> SiteSettings:
    """Return how the built `site` is annotated where `values`, those of `config`, say so.

    Paths in them begin in `folder`, else in that of `config`.  Mistakes are problems of the result.
    """
    values = dict(values)
    texts = {key: values.pop(key, None) for key in SITE_KEYS}
    faults: list[OptionProblem] = []
    selectors = _selectors(texts["article"], faults)
    address = _address(texts["site_url"], faults)
    faults += _unusable(values)
    options, wrong = parse_options(values)
    faults += [*wrong, *address_mistakes(options.exports, address)]
    made = SiteSettings(
        site,
        sidecars,
        folder or (config.parent if config else sidecars),
        config,
        options,
        selectors,
        str(texts["assets"] or ""),
        address,
        skipped,
    )
    faults += missing_folders(options, made.folder, made.folder)
    told = levelled(option_problems(faults, made.place), options.rules)
    return replace(made, problems=in_order(told))


def _config_of(sidecars: Path | None) -> Path | None:
    for folder in (sidecars, Path()) if sidecars else (Path(),):
        if (folder / CONFIG).is_file():
            return folder / CONFIG
    return None


def _folder_named(key: str, values: dict[str, Any], folder: Path | None) -> Path | None:
    named = values.get(key)
    if not isinstance(named, str) or not named or folder is None:
        return None
    return Path(os.path.normpath(folder / named))


def _must_be_folder(path: Path | None, what: str, where: str) -> None:
    if path is None:
        raise SettingsError(f"nothing says where {what}; name the folder with {where}")
    if not path.is_dir():
        raise SettingsError(
            f"{display_path(path)} is no folder, and nothing says where else {what}"
        )


def _values_of(file: Path) -> tuple[dict[str, Any], list[Problem]]:
    """Return what a configuration says, and what is wrong with it as YAML."""
    name = display_path(file)
    try:
        with file.open("rb") as stream:
            text = stream.read(_MOST_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{name} can't be read as UTF-8 text: {error}") from error
    document = nodes.parse_nodes(text, name)
    if isinstance(document.root, nodes.MappingNode):
        return {key: _plain(node) for key, (_, node) in document.root.entries.items()}, list(
            document.problems
        )
    problems = list(document.problems)
    if document.root is not None:
        place = Position(name, 1, 1)
        problems.append(
            Problem(place, Rule.BAD_OPTION, "the file is no table of options", "write `site: …`")
        )
    return {}, problems


def _plain(node: nodes.Node) -> Any:
    """Return a node as Python's own values; `null` is None, and all else is text."""
    if isinstance(node, nodes.MappingNode):
        return {key: _plain(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, nodes.SequenceNode):
        return [_plain(item) for item in node.items]
    return None if not node.style and node.text in ("", "~", "null") else node.text


def _unusable(values: dict[str, Any]) -> list[OptionProblem]:
    """Return what is wrong with keys that no built site has, and take them out of `values`."""
    faults = []
    for key in list(values):
        if key in _ELSEWHERE and key not in SITE_KEYS:
            message = f"`{key}` says nothing about a site that is built already"
            faults.append(OptionProblem(key, message, "name the folder of sidecars in `sidecars`"))
            del values[key]
        elif key not in OPTIONS and key not in SITE_KEYS:
            known = [*SITE_KEYS, *(name for name in OPTIONS if name not in _ELSEWHERE)]
            cure = did_you_mean(key, known) or f"the options are {', '.join(known)}"
            faults.append(OptionProblem(key, f"there is no option `{shown(key)}`", cure))
            del values[key]
    return faults


def _selectors(value: Any, faults: list[OptionProblem]) -> tuple[Selector, ...]:
    if not value:
        return ()
    listed = value if isinstance(value, list) else [value]
    parsed = [one for text in listed for one in parse_selectors(str(text))]
    for one in parsed:
        if isinstance(one, str):
            message = f"“{shown(one)}” is no selector"
            faults.append(OptionProblem("article", message, SELECTOR_HINT, (one,)))
    return tuple(one for one in parsed if isinstance(one, Selector))


def _address(value: Any, faults: list[OptionProblem]) -> str:
    if not value:
        return ""
    link = parse_link(value_text(value))
    if not isinstance(link, Link) or link.kind is not LinkKind.EXTERNAL:
        message = f"“{shown(value_text(value))}” is not the address of a site"
        faults.append(OptionProblem("site_url", message, "write https://…"))
        return ""
    return link.address if link.address.endswith("/") else f"{link.address}/"
