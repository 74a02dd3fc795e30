"""`cleankit link`: pages of one briefing joined, briefings of one event linked."""

from __future__ import annotations

from typing import Annotated

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import Quiet
from cleankit.cli.output import put


def link(
    runs: Annotated[list[str], typer.Argument(metavar="RUN", help="Folders that `clean -o` has written.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what belongs together, and write nothing.")] = False,
    quiet: Quiet = False,
) -> None:
    """Join the pages of a briefing that was split, and link briefings of one event.

    Pages of one headline and day whose page numbers say so become RUN/joined/NAME.json, in order, without what they
    repeat; pages that are missing are gaps in it. Near duplicates, in one run or in several, get same_event_as, with
    the turns that both have set side by side. Nothing is deleted, and a second call finds the same again.
    """
    from cleankit.engines import linking
    from cleankit.render import linked

    found = linking.link(runs, write=not dry_run)
    if not quiet:
        put(linked.lines(found))
    leave(found.failures)
