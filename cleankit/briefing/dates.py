"""Dates as pages write them: ISO, month names of many languages, Chinese, Japanese and Korean forms, clock times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cleankit.known import known

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "fi": (
        "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta "
        "marraskuuta joulukuuta"
    ),
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
}
_SHORT = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11,
    "dec": 12, "janv": 1, "févr": 2, "avr": 4, "juil": 7, "déc": 12, "okt": 10, "dez": 12, "ene": 1, "abr": 4,
    "ago": 8, "dic": 12, "mär": 3, "agu": 8, "des": 12, "aralik": 12, "agustos": 8, "fevrier": 2, "aout": 8,
}  # fmt: skip
_MONTH = _SHORT | {name: number for names in _MONTHS.values() for number, name in enumerate(names.split(), 1)}

_NAME = "(?P<month>" + "|".join(sorted(map(re.escape, _MONTH), key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
# the year before the first of an era
_ERAS = {"中華民國": 1911, "令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_HAS_YEAR = re.compile(r"(?:19|20)\d\d|令和|平成|昭和|民[國国]|(?<!\d)1[0-4]\d\s?年")
_DAY = r"(?<!\d)(?P<day>[0-3]?\d)"
_FORMS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}\s*[年년]\s*(?P<number>[01]?\d)\s*[月월]\s*(?P<day>[0-3]?\d)\s*[日일号號]",
        # the years of Japanese reigns and of the Republic in Taiwan
        r"(?P<era>令和|平成|昭和|(?:中華)?民國|民国)\s*(?P<era_year>\d{1,3}|元)\s*年\s*(?P<number>[01]?\d)\s*月\s*(?P<day>[0-3]?\d)\s*日",
        # offices in Taiwan leave the era out
        r"(?<!\d)(?P<roc>1[0-4]\d)\s?年\s?(?P<number>[01]?\d)\s?月\s?(?P<day>[0-3]?\d)\s?日",
        rf"ngày {_DAY} tháng (?P<number>[01]?\d),? năm {_YEAR}",
        rf"(?<!\d){_YEAR}\.\s*{_NAME}\s*{_DAY}(?!\d)",
        rf"(?<!\d){_YEAR}\.\s(?P<number>[01]?\d)\.\s(?P<day>[0-3]?\d)\.?(?!\d)",
        rf"(?<![\d/.-]){_YEAR}(?P<s>[-/.])(?P<number>[01]?\d)(?P=s)(?P<day>[0-3]?\d)(?![\d/-])",
        rf"\b{_NAME}\s*{_DAY}(?:st|nd|rd|th)?\s*,?\s*{_YEAR}",
        rf"{_DAY}(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|of\s+)?{_NAME},?\s+(?:del?\s+)?{_YEAR}(?:\s*(?:года|г\.|року))?",
        rf"{_DAY}-{_NAME}-{_YEAR}",
        rf"(?<![\d/.-]){_DAY}(?P<s>[./-])(?P<number>[01]?\d)(?P=s){_YEAR}",
        rf"(?<![\d/.-])(?P<number>[01]?\d)/{_DAY}/{_YEAR}",
    )
]
_ZONE = r"(?:\s*\(?(?:local time|(?-i:(?:GMT|UTC)[+-]\d{1,2}(?::?\d\d)?|[A-Z]{2,5}|Uhr|h))\b\)?)?"
CLOCK = re.compile(
    rf"(?<![\d:.])(?:[01]?\d|2[0-3])(?:[:.h][0-5]\d){{0,2}}\s*[ap]\.?\s?m\b\.?{_ZONE}|"
    rf"(?<![\d:.])(?:[01]?\d|2[0-3])(?:[:.h]|\sh\s)[0-5]\d(?:[:.][0-5]\d)?(?!\d){_ZONE}|"
    r"(?:(?:上午|下午|午前|午後|오전|오후|香港時間|北京时间)\s?)?(?<!\d)(?:[01]?\d|2[0-3])\s?[時时시點点](?:\s?[0-5]?\d\s?[分분])",
    re.IGNORECASE,
)
LONGEST_CLOCK = 100
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = "|".join(_WEEKDAYS)
_OTHER_WEEKDAYS = (
    "lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag mittwoch donnerstag freitag samstag sonntag "
    "lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica "
    "senin selasa rabu kamis jumat sabtu minggu pazartesi salı çarşamba perşembe cuma cumartesi pazar понедельник "
    "вторник среда четверг пятница суббота воскресенье mon tue tues wed thu thur thurs fri sat sun "
    "segunda terça quarta quinta sexta maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
)
_ANY_WEEKDAY = re.compile(
    rf"\b(?:{WEEKDAY}|{'|'.join(_OTHER_WEEKDAYS.split())})\b\.?(?:-feira)?|(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]|"
    r"[（(][月火水木金土日]・?祝?[)）]|[（(][월화수목금토일][)）]|[月火水木金土日]曜日?|[월화수목금토일]요일",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date and where it stands."""

    day: date
    start: int
    end: int


def find(text: str) -> Iterator[Found]:
    """The dates in `text`, in order; those with two readings (03/04/2021) and impossible ones are left out.

    >>> [found.day.isoformat() for found in find("Rome | 3 p.m. Oct. 12,2023")]
    ['2023-10-12']
    """
    return iter(_all(text)) if _HAS_YEAR.search(text) else iter(())


@known(512, longest=300)
def _all(text: str) -> tuple[Found, ...]:
    found: list[Found] = []
    taken = bytearray(len(text))
    for form in _FORMS:
        for hit in form.finditer(text):
            day = _day(hit)
            if day and taken.find(1, *hit.span()) < 0:
                found.append(Found(day, *hit.span()))
                taken[hit.start() : hit.end()] = b"\1" * (hit.end() - hit.start())
    return tuple(sorted(found, key=lambda one: one.start))


def first(text: str) -> date | None:
    """The first date in `text`."""
    return next((found.day for found in find(text)), None)


def alone(text: str) -> date | None:
    """The date of a line that holds nothing else: a weekday or a clock time at most."""
    hits = list(find(text))
    if len(hits) != 1:
        return None
    rest = CLOCK.sub(" ", text[: hits[0].start] + " " + text[hits[0].end :])
    return None if re.search(r"\w", without_weekday(rest)) else hits[0].day


def without_weekday(text: str) -> str:
    """The text without the names of weekdays."""
    return _ANY_WEEKDAY.sub(" ", text)


def is_stamp(text: str) -> bool:
    """Whether a line is what a publishing system prints: digits alone, with hour and minute."""
    return bool(re.fullmatch(r"\W*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\sT]+\d{1,2}[:：]\d\d(?:[:：]\d\d)?\W*", text))


def is_clock(text: str) -> bool:
    """Whether a line is a clock time and nothing else."""
    hit = CLOCK.search(text) if len(text) <= LONGEST_CLOCK else None
    return bool(hit) and not re.search(r"\w", text[: hit.start()] + text[hit.end() :])  # type: ignore[union-attr]


def weekday_before(name: str, day: date) -> date:
    """The last such weekday not after `day`.

    >>> weekday_before("Thursday", date(2017, 11, 17)).isoformat()
    '2017-11-16'
    """
    return day - timedelta(days=(day.weekday() - _WEEKDAYS.index(name.lower())) % 7)


def _day(hit: re.Match[str]) -> date | None:
    parts = hit.groupdict()
    number, day = parts.get("number"), int(parts["day"])
    month = int(number) if number else _MONTH.get(parts["month"].lower(), 0)
    # 03/04/2021 is March in one country and April in the next
    if hit[0].count("/") == 2 and not re.match(r"\d{4}", hit[0]) and day <= 12 and month <= 12 and day != month:
        return None
    if roc := parts.get("roc"):
        year = _ERAS["民國"] + int(roc)
    elif era := parts.get("era"):
        year = _ERAS[era] + int(parts["era_year"].replace("元", "1"))
    else:
        year = int(parts["year"])
    try:
        return date(year, month, day)
    except ValueError:
        return None
