"""How a pattern in RE2's syntax is read: its items, and the shapes that they have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleankit.lazy import expression

CLASS = expression(r"\[(\^?)(\]?(?:\[:\^?\w+:\]|\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\.|[^\]\\])*)\]", re.S)
_TOKEN = expression(rf"\\.|{CLASS.pattern}|[()]", re.S)
OPENING = expression(r"\((?:\?(?:P?<\w+>|[imsU-]*:))?")
FLAGS = expression(r"\(\?[imsU-]+\)")
COUNT = expression(r"\{(\d+)(,?)(\d*)\}")
HEX = expression(r"\\x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))")
PROPERTY = expression(r"\\[pP](?:\{[^}]*\}|.)")
MEMBER = expression(r"\\x\{[0-9A-Fa-f]+\}|\\x..|\\[pP](?:\{[^}]*\}|.)|\\.|.", re.S)
BETWEEN = frozenset("AzbB")  # escapes that match between characters
MANY = frozenset("dDsSwWC")  # escapes that match many characters
CONTROL = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}


def items(pattern: str) -> Iterator[tuple[str, str]]:
    """The characters, classes, escapes and groups of a pattern, each with the sign for how often it may stand."""
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "(":
            end = _closing(pattern, at) + 1
        elif found := CLASS.match(pattern, at) if char == "[" else None:
            end = found.end()
        elif char == "\\":
            found = HEX.match(pattern, at) or PROPERTY.match(pattern, at)
            end = found.end() if found else at + 2
        else:
            end = at + 1
        count = COUNT.match(pattern, end)
        stop = count.end() if count else end + (pattern[end : end + 1] in ("?", "*", "+"))
        yield pattern[at:end], pattern[end:stop]
        # a question mark behind the count asks for as few as possible: of the same strings
        at = stop + (stop > end and pattern[stop : stop + 1] == "?")


def _closing(pattern: str, at: int) -> int:
    depth = 0
    for token in _TOKEN.finditer(pattern, at):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if depth == 0:
            return token.start()
    raise ValueError(pattern)
