"""What was found in lines that come again: after an edit of their page, in the menu of the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from cleankit.page import Page

V = TypeVar("V")

# So many lines are known, of up to so many bytes: a paragraph hardly comes again on another page.
SIZE, LONGEST = 4096, 500
# What is found on the way to an answer is held in memory for so many lines at once.
TOGETHER = 1024


class KnownLines(Generic[V]):
    """What a search finds in a line, where that hangs on nothing but the line.

    Lines that are not known are looked at together, those that stand one behind the other in one go. Memory does not
    grow with the page.
    """

    def __init__(self, look: Callable[[Page, int, int], Mapping[int, V]]) -> None:
        """`look` tells what it finds in the lines from a number to another, that one included."""
        self._look = look
        self._known: dict[bytes, V | None] = {}

    def found(self, page: Page, first: int, last: int) -> dict[int, V]:
        """What is found in the lines from a number to another, that one included; of the others nothing is said."""
        found: dict[int, V] = {}
        new: list[int] = []
        for number in range(first, last + 1):
            one = self._known.get(page.line_data(number), self)
            if one is self:
                new.append(number)
            elif one is not None:
                found[number] = one  # type: ignore[assignment]
        for begin, end in _runs(new):
            for start in range(begin, end + 1, TOGETHER):
                found |= self._looked_at(page, start, min(end, start + TOGETHER - 1))
        return found

    def _looked_at(self, page: Page, first: int, last: int) -> Mapping[int, V]:
        found = self._look(page, first, last)
        if len(self._known) + TOGETHER > SIZE:
            self._known.clear()
        for number in range(first, last + 1):
            data = page.line_data(number)
            if len(data) <= LONGEST:
                self._known[data] = found.get(number)
        return found


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each row of numbers that follow one another."""
    first = 0
    for i, number in enumerate(numbers):
        if i + 1 == len(numbers) or numbers[i + 1] != number + 1:
            yield numbers[first], number
            first = i + 1
