"""What every kind of rule has in common: its keys, its patterns, its place on the page, its findings."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from cleankit.model import Finding, Safety, deletion, flag, replacement
from cleankit.page import Page
from cleankit.rules.rule import Rule
from cleankit.scan import regex

# Where a rule may act: before the first paragraph of prose, behind the last, on either side, or everywhere.
PLACES = ("anywhere", "head", "tail", "edge")

# List markers and rules that stand before a line; they are not part of its words.
BULLET = r"(?:[•‣▪▸◦●○■□◆·*+–—|»›>-]+ *)?"


class Kind(NamedTuple):
    """One way to match: the `[match]` keys it reads, the patterns that wake it, and how it finds."""

    keys: frozenset[str]
    patterns: Callable[[Rule], Sequence[str]]
    find: Callable[[Compiled, Page, Sequence[int]], Iterator[Finding]]


class Compiled:
    """A rule with its expressions, each compiled when it is first needed."""

    def __init__(self, rule: Rule, patterns: Callable[[Rule], Sequence[str]]) -> None:
        self.rule = rule
        self._patterns = patterns

    @cached_property
    def patterns(self) -> Sequence[str]:
        return self._patterns(self.rule)

    @cached_property
    def regexes(self) -> list[Any]:
        return [regex(pattern) for pattern in self.patterns]

    @cached_property
    def _unless(self) -> Any:
        unless = [cased(self.rule, p) for p in self.rule.match.unless]
        return regex("|".join(f"(?:{p})" for p in unless)) if unless else None

    @cached_property
    def member(self) -> Any:
        return self._any_line(self.rule.match.members)

    @cached_property
    def stray(self) -> Any:
        return self._any_line(self.rule.match.strays)

    @cached_property
    def filler(self) -> Any:
        return self._any_line(self.rule.match.fillers)

    @cached_property
    def stop(self) -> Any:
        return self._any_line(self.rule.match.stops)

    @cached_property
    def introduction(self) -> Any:
        return self._any_line(self.rule.match.not_after)

    @cached_property
    def heading(self) -> Any:
        return self._any_line(self.rule.match.not_under)

    @cached_property
    def _beside(self) -> Any:
        return self._any_line(self.rule.match.not_beside)

    @cached_property
    def _subject(self) -> Any:
        return self._any_of_page(self.rule.match.not_on)

    @cached_property
    def _home(self) -> Any:
        return self._any_of_page(self.rule.match.only_on)

    def is_subject(self, page: Page) -> bool:
        """Whether the page is about what the rule looks for: a cookie policy, and not the notice of one."""
        return self._subject is not None and self._subject.search(page.data) is not None

    def is_at_home(self, page: Page) -> bool:
        """Whether the page has a line without which the rule proves nothing: a form's button beside its small print."""
        return self._home is None or self._home.search(page.data) is not None

    def is_beside(self, page: Page, number: int, meant: Container[int]) -> bool:
        """Whether the nearest line above or below that is none of `meant` makes the line an item of a row."""
        if self._beside is None:
            return False
        for step in (-1, +1):
            other = number + step
            while 0 <= other < len(page.lines) and (other in meant or not page.line_text(other)):
                other += step
            if 0 <= other < len(page.lines) and self._beside.search(page.line_data(other)):
                return True
        return False

    def _any_of_page(self, patterns: Sequence[str]) -> Any:
        lines = [whole_line(self.rule, pattern) for pattern in patterns]
        return regex("(?m)" + "|".join(f"(?:{line})" for line in lines)) if lines else None

    def _any_line(self, patterns: Sequence[str]) -> Any:
        lines = [whole_line(self.rule, pattern) for pattern in patterns]
        return regex("|".join(f"(?:{line})" for line in lines)) if lines else None

    def applies(self, page: Page, number: int) -> bool:
        """Whether the rule may speak about a line: its place, its language, its exceptions."""
        rule = self.rule
        if not in_place(rule.match.at, page, number):
            return False
        if self._unless is not None and self._unless.search(page.line_data(number)):
            return False
        return not rule.languages or page.languages[number] in rule.languages

    def report(self, page: Page, start: int, end: int, new: str = "", **evidence: object) -> Finding:
        """A finding of this rule about `page.text[start:end]`."""
        rule = self.rule
        if rule.tells:
            evidence["tells"] = rule.tells
        pairs = tuple((name, str(value)) for name, value in evidence.items())
        if rule.level is Safety.FLAG:
            return flag(rule.id, rule.summary, start, end, pairs)
        if new:
            return replacement(rule.id, rule.summary, page.text, start, end, new, rule.level, pairs)
        return deletion(rule.id, rule.summary, page.text, start, end, rule.level, pairs)


def cased(rule: Rule, pattern: str) -> str:
    return f"(?i:{pattern})" if rule.match.ignore_case else f"(?:{pattern})"


def whole_line(rule: Rule, pattern: str) -> str:
    """The pattern as a whole line, blanks around it and a bullet before it aside."""
    return f"^ *{BULLET}{cased(rule, pattern)} *$"


def whole_lines(rule: Rule) -> Sequence[str]:
    """The patterns of a rule that is about whole lines."""
    return [whole_line(rule, pattern) for pattern in rule.match.any_of]


def in_place(at: str, page: Page, number: int) -> bool:
    if at == "anywhere":
        return True
    first, last = page.body
    if at == "edge":
        return number < first or number > last
    return last >= 0 and (number < first if at == "head" else number > last)


def matches(compiled: Compiled, page: Page, number: int) -> Iterator[tuple[Any, int, int]]:
    """(match, start, end) of every pattern in a line, in code points of the page; a group named `cut` narrows them."""
    data, line = page.line_data(number), page.lines[number]
    for expression in compiled.regexes:
        # re2 keys groups by bytes here, and its span() takes numbers only
        group = dict(expression.groupindex).get(b"cut", 0)
        at, last = (
            0,
            line.start,
        )  # bytes and code points so far: a line can be the whole text, with a match in every word
        for found in expression.finditer(data):
            start, end = found.span(group)
            if end > start >= 0:
                first = last + _length(data[at:start])
                at, last = end, first + _length(data[start:end])
                # a CR before the LF reads as a blank, but it is the line's end and no rule's to take
                if first < line.end:
                    yield found, first, min(last, line.end)


def _length(data: bytes) -> int:
    return len(data) if data.isascii() else len(data.decode("utf-8", "surrogatepass"))
