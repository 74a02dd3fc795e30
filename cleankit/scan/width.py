"""How much a line can hold that a pattern matches as a whole: most patterns are of a few words, most lines of text of
many more."""

from __future__ import annotations

import re
from math import inf

from cleankit.scan import syntax


def most(pattern: str) -> float:
    """How many letters and digits of ASCII the longest line has that `pattern` (RE2 syntax) matches from end to end.

    >>> most("^ *(?i:read|see) (?:more|[0-9]{1,3}) *$")
    8
    >>> most("^Read .*$"), most("read more")
    (inf, inf)
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
    return item == "." or item.isalnum()


def _of_class(item: str) -> float:
    found = syntax.CLASS.fullmatch(item)
    if not found or found[1] or "[:" in found[2] or re.search(r"[^\\]-.", found[2]):
        return 1
    return max(_of_escape(one) if one[0] == "\\" else one.isalnum() for one in syntax.MEMBER.findall(found[2]))


def _of_escape(item: str) -> float:
    if found := syntax.HEX.fullmatch(item):
        return chr(int(found[1] or found[2], 16)).isalnum()
    return item[1].isalnum() and item[1] not in syntax.BETWEEN and item[1] not in syntax.CONTROL and item[1] != "s"
