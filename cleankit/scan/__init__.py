"""Many patterns, one search: which lines of a page they occur in."""

from cleankit.scan.ask import Ask, Need, as_need
from cleankit.scan.lines import LineScan, regex

__all__ = ["Ask", "LineScan", "Need", "as_need", "need", "regex"]


def need(pattern: str) -> Need:
    """What must stand in every line that `pattern` (RE2 syntax) matches."""
    from cleankit.scan.literals import need  # seldom asked: the answers for the built-in patterns are remembered

    return need(pattern)
