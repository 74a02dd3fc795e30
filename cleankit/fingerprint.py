"""What a finding is known by when its text has moved: its rule, and the words where it stands."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
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
_ROW = re.compile(r"[^\r\n]+")


class Window(NamedTuple):
    """The words that tell where a finding stands, and the stretch of the text that they stand in."""

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


def _visible(text: str) -> str:
    return "".join(char for char in text if char.isprintable() and not char.isspace())


def windows(finding: Finding, text: str) -> Iterator[Window]:
    """The lines that a finding touches, each with what is found and what stands near it; `text` is the source.

    Where several lines are found as one, they may be fewer or more the next time, as the lines between and beside them
    come and go: each of them tells. A line without any letter (a row of dashes) is known by its other characters; blank
    ones are all alike, and count only where nothing else is found.
    """
    if not isinstance(finding.at, Span):
        yield Window(finding.at, Span(0, 0))
        return
    start, end = finding.at.start, finding.at.end
    # what stands between the two ends may have been taken out by an earlier stage, but for what the edit says
    found = finding.fix.old if finding.fix else text[start:end]
    inner = found.strip()
    if not _has_line_end(inner):
        # what ends at a line end touches nothing of the next line
        first = start if inner and _has_line_end(found[: found.index(inner)]) else _reach_back(text, start)
        last = end if _has_line_end(found[len(found.rstrip()) :]) else _reach_on(text, end, found)
        yield _window((text[first:start], found, text[end:last]), Span(first, last))
        return
    for row in _ROW.finditer(text, start, end):
        if row[0].strip():
            first, last = _reach_back(text, row.start()), _reach_on(text, row.end(), row[0])
            yield _window((text[first:last],), Span(first, last))


def is_of_edit(finding: Finding) -> bool:
    """Whether the words that a finding is known by are, for what was found, those of its edit and not of the source."""
    return finding.fix is not None and not _has_line_end(finding.fix.old.strip())


def window(finding: Finding, text: str) -> Window:
    """Of the lines that a finding touches the first that has a letter, or the first."""
    first = None
    for one in windows(finding, text):
        if words(one.words):
            return one
        first = first or one
    return first or Window("", Span(0, 0))


def _window(parts: tuple[str, ...], span: Span) -> Window:
    return Window("".join(map(words, parts)) or "".join(map(_visible, parts)), span)


def line(finding: Finding, text: str) -> str:
    """The hash by which an entry names a finding: the same for every rule, whatever stands above and below."""
    return hashed(window(finding, text))


def hashed(window: Window) -> str:
    """The hash of the words of a window."""
    return _hash(window.words)


def of(finding: Finding, text: str) -> str:
    """The fingerprint of a finding: its rule with the words, or the JSON Pointer, where it begins in `text`."""
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


def _reach_on(text: str, at: int, found: str) -> int:
    """Where the words behind `at`, the end of what was found, end: `REACH` letters from its beginning."""
    # from its beginning: one rule may find a blank, or the blank and the letter behind it
    count = REACH - sum(bool(token[1]) for token in _TOKEN.finditer(found))
    if count <= 0:
        return at
    size = REACH * 4
    while True:
        high = min(len(text), at + size)
        stops = [stop for stop in (text.find("\n", at, high), text.find("\r", at, high)) if stop >= 0]
        end = min(stops, default=high)
        places = [token.end() for token in _TOKEN.finditer(text, at, end) if token[1]]
        if len(places) > count + _LONGEST_TOKEN:
            return places[count - 1]
        if stops or high == len(text):
            return places[count - 1] if len(places) > count else end
        size *= 4
