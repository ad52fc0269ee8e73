"""What development and releases take from others: locked, with hashes, by the hash of a commit."""

import re
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

try:
    import tomllib
except ImportError:  # Python 3.10
    import tomli as tomllib

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def name_of(requirement):
    return re.sub(r"[-_.]+", "-", Requirement(requirement).name).lower()


def locked(path):
    """Return the versions of each package that a lock names; another Python may have another."""
    found = {}
    for line in re.findall(r"^\S.*", path.read_text("utf-8"), re.M):
        requirement = Requirement(line.rstrip(" \\"))
        (pin,) = requirement.specifier
        assert pin.operator == "==", line
        found.setdefault(name_of(requirement.name), []).append(pin.version)
    return found


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_has_hashes_for_each_package_and_names_no_index(path):
    blocks = re.split(r"\n(?=\S)", path.read_text("utf-8").strip())

    assert blocks
    for block in blocks:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", block), block[:80]
        assert "://" not in block
        assert "index" not in block.partition("\\")[0] or "index" in block.split("==")[0]


def test_each_package_of_development_is_locked_in_a_version_that_is_allowed():
    pins = locked(ROOT / "requirements" / "dev.txt")

    for line in [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]:
        requirement = Requirement(line)
        versions = pins.get(name_of(requirement.name), [])
        assert versions, f"make lock: {line} is not in requirements/dev.txt"
        for version in versions:
            assert requirement.specifier.contains(version, prereleases=True), line


LOWEST = {
    # What is promised, by the lock that has its lowest versions.  Zensical, which needs newer ones
    # of some packages than we do, has its own; Material is no promise, and tested all the same.
    "lowest": ["mkdocs", "properdocs", "bibtex"],
    "lowest-zensical": ["zensical"],
}


def floors(name):
    """Return the lowest version of each package that we promise to work with."""
    extras = PROJECT["project"]["optional-dependencies"]
    promised = [line for extra in LOWEST[name] for line in extras[extra]]
    if name == "lowest":
        promised += PROJECT["project"]["dependencies"]
        promised += [line for line in PROJECT["dependency-groups"]["dev"] if "material" in line]
    for line in promised:
        requirement = Requirement(line)
        (low,) = [each for each in requirement.specifier if each.operator == ">="]
        yield f"{requirement.name}=={low.version}"


@pytest.mark.parametrize("name", LOWEST)
def test_what_is_tested_as_lowest_is_what_is_promised(name):
    lines = (ROOT / "requirements" / f"{name}.in").read_text("utf-8").splitlines()
    pinned = {line.lower() for line in lines if "==" in line}
    promised = {line.lower() for line in floors(name)}

    # Beside Zensical stands what it needs, in the version that it asks for.
    assert pinned == promised if name == "lowest" else pinned > promised


@pytest.mark.parametrize("name", LOWEST)
def test_the_lowest_versions_are_those_that_are_installed(name):
    pins = locked(ROOT / "requirements" / f"{name}.txt")

    for line in floors(name):
        requirement = Requirement(line)
        (version,) = pins[name_of(requirement.name)]
        assert requirement.specifier.contains(version), line


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job.get("steps", [])]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_named_by_the_hash_of_a_commit_with_their_version(path):
    text = path.read_text("utf-8")
    used = re.findall(r"uses: *(\S+)(.*)", text)

    assert used
    for action, comment in used:
        if not action.startswith("./"):
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action), action
            assert re.search(r"# v\d+\.\d+\.\d+$", comment), action


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_may_do_no_more_than_they_must_and_know_no_secret(path):
    workflow = yaml.safe_load(path.read_text("utf-8"))

    assert workflow["permissions"] == {"contents": "read"}
    assert "secrets." not in path.read_text("utf-8")
    for step in steps(workflow):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
        # What a stranger may have written is never part of a program.
        assert "${{" not in step.get("run", "")


def test_a_release_is_attested_and_published_without_a_token():
    workflow = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))
    used = " ".join(step.get("uses", "") for step in steps(workflow))

    assert "actions/attest-build-provenance@" in used
    assert "actions/attest-sbom@" in used
    assert workflow["jobs"]["publish"]["permissions"] == {"id-token": "write"}
    assert workflow["jobs"]["publish"]["needs"] == "build"
    assert workflow["jobs"]["build"]["needs"] == "test"


def test_every_python_that_we_promise_is_tested():
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))

    pythons = workflow["jobs"]["test"]["strategy"]["matrix"]["python"]
    assert pythons == ["3.10", "3.11", "3.12", "3.13", "3.14"]
    assert PROJECT["project"]["requires-python"] == f">={pythons[0]}"


@pytest.mark.parametrize(
    "target", re.findall(r"`make ([a-z-]+)", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
)
def test_what_contributors_are_told_to_run_is_there(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.M)
