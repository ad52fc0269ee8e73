"""HTML in notes: readers would see the tags as they were typed, so the writer is told."""

import re
from collections.abc import Iterator

from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.model.sidecar import Sidecar

_MARKDOWN = {
    "b": "write `**words**`", "strong": "write `**words**`", "i": "write `*words*`",
    "em": "write `*words*`", "a": "write `[words](address)`", "code": "write it between backticks",
    "br": "leave a blank line", "p": "leave a blank line",
    "ul": "begin the lines with `- `", "ol": "begin the lines with `1. `",
    "li": "begin the lines with `- `", "blockquote": "begin the lines with `> `",
    "img": "write `![words](address)`",
}  # fmt: skip
_OTHERS = (
    "abbr audio cite del details dfn div figcaption figure font h[1-6] hr iframe ins kbd mark pre q"
    " ruby s samp script small span style sub summary sup table tbody td th thead tr tt u var video"
)

_TAG = re.compile(
    rf"(?<!\\)</?(?P<name>{'|'.join([*_MARKDOWN, *_OTHERS.split()])})(?:\s[^<>]{{0,500}})?/?>|<!--",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"(?<!\\)&(?:nbsp|amp|lt|gt|quot|apos|[mn]dash|hellip|[lr]d?quo|shy|euro);")
# What Markdown shows as it is typed: between backticks, and lines far from the margin.
_CODE = re.compile(r"(?P<sign>`+)[^`]+(?P=sign)(?!`)|^(?: {4}|\t).*$", re.MULTILINE)


def html_problems(sidecar: Sidecar) -> Iterator[Problem]:
    """Yield a problem for each note of `sidecar` that holds HTML, at the beginning of the note.

    Cost: linear in the notes.
    """
    for text, position in _notes(sidecar):
        # Both have one of these signs, and few notes have any.
        if "<" in text or "&" in text:
            yield from _problem(_CODE.sub("", text), position)


def _notes(sidecar: Sidecar) -> Iterator[tuple[str, Position]]:
    article = sidecar.article
    if article.backstory:
        yield article.backstory, article.places["backstory"]
    for correction in article.corrections:
        yield correction.text, correction.position
    for source in sidecar.sources.values():
        yield source.note, source.position
    for annotation in sidecar.annotations:
        yield annotation.note, annotation.place("note")


def _problem(text: str, position: Position) -> Iterator[Problem]:
    found = _TAG.search(text)
    if found:
        name = (found["name"] or "").lower()
        cure = f"{_MARKDOWN.get(name, 'take the tags out')}; a note is Markdown without HTML"
    else:
        found = _ENTITY.search(text)
        cure = "type the character itself"
    if found:
        message = f"readers would see `{shown(found.group())}` in this note as it is typed"
        yield Problem(position, Rule.HTML_IN_NOTE, message, cure)
