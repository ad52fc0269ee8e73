"""Settings of rendering: those of the whole site, and those of one page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.reporting import RuleSettings
from mkdocs_annotate.model.sources import Person, Source
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY, Vocabulary
from mkdocs_annotate.rendering.templates import Templates, templates_of
from mkdocs_annotate.rendering.translations import DEFAULT_LANGUAGE, Wording, wording_of


@dataclass(frozen=True)
class Site:
    """The settings that all pages of a site share."""

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
    """The settings of one page."""

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
    """Attributes of the frame: `lang` and `dir`, where those of the page may be others."""

    files: Mapping[str, str] = field(default_factory=dict)
    """The addresses of the page's exports, by their names."""

    search_reads: bool = False
    """The host's search reads the page itself, and leaves out what says so."""

    id_prefix: str = ""
    """Put before ids, where several articles share one page."""
