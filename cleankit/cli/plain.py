"""Reads the command lines of `check` and `fix` that editors and hooks run, without the option parser.

Its import takes longer than the check of a file. It stays the judge: what is not understood here goes to it, and so
does every mistake.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from cleankit.cli.over import LISTS

# by their parameters
FLAGS = {
    "--quiet": "quiet",
    "-q": "quiet",
    "--diff": "diff",
    "--statistics": "statistics",
    "--exit-zero": "exit_zero",
    "--all-unused": "all_unused",
    "--isolated": "isolated",
    "--force-exclude": "force_exclude",
}
FLAGS_OF = {
    "check": {"--write-baseline": "write_baseline", "--no-cache": "no_cache"},
    "fix": {"--exit-non-zero-on-fix": "exit_non_zero_on_fix"},
}
VALUES = {
    "--select": "select",
    "--extend-select": "extend_select",
    "--ignore": "ignore",
    "--exclude": "exclude",
    "--format": "output",
    "--fail-on": "fail_on",
    "--config": "config",
    "--profile": "profile",
    "--stdin-filename": "stdin_filename",
}
VALUES_OF: dict[str, dict[str, str]] = {"check": {}, "fix": {"--ledger": "ledger"}}
CHOICES = {
    "output": ("text", "json", "jsonl", "github", "sarif", "junit"),
    "fail_on": ("safe", "suggested", "flag"),
}
_ANSWERED = frozenset(("output", "quiet", "diff", "statistics", "exit_zero", "all_unused", *FLAGS_OF["check"].values()))
_ANSWERED |= frozenset((*FLAGS_OF["fix"].values(), *VALUES_OF["fix"].values()))


class Plain(NamedTuple):
    """What a command line asks for: a command, its paths, and its options by their parameters."""

    command: str
    paths: tuple[str, ...]
    options: dict[str, Any]


def plain(args: Sequence[str]) -> Plain | None:
    """A command line as it was meant; None if that is for the option parser to say.

    >>> plain(["check", "-q", "page.txt", "-", "--select=nav", "--select", "gaps"])
    Plain(command='check', paths=('page.txt', '-'), options={'quiet': True, 'select': ['nav', 'gaps']})
    >>> plain(["check", "--selct", "nav", "page.txt"]) is None
    True
    """
    if not args or args[0] not in FLAGS_OF:
        return None
    flags, values = FLAGS | FLAGS_OF[args[0]], VALUES | VALUES_OF[args[0]]
    paths: list[str] = []
    options: dict[str, Any] = {}
    rest = iter(args[1:])
    for arg in rest:
        name, equals, value = arg.partition("=")
        if not arg.startswith("-") or arg == "-":
            paths.append(arg)
        elif arg in flags:
            options[flags[arg]] = True
        elif name in values:
            parameter = values[name]
            value = value if equals else next(rest, "-")
            if (not equals and value.startswith("-")) or value not in CHOICES.get(parameter, (value,)):
                return None
            if parameter in LISTS:
                options.setdefault(parameter, []).append(value)
            else:
                options[parameter] = value
        else:
            return None
    return Plain(args[0], tuple(paths), options) if paths else None


def run(asked: Plain) -> None:
    """Run the command. Leaves by its exit code."""
    from cleankit.cli import answer
    from cleankit.cli.over import given

    over = given(**{name: value for name, value in asked.options.items() if name not in _ANSWERED})
    said = {name: value for name, value in asked.options.items() if name in _ANSWERED}
    if asked.command == "check":
        answer.check(asked.paths, over, **said)
    answer.fix(asked.paths, over, **said)
