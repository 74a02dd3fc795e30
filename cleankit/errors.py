"""What cleankit raises, each error saying what is wrong, where, and what to try.

    CleankitError
    ├── UsageError       a command or call that cannot be carried out as given
    │   ├── RuleError    a rule file that does not load: names the file, the line and the key
    │   ├── UnknownRule  a name that means no rule: an id, a pack or a glob
    │   └── ConfigError  a configuration that does not load: names the file, the line and the key
    ├── ReadError        a document that cannot be read: missing, a folder, not decodable
    ├── WriteError       an output that cannot be written
    └── LedgerError      a ledger that does not fit its text

A bad page inside a run is a finding or a line in the list of failures, never an exception that ends the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable


class CleankitError(Exception):
    """Any error that cleankit explains itself."""


class UsageError(CleankitError):
    """A command or call that cannot be carried out as given."""


class RuleError(UsageError):
    """A rule file that does not load. `line` is 0 where it cannot be told."""

    def __init__(self, path: object, key: str, problem: str, line: int = 0) -> None:
        place = f"{path}:{line}" if line else str(path)
        super().__init__(f"{place}: {key}: {problem}" if key else f"{place}: {problem}")
        self.path, self.key, self.problem, self.line = str(path), key, problem, line


class UnknownRule(UsageError):
    """A name that means no rule. `key` is where it was given: select, ignore …"""

    def __init__(self, key: str, name: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}" if key else problem)
        self.key, self.name, self.problem = key, name, problem


class ConfigError(UsageError):
    """A configuration that does not load. `line` and `col` are 0 where they cannot be told."""

    def __init__(self, path: object, line: int, key: str, problem: str, col: int = 0) -> None:
        place = ":".join(str(part) for part in (path, line, col) if part)
        super().__init__(f"{place}: {key}: {problem}" if key else f"{place}: {problem}")
        self.path, self.line, self.key, self.problem = str(path), line, key, problem


class ReadError(CleankitError):
    """A document that cannot be read."""

    def __init__(self, path: object, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path, self.problem = str(path), problem


class WriteError(CleankitError):
    """An output that cannot be written."""

    def __init__(self, path: object, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path, self.problem = str(path), problem


class LedgerError(CleankitError):
    """A ledger that does not fit its text."""


def meant(name: str, known: Iterable[str], otherwise: str, *, most: int = 1, form: Callable[[str], str] = str) -> str:
    """What to try in the place of a name that is not known: up to `most` that are like it, or something else."""
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=most)
    return f"did you mean {', '.join(map(form, near))}?" if near else otherwise
