"""What the pages of one text have twice: the head on each of them, lines at their feet, paragraphs carried over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from cleankit.briefing import dates, header, label_forms
from cleankit.briefing.blocks import Block

HEAD = 16  # blocks at the top of the first page that later ones may have again
FOOT = 8
# "Thank you." may end one page and begin the next
CARRIED_CHARS = 30
_END = (".", "!", "?", "。", "！", "？", "…", "”", '"')
_MARKS = re.compile(r"[\W_]+")
# the number of the page behind a headline that all pages have
_NUMBERED = re.compile(
    r"\s*(?:[(（\[]\s*\d{1,3}\s*(?:/\s*\d{1,3}\s*)?[)）\]]|[-–—|,]?\s*(?:page|part|seite|第)\s*\d{1,3}\s*页?)\s*$",
    re.IGNORECASE,
)


def trim(pages: Sequence[Sequence[Block]]) -> list[list[Block]]:
    """The blocks of each page without those that another page has, too: heads but the first, feet but the last."""
    kept = [list(page) for page in pages]
    first = next((page for page in kept if page), [])
    said = {key(block.text) for block in first[:HEAD]}
    for page in kept:
        if page is not first:
            while page and (count := _again(page, first) or _is_head(page, said)):
                del page[:count]
    for before, page in pairwise(kept):
        del page[: _carried(before, page)]
    for i, page in enumerate(kept[:-1]):
        below = {key(block.text) for later in kept[i + 1 :] for block in later[-FOOT:]}
        while page and not _speaks(page[-1]) and key(page[-1].text) in below:
            del page[-1]
    return kept


def key(text: str) -> str:
    """A line without its page's number, its marks, its case."""
    return _MARKS.sub(" ", _NUMBERED.sub("", text)).strip().casefold()


def _is_head(page: Sequence[Block], said: set[str]) -> bool:
    block, label = page[0], label_forms.read(page[0])
    # "Q:" comes again and means something; what is said behind a label does not come again
    if label and not header.opens(page, 0) and (label.alone or len(block.text) < CARRIED_CHARS):
        return False
    return key(block.text) in said or dates.is_stamp(block.text) or bool(dates.alone(block.text))


def _again(page: Sequence[Block], first: Sequence[Block]) -> int:
    """How many blocks at the top of a page stand in the same order near the top of the first one."""
    head, top = [key(block.text) for block in first[:HEAD]], [key(block.text) for block in page[:HEAD]]
    for start in range(len(head)):
        count = 0
        while count < len(top) and start + count < len(head) and head[start + count] == top[count]:
            count += 1
        if sum(map(len, top[:count])) >= CARRIED_CHARS:
            return count
    return 0


def _speaks(block: Block) -> bool:
    return block.prose or block.text.endswith(_END) or bool(label_forms.read(block))


def _carried(before: Sequence[Block], page: Sequence[Block]) -> int:
    """How many blocks at the top of a page end the one before it, too."""
    for count in range(min(len(before), len(page)), 0, -1):
        ends = [key(block.text) for block in before[-count:]]
        if ends == [key(block.text) for block in page[:count]] and sum(map(len, ends)) >= CARRIED_CHARS:
            return count
    return 0
