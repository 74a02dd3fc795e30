"""What a line must hold for a pattern to match it."""

from __future__ import annotations

from math import inf
from typing import Any, NamedTuple

# Letters of other scripts than the Latin one: half of all literals have some, and most pages none.
FOREIGN = "[\\u0370-\\u1dff\\u2c00-\\ud7ff\\uf900-\\uffff\\U00010000-\\U0010ffff]"


class Ask(NamedTuple):
    """Literals that must stand in the line, one of them or several, `times` in all.

    Those with letters of other scripts than the Latin one are kept apart, for most pages have none.
    """

    times: int
    own: tuple[str, ...]
    foreign: tuple[str, ...] = ()

    @property
    def literals(self) -> tuple[str, ...]:
        return self.own + self.foreign


class Need(NamedTuple):
    """What a line must hold, and how much at the most.

    All of `asks` must be met, of which the rarest comes first; where there is none, nothing can be told. `most` counts
    letters and digits of ASCII.
    """

    asks: tuple[Ask, ...] = ()
    most: float = inf


def as_json(need: Need) -> list[Any]:
    """A need as a JSON value that is quickly read."""
    most = None if need.most == inf else need.most
    return [most, *([ask.times, "\n".join(ask.own), "\n".join(ask.foreign)] for ask in need.asks)]


def of_json(value: list[Any]) -> Need:
    """The need that `as_json` wrote."""
    most, *asks = value
    return Need(
        tuple(
            [
                Ask(times, tuple(own.split("\n")) if own else (), tuple(foreign.split("\n")) if foreign else ())
                for times, own, foreign in asks
            ]
        ),
        inf if most is None else most,
    )
