"""How much a line can hold that a pattern matches as a whole: most patterns are of a few words, most lines of text of
many more."""

from __future__ import annotations

import re
from math import inf

from cleankit.scan import syntax

# `s` and `k` in capitals of their own, and back
_SAME_AS_ASCII = "ſ\u212a"
_NOT_ASCII = frozenset(rf"\p{{{script}}}" for script in ("han", "hangul", "hiragana", "katakana", "cyrillic", "arabic"))


def most(pattern: str) -> float:
    r"""How many letters and digits of ASCII the longest line has that `pattern` (RE2 syntax) matches from end to end.

    >>> most("^ *(?i:read|see) (?:more|[0-9]{1,3}) *$")
    8
    >>> most("^Read .*$"), most("read more")
    (inf, inf)
    >>> most(r"^(?:打印|\p{Han}+)*$")
    0
    """
    try:
        items = [item for item, _ in syntax.items(pattern)]
        is_whole_line = items[:1] == ["^"] and items[-1:] == ["$"] and "|" not in items
        return _of(pattern) if is_whole_line else inf
    except (IndexError, ValueError, RecursionError):
        return inf


def _of(pattern: str) -> float:
    longest: list[float] = [0]
    for item, count in syntax.items(pattern):
        if item == "|":
            longest.append(0)
        else:
            one = _of_item(item)
            longest[-1] += one and one * _times(count)  # nothing, however often, is nothing
    return max(longest)


def _times(count: str) -> float:
    if found := syntax.COUNT.fullmatch(count):
        return int(found[3]) if found[3] else inf if found[2] else int(found[1])
    return 1 if count in ("", "?") else inf


def _of_item(item: str) -> float:
    if item[0] == "(":
        opening = syntax.OPENING.match(item)
        return 0 if syntax.FLAGS.match(item) or not opening else _of(item[opening.end() : -1])
    if item[0] == "[" and len(item) > 1:
        return _of_class(item)
    if item[0] == "\\":
        return _of_escape(item)
    return item == "." or _counts(item)


def _counts(char: str) -> bool:
    """Whether a character, or another case of it, is a letter or a digit of ASCII."""
    return char.isalnum() and (char.isascii() or char in _SAME_AS_ASCII)


def _of_class(item: str) -> float:
    found = syntax.CLASS.fullmatch(item)
    if not found or found[1] or "[:" in found[2] or re.search(r"[^\\]-.", found[2]):
        return 1
    return max(_of_escape(one) if one[0] == "\\" else _counts(one) for one in syntax.MEMBER.findall(found[2]))


def _of_escape(item: str) -> float:
    if found := syntax.HEX.fullmatch(item):
        return _counts(chr(int(found[1] or found[2], 16)))
    if item.lower() in _NOT_ASCII:
        return False
    return item[1].isalnum() and item[1] not in syntax.BETWEEN and item[1] not in syntax.CONTROL and item[1] != "s"
