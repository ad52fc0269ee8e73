"""What an editor would ask of one annotated article."""

from collections.abc import Collection, Sequence

from mkdocs_annotate.anchoring.law import Anchor
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.editorial import marks
from mkdocs_annotate.editorial.anchors import to_be_reread, without_space
from mkdocs_annotate.editorial.entries import review_article, review_entry
from mkdocs_annotate.editorial.sources import cited_by, review_sources, unused
from mkdocs_annotate.model.levels import RuleSettings, silent_rules
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.model.vocabulary import Vocabulary


def review(
    sidecar: Sidecar,
    anchors: Sequence[Anchor],
    page: Page,
    vocabulary: Vocabulary,
    registry: Collection[str],
    settings: RuleSettings,
) -> list[Problem]:
    """Return what an editor would ask of `sidecar`, whose `anchors` are in `page`.

    `registry` has the keys of the sources that the site shares.
    Of drafts only sources and places are looked at.  Levels are not applied, but rules
    that are off cost nothing.  Cost: linear in the annotations, but for a sort.
    """
    silent = silent_rules(settings)
    finished = [anchor for anchor in anchors if not anchor.annotation.draft]
    problems: list[Problem] = []
    for entry in sidecar.annotations:
        problems += to_be_reread(entry)
        if not entry.draft:
            problems += review_entry(entry, vocabulary, silent)
    if sidecar.annotations:
        problems += review_article(sidecar.article, sidecar.file)
    if Rule.OPINION_WITHOUT_SPEAKER not in silent:
        problems += marks.without_speaker(finished, page, vocabulary)
    problems += without_space(anchors, page)
    problems += marks.same_twice(finished)
    problems += marks.too_deep(finished)
    problems += marks.too_many(finished, page, settings.max_marks, sidecar.file)
    problems += review_sources(sidecar.sources.values(), silent)
    cited = cited_by(sidecar)
    # A key that is unknown is probably one of those that seem to be unused.
    if all(key in sidecar.sources or key in registry for key in cited):
        problems += unused(sidecar.sources, cited)
    return [problem for problem in problems if problem.rule not in silent]
