"""What a finding is known by when its text has moved: its rule, and the words where it stands."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from cleankit.model import Finding, Span

# In a long line only the words next to what was found count: a paragraph is one line, and an edit at its other end
# is no reason to ask again. Forty letters are some seven words of English.
REACH = 40

# Only what no repair of blanks, quotation marks, line ends or hidden characters touches: letters and digits. Those
# from U+0080 to U+024F are what UTF-8 that was read as something else is made of, and HTML's escapes stand for a
# character: neither counts, so that a line is known by the same words before and after such a repair.
_TOKEN = re.compile(r"&(?:#\d{2,7}|#[xX][0-9A-Fa-f]{2,6}|[A-Za-z][A-Za-z0-9]{1,10});|([^\W_\u0080-\u024f])")
_LONGEST_TOKEN = 16


class Window(NamedTuple):
    """The words that tell where a finding stands, and the stretch of the text from the first of them to the last."""

    words: str
    span: Span


def words(text: str) -> str:
    """The letters and digits of a text, in small letters.

    >>> words("The  “Harbour”&nbsp;Act,\\r\\n2031")
    'theharbouract2031'
    """
    return "".join(letter for letter in _TOKEN.findall(text) if letter).casefold()


def same(old: str, new: str, *, by_letters: bool) -> bool:
    """Whether a text is known by the same when `old`, a part of it, has become `new`."""
    known_by = words if by_letters else _visible
    return known_by(old) == known_by(new)


def stripped(text: str, start: int, end: int) -> Span:
    """The stretch without the blanks at its ends."""
    inner = text[start:end].lstrip()
    start = end - len(inner)
    return Span(start, start + len(inner.rstrip()))


def _visible(text: str) -> str:
    return "".join(char for char in text if char.isprintable() and not char.isspace())


def window(finding: Finding, text: str) -> Window:
    """What was found, with the rest of its first and its last line as far as `REACH` letters go; `text` is the source.

    A line without any letter (a row of dashes) is known by its other characters; blank ones are all alike.
    """
    if not isinstance(finding.at, Span):
        return Window(finding.at, Span(0, 0))
    start, end = finding.at.start, finding.at.end
    # between the two ends may stand what an earlier stage took out
    found = finding.fix.old if finding.fix else text[start:end]
    inner = found.strip()
    # what ends at a line end touches nothing of the next line
    first = start if inner and _has_line_end(found[: found.index(inner)]) else _reach_back(text, start)
    last = end if _has_line_end(found[len(found.rstrip()) :]) else _reach_on(text, end)
    parts = text[first:start], found, text[end:last]
    said = "".join(map(words, parts)) or "".join(map(_visible, parts))
    return Window(said, stripped(text, first, last))


def line(finding: Finding, text: str) -> str:
    """The hash of the words where a finding stands: the same for every rule, whatever stands above and below."""
    return hashed(window(finding, text))


def hashed(window: Window) -> str:
    """The hash of the words of a window."""
    return _hash(window.words)


def of(finding: Finding, text: str) -> str:
    """The fingerprint of a finding: its rule with the words, or with the JSON Pointer, where it stands in `text`."""
    return _hash(f"{finding.rule}\n{window(finding, text).words}")


def _hash(words: str) -> str:
    # 64 bits: two lines of one corpus that share them are not to be expected below a billion lines
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _has_line_end(text: str) -> bool:
    return "\n" in text or "\r" in text


def _reach_back(text: str, at: int) -> int:
    """Where the words before `at` begin: at the start of the line, or `REACH` letters away."""
    size = REACH * 4
    while True:
        low = max(0, at - size)
        begin = max(text.rfind("\n", low, at), text.rfind("\r", low, at)) + 1 or low
        # a token that the slice cuts in two may pass for letters, so there must be more of them than are taken
        places = [found.start() for found in _TOKEN.finditer(text, begin, at) if found[1]]
        if len(places) > REACH + _LONGEST_TOKEN:
            return places[-REACH]
        if begin > low or low == 0:
            return places[-REACH] if len(places) > REACH else begin
        size *= 4


def _reach_on(text: str, at: int) -> int:
    """Where the words behind `at` end."""
    size = REACH * 4
    while True:
        high = min(len(text), at + size)
        stops = [stop for stop in (text.find("\n", at, high), text.find("\r", at, high)) if stop >= 0]
        end = min(stops, default=high)
        places = [found.end() for found in _TOKEN.finditer(text, at, end) if found[1]]
        if len(places) > REACH + _LONGEST_TOKEN:
            return places[REACH - 1]
        if stops or high == len(text):
            return places[REACH - 1] if len(places) > REACH else end
        size *= 4
