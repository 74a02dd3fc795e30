"""block: neighbouring lines that are chrome together, though some of them could stand in a text alone.

`any_of` are anchors: lines that only chrome has. From an anchor the block grows over blank lines and over lines that
match `members`; it never grows over prose or over a speaker's label. `grow` says how far: "both" ways, "down" only,
"between" anchors (first to last anchor, with at most `max_gap` other lines from one to the next), or "outward", which
is both ways except behind the body: there it does not climb back towards the text, where members could be the text's.
Lines that match `strays` are taken on the side away from the body and between others of the block. Lines that match
`fillers`, and towards the body strays that follow one, may only stand inside, at most `max_gap` in a row: behind them
two other lines of the block must follow.

A block with fewer than `min_anchors` different anchors or `min_lines` lines is let alone, and so is one that the line
above it introduces (`not_after`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cleankit.model import Finding
from cleankit.page import Page
from cleankit.rules.kinds.kind import Compiled, Kind, in_place, line_data, whole_line
from cleankit.rules.rule import Rule

# One line of a menu can be the section label over a title; two in a row are a menu that goes on.
LANDING = 2


def patterns(rule: Rule) -> Sequence[str]:
    return [whole_line(rule, pattern) for pattern in rule.match.any_of]


def find(compiled: Compiled, page: Page, numbers: Sequence[int]) -> Iterator[Finding]:
    match = compiled.rule.match
    anchors = {number for number in numbers if compiled.applies(page, number)}
    done = -1
    for anchor in sorted(anchors):
        if anchor <= done:
            continue
        up = anchor if match.grow in ("down", "between") else _grow(compiled, page, anchors, anchor, -1)
        down = _grow(compiled, page, anchors, anchor, +1)
        first, done = max(up, done + 1), down
        inside = [number for number in range(first, down + 1) if page.line_text(number)]
        different = {page.line_text(number) for number in inside if number in anchors}
        if len(inside) < match.min_lines or len(different) < match.min_anchors or _is_introduced(compiled, page, first):
            continue
        start, stop = page.lines[first].start, page.lines[down].stop
        yield compiled.report(page, start, stop, lines=len(inside), anchors=len(different))


def _grow(compiled: Compiled, page: Page, anchors: set[int], anchor: int, step: int) -> int:
    """The last line of the block in one direction."""
    match = compiled.rule.match
    away = in_place("head" if step < 0 else "tail", page, anchor)
    free = match.grow in ("both", "down") or (match.grow == "outward" and (away or in_place("head", page, anchor)))
    reached, gap, fill, run = anchor, 0, 0, LANDING
    number = anchor + step
    while 0 <= number < len(page.lines):
        if page.line_text(number):
            is_anchor = number in anchors
            is_member = not is_anchor and _joins(compiled.member, compiled, page, number)
            is_stray = not (is_anchor or is_member) and _joins(compiled.stray, compiled, page, number)
            if is_anchor or is_member or (is_stray and (away or not fill)):
                gap, fill, run = 0 if is_anchor else gap + 1, 0, run + 1
            elif is_stray or _joins(compiled.filler, compiled, page, number):
                fill, run = fill + 1, 0
            else:
                break
            if match.max_gap and (fill if match.fillers else gap) > match.max_gap:
                break
            if run >= LANDING and (is_anchor or (free if is_member else away)):
                reached = number
        number += step
    return reached


def _joins(pattern: Any, compiled: Compiled, page: Page, number: int) -> bool:
    if pattern is None or not in_place(compiled.rule.match.at, page, number):
        return False
    # prose and labels can only be anchors: a rule that means to take one has to spell it out
    if page.is_prose(number) or page.line_text(number).endswith((":", "：")):
        return False
    return pattern.search(line_data(page, number)) is not None


def _is_introduced(compiled: Compiled, page: Page, first: int) -> bool:
    if compiled.introduction is None:
        return False
    above = next((number for number in range(first - 1, -1, -1) if page.line_text(number)), -1)
    return above >= 0 and compiled.introduction.search(line_data(page, above)) is not None


KIND = Kind(
    frozenset(
        {"any_of", "members", "strays", "fillers", "not_after", "unless", "ignore_case", "at", "grow"}
        | {"min_anchors", "min_lines", "max_gap"}
    ),
    patterns,
    find,
)
