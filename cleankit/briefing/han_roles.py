"""Who holds which office, as Chinese headlines, leads and labels have it: the office right before the name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleankit.briefing.model import RoleLine
from cleankit.briefing.names import HAN_NAME, HAN_OFFICE, HAN_SURNAMES

_HELD_BY = re.compile(
    rf"(?P<office>{HAN_OFFICE})(?P<name>[\u4e00-\u9fff]{{2,3}}?)"
    r"(?=(?:\d{1,2}日|[今昨][天日])?(?:主持|就|答|出席|召开|召開|回答|回应|回應|举行|舉行|表示|在.{0,12}(?:记者会|記者會|发布会|吹风会)))"
)

# what stands between a sentence and the office of someone it introduces
_BREAK = re.compile(
    r"[，、：:；。！？,\s“”（）()《》\d年月日时]|邀请[到了]?|请来了?|有请|[请由为是]|包括|采访了?|專訪|专访|对话|對話"
)


def in_text(text: str, name: str) -> RoleLine | None:
    """The office that stands right before `name` in a Chinese headline or introduction.

    >>> in_text("2024年3月5日外交部发言人林知远主持例行记者会", "林知远")
    RoleLine(name='林知远', role='外交部发言人')
    """
    if not HAN_NAME.match(name):
        return None
    for hit in re.finditer(re.escape(name), text):
        office = _BREAK.split(text[max(0, hit.start() - 40) : hit.start()].rstrip())[-1]
        if re.search(f"{HAN_OFFICE}$", office):
            return RoleLine(name, office)
    return None


def holders(text: str) -> list[RoleLine]:
    """Whom a Chinese headline or lead names as the one who held the briefing, with the office.

    >>> holders("2024年3月5日，外交部发言人林知远主持例行记者会。")
    [RoleLine(name='林知远', role='外交部发言人')]
    """
    found: dict[str, RoleLine] = {}
    for hit in _HELD_BY.finditer(text):
        if hit["name"][0] in HAN_SURNAMES:
            role = _BREAK.split(text[max(0, hit.start() - 30) : hit.start()] + hit["office"])[-1]
            found.setdefault(hit["name"], RoleLine(hit["name"], role))
    return list(found.values())


_NOT_NAMED = "今昨明日就在出表示答回說说介紹绍主持與与和及聯联率等的、，。；：於于向對对接前後后上下"


# Japanese headlines put the name first, and the houses of the ministers are few.
_MINISTER = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,4})(?P<office>(?:内閣官房|総務|法務|外務|財務|文部科学|厚生労働|農林水産|経済産業|国土交通|環境|防衛|"
    r"デジタル|復興)副?(?:大臣|長官))(?:兼[\u4e00-\u9fff]{4,24}(?:大臣|長官))?の?(?:臨時|定例|閣議後)?(?:記者)?会見"
)


# Taiwan's records set the office between family name and given name: 林副主委知遠
_BETWEEN = re.compile(
    rf"(?P<surname>[{''.join(sorted(HAN_SURNAMES))}])(?P<office>副?(?:主任委員|主委|部長|院長|處長|司長|局長|署長|縣長|市長|秘書長|次長|參事|組長|科長|"
    r"發言人|執行長|董事長|總經理|理事長)(?:兼發言人)?)(?P<given>[\u4e00-\u9fff○〇]{1,2})"
)
_MINISTER_ALONE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,4}?)(?P<office>(?:内閣総理|内閣府特命担当|総務|法務|外務|財務|文部科学|厚生労働|農林水産|経済産業|国土交通|"
    r"環境|防衛|デジタル|復興)副?大臣|(?:内閣)?官房(?:副)?長官|(?:国家公安|消費者)?委員長|(?:[\u4e00-\u9fff]{1,3}[都道府県])?知事)"
)


def holder_of(text: str, office: str) -> RoleLine | None:
    """The only one whom a text names right behind an office, as leads do of whom labels name by it.

    >>> holder_of("渡口部部長林知遠今天在禮堂舉行記者會", "部長")
    RoleLine(name='林知遠', role='渡口部部長')
    >>> holder_of("水野国土交通大臣記者会見概要", "大臣")
    RoleLine(name='水野', role='国土交通大臣')
    """
    if (hit := _MINISTER.search(text)) and hit["office"].endswith(office):
        return RoleLine(hit["name"], hit["office"])
    found: dict[str, RoleLine] = {}
    for hit in re.finditer(rf"{re.escape(office)}(?P<name>[\u4e00-\u9fff]{{2,3}})", text):
        name = hit["name"] if hit["name"][-1] not in _NOT_NAMED else hit["name"][:-1]
        if len(name) < 2 or name[0] not in HAN_SURNAMES or set(name) & set(_NOT_NAMED):
            continue
        role = _BREAK.split(text[max(0, hit.start() - 30) : hit.start("name")])[-1]
        found.setdefault(name, RoleLine(name, re.sub(r"^[與与和及、聯联同]+", "", role) or office))
    return next(iter(found.values())) if len(found) == 1 else None


_GUEST = re.compile(rf"(?P<office>[\u4e00-\u9fff、]{{0,30}}?{HAN_OFFICE})(?P<name>[\u4e00-\u9fff]{{2,4}})(?:先生|女士)")
_LED = re.compile(r"由(?P<office>[\u4e00-\u9fff]{4,24}?(?:办公室|办|部|局|厅|委))(?P<name>[\u4e00-\u9fff]{2,3})主持")


def guests(text: str) -> Iterator[RoleLine]:
    """The people whom a Chinese lead says to be there, with their offices.

    >>> list(guests("邀请省林业局局长林知远先生、省林科院研究员欧阳岭女士出席"))
    [RoleLine(name='林知远', role='省林业局局长'), RoleLine(name='欧阳岭', role='省林科院研究员')]
    """
    if not any(word in text for word in ("先生", "女士", "主持")):
        return
    for part in re.split(r"(?<=先生)|(?<=女士)|[，。；]", text):
        for form in (_GUEST, _LED):
            if hit := form.search(part):
                yield RoleLine(hit["name"], _BREAK.split(hit["office"].lstrip("、"))[-1] or hit["office"])


# "教育局图书馆处负责人就新规答记者问"
_ANSWERING = re.compile(
    r"^[—–\s]*(?P<who>[\u4e00-\u9fff]{2,30}?(?:负责人|負責人|负责同志|发言人|發言人))(?:就|[答回]|谈)"
)


def answering(title: str) -> RoleLine | None:
    """Who answers by a Chinese or Japanese headline: a minister by name, or an office without one.

    >>> answering("——教育局图书馆处负责人就新规答记者问")
    RoleLine(name='教育局图书馆处负责人', role=None)
    """
    if hit := _MINISTER.search(title):
        return RoleLine(hit["name"], hit["office"])
    hit = _ANSWERING.match(title)
    return RoleLine(hit["who"], None) if hit else None


def told_of(title: str, lead: Sequence[str]) -> RoleLine | None:
    """The one whom a Chinese headline names, and a paragraph below it with its first word; a short name twice.

    >>> told_of("林知遠：橋不是風景", ["林知遠約在渡口見面。"]).name
    '林知遠'
    """
    for size in (3, 2):
        for name in (title[i : i + size] for i in range(len(title) - size + 1)):
            is_name = name[0] in HAN_SURNAMES and HAN_NAME.match(name)
            if (
                is_name
                and sum(text.count(name) for text in lead) > 3 - size
                and any(text.startswith(name) for text in lead)
            ):
                return RoleLine(name, None)
    return None


def is_office(text: str) -> bool:
    """Whether a label is an office and nothing else: `政務司副司長`."""
    return re.fullmatch(rf"[\u4e00-\u9fff、]{{0,24}}?{HAN_OFFICE}", text) is not None


def titled(text: str) -> RoleLine | None:
    """An office with a name behind it, as Chinese labels have it.

    >>> titled("發言人陳若水")
    RoleLine(name='陳若水', role='發言人')
    >>> titled("浙东省委常委、宣传部部长林知远")
    RoleLine(name='林知远', role='浙东省委常委、宣传部部长')
    """
    hit = re.fullmatch(
        rf"(?P<role>(?:[\u4e00-\u9fff（）]{{2,30}}、){{0,3}}[\u4e00-\u9fff]{{0,24}}?{HAN_OFFICE})(?P<blank>\s*)"
        r"(?P<name>[\u4e00-\u9fff]{2,3})",
        text,
    )
    if between := _BETWEEN.fullmatch(text):
        return RoleLine(between["surname"] + between["given"], between["office"])
    if minister := _MINISTER_ALONE.fullmatch(text):
        return RoleLine(minister["name"], minister["office"])
    # with a blank between them the name need not be one that most people bear
    return RoleLine(hit["name"], hit["role"]) if hit and (hit["blank"] or hit["name"][0] in HAN_SURNAMES) else None
