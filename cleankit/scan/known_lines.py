"""What was found in lines that come again: after an edit of their page, in the menu of the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from cleankit.page import Page

V = TypeVar("V")

# So many lines are known, of so many bytes in all: the menus of a site, and the page that is being cleaned.
SIZE, ROOM = 4096, 1 << 20
# What is found on the way to an answer is held in memory for so many lines at once.
TOGETHER = 1024
# To look at a stretch costs as much as to read some lines: so far apart may two be that are looked at in one go.
NEAR = 4


class KnownLines(Generic[V]):
    """What a search finds in a line, where that hangs on nothing but the line; in an empty one it finds nothing.

    Lines that are not known are looked at together, those that stand near one another in one go. Memory does not
    grow with the page.
    """

    def __init__(self, look: Callable[[Page, int, int], Mapping[int, V]]) -> None:
        """`look` tells what it finds in the lines from a number to another, that one included."""
        self._look = look
        self._known: dict[bytes, V | None] = {}
        self._room = ROOM

    def found(self, page: Page, first: int, last: int) -> dict[int, V]:
        """What is found in the lines from a number to another, that one included; of the others nothing is said."""
        found: dict[int, V] = {}
        new: list[int] = []
        for number, data in enumerate(page.rows[first : last + 1], first):
            one = self._known.get(data, self) if data else None
            if one is self:
                new.append(number)
            elif one is not None:
                found[number] = one  # type: ignore[assignment]
        for numbers in _stretches(new):
            found |= self._looked_at(page, numbers)
        return found

    def _looked_at(self, page: Page, numbers: Sequence[int]) -> dict[int, V]:
        looked = self._look(page, numbers[0], numbers[-1])
        found = {number: looked[number] for number in numbers if number in looked}
        size = sum(len(page.rows[number]) for number in numbers)
        if len(self._known) + len(numbers) > SIZE or size > self._room:
            self._known.clear()
            self._room = ROOM
        if size <= self._room:
            self._known |= {page.rows[number]: found.get(number) for number in numbers}
            self._room -= size
        return found


def _stretches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Those that stand near one another."""
    first = 0
    for i, number in enumerate(numbers):
        if i + 1 == len(numbers) or numbers[i + 1] - number > NEAR or number - numbers[first] >= TOGETHER:
            yield numbers[first : i + 1]
            first = i + 1
