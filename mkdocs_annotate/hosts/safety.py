"""Hooks that can't end a build: an error of ours is reported, and the build goes on."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

from mkdocs_annotate.hosts.mkdocs_api import MkDocsException

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
                _report(error, given, named)
                return otherwise(given[0]) if given else None

        return cast(Hook, guarded)

    return made


def _as_given(value: Any) -> Any:
    return value


def _report(error: Exception, given: tuple[Any, ...], named: dict[str, Any]) -> None:
    """Log `error` as a problem at the place of what a hook was called for."""
    # Imported here, as most builds have no such error, and start sooner without.
    from mkdocs_annotate.hosts.reporting import report_fault
    from mkdocs_annotate.model.internal_errors import internal_error
    from mkdocs_annotate.model.places import Position
    from mkdocs_annotate.sidecar.files import display_path

    page = named.get("page") or (given[0] if given else None)
    file = getattr(getattr(page, "file", None), "abs_src_path", None)
    config = named.get("config") or (given[0] if given else None)
    file = file or getattr(config, "config_file_path", None) or "mkdocs.yml"
    report_fault(str(internal_error(error, Position(display_path(Path(file)), 1, 1))))
