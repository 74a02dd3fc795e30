"""How long a run took: RUN/timing.json, the one file of a run that hangs on the machine and the day."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any, NamedTuple

VERSION = 1  # of the form of timing.json


class Timing(NamedTuple):
    """Of the `documents` of a run `before` had been done by an earlier one. `started` is ISO 8601 in UTC.

    The `processes` are those of this machine; another engine sees to its own.
    """

    seconds: float
    documents: int
    before: int
    processes: int | None
    started: str

    def to_dict(self) -> dict[str, Any]:
        """The timing as JSON values."""
        return {"v": VERSION, **self._asdict()}


class Watch:
    """Runs from when it is made."""

    def __init__(self) -> None:
        self._started = datetime.now(UTC).isoformat(timespec="seconds")
        self._start = time.monotonic()

    def read(self, documents: int, before: int, processes: int | None) -> Timing:
        """What it shows now, with what was done meanwhile."""
        return Timing(round(time.monotonic() - self._start, 3), documents, before, processes, self._started)
