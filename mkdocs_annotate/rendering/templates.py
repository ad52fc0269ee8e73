"""The templates of blocks, ours and those with which a site overrides them: the one door to Jinja.

A site's templates are code of the site, as those of its theme are; what they print is escaped all
the same. Where one fails there is a problem, and the block is made with our template.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.model.messages import did_you_mean
from mkdocs_annotate.model.problems import Mistake, Position, Problem, Rule, shown
from mkdocs_annotate.rendering.block_html import BLOCKS
from mkdocs_annotate.rendering.translations import Wording

if TYPE_CHECKING:
    from mkdocs_annotate.rendering.views import (
        ArticlesView,
        DefinitionsView,
        ExportView,
        IndexView,
        NoteView,
        OrphanView,
        PanelView,
        SourceView,
    )

NAMES = (
    "panel.html",
    "about.html",
    "notes.html",
    "note.html",
    "sources.html",
    "source.html",
    "exports.html",
    "orphans.html",
    "link.html",
    "index.html",
    "index-source.html",
    "index-passages.html",
    "index-pages.html",
    "index-articles.html",
    "index-definitions.html",
)
"""The templates there are."""

OURS = "default"
"""The folder in which a site's templates find ours."""


class Templates:
    """The templates of a site: for each name the first that `folders` have, else ours.

    Each is compiled once, and again when its file has changed.
    """

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self.folders = tuple(folders)
        if folders:
            package = PackageLoader("mkdocs_annotate.rendering")
            own = _SiteLoader([str(folder) for folder in folders])
            self._sites = Environment(
                loader=ChoiceLoader([own, package, PrefixLoader({OURS: package})]),
                autoescape=True,
                undefined=StrictUndefined,
                trim_blocks=True,
                lstrip_blocks=True,
            )

    def __reduce__(self) -> tuple[type, tuple[tuple[Path, ...]]]:
        """Return how another process makes the same templates: those of Jinja can't be sent."""
        return Templates, (self.folders,)

    def fill(self, name: str, **values: object) -> tuple[str, Problem | None]:
        """Return the block that the template `name` makes of `values`, and the problems.

        Where a site's template fails the block is made with ours.
        """
        problem = None
        if self.folders:
            try:
                return self._sites.get_template(name).render(**values).strip(), None
            # A template is code: it may raise anything.
            except Exception as error:
                problem = self._problem(error, name, values)
        return BLOCKS[name](**values), problem

    def _problem(self, error: Exception, name: str, values: dict[str, object]) -> Problem:
        file, line = self._place(error, name)
        message, hint = _explained(error, values)
        position = Position(display_path(file), line, 1)
        return Problem(position, Rule.BAD_TEMPLATE, f"{message}; our own template is used", hint)

    def _place(self, error: Exception, name: str) -> tuple[Path, int]:
        """Return the file and line of the site's that `error` comes from."""
        if isinstance(error, TemplateSyntaxError) and error.filename:
            return Path(error.filename), error.lineno
        places = [place for place in _frames(error) if self._has(place[0])]
        if places:
            return places[-1]
        # Files that can't be read, and ours that fail with what a site's gave them.
        return next(_overriding(self.folders, first=name), self.folders[0]), 1

    def _has(self, path: Path) -> bool:
        return any(folder in path.parents for folder in self.folders)


def templates_of(folders: Sequence[Path] = ()) -> Templates:
    """Return the templates of a site that has some of its own in `folders`, the first one first.

    They are kept until one of these folders gets or loses a template of our names.  Cost: a look
    at the disk for each name in each folder.
    """
    return _kept(tuple(_overriding(folders)), tuple(folders))


@lru_cache(maxsize=8)
def _kept(overriding: tuple[Path, ...], folders: tuple[Path, ...]) -> Templates:
    return Templates(folders if overriding else ())


def _overriding(folders: Sequence[Path], first: str = "") -> Iterator[Path]:
    """Yield the files that stand for ours, `first` first."""
    names = sorted(NAMES, key=lambda name: name != first)
    return (path for name in names for folder in folders if (path := folder / name).is_file())


class _NotShown(TemplateSyntaxError):
    """A template that Jinja reads, and of which nothing would be shown; `hint` says what to do."""

    def __init__(self, mistake: Mistake, line: int, name: str, filename: str) -> None:
        super().__init__(mistake.message, line, name, filename)
        self.hint = mistake.hint


class _SiteLoader(FileSystemLoader):
    """Loads a site's templates, and refuses those whose blocks would be shown nowhere."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, filename, is_fresh = super().get_source(environment, template)
        tree = environment.parse(source, template, filename)
        base, line = _extended(tree)
        if base == template:
            mistake = Mistake("the template extends itself", f"ours is called {OURS}/{template}")
            raise _NotShown(mistake, line, template, filename)
        if base:
            known = _blocks(environment, base, {template})
            for block in tree.body:
                if isinstance(block, nodes.Block) and known and block.name not in known:
                    hint = did_you_mean(block.name, known) or f"it has {', '.join(known)}"
                    mistake = Mistake(f"{base} has no block `{block.name}`", hint)
                    raise _NotShown(mistake, block.lineno, template, filename)
        return source, filename, is_fresh


def _extended(tree: nodes.Template) -> tuple[str, int]:
    """Return the template that `tree` extends, and the line that says so.

    The name is empty if there is none, or if it is computed.
    """
    extends = tree.find(nodes.Extends)
    if extends is None or not isinstance(extends.template, nodes.Const):
        return "", 0
    return str(extends.template.value), extends.lineno


def _blocks(environment: Environment, name: str, seen: set[str]) -> list[str]:
    """Return the names of the blocks of the template `name` and of those that it extends.

    None of one that is missing: Jinja tells of that, with the line that names it.
    """
    assert environment.loader is not None
    if name in seen:
        return []
    try:
        source, filename, _ = environment.loader.get_source(environment, name)
    except TemplateNotFound:
        return []
    tree = environment.parse(source, name, filename)
    blocks = [block.name for block in tree.find_all(nodes.Block)]
    base, _ = _extended(tree)
    return blocks + (_blocks(environment, base, {*seen, name}) if base else [])


def _frames(error: Exception) -> Iterator[tuple[Path, int]]:
    """Yield the places that `error` went through; Jinja gives frames the lines of templates."""
    traceback = error.__traceback__
    while traceback is not None:
        yield Path(traceback.tb_frame.f_code.co_filename), traceback.tb_lineno
        traceback = traceback.tb_next


def _explained(error: Exception, values: dict[str, object]) -> tuple[str, str]:
    """Return what is wrong, and what to do about it."""
    if isinstance(error, TemplateNotFound):
        known = [*NAMES, *(f"{OURS}/{name}" for name in NAMES)]
        name = shown(str(error.name))
        hint = did_you_mean(name, known) or f"ours are {', '.join(known[len(NAMES) :])}"
        return f"there is no template `{name}`", hint
    message = shown(" ".join(str(error.args[0] if error.args else "").split()))
    if isinstance(error, TemplateSyntaxError):
        hint = error.hint if isinstance(error, _NotShown) else "correct the template"
        return message.rstrip("."), hint
    if isinstance(error, UndefinedError):
        return message, _defined(message, values)
    if isinstance(error, KeyError):
        return f"there are no words, or no entry, called `{message}`", "correct the name"
    if isinstance(error, RecursionError):
        return "the template includes or extends itself", f"ours are called {OURS}/…"
    if isinstance(error, UnicodeDecodeError):
        return "the template is not UTF-8 text", "save it as UTF-8"
    return f"{type(error).__name__}: {message}", "correct the template"


def _defined(message: str, values: dict[str, object]) -> str:
    """Return which name may have been meant by the one that is undefined."""
    missing = re.match(r"'(\w+)' is undefined$", message)
    known = [name for name in values if name != "words"]
    if missing:
        return did_you_mean(missing[1], [*values, "words"]) or f"it is given {known[0]} and words"
    found = re.search(r"has no attribute '(\w+)'$", message)
    near = did_you_mean(found[1], _attributes(values)) if found else ""
    return near or "the reference of templates says what each is given"


def _attributes(values: dict[str, object]) -> set[str]:
    """Return the attributes of all that `values` hold."""
    names: set[str] = set()
    waiting = list(values.values())
    while waiting:
        value = waiting.pop()
        if isinstance(value, tuple):
            names.update(getattr(value, "_fields", ()))
            waiting += value
        elif hasattr(value, "__dataclass_fields__"):
            names |= vars(value).keys()
            waiting += vars(value).values()
    return names


class BlockMaker:
    """Makes the blocks of one page, and collects the problems of templates."""

    def __init__(self, templates: Templates, wording: Wording) -> None:
        self.templates = templates
        self.wording = wording
        self.problems: list[Problem] = []

    def panel(self, panel: "PanelView") -> str:
        """Return the line above the article."""
        return self._filled("panel.html", panel=panel)

    def about(self, panel: "PanelView") -> str:
        """Return the block behind the article: the meaning of marks, and lists of passages."""
        return self._filled("about.html", panel=panel)

    def notes(self, notes: "tuple[NoteView, ...]") -> str:
        """Return the list of notes; empty without any."""
        return self._filled("notes.html", notes=notes) if notes else ""

    def sources(self, sources: "tuple[SourceView, ...]") -> str:
        """Return the list of sources; empty without any."""
        return self._filled("sources.html", sources=sources) if sources else ""

    def exports(self, exports: "tuple[ExportView, ...]") -> str:
        """Return the links to what programs can read; empty without any."""
        return self._filled("exports.html", exports=exports) if exports else ""

    def orphans(self, orphans: "tuple[OrphanView, ...]") -> str:
        """Return the box of what is wrong, for a preview; empty where nothing is."""
        return self._filled("orphans.html", orphans=orphans) if orphans else ""

    def index(self, index: "IndexView") -> str:
        """Return one page of an index of passages or sources."""
        return self._filled("index.html", index=index)

    def articles(self, articles: "ArticlesView") -> str:
        """Return one page of the table of articles."""
        return self._filled("index-articles.html", articles=articles)

    def definitions(self, definitions: "tuple[DefinitionsView, ...]", level: int) -> str:
        """Return the kinds and what they mean, under headings of `level`."""
        return self._filled("index-definitions.html", definitions=definitions, level=level)

    def _filled(self, name: str, **values: object) -> str:
        html, problem = self.templates.fill(name, **values, words=self.wording)
        if problem is not None:
            self.problems.append(problem)
        return html
