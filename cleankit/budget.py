"""How much of a page may go: past its budget it is put aside as it was, for somebody to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from cleankit.lazy import expression
from cleankit.model import About, Finding, Safety, flag
from cleankit.selection import fits, weight

if TYPE_CHECKING:
    from cleankit.pipeline import Layer

KEYS = PAGE_KEY, RULE_KEY, LEAST_KEY = "page", "rule", "least-words"
# Shares of a page's words. Of 350 whole-page dumps the one that lost most lost 95 % to all rules, and 61 % to a single
# one that knows phrases (`promo/popular-links`); the line model judges the whole page, and has the page's budget. A
# page of fewer words than a paragraph or two can be a pager and nothing else.
DEFAULTS: Mapping[str, float] = {PAGE_KEY: 0.97, RULE_KEY: 0.75, LEAST_KEY: 200, "body/*": 0.97}
# The words of what goes may be shorter than those of the page, but not so much: below that nothing has to be counted.
SHORTER = 3

OVER_PAGE = About(
    "budget/page",
    Safety.FLAG,
    "More of this page's words would go than its budget allows.",
    "Whatever the rules say, a page of which next to nothing is left wants a person's look: it is put aside as it was.",
)
OVER_RULE = About(
    "budget/rule",
    Safety.FLAG,
    "One rule would take more of this page's words than its budget allows.",
    "A rule that knows a phrase or a shape takes lines, not most of a page; where it does, it is mistaken.",
)
ABOUT = (OVER_PAGE, OVER_RULE)

# scripts that set no blanks between words: a character counts as one
_WORD = expression(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1780-\u17ff]|[^\W_]+")


def words(text: str) -> int:
    """How many words a text has; in Chinese, Japanese, Thai and the like how many characters.

    >>> words("The floor is open."), words("会议开始。")
    (4, 4)
    """
    return sum(1 for _ in _WORD.finditer(text))


class Budgets:
    """Tells of a page that would lose too much. `own` are budgets over the defaults, `wanted` of ABOUT what counts."""

    def __init__(self, own: Iterable[tuple[str, float]] = (), wanted: Iterable[About] = ABOUT) -> None:
        self.limits = {**DEFAULTS, **dict(own)}
        self.wanted = tuple(wanted)
        self._smallest = min(limit for key, limit in self.limits.items() if key != LEAST_KEY)

    def __call__(self, source: str, result: str, layers: Sequence[Layer]) -> Finding | None:
        if not self.wanted or (len(source) - len(result)) * SHORTER < self._smallest * len(source):
            return None
        of = words(source)
        if not of or of < self.limits[LEAST_KEY]:
            return None
        gone: Counter[str] = Counter()
        for layer in layers:
            for finding in layer.findings:
                if finding.fix:
                    gone[finding.rule] += max(0, words(finding.fix.old) - words(finding.fix.new))
        if OVER_PAGE in self.wanted and (share := gone.total() / of) > self.limits[PAGE_KEY]:
            return _over(OVER_PAGE, source, share, self.limits[PAGE_KEY])
        if OVER_RULE in self.wanted:
            for rule, count in sorted(gone.items()):
                if (share := count / of) > (limit := _limit(rule, self.limits)):
                    return _over(OVER_RULE, source, share, limit, ("rule", rule))
        return None


def _limit(rule: str, limits: Mapping[str, float]) -> float:
    """The budget of a rule: the one that names it most closely, or the one for any rule."""
    named = [key for key in limits if key not in KEYS and fits(key, rule)]
    return limits[max(named, key=lambda key: (weight(key), len(key)))] if named else limits[RULE_KEY]


def _over(about: About, source: str, share: float, limit: float, *more: tuple[str, str]) -> Finding:
    evidence = (*more, ("share", f"{share:.2f}"), ("budget", f"{limit:g}"))
    return flag(about.rule, about.summary, 0, len(source), evidence)
