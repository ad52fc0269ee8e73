import re
import time

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mkdocs_annotate.rendering.note_content import MAX_DEPTH, is_allowed_html

CLOSED = [
    "",
    "words",
    "<p>words</p>",
    "<p>1 &lt; 2 &amp; 3 &copy; &#38; & &nothing</p>",
    "<p>a<br>\nb</p>\n<hr>\n<p><em>c <strong>d</strong></em></p>",
    "<ul>\n<li>a\n<ol>\n<li>b</li>\n</ol>\n</li>\n</ul>",
    '<ol start="3">\n<li>\n<p>a</p>\n</li>\n</ol>',
    "<blockquote>\n<p>a</p>\n</blockquote>",
    '<pre><code class="language-c++">a\n</code></pre>',
    '<p><a href="https://example.org">a</a></p>',
    '<p><a href="HTTPS://example.org:80/a?b=c&amp;d#e:f//g">a</a></p>',
    '<p><a href="mailto:a@example.org">a</a></p>',
    '<p><a href="../page/#it&#x27;s">a</a></p>',
    '<p><a href="/page/">a</a><a href="#a">b</a><a href="?a:b">b</a><a href="">c</a></p>',
    '<p><a href="a/b:c">a</a><a href="./b:c">b</a></p>',
    '<p><img alt="it&quot;s &lt;b&gt; > a" src="../a.png"></p>'.replace(" > ", " "),
    '<p><a href="a"><img alt="" src="a.png"></a></p>',
    "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n</table>",
    "<table><thead><tr><th><em>a</em></th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
]

NOT_CLOSED = [
    "<p>",
    "</p>",
    "<p></p></p>",
    "<p><em></p></em>",
    "<p>a</p></div></article>",
    "<em><strong></em></strong>",
    "<",
    ">",
    "a < b",
    "<p",
    "<p>a</p",
    "< p></p>",
    "<p/></p>",
    "<P></P>",
    "<p ></p>",
    "<p></p >",
    "<br/>",
    "</br>",
    "<br></br>",
    "<img>",
    "<!-- a -->",
    "<!doctype html>",
    "<![CDATA[a]]>",
    "<?a?>",
    "<script></script>",
    "<style></style>",
    "<div></div>",
    "<h1></h1>",
    "<svg></svg>",
    "<math></math>",
    "<b></b>",
    "<details></details>",
    "<input>",
    "<plaintext>",
    "<base href=a>",
    '<p class="a"></p>',
    '<p id="a"></p>',
    '<p style="color:red"></p>',
    '<p onclick="a()"></p>',
    '<span dir="rtl"></span>',
    "<a>a</a>",
    '<a href="a" onclick="b()">a</a>',
    '<a href="a" target="_blank">a</a>',
    '<a href="a" rel="opener">a</a>',
    '<a href="a" title="b">a</a>',
    '<a href="a" href="b">a</a>',
    "<a href=a>a</a>",
    "<a href='a'>a</a>",
    '<a HREF="a">a</a>',
    '<a\nhref="a">a</a>',
    '<a href="javascript:alert(1)">a</a>',
    '<a href="JAVASCRIPT:alert(1)">a</a>',
    '<a href="javascript&colon;alert(1)">a</a>',
    '<a href="javascript&#58;alert(1)">a</a>',
    '<a href="javascript&#58alert(1)">a</a>',
    '<a href="&#106;avascript:alert(1)">a</a>',
    '<a href="java&Tab;script:alert(1)">a</a>',
    '<a href=" javascript:alert(1)">a</a>',
    '<a href="java\nscript:alert(1)">a</a>',
    '<a href="data:text/html,a">a</a>',
    '<a href="ftp://example.org">a</a>',
    '<a href="//evil.example">a</a>',
    '<a href="/\\evil.example">a</a>',
    '<a href="/\t/evil.example">a</a>',
    '<a href="/&#47;evil.example">a</a>',
    '<a href="&sol;/evil.example">a</a>',
    '<a href="https:evil.example">a</a>',
    '<a href="https:///evil.example">a</a>',
    '<a href="https://a@evil.example">a</a>',
    '<a href="https://a&commat;evil.example">a</a>',
    '<a href="mailto:a@example.org?bcc=b@example.org">a</a>',
    '<img src="a.png" alt="">',
    '<img alt="" src="a.png" onerror="a()">',
    '<img alt="" src="https://evil.example/a.png">',
    '<img alt="" src="//evil.example/a.png">',
    '<img alt="" src="data:image/svg+xml,a">',
    '<img alt="" src="javascript:a()">',
    '<img alt=""onerror=a() src="a.png">',
    '<ol start="-1"></ol>',
    '<ol start="1234567890"></ol>',
    '<ol start="٣"></ol>',
    '<ol type="a"></ol>',
    '<code class="headerlink">a</code>',
    '<code class="language-a b">a</code>',
    '<code class="language-ü">a</code>',
    "<p><p>a</p></p>",
    "<p><ul></ul></p>",
    "<p><em><blockquote></blockquote></em></p>",
    "<p><table></table></p>",
    "<li>a</li>",
    "<ul><li><li>a</li></li></ul>",
    '<a href="a">a<a href="b">b</a></a>',
    '<a href="a"><em><a href="b">b</a></em></a>',
    "<table>a</table>",
    "<table><tr><td>a</td></tr></table>",
    "<table><tbody><td>a</td></tbody></table>",
    "<table><tbody><tr>a</tr></tbody></table>",
    "<table><em></em></table>",
    "<table><br></table>",
    "<table><table></table></table>",
    "<td>a</td>",
    "<tr></tr>",
    "a\x02b",
    "<p>\x00</p>",
    "<p>\u202ea</p>",
    "<p>\u2066a</p>",
    "<p>&#x202e;a</p>",
    "<p>&#0000000000000000000008238;a</p>",
    "<p>&#1;</p>",
    '<img alt="&#x202e;" src="a.png">',
]

LEAVES = ["a", " ", "&lt;", "&#58;", "<br>", "<hr>", '<img alt="" src="a">']
TAGS = [
    *["p", "em", "strong", "span", 'a href="a"', "code", "blockquote", "pre", "ul li", "ol li"],
    *["table tbody tr td", "table thead tr th", "em p", "li", "ul", "tr", "table"],
]


def nested(tags, content):
    for tag in reversed(tags.split(" ") if "=" not in tags else [tags]):
        content = f"<{tag}>{content}</{tag.split(' ')[0]}>"
    return content


TREES = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.builds(
        nested, st.sampled_from(TAGS), st.lists(inner, min_size=1, max_size=3).map("".join)
    ),
    max_leaves=8,
)


def read_by_a_browser(html):
    """The tags and text that an HTML parser makes of `html`, between two elements."""
    page = html5lib.parse(f"<aside>{html}</aside><footer></footer>", namespaceHTMLElements=False)
    aside, footer = page.find("body")
    assert footer.tag == "footer"
    return list(tags_and_text(aside))[1:-1]


def tags_and_text(element):
    yield element.tag
    yield from element.text or ""
    for child in element:
        yield from tags_and_text(child)
        yield from child.tail or ""
    if element.tag not in ("br", "hr", "img"):
        yield f"/{element.tag}"


def written(html):
    """The tags and text of closed `html` as they stand in it."""
    for text, tag in re.findall("([^<>]+)|<(/?[a-z]+)[^>]*>", html):
        if tag:
            yield tag
        yield from html5lib.parseFragment(text).text or "" if text else ""


@pytest.mark.parametrize("html", CLOSED)
def test_what_notes_hold_is_closed(html):
    assert is_allowed_html(html)
    assert list(written(html)) == read_by_a_browser(html)


@pytest.mark.parametrize("html", NOT_CLOSED)
def test_anything_else_is_not_closed(html):
    assert not is_allowed_html(html)
    assert not is_allowed_html(f"<p>a</p>\n{html}\n<p>b</p>")


def test_elements_nest_to_a_depth_that_browsers_keep():
    assert is_allowed_html("<em>" * MAX_DEPTH + "</em>" * MAX_DEPTH)
    assert not is_allowed_html("<em>" * (MAX_DEPTH + 1) + "</em>" * (MAX_DEPTH + 1))


@settings(deadline=None, derandomize=True, max_examples=120)
@given(TREES)
@example("<ul><em><li></li></em></ul>")
@example("<em><p><em></em></p></em>")
@example("<pre><p></p></pre>")
def test_a_browser_reads_closed_html_as_it_is_written(html):
    if is_allowed_html(html):
        assert list(written(html)) == read_by_a_browser(html)


@pytest.mark.parametrize(
    "html",
    [
        "<" * 1_000_000,
        "<a " * 300_000,
        "<em>" * 300_000,
        "</em>" * 300_000,
        "<em></em>" * 100_000,
        "&" * 1_000_000,
        "&#1" * 300_000,
        '<a href="' + "a" * 1_000_000,
        '<a href="' + "a" * 1_000_000 + ":",
        '<a href="' + "a" * 1_000_000 + ':">',
        '<a href="' + "&amp;" * 200_000 + ':">',
        '<a href="https://' + "a" * 1_000_000 + '@">',
        '<img alt="' + "a" * 1_000_000 + '">',
    ],
)
def test_the_time_does_not_grow_beyond_the_length(html):
    started = time.process_time()

    is_allowed_html(html)

    assert time.process_time() - started < 10
