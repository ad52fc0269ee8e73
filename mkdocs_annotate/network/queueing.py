"""Many addresses asked at once, those of one host after each other."""

from collections.abc import Callable, Iterator, Sequence
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_GLANCE = 0.2  # Windows hears Ctrl-C only between two waits


class Queue(Generic[Task, Result]):
    """Does some work for each of many tasks, in several threads."""

    def __init__(
        self, work: Callable[[Task], Result], host_of: Callable[[Task], str], jobs: int
    ) -> None:
        self.work = work
        self.host_of = host_of
        self.jobs = jobs

    def results(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Result]]:
        """Yield each of `tasks` with its result, in the order in which they are done.

        The tasks of one host are done by one thread, so that no other waits for its turn there;
        those of the host with most begin first.  The threads end with the program: whoever stops
        listening need not wait for them.  Raises what the work raises.
        """
        groups: dict[str, list[Task]] = {}
        for task in tasks:
            groups.setdefault(self.host_of(task), []).append(task)
        waiting: SimpleQueue[list[Task]] = SimpleQueue()
        for group in sorted(groups.values(), key=len, reverse=True):
            waiting.put(group)
        done: SimpleQueue[tuple[Task, Result | BaseException]] = SimpleQueue()
        stopped = Event()
        for _ in range(min(self.jobs, len(groups))):
            Thread(target=self._work_off, args=(waiting, done, stopped), daemon=True).start()
        try:
            for _ in tasks:
                task, result = _next(done)
                if isinstance(result, BaseException):
                    raise result
                yield task, result
        finally:
            stopped.set()

    def _work_off(
        self,
        waiting: "SimpleQueue[list[Task]]",
        done: "SimpleQueue[tuple[Task, Result | BaseException]]",
        stopped: Event,
    ) -> None:
        while True:
            try:
                group = waiting.get_nowait()
            except Empty:
                return
            for task in group:
                if stopped.is_set():
                    return
                try:
                    done.put((task, self.work(task)))
                # It is the listener's: a thread that dies of it would leave it waiting.
                except BaseException as error:
                    done.put((task, error))


def _next(
    done: "SimpleQueue[tuple[Task, Result | BaseException]]",
) -> tuple[Task, Result | BaseException]:
    while True:
        try:
            return done.get(timeout=_GLANCE)
        except Empty:
            continue
