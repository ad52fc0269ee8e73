"""Parts of a page as text that people read and compare: what a case asks of a page by `look at`.

| a case asks for       | it gets                                                                |
|-----------------------|------------------------------------------------------------------------|
| `marks`               | the article's HTML, our tags as signs: `{a:` and `}` around the passage |
|                       | of the annotation `a`, `^1` for its reference                          |
| `.ann-note b`         | the elements, one a line                                               |
| `words of .ann-note`  | their words, one element a line                                        |
| `href of .ann-note a` | an attribute of them, one element a line                               |
| `names of .ann-note`  | their names with their classes: `li.ann-note`                          |
| `number of .ann-note` | how many there are                                                     |
"""

import re
from collections.abc import Iterator
from html import escape
from typing import Any

import html5lib

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
BLOCKS = frozenset(
    "dd div dl dt h1 h2 h3 h4 h5 h6 li ol p section summary table td th tr ul".split()
)
WIDTH = 96

OURS = re.compile(
    r"<!--ann-->.*?<!--/ann-->"
    r"|<sup class=\"ann-ref[^>]*>.*?>(?P<number>\d+)</a></sup>"
    r"|<(?P<name>mark|span)(?: class=\"ann-m [^>\"]*\""
    r"(?: id=\"ann-(?P<first>[^\"]*)\")?(?: data-ann=\"(?P<key>[^\"]*)\")?"
    r"(?: data-ann-say=\"[^\"]*\")?)?[^>]*>"
    r"|</(?P<end>mark|span)>",
    re.DOTALL,
)


def with_signs(html: str) -> str:
    """Return the article of an annotated page, with our tags as short signs."""
    waiting: list[str | None] = []

    def sign(found: re.Match[str]) -> str:
        if found["number"]:
            return f"^{found['number']}"
        if found["name"]:
            waiting.append(key := found["key"] or found["first"])
            return f"{{{key}:" if key else found.group()
        if found["end"]:
            return "}" if waiting and waiting.pop() else found.group()
        return ""

    return OURS.sub(sign, html)


def parts(html: str, wanted: list[str]) -> dict[str, Any]:
    """Return what each of `wanted` finds in `html`, as browsers read it."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return {one: with_signs(html).strip() if one == "marks" else _part(tree, one) for one in wanted}


def _part(tree: Any, wanted: str) -> Any:
    what, _, selector = wanted.rpartition(" of ")
    found = list(selected(tree, selector))
    if what == "number":
        return len(found)
    if what == "names":
        return "\n".join(".".join([_name(one), *(one.get("class") or "").split()]) for one in found)
    if what == "words":
        return "\n".join(map(words, found))
    if what:
        return "\n".join(str(element.get(what)) for element in found)
    return "\n".join(line for element in found for line in lines(element))


def words(element: Any) -> str:
    """Return the words of `element` in one line."""
    return " ".join("".join(_said(element)).split())


def _said(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            between = " " if child.tag in BLOCKS else ""
            yield between
            yield from _said(child)
            yield between
        yield child.tail or ""


_STEP = re.compile(r"([.#]?)([\w-]+)|\[([\w-]+)\]")


def selected(tree: Any, selector: str) -> Iterator[Any]:
    """Return the elements that fit one of the selectors, in the order of the page.

    A selector is made of names, classes, ids and attributes; a space means: anywhere in.
    """
    ways = [way.split() for way in selector.split(",")]

    def walk(element: Any, above: tuple[Any, ...]) -> Iterator[Any]:
        if isinstance(element.tag, str):
            if any(_leads(way, (*above, element)) for way in ways):
                yield element
            for child in element:
                yield from walk(child, (*above, element))

    return walk(tree, ())


def _leads(way: list[str], line: tuple[Any, ...]) -> bool:
    *before, last = way
    if not _fits(line[-1], last):
        return False
    above = list(line[:-1])
    for step in reversed(before):
        while above and not _fits(above[-1], step):
            above.pop()
        if not above:
            return False
        above.pop()
    return True


def _fits(element: Any, step: str) -> bool:
    for sign, name, attribute in _STEP.findall(step):
        given = {"": [_name(element)], ".": (element.get("class") or "").split()}
        given["#"] = [element.get("id")]
        if attribute and element.get(attribute) is None:
            return False
        if not attribute and name not in given[sign]:
            return False
    return True


def _name(element: Any) -> str:
    """Return the name of `element`, whether of HTML or of a drawing."""
    return str(element.tag).rpartition("}")[2]


def lines(element: Any, indent: str = "") -> Iterator[str]:
    """Return the HTML of `element`, one element a line; short ones without others in one line."""
    attributes = "".join(
        f' {name}="{_text(value).replace(chr(34), "&quot;")}"'
        for name, value in element.attrib.items()
    )
    name = _name(element)
    tag = f"<{name}{attributes}>"
    if name in VOID:
        yield indent + tag
        return
    inner = [one for one in element if isinstance(one.tag, str)]
    short = f"{indent}{tag}{_text(element.text)}</{name}>"
    if not inner and len(short) <= WIDTH:
        yield short
        return
    yield indent + tag
    deeper = f"{indent}  "
    yield from _text_lines(element.text, deeper)
    for child in element:
        if isinstance(child.tag, str):
            yield from lines(child, deeper)
        yield from _text_lines(child.tail, deeper)
    yield f"{indent}</{name}>"


def _text(text: str | None) -> str:
    """Return `text` as HTML in one line, with the spaces that a line may not be broken at."""
    line = escape(re.sub(r"[ \t\n]+", " ", text or "").strip(" "), quote=False)
    return line.replace("\N{NARROW NO-BREAK SPACE}", "&#8239;").replace("\xa0", "&nbsp;")


def _text_lines(text: str | None, indent: str) -> Iterator[str]:
    if said := _text(text):
        yield indent + said
