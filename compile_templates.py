"""Writes the templates of each page's blocks as Python: `make templates`, after a change to one.

Jinja would need a tenth of a second to compile them in each build, and three times as long to fill
them.  The templates stay the only place where their HTML is written: a test compiles them anew.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, nodes
from jinja2.visitor import NodeTransformer

PATH = Path(__file__).parent / "mkdocs_annotate" / "rendering" / "block_html.py"
BLOCKS = {
    "panel": "panel: PanelView",
    "about": "panel: PanelView",
    "notes": "notes: tuple[NoteView, ...]",
    "sources": "sources: tuple[SourceView, ...]",
    "exports": "exports: tuple[ExportView, ...]",
    "orphans": "orphans: tuple[OrphanView, ...]",
    "index": "index: IndexView",
    "index-articles": "articles: ArticlesView",
    "index-definitions": "definitions: tuple[DefinitionsView, ...], level: int",
}
HEAD = '''\
"""The blocks of a page, from our templates: written by `compile_templates.py`, do not edit."""

# ruff: noqa
# fmt: off
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from mkdocs_annotate.rendering.translations import Wording
    from mkdocs_annotate.rendering.views import ArticlesView, DefinitionsView, ExportView
    from mkdocs_annotate.rendering.views import IndexView, NoteView, OrphanView, PanelView
    from mkdocs_annotate.rendering.views import SourceView


def escaped(value: object) -> str:
    """Return `value` as the templates show it: what is no HTML is escaped, as Jinja does it."""
    if isinstance(value, Markup):
        return value
    text = str(value)
    # Few texts have one of these signs, and there are ten texts in a note.
    if "&" in text or ">" in text or "<" in text or "'" in text or '"' in text:
        text = text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")
        text = text.replace("'", "&#39;").replace('"', "&#34;")
    return text


def attributes(values: Mapping[str, str] | None) -> str:
    """Return attributes for a tag, as Jinja's filter `xmlattr` writes them."""
    if not values:
        return ""
    return "".join(f' {name}="{escaped(value)}"' for name, value in values.items())
'''


class Joiner(NodeTransformer):
    """Makes one template of ours of all that it includes, imports and calls.

    Its methods are called by the kinds of nodes that they visit.
    """

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.macros: dict[str, nodes.Macro] = {}

    def tree(self, name: str) -> nodes.Template:
        """Return the template called `name`, of which nothing is overridden, as one."""
        tree: nodes.Template = self.visit(self._parsed(name))
        return tree

    def _parsed(self, name: str) -> nodes.Template:
        assert self.environment.loader is not None
        source, filename, _ = self.environment.loader.get_source(self.environment, name)
        return self.environment.parse(source, name, filename)

    def visit_Include(self, node: nodes.Include) -> nodes.Node | list[nodes.Node]:
        assert isinstance(node.template, nodes.Const)
        parsed = self._parsed(node.template.value)
        if extends := parsed.find(nodes.Extends):
            assert isinstance(extends.template, nodes.Const)
            own = {block.name: block.body for block in parsed.find_all(nodes.Block)}
            parsed = self._parsed(extends.template.value)
            for block in parsed.find_all(nodes.Block):
                block.body = own.get(block.name, block.body)
        tree: nodes.Template = self.visit(parsed)
        return tree.body

    def visit_Block(self, node: nodes.Block) -> list[nodes.Node]:
        self.generic_visit(node)
        return node.body

    def visit_FromImport(self, node: nodes.FromImport) -> list[nodes.Node]:
        assert isinstance(node.template, nodes.Const)
        found = self._parsed(node.template.value).find_all(nodes.Macro)
        self.macros.update((macro.name, macro) for macro in found)
        return []

    def visit_If(self, node: nodes.If) -> nodes.Node | list[nodes.Node]:
        self.generic_visit(node)
        # It asked whether a macro is there.
        return node if node.body or node.elif_ or node.else_ else []

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:
        """Put what a macro says in place of its calls."""
        made: list[nodes.Node] = []
        for part in node.nodes:
            called = part.node if isinstance(part, nodes.Call) else None
            if isinstance(part, nodes.Call) and _name_of(called) in self.macros:
                made.append(self._inlined(self.macros[_name_of(called)], part))
            elif made and isinstance(made[-1], nodes.Output):
                made[-1].nodes.append(self.visit(part))
            else:
                made.append(nodes.Output([self.visit(part)], lineno=node.lineno))
        return made

    def _inlined(self, macro: nodes.Macro, call: nodes.Call) -> nodes.With:
        names = [argument.name for argument in macro.args]
        values = dict(zip(names[len(names) - len(macro.defaults) :], macro.defaults, strict=True))
        values |= zip(names, call.args, strict=False)
        values |= {keyword.key: keyword.value for keyword in call.kwargs}
        targets = [nodes.Name(name, "store") for name in names]
        # Nodes know their environment, whose compiled templates can't be copied.
        known: dict[int, Any] = {id(self.environment): self.environment}
        body = deepcopy(macro.body, known)
        made = nodes.With(targets, [deepcopy(values[name], known) for name in names], body)
        made.set_lineno(call.lineno).set_environment(self.environment)
        self.generic_visit(made)
        return made

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:
        """Look words up that are always the same, instead of asking for them."""
        self.generic_visit(node)
        if _name_of(node.node) == "words" and len(node.args) == 1 and not node.kwargs:
            table = nodes.Getattr(node.node, "words", "load", environment=self.environment)
            return nodes.Getitem(table, node.args[0], "load", environment=self.environment)
        return node

    def visit_Filter(self, node: nodes.Filter) -> nodes.Expr:
        """Ask no filter for the attributes of an element that has none."""
        self.generic_visit(node)
        if node.name != "xmlattr" or node.node is None:
            return node
        return nodes.CondExpr(node.node, node, nodes.Const(""), environment=self.environment)


def _name_of(node: nodes.Node | None) -> str:
    return node.name if isinstance(node, nodes.Name) else ""


# What depends on the words of a language alone.
_SAID = re.compile(
    r'escaped\(words\.words\["[^"]*"\]\)|escaped\(words\("[^"]*"(?:, \w+="[^"]*")*\)\)'
    r"|attributes\(words\.(?:ours|theirs)\)"
)
_OPERATORS = {"eq": "==", "ne": "!=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=", "in": "in"}

COSTLY = ("paragraph",)
"""Attributes of views that are made when they are asked for: each loop asks once."""

Scope = dict[str, nodes.Expr | str]
"""What each name of a template is: an expression in its place, or a variable of the function."""


class FunctionWriter:
    """Writes one template as a function.

    What depends on the words alone is said once, before the loops.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.said: dict[str, str] = {}
        """The variables of what depends on the words alone, by its expression."""

        self.waiting: list[str] = []
        """The parts of an f-string that is not written yet."""

        self.count = 0

    def write(self, body: Sequence[nodes.Node], scope: Scope, indent: int) -> None:
        """Write statements of a template."""
        for node in body:
            if isinstance(node, nodes.Output):
                self.waiting += [self.part(one, scope) for one in node.nodes]
            elif isinstance(node, nodes.With):
                self.write(node.body, self.bound(node, scope, indent), indent)
            elif isinstance(node, nodes.Assign):
                for target, value in _assigned(node):
                    scope[target] = self.variable(value, scope, indent)
            elif isinstance(node, nodes.If):
                self.branch(node, scope, indent)
            elif isinstance(node, nodes.For):
                self.loop(node, scope, indent)
            else:
                raise TypeError(f"no Python for {node}")

    def flush(self, indent: int) -> None:
        """Write the parts that wait."""
        text = "".join(self.waiting)
        if len(self.waiting) == 1 and text[:1] == "{" and text[:2] != "{{":
            self.lines.append(f"{'    ' * indent}add({text[1:-1]})")
        elif text:
            prefix = "f" if "{" in text else ""
            self.lines.append(f"{'    ' * indent}add({prefix}'{text}')")
        self.waiting.clear()

    def part(self, node: nodes.Node, scope: Scope) -> str:
        """Return a part of what is put out, for an f-string."""
        if isinstance(node, nodes.TemplateData):
            text = node.data.replace("\\", r"\\").replace("'", r"\'").replace("\n", r"\n")
            return text.replace("{", "{{").replace("}", "}}")
        expression = self.expression(node, scope)
        if expression == '""':
            return ""
        if not expression.startswith("attributes("):
            expression = f"escaped({expression})"
        return f"{{{self.hoisted(expression)}}}"

    def hoisted(self, expression: str) -> str:
        """Return the variable of an expression of the words alone, else the expression."""
        if not _SAID.fullmatch(expression):
            return expression
        return self.said.setdefault(expression, f"said_{len(self.said) + 1}")

    def bound(self, node: nodes.With, scope: Scope, indent: int) -> Scope:
        """Return the scope of a `with`; simple values stand in place of their names."""
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            assert isinstance(target, nodes.Name)
            inner[target.name] = self.variable(value, scope, indent)
        return inner

    def variable(self, value: nodes.Expr, scope: Scope, indent: int) -> str:
        """Return an expression that costs nothing to repeat; else one in a variable."""
        expression = self.expression(value, scope)
        if "(" not in expression and " if " not in expression:
            return expression
        self.flush(indent)
        self.count += 1
        name = f"value_{self.count}"
        self.lines.append(f"{'    ' * indent}{name} = {expression}")
        return name

    def branch(self, node: nodes.If, scope: Scope, indent: int) -> None:
        """Write an `if`; one of which the answer is known as what follows from it."""
        test = self.expression(node.test, scope)
        if test in ('""', "{}"):
            rest = node.elif_[0] if node.elif_ else None
            self.write([rest] if rest else node.else_, scope, indent)
            return
        self.flush(indent)
        branches = [("if", test, node.body)]
        branches += [("elif", self.expression(e.test, scope), e.body) for e in node.elif_]
        if node.else_:
            branches.append(("else", "", node.else_))
        for word, condition, statements in branches:
            self.lines.append(f"{'    ' * indent}{word}{f' {condition}' if condition else ''}:")
            before = len(self.lines)
            self.write(statements, dict(scope), indent + 1)
            self.flush(indent + 1)
            body = [line.strip() for line in self.lines[before:]]
            if len(body) < 2 and not (body and body[0].endswith(":")):
                self.lines[before - 1 :] = [
                    f"{self.lines[before - 1]} {body[0] if body else 'pass'}"
                ]

    def loop(self, node: nodes.For, scope: Scope, indent: int) -> None:
        """Write a `for`."""
        assert isinstance(node.target, nodes.Name)
        self.flush(indent)
        name, items = node.target.name, self.expression(node.iter, scope)
        asks = any(
            isinstance(one.node, nodes.Name) and one.node.name == "loop"
            for one in node.find_all(nodes.Getattr)
        )
        inner: Scope = {**scope, name: name}
        if asks:
            self.count += 1
            number = f"left_{self.count}"
            inner["loop.last"] = f"not {number}"
            each = f"for {number}, {name} in zip(range(len({items}) - 1, -1, -1), {items}):"
        else:
            each = f"for {name} in {items}:"
        self.lines.append(f"{'    ' * indent}{each}")
        for attribute in node.find_all(nodes.Getattr):
            if attribute.attr in COSTLY and f"{name}.{attribute.attr}" not in inner:
                inner[f"{name}.{attribute.attr}"] = attribute.attr
                self.lines.append(
                    f"{'    ' * (indent + 1)}{attribute.attr} = {name}.{attribute.attr}"
                )
        self.write(node.body, inner, indent + 1)
        self.flush(indent + 1)
        if node.else_:
            self.lines.append(f"{'    ' * indent}if not {items}:")
            self.write(node.else_, dict(scope), indent + 1)
            self.flush(indent + 1)

    def expression(self, node: nodes.Node, scope: Scope) -> str:
        """Return an expression of a template as one of Python."""
        if isinstance(node, nodes.Const):
            return f'"{node.value}"' if isinstance(node.value, str) else repr(node.value)
        if isinstance(node, nodes.Name):
            return str(scope[node.name])
        if isinstance(node, nodes.Getattr):
            if isinstance(node.node, nodes.Name) and node.node.name == "loop":
                return str(scope[f"loop.{node.attr}"])
            expression = f"{self.expression(node.node, scope)}.{node.attr}"
            return str(scope.get(expression, expression))
        return self.larger(node, scope)

    def larger(self, node: nodes.Node, scope: Scope) -> str:
        """Return an expression that is made of others."""
        parts = [self.expression(one, scope) for one in _operands(node)]
        if isinstance(node, nodes.Getitem):
            return f"{parts[0]}[{parts[1]}]"
        if isinstance(node, nodes.Call):
            named = [f"{one.key}={self.expression(one.value, scope)}" for one in node.kwargs]
            return f"{parts[0]}({', '.join([*parts[1:], *named])})"
        if isinstance(node, nodes.Filter) and node.name == "xmlattr":
            return f"attributes({parts[0]})"
        if isinstance(node, nodes.Filter) and node.name == "length":
            return f"len({parts[0]})"
        if isinstance(node, nodes.CondExpr):
            return self.condition(node, scope)
        if isinstance(node, (nodes.And, nodes.Or)):
            known = [one for one in parts if one not in ('""', "{}")]
            if isinstance(node, nodes.Or) and len(known) < len(parts):
                return known[0] if known else '""'
            return f"({parts[0]} {'or' if isinstance(node, nodes.Or) else 'and'} {parts[1]})"
        if isinstance(node, nodes.Compare):
            return f"{parts[0]} {_OPERATORS[node.ops[0].op]} {parts[1]}"
        if isinstance(node, nodes.Dict):
            pairs = (
                (self.expression(p.key, scope), self.expression(p.value, scope)) for p in node.items
            )
            return f"{{{', '.join(f'{key}: {value}' for key, value in pairs)}}}"
        return self.test(node, parts)

    def test(self, node: nodes.Node, parts: list[str]) -> str:
        """Return a test; what a function is given is defined."""
        if isinstance(node, nodes.Test) and node.name == "defined":
            return "True"
        if isinstance(node, nodes.Filter) and node.name == "length":
            return f"len({parts[0]})"
        if isinstance(node, nodes.Not):
            return '""' if parts[0] == "True" else f"not {parts[0]}"
        raise TypeError(f"no Python for {node}")

    def condition(self, node: nodes.CondExpr, scope: Scope) -> str:
        """Return an expression with an `if`; an attribute that is empty is written as nothing."""
        test = self.expression(node.test, scope)
        value = self.expression(node.expr1, scope)
        other = self.expression(node.expr2, scope) if node.expr2 else '""'
        if test in ('""', "{}"):
            return other
        if value == f"attributes({test})" and other == '""':
            return value
        return f"({value} if {test} else {other})"


def _assigned(node: nodes.Assign) -> list[tuple[str, nodes.Expr]]:
    """Return what a `set` sets, each name with its value."""
    targets, values = [node.target], [node.node]
    if isinstance(node.target, nodes.Tuple) and isinstance(node.node, nodes.Tuple):
        targets, values = node.target.items, node.node.items
    names = [target.name for target in targets if isinstance(target, nodes.Name)]
    return list(zip(names, values, strict=True))


def _operands(node: nodes.Node) -> list[nodes.Expr]:
    if isinstance(node, nodes.Getitem):
        return [node.node, node.arg]
    if isinstance(node, nodes.Call):
        return [node.node, *node.args]
    if isinstance(node, (nodes.And, nodes.Or)):
        return [node.left, node.right]
    if isinstance(node, nodes.Compare):
        return [node.expr, node.ops[0].expr]
    if isinstance(node, (nodes.Filter, nodes.Test, nodes.Not)) and node.node is not None:
        return [node.node]
    return []


def functions() -> Iterator[str]:
    """Yield the functions of all blocks."""
    loader = FileSystemLoader(PATH.parent / "templates")
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    for name, given in BLOCKS.items():
        tree = Joiner(environment).tree(f"{name}.html")
        writer = FunctionWriter()
        arguments = [
            one.partition(":")[0].strip()
            for one in f"{given}, words".split(", ")
            if ":" in one or one == "words"
        ]
        writer.write(tree.body, {one: one for one in arguments}, 1)
        writer.flush(1)
        said = [f"    {variable} = {expression}" for expression, variable in writer.said.items()]
        head = f"def {_function(name)}({given}, words: Wording) -> str:"
        about = f'    """Return the block of `{name}.html`."""'
        begin = ["    turns = words.turns", "    html: list[str] = []", "    add = html.append"]
        lines = [line.replace("words.turns(", "turns(") for line in writer.lines]
        yield "\n".join([head, about, *begin, *said, *lines, '    return "".join(html).strip()'])


def _function(name: str) -> str:
    return name.replace("-", "_")


def compiled() -> str:
    """Return the module of all blocks."""
    names = ", ".join(f'"{name}.html": {_function(name)}' for name in BLOCKS)
    return "\n\n".join(
        [
            HEAD,
            *(f"{one}\n" for one in functions()),
            f"BLOCKS: dict[str, Callable[..., str]] = {{{names}}}\n",
        ]
    )


if __name__ == "__main__":
    PATH.write_text(compiled(), "utf-8")
