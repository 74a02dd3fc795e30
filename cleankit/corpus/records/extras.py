"""Some formats need more than cleankit comes with."""

from __future__ import annotations

from cleankit.errors import UsageError


def missing(what: str, extra: str) -> UsageError:
    """The error for what cannot be done without an extra."""
    return UsageError(f'{what} need the extra {extra}: pip install "cleankit-corpus[{extra}]"')
