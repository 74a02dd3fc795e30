"""The command line: a command builds, calls, renders, exits; what it does is done elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

from cleankit.cli.run import run


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run one command line and leave with its exit code."""
    run(sys.argv[1:] if args is None else args)
