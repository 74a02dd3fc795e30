"""Planted lines that name too little of a trade to be told by it: worded as such lines are, on a page that says nothing
of what they say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set
from functools import cached_property
from itertools import chain, pairwise
from typing import NamedTuple

from cleankit import language
from cleankit.filters.spam import gate
from cleankit.filters.spam.characters import is_unspaced
from cleankit.filters.spam.features import is_trade_name
from cleankit.filters.spam.fold import fold
from cleankit.filters.spam.host import before_host
from cleankit.filters.spam.kinds import ODDS, REMOVE_ODDS, REPORT_ODDS, WORDED
from cleankit.filters.spam.lexicon import Hit, lexicon
from cleankit.filters.spam.reading import blanked
from cleankit.filters.spam.score import ALL, score
from cleankit.filters.spam.terms import NAMING, Tier
from cleankit.filters.spam.wording import Wording, quick_odds, wording
from cleankit.lazy import expression
from cleankit.model import Finding, Near, Span, deletion, flag
from cleankit.page import Page

# So many of its words say so: the odd name or address that the model knows nothing of is none of this. Of a line with
# few words the model has to be surer.
WORDS, FEW_WORDS, SURE_OF_FEW = 4, 3, 5.0
# One that names a trade has to be worded so by these log-odds, and by these without the names.
SURE_NAMED, SURE_BESIDE = 3.5, 3.0
# A sum of what a line names tells more of these than a model.
TOLD_BY_SUM = ("frame", "honest", "quoted", "menu", "prose", "sentence")
# A planted line shares few words with the rest of its page, of which there have to be so many bytes in UTF-8.
SHARED, REST = 0.3, 100
# On a page where one line in ten of the rest is worded a little like it, the page is about such things; and where most
# of it is worded so.
TENTH = 1.0

_WORD = expression(r"[^\W\d_]{4,}")
_NAME = expression(r"[^\W_]{4,}")
# `Anna Winner – drums, Paul Stakes – piano`: nobody's name goes for what it sounds like
_ROLE = expression(r"[^\W\d_a-z]\w+ [^\W\d_a-z]\w+ ?(?: [–—-]|[(:]) ?[^\W\d_A-Z]")
# `「中国」` is no more than a word set apart
_QUOTE = expression(r"[\"“”„«»『』《》]|「(?!..」)")


class _Worded(NamedTuple):
    """A line that is worded like planted ones, and what keeps it all the same; empty if nothing does."""

    odds: float
    words: tuple[str, ...]
    held: str = ""


def worded(page: Page, likely: Collection[int], taken: Collection[int], kinds: frozenset[str]) -> Iterator[Finding]:
    """Those of the lines that go or are reported, of the numbers that the gate lets through; of those that are `taken`
    something is said already."""
    for number, told in _judged(page, likely, taken, kinds):
        line, evidence = page.lines[number], _evidence(told)
        if told.held:
            continue
        if told.odds > REMOVE_ODDS:
            yield deletion(WORDED.rule, WORDED.summary, page.text, line.start, line.stop, evidence=evidence)
        else:
            yield flag(WORDED.rule, WORDED.summary, line.start, line.end, evidence)


def near(page: Page, likely: Collection[int], kinds: frozenset[str], numbers: Collection[int]) -> Iterator[Near]:
    """What keeps those of the lines that are worded like planted ones."""
    for number, told in _judged(page, likely, (), kinds):
        if told.held and number in numbers:
            line = page.lines[number]
            yield Near(WORDED.rule, Span(line.start, line.end), _evidence(told), told.held)


def _evidence(told: _Worded) -> tuple[tuple[str, str], ...]:
    return ((ODDS, f"{told.odds:.1f}"), ("wording", ", ".join(told.words)))


def _judged(
    page: Page, likely: Collection[int], taken: Collection[int], kinds: frozenset[str]
) -> Iterator[tuple[int, _Worded]]:
    likely = [number for number in likely if number not in taken and gate.is_worded(page, number, _spelt(page, number))]
    rest = _Rest(page, {*likely, *taken})
    for number in likely:
        text = page.line_text(number)
        if score(text, kinds).has(*TOLD_BY_SUM):
            continue
        folded = fold(text, lexicon(kinds).knows)
        said = max(folded.text, before_host(folded.text), key=lambda text: wording(text).odds)
        told = wording(said)
        if told.odds > REPORT_ODDS:
            words = tuple(folded.original(*place) for place in told.places)
            held = _held(said, told, kinds) or _people(text) or rest.held(_spelt(page, number))
            yield number, _Worded(told.odds, words, held)


def _held(text: str, told: Wording, kinds: frozenset[str]) -> str:
    """What in a line keeps it though it is worded like a planted one; empty if nothing does."""
    hits = [*lexicon(kinds).find(text)]
    if told.words < (FEW_WORDS if told.odds > SURE_OF_FEW else WORDS):
        return "too few of its words say so"
    if _QUOTE.search(text):
        return "something in it stands in quotation marks"
    if _is_news(text, hits):
        return "it speaks of police, law, news or cure"
    beside = _beside_names(text, hits)
    if beside != text and (told.odds <= SURE_NAMED or wording(beside).odds <= SURE_BESIDE):
        return "what stands beside a trade's name does not say so, or not enough"
    return "it is about a trade whose lines are not looked for" if _is_let_alone(text, kinds) else ""


def _people(line: str) -> str:
    """What keeps a line that lists people."""
    return "it lists people and what they do" if len(_ROLE.findall(line)) > 1 else ""


class _Rest:
    """What a page says beside lines that are worded like planted ones, read when first asked for."""

    def __init__(self, page: Page, aside: Set[int]) -> None:
        self._page = page
        self._aside = aside

    def held(self, line: str) -> str:
        """What of it keeps a line."""
        own = _words(line)
        if not self._keeps_all and len(own & self._words) > SHARED * len(own):
            return "the page speaks of the same"
        return self._keeps_all

    @cached_property
    def _keeps_all(self) -> str:
        """What of it keeps every such line."""
        size = _size(self._lines)
        if size < REST:
            return "there is too little else on the page to say that it is of another kind"
        odds = sorted(map(quick_odds, self._lines))
        if odds[len(odds) * 9 // 10] > TENTH or _size(_spelt(self._page, n) for n in self._aside) > size:
            return "the page has other lines of that kind"
        return ""

    @cached_property
    def _lines(self) -> list[str]:
        numbers = (n for n in range(len(self._page.lines)) if n not in self._aside and self._page.line_text(n))
        return [_spelt(self._page, n) for n in numbers]

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(chain.from_iterable(map(_words, self._lines)))


def _size(lines: Iterable[str]) -> int:
    return sum(len(line.encode(errors="replace")) for line in lines)


def _spelt(page: Page, number: int) -> str:
    """A line in the spelling that the gate looks at."""
    line = page.lines[number]
    return gate.one_spelling(page.lowered[line.start : line.end])


def _beside_names(text: str, hits: Iterable[Hit]) -> str:
    """A line without what the lists know as a trade's, and what only sounds like a name of one."""
    names = (match.span() for match in _NAME.finditer(text) if is_trade_name(match[0]))
    return blanked(text, [*((hit.start, hit.end) for hit in hits if hit.tier in NAMING), *names])


def _is_news(text: str, hits: Iterable[Hit]) -> bool:
    lang = language.of_text(text)
    frames = (hit for hit in hits if hit.tier in (Tier.FRAME, Tier.HONEST))
    return any(lang == language.UNKNOWN or lang in hit.term.langs for hit in frames)


def _is_let_alone(text: str, kinds: frozenset[str]) -> bool:
    return kinds != ALL and any(hit.tier in NAMING for hit in lexicon(ALL - kinds).find(text))


def _words(text: str) -> set[str]:
    """The longer words of a text in lower case; pairs of letters where nothing sets words apart."""
    found: set[str] = set()
    for word in _WORD.findall(text):
        if is_unspaced(word[0]):
            found.update(map("".join, pairwise(word)))
        else:
            found.add(word)
    return found
