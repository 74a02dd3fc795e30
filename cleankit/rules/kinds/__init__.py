"""The five kinds of rule, one module each. What needs an `if` of its own is a Python filter instead."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cleankit.rules.kinds import block, gap, line, span, swap
from cleankit.rules.kinds.kind import PLACES, Compiled, Held, Kind

KINDS: Mapping[str, Kind] = MappingProxyType(
    {"line": line.KIND, "block": block.KIND, "span": span.KIND, "swap": swap.KIND, "gap": gap.KIND}
)

__all__ = ["KINDS", "PLACES", "Compiled", "Held", "Kind"]
