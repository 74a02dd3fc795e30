"""Keeps two programs from writing into one run folder at the same time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from cleankit.errors import UsageError

# seconds: the workers of a run that was killed have this folder too, until they have tidied up
PATIENCE = 4


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder while something is written into it. The system lets go of it when the program ends, however.

    Raises UsageError where another program holds it. Where the system knows no such locks nothing is held.
    """
    if find_spec("fcntl") is None:
        yield
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # told by the one who writes
        yield
        return
    try:
        _take(handle, folder)
        yield
    finally:
        os.close(handle)


def _take(handle: int, folder: Path) -> None:
    import fcntl

    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            if time.monotonic() > until:
                problem = "is being written by another cleankit; wait for it, or give another folder"
                raise UsageError(f"{folder}: {problem}") from error
        except OSError:  # a file system without locks
            return
        time.sleep(0.1)
