"""Builders that are written in Python: Sphinx with its themes, MkDocs and others."""

from builders import CODE, FENCE, FOOTNOTE, LAYOUT, TEXTS, Builder


def _sphinx(theme: str, place: tuple[str, str, str], builder: str = "html") -> Builder:
    conf = f"""project = 'Bridges'
extensions = ['myst_parser', 'sphinx_design']
myst_enable_extensions = ['deflist', 'dollarmath', 'smartquotes', 'tasklist', 'colon_fence']
myst_heading_anchors = 3
html_theme = '{theme}'
suppress_warnings = ['myst.header', 'myst.xref_missing', 'misc.highlighting_failure']
"""
    own = f"""
:::{{admonition}} Before the carts come
:class: tip
Whoever leads a *horse* across must walk beside it, and never in front.
:::

::::{{tab-set}}
:::{{tab-item}} By cart
Carts wait at the eastern gate until the bell has rung twice.
:::
:::{{tab-item}} On foot
Walkers keep to the narrow planks along the railing.
:::
::::

```{{code-block}} python
:linenos:
{CODE.strip()}
```

A load of $w = \\frac{{1}}{{2}}$ tonnes bends the middle plank by a finger's breadth.

Keystone
: The stone that is set last, and holds all the others.
{FOOTNOTE}"""
    return Builder(
        f"sphinx-build -q -b {builder} . _build",
        "NAME.md",
        "NAME/index.html" if builder == "dirhtml" else "NAME.html",
        place,
        "_build",
        {"conf.py": conf, "index.rst": "Bridges\n=======\n\n.. toctree::\n   :glob:\n\n   *\n"},
        own,
    )


_MATERIAL = f"""
!!! note "Before the carts come"
    Whoever leads a *horse* across must walk beside it, and never in front.

=== "By cart"
    Carts wait at the eastern gate until the bell has rung twice.

=== "On foot"
    Walkers keep to the narrow planks along the railing.

```python linenums="1" title="crossing.py"
{CODE.strip()}
```

Press ++ctrl+alt+del++ where the =={{bridge}}== is marked, and ~~never~~ lean over.

A load of $w = \\frac{{1}}{{2}}$ tonnes bends the middle plank by a finger's breadth.
{FOOTNOTE}"""
_MATERIAL_EXTENSIONS = """[admonition, attr_list, def_list, footnotes, tables, smarty,
  {toc: {permalink: true}}, {pymdownx.highlight: {anchor_linenums: true}}, pymdownx.superfences,
  {pymdownx.tabbed: {alternate_style: true}}, pymdownx.keys, {pymdownx.arithmatex: {generic: true}},
  pymdownx.tilde, pymdownx.tasklist]"""


def _mkdocs(theme: str, place: tuple[str, str, str], command: str = "mkdocs build -q") -> Builder:
    config = f"site_name: Bridges\ntheme: {theme}\nmarkdown_extensions: {_MATERIAL_EXTENSIONS}\n"
    return Builder(
        command,
        "docs/NAME.md",
        "NAME/index.html",
        place,
        "site",
        {"mkdocs.yml": config, "docs/index.md": "# Bridges\n"},
        _MATERIAL,
    )


PYTHON_BUILDERS: dict[str, Builder] = {
    "Sphinx, furo": _sphinx("furo", ("article", "id", "furo-main-content")),
    "Sphinx, alabaster": _sphinx("alabaster", ("div", "role", "main"), "dirhtml"),
    "Sphinx, Read the Docs": _sphinx("sphinx_rtd_theme", ("div", "role", "main")),
    "Sphinx, PyData": _sphinx("pydata_sphinx_theme", ("article", "class", "bd-article")),
    "Sphinx, reStructuredText": _sphinx("classic", ("div", "role", "main"))._replace(
        article="NAME.rst", form="rst", own=TEXTS
    ),
    "MkDocs": _mkdocs("mkdocs", ("div", "role", "main")),
    "MkDocs, Material": _mkdocs("material", ("article", "class", "md-content__inner")),
    "Zensical": _mkdocs(
        "{name: zensical}", ("article", "class", "md-content__inner"), "zensical build"
    ),
    "Pelican": Builder(
        "pelican content -o output -q --ignore-cache",
        "content/NAME.md",
        "NAME.html",
        ("div", "class", "entry-content"),
        "output",
        {
            "pelicanconf.py": "SITENAME = 'Bridges'\nTIMEZONE = 'UTC'\nTYPOGRIFY = True\n"
            "RELATIVE_URLS = True\n"
            "MARKDOWN = {'extension_configs': {'markdown.extensions.codehilite':"
            " {'css_class': 'highlight', 'linenums': True}, 'markdown.extensions.extra': {},"
            " 'markdown.extensions.meta': {}}, 'output_format': 'html5'}\n"
        },
        TEXTS,
        "Title: TITLE\nDate: 2026-01-01\nSlug: TITLE\n\n",
    ),
    "Nikola": Builder(
        "nikola build -q",
        "pages/NAME.md",
        "pages/NAME/index.html",
        ("div", "class", "e-content"),
        "output",
        {
            "conf.py": "BLOG_TITLE = 'Bridges'\nSITE_URL = 'https://example.org/'\n"
            "BLOG_AUTHOR = 'x'\nBLOG_EMAIL = 'x@example.org'\n"
            "BLOG_DESCRIPTION = ''\nDEFAULT_LANG = 'en'\n"
            "TRANSLATIONS = {'en': ''}\nPOSTS = ()\n"
            "PAGES = (('pages/*.md', 'pages', 'page.tmpl'),)\n"
            "COMPILERS = {'markdown': ('.md',)}\nTIMEZONE = 'UTC'\nUSE_BUNDLES = False\n"
            "NAVIGATION_LINKS = {'en': ()}\nGLOBAL_CONTEXT = {}\n"
        },
        TEXTS,
        "<!--\n.. title: TITLE\n.. slug: TITLE\n.. date: 2026-01-01\n-->\n\n",
    ),
    "Lektor": Builder(
        "lektor build -O built",
        "content/NAME/contents.lr",
        "NAME/index.html",
        ("main", "class", "page"),
        "built",
        {
            "x.lektorproject": "[project]\nname = Bridges\n",
            "models/page.ini": "[model]\nname = Page\nlabel = {{ this.title }}\n"
            "[fields.title]\ntype = string\n[fields.body]\ntype = markdown\n",
            "templates/page.html": LAYOUT.replace("CONTENT", "{{ this.body }}"),
            "content/contents.lr": "_model: page\n---\ntitle: Bridges\n---\nbody: x\n",
        },
        FENCE,
        "_model: page\n---\ntitle: TITLE\n---\nbody:\n\n",
    ),
}
