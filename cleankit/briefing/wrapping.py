"""Where a text was wrapped by hand: which of its lines go on from the line before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from cleankit.lazy import expression

# Captions wrap at 50 columns, mail and Markdown at 66 to 80, pages in print at up to 115; a paragraph on one line is
# far longer.
NARROW, WIDE = 48, 120
# In proportional letters a line may come out longer; so many are no paragraphs.
WIDEST, WIDE_SHARE = 150, 0.05
# A wrapped text has many lines that run on; three can be a postal address or a role list.
LEAST, SHARE, OPEN = 4, 1 / 3, 0.5
# With an empty line between any two.
LEAST_DOUBLE = 20
# Words are counted with their double blanks and escapes, which the tool that wrapped may have seen otherwise.
SLACK = 6

_HAN = expression(r"[\u3040-\u30ff\u3400-\u9fff]")
_LETTER = expression(r"[^\W\d_]")


class Row(NamedTuple):
    """A line of a text without the blanks around it, and whether it follows the line before without a gap."""

    start: int
    end: int
    glued: bool

    @property
    def length(self) -> int:
        return self.end - self.start


def going_on(text: str, rows: Sequence[Row]) -> set[int]:
    """The numbers of the rows that go on from the row before."""
    # Chinese and Japanese lines are half as long where they are wrapped, and paragraphs of this length are whole
    if not text.isascii() and 3 * len(_HAN.findall(text)) > len(text):
        return set()
    if not any(row.glued for row in rows):
        width = _double_width(text, rows)
        return {i for i in range(1, len(rows)) if width and _goes_on(text, rows[i - 1], rows[i], width)}
    width = _width(text, [row for row in rows if _LETTER.search(text, row.start, row.end)])
    return {i for i in range(1, len(rows)) if width and rows[i].glued and _runs_on(text, rows[i - 1], rows[i], width)}


def _width(text: str, rows: Sequence[Row]) -> int:
    """The column a text was wrapped at, 0 where it was not."""
    lengths = [row.length for row in rows]
    if not lengths or max(lengths) > WIDEST or sum(n > WIDE for n in lengths) > WIDE_SHARE * len(lengths):
        return 0
    followed = [(row, after) for row, after in pairwise(rows) if after.glued]
    full = [(row, after) for row, after in followed if row.length >= NARROW]
    if len(full) < LEAST or len(full) < SHARE * len(followed):
        return 0
    # short paragraphs end with their sentences, lines where the column does
    if sum(_is_open(text, row, after) for row, after in full) < OPEN * len(full):
        return 0
    return sorted(row.length for row, _ in full)[-1 - len(full) // 20]


def _double_width(text: str, rows: Sequence[Row]) -> int:
    """The same for a text with an empty line between any two, as texts taken out of a PDF have."""
    if len(rows) < LEAST_DOUBLE:
        return 0
    full = [(row, after) for row, after in pairwise(rows) if row.length >= NARROW]
    lengths = sorted(row.length for row, after in full if _is_open(text, row, after))
    if len(lengths) < LEAST_DOUBLE / 2 or len(lengths) < OPEN * len(full):
        return 0
    return lengths[-1 - len(lengths) // 10]


def _is_open(text: str, row: Row, after: Row) -> bool:
    """Whether no sentence ends with a line."""
    return text[after.start].islower() or text[row.end - 1].isalnum() or text[row.end - 1] in ",;-–—’'"


def _runs_on(text: str, before: Row, row: Row, width: int) -> bool:
    # a line that had room for the next word was ended on purpose, unless its sentence goes on in small letters
    word = text[row.start : row.end].split(maxsplit=1)[0]
    if before.length + 1 + len(word) > width - SLACK:
        return True
    return before.length > 0.7 * width and text[row.start].islower() and _is_open(text, before, row)


def _goes_on(text: str, before: Row, row: Row, width: int) -> bool:
    if max(before.length, row.length) > width + SLACK or not _is_open(text, before, row):
        return False
    # what is printed above the line, "1 st", makes one of its own
    return before.length > 0.75 * width or text[row.start].islower()
