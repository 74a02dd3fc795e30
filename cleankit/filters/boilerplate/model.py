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

# The trees are as many ensembles, one behind the other, each with its share of the sum; past these log-odds of the
# first it speaks for all: but for one, every bound of the filter lies between.
ENSEMBLES = 6
UNSURE = (-4.2, 1.5)

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
    first, others = the_sums()
    points = first(*shown)
    # most lines are a menu's or a paragraph's beyond doubt; for them one ensemble speaks for all
    total = points + others(*shown) if UNSURE[0] < points * ENSEMBLES < UNSURE[1] else points * ENSEMBLES
    return 1 / (1 + math.exp(-total))


@cache
def the_sums() -> tuple[Callable[..., float], Callable[..., float]]:
    """The trees of the first ensemble, and those of the others, each as one Python expression: five times as fast as
    walking them."""
    names = ", ".join(f"x{i}" for i in range(len(FEATURES)))
    count = len(trees()) // ENSEMBLES
    parts = (" + ".join(map(_expression, part)) or "0.0" for part in (trees()[:count], trees()[count:]))
    # numbers of our own making: `_expression` lets nothing else in
    first, others = (eval(compile(f"lambda {names}: ({part})", "model.json", "eval")) for part in parts)
    return first, others


def _expression(tree: Tree) -> str:
    if not isinstance(tree, list):
        return repr(float(tree))
    feature, threshold, low, high, _ = tree
    return f"({_expression(low)} if x{int(feature)} <= {float(threshold)!r} else {_expression(high)})"


def reasons(shown: Sequence[float], most: int = 3) -> list[tuple[str, float]]:
    """The features that spoke most against a unit, with their points (log-odds), the strongest first."""
    points = [0.0] * len(FEATURES)
    for node in _steps():
        while node:
            feature, threshold, low, high, gain_low, gain_high = node
            if shown[feature] <= threshold:
                points[feature] += gain_low
                node = low
            else:
                points[feature] += gain_high
                node = high
    ranked = sorted(zip(points, FEATURES, strict=True))
    return [(name, round(value, 1)) for value, name in ranked[:most] if value < -0.05]


@cache
def _steps() -> tuple[Any, ...]:
    """The trees with what each step adds to the mean of the leaves behind it; None where a leaf is reached."""
    return tuple(map(_step, trees()))


def _step(tree: Tree) -> Any:
    if not isinstance(tree, list):
        return None
    feature, threshold, low, high, mean = tree
    low_mean, high_mean = (side[4] if isinstance(side, list) else side for side in (low, high))
    return int(feature), threshold, _step(low), _step(high), low_mean - mean, high_mean - mean
