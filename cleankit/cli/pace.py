"""How fast a run goes, and how long it has still to go: told by bytes, for a task may be a page or a part of 16 MB."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cleankit.engines.job import Done, State
from cleankit.engines.plan import Task

WHILE = 30  # seconds that count for how fast it goes now
LEAST = 16  # moments, however long ago: of parts that take minutes, several come at once
_MOMENT = 0.1  # seconds


class _Sample(NamedTuple):
    seconds: float
    documents: int
    weight: int


class Pace:
    """Counts documents as they come, in the order of their tasks.

    What had been done before counts as done, and neither its weight nor the time that it took tells how fast work goes.
    """

    def __init__(self, tasks: Sequence[Task], clock: Callable[[], float] = time.monotonic) -> None:
        self.tasks = len(tasks)
        self.parts = any(task.part for task in tasks)
        self.documents = self.before = self.failed = self.waiting = self.weight = 0
        self._weights = weights(tasks)
        self._kept = [_documents(task) for task in tasks]
        self.whole = sum(self._weights)
        self._left = sum(weight for weight, kept in zip(self._weights, self._kept, strict=True) if not kept)
        self._clock = clock
        self._next = 0
        self._last = clock()
        self._samples = deque([_Sample(0, 0, 0)])

    def add(self, one: Done) -> None:
        """What became of the next task."""
        weight, kept = self._weights[self._next], self._kept[self._next]
        self._next += 1
        now = self._clock()
        passed, self._last = now - self._last, now
        self.documents += one.report.docs
        self.failed += one.report.failed
        self.waiting += one.report.quarantined
        self.weight += weight
        if not kept:
            self._left -= weight
        if one.state is State.KEPT:
            self.before += one.report.docs
            return
        last = self._samples[-1]
        sample = _Sample(last.seconds + passed, last.documents + one.report.docs, last.weight + weight)
        if len(self._samples) > 2 and sample.seconds - self._samples[-2].seconds < _MOMENT:
            self._samples.pop()
        self._samples.append(sample)
        while len(self._samples) > LEAST and self._samples[1].seconds <= sample.seconds - WHILE:
            self._samples.popleft()

    @property
    def there(self) -> int:
        """Documents that the run has: done by it, or before and not yet come to."""
        return self.documents - self.failed + sum(self._kept[self._next :])

    @property
    def ended(self) -> bool:
        """Whether all tasks have come."""
        return self._next == self.tasks

    @property
    def share(self) -> float:
        """How much of all bytes is done, from 0 to 1."""
        return self.weight / self.whole if self.whole else 1.0

    @property
    def rate(self) -> float | None:
        """Documents a second over the last while; None where nothing tells."""
        first, last = self._samples[0], self._samples[-1]
        return (last.documents - first.documents) / (last.seconds - first.seconds) if last.seconds > 0 else None

    @property
    def left(self) -> float | None:
        """Seconds until the end if it goes on like that; None where nothing tells."""
        first, last = self._samples[0], self._samples[-1]
        if last.weight == first.weight:
            return None
        seconds = self._left * (last.seconds - first.seconds) / (last.weight - first.weight)
        return max(0.0, seconds - (self._clock() - self._last))


def _documents(task: Task) -> int:
    """How many an earlier run has done and this one will leave as they are, unless something was changed."""
    mark = task.before
    if mark is None or mark.recipe != task.recipe:
        return 0
    return max(1, mark.counts.docs - mark.counts.failed) if mark.counts else 1


def weights(tasks: Sequence[Task]) -> list[int]:
    """What each task weighs: bytes, and one more, for an empty page is a page. Each file is asked for its size once."""
    ends: dict[str, int] = {}
    for task in tasks:
        if task.part:
            ends[task.part.path] = max(task.part.end, ends.get(task.part.path, 0))
    sizes: dict[str, int] = {}
    found = []
    for task in tasks:
        path, part = task.source.path, task.part
        if path not in sizes:
            sizes[path] = _size(path) or ends.get(path, 0)
        # a part is counted in what its format is divided by, which need not be bytes
        share = (part.end - part.start) / ends[part.path] if part and part.end else 1
        found.append(1 + round(sizes[path] * share))
    return found


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116 - asked for every document of a run
    except (OSError, ValueError):  # standard input, or told when it is to be read
        return 0
