"""`cleankit fix`: clean files in place."""

from __future__ import annotations

from typing import Annotated

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import Encoding, FailOn, Paths, Quiet, Suggested
from cleankit.cli.output import complain, put, put_bytes
from cleankit.corpus import STDIN
from cleankit.model import Safety


def fix(
    paths: Paths,
    suggested: Suggested = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change, and change nothing.")] = False,
    fail_on: FailOn = "suggested",
    encoding: Encoding = None,
    quiet: Quiet = False,
) -> None:
    """Take out what does not belong, in place. Encoding, byte order mark and line ends stay.

    Exits 1 where something is left to fix.
    """
    from cleankit.engines import job, look
    from cleankit.render import lines
    from cleankit.render.diff import unified
    from cleankit.render.tables import count

    failures, left = [], False
    pipeline = job.pipeline("default", Safety.SUGGESTED if suggested else Safety.SAFE)
    for fixed in look.fix(paths, pipeline, encoding, write=not diff):
        if isinstance(fixed, job.Failure):
            failures.append(fixed)
            continue
        before, after = fixed.outcome.source.text, fixed.outcome.result.text
        if diff:
            put(unified(before, after, fixed.path, fixed.path))
            left = left or fixed.changed
        elif fixed.path == STDIN:
            put_bytes(fixed.data)
        elif not quiet:
            if fixed.changed:
                complain(f"{fixed.path}: {count(len(fixed.outcome.applied), 'edit')}")
            put(lines.lines(fixed.path, after, fixed.left))
        left = left or any(look.is_fixable(finding, Safety(fail_on)) for finding in fixed.left)
    leave(failures, findings=left)
