"""line: a whole line that is chrome, taken out with its line end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleankit.model import Finding
from cleankit.page import Page
from cleankit.rules.kinds.kind import Compiled, Kind, whole_line
from cleankit.rules.rule import Rule


def patterns(rule: Rule) -> Sequence[str]:
    return [whole_line(rule, pattern) for pattern in rule.match.any_of]


def find(compiled: Compiled, page: Page, numbers: Sequence[int]) -> Iterator[Finding]:
    for number in numbers:
        if compiled.applies(page, number):
            line = page.lines[number]
            yield compiled.report(page, line.start, line.stop)


KIND = Kind(frozenset({"any_of", "unless", "ignore_case", "at"}), patterns, find)
