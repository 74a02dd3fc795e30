"""Many patterns, one search: which lines of a page they occur in."""

from cleankit.scan.lines import LineScan, regex
from cleankit.scan.literals import Ask, Need, as_need, need

__all__ = ["Ask", "LineScan", "Need", "as_need", "need", "regex"]
