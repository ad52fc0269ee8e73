"""All names of MkDocs that we use; no other module imports MkDocs or ProperDocs, its fork."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

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
    """Return the plugin's `hook`, wrapped so that an error of ours does not end the build.

    After an error it returns its first argument unchanged, and the error is logged as a problem of
    the rule `internal-error`: of the page, if the hook is called for one, else of the site's
    configuration.  Exceptions by which MkDocs ends a build are raised again.
    """
    return safe_or(_as_given)(hook)


def safe_or(otherwise: Callable[[Any], Any]) -> Callable[[Hook], Hook]:
    """Return a wrapper like `safe`, for a hook that must not return its argument unchanged.

    After an error the hook returns `otherwise` of its first argument.
    """

    def made(hook: Hook) -> Hook:
        @wraps(hook)
        def guarded(plugin: Any, *given: Any, **named: Any) -> Any:
            try:
                return hook(plugin, *given, **named)
            except MkDocsException:
                raise
            except Exception as error:
                _report(error, given, named)
                return otherwise(given[0]) if given else None

        return cast(Hook, guarded)

    return made


def _as_given(value: Any) -> Any:
    return value


def _report(error: Exception, given: tuple[Any, ...], named: dict[str, Any]) -> None:
    """Log `error` as a problem at the place of what a hook was called for."""
    # Imported here, as most builds have no such error, and start sooner without.
    from mkdocs_annotate.files.paths import display_path
    from mkdocs_annotate.hosts.logs import report_internal_error
    from mkdocs_annotate.model.problems import Position
    from mkdocs_annotate.model.reporting import internal_error

    page = named.get("page") or (given[0] if given else None)
    file = getattr(getattr(page, "file", None), "abs_src_path", None)
    config = named.get("config") or (given[0] if given else None)
    file = file or getattr(config, "config_file_path", None) or "mkdocs.yml"
    report_internal_error(internal_error(error, Position(display_path(Path(file)), 1, 1)))


class _NoOptions(Config):
    """Hosts ask each plugin for its options; this one has none of its own."""


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
