"""`cleankit check`: what does not belong, and where."""

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


@laid_over(*RULES, *CONFIGURATION, "fail_on", "exclude", "force_exclude", "stdin_filename", "html", "encoding")
def check(
    paths: Paths,
    over: Given,
    output: Format = "text",
    diff: Diff = False,
    statistics: Statistics = False,
    exit_zero: ExitZero = False,
    write_baseline: Annotated[
        bool,
        typer.Option("--write-baseline", help="Note all there is now in .cleankit-baseline.toml; leave it alone."),
    ] = False,
    all_unused: AllUnused = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Look again at files that did not change; see cleankit cache.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Show what does not belong. Changes nothing; exits 1 where there is something to fix."""
    answer.check(
        paths,
        over,
        output=output,
        diff=diff,
        statistics=statistics,
        exit_zero=exit_zero,
        write_baseline=write_baseline,
        all_unused=all_unused,
        no_cache=no_cache,
        quiet=quiet,
    )
