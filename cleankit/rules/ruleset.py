"""A set of rules as one filter: one search of the page, then each rule looks at its own lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import re2

from cleankit.errors import RuleError
from cleankit.model import About, Finding
from cleankit.page import Page
from cleankit.rules.kinds import KINDS, Compiled
from cleankit.rules.kinds.kind import in_place
from cleankit.rules.rule import Rule
from cleankit.scan import LineScan, need


class RuleSet:
    """Rules that see the same text. Pickles as its rules."""

    def __init__(self, name: str, rules: Iterable[Rule]) -> None:
        self.name = name
        self.rules = tuple(rules)
        self._by_place = all(rule.match.at != "anywhere" for rule in self.rules)
        self._compiled = [Compiled(rule, KINDS[rule.kind].patterns) for rule in self.rules]

    def __reduce__(self) -> tuple[type[RuleSet], tuple[str, tuple[Rule, ...]]]:
        return RuleSet, (self.name, self.rules)

    @property
    def about(self) -> tuple[About, ...]:
        return tuple(rule.about for rule in self.rules)

    @cached_property
    def _scan(self) -> LineScan:
        needs = [compiled.rule.needs or list(map(need, compiled.patterns)) for compiled in self._compiled]
        return LineScan(needs, lambda rule, number: self._compiled[rule].patterns[number])

    def __call__(self, page: Page) -> Iterator[Finding]:
        def worth(number: int, lines: set[int]) -> set[int]:
            match = self.rules[number].match
            placed = lines if match.at == "anywhere" else {line for line in lines if in_place(match.at, page, line)}
            return placed if len(placed) >= match.min_anchors else set()

        try:
            for rule, lines in self._scan.hits(page, worth, self._within(page)).items():
                compiled = self._compiled[rule]
                yield from KINDS[compiled.rule.kind].find(compiled, page, sorted(lines))
        except re2.error as error:
            _blame(self.rules, error)
            raise

    def _within(self, page: Page) -> list[tuple[int, int]] | None:
        """The edges of the page, if none of the rules looks at its body."""
        if not self._by_place or page.body[1] < 0:
            return None
        first, last = page.body
        head, tail = (0, page.lines[first].start), (page.lines[last].stop, len(page.text))
        return [stretch for stretch in (head, tail) if stretch[0] < stretch[1]] or [(0, 0)]


def _blame(rules: Iterable[Rule], error: Exception) -> None:
    """Name the file and the pattern that RE2 refuses: rules that were not loaded from files were not tried."""
    from cleankit.rules.faults import key
    from cleankit.rules.patterns import refusals

    for rule in rules:
        for fault in refusals(rule):
            raise RuleError(rule.path or rule.id, key(fault.at), fault.problem) from error
