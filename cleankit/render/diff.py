"""What an edit does, as a unified diff."""

from __future__ import annotations

import difflib
from collections.abc import Iterator


def unified(old: str, new: str, before: str, after: str) -> Iterator[str]:
    """The lines of a diff between two texts, without their line ends; a missing last line end is said."""
    a, b = _lines(old), _lines(new)
    for line in difflib.unified_diff(a, b, before, after, lineterm=""):
        if line.endswith("\n"):
            yield line[:-1].replace("\r", "\\r")
        elif line.startswith(("---", "+++", "@@")):
            yield line
        else:
            yield line.replace("\r", "\\r")
            yield "\\ No newline at end of file"


def _lines(text: str) -> list[str]:
    # not splitlines: it parts lines at form feeds and line separators too
    lines = text.split("\n")
    last = lines.pop()
    return [line + "\n" for line in lines] + ([last] if last else [])
