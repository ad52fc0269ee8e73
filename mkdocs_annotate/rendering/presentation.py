"""How one page is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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
