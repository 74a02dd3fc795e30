"""The command line: a command builds, calls, renders, exits; what it does is done elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from cleankit.version import VERSION


def main(args: Sequence[str] | None = None) -> None:
    """Run one command line and leave with its exit code."""
    args = sys.argv[1:] if args is None else args
    if list(args) == ["--version"]:
        # not worth waiting for the rest to be imported
        print(f"cleankit {VERSION}")
        return
    from cleankit.cli.exits import run

    run(args)
