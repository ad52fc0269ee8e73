"""Every name of MkDocs that we use: the one door to it and to ProperDocs, its fork."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.hosts.logs import report_fault
from mkdocs_annotate.model.internal_errors import internal_error
from mkdocs_annotate.model.problems import Position

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


Hook = TypeVar("Hook", bound=Callable[..., Any])


def safe(hook: Hook) -> Hook:
    """Return `hook`, a hook of a plugin, made so that no error of ours leaves it.

    Where it fails it returns what it was given to change, as it was, and the error is logged as a
    problem of the rule `internal-error`: of the page, where the hook is about one, else of the
    site's configuration.  What MkDocs itself uses to end a build passes.
    """
    return safe_or(_as_given)(hook)


def safe_or(otherwise: Callable[[Any], Any]) -> Callable[[Hook], Hook]:
    """Return what `safe` is, for a hook that must not give back what it was given.

    `otherwise` makes of that what is returned where the hook fails.
    """

    def made(hook: Hook) -> Hook:
        @wraps(hook)
        def guarded(plugin: Any, *given: Any, **named: Any) -> Any:
            try:
                return hook(plugin, *given, **named)
            except MkDocsException:
                raise
            except Exception as error:
                report_fault(str(internal_error(error, _place(given, named))))
                return otherwise(given[0]) if given else None

        return cast(Hook, guarded)

    return made


def _as_given(value: Any) -> Any:
    return value


def _place(given: tuple[Any, ...], named: dict[str, Any]) -> Position:
    """Return the place of what a hook was called for."""
    page = named.get("page") or (given[0] if given else None)
    file = getattr(getattr(page, "file", None), "abs_src_path", None)
    config = named.get("config") or (given[0] if given else None)
    file = file or getattr(config, "config_file_path", None) or "mkdocs.yml"
    return Position(display_path(Path(file)), 1, 1)


class _NoOptions(Config):
    """Hosts ask each plugin for the options it has."""


class MisnamedPlugin(BasePlugin[_NoOptions]):
    """Stands for the plugin under the name of the package, and says what to write."""

    def load_config(self, *given: Any, **named: Any) -> NoReturn:
        """Refuse to be configured, in the way that hosts report as a mistake of the site.

        Raises ValidationError.
        """
        raise ValidationError(
            "the plugin of mkdocs-annotate is called `annotate`: write `- annotate`"
        )


class MisnamedExtension:
    """Stands for the extension under other names, and says what to write.

    Raises ValueError, as Python-Markdown makes it.
    """

    def __init__(self, **given: Any) -> None:
        raise ValueError(
            "the extension of mkdocs-annotate is called `mkdocs_annotate`: "
            "write `- mkdocs_annotate`"
        )
