"""Which pages of a corpus are parts of one briefing, and in which order: by headline, day, pager and name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from cleankit.briefing import overlap

# Days between the event and the reports of it.
SAME_DAYS = 3
# `talk`, `talk_2`, `talk-page-3.htm`: the last number of a name, up to three digits long, and what stands around it
_TAIL = re.compile(
    r"^(?P<stem>.*?)(?:[-_./=]*(?:page|p|part)?[-_=]?(?<!\d)(?P<number>\d{1,3}))?(?P<suffix>\.[a-z]{2,5})?$",
    re.IGNORECASE,
)
_IN_TITLE = re.compile(
    r"(?:[(（\[]\s*(\d{1,3})\s*(?:/\s*(\d{1,3})\s*)?[)）\]]|\b(?:page|part|seite)\s*(\d{1,3})|第\s*(\d{1,3})\s*页)\s*$",
    re.IGNORECASE,
)


class Record(NamedTuple):
    """What is asked of a page to tell where it belongs. `title` is folded, without the number of a page."""

    id: str
    title: str
    days: frozenset[date]
    number: int | None
    total: int | None


class Group(NamedTuple):
    """Pages of one briefing: their numbers and ids in order, and how many there are to be."""

    pages: tuple[tuple[int, str], ...]
    total: int


class Unordered(NamedTuple):
    """Pages that look like parts of one briefing, though nothing tells their order."""

    ids: tuple[str, ...]


def record(data: Mapping[str, Any]) -> Record:
    """What a briefing (as JSON values) says of where it belongs."""
    title = data["title"] or ""
    pages = data["pages"] or {"number": None, "total": None}
    told = _IN_TITLE.search(title)
    number = pages["number"] or (int(next(filter(None, (told[1], told[3], told[4])))) if told else None)
    total = pages["total"] or (int(told[2]) if told and told[2] else None)
    days = frozenset(date.fromisoformat(day) for day in (data["date"], data["published"]) if day)
    return Record(data["provenance"]["id"], overlap.key(title), days, number, total)


def same_days(one: Record, other: Record) -> bool:
    """Whether two pages may tell of the same day; a page without one may tell of any."""
    if not one.days or not other.days:
        return True
    return min(abs((a - b).days) for a in one.days for b in other.days) <= SAME_DAYS


def group(records: Iterable[Record]) -> list[Group | Unordered]:
    """The groups of two pages and more. No page is in two of them, and the order of `records` has no say.

    Pages of one headline and day belong together where their names differ in a last number only and a pager stands on
    one of them at least; else where their pagers tell of as many pages, and each of another.
    """
    alike: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for one in sorted(records, key=lambda one: one.id):
        if one.title:
            alike[one.title, _stem(one.id)].append(one)
    found: list[Group | Unordered] = []
    single: dict[tuple[str, int], list[Record]] = defaultdict(list)
    for (title, _), pages in alike.items():
        for part in _parted(pages):
            told = [one for one in part if one.number or one.total]
            if told and len(part) > 1:
                ordered = _ordered(part, _by_name(part) or _by_pager(part))
                found.append(ordered or Unordered(tuple(sorted(one.id for one in part))))
            elif told:
                single[title, told[0].total or 0] += told
    for pages in single.values():
        for part in _parted(pages):
            ordered = _ordered(part, _by_pager(part)) if len(part) > 1 else None
            found += [ordered] if ordered else []
    return found


def _parted(pages: Sequence[Record]) -> list[list[Record]]:
    """The pages parted by the day that they tell of and by how many there are; those without go with the first."""
    parted: list[list[Record]] = []
    for one in sorted(pages, key=lambda one: (not one.total, sorted(one.days) or [date.max], one.id)):
        for part in parted:
            if same_days(part[0], one) and one.total in (None, part[0].total):
                part.append(one)
                break
        else:
            parted.append([one])
    return parted


def _ordered(pages: Sequence[Record], numbers: Mapping[str, int] | None) -> Group | None:
    if not numbers:
        return None
    total = max(one.total or 0 for one in pages)
    ordered = sorted((number, one) for one, number in numbers.items())
    return Group(tuple(ordered), max(total, ordered[-1][0]))


def _by_name(pages: Sequence[Record]) -> dict[str, int] | None:
    """Numbers by the last number in the names, where no pager contradicts; a name without one is the first."""
    named = {one: _number(one.id) for one in pages}
    if sum(number is None for number in named.values()) > 1:
        return None
    least = min((number for number in named.values() if number is not None), default=0)
    # counted from 0 where no name is without a number: the second page of `a_0`, `a_1`
    shift = 1 if least == 0 and None not in named.values() else 0
    if least == 1 and None in named.values():
        shift = 1  # `a`, `a_1`, `a_2`
    numbers = {one: 1 if number is None else number + shift for one, number in named.items()}
    if len(set(numbers.values())) < len(numbers) or min(numbers.values()) < 1:
        return None
    if any(one.number and one.number != number for one, number in numbers.items()):
        return None
    if any(one.total and number > max(one.total, len(pages)) for one, number in numbers.items()):
        return None
    return {one.id: number for one, number in numbers.items()}


def _by_pager(pages: Sequence[Record]) -> dict[str, int] | None:
    """Numbers that the pagers give; one page that does not tell takes the only number that is left."""
    numbers = {one.id: one.number for one in pages if one.number}
    unknown = [one.id for one in pages if not one.number]
    if len(set(numbers.values())) < len(numbers) or len(unknown) > 1:
        return None
    if unknown:
        left = set(range(1, max(one.total or 0 for one in pages) + 1)) - set(numbers.values())
        if len(left) != 1:
            return None
        numbers[unknown[0]] = left.pop()
    return numbers


def _stem(name: str) -> str:
    hit = _TAIL.match(name)
    return hit["stem"] + (hit["suffix"] or "") if hit else name


def _number(name: str) -> int | None:
    hit = _TAIL.match(name)
    return int(hit["number"]) if hit and hit["number"] else None
