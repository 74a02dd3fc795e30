"""What a filter is shown: a text with its lines, its bytes and its body, each made once and on first use."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate, islice, repeat
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from cleankit.known import known
from cleankit.lazy import expression
from cleankit.model import About, Finding, Near

if TYPE_CHECKING:
    from cleankit.language import OfLines

# One kind of blank, one kind of line end. Each replacement keeps the length, so that offsets stay true.
_BLANKS = ("\t", "\u00a0", "\u2002", "\u2003", "\u2007", "\u2009", "\u202f", "\u3000")

# all bytes that are no letter and no digit of ASCII
_OTHERS = bytes(byte for byte in range(256) if not chr(byte).isascii() or not chr(byte).isalnum())

_WORD = expression(r"[^\W_]+(?:['’\-][^\W_]+)*")
_CJK = expression(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_UNMARKED = expression(r"[\u0e00-\u0eff\u1780-\u17ff]")
_SENTENCE_END = expression(r"[.!?…。！？؟۔।။។։][\"'”’»)\]」』）*_]*$")

# a time or a firm in brackets ends a headline as often as a sentence: "Notice of a press conference (10 a.m.)"
_ABBREVIATED = expression(r"\([^()]{0,40}\b(?:[ap]\.m|Inc|Ltd|Co|Corp)\.\)$")

# Letters that `str.lower` keeps apart, though the one is the other's capital or its form at the end of a word.
_SAME = dict(
    zip(
        "ſςµẛ\u1fbe\u0345ϐϑϕϖϰϱϵ\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88",
        "sσμṡιιβθφπκρεвдосттъѣꙋ",
        strict=True,
    )
)
# and halves of a surrogate pair, which no search for literals takes
_TWINS = expression("[" + "".join(_SAME) + "\ud800-\udfff]")

# Of the lines of 350 article bodies and their pages' chrome, those with a sentence mark and this many words are
# prose in all but a few teasers; headlines and menus have no mark, labels and captions fewer words.
PROSE_WORDS = 9
PROSE_CJK = 18
# Turkish or Finnish say in six long words what English says in nine: there the length tells, blanks counted in.
PROSE_LONG_WORDS = 5
PROSE_LENGTH = 50
PROSE_WORD_LENGTH = 8
# Thai, Lao and Khmer end no sentence with a mark; their headlines are shorter than this more often than not, and one
# that is taken for prose only keeps what stands beside it.
PROSE_UNMARKED = 45


class Line(NamedTuple):
    """`text[start:end]` is the line, `text[end:stop]` its line end."""

    start: int
    end: int
    stop: int


class Page:
    """A text and what is known about it. Filters read it; nobody changes it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def folded(self) -> str:
        """The text with every blank as a plain one and every line end as LF; offsets are those of `text`."""
        return _folded(self.text.replace("\r\n", " \n"))

    @cached_property
    def data(self) -> bytes:
        """The folded text in UTF-8, every line end a lone LF: a CR that reads as a blank would hide the line's end."""
        text = _folded(self.text.replace("\r\n", "\n")) if "\r\n" in self.text else self.folded
        return text.encode("utf-8", "surrogatepass")

    @cached_property
    def lines(self) -> list[Line]:
        """All lines; the last one may lack a line end."""
        stops = [*accumulate([len(piece) + 1 for piece in self.folded.split("\n")], initial=0)]
        ends = [stop - 1 for stop in stops[1:]]
        # as `Line(…)` does, in half the time
        lines = [*map(tuple.__new__, repeat(Line), zip(stops, ends, stops[1:], strict=False))]
        last = lines.pop()
        if last.start < last.end:
            lines.append(Line(last.start, last.end, last.end))
        if "\r\n" in self.text:
            lines = [Line(a, b - 1, c) if self.text[b - 1 : c] == "\r\n" else Line(a, b, c) for a, b, c in lines]
        return lines

    @cached_property
    def line_bytes(self) -> list[int]:
        """Where each line starts in `data`."""
        ends = accumulate((len(line) + 1 for line in self.data.split(b"\n")), initial=0)
        return list(islice(ends, len(self.lines)))

    def line_data(self, number: int) -> bytes:
        """A line of `data`, without its line end and the blanks before that."""
        return self.rows[number]

    @cached_property
    def rows(self) -> list[bytes]:
        """The lines of `data`, without their line ends and the blanks before those."""
        return [row.rstrip(b" ") for row in self.data.split(b"\n")]

    def letters_and_digits(self, number: int) -> int:
        """How many of ASCII a line has."""
        known = self._sizes.get(number)
        if known is None:
            known = self._sizes[number] = len(self.line_data(number).translate(None, _OTHERS))
        return known

    @cached_property
    def _sizes(self) -> dict[int, int]:
        return {}

    def line_of_byte(self, offset: int) -> int:
        """The number of the line that holds an offset into `data`."""
        return bisect_right(self.line_bytes, offset) - 1

    @cached_property
    def lowered(self) -> str:
        """The folded text in lower case (`fold`); offsets are those of `text`."""
        return fold(self.folded)

    def line_at(self, offset: int) -> int:
        """The number of the line that holds a code-point offset."""
        return max(0, bisect_right(self.starts, offset) - 1)

    @cached_property
    def starts(self) -> list[int]:
        """Where each line starts."""
        return [line.start for line in self.lines]

    def line_text(self, number: int) -> str:
        """A line, folded and without the blanks around it."""
        return self._texts[number]

    @cached_property
    def _texts(self) -> list[str]:
        folded = self.folded
        return [folded[line.start : line.end].strip() for line in self.lines]

    def is_prose(self, number: int) -> bool:
        """Whether a line reads like a paragraph of running text."""
        known = self._prose.get(number)
        if known is None:
            known = self._prose[number] = is_prose(self._texts[number])
        return known

    @cached_property
    def _prose(self) -> dict[int, bool]:
        return {}

    @cached_property
    def body(self) -> tuple[int, int]:
        """Numbers of the first and the last line of prose; (number of lines, -1) where there is none.

        What lies outside is where chrome may be judged by its place."""
        count = len(self.lines)
        first = next((i for i in range(count) if self.is_prose(i)), count)
        if first == count:
            return count, -1
        return first, next(i for i in range(count - 1, -1, -1) if self.is_prose(i))

    @cached_property
    def title(self) -> int:
        """Number of the only line above the prose, if it is one word and so can be the title; -1 where it is not."""
        above = [number for number in range(self.body[0]) if self.line_text(number)] if self.body[1] >= 0 else []
        word = self.line_text(above[0]) if len(above) == 1 else ""
        # glued labels have capitals inside, and Chinese sets no blanks between them
        is_title = word.isalpha() and (word[1:].islower() or word.isupper()) and not _CJK.search(word)
        return above[0] if is_title else -1

    @cached_property
    def languages(self) -> OfLines:
        """The language of each line (ISO 639-1, or `und`); short lines take that of the lines before them."""
        from cleankit import language

        return language.OfLines(self._texts)

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether any of `text[start:end]` stands in quotation marks: another's words."""
        i = bisect_right(self._quotations, (end - 1, len(self.text) + 1)) - 1
        return i >= 0 and start < self._quotations[i][1]

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        from cleankit import surroundings

        return surroundings.quotations(self.folded)


def fold(text: str) -> str:
    """The text in lower case, as RE2 takes letters for the same; every character stays one.

    >>> fold("İ"), fold("Straße ſ Σ")
    ('i', 'straße s σ')
    """
    if text.isascii():
        return text.lower()
    folded = text.replace("İ", "i").lower()  # two characters by the book
    return _TWINS.sub(lambda found: _SAME.get(found[0], "\ufffd"), folded)


def _folded(text: str) -> str:
    text = text.replace("\r", "\n")
    for blank in _BLANKS:
        if blank in text:
            text = text.replace(blank, " ")
    return text


def is_prose(text: str) -> bool:
    """Whether a line reads like a paragraph of running text: it ends like a sentence and has a sentence's length."""
    if len(text) < PROSE_CJK:
        return False
    if not _SENTENCE_END.search(text[-8:]):
        return len(text) >= PROSE_UNMARKED and len(_UNMARKED.findall(text[:2000])) >= PROSE_UNMARKED
    return len(text) > 2000 or _is_prose(text)


@known(2048, longest=2000)
def _is_prose(text: str) -> bool:
    if _ABBREVIATED.search(text[-48:]):
        return False
    words = sum(1 for _ in islice(_WORD.finditer(text), PROSE_WORDS))  # more of them change nothing
    long = words >= PROSE_LONG_WORDS and len(text) >= max(PROSE_LENGTH, PROSE_WORD_LENGTH * words)
    return long or words >= PROSE_WORDS or len(_CJK.findall(text)) >= PROSE_CJK


class Filter(Protocol):
    """Looks at a page and yields findings; it changes nothing and keeps no memory of other pages."""

    @property
    def name(self) -> str: ...

    @property
    def about(self) -> tuple[About, ...]: ...

    def __call__(self, page: Page) -> Iterable[Finding]: ...


@runtime_checkable
class Explaining(Filter, Protocol):
    """A filter that can also say where it came near to a finding, and why there is none. Asked by `explain` only."""

    def near(self, page: Page, start: int, end: int) -> Iterable[Near]:
        """What spoke for a finding in `page.text[start:end]` and what held it back, by the code that decides."""
        ...
