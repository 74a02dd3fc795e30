"""gap: text that was lost. It is only pointed at, for nothing can say what stood there."""

from __future__ import annotations

from cleankit.rules.kinds.kind import Kind
from cleankit.rules.kinds.span import judge, patterns

KIND = Kind(frozenset({"any_of", "unless", "ignore_case", "at"}), patterns, judge)
