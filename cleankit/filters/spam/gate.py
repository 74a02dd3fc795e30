"""Which lines of a page are worth a look: those with a term of the subject and those with a disguise."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import re2

from cleankit import scan
from cleankit.cache import remembered
from cleankit.page import Page

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
    r"[A-Za-z][013457@$][a-z]|[A-Za-z]{3}0(?:[^0-9A-Za-z]|$)|[\x{430}-\x{44f}][01346@][\x{430}-\x{44f}]",
    rf"(?:^|[^\pL\pN]){_ONE}(?:[ ._\-|*·•~/]{{1,2}}{_ONE}){{3}}(?:[^\pL\pN]|$)",
    r"[\x{3040}-\x{30ff}\x{3400}-\x{9fff}\x{ac00}-\x{d7af}](?:[ ._\-|*·•~/+、]{1,2}"
    r"[\x{3040}-\x{30ff}\x{3400}-\x{9fff}\x{ac00}-\x{d7af}]){2}",
    # decomposed accents: a term spelt with them is not the string that the lists hold
    r"[a-zA-Z][\x{300}-\x{304}\x{306}-\x{31b}\x{323}]",
)

_ASCII_DISGUISES = (
    r"[A-Za-z][013457@$][a-z]|[A-Za-z]{3}0(?:[^0-9A-Za-z]|$)",
    r"(?:^|[^A-Za-z0-9])[A-Za-z0-9](?:[ ._\-|*~/]{1,2}[A-Za-z0-9]){3}(?:[^A-Za-z0-9]|$)",
)


def lines(page: Page) -> list[int]:
    """The numbers of the lines that hold a term of the subject or a disguise, from the top."""
    return sorted(set(_disguised(page)).union(*_terms().hits(page).values()))


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


@cache
def _terms() -> scan.LineScan:
    files = [*sorted(TERMS.glob("*.toml")), *sorted(Path(__file__).parent.glob("*.py")), *scan.code()]
    patterns = remembered("spam", files, _worked_out)
    return scan.LineScan([[scan.of_json(need)] for _, need in patterns], lambda rule, _: str(patterns[rule][0]))


def _worked_out() -> list[tuple[str, list[Any]]]:
    from cleankit.filters.spam.patterns import patterns

    return [(pattern, scan.as_json(scan.need(pattern))) for pattern in patterns()]
