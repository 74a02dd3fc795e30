"""block: neighbouring lines that are chrome together, though some of them could stand in a text alone.

`any_of` are anchors: lines that only chrome has. From an anchor the block grows over blank lines and over lines that
match `members`; it never grows over prose or over a speaker's label. `grow` says how far: "both" ways, "down" only,
"between" anchors (first to last anchor, with at most `max_gap` other lines from one to the next), or "outward", which
is both ways except behind the body: there it does not climb back towards the text, where members could be the text's.
Lines that match `strays` are taken on the side away from the body and between others of the block. Lines that match
`fillers`, and towards the body strays that follow one, may only stand inside, at most `max_gap` in a row: behind them
an anchor and another line of the block must follow, or four members.

A block ends before a line that matches `stops`, whatever `members` say.

A block with fewer than `min_anchors` different anchors or `min_lines` lines is let alone, and so is one that the line
above it introduces (`not_after`), one that stands in a list under a heading of its own (`not_under`), and one in which
fewer than `titles` of the first lines that are no anchors are as long as a headline: what a table or a list of names
has under such a heading is its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from functools import cache

from cleankit.lazy import expression
from cleankit.model import Finding
from cleankit.page import Page
from cleankit.rules.kinds.kind import Compiled, Held, Kind, in_place, whole_lines
from cleankit.rules.rule import Match

# One line of a menu can be the section label over a title; two in a row, an anchor among them, are a menu that goes
# on. Subjects alone can be a text's tags: of them it takes twice as many. On 385 real pages no line of a text was lost.
LANDING = 2

# How many items of another kind may stand between a list's heading and the block: an agenda opens with a welcome.
ITEMS = 3

# Four words or eight characters of Chinese: most headlines under `Related` are longer, and of the cells of a table and
# the names of a list hardly any.
TITLE = 20
TITLE_CJK = 8
FIRST = 4  # lines below the heading that are asked: a rank, a section and a date may stand before the first headline
_CJK = expression(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


INTRODUCED = "a line above announces it as a list of the text's own"


class Part(Enum):
    """What a line is to a block."""

    ANCHOR = 1
    MEMBER = 2
    STRAY = 3
    FILLER = 4
    BLANK = 5
    NONE = 6


def judge(compiled: Compiled, page: Page, numbers: Sequence[int]) -> Iterator[Finding | Held]:
    match = compiled.rule.match
    anchors = set()
    for number in numbers:
        if why := compiled.held(page, number):
            yield compiled.let_be(page, number, why)
        else:
            anchors.add(number)
    part_of = _parts(compiled, page, anchors)
    done = -1
    for anchor in sorted(anchors):
        if anchor <= done:
            continue
        up = anchor if match.grow in ("down", "between") else _grow(match, page, part_of, anchor, -1)
        down = _grow(match, page, part_of, anchor, +1)
        first, done = max(up, done + 1), down
        inside = [number for number in range(first, down + 1) if part_of(number) is not Part.BLANK]
        different = {page.line_text(number) for number in inside if number in anchors}
        those = [number for number in inside if number in anchors]
        if len(inside) < match.min_lines or len(different) < match.min_anchors:
            few = _too_few(len(different), match.min_anchors, "different lines that its patterns fit")
            if len(different) >= match.min_anchors:
                few = _too_few(len(inside), match.min_lines, "lines of its kind together")
            yield from (compiled.let_be(page, number, few) for number in those)
            continue
        until = next((number for number in inside if number > anchor and number in anchors), down + 1)
        listed = [page.line_text(number) for number in inside if number not in anchors and number < until][:FIRST]
        titles = sum(map(_is_title, listed))
        if listed and titles < match.titles:
            done = anchor  # what stands under a heading further down may be links all the same
            few = _too_few(titles, match.titles, f"lines as long as headlines among the first {FIRST} under it")
            yield compiled.let_be(page, anchor, few)
            continue
        if (other := _introduced(compiled, page, part_of, first)) >= 0:
            yield from (compiled.let_be(page, number, INTRODUCED, other) for number in those)
            continue
        start, stop = page.lines[first].start, page.lines[down].stop
        yield compiled.report(page, start, stop, lines=len(inside), anchors=len(different))


def _grow(match: Match, page: Page, part_of: Callable[[int], Part], anchor: int, step: int) -> int:
    """The last line of the block in one direction."""
    away = in_place("head" if step < 0 else "tail", page, anchor)
    free = match.grow in ("both", "down") or (match.grow == "outward" and (away or in_place("head", page, anchor)))
    reached, gap, fill, run = anchor, 0, 0, LANDING
    number, sure = anchor, True
    while 0 <= (number := number + step) < len(page.lines):
        part = part_of(number)
        if part is Part.BLANK:
            continue
        if part is Part.NONE:
            break
        if part is Part.FILLER or (part is Part.STRAY and fill and not away):
            fill, run, sure = fill + 1, 0, False
        else:
            gap, fill, run = 0 if part is Part.ANCHOR else gap + 1, 0, run + 1
        if match.max_gap and (fill if match.fillers else gap) > match.max_gap:
            break
        sure = sure or part is Part.ANCHOR
        landed = run >= (LANDING if sure else 2 * LANDING)
        if landed and (part is Part.ANCHOR or (free if part is Part.MEMBER else away)):
            reached = number
    return reached


def _is_title(text: str) -> bool:
    """Whether a line is as long as a headline, or a name that only sites have: an address, a label of a link."""
    return len(text) >= TITLE or len(_CJK.findall(text)) >= TITLE_CJK


def _parts(compiled: Compiled, page: Page, anchors: set[int]) -> Callable[[int], Part]:
    """What each line is to the block, looked up once."""
    patterns = ((Part.MEMBER, compiled.member), (Part.STRAY, compiled.stray), (Part.FILLER, compiled.filler))

    @cache
    def part_of(number: int) -> Part:
        if number in anchors:
            return Part.ANCHOR
        text = page.line_text(number)
        if not text:
            return Part.BLANK
        # prose and labels can only be anchors: a rule that means to take one has to spell it out
        if text.endswith((":", "：")) or not in_place(compiled.rule.match.at, page, number) or page.is_prose(number):
            return Part.NONE
        data = page.line_data(number)
        if compiled.stop is not None and compiled.stop.search(data):
            return Part.NONE
        return next((part for part, pattern in patterns if pattern is not None and pattern.search(data)), Part.NONE)

    return part_of


def _too_few(there: int, wanted: int, what: str) -> str:
    return f"the rule asks for {what}, {wanted} at least, and here {'is' if there == 1 else 'are'} {there}"


def _introduced(compiled: Compiled, page: Page, part_of: Callable[[int], Part], first: int) -> int:
    """The line above, or above the other items of the same list, that announces the block; else -1."""
    skipped = (Part.BLANK, Part.MEMBER, Part.STRAY)
    above = (number for number in range(first - 1, -1, -1) if part_of(number) not in skipped)
    for place, number in enumerate(above):
        data = page.line_data(number)
        if place == 0 and compiled.introduction is not None and compiled.introduction.search(data):
            return number
        if place == ITEMS or compiled.heading is None or page.is_prose(number):
            return -1
        if compiled.heading.search(data):
            return number
    return -1


KIND = Kind(
    frozenset(
        {"any_of", "members", "strays", "fillers", "not_after", "not_under", "unless", "ignore_case", "at", "grow"}
        | {"min_anchors", "min_lines", "max_gap", "stops", "titles"}
    ),
    whole_lines,
    judge,
)
