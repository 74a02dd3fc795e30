"""`cleankit validate`: do briefings fit their schema?"""

from __future__ import annotations

from typing import Annotated

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import Quiet
from cleankit.cli.output import complain, put


def validate(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="IN", help="Briefings, folders (every *.json below), or - for standard input."),
    ],
    schema: Annotated[
        str | None,
        typer.Option("--schema", help="Shipped schema (briefing, finding, ledger, run), or a schema file."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Check JSON files against a schema. Exits 1 where one does not fit."""
    from cleankit.engines.job import Failure
    from cleankit.engines.valid import each
    from cleankit.render.lines import lines
    from cleankit.render.tables import count

    failures, files, bad = [], 0, 0
    for path, found in each(paths, schema):
        if isinstance(found, Failure):
            failures.append(found)
            continue
        put(lines(path, "", found))
        files, bad = files + 1, bad + bool(found)
    if files and not quiet:
        complain(f"{count(files, 'document')} looked at; {f'{bad:,} not valid' if bad else 'all valid'}")
    leave(failures, findings=bad > 0)
