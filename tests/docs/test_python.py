"""What is public in Python: the list, the page “From Python”, and the code agree."""

import re
import subprocess
import sys
from pathlib import Path

import markdown
import pytest

import mkdocs_annotate

SITE = Path(__file__).parents[2] / "site"
TEXT = (SITE / "guide/python.md").read_text("utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", TEXT, re.S)


def test_the_page_lists_what_is_public_and_nothing_else():
    listed = re.findall(r"^\| `(\w+)` \|", TEXT, re.M)

    assert listed == mkdocs_annotate.__all__
    assert listed == sorted(listed)


@pytest.mark.parametrize("name", mkdocs_annotate.__all__)
def test_each_public_name_is_there_once_and_says_what_it_is(name):
    value = getattr(mkdocs_annotate, name)

    assert value.__name__ == name
    assert value.__doc__
    assert name in dir(mkdocs_annotate)


def test_every_name_that_is_imported_lazily_is_public_and_types_know_it():
    source = Path(mkdocs_annotate.__file__).read_text("utf-8")
    typed = source.partition("if TYPE_CHECKING:")[2].partition("\n__version__")[0]
    names = re.findall(r"\w+", re.sub(r"from \S+ import", "", typed))

    assert sorted(names) == sorted(mkdocs_annotate.__all__)


def test_what_is_not_public_is_no_attribute():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        mkdocs_annotate.nothing  # noqa: B018


def test_importing_the_package_loads_nothing_else():
    code = (
        "import sys; known = set(sys.modules); import mkdocs_annotate;"
        "print(*sorted(set(sys.modules) - known))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    loaded = done.stdout.split()
    assert [name for name in loaded if name.startswith("mkdocs_annotate")] == ["mkdocs_annotate"]
    assert not {"markdown", "yaml", "jinja2", "click"} & set(loaded)


def test_the_code_of_the_page_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    text = (SITE / "guide/bridge.md").read_text("utf-8")
    yaml = (SITE / "guide/bridge.annotations.yml").read_text("utf-8")
    Path("bridge.annotations.yml").write_text(yaml, "utf-8")
    html = markdown.markdown(text)
    given = {"text": text, "yaml": yaml, "article": html, "document": f"<body><main>{html}</main>"}
    pages = {}

    for block in BLOCKS:
        exec(block, given)
        pages[block] = given.get("page")

    first, second, *_ = pages.values()
    assert 'class="ann-m ' in first.html
    assert first.problems == ()
    assert "/static/annotate/annotate.css" in second.html
    assert given["extension"].problems == second.problems
    assert given["page"].marks.keys() == second.marks.keys()
    assert given["lost"] == []
    assert capsys.readouterr().out.startswith("<!--ann-->")
