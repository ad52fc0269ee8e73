"""Rules about single entries: what a kind needs, who wrote the note, what the article is."""

import re
from collections.abc import Iterator

from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.model.sidecar import Annotation, Article
from mkdocs_annotate.model.vocabulary import Need, Vocabulary

# What is quoted, code, or an address is not the note's own word.
_NOT_OWN = re.compile(r"“[^”]*”|\"[^\"]*\"|`[^`]*`|\]\([^)]*\)|^ {0,3}>.*$", re.MULTILINE)
_LOADED = re.compile(r"\b(?:claimed|admitted)\b", re.IGNORECASE)


def review_entry(entry: Annotation, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield what an editor would ask of an annotation, wherever it stands."""
    yield from _needs(entry, vocabulary)
    quote = shown(entry.quote.exact)
    if entry.kind == "check" and entry.sources and not any(c.quote for c in entry.sources):
        message = f"the check of “{quote}” quotes none of its sources"
        cure = "add the words that carry it as `quote` of a source"
        yield Problem(entry.place("sources"), Rule.CHECK_WITHOUT_SOURCE_QUOTE, message, cure)
    if not entry.note:
        return
    place = entry.place("note")
    if not entry.by:
        message = f"the note to “{quote}” doesn't say who wrote it"
        yield Problem(place, Rule.NOTE_WITHOUT_AUTHOR, message, "add `by: …`")
    if not entry.date:
        message = f"the note to “{quote}” doesn't say when it was written"
        yield Problem(place, Rule.NOTE_WITHOUT_DATE, message, "add `date: …`")
    loaded = _LOADED.search(_NOT_OWN.sub(" ", entry.note))
    if loaded:
        message = f"the note says “{loaded.group()}”, which does more than report"
        yield Problem(place, Rule.LOADED_VERB, message, "write “said”, or quote who used the word")


def _needs(entry: Annotation, vocabulary: Vocabulary) -> Iterator[Problem]:
    kind = vocabulary.kinds.get(entry.kind)
    if kind is None:
        return
    quote = shown(entry.quote.exact)
    place = entry.place("kind")
    said = f"“{quote}” is of the kind `{kind.id}`"
    if Need.SOURCE in kind.needs and not entry.sources:
        message = f"{said}, and has no source"
        yield Problem(place, Rule.KIND_WITHOUT_SOURCE, message, "add `sources: …`")
    if Need.NOTE in kind.needs and not entry.note:
        message = f"{said}, and has no note"
        yield Problem(place, Rule.KIND_WITHOUT_NOTE, message, "add `note: …`")
    if Need.TECHNIQUE in kind.needs and not entry.technique:
        message = f"{said}, and names no technique"
        cure = "add `technique: …`, such as slogan or false dilemma"
        yield Problem(place, Rule.RHETORIC_WITHOUT_TECHNIQUE, message, cure)


def review_article(article: Article, file: str) -> Iterator[Problem]:
    """Yield what readers are not told about an annotated article."""
    place = Position(file, 1, 1)
    if not article.type:
        message = "readers are not told what this article is"
        cure = "add `article:`, and below it `type: news` or what it is"
        yield Problem(place, Rule.ARTICLE_WITHOUT_TYPE, message, cure)
    if not article.backstory:
        message = "readers are not told how this article was annotated"
        cure = "add `article:`, and below it `backstory: …`"
        yield Problem(place, Rule.ARTICLE_WITHOUT_BACKSTORY, message, cure)
