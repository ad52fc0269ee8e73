"""One request at a time, with a pause between."""

import threading

import pytest

from mkdocs_annotate.links.client import Clock, PauseTooLong, RateLimit


def test_a_host_gets_a_pause_and_others_are_not_kept_waiting(sleeper):
    turns = RateLimit(1.0, sleeper.clock)

    for host in ("a", "b", "a", "b", "a"):
        with turns.turn(host):
            pass

    assert sleeper.slept == [1.0, 1.0]


def test_the_pause_begins_when_a_request_is_over():
    now = [0.0]
    slept = []
    turns = RateLimit(2.0, Clock(lambda: now[0], slept.append))
    with turns.turn("a"):
        now[0] = 10.0

    with turns.turn("a"):
        pass

    assert slept == [2.0]


def test_a_host_that_wants_longer_pauses_gets_them(sleeper):
    turns = RateLimit(1.0, sleeper.clock)
    turns.slow_down("a", 7)

    for _ in range(2):
        with turns.turn("a"):
            pass

    assert sleeper.slept == [7.0, 7.0]


def test_a_host_that_is_left_alone_is_left_alone_once(sleeper):
    turns = RateLimit(1.0, sleeper.clock)
    turns.rest("a", 30)

    for _ in range(2):
        with turns.turn("a"):
            pass

    assert sleeper.slept == [30.0, 1.0]


def test_nobody_waits_for_a_host_that_wants_an_hour(sleeper):
    turns = RateLimit(1.0, sleeper.clock)
    turns.rest("a", 3600)

    with pytest.raises(PauseTooLong), turns.turn("a"):
        pass
    assert sleeper.slept == []


def test_two_threads_are_never_at_one_host_together():
    turns = RateLimit(0, Clock())
    inside, most = [], []

    def work():
        for _ in range(200):
            with turns.turn("a"):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert max(most) == 1
