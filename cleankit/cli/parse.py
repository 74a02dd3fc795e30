"""`cleankit parse`: one page as a briefing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import CONFIGURATION, RULES, laid_over
from cleankit.cli.output import complain, deliver

if TYPE_CHECKING:
    from cleankit.engines.plan import Given


@laid_over(*RULES, *CONFIGURATION, "stdin_filename", "encoding")
def parse(
    path: Annotated[str, typer.Argument(metavar="IN", help="A file, or - for standard input.")],
    over: Given,
    out: Annotated[str, typer.Option("--out", "-o", metavar="FILE", help="File for the briefing.")] = "-",
) -> None:
    """Clean one page and write it as a briefing in JSON. Exits 1 where that does not fit its schema."""
    from cleankit import corpus
    from cleankit.engines import job
    from cleankit.engines.plan import one
    from cleankit.render.lines import lines

    task = one(path, over)
    data, findings = job.briefing(task.pipeline().run(corpus.read(task.source, task.settings.encoding)))
    deliver(data, out, path)
    for line in lines(task.source.name, "", findings):
        complain(line)
    leave((), findings=any(finding.severity == "error" for finding in findings))
