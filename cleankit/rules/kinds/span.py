"""span: a stretch inside a line, taken out while the rest of the line stays.

The whole match goes, or the group named `cut` where the pattern has one: `(?P<cut>Print E-mail )CITY`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleankit.model import Finding
from cleankit.page import Page
from cleankit.rules.kinds.kind import Compiled, Held, Kind, cased, matches
from cleankit.rules.rule import Rule


def patterns(rule: Rule) -> Sequence[str]:
    return [cased(rule, pattern) for pattern in rule.match.any_of]


def judge(compiled: Compiled, page: Page, numbers: Sequence[int]) -> Iterator[Finding | Held]:
    for number in numbers:
        if why := compiled.held(page, number):
            yield compiled.let_be(page, number, why)
            continue
        for _, start, end in matches(compiled, page, number):
            yield compiled.report(page, start, end)


KIND = Kind(frozenset({"any_of", "unless", "ignore_case", "at"}), patterns, judge)
