"""`cleankit review`, `accept` and `reject`: what a run leaves to a person, and what the person says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import Quiet
from cleankit.cli.output import put
from cleankit.cli.undo import DryRun, Edits, Names, Rules, RunFolder, wanted_of


def review(
    run: RunFolder,
    output: Annotated[Literal["text", "json"], typer.Option("--format", help="How it is written.")] = "text",
) -> None:
    """List what waits: pages in the quarantine with their reasons, and edits that were only suggested.

    Exits 1 where something waits.
    """
    import json

    from cleankit.engines import reviewing
    from cleankit.engines.folder import Run
    from cleankit.render import reviewed

    found = reviewing.review(Run(run))
    if output == "json":
        put([json.dumps(reviewed.record(found), ensure_ascii=False, indent=2)])
    else:
        put(reviewed.lines(found, run))
    leave(found.failures, findings=bool(found.waiting or found.suggested))


def accept(
    run: RunFolder,
    names: Names = None,
    rules: Rules = None,
    edits: Edits = None,
    dry_run: DryRun = False,
    quiet: Quiet = False,
) -> None:
    """Clean pages that wait as their .diff shows, or make edits that were suggested or taken back.

    That is noted in RUN/decisions.jsonl, and the next run into the folder goes by it.
    """
    _decide("accept", run, names, rules, edits, dry_run=dry_run, quiet=quiet)


def reject(
    run: RunFolder,
    names: Names = None,
    rules: Rules = None,
    edits: Edits = None,
    dry_run: DryRun = False,
    quiet: Quiet = False,
) -> None:
    """Leave pages as they were, or take edits back for good.

    That is noted in RUN/decisions.jsonl, and the next run into the folder goes by it.
    """
    _decide("reject", run, names, rules, edits, dry_run=dry_run, quiet=quiet)


def _decide(
    verdict: str,
    run: str,
    names: list[str] | None,
    rules: list[str] | None,
    edits: list[str] | None,
    *,
    dry_run: bool,
    quiet: bool,
) -> None:
    from cleankit.engines import revising
    from cleankit.engines.decisions import Verdict
    from cleankit.engines.folder import Run
    from cleankit.engines.lock import held
    from cleankit.render import reviewed

    wanted = wanted_of(names, rules, edits)
    with held(Path(run)):
        revision = revising.decide(Run(run), wanted, Verdict(verdict), write=not dry_run)
    if not quiet:
        put(reviewed.changes(revision, run, verdict=verdict, dry_run=dry_run))
    leave(revision.failures)
