"""What stands around a word and asks to leave it as it is: an address, a compound, code, a `[sic]`, quotation marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cleankit.lazy import expression

# characters that, next to a word, make it part of something that is no plain word
_JOINERS = "-–—‐‑/\\@_#`$=<>{}~&+*^%"
_APOSTROPHES = "'’"
_QUOTES = "\"'“”‘’«»„‹›「」"
# `[sic]` stands behind the word, its closing marks, or one more word
_SIC = expression(r"(?i)[^\w\n]{0,4}(?:\w+[^\w\n]{1,4})?[\[(] ?sic\b")
_ASSIGNED = expression(r" (?:=|:=|==) *[^\s=]")

# What an opening mark may stand behind, and a closing one before, other than blanks and the ends of the line.
_OPENS_BEHIND = "([{<—–-/‘“'=:;,\""
_CLOSES_BEFORE = ")]}>—–-/’”'.,;:!?…*\""
_NEVER_OPENED = " \n.,;:!?…)]}"
_FUSED_BEHIND = (",", ".", ";", "!", "?")
_MARK = expression(r"[\"“”„«»「」『』]|``|''")
_MAIL = expression(r"(?m)^ *>.*$")
_SINGLE = expression(r"['‘’]")
_SINGLE_CLOSING = expression(r"(?<=\S)['’](?!\w)")
# a word or a second mark, and not the ending of a possessive that has lost its word
_OPENED = expression(r"(?!s\b)[^\W\d_]|[\"“]")


class _Mark(NamedTuple):
    """A double quotation mark: +1 opens, -1 closes, 0 may do either."""

    start: int
    end: int
    turn: int


def is_bound(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is no plain word: part of a longer thing, spoken of, or left as it is on purpose."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and after and before in _QUOTES and after in _QUOTES:
        return True  # the word itself is spoken of
    if after == "(" or _ASSIGNED.match(text, end):
        return True  # a call, a variable
    return _is_tail(text, start, before) or _is_head(text, end, after) or _SIC.match(text, end) is not None


def _is_tail(text: str, start: int, before: str) -> bool:
    if not before:
        return False
    if before in _APOSTROPHES or before == ".":
        return text[start - 2 : start - 1].isalnum()  # l'importance, example.org
    if before in "\r\n":
        return text[:start].rstrip("\r\n")[-1:] in ("-", "‐")  # the word began in the line above
    return before in _JOINERS or before.isalnum()


def _is_head(text: str, end: int, after: str) -> bool:
    if after and (after in _APOSTROPHES or after == "."):
        rest = text[end + 1 : end + 3]
        is_possessive = after != "." and rest[:1] in ("s", "S") and not rest[1:].isalnum()
        return rest[:1].isalnum() and not is_possessive
    # two hyphens may have lost their blank, or are about to get it
    return bool(after) and (after in _JOINERS or after.isalnum() or text.startswith(" --", end))


def quotations(text: str) -> list[tuple[int, int]]:
    """(start, end) of what stands in quotation marks, sorted; a text folded as `Page.folded` is.

    In doubt a stretch counts as quoted: from a mark without its partner to the end, or from the beginning, of its
    paragraph, and over the paragraphs between two that are partners.

    >>> quotations('It is “one thing” to say.')
    [(6, 17)]
    """
    found = [*_double(text), *_single(text), *_marked(text)]
    return _merged(sorted(found))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _double(text: str) -> Iterator[tuple[int, int]]:
    opened: _Mark | None = None
    for found in _MARK.finditer(text):
        mark = _Mark(*found.span(), _turn(text, found[0], *found.span()))
        is_opening = mark.turn > 0 or (mark.turn == 0 and opened is None)
        if is_opening:
            if opened is not None:  # never closed: quotations of several paragraphs open in each
                yield opened.start, _line_end(text, opened.start)
            opened = mark
        elif opened is None:
            yield _line_start(text, mark.start), mark.end
        else:
            yield opened.start, mark.end
            opened = None
    if opened is not None:
        yield opened.start, _line_end(text, opened.start)


def _turn(text: str, mark: str, start: int, end: int) -> int:
    if mark in "“„«「『" or mark == "``":
        return +1
    if mark in "”»」』" or mark == "''":
        return -1
    before, after = text[start - 1 : start], text[end : end + 1]
    if after == '"' and before in _FUSED_BEHIND:
        return -1  # two marks without their blank, which read as they do with it
    opens = (not before or before.isspace() or before in _OPENS_BEHIND) and bool(after) and after not in _NEVER_OPENED
    closes = bool(before) and not before.isspace() and (not after or after.isspace() or after in _CLOSES_BEFORE)
    return opens - closes


def _single(text: str) -> Iterator[tuple[int, int]]:
    """From a single opening mark to the last one of its line that may close: the others may be apostrophes."""
    opened, end, line_end = -1, 0, 0
    for found in _SINGLE.finditer(text):
        at, mark = found.start(), found[0]
        if at >= line_end:
            if opened >= 0 and end:
                yield opened, end
            opened, end, line_end = -1, 0, _line_end(text, at)
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        if opened < 0:
            if mark != "’" and not before.isalnum() and _OPENED.match(text, at + 1):
                opened = at
                if mark == "‘" and _SINGLE_CLOSING.search(text, at + 1, line_end) is None:
                    end = line_end  # it goes on in the next paragraph, or has lost the other mark
        elif mark != "‘" and before.strip() and not after.isalnum():
            end = max(end, at + 1)
    if opened >= 0 and end:
        yield opened, end


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """Lines that a mark at their beginning says are another's, as in mail."""
    if ">" in text:
        for found in _MAIL.finditer(text):
            yield found.span()


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
