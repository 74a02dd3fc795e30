"""A page cut into what is kept or dropped as one: its lines, or its paragraphs where lines are wrapped by hand."""

from __future__ import annotations

from typing import NamedTuple

from cleankit.known import known
from cleankit.lazy import expression
from cleankit.page import Page, is_prose

# Mail, transcripts and books are wrapped at 60 to 90 characters; there a line's end says nothing about its sentence.
WRAPPED = range(50, 100)
WRAPPED_SHARE = 0.45
WRAPPED_LINES = 12
# Chinese and Japanese set no blanks: this many of their letters say what a word says.
LETTERS_OF_A_WORD = 1.7

_WORD = expression(r"[^\W_]+(?:['’\-][^\W_]+)*")
_UNSPACED = expression(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_RARE_WORD = expression(r"[^\W\d_]{5,}")
_END = expression(r"[.!?…。！？؟۔।։][\"'”’»)\]」』]*$")
_INNER = expression(r"[.!?…]['\"”’»)]* [\"'“«(]?\w|[。！？]")
_DIGIT = expression(r"\d")
_QUOTE = expression(r"[\"“”„«»「」『』]")
_MARK = expression(r"[|»›>•·→©@/]")
# 2019, 12:30, 1/12/2019, 12月3日; behind a first digit, for which a search can leap over all other text
DATE = expression(
    r"\d(?:[年월]|(?<=\b\d)(?:(?<=1)9\d\d\b|(?<=2)0\d\d\b|\d?[:.]\d\d\b|\d?[/.\-]\d{1,2}[/.\-]\d{2,4}\b))"
)
_BULLET = expression(r"[-–—•*·▪●○]")


class Unit(NamedTuple):
    """One or more lines, with what they say by themselves. `size` is in words of an alphabet's languages."""

    first: int  # number of its first line
    last: int
    text: str
    after_blank: bool
    size: float
    is_prose: bool
    ends: bool  # like a sentence
    words: frozenset[str]  # the longer ones, in lower case; pairs of letters where words are not set apart
    own: list[float]  # what it shows by itself, whatever stands around it, in the order of `OWN`


def units(page: Page) -> list[Unit]:
    """The page's lines that are not blank, or its paragraphs."""
    found: list[Unit] = []
    wrapped = is_wrapped(page)
    lines: list[str] = []
    start, after_blank = 0, False
    for number in range(len(page.lines)):
        text = page.line_text(number)
        if lines and (not wrapped or not text):
            found.append(_unit(page, start, lines, after_blank))
            lines, after_blank = [], False
        if not text:
            after_blank = True
            continue
        if not lines:
            start = number
        lines.append(text)
    if lines:
        found.append(_unit(page, start, lines, after_blank))
    return found


def is_wrapped(page: Page) -> bool:
    """Whether the text was wrapped by hand: many lines of about one length, and hardly a longer one."""
    lengths = [len(text) for n in range(len(page.lines)) if (text := page.line_text(n))]
    if len(lengths) < WRAPPED_LINES:
        return False
    full = sum(length in WRAPPED for length in lengths)
    return full >= WRAPPED_SHARE * len(lengths) and sum(length >= WRAPPED.stop for length in lengths) * 20 <= full


def _unit(page: Page, first: int, lines: list[str], after_blank: bool) -> Unit:
    text = " ".join(lines)
    prose = page.is_prose(first) if len(lines) == 1 else is_prose(text)
    return Unit(first, first + len(lines) - 1, text, after_blank, *_said(text, prose))


# of 4096 in some 8 MB
@known(4096, longest=200)
def _said(text: str, prose: bool) -> tuple[float, bool, bool, frozenset[str], list[float]]:
    """What a text says whatever stands around it: `size` and what comes behind it in a `Unit`."""
    words = len(_WORD.findall(text))
    letters = 0 if text.isascii() else sum(map(len, _UNSPACED.findall(text)))
    is_unspaced = letters * 3 > len(text)
    if is_unspaced:
        vocabulary = frozenset(text[i : i + 2] for i in range(min(len(text), 400) - 1))
    else:
        vocabulary = frozenset(_RARE_WORD.findall(text.lower()))
    ends = prose or _END.search(text[-8:]) is not None
    size = letters / LETTERS_OF_A_WORD if is_unspaced else float(words)
    return size, prose, ends, vocabulary, _own(text, size, prose, ends, is_unspaced)


OWN = (
    "size", "length", "word length", "sentence end", "prose", "colon", "question", "digits", "commas", "sentences",
    "quotes", "marks", "date", "bullet", "bracket", "small first", "exclamation",
)  # fmt: skip


def _own(text: str, size: float, prose: bool, ends: bool, is_unspaced: bool) -> list[float]:
    length = len(text)
    return [
        size,
        length,
        5.0 if is_unspaced else length / max(size, 1.0),
        ends,
        prose,
        text[-1] in ":：",
        text[-1] in "?？؟",
        len(_DIGIT.findall(text)) / length,
        (text.count(",") + text.count("，") + text.count("、")) / max(size, 1.0),
        min(len(_INNER.findall(text)), 5),
        len(_QUOTE.findall(text)),
        len(_MARK.findall(text)),
        DATE.search(text) is not None,
        _BULLET.match(text) is not None,
        text.count("("),
        text[0].islower(),
        text.count("!"),
    ]
