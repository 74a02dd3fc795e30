"""The paragraphs of a text: one for each line, or lines joined where the text was wrapped at a fixed width."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cleankit.page import Page, is_prose

# Mail and Markdown wrap at 66 to 80 columns; a page with paragraphs on one line has lines far beyond 100.
NARROW, WIDE = 60, 100
# A wrapped text has many lines that run on; three can be a postal address or a role list.
MIN_WRAPPED = 4
# Words are counted with their double blanks and escapes, which the tool that wrapped may have seen otherwise.
SLACK = 6

_BLANKS = re.compile(r"\s+")


# asked again and again about the same paragraphs
_is_prose = lru_cache(maxsize=4096)(is_prose)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its text with single blanks, its place, and whether it follows the line before without a gap."""

    text: str
    start: int
    end: int
    glued: bool = False

    @property
    def prose(self) -> bool:
        return _is_prose(self.text)


def read(text: str) -> list[Block]:
    """The paragraphs of `text`, blank ones left out; `start` and `end` are offsets into it."""
    page = Page(text)
    rows: list[tuple[int, int, bool]] = []
    after_blank = True
    for line in page.lines:
        piece = page.folded[line.start : line.end]
        body = piece.strip()
        if body:
            start = line.start + piece.index(body)
            rows.append((start, start + len(body), not after_blank))
        after_blank = not body
    width = _width([end - start for start, end, _ in rows], [glued for *_, glued in rows])
    joined: list[tuple[int, int, bool]] = []
    for i, (start, end, glued) in enumerate(rows):
        if glued and width and _runs_on(text, rows[i - 1], start, end, width):
            joined[-1] = (joined[-1][0], end, joined[-1][2])
        else:
            joined.append((start, end, glued))
    return [Block(_plain(text[start:end]), start, end, glued) for start, end, glued in joined]


def part(text: str, start: int, end: int) -> Block:
    """A piece of a block as a block of its own, without blanks around it."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Block(_plain(piece), start, start + len(piece.strip()))


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def _width(lengths: list[int], glued: list[bool]) -> int:
    """The column a text was wrapped at, 0 where it was not."""
    if not lengths or max(lengths) > WIDE:
        return 0
    run_on = [n for n, follows in zip(lengths, glued[1:], strict=False) if follows]
    full = [n for n in run_on if n >= NARROW]
    if len(full) < MIN_WRAPPED or len(full) * 2 < len(run_on):
        return 0
    return sorted(full)[-1 - len(full) // 20]


def _runs_on(text: str, before: tuple[int, int, bool], start: int, end: int, width: int) -> bool:
    # a line that had room for the next word was ended on purpose
    word = text[start:end].split(maxsplit=1)[0]
    return before[1] - before[0] + 1 + len(word) > width - SLACK
