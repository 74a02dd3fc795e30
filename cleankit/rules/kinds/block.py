"""block: neighbouring lines that are chrome together, though some of them could stand in a text alone.

`any_of` are anchors: lines that only chrome has. From an anchor the block grows over blank lines and over lines that
match `members`; it never grows over prose or over a speaker's label. `grow` says how far: "both" ways, "down" only,
or "between" anchors (first to last anchor, with at most `max_gap` other lines from one to the next). A block with
fewer than `min_anchors` different anchors or `min_lines` lines is let alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleankit.model import Finding
from cleankit.page import Page
from cleankit.rules.kinds.kind import Compiled, Kind, in_place, line_data, whole_line
from cleankit.rules.rule import Rule


def patterns(rule: Rule) -> Sequence[str]:
    return [whole_line(rule, pattern) for pattern in rule.match.any_of]


def find(compiled: Compiled, page: Page, numbers: Sequence[int]) -> Iterator[Finding]:
    match = compiled.rule.match
    anchors = {number for number in numbers if compiled.applies(page, number)}
    done = -1
    for anchor in sorted(anchors):
        if anchor <= done:
            continue
        up = _grow(compiled, page, anchors, anchor, -1) if match.grow == "both" else anchor
        down = _grow(compiled, page, anchors, anchor, +1)
        first, done = max(up, done + 1), down
        inside = [number for number in range(first, down + 1) if page.line_text(number)]
        different = {page.line_text(number) for number in inside if number in anchors}
        if len(inside) >= match.min_lines and len(different) >= match.min_anchors:
            start, stop = page.lines[first].start, page.lines[down].stop
            yield compiled.report(page, start, stop, lines=len(inside), anchors=len(different))


def _grow(compiled: Compiled, page: Page, anchors: set[int], anchor: int, step: int) -> int:
    """The last line of the block in one direction."""
    match = compiled.rule.match
    reached, number, gap = anchor, anchor + step, 0
    while 0 <= number < len(page.lines):
        if number in anchors:
            reached, gap = number, 0
        elif page.line_text(number):
            gap += 1
            if not _is_member(compiled, page, number) or (match.max_gap and gap > match.max_gap):
                break
            if match.grow != "between":
                reached = number
        number += step
    return reached


def _is_member(compiled: Compiled, page: Page, number: int) -> bool:
    # prose and labels can only be anchors: a rule that means to take one has to spell it out
    if compiled.member is None or not in_place(compiled.rule.match.at, page, number):
        return False
    if page.is_prose(number) or page.line_text(number).endswith((":", "：")):
        return False
    return compiled.member.search(line_data(page, number)) is not None


KIND = Kind(
    frozenset({"any_of", "members", "unless", "ignore_case", "at", "grow", "min_anchors", "min_lines", "max_gap"}),
    patterns,
    find,
)
