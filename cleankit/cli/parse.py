"""`cleankit parse`: one page as a briefing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import Encoding, Profile, Suggested
from cleankit.cli.output import complain, put_bytes


def parse(
    path: Annotated[str, typer.Argument(metavar="IN", help="A file, or - for standard input.")],
    out: Annotated[str, typer.Option("--out", "-o", metavar="FILE", help="File for the briefing.")] = "-",
    suggested: Suggested = False,
    profile: Profile = "default",
    encoding: Encoding = None,
) -> None:
    """Clean one page and write it as a briefing in JSON. Exits 1 where that does not fit its schema."""
    from cleankit import corpus
    from cleankit.engines import job
    from cleankit.model import Safety
    from cleankit.render.lines import lines

    document = corpus.read(corpus.Source(Path(path).stem if path != corpus.STDIN else "stdin", path), encoding)
    apply = Safety.SUGGESTED if suggested else Safety.SAFE
    data, findings = job.briefing(job.pipeline(profile, apply).run(document))
    if out == corpus.STDIN:
        put_bytes(data)
    else:
        corpus.write_bytes(Path(out), data)
    for line in lines(path, "", findings):
        complain(line)
    leave((), findings=any(finding.severity == "error" for finding in findings))
