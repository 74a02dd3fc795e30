"""Processes that work for this one: they end when it does, in time and without a word, whoever is told to end."""

from __future__ import annotations

import _thread
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from types import FrameType
from typing import TypeVar

GRACE = 2  # seconds that a worker has to tidy up
_AT_ONCE = 0.05  # seconds for one that has nothing to tidy up, but may be handing over what it did

T = TypeVar("T")
U = TypeVar("U")


def pooled(do: Callable[[T], U], tasks: Sequence[T], jobs: int, chunk: int) -> Iterator[U]:
    """What `do` makes of each task, in their order. Raises BrokenProcessPool when a worker was killed.

    Left before its end, or stopped by a signal, it ends the workers in the middle of what they do: `do` gets a
    SystemExit to tidy up by. When it is left, they are gone.
    """
    from concurrent.futures import ProcessPoolExecutor

    told, tell = multiprocessing.Pipe(duplex=False)
    with (
        told,
        tell,
        _shielded() as shield,
        ProcessPoolExecutor(min(jobs, len(tasks)), initializer=_begin, initargs=(told,)) as pool,
    ):
        try:
            # not by pool.map, which cancels what it will not wait for: pools trip over that when their workers leave
            with _signals_held():
                begun = (pool.submit(_serve, do, tasks[at : at + chunk]) for at in range(0, len(tasks), chunk))
                coming = deque(begun)
            while coming:
                yield from coming.popleft().result()
        except BaseException:  # stopped: a worker may have minutes to go
            shield()
            tell.send_bytes(b"stop")
            raise


@contextmanager
def _shielded() -> Iterator[Callable[[], None]]:
    """What is called to take no further signal until all is tidied up: a second Ctrl-C would leave it undone."""
    before = {}

    def shield() -> None:
        if threading.current_thread() is threading.main_thread():
            before.update({number: signal.signal(number, signal.SIG_IGN) for number in _numbers()})

    try:
        yield shield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _signals_held() -> Iterator[None]:
    """Let no signal through yet. Processes that begin here begin so, for their first moments end in a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, _numbers())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _numbers() -> list[signal.Signals]:
    return [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


# in a worker

_busy = False


def _begin(told: Connection) -> None:
    """End when the run is stopped, and do not outlive one that was killed, waiting for work for ever.

    Ctrl-C and the end of a terminal are sent to workers, too; what becomes of them then is for the run to say.
    """
    for number in _numbers():
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    threading.Thread(target=_wait_for_the_end, args=(told,), daemon=True).start()
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _numbers())


def _wait_for_the_end(told: Connection) -> None:
    parent = multiprocessing.parent_process()
    # nobody takes the message, so that all workers see it
    wait([told, *([parent.sentinel] if parent else [])])
    _thread.interrupt_main(signal.SIGTERM)
    _leave_after(GRACE)  # of one that is deep in a library and cannot be interrupted


def _serve(do: Callable[[T], U], tasks: Sequence[T]) -> list[U]:
    global _busy
    try:
        _busy = True
        try:
            return [do(task) for task in tasks]
        finally:
            _busy = False
    except SystemExit:
        # not back to the pool, where the next task waits
        os._exit(1)


def _end(number: int, _: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    patience = GRACE if _busy else _AT_ONCE
    threading.Thread(target=_leave_after, args=(patience,), daemon=True).start()
    if _busy:
        raise SystemExit


def _leave_after(seconds: float) -> None:
    time.sleep(seconds)
    os._exit(1)
