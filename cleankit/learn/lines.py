"""A page's lines as they are counted: folded, so that what varies from page to page is one line, and told apart."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from cleankit.craft.writing import escaped, is_month
from cleankit.lazy import expression
from cleankit.page import Page, is_prose
from cleankit.rules.kinds.kind import BULLET

_BULLET = expression(BULLET)
_NUMBER = expression(r"\d[\d.,]*")
_LETTER = expression(r"[^\W\d_]")
_WORD = expression(r"[^\W\d_]+")
# the marks of sentences and clauses, and the signs that may stand behind them
_END = expression(r"[.!?…:;,。！？：；，、؟۔।။។։][\"'”’»)\]」』）*_ ]*$")
_BEGINNING = ('"', "'", "“", "‘", "„", "«", "「", "『", "(", "[", "（", "【", "…")
_DAY = expression(r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d ?[年月日년월일]")

# Any number is written so in a form; those of other scripts so that a pattern for them is told from one for ASCII.
ZERO, OTHER_ZERO = "0", "٠"

# A row of three numbers or more is data: a table's row, a clock, the figures of a stock exchange.
DATA = 3
# Longer lines are paragraphs: nobody could read through a rule of them.
LONGEST = 1000
# As in the rules for lists of links (`kinds/block.py`): most headlines are longer, and hardly any button is.
HEADLINE = 20
KEY = 16  # bytes; so many that two lines never share one


# What a line is like, whatever page it stands on; sums of these (an enum takes ten times as long).
PROSE = 1  # a paragraph of running text
SPOKEN = 2  # ends, begins or is divided like something a text says: `Thank you.`, `(Laughter.)`, `Li Wei, minister`
NEVER = 4  # a date, a label before a speaker's words, data, a row of signs: nothing that a rule could be about


class Form(NamedTuple):
    """A line as it is counted, and what it is like."""

    text: str
    traits: int


def folded(text: str) -> str:
    """A line without its bullet, every number as a zero.

    >>> folded("• 1,204 Comments"), folded("Page 3 of 12")
    ('0 Comments', 'Page 0 of 0')
    """
    return _NUMBER.sub(lambda found: ZERO if found[0].isascii() else OTHER_ZERO, _BULLET.sub("", text, count=1))


def pattern(form: str) -> str:
    r"""The RE2 pattern that matches the lines of a form and no others.

    >>> pattern("0 Comments (all)")
    '\\d[\\d.,]* Comments \\(all\\)'
    """
    numbers = {ZERO: r"\d[\d.,]*", OTHER_ZERO: r"\p{Nd}[\p{Nd}.,]*"}
    return "".join(numbers.get(char) or escaped(char) for char in form)


def forms(page: Page) -> list[Form]:
    """The lines of a page that are not blank, in their order."""
    texts = filter(None, map(page.line_text, range(len(page.lines))))
    return [form(text) for text in texts]


def form(text: str) -> Form:
    """One line, without the blanks around it.

    >>> form("Thank you.").traits == SPOKEN, form("MODERATOR:").traits == SPOKEN | NEVER
    (True, True)
    """
    if len(text) > LONGEST:
        # enough to tell it from others
        known = text[:LONGEST] + hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
        return Form(known, NEVER | (PROSE if is_prose(text) else 0))
    return _form(text)


@lru_cache(maxsize=1 << 13)  # most lines of a frame come again on the next page
def _form(text: str) -> Form:
    line = folded(text)
    traits = PROSE if is_prose(text) else 0
    if _END.search(line[-12:]) or line.startswith(_BEGINNING) or ", " in line:
        traits |= SPOKEN
    if line.rstrip("*_ ").endswith((":", "：")) or not _LETTER.search(line) or not line.isprintable() or _is_data(line):
        traits |= NEVER
    return Form(line, traits)


def _is_data(line: str) -> bool:
    """Whether a line is a date or a row of figures."""
    numbers = line.count(ZERO) + line.count(OTHER_ZERO)
    if numbers >= DATA or (numbers and _DAY.search(line)):
        return True
    return bool(numbers) and any(is_month(line, found.start(), found.end()) for found in _WORD.finditer(line))


def key(site: str, line: str) -> bytes:
    """What a line of a site is known by in the store."""
    return hashlib.blake2b(f"{site}\0{line}".encode(errors="surrogatepass"), digest_size=KEY).digest()


def is_long(line: str) -> bool:
    """Whether a line is as long as a headline: it may be that of another page, and stand above its own text there.

    >>> is_long("Terms of use"), is_long("The harbour opens again")
    (False, True)
    """
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in line)
    return len(line) + wide >= HEADLINE
