"""The editorial rules: problems with each annotation, with the article, and with all marks."""

import re
from collections.abc import Collection, Iterator, Sequence

from mkdocs_annotate.anchoring.anchors import Anchor
from mkdocs_annotate.anchoring.form import unspaced
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.editorial.overview import cited_by, review_sources, unused
from mkdocs_annotate.editorial.quotations import Quotations
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.problems import Position, Problem, Rule, shown
from mkdocs_annotate.model.reporting import RuleSettings, silent_rules
from mkdocs_annotate.model.sidecar import Annotation, Article, Sidecar, is_to_be_reread
from mkdocs_annotate.model.vocabulary import Group, Need, Vocabulary
from mkdocs_annotate.sidecar.yaml_text import double_quoted


def without_space(anchors: Sequence[Anchor], page: Page) -> Iterator[Problem]:
    """Yield a problem for each prefix or suffix without a space between it and the passage.

    Then words that run together match, too: `is now` before `here` stands in “is nowhere”.  YAML
    takes the space away where a value has no quotation marks.
    """
    for anchor in anchors:
        quote = anchor.annotation.quote
        first, last = anchor.ranges[0], anchor.ranges[-1]
        if (
            quote.prefix
            and _lacks_space(quote.prefix, quote.exact)
            and _is_after_space(first, page)
        ):
            yield _without_space(anchor.annotation, "prefix", f"{quote.prefix.strip()} ")
        end = quote.through or quote.exact
        if quote.suffix and _lacks_space(end, quote.suffix) and _is_before_space(last, page):
            yield _without_space(anchor.annotation, "suffix", f" {quote.suffix.strip()}")


def _lacks_space(left: str, right: str) -> bool:
    """Return whether two words would run together where two given texts meet."""
    before, after = left[-1], right[0]
    spaced = not (unspaced().match(before) or unspaced().match(after))
    return before.isalnum() and after.isalnum() and spaced


def _is_after_space(place: Range, page: Page) -> bool:
    return page.text[max(0, place.start - 1) : place.start].isspace()


def _is_before_space(place: Range, page: Page) -> bool:
    return page.text[place.end : place.end + 1].isspace()


def _without_space(entry: Annotation, key: str, value: str) -> Problem:
    return Problem(
        entry.place(key),
        Rule.CONTEXT_WITHOUT_SPACE,
        f"`{key}` has no space between it and the quote, so that words match where they run "
        f"together, too",
        f"write `{key}: {double_quoted(value)}`",
        subject=entry.quote.exact,
    )


def to_be_reread(entry: Annotation) -> Iterator[Problem]:
    """Yield a problem if the passage changed after its note was written, and nobody reread it."""
    if is_to_be_reread(entry):
        yield Problem(
            entry.place("reread"),
            Rule.NOTE_TO_BE_REREAD,
            f"the passage changed from “{shown(entry.reread)}” to “{shown(entry.quote.exact)}”, "
            "so the note may no longer be true",
            "read it again; then change the note or its `date`, or remove `reread`",
            subject=entry.quote.exact,
        )


# What is quoted, code, or an address is not the note's own word.
_NOT_OWN = re.compile(r"“[^“”]*”|\"[^\"]*\"|`[^`]*`|\]\([^()]*\)|^ {0,3}>.*$", re.MULTILINE)
_LOADED = re.compile(r"\b(?:claimed|admitted)\b", re.IGNORECASE)


def review_entry(entry: Annotation, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield the problems of an annotation that don't depend on its place."""
    yield from _needs(entry, vocabulary)
    if entry.kind == "check" and entry.sources and not any(c.quote for c in entry.sources):
        message = f"the check of “{shown(entry.quote.exact)}” quotes none of its sources"
        hint = "add the words that support it, as the `quote` of a source"
        yield Problem(
            entry.place("sources"),
            Rule.CHECK_WITHOUT_SOURCE_QUOTE,
            message,
            hint,
            subject=entry.quote.exact,
        )


_OF_NOTE = frozenset((Rule.NOTE_WITHOUT_AUTHOR, Rule.NOTE_WITHOUT_DATE, Rule.LOADED_VERB))
"""The rules of `review_note`: few sites ask for any of them."""


def review_note(entry: Annotation, silent: Collection[Rule]) -> Iterator[Problem]:
    """Yield what an editor would ask of a note; rules that are `silent` may ask nothing."""
    place, quote = entry.place("note"), shown(entry.quote.exact)
    if not entry.by:
        message = f"the note to “{quote}” doesn't say who wrote it"
        yield Problem(
            place, Rule.NOTE_WITHOUT_AUTHOR, message, "add `by: …`", subject=entry.quote.exact
        )
    if not entry.date:
        message = f"the note to “{quote}” doesn't say when it was written"
        yield Problem(
            place, Rule.NOTE_WITHOUT_DATE, message, "add `date: …`", subject=entry.quote.exact
        )
    if Rule.LOADED_VERB in silent:
        return
    loaded = _LOADED.search(_NOT_OWN.sub(" ", entry.note))
    if loaded:
        message = f"the note says “{loaded.group()}”, which does more than report"
        hint = "write “said”, or quote who used the word"
        yield Problem(place, Rule.LOADED_VERB, message, hint, subject=loaded.group())


def _needs(entry: Annotation, vocabulary: Vocabulary) -> Iterator[Problem]:
    kind = vocabulary.kinds.get(entry.kind)
    if kind is None or not [need for need in kind.needs if not _has(entry, need)]:
        return
    words = entry.quote.exact
    place = entry.place("kind")
    entry_is = f"“{shown(words)}” is of the kind `{kind.id}`"
    if Need.SOURCE in kind.needs and not entry.sources:
        message = f"{entry_is}, and has no source"
        yield Problem(place, Rule.KIND_WITHOUT_SOURCE, message, "add `sources: …`", subject=words)
    if Need.NOTE in kind.needs and not entry.note:
        message = f"{entry_is}, and has no note"
        yield Problem(place, Rule.KIND_WITHOUT_NOTE, message, "add `note: …`", subject=words)
    if Need.TECHNIQUE in kind.needs and not entry.technique:
        message = f"{entry_is}, and names no technique"
        hint = "add `technique: …`, such as slogan or false dilemma"
        yield Problem(place, Rule.RHETORIC_WITHOUT_TECHNIQUE, message, hint, subject=words)


def _has(entry: Annotation, need: Need) -> bool:
    if need == Need.NOTE:
        return bool(entry.note)
    return bool(entry.sources if need == Need.SOURCE else entry.technique)


_OF_ARTICLE = frozenset((Rule.ARTICLE_WITHOUT_TYPE, Rule.ARTICLE_WITHOUT_BACKSTORY))


def review_article(article: Article, file: str) -> Iterator[Problem]:
    """Yield a problem for each thing that readers should learn about an annotated article."""
    place = Position(file, 1, 1)
    if not article.type:
        message = "readers are not told what this article is"
        hint = "add `article:`, and below it `type: news` or what it is"
        yield Problem(place, Rule.ARTICLE_WITHOUT_TYPE, message, hint)
    if not article.backstory:
        message = "readers are not told how this article was annotated"
        hint = "add `article:`, and below it `backstory: …`"
        yield Problem(place, Rule.ARTICLE_WITHOUT_BACKSTORY, message, hint)


MOST_OVER = 3
"""Most marks over one character: readers can tell so many lines apart."""

LEAST_WORDS = 250
"""Shorter articles, in words, are not checked for too many marks."""


def without_speaker(
    anchors: Sequence[Anchor], page: Page, vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Yield a problem for each opinion in a quotation whose speaker is not named.

    An explicit `voice: author` settles the question.
    """
    quotations = Quotations(page)
    for anchor in anchors:
        entry = anchor.annotation
        kind = vocabulary.kinds.get(entry.kind)
        if kind is None or kind.group != Group.OPINION or entry.speaker:
            continue
        quote = shown(entry.quote.exact)
        if entry.voice == "quoted":
            message = f"“{quote}” is quoted, but nothing says who said it"
            yield Problem(
                entry.place("voice"),
                Rule.OPINION_WITHOUT_SPEAKER,
                message,
                _SPEAKER,
                subject=entry.quote.exact,
            )
        elif "voice" not in entry.places and all(map(quotations.hold, anchor.ranges)):
            message = (
                f"“{quote}” stands in a quotation, but readers would take it for the author's words"
            )
            hint = f"{_SPEAKER}, or `voice: author` if they are"
            yield Problem(
                entry.position,
                Rule.OPINION_WITHOUT_SPEAKER,
                message,
                hint,
                subject=entry.quote.exact,
            )


_SPEAKER = "add `speaker: …`"


def same_twice(anchors: Sequence[Anchor]) -> Iterator[Problem]:
    """Yield a problem for each annotation that marks what an earlier one of its kind marks."""
    first: dict[tuple[str, Range], Annotation] = {}
    for anchor in sorted(anchors, key=lambda anchor: anchor.annotation.position):
        entry = anchor.annotation
        taken = [first.setdefault((entry.kind, place), entry) for place in anchor.ranges]
        earlier = next((other for other in taken if other is not entry), None)
        if earlier is not None:
            quote = shown(entry.quote.exact)
            line = earlier.position.line
            message = f"“{quote}” is marked as `{entry.kind}` in line {line} already"
            hint = "say both in one annotation, or remove one"
            yield Problem(
                entry.position, Rule.SAME_MARK_TWICE, message, hint, subject=entry.quote.exact
            )


def too_deep(anchors: Sequence[Anchor]) -> Iterator[Problem]:
    """Yield a problem where more than three marks overlap, once for each such place.

    Cost: n log n.
    """
    places = sorted(
        ((place, anchor.annotation) for anchor in anchors for place in anchor.ranges),
        key=lambda pair: (pair[0].start, -pair[0].end, pair[1].position),
    )
    ends: list[int] = []
    reported = False
    for place, entry in places:
        ends = [end for end in ends if end > place.start]
        reported = reported and len(ends) >= MOST_OVER
        # Those that end last tell whether there are too many.
        ends = sorted([*ends, place.end])[-MOST_OVER - 1 :]
        if len(ends) > MOST_OVER and not reported:
            reported = True
            quote = shown(entry.quote.exact)
            message = f"“{quote}” is the fourth mark over the same words"
            hint = "readers can tell three apart: combine some of these annotations"
            yield Problem(
                entry.position, Rule.OVERLAP_TOO_DEEP, message, hint, subject=entry.quote.exact
            )


def too_many(anchors: Sequence[Anchor], page: Page, most: int, file: str) -> Iterator[Problem]:
    """Yield a problem if an article has more than `most` marks in 1,000 words."""
    marks = sum(len(anchor.ranges) for anchor in anchors)
    # Each word and the space behind it has two characters or more.
    if marks <= most * LEAST_WORDS / 1000 or len(page.text) < 2 * LEAST_WORDS - 1:
        return
    words = len(page.text.split())
    if words >= LEAST_WORDS and marks * 1000 > most * words:
        message = f"{marks} marks in {words:,} words are {round(marks * 1000 / words)} in 1,000"
        hint = f"keep those that matter most; more than {most} tire readers"
        yield Problem(Position(file, 1, 1), Rule.TOO_MANY_MARKS, message, hint)


def review(
    sidecar: Sidecar,
    anchors: Sequence[Anchor],
    page: Page,
    vocabulary: Vocabulary,
    registry: Collection[str],
    settings: RuleSettings,
) -> list[Problem]:
    """Return the editorial problems of `sidecar`, whose `anchors` are in `page`.

    `registry` has the keys of the sources that the site shares.
    Drafts are checked only for their sources and places.  Levels are not applied, but rules
    that are off cost nothing.  Cost: linear in the annotations, but for a sort.
    """
    silent = silent_rules(settings)
    finished = [anchor for anchor in anchors if not anchor.annotation.draft]
    problems: list[Problem] = []
    asks_of_notes = not _OF_NOTE.issubset(silent)
    for entry in sidecar.annotations:
        if entry.reread:
            problems += to_be_reread(entry)
        if entry.draft:
            continue
        problems += review_entry(entry, vocabulary)
        if asks_of_notes and entry.note:
            problems += review_note(entry, silent)
    if sidecar.annotations and not _OF_ARTICLE.issubset(silent):
        problems += review_article(sidecar.article, sidecar.file)
    if Rule.OPINION_WITHOUT_SPEAKER not in silent:
        problems += without_speaker(finished, page, vocabulary)
    problems += without_space(anchors, page)
    problems += same_twice(finished)
    problems += too_deep(finished)
    problems += too_many(finished, page, settings.max_marks, sidecar.file)
    problems += review_sources(sidecar.sources.values(), silent)
    cited = cited_by(sidecar)
    # A key that is unknown is probably one of those that seem to be unused.
    if all(key in sidecar.sources or key in registry for key in cited):
        problems += unused(sidecar.sources, cited)
    return [problem for problem in problems if problem.rule not in silent]
