"""Which line is the headline: told from menus above it, and read over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cleankit.briefing import dates, headline_marks, label_forms, notes
from cleankit.briefing.blocks import Block

_ENDS_OPEN = re.compile(
    r"(?:\b(?:a|an|and|as|at|by|de|der|des|di|die|du|en|et|for|für|from|in|la|le|of|on|or|over|the|to|und|y|with|"
    r"between|its|their|dan|untuk|ve)|[,–—&:-])$",
    re.IGNORECASE,
)


_HAN = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")

MAX_TITLE_LINES, MAX_CAPITAL_LINES = 3, 6

MAX_TITLE = 300

# arrows, pipes and list marks stand in menus and paths; a headline has words
MENU = re.compile(
    r"\s[→►▸]\s|^\S+(?: \S+)? / \S+(?: \S+)?$|^[•‣▪◦●○■□·*+×»›«‹<>|/\\#]|[<>»›«‹]\s*$|\s[>»›]{1,2}\s|^\W*$|[{}]|^\S+\">"
)

# a headline that ends in a full stop
_CALLED = re.compile(
    r"(?:conferencia|rueda) de prensa|versión estenográfica|entrevista|conférence de presse|interview d|entretien|"
    r"point de presse|"
    r"pressekonferenz|regierungspressekonferenz|keterangan pers|transkrip|dialog presiden|conferenza stampa|"
    r"coletiva de imprensa|"
    r"(?:press|news) (?:conference|briefing) (?:by|with|of)|transcript of",
    re.IGNORECASE,
)

_LINK = re.compile(r"!?\[[^\]]*\]\([^)]*\)|!\[.*|\[#\].*")

HEAD = 20  # lines

# what the page was called where it was taken from
ORIGINAL = re.compile(r"(?:原标题|原標題|原题|original title|originaltitel)\s*[:：]\s*", re.IGNORECASE)

# "HEADLINE — SITE"
_OF_SITE = re.compile(r"\s+[—–|-]\s+[^—–|]{2,60}$")

_BULLET = re.compile(r"[•‣▪◦●○■□·*+]\s")

# a door to another edition of the site, as long as it says nothing else
_LANGUAGE = re.compile(r"EN|ENG|english|中文|français|español|deutsch|русский|日本語|한국어|العربية", re.IGNORECASE)


class Headlines(NamedTuple):
    """The last line with words, the line that most speaks for, and the points that each has for that."""

    words: int
    best: int
    points: Sequence[float]


NONE = Headlines(-1, -1, ())


def find(blocks: Sequence[Block], known: frozenset[str], echoed: frozenset[str] = frozenset()) -> Headlines:
    worded = [i for i, block in enumerate(blocks) if _has_words(blocks, i) and not ORIGINAL.match(block.text)]
    return Headlines(worded[-1] if worded else -1, *headline_marks.best(blocks, known, echoed))


def _has_words(blocks: Sequence[Block], i: int) -> bool:
    block = blocks[i]
    if len(block.text) >= MAX_TITLE or dates.alone(block.text) or (block.prose and not _CALLED.match(block.text)):
        return False
    return not _is_menu(blocks, i) and not label_forms.read(block)


def left_over(blocks: Sequence[Block], i: int, below: Headlines) -> bool:
    """Whether a line above the headline is a piece of a menu that cleaning left, with a better line below it."""
    if i + 1 < len(blocks) and _goes_on(blocks[i + 1].text):
        return False
    if below.best == i:
        return False
    if below.best > i and below.points[below.best] >= below.points[i] + headline_marks.MARGIN:
        return True
    return below.words > i and _is_menu(blocks, i)


def _is_menu(blocks: Sequence[Block], i: int) -> bool:
    text = blocks[i].text
    if MENU.search(text) or _LANGUAGE.fullmatch(text):
        return True
    if not _few_words(text):
        return False
    # one or two words may be a headline, but not one of many short lines above it
    near = [one for one in blocks[max(0, i - 3) : i + 4] if _few_words(one.text)]
    return len(near) >= 4


def _few_words(text: str) -> bool:
    return len(text) <= 24 and len(text.split()) <= 2 and len(_HAN.findall(text)) <= 6


# "Press conference" and below it "by the Secretary of State following the meeting"
_GOES_ON = re.compile(r"(?:by|with|of|on|at|for|following|after|between)\s+(?:the |an? )?[A-Z]")


def _goes_on(text: str) -> bool:
    return bool(_GOES_ON.match(text)) and len(text) < MAX_TITLE


def _title_lines(blocks: Sequence[Block], i: int) -> int:
    count = 1
    most = MAX_CAPITAL_LINES if blocks[i].text.isupper() else MAX_TITLE_LINES
    while count < most and i + count < len(blocks):
        before, line = blocks[i + count - 1].text, blocks[i + count]
        capitals = line.glued and before.isupper() and line.text.isupper()
        goes_on = (
            capitals or (line.glued and (_ENDS_OPEN.search(before) or line.text[:1].islower())) or _goes_on(line.text)
        )
        if not goes_on or line.prose or next(dates.find(line.text), None) or label_forms.read(line):
            break
        count += 1
    return count


def may_be(block: Block) -> bool:
    """Whether a line has the length and the shape of a headline."""
    text = block.text
    if text[0] in "(（" or len(text) > MAX_TITLE or _BULLET.match(text) or _LINK.fullmatch(text):
        return False
    if notes.is_caption(text) or headline_marks.is_path(text):
        return False
    return not block.prose or text.endswith(("?", "？")) or bool(_CALLED.match(text))


def read(blocks: Sequence[Block], i: int) -> tuple[str, int]:
    """The headline that begins with a line, and over how many lines it goes."""
    count = _title_lines(blocks, i)
    title = " ".join(one.text for one in blocks[i : i + count])
    bare = _OF_SITE.sub("", title)
    if bare != title and any(one.text.startswith(bare) for one in blocks[i + count : i + HEAD]):
        title = bare
    title = ORIGINAL.sub("", title, count=1) if ORIGINAL.match(title) else title
    return re.sub(r"^(?:#{1,6}|[•▪])\s+|^\*\*(?=.*\*\*$)|(?<=\S)\*\*$", "", title).strip() or title, count
