"""What users install: the wheel and the sdist hold all that the package reads."""

import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import entry_points, requires
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    code = (
        "import sys; from hatchling import build;"
        "print(build.build_wheel(sys.argv[1]), build.build_sdist(sys.argv[1]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return folder


def data_files() -> set[str]:
    package = ROOT / "mkdocs_annotate"
    return {
        path.relative_to(ROOT).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_every_module_asset_template_and_language(built):
    (wheel,) = built.glob("*.whl")

    assert data_files() <= set(zipfile.ZipFile(wheel).namelist())


@pytest.mark.parametrize("name", ["annotate.css", "annotate.js"])
def test_the_wheel_has_its_assets_without_comments(built, name):
    (wheel,) = built.glob("*.whl")
    packed = zipfile.ZipFile(wheel).read(f"mkdocs_annotate/assets/{name}")

    assert 1_000 < len(packed) < (ROOT / "mkdocs_annotate" / "assets" / name).stat().st_size * 0.8
    assert b"/*" not in packed


def test_the_sdist_holds_package_docs_tests_and_licence(built):
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert data_files() <= names
    assert {
        "LICENSE",
        "hatch_build.py",
        "README.md",
        "CHANGELOG.md",
        "mkdocs.yml",
        "site/index.md",
    } <= names
    assert "tests/conftest.py" in names


def test_at_run_time_users_need_what_they_have():
    needed = [line for line in requires("mkdocs-annotate") or [] if "extra ==" not in line]

    names = {line.split(">")[0].split("!")[0].split("<")[0].strip().lower() for line in needed}
    assert names == {"markdown", "pyyaml", "jinja2", "click"}


def test_hosts_find_us_by_our_names():
    (plugin,) = entry_points(group="mkdocs.plugins", name="annotate")
    (extension,) = entry_points(group="markdown.extensions", name="mkdocs_annotate")
    (command,) = entry_points(group="console_scripts", name="mkdocs-annotate")

    assert plugin.load().__name__ == "AnnotatePlugin"
    assert extension.load().__name__ == "AnnotateExtension"
    assert "check" in command.load().list_commands(None)
