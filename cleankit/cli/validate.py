"""`cleankit validate`: do briefings fit their schema?"""

from __future__ import annotations

from typing import Annotated

import typer

from cleankit.cli.exits import leave
from cleankit.cli.output import put


def validate(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="IN", help="Briefings, folders (every *.json below), or - for standard input."),
    ],
    schema: Annotated[
        str | None,
        typer.Option("--schema", help="Shipped schema (briefing, finding, ledger, run), or a schema file."),
    ] = None,
) -> None:
    """Check JSON files against a schema. Exits 1 where one does not fit."""
    from cleankit.engines.job import Failure
    from cleankit.engines.valid import each
    from cleankit.render.lines import lines

    failures, bad = [], False
    for path, found in each(paths, schema):
        if isinstance(found, Failure):
            failures.append(found)
            continue
        put(lines(path, "", found))
        bad = bad or bool(found)
    leave(failures, findings=bad)
