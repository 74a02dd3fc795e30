"""The options that several commands share, each written once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleankit.errors import UsageError

if TYPE_CHECKING:
    from cleankit.engines.plan import Given

Paths = Annotated[
    list[str], typer.Argument(metavar="IN", help="Files, folders (every *.txt below), or - for standard input.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what could not be done.")]

# which rules
Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="RULES", help="Rules to run instead of all: ids, packs, globs, with commas."),
]
ExtendSelect = Annotated[
    list[str] | None, typer.Option("--extend-select", metavar="RULES", help="Rules to run besides those selected.")
]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", metavar="RULES", help="Rules to leave out.")]
Profile = Annotated[
    str | None,
    typer.Option(
        "--profile",
        metavar="NAME",
        show_default="default",
        help="default, off for no rule, or one of the configuration.",
    ),
]
Suggested = Annotated[
    bool | None,
    typer.Option(
        "--suggested/--no-suggested",
        show_default="no-suggested",
        help="Apply suggested fixes too, not only those that are safe.",
    ),
]

# which files, and how they are read
Configuration = Annotated[
    str, typer.Option("--config", metavar="FILE", show_default=False, help="Configuration instead of the nearest one.")
]
Isolated = Annotated[bool, typer.Option("--isolated", help="Look at no configuration.")]
Exclude = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude", metavar="GLOBS", help="Files and folders to pass over, besides those of the configuration."
    ),
]
ForceExclude = Annotated[
    bool, typer.Option("--force-exclude", help="Pass over what is excluded even where it is named here.")
]
StdinFilename = Annotated[
    str, typer.Option("--stdin-filename", metavar="NAME", show_default=False, help="What to take standard input for.")
]

# what is shown, and what it means for the exit code
Format = Annotated[
    Literal["text", "json", "jsonl", "github", "sarif", "junit"],
    typer.Option("--format", help="How findings are written."),
]
Diff = Annotated[bool, typer.Option("--diff", help="Show what would change, and change nothing.")]
Statistics = Annotated[bool, typer.Option("--statistics", help="Count findings by rule instead (text or json).")]
FailOn = Annotated[
    Literal["safe", "suggested", "flag"] | None,
    typer.Option(
        "--fail-on",
        show_default="suggested",
        help="Exit 1 for findings with a safe fix, a suggested one too, or for any finding.",
    ),
]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="Exit 0 even where there are findings.")]

AllUnused = Annotated[
    bool,
    typer.Option("--all-unused", help="Report unused suppressions for many files too: all files are given."),
]


def _encoding(name: str | None) -> str | None:
    if name is not None:
        from cleankit.encoding import lookup

        try:
            return lookup(name)
        except LookupError as error:
            raise typer.BadParameter(f"{error}; try utf-8, cp1252, gb18030, big5, shift_jis, euc-kr") from error
    return None


Encoding = Annotated[
    str | None,
    typer.Option("--encoding", callback=_encoding, help="Encoding of every file that has no byte order mark."),
]


def given(
    *,
    config: str = "",
    isolated: bool = False,
    profile: str | None = None,
    select: Sequence[str] | None = None,
    extend_select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    suggested: bool | None = None,
    fail_on: str | None = None,
    encoding: str | None = None,
    exclude: Sequence[str] | None = None,
    force_exclude: bool = False,
    stdin_filename: str = "",
) -> Given:
    """The options that go over the configurations, lists taken apart at their commas."""
    from cleankit.engines.plan import Given

    if select and not _parts(select):  # an empty variable in a script, perhaps: it should not stand for all
        raise UsageError("--select: names no rule; for every rule leave it out, for none say --profile off")
    return Given(
        config=config,
        isolated=isolated,
        profile=profile,
        select=_parts(select),
        extend_select=_parts(extend_select),
        ignore=_parts(ignore),
        suggested=suggested,
        fail_on=fail_on,
        encoding=encoding,
        exclude=_parts(exclude),
        force_exclude=force_exclude,
        stdin_filename=stdin_filename,
    )


def _parts(values: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(part.strip() for value in values or () for part in value.split(",") if part.strip())
