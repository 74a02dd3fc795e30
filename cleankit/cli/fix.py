"""`cleankit fix`: clean files in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cleankit.cli import answer
from cleankit.cli.options import (
    CONFIGURATION,
    RULES,
    AllUnused,
    Diff,
    ExitZero,
    Format,
    Paths,
    Quiet,
    Statistics,
    laid_over,
)

if TYPE_CHECKING:
    from cleankit.engines.plan import Given


@laid_over(*RULES, *CONFIGURATION, "fail_on", "exclude", "force_exclude", "stdin_filename", "encoding")
def fix(
    paths: Paths,
    over: Given,
    output: Format = "text",
    diff: Diff = False,
    statistics: Statistics = False,
    exit_zero: ExitZero = False,
    exit_non_zero_on_fix: Annotated[
        bool, typer.Option("--exit-non-zero-on-fix", help="Exit 1 where a file was changed, even if nothing is left.")
    ] = False,
    all_unused: AllUnused = False,
    ledger: Annotated[
        str,
        typer.Option(
            "--ledger", metavar="FILE", show_default=False, help="Note there what was done; restore takes it back."
        ),
    ] = "",
    quiet: Quiet = False,
) -> None:
    """Take out what does not belong, in place. Encoding, byte order mark and line ends stay.

    With --ledger the originals can be given back: cleankit restore PAGE FILE.

    Exits 1 where something is left to fix.
    """
    answer.fix(
        paths,
        over,
        output=output,
        diff=diff,
        statistics=statistics,
        exit_zero=exit_zero,
        exit_non_zero_on_fix=exit_non_zero_on_fix,
        all_unused=all_unused,
        ledger=ledger,
        quiet=quiet,
    )
