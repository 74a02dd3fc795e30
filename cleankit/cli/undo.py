"""`cleankit undo`: edits of a finished run taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import Quiet
from cleankit.cli.output import put
from cleankit.cli.over import parts
from cleankit.errors import UsageError

if TYPE_CHECKING:
    from cleankit.engines.revising import Wanted

RunFolder = Annotated[str, typer.Argument(metavar="RUN", help="A folder that `clean -o` has written.")]
Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="NAME", help="Documents of the run, by their names or globs.", show_default=False),
]
Rules = Annotated[
    list[str] | None,
    typer.Option("--rule", metavar="RULES", help="Edits of rules: ids, packs, globs, with commas."),
]
Edits = Annotated[
    list[str] | None, typer.Option("--edit", metavar="NAME:LINE", help="The edit in a line of a document's ledger.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")]


def wanted_of(names: list[str] | None, rules: list[str] | None, edits: list[str] | None) -> Wanted:
    """What the arguments of a command that changes a run mean. Raises UsageError."""
    from cleankit.engines.revising import Wanted

    if rules and not parts(rules):  # an empty variable in a script, perhaps: not for all
        raise UsageError("--rule: names no rule; leave it out, or say which is meant")
    return Wanted(tuple(names or ()), parts(rules), tuple(edits or ()))


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
    from cleankit.render import reviewed

    wanted = wanted_of(names, rules, edits)
    with held(Path(run)):
        revision = revising.undo(Run(run), wanted, write=not dry_run)
    if not quiet:
        put(reviewed.changes(revision, run, verdict="undo", dry_run=dry_run))
    leave(revision.failures)
