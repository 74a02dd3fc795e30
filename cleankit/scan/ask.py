"""What a line must hold for a pattern to match it."""

from __future__ import annotations

from typing import Any, NamedTuple


class Ask(NamedTuple):
    """Literals that must stand in the line, one of them or several, `times` in all."""

    times: int
    literals: tuple[str, ...]


# All of them must be met; the rarest comes first. None: nothing can be told.
Need = tuple[Ask, ...]


def as_need(value: Any) -> Need:
    """A need that was written as JSON."""
    return tuple(Ask(times, tuple(literals)) for times, literals in value)
