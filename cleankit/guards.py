"""What a run leaves alone because somebody said so: the findings that are spared, and the words they are known by."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from cleankit import fingerprint
from cleankit.fingerprint import Window
from cleankit.model import Finding, Span

# Asked about each finding of one document, with `at` in the source: None where it counts; else it is spared, and the
# words of the window are to stay, so that the answer is the same the next time (`NOWHERE` if it depends on none).
Judge = Callable[[Finding], Window | None]
NOWHERE = Window("", Span(0, 0))


class Guard(NamedTuple):
    """A stretch of the source that keeps its words from a stage on, as long as `found` stands there.

    `by_letters`: its punctuation may change.
    """

    span: Span
    stage: int
    by_letters: bool
    found: Span


class Spared:
    """The findings that were spared in one pass over a document, and what is to keep its words for them."""

    def __init__(self, judge: Judge, source: str) -> None:
        self.findings: list[Finding] = []
        self.guards: list[Guard] = []
        self._judge = judge
        self._source = source
        # of one rule, in order: they do not overlap
        self._places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)

    def takes(self, finding: Finding, stage: int) -> bool:
        """Whether a finding (sent home) of a stage is spared; if so it is noted."""
        if not isinstance(finding.at, Span):
            return False
        place = (finding.at.start, finding.at.end)
        places = self._places[finding.rule]
        i = bisect_left(places, place)
        # a filter that looks again, at a page that has changed, may draw the bounds of the same thing differently
        if any(_overlap(place, other) for other in places[max(0, i - 1) : i + 1]):
            return True
        if (window := self._judge(finding)) is None:
            return False
        places.insert(i, place)
        self.findings.append(finding)
        by_letters = bool(fingerprint.words(window.words))
        first, last = window.span.start, window.span.end
        # where the words are those that the stage saw, edits of earlier stages are in them already
        inside = max(first, place[0]), min(last, place[1]), stage if fingerprint.is_of_edit(finding) else 0
        parts = (first, min(place[0], last), 0), inside, (max(first, place[1]), last, 0)
        inner = self._source[place[0] : place[1]].strip()
        begin = self._source.index(inner, place[0])
        found = Span(begin, begin + len(inner)) if inner else finding.at
        self.guards += (Guard(Span(a, b), since, by_letters, found) for a, b, since in parts if a < b)
        return True


class Guards:
    """Tells which guards an edit would break."""

    def __init__(self, guards: Iterable[Guard] = (), *, everything: bool = False) -> None:
        self._everything = everything
        # those that overlap stand in one group, so that an edit is held against few of them
        self._groups: list[list[Guard]] = []
        end = -1
        for guard in sorted(set(guards)):
            if guard.span.start < end:
                self._groups[-1].append(guard)
            else:
                self._groups.append([guard])
            end = max(end, guard.span.end)
        self._starts = [group[0].span.start for group in self._groups]
        self._held: list[Span] = []

    def hold(self, findings: Sequence[Finding], stage: int) -> set[int]:
        """The numbers of those findings (sent home) of a stage whose edits have to wait.

        Where one waits all others wait too, in later stages as well: what would be done there was meant for the text
        after it. With `everything` all of them wait.
        """
        if self._everything:
            return set(range(len(findings)))
        held = {i for i, finding in enumerate(findings) if self.broken_by(finding, stage)}
        self._held += (at for i in held if isinstance(at := findings[i].at, Span))
        return held | {i for i, finding in enumerate(findings) if self._is_held(finding.at)}

    def _is_held(self, at: Span | str) -> bool:
        return isinstance(at, Span) and any(_overlap((at.start, at.end), (s.start, s.end)) for s in self._held)

    def broken_by(self, finding: Finding, stage: int) -> list[Guard]:
        """The guards whose words the edit of a finding (sent home) of a stage changes.

        Where it takes out all that was found there, nothing is left that could be done in a second run.
        """
        at, edit = finding.at, finding.fix
        if edit is None or not isinstance(at, Span):
            return []
        first = max(0, bisect_right(self._starts, at.start) - 1)
        near = [guard for group in self._groups[first : bisect_left(self._starts, at.end)] for guard in group]
        return [
            guard
            for guard in near
            if guard.stage <= stage
            and _overlap((at.start, at.end), (guard.span.start, guard.span.end))
            and (edit.new.strip() or guard.found.start < at.start or at.end < guard.found.end)
            and not fingerprint.same(edit.old, edit.new, by_letters=guard.by_letters)
        ]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one == other or (one[0] < other[1] and other[0] < one[1])


def overlap(one: Finding, other: Finding) -> bool:
    """Whether two findings are about the same words of a text."""
    a, b = one.at, other.at
    return isinstance(a, Span) and isinstance(b, Span) and _overlap((a.start, a.end), (b.start, b.end))
