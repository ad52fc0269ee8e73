"""The blocks of a page, from our templates: written by `compile_templates.py`, do not edit."""

# ruff: noqa
# fmt: off
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from mkdocs_annotate.rendering.translations import Wording
    from mkdocs_annotate.rendering.views import ArticlesView, DefinitionsView, ExportView
    from mkdocs_annotate.rendering.views import IndexView, NoteView, OrphanView, PanelView
    from mkdocs_annotate.rendering.views import SourceView


def escaped(value: object) -> str:
    """Return `value` as the templates show it: what is no HTML is escaped, as Jinja does it."""
    if isinstance(value, Markup):
        return value
    text = str(value)
    # Few texts have one of these signs, and there are ten texts in a note.
    if "&" in text or ">" in text or "<" in text or "'" in text or '"' in text:
        text = text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")
        text = text.replace("'", "&#39;").replace('"', "&#34;")
    return text


def attributes(values: Mapping[str, str] | None) -> str:
    """Return attributes for a tag, as Jinja's filter `xmlattr` writes them."""
    if not values:
        return ""
    return "".join(f' {name}="{escaped(value)}"' for name, value in values.items())


def panel(panel: PanelView, words: Wording) -> str:
    """Return the block of `panel.html`."""
    turns = words.turns
    html: list[str] = []
    add = html.append
    said_1 = escaped(words.words["headings.panel"])
    said_2 = attributes(words.ours)
    said_3 = escaped(words.words["signs.colon"])
    said_4 = escaped(words.words["panel.by"])
    said_5 = escaped(words.words["panel.keys"])
    add(f'<section class="ann-panel" id="ann--panel" aria-label="{said_1}"{said_2}')
    if panel.data: add(attributes(panel.data))
    add('>\n')
    if panel.type_label: add(f'<p class="ann-type"><b dir="auto">{escaped(panel.type_label)}{said_3}</b><span dir="auto">{escaped(panel.type_definition)}</span></p>\n')
    if panel.annotators:
        add(f'<p class="ann-signed">{said_4} ')
        for left_1, person in zip(range(len(panel.annotators) - 1, -1, -1), panel.annotators):
            if len(panel.annotators) > 1:
                add('<span>')
                value_2 = ({"lang": person.language} if person.language else words.theirs)
                if person.href:
                    add(f'<a href="{escaped(person.href)}"')
                    if person.label: add(f' aria-label="{escaped(person.label)}"')
                    if person.data: add(attributes(person.data))
                    add(f'{attributes(value_2)}>')
                    if turns(person.words): add(f'<bdi>{escaped(person.words)}</bdi>')
                    else: add(escaped(person.words))
                    add('</a>')
                else:
                    if (value_2 or turns(person.words)): add(f'<bdi{attributes(value_2)}>{escaped(person.words)}</bdi>')
                    else: add(escaped(person.words))
                add('</span>')
            else:
                value_3 = ({"lang": person.language} if person.language else words.theirs)
                if person.href:
                    add(f'<a href="{escaped(person.href)}"')
                    if person.label: add(f' aria-label="{escaped(person.label)}"')
                    if person.data: add(attributes(person.data))
                    add(f'{attributes(value_3)}>')
                    if turns(person.words): add(f'<bdi>{escaped(person.words)}</bdi>')
                    else: add(escaped(person.words))
                    add('</a>')
                else:
                    if (value_3 or turns(person.words)): add(f'<bdi{attributes(value_3)}>{escaped(person.words)}</bdi>')
                    else: add(escaped(person.words))
            add(escaped(("" if not left_1 else words.words["signs.comma"])))
        add('</p>\n')
    if panel.counts:
        add(f'<div class="ann-keys" role="group" aria-label="{said_5}">\n')
        for key in panel.counts:
            add('<label class="ann-key"><input type="checkbox"')
            if panel.marks_shown: add(' checked')
            add(f' data-ann-show="{escaped(key.group)}"><span class="ann-sw ann-g-{escaped(key.group)}">{escaped(key.label)}</span> {escaped(key.count)}</label>\n')
        add('</div>\n')
    if panel.corrected: add(f'<p class="ann-corrected"><a href="#ann--corrections">{escaped(panel.corrected)}</a></p>\n')
    add('</section>')
    return "".join(html).strip()


def about(panel: PanelView, words: Wording) -> str:
    """Return the block of `about.html`."""
    turns = words.turns
    html: list[str] = []
    add = html.append
    said_1 = escaped(words.words["headings.guide"])
    said_2 = attributes(words.ours)
    said_3 = escaped(words.words["panel.based_on"])
    said_4 = attributes(words.theirs)
    said_5 = escaped(words.words["headings.corrections"])
    said_6 = escaped(words.words["headings.legend"])
    said_7 = escaped(words.words["headings.list"])
    said_8 = escaped(words.words["index.site"])
    said_9 = escaped(words.words["headings.about"])
    add(f'<section class="ann-about" aria-label="{said_1}"{said_2}')
    if panel.data: add(attributes(panel.data))
    add('>\n')
    if panel.based_on:
        add(f'<p class="ann-based">{said_3} ')
        if panel.based_on.before: add(f'<bdi{said_4}>{escaped(panel.based_on.before)}</bdi> ')
        add('<cite>')
        value_1 = ({"lang": panel.based_on.link.language} if panel.based_on.link.language else words.theirs)
        if panel.based_on.link.href:
            add(f'<a href="{escaped(panel.based_on.link.href)}"')
            if panel.based_on.link.label: add(f' aria-label="{escaped(panel.based_on.link.label)}"')
            if panel.based_on.link.data: add(attributes(panel.based_on.link.data))
            add(f'{attributes(value_1)}>')
            if turns(panel.based_on.link.words): add(f'<bdi>{escaped(panel.based_on.link.words)}</bdi>')
            else: add(escaped(panel.based_on.link.words))
            add('</a>')
        else:
            if (value_1 or turns(panel.based_on.link.words)): add(f'<bdi{attributes(value_1)}>{escaped(panel.based_on.link.words)}</bdi>')
            else: add(escaped(panel.based_on.link.words))
        add(f'</cite>{escaped(panel.based_on.stop)}')
        if panel.based_on.after: add(f' <bdi>{escaped(panel.based_on.after)}</bdi>')
        add('</p>\n')
    if panel.corrections:
        add(f'<div class="ann-corrections" id="ann--corrections"><p class="ann-more-h" id="ann--corrected">{said_5}</p>\n<ul aria-labelledby="ann--corrected">\n')
        for correction in panel.corrections:
            add(f'<li><time datetime="{escaped(correction.date)}" dir="auto">{escaped(correction.date_words)}</time> <div class="ann-text" dir="auto"{said_4}>{escaped(correction.text)}</div></li>\n')
        add('</ul></div>\n')
    if (panel.counts or panel.backstory):
        add('<div class="ann-mores">\n')
        if panel.legend:
            add(f'<details class="ann-more ann-legend"><summary>{said_6}</summary>\n<dl>\n')
            for kind in panel.legend:
                add(f'<div><dt><span class="ann-sw {escaped(kind.classes)}">{escaped(kind.label)}</span></dt> <dd>')
                if turns(kind.definition): add(f'<bdi>{escaped(kind.definition)}</bdi>')
                else: add(escaped(kind.definition))
                add('</dd></div>\n')
            add('</dl></details>\n')
        if (panel.lists or panel.indexes):
            add(f'<details class="ann-more ann-list"><summary>{said_7}</summary>\n')
            for list in panel.lists:
                add(f'<p class="ann-more-h" id="{escaped(list.id)}">{escaped(list.label)}</p>\n<ul aria-labelledby="{escaped(list.id)}">\n')
                for passage in list.passages:
                    add(f'<li><a href="{escaped(passage.link.href)}"><q dir="auto"{said_4}>{escaped(passage.link.words)}</q></a>')
                    if passage.who:
                        add(' <span class="ann-who"><bdi')
                        if passage.who != words.words["notes.author"]: add(said_4)
                        add(f'>{escaped(passage.who)}</bdi></span>')
                    add('</li>\n')
                add('</ul>\n')
            if panel.indexes:
                add(f'<p>{said_8} ')
                for left_2, index in zip(range(len(panel.indexes) - 1, -1, -1), panel.indexes):
                    add(f'<a href="{escaped(index.href)}">{escaped(index.words)}</a>{escaped(("" if not left_2 else words.words["signs.comma"]))}')
                add('</p>\n')
            add('</details>\n')
        if panel.backstory: add(f'<details class="ann-more ann-story"><summary>{said_9}</summary>\n<div class="ann-text" dir="auto"{said_4}>{escaped(panel.backstory)}</div></details>\n')
        add('</div>\n')
    add('</section>')
    return "".join(html).strip()


def notes(notes: tuple[NoteView, ...], words: Wording) -> str:
    """Return the block of `notes.html`."""
    turns = words.turns
    html: list[str] = []
    add = html.append
    said_1 = escaped(words.words["headings.notes"])
    said_2 = attributes(words.ours)
    said_3 = escaped(words.words["notes.see"])
    said_4 = escaped(words.words["notes.link"])
    said_5 = escaped(words.words["notes.close"])
    said_6 = escaped(words.words["notes.more"])
    said_7 = escaped(words("names.back", words="…"))
    said_8 = attributes(words.theirs)
    said_9 = escaped(words.words["signs.comma"])
    said_10 = escaped(words.words["signs.colon"])
    add(f'<section class="ann-notes" role="doc-endnotes" aria-label="{said_1}"{said_2} data-ann-see="{said_3}" data-ann-link="{said_4}" data-ann-close="{said_5}" data-ann-more="{said_6}" data-ann-name="{said_7}">\n<h2 id="ann--notes">{said_1}</h2>\n<ol>\n')
    for left_1, note in zip(range(len(notes) - 1, -1, -1), notes):
        paragraph = note.paragraph
        add(f'<li id="{escaped(note.id)}" class="{escaped(note.classes)}"><b>{escaped(note.before)}')
        if note.who: add(f'<bdi{said_8}>{escaped(note.who)}</bdi>{escaped(note.after)}')
        add('</b>\n')
        if paragraph:
            add('<p')
            if turns(paragraph): add(' dir="auto"')
            add(f'{said_8}>{escaped(paragraph)}</p>\n')
        elif note.text: add(f'<div class="ann-text{escaped((" ann-blocks" if note.blocks else ""))}" dir="auto"{said_8}>{escaped(note.text)}</div>\n')
        elif note.definition: add(f'<p data-search-exclude>{escaped(note.definition)}</p>\n')
        if note.cites:
            add('<p>')
            for left_2, cite in zip(range(len(note.cites) - 1, -1, -1), note.cites):
                value_3 = ("doc-biblioref" if cite.internal else "")
                value_4 = ({"lang": cite.link.language} if cite.link.language else words.theirs)
                if cite.link.href:
                    add(f'<a href="{escaped(cite.link.href)}"')
                    if value_3: add(f' role="{escaped(value_3)}"')
                    if cite.link.label: add(f' aria-label="{escaped(cite.link.label)}"')
                    if cite.link.data: add(attributes(cite.link.data))
                    add(f'{attributes(value_4)}>')
                    if turns(cite.link.words): add(f'<bdi>{escaped(cite.link.words)}</bdi>')
                    else: add(escaped(cite.link.words))
                    add('</a>')
                else:
                    if (value_4 or turns(cite.link.words)): add(f'<bdi{attributes(value_4)}>{escaped(cite.link.words)}</bdi>')
                    else: add(escaped(cite.link.words))
                if cite.locator:
                    add(said_9)
                    if (words.theirs or turns(cite.locator)): add(f'<bdi{said_8}>{escaped(cite.locator)}</bdi>')
                    else: add(escaped(cite.locator))
                if cite.copy: add(f'{said_9}{escaped(cite.copy)}')
                if cite.quote:
                    add(f'{said_10}<q')
                    if turns(cite.quote): add(' dir="auto"')
                    add(f'{attributes(({"lang": cite.link.language} if cite.link.language else words.theirs))}>{escaped(cite.quote)}</q>')
                add(escaped((cite.stop if not left_2 else words.words["signs.semicolon"])))
            add('</p>\n')
        if (note.by or note.date_words):
            add('<p class="ann-by">')
            if note.by:
                value_5 = ({"lang": note.by.language} if note.by.language else words.theirs)
                if note.by.href:
                    add(f'<a href="{escaped(note.by.href)}"')
                    if note.by.label: add(f' aria-label="{escaped(note.by.label)}"')
                    if note.by.data: add(attributes(note.by.data))
                    add(f'{attributes(value_5)}>')
                    if turns(note.by.words): add(f'<bdi>{escaped(note.by.words)}</bdi>')
                    else: add(escaped(note.by.words))
                    add('</a>')
                else:
                    if (value_5 or turns(note.by.words)): add(f'<bdi{attributes(value_5)}>{escaped(note.by.words)}</bdi>')
                    else: add(escaped(note.by.words))
                if note.role:
                    add(said_9)
                    if (words.theirs or turns(note.role)): add(f'<bdi{said_8}>{escaped(note.role)}</bdi>')
                    else: add(escaped(note.role))
            if (note.by and note.date_words): add(said_9)
            if note.date_words:
                add(f'<time datetime="{escaped(note.date)}"')
                if turns(note.date_words): add(' dir="auto"')
                add(f'>{escaped(note.date_words)}</time>')
            add('</p>\n')
        for back in note.back:
            add(f'<a href="{escaped(back.href)}"')
            if back.label: add(f' aria-label="{escaped(back.label)}"')
            if back.data: add(attributes(back.data))
            add(f'>{escaped(back.words)}</a>')
        add('</li>\n')
    add('</ol>\n</section>')
    return "".join(html).strip()


def sources(sources: tuple[SourceView, ...], words: Wording) -> str:
    """Return the block of `sources.html`."""
    turns = words.turns
    html: list[str] = []
    add = html.append
    said_1 = escaped(words.words["headings.sources"])
    said_2 = escaped(words("names.passage", number="#", words="…"))
    said_3 = attributes(words.ours)
    said_4 = attributes(words.theirs)
    said_5 = escaped(words.words["signs.colon"])
    said_6 = escaped(words.words["signs.stop"])
    said_7 = escaped(words.words["sources.cited"])
    add(f'<section class="ann-sources" role="doc-bibliography" aria-label="{said_1}" data-ann-name="{said_2}"{said_3}>\n<h2 id="ann--sources">{said_1}</h2>\n<ol>\n')
    for left_1, source in zip(range(len(sources) - 1, -1, -1), sources):
        add('<li')
        if source.id: add(f' id="{escaped(source.id)}"')
        add('>')
        if source.before:
            if (words.theirs or turns(source.before)): add(f'<bdi{said_4}>{escaped(source.before)}</bdi>')
            else: add(escaped(source.before))
            add(' ')
        add('<cite>')
        value_2 = ({"lang": source.link.language} if source.link.language else words.theirs)
        if source.link.href:
            add(f'<a href="{escaped(source.link.href)}"')
            if source.link.label: add(f' aria-label="{escaped(source.link.label)}"')
            if source.link.data: add(attributes(source.link.data))
            add(f'{attributes(value_2)}>')
            if turns(source.link.words): add(f'<bdi>{escaped(source.link.words)}</bdi>')
            else: add(escaped(source.link.words))
            add('</a>')
        else:
            if (value_2 or turns(source.link.words)): add(f'<bdi{attributes(value_2)}>{escaped(source.link.words)}</bdi>')
            else: add(escaped(source.link.words))
        add(f'</cite>{escaped(source.stop)}')
        if source.after:
            add(' ')
            if turns(source.after): add(f'<bdi>{escaped(source.after)}</bdi>')
            else: add(escaped(source.after))
        if source.copy:
            add(f' <span class="ann-copy">{escaped(source.copy)}')
            if source.original:
                add(said_5)
                if turns(source.original): add(f'<bdi>{escaped(source.original)}</bdi>')
                else: add(escaped(source.original))
            add(f'{said_6}</span>')
        if source.remarks: add(f' <span class="ann-remarks">{escaped(source.remarks)}</span>')
        for further in source.further:
            add(' <span class="ann-further" data-search-exclude>')
            value_3 = ({"lang": further.language} if further.language else {})
            if further.href:
                add(f'<a href="{escaped(further.href)}"')
                if further.label: add(f' aria-label="{escaped(further.label)}"')
                if further.data: add(attributes(further.data))
                add(f'{attributes(value_3)}>')
                if turns(further.words): add(f'<bdi>{escaped(further.words)}</bdi>')
                else: add(escaped(further.words))
                add('</a>')
            else:
                if (value_3 or turns(further.words)): add(f'<bdi{attributes(value_3)}>{escaped(further.words)}</bdi>')
                else: add(escaped(further.words))
            add('</span>')
        if source.cited:
            add(' <small')
            if source.data: add(attributes(source.data))
            add(f'>{said_7} ')
            for left_4, passage in zip(range(len(source.cited) - 1, -1, -1), source.cited):
                add(f'<a href="{escaped(passage.href)}"')
                if passage.label: add(f' aria-label="{escaped(passage.label)}"')
                add(f'>{escaped(passage.words)}</a>{escaped(("" if not left_4 else words.words["signs.comma"]))}')
            add('</small>')
        if source.note: add(f'<div class="ann-text" dir="auto"{said_4}>{escaped(source.note)}</div>')
        add('</li>\n')
    add('</ol>\n</section>')
    return "".join(html).strip()


def exports(exports: tuple[ExportView, ...], words: Wording) -> str:
    """Return the block of `exports.html`."""
    turns = words.turns
    html: list[str] = []
    add = html.append
    said_1 = attributes(words.ours)
    said_2 = escaped(words.words["exports.label"])
    said_3 = escaped(words.words["signs.colon"])
    add(f'<p class="ann-exports"{said_1} data-search-exclude>{said_2}{said_3}')
    for left_1, export in zip(range(len(exports) - 1, -1, -1), exports):
        add(f'<a href="{escaped(export.href)}" rel="alternate" type="{escaped(export.type)}">{escaped(export.words)}</a>{escaped(("" if not left_1 else words.words["signs.semicolon"]))}')
    add('</p>')
    return "".join(html).strip()


def orphans(orphans: tuple[OrphanView, ...], words: Wording) -> str:
    """Return the block of `orphans.html`."""
    turns = words.turns
    html: list[str] = []
    add = html.append
    said_1 = escaped(words.words["headings.orphans"])
    said_2 = attributes(words.ours)
    said_3 = attributes(words.theirs)
    add(f'<section class="ann-orphans" aria-label="{said_1}"{said_2} data-search-exclude>\n<p class="ann-more-h">{said_1}</p>\n<ul>\n')
    for orphan in orphans:
        add(f'<li><code>{escaped(orphan.place)}</code> ')
        if orphan.quote: add(f'<q dir="auto"{said_3}>{escaped(orphan.quote)}</q> ')
        add(f'<span class="ann-why">{escaped(orphan.why)}</span></li>\n')
    add('</ul>\n</section>')
    return "".join(html).strip()


def index(index: IndexView, words: Wording) -> str:
    """Return the block of `index.html`."""
    turns = words.turns
    html: list[str] = []
    add = html.append
    said_1 = attributes(words.ours)
    said_2 = escaped(words.words["signs.colon"])
    said_3 = escaped(words.words["index.jump"])
    said_4 = attributes(words.theirs)
    said_5 = escaped(words.words["signs.stop"])
    said_6 = escaped(words.words["index.empty"])
    said_7 = escaped(words.words["index.pages"])
    add(f'<div class="ann ann-index"{said_1} data-search-exclude>\n')
    if index.jumps:
        add(f'<nav class="ann-jump" aria-label="{escaped(index.label)}{said_2}{said_3}"><ul>\n')
        for jump in index.jumps:
            add(f'<li><a href="{escaped(jump.link.href)}"><bdi>{escaped(jump.link.words)}</bdi></a> <span class="ann-count">{escaped(jump.count)}</span></li>\n')
        add('</ul></nav>\n')
    for section in index.sections:
        if section.id:
            add(f'<h{escaped(index.level)} id="{escaped(section.id)}"><bdi')
            if section.classes: add(f' class="ann-sw {escaped(section.classes)}"')
            add(f'>{escaped(section.label)}</bdi></h{escaped(index.level)}>\n')
        if section.definition: add(f'<p class="ann-defn"><bdi>{escaped(section.definition)}</bdi></p>\n')
        if section.sources:
            add('<ul class="ann-bib">\n')
            for one in section.sources:
                add('<li')
                if one.source.id: add(f' id="{escaped(one.source.id)}"')
                add('>')
                if one.source.before:
                    if (words.theirs or turns(one.source.before)): add(f'<bdi{said_4}>{escaped(one.source.before)}</bdi>')
                    else: add(escaped(one.source.before))
                    add(' ')
                add('<cite>')
                value_1 = ({"lang": one.source.link.language} if one.source.link.language else words.theirs)
                if one.source.link.href:
                    add(f'<a href="{escaped(one.source.link.href)}"')
                    if one.source.link.label: add(f' aria-label="{escaped(one.source.link.label)}"')
                    if one.source.link.data: add(attributes(one.source.link.data))
                    add(f'{attributes(value_1)}>')
                    if turns(one.source.link.words): add(f'<bdi>{escaped(one.source.link.words)}</bdi>')
                    else: add(escaped(one.source.link.words))
                    add('</a>')
                else:
                    if (value_1 or turns(one.source.link.words)): add(f'<bdi{attributes(value_1)}>{escaped(one.source.link.words)}</bdi>')
                    else: add(escaped(one.source.link.words))
                add(f'</cite>{escaped(one.source.stop)}')
                if one.source.after:
                    add(' ')
                    if turns(one.source.after): add(f'<bdi>{escaped(one.source.after)}</bdi>')
                    else: add(escaped(one.source.after))
                if one.source.copy:
                    add(f' <span class="ann-copy">{escaped(one.source.copy)}')
                    if one.source.original:
                        add(said_2)
                        if turns(one.source.original): add(f'<bdi>{escaped(one.source.original)}</bdi>')
                        else: add(escaped(one.source.original))
                    add(f'{said_5}</span>')
                if one.source.remarks: add(f' <span class="ann-remarks">{escaped(one.source.remarks)}</span>')
                for further in one.source.further:
                    add(' <span class="ann-further" data-search-exclude>')
                    value_2 = ({"lang": further.language} if further.language else {})
                    if further.href:
                        add(f'<a href="{escaped(further.href)}"')
                        if further.label: add(f' aria-label="{escaped(further.label)}"')
                        if further.data: add(attributes(further.data))
                        add(f'{attributes(value_2)}>')
                        if turns(further.words): add(f'<bdi>{escaped(further.words)}</bdi>')
                        else: add(escaped(further.words))
                        add('</a>')
                    else:
                        if (value_2 or turns(further.words)): add(f'<bdi{attributes(value_2)}>{escaped(further.words)}</bdi>')
                        else: add(escaped(further.words))
                    add('</span>')
                for cluster in one.citing:
                    add(f'<div class="ann-cluster"><p class="ann-page"><a href="{escaped(cluster.page.href)}"><bdi{said_4}>{escaped(cluster.page.words)}</bdi></a></p>\n<ul>\n')
                    for passage in cluster.passages:
                        add(f'<li><a href="{escaped(passage.link.href)}"><q dir="auto"{said_4}>{escaped(passage.link.words)}</q></a>')
                        if passage.who:
                            add(' <span class="ann-who"><bdi')
                            if passage.who != words.words["notes.author"]: add(said_4)
                            add(f'>{escaped(passage.who)}</bdi></span>')
                        add('</li>\n')
                    add('</ul></div>\n')
                add('\n')
                if one.source.note: add(f'<div class="ann-text" dir="auto"{said_4}>{escaped(one.source.note)}</div>')
                add('</li>\n')
            add('</ul>\n')
        for cluster in section.clusters:
            add(f'<div class="ann-cluster"><p class="ann-page"><a href="{escaped(cluster.page.href)}"><bdi{said_4}>{escaped(cluster.page.words)}</bdi></a></p>\n<ul>\n')
            for passage in cluster.passages:
                add(f'<li><a href="{escaped(passage.link.href)}"><q dir="auto"{said_4}>{escaped(passage.link.words)}</q></a>')
                if passage.who:
                    add(' <span class="ann-who"><bdi')
                    if passage.who != words.words["notes.author"]: add(said_4)
                    add(f'>{escaped(passage.who)}</bdi></span>')
                add('</li>\n')
            add('</ul></div>\n')
        add('\n')
    if not index.sections:
        add(f'<p>{said_6}</p>\n')
    if index.pages:
        add(f'<nav class="ann-pages" aria-label="{escaped(index.label)}{said_2}{said_7}"><ul>\n')
        for page in index.pages:
            add('<li>')
            if page.href: add(f'<a href="{escaped(page.href)}" aria-label="{escaped(words("index.page", number=page.words))}">{escaped(page.words)}</a>')
            elif page.words == "…": add('…')
            else: add(f'<span aria-current="page">{escaped(page.words)}</span>')
            add('</li>\n')
        add('</ul></nav>\n')
    add('</div>')
    return "".join(html).strip()


def index_articles(articles: ArticlesView, words: Wording) -> str:
    """Return the block of `index-articles.html`."""
    turns = words.turns
    html: list[str] = []
    add = html.append
    said_1 = attributes(words.ours)
    said_2 = escaped(words.words["index.article"])
    said_3 = escaped(words.words["index.total"])
    said_4 = attributes(words.theirs)
    said_5 = escaped(words.words["index.all"])
    said_6 = escaped(words.words["index.empty"])
    said_7 = escaped(words.words["signs.colon"])
    said_8 = escaped(words.words["index.pages"])
    add(f'<div class="ann ann-index"{said_1} data-search-exclude>\n')
    if articles.rows:
        add(f'<figure class="ann-balance"><svg viewBox="0 0 1000 24" height="24" preserveAspectRatio="none" role="img" aria-label="{escaped(articles.picture)}">')
        for group in articles.groups:
            add(f'<rect class="ann-at ann-g-{escaped(group.group)}" x="{escaped(group.start)}" y="0" width="{escaped(group.width)}" height="24"/>')
        add('</svg>\n<figcaption>')
        for group in articles.groups:
            add(f'<span class="ann-sw ann-g-{escaped(group.group)}">{escaped(group.label)}</span> <span class="ann-count">{escaped(group.count)}</span> ')
        add(f'</figcaption></figure>\n<div class="ann-table" role="region" tabindex="0" aria-label="{escaped(articles.label)}"><table class="ann-counts">\n<thead><tr><th scope="col">{said_2}</th>')
        for group in articles.groups:
            add(f'<th scope="col">{escaped(group.label)}</th>')
        add(f'<th scope="col">{said_3}</th></tr></thead>\n<tbody>\n')
        for row in articles.rows:
            add(f'<tr><th scope="row"><a href="{escaped(row.page.href)}"><bdi{said_4}>{escaped(row.page.words)}</bdi></a>')
            if row.type: add(f' <span class="ann-remarks">{escaped(row.type)}</span>')
            add('</th>')
            for count in row.counts:
                add(f'<td>{escaped(count)}</td>')
            add(f'<td>{escaped(row.total)}</td></tr>\n')
        add(f'</tbody>\n<tfoot><tr><th scope="row">{said_5}</th>')
        for group in articles.groups:
            add(f'<td>{escaped(group.count)}</td>')
        add(f'<td>{escaped(articles.total)}</td></tr></tfoot>\n</table></div>\n')
    else: add(f'<p>{said_6}</p>\n')
    if articles.pages:
        add(f'<nav class="ann-pages" aria-label="{escaped(articles.label)}{said_7}{said_8}"><ul>\n')
        for page in articles.pages:
            add('<li>')
            if page.href: add(f'<a href="{escaped(page.href)}" aria-label="{escaped(words("index.page", number=page.words))}">{escaped(page.words)}</a>')
            elif page.words == "…": add('…')
            else: add(f'<span aria-current="page">{escaped(page.words)}</span>')
            add('</li>\n')
        add('</ul></nav>\n')
    add('</div>')
    return "".join(html).strip()


def index_definitions(definitions: tuple[DefinitionsView, ...], level: int, words: Wording) -> str:
    """Return the block of `index-definitions.html`."""
    turns = words.turns
    html: list[str] = []
    add = html.append
    said_1 = attributes(words.ours)
    add(f'<div class="ann ann-index"{said_1} data-search-exclude>\n')
    for group in definitions:
        add(f'<h{escaped(level)} id="{escaped(group.id)}">{escaped(group.label)}</h{escaped(level)}>\n<dl class="ann-defs">\n')
        for kind in group.kinds:
            add(f'<div id="{escaped(kind.id)}"><dt><span class="ann-sw {escaped(kind.classes)}">{escaped(kind.label)}</span>')
            if kind.count: add(f' <span class="ann-count">{escaped(kind.count)}</span>')
            add(f'</dt> <dd><bdi>{escaped(kind.definition)}</bdi></dd>')
            for technique in kind.techniques:
                add(f' <dd class="ann-technique"><b>{escaped(technique.label)}</b> <bdi>{escaped(technique.definition)}</bdi></dd>')
            add('</div>\n')
        add('</dl>\n')
    add('</div>')
    return "".join(html).strip()


BLOCKS: dict[str, Callable[..., str]] = {"panel.html": panel, "about.html": about, "notes.html": notes, "sources.html": sources, "exports.html": exports, "orphans.html": orphans, "index.html": index, "index-articles.html": index_articles, "index-definitions.html": index_definitions}
