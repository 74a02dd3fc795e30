"""A set of rules as one filter: one search of the page, then each rule looks at its own lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import re2

from cleankit.errors import RuleError
from cleankit.model import About, Finding, Near, Span
from cleankit.page import Page
from cleankit.rules.kinds import KINDS, Compiled, Held
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
                judged = KINDS[compiled.rule.kind].judge(compiled, page, sorted(lines))
                yield from (one for one in judged if isinstance(one, Finding))
        except re2.error as error:
            _blame(self.rules, error)
            raise

    def near(self, page: Page, start: int, end: int) -> Iterator[Near]:
        """The rules with a pattern that fits a line there, and the condition that keeps each from it."""
        if not page.lines:
            return
        first, last = page.line_at(start), page.line_at(max(start, end - 1))
        here, within = set(range(first, last + 1)), [(page.lines[first].start, page.lines[last].stop)]
        fitting = self._scan.hits(page, lambda _, lines: lines & here, within)
        # what a rule makes of a line hangs on all that it fits on the page
        hits = self._scan.hits(page, lambda rule, lines: lines if rule in fitting else set())
        for rule, lines in hits.items():
            compiled = self._compiled[rule]
            for one in KINDS[compiled.rule.kind].judge(compiled, page, sorted(lines)):
                if isinstance(one, Held) and one.start < end and start < one.end:
                    other = page.lines[one.by] if one.by >= 0 else None
                    by = Span(other.start, other.end) if other else None
                    spoke = (("pattern", f"fits {_quoted(page, one)}"),)
                    yield Near(compiled.rule.id, Span(one.start, one.end), spoke, one.why, by)

    def _within(self, page: Page) -> list[tuple[int, int]] | None:
        """The edges of the page, if none of the rules looks at its body."""
        if not self._by_place or page.body[1] < 0:
            return None
        first, last = page.body
        head, tail = (0, page.lines[first].start), (page.lines[last].stop, len(page.text))
        return [stretch for stretch in (head, tail) if stretch[0] < stretch[1]] or [(0, 0)]


def _quoted(page: Page, held: Held) -> str:
    line = page.lines[page.line_at(held.start)]
    return "the line" if (held.start, held.end) == line[:2] else f'"{page.text[held.start : held.end]}"'


def _blame(rules: Iterable[Rule], error: Exception) -> None:
    """Name the file and the pattern that RE2 refuses: rules that were not loaded from files were not tried."""
    from cleankit.rules.faults import key
    from cleankit.rules.patterns import refusals

    for rule in rules:
        for fault in refusals(rule):
            raise RuleError(rule.path or rule.id, key(fault.at), fault.problem) from error
