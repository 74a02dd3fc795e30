"""`cleankit replay`: what ledgers say, done to the originals."""

from __future__ import annotations

from typing import Annotated

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import Quiet
from cleankit.cli.output import complain, put

NAMED = 5  # files that are named of those that do not fit


def replay(
    journals: Annotated[
        str, typer.Argument(metavar="LEDGERS", help="A run folder, a folder of ledgers, or one file of them.")
    ],
    paths: Annotated[list[str], typer.Argument(metavar="IN", help="The originals: files, or folders of them.")],
    out: Annotated[str, typer.Option("--out", "-o", metavar="OUT", help="Folder for what comes out.")],
    json: Annotated[bool, typer.Option("--json/--no-json", help="Write briefings too, or texts only.")] = True,
    quiet: Quiet = False,
) -> None:
    """Clean originals by the ledgers of a run that was reviewed, without looking for anything again.

    An original is told by its hash, so that it may have another name now. What comes out is what the run came to, and
    proved to be.
    """
    from cleankit.engines import replaying
    from cleankit.render import tables
    from cleankit.render.lines import visible

    done = replaying.replay(journals, paths, out, briefings=json)
    if not quiet:
        put(tables.report(done.total, {}))
    for names, problem in ((done.unknown, "no ledger is about it"), (done.missing, "its original was not given")):
        for name in names[:NAMED]:
            complain(f"{visible(name)}: {problem}")
        if len(names) > NAMED:
            complain(f"and {len(names) - NAMED:,} more: {problem}")
    leave(done.failures, findings=bool(done.unknown or done.missing))
