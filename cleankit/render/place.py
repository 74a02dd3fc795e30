"""Rows and columns: the only place that counts from one."""

from __future__ import annotations

from cleankit.page import Page


class Places:
    """Row and column of offsets into one text; the column counts code points."""

    def __init__(self, text: str) -> None:
        self._page = Page(text)

    def of(self, offset: int) -> tuple[int, int]:
        if not self._page.lines:
            return 1, 1
        number = self._page.line_at(offset)
        return number + 1, offset - self._page.lines[number].start + 1
