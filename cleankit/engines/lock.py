"""Keeps two programs from writing into one run folder at the same time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cleankit.errors import UsageError


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder while something is written into it. The system lets go of it when the program ends, however.

    Raises UsageError where another program holds it. Where the system knows no such locks nothing is held.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # told by the one who writes
        yield
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            problem = "is being written by another cleankit; wait for it, or give another folder"
            raise UsageError(f"{folder}: {problem}") from error
        except OSError:  # a file system without locks
            pass
        yield
    finally:
        os.close(handle)
