"""Many rules, one search: which rules hit which lines of a page.

Each pattern is compiled when a line comes up that it could match, which is told by the literals that it asks for
(`scan.literals`): one Aho-Corasick search finds those of all rules. A small page without chrome costs that search and
hardly an expression. The few patterns whose literals stand in every text are joined and read over the page instead.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import inf
from typing import Any

import ahocorasick_rs
import re2

from cleankit.lazy import expression
from cleankit.page import Page
from cleankit.scan.ask import FOREIGN, Ask, Need
from cleankit.scan.known_lines import KnownLines

# RE2 builds its states while it reads and throws them away when their memory is full. Measured on 96 rules and 4 MB
# of pages: groups of half the size are read twice as often (0.59 s against 0.43 s), those of twice the size do not fit
# any more (1.0 s, and of four times 4.3 s). The source's length is no measure: a class of letters is short to write.
JOINED_SIZE = 20_000  # RE2 instructions
MAX_MEM = 1 << 26

_FOREIGN = expression(FOREIGN)

# Literals are searched in stretches of this many characters: what is found in them is held in memory at once.
STRETCH = 1 << 18


def regex(pattern: str) -> Any:
    """A compiled pattern on UTF-8 bytes. Raises re2.error for what RE2 refuses (look-around, back-references)."""
    return re2.compile(pattern.encode(), _options())


class _Pattern:
    """One pattern of one rule, written out when it is first looked for."""

    def __init__(self, rule: int, number: int, need: Need, source: Callable[[int, int], str]) -> None:
        self.rule = rule
        self._number = number
        self._need = need
        self._source = source

    @property
    def line(self) -> bytes:
        return f"(?m:{self._source(self.rule, self._number)})".encode()

    @cached_property
    def test(self) -> Any:
        options = _options()
        options.never_capture = True
        return re2.compile(self.line, options)

    def may_be_on(self, page: Page, line: int, times: int) -> bool:
        """Whether a line in which one of the literals that it asks for first stands so often has all that it needs."""
        (first, *others), most = self._need
        if times < first.times or (most != inf and page.letters_and_digits(line) > most):
            return False
        return all(_holds(page, line, ask) for ask in others)

    def is_on(self, page: Page, line: int) -> bool:
        """Whether it occurs in a line."""
        return self.test.search(page.line_data(line)) is not None


# Of a line the patterns that it has all needs of, each with whether it occurs there, once that was asked.
_Verdict = dict[_Pattern, bool | None]


class _Joined:
    """Patterns that are read in one pass: an expression that finds lines, and a set that names the patterns there."""

    def __init__(self, patterns: Sequence[_Pattern]) -> None:
        self._patterns = patterns

    @cached_property
    def _any_of(self) -> Any:
        options = _options()
        options.never_capture = True
        return re2.compile(b"|".join(pattern.line for pattern in self._patterns), options)

    @cached_property
    def _which(self) -> Any:
        # most pages stop few groups, and a set takes as long to make as the expression
        which = re2.Set.SearchSet(_options())
        for pattern in self._patterns:
            which.Add(pattern.line)
        which.Compile()
        return which

    def hits(self, page: Page) -> Iterator[tuple[int, int]]:
        """(rule, line) for each line that a pattern occurs in."""
        data = page.data
        found = self._any_of.search(data)
        while found is not None:
            line = page.line_of_byte(found.start())
            # a list or None, whatever the stubs say
            for i in self._which.Match(page.line_data(line)) or ():
                yield self._patterns[i].rule, line
            stop = page.line_bytes[line + 1] if line + 1 < len(page.line_bytes) else len(data)
            found = self._any_of.search(data, stop) if stop < len(data) else None


class LineScan:
    """Finds the lines of a page that the patterns of rules occur in. A match never spans lines.

    `rules` says for each pattern of each rule what a line must hold for it to match; `source` gives a pattern by the
    numbers of its rule and of its place there.
    """

    def __init__(self, rules: Sequence[Sequence[Need]], source: Callable[[int, int], str]) -> None:
        common: list[_Pattern] = []
        own: dict[str, list[_Pattern]] = {}
        foreign: dict[str, list[_Pattern]] = {}
        for rule, needs in enumerate(rules):
            for number, need in enumerate(needs):
                pattern = _Pattern(rule, number, need, source)
                if not need.asks:
                    common.append(pattern)
                    continue
                for literal in need.asks[0].own:
                    own.setdefault(literal, []).append(pattern)
                for literal in need.asks[0].foreign:
                    foreign.setdefault(literal, []).append(pattern)
        self._joined = list(_joined(common))
        self._known = KnownLines(self._look)
        self._own, self._foreign = _Literals(own), _Literals(foreign)

    def hits(
        self,
        page: Page,
        worth: Callable[[int, set[int]], set[int]] = lambda rule, lines: lines,
        within: Iterable[tuple[int, int]] | None = None,
    ) -> Mapping[int, set[int]]:
        """The lines that each rule hits.

        `worth` says, before a pattern is compiled, which of them are worth a look; `within` are the stretches of text,
        whole lines, outside of which none is.
        """
        found: dict[int, set[int]] = {}
        for joined in self._joined:
            for rule, line in joined.hits(page):
                found.setdefault(rule, set()).add(line)
        verdicts = self._verdicts(page, within or [(0, len(page.text))])
        lines_of = {rule: set(lines) for rule, lines in found.items()}
        for line, verdict in verdicts.items():
            for pattern in verdict:
                lines_of.setdefault(pattern.rule, set()).add(line)
        worthy = {rule: worth(rule, lines) for rule, lines in lines_of.items()}
        for line, verdict in verdicts.items():
            for pattern, is_on in verdict.items():
                if line not in worthy[pattern.rule] or is_on is False:
                    continue
                if is_on is None:
                    is_on = verdict[pattern] = pattern.is_on(page, line)
                if is_on:
                    found.setdefault(pattern.rule, set()).add(line)
        return {rule: lines for rule in sorted(found) if (lines := found[rule] & worthy[rule])}

    def _verdicts(self, page: Page, within: Iterable[tuple[int, int]]) -> dict[int, _Verdict]:
        """The lines that some pattern could match, with what is known of them."""
        found: dict[int, _Verdict] = {}
        for start, stop in within if page.lines else ():
            found |= self._known.found(page, page.line_at(start), page.line_at(max(start, stop - 1)))
        return found

    def _look(self, page: Page, first: int, last: int) -> dict[int, _Verdict]:
        """What the literals in some lines say of them."""
        start, stop = page.lines[first].start, page.lines[last].stop
        times: dict[tuple[_Pattern, int], int] = {}
        for literals in (self._own, self._foreign) if _FOREIGN.search(page.lowered, start, stop) else (self._own,):
            literals.count(page, start, stop, times)
        found: dict[int, _Verdict] = {}
        for (pattern, line), count in times.items():
            if pattern.may_be_on(page, line, count):
                found.setdefault(line, {})[pattern] = None
        return found


class _Literals:
    """Literals with the patterns that ask for them."""

    def __init__(self, asking: dict[str, list[_Pattern]]) -> None:
        self._literals = list(asking)
        self._asking = list(asking.values())
        self._overlap = max(map(len, self._literals), default=0)

    @cached_property
    def _search(self) -> Any:
        return ahocorasick_rs.AhoCorasick(self._literals, store_patterns=False)

    def count(self, page: Page, start: int, stop: int, times: dict[tuple[_Pattern, int], int]) -> None:
        """Add how often the literals of each pattern stand in each line."""
        starts = page.starts
        for at in range(start, stop if self._literals else start, STRETCH):
            stretch = page.lowered[at : min(at + STRETCH + self._overlap, stop)]
            for literal, place, _ in self._search.find_matches_as_indexes(stretch, overlapping=True):
                if place < STRETCH:  # what lies beyond is found in the next stretch
                    line = bisect_right(starts, at + place) - 1
                    for pattern in self._asking[literal]:
                        times[pattern, line] = times.get((pattern, line), 0) + 1


def _holds(page: Page, number: int, ask: Ask) -> bool:
    text, start, end = page.lowered, page.lines[number].start, page.lines[number].end
    if ask.times > 1:
        return sum(text.count(literal, start, end) for literal in ask.literals) >= ask.times
    for literal in ask.literals:  # noqa: SIM110  half of a scan is spent here, and `any` would double that
        if text.find(literal, start, end) >= 0:
            return True
    return False


def _joined(patterns: Sequence[_Pattern]) -> Iterator[_Joined]:
    group: list[_Pattern] = []
    room = 0
    for pattern in patterns:
        size = pattern.test.programsize
        if group and size > room:
            yield _Joined(group)
            group = []
        room = (room if group else JOINED_SIZE) - size
        group.append(pattern)
    if group:
        yield _Joined(group)


def _options() -> Any:
    options = re2.Options()
    options.max_mem = MAX_MEM
    options.log_errors = False
    options.never_nl = True
    return options
