"""`cleankit clean`: a run folder with clean texts, briefings and ledgers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleankit.cli.exits import at_the_end, leave
from cleankit.cli.options import CONFIGURATION, RULES, Paths, Quiet, laid_over, size
from cleankit.cli.output import complain, put, put_bytes
from cleankit.corpus import STDIN
from cleankit.corpus.columns import MOST, Columns
from cleankit.errors import UsageError

if TYPE_CHECKING:
    from cleankit.engines.local import Each, Ran
    from cleankit.engines.plan import Given

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
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, show_default="1", help="Processes that work at the same time."),
    ] = None,
    engine: Annotated[
        Literal["local", "ray"],
        typer.Option("--engine", help="Who does the work: processes here, or Ray, here or on many machines."),
    ] = "local",
    address: Annotated[
        str,
        typer.Option(
            "--address", metavar="ADDR", show_default=False, help="Ray cluster to work on, or auto for the one here."
        ),
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Do again what OUT has already, too.")] = False,
    max_errors: Annotated[
        int | None,
        typer.Option("--max-errors", metavar="N", min=0, help="Stop when more than N documents could not be done."),
    ] = None,
    text_key: Annotated[
        str, typer.Option("--text-key", metavar="NAME", help="Column of the text, in records.")
    ] = "text",
    id_key: Annotated[str, typer.Option("--id-key", metavar="NAME", help="Column of the id, in records.")] = "id",
    shard_size: Annotated[
        int,
        typer.Option(
            "--shard-size", metavar="SIZE", parser=size, help="Bytes of a part that is done by itself, such as 64MB."
        ),
    ] = 16_000_000,
    max_record: Annotated[
        int, typer.Option("--max-record", metavar="SIZE", parser=size, help="Bytes that a record may have.")
    ] = MOST,
    quiet: Quiet = False,
) -> None:
    """Clean pages into OUT: text/NAME.txt in UTF-8, briefings/NAME.json, ledger/NAME.jsonl, and run.json.

    A page that is not to be cleaned unseen goes to quarantine/NAME.txt as it is, with what would have been done in
    NAME.diff; then the exit code is 1. Files of records (*.jsonl, also .gz and .zst) go to records/text/NAME with their
    texts cleaned and all else as it was. The same command again does what is missing. How far it is and how long it
    took is told on standard error, and in timing.json.
    """
    from cleankit.cli.progress import Progress, stopped, timed
    from cleankit.engines import job, local
    from cleankit.engines.look import Seen, check
    from cleankit.engines.plan import plan
    from cleankit.render import tables
    from cleankit.render.lines import visible
    from cleankit.render.tables import count

    if address and engine != "ray":
        raise UsageError("--address names a Ray cluster; give --engine ray too")
    if not out:
        if out == "" or paths != [STDIN]:
            raise UsageError("say where the clean pages go: -o FOLDER (only - alone goes to standard output)")
        if engine != "local":
            raise UsageError("--engine ray: one text is not worth starting Ray for; leave that out, or give -o FOLDER")
        (seen,) = check(plan(paths, over))
        if not isinstance(seen, Seen):
            leave([failure for failure in (seen,) if isinstance(failure, job.Failure)])
        put_bytes(seen.outcome.result.text.encode())
        why = job.aside(seen.path, seen.outcome)
        leave([], quarantine=[why] if why else [])
    todo = plan(paths, over, shard_size)
    progress = None if quiet else Progress()
    output = job.Output(out, json, ledger == "hashes", Columns(text_key, id_key), max_record)
    try:
        with _engine(engine, address, jobs) as each:
            ran = local.run(paths, todo, output, local.Way(jobs or 1, force, max_errors, progress, each))
    except (KeyboardInterrupt, SystemExit):  # Ctrl-C, or another signal that ends a program
        at_the_end()
        if progress and progress.pace:
            complain(stopped(progress.pace.there, force=force))
        raise
    if not quiet:
        put(tables.report(ran.total, {about.rule: str(about.level) for about in todo.abouts()}))
        _tell_before(ran)
        if ran.timing and (took := timed(ran.timing)):
            complain(took)
    if strangers := local.earlier(Path(out), todo.tasks):
        named = ", ".join(map(visible, strangers[:NAMED])) + (", …" if len(strangers) > NAMED else "")
        told = f"also holds {count(len(strangers), 'document')} of an earlier run: {named}"
        complain(f"{out}: {told}; they are as they were, and not in run.json")
    leave(ran.failures, quarantine=ran.asides)


@contextmanager
def _engine(engine: str, address: str, jobs: int | None) -> Iterator[Each | None]:
    """Who is to do the documents, if not processes of this machine."""
    if engine == "local":
        yield None
        return
    from cleankit.engines.ray import Ray

    with Ray(address, jobs) as ray:
        yield ray.each


def _tell_before(ran: Ran) -> None:
    """What was done already, and what of it was done again."""
    from cleankit.render.lines import visible
    from cleankit.render.tables import count

    if ran.before:
        complain(f"{count(ran.before, 'document')} had been done, and nothing was changed there")
    for why, names in ran.again.items():
        named = ", ".join(map(visible, names[:NAMED])) + (", …" if len(names) > NAMED else "")
        complain(f"{count(len(names), 'document')} done again, for {why}: {named}")
