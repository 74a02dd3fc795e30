"""Text that was decoded with the wrong table: repaired by ftfy where that is certain, pointed at where it is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

import re2

from cleankit.invisible import INVISIBLE, visible
from cleankit.lazy import expression
from cleankit.model import About, Finding, Safety, flag, replacement
from cleankit.page import Line, Page

MOJIBAKE = About(
    "encoding/mojibake",
    Safety.SAFE,
    "Characters that were read with the wrong table.",
    "Read with the right one, every byte makes sense; the steps are in the evidence.",
    "The cafÃ© at the pier opened on Monday.\n",
)
LOSSY = About(
    "encoding/lossy",
    Safety.FLAG,
    "Characters that were read with the wrong table, and of which a part is gone.",
    "A lost byte cannot be told from what is left.",
    "The tower\ufffds light is a good one.\n",
)

# The characters that garbled text is made of, by kind. The gate lets through every line that ftfy could change and, of
# clean prose, about one line in a hundred; the law test holds it against ftfy's own verdict.
_UPPER = "À-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĻĽŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŸŹŻŽҐ"
_LOWER = "ß-öø-ÿāăąćčďđēėęěğģīįķĺļľłńņňőœŕśşšťūůűųźżžґﬁﬂ"
_OPENING = "¡«¿©΄΅‘‚“„•‹\uf8ff"
_CLOSING = "®»˝”›™"
_SIGNS = "¢£¥₧€²³¹±¼½¾×µ÷⁄∂∆∏∑√∞∩∫≈≠≡≤≥№¶§°"
_RARE = "\x80-\x9f¦¤¨¬¯¸ƒˆˇ˘˛˜†‡‰⌐◊\ufffdªºЂ│┌┐┘├┤┬┼═-╬▀▄█▌▐░▒▓"
_PAIRS = (
    rf"[{_RARE}]|[ÃÂŒœ](?:[^A-Za-z]|$)"
    rf"|[{_UPPER}{_LOWER}][{_SIGNS}{_OPENING}{_CLOSING}]|[{_LOWER}α-ωάέήίΰа-џ{_CLOSING}{_SIGNS}][{_UPPER}]"
    rf"|[{_CLOSING}{_SIGNS}][{_LOWER}{_SIGNS}{_OPENING}]|[{_OPENING}][{_SIGNS}]"
    rf"|[ØÙÎÐ][\xa0\xad·´–—―…’ŒœŠšŸŽž{_SIGNS}]|[ВГРСΒΓΞΟβ][{_SIGNS}{_OPENING}{_CLOSING}Ά\xad\xa0]"
    r"|√[®™´]|‚Ä|‚[âó]|ā€|ГўВ"
)
_GATE = expression(_PAIRS)

# Bytes of a Chinese, Korean or Cyrillic table read as Latin-1: no language writes six such characters in a row
LATIN_ROW = 6  # in UTF-8 each of them begins with one of two bytes
_OTHER_TABLE = expression(rf"[\u00a1-\u00ac\u00ae-\u00fe]{{{LATIN_ROW},}}")
_LOSSES = ("\ufffd", "\x1a", "â€?", "Ã?", "Â?")
_LOST = expression(r"[^\s\ufffd\x1a]{0,3}[\ufffd\x1a]+|â€\?|[a-z][ÃÂ]\?[a-z]")

# No-break spaces that follow ASCII, held by a mark that is white space to ftfy; `visible` has taken out all others
_FREE = expression(r"(?:(?<=[\x00-\x7f])|^|(?<=\u00a0))\u00a0")
_MARK = "\x1c"
_BLANKS = expression("[\u00a0\u202f\u2007]")
_TRAILING = " \t\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"

# A word in capitals that ends in such a letter before its closing mark, and a unit of area: nothing of it is garbled,
# and to ftfy it looks like `Ô`, `û` and `Ų`.
_MEANT = expression(r"[“‘«„][^”’»“‘«„]*[A-ZÀ-ÖØ-Þ][ÃÂ][”’»“](?![A-Za-z])|[\d ·/][ \u00a0\u202f]?Å[²³]")

_PIECES = expression(r"\S+\s*|\s+")  # a word with its blanks, which alone are everywhere

LONG = 80  # characters of a line from which on an edit of more than half of it is shown as one of the whole line
LONGEST = 2000  # difflib's time grows with the square of this; a longer difference is one edit
ROUNDS = 4  # three layers of wrong decoding are the most that ftfy's own cases show


class Mojibake:
    """Judges line by line: a verdict must not depend on the neighbours."""

    name = "mojibake"
    about = (MOJIBAKE,)

    def __call__(self, page: Page) -> Iterator[Finding]:
        text = page.text
        if text.isascii():
            return
        for line in _suspects(page):
            old = text[line.start : line.end]
            if old.isascii() or not may_be_garbled(old):
                continue
            new, steps = repair(old)
            if new != old:
                evidence = (("steps", steps),)
                for start, end, piece in _differences(old, new):
                    at = line.start + start
                    yield replacement(
                        MOJIBAKE.rule, MOJIBAKE.summary, text, at, line.start + end, piece, evidence=evidence
                    )


class Lossy:
    """Runs on repaired text and flags what is still garbled."""

    name = "lossy"
    about = (LOSSY,)

    def __call__(self, page: Page) -> Iterator[Finding]:
        text = page.text
        if text.isascii() and "\x1a" not in text:
            return
        if any(sign in text for sign in _LOSSES):
            for found in _LOST.finditer(text):
                yield flag(LOSSY.rule, LOSSY.summary, *found.span())
        if page.data.count(b"\xc2") + page.data.count(b"\xc3") < LATIN_ROW:
            return
        for found in _OTHER_TABLE.finditer(text):
            # a row of one sign is a drawn line
            if len(set(found[0])) >= 4:
                yield flag(LOSSY.rule, LOSSY.summary, *found.span(), (("shape", "another table read as Latin-1"),))


def _suspects(page: Page) -> Iterator[Line]:
    """The lines with a suspicious pair, or with an invisible character that may part one: one pass of RE2."""
    data = page.text.encode("utf-8", "surrogatepass")
    gate, at, char = _page_gate(), 0, 0
    while found := gate.search(data, at):
        char += len(data[at : found.start()].decode("utf-8", "surrogatepass"))
        line = page.lines[page.line_at(char)]
        yield line
        at = found.start() + len(page.text[char : line.stop].encode("utf-8", "surrogatepass"))
        char = line.stop


@cache
def _page_gate() -> Any:
    options = re2.Options()
    options.never_capture = True
    return re2.compile(f"(?m){_PAIRS}|{INVISIBLE.pattern}".encode(), options)


def may_be_garbled(line: str) -> bool:
    """Whether a line holds a pair of characters that clean text hardly ever has side by side."""
    if _GATE.search(line):
        return True
    return any(_GATE.search(seen) for seen in _readings(line))


@lru_cache(maxsize=2048)
def repair(line: str) -> tuple[str, str]:
    """(the line as it was meant, the steps that led there); the line itself where nothing is certain.

    Stray characters are taken out between the steps, since they stop ftfy now and would let it go on in a second run.
    """
    if _MEANT.search(line):
        return line, ""
    if any(_is_chinese(found[0]) for found in _OTHER_TABLE.finditer(visible(line))):
        return line, ""
    text, steps = line, list[str]()
    for _ in range(ROUNDS):
        before = text
        for seen in _readings(text):
            found = _ftfy().fix_encoding_and_explain(seen, _settings())
            # a repair that loses a byte is none
            if found.text != seen and found.text.count("\ufffd") <= seen.count("\ufffd"):
                steps += [f"{step.action} {step.parameter}" for step in found.explanation or ()]
                text = visible(found.text.replace(_MARK, "\u00a0"))
                break
        if text == before:
            break
    return text, ", ".join(steps)


def _is_chinese(run: str) -> bool:
    """Whether all pairs of bytes are characters of GB 2312, most of them common ones, and the bytes are no UTF-8.

    ftfy would find two of them that happen to make sense, and spoil the rest."""
    data = run.encode("latin-1")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        leads = data[: len(data) // 2 * 2 : 2]
        return all(0xB0 <= lead <= 0xF7 for lead in leads) and sum(lead <= 0xD7 for lead in leads) * 3 >= len(leads) * 2
    return False


def _readings(text: str) -> Iterator[str]:
    """The line in the shapes in which ftfy should see it, the most cautious first.

    No-break spaces behind ASCII cannot be bytes and stop every repair behind them; the last two shapes are what a
    second run would see, when the white space is put right and what is left of the controls is gone.
    """
    seen = visible(text, keep_bytes=True)
    yield _FREE.sub(_MARK, seen)
    plain = _BLANKS.sub(" ", seen).rstrip(_TRAILING)
    if plain != seen:
        yield plain
    bare = _BLANKS.sub(" ", visible(text)).rstrip(_TRAILING)
    if bare != plain:
        yield bare


def _differences(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """The smallest edits from `old` to `new`."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(a) > LONGEST or (len(old) > LONG and len(a) * 2 > len(old) and not a.isascii() and _is_dense(a)):
        yield head, len(old) - tail, b
        return
    # word by word first: the time grows with the square of what is compared
    before, after = _PIECES.findall(a), _PIECES.findall(b)
    at, to = ([0, *accumulate(map(len, pieces))] for pieces in (before, after))
    for a1, a2, b1, b2 in _changes(before, after):
        begin, part, instead = head + at[a1], a[at[a1] : at[a2]], b[to[b1] : to[b2]]
        for start, end, b1, b2 in _changes(part, instead):
            yield begin + start, begin + end, instead[b1:b2]


def _changes(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    from difflib import SequenceMatcher

    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(a1, a2, b1, b2) for tag, a1, a2, b1, b2 in codes if tag != "equal"]


def _is_dense(text: str) -> bool:
    return sum(not c.isascii() for c in text) * 2 > len(text)


@cache
def _ftfy() -> Any:
    import ftfy

    return ftfy


@cache
def _settings() -> Any:
    # decoding repairs only: the defaults straighten curly quotes, narrow full-width Chinese and normalise
    return _ftfy().TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        restore_byte_a0=True,
        replace_lossy_sequences=False,
        decode_inconsistent_utf8=True,
        fix_c1_controls=True,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=True,
    )
