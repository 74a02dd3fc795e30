"""`cleankit explain`: what happened to a line, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleankit.cli.options import CONFIGURATION, RULES, laid_over
from cleankit.cli.output import put

if TYPE_CHECKING:
    from cleankit.engines.plan import Given


@laid_over(*RULES, *CONFIGURATION, "stdin_filename", "encoding")
def explain(
    where: Annotated[
        str,
        typer.Argument(
            metavar="FILE[:LINE[:COL]]", help="A text or a line of it: an original, RUN/text/NAME.txt, or - ."
        ),
    ],
    over: Given,
    run: Annotated[str, typer.Option("--run", metavar="RUN", help="What this run's ledger says of an original.")] = "",
    output: Annotated[Literal["text", "json"], typer.Option("--format", help="How it is written.")] = "text",
) -> None:
    """Tell what was done to a document, a line or a word, by which rules, and why; and what came near to a kept line.

    Of a text in a run folder its ledger tells, of an original what would be done to it now. Changes nothing.
    """
    from cleankit.engines import explaining
    from cleankit.render import explained

    found = explaining.explain(explaining.place(where), run, over)
    put([explained.as_json(found)] if output == "json" else explained.lines(found))
