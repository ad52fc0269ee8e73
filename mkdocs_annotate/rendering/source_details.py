"""Who made a source, and where and when it appeared, in the words of a language."""

import re
from collections.abc import Sequence

from mkdocs_annotate.model.sources import Author, Source
from mkdocs_annotate.rendering.wording import Wording

MOST_NAMES = 20
"""Of more names only the first are shown: some papers have thousands of authors."""

FIRST_NAMES = 10
"""How many names are shown of too many."""

_OTHERS = "et al."
"""So stand in for the rest of a list of names, in whatever language the list is."""

_SEVERAL_PAGES = re.compile(r"[-–,;&]")


def people_of(source: Source, wording: Wording) -> str:
    """Return who wrote a source; who edited it, where nobody is named as its author."""
    if source.author or not source.editor:
        return _names(source.author, wording)
    several = "s" if len(source.editor) > 1 else ""
    return wording(f"sources.editor{several}", names=_names(source.editor, wording))


def _names(people: Sequence[Author], wording: Wording) -> str:
    if len(people) > MOST_NAMES:
        return wording.listed([*people[:FIRST_NAMES], _OTHERS])
    return wording.listed(people)


def details_of(source: Source, wording: Wording) -> str:
    """Return where and when a source appeared, its place there, and who else had a hand in it."""
    theirs = [source.container, source.series, "" if source.edition.isdecimal() else source.edition]
    ours = [*_numbers(source, wording), *_helpers(source, wording)]
    if ours and not any(theirs):
        ours[0] = ours[0][:1].upper() + ours[0][1:]
    date = wording.published(source.date) if source.date else ""
    return wording.listed([*theirs, *ours, source.publisher, date])


def _numbers(source: Source, wording: Wording) -> list[str]:
    """Return edition, volume, number and pages, each with its word."""
    numbers = {"volume": source.volume, "number": source.number}
    if source.edition.isdecimal():
        numbers = {"edition": source.edition, **numbers}
    words = [wording(f"sources.{key}", number=text) for key, text in numbers.items() if text]
    if source.pages:
        several = "s" if _SEVERAL_PAGES.search(source.pages) else ""
        words.append(wording(f"sources.page{several}", pages=source.pages))
    return words


def _helpers(source: Source, wording: Wording) -> list[str]:
    """Return editors that are not named first, and translators, each with their word."""
    people = {"edited": source.editor if source.author else (), "translated": source.translator}
    return [
        wording(f"sources.{key}", names=_names(names, wording))
        for key, names in people.items()
        if names
    ]
