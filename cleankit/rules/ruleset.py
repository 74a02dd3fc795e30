"""A set of rules as one filter: one scan of the page, then each rule looks at its own lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import re2

from cleankit.errors import RuleError
from cleankit.model import About, Finding
from cleankit.page import Page
from cleankit.rules.compile import LineScan, regex
from cleankit.rules.kinds import KINDS, Compiled
from cleankit.rules.load import refused
from cleankit.rules.rule import Rule


class RuleSet:
    """Rules that see the same text. Pickles as its rules."""

    def __init__(self, name: str, rules: Iterable[Rule]) -> None:
        self.name = name
        self.rules = tuple(rules)
        self._compiled = [Compiled(rule, KINDS[rule.kind].patterns(rule)) for rule in self.rules]
        try:
            self._scan = LineScan(["|".join(f"(?:{p})" for p in c.patterns) for c in self._compiled])
        except re2.error:
            self._blame()
            raise
        for i in self._scan.on(b""):
            rule = self._compiled[i].rule
            raise RuleError(rule.path or rule.id, "match", "a pattern matches an empty line, and so every page")

    def __reduce__(self) -> tuple[type[RuleSet], tuple[str, tuple[Rule, ...]]]:
        return RuleSet, (self.name, self.rules)

    @property
    def about(self) -> tuple[About, ...]:
        return tuple(About(rule.id, rule.level, rule.summary, rule.why) for rule in self.rules)

    def __call__(self, page: Page) -> Iterator[Finding]:
        lines: dict[int, list[int]] = {}
        for rule, line in self._scan.hits(page):
            lines.setdefault(rule, []).append(line)
        for rule in sorted(lines):
            compiled = self._compiled[rule]
            yield from KINDS[compiled.rule.kind].find(compiled, page, lines[rule])

    def _blame(self) -> None:
        """Name the file and the pattern that RE2 refuses."""
        for compiled in self._compiled:
            for i, pattern in enumerate(compiled.patterns):
                try:
                    regex(pattern)
                except re2.error as error:
                    raise refused(compiled.rule, f"match.any_of[{i}]", error) from error
