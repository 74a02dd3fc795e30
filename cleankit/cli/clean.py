"""`cleankit clean`: a run folder with clean texts, briefings and ledgers."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import CONFIGURATION, RULES, Jobs, Paths, Quiet, laid_over
from cleankit.cli.output import complain, put, put_bytes
from cleankit.corpus import STDIN
from cleankit.errors import UsageError

if TYPE_CHECKING:
    from cleankit.engines.plan import Given

T = TypeVar("T")
NAMED = 3  # documents of an earlier run that are named


@laid_over(*RULES, *CONFIGURATION, "exclude", "force_exclude", "html", "encoding")
def clean(
    paths: Paths,
    over: Given,
    out: Annotated[str | None, typer.Option("--out", "-o", metavar="OUT", help="Folder for what comes out.")] = None,
    ledger: Annotated[
        Literal["full", "hashes"],
        typer.Option(
            "--ledger", help="What ledgers keep of the old texts: all, or hashes; then to restore takes the original."
        ),
    ] = "full",
    json: Annotated[bool, typer.Option("--json/--no-json", help="Write briefings too, or texts only.")] = True,
    jobs: Jobs = 1,
    quiet: Quiet = False,
) -> None:
    """Clean pages into OUT: text/NAME.txt in UTF-8, briefings/NAME.json, ledger/NAME.jsonl, and run.json.

    A page that is not to be cleaned unseen goes to quarantine/NAME.txt as it is, with what would have been done in
    NAME.diff; then the exit code is 1.
    """
    from cleankit.engines import job, local
    from cleankit.engines.look import Seen, check
    from cleankit.engines.plan import plan
    from cleankit.render import tables
    from cleankit.render.lines import visible
    from cleankit.render.tables import count

    if not out:
        if out == "" or paths != [STDIN]:
            raise UsageError("say where the clean pages go: -o FOLDER (only - alone goes to standard output)")
        (seen,) = check(plan(paths, over))
        if not isinstance(seen, Seen):
            leave([failure for failure in (seen,) if isinstance(failure, job.Failure)])
        put_bytes(seen.outcome.result.text.encode())
        why = job.aside(seen.path, seen.outcome)
        leave([], quarantine=[why] if why else [])
    todo = plan(paths, over)
    shown = _bar if sys.stderr.isatty() and not quiet else None
    total, failures, asides = local.run(paths, todo, job.Output(out, json, ledger == "hashes"), jobs, shown)
    if not quiet:
        put(tables.report(total, {about.rule: str(about.level) for about in todo.abouts()}))
    if strangers := local.earlier(Path(out), todo.tasks):
        named = ", ".join(map(visible, strangers[:NAMED])) + (", …" if len(strangers) > NAMED else "")
        told = f"also holds {count(len(strangers), 'document')} of an earlier run: {named}"
        complain(f"{out}: {told}; they are as they were, and not in run.json")
    leave(failures, quarantine=asides)


def _bar(items: Iterable[T], count: int) -> Iterable[T]:
    from rich.console import Console
    from rich.progress import track

    return track(items, "cleaning", count, console=Console(stderr=True), transient=True)
