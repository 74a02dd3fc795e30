"""`cleankit parse`: one page, or all pages of one text, as a briefing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import CONFIGURATION, RULES, laid_over
from cleankit.cli.output import complain, deliver

if TYPE_CHECKING:
    from cleankit.engines.plan import Given


@laid_over(*RULES, *CONFIGURATION, "stdin_filename", "encoding")
def parse(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="IN", help="A file, or - for standard input; several are pages of one text, in order."),
    ],
    over: Given,
    out: Annotated[str, typer.Option("--out", "-o", metavar="FILE", help="File for the briefing.")] = "-",
    form: Annotated[
        Literal["json", "jsonl", "markdown", "parquet"],
        typer.Option("--format", help="JSON, a row for each turn (jsonl, or parquet with its extra), or for reading."),
    ] = "json",
) -> None:
    """Clean one page and write it as a briefing. Exits 1 where that does not fit its schema.

    Several pages are joined: an answer goes on over the border, what stands on two of them stands once.
    """
    from cleankit import corpus
    from cleankit.engines import job
    from cleankit.engines.plan import one
    from cleankit.render import briefing
    from cleankit.render.lines import lines

    tasks = [one(path, over) for path in paths]
    outcomes = [task.pipeline().run(corpus.read(task.source, task.settings.encoding)) for task in tasks]
    data, findings = job.briefing(*outcomes)
    match form:
        case "json":
            written = job.json_bytes(data)
        case "jsonl":
            written = briefing.jsonl(data)
        case "markdown":
            written = briefing.markdown(data).encode(errors="backslashreplace")
        case "parquet":
            written = briefing.parquet(data)
    deliver(written, out, *paths)
    for line in lines(tasks[0].source.name, "", findings):
        complain(line)
    leave((), findings=any(finding.severity == "error" for finding in findings))
