"""Work that must not hold up a key: one thread that does jobs in the order they were given."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

Job = Callable[[], object]


class Background:
    """A thread and its queue. Order is kept, so a later save never overtakes an earlier one."""

    def __init__(self, name: str, failed: Callable[[BaseException], None]) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._failed = failed
        self._thread: threading.Thread | None = None
        self._name = name
        self._idle = threading.Event()
        self._idle.set()
        self._waiting = 0
        self._lock = threading.Lock()

    def do(self, job: Job) -> None:
        """Do `job` after all that were given before."""
        with self._lock:
            self._waiting += 1
            self._idle.clear()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
        self._jobs.put(job)

    @property
    def idle(self) -> bool:
        """Whether every job is done."""
        return self._idle.is_set()

    def drain(self, timeout: float) -> bool:
        """Wait until every job is done, at most `timeout` seconds; tell whether they are."""
        return self._idle.wait(timeout)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except BaseException as error:  # noqa: BLE001 (told to the human, the thread lives on)
                self._failed(error)
            finally:
                with self._lock:
                    self._waiting -= 1
                    if not self._waiting:
                        self._idle.set()

    def stop(self) -> None:
        """Let the thread end once the queue is empty."""
        self._jobs.put(None)
