"""Characters that nobody sees: which there are, and where a script or an emoji needs them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleankit.lazy import expression

# C0 but tab, line feed and carriage return; delete; C1; soft hyphen; Arabic letter mark; zero-width space, non-joiner
# and joiner; direction marks, embeddings, isolates; word joiner; byte order mark; interlinear marks and object
# replacement.
# U+001A is left out: it stands for a lost character, as U+FFFD does.
_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x19\x1b-\x1f\x7f"
_C1 = "\x80-\x9f"
_SOFT_HYPHEN = "\u00ad"
_ZERO_WIDTH = "\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffc"

_COLOURS = r"\x1b\[[\d;]{0,16}[A-Za-z]"  # what a terminal is told
INVISIBLE = expression(rf"{_COLOURS}|[{_CONTROLS}{_C1}{_SOFT_HYPHEN}{_ZERO_WIDTH}]")
# Without what may be one byte of a garbled character
_NOT_A_BYTE = expression(rf"{_COLOURS}|[{_CONTROLS}{_ZERO_WIDTH}]")

_JOINERS = "\u200c\u200d"
_SPACE = "\u200b"
_BIDI = expression("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BREAKS = "\x0b\x0c"

_RIGHT_TO_LEFT = expression("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
# Scripts whose letters join: Hebrew to Arabic, the Indic ones, Thai to Khmer, Mongolian; and what emoji are made of
_JOINS = expression(
    "[\u0590-\u109f\u1780-\u18af\u1a00-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff"
    "\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0e\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
# Scripts that mark the ends of words with a zero-width space: Thai, Lao, Tibetan, Myanmar, Khmer and their kin
_UNSPACED = expression("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\ua980-\ua9ff\uaa60-\uaadf]")
_ENTITY_WITH = expression(rf"&(?:[#A-Za-z0-9{_CONTROLS}{_C1}{_SOFT_HYPHEN}{_ZERO_WIDTH}]){{1,40}};")


def stray(line: str, pattern: re.Pattern[str] = INVISIBLE) -> Iterator[tuple[int, int, str]]:
    """(start, end, replacement) of the invisible characters of a line that nothing needs.

    What a character needs is judged by the nearest visible ones, so that taking one out changes no other verdict.
    """
    if not pattern.search(line):
        return
    # the letters of a terminal's sequence are no neighbours
    shown = re.sub(_COLOURS, lambda found: "\x01" * len(found[0]), line) if "\x1b" in line else line
    right_to_left = bool(_RIGHT_TO_LEFT.search(line))
    behind, ahead, word_ahead = _Behind(shown), _Ahead(shown), _Ahead(shown, over=_BREAKS)
    # taking one out from between `&` and `;` could make an entity of what was none
    guarded = {at for found in _ENTITY_WITH.finditer(shown) for at in range(*found.span())} if "&" in line else set()
    for found in pattern.finditer(line):
        start, end = found.span()
        char, before, after = line[start], behind.nearest(start), ahead.nearest(end)
        if start in guarded:
            continue
        if _BIDI.match(char):
            needed = right_to_left
        elif char in _JOINERS:
            needed = bool(_JOINS.match(before) or _JOINS.match(after))
        elif char == _SPACE:
            needed = bool(_UNSPACED.match(before) or _UNSPACED.match(after))
        elif char == _SOFT_HYPHEN:
            # at the end of a line it shows: there it is the hyphen of a broken word
            needed = _is_ink(before) and not after
        else:
            needed = False
        if not needed:
            # of a run of breaks between two words, one blank is left
            between = char in _BREAKS and _is_ink(before) and _is_ink(word_ahead.nearest(end))
            yield start, end, " " if between else ""


def visible(line: str, *, keep_bytes: bool = False) -> str:
    """The line without its stray characters; `keep_bytes` leaves C1 controls and soft hyphens, which may be bytes."""
    pieces: list[str] = []
    at = 0
    for start, end, new in stray(line, _NOT_A_BYTE if keep_bytes else INVISIBLE):
        pieces += line[at:start], new
        at = end
    return "".join((*pieces, line[at:])) if pieces else line


class _Behind:
    """The nearest visible character or break before an offset, asked from left to right: each one is read once."""

    def __init__(self, line: str) -> None:
        self._line, self._read, self._char = line, 0, ""

    def nearest(self, at: int) -> str:
        for i in range(at - 1, self._read - 1, -1):
            if not _is_hidden(self._line[i]):
                self._char = self._line[i]
                break
        self._read = max(self._read, at)
        return self._char


class _Ahead:
    """The nearest visible character or break from an offset on, asked from left to right."""

    def __init__(self, line: str, over: str = "") -> None:
        self._line, self._over, self._read = line, over, 0

    def nearest(self, at: int) -> str:
        self._read = max(self._read, at)
        while self._read < len(self._line):
            char = self._line[self._read]
            if char not in self._over and not _is_hidden(char):
                return char
            self._read += 1
        return ""


def _is_hidden(char: str) -> bool:
    return char not in _BREAKS and INVISIBLE.match(char) is not None


def _is_ink(char: str) -> bool:
    return bool(char) and not char.isspace()
