"""`cleankit parse`: one page as a briefing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import (
    Configuration,
    Encoding,
    ExtendSelect,
    Ignore,
    Isolated,
    Profile,
    Select,
    StdinFilename,
    Suggested,
    given,
)
from cleankit.cli.output import complain, put_bytes


def parse(
    path: Annotated[str, typer.Argument(metavar="IN", help="A file, or - for standard input.")],
    out: Annotated[str, typer.Option("--out", "-o", metavar="FILE", help="File for the briefing.")] = "-",
    select: Select = None,
    extend_select: ExtendSelect = None,
    ignore: Ignore = None,
    suggested: Suggested = None,
    config: Configuration = "",
    isolated: Isolated = False,
    profile: Profile = None,
    stdin_filename: StdinFilename = "",
    encoding: Encoding = None,
) -> None:
    """Clean one page and write it as a briefing in JSON. Exits 1 where that does not fit its schema."""
    from cleankit import corpus
    from cleankit.engines import job
    from cleankit.engines.plan import one
    from cleankit.render.lines import lines

    over = given(
        config=config,
        isolated=isolated,
        profile=profile,
        select=select,
        extend_select=extend_select,
        ignore=ignore,
        suggested=suggested,
        encoding=encoding,
        stdin_filename=stdin_filename,
    )
    task = one(path, over)
    data, findings = job.briefing(task.pipeline().run(corpus.read(task.source, task.settings.encoding)))
    if out == corpus.STDIN:
        put_bytes(data)
    else:
        corpus.write_bytes(Path(out), data)
    for line in lines(task.source.name, "", findings):
        complain(line)
    leave((), findings=any(finding.severity == "error" for finding in findings))
