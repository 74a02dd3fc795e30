"""A page that a run has done already: whether what lies there is what would be made of it now, and what it came to."""

from __future__ import annotations

import json
from pathlib import Path

from cleankit import corpus, ledger, report
from cleankit.engines import job
from cleankit.engines.folder import Kept, Run
from cleankit.engines.job import Done, Output, State
from cleankit.engines.places import places_of
from cleankit.engines.plan import Task
from cleankit.errors import CleankitError
from cleankit.ledger import Ledger
from cleankit.model import Document, Finding


def kept(task: Task, output: Output) -> Done | State:
    """What came of a page in an earlier run, if it was done by the same recipe and its files are there; else why not.

    What a person took back or allowed after the run is not what would be made of it. Raises ReadError for a page that
    cannot be read.
    """
    mark, name = task.before, task.source.id
    assert mark is not None
    document = corpus.read(task.source, task.settings.encoding)
    places = places_of(Path(output.out), name)
    try:
        run = Run(output.out)
        there = run.any(name)
        if not _is_of(there.ledger, document):
            return State.INPUT
        if mark.recipe != task.recipe:
            return State.SETTINGS
        wanted = [places.difference] if there.waits else [places.briefing] if output.briefings else []
        if there.ledger.amendment or not all(path.is_file() for path in wanted):
            return State.OUTPUT
        whole = Kept(name, there.text, ledger.filled(there.ledger, document.text), there.waits)
        found = _said(places.briefing) if output.briefings and not there.waits else ()
    except (CleankitError, OSError, ValueError):
        return State.OUTPUT
    outcome = run.outcome(whole, document.text)
    why = job.aside(task.source.name, outcome)
    return Done(report.of(outcome, found), aside=why, mark=mark, state=State.KEPT)


def _is_of(journal: Ledger, document: Document) -> bool:
    markup = document.meta.get("markup")
    return journal.source == document.meta["sha256"] and journal.markup == markup


def _said(briefing: Path) -> tuple[Finding, ...]:
    from cleankit.briefing import validate

    return tuple(validate.validate(json.loads(briefing.read_bytes())))
