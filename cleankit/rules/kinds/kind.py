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


# Why a line is out of place, for the people who ask.
_PLACED = {
    "head": "the rule looks only above the first paragraph of the text",
    "tail": "the rule looks only below the last paragraph of the text",
    "edge": "the rule looks only above the first paragraph of the text and below the last",
}


class Held(NamedTuple):
    """`text[start:end]` of a page, which a pattern fits and the rule lets be: why, and the line that is the reason."""

    start: int
    end: int
    why: str
    by: int = -1


class Kind(NamedTuple):
    """One way to match: the `[match]` keys it reads, the patterns that wake it, and how it judges the lines they fit.

    What comes of a line is a finding, or why there is none: the two cannot disagree.
    """

    keys: frozenset[str]
    patterns: Callable[[Rule], Sequence[str]]
    judge: Callable[[Compiled, Page, Sequence[int]], Iterator[Finding | Held]]


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

    def held_by_page(self, page: Page) -> str:
        """Why the rule says nothing on the page: it is about what the rule looks for (a cookie policy, and not the
        notice of one), or has no line without which that proves nothing (a form's button beside its small print)."""
        if self._subject is not None and self._subject.search(page.data) is not None:
            return "the page is about that itself: a line of it fits `not_on`"
        if self._home is not None and self._home.search(page.data) is None:
            return "the page has no line that fits `only_on`, without which it proves nothing"
        return ""

    def beside(self, page: Page, number: int, meant: Container[int]) -> int:
        """The nearest line above or below that is none of `meant`, if it makes the line an item of a row; else -1."""
        if self._beside is None:
            return -1
        for step in (-1, +1):
            other = number + step
            while 0 <= other < len(page.lines) and (other in meant or not page.line_text(other)):
                other += step
            if 0 <= other < len(page.lines) and self._beside.search(page.line_data(other)):
                return other
        return -1

    def _any_of_page(self, patterns: Sequence[str]) -> Any:
        lines = [whole_line(self.rule, pattern) for pattern in patterns]
        return regex("(?m)" + "|".join(f"(?:{line})" for line in lines)) if lines else None

    def _any_line(self, patterns: Sequence[str]) -> Any:
        lines = [whole_line(self.rule, pattern) for pattern in patterns]
        return regex("|".join(f"(?:{line})" for line in lines)) if lines else None

    def held(self, page: Page, number: int) -> str:
        """Why the rule may not speak about a line, its place, its exceptions or its language; empty where it may."""
        rule = self.rule
        if not in_place(rule.match.at, page, number):
            return _PLACED[rule.match.at]
        if self._unless is not None and self._unless.search(page.line_data(number)):
            return "it is an exception of the rule: the line fits `unless`"
        if rule.languages and page.languages[number] not in rule.languages:
            return f"the line is in {page.languages[number]!r}, and the rule is for {', '.join(rule.languages)}"
        return ""

    def let_be(self, page: Page, number: int, why: str, by: int = -1) -> Held:
        """A line that the rule says nothing of."""
        return Held(page.lines[number].start, page.lines[number].end, why, by)

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
