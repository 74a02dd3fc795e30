"""Arithmetic of edits: apply them, invert them, choose among overlapping ones, map offsets home."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from cleankit.model import Edit, Finding, Span


def apply(text: str, edits: Sequence[Edit]) -> str:
    """The text after `edits`, which are sorted and do not overlap.

    >>> apply("one two three", [Edit(3, 7, " two", ""), Edit(8, 13, "three", "3")])
    'one 3'

    Raises ValueError where an edit's `old` is not what stands there.
    """
    pieces: list[str] = []
    at = 0
    for edit in edits:
        if edit.start < at or text[edit.start : edit.end] != edit.old:
            raise ValueError(f"edit at {edit.start} does not fit: {edit.old!r} is not there")
        pieces += text[at : edit.start], edit.new
        at = edit.end
    pieces.append(text[at:])
    return "".join(pieces)


def invert(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that lead from the result back to the source.

    >>> there = (Edit(0, 2, "ab", "x"), Edit(3, 3, "", "yy"))
    >>> apply(apply("abcd", there), invert(there))
    'abcd'
    """
    back, shift = [], 0
    for edit in edits:
        start = edit.start + shift
        back.append(Edit(start, start + len(edit.new), edit.new, edit.old))
        shift += len(edit.new) - len(edit.old)
    return tuple(back)


class Resolved(NamedTuple):
    """Findings of one stage after their edits were weighed against one another.

    `won` are sorted and do not overlap. `lost` overlap one that won and would have said something else; of `covered`
    nothing is left to do, or they won only for a part: as they are here they would win if those beside them were gone.
    """

    won: list[Finding]
    lost: list[Finding]
    covered: list[Finding]


def resolve(findings: Iterable[Finding]) -> Resolved:
    """Choose among findings that carry an edit: earliest start first, then the longest, then the first name.

    Of two deletions that overlap both win, the later one for what the first leaves; one that lies wholly inside is
    covered, for nothing of it is left to do.
    """
    won: list[Finding] = []
    lost: list[Finding] = []
    covered: list[Finding] = []
    last = Edit(-1, -1, "", "")
    for finding in sorted(findings, key=_rank):
        edit = finding.fix
        if edit is None:
            raise ValueError(f"{finding.rule} has no edit to resolve")
        if edit.start < last.end and not last.new:
            if edit.end <= last.end:
                covered.append(finding)
                continue
            if not edit.new:
                covered.append(finding)
                edit = Edit(last.end, edit.end, edit.old[last.end - edit.start :], "")
                finding = replace(finding, at=Span(edit.start, edit.end), fix=edit)
        if edit.start < last.end or edit.start == edit.end == last.start:
            lost.append(finding)
        else:
            won.append(finding)
            last = edit
    return Resolved(won, lost, covered)


def _rank(finding: Finding) -> tuple[int, int, str, str]:
    edit = finding.fix or Edit(0, 0, "", "")
    return edit.start, -edit.end, finding.rule, edit.new


class Homeward:
    """Maps offsets of an edited text back to the text before `edits` (sorted, not overlapping).

    >>> back = Homeward([Edit(0, 4, "gone", "")])
    >>> back.span(Span(0, 3))
    Span(start=4, end=7)
    """

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._inverse = invert(edits)
        self._starts = [edit.start for edit in self._inverse]

    def span(self, span: Span) -> Span:
        """Where the characters of `span` stood; an empty span stays empty."""
        start = self._offset(span.start, leading=True)
        if span.start == span.end:
            return Span(start, start)
        return Span(start, max(start, self._offset(span.end, leading=False)))

    def _offset(self, at: int, *, leading: bool) -> int:
        # a start lies after all that was taken out before it, an end before what was taken out behind it
        i = (bisect_right(self._starts, at) if leading else bisect_right(self._starts, at - 1)) - 1
        if i < 0:
            return at
        there, here = self._inverse[i], self._edits[i]
        if at < there.end:
            return here.start if leading else here.end
        return at - there.end + here.end
