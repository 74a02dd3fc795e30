"""Which lines of a page are planted, which only look so, and when the page itself is lost."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from cleankit import language
from cleankit.filters.spam import glued
from cleankit.filters.spam.features import Feature
from cleankit.filters.spam.fold import is_plain, plain
from cleankit.filters.spam.kinds import HIJACKED, KINDS, REMOVE, REMOVE_FROM_SUBJECT, REPORT, SCORE
from cleankit.filters.spam.lexicon import lexicon
from cleankit.filters.spam.score import Score, score
from cleankit.model import Finding, Near, Severity, Span, deletion, flag
from cleankit.page import Page

# What the page adds to a line that names a trade.
OTHER_SCRIPT, OTHER_LANGUAGE, TAIL = 0.8, 0.8, 0.4
# Neighbours of a planted line: raised the share of planted blocks removed whole from .72 to .88 at no cost.
GROW = 0.8
MAX_SHARE = 0.30
# Beyond this a line is a text without line ends, of which no few words could be the most; reading it takes minutes.
LONGEST = 100_000


class _Place(NamedTuple):
    """What is to go: a line, or a part of it (offsets into the line), with what speaks for it."""

    number: int
    found: Score
    part: tuple[int, int] | None = None
    grown: bool = False


class _Weighed(NamedTuple):
    """The lines that name a trade, with what their page adds, and the places of those that are to go."""

    scored: dict[int, Score]
    gone: dict[int, _Place]
    home: _Home


def planted(page: Page, suspicious: Mapping[int, Sequence[int]], kinds: frozenset[str]) -> Iterator[Finding]:
    """What is to be said of the lines that the gate lets through, with the places where a term may stand."""
    scores = _scores(page, suspicious, kinds)
    if not _are_worth_weighing(scores):
        return
    scored, gone, home = _weighed(page, scores, kinds)
    if _is_hijacked(page, gone.values()):
        share = _letters(page, gone.values()) / _all_letters(page)
        proof = (("lines", str(len(gone))), ("share", f"{share:.2f}"))
        whole = flag(HIJACKED.rule, HIJACKED.summary, 0, len(page.text), proof)
        yield replace(whole, severity=Severity.ERROR)
        gone = {}
    for number, found in sorted(scored.items()):
        if place := gone.get(number):
            yield _taken(page, place, kinds, home)
        elif found.total >= REPORT:
            line, about = page.lines[number], KINDS[found.kind]
            yield flag(about.rule, about.summary, line.start, line.end, _evidence(found))


def near(
    page: Page, suspicious: Mapping[int, Sequence[int]], kinds: frozenset[str], numbers: Container[int]
) -> Iterator[Near]:
    """What keeps those of the lines that name a trade, each with its sum."""
    scores = _scores(page, suspicious, kinds)
    if not any(n in numbers for n in scores):
        return
    # of a page that was not worth weighing the page has nothing to add
    weighed = _weighed(page, scores, kinds) if _are_worth_weighing(scores) else None
    for number, found in sorted(weighed.scored.items() if weighed else scores.items()):
        if number not in numbers or (weighed and number in weighed.gone):
            continue
        if weighed and found.total >= REPORT:
            held = weighed.home.held(number, found)
        else:
            held = f"its score is below {REPORT}, from which such a line is reported"
            held += f"; whatever it came to, {found.veto}" if found.veto else ""
        line = page.lines[number]
        yield Near(KINDS[found.kind].rule, Span(line.start, line.end), _evidence(found), held)


def _scores(page: Page, suspicious: Mapping[int, Sequence[int]], kinds: frozenset[str]) -> dict[int, Score]:
    lines = (
        n for n, places in suspicious.items() if len(page.line_text(n)) <= LONGEST and _is_named(page, n, places, kinds)
    )
    return {n: found for n in lines if (found := score(page.line_text(n), kinds)).features}


def _are_worth_weighing(scores: Mapping[int, Score]) -> bool:
    return any(found.has("strong") or found.total + OTHER_SCRIPT + TAIL >= REPORT for found in scores.values())


def _weighed(page: Page, scores: dict[int, Score], kinds: frozenset[str]) -> _Weighed:
    cuts = {n: _Place(n, part[2], part[:2]) for n, found in scores.items() if (part := _stretch(page, n, found, kinds))}
    home = _Home(page, {n: found for n, found in scores.items() if n not in cuts})
    scored = {n: home.placed(n, found) for n, found in scores.items()}
    core = {n for n, found in scored.items() if home.may_go(n, found)}
    gone = cuts | {n: _Place(n, scored[n], grown=n not in core) for n in _grown(page, core, scores, home)}
    return _Weighed(scored, gone, home)


def _is_named(page: Page, number: int, places: Sequence[int], kinds: frozenset[str]) -> bool:
    """A quick look at the places where a term may stand; where there is none, or spelling is in the way, True."""
    line = page.lines[number]
    text = page.folded[line.start : line.end]
    if not places or not is_plain(text):
        return True
    copy, words = plain(text).text, lexicon(kinds)
    return words.names(copy, (at - line.start for at in places))


def _stretch(page: Page, number: int, found: Score, kinds: frozenset[str]) -> tuple[int, int, Score] | None:
    """What was glued to a line that may not go as a whole."""
    if not found.has("strong", "offer") or (found.is_removable and found.insists and found.total >= REMOVE):
        return None
    return glued.stretch(page.line_text(number), found, kinds)


def _taken(page: Page, place: _Place, kinds: frozenset[str], home: _Home) -> Finding:
    about = KINDS[place.found.kind]
    line, text = page.lines[place.number], page.line_text(place.number)
    part = place.part or (None if place.grown else glued.part(text, place.found, kinds, home.script))
    evidence = _evidence(place.found, grown=place.grown)
    if part is None:
        return deletion(about.rule, about.summary, page.text, line.start, line.stop, evidence=evidence)
    begin = page.folded.index(text, line.start)
    start, stop = glued.edges(text, *part)
    return deletion(about.rule, about.summary, page.text, begin + start, begin + stop, evidence=evidence)


class _Home:
    """What the page is written in and whether it is about such things, planted lines aside: they would vote for
    themselves, and a second run, without them, would see another page."""

    def __init__(self, page: Page, scores: dict[int, Score]) -> None:
        self._page = page
        honest = [n for n in range(len(page.lines)) if n not in scores or scores[n].total < GROW]
        prose = [n for n in honest if page.is_prose(n)]
        text = " ".join(page.line_text(n) for n in prose or honest)
        self._honest_text = text.lower()
        self.script = language.of_script(text)
        self.lang = language.of_text(text)
        self._last_prose = prose[-1] if prose else len(page.lines)
        self._is_subject = any(
            found.has("strong", "topic") and not found.is_removable and found.has("frame", "prose", "sentence")
            for found in scores.values()
        )

    def is_foreign(self, number: int) -> bool:
        """Whether a line is in another script than the page."""
        script = language.of_script(self._page.line_text(number))
        return language.UNKNOWN not in (script, self.script) and script != self.script

    def placed(self, number: int, found: Score) -> Score:
        """A line's score with what the page adds."""
        if found.total <= 0 or not found.has("strong", "topic"):
            return found
        if self.is_foreign(number):
            found = found.plus(Feature("other script", OTHER_SCRIPT))
        elif self.lang not in (language.UNKNOWN, *found.langs) and found.has("strong"):
            found = found.plus(Feature("other language", OTHER_LANGUAGE))
        return found.plus(Feature("tail", TAIL)) if number > self._last_prose else found

    def may_go(self, number: int, found: Score) -> bool:
        """Whether a line may be removed for its own sake."""
        return not self.held(number, found)

    def held(self, number: int, found: Score) -> str:
        """What keeps a line from being removed for its own sake; empty if nothing does."""
        # what the page itself speaks of is its own, with all its buttons
        if any(f.name == "services" and f.found[0] in self._honest_text for f in found.features):
            return "the page itself speaks of the name before its buttons"
        if veto := found.veto:
            return veto
        is_foreign = found.has("other script", "other language")
        least = REMOVE_FROM_SUBJECT if self._is_subject and not is_foreign else REMOVE
        # one phrase alone may head a column, but none in another language than the page's or between two paragraphs
        stands_out = found.is_nothing_else and is_foreign
        if found.is_planted_phrase and not is_foreign:
            stands_out = self._is_between_paragraphs(number)
            found = found if stands_out else found.without("wording")
        if not (found.insists or stands_out):
            return "it says so only once and asks nobody in: it may be the heading of a column"
        if found.total >= least:
            return ""
        whose = ", for the page speaks of the subject itself" if least > REMOVE else ""
        return f"its score is below {least}, from which such a line is taken out{whose}"

    def _is_between_paragraphs(self, number: int) -> bool:
        """Whether the next lines with text on both sides are paragraphs."""
        for side in (range(number - 1, -1, -1), range(number + 1, len(self._page.lines))):
            near = next((n for n in side if self._page.line_text(n)), None)
            if near is None or not self._page.is_prose(near):
                return False
        return True


def _grown(page: Page, core: set[int], scores: dict[int, Score], home: _Home) -> set[int]:
    """The core with its neighbours that lean the same way, blank lines between them aside."""
    gone = set(core)
    for start in core:
        for step in (-1, 1):
            number = start + step
            while 0 <= number < len(page.lines):
                if page.line_text(number) and number not in gone:
                    if not _leans(page, number, scores, home.is_foreign(start) == home.is_foreign(number)):
                        break
                    gone.add(number)
                number += step
    return gone


def _leans(page: Page, number: int, scores: dict[int, Score], same_script: bool) -> bool:
    found = scores.get(number)
    if found is None or found.total < GROW or not same_script:
        return False
    return not (found.has("frame", "prose") or page.is_prose(number) or page.line_text(number).endswith((":", "：")))


def _is_hijacked(page: Page, gone: Iterable[_Place]) -> bool:
    """Whether the planted lines are the page. A few of them in a short notice outweigh it by letters, so there must
    also be no more paragraphs left than lines to go."""
    numbers = {place.number for place in gone}
    if not numbers or _letters(page, gone) <= MAX_SHARE * _all_letters(page):
        return False
    return sum(page.is_prose(n) for n in range(len(page.lines)) if n not in numbers) <= len(numbers)


def _all_letters(page: Page) -> int:
    return sum(sum(map(str.isalpha, page.line_text(n))) for n in range(len(page.lines)))


def _letters(page: Page, gone: Iterable[_Place]) -> int:
    return sum(sum(map(str.isalpha, page.line_text(place.number)[slice(*(place.part or (None,)))])) for place in gone)


def _evidence(found: Score, *, grown: bool = False) -> tuple[tuple[str, str], ...]:
    pairs = [(SCORE, f"{found.total:.1f}")]
    pairs += ((f.name, " ".join([f"{f.points:+.1f}", ", ".join(f.found)]).strip()) for f in found.features)
    if grown:
        pairs.append(("grown", "stands beside a planted line"))
    return tuple(pairs)
