"""`cleankit undo`, `accept` and `reject`: what a finished run did, changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import Quiet
from cleankit.cli.output import put
from cleankit.cli.over import parts
from cleankit.errors import UsageError

UNDO = "undo"

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


def _changing(what: str, about: str) -> Callable[..., None]:
    """The command of that name."""

    def command(
        run: RunFolder,
        names: Names = None,
        rules: Rules = None,
        edits: Edits = None,
        dry_run: DryRun = False,
        quiet: Quiet = False,
    ) -> None:
        from cleankit.engines.decisions import Verdict
        from cleankit.engines.folder import Run
        from cleankit.engines.lock import held
        from cleankit.engines.revising import Wanted, decide, undo
        from cleankit.render import reviewed

        if rules and not parts(rules):  # an empty variable in a script, perhaps: not for all
            raise UsageError("--rule: names no rule; leave it out, or say which is meant")
        wanted = Wanted(tuple(names or ()), parts(rules), tuple(edits or ()))
        with held(Path(run)):
            if what == UNDO:
                revision = undo(Run(run), wanted, write=not dry_run)
            else:
                revision = decide(Run(run), wanted, Verdict(what), write=not dry_run)
        if not quiet:
            put(reviewed.changes(revision, run, verdict=what, dry_run=dry_run))
        leave(revision.failures)

    command.__name__, command.__doc__ = what, about
    return command


undo = _changing(
    UNDO,
    """Take the edits of a rule, or single ones, back in a finished run, without cleaning again.

    Texts, briefings, ledgers and run.json come out as if the rule had not been there, unless others have a part in the
    same lines: then it says which. `accept` makes the edits again. Another `clean` does too; `reject` is for good.
    """,
)
accept = _changing(
    "accept",
    """Clean pages that wait as their .diff shows, or make edits that were suggested or taken back.

    That is noted in RUN/decisions.jsonl, and the next run into the folder goes by it.
    """,
)
reject = _changing(
    "reject",
    """Leave pages as they were, or take edits back for good.

    That is noted in RUN/decisions.jsonl, and the next run into the folder goes by it.
    """,
)
