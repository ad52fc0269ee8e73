"""What all pages of a site share."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mkdocs_annotate.model.levels import RuleSettings
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.sidecar import Article
from mkdocs_annotate.model.sources import Person, Source
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY, Vocabulary
from mkdocs_annotate.rendering.templates import Templates, templates_of
from mkdocs_annotate.rendering.translations import DEFAULT_LANGUAGE, Wording, wording_of


@dataclass(frozen=True)
class Site:
    """What all pages of a site share."""

    vocabulary: Vocabulary = DEFAULT_VOCABULARY
    wording: Wording = field(default_factory=lambda: wording_of(DEFAULT_LANGUAGE))
    registry: Mapping[str, Source] = field(default_factory=dict)
    templates: Templates = field(default_factory=templates_of)
    rules: RuleSettings = field(default_factory=RuleSettings)
    people: Mapping[str, Person] = field(default_factory=dict)
    indexes: Mapping[str, Link] = field(default_factory=dict)
    """The pages that have an index of the site, by its name."""


def author_of(article: Article, sources: Mapping[str, Source], wording: Wording) -> str:
    """Return who speaks where nobody is quoted: the author of the text that is annotated."""
    source = sources.get(article.based_on)
    if source and source.author:
        return wording.listed(source.author)
    return (source and source.publisher) or wording("notes.author")
