"""Tags of marks and references: the one place that makes tags as strings.

Attribute names are constants, values are escaped, and nothing has a `style`, `title` or `role`
that a strict policy, a theme's tooltips or a screen reader would stumble over.
"""

import re
from html import escape
from typing import NamedTuple

from mkdocs_annotate.model.vocabulary import Kind

EXCLUDED = " data-search-exclude"
"""The attribute of what a search that reads pages leaves out."""

PARTING = "\u202f"
"""What each reference begins with."""


# Source: Mozilla Readability, `unlikelyCandidates` and `okMaybeItsACandidate`.
_UNREAD = re.compile(
    "-ad-|ad-break|agegate|ai2html|banner|breadcrumbs|combx|comment|community|cover-wrap|disqus"
    "|extra|footer|gdpr|header|legends|menu|pager|pagination|popup|related|remark|replies|rss"
    "|shoutbox|sidebar|skyscraper|social|sponsor|supplemental|yom-remote"
)


def kept(names: str) -> str:
    """Return the class that keeps an element with such classes and id in reader modes; or nothing.

    They leave out of a text what is called like a comment or a sponsor, also where these are words
    of a passage that its id is made of, and keep what has the word “article” in a class.
    """
    return " ann-article" if _UNREAD.search(names) else ""


class Style(NamedTuple):
    """What the tags of all marks of a kind share, ready for tags."""

    element: str
    classes: str
    label: str
    """The attribute with what is spoken where a passage begins that has no reference."""

    shown: str
    """The word of the kind before the number of the reference, if it is shown."""

    attributes: str
    """Further attributes of its references."""


class Mark(NamedTuple):
    """What the tags of one passage need to know."""

    key: str
    """The annotation's id, with the page's prefix."""

    place: int
    """Which of the annotation's passages this is, from 1."""

    style: Style
    lane: int = 1
    draft: bool = False
    number: int = 0
    """The number of its reference; 0 for a passage without one."""

    name: str = ""
    """What a screen reader calls the reference."""


def style_of(
    kind: Kind, word: str, label: str, language: str = "", *, excluded: bool = False
) -> Style:
    """Return the style of the marks of `kind`, which readers know by `word`.

    `label` is read aloud where a passage begins, unless its reference has the word; both are in
    `language`, where the page is not.  References are `excluded` from search, where that reads the
    page itself.
    """
    judges = kind.group.judges
    shown = f'<span class="ann-tag">{_value(word)}&nbsp;</span>' if kind.group.shows_word else ""
    return Style(
        "mark" if judges else "span",
        _value(kind_classes(kind)),
        f' data-ann-say="{_value(label)}"' if judges else "",
        shown,
        (f' lang="{_value(language)}"' if language else "") + (EXCLUDED if excluded else ""),
    )


def passage_id(key: str, place: int = 1) -> str:
    """Return the id of the passage number `place` of the annotation `key`."""
    return f"ann-{key}" if place == 1 else f"ann-{key}--{place}"


NOTE_ENDING = "--note"
"""What the id of a note ends with."""


def note_id(key: str) -> str:
    """Return the id of the note of the annotation `key`."""
    return f"ann-{key}{NOTE_ENDING}"


def kind_classes(kind: Kind) -> str:
    """Return the classes that give line, colour and word of a kind.

    A kind that is called like its group has the class of that alone.
    """
    group = kind.group.value
    return f"ann-g-{group}" if kind.id == group else f"ann-g-{group} ann-k-{kind.id}"


def start_tag(mark: Mark, *, first: bool) -> str:
    """Return the start tag of a piece of `mark`; `first` for the first piece of its passage.

    Each piece names its annotation: the first of the first place by its id, others by `data-ann`.
    """
    style, key = mark.style, _value(mark.key)
    element = style.element
    classes = f"ann-m {style.classes}"
    if mark.lane > 1:
        classes += f" ann-l{mark.lane}"
    if mark.draft:
        classes += " ann-draft"
    if not first:
        classes += f" ann-cont{kept(classes)}"
        return f'<{element} class="{classes}" data-ann="{key}">'
    id_ = passage_id(key, mark.place)
    classes += kept(f"{classes} {id_}")
    of = f' data-ann="{key}"' if mark.place > 1 else ""
    label = "" if mark.number else style.label
    return f'<{element} class="{classes}" id="{id_}"{of}{label}>'


def end_tag(mark: Mark) -> str:
    """Return the end tag of a piece of `mark`."""
    return f"</{mark.style.element}>"


def reference(mark: Mark, *, beside: bool = False) -> str:
    """Return the reference of `mark`: a plain link to its note, parted from the words before it.

    A narrow no-break space keeps it on their line, and letters that join from joining with it.
    One `beside` its mark, with no tag in between, has its kind from there.
    """
    style = mark.style
    # Of equal anchor names the last would win, so only the first reference has one.
    anchor = f" ann-n{mark.number}" if mark.place == 1 else ""
    kind = "" if beside else f" {style.classes}"
    return (
        f'<sup class="ann-ref{kind}{anchor}"{style.attributes}>'
        f'{PARTING}<a href="#{note_id(_value(mark.key))}"'
        f' aria-label="{_value(mark.name)}">{style.shown}{mark.number}</a></sup>'
    )


def _value(text: str) -> str:
    return escape(text, quote=True)
