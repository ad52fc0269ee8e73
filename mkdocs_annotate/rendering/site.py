"""What all pages of a site share, and how one page is shown."""

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


@dataclass(frozen=True)
class Presentation:
    """How one page is shown."""

    margin: str = "auto"
    """Notes in the margin: `auto` where there is room, `wide` where the theme makes it, `off`."""

    panel: str = "top"
    """Where the panel is: `top`, `lead` behind the first paragraph, or `off`."""

    preview: bool = False
    """Drafts and a box of what is wrong are shown."""

    marks: str = "quiet"
    """How strong the lines under passages are: `quiet`, or `full` for all of them; `off` where
    readers switch them on."""

    attributes: Mapping[str, str] = field(default_factory=dict)
    """What the frame says of the article: `lang` and `dir`, where the page around may not."""

    files: Mapping[str, str] = field(default_factory=dict)
    """Where the page's own exports lie, by their names."""

    id_prefix: str = ""
    """Put before ids, where several articles share one page."""


def author_of(article: Article, sources: Mapping[str, Source], wording: Wording) -> str:
    """Return who speaks where nobody is quoted: the author of the text that is annotated."""
    source = sources.get(article.based_on)
    if source and source.author:
        return wording.listed(source.author)
    return (source and source.publisher) or wording("notes.author")
