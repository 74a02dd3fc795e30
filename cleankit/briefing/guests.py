"""Whom an interview is with: told by its headline and its first paragraphs, where no label names anybody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from cleankit.briefing import names, roles
from cleankit.briefing.model import RoleLine

LEAD = 4  # paragraphs
LEAST = 2  # points
_SMALL = re.compile(
    "an?|and|at|by|for|from|in|of|on|or|the|to|with|und|mit|von|im|et|avec|de|con|y|dan|dengan", re.IGNORECASE
)
_EVENT = re.compile(rf"{names.ANY_EVENT}|\b(?:{'|'.join(sorted(names.EVENTS))})\b", re.IGNORECASE)

# "Lovelace'la", "Lovelace's": what hangs on a name is none of it
_CAP = r"(?:[A-ZÀ-ÞĞİŞА-Я]\.|(?:[A-Z]['’])?[A-ZÀ-ÞĞİŞА-ЯЁ][a-zà-ÿğışĀ-žа-яё][\w\-]*)"
_LAST = r"[A-ZÀ-ÞĞİŞ][A-ZÀ-ÞĞİŞ'’-]{2,}"
_NAME = re.compile(
    rf"(?<![\w'’-]){_CAP}(?=\s)(?:\s(?:(?:de|del|von|van|bin|al|da|di)\s)?{_CAP}){{0,4}}(?:\s{_LAST}(?!\w))?"
)
_WITH = re.compile(
    r"(?:interview\w*|conversation|talk\w*|spoke|speaks|down|sat|entretien|entrevista|gespräch|interviews?|wawancara\w*|"
    r"röportaj|bincang|reporters|q ?& ?a)\s(?:\w+\s){0,3}?(?:with|to|of|avec|de|con|a|mit|dengan|"
    r"ile)\b(?P<gap>[^.!?]{0,120})$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:\b(?:by|par|von|por|oleh|foto|photos?|fotoğraf\w*|penulis|reporter|editor|text)\b:?|[(/:©])\s*$", re.IGNORECASE
)
# "Die Fragen stellte: Ada Lovelace"
_ASKED_BY = re.compile(
    r"(?:fragen stellten?|(?:gespräch|interview) führten?|interview(?:er|ed by)?|propos recueillis par|recueilli par|"
    r"am mikrofon(?: ist)?|"
    rf"entrevist(?:ó|ador|adora|a de)|pewawancara|röportaj)\s*[:：]?\s+(?P<name>(?-i:{_CAP}(?:\s{_CAP}){{1,2}}))",
    re.IGNORECASE,
)


def find(title: str, lead: Sequence[str], page: str = "", credits: Sequence[str] = ()) -> RoleLine | None:
    """The person whom headline and lead tell of before all others, with the office beside the name.

    `page` is all of its text, which may say who asks; `credits` are the names in bylines.

    >>> find("Lovelace on looms and rain", ["Engineer Ada Lovelace met the press at the mill on Friday."]).name
    'Ada Lovelace'
    """
    asking = {names.key(hit["name"]) for hit in _ASKED_BY.finditer(page)} | set(map(names.key, credits))
    points: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    wanted = f" {names.key(title)} "
    for text in lead[:LEAD]:
        for name, at in _named(text):
            key = names.key(name)
            spelt.setdefault(key, name)
            points[key] += 1
            points[key] += 2 * _is_spoken_to(text, at)
            points[key] -= 3 * (_BY.search(text[max(0, at - 20) : at]) is not None)
            points[key] += f" {key} " in wanted or f" {key.split()[-1]} " in wanted
            points[key] += 2 * _is_titled(text, at) + _holds_office(text, at)
    for name, at in _named(title):
        key = names.key(name)
        is_said = _is_spoken_to(title, at) or title[at + len(name) :].lstrip()[:1] in (":", ",")
        points[key] += (key not in spelt) + 2 * is_said + 2 * _is_titled(title, at)
        spelt.setdefault(key, name)
    for key in asking:
        points.pop(key, None)
    top = max(points.values(), default=0)
    best = [key for key, value in points.items() if value == top]
    # "Yesterday Ada Lovelace" and "Ada Lovelace": the shorter one is in both
    best = [key for key in best if not any(key != one and key.endswith(f" {one}") for one in best)]
    is_alone = len(points) == 1 and any(best[0] == names.key(name) for text in lead[:LEAD] for name, _ in _named(text))
    if (top < LEAST and not is_alone) or len(best) != 1:
        return None
    name = spelt[best[0]]
    role = roles.role_near(" . ".join((title, *lead[:LEAD])), name)
    while role and names.HONORIFIC.match(f"{role.split()[-1]} "):
        role = " ".join(role.split()[:-1])
    return RoleLine(name, role or None)


def in_office(title: str, above: str) -> RoleLine | None:
    """The one whom a headline calls by office and last name only, and a line above the text by the whole name.

    >>> in_office("Speaker Lovelace's weekly briefing", "The week with Speaker Ada Lovelace")
    RoleLine(name='Ada Lovelace', role='Speaker')
    """
    words = title.split()
    for office, word in pairwise(words):
        surname = re.sub(r"['’]\w*$|\W+$", "", word)
        if surname[:1].isupper() and names.is_office(office) and not names.is_office(surname):
            line = roles.with_first(above, surname)
            if line:
                return RoleLine(line.name, line.role or office)
    return None


def _is_spoken_to(text: str, at: int) -> bool:
    """Whether a name is the first behind "interview with"."""
    hit = _WITH.search(text[max(0, at - 160) : at])
    return hit is not None and not _NAME.search(hit["gap"])


def _holds_office(text: str, at: int) -> bool:
    before = text[:at].split()[-1:]
    return bool(before) and names.is_office(before[0])


def _is_titled(text: str, at: int) -> bool:
    """Whether `Dr.` or the like stands before a name."""
    before = text[:at].split()[-1:]
    return bool(before) and names.HONORIFIC.match(f"{before[0]} ") is not None


def _named(text: str) -> list[tuple[str, int]]:
    """The names in a text, without offices and titles in front, and where each begins."""
    found: list[tuple[str, int]] = []
    for hit in _NAME.finditer(text):
        words = hit[0].split()
        last = max(
            (n for n, word in enumerate(words) if names.is_office(word) or names.HONORIFIC.match(f"{word} ")),
            default=-1,
        )
        # "A Talk With Ada Lovelace": headlines have capitals throughout
        last = max((n for n, word in enumerate(words) if n >= last and _SMALL.fullmatch(word)), default=last)
        words = words[last + 1 :]
        # the first word of a sentence has a capital, too
        begins = text[: hit.start()].rstrip()[-1:] in ("", ".", "!", "?", ":", "»", "”", '"')
        found += (
            (name, hit.start() + hit[0].index(name))
            for name in dict.fromkeys((" ".join(words), " ".join(words[1:] if begins else words)))
            if 2 <= len(name.split()) <= 4 and names.is_name(name) and not _EVENT.search(name)
        )
    return found
