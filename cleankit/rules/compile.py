"""Many rules, one small automaton each: which rules hit which lines of a page.

Each rule's patterns are one RE2 expression that runs over the page's bytes without captures. One expression for all
rules, with an RE2 set to name them on the lines it stops at, was the first form: with 97 rules its automata grew past
their memory and were thrown away and built anew, 3.9 s for 30 pages that now take 0.3 s.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

import re2

from cleankit.page import Page

# Room for the automata of some thousand patterns with Unicode classes; RE2's own 8 MB make it fall back to slow paths.
MAX_MEM = 1 << 28

_TRAILING = re.compile(rb"(?<! ) ++(?=\n|\Z)")


def regex(pattern: str) -> Any:
    """A compiled pattern on UTF-8 bytes. Raises re2.error for what RE2 refuses (look-around, back-references)."""
    return re2.compile(pattern.encode(), _options())


class LineScan:
    """Finds the lines of a page that `patterns` occur in, and which ones. A match never spans lines."""

    def __init__(self, patterns: Sequence[str]) -> None:
        options = _options()
        options.never_capture = True
        self._patterns = [re2.compile(f"(?m:{pattern})".encode(), options) for pattern in patterns]

    def on(self, line: bytes) -> list[int]:
        """Sorted numbers of the patterns that occur in one line."""
        return [i for i, pattern in enumerate(self._patterns) if pattern.search(line)]

    def hits(self, page: Page) -> Iterator[tuple[int, list[int]]]:
        """(line number, sorted pattern numbers) for each line with a hit, from the top."""
        data = _without_trailing_blanks(page.data)
        lines: dict[int, list[int]] = {}
        for i, pattern in enumerate(self._patterns):
            found = pattern.search(data)
            while found is not None:
                number = bisect_right(page.line_bytes, found.start()) - 1
                if number >= len(page.lines):
                    break
                lines.setdefault(number, []).append(i)
                if number + 1 == len(page.lines):
                    break
                found = pattern.search(data, page.line_bytes[number + 1])
        yield from sorted(lines.items())


def _without_trailing_blanks(data: bytes) -> bytes:
    """The same length with line ends for the blanks before them: a line ends where its text does, on CRLF pages too."""
    return _TRAILING.sub(lambda found: b"\n" * len(found[0]), data)


def _options() -> Any:
    options = re2.Options()
    options.max_mem = MAX_MEM
    options.log_errors = False
    options.never_nl = True
    return options
