"""Files that strangers might send, by class.  What each must be answered is in `answers.json`.

A case is one page of a site: an article, and what lies beside it.  All are our own.
"""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

ARTICLE = "# The ferry\n\nThe old ferry carries one lane. It was built in 1794, and rebuilt once.\n"
WORDS = "The old ferry carries one lane. It was built in 1794, and rebuilt once."
"""The words of the article, which stay whatever its sidecar says."""


@dataclass(frozen=True)
class Case:
    """A page: its article, its sidecar in bytes, and whether the sidecar may show anything."""

    name: str
    sidecar: bytes
    article: str = ARTICLE
    more: dict[str, bytes] = field(default_factory=dict)
    """Further files, beside the article."""


def _yaml(text: str) -> str:
    """Return `text` between double quotes, as YAML reads it whatever it holds."""
    quoted = json.dumps(text, ensure_ascii=False)
    for character in ("\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff"):
        quoted = quoted.replace(character, f"\\u{ord(character):04x}")
    return quoted


CALL = "window.attacked=1"
"""What a payload does if it is run: a browser looks for it."""

NOTES = (
    # Elements that run something.
    f"<script>{CALL}</script>",
    f"<ScRiPt>{CALL}</sCrIpT>",
    f"<script src=data:,{CALL}></script>",
    f"<svg onload={CALL}>",
    f"<svg><script>{CALL}</script></svg>",
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>",
    f"<svg/onload={CALL}//",
    f"<img src=x onerror={CALL}>",
    f'<img src="x" onerror="{CALL}">',
    f"<img/src=x/onerror={CALL}>",
    f"<image src=x onerror={CALL}>",
    f"<body onload={CALL}>",
    f"<details open ontoggle={CALL}>",
    f"<input autofocus onfocus={CALL}>",
    f"<select autofocus onfocus={CALL}>",
    f"<video><source onerror={CALL}></video>",
    f"<audio src=x onerror={CALL}>",
    f"<marquee onstart={CALL}>x</marquee>",
    f"<math><mtext><style><img src=x onerror={CALL}></style>",
    f"<iframe srcdoc='<script>parent.{CALL}</script>'></iframe>",
    f"<iframe src=javascript:{CALL}>",
    f"<object data=javascript:{CALL}>",
    f"<embed src=javascript:{CALL}>",
    f"<form action=javascript:{CALL}><button>x</button></form>",
    f"<button formaction=javascript:{CALL}>x</button>",
    f"<a href=javascript:{CALL}>x</a>",
    f"<base href=javascript:{CALL}//>",
    f"<link rel=stylesheet href=data:text/css,*{{x:y}} onload={CALL}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{CALL}'>",
    f"<template><script>{CALL}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={CALL}>'>",
    f"<textarea></textarea><img src=x onerror={CALL}>",
    f"<title><img src=x onerror={CALL}></title>",
    f"<style>@import 'x';</style><img src=x onerror={CALL}>",
    f"<style><!--</style><img src=x onerror={CALL}>-->",
    f"<xmp><img src=x onerror={CALL}></xmp>",
    f"<plaintext><img src=x onerror={CALL}>",
    f"<!--><img src=x onerror={CALL}>-->",
    f"<!--\n<img src=x onerror={CALL}>",
    f"<![CDATA[><img src=x onerror={CALL}>]]>",
    f"<?php ><img src=x onerror={CALL}>",
    f"<div style='background:url(javascript:{CALL})'>x</div>",
    f"<div onmouseover={CALL} style=position:fixed;inset:0>x</div>",
    f"<p popover id=ann--panel onbeforetoggle={CALL}>x</p>",
    f"<dialog open onclose={CALL}>x</dialog>",
    f"<x onclick={CALL} contenteditable>x",
    f"<b/onclick={CALL}>x</b>",
    f"<\x0cimg src=x onerror={CALL}>",
    f"<img src=x:x onerror\t=\t{CALL}>",
    # Ends of what is around.
    f"</p></div></article><script>{CALL}</script>",
    f'"><script>{CALL}</script>',
    f"'><img src=x onerror={CALL}>",
    f"--><script>{CALL}</script>",
    f"</li></ol></section><img src=x onerror={CALL}>",
    f"<!--/ann--><script>{CALL}</script>",
    f"<!--ann--><script>{CALL}</script><!--/ann-->",
    f"</textarea></title></style></script><script>{CALL}</script>",
    # Links and images of Markdown.
    f"[x](javascript:{CALL})",
    f"[x](JaVaScRiPt:{CALL})",
    f"[x](java\tscript:{CALL})",
    f"[x](java&#10;script:{CALL})",
    f"[x](&#106;avascript:{CALL})",
    f"[x](&#x6A;avascript&colon;{CALL})",
    f"[x](javascript&#58;{CALL})",
    f"[x](javascript&#0000058;{CALL})",
    f"[x](&amp;#106;avascript:{CALL})",
    f"[x](\x01javascript:{CALL})",
    f"[x]( javascript:{CALL} )",
    f"[x](<javascript:{CALL}>)",
    f"[x](vbscript:{CALL})",
    f"[x](data:text/html,<script>{CALL}</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD4xPC9zY3JpcHQ+)",
    f"[x](view-source:javascript:{CALL})",
    f"[x](feed:javascript:{CALL})",
    f"[x](https://e.org/?\"onclick='{CALL}')",
    f'[x](a.md "t" onclick={CALL})',
    f"[x](a.md 't\" onclick={CALL} x=')",
    f"[x]: javascript:{CALL}\n\n[x]",
    f"[x][y]\n\n[y]: javascript:{CALL}",
    f"![x](javascript:{CALL})",
    f"![x](x onerror={CALL})",
    f'![x" onerror="{CALL}](x.png)',
    f"![x](data:image/svg+xml,<svg onload={CALL}>)",
    "![x](https://elsewhere.example/pixel.png)",
    "![x](//elsewhere.example/pixel.png)",
    f"[![x](y.png)](javascript:{CALL})",
    f"[a [b](javascript:{CALL}) c](https://e.org/)",
    f"<javascript:{CALL}>",
    f'<https://e.org/"onclick={CALL}>',
    "<&#106;avascript:a@b.c>",
    "[x](//elsewhere.example/)",
    "[x](/\\elsewhere.example/)",
    "[x](\\\\elsewhere.example)",
    "[x](http:/elsewhere.example)",
    "[x](https:elsewhere.example)",
    "[x](https://bank.example@elsewhere.example/)",
    "[x](https://bank.example%2f@elsewhere.example/)",
    "[x](https://еlsewhere.example\u202e/)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://e.org/1)",
    "[x](mailto:a@b.c?bcc=all@b.c)",
    "[x](https://0x7f.1/)",
    "[x](https://e.org:99999/)",
    "[x](https://[::1]/)",
    # Syntax of extensions that notes do not have.
    f"x {{: onclick={CALL} }}",
    f"# x {{: onmouseover={CALL} }}",
    f"[x](a.md){{: onclick={CALL} }}",
    "[[toc]]",
    "[TOC]",
    '--8<-- "/etc/passwd"',
    '{% include "/etc/passwd" %}',
    "{{ config.site_name }}{{ ''.__class__ }}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "!!! note\n    x",
    "[^1]: only a definition",
    "[x]: https://e.org/",
    f"``` {{ onclick={CALL} }}\nx\n```",
    f'~~~ python title="x" onclick={CALL}\nx\n~~~',
    "$$x$$ \\(x\\) :emoji: ==x== ^^x^^ ~~x~~",
    "*[HTML]: x\n\nHTML",
    # What Python-Markdown keeps for itself.
    "\x02wzxhzdk:0\x03",
    "\x02amp\x03#106;avascript:",
    "\x02klzzwxh:0001\x03",
    "\ue000\ue001",
    # Too much of something.
    "[" * 64 + "a",
    "[" * 65,
    "*" * 100 + "a",
    "*" * 4000,
    "_a" * 2000,
    "`" * 128,
    "`" * 129,
    "\\" * 65,
    "> " * 12 + "a",
    "> " * 200 + "a",
    "- " * 500 + "a",
    "1. " * 400 + "a",
    "a\n\n" * 1600,
    "![" * 60,
    "[a](b" * 60,
    "<" * 4000,
    "&" * 4000,
    "|" * 2000 + "\n" + "|-" * 900,
    "x" * 5000,
    "x" * 5001,
    # Words that are nothing.
    " ",
    "\n\n",
    "\u200b",
    "\u00ad",
    "&nbsp;",
    "<!-- x -->",
    "***",
    "---",
)
"""Notes.  Whatever they hold, they are text or the few elements of the published list."""

TEXTS = (
    '"', "'", "<", ">", "&", "&lt;", "AT&amp;T", "&#106;", "--", "]]>", "-->", "</script>",
    f'" onmouseover="{CALL}', f"' onfocus='{CALL}' autofocus='", f"<img src=x onerror={CALL}>",
    f"<script>{CALL}</script>", f"</title><script>{CALL}</script>", "{{ 7*7 }}", "{% raw %}",
    "%s%n%x", "$(id)", "`id`", "; rm -rf /", "../../etc/passwd", "\\", "\\u0000", "null", "NaN",
    "-1e999", "0x10", "1_000", "=1+1", "@SUM(1)", "::error::x", "##[error]x", "##vso[task]x",
    "\x1b[31mred", "a\u202eb", "a\u2066b", "\u2066a\u2069", "a\u200db", "a\ufe0f", "e\u0301",
    "\u200f", "\ufeff", "\x00", "\x85", "\u2028", "\ud800", "\ufdd0", "\U0001ffff", "👩\u200d🔬",
    "🇪🇺", "ﷺ", "İ", "ß", "あ" * 300, "a" * 1000, "a" * 1001, "a b" * 500, "Z̸̧͍̓" * 60,
)  # fmt: skip
"""Texts for fields of one line: who signs, who speaks, titles, places in a source."""

FIELDS = ("speaker", "by", "technique", "title", "locator", "cited", "tag", "id", "quote", "date")

ADDRESSES = (
    f"javascript:{CALL}", f" javascript:{CALL}", f"JAVASCRIPT:{CALL}", f"java\nscript:{CALL}",
    f"&#106;avascript:{CALL}", f"data:text/html,<script>{CALL}</script>", "vbscript:x", "file:///x",
    "//elsewhere.example/", "/\\elsewhere.example/", "\\\\elsewhere.example", "http:/e.org",
    "http:///e.org", "https://", "https://e.org:0/", "https://e.org:65536/", "https://user@e.org/",
    "https://a:b@e.org/", "https://e.org/\u202e", "https://e.org/ x", 'https://e.org/"onclick=1',
    "https://e.org/<script>", "https://xn--/", "https://-a.org/", "https://a..b/", "https://1.2.3/",
    "https://0177.0.0.1/", "https://e.org/" + "a" * 2100, "?x", "#", "#a b", "a:b", "../../x.md",
    "%2e%2e/x.md", "x.md\x00", "ftp://e.org/", "mailto:a", "mailto:a@b.c?subject=x", "tel:1",
    "https://e.org/&#34;onclick=1", "https://e.org/&amp;quot;", "https://аррӏе.com/",
)  # fmt: skip
"""Addresses of sources."""

YAML = {
    "nothing": "",
    "only a comment": "# nothing\n",
    "a document without a line end": "--- {}a",
    "two documents": "annotations: []\n---\nannotations: []\n",
    "a directive": "%YAML 1.1\n---\nannotations: []\n",
    "a tag": "annotations: !!python/object/apply:os.system ['touch attacked']\n",
    "a tag of text": "annotations:\n- quote: !!str old\n  note: n\n",
    "a local tag": "annotations: !x []\n",
    "an anchor": "annotations: &a []\nsources: *a\n",
    "an alias bomb": "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9 if n else ['x'])}]\n" for n in range(9)
    ),
    "merge keys": "".join(f"m{n}: &m{n}\n  <<: [{', '.join([f'*m{n - 1}'] * 9)}]\n" for n in range(1, 9)),
    "a merge key in an entry": "annotations:\n- <<: {quote: old}\n  note: n\n",
    "a list that never ends": "[" * 30_000,
    "braces that never end": "{" * 30_000,
    "a key that is a list": "? [a, b]\n: c\n",
    "a question mark": "? annotations\n: - {quote: old, note: n}\n",
    "a key twice": "annotations: []\nannotations: []\n",
    "a key twice in an entry": "annotations:\n- quote: old\n  note: a\n  note: b\n",
    "a list of texts": "annotations: [old, ferry]\n",
    "a text": "annotations: old\n",
    "a root that is a list": "- quote: old\n  note: n\n",
    "a root that is a text": "old\n",
    "an unknown key": "anotations: []\n",
    "a thousand unknown keys": "".join(f"k{n}: 1\n" for n in range(1000)),
    "an unknown key in an entry": "annotations:\n- {quote: old, noet: n}\n",
    "an entry that says nothing": "annotations:\n- quote: old\n",
    "an entry without a quote": "annotations:\n- note: n\n",
    "null": "annotations:\n- {quote: ~, note: n}\n",
    "numbers": "annotations:\n- {quote: 1794, note: 1e400}\n",
    "dates that are none": "annotations:\n- {quote: old, note: n, date: 2024-13-45}\n",
    "a long number": "annotations:\n- {quote: old, note: n, occurrence: " + "9" * 5000 + "}\n",
    "an occurrence that is none": "annotations:\n- {quote: old, note: n, occurrence: 2 of 1}\n",
    "an occurrence of zero": "annotations:\n- {quote: old, note: n, occurrence: 0 of 0}\n",
    "a negative occurrence": "annotations:\n- {quote: old, note: n, occurrence: -1}\n",
    "a tab that indents": "annotations:\n\t- quote: old\n",
    "an open quotation mark": 'annotations:\n- quote: "old\n  note: n\n',
    "an open bracket": "annotations: [{quote: old, note: n}\n",
    "a colon in a text": "annotations:\n- quote: old: ferry\n  note: n\n",
    "a block without its lines": "annotations:\n- quote: |\n- quote: old\n  note: n\n",
    "indented too little": "annotations:\n- quote: old\nnote: n\n",
    "a backtick": "annotations:\n- quote: `old`\n  note: n\n",
    "an at sign": "annotations:\n- quote: @old\n  note: n\n",
    "line ends of old Macs": "annotations:\r- quote: old\r  note: n\r",
    "a no-break space that indents": "annotations:\n\u00a0- quote: old\n",
    "depth of sixteen": "annotations: " + "[" * 15 + "]" * 15 + "\n",
    "depth of seventeen": "annotations: " + "[" * 17 + "]" * 17 + "\n",
    "200,000 values": "annotations: [" + "a, " * 200_000 + "]\n",
    "a key of 100,000 characters": "a" * 100_000 + ": b\n",
    "a text of a million characters": "annotations: [{quote: old, note: '" + "n" * 1_000_000 + "'}]\n",
    "ten thousand ids that are alike": "annotations:\n" + "- {quote: old, note: n, id: a}\n" * 10_000,
    "an id with signs": "annotations:\n- {quote: old, note: n, id: 'a\" onclick=x'}\n",
    "an id with a line end": 'annotations:\n- {quote: old, note: n, id: "a\\n"}\n',
    "an id of ours": "annotations:\n- {quote: old, note: n, id: a--note}\n",
    "a source that cites itself": "sources: {a: {title: a, note: '[a](#ann--source-a)'}}\nannotations: []\n",
    "a source that is unknown": "annotations:\n- {quote: old, sources: nobody}\n",
    "a source key with signs": "sources: {'<b>': {title: t}}\nannotations: [{quote: old, sources: '<b>'}]\n",
    "many sources of one key in other signs": "sources:\n"
    + "".join(f"  'a{sign}': {{title: t}}\n" for sign in "!?.,;:+*/&%$§=")
    + "annotations:\n- {quote: old, sources: ['a!', 'a?', 'a.', 'a,']}\n",
    "a DOI that is an address": "sources: {a: {title: t, doi: 'javascript:x'}}\nannotations: []\n",
    "an archive of nothing": "sources: {a: {title: t, archive_url: x, url_status: dead}}\n",
    "the type of an article": "article: {type: '<script>'}\nannotations: []\n",
    "corrections of no day": "article: {corrections: [{date: never, text: x}]}\n",
    "a thousand corrections": "article:\n  corrections:\n"
    + "  - {date: 2024-01-01, text: x}\n" * 1000,
    "based on itself": "article: {based_on: a}\nsources: {a: {title: t, url: index.md}}\n",
    "a kind that is an element": "annotations:\n- {quote: old, kind: '<img>', note: n}\n",
    "a voice of nobody": "annotations:\n- {quote: old, kind: opinion, voice: devil}\n",
    "defaults that are hostile": "defaults: {kind: '<b>', by: \"\\u202e\"}\nannotations: [{quote: old, note: n}]\n",
    "a source in place": "annotations:\n- {quote: old, sources: {title: '<b>', url: 'javascript:x'}}\n",
}  # fmt: skip
"""Sidecars as text."""

BYTES = {
    "UTF-16": "annotations: []".encode("utf-16"),
    "UTF-16 without a mark": "annotations: []".encode("utf-16-le"),
    "UTF-32": "annotations: []".encode("utf-32"),
    "Latin-1": "annotations: [{quote: caf\u00e9, note: n}]".encode("latin-1"),
    "a byte order mark": b"\xef\xbb\xbfannotations: [{quote: old, note: n}]",
    "two byte order marks": b"\xef\xbb\xbf\xef\xbb\xbfannotations: []",
    "overlong UTF-8": b"annotations: [\xc0\xaf]",
    "a surrogate in UTF-8": b"annotations: [\xed\xa0\x80]",
    "a NUL": b"annotations: [{quote: old\x00, note: n}]",
    "only NULs": b"\x00" * 10_000,
    "control characters": bytes(range(32)) * 20,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "an archive": b"PK\x03\x04" + bytes(range(256)) * 8,
    "a megabyte and a byte": b"#" * ((1 << 20) + 1),
    "a megabyte": b"#" * (1 << 20),
    "cut off in a character": b"annotations: [{quote: caf\xc3",
}
"""Sidecars as bytes."""

QUOTES = (
    "a" * 10_000, "a" * 10_001, ".*", "(a+)+$", "[a-z", "\\", "^$", "…", "...", "[...]", "-", "—",
    "“”", '""', " ", "\u00a0", "1794", "1,794", "17", "9", "T", "t", "old  ferry", "OLD FERRY",
    "ferry\ncarries", "The", "the", "was not built", "**old**", "[old](x)", "<b>old</b>", "old\u200bferry",
    "o\u0301ld", "🙂", "ﬁ", "fi", "once.", "once. and more", "lane. It was", "x" * 300 + " ferry",
)  # fmt: skip
"""Words that are quoted: a passage, or an orphan that is told, and never another passage."""

ARTICLES = {
    "empty": "",
    "only a title": "# old\n",
    "tags that are never closed": "<div><span><b>old <i>ferry\n",
    "ends without a beginning": "old</div></span></article> ferry\n",
    "tags of ours": '<mark class="ann-m x" data-ann="old">old</mark> ferry\n',
    "ids of ours": '<p id="ann-old">old</p>\n\n<p id="ann-old--note">ferry</p>\n',
    "comments of ours": "<!--ann-->old<!--/ann--> ferry\n",
    "an end of ours": "<!--/ann-->old ferry\n",
    "scripts": "old <script>'old ferry'</script> ferry <style>old{}</style>\n",
    "a comment that never ends": "old <!-- ferry\n",
    "a thousand elements within each other": "<b>" * 1000 + "old ferry" + "</b>" * 1000 + "\n",
    "a thousand lists": "".join("  " * min(n, 20) + "- old\n" for n in range(1000)),
    "a table": "| old | ferry |\n|---|---|\n| old | ferry |\n",
    "one word 20,000 times": "old " * 20_000 + "\n",
    "one line of 200,000 characters": "old" + "x" * 200_000 + "\n",
    "what Markdown keeps for itself": "old \x02wzxhzdk:0\x03 ferry\n",
    "characters that turn the line": "old \u202eferry\u202c and \u2066back\n",
    "every control character": "old " + "".join(map(chr, range(1, 32))) + " ferry\n",
    "half characters": "old &#xD800; ferry &#0; and &#x110000;\n",
    "CRLF": "old\r\nferry\r\n",
    "a marker of an index": "<!-- annotate: sources -->\n\nold ferry\n",
    "a marker that is wrong": "<!-- annotate: everything <b> -->\n\nold ferry\n",
    "front matter that is a list": "---\n- a\n---\nold ferry\n",
    "front matter that never ends": "---\na: b\nold ferry\n",
}
"""Articles, each with a sound sidecar."""

MULTIPLIED = "a: &a [1]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in itertools.pairwise("abcdefghi")
)
"""Lists of lists by aliases, 43 million values in all."""

FRONT_MATTER = (
    "annotations: []", "annotations: 1", "annotations: {}", "annotations: {file: []}",
    "annotations: {file: 1}", "annotations: {file: ''}", "annotations: ''", "annotations: ~",
    "annotations: {margin: sideways}", "annotations: {panel: [top]}", "annotations: {x: y}",
    "annotations: {file: a.yml}", "annotations: {file: 'a\\0.annotations.yml'}",
    "annotations: " + "a" * 5000 + ".annotations.yml", "annotations: !!python/name:os.system x",
    "annotations: {1: 2}", "annotations: {? [a] : b}", "annotations: 2024-01-01", "lang: '<b>'",
    "lang: [en]", "lang: " + "a" * 500, "hide: 1", "hide: {a: b}", "title: {a: b}", "title: 1",
    "annotations: {marks: '<'}", "annotations: .inf", "annotations: off", "annotations: {preview: x}",
    MULTIPLIED + "annotations: *i", MULTIPLIED + "annotations: {margin: *i}", MULTIPLIED + "lang: *i",
    "annotations: 0x" + "f" * 5000, "annotations: {margin: 0x" + "f" * 5000 + "}",
    "annotations: {0x" + "f" * 5000 + ": 1}", "annotations: [a, 1]",
)  # fmt: skip
"""Front matter of articles."""

SOURCE_FILES = {
    "sources.yml": (
        "", "a", "[]", "- a", "a: b", "a: {}", "a: []", "a: {title: []}", "a: {title: t, x: y}",
        "a: {title: t, url: 'javascript:x'}", "a: &x {title: t}\nb: *x", "a: {title: t}\na: {title: u}",
        "'<b>': {title: '<img src=x onerror=1>'}", "a: {title: '\\0'}", "a: {title: \"\\u202e\"}",
        "[" * 5000, "a: {title: " + "t" * 2000 + "}", "a: {title: t, date: 0000-00-00}", "\x00", "\ufeffa: {title: t}",
    ),
    "sources.json": (
        "", "{", "[]", "{}", "null", "1", '"a"', "[1]", "[[]]", "[{}]", '[{"id": "a"}]',
        '[{"id": "a", "title": []}]', '[{"id": [], "title": "t"}]', '[{"id": "a", "title": "<b>"}]',
        '[{"id": "a", "title": "t", "URL": "javascript:x"}]', "[" * 5000, '{"a":' * 5000,
        '[{"id": "a", "title": "t", "issued": {"date-parts": [[1e999]]}}]',
        '[{"id": "a", "title": "t", "issued": {"date-parts": "x"}}]',
        '[{"id": "a", "title": "t", "author": [{"family": {}}]}]', "[NaN]", "[" + "9" * 5000 + "]",
        '[{"id": "a", "title": "\\ud800"}]', '[{"id": "a", "title": "t", "author": 1}]',
    ),
    "sources.bib": (
        "", "@", "@book", "@book{", "@book{a", "@book{a,", "@book{a, title", "@book{a, title = ",
        "@book{a, title = {t}", "@book{a, title = {t}}}", "@book{a, title = \"t}", "@book{, title = {t}}",
        "@string{a = a # a}\n@book{b, title = a}", "@comment{" * 500, "@book{a, title = {" + "{" * 5000 + "}}",
        "@book{a, title = {\\input{/etc/passwd}}}", "@book{a, title = {\\write18{id}}}", "@book{a, date = {x/../y}}",
        "@book{a, title = {<b>}, url = {javascript:x}}", "@book{a, title = {t}}\n" * 50, "\x00@book{a}",
        "@book{a, crossref = {a}}", "@xdata{a, xdata = {a}}\n@book{b, xdata = {a}}",
        "@book{a, title = {t}, author = {" + "a and " * 2000 + "b}}",
    ),
}  # fmt: skip
"""Files of sources that a whole site shares."""

OPTIONS = (
    "margin: sideways", "margin: []", "panel: {a: b}", "kinds: 1", "kinds: {opinion: 1}",
    "kinds: {'<b>': {label: '<script>', definition: x, group: opinion}}", "kinds: [a]", "packs: 7",
    "packs: [nobody]", "people: []", "people: {a: 1}", "people: {a: {name: '<b>', url: 'javascript:x'}}",
    "sources: {a: b}", "sources: ''", "sources: [1, 2]", "sources: ../../../../etc/passwd",
    "annotations_dir: []", "annotations_dir: ../none", "annotations_dir: /dev/null", "annotations_dir: ''",
    "templates: nowhere", "templates: []", "words: {a: {b: c}}", "words: 1", "language: klingon",
    "language: []", "rules: {x: y}", "rules: []", "rules: {orphan: off}", "max_marks: x", "max_marks: -1",
    "max_marks: 1e999", "exports: [x]", "exports: {a: b}", "indexes: {sources: '../x'}", "indexes: 1",
    "preview: maybe", "strict: 7", "article: x", "sidecar: x", "unknown: 1", "1: 2", "id_prefix: '<b>'",
    *(each.replace("0", "0x" + "f" * 5000) for each in (
        "margin: 0", "max_marks: 0", "exports: [0]", "rules: {orphan: 0}", "0: 1", "kinds: {0: {}}",
        "kinds: {opinion: {0: 1}}", "rules: {0: off}", "people: {0: a}", "people: {a: {0: b}}",
        "indexes: {0: a.md}", "packs: [0]", "sources: [0]", "language: 0",
    )),
)  # fmt: skip
"""Options of a site, below `annotate:`."""


def _entry(fields: str) -> bytes:
    return f"annotations:\n- quote: old ferry\n  {fields}\n".encode("utf-8", "surrogatepass")


def _field(name: str, value: str) -> bytes:
    text = _yaml(value)
    source = f"sources: {{s: {{title: {text if name == 'title' else 't'}}}}}\n"
    said = {
        "title": "note: n, sources: s",
        "locator": f"note: n, sources: [{{source: s, locator: {text}}}]",
        "cited": f"note: n, sources: [{{source: s, quote: {text}}}]",
        "tag": f"note: n, tags: [{text}]",
        "quote": "note: n",
    }.get(name, f"note: n, kind: opinion, {name}: {text}")
    quote = text if name == "quote" else "old ferry"
    return f"{source}annotations: [{{quote: {quote}, {said}}}]\n".encode("utf-8", "surrogatepass")


def cases() -> Iterator[Case]:
    """Yield every case that is one page."""
    for number, note in enumerate(NOTES):
        yield Case(f"note {number}", _entry(f"note: {_yaml(note)}"))
    for number, text in enumerate(TEXTS):
        name = FIELDS[number % len(FIELDS)]
        for each in {name, "title", "speaker"}:
            yield Case(f"text {number} as {each}", _field(each, text))
    for number, address in enumerate(ADDRESSES):
        source = f"{{title: t, url: {_yaml(address)}}}"
        said = f"sources: {{s: {source}}}\nannotations: [{{quote: old ferry, note: n, sources: s}}]"
        yield Case(f"address {number}", said.encode("utf-8", "surrogatepass"))
    for name, text in YAML.items():
        yield Case(f"YAML: {name}", text.encode())
    for name, data in BYTES.items():
        yield Case(f"bytes: {name}", data)
    for number, quote in enumerate(QUOTES):
        said = f"annotations: [{{quote: {_yaml(quote)}, note: n}}]"
        yield Case(f"quote {number}", said.encode())
        said = f"annotations: [{{quote: old, prefix: {_yaml(quote)}, section: {_yaml(quote)}, note: n}}]"
        yield Case(f"prefix {number}", said.encode())
    for name, article in ARTICLES.items():
        sound = b"annotations:\n- {quote: old, note: n}\n- {quote: old ferry, note: m}\n"
        yield Case(f"article: {name}", sound, article)
    for number, front in enumerate(FRONT_MATTER):
        sound = b"annotations: [{quote: old ferry, note: n}]\n"
        yield Case(f"front matter {number}", sound, f"---\n{front}\n---\n{ARTICLE}")
