"""The rules of the house that a machine can hold; linters run as tests, so all failures show."""

import ast
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "mkdocs_annotate"

MOST_MODULES = 166
MOST_IMPORTS = 1_058
"""Between two modules of the package."""

MOST_IN_A_CHAIN = 23


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "--quiet", "."],
        ["ruff", "format", "--check", "--quiet", "."],
        ["mypy"],
        ["lint-imports", "--no-cache"],
    ],
    ids=" ".join,
)
def test_the_linters_agree(command):
    program = Path(sys.executable).with_name(command[0])

    done = subprocess.run([program, *command[1:]], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr


def test_each_folder_has_its_tests():
    """Which lines no test needs is what coverage tells; here, where to look for those it has."""
    folders = {init.parent.name for init in PACKAGE.glob("*/__init__.py")}

    assert {folder for folder in folders if not (ROOT / "tests" / folder).is_dir()} == set()


@cache
def imports():
    """Return which modules of the package each one imports, inside functions too.

    What only type checkers import doesn't count.
    """
    paths = {
        ".".join((PACKAGE.name, *path.relative_to(PACKAGE).with_suffix("").parts)): path
        for path in PACKAGE.rglob("*.py")
        if path.name != "__init__.py"
    }
    return {
        name: imported(ast.parse(path.read_text("utf-8"))) & {*paths} - {name}
        for name, path in paths.items()
    }


def imported(node):
    found = set()
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            found |= set().union(*map(imported, child.orelse)) if child.orelse else set()
            continue
        if isinstance(child, ast.Import):
            found |= {alias.name for alias in child.names}
        elif isinstance(child, ast.ImportFrom):
            found |= {child.module, *(f"{child.module}.{alias.name}" for alias in child.names)}
        found |= imported(child)
    return found


def test_no_chain_of_imports_is_long_and_none_is_a_circle():
    """Whoever changes a module has all modules of its chain to think of."""
    known = {}

    def chain(name, above=()):
        assert name not in above, f"a circle of imports: {' > '.join((*above, name))}"
        if name not in known:
            chains = (chain(other, (*above, name)) for other in imports()[name])
            known[name] = (name, *max(chains, key=len, default=()))
        return known[name]

    longest = max(map(chain, imports()), key=len)

    assert len(longest) <= MOST_IN_A_CHAIN, " > ".join(longest)


def test_there_are_few_modules_and_few_imports_between_them():
    arrows = sum(map(len, imports().values()))

    assert len(imports()) <= MOST_MODULES
    assert arrows <= MOST_IMPORTS


def test_no_two_classes_have_one_name():
    names = Counter(
        node.name
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )

    assert {name for name, count in names.items() if count > 1} == set()


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "site/how.md"])
def test_the_files_that_contributors_are_shown_exist(document):
    text = (ROOT / document).read_text("utf-8")
    named = re.findall(r"`((?:mkdocs_annotate/|site/|tests/)?[a-z_]+/[\w/.-]*)`", text)

    missing = [
        name for name in named if not (ROOT / name).exists() and not (PACKAGE / name).exists()
    ]

    assert named
    assert missing == []


@pytest.mark.parametrize(
    "path",
    # What is made of the templates is read there.
    sorted({*PACKAGE.rglob("*.py")} - {PACKAGE / "rendering" / "block_html.py"}),
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_no_file_outgrows_its_purpose(path):
    assert len(path.read_text("utf-8").splitlines()) <= 350


def test_templates_escape_everything_and_quote_every_attribute():
    for path in (PACKAGE / "rendering" / "templates").glob("*.html"):
        text = path.read_text("utf-8")
        assert "|safe" not in text.replace(" ", ""), path
        assert "autoescape" not in text, path
        assert "={{" not in text.replace(" ", ""), path
        assert "style=" not in text, path
        assert " title=" not in text, path
