"""Which lines of a page are planted, which only look so, and when the page itself is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleankit import language
from cleankit.filters.spam.abouts import GAMBLING, HIJACKED
from cleankit.filters.spam.score import OTHER_SCRIPT, Feature, Score, score
from cleankit.model import Finding, deletion, flag
from cleankit.page import Page

# At 3 no honest line of 272 hard ones and of 9,886 paragraphs of news and briefings was lost; 1.5 caught one sentence
# of 13,141 in 14 languages, and that one was spam.
REMOVE, REPORT = 3.0, 1.5
# In its own language a page speaks about gambling too; 4 kept all honest Chinese lines at a recall of .68.
REMOVE_AT_HOME = 4.0
# Neighbours of a planted line: raised the share of planted blocks removed whole from .72 to .88 at no cost.
GROW = 0.8
MAX_SHARE = 0.30


def planted(page: Page, numbers: Sequence[int]) -> Iterator[Finding]:
    """What is to be said of the lines with a term or a disguise."""
    scores = {n: found for n in numbers if (found := score(page.line_text(n))).total > 0}
    if not scores or not any(found.total + OTHER_SCRIPT >= REPORT for found in scores.values()):
        return
    home = _Home(page, scores)
    scored = {n: home.placed(n, found) for n, found in scores.items()}
    core = {n for n, found in scored.items() if home.may_go(n, found)}
    gone = _grown(page, core, scores, home)
    if gone and _is_hijacked(page, gone):
        share = _letters(page, gone) / max(_letters(page, range(len(page.lines))), 1)
        proof = (("lines", str(len(gone))), ("share", f"{share:.2f}"))
        yield flag(HIJACKED.rule, HIJACKED.summary, 0, len(page.text), proof)
        core, gone = set(), set()
    for number, found in sorted(scored.items()):
        line = page.lines[number]
        if number in gone:
            evidence = _evidence(found, grown=number not in core)
            yield deletion(GAMBLING.rule, GAMBLING.summary, page.text, line.start, line.stop, evidence=evidence)
        elif found.total >= REPORT:
            yield flag(GAMBLING.rule, GAMBLING.summary, line.start, line.end, _evidence(found, grown=False))


class _Home:
    """What the page is written in, planted lines aside: they would vote for themselves, and a second run, without
    them, would see another page."""

    def __init__(self, page: Page, scores: dict[int, Score]) -> None:
        self._page = page
        honest = [n for n in range(len(page.lines)) if n not in scores or scores[n].total < GROW]
        texts = [page.line_text(n) for n in honest if page.is_prose(n)] or [page.line_text(n) for n in honest]
        text = " ".join(texts)
        self.script = language.of_script(text)
        self.lang = language.of_text(text)

    def is_foreign(self, number: int) -> bool:
        """Whether a line is in another script than the page."""
        script = language.of_script(self._page.line_text(number))
        return language.UNKNOWN not in (script, self.script) and script != self.script

    def placed(self, number: int, found: Score) -> Score:
        """A line's score with what the page adds."""
        if found.total > 0 and found.has("strong", "topic") and self.is_foreign(number):
            return found.plus(Feature("other script", OTHER_SCRIPT))
        return found

    def may_go(self, number: int, found: Score) -> bool:
        """Whether a line may be removed for its own sake."""
        if not found.is_removable:
            return False
        if self.is_foreign(number):
            return found.total >= REMOVE
        other_language = self.lang != language.UNKNOWN and self.lang not in found.langs and found.has("strong")
        return found.insists and found.total >= (REMOVE if other_language else REMOVE_AT_HOME)


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


def _is_hijacked(page: Page, gone: set[int]) -> bool:
    """Whether the planted lines are the page. A few of them in a short notice outweigh it by letters, so there must
    also be no more paragraphs left than lines to go."""
    everything = range(len(page.lines))
    if _letters(page, gone) <= MAX_SHARE * _letters(page, everything):
        return False
    return sum(page.is_prose(n) for n in everything if n not in gone) <= len(gone)


def _letters(page: Page, numbers: Sequence[int] | set[int] | range) -> int:
    return sum(sum(map(str.isalpha, page.line_text(n))) for n in numbers)


def _evidence(found: Score, *, grown: bool) -> tuple[tuple[str, str], ...]:
    pairs = [("score", f"{found.total:.1f}")]
    pairs += ((f.name, " ".join([f"{f.points:+.1f}", ", ".join(f.found)]).strip()) for f in found.features)
    if grown:
        pairs.append(("grown", "stands beside a planted line"))
    return tuple(pairs)
