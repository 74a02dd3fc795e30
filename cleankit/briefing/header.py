"""What stands above the first turn or the first paragraph: title, dates, venue, panel, byline, source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Day

from cleankit.briefing import dates, han_roles, headline, label_forms, names, roles
from cleankit.briefing.blocks import Block
from cleankit.briefing.model import Participant, RoleLine
from cleankit.briefing.stamps import STAMP_INSIDE, STAMP_WORD, is_stamp, key_of

_BYLINE = re.compile(
    r"^(?:by|par|von|por|oleh|yazan|автор)[:\s]\s*(?P<name>\S.{2,80})$|"
    r"^(?P<han>[\u4e00-\u9fff]{2,4})\s*/?\s*(?:文|报道)$",
    re.IGNORECASE,
)
# "Acting Spokesperson (Facilitator)"
_CHAIRS = re.compile(
    r"[(（](?:facilitator|moderator|chair|moderadora?|moderatorin|modérat(?:eur|rice)|主持人?)[)）]", re.IGNORECASE
)
# "1. Ada Lovelace", "I: Ada Lovelace"
_NUMBERED = re.compile(r"^(?:\d{1,2}[.)、]|[IVX]{1,4}[:.])\s*")
_AND = re.compile(r"\s*[;；]\s*(?:and |y |et |und |dan |ve )?")
_ORGANISATION = re.compile(
    r"(?:公司|集团|委员会|办公室|研究院|[部局厅社会院报网]$)|\.\w|\b(?:news|daily|times|agency|com|net|org|company|ministry|"
    r"office|department|bureau|commission|council|association|institute|university|inc|ltd|corporation)\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    rf"\b(?:held|hosted|took place|convened|gave|briefed)\b[^.]{{0,60}}?\b(?P<day>{dates.WEEKDAY})\b|"
    rf"\bon (?P<on>{dates.WEEKDAY})\b[^.]{{0,30}}\b(?:held|press conference|briefing)\b",
    re.IGNORECASE,
)
_PLACE = r"(?P<place>[A-Z\u00c0-\u00de][\w'’.\-]*(?:\s+(?:de\s+|of\s+)?[A-Z\u00c0-\u00de][\w'’.\-]*){0,3})"
_HELD_ON = re.compile(
    r"\b(?:held|holds|hosted|convened|gave|will hold|took place)\b.{0,300}?\bon (?:[A-Z][a-z]+day,? )?(?:the )?[A-Z\d]|"
    r"\bOn [A-Z].{0,300}\b(?:held|holds|hosted|convened|gave)\b|(?:举行|召开|举办)",
)
_HELD_IN = re.compile(rf"\b{names.EVENT}\b[^.]{{0,200}}?\bin {_PLACE},\s+(?:on\s+)?(?=[A-Z][a-z]{{2,8}}\.? \d)")
LONGEST_NAMES = 40
LONGEST_DATED = 120


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
    seen: Sequence[Block] = ()  # the lines it was read from that are no prose

    def add(self, name: str, role: str | None, chair: bool = False) -> None:
        """A participant; one who is there already is not added again but may gain a role."""
        wanted, chair = names.key(name), chair or bool(_CHAIRS.search(role or ""))
        for i, person in enumerate(self.people):
            if names.key(person.name) == wanted:
                self.people[i] = Participant(person.name, person.role or role, person.chair or chair)
                return
        self.people.append(Participant(names.plain(name), role, chair))


def opens(blocks: Sequence[Block], number: int) -> bool:
    """Whether a label is one of the header: `Speakers:`, or `Moderator:` before a name and not before speech."""
    label = label_forms.read(blocks[number])
    field_name = key_of(label.text) if label else None
    if label is None or field_name is None:
        return False
    if field_name in ("author", "source") and len(label.rest) > LONGEST_NAMES:
        return False  # "记者" writes, and asks
    if field_name not in ("panel", "chair"):
        return True
    value = label.rest or (blocks[number + 1].text if number + 1 < len(blocks) else "")
    is_person = roles.role_line(value) is not None or (names.is_name(value) and len(value) < 60)
    is_person = is_person or han_roles.titled(value) is not None
    return is_person or bool(roles.listed(value))


def read(
    blocks: Sequence[Block],
    *,
    titled: str | None = None,
    known: frozenset[str] = frozenset(),
    echoed: frozenset[str] = frozenset(),
) -> Header:
    """Read the blocks above the text.

    `titled`: the title that front matter gave; `known`: keys of labelled names; `echoed`: keys of lines that the page
    has elsewhere, too.
    """
    header = Header(
        title=titled, seen=[block for block in blocks if not block.prose and len(block.text) <= LONGEST_DATED]
    )
    loose: list[int] = []
    below = headline.NONE if titled else headline.find(blocks, known, echoed)
    section: str | None = None
    # a table's fields, each above its value
    tabled = len({name for block in blocks if (name := key_of(block.text))}) > 1
    i = 0
    while i < len(blocks):
        block = blocks[i]
        text = block.text
        label = label_forms.read(block)
        opened = key_of(label.text) if label and (opens(blocks, i) or section) else None
        if label and opened:
            section = opened
            if label.rest:
                _field(header, opened, label.rest, known)
                section = None
        elif (label is None and key_of(text) in ("panel", "chair") and _names_below(blocks, i)) or (
            tabled and label is None and key_of(text) in ("date", "venue") and _value_below(blocks, i)
        ):
            section = key_of(text)
        elif section in ("panel", "chair") and _office_of_last(header, text):
            pass
        elif section and _field(header, section, text, known):
            section = section if section in ("panel", "chair") else None
        else:
            section = None
            i += _line(header, blocks, i, loose, known, below)
            continue
        i += 1
    header.rest = [blocks[n] for n in loose]
    return header


def _names_below(blocks: Sequence[Block], i: int) -> bool:
    """Whether a heading without a colon, `Speakers`, stands above a name."""
    below = blocks[i + 1].text if i + 1 < len(blocks) else ""
    return names.is_name(below, most=4) or han_roles.titled(below) is not None


def _value_below(blocks: Sequence[Block], i: int) -> bool:
    """Whether a heading stands above a line that may be a day or a place."""
    return i + 1 < len(blocks) and not blocks[i + 1].prose and len(blocks[i + 1].text) <= LONGEST_DATED


def _office_of_last(header: Header, text: str) -> bool:
    """Give the one who was listed last the office on the line below the name."""
    last = header.people[-1] if header.people else None
    if last is None or last.role or not roles.is_post(text) or len(text) > LONGEST_DATED or _NUMBERED.match(text):
        return False
    header.people[-1] = replace(last, role=roles.trim_role(text))
    return True


def _with_house(text: str) -> RoleLine:
    """`Ada Lovelace (Chair)`."""
    name, _, house = text.partition(" (")
    return RoleLine(names.plain(name), house.rstrip(").").strip() or None)


def _field(header: Header, name: str, text: str, known: frozenset[str]) -> bool:
    """Put a value into its field; False where it does not fit there."""
    if name in ("panel", "chair"):
        if held := han_roles.titled(text):
            header.add(held.name, held.role, name == "chair")
            return True
        text = _NUMBERED.sub("", text)
        parts = [text] if roles.role_line(text, known) else _AND.split(text.strip("; ."))
        if len(parts) == 1 and not roles.role_line(text, known) and (listed := roles.listed(text)):
            for one in listed:
                header.add(one.name, one.role, name == "chair")
            return True
        people = [roles.role_line(part, known) or _with_house(part) for part in parts]
        if not all(names.is_name(one.name) or names.key(one.name) in known for one in people):
            return False
        for one in people:
            header.add(one.name, one.role, "chair" in (name, key_of(one.role or "")))
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
    below: headline.Headlines,
) -> int:
    """Read a line that no label opened; how many blocks it took."""
    block, text = blocks[i], blocks[i].text
    day = dates.alone(text)
    if headline.ORIGINAL.match(text) and (header.title or below.best >= 0):
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
        header.title is None and headline.left_over(blocks, i, below)
    ):
        line = roles.role_line(text, known) if header.title is None else None
        if line and names.key(line.name).split()[-1] in known:
            header.add(line.name, line.role)
    elif (office := _office_below(blocks, i, known)) is not None:
        header.add(text, office)
        return 2
    elif header.title is None and (i == below.best or headline.may_be(block)):
        header.title, count = headline.read(blocks, i)
        return count
    elif line := roles.role_line(text, known) if not block.prose else None:
        header.add(line.name, line.role)
    elif (byline := _BYLINE.match(text)) and len(text) < 90:
        if names.is_office(" ".join(text.split()[1:2])):
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


# "by web admin", "ada@mill.example", "May 4, 2022": beside a stamp, but nobody's house
_NO_SOURCE = re.compile(r"^(?:by|par|von|por|oleh) [a-z]|@|\b(?:19|20)\d\d$")
_CHANGED = re.compile(
    r"(?:last )?(?:updated|modified|published|posted|aired|broadcast)(?: on)?:?(?: (?:\d+|an?) \w+ ago)?", re.IGNORECASE
)


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
    # "May 4, 2022, 9 a.m. Front Hall, Old Mill": where there is an hour, the place may be a long one
    most, longest = (8, 70) if "|" in rest else (5, 40)
    if any(len(part.split()) > most or len(part) > longest or part[0].islower() for part in parts):
        return False
    if not parts:
        header.date = header.date or found[0].day
        return True
    # a title such as "Briefing of May 4, 2022" has words of its own: only the title's place is ever its own line
    if header.title is None:
        return False
    if any(re.search(names.ANY_EVENT, part, re.IGNORECASE) for part in parts):
        header.date = header.date or found[0].day
        return True
    if issuer := next((part for part in parts if _ORGANISATION.search(part)), None):
        header.published = header.published or found[0].day
        header.source = header.source or issuer
        return True
    if len(parts) == 1 or "|" in text or "｜" in text:
        header.date = header.date or found[0].day
        if not any(headline.MENU.search(part) or re.search(r"^/|:| (?:on|of|at|in|by)$", part) for part in parts):
            header.venue = header.venue or ", ".join(parts)
        return True
    return False


def _office_below(blocks: Sequence[Block], i: int, known: frozenset[str]) -> str | None:
    """The office on the line under the name of somebody who speaks: `Ada Lovelace`, `Director, Press Office`."""
    text = blocks[i].text
    if i + 1 == len(blocks) or not names.is_name(text, most=4) or names.key(text).split()[-1] not in known:
        return None
    line = blocks[i + 1]
    first = re.split(r"[\s,]+", line.text)[0]
    return line.text if line.glued and names.is_office(first) and len(line.text) < 90 and not line.prose else None


def stamp(header: Header, text: str) -> None:
    """`Updated: Oct 12, 2023 8:05 AM  SOURCE`, `来源：SOURCE 2023-10-12 08:05`."""
    found = next(dates.find(text), None)
    if found:
        header.published = header.published or found.day
        text = text[: found.start] + " " + text[found.end :]
        text = dates.without_weekday(dates.CLOCK.sub(" ", text))
    text = re.sub(r"[(（]供稿[)）]", "", re.sub(r"\s+", " ", STAMP_INSIDE.sub(" | ", text)))
    author = re.search(r"\b(?:by|par|von|por|oleh)\s+(?P<name>[^\s(|][^(|]{1,60}?)\s*(?=[(|]|$)", text, re.IGNORECASE)
    if author and names.is_name(author["name"].strip(" .")):
        header.credits.append(names.plain(author["name"].strip(" .")))
        text = text[: author.start()] + text[author.end() :]
    for part in re.split(r"\s*[|｜丨]\s*|\s[·•–—-]\s", text):
        while (bare := STAMP_WORD.sub("", part.strip(" |,-–—·[]()")).strip()) != part:
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
        if len(held_on) == 1 and _HELD_ON.search(sentence) and re.search(names.ANY_EVENT, sentence, re.IGNORECASE):
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
