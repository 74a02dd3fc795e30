"""Page numbers that tell of pages which are not here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from cleankit.lazy import expression
from cleankit.model import About, Finding, Safety, flag
from cleankit.page import Page

MISSING_PAGE = About(
    "gaps/missing-page",
    Safety.FLAG,
    "The page numbers say that other pages of this text exist.",
    "What stands on them is not here.",
    "The floor is open.\n1 2 3 >\n",
)

_NEXT = (
    r"next(?: page)?|older|continue|weiter|nächste(?: seite)?|suivante?|page suivante|siguiente|próxim[ao]|seguinte|"
    r"successiv[ao]|volgende|следующая|далее|dalej|następna|sonraki|ileri|berikutnya|selanjutnya|trang sau|"
    r"下一页|下一頁|下页|下頁|尾页|次へ|次のページ|다음"
)
_BACK = (
    r"prev(?:ious)?\.?(?: page)?|zurück|vorherige|précédente?|anterior|precedente|vorige|предыдущая|назад|poprzednia|"
    r"önceki|geri|sebelumnya|trang trước|首页|首頁|上一页|上一頁|上页|上頁|前へ|前のページ|이전"
)
# `< 1 2`, `1 2 3 >`, `1 2 Next`: numbers that count up from one, with a link before or behind them
_DIGIT = expression(r"\d")
LONGEST = 160  # characters of a strip of thirty numbers
_STRIP = expression(
    rf"(?:page:? +|pages:? +)?(?P<back>[<«‹]{{1,2}}|(?:{_BACK}))? *"
    rf"(?P<numbers>\[?1\]?(?: (?:\| )?\[?\d{{1,3}}\]?){{1,30}})(?: *(?:\.\.\.|…) *\d{{0,4}})? *"
    rf"(?P<next>[>»›]{{1,2}}|(?:{_NEXT}))?(?: *[>»›]{{1,2}})?",
    re.IGNORECASE,
)
_OF = expression(
    r"(?:page|seite|página|pagina|strona|страница) +(\d{1,3}) +(?:of|von|de|di|van|z|из) +(\d{1,3})", re.IGNORECASE
)
_OF_HAN = expression(r"第? *(\d{1,3}) *页? */? *共 *(\d{1,3}) *[页頁]")


class MissingPage:
    """Looks at the page before its page numbers are taken out."""

    name = "missing-page"
    about = (MISSING_PAGE,)

    def __call__(self, page: Page) -> Iterator[Finding]:
        for number, line in enumerate(page.lines):
            if line.end - line.start > LONGEST or not _DIGIT.search(text := page.line_text(number)):
                continue
            if evidence := _pages(" ".join(text.split())):
                yield flag(MISSING_PAGE.rule, MISSING_PAGE.summary, line.start, line.end, evidence)


def _pages(text: str) -> tuple[tuple[str, str], ...]:
    """What a strip of page numbers tells; nothing where the line is none."""
    for pattern in (_OF, _OF_HAN):
        if (found := pattern.fullmatch(text)) and int(found[2]) > 1:
            return (("page", found[1]), ("of", found[2]))
    found = _STRIP.fullmatch(text)
    if not found or not (found["back"] or found["next"]):
        return ()
    numbers = [int(n) for n in re.findall(r"\d+", found["numbers"])]
    # a strip counts up, though it may leap over pages
    if any(after <= before for before, after in pairwise(numbers)) or numbers[1] != 2:
        return ()
    missing = "later" if not found["back"] else "earlier" if not found["next"] else "others"
    return (("of", str(numbers[-1])), ("missing", missing))
