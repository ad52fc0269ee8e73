"""A command that is killed loses nothing, and nothing of it is left after the next command."""

import os
import random
import shutil
from pathlib import Path

import pytest
from drivers.kills import (
    COMMANDS,
    drawn,
    killed_after,
    killed_at,
    operations,
    run,
    texts,
)

IN_THE_SUITE = 50
"""Kills of all commands together, in the suite; the long run has 1,000."""


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Return a function that draws the site anew, in the working folder."""
    folder = tmp_path / "site"

    def anew():
        monkeypatch.chdir(tmp_path)
        shutil.rmtree(folder, ignore_errors=True)
        drawn(folder)
        monkeypatch.chdir(folder)
        return folder

    return anew


def outcome(command, anew):
    """Return the files of the site before a command, and after it came to its end."""
    folder = anew()
    before = texts(folder)
    run(*command)
    return before, texts(folder)


def check(command, before, after, folder):
    """Hold the site that a killed command left, and what the next command makes of it."""
    code, told = run("check", "--format", "json")
    assert code in (0, 1), told
    now = texts(folder)
    changed = [name for name, text in after.items() if before.get(name) != text]
    written = [name for name in changed if now.get(name) == after[name]]
    # Of `fix` each answer is a change of its own, and nothing is left to do for it.
    if 0 < len(written) < len(changed) and command != COMMANDS["fix"]:
        assert "was stopped while it wrote files" in told, command
        assert all(Path(name).name in told for name in changed), told
    assert now.keys() <= before.keys() | after.keys(), command
    # What moves is edited where it is, and then renamed: so every old or new text is whole.
    whole = {*before.values(), *after.values()}
    for name, text in now.items():
        same = before.get(name) == after.get(name)
        assert text == before[name] if same else text in whole, (command, name)
    for name in before.keys() - now.keys():
        assert name not in after, (command, name)
        assert (folder / "docs" / "old" / Path(name).name).is_file(), (command, name)
    assert "was stopped while it wrote" not in run("check", "--format", "json")[1]


def killed(command, anew, number):
    before, after = outcome(command, anew)
    folder = anew()
    assert killed_at(command, folder, number)
    check(command, before, after, folder)


def plan():
    """Return 50 kills: all commands by turns, at operations drawn once and for all."""
    draw = random.Random(12)
    names = sorted(COMMANDS)
    return [(names[each % len(names)], draw.random()) for each in range(IN_THE_SUITE)]


@pytest.fixture(scope="module")
def counts(tmp_path_factory):
    """Return how many operations each command does on files of the site."""
    folder = tmp_path_factory.mktemp("counted")
    here = Path.cwd()
    found = {}
    try:
        for name, command in COMMANDS.items():
            place = folder / name.replace(" ", "-")
            drawn(place)
            os.chdir(place)
            found[name] = operations(command, place)
    finally:
        os.chdir(here)
    return found


def test_every_command_that_writes_is_among_them(counts):
    assert all(count > 1 for count in counts.values()), counts


@pytest.mark.parametrize(("name", "where"), plan())
def test_a_kill_loses_nothing_and_leaves_nothing(site, counts, name, where):
    killed(COMMANDS[name], site, 1 + int(where * counts[name]))


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_no_kill_at_any_operation_loses_anything(site, counts, name):
    for number in range(1, counts[name] + 1):
        killed(COMMANDS[name], site, number)


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_no_kill_at_any_time_loses_anything(site, name):
    draw = random.Random(name)
    before, after = outcome(COMMANDS[name], site)
    for _ in range(90):
        folder = site()
        if killed_after(COMMANDS[name], draw.uniform(0.0, 0.15)):
            check(COMMANDS[name], before, after, folder)
