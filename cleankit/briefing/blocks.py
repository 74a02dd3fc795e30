"""The paragraphs of a text: one for each line, or lines joined where the text was wrapped at a fixed width."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cleankit.briefing import wrapping
from cleankit.briefing.wrapping import Row
from cleankit.page import Page, is_prose

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
    rows: list[Row] = []
    after_blank = True
    for line in page.lines:
        piece = page.folded[line.start : line.end]
        body = piece.strip()
        if body:
            start = line.start + piece.index(body)
            rows.append(Row(start, start + len(body), not after_blank))
        after_blank = not body
    going_on = wrapping.going_on(text, rows)
    joined: list[Row] = []
    for i, row in enumerate(rows):
        if i in going_on:
            joined[-1] = joined[-1]._replace(end=row.end)
        else:
            joined.append(row)
    return [Block(_plain(text[row.start : row.end]), *row) for row in joined]


def part(text: str, start: int, end: int) -> Block:
    """A piece of a block as a block of its own, without blanks around it."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Block(_plain(piece), start, start + len(piece.strip()))


def _plain(text: str) -> str:
    return " ".join(text.split())
