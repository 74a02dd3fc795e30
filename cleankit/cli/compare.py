"""`cleankit compare`: which rules did what otherwise in two runs."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import ExitZero
from cleankit.cli.output import complain, put
from cleankit.errors import UsageError


def compare(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="A folder that `clean -o` has written.")],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="Another one.")],
    diff: Annotated[bool, typer.Option("--diff", help="Show how the texts differ instead.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Name every document and all of its rules.")] = False,
    output: Annotated[Literal["text", "json"], typer.Option("--format", help="How it is written.")] = "text",
    exit_zero: ExitZero = False,
) -> None:
    """Tell what differs between two runs: their settings and counts, what each rule did, and the documents.

    For the same pages with other rules, other settings or another version of cleankit. Reads what the runs wrote and
    looks for nothing again. Exits 1 where something else came out; other settings alone are no difference.
    """
    from cleankit.engines import comparing
    from cleankit.engines.folder import Run
    from cleankit.render import compared

    if diff and (verbose or output != "text"):
        raise UsageError("--diff shows a difference and no account; leave out --verbose and --format")
    found = comparing.compare(Run(before), Run(after))
    if diff:
        for one in found.each():
            put(found.difference(one))
        complain(compared.total(found))
    elif output == "json":
        put(compared.as_json(found, found.each()))
    else:
        put(compared.lines(found, found.each(), verbose=verbose))
    leave(found.failures, findings=found.differs and not exit_zero)
