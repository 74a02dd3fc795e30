"""The account of a run (run.json) made anew from what lies in its folder, without cleaning anything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from cleankit import corpus, report
from cleankit.engines.folder import Run
from cleankit.engines.job import json_bytes
from cleankit.engines.places import RUN
from cleankit.errors import CleankitError
from cleankit.model import Finding
from cleankit.report import Report


def renew(run: Run) -> None:
    """Write what holds now. Raises ReadError where there was no account, WriteError."""
    old = run.account()
    waiting = set(run.waiting())
    aside = [one for one in old.get("quarantine", ()) if one.get("document") in waiting]
    lost = (report.failure() for _ in old.get("failures", ()))
    names = [name for name in (*run.names(), *run.waiting()) if name not in old.get("earlier", ())]
    amended = sum(1 for name in names if _is_amended(run, name))
    total = report.total((*_reports(run, names), *lost))
    new: dict[str, Any] = old | total.to_dict() | {"amended": amended, "quarantine": aside}
    corpus.write_bytes(run.folder / RUN, json_bytes(new))


def _reports(run: Run, names: Iterable[str]) -> Iterator[Report]:
    for name in names:
        try:
            kept = run.any(name)
            yield report.of(run.outcome(kept, run.source(kept)), _said_of_briefing(run, name))
        except CleankitError:
            # it was done, and cannot be told any more: its text or its ledger was changed by hand
            yield Report(docs=1)


def _is_amended(run: Run, name: str) -> bool:
    try:
        return run.any(name).ledger.amendment is not None
    except CleankitError:
        return False


def _said_of_briefing(run: Run, name: str) -> tuple[Finding, ...]:
    """What the schema has to say of a briefing, if there is one."""
    from cleankit.briefing import validate

    path = run.places(name).briefing
    if not path.exists():
        return ()
    return tuple(validate.validate(json.loads(path.read_bytes())))
