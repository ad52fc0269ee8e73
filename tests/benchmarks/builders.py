"""Programs that make sites: their configuration, what is their own in Markdown, their commands.

Each is a site of a folder of articles.  Those that are not installed are left out.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

LAYOUT = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>TITLE</title>
<link rel="stylesheet" href="/own.css"></head><body><nav><a href="/">Home</a></nav>
<main class="page">CONTENT</main><footer>Written by hand</footer></body></html>
"""
FOOTNOTE = """
The old ferry carried nineteen cartloads a day,[^ferry] as the toll keeper counted them.

[^ferry]: The toll keeper's ledger stops in the winter of the great frost.
"""
CODE = """
def crossing(weight, season="summer"):
    # The planks are soft after long rain.
    if weight > 3.0 and season == "winter":
        raise ValueError("closed to carts")
    return [plank for plank in planks if plank.sound]
"""
FENCE = "\n```python\n" + CODE.strip() + "\n```\n"


class Builder(NamedTuple):
    """A program that makes a site out of Markdown, or out of what pandoc makes of that."""

    command: str
    """How it builds the site in the working folder."""

    article: str
    """Where the article of a name lies."""

    page: str
    """Where it is published, from `site`."""

    place: tuple[str, str, str]
    """The element of the article: its tag, an attribute, and a word of its value."""

    site: str
    files: Mapping[str, str] = MappingProxyType({})
    own: str = ""
    """What only this builder understands."""

    front: str = ""
    """What stands before each article; `TITLE` is its name."""

    form: str = ""
    """What pandoc makes of the Markdown first."""

    package: str = ""
    """What it needs of npm."""


_CONTAINER = f"""
::: tip Before the carts come
Whoever leads a *horse* across must walk beside it, and never in front.
:::
{FENCE.replace("python", "python:line-numbers {2,4}")}
::: code-group
```sh [npm]
npm install --save-dev drawbridge
```
```sh [yarn]
yarn add --dev swingbridge
```
:::
"""
_DOCUSAURUS = f"""
:::tip[Before the carts come]
Whoever leads a *horse* across must walk beside it, and never in front.
:::
{FENCE.replace("python", 'python showLineNumbers title="crossing.py"')}{FOOTNOTE}"""
_JEKYLL = f"""
{{% highlight python linenos %}}
{CODE.strip()}
{{% endhighlight %}}

Whoever leads a *horse* across -- "or a mule" -- must walk beside it, and never in front...
{{: .tip}}

*[HTML]: the language of pages

Keystone
: The stone that is set last, and holds all the others.

A load of $$w = \\frac{{1}}{{2}}$$ tonnes bends the middle plank by a finger's breadth.
{FOOTNOTE}"""
_HUGO = f"""
{{{{< highlight python "linenos=table,hl_lines=2" >}}}}
{CODE.strip()}
{{{{< /highlight >}}}}

Whoever leads a *horse* across -- "or a mule" -- must walk beside it, and never in front...

Keystone
: The stone that is set last, and holds all the others.
{FOOTNOTE}"""
_PANDOC = f"""
~~~ {{.python .numberLines startFrom="10"}}
{CODE.strip()}
~~~

| Whoever leads a *horse* across -- "or a mule" --
| must walk beside it, and never in front...

A load of $w = \\frac{{1}}{{2}}$ tonnes bends the middle plank by a finger, H~2~O and 2^10^.
{FOOTNOTE}"""
_HEXO = f"""
{FENCE}
{{% blockquote Nell Arkwright %}}
Whoever leads a horse across must walk beside it, and never in front.
{{% endblockquote %}}
"""
TEXTS = f"{FENCE}{FOOTNOTE}"

BUILDERS: dict[str, Builder] = {
    "Hugo": Builder(
        "hugo --quiet",
        "content/NAME.md",
        "NAME/index.html",
        ("main", "class", "page"),
        "public",
        {
            "hugo.toml": "title = 'Bridges'\ndisableKinds = ['taxonomy', 'term', 'RSS']\n"
            "[markup.goldmark.renderer]\nunsafe = true\n",
            "layouts/_default/single.html": LAYOUT.replace("CONTENT", "{{ .Content }}"),
            "layouts/_default/list.html": LAYOUT.replace("CONTENT", "{{ .Content }}"),
        },
        _HUGO,
        "---\ntitle: TITLE\n---\n",
    ),
    "pandoc": Builder(
        "mkdir -p built && for f in *.md; do pandoc -s --toc -N --mathml --metadata title=Bridges"
        " -o built/${f%.md}.html $f; done",
        "NAME.md",
        "NAME.html",
        ("body", "", ""),
        "built",
        own=_PANDOC,
    ),
    "pandoc, AsciiDoctor": Builder(
        "asciidoctor -q -a icons=font -a source-highlighter=rouge -a sectanchors -D built *.adoc",
        "NAME.adoc",
        "NAME.html",
        ("div", "id", "content"),
        "built",
        own=TEXTS,
        form="asciidoctor",
    ),
    "pandoc, Texinfo": Builder(
        "mkdir -p built && for f in *.texi; do"
        " makeinfo --html --no-split --force -o built/${f%.texi}.html $f || true; done",
        "NAME.texi",
        "NAME.html",
        ("body", "", ""),
        "built",
        own=TEXTS,
        form="texinfo",
    ),
    "Jekyll": Builder(
        "jekyll build -q",
        "NAME.md",
        "NAME.html",
        ("main", "class", "page"),
        "_site",
        {
            "_config.yml": "title: Bridges\n",
            "_layouts/default.html": LAYOUT.replace("CONTENT", "{{ content }}"),
        },
        _JEKYLL,
        "---\nlayout: default\ntitle: TITLE\n---\n",
    ),
    "Eleventy": Builder(
        "node_modules/.bin/eleventy --quiet",
        "NAME.md",
        "NAME/index.html",
        ("main", "class", "page"),
        "_site",
        {
            "_includes/page.njk": LAYOUT.replace("CONTENT", "{{ content | safe }}"),
            ".eleventy.js": "module.exports = (c) => c.amendLibrary('md', (m) => m.set("
            "{ typographer: true, linkify: true }));\n",
        },
        FENCE,
        "---\nlayout: page.njk\ntemplateEngineOverride: md\n---\n",
        package="@11ty/eleventy",
    ),
    "VitePress": Builder(
        "node_modules/.bin/vitepress build docs",
        "docs/NAME.md",
        "NAME.html",
        ("div", "class", "vp-doc"),
        "docs/.vitepress/dist",
        {
            "docs/index.md": "# Bridges\n",
            "docs/.vitepress/config.mjs": "export default "
            "{ mpa: true, ignoreDeadLinks: true, markdown: { math: false } }\n",
        },
        _CONTAINER,
        package="vitepress",
    ),
    "Astro": Builder(
        "node_modules/.bin/astro build",
        "src/pages/NAME.md",
        "NAME/index.html",
        ("main", "class", "page"),
        "dist",
        {
            "astro.config.mjs": "export default { build: { assets: 'a' } };\n",
            "src/layouts/page.astro": LAYOUT.replace("CONTENT", "<slot />"),
        },
        TEXTS,
        "---\nlayout: ../layouts/page.astro\n---\n",
        package="astro",
    ),
    "Docusaurus": Builder(
        "node_modules/.bin/docusaurus build && find build -name '*.html' -exec perl -pi -e "
        "'s#<script src=\"[^\"]*/(runtime~main|main)\\.[^>]*></script>##g' {} +",
        "docs/NAME.md",
        "NAME/index.html",
        ("div", "class", "theme-doc-markdown"),
        "build",
        {
            "docusaurus.config.js": """module.exports = {title: 'Bridges', url: 'https://example.org',
  baseUrl: '/', onBrokenLinks: 'ignore', onBrokenAnchors: 'ignore',
  markdown: {format: 'md',
    hooks: {onBrokenMarkdownLinks: 'ignore', onBrokenMarkdownImages: 'ignore'}},
  presets: [['classic', {docs: {routeBasePath: '/'}, blog: false}]]};\n""",
            "docs/index.md": "---\nslug: /\n---\n# Bridges\n",
        },
        _DOCUSAURUS,
        package="@docusaurus/core",
    ),
    "Hexo": Builder(
        "node_modules/.bin/hexo generate --silent",
        "source/NAME.md",
        "NAME.html",
        ("div", "class", "e-content"),
        "public",
        {
            "_config.yml": "title: Bridges\nurl: https://example.org\ntheme: landscape\n"
            "syntax_highlighter: highlight.js\nhighlight: {line_number: true}\n",
            "package.json": '{"name": "x", "private": true, "hexo": {"version": ""},'
            ' "dependencies": {"hexo": "*", "hexo-renderer-marked": "*", "hexo-renderer-ejs": "*",'
            ' "hexo-renderer-stylus": "*", "hexo-theme-landscape": "*"}}',
        },
        _HEXO,
        "---\ntitle: TITLE\n---\n",
        package="hexo",
    ),
    "HonKit": Builder(
        "node_modules/.bin/honkit build --log=error",
        "NAME.md",
        "NAME.html",
        ("section", "class", "markdown-section"),
        "_book",
        {"README.md": "# Bridges\n", "SUMMARY.md": "# Summary\n\n* [Bridges](README.md)\nLIST"},
        FENCE,
        package="honkit",
    ),
}
