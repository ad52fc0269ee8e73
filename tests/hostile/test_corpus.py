"""Hostile files through real builds: each has its answer, and none harms a page."""

import contextlib
import html
import json
import os
import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from drivers.corpus import ARTICLE, OPTIONS, SOURCE_FILES, WORDS, cases

ANSWERS = Path(__file__).parent / "answers.json"
CASES = {case.name: case for case in cases()}
CLASSES = sorted({re.split(r"[ :]", name)[0] for name in CASES})
CONFIG = (
    "site_name: Drawn\nsite_url: https://example.org/\ntheme: {name: mkdocs, highlightjs: false}\n"
    "plugins: [search, {annotate: {exports: true}}]\n"
)
SOUND = (
    "docs/index.md\n| The old ferry.\n"
    "docs/index.annotations.yml\n| annotations: [{quote: old, note: n}]\n"
)

ELEMENTS = frozenset(
    "a b bdi blockquote br cite code dd del details div dl dt em h2 hr img input label li mark ol "
    "p path pre q section small span strong sub summary sup svg table tbody td th thead time tr "
    "ul bdo wbr".split()
)
"""What our part of a page is made of, in the templates and in notes."""


class Part(HTMLParser):
    """Reads our part of a page: its elements, and attributes that could run or load something."""

    def __init__(self, page):
        super().__init__()
        self.faults = []
        self.inside = 0
        self.script = False
        self.feed(page)
        self.close()

    def handle_comment(self, data):
        self.inside += {"ann": 1, "/ann": -1}.get(data, 0)

    def handle_starttag(self, tag, attrs):
        if not self.inside:
            return
        kind = dict(attrs).get("type", "")
        if tag == "script" and kind == "application/ld+json":
            return
        # The stylesheet of indexes is our own, and stands where there is one.
        ours = tag == "link" and dict(attrs).get("href", "").endswith("/annotate-index.css")
        if tag not in ELEMENTS and not ours:
            self.faults.append(tag)
        for name, value in attrs:
            value = (value or "").strip().lower()
            if name.startswith("on") or name in (
                "style",
                "srcdoc",
                "formaction",
                "action",
                "background",
            ):
                self.faults.append(name)
            if name in ("href", "src", "data-originalurl", "data-versionurl"):
                self.faults += [value] * (not harmless(value, image=name == "src"))


def harmless(address, *, image):
    """Return whether an address is of the web, of mail or of the site; of an image, the site's."""
    if re.match(r"[a-z][a-z0-9+.-]*:", address):
        return not image and address.startswith(("http://", "https://", "mailto:"))
    return not address.startswith(("//", "/\\", "\\"))


def written(site, chosen):
    for number, case in enumerate(chosen):
        folder = site.root / "docs" / f"c{number}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.md").write_bytes(case.article.encode("utf-8", "surrogatepass"))
        (folder / "index.annotations.yml").write_bytes(case.sidecar)


def answers_of(built, number):
    """Return what was told of a case: the rules, each with its line."""
    told = [
        [problem.line, problem.rule]
        for problem in built.problems
        if problem.file.startswith(f"docs/c{number}/")
    ]
    return [list(pair) for pair in dict.fromkeys(map(tuple, told))][:12]


def shown_words(page):
    """Return the words of the article on a page, without ours."""
    from mkdocs_annotate.rendering.splice import without_annotations

    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", without_annotations(page))).split())


@pytest.mark.parametrize("group", CLASSES)
def test_each_hostile_page_has_its_answer_and_does_no_harm(draw, group):
    chosen = [case for name, case in CASES.items() if re.split(r"[ :]", name)[0] == group]
    site = draw("", CONFIG)
    (site.root / "docs").mkdir(exist_ok=True)
    written(site, chosen)
    expected = json.loads(ANSWERS.read_text("utf-8"))

    started = time.process_time()
    built = site.build()

    # An ordinary page takes some milliseconds; of the worst each must stay far below a second.
    assert time.process_time() - started < 1.0 * len(chosen) + 10
    found, faults = {}, {}
    for number, case in enumerate(chosen):
        page = built.html(f"c{number}/index.html")
        found[case.name] = answers_of(built, number)
        # An article may hold the comments that our part stands between.
        if "ann-->" not in case.article and (wrong := Part(page).faults):
            faults[case.name] = wrong
        if case.article == ARTICLE:
            assert WORDS in shown_words(page), case.name
        assert len(page) < (8 << 20) + 100_000
    if os.environ.get("WRITE_ANSWERS"):  # by hand, to look at what has changed
        ANSWERS.write_text(
            json.dumps({**expected, **found}, indent=0, ensure_ascii=False) + "\n", "utf-8"
        )
        return
    assert faults == {}
    assert {case.name: expected.get(case.name) for case in chosen} == found
    assert not any(rule == "internal-error" for told in found.values() for _, rule in told)


def test_the_corpus_is_large_and_every_case_has_an_answer():
    more = sum(map(len, SOURCE_FILES.values())) + len(OPTIONS)

    assert len(CASES) + more >= 300
    assert set(CASES) == set(json.loads(ANSWERS.read_text("utf-8")))


@pytest.mark.parametrize("name", SOURCE_FILES)
def test_no_file_of_sources_stops_a_site(draw, name):
    site = draw(SOUND)
    site.config = site.config.replace("[annotate]", f"[{{annotate: {{sources: {name}}}}}]")
    sound = site.build().html()
    for text in SOURCE_FILES[name]:
        (site.root / name).write_bytes(text.encode("utf-8", "surrogatepass"))

        built = site.build()

        assert "internal-error" not in {problem.rule for problem in built.problems}, text[:60]
        assert all(problem.file == name for problem in built.problems), text[:60]
        assert built.html().count("ann-m ") == sound.count("ann-m "), text[:60]


@pytest.mark.parametrize("option", OPTIONS)
def test_no_option_ends_a_build_or_a_check_with_a_traceback(draw, option):
    from click.testing import CliRunner
    from mkdocs.exceptions import MkDocsException

    from mkdocs_annotate.commands.cli import main

    site = draw(SOUND)
    site.config = (
        "site_name: x\ntheme: {name: mkdocs, highlightjs: false}\n"
        f"plugins: [{{annotate: {{{option}}}}}]\n"
    )
    rules = set()
    with contextlib.suppress(MkDocsException):
        rules = {problem.rule for problem in site.build().problems}
    checked = CliRunner().invoke(main, ["check"])

    assert "internal-error" not in rules
    assert checked.exit_code in (0, 1, 2)
    assert "failed with" not in checked.output
    assert "Traceback" not in checked.output
