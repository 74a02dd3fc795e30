"""`cleankit validate`: do briefings, or other JSON, fit their schemas?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import CONFIGURATION, Format, Quiet, laid_over
from cleankit.cli.output import complain, put

if TYPE_CHECKING:
    from cleankit.engines.plan import Given


@laid_over(*CONFIGURATION, "exclude", "force_exclude")
def validate(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="IN",
            help="JSON files, folders (every *.json and *.jsonl below), patterns, or - for standard input.",
        ),
    ],
    over: Given,
    schema: Annotated[
        list[str] | None,
        typer.Option(
            "--schema",
            metavar="SCHEMA",
            show_default=False,
            help="Shipped schema by its name, such as ledger, or a file; of several, all must fit. "
            "Without: briefing; for run.json, timing.json, done.jsonl, decisions.jsonl and ledgers, those.",
        ),
    ] = None,
    output: Format = "text",
    quiet: Quiet = False,
) -> None:
    """Check JSON files against schemas, offline. Exits 1 where one does not fit."""
    from cleankit.briefing.validate import abouts
    from cleankit.engines.job import Failure
    from cleankit.engines.valid import each
    from cleankit.render import formats
    from cleankit.render.item import Item
    from cleankit.render.tables import count

    failures: list[Failure] = []
    documents = invalid = 0

    def items() -> Iterator[Item]:
        nonlocal documents, invalid
        for seen in each(paths, schema or (), over):
            if isinstance(seen, Failure):
                failures.append(seen)
                yield Item(seen.path, "", (), seen.problem)
                continue
            documents, invalid = documents + seen.documents, invalid + seen.invalid
            yield Item(seen.path, seen.text, () if quiet and output == "text" else seen.findings)

    def lost(path: str, problem: str) -> None:
        failures.append(Failure(path, problem))

    for line in formats.write(output, items(), abouts(), tell=complain, lost=lost):
        put([line])
    if documents and not quiet and output == "text":
        complain(f"{count(documents, 'document')} looked at; {f'{invalid:,} not valid' if invalid else 'all valid'}")
    leave(failures, findings=invalid > 0)
