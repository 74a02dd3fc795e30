"""What stands above the first turn or the first paragraph: title, dates, venue, panel, byline, source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date as Day
from typing import NamedTuple

from cleankit.briefing import dates, labels, names
from cleankit.briefing.blocks import Block
from cleankit.briefing.model import Participant

_KEYS = {
    "panel": (
        "speakers?|participants?|panell?ists?|briefers?|presenters?|guests?|attendees|briefed by|出席|出席人员|"
        "出席嘉宾|嘉宾|发布人|intervenants?|orateurs?|redner(?:innen)?|teilnehmer(?:innen)?|sprecher|ponentes|participantes|"
        "oradores|relatori|partecipanti|narasumber|pembicara|peserta|konuşmacılar|katılımcılar|спикеры|участники|"
        "출석자|발표자|登壇者|出席者"
    ),
    "chair": (
        "chair|chairs|chairman|chairwoman|chairperson|chaired by|moderators?|moderated by|hosts?|hosted by|主持人|主持|"
        "modérateur|modératrice|présidence|moderation|moderator(?:in)?|moderadora?|moderatore|ketua|pembawa acara|"
        "moderatör|oturum başkanı|ведущий|ведущая|модератор|사회자|司会"
    ),
    "date": (
        "date|date and time|event date|when|日期|时间|時間|fecha|datum|data|tanggal|hari/tanggal|tarih|дата|일시|日時|"
        "date et heure"
    ),
    "published": (
        "published|posted|publication date|发布时间|发布日期|publié le|veröffentlicht|publicado|diterbitkan|"
        "yayın tarihi|작성일|등록일|게시일|掲載日|公開日|дата публикации|publicado em|pubblicato il|data publikacji"
    ),
    "venue": (
        "venue|place|location|where|地点|地點|场所|lieu|ort|veranstaltungsort|lugar|local|luogo|tempat|lokasi|yer|место|"
        "장소|場所"
    ),
    "source": "source|sources|来源|來源|quelle|fuente|fonte|sumber|kaynak|источник|출처|부서명|담당부서",
    "author": "author|by|作者|记者|auteur|autor|autore|penulis|yazar|автор|text by|written by",
}
_KEY = {name: re.compile(form, re.IGNORECASE) for name, form in _KEYS.items()}

_BYLINE = re.compile(
    r"^(?:by|par|von|por|oleh|yazan|автор)[:\s]\s*(?P<name>\S.{2,80})$|"
    r"^(?P<han>[\u4e00-\u9fff]{2,4})\s*/?\s*(?:文|报道)$",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"^\W*(?:last\s+)?(?:updated|published|posted|modified|created|release date|publié|mis à jour|veröffentlicht|"
    r"aktualisiert|stand|publicado|actualizado|diterbitkan|dipublikasikan|güncelleme|yayınlanma|обновлено|"
    r"опубликовано|发布时间|更新时间|来源|來源)\b",
    re.IGNORECASE,
)
_STAMP_WORD = re.compile(
    rf"{_STAMP.pattern}(?:\s+(?:on|le|am|el|pada|at|in))?\s*[:：]?|^(?:on|at|source|来源|來源|时间|quelle|fuente)\b\s*[:：]?|"
    r"^(?:发布|更新)?(?:时间|日期)\s*[:：]?|(?:updated|published|posted)\s*:?$",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"^(?:source|来源|來源|quelle|fuente|fonte|sumber|kaynak|источник)s?\s*[:：]", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"(?:公司|集团|委员会|办公室|研究院|[部局厅社会院报网]$)|\.\w|\b(?:news|daily|times|agency|com|net|org|company|ministry|"
    r"office|department|bureau|commission|council|association|institute|university|inc|ltd|corporation)\b",
    re.IGNORECASE,
)
_ENDS_OPEN = re.compile(
    r"(?:\b(?:a|an|and|as|at|by|de|der|des|di|die|du|en|et|for|für|from|in|la|le|of|on|or|over|the|to|und|y|with|"
    r"between|its|their|dan|untuk|ve)|[,–—&:-])$",
    re.IGNORECASE,
)
_HELD = re.compile(
    rf"\b(?:held|hosted|took place|convened|gave|briefed)\b[^.]{{0,60}}?\b(?P<day>{dates.WEEKDAY})\b|"
    rf"\bon (?P<on>{dates.WEEKDAY})\b[^.]{{0,30}}\b(?:held|press conference|briefing)\b",
    re.IGNORECASE,
)
_EVENT = r"(?:press conference|news conference|press briefing|news briefing|briefing|press gaggle)"
_PLACE = r"(?P<place>[A-Z\u00c0-\u00de][\w'’.\-]*(?:\s+(?:de\s+|of\s+)?[A-Z\u00c0-\u00de][\w'’.\-]*){0,3})"
_ANY_EVENT = f"{_EVENT}|{names.PRESS_EVENT}"
_HELD_ON = re.compile(
    r"\b(?:held|holds|hosted|convened|gave|will hold|took place)\b.{0,300}?\bon (?:[A-Z][a-z]+day,? )?(?:the )?[A-Z\d]|"
    r"\bOn [A-Z].{0,300}\b(?:held|holds|hosted|convened|gave)\b|(?:举行|召开|举办)",
)
_HELD_IN = re.compile(rf"\b{_EVENT}\b[^.]{{0,200}}?\bin {_PLACE},\s+(?:on\s+)?(?=[A-Z][a-z]{{2,8}}\.? \d)")
_HAN = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")
MAX_TITLE_LINES, MAX_CAPITAL_LINES = 3, 6
MAX_TITLE = 300
LONGEST_NAMES = 40


@dataclass(slots=True)
class Header:
    """What was read, and the blocks that nothing claimed (`rest`), in order."""

    title: str | None = None
    date: Day | None = None
    published: Day | None = None
    venue: str | None = None
    people: list[Participant] = field(default_factory=list)
    source: str | None = None
    credits: list[str] = field(default_factory=list)
    rest: list[Block] = field(default_factory=list)

    def add(self, name: str, role: str | None, chair: bool = False) -> None:
        """A participant; one who is there already is not added again but may gain a role."""
        wanted = names.key(name)
        for i, person in enumerate(self.people):
            if names.key(person.name) == wanted:
                self.people[i] = Participant(person.name, person.role or role, person.chair or chair)
                return
        self.people.append(Participant(names.plain(name), role, chair))


def key_of(text: str) -> str | None:
    """Which header field a label opens, if any."""
    return next((name for name, form in _KEY.items() if form.fullmatch(text.strip())), None)


def opens(blocks: Sequence[Block], number: int) -> bool:
    """Whether a label is one of the header: `Speakers:`, or `Moderator:` before a name and not before speech."""
    label = labels.read(blocks[number])
    field_name = key_of(label.text) if label else None
    if label is None or field_name is None:
        return False
    if field_name == "author" and len(label.rest) > LONGEST_NAMES:
        return False  # "记者" writes, and asks
    if field_name not in ("panel", "chair"):
        return True
    value = label.rest or (blocks[number + 1].text if number + 1 < len(blocks) else "")
    is_person = names.role_line(value) is not None or (names.is_name(value) and len(value) < 60)
    return is_person or bool(names.listed(value))


def read(blocks: Sequence[Block], *, titled: str | None = None, known: frozenset[str] = frozenset()) -> Header:
    """Read the blocks above the text. `titled`: the title that front matter gave; `known`: keys of labelled names."""
    header = Header(title=titled)
    loose: list[int] = []
    below = _Headlines(-1, -1, -1, -1) if titled else _headlines(blocks, known)
    section: str | None = None
    i = 0
    while i < len(blocks):
        block = blocks[i]
        text = block.text
        label = labels.read(block)
        opened = key_of(label.text) if label and (opens(blocks, i) or section) else None
        if label and opened:
            section = opened
            if label.rest:
                _field(header, opened, label.rest, known)
                section = None
        elif section and _field(header, section, text, known):
            section = section if section in ("panel", "chair") else None
        else:
            section = None
            i += _line(header, blocks, i, loose, known, below)
            continue
        i += 1
    header.rest = [blocks[n] for n in loose]
    return header


def _field(header: Header, name: str, text: str, known: frozenset[str]) -> bool:
    """Put a value into its field; False where it does not fit there."""
    if name in ("panel", "chair"):
        parts = [text] if names.role_line(text, known) else re.split(r"\s*[;；]\s*", text.strip("; "))
        if len(parts) == 1 and (listed := names.listed(text)):
            for one in listed:
                header.add(one.name, one.role, name == "chair")
            return True
        people = [names.role_line(part, known) or names.RoleLine(names.plain(part), None) for part in parts]
        if not all(names.is_name(one.name) or names.key(one.name) in known for one in people):
            return False
        for one in people:
            header.add(one.name, one.role, name == "chair")
        return True
    if name in ("date", "published"):
        day = dates.first(text)
        if day and name == "date":
            header.date = header.date or day
        elif day:
            header.published = header.published or day
        return day is not None
    if len(text) > 200:
        return False
    if name == "venue":
        header.venue = header.venue or text.strip(" .;")
    elif name == "source":
        stamp(header, text)
    else:
        header.credits.append(text)
    return True


def _line(
    header: Header,
    blocks: Sequence[Block],
    i: int,
    loose: list[int],
    known: frozenset[str],
    below: _Headlines,
) -> int:
    """Read a line that no label opened; how many blocks it took."""
    block, text = blocks[i], blocks[i].text
    day = dates.alone(text)
    if _ORIGINAL.match(text) and (header.title or below.long >= 0):
        header.date = header.date or dates.first(text)
        loose.append(i)
    elif day and dates.is_stamp(text):
        header.published = header.published or day
    elif day:
        header.date = header.date or day
    elif dates.is_clock(text):
        _place_above(header, blocks, i, loose)
    elif len(text) < 200 and is_stamp(text):
        stamp(header, text)
    elif (not block.prose and _dateline(header, text)) or (
        header.title is None and _left_over(blocks, i, below, known)
    ):
        pass
    elif (
        header.title is None
        and len(text) <= MAX_TITLE
        and (not block.prose or text.endswith(("?", "？")) or _CALLED.match(text))
        and not _BULLET.match(text)
        and not _LINK.fullmatch(text)
    ):
        count = _title_lines(blocks, i)
        title = " ".join(one.text for one in blocks[i : i + count])
        bare = _OF_SITE.sub("", title)
        if bare != title and i + count < len(blocks) and blocks[i + count].text.startswith(bare):
            title = bare
        title = _ORIGINAL.sub("", title, count=1) if _ORIGINAL.match(title) else title
        header.title = re.sub(r"^#{1,6}\s+|^\*\*(?=.*\*\*$)|(?<=\S)\*\*$", "", title).strip() or title
        return count
    elif line := names.role_line(text, known) if not block.prose else None:
        header.add(line.name, line.role)
    elif (byline := _BYLINE.match(text)) and len(text) < 90:
        if names.is_office(text.split()[1]):
            loose.append(i)  # "BY PRESS SECRETARY ADA LOVELACE" goes on from a headline
            return 1
        author, *more = re.split(r"\s+[|｜]\s+", (byline["name"] or byline["han"]).strip())
        if (found := next(dates.find(author), None)) and found.start:
            # "By Ada Lovelace on May 4, 2022 at 3 p.m."
            header.published = header.published or found.day
            author = re.sub(r"\s+on$", "", author[: found.start].rstrip(" ,•·–—-("))
        header.credits.append(author)
        if more:
            stamp(header, " | ".join(more))
    else:
        _lead(header, text)
        loose.append(i)
    return 1


# "China SCIOUpdated: …", "By NAME (SITE) Updated: …": the word stands behind whom it belongs to, glued or not
_STAMP_INSIDE = re.compile(r"(?<=[\w)\]])\s*(?=(?:Updated|Published|Posted)\s?:)")


def is_stamp(text: str) -> bool:
    """Whether a line says when and by whom the page was put out."""
    day = next(dates.find(text), None)
    if _STAMP.match(text):
        return day is not None or bool(_SOURCE.match(text))
    if day is not None and (inside := _STAMP_INSIDE.search(text)) and inside.end() < day.start:
        return True
    if day is not None and day.start < 3 and _CHANGED_THEN.search(text[day.end :]):
        return True
    # "2023-10-12 08:05  Source: NAME"
    return day is not None and day.start < 3 and bool(_SOURCE.match(dates.CLOCK.sub("", text[day.end :]).strip(" |-")))


_CHANGED_THEN = re.compile(
    r"^.{0,20}\b(?:last )?(?:updated?|modified|mis à jour|aktualisiert|actualizado|atualizado|aggiornato|diperbarui|"
    r"güncelleme|"
    r"обновлено)\b",
    re.IGNORECASE,
)
# arrows, pipes and list marks stand in menus and paths; a headline has words
_MENU = re.compile(
    r"^\S+(?: \S+)? / \S+(?: \S+)?$|^[•‣▪◦●○■□·*+×»›«‹<>|/\\#]|[<>»›«‹]\s*$|\s[>»›]{1,2}\s|^\W*$|[{}]|^\S+\">"
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
    r"pressekonferenz|regierungspressekonferenz|keterangan pers|transkrip|conferenza stampa|coletiva de imprensa|"
    r"(?:press|news) (?:conference|briefing) (?:by|with|of)|transcript of",
    re.IGNORECASE,
)
_LINK = re.compile(r"!?\[[^\]]*\]\([^)]*\)|!\[.*|\[#\].*")
TITLED_WORDS = 4
DESK = 3  # lines between the desk that a page belongs to and its headline
# what the page was called where it was taken from
_ORIGINAL = re.compile(r"(?:原标题|原標題|原题|original title|originaltitel)\s*[:：]\s*", re.IGNORECASE)
_WELCOME = re.compile(
    r"welcome to|willkommen (?:auf|bei)|bienvenue sur|bienvenid[oa]s? a|selamat datang|欢迎(?:访问|来到)", re.IGNORECASE
)
# "HEADLINE — SITE"
_OF_SITE = re.compile(r"\s+[—–|-]\s+[^—–|]{2,60}$")
_BULLET = re.compile(r"[•‣▪◦●○■□·*+]\s")


# "by web admin", "ada@mill.example", "May 4, 2022": beside a stamp, but nobody's house
_NO_SOURCE = re.compile(r"^(?:by|par|von|por|oleh) [a-z]|@|\b(?:19|20)\d\d$")
_CHANGED = re.compile(
    r"(?:last )?(?:updated|modified|published|posted|aired|broadcast)(?: on)?:?(?: (?:\d+|an?) \w+ ago)?", re.IGNORECASE
)
# a door to another edition of the site, as long as it says nothing else
_LANGUAGE = re.compile(r"EN|ENG|english|中文|français|español|deutsch|русский|日本語|한국어|العربية", re.IGNORECASE)


class _Headlines(NamedTuple):
    """Where lines stand that make a headline.

    The last that names the event and a speaker, the last with words, the first that calls itself a briefing, the first
    that is as long as a headline."""

    event: int
    words: int
    title: int
    long: int


def _headlines(blocks: Sequence[Block], known: frozenset[str]) -> _Headlines:
    event = words = title = long = -1
    for i, block in enumerate(blocks):
        if _ORIGINAL.match(block.text):
            continue
        if (
            len(block.text) < MAX_TITLE
            and not dates.alone(block.text)
            and (not block.prose or _CALLED.match(block.text))
        ):
            event = i if _names_event(block.text, known) else event
            words = i if not _is_menu(blocks, i) and not labels.read(block) else words
            title = i if title < 0 and _titles(block.text) else title
        if not block.prose and not dates.alone(block.text) and not _is_menu(blocks, i):
            label = labels.read(block)
            if label and (label.alone or key_of(label.text)):
                continue
            if (
                long < 0
                and len(block.text.split()) >= TITLED_WORDS
                and not is_stamp(block.text)
                and len(block.text) < MAX_TITLE
            ):
                long = i
    return _Headlines(event, words, title, long)


def _titles(text: str) -> bool:
    return len(text.split()) >= TITLED_WORDS and bool(_TITLED.search(text)) and not _MENU.search(text)


def _left_over(blocks: Sequence[Block], i: int, below: _Headlines, known: frozenset[str]) -> bool:
    """Whether a line above the headline is a piece of a menu that cleaning left, with a better line below it."""
    if i + 1 < len(blocks) and _goes_on(blocks[i + 1].text):
        return False
    if below.event > i and len(blocks[i].text.split()) <= 5 and not _names_event(blocks[i].text, known):
        return True
    if below.title > i and len(blocks[i].text.split()) <= 5 and not _titles(blocks[i].text):
        return True
    if below.long > i and _WELCOME.match(blocks[i].text):
        return True
    # "Politics", "Archiv": the desk, not the headline
    if i < below.long <= i + DESK and not re.search(r"\s", blocks[i].text) and not _HAN.search(blocks[i].text):
        return True
    return below.words > i and _is_menu(blocks, i)


def _names_event(text: str, known: frozenset[str]) -> bool:
    """Whether a line has a headline's words and a speaker's name or the day among them."""
    if dates.alone(text) or names.role_line(text, known) or _STAMP.match(text):
        return False
    wanted = f" {names.key(text)} "
    called = any((f" {name} " if name.isascii() else name) in wanted for name in known if len(name) > 2)
    dated = next(dates.find(text), None) is not None
    return (called or dated) and bool(re.search(rf"remarks|{_ANY_EVENT}", text, re.IGNORECASE))


def _is_menu(blocks: Sequence[Block], i: int) -> bool:
    text = blocks[i].text
    if _MENU.search(text) or _LANGUAGE.fullmatch(text):
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
        if not goes_on or line.prose or next(dates.find(line.text), None) or labels.read(line):
            break
        count += 1
    return count


def _dateline(header: Header, text: str) -> bool:
    """`City | 3 p.m. May 4, 2022`, `City, May 4, 2022`, `SITE, May 4, 2022`, `2022-05-04 15:00 Source`."""
    found = list(dates.find(text))
    if len(found) != 1 or len(text) > 160 or _BYLINE.match(text):
        return False
    rest = dates.without_weekday(dates.CLOCK.sub("|", text[: found[0].start] + "|" + text[found[0].end :]))
    parts = [
        re.sub(r"^(?:於|于|at)\s*[:：]\s*", "", part.strip(" ,;，()（）[]\u3000"))
        for part in re.split(r"[|｜丨]|\s[·•–—-]\s", rest)
    ]
    # "Paris, le 14 mars", "Berlin, den 5. März"
    parts = [re.sub(r",?\s+(?:le|den|el|il|em|a|lì)$", "", part) for part in parts if re.search(r"\w", part)]
    # "By NAME" and "Updated" stand beside a date as often as the place
    for part in list(parts):
        if byline := _BYLINE.match(part):
            header.credits.append(byline["name"] or byline["han"])
        if byline or _CHANGED.fullmatch(part):
            parts.remove(part)
    if any(len(part.split()) > 5 or len(part) > 40 or part[0].islower() for part in parts):
        return False
    if not parts:
        header.date = header.date or found[0].day
        return True
    # a title such as "Briefing of May 4, 2022" has words of its own: only the title's place is ever its own line
    if header.title is None:
        return False
    if any(re.search(_ANY_EVENT, part, re.IGNORECASE) for part in parts):
        header.date = header.date or found[0].day
        return True
    if issuer := next((part for part in parts if _ORGANISATION.search(part)), None):
        header.published = header.published or found[0].day
        header.source = header.source or issuer
        return True
    if len(parts) == 1 or "|" in text or "｜" in text:
        header.date = header.date or found[0].day
        if not any(_MENU.search(part) or re.search(r"^/|:| (?:on|of|at|in|by)$", part) for part in parts):
            header.venue = header.venue or ", ".join(parts)
        return True
    return False


def stamp(header: Header, text: str) -> None:
    """`Updated: Oct 12, 2023 8:05 AM  SOURCE`, `来源：SOURCE 2023-10-12 08:05`."""
    found = next(dates.find(text), None)
    if found:
        header.published = header.published or found.day
        text = text[: found.start] + " " + text[found.end :]
        text = dates.without_weekday(dates.CLOCK.sub(" ", text))
    text = re.sub(r"[(（]供稿[)）]", "", re.sub(r"\s+", " ", _STAMP_INSIDE.sub(" | ", text)))
    author = re.search(r"\b(?:by|par|von|por|oleh)\s+(?P<name>[^\s(|][^(|]{1,60}?)\s*(?=[(|]|$)", text, re.IGNORECASE)
    if author and names.is_name(author["name"].strip(" .")):
        header.credits.append(names.plain(author["name"].strip(" .")))
        text = text[: author.start()] + text[author.end() :]
    for part in re.split(r"\s*[|｜丨]\s*|\s[·•–—-]\s", text):
        while (bare := _STAMP_WORD.sub("", part.strip(" |,-–—·[]()")).strip()) != part:
            part = bare
        if 1 < len(part) <= 60 and re.search(r"[^\W\d_]{2}", part) and not _NO_SOURCE.search(part):
            header.source = header.source or part


def _place_above(header: Header, blocks: Sequence[Block], i: int, loose: list[int]) -> None:
    """The short lines right above a clock time say where."""
    taken: list[int] = []
    while loose and loose[-1] == i - 1 - len(taken) and _short(blocks[loose[-1]].text):
        taken.insert(0, loose.pop())
    if taken and not header.venue:
        header.venue = ", ".join(blocks[n].text.rstrip(",") for n in taken)


def place_lines(header: Header) -> None:
    """With the title known from elsewhere, all that is left above the first turn is short lines: the venue."""
    if header.rest and not header.venue and len(header.rest) <= 3 and all(_short(block.text) for block in header.rest):
        header.venue = ", ".join(block.text.rstrip(",") for block in header.rest)
        header.rest = []


def _short(text: str) -> bool:
    if re.search(r"\b(?:briefings|transcripts|news|releases?|remarks)\b", text, re.IGNORECASE):
        return False  # a room of the site, not of the house
    return len(text) <= 70 and text[:1].isupper() and not text.endswith((".", "!", "?", ":", ";"))


def _lead(header: Header, text: str) -> None:
    """Dates and the place that the lead gives away."""
    found = list(dates.find(text))
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z“\"])|(?<=。)", text):
        held_on = list(dates.find(sentence))
        if len(held_on) == 1 and _HELD_ON.search(sentence) and re.search(_ANY_EVENT, sentence, re.IGNORECASE):
            header.date = header.date or held_on[0].day
    if found and found[-1].end >= len(text) - 2 and re.search(r"[.。!?]\s*$", text[: found[-1].start]):
        header.published = header.published or found[-1].day
    held = _HELD_IN.search(text)
    if held and not header.venue:
        header.venue = held["place"]


_AGENCY = re.compile(
    r"^(?P<place>[A-Z\u00c0-\u00de][\w .,'’-]{2,40}?),\s+(?P<day>[^()]{4,30}?)\s*"
    r"(?:\((?P<agency>[^()]{2,40})\))?\s*(?:--|–|—)\s"
)


def dateline_in_text(header: Header, text: str) -> None:
    """`PLACE, May 4, 2022 (AGENCY) -- ` at the start of an article."""
    hit = _AGENCY.match(text)
    if hit and (day := dates.first(hit["day"])):
        header.published = header.published or day
        header.source = header.source or hit["agency"]


def event_date(header: Header) -> Day | None:
    """The day of the event: stated, else the weekday that the lead names, else the day of publication."""
    if header.date or not header.published:
        return header.date
    for block in header.rest:
        hit = _HELD.search(block.text)
        if hit:
            return dates.weekday_before(hit["day"] or hit["on"], header.published)
    return header.published
