"""`cleankit restore`: the originals of cleaned texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import Quiet
from cleankit.cli.output import complain, deliver


def restore(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="OUT", help="A run folder, or clean texts in one; a text elsewhere with its ledger behind it."
        ),
    ],
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="PATH", help="File for one original, folder for several.")
    ] = "-",
    check: Annotated[bool, typer.Option("--check", help="Prove that all come back, and write nothing.")] = False,
    quiet: Quiet = False,
) -> None:
    """Give the original back, byte for byte, and prove it by its hash.

    A text or a ledger that was changed since is refused, with the place. For a page of HTML the original is the text
    that was taken from it: the page itself was never changed. Of files of records the rows come back with their texts
    as they were; a line that could not be read was never in the run.
    """
    from cleankit import corpus
    from cleankit.engines import unsharding
    from cleankit.engines.job import Failure, told
    from cleankit.engines.restoring import each, is_one
    from cleankit.errors import UsageError, WriteError
    from cleankit.render.tables import count

    alone = is_one(paths)
    if not (alone or check) and out == corpus.STDIN:
        raise UsageError("say where the originals go: -o FOLDER; or --check to prove only that they come back")
    if not alone and Path(out).is_file():
        raise UsageError(f"{out}: is a file; give a folder with -o for several originals")
    failures, done = [], 0
    for one in each(paths):
        if isinstance(one, Failure):
            failures.append(one)
            continue
        done += 1
        if check:
            continue
        try:
            if alone:
                deliver(one.data, out, *paths)
            else:
                corpus.write_bytes(corpus.place(Path(out), one.name, corpus.SUFFIX), one.data)
        except WriteError as error:
            failures.append(told(error.path, error))
            continue
        if one.markup:
            complain(f"{one.path}: this is the text that {one.markup.reader} took from HTML ({one.markup.sha256})")
    records = 0
    for folder in paths if Path(paths[0]).is_dir() else ():
        for part in unsharding.each(Path(folder), None if check else Path(out)):
            if isinstance(part, Failure):
                failures.append(part)
            else:
                records += part.records
    if not (alone or quiet):
        what = [count(done, "original")] if done or not records else []
        what += [count(records, "record")] if records else []
        complain(f"{' and '.join(what)} {'can be given back' if check else 'given back'}")
    leave(failures)
