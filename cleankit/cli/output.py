"""Where a command's words go: bytes and text to standard output, complaints to standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable


def put(lines: Iterable[str]) -> None:
    """Lines of text for people, in UTF-8 whatever the locale says: pages and their names are in any script."""
    for line in lines:
        sys.stdout.buffer.write(line.encode(errors="backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def put_bytes(data: bytes) -> None:
    """A document, to the byte."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def complain(line: str) -> None:
    sys.stdout.flush()
    sys.stderr.buffer.write(line.encode(errors="backslashreplace") + b"\n")
    sys.stderr.buffer.flush()
