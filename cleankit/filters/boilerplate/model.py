"""The trained line model: trees read from `model.json`, as one function for speed and as trees for the reasons.

How it was made, on what, and what it scores: docs/line-model.md.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from cleankit.filters.boilerplate.around import PLACE
from cleankit.filters.boilerplate.units import OWN

FEATURES = (*OWN, *PLACE)
FILE = files("cleankit.filters.boilerplate").joinpath("model.json")

# a leaf is a number; a node is [feature, threshold, where it is not above it, where it is, mean of its leaves]
Tree = Any


@cache
def trees() -> tuple[Tree, ...]:
    """The trees of the model. Raises ValueError where they were trained on other features than these."""
    table = json.loads(FILE.read_text("utf-8"))
    if tuple(table["features"]) != FEATURES:
        raise ValueError("model.json was trained on other features; train it again")
    return tuple(table["trees"])


def body(shown: Sequence[float]) -> float:
    """The probability that a unit belongs to the page's text, of what it shows (in the order of `FEATURES`)."""
    return 1 / (1 + math.exp(-the_sum()(*shown)))


@cache
def the_sum() -> Callable[..., float]:
    """The trees as one Python expression: five times as fast as walking them."""
    names = ", ".join(f"x{i}" for i in range(len(FEATURES)))
    terms = "\n + ".join(map(_expression, trees()))
    code = compile(f"lambda {names}: ({terms})", "model.json", "eval")
    return eval(code)  # type: ignore[no-any-return]  # numbers of our own making: `_expression` lets nothing else in


def _expression(tree: Tree) -> str:
    if not isinstance(tree, list):
        return repr(float(tree))
    feature, threshold, low, high, _ = tree
    return f"({_expression(low)} if x{int(feature)} <= {float(threshold)!r} else {_expression(high)})"


def reasons(shown: Sequence[float], most: int = 3) -> list[tuple[str, float]]:
    """The features that spoke most against a unit, with their points (log-odds), the strongest first."""
    points: dict[str, float] = {}
    for tree in trees():
        while isinstance(tree, list):
            feature, threshold, low, high, mean = tree
            step = low if shown[int(feature)] <= threshold else high
            gain = (step[4] if isinstance(step, list) else step) - mean
            points[FEATURES[int(feature)]] = points.get(FEATURES[int(feature)], 0.0) + gain
            tree = step
    ranked = sorted(points.items(), key=lambda item: (item[1], item[0]))
    return [(name, round(value, 1)) for name, value in ranked[:most] if value < 0]
