"""`cleankit ignore`: leave a finding alone, without a mark in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cleankit.cli.options import CONFIGURATION, laid_over
from cleankit.cli.output import complain

if TYPE_CHECKING:
    from cleankit.engines.plan import Given


@laid_over(*CONFIGURATION, "encoding")
def ignore(
    where: Annotated[str, typer.Argument(metavar="FILE:LINE", help="Where it is found, as check writes it.")],
    rule: Annotated[str, typer.Argument(metavar="RULE", help="What finds it: a rule's id, a pack or a glob.")],
    reason: Annotated[str, typer.Option("--reason", metavar="WHY", help="Why it is left alone.")],
    over: Given,
    expires: Annotated[
        str | None, typer.Option("--expires", metavar="DATE", help="The last day on which that holds: 2031-12-31.")
    ] = None,
    everywhere: Annotated[
        bool, typer.Option("--everywhere", help="Leave the same words alone in every file, not in this one only.")
    ] = False,
) -> None:
    """Leave a finding alone from now on: adds an entry to .cleankit-ignore.toml and does not touch the text."""
    from cleankit.engines import ignore as engine

    added = engine.ignore(engine.place(where), rule, reason, over, expires=engine.day(expires), everywhere=everywhere)
    for finding, entry in added.entries:
        complain(f"{added.sidecar}: {finding.rule} leaves alone {entry.excerpt or 'the blanks there'!r}")
