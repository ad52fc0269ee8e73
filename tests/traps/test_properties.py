"""What holds for any article and any set of passages, judged by an independent parser."""

import re

import html5lib
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import markdown

from mkdocs_annotate.anchoring.anchors import Anchor, anchor
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.pinning import pin
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import Annotation, Quote, Sidecar
from mkdocs_annotate.rendering.page import render_page
from mkdocs_annotate.rendering.site import Presentation, Site
from mkdocs_annotate.rendering.splice import without_annotations

XHTML = "{http://www.w3.org/1999/xhtml}"
NOT_INSIDE = (
    "a button label summary option h1 h2 h3 h4 h5 h6 pre code kbd samp sub sup ruby".split()
)
EXTENSIONS = ["extra", "toc", "sane_lists", "admonition"]
CONFIGS = {"toc": {"permalink": True}}

WORDS = st.sampled_from(
    [
        *(
            "the",
            "ferry",
            "harbour wall",
            "*was*",
            "**built in**",
            "1794",
            "`x = 1`",
            "[a link](b.md)",
        ),
        *(
            "word[^1]",
            "&amp;",
            "“quoted”",
            "it’s",
            "Über",
            "cafe\u0301",
            "İstanbul",
            "漢字です",
            "…",
        ),
        *(
            "👩‍🔬",
            "🇺🇦🇵🇱",
            "مرحبا",
            "--",
            "one<br>two",
            "<kbd>Ctrl</kbd>",
            "H<sub>2</sub>O",
            "**the",
        ),
        *("[*deep* link](c.md)", "![words](d.png)", "<span>in span</span>", "ﬁne", "a&nbsp;b"),
        "soft\u00adhyphen",
    ]
)
LINE = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
BLOCK = st.one_of(
    LINE,
    LINE.map(lambda line: f"## {line}"),
    st.lists(LINE, min_size=1, max_size=3).map(lambda lines: "\n".join(f"- {x}" for x in lines)),
    st.lists(LINE, min_size=1, max_size=2).map(lambda lines: "\n".join(f"> {x}" for x in lines)),
    LINE.map(lambda line: f"```\n{line}\n```"),
    LINE.map(lambda line: f"| a | b |\n|---|---|\n| {line.replace('|', '')} | the |"),
    LINE.map(lambda line: f'!!! note "the"\n    {line}'),
    LINE.map(lambda line: f"<details><summary>the {line}</summary><p>{line}</p></details>"),
)
ARTICLE = st.lists(BLOCK, min_size=1, max_size=6).map(
    lambda blocks: "\n\n".join(["# The title", *blocks, "[^1]: The note."])
)


def rendered(source):
    return markdown(source, extensions=EXTENSIONS, extension_configs=CONFIGS).strip()


def passages(data, page, most):
    """Draw whole-word passages of `page`; they overlap as they like."""
    starts = [found.start() for found in re.finditer(r"\S+", page.text)]
    ends = [found.end() for found in re.finditer(r"\S+", page.text)]
    count = data.draw(st.integers(1, most))
    for _ in range(count):
        first = data.draw(st.integers(0, len(starts) - 1))
        last = min(len(ends) - 1, first + data.draw(st.integers(0, 12)))
        yield Range(starts[first], ends[last])


def annotation(number, place, page):
    """Return an annotation that quotes `place`, pinned; None where it can't be marked."""
    words = page.text[place.start : place.end]
    pinned = pin(words, place, page)
    if pinned is None:
        return None
    return Annotation(
        pinned.of(Quote(words)), f"a{number}", ("context", "opinion")[number % 2], note="n"
    )


@settings(deadline=None, derandomize=True, max_examples=60)
@given(ARTICLE, st.data())
def test_a_quote_made_from_a_place_leads_back_to_it(source, data):
    page = Page(project(rendered(source)), source)

    for number, place in enumerate(passages(data, page, 3)):
        made = annotation(number, place, page)
        if made is not None:
            answer = anchor(made, page)
            assert isinstance(answer, Anchor), made
            assert answer.ranges == (place,)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(ARTICLE, st.data())
def test_marks_change_nothing_but_add_themselves(source, data):
    html = rendered(source)
    page = Page(project(html), source)
    drawn = [
        annotation(number, place, page) for number, place in enumerate(passages(data, page, 8))
    ]
    sidecar = Sidecar("a.annotations.yml", annotations=tuple(filter(None, drawn)))

    result = render_page(html, source, sidecar, Site(), Presentation(), lambda link: link.address)

    assert without_annotations(result.html) == html
    before, after = html5lib.parse(html), html5lib.parse(result.html)
    wrappers = [e for e in after.iter() if "ann-m" in (e.get("class") or "").split()]
    assert len(wrappers) == len(re.findall(r'<(?:mark|span) class="ann-m ', result.html))
    assert _leaves(after) == _leaves(before)
    for element in after.iter():
        if str(element.tag).removeprefix(XHTML) in NOT_INSIDE:
            inside = [e for e in element.iter() if "ann-ref" in (e.get("class") or "").split()]
            assert inside in ([], [element]), element.tag
    words = _words_by_key(after)
    for anchored in result.anchoring.anchors:
        quoted = "".join(anchored.annotation.quote.exact.split())
        assert words[anchored.annotation.id] == quoted
    ids = [e.get("id") for e in after.iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def _leaves(tree):
    """Return text and tags of a tree in order, our own parts left out."""
    found: list[str] = []
    waiting = [(tree, False)]
    while waiting:
        node, end = waiting.pop()
        if isinstance(node, str):
            found.append(node)
            continue
        classes = (node.get("class") or "").split()
        ours = [name for name in classes if name.startswith("ann-") or name == "ann"]
        if end:
            if not ours:
                found.append(f"</{node.tag}>")
            continue
        if {"ann-ref", "ann-panel", "ann-about", "ann-notes", "ann-sources"} & set(classes):
            continue
        if not ours and isinstance(node.tag, str):
            found.append(f"<{node.tag} {sorted(node.attrib.items())}>")
        if not isinstance(node.tag, str):
            continue
        waiting.append((node, True))
        for child in reversed(list(node)):
            waiting.append((child.tail or "", False))
            waiting.append((child, False))
        waiting.append((node.text or "", False))
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", " ".join("".join(found).split()))


def _words_by_key(tree):
    """Return the visible words of each annotation's pieces, without white space."""
    words: dict[str, str] = {}
    for element in tree.iter():
        if "ann-m" in (element.get("class") or "").split():
            key = element.get("data-ann") or element.get("id").removeprefix("ann-")
            words[key] = words.get(key, "") + "".join(_visible(element).split())
    return words


def _visible(element):
    classes = (element.get("class") or "").split()
    if {"ann-ref", "headerlink", "footnote-ref", "footnote-backref"} & set(classes):
        return ""
    text = element.text or ""
    for child in element:
        text += (_visible(child) if isinstance(child.tag, str) else "") + (child.tail or "")
    return text
