"""`cleankit validate`: do briefings, or other JSON, fit their schemas?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import Configuration, Exclude, ForceExclude, Format, Isolated, Quiet, given
from cleankit.cli.output import complain, put


def validate(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="IN",
            help="JSON files, folders (every *.json and *.jsonl below), patterns, or - for standard input.",
        ),
    ],
    schema: Annotated[
        list[str] | None,
        typer.Option(
            "--schema",
            metavar="SCHEMA",
            show_default=False,
            help="Shipped schema by its name, such as ledger, or a file; of several, all must fit. "
            "Without: briefing; for run.json and *.jsonl in a folder ledger, those.",
        ),
    ] = None,
    output: Format = "text",
    config: Configuration = "",
    isolated: Isolated = False,
    exclude: Exclude = None,
    force_exclude: ForceExclude = False,
    quiet: Quiet = False,
) -> None:
    """Check JSON files against schemas, offline. Exits 1 where one does not fit."""
    from cleankit.briefing.validate import abouts
    from cleankit.engines.job import Failure
    from cleankit.engines.valid import each
    from cleankit.render import formats
    from cleankit.render.tables import count

    over = given(config=config, isolated=isolated, exclude=exclude, force_exclude=force_exclude)
    failures: list[Failure] = []
    documents = invalid = 0

    def items() -> Iterator[formats.Item]:
        nonlocal documents, invalid
        for seen in each(paths, schema or (), over):
            if isinstance(seen, Failure):
                failures.append(seen)
                yield formats.Item(seen.path, "", (), seen.problem)
                continue
            documents, invalid = documents + seen.documents, invalid + seen.invalid
            yield formats.Item(seen.path, seen.text, () if quiet and output == "text" else seen.findings)

    for line in formats.write(output, items(), abouts(), tell=complain):
        put([line])
    if documents and not quiet and output == "text":
        complain(f"{count(documents, 'document')} looked at; {f'{invalid:,} not valid' if invalid else 'all valid'}")
    leave(failures, findings=invalid > 0)
