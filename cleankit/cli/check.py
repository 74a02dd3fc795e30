"""`cleankit check`: what does not belong, and where."""

from __future__ import annotations

from typing import Annotated

import typer

from cleankit.cli import answer
from cleankit.cli.options import (
    AllUnused,
    Configuration,
    Diff,
    Encoding,
    Exclude,
    ExitZero,
    ExtendSelect,
    FailOn,
    ForceExclude,
    Format,
    Ignore,
    Isolated,
    Paths,
    Profile,
    Quiet,
    Select,
    Statistics,
    StdinFilename,
    Suggested,
    given,
)


def check(
    paths: Paths,
    select: Select = None,
    extend_select: ExtendSelect = None,
    ignore: Ignore = None,
    suggested: Suggested = None,
    output: Format = "text",
    diff: Diff = False,
    statistics: Statistics = False,
    fail_on: FailOn = None,
    exit_zero: ExitZero = False,
    write_baseline: Annotated[
        bool,
        typer.Option("--write-baseline", help="Note all there is now in .cleankit-baseline.toml; leave it alone."),
    ] = False,
    all_unused: AllUnused = False,
    config: Configuration = "",
    isolated: Isolated = False,
    profile: Profile = None,
    exclude: Exclude = None,
    force_exclude: ForceExclude = False,
    stdin_filename: StdinFilename = "",
    encoding: Encoding = None,
    quiet: Quiet = False,
) -> None:
    """Show what does not belong. Changes nothing; exits 1 where there is something to fix."""
    over = given(
        config=config,
        isolated=isolated,
        profile=profile,
        select=select,
        extend_select=extend_select,
        ignore=ignore,
        suggested=suggested,
        fail_on=fail_on,
        encoding=encoding,
        exclude=exclude,
        force_exclude=force_exclude,
        stdin_filename=stdin_filename,
    )
    answer.check(
        paths,
        over,
        output=output,
        diff=diff,
        statistics=statistics,
        exit_zero=exit_zero,
        write_baseline=write_baseline,
        all_unused=all_unused,
        quiet=quiet,
    )
