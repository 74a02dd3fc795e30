"""What speaks for a line as the page's headline and what against it, added up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleankit.briefing import dates, label_forms, names, notes, roles
from cleankit.briefing.blocks import Block
from cleankit.briefing.stamps import is_stamp, key_of
from cleankit.lazy import expression

# A line above goes to the menus where another has so many points more, and this many at least.
MARGIN, LEAST = 2.0, 1.0
LONGEST = 300
WORDS, WORDS_HAN, LEAST_HAN = 4, 8, 6
MOST, MOST_HAN = 45, 60
REACH, ECHO = 40, 16  # blocks, letters
ROW = 6  # words
DATELINE = 3  # words beside a day

_HAN = expression(r"[\u3040-\u9fff\uac00-\ud7af]")
_EVENT = expression(
    rf"(?i)\b(?:{names.EVENT}|transcripts?|interviews?|doorst[eo]p|gaggle|q ?& ?a|"
    r"questions? and answers?|in conversation|"
    r"remarks|media (?:briefing|session|availability|conference)|stakeout|town hall|hearing|earnings call|"
    r"entretien|entrevista|interviu|gespräch|wawancara|röportaj|söyleşi|transkrip|mitschrift|wortprotokoll|"
    r"point presse|audition|comparecencia|versión estenográfica|toplantısı)\b|"
    r"(?:talk|conversation|chat) with|"
    rf"{names.PRESS_EVENT}|实录|實錄|答问|答記者問|答记者问|专访|專訪|訪談|访谈|說明會|会见|會見|談話|谈话|通报会|通氣會|通气会|采访|採訪|紀要|会見録|会見概要|記者会見"
)
_BYLINE = expression(r"(?i:by|von|par|por|oleh|door|av)\s+[A-Z\u00c0-\u00de][\w'’.-]+(?:\s+[\w'’.-]+){1,3}$")
# what a button, a notice or a box of a site says
_OF_SITE = expression(
    r"(?i)^(?:skip|jump|back|go|return|click|find|follow|join|search|browse|download|print|share|subscribe|sign|log|"
    r"listen|watch|view|see|explore|read|open|close|select|toggle|please|note|notice|by|from|image|photo|credit|advert\w*|"
    r"support|contact|about|latest|related|posted|published|updated|modified|filed|tags?|topics?|subjects?|categor\w+|keywords?|"
    r"share|teilen|partager|compartir|bagikan|paylaş|imprimer|drucken|imprimir|cetak|yazdır|suche|recherche|buscar|cari|"
    r"zurück|retour|volver|kembali|geri|pour|zum|aller|ir|panneau|as delivered|check against)\b|"
    r"https?:|www\.|@|\.(?:com|org|gov|net|html?|pdf|php)\b|\b(?:cookies?|javascript|rss|newsletter|copyright|website|"
    r"app store|e-?mail|facebook|twitter)\b|^(?:本文|字号|字體|分享|打印|责编|編輯|点击|點擊|浏览|瀏覽|订阅|回|返回|"
    r"跳到|"
    r"上一|"
    r"下一)"
)
_SMALL = expression(r"(?:^|\s)[a-zà-ÿ]\S*")
# "会見日時：", "发布人："
_FIELD = expression(r"[\u4e00-\u9fff\u30a0-\u30ff]{2,5}[:：]")
_MARKED = expression(r"[\d:,;?!'’\"“„«]")
# "首页 新闻发布会 图文实录 新闻发言人": Chinese and Japanese headlines have no such blanks
_HAN_ROW = expression(r"(?:[\u3040-\u30ff\u4e00-\u9fff]{2,7}[ \u3000]+){3,}[\u3040-\u30ff\u4e00-\u9fff]{2,7}")
# "Home > Newsroom > Speeches"
_PATH = expression(r"\s[>»›]\s.*\s[>»›]\s")
_IN_BRACKETS = expression(r"[(（].*[)）]")
_QUOTED = expression(r"[«“\"„「‘].{8,160}[»”\"“」’]$")
_MENU = expression(
    r"\s[→►▸>»›]{1,2}\s|^[«‹<>|/\\]|^#(?!\d)|[<>»›«‹]\s*$|[{}]|^\S+\">|\s[|｜丨·•/]\s.*\s[|｜丨·•/]\s|^TOP\b"
)


def is_path(text: str) -> bool:
    """Whether a line is the way to the page."""
    return _PATH.search(text) is not None


def best(
    blocks: Sequence[Block], known: frozenset[str], twice: frozenset[str] = frozenset()
) -> tuple[int, list[float]]:
    """The number of the line that most speaks for, or -1, and the points of each line.

    `known` are keys of speakers' names, `twice` those of lines that the page has elsewhere, too.
    """
    points = [points_of(blocks, i, known, twice) for i in range(min(len(blocks), REACH))]
    top = max(range(len(points)), key=lambda i: (points[i], -i), default=-1)
    return (top if top >= 0 and points[top] >= LEAST else -1), points


def echoed(blocks: Sequence[Block], page: str) -> frozenset[str]:
    """Keys of those lines that the page has elsewhere, too: its title, the end of a path, an address."""
    lines = [block.text for block in blocks[:REACH] if ECHO <= len(block.text) <= LONGEST]
    return frozenset(names.key(line) for line in lines if page.count(line) > 1)


def points_of(blocks: Sequence[Block], i: int, known: frozenset[str], twice: frozenset[str]) -> float:
    text = re.sub(r"^[•·*▪#]+\s+", "", blocks[i].text)
    words, han = len(text.split()), len(_HAN.findall(text))
    is_event = bool(_EVENT.search(text))
    is_long = words >= WORDS or han >= (LEAST_HAN if is_event else WORDS_HAN)
    # "Daily Press Briefing" says all that there is to say
    is_long = is_long or bool(is_event and words > 1 and 2 * len(_EVENT.search(text)[0]) >= len(text))  # type: ignore[index]
    if (words > MOST or han > MOST_HAN or text.endswith((":", "："))) and not blocks[i].prose:
        is_event = is_long = False
    if len(text) > LONGEST or dates.alone(text) or is_stamp(text) or notes.is_caption(text):
        return -9.0
    label = label_forms.read(blocks[i])
    # "Interview: Ada Lovelace" is by her
    if label and (_FIELD.match(text) or names.is_name(label.rest)) and not next(dates.find(label.text), None):
        return -9.0
    if (label and (label.alone or key_of(label.text))) or (roles.role_line(text, known) and not is_event):
        return -9.0
    if blocks[i].prose and not _EVENT.match(text):
        return -3.0
    points = (1.0 if is_long else -1.0) + (0.5 if words >= 2 * WORDS or han >= 2 * WORDS_HAN else 0.0)
    # "Ada Lovelace: “I like rain”", above a talk in which nobody has that label
    if label and _QUOTED.match(label.rest):
        below = blocks[i + 1 :]
        points += 0.0 if any(one.text.startswith(f"{label.text}:") for one in below) else 6.0
    if is_event:
        points += 2.5 if is_long else 1.0
    if is_long and _tells_whom(text, known):
        points += 1.0
    if is_long and (found := next(dates.find(text), None)):
        # "Port Alder, 4 May 2022" is a line of its own below the headline
        points += 0.5 if len((text[: found.start] + text[found.end :]).split()) > DATELINE or han else -4.0
    if is_long and names.key(text) in twice:
        points += 1.5
    if _dated_below(blocks, i):
        points += 1.0
    if i + 1 < len(blocks) and (blocks[i + 1].prose or _BYLINE.match(blocks[i + 1].text)):
        points += 0.5
    if is_long and _in_list(blocks, i):
        points -= 2.0
    # "Press releases TITLE": the path to the page, with its title behind it
    if any(
        len(one.text) < len(text) and text.endswith(one.text) for one in blocks[i + 1 : REACH] if len(one.text) > 20
    ):
        points -= 2.0
    if text.endswith((".", "。", "!", "？", ",", "，")) and not is_event:
        points -= 1.5
    if _OF_SITE.search(text):
        points -= 4.0
    if _MENU.search(text):
        points -= 3.0
    if _IN_BRACKETS.fullmatch(text) or is_path(text):
        points -= 4.0
    # "Home Media Explainers Research Careers": a row of buttons has no small words
    if words > (ROW if is_event else WORDS) and not (
        han or text.isupper() or _SMALL.search(text) or _MARKED.search(text)
    ):
        points -= 4.0 if is_event else 1.5
    elif _HAN_ROW.fullmatch(text):
        points -= 4.0
    elif is_long and not is_event and _SMALL.search(text):
        points += 0.5
    return points


def _in_list(blocks: Sequence[Block], i: int) -> bool:
    """Whether a line is one of several links to events, right below one another."""
    first = last = i
    while first and blocks[first].glued:
        first -= 1
    while last + 1 < len(blocks) and blocks[last + 1].glued:
        last += 1
    row = (one for one in blocks[first : last + 1] if not one.prose and len(one.text.split()) >= WORDS)
    return sum(bool(_EVENT.search(one.text)) for one in row) > 2


def _tells_whom(text: str, known: frozenset[str]) -> bool:
    wanted = f" {names.key(text)} "
    return any((f" {name} " if name.isascii() else name) in wanted for name in known if len(name) > 2)


def _dated_below(blocks: Sequence[Block], i: int) -> bool:
    """Whether one of the next three lines says when."""
    return any(
        dates.alone(one.text) or is_stamp(one.text) or (len(one.text) < 60 and next(dates.find(one.text), None))
        for one in blocks[i + 1 : i + 4]
    )
