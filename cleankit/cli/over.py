"""What the options of a command say over the configurations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cleankit.errors import UsageError

if TYPE_CHECKING:
    from cleankit.engines.plan import Given

LISTS = ("select", "extend_select", "ignore", "exclude")


def given(**said: Any) -> Given:
    """The options by the names of their parameters, lists taken apart at their commas."""
    from cleankit.engines.plan import Given

    if said.get("select") and not parts(said["select"]):  # an empty variable in a script, perhaps: not for all
        raise UsageError("--select: names no rule; for every rule leave it out, for none say --profile off")
    return Given(**said | {name: parts(said[name]) for name in LISTS if name in said})


def parts(values: Sequence[str] | None) -> tuple[str, ...]:
    """The values of an option that is a list, taken apart at their commas."""
    return tuple(part.strip() for value in values or () for part in value.split(",") if part.strip())
