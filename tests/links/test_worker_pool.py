"""Many hosts at once, one address of each at a time."""

import threading
import time

import pytest

from mkdocs_annotate.links.run import WorkerPool


def test_every_task_is_done_once_whatever_its_host():
    tasks = [(host, number) for host in "abc" for number in range(20)]
    queue = WorkerPool(lambda task: task[1] * 2, lambda task: task[0], 4)

    results = dict(queue.results(tasks))

    assert results == {task: task[1] * 2 for task in tasks}


def test_those_of_one_host_are_done_in_their_order_by_one_thread():
    done = []

    def work(task):
        done.append((task, threading.get_ident()))

    list(WorkerPool(work, lambda task: "a", 8).results(range(50)))

    assert [task for task, _ in done] == list(range(50))
    assert len({thread for _, thread in done}) == 1


def test_no_more_threads_work_than_are_wanted():
    inside, most = [], []

    def work(task):
        inside.append(task)
        most.append(len(inside))
        time.sleep(0.002)
        inside.remove(task)

    list(WorkerPool(work, str, 3).results(range(30)))

    assert max(most) <= 3


def test_nothing_to_do_is_done_at_once():
    assert list(WorkerPool(str, str, 3).results([])) == []


def test_a_fault_of_the_work_reaches_who_listens():
    def work(task):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(WorkerPool(work, str, 3).results([1, 2, 3]))


def test_who_stops_listening_stops_the_work():
    done = []

    def work(task):
        done.append(task)
        time.sleep(0.01)

    results = WorkerPool(work, lambda task: "a", 1).results(range(1_000))
    next(results)
    results.close()
    time.sleep(0.1)

    assert len(done) < 1_000


def test_a_slow_answer_is_waited_for():
    assert list(WorkerPool(lambda task: time.sleep(0.3), str, 1).results([1])) == [(1, None)]
