from dataclasses import fields

import pytest

from mkdocs_annotate.sidecar import format as shapes


@pytest.mark.parametrize("record", shapes.RECORDS, ids=lambda record: record.called)
def test_every_key_fills_a_field_of_the_model(record):
    known = {field.name for model in record.models for field in fields(model)}
    # A quote's first words are the passage itself.
    known |= {"quote"} if "exact" in known else set()

    assert set(record.fields) <= known


@pytest.mark.parametrize("record", shapes.RECORDS, ids=lambda record: record.called)
def test_every_field_that_a_writer_can_fill_has_a_key(record):
    ours = {"position", "places", "key", "file", "exact", "shared", "extra", "inline"}
    known = {field.name for model in record.models for field in fields(model)} - ours

    assert known <= set(record.fields)


@pytest.mark.parametrize("record", shapes.RECORDS, ids=lambda record: record.called)
def test_what_an_entry_needs_it_has(record):
    assert {*record.required, *record.some_of} <= set(record.fields)
    assert not record.shorthand or record.shorthand in record.fields


@pytest.mark.parametrize("record", shapes.RECORDS, ids=lambda record: record.called)
def test_other_names_for_a_key_are_no_keys_and_lead_to_one(record):
    assert not set(record.synonyms) & set(record.fields)
    assert set(" ".join(record.synonyms.values()).split()) <= set(record.fields)


def test_notes_are_no_longer_than_a_note_can_be_rendered():
    markdown = [
        shape
        for record in shapes.RECORDS
        for shape in record.fields.values()
        if isinstance(shape, shapes.Text) and shape.markdown
    ]

    assert len(markdown) == 4
    assert {shape.limit for shape in markdown} == {shapes.NOTE}
