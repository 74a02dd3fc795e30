"""Many patterns, one search: which lines of a page they occur in."""

from __future__ import annotations

from pathlib import Path

from cleankit import page
from cleankit.scan.ask import Ask, Need, as_json, of_json
from cleankit.scan.known_lines import KnownLines
from cleankit.scan.lines import LineScan, regex

__all__ = ["Ask", "KnownLines", "LineScan", "Need", "as_json", "code", "need", "of_json", "regex"]


def need(pattern: str) -> Need:
    """What must stand in every line that `pattern` (RE2 syntax) matches."""
    from cleankit.scan.literals import asks  # seldom asked: the answers for the built-in patterns are remembered
    from cleankit.scan.width import most

    return Need(asks(pattern), most(pattern))


def code() -> list[Path]:
    """The files that decide what a pattern needs: a remembered answer holds as long as they stay the same."""
    return [Path(page.__file__), *sorted(Path(__file__).parent.glob("*.py"))]
