"""Problems as SARIF 2.1.0, which code scanning services read (OASIS, sarif-v2.1.0)."""

import ast
import inspect
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any
from urllib.parse import quote

from mkdocs_annotate import __version__
from mkdocs_annotate.commands.fingerprints import fingerprints
from mkdocs_annotate.commands.reports import sentence
from mkdocs_annotate.model.problems import Level, Problem, Rule

_LEVELS = {
    Level.OFF: "none",
    Level.INFO: "note",
    Level.WARNING: "warning",
    Level.ERROR: "error",
}

# Not `primaryLocationLineHash`: GitHub makes that one of the line itself, and warns of any other
# (github/codeql-action, `src/fingerprints.ts`).
_FINGERPRINT = "mkdocsAnnotate/v1"


def as_sarif(problems: Sequence[Problem], addresses: Mapping[str, str]) -> str:
    """Return `problems`, whose files a repository names, as a SARIF log of one run.

    `addresses` are those of the project: its `homepage` and `documentation`, where it has them.
    """
    rules = sorted({problem.rule for problem in problems}, key=lambda rule: rule.value)
    driver: dict[str, Any] = {"name": "mkdocs-annotate", "version": __version__}
    if "homepage" in addresses:
        driver["informationUri"] = addresses["homepage"]
    driver["rules"] = [_rule(rule, addresses.get("documentation")) for rule in rules]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(problem, rules.index(problem.rule), fingerprint)
            for problem, fingerprint in zip(problems, fingerprints(problems), strict=True)
        ],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def project_addresses() -> dict[str, str]:
    """Return the addresses in the metadata of the installed package, by their small names."""
    try:
        entries = metadata("mkdocs-annotate").get_all("Project-URL") or []
    except PackageNotFoundError:
        return {}
    pairs = (str(entry).partition(",") for entry in entries)
    return {name.strip().lower(): address.strip() for name, _, address in pairs}


def _rule(rule: Rule, documentation: str | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": rule.value,
        "shortDescription": {"text": rule_meanings()[rule.name]},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
    }
    if documentation:
        told["helpUri"] = f"{documentation.rstrip('/')}/reference/problems/#{rule.value}"
    return told


def _result(problem: Problem, rule_index: int, fingerprint: str) -> dict[str, Any]:
    position = problem.position
    place = {
        # The names of files hold what an address can't: spaces, `%`, `#`.
        "artifactLocation": {"uri": quote(position.file), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": position.line, "startColumn": position.column},
    }
    return {
        "ruleId": problem.rule.value,
        "ruleIndex": rule_index,
        "level": _LEVELS[problem.level],
        "message": {"text": _without_links(sentence(problem))},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {_FINGERPRINT: fingerprint},
    }


def _without_links(text: str) -> str:
    """Return `text` with what viewers take for links broken up (SARIF 2.1.0, 3.11.6)."""
    return re.sub(r"\](?=\()", r"]\\", text)


@lru_cache
def rule_meanings() -> dict[str, str]:
    """Return what each rule means, by its name in code: the docstring below it, in one line."""
    (definition,) = ast.parse(inspect.getsource(Rule)).body
    assert isinstance(definition, ast.ClassDef)
    told = {}
    for statement, below in zip(definition.body, definition.body[1:], strict=False):
        if (
            isinstance(statement, ast.Assign)
            and isinstance(statement.targets[0], ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
        ):
            told[statement.targets[0].id] = " ".join(str(below.value.value).split())
    return told
