"""Every name of MkDocs that we use: the one door to it and to ProperDocs, its fork."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.commands.build import _populate_page as populate_page
    from mkdocs.config import load_config
    from mkdocs.config.base import Config, ValidationError
    from mkdocs.config.config_options import ExtraScriptValue
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.exceptions import MkDocsException, PluginError
    from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
    from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
    from mkdocs.structure.nav import Navigation, get_navigation
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import AnchorLink, TableOfContents
    from mkdocs.utils import get_relative_url
else:
    # The command `properdocs` makes each `mkdocs.x` be `properdocs.x`; nothing else does, so both
    # are tried.  mypy refuses two types for one name, hence the branch above.
    try:
        from mkdocs.commands.build import _populate_page as populate_page
        from mkdocs.config import load_config
        from mkdocs.config.base import Config, ValidationError
        from mkdocs.config.config_options import ExtraScriptValue
        from mkdocs.config.defaults import MkDocsConfig
        from mkdocs.exceptions import MkDocsException, PluginError
        from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
        from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
        from mkdocs.structure.nav import Navigation, get_navigation
        from mkdocs.structure.pages import Page
        from mkdocs.structure.toc import AnchorLink, TableOfContents
        from mkdocs.utils import get_relative_url
    except ImportError:
        from properdocs.commands.build import _populate_page as populate_page
        from properdocs.config import load_config
        from properdocs.config.base import Config, ValidationError
        from properdocs.config.config_options import ExtraScriptValue
        from properdocs.config.defaults import ProperDocsConfig as MkDocsConfig
        from properdocs.exceptions import PluginError
        from properdocs.exceptions import ProperDocsException as MkDocsException
        from properdocs.plugins import BasePlugin, CombinedEvent, event_priority
        from properdocs.structure.files import (
            File,
            Files,
            InclusionLevel,
            get_files,
            set_exclusions,
        )
        from properdocs.structure.nav import Navigation, get_navigation
        from properdocs.structure.pages import Page
        from properdocs.structure.toc import AnchorLink, TableOfContents
        from properdocs.utils import get_relative_url

__all__ = [
    "AnchorLink",
    "BasePlugin",
    "CombinedEvent",
    "Config",
    "ExtraScriptValue",
    "File",
    "Files",
    "InclusionLevel",
    "MkDocsConfig",
    "MkDocsException",
    "Navigation",
    "Page",
    "PluginError",
    "TableOfContents",
    "ValidationError",
    "event_priority",
    "get_files",
    "get_navigation",
    "get_relative_url",
    "load_config",
    "populate_page",
    "set_exclusions",
]
