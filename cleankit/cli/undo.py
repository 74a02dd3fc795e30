"""`cleankit undo`: edits of a finished run taken back."""

from __future__ import annotations

from typing import Annotated

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import Quiet
from cleankit.cli.output import put

RunFolder = Annotated[str, typer.Argument(metavar="RUN", help="A folder that `clean -o` has written.")]
Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="NAME", help="Documents of the run, by their names or globs.", show_default=False),
]
Rules = Annotated[
    list[str] | None, typer.Option("--rule", metavar="RULE", help="Edits of a rule: its id, a pack or a glob.")
]
Edits = Annotated[
    list[str] | None, typer.Option("--edit", metavar="NAME:LINE", help="The edit in a line of a document's ledger.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")]


def undo(
    run: RunFolder,
    names: Names = None,
    rules: Rules = None,
    edits: Edits = None,
    dry_run: DryRun = False,
    quiet: Quiet = False,
) -> None:
    """Take the edits of a rule, or single ones, back in a finished run, without cleaning again.

    Texts, briefings, ledgers and run.json come out as if the rule had not been there, unless others have a part in the
    same lines: then it says which. `accept` makes the edits again. Another `clean` does too; `reject` is for good.
    """
    from pathlib import Path

    from cleankit.engines import revising
    from cleankit.engines.folder import Run
    from cleankit.engines.lock import held
    from cleankit.engines.revising import Wanted
    from cleankit.render import reviewed

    wanted = Wanted(tuple(names or ()), tuple(rules or ()), tuple(edits or ()))
    with held(Path(run)):
        revision = revising.undo(Run(run), wanted, write=not dry_run)
    if not quiet:
        put(reviewed.changes(revision, run, verdict="undo", dry_run=dry_run))
    leave(revision.failures)
