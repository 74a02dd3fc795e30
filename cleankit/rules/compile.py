"""Many rules, few passes: which rules hit which lines of a page.

Rules are joined into automata of bounded size. Each is one RE2 expression that runs over the page's bytes without
captures; only the lines it stops at are shown to an RE2 set, which names the rules. A page with no hit costs those
scans and nothing else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import re2

from cleankit.page import Page

# RE2 builds its states while it reads and throws them away when their memory is full. Measured on 96 rules and 4 MB
# of pages: groups of half the size are read twice as often (0.59 s against 0.43 s), those of twice the size do not fit
# any more (1.0 s, and of four times 4.3 s). The source's length is no measure: a class of letters is short to write.
JOINED_SIZE = 20_000  # RE2 instructions
MAX_MEM = 1 << 26


class _Group:
    """Rules that are read in one pass: an expression that finds lines, and a set that names the rules there."""

    def __init__(self, patterns: Sequence[str], numbers: Sequence[int]) -> None:
        self._numbers = tuple(numbers)
        self._lines = [f"(?m:{patterns[i]})".encode() for i in numbers]
        options = _options()
        options.never_capture = True
        self.any_of: Any = re2.compile(b"|".join(self._lines), options)

    @cached_property
    def _which(self) -> Any:
        # most pages stop few groups, and a set takes as long to make as the expression
        which = re2.Set.SearchSet(_options())
        for line in self._lines:
            which.Add(line)
        which.Compile()
        return which

    def named(self, line: bytes) -> list[int]:
        """Numbers of the patterns that occur in a line."""
        found: Any = self._which.Match(line)  # a list or None, whatever the stubs say
        return [self._numbers[i] for i in found or ()]


def regex(pattern: str) -> Any:
    """A compiled pattern on UTF-8 bytes. Raises re2.error for what RE2 refuses (look-around, back-references)."""
    return re2.compile(pattern.encode(), _options())


class LineScan:
    """Finds the lines of a page that `patterns` occur in, and which ones. A match never spans lines."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._groups: list[_Group] = []
        numbers: list[int] = []
        room = 0
        for i, pattern in enumerate(patterns):
            size = regex(pattern).programsize
            if numbers and size > room:
                self._groups.append(_Group(patterns, numbers))
                numbers = []
            room = (room if numbers else JOINED_SIZE) - size
            numbers.append(i)
        if numbers:
            self._groups.append(_Group(patterns, numbers))

    def on(self, line: bytes) -> list[int]:
        """Numbers of the patterns that occur in one line."""
        return [number for group in self._groups if group.any_of.search(line) for number in group.named(line)]

    def hits(self, page: Page) -> Iterator[tuple[int, int]]:
        """(pattern number, line number) for each line that a pattern occurs in."""
        data = page.data
        for group in self._groups:
            found = group.any_of.search(data)
            while found is not None:
                starts = page.line_bytes
                line = bisect_right(starts, found.start()) - 1
                stop = starts[line + 1] if line + 1 < len(starts) else len(data)
                for number in group.named(data[starts[line] : stop].rstrip(b" \n")):
                    yield number, line
                found = group.any_of.search(data, stop) if stop < len(data) else None


def _options() -> Any:
    options = re2.Options()
    options.max_mem = MAX_MEM
    options.log_errors = False
    options.never_nl = True
    return options
