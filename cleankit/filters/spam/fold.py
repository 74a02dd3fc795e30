"""A normalised copy of a line in which disguised words can be read, each character knowing where it came from.

Only the copy is folded; what is removed is always the original line. `how` tells for each character of the copy what
had to be undone to read it, so that a word counts as disguised only where something was hidden.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cleankit.filters.spam.characters import (
    CJK,
    DROPPED,
    FULL_WIDTH,
    HONEST_ALONE,
    LEET_CYRILLIC,
    LEET_LETTERS,
    LETTER_OF,
    ONE_SPELLING,
    STRUCK_THROUGH,
    TO_CYRILLIC,
    TO_LATIN,
    ZERO_WIDTH,
)
from cleankit.lazy import expression

STYLED, HIDDEN, STRUCK, SPACED, LOOK_ALIKE, LEET = "styled", "zero-width", "struck", "spaced", "look-alike", "leet"
APART = "taken apart"

# four single letters or digits with the same sign between them: `P.M. EDT` and `U.S.A.` are shorter
_ONE = r"[^\W_][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*"
_SPACED = expression(rf"(?<![^\W_]){_ONE}(?P<gap>[ ._\-|*·•~/]{{1,2}}){_ONE}(?:(?P=gap){_ONE}){{2,}}(?![^\W_])")
# once a line is dotted through like this, its short words are too
_DOTTED = expression(rf"(?<![^\W_]){_ONE}(?P<gap>[._\-|*·•~/]){_ONE}(?:(?P=gap){_ONE})*(?![^\W_])")
# of Chinese, Japanese and Korean characters three will do; with no more than blanks between them they must be words of
# one character each, which is also how tables are set
_CJK = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_SPACED_CJK = expression(
    rf"{_CJK}(?:(?:[ _]?[^\w\s][ _]?|[^\w\s]{{2}}){_CJK}){{2,}}(?!{_CJK})"
    rf"|(?<!{_CJK}){_CJK}(?:[ _]{{1,2}}{_CJK}){{2,}}(?!{_CJK})"
)
# All but the letters and signs that are read as they stand, each for itself: most lines have none.
_ODD = expression(
    r"[^\x00-\x7f¡-§©«¬®°±¶·»¿-įĴ-ľŁ-ňŊ-ž\u0400-\u0482\u048a-\u052f\u2010\u2012-\u2015\u2018-\u201f\u2022€"
    r"\u3001-\u3003\u3008-\u3011\u3041-\u3096\u30a1-\u30fc\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    r"\uff01-\uff0f\uff1a-\uff20]"
)
_LETTER_BY_LETTER = ONE_SPELLING | {code: code - 0xFEE0 for code in (*range(0xFF01, 0xFF10), *range(0xFF1A, 0xFF21))}
DOTTED_WORDS = 2
LONGEST_SPACED = 20_000  # a line beyond this is a text without line ends, not a disguised brand
_TOKEN = expression(r"[^\W\d_]{2,}")
# a word with digits in it, or signs that are drawn like letters; what follows the sign of an e-mail address is none
_LEET_WORD = expression(
    r"(?<![^\W_])(?=[a-z0-9@$!]*[a-z])(?=[a-z0-9@$!]*[0-9@$!][a-z0-9@$!])[a-z0-9@$!]{4,24}(?![^\W_]|\.[a-z])"
)
# shorter ones are part numbers and units, but not four of them in a line
_SHORT_LEET = expression(r"(?<![^\W_])(?:[a-z][a-z0-9@$]?[0-9@$]|[0-9@$][a-z0-9@$]?[a-z]|[a-z][0-9@$][a-z])(?![^\W_])")
MANY_LEET = 3
_MIXED = expression(r"[a-z][\u0370-\u052f]|[\u0370-\u052f][a-z]")
# the sign of an e-mail address is no letter: Kumar and Casino are people's names too
# `4d` behind a name is the sort of lottery it sells
_DIGIT_IN_WORD = expression(
    r"(?<=[a-z])(?![2-5]d(?![a-z0-9]))(?:[013457$]|@(?![a-z0-9-]{1,63}\.[a-z]))(?=[a-z])|(?<=[a-z]{3})0(?![0-9a-z])"
)
_DIGIT_IN_CYRILLIC = expression(r"(?<=[а-яё])[01346@](?=[а-яё])|(?<=[а-яё]{3})0(?![0-9а-яё])|(?<![\w@])0(?=[а-яё]{2})")
# a syllable of Korean written letter by letter, which is how folding by characters leaves it; a digit or a Latin letter
# may be drawn for its vowel
_LEADS = "ᄀᄁᄂᄃᄄᄅᄆᄇᄈᄉᄊᄋᄌᄍᄎᄏᄐᄑᄒ"
_TAILS = dict(zip("ᄀᄁᄂᄃᄅᄆᄇᄉᄊᄋᄌᄎᄏᄐᄑᄒ", "ᆨᆩᆫᆮᆯᆷᆸᆺᆻᆼᆽᆾᆿᇀᇁᇂ", strict=True))
_VOWELS = {"1": "ᅵ", "l": "ᅵ", "r": "ᅡ"}
_SYLLABLE = expression(rf"[{_LEADS}][\u1161-\u11751lr](?:[{''.join(_TAILS)}](?![\u1161-\u11751lr]))?")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is the copy; character i of it stands for `source[start[i]:end[i]]`."""

    source: str
    text: str
    start: list[int]
    end: list[int]
    how: list[str]

    def original(self, start: int, end: int) -> str:
        """What a stretch of the copy looked like."""
        return self.source[self.start[start] : self.end[end - 1]]

    def undone(self, start: int, end: int) -> set[str]:
        """What had to be undone to read a stretch of the copy."""
        return set(self.how[start:end]) - {""}

    def replaced(self, spans: list[tuple[int, int, str]], how: str) -> Folded:
        """With each (start, end, new) put in; `new` is no longer than what it stands for, or empty."""
        if not spans:
            return self
        text: list[str] = []
        start: list[int] = []
        end: list[int] = []
        marks: list[str] = []
        at = 0
        for a, b, new in [*spans, (len(self.text), len(self.text), "")]:
            text.append(self.text[at:a])
            start += self.start[at:a]
            end += self.end[at:a]
            marks += self.how[at:a]
            text.append(new)
            start += self.start[a : a + len(new)]
            end += self.end[a : a + len(new)]
            marks += [how] * len(new)
            at = b
        return Folded(self.source, "".join(text), start, end, marks)


def fold(line: str, is_word: Callable[[str], bool] = lambda word: False) -> Folded:
    """The readable copy of a line. `is_word` knows the words that may be spelt with several digits.

    >>> fold("𝐒𝐋𝐎𝐓 c а s i n o").text
    'slot casino'
    >>> fold("c451n0", {"casino"}.__contains__).text
    'casino'
    """
    folded = plain(line) if is_plain(line) else by_characters(line)
    if syllables := [(*found.span(), _syllable(found[0])) for found in _SYLLABLE.finditer(folded.text)]:
        folded = folded.replaced(syllables, APART)
    folded = _despaced(folded)
    if not line.isascii() and _MIXED.search(folded.text):
        folded = folded.replaced([*_look_alikes(folded.text)], LOOK_ALIKE)
    folded = folded.replaced(sorted(_digits(folded.text, is_word)), LEET)
    for pattern, letters in ((_DIGIT_IN_WORD, LEET_LETTERS), (_DIGIT_IN_CYRILLIC, LEET_CYRILLIC)):
        folded = folded.replaced([(*m.span(), letters[m[0]]) for m in pattern.finditer(folded.text)], LEET)
    return folded


def term_form(term: str) -> str:
    """The spelling under which a term of the lexicon is looked for."""
    return (plain(term) if is_plain(term) else by_characters(term)).text.strip()


def is_plain(line: str) -> bool:
    """Whether a line has no odd characters."""
    return _ODD.search(line) is None


def plain(line: str) -> Folded:
    """A line without odd characters: each is read as it stands."""
    text = line.lower() if line.isascii() else line.lower().translate(_LETTER_BY_LETTER)
    return Folded(line, text, [*range(len(line))], [*range(1, len(line) + 1)], [""] * len(line))


def by_characters(line: str) -> Folded:
    """Any line, character by character."""
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    marks: list[str] = []
    full_width_is_honest = CJK.search(line) is not None
    at, pending, size = 0, "", len(line)
    while at < size:
        char, begin = line[at], at
        at += 1
        if char in ZERO_WIDTH or char in DROPPED:
            if char in ZERO_WIDTH and text and _hides(text[-1]):
                pending = HIDDEN
            continue
        mark, pending = pending, ""
        cluster = char
        while (
            at < size
            and line[at] > "\u02ff"
            and (line[at] in STRUCK_THROUGH or line[at] in "\uff9e\uff9f" or unicodedata.combining(line[at]))
        ):
            if line[at] in STRUCK_THROUGH:
                mark = STRUCK
            elif line[at] not in DROPPED:
                cluster += line[at]
            at += 1
        if mark == "" and cluster == char and char < "\u0130":
            new = char.lower() if char < "\u0080" else unicodedata.normalize("NFKC", char).lower()
            text.append(new) if len(new) == 1 else text.extend(new)
            starts += [begin] * len(new)
            ends += [at] * len(new)
            marks += [""] * len(new)
            continue
        if char in LETTER_OF:
            new, mark = LETTER_OF[char], mark or STYLED
        else:
            new = cluster if char < "\u0080" == cluster else unicodedata.normalize("NFKC", cluster)
            if _is_styled(char) and not (full_width_is_honest and FULL_WIDTH.match(char)):
                mark = mark or STYLED
        # a Turkish capital I with dot lowers to two characters, and the dotless one is typed as a plain i half the time
        new = new.lower().replace("\u0307", "").translate(ONE_SPELLING)
        if mark == HIDDEN and not (new and _hides(new[0])):
            mark = ""
        for one in new:
            text.append(one)
            starts.append(begin)
            ends.append(at)
            marks.append(mark)
    return Folded(line, "".join(text), starts, ends, marks)


def styled_letters(line: str, folded: Folded) -> int:
    """How many letters were drawn with look-alike symbols, flags and phonetics aside."""
    return sum(
        how == STYLED and char.isalpha() and line[at] not in HONEST_ALONE
        for how, char, at in zip(folded.how, folded.text, folded.start, strict=True)
    )


def _is_styled(char: str) -> bool:
    """Mathematical, circled, squared and full-width letters and digits; circled digits number honest lists."""
    if char < "\u24b6":
        return False
    return "\u24b6" <= char <= "\u24e9" or "\U0001d400" <= char <= "\U0001d7ff" or FULL_WIDTH.match(char) is not None


def _hides(char: str) -> bool:
    # Persian, Indic, Thai and Khmer text needs its joiners and its invisible breaks
    return char.isalpha() and (char < "\u0530" or "\u3040" <= char <= "\ud7af")


def _syllable(letters: str) -> str:
    """The one character that Korean letters make."""
    lead, vowel, tail = letters[0], letters[1], letters[2:]
    return unicodedata.normalize("NFC", lead + _VOWELS.get(vowel, vowel) + _TAILS.get(tail, ""))


def _despaced(folded: Folded) -> Folded:
    if len(folded.text) > LONGEST_SPACED:
        return folded
    is_apart = _SPACED.search(folded.text) or len(_DOTTED.findall(folded.text)) >= DOTTED_WORDS
    for pattern in (_SPACED, _DOTTED, _SPACED_CJK) if is_apart else (_SPACED_CJK,):
        spans: list[tuple[int, int, str]] = []
        for found in pattern.finditer(folded.text):
            for i, char in enumerate(found[0], found.start()):
                spans.append((i, i + 1, char if unicodedata.category(char)[0] in "LMN" else ""))
        folded = folded.replaced(spans, SPACED)
    return folded


def _digits(text: str, is_word: Callable[[str], bool]) -> Iterator[tuple[int, int, str]]:
    """The signs that stand for letters in the words that are known."""
    words = [(found, word) for found in _LEET_WORD.finditer(text) if (word := _read(found[0], is_word))]
    short = [(found, word) for found in _SHORT_LEET.finditer(text) if (word := _read(found[0], is_word))]
    # a list is numbered C1, C2, C3
    is_spelt_so = len({word[0] for _, word in words + short}) > MANY_LEET
    for found, word in words + short * is_spelt_so:
        for i, (sign, letter) in enumerate(zip(found[0], word, strict=True), found.start()):
            if sign != letter:
                yield i, i + 1, letter


def _read(signs: str, is_word: Callable[[str], bool]) -> str:
    """The known word that signs stand for, if there is one."""
    for one in "il":
        word = "".join(one if sign == "1" else LEET_LETTERS.get(sign, sign) for sign in signs)
        if is_word(word):
            return word
    return ""


def _look_alikes(text: str) -> Iterator[tuple[int, int, str]]:
    # in a line with such words, a short one may be made of nothing else: `рау` in Cyrillic letters
    is_latin = sum(map(_is_ascii_letter, text)) * 2 > sum(map(str.isalpha, text))
    for found in _TOKEN.finditer(text):
        word = found[0]
        if _MIXED.search(word) or (is_latin and all(map(TO_LATIN.__contains__, word))):
            for i, (char, letter) in enumerate(zip(word, _one_script(word), strict=True), found.start()):
                if char != letter:
                    yield i, i + 1, letter


def _one_script(word: str) -> str:
    """A word with look-alikes in the one script whose letters cannot be mistaken."""
    for table, is_home in ((TO_LATIN, _is_latin), (TO_CYRILLIC, _is_cyrillic)):
        if all(is_home(char) or char in table for char in word):
            return "".join(char if is_home(char) else table[char] for char in word)
    return word


def _is_ascii_letter(char: str) -> bool:
    return "a" <= char <= "z"


def _is_latin(char: str) -> bool:
    return char < "\u0250" or "\u1e00" <= char <= "\u1eff"


def _is_cyrillic(char: str) -> bool:
    return "\u0400" <= char <= "\u052f"
