"""Tags of marks and references: the one place that makes tags as strings.

Attribute names are constants, values are escaped, and nothing has a `style`, `title` or `role`
that a strict policy, a theme's tooltips or a screen reader would stumble over.
"""

from html import escape
from typing import NamedTuple

from mkdocs_annotate.model.vocabulary import Kind


class Mark(NamedTuple):
    """What the tags of one passage need to know."""

    key: str
    """The annotation's id, with the page's prefix."""

    place: int
    """Which of the annotation's passages this is, from 1."""

    kind: Kind
    word: str
    """The kind as it is said: `prediction`."""

    said: str
    """What is spoken where the passage begins: `prediction: `."""

    lane: int = 1
    draft: bool = False
    number: int = 0
    """The number of its reference; 0 for a passage without one."""

    name: str = ""
    """What a screen reader calls the reference."""

    language: str = ""
    """The language of word and name, where the page is in another."""

    @property
    def id(self) -> str:
        """Return the id of the passage."""
        return passage_id(self.key, self.place)

    @property
    def element(self) -> str:
        """Return the element of its pieces."""
        return "mark" if self.kind.group.judges else "span"


def passage_id(key: str, place: int = 1) -> str:
    """Return the id of the passage number `place` of the annotation `key`."""
    return f"ann-{key}" if place == 1 else f"ann-{key}--{place}"


def note_id(key: str) -> str:
    """Return the id of the note of the annotation `key`."""
    return f"ann-{key}--note"


def kind_classes(kind: Kind) -> str:
    """Return the classes that give line, colour and word of a kind."""
    return f"ann-g-{kind.group.value} ann-k-{kind.id}"


def start_tag(mark: Mark, *, first: bool) -> str:
    """Return the start tag of a piece of `mark`; `first` for the first piece of its passage."""
    classes = f"ann-m {kind_classes(mark.kind)}"
    if mark.lane > 1:
        classes += f" ann-l{mark.lane}"
    if mark.draft:
        classes += " ann-draft"
    if not first:
        classes += " ann-cont"
    tag = f'<{mark.element} class="{_value(classes)}"'
    if first:
        tag += f' id="{_value(mark.id)}"'
    tag += f' data-ann="{_value(mark.key)}"'
    if first and mark.element == "mark":
        tag += f' data-ann-say="{_value(mark.said)}"'
    return tag + ">"


def end_tag(mark: Mark) -> str:
    """Return the end tag of a piece of `mark`."""
    return f"</{mark.element}>"


def reference(mark: Mark) -> str:
    """Return the reference of `mark`: a plain link to its note."""
    classes = f"ann-ref {kind_classes(mark.kind)}"
    if mark.place == 1:
        # Of equal anchor names the last would win, so only the first reference has one.
        classes += f" ann-n{mark.number}"
    shown = str(mark.number)
    if mark.kind.group.shows_word:
        shown = f'<span class="ann-tag">{_value(mark.word)}</span>&nbsp;{shown}'
    language = f' lang="{_value(mark.language)}"' if mark.language else ""
    return (
        f'<sup class="{_value(classes)}"{language} data-search-exclude>'
        f'<a href="#{_value(note_id(mark.key))}" role="doc-noteref"'
        f' aria-label="{_value(mark.name)}">{shown}</a></sup>'
    )


def _value(text: str) -> str:
    return escape(text, quote=True)
