"""Which lines of a page are worth a look: those that a term could stand in and those with a disguise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import ahocorasick_rs
import re2

from cleankit.cache import remembered
from cleankit.filters.spam.characters import ONE_SPELLING, SUM, SUM_BEGINS, continues
from cleankit.filters.spam.host import before_host
from cleankit.filters.spam.kinds import REPORT_ODDS
from cleankit.filters.spam.wording import quick_odds, wording
from cleankit.lazy import expression
from cleankit.page import Page
from cleankit.scan import KnownLines

# A shorter literal stands inside other words all the time: there it has to be whole.
SHORTEST_PART = 5
# Characters before a literal in which another word is looked for, where endings may come between the two.
NEAR = 40
NEAR_SUM = 12
WIDEST_GAP = 3
# RE2 throws its states away when this is full: with 8 MB these expressions took ten times as long.
MAX_MEM = 1 << 26
# Shorter lines have too few words to be told by, longer ones are paragraphs: no planted line of our own that would go
# is one. Quotation marks would keep it.
SHORTEST, LONGEST = 6, 200
# Pairs of words, which take longer, are looked up where the words alone come to this.
GLANCE = 0.0
# Words may be joined by more than a blank.
_JOINTS = "-_./|·–"
# One spelling for what the search sees.
SPELLING = ONE_SPELLING | dict.fromkeys(map(ord, _JOINTS), " ")
# What a literal needs: nothing, one of a list behind it, one of a list before it, other buttons in the line.
ALONE, AFTER, BEFORE, BUTTON = "\t=", "\t>", "\t<", "\t#"
# Buttons in a line that may be those of one site, which names no trade: `Heron login | Heron register | Heron app`.
BUTTONS = 3
_DIGIT = expression(r"[\d一二三四五六七八九十两几]")
_SUM = expression(rf"[{SUM_BEGINS[:-1]}]|r[pm$]")
LATIN = "latin"
_FOREIGN = expression(r"[\u0400-\u052f\u0600-\u06ff\u0e00-\u0e7f\u3040-\ud7af]")
_SCRIPTS = {
    "han": expression(r"[\u3040-\u30ff\u3400-\u9fff]"),
    "hangul": expression(r"[\uac00-\ud7af]"),
    "thai": expression(r"[\u0e00-\u0e7f]"),
    "cyrillic": expression(r"[\u0400-\u052f]"),
    "arabic": expression(r"[\u0600-\u06ff]"),
}
# letter by letter, in `ONE_SPELLING`
_TO_RESPELL = expression(r"[\u0600-\u06ff\u3040-\u9fff]+")
TERMS = Path(__file__).parents[2] / "packs" / "spam" / "terms"

_CJK = r"[\x{3040}-\x{30ff}\x{3400}-\x{9fff}\x{ac00}-\x{d7af}]"
_NO_CJK = r"[^\x{3040}-\x{30ff}\x{3400}-\x{9fff}\x{ac00}-\x{d7af}]"
_GLYPH = r"[A-Za-z\x{c0}-\x{24f}\x{400}-\x{52f}\x{3040}-\x{30ff}\x{3400}-\x{9fff}\x{ac00}-\x{d7af}]"
_ONE = r"[\pL\pN][\x{640}\x{e31}\x{e34}-\x{e3a}\x{e47}-\x{e4e}]*"
# a sign among letters; the one of an e-mail address and digits after a lone capital (`R1T`) are none of that
_LEET = r"[A-Za-z][0134578@$!]{1,3}[A-Za-z]|[A-Za-z]{3}0(?:[^0-9A-Za-z]|$)|(?:^|[^0-9A-Za-z])[013][A-Za-z]{5}"
_DISGUISES = (
    r"[\x{24b6}-\x{24e9}\x{1d400}-\x{1d7ff}\x{1f130}-\x{1f189}]{3}",
    r"[\x{ff10}-\x{ff19}\x{ff21}-\x{ff3a}\x{ff41}-\x{ff5a}]{4}",
    r"[\x{1f1e6}-\x{1f1ff}](?:[^\pL\n]?[\x{1f1e6}-\x{1f1ff}]){2}",
    r"[\x{1f1e6}-\x{1f1ff}][A-Za-z0-9]|[A-Za-z0-9][\x{1f1e6}-\x{1f1ff}]",
    r"[ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ]{3}",
    r"[\x{305}\x{332}-\x{338}\x{33f}\x{347}\x{20d2}\x{20dd}-\x{20e3}]",
    rf"{_GLYPH}[\x{{200b}}-\x{{200f}}\x{{2060}}\x{{feff}}]+{_GLYPH}",
    r"[A-Za-z][\x{370}-\x{52f}]|[\x{370}-\x{52f}][A-Za-z]",
    rf"{_LEET}|[\x{{410}}-\x{{44f}}][01346@]{{1,2}}[\x{{410}}-\x{{44f}}]",
    rf"(?:^|[^\pL\pN]){_ONE}(?:[ ._\-|*·•~/]{{1,2}}{_ONE}){{3}}(?:[^\pL\pN]|$)",
    rf"{_CJK}(?:(?:[ _]?[^\pL\pN\n _][ _]?|[^\pL\pN\n _]{{2}}){_CJK}){{2,}}(?:{_NO_CJK}|$)",
    rf"(?:^|{_NO_CJK}){_CJK}(?:[ _]{{1,2}}{_CJK}){{2,}}(?:{_NO_CJK}|$)",
    # Korean written letter by letter
    r"(?:[\x{3131}-\x{314e}][\x{314f}-\x{3163}1lr]){2}|[\x{ac00}-\x{d7a3}][\x{3131}-\x{314e}][1lr][\x{ac00}-\x{d7a3}]",
    # decomposed accents: a term spelt with them is not the string that the lists hold
    r"[a-zA-Z][\x{300}-\x{304}\x{306}-\x{31b}\x{323}]",
)

_ASCII_DISGUISES = (
    _LEET,
    r"(?:^|[^A-Za-z0-9])[A-Za-z0-9](?:[ ._\-|*~/]{1,2}[A-Za-z0-9]){3}(?:[^A-Za-z0-9]|$)",
)


class Worth(NamedTuple):
    """The numbers of the lines that are worth a look. `named`: those that may hold a term of some trade, from the top,
    with the offsets into the page where they may; and those with a disguise or many buttons, with none. `worded`: those
    that a model takes for planted, at a glance."""

    named: dict[int, list[int]]
    worded: list[int]


def look(page: Page) -> Worth:
    """What of a page is worth a closer look."""
    named: dict[int, list[int]] = {}
    worded: list[int] = []
    if page.lines:
        for number, line in _known().found(page, 0, len(page.lines) - 1).items():
            if line.offsets is not None:
                start = page.lines[number].start
                named[number] = [start + at for at in line.offsets]
            if line.is_worded:
                worded.append(number)
    named |= {number: [] for number in _disguised(page)}
    return Worth(dict(sorted(named.items())), worded)


class _Line(NamedTuple):
    """The offsets at which a term may stand in a line, None where nothing in it is worth a look; and its wording."""

    offsets: tuple[int, ...] | None
    is_worded: bool


@cache
def _known() -> KnownLines[_Line]:
    return KnownLines(_look)


def _look(page: Page, first: int, last: int) -> dict[int, _Line]:
    begin = page.lines[first].start
    text = one_spelling(page.lowered[begin : page.lines[last].stop])
    terms, buttons = _places(text)
    found: dict[int, list[int]] = {}
    for at in terms:
        number = page.line_at(begin + at)
        found.setdefault(number, []).append(begin + at - page.lines[number].start)
    bars = Counter(page.line_at(begin + at) for at in buttons)
    found |= {number: [] for number, count in bars.items() if count >= BUTTONS}
    worded = {number for number, line in enumerate(text.split("\n"), first) if is_worded(page, number, line)}
    return {
        number: _Line(tuple(found[number]) if number in found else None, number in worded)
        for number in found.keys() | worded
    }


def is_worded(page: Page, number: int, spelt: str) -> bool:
    """Whether a model takes a line for planted at a glance: in lower case and one spelling, with nothing undone."""
    if not SHORTEST < len(spelt) <= LONGEST or '"' in spelt or "“" in spelt or quick_odds(spelt) <= GLANCE:
        return False
    line = page.lines[number]
    title = spelt[: len(before_host(page.lowered[line.start : line.end]))]
    return wording(spelt).odds > REPORT_ODDS or wording(title).odds > REPORT_ODDS


def load() -> None:
    """Read what nearly every page is searched for."""
    _search(LATIN)


def holds(text: str) -> bool:
    """Whether a term may stand in a line in lower case, or the buttons of one site."""
    terms, buttons = _places(one_spelling(text))
    return bool(terms) or len(buttons) >= BUTTONS


def one_spelling(text: str) -> str:
    """A lowered text in the spelling that is searched for."""
    for sign in _JOINTS:
        text = text.replace(sign, " ")
    if text.isascii():
        return text
    return _TO_RESPELL.sub(lambda found: found[0].translate(ONE_SPELLING), text.replace("ı", "i"))


def _places(text: str) -> tuple[list[int], list[int]]:
    """Where in a text in one spelling a term may stand, and where words of buttons do."""
    foreign = _FOREIGN.search(text) if not text.isascii() else None
    scripts = [name for name, letters in _SCRIPTS.items() if letters.search(text, foreign.start())] if foreign else []
    terms: list[int] = []
    buttons: list[int] = []
    for script in (LATIN, *scripts):
        _search(script).look(text, terms, buttons)
    return terms, buttons


def _disguised(page: Page) -> Iterator[int]:
    data = page.data
    disguise = _disguise(data.isascii())
    found = disguise.search(data)
    while found is not None:
        number = page.line_of_byte(found.start())
        if number >= len(page.lines):
            return
        yield number
        if number + 1 >= len(page.line_bytes):
            return
        found = disguise.search(data, page.line_bytes[number + 1])


@cache
def _disguise(ascii_only: bool) -> Any:
    """All disguises in one expression; a page in plain ASCII needs the few that go without other signs."""
    disguises = _ASCII_DISGUISES if ascii_only else _DISGUISES
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    options.never_nl = True
    options.max_mem = MAX_MEM
    return re2.compile(f"(?m:{'|'.join(disguises)})".encode(), options)


class _Literal(NamedTuple):
    """A literal that is searched for, whether it is a term by itself, and else what has to stand beside it.

    Of the words before it `near` are those with endings, so that they may stand a little way off; a sum may be what has
    to stand on either side.
    """

    may_begin_inside: bool
    may_go_on: bool
    is_part: bool
    is_word: bool  # whether it matters if it is a word where it stands
    is_alone: bool
    is_button: bool
    after: tuple[str, ...]
    before: tuple[str, ...]
    near: tuple[str, ...]
    sum_after: bool
    sum_before: bool
    right: str  # letters one of which comes next, where that can be told at a glance
    left: str

    def may_be_met(self, text: str, start: int, end: int) -> bool:
        """A glance at the letters beside it, which most are passed over with."""
        if self.near or self.sum_before or self.may_go_on:
            return True
        right = text[end : end + 1]
        if right == " ":
            right = text[end + 1 : end + 2]
        if right in self.right or right == " ":
            return True
        left = text[start - 1 : start]
        if left == " ":
            left = text[start - 2 : start - 1]
        return left in self.left or left == " "

    def is_met(self, text: str, start: int, end: int, begins: bool, ends: bool) -> bool:
        """Whether one of the texts that it needs stands beside it; `begins` and `ends` tell if it is a word there."""
        if (self.after or self.sum_after) and (begins or self.is_part):
            at = self._next(text, end)
            if text.startswith(self.after, at) or (self.sum_after and _SUM.match(text, at)):
                return True
        if not (ends or self.is_part):
            return False
        if self.before and text.endswith(self.before, 0, _behind_word(text, start)):
            return True
        near = max(0, start - NEAR_SUM)
        if self.sum_before and _DIGIT.search(text, max(near, text.rfind("\n", near, start)), start):
            return True
        before = text[max(0, start - NEAR) : start].rpartition("\n")[2] if self.near else ""
        return any(other in before for other in self.near)

    def _next(self, text: str, at: int) -> int:
        """Where the next word begins."""
        while self.may_go_on and at < len(text) and continues(text[at - 1], text[at]):
            at += 1
        stop = at + WIDEST_GAP
        while at < stop and text[at : at + 1] == " ":
            at += 1
        return at


def _behind_word(text: str, start: int) -> int:
    """Where the word before an offset ends."""
    at = start
    while at and start - at < WIDEST_GAP and text[at - 1] == " ":
        at -= 1
    return at


class _Search:
    """The search for all literals of a script."""

    def __init__(self, tables: dict[str, list[str]]) -> None:
        self._rows = tables["literals"]
        self._lists = tables["lists"]
        self._read: dict[int, _Literal] = {}
        self._all = ahocorasick_rs.AhoCorasick([row[: row.index("\t")].strip("*") for row in self._rows])

    def look(self, text: str, terms: list[int], buttons: list[int]) -> None:
        """Add where in a text a term may stand and where a button does."""
        for which, start, end in self._all.find_matches_as_indexes(text, overlapping=True):
            literal = self._read.get(which) or self._literal(which)
            begins = ends = True  # or does not matter
            if literal.is_word:
                begins = literal.may_begin_inside or start == 0 or not continues(text[start - 1], text[start])
                ends = literal.may_go_on or end == len(text) or not continues(text[end - 1], text[end])
                if begins and ends:
                    if literal.is_button:
                        buttons.append(start)
                    if literal.is_alone:
                        terms.append(start)
                        continue
            if literal.may_be_met(text, start, end) and literal.is_met(text, start, end, begins, ends):
                terms.append(start)

    def _literal(self, which: int) -> _Literal:
        text, *needs = self._rows[which].split("\t")
        others: dict[str, list[str]] = {AFTER: [], BEFORE: []}
        for need in needs:
            side, number = f"\t{need[0]}", need[1:]
            if number:
                others[side] += self._lists[int(number)].split("|")
        after, before = others[AFTER], others[BEFORE]
        is_part = min(map(len, text.strip("*").split())) >= SHORTEST_PART
        is_alone, is_button = ALONE[1:] in needs, BUTTON[1:] in needs
        right = {other[:1] for other in after} | ({*SUM_BEGINS} if SUM in after else set())
        literal = self._read[which] = _Literal(
            text[0] == "*",
            text[-1] == "*",
            is_part,
            is_alone or is_button or not is_part,
            is_alone,
            is_button,
            tuple(other for other in after if other != SUM),
            tuple(other for other in before if other != SUM and not other.endswith("*")),
            tuple(other.strip("*") for other in before if other.endswith("*")),
            SUM in after,
            SUM in before,
            "".join(sorted(right)) or "\n",
            "".join(sorted({other[-1:] for other in before})) or "\n",
        )
        return literal


def script_of(literal: str) -> str:
    """In which search a literal is."""
    return next((script for script, letters in _SCRIPTS.items() if letters.search(literal)), LATIN)


@cache
def _search(script: str) -> _Search:
    files = [*sorted(TERMS.glob("*/*.toml")), *sorted(Path(__file__).parent.glob("*.py"))]
    empty: dict[str, list[str]] = {"literals": [], "lists": []}
    return _Search(remembered(f"spam-{script}", files, lambda: _worked_out().get(script, empty)))


@cache
def _worked_out() -> dict[str, dict[str, list[str]]]:
    from cleankit.filters.spam.anchors import anchors  # a second each time a list or this code changes

    return anchors()
