"""Where people talk on a page: labels, names alone on their lines, initials, lines that part what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cleankit.filters.boilerplate.units import Unit
from cleankit.lazy import expression

# "Ada Lovelace: …", "Q. …", ">>ADA: …"
_LABEL = expression(r"([^\s:：,.][^:：.!?]{0,40})[:：](?:\s|$)|(?:Q|A)\b[.: ]")
# "AL  Good morning": the initials of those who speak, in front of their words; they come back
_INITIALS = expression(r"([A-Z]{2,3})\s+[\w\"“]")
# "〇知事": Japanese records
_RING = "〇○◯●◆■"
# Names and offices alone on their lines, without a colon: they come back, and of what stands under them much is prose.
BARE_TIMES, BARE_SIZE, BARE_PROSE = 3, 6, 1 / 3
# A line that parts the talk, "Link to this speech": it comes back over paragraphs, in the midst of the text as well,
# where the headings of teasers do not.
PART_TIMES, PART_SIZE, PART_PROSE, PART_INSIDE, PART_NEAR = 4, 12, 0.6, 2, 6
# Label after label is a transcript or an interview, which begins and ends with labels and short answers.
LABELS, LABELS_NEAR = 4, 12
# So many units of one voice may stand between two of those that come back; a colon stands in a site's own lines, too.
REACH = 8


class Talk(NamedTuple):
    """The units that open what somebody says, or are all of it; `sure` are those of voices that come back."""

    labels: frozenset[int] = frozenset()
    sure: frozenset[int] = frozenset()


def heard(row: Sequence[Unit], first: int, last: int) -> Talk:
    """Who talks in the text from unit `first` to `last`, and around it; nobody where there are few labels near."""
    alone = _alone(row)
    heads = _names(row, alone) | _parts(row, alone, range(first - PART_NEAR, last + PART_NEAR + 1))
    # what is said under one may be a word of thanks
    found = {i: hit[1] for i, unit in enumerate(row) if (hit := _LABEL.match(unit.text))}
    sure = heads | {i + 1 for i in heads} | _initialled(row) | _voices(row, found)
    labels = sure | found.keys()
    near = sum(first - LABELS_NEAR <= i <= last + LABELS_NEAR for i in labels)
    return Talk(frozenset(labels), frozenset(sure)) if near >= LABELS else Talk()


def _alone(row: Sequence[Unit]) -> dict[str, list[int]]:
    """Short lines that are no sentence, and where they stand."""
    alone: dict[str, list[int]] = {}
    for i, unit in enumerate(row[:-1]):
        if unit.size <= PART_SIZE and not unit.ends:
            alone.setdefault(unit.text, []).append(i)
    return alone


def _names(row: Sequence[Unit], alone: dict[str, list[int]]) -> set[int]:
    """`ADA LOVELACE` above what she says: two of them at least take turns."""
    said = [
        lines
        for text, lines in alone.items()
        if len(lines) >= BARE_TIMES
        and (row[lines[0]].size <= BARE_SIZE and ((text[:1].isalpha() and not text[:1].islower()) or text[:1] in _RING))
        and _over_prose(row, lines) >= BARE_PROSE
    ]
    return {i for lines in said for i in lines} if len(said) > 1 else set()


def _parts(row: Sequence[Unit], alone: dict[str, list[int]], text: range) -> set[int]:
    said = (
        lines
        for lines in alone.values()
        if len(lines) >= PART_TIMES
        and sum(i in text for i in lines) >= PART_INSIDE
        and _over_prose(row, lines) >= PART_PROSE
    )
    return {i for lines in said for i in lines}


def _over_prose(row: Sequence[Unit], lines: Iterable[int]) -> float:
    """Of some lines, the share that has a paragraph right below."""
    below = [row[i + 1].is_prose for i in lines]
    return sum(below) / len(below)


def _voices(row: Sequence[Unit], found: Mapping[int, str | None]) -> set[int]:
    """Labels before paragraphs, of two who come back at least."""
    times = Counter(voice for voice in found.values() if voice)
    often = {voice for voice, count in times.items() if count >= BARE_TIMES}
    said = {i for i, voice in found.items() if voice in often}
    # a name in capitals needs no paragraph beside it, which may be broken into lines
    named = {voice for voice in often if voice.isupper() and " " in voice}
    sure = sum(row[i].is_prose or found[i] in named for i in said)
    return said if len(often) > 1 and sure >= BARE_PROSE * len(said) else set()


def _initialled(row: Sequence[Unit]) -> set[int]:
    begins = {i: found[1] for i, unit in enumerate(row) if (found := _INITIALS.match(unit.text))}
    often = {begin for begin, times in Counter(begins.values()).items() if times >= BARE_TIMES}
    return {i for i, begin in begins.items() if begin in often} if len(often) > 1 else set()
