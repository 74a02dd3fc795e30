"""`cleankit check`: what does not belong, and where."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import Encoding, FailOn, Paths, Quiet
from cleankit.cli.output import complain, put
from cleankit.model import Safety


def check(
    paths: Paths,
    output: Annotated[
        Literal["text", "json", "jsonl"], typer.Option("--format", help="How findings are written.")
    ] = "text",
    fail_on: FailOn = "suggested",
    encoding: Encoding = None,
    quiet: Quiet = False,
) -> None:
    """Show what does not belong. Changes nothing; exits 1 where there is something to fix."""
    from cleankit.engines import job, look
    from cleankit.render import lines, records
    from cleankit.render.tables import count as of

    failures: list[job.Failure] = []
    everything: list[dict[str, Any]] = []
    count = fixable = files = 0
    for seen in look.check(paths, job.pipeline("default"), encoding):
        if isinstance(seen, job.Failure):
            failures.append(seen)
            continue
        findings, text = seen.outcome.findings, seen.outcome.source.text
        if output == "text":
            put(() if quiet else lines.lines(seen.path, text, findings))
        elif output == "jsonl":
            put(map(records.as_line, records.records(seen.path, text, findings)))
        else:
            everything += records.records(seen.path, text, findings)
        files, count = files + bool(findings), count + len(findings)
        fixable += sum(look.is_fixable(finding, Safety(fail_on)) for finding in findings)
    if output == "json":
        put([json.dumps(everything, ensure_ascii=False, indent=2)])
    elif output == "text" and count and not quiet:
        complain(f"{of(count, 'finding')} in {of(files, 'file')}; {fixable:,} at --fail-on {fail_on}")
    leave(failures, findings=fixable > 0)
