"""Where a finding is, as its readers count and name it: rows and columns from one, paths from the repository."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from cleankit.model import Finding, Span
from cleankit.page import Page

# what is said of a path that no reader elsewhere can follow
OUTSIDE = "lies outside {}, so a service cannot show the place; run cleankit in the folder that holds the file"


class Places:
    """Row and column of offsets into one text; the column counts code points."""

    def __init__(self, text: str) -> None:
        self._page = Page(text)

    def of(self, offset: int) -> tuple[int, int]:
        if not self._page.lines:
            return 1, 1
        number = self._page.line_at(offset)
        return number + 1, offset - self._page.lines[number].start + 1


def seen(text: str, span: Span) -> Span:
    """What of a span a person is shown: it lies in the text, and the line end it closes with is not counted in.

    >>> seen("one\\r\\ntwo\\r\\n", Span(0, 5)), seen("one", Span(2, 9))
    (Span(start=0, end=3), Span(start=2, end=3))
    """
    start = min(max(span.start, 0), len(text))
    end = min(max(span.end, start), len(text))
    if end > start and text[end - 1] in "\r\n":
        end -= 2 if end - start > 1 and text[end - 2 : end] == "\r\n" else 1
    return Span(start, end)


def in_json(finding: Finding) -> tuple[int, int]:
    """Row and column of a JSON Pointer in the JSON text, which its evidence may tell; 0 where it does not."""
    told = dict(finding.evidence)
    return _number(told.get("row", "")), _number(told.get("col", ""))


def source(finding: Finding) -> tuple[str, int]:
    """The text that a value in JSON came from, as path and row, which the evidence may tell; else ("", 0)."""
    path, _, row = dict(finding.evidence).get("source", "").rpartition(":")
    return (path, _number(row)) if path and _number(row) else ("", 0)


def _number(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


def roots() -> tuple[Path, ...]:
    """The folders that a path may be told from, best first: $GITHUB_WORKSPACE, the repository, the current one."""
    here = Path.cwd()
    # a folder on the way up that may not be looked into holds no repository
    above = (folder for folder in (here, *here.parents) if os.path.exists(folder / ".git"))  # noqa: PTH110
    workspace = filter(None, (os.environ.get("GITHUB_WORKSPACE"),))
    return tuple(dict.fromkeys((*map(Path, workspace), *islice(above, 1), here)))


def relative(path: str, roots: Iterable[Path]) -> str | None:
    """The path from the first root that holds it, with forward slashes; None where none does."""
    # by the name it was given first: what a link inside leads to may lie anywhere
    for full in map(Path, (os.path.abspath(path), os.path.realpath(path))):  # noqa: PTH100
        for root in roots:
            if full.is_relative_to(root):
                return full.relative_to(root).as_posix()
    return None


def address(path: str) -> str:
    """The `file:` address of a path, percent-encoded."""
    return Path(os.path.abspath(path)).as_uri()  # noqa: PTH100
