"""The rules of the house that a machine can hold; linters run as tests, so all failures show."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "mkdocs_annotate"


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


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
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
