"""`cleankit fix`: clean files in place."""

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


def fix(
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
    exit_non_zero_on_fix: Annotated[
        bool, typer.Option("--exit-non-zero-on-fix", help="Exit 1 where a file was changed, even if nothing is left.")
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
    """Take out what does not belong, in place. Encoding, byte order mark and line ends stay.

    Exits 1 where something is left to fix.
    """
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
    answer.fix(
        paths,
        over,
        output=output,
        diff=diff,
        statistics=statistics,
        exit_zero=exit_zero,
        exit_non_zero_on_fix=exit_non_zero_on_fix,
        all_unused=all_unused,
        quiet=quiet,
    )
