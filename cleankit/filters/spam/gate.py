"""Which lines of a page are worth a look: one RE2 scan over its bytes, after which most pages are done."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import re2

from cleankit.filters.spam.fold import is_unspaced, spellings
from cleankit.filters.spam.lexicon import Entry, Tier, entries
from cleankit.page import Page

# The automaton of some two thousand terms with their spellings; RE2's own 8 MB make it fall back to slow paths.
MAX_MEM = 1 << 27

_LETTER = r"[A-Za-z\x{c0}-\x{24f}\x{370}-\x{52f}\x{1e00}-\x{1eff}]"
_NO_LETTER = _LETTER.replace("[", "[^", 1)
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


def lines(page: Page) -> Iterator[int]:
    """The numbers of the lines that hold a term of the subject or a disguise, from the top."""
    data = page.data
    gate = _gate(data.isascii())
    found = gate.search(data)
    if found is None:
        return
    starts = page.line_bytes
    while found is not None:
        number = bisect_right(starts, found.start()) - 1
        if number >= len(page.lines):
            return
        yield number
        if number + 1 >= len(starts):
            return
        found = gate.search(data, starts[number + 1])


@cache
def _gate(ascii_only: bool) -> Any:
    """The gate for a page. One in plain ASCII needs a part of it, which is ready in a third of the time."""
    words = _least(entries())
    return _compiled([text for text in words if text.isascii()] if ascii_only else words, _DISGUISES)


def _compiled(terms: Iterable[str], disguises: Sequence[str]) -> Any:
    options = re2.Options()
    options.max_mem = MAX_MEM
    options.log_errors = False
    options.never_capture = True
    options.never_nl = True
    # terms of one kind share their boundaries: compiled one by one they take twice as long
    kinds: dict[tuple[str, str, str], list[str]] = {}
    for text in sorted(terms):
        kinds.setdefault(_edges(text), []).append(_body(text))
    parts = [f"(?{flags}:{left}(?:{'|'.join(bodies)}){right})" for (flags, left, right), bodies in kinds.items()]
    return re2.compile("|".join([*parts, f"(?m:{'|'.join(disguises)})"]).encode(), options)


def _least(words: Sequence[Entry]) -> set[str]:
    """The terms without which no other could stand in a line: `casino bonus` needs no pattern beside `casino*`."""
    terms = {entry.text for entry in words if entry.tier in (Tier.STRONG, Tier.TOPIC)}
    topics = {entry.text for entry in words if entry.tier is Tier.TOPIC and " " not in entry.text}
    whole = {text for text in topics if "*" not in text}
    parts = tuple(text for text in topics if is_unspaced(text.strip("*")[-1]))
    stems = tuple(text[:-1] for text in topics if text.endswith("*") and not text.startswith("*"))
    least = set(topics)
    for text in terms - topics:
        first = text.split()[0]
        if first in whole:
            least.add(first + "*")  # the words of a long term may be run together
        elif not (stems and first.startswith(stems)) and not any(part in text for part in parts):
            least.add(text)
    return least


def _edges(term: str) -> tuple[str, str, str]:
    if is_unspaced(term.strip("*")[0]):
        return "m", "", ""
    left = "" if term.startswith("*") else f"(?:^|{_NO_LETTER})"
    right = "" if term.endswith("*") else f"(?:$|{_NO_LETTER})"
    return "im", left, right


def _body(term: str) -> str:
    gap = "" if is_unspaced(term.strip("*")[0]) else "[ ._/|+·–-]{0,2}"
    return gap.join(
        "".join(map(_char, word.strip("*"))) + (f"{_LETTER}*" if word.endswith("*") else "") for word in term.split()
    )


def _char(char: str) -> str:
    """A character in the spellings that folding makes one."""
    if char in "iıİ":
        return "[iIıİ]"
    same = spellings(char) if "\u3400" <= char <= "\u9fff" else char
    return re2.escape(char) if len(same) < 2 else f"[{same}]"
