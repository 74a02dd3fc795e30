"""Where a command's words go: bytes and text to standard output, complaints to standard error."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, TextIO


def put(lines: Iterable[str]) -> None:
    """Lines of text for people, in UTF-8 whatever the locale says: pages and their names are in any script."""
    out = _bytes_of(sys.stdout)
    for line in lines:
        out.write(line.encode(errors="backslashreplace") + b"\n")
    out.flush()


def put_bytes(data: bytes) -> None:
    """A document, to the byte."""
    out = _bytes_of(sys.stdout)
    out.write(data)
    out.flush()


def deliver(data: bytes, out: str, *sources: str) -> None:
    """A document to a file, or to standard output for `-`. Raises UsageError for one of those that it is made of."""
    from cleankit import corpus
    from cleankit.errors import UsageError

    if out == corpus.STDIN:
        put_bytes(data)
        return
    if os.path.realpath(out) in (os.path.realpath(source) for source in sources if source != corpus.STDIN):
        raise UsageError(f"{out}: is what the output is made of, and would be lost; choose another file with -o")
    corpus.write_bytes(Path(out), data)


def complain(line: str) -> None:
    """A line for people about what went wrong; where standard error takes none, the exit code still tells."""
    if sys.stdout is not None:
        sys.stdout.flush()
    with contextlib.suppress(OSError):
        err = _bytes_of(sys.stderr)
        err.write(line.encode(errors="backslashreplace") + b"\n")
        err.flush()


def _bytes_of(stream: TextIO | None) -> BinaryIO:
    if stream is None:  # closed before the program began
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return stream.buffer
