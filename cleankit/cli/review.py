"""`cleankit review`: what a run leaves to a person."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from cleankit.cli.exits import leave
from cleankit.cli.output import put
from cleankit.cli.revise import RunFolder


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
