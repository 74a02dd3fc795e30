"""Which line is the headline: told from menus, desks and welcomes above it, and read over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cleankit.briefing import dates, label_forms, names, roles
from cleankit.briefing.blocks import Block
from cleankit.briefing.stamps import STAMP, is_stamp, key_of

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

# what calls itself a briefing in so many words; a menu says "Press Briefings"
_TITLED = re.compile(
    r"(?:transcript of|(?:opening |closing |introductory )?remarks (?:by|at|to|of)|"
    r"speech (?:by|at|of)|statement (?:by|at)|doorstop|interview with|"
    r"(?:press|news|media|noon|daily|joint|regular) (?:conference|briefing|gaggle|encounter|stakeout)\b)",
    re.IGNORECASE,
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

TITLED_WORDS, TITLED_HAN = 4, 8

SITE_HAN = 7
SITE_WORDS = 8  # of the name of a site with its motto
DESK = 3  # lines between the desk that a page belongs to and its headline

# what the page was called where it was taken from
ORIGINAL = re.compile(r"(?:原标题|原標題|原题|original title|originaltitel)\s*[:：]\s*", re.IGNORECASE)

_WELCOME = re.compile(
    r"welcome to|willkommen (?:auf|bei)|bienvenue sur|bienvenid[oa]s? a|selamat datang|欢迎(?:访问|来到)", re.IGNORECASE
)

# "HEADLINE — SITE"
_OF_SITE = re.compile(r"\s+[—–|-]\s+[^—–|]{2,60}$")

_BULLET = re.compile(r"[•‣▪◦●○■□·*+]\s")

# a door to another edition of the site, as long as it says nothing else
_LANGUAGE = re.compile(r"EN|ENG|english|中文|français|español|deutsch|русский|日本語|한국어|العربية", re.IGNORECASE)


class Headlines(NamedTuple):
    """Where lines stand that make a headline.

    The last that names the event and a speaker, the last with words, the first that calls itself a briefing, the first
    that is as long as a headline, the first that begins with the event."""

    event: int
    words: int
    title: int
    long: int
    called: int


NONE = Headlines(-1, -1, -1, -1, -1)


def find(blocks: Sequence[Block], known: frozenset[str]) -> Headlines:
    event = words = title = long = called = -1
    for i, block in enumerate(blocks):
        if ORIGINAL.match(block.text):
            continue
        if (
            len(block.text) < MAX_TITLE
            and not dates.alone(block.text)
            and (not block.prose or _CALLED.match(block.text))
        ):
            event = i if _names_event(block.text, known) else event
            words = i if not _is_menu(blocks, i) and not label_forms.read(block) else words
            title = i if title < 0 and _titles(block.text) else title
        if not block.prose and not dates.alone(block.text) and not _is_menu(blocks, i):
            label = label_forms.read(block)
            if label and (label.alone or key_of(label.text)):
                continue
            if long < 0 and _is_long(block.text) and not is_stamp(block.text) and len(block.text) < MAX_TITLE:
                long = i
        if called < 0 and _CALLED.match(block.text) and len(block.text.split()) >= TITLED_WORDS:
            called = i
    return Headlines(event, words, title, long, called)


_EVENT_HAN = re.compile("发布会|發布會|记者会|記者會|吹风会|实录|實錄|答记者问|专访|訪談|访谈|說明會")
_EVENT_ALONE = re.compile(
    r"(?:(?:daily|regular|weekly|noon|special|joint|on-the-record) ){0,2}(?:press|news|media) (?:briefing|conference)",
    re.IGNORECASE,
)


def _is_long(text: str) -> bool:
    return len(text.split()) >= TITLED_WORDS or len(_HAN.findall(text)) >= TITLED_HAN


def _is_bar(text: str) -> bool:
    """Whether a line is a row of buttons: `中文 | English | Site map`."""
    parts = re.split(r"\s*[|｜丨]\s*", text.strip(" |｜丨"))
    return len(parts) > 1 and all(len(part.split()) <= 3 and len(_HAN.findall(part)) <= 6 for part in parts)


def _titles(text: str) -> bool:
    if _EVENT_ALONE.fullmatch(text) or (len(_HAN.findall(text)) >= TITLED_HAN and _EVENT_HAN.search(text)):
        return True
    return len(text.split()) >= TITLED_WORDS and bool(_TITLED.search(text)) and not MENU.search(text)


def left_over(blocks: Sequence[Block], i: int, below: Headlines, known: frozenset[str]) -> bool:
    """Whether a line above the headline is a piece of a menu that cleaning left, with a better line below it."""
    if i + 1 < len(blocks) and _goes_on(blocks[i + 1].text):
        return False
    if below.event > i and len(blocks[i].text.split()) <= 5 and not _names_event(blocks[i].text, known):
        return True
    short = len(blocks[i].text.split()) <= 5 and len(_HAN.findall(blocks[i].text)) <= SITE_HAN
    if below.title > i and short and not _titles(blocks[i].text):
        return True
    if below.called > i and len(blocks[i].text.split()) <= SITE_WORDS and not _titles(blocks[i].text):
        return True
    if below.long > i and _is_bar(blocks[i].text):
        return True
    if below.long > i and _WELCOME.match(blocks[i].text):
        return True
    # "Politics", "Archiv": the desk, not the headline
    if i < below.long <= i + DESK and not re.search(r"\s", blocks[i].text) and not _HAN.search(blocks[i].text):
        return True
    return below.words > i and _is_menu(blocks, i)


def _names_event(text: str, known: frozenset[str]) -> bool:
    """Whether a line has a headline's words and a speaker's name or the day among them."""
    if dates.alone(text) or roles.role_line(text, known) or STAMP.match(text):
        return False
    wanted = f" {names.key(text)} "
    called = any((f" {name} " if name.isascii() else name) in wanted for name in known if len(name) > 2)
    dated = next(dates.find(text), None) is not None
    return (called or dated) and bool(re.search(rf"remarks|{names.ANY_EVENT}", text, re.IGNORECASE))


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
    return not block.prose or text.endswith(("?", "？")) or bool(_CALLED.match(text))


def read(blocks: Sequence[Block], i: int) -> tuple[str, int]:
    """The headline that begins with a line, and over how many lines it goes."""
    count = _title_lines(blocks, i)
    title = " ".join(one.text for one in blocks[i : i + count])
    bare = _OF_SITE.sub("", title)
    if bare != title and i + count < len(blocks) and blocks[i + count].text.startswith(bare):
        title = bare
    title = ORIGINAL.sub("", title, count=1) if ORIGINAL.match(title) else title
    return re.sub(r"^#{1,6}\s+|^\*\*(?=.*\*\*$)|(?<=\S)\*\*$", "", title).strip() or title, count
