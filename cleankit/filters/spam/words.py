"""What a term is made of, and where it ends in a folded line if it starts at an offset."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from cleankit.filters.spam.characters import SUM, continues, is_unspaced
from cleankit.filters.spam.terms import Tier
from cleankit.lazy import expression

# Two words may be run into one (`slotgacor`) where the result is too long to be a third word by chance.
SHORTEST_GLUED = 7
# Where letters were set apart nobody knows where a word ends; of shorter ones there is always one by chance.
SHORTEST_INSIDE = 5
WIDEST_GAP = 3
_SEPARATORS = frozenset(" -_.·/\u2013|+")
# `Rp 50.000`, `%50`, `50k`, `27 000 ₽`, `3-20万円`, `三千块`
_SUM = expression(
    r"(?:rp\.? ?|rm ?|r\$ ?|[%$€£¥₹₺₩฿₫₽+] ?)?"
    r"(?:\d+(?:[.,]\d+| \d{3}(?!\d))*(?:[-~–]\d+(?:[.,]\d+)*)?|[一二三四五六七八九十两几]{1,3})"
    r"(?:%|[a-z]{1,3}(?![a-z])|[крт]{1,2}(?![а-я])|[百千万亿]{0,2}[元块円]?)[€$£₺₩฿₫₽]?"
)
_MONEY = (  # in letters, behind a sum
    r"euros?|eur|usdt?|dollars?|dólares|dolares|bucks|pounds|reais|real|pesos|soles|liras?|bin|ribu|juta|triệu|trieu|nghìn|ngàn|đồng|"
    r"forint\w*|ft|рубл\w*|руб|тысяч\w*|тыс|บาท|دولار|ريال|درهم|جنيه|دينار"
)
_CURRENCY = expression(rf" ?(?:{_MONEY})(?![^\W\d_])")


class Words(NamedTuple):
    """Folded words one behind the other; each may go on where its flag says so."""

    words: tuple[tuple[str, bool], ...]
    size: int  # letters
    glued: bool

    def end(self, text: str, at: int, glue: Container[int] = (), *, is_whole: bool = True) -> int:
        """Where the words end if they start at `at`, else -1. At the offsets in `glue` words may run together;
        where they are not the whole of a term, the last one may."""
        last = len(self.words) - 1
        for i, (word, may_go_on) in enumerate(self.words):
            if i:
                gap = gap_at(text, at, self.words[i - 1][0] == SUM)
                if gap == at and not self.glued and at not in glue:
                    return -1
                at = gap
            if word == SUM:
                found = _SUM.match(text, at)
                if found is None:
                    return -1
                at = found.end()
                if (money := _behind_currency(text, at)) and (is_whole if i == last else self._goes_on(i, text, money)):
                    at = money
                continue
            if not text.startswith(word, at):
                return -1
            at += len(word)
            if may_go_on:
                while at < len(text) and continues(text[at - 1], text[at]):
                    at += 1
            elif (
                (is_whole if i == last else not self.glued)
                and at < len(text)
                and continues(text[at - 1], text[at])
                and (at not in glue or self.size < SHORTEST_INSIDE)
            ):
                return -1
        return at

    def _goes_on(self, number: int, text: str, at: int) -> bool:
        return text.startswith(self.words[number + 1][0], gap_at(text, at, True))


class Term(NamedTuple):
    """A term as it is looked for: its words and, of a compound, what may follow them. Of some languages and kinds."""

    text: str
    tier: Tier
    words: Words
    langs: frozenset[str]
    kinds: frozenset[str]
    size: int
    tails: Mapping[str, Sequence[Words]] | None = None
    is_apart: bool = True  # whether the tail is a word of its own

    def end(self, text: str, at: int, glue: Container[int]) -> int:
        """Where the term ends if it starts at `at`, else -1."""
        if self.tails is None:
            return self.words.end(text, at, glue)
        end = self.words.end(text, at, glue, is_whole=False)
        if end < 0:
            return -1
        money = _behind_currency(text, end) if self._ends_in_sum else 0
        return max(self._behind(text, at, stop, glue) for stop in (end, money) if stop)

    @property
    def _ends_in_sum(self) -> bool:
        return self.words.words[-1][0] == SUM

    def _behind(self, text: str, at: int, end: int, glue: Container[int]) -> int:
        """Where the tail ends if the head stands at `text[at:end]`, else -1."""
        gap = gap_at(text, end, self._ends_in_sum) if self.is_apart else end
        tails = (self.tails or {}).get(text[gap : gap + 1], ())
        stop = max((tail.end(text, gap, glue) for tail in tails), default=-1)
        is_run_in = self.is_apart and gap == end and not is_unspaced(text[end - 1])
        return -1 if is_run_in and stop - at < SHORTEST_GLUED else stop


def words_of(text: str, tier: Tier) -> Words:
    words = tuple((word.strip("*"), word.endswith("*")) for word in text.split())
    size = sum(len(word) for word, _ in words)
    glued = is_unspaced(words[0][0][-1]) or (size >= SHORTEST_GLUED and tier is not Tier.HONEST)
    return Words(words, size, glued)


def _behind_currency(text: str, at: int) -> int:
    """Behind the currency in letters that follows a sum, 0 where there is none."""
    found = _CURRENCY.match(text, at)
    return found.end() if found else 0


def gap_at(text: str, at: int, is_behind_sum: bool = False) -> int:
    """Behind the signs that may stand between two words, or between a sum and the word that goes on with it."""
    end = at
    while (
        end < len(text)
        and end - at < WIDEST_GAP
        and (text[end] in _SEPARATORS or (is_behind_sum and text[end] in ",،、"))
    ):
        end += 1
    return end
