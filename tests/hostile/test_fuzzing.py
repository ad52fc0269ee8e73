"""Random inputs for each stage: nothing raises, and what is told is one harmless line."""

import pytest
from drivers.inputs import drawn, failing, smallest
from drivers.targets import TARGETS

SHORT, LONG = 400, 100_000
SLOW = {"anchoring": 10, "splice": 10, "editing": 4, "notes": 2}
"""Stages of which fewer inputs are tried: they do more with each."""


def fuzz(name, seed, count):
    target = TARGETS[name]
    for text in drawn(target, seed, count // SLOW.get(name, 1)):
        if failing(target.run, text):
            # Once more, and not caught: so the failure shows with the smallest input.
            target.run(smallest(target.run, text))


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_makes_a_stage_fail(name):
    fuzz(name, "suite", SHORT)


@pytest.mark.parametrize("name", TARGETS)
def test_what_inputs_are_made_of_goes_well_by_itself(name):
    target = TARGETS[name]
    for text in (*target.seeds, *target.pieces, ""):
        target.run(text)


@pytest.mark.long
@pytest.mark.parametrize("name", TARGETS)
def test_no_input_of_many_makes_a_stage_fail(name):
    fuzz(name, "long", LONG)
