"""What becomes of every field of another format is what the reference says, and never nothing."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from mkdocs_annotate.exchange.biblatex import read_bibtex
from mkdocs_annotate.exchange.csl_reading import read_csl
from mkdocs_annotate.exchange.formats import FORMATS
from mkdocs_annotate.exchange.hypothesis import read_hypothesis
from mkdocs_annotate.exchange.imported import ImportedAnnotation
from mkdocs_annotate.exchange.mrsf import read_mrsf
from mkdocs_annotate.exchange.web_annotation_reading import read_web_annotations
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "site/reference/foreign-fields.md").read_text("utf-8")
GIVEN = yaml.safe_load((ROOT / "tests/exchange/cases/foreign-fields.yml").read_text("utf-8"))

HEADINGS = {
    "bibtex": "BibTeX and BibLaTeX",
    "csl": "CSL-JSON",
    "hypothesis": "Hypothesis",
    "web-annotation": "Web Annotation",
    "mrsf": "MRSF",
}
NAMES = {"exact": "quote", "targets": "quote", "references": "sources", "page": "which page"}


def told_in_the_reference(form):
    section = TEXT.partition(f"\n## {HEADINGS[form]}\n")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| `([^`]+)` \| (.*) \|$", section, re.M))


def of_entries(before, after):
    """Return what an entry has more with a field than without, in the words of the reference."""
    (old,), (new,) = before.sources.items(), after.sources.items()
    changed = {"key"} if old[0] != new[0] else set()
    changed |= {n for n in new[1].fields if new[1].fields[n] != old[1].fields.get(n)}
    if changed:
        return ", ".join(f"`{name}`" for name in sorted(changed))
    taken = {n for n in new[1].extra if new[1].extra[n] != old[1].extra.get(n)}
    if taken:
        return "export: " + ", ".join(f"`{name}`" for name in sorted(taken))
    told = len(after.parts) > len(before.parts) or after.unread.names != before.unread.names
    return "reported" if told else "nothing"


def in_bibtex(field, value, kind="misc", **more):
    parent = "@xdata{p, publisher={P}}" if more.get("parent") else ""
    given = {"title": "T", **more.get("with", {})}

    def read(values):
        lines = "".join(f"{name} = {{{text}}}, " for name, text in values.items())
        return read_bibtex(f"{parent}@{kind}{{a, {lines}}}")

    return of_entries(read(given), read({**given, field: value}))


def in_csl(field, value):
    given = {"id": "a", "type": "book", "title": "T"}
    return of_entries(read_csl([given]), read_csl([{**given, field: value}]))


def of_arrivals(before, after):
    """Return what an annotation has more, or that it does not come in, or what is reported."""
    if len(after.annotations) < len(before.annotations):
        return "decides whether it comes in"
    (old,), (new,) = before.annotations, after.annotations
    changed = [
        one.name
        for one in fields(ImportedAnnotation)
        if getattr(old, one.name) != getattr(new, one.name)
    ]
    if changed:
        return ", ".join(f"`{NAMES.get(name, name)}`" for name in changed)
    return "reported" if after.skipped or after.left_out != before.left_out else "nothing"


def in_hypothesis(field, value):
    quote = {"type": "TextQuoteSelector", "exact": "words"}
    row = {
        "text": "A note.",
        "permissions": {"read": ["group:__world__"]},
        "target": [{"selector": [quote]}],
    }

    def read(row):
        return read_hypothesis({"rows": [row]}, DEFAULT_VOCABULARY)

    return of_arrivals(read(row), read({**row, field: value}))


def in_web_annotation(field, value, body=None, **more):
    part, _, name = field.rpartition(".")
    given = {
        "type": "Annotation",
        "body": {"type": "TextualBody", "value": "A <i>note</i>."} if body is None else body,
        "target": {"selector": {"type": "TextQuoteSelector", "exact": "words"}},
    }
    if body is not None:
        given["bodyValue"] = "A note."
    inner = {**given[part], name: value} if part else value

    def read(annotation):
        return read_web_annotations(annotation, DEFAULT_VOCABULARY)

    return of_arrivals(read(given), read({**given, part or field: inner}))


def in_mrsf(field, value):
    remark = {"text": "A note.", "selected_text": "words"}

    def read(remark):
        return read_mrsf({"comments": [remark]})

    return of_arrivals(read(remark), read({**remark, field: value}))


OUTCOMES = {
    "bibtex": in_bibtex,
    "csl": in_csl,
    "hypothesis": in_hypothesis,
    "web-annotation": in_web_annotation,
    "mrsf": in_mrsf,
}
FIELDS = [(form, field) for form, given in GIVEN.items() for field in given]
SAYS_WHAT_IT_IS = {("web-annotation", "@context"), ("web-annotation", "type")}


@pytest.mark.parametrize(("form", "field"), FIELDS)
def test_a_field_is_read_exported_or_reported_as_the_reference_says(form, field):
    given = GIVEN[form][field]
    values = given if isinstance(given, dict) and "value" in given else {"value": given}

    outcome = OUTCOMES[form](field, **values)

    if (form, field) in SAYS_WHAT_IT_IS:
        assert outcome == "nothing"
        outcome = "says what it is"
    assert outcome != "nothing"
    assert told_in_the_reference(form)[field] == outcome


def test_every_format_has_its_fields_in_the_reference():
    reference = (ROOT / "site/reference/commands.md").read_text("utf-8")

    assert set(FORMATS) == set(GIVEN)
    assert [name for name in FORMATS if f"`{name}`" not in reference] == []


@pytest.mark.parametrize("form", GIVEN)
def test_the_reference_lists_the_fields_that_are_tried_and_no_others(form):
    assert list(told_in_the_reference(form)) == list(GIVEN[form])


@pytest.mark.parametrize("form", GIVEN)
def test_a_field_that_nobody_knows_is_reported(form):
    assert OUTCOMES[form]("invented", "x") == "reported"


ODD_TEXTS = ["Zzz and 12--13 (odd)", "???", "a, b, c, d", "0", "{x}", r"\emph{x}", "x" * 12_000]
ODD_VALUES = ["Zzz (odd)", 7, True, ["x"], {"a": "x"}, {"literal": "x"}, [{"a": "x"}], "x" * 12_000]
WITH_OTHERS = {"day", "month", "entrysubtype", "crossref", "xdata", "eprinttype", "archiveprefix"}
"""Fields that say something about others alone, which are not there."""


@pytest.mark.parametrize("value", ODD_TEXTS, ids=lambda value: value[:20])
@pytest.mark.parametrize("field", [field for field in GIVEN["bibtex"] if field not in WITH_OTHERS])
def test_whatever_a_field_of_bibtex_says_it_is_never_nothing(field, value):
    given = GIVEN["bibtex"][field]
    more = given if isinstance(given, dict) else {}

    assert in_bibtex(field, **{**more, "value": value}) != "nothing"


@pytest.mark.parametrize("value", ODD_VALUES, ids=lambda value: str(value)[:20])
@pytest.mark.parametrize("field", GIVEN["csl"])
def test_whatever_a_variable_of_csl_says_it_is_never_nothing(field, value):
    if field == "id" or (field == "title" and not isinstance(value, str)):
        # Without a key or a title there is no source, and that is told.
        return

    assert in_csl(field, value) != "nothing"


OF_ANNOTATIONS = [
    (form, field)
    for form, field in FIELDS
    if form in ("hypothesis", "web-annotation", "mrsf") and (form, field) not in SAYS_WHAT_IT_IS
]


@pytest.mark.parametrize("value", ODD_VALUES[:-1], ids=lambda value: str(value)[:20])
@pytest.mark.parametrize(("form", "field"), OF_ANNOTATIONS)
def test_whatever_a_field_of_an_annotation_says_it_is_never_nothing(form, field, value):
    given = GIVEN[form][field]
    more = given if isinstance(given, dict) and "value" in given else {}

    assert OUTCOMES[form](field, **{**more, "value": value}) != "nothing"
