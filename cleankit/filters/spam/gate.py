"""Which lines of a page are worth a look: those that a term could stand in and those with a disguise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import ahocorasick_rs
import re2

from cleankit.cache import remembered
from cleankit.filters.spam.characters import ONE_SPELLING
from cleankit.lazy import expression
from cleankit.page import Page

# A shorter word stands inside others all the time: where it is looked for, it has to be whole.
SHORTEST_PART = 5
# Words may be joined by more than a blank.
_JOINTS = "-_./|+·–"
# One spelling for what the search sees.
SPELLING = ONE_SPELLING | dict.fromkeys(map(ord, _JOINTS), " ")
_SCRIPTS = {
    "latin": expression(r"[a-z]"),
    "han": expression(r"[\u3040-\u30ff\u3400-\u9fff]"),
    "hangul": expression(r"[\uac00-\ud7af]"),
    "thai": expression(r"[\u0e00-\u0e7f]"),
    "cyrillic": expression(r"[\u0400-\u052f]"),
    "arabic": expression(r"[\u0600-\u06ff]"),
}
TERMS = Path(__file__).parents[2] / "packs" / "spam" / "terms"

_GLYPH = r"[A-Za-z\x{c0}-\x{24f}\x{400}-\x{52f}\x{3040}-\x{30ff}\x{3400}-\x{9fff}\x{ac00}-\x{d7af}]"
_ONE = r"[\pL\pN][\x{e31}\x{e34}-\x{e3a}\x{e47}-\x{e4e}]*"
_DISGUISES = (
    r"[\x{24b6}-\x{24e9}\x{1d400}-\x{1d7ff}\x{1f130}-\x{1f189}]{3}",
    r"[\x{ff10}-\x{ff19}\x{ff21}-\x{ff3a}\x{ff41}-\x{ff5a}]{4}",
    r"[\x{1f1e6}-\x{1f1ff}](?:[^\pL\n]?[\x{1f1e6}-\x{1f1ff}]){2}",
    r"[\x{1f1e6}-\x{1f1ff}][A-Za-z0-9]|[A-Za-z0-9][\x{1f1e6}-\x{1f1ff}]",
    r"[ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ]{3}",
    r"[\x{305}\x{332}-\x{338}\x{33f}\x{347}\x{20d2}\x{20dd}-\x{20e3}]",
    rf"{_GLYPH}[\x{{200b}}-\x{{200f}}\x{{2060}}\x{{feff}}]+{_GLYPH}",
    r"[A-Za-z][\x{370}-\x{52f}]|[\x{370}-\x{52f}][A-Za-z]",
    r"[A-Za-z][0134578@$!]{1,3}[A-Za-z]|[A-Za-z]{3}0(?:[^0-9A-Za-z]|$)|[\x{430}-\x{44f}][01346@][\x{430}-\x{44f}]",
    rf"(?:^|[^\pL\pN]){_ONE}(?:[ ._\-|*·•~/]{{1,2}}{_ONE}){{3}}(?:[^\pL\pN]|$)",
    r"[\x{3040}-\x{30ff}\x{3400}-\x{9fff}\x{ac00}-\x{d7af}](?:[^\pL\pN\n]{1,2}"
    r"[\x{3040}-\x{30ff}\x{3400}-\x{9fff}\x{ac00}-\x{d7af}]){2}",
    # decomposed accents: a term spelt with them is not the string that the lists hold
    r"[a-zA-Z][\x{300}-\x{304}\x{306}-\x{31b}\x{323}]",
)

_ASCII_DISGUISES = (
    r"[A-Za-z][0134578@$!]{1,3}[A-Za-z]|[A-Za-z]{3}0(?:[^0-9A-Za-z]|$)",
    r"(?:^|[^A-Za-z0-9])[A-Za-z0-9](?:[ ._\-|*~/]{1,2}[A-Za-z0-9]){3}(?:[^A-Za-z0-9]|$)",
)


def lines(page: Page) -> list[int]:
    """The numbers of the lines that may hold a term of some trade, and of those with a disguise, from the top."""
    return sorted({*_disguised(page), *_named(page)})


def _named(page: Page) -> Iterator[int]:
    text = _spelt(page.lowered)
    for script, letters in _SCRIPTS.items():
        if script == "latin" or (letters.search(text) if not text.isascii() else None):
            yield from _search(script).lines(page, text)


def _spelt(text: str) -> str:
    """A lowered text in the spelling of the literals; offsets are the same."""
    for sign in _JOINTS:
        text = text.replace(sign, " ")
    if text.isascii() or not _SCRIPTS["han"].search(text):
        return text.replace("ı", "i")
    return text.translate(ONE_SPELLING)


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
    return re2.compile(f"(?m:{'|'.join(disguises)})".encode(), options)


class _Literal(NamedTuple):
    """A literal that is searched for, where it may stand, and the others of which one has to be in the same line."""

    is_part: bool
    may_begin_inside: bool
    may_go_on: bool
    needs: str


class _Search:
    """The search for all literals of a script."""

    def __init__(self, rows: list[str]) -> None:
        self._rows = rows
        self._read: dict[int, _Literal] = {}
        self._all = ahocorasick_rs.AhoCorasick([row[: row.index("\t")].strip("*") for row in rows])

    def _literal(self, which: int) -> _Literal:
        text, _, needs = self._rows[which].partition("\t")
        literal = self._read[which] = _Literal(is_part(text), text[0] == "*", text[-1] == "*", needs)
        return literal

    def lines(self, page: Page, text: str) -> Iterator[int]:
        for which, start, end in self._all.find_matches_as_indexes(text, overlapping=True):
            literal = self._read.get(which) or self._literal(which)
            if not (literal.is_part or _is_apart(text, start, end, literal)):
                continue
            number = page.line_at(start)
            if literal.needs:
                line = page.lines[number]
                rest = f"{text[line.start : start]} \n {text[end : line.end]}"
                if not any(_stands(other, rest) for other in literal.needs.split("|")):
                    continue
            yield number


def script_of(literal: str) -> str:
    """In which search a literal is."""
    return next(
        (script for script, letters in _SCRIPTS.items() if script != "latin" and letters.search(literal)), "latin"
    )


def is_part(word: str) -> bool:
    """Whether a literal is looked for inside other words too: where it is long, or nothing sets words apart."""
    bare = word.strip("*")
    return len(bare) >= SHORTEST_PART or bare[0] >= "\u0e00"


def _is_apart(text: str, start: int, end: int, literal: _Literal) -> bool:
    """Whether a short word stands by itself, as far as it has to."""
    return (literal.may_begin_inside or start == 0 or not text[start - 1].isalpha()) and (
        literal.may_go_on or end == len(text) or not text[end].isalpha()
    )


def _stands(word: str, text: str) -> bool:
    return word.strip("*") in text and (is_part(word) or _whole(word).search(text) is not None)


@cache
def _whole(word: str) -> re.Pattern[str]:
    left = "" if word[0] == "*" else r"(?<![^\W\d_])"
    right = "" if word[-1] == "*" else r"(?![^\W\d_])"
    return re.compile(left + re.escape(word.strip("*")) + right)


@cache
def _search(script: str) -> _Search:
    files = [*sorted(TERMS.glob("*/*.toml")), *sorted(Path(__file__).parent.glob("*.py"))]
    return _Search(remembered(f"spam-{script}", files, lambda: _worked_out().get(script, [])))


@cache
def _worked_out() -> dict[str, list[str]]:
    from cleankit.filters.spam.anchors import anchors  # a second each time a list or this code changes

    return anchors()
