"""Where the words of the trades stand in a folded line."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from cleankit.cache import remembered
from cleankit.filters.spam.characters import continues, is_unspaced
from cleankit.filters.spam.fold import term_form
from cleankit.filters.spam.terms import CALLING, COMMON, NAMING, SUM, Tier, read_terms, term_files
from cleankit.lazy import expression

# Two words may be run into one (`slotgacor`) where the result is too long to be a third word by chance.
SHORTEST_GLUED = 7
# Where letters were set apart nobody knows where a word ends; of shorter ones there is always one by chance.
SHORTEST_INSIDE = 5
WIDEST_GAP = 3
LONGEST_TERM = 60
KEY = 2  # characters by which terms are looked up
# `Rp 50.000`, `%50`, `50k`, `27 000 ₽`, `3-20万円`, `三千块`
_SUM = expression(
    r"(?:rp\.? ?|rm ?|r\$ ?|[%$€£¥₹₺₩฿₫₽+] ?)?"
    r"(?:\d+(?:[.,]\d+| \d{3}(?!\d))*(?:[-~–]\d+(?:[.,]\d+)*)?|[一二三四五六七八九十两几]{1,3})"
    r"(?:%|[a-z]{1,3}(?![a-z])|[крт]{1,2}(?![а-я])|[百千万亿]{0,2}[元块円]?)[€$£₺₩฿₫₽]?"
)
SUM_BEGINS = "0123456789٠١٢٣٤٥٦٧٨٩一二三四五六七八九十两几%$€£¥₹₺₩฿₫₽+r"
_MONEY = (  # in letters, behind a sum
    r"euros?|eur|usdt?|dollars?|dólares|dolares|bucks|pounds|reais|real|pesos|soles|liras?|bin|ribu|juta|triệu|trieu|nghìn|ngàn|đồng|"
    r"forint\w*|ft|рубл\w*|руб|тысяч\w*|тыс|บาท|دولار|ريال|درهم|جنيه|دينار"
)
_CURRENCY = expression(rf" ?(?:{_MONEY})(?![^\W\d_])")
_SEPARATORS = frozenset(" -_.·/\u2013|+")
# of two languages that differ about a term, the one that thinks less of it counts
_MILDEST = (Tier.HONEST, Tier.FRAME, Tier.ENTRY, Tier.CALL, Tier.WEAK, Tier.TOPIC, Tier.STRONG)


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
                gap = _gap(text, at, self.words[i - 1][0] == SUM)
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
        return text.startswith(self.words[number + 1][0], _gap(text, at, True))


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
        gap = _gap(text, end, self._ends_in_sum) if self.is_apart else end
        tails = (self.tails or {}).get(text[gap : gap + 1], ())
        stop = max((tail.end(text, gap, glue) for tail in tails), default=-1)
        is_run_in = self.is_apart and gap == end and not is_unspaced(text[end - 1])
        return -1 if is_run_in and stop - at < SHORTEST_GLUED else stop


class Hit(NamedTuple):
    """A term at `text[start:end]` of a folded line; `text` are its words."""

    start: int
    end: int
    term: Term
    text: str

    @property
    def tier(self) -> Tier:
        return self.term.tier


class _Row(NamedTuple):
    """A term as it is remembered: in a line of text, for most of the many terms are never asked for."""

    following: str  # what letters may come next, where the first word ends as it is written
    text: str
    tier: Tier
    tails: str  # number of the list of a compound's tails
    is_apart: bool
    langs: tuple[str, ...]
    kinds: tuple[str, ...]

    def written(self) -> str:
        return "\t".join((*self[:4], "1"[: self.is_apart], *map(" ".join, self[5:])))

    @classmethod
    def read(cls, line: str) -> _Row:
        following, text, tier, tails, is_apart, langs, kinds = line.split("\t")
        return cls(following, text, Tier(tier), tails, bool(is_apart), tuple(langs.split()), tuple(kinds.split()))


_ANY = ""  # the letter that comes next does not matter
_SIZES = (4, 3, 2, 1)  # characters of a beginning: four, or a shorter word


class _FirstWord:
    """The terms that begin with a word, by the letter that comes next: of the hundreds that begin with `best` most are
    passed over with one look, and never made."""

    def __init__(self) -> None:
        self._rows: dict[str, list[str]] = {}
        self._terms: dict[str, list[Term]] = {}

    def add(self, line: str) -> None:
        for letter in line[: line.index("\t")] or (_ANY,):
            self._rows.setdefault(letter, []).append(line)

    def terms(self, letter: str, make: Callable[[list[str]], list[Term]]) -> list[Term]:
        if letter not in self._terms:
            self._terms[letter] = make(self._rows.get(letter, []))
        return self._terms[letter]


# Terms by the beginnings of their first words, then by those words.
_Beginnings = dict[str, dict[str, _FirstWord]]
_Bucket = tuple[_Beginnings, _Beginnings]  # all of them, and those that may begin inside a word
_NONE: dict[str, _FirstWord] = {}


class Lexicon:
    """The terms of some kinds, found leftmost and longest, none inside another."""

    def __init__(self, data: Mapping[str, Any], kinds: frozenset[str]) -> None:
        self._data = data
        self._kinds = kinds
        self.function_words = {lang: set(words) for lang, words in data["function"].items()}
        self._made: dict[str, _Bucket | None] = {}
        self._tails: dict[str, Mapping[str, Sequence[Words]]] = {}

    def knows(self, word: str) -> bool:
        """Whether a word is part of a term that names a thing or calls."""
        return word in self._words

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._data["words"].split("\n"))

    def find(self, text: str, glue: Container[int] = ()) -> Iterator[Hit]:
        """The hits in a folded line, from its start. At the offsets in `glue` words may run together."""
        at, stop = 0, len(text) - 1
        while at < stop:
            hit = self._at(text, at, glue)
            if hit:
                yield hit
            at = hit.end if hit else at + 1

    def names(self, text: str, at: int) -> bool:
        """Whether a term that names a trade stands at an offset of a folded line, or begins a little before."""
        hits = (self._at(text, start, ()) for start in range(at, max(-1, at - LONGEST_TERM), -1))
        return any(hit and hit.tier in (Tier.STRONG, Tier.TOPIC) for hit in hits)

    def _at(self, text: str, at: int, glue: Container[int]) -> Hit | None:
        """The longest term that starts at an offset."""
        key = text[at : at + KEY]
        try:
            terms = self._made[key]
        except KeyError:
            terms = self._made[key] = self._make(key)
        if not terms:
            return None
        begin = terms[0]
        if at > 0 and at not in glue and continues(text[at - 1], text[at]):
            begin = terms[1]
        end, best = -1, list[Term]()
        for term in self._that_begin(begin, text, at) if begin else ():
            stop = term.end(text, at, glue)
            if stop > end:
                end, best = stop, [term]
            elif stop == end > 0:
                best.append(term)
        if not best:
            return None
        term = _agreed(best)
        return Hit(at, end, term, text[at:end] if term.tails else term.text)

    def _make(self, key: str) -> _Bucket | None:
        """The terms that begin so, if there are any."""
        # a first word of one letter may run into what follows it
        keys = dict.fromkeys((key, f"{key[0]} ", key[0]))
        lines = [line for one in keys for line in self._data["terms"].get(one, "").split("\n") if line]
        if not lines:
            return None
        bucket: _Bucket = {}, {}
        for line in lines:
            text = line.split("\t", 2)[1]
            is_inside = text[0] == "*"
            first = text.split(" ", 1)[0].strip("*")
            for beginnings in bucket if is_inside else bucket[:1]:
                beginnings.setdefault(first[: _SIZES[0]], {}).setdefault(first, _FirstWord()).add(line)
        return bucket

    def _that_begin(self, beginnings: _Beginnings, text: str, at: int) -> Iterator[Term]:
        """The terms whose first word stands at an offset, with the right letter behind it."""
        for size in _SIZES if beginnings else ():
            for first, word in beginnings.get(text[at : at + size], _NONE).items():
                if text.startswith(first, at):
                    gap = _gap(text, at + len(first))
                    yield from word.terms(_ANY, self._terms)
                    if gap < len(text):
                        yield from word.terms(text[gap], self._terms)

    def _terms(self, lines: list[str]) -> list[Term]:
        rows = map(_Row.read, lines)
        return [self._term(row) for row in rows if COMMON in row.kinds or not self._kinds.isdisjoint(row.kinds)]

    def _term(self, row: _Row) -> Term:
        words = _words(row.text, row.tier)
        return Term(
            row.text.replace("*", ""),
            row.tier,
            words,
            frozenset(row.langs),
            frozenset() if COMMON in row.kinds else self._kinds.intersection(row.kinds),
            words.size,
            self._tails_of(row.tails) if row.tails else None,
            row.is_apart,
        )

    def _tails_of(self, number: str) -> Mapping[str, Sequence[Words]]:
        if number not in self._tails:
            by_key: dict[str, list[Words]] = {}
            for text in self._data["tails"][int(number)].split("\n"):
                words = _words(text, Tier.STRONG)
                for letter in _first_letters(text):
                    by_key.setdefault(letter, []).append(words)
            self._tails[number] = by_key
        return self._tails[number]


@cache
def lexicon(kinds: frozenset[str]) -> Lexicon:
    """The terms of some kinds that ship with cleankit, read when the first suspicious line is met."""
    return Lexicon(remembered("spam-terms", files(), worked_out), kinds)


def files() -> list[Path]:
    """What the terms depend on: their files, and the code that reads them."""
    return [*term_files(), *sorted(Path(__file__).parent.glob("*.py"))]


def worked_out() -> dict[str, Any]:
    """The terms folded, each once with the languages and kinds that share it, by their first characters."""
    shared: dict[tuple[str, Tier, str, bool], tuple[set[str], set[str]]] = {}
    tails_of: dict[str, int] = {}
    function: dict[str, list[str]] = {}

    def add(text: str, tier: Tier, lang: str, kind: str, tails: str = "", is_apart: bool = True) -> None:
        langs, kinds = shared.setdefault((folded(text), tier, tails, is_apart), (set(), set()))
        langs.add(lang)
        kinds.add(kind)

    for path in term_files():
        entries, compounds = read_terms(path)
        for entry in entries:
            if entry.tier is Tier.FUNCTION:
                function.setdefault(entry.lang, []).append(term_form(entry.text))
            else:
                add(entry.text, entry.tier, entry.lang, entry.kind)
        for part in compounds:
            number = tails_of.setdefault("\n".join(map(folded, part.tails)), len(tails_of))
            for head in part.heads:
                add(head.strip(), part.tier, part.lang, part.kind, str(number), head.endswith(" "))
    terms: dict[str, list[str]] = {}
    words = {word for tails in tails_of for word in tails.split()}
    all_tails = [*tails_of]
    for key, (langs, kinds) in sorted(shared.items(), key=lambda item: (_MILDEST.index(item[0][1]), item[0])):
        text, tier, tails, _ = key
        row = _Row(
            _following(text, all_tails[int(tails)] if tails else ""), *key, tuple(sorted(langs)), tuple(sorted(kinds))
        )
        terms.setdefault(text.lstrip("*")[:KEY], []).append(row.written())
        words |= {*text.split()} if tier in NAMING | CALLING else set()
    return {
        "terms": {k: "\n".join(rows) for k, rows in terms.items()},
        "tails": all_tails,
        "function": function,
        "words": "\n".join(sorted({word.strip("*") for word in words})),
    }


def _following(text: str, tails: str) -> str:
    """The letters one of which must follow the first word of a term, if anything is known of them."""
    first, _, rest = text.partition(" ")
    if first.endswith("*"):
        return ""
    if rest:
        return _first_letters(rest)
    return "".join(sorted({letter for tail in tails.split("\n") if tail for letter in _first_letters(tail)}))


def _first_letters(text: str) -> str:
    return SUM_BEGINS if text.split()[0] == SUM else text.strip("*")[0]


def _agreed(terms: list[Term]) -> Term:
    """Of terms that end together the longest as it is written, the mildest of those, with the languages of all that
    think so: `casino*` of one language must not hide `casino` of another."""
    longest = max(term.size for term in terms)
    same = [term for term in terms if term.size == longest or term.tails]
    first = min(same, key=lambda term: _MILDEST.index(term.tier))
    alike = [term for term in terms if term.tier is first.tier]
    if len(alike) == 1:
        return first
    kinds = frozenset[str]() if any(not term.kinds for term in alike) else _union(term.kinds for term in alike)
    return first._replace(langs=_union(term.langs for term in alike), kinds=kinds)


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)


def folded(text: str) -> str:
    """A term in the spelling of folded lines, with the stars that let its words go on."""
    return " ".join(_folded_word(word) for word in text.split())


def _folded_word(word: str) -> str:
    return "*" * word.startswith("*") + term_form(word.strip("*")) + "*" * word.endswith("*")


def _words(text: str, tier: Tier) -> Words:
    words = tuple((word.strip("*"), word.endswith("*")) for word in text.split())
    size = sum(len(word) for word, _ in words)
    glued = is_unspaced(words[0][0][-1]) or (size >= SHORTEST_GLUED and tier is not Tier.HONEST)
    return Words(words, size, glued)


def _behind_currency(text: str, at: int) -> int:
    """Behind the currency in letters that follows a sum, 0 where there is none."""
    found = _CURRENCY.match(text, at)
    return found.end() if found else 0


def _gap(text: str, at: int, is_behind_sum: bool = False) -> int:
    """Behind the signs that may stand between two words, or between a sum and the word that goes on with it."""
    end = at
    while (
        end < len(text)
        and end - at < WIDEST_GAP
        and (text[end] in _SEPARATORS or (is_behind_sum and text[end] in ",،、"))
    ):
        end += 1
    return end
