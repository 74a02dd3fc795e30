"""`cleankit clean`: a run folder with clean texts, briefings and ledgers."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Annotated, TypeVar

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import Encoding, Paths, Profile, Quiet, Suggested
from cleankit.cli.output import put, put_bytes
from cleankit.corpus import STDIN
from cleankit.errors import UsageError
from cleankit.model import Safety

T = TypeVar("T")


def clean(
    paths: Paths,
    out: Annotated[str | None, typer.Option("--out", "-o", metavar="OUT", help="Folder for what comes out.")] = None,
    suggested: Suggested = False,
    json: Annotated[bool, typer.Option("--json/--no-json", help="Write briefings too, or texts only.")] = True,
    profile: Profile = "default",
    encoding: Encoding = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that work at the same time.")] = 1,
    quiet: Quiet = False,
) -> None:
    """Clean pages into OUT: text/NAME.txt in UTF-8, briefings/NAME.json, ledger/NAME.jsonl, and run.json."""
    from cleankit.engines import job, local
    from cleankit.engines.look import Seen, check
    from cleankit.render import tables

    apply = Safety.SUGGESTED if suggested else Safety.SAFE
    if not out:
        if out == "" or paths != [STDIN]:
            raise UsageError("say where the clean pages go: -o FOLDER (only - alone goes to standard output)")
        (seen,) = check(paths, job.pipeline(profile, apply), encoding)
        if not isinstance(seen, Seen):
            leave([seen])
        put_bytes(seen.outcome.result.text.encode())
        return
    settings = job.Settings(out, apply, profile, encoding, json)
    shown = _bar if sys.stderr.isatty() and not quiet else None
    total, failures = local.run(paths, settings, jobs, shown)
    if not quiet:
        put(tables.report(total, {about.rule: str(about.level) for about in job.abouts(profile)}))
    leave(failures)


def _bar(items: Iterable[T], count: int) -> Iterable[T]:
    from rich.console import Console
    from rich.progress import track

    return track(items, "cleaning", count, console=Console(stderr=True), transient=True)
