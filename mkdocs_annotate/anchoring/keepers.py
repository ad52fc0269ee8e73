"""Elements of a page that no reference may stand in: where they lie."""

from mkdocs_annotate.model.places import Span


class Keepers:
    """Elements that no reference may stand in, as their tags come by.

    One that is never closed doesn't count.
    """

    def __init__(self) -> None:
        self.waiting: list[tuple[str, int]] = []
        self.open_names: dict[str, int] = {}
        self.spans: list[Span] = []

    def open(self, name: str, start: int) -> None:
        """Begin an element that begins at `start` of the HTML."""
        self.waiting.append((name, start))
        self.open_names[name] = self.open_names.get(name, 0) + 1

    def open_other(self, name: str) -> None:
        """Begin an element that is no keeper, but whose end tag looks like that of one."""
        if self.open_names.get(name):
            self.open(name, -1)

    def close(self, name: str, end: int) -> None:
        """End the innermost element called `name`, and all that is open in it."""
        if not self.open_names.get(name):
            return
        found, start = "", -1
        while found != name:
            found, start = self.waiting.pop()
            self.open_names[found] -= 1
        if start >= 0:
            self.closed(start, end)

    def closed(self, start: int, end: int) -> None:
        """Add a whole element; those within it don't count any more."""
        while self.spans and self.spans[-1].start >= start:
            self.spans.pop()
        self.spans.append(Span(start, end))

    def outermost(self) -> tuple[Span, ...]:
        """Return the elements that are not within others, in order."""
        return tuple(self.spans)
