"""Reads the command lines of `check` that editors and hooks run: paths, and options without a value.

All others are the option parser's, whose import takes longer than the check of a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_SHORT = {"-q": "--quiet"}
_FLAGS = ("--quiet", "--exit-zero", "--force-exclude", "--isolated")


class Plain(NamedTuple):
    """What a command line asks for."""

    paths: tuple[str, ...]
    flags: frozenset[str]


def plain(args: Sequence[str]) -> Plain | None:
    """The arguments after `check`; None if they are not plain.

    >>> plain(["-q", "page.txt", "-"])
    Plain(paths=('page.txt', '-'), flags=frozenset({'--quiet'}))
    >>> plain(["--select", "nav", "page.txt"]) is None
    True
    """
    paths, flags = [], set()
    for arg in args:
        flag = _SHORT.get(arg, arg)
        if flag in _FLAGS:
            flags.add(flag)
        elif arg.startswith("-") and arg != "-":
            return None
        else:
            paths.append(arg)
    return Plain(tuple(paths), frozenset(flags)) if paths else None


def check(asked: Plain) -> None:
    """Run `check`. Leaves by its exit code."""
    from cleankit.cli import answer
    from cleankit.engines.plan import Given

    flags = asked.flags
    given = Given(force_exclude="--force-exclude" in flags, isolated="--isolated" in flags)
    answer.check(asked.paths, given, exit_zero="--exit-zero" in flags, quiet="--quiet" in flags)
