"""Looks at a page's units, takes out what goes, and looks again at what is left."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from cleankit.filters.boilerplate.around import places
from cleankit.filters.boilerplate.model import body, reasons
from cleankit.filters.boilerplate.outside import Bounds, Judged, judged
from cleankit.filters.boilerplate.units import Unit, units

__all__ = ["Seen", "evidence", "left", "look", "runs", "units", "without"]

# Each look is at what the last one left; real pages need two or three.
LOOKS = 40
BODY = "body"  # the name of the probability in the evidence


class Seen(NamedTuple):
    """A unit, the probability that it belongs to the text, and what it showed (in the order of `model.FEATURES`)."""

    unit: Unit
    body: float
    shown: list[float]


def look(row: Sequence[Unit]) -> list[Seen]:
    """What the model thinks of each unit."""
    # of one type: Python compares numbers of two types at two thirds of the speed
    shown = [[*map(float, unit.own), *map(float, place)] for unit, place in zip(row, places(row), strict=True)]
    return [Seen(unit, body(features), features) for unit, features in zip(row, shown, strict=True)]


class Left(NamedTuple):
    """What was made of a row: the units that go, by number; the others as the last look saw them; its judgement."""

    gone: dict[int, Seen]
    seen: Sequence[Seen]
    judged: Judged


def left(row: Sequence[Unit], seen: Sequence[Seen], bounds: Bounds) -> Left:
    """What goes of a row and what stays. It is looked at until nothing more goes: a second run would see it."""
    found: dict[int, Seen] = {}
    numbers = list(range(len(row)))
    for _ in range(LOOKS):
        last = judged([one.unit for one in seen], [one.body for one in seen], bounds)
        if not last.go:
            break
        found |= {numbers[i]: seen[i] for i in last.go}
        numbers = [i for i in range(len(row)) if i not in found]
        seen = look(without(row, found))
    else:
        last = judged([one.unit for one in seen], [one.body for one in seen], bounds)
    return Left(found, seen, last)


def without(row: Sequence[Unit], gone: Container[int]) -> list[Unit]:
    """The row that is left. What goes, goes with the blank lines in it; one before it or behind it stays."""
    left = []
    blank = was_gone = False
    for i, unit in enumerate(row):
        if i in gone:
            blank = blank if was_gone else unit.after_blank
            was_gone = True
        else:
            left.append(unit._replace(after_blank=True) if was_gone and blank else unit)
            was_gone = False
    return left


def runs(gone: Mapping[int, Seen]) -> Iterator[list[Seen]]:
    """Those that follow one another, so that a menu is one finding."""
    run: list[Seen] = []
    for i in sorted(gone):
        if run and i - 1 not in gone:
            yield run
            run = []
        run.append(gone[i])
    if run:
        yield run


def evidence(run: Sequence[Seen]) -> tuple[tuple[str, str], ...]:
    """The probability of the unit that came nearest to the text, and what spoke most against it (log-odds)."""
    nearest = max(run, key=lambda one: one.body)
    return (("lines", str(len(run))), *weight(nearest))


def weight(one: Seen) -> tuple[tuple[str, str], ...]:
    """The probability of a unit, and what spoke most against it (log-odds)."""
    found = ((name, f"{points:+.1f}") for name, points in reasons(one.shown))
    return ((BODY, f"{one.body:.3f}"), *found)
