import logging

import markdown
import pytest
from mkdocs.exceptions import Abort

from mkdocs_annotate.hosts.extension import AnnotateExtension, StrictError
from mkdocs_annotate.hosts.option_values import site_rules
from mkdocs_annotate.model.problems import Level, Rule
from mkdocs_annotate.model.reporting import RuleSettings


def levels(rules):
    made = site_rules({"rules": rules})
    assert made.mistakes == ()
    return dict(made.settings.levels)


def told(**given):
    return [f"{message}; {hint}" for _, message, hint, *_ in site_rules(given).mistakes]


@pytest.mark.parametrize(
    ("name", "value", "level"),
    [
        ("note-without-author", "warning", Level.WARNING),
        ("note-without-author", "Error ", Level.ERROR),
        ("note-without-author", True, Level.WARNING),
        ("too-many-marks", True, Level.INFO),
        ("too-many-marks", "on", Level.INFO),
        ("too-many-marks", False, Level.OFF),
        ("too-many-marks", "off", Level.OFF),
        ("orphan", "error", Level.ERROR),
        ("orphan", "info", Level.INFO),
        ("orphan", True, Level.WARNING),
    ],
)
def test_a_rule_has_the_level_that_the_site_gives_it(name, value, level):
    assert levels({name: value}) == {Rule(name): level}


def test_a_site_that_sets_nothing_has_the_levels_of_the_rules():
    assert site_rules({}).settings == RuleSettings()
    assert site_rules({"rules": None, "max_marks": None}).settings == RuleSettings()


@pytest.mark.parametrize("value", [25, "25", f"{' ' * 9}25"])
def test_some_rules_have_a_number(value):
    assert site_rules({"max_marks": value}).settings == RuleSettings(max_marks=25)
    assert site_rules({"archive_after_days": value}).settings.archive_after_days == 25


@pytest.mark.parametrize("value", [0, -1, True, "many", "", 2.5, [40], 10**12, "9" * 20])
def test_a_number_that_cannot_be_used_is_told(value):
    assert told(max_marks=value) == [
        f"`max_marks` can't be “{value}”; write a number from 1 to 36,500"
    ]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (
            ["orphan"],
            "`rules` has no entries; write `rules:`, and below it `note-without-author: warning`",
        ),
        ({"note-without-athor": "info"}, "there is no rule `note-without-athor`; did you mean"),
        ({"zzz": "info"}, "there is no rule `zzz`; the reference lists them under “Problems”"),
        ({False: "info"}, "there is no rule `False`; the reference lists them under “Problems”"),
        (
            {"orphan": False},
            "`rules.orphan` can't be off: a problem would go unnoticed; "
            "write info, warning or error",
        ),
        (
            {"loaded-verb": "loud"},
            "`rules.loaded-verb` can't be “loud”; write one of off, info, warning, error, true",
        ),
        (
            {"loaded-verb": 2},
            "`rules.loaded-verb` can't be “2”; write one of off, info, warning, error, true",
        ),
        (
            {"loaded-verb": None},
            "`rules.loaded-verb` can't be “None”; write one of off, info, warning, error, true",
        ),
    ],
)
def test_what_cannot_be_used_is_told_and_leaves_the_rest(rules, expected):
    (message,) = told(rules=rules)

    assert message.startswith(expected)
    assert site_rules({"rules": rules}).settings == RuleSettings()


TALKS = """
docs/index.md
| # Talks
|
| The world is one. The bridge was built in 1794.
docs/index.annotations.yml
| sources:
|   survey: {title: Survey}
| annotations:
|   - quote: The world is one
|     note: x
|   - quote: nowhere
|     note: x
docs/other.md
| The other page.
docs/other.annotations.yml
| annotations:
|   - quote: elsewhere
|     note: x
"""
CONFIG = """
site_name: Drawn
theme: {name: mkdocs, highlightjs: false}
plugins:
  - annotate: {rules: RULES}
"""


def drawn(draw, rules):
    return draw(TALKS, CONFIG.replace("RULES", rules))


class Records(logging.Handler):
    def __init__(self):
        super().__init__(logging.INFO)
        self.told = []

    def emit(self, record):
        self.told.append((record.levelname, record.getMessage()))


@pytest.fixture
def logged():
    handler, logger = Records(), logging.getLogger("mkdocs")
    logger.addHandler(handler)
    yield handler.told
    logger.removeHandler(handler)


def test_an_error_ends_the_build_when_all_pages_are_told(draw, logged):
    site = drawn(draw, "{orphan: error}")

    with pytest.raises(Abort):
        site.build()

    told = [(level, line[-15:].split("[")[-1]) for level, line in logged if level != "INFO"]
    assert told == [
        ("WARNING", "source-unused]"),
        ("ERROR", "orphan]"),
        ("ERROR", "orphan]"),
        ("ERROR", "orphan]"),
    ]
    assert logged[-1][1].startswith(
        "annotate: 2 errors, the first: docs/index.annotations.yml:6:12: “nowhere”"
    )
    assert not (site.root / "built/index.html").exists()


def test_a_single_error_is_one(draw, logged):
    site = drawn(draw, "{source-unused: error, orphan: info}")

    with pytest.raises(Abort):
        site.build()

    assert logged[-1][1].startswith("annotate: 1 error, the first: docs/index.annotations.yml:2:3:")


def test_a_preview_goes_on(draw):
    site = drawn(draw, "{orphan: error}")

    assert [problem.rule for problem in site.build("serve").problems] == [
        "source-unused",
        "orphan",
        "orphan",
    ]
    assert (site.root / "built/index.html").exists()


def test_a_sidecar_without_article_can_be_an_error(draw):
    site = drawn(draw, "{no-article: error}")
    (site.root / "docs/none.annotations.yml").write_text("annotations: []\n", "utf-8")

    with pytest.raises(Abort):
        site.build()


def test_an_option_can_be_an_error(draw, logged):
    site = drawn(draw, "{bad-option: error, orphn: info, orphan: info, source-unused: off}")

    with pytest.raises(Abort):
        site.build()

    assert (
        "ERROR",
        "mkdocs.yml:5:43: there is no rule `orphn`; did you mean `orphan`? [bad-option]",
    ) in logged


def test_the_extension_alone_stops_for_no_information():
    given = {"sidecar": "annotations:\n- quote: x\n  kind: rhetoric\n", "strict": True}

    extension = AnnotateExtension(**given)
    markdown.markdown("x", extensions=[extension])
    assert [str(problem.rule.value) for problem in extension.problems] == [
        "rhetoric-without-technique"
    ]
    with pytest.raises(StrictError):
        markdown.markdown(
            "x",
            extensions=[
                AnnotateExtension(**given, rules={"rhetoric-without-technique": "warning"})
            ],
        )


def test_a_fault_of_our_own_can_be_an_error_to_a_site(draw, monkeypatch):
    def fail(*_):
        raise ValueError("x")

    monkeypatch.setattr("mkdocs_annotate.hosts.conversion.render_page", fail)

    with pytest.raises(Abort):
        drawn(draw, "{internal-error: error}").build()
