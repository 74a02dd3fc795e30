"""CPU time of several functions in turns, so that a machine that gets slower slows all of them."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple


class Spread(NamedTuple):
    """The median of some figures, with the least and the most."""

    median: float
    least: float
    most: float

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.least:.2f} to {self.most:.2f})"


def spread(figures: Sequence[float]) -> Spread:
    return Spread(statistics.median(figures), min(figures), max(figures))


def in_turns(functions: Mapping[str, Callable[[int], object]], rounds: int) -> dict[str, list[float]]:
    """CPU seconds of this process for each function and round, whose number they are given; a first one is left out.

    A round should have documents of its own, for what has been met before is known.
    """
    taken: dict[str, list[float]] = {name: [] for name in functions}
    gc.disable()
    try:
        for number in range(rounds + 1):
            for name, function in functions.items():
                gc.collect()
                start = time.process_time()
                function(number)
                taken[name].append(time.process_time() - start)
    finally:
        gc.enable()
    return {name: seconds[1:] for name, seconds in taken.items()}


def ratio(of: Sequence[float], to: Sequence[float]) -> Spread:
    """How many times as long the one took as the other, round by round."""
    return spread([a / b for a, b in zip(of, to, strict=True)])
