"""A page in spite of an error of ours: what can't be rendered is left out, and reported."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from mkdocs_annotate.model.internal_errors import internal_error
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Problem, in_order
from mkdocs_annotate.model.sidecar import Annotation, Article, Sidecar
from mkdocs_annotate.rendering.page import RenderedPage

MOST_TRIALS = 40
"""How often a page is rendered in search of what it fails for: one entry of 1,000 takes 20."""

Render = Callable[[Sidecar], RenderedPage]


def rendered(render: Render, html: str, sidecar: Sidecar) -> RenderedPage:
    """Return what `render` makes of `sidecar`, or of as much of it as can be rendered.

    Each entry that makes `render` fail is left out, with a problem of the rule `internal-error` at
    its place.  Where that does not help, the page is `html`, as the host made it.  Never raises
    an Exception.  Cost: one call of `render`, and at most `MOST_TRIALS` where it fails.
    """
    try:
        return render(sidecar)
    except Exception as error:
        return _rescued(render, html, sidecar, error)


def _rescued(render: Render, html: str, sidecar: Sidecar, error: Exception) -> RenderedPage:
    search = _Search(render, sidecar)
    try:
        sound = search.sound()
        page = render(sound)
    # Two entries fail together, or the page fails for no entry at all.
    except Exception:
        place = Position(sidecar.file, 1, 1)
        return RenderedPage(html, (internal_error(error, place),))
    return replace(page, problems=in_order([*page.problems, *search.problems]))


class _Search:
    """Finds the entries of a sidecar that can't be rendered, by halves."""

    def __init__(self, render: Render, sidecar: Sidecar) -> None:
        self.render = render
        self.sidecar = sidecar
        self.trials = 0
        self.problems: list[Problem] = []

    def sound(self) -> Sidecar:
        """Return the sidecar without the entries that make it fail, which become problems."""
        bare = replace(self.sidecar, annotations=())
        if error := self._error(bare):
            self.problems.append(internal_error(error, Position(self.sidecar.file, 1, 1)))
            bare = replace(bare, article=Article())
        self.sidecar = replace(self.sidecar, article=bare.article)
        return replace(bare, annotations=tuple(self._sound(self.sidecar.annotations)))

    def _sound(self, entries: Sequence[Annotation]) -> list[Annotation]:
        error = self._error(replace(self.sidecar, annotations=tuple(entries)))
        if error is None:
            return list(entries)
        if len(entries) < 2 or self.trials >= MOST_TRIALS:
            self.problems += [internal_error(error, entry.position) for entry in entries]
            return []
        middle = len(entries) // 2
        return self._sound(entries[:middle]) + self._sound(entries[middle:])

    def _error(self, sidecar: Sidecar) -> Exception | None:
        self.trials += 1
        try:
            self.render(sidecar)
        except Exception as error:
            return error
        return None
