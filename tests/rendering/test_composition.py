"""Anchors to keys, numbers, lanes and tags; and what holds for any article, as browsers read it."""

import re

import html5lib
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.anchoring.anchors import Anchor
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.problems import Position
from mkdocs_annotate.model.sidecar import Annotation, Quote
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY, Group, Kind, Vocabulary
from mkdocs_annotate.rendering.composition import Composer
from mkdocs_annotate.rendering.splice import spliced, without_annotations
from mkdocs_annotate.rendering.translations import wording_of

HTML = "<p>one two three four five</p>"
KEY = Kind("key-point", Group.KEY)
VOCABULARY = Vocabulary({**DEFAULT_VOCABULARY.kinds, KEY.id: KEY})
OURS = re.compile(r"<!--.*?-->|<sup class=\"ann-ref.*?</sup>|</?(?:mark|span)[^>]*>")


def on(words, id_="a", kind="context", note="As the records say.", **values):
    """Return an annotation of `words`."""
    return Annotation(Quote(words), id_, kind, note=note, **values)


def anchored(annotation, text):
    """Return the anchor of `annotation` at every place of its words in `text`."""
    found = re.finditer(re.escape(annotation.quote.exact), text)
    return Anchor(annotation, tuple(Range(*match.span()) for match in found))


def compose(*annotations, html=HTML):
    page = Page(project(html))
    composer = Composer(page, VOCABULARY, wording_of("en"), "Nell", "")
    return composer.compose([anchored(annotation, page.text) for annotation in annotations])


def key_of(mark):
    """Return the key that a piece names: the first by its id, others in an attribute."""
    return mark.get("data-ann") or mark.get("id", "").removeprefix("ann-")


def test_two_annotations_never_share_a_key():
    made = compose(on("one", "a"), on("two", "a"), on("three", "a-2"))

    assert [passage.key for passage in made.passages] == ["a", "a-2", "a-2-2"]
    assert len(set(made.ids)) == 6


def test_four_and_more_marks_over_each_other_are_no_problem():
    made = compose(*(on("two", f"a{n}") for n in range(64)))

    assert made.problems == ()
    assert len(made.passages) == 64


def test_more_than_64_marks_over_each_other_are():
    here = Position("x.yml", 3, 5)
    annotations = [on("one two", f"a{n}") for n in range(64)]

    made = compose(*annotations, on("two", "deep", position=here), on("three", "z"))

    (problem,) = made.problems
    assert (problem.rule.value, problem.position) == ("not-marked", here)
    assert "“two”" in problem.message
    assert {passage.key for passage in made.passages} == {f"a{n}" for n in range(64)} | {"z"}
    assert max(passage.number for passage in made.passages) == 65
    assert "ann-deep" not in made.ids


def test_of_several_places_none_is_marked_where_one_lies_too_deep():
    annotations = [on("one two", f"a{n}") for n in range(64)]

    made = compose(*annotations, on("two", "deep"), html="<p>one two</p><p>two</p>")

    assert [problem.rule.value for problem in made.problems] == ["not-marked"]
    assert "deep" not in {passage.key for passage in made.passages}


def test_without_anchors_there_is_nothing():
    made = compose()

    assert (made.tags, made.passages, made.ids, made.problems) == ((), (), (), ())


# An article that writers and other extensions got wrong, in ways that browsers mend on the spot.
LEAVES = st.sampled_from(
    ["one", " two ", "three four", " ", "\n", "&amp;", "&nbsp;", "tea&hellip;", "é", "漢字", "<br>",
     "<img alt='x'>", "<!-- no -->", "<svg><path/><text>no</text></svg>", "<wbr>", "<input>",
     '<a class="headerlink" href="#x">¶</a>', '<span class="arithmatex">∑</span>',
     "<button>∎</button>", "<ruby>漢<rt>kan</rt>字<rt>ji</ruby>", "<template>no</template>",
     '<span class="ann">own</span>', "<!-- ann -->", "a < b & c", "&lt;mark&gt;", "</span>",
     "</mark>", "<span>", "<mark>", "<q>", "</q>", "</abbr>", "<abbr>"]
)  # fmt: skip
NAMES = st.sampled_from("b i em code kbd sup sub q abbr mark span label font".split())
LINK = st.lists(st.sampled_from(["one", " two ", "<b>three</b>", "<i> </i>", "&amp;"]), max_size=3)
INLINE = st.recursive(
    st.one_of(
        st.lists(LEAVES, min_size=1, max_size=5).map("".join),
        LINK.map(lambda bits: f'<a href="x">{"".join(bits)}</a>'),
    ),
    lambda inner: st.tuples(inner, NAMES, inner, inner).map(
        "{0[0]}<{0[1]}>{0[2]}</{0[1]}>{0[3]}".format
    ),
    max_leaves=4,
)
BLOCKS = st.recursive(
    st.one_of(
        INLINE.map("<p>{}</p>".format),
        st.tuples(INLINE, INLINE).map("<h2>{0[0]}</h2>\n<pre><code>{0[1]}</code></pre>".format),
        st.tuples(INLINE, INLINE).map(
            "<table>\n<tr>\n<th>{0[0]}</th>\n<td>{0[1]}</td></tr>\n</table>".format
        ),
        st.tuples(INLINE, INLINE).map("<dl>\n<dt>{0[0]}</dt>\n<dd>{0[1]}</dd>\n</dl>".format),
        st.sampled_from(["<script>'<p>no'</script>", "<style>p {}</style>", "<hr>", "<!--c-->"]),
        INLINE.map('<div class="tabbed-labels"><i>{}</i></div>'.format),
    ),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("<ul>\n<li>{0[0]}</li>\n<li>{0[1]}</li>\n</ul>".format),
        st.tuples(inner, inner).map("<div>{0[0]}\n{0[1]}</div>".format),
        st.tuples(INLINE, inner).map(
            "<details><summary>{0[0]}</summary>{0[1]}</details>".format
        ),
    ),
    max_leaves=5,
)  # fmt: skip


def read(html):
    """Return what a browser makes of an article, and its marks, as tags and text in order."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    found: list[str] = []
    marks: list[tuple[str, str, str]] = []

    def walk(element, parent):
        classes = (element.get("class") or "").split()
        if "ann-ref" in classes:
            return
        ours = "ann-m" in classes
        if ours:
            marks.append((key_of(element), parent, element.get("id")))
        elif isinstance(element.tag, str):
            found.append(f"\0<{element.tag} {sorted(element.attrib.items())}>\0")
            parent = element.tag
        else:
            found.append(f"\0<!--{element.text}-->\0")
            return
        found.append(element.text or "")
        for child in element:
            walk(child, parent)
            found.append(child.tail or "")
        if not ours:
            found.append(f"\0</{element.tag}>\0")

    walk(tree, "")
    return "".join(found), marks


@settings(deadline=None, derandomize=True, max_examples=250)
@given(BLOCKS, st.data())
def test_marks_change_nothing_that_a_browser_makes_of_an_article(html, data):
    page = Page(project(html))
    edges = st.integers(0, len(page.text))
    pairs = data.draw(st.lists(st.tuples(edges, edges), min_size=1, max_size=6))
    kinds = st.sampled_from(["context", "opinion", "key-point"])
    anchors = [
        Anchor(on("x", f"a{n}", data.draw(kinds)), (Range(*sorted(pair)),))
        for n, pair in enumerate(pairs)
        if page.text[min(pair) : max(pair)].strip()
    ]

    made = Composer(page, VOCABULARY, wording_of("en"), "", "").compose(anchors)

    result = spliced(html, ((offset, string) for offset, _, string in made.tags))
    assert without_annotations(result) == html
    before, after = read(html), read(result)
    assert after[0] == before[0]
    assert len(after[1]) == len(re.findall(r'<(?:mark|span) class="ann-m ', result))
    numbers = re.findall(r"(\d+)</a></sup>", result)
    assert [int(number) for number in numbers] == [*range(1, len(anchors) + 1)]
    for anchor in anchors:
        own = [(parent, id_) for key, parent, id_ in after[1] if key == anchor.annotation.id]
        assert [id_ for _, id_ in own] == [f"ann-{anchor.annotation.id}"] + [None] * (len(own) - 1)
        assert not {parent for parent, _ in own} & set("ul ol dl table tbody tr".split())
