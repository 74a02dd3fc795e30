"""`cleankit export`: what runs did, in the forms of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import Quiet
from cleankit.cli.output import complain, put_bytes


def export(
    runs: Annotated[list[str], typer.Argument(metavar="RUN", help="Folders that `clean -o` has written.")],
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="OUT", help="Folder for dolma; file, or -, for findings.")
    ] = "",
    format: Annotated[Literal["dolma", "findings"], typer.Option("--format", help="What is written.")] = "dolma",
    quiet: Quiet = False,
) -> None:
    """Tell what runs did from their ledgers, for other programs; no filter runs, and no text is changed.

    dolma: the original texts, the edits as attributes of them, and a configuration with which dolma's mixer makes the
    clean texts. findings: a line of JSON for each finding, made or not, with what was done about it.
    """
    from cleankit import corpus
    from cleankit.engines import exporting
    from cleankit.errors import UsageError
    from cleankit.render.tables import count

    if not out:
        places = "-o FOLDER" if format == "dolma" else "-o FILE, or -o - for standard output"
        raise UsageError(f"say where it goes: {places}")
    if format == "dolma":
        if out == corpus.STDIN:
            raise UsageError("dolma reads several files: give a folder with -o")
        done = exporting.to_dolma(runs, out)
    elif out == corpus.STDIN:
        done = exporting.to_findings(runs, put_bytes)
    else:
        if Path(out).is_dir():
            raise UsageError(f"{out}: is a folder; give a file with -o")
        with corpus.writing(Path(out)) as file:
            done = exporting.to_findings(runs, file.write)
    if not quiet:
        what = count(done.told, "edit" if format == "dolma" else "finding")
        waiting = f"; {done.waiting} in quarantine, not cleaned" if done.waiting else ""
        complain(f"{count(done.documents, 'document')} exported with {what}{waiting}")
    leave(done.failures)
