"""Planted words in a line that is honest otherwise: behind a footer, before or behind a sentence."""

from __future__ import annotations

from cleankit import language, page
from cleankit.filters.spam import gate
from cleankit.filters.spam.reading import ADDRESS
from cleankit.filters.spam.score import Score, score
from cleankit.lazy import expression

# What is cut out of a line must say it twice, and say little else.
CUT, DENSE = 4.0, 0.5
TRIES = 6
# A few letters in front are the name of a brand or a site.
KEPT_LETTERS = 12

_SENTENCE_END = expression(r"[.!?…][\"'”’»)\]]*(?=\s|$)|[。！？][”’」』）]*")
_NOTICE = expression(r"(?i)©|copyright|all rights reserved|版[权權]所有|สงวนลิขสิทธิ์|bản quyền|저작권|الحقوق محفوظة")
_GOVERNS = expression(
    r"(?i)\b(?:about|against|of|on|over|for|from|with|by|in|vor|gegen|über|von|mit|für|aus|sur|contre|de|des|du|pour|avec|sobre|"
    r"contra|del|con|por|para|da|do|dos|das|com|о|об|от|про|против|на|с|tentang|soal|terhadap|dari|về|của|với)$"
)
_ACCOUNT = expression(r"@\w+")
# whoever tells what was offered sets it apart
_QUOTE = expression(r"[\"“”„«»「『《:：]")
_MARKS = ".!?…。！？"  # that end it; a line of words alone has none
_EDGE = " \t|-–—·•>»,，、:：;；"


def part(line: str, found: Score, kinds: frozenset[str], home_script: str) -> tuple[int, int] | None:
    """What is to go of a line that may go as a whole, if before or behind the words that count there is a sentence, a
    site's own notice, or a stretch in the page's script."""
    if not found.places:
        return None
    first, last = found.places[0][0], max(end for _, end in found.places)
    start = _end_of_honest(line[:first], line[first:last], home_script)
    stop = last + _start_of_honest(line[last:], line[first:last], home_script)
    if (start, stop) == (0, len(line)) or score(line[start:stop], kinds).total < CUT:
        return None
    return start, stop


def stretch(line: str, found: Score, kinds: frozenset[str]) -> tuple[int, int, Score] | None:
    """A sentence or the end of a line, all words of the trade, where the rest of it has none."""
    return _sentence(line, kinds) or _tail(line, found, kinds)


def _sentence(line: str, kinds: frozenset[str]) -> tuple[int, int, Score] | None:
    """A sentence that is planted in a paragraph."""
    ends = [match.end() for match in _SENTENCE_END.finditer(line)]
    starts = [0, *ends]
    if len(ends) < 2:
        return None
    for start, end in zip(starts, [*ends, len(line)], strict=True):
        rest = line[:start] + line[end:]
        if _QUOTE.search(line[start:end]) or not gate.holds(page.fold(line[start:end])):
            continue
        part = score(line[start:end].strip().rstrip(_MARKS), kinds)
        if _is_planted(part) and sum(map(str.isalpha, rest)) >= KEPT_LETTERS and not _names_a_trade(rest, kinds):
            return start, end, part
    return None


def _is_planted(part: Score) -> bool:
    """Whether a part of a line may go though the line itself stays."""
    says_little_else = part.density >= DENSE and part.has("strong", "offer")
    says_it = part.total >= CUT and (says_little_else or part.has("wording")) and not part.has("frame")
    return says_it and part.is_removable and part.insists


def _tail(line: str, found: Score, kinds: frozenset[str]) -> tuple[int, int, Score] | None:
    for start, _ in found.places[:TRIES]:
        rest = line[:start]
        if sum(map(str.isalpha, rest)) < KEPT_LETTERS:
            continue
        # a sentence is not cut in two, and what speaks of police or a study does so of the words that follow
        has_ended = _SENTENCE_END.search(rest.rstrip()[-3:]) is not None
        if not has_ended and (found.has("frame") or page.is_prose(line)):
            continue
        part = score(line[start:], kinds)
        if _is_planted(part) and _is_about_something_else(rest, kinds):
            return start, len(line), part
    return None


def _is_about_something_else(before: str, kinds: frozenset[str]) -> bool:
    """What ends in a colon, a comma or a preposition is said of what follows."""
    before = before.rstrip()
    if before.endswith((":", "：", "，", ",")) or _GOVERNS.search(before):
        return False
    return not _names_a_trade(before, kinds)


def _names_a_trade(text: str, kinds: frozenset[str]) -> bool:
    return score(text, kinds).has("strong", "topic", "disguise")


def edges(line: str, start: int, stop: int) -> tuple[int, int]:
    """A part of a line with the blanks and signs that set it apart."""
    while start and line[start - 1] in _EDGE:
        start -= 1
    while stop < len(line) and not start and line[stop] in _EDGE:
        stop += 1
    return start, stop


def _end_of_honest(head: str, rest: str, home_script: str) -> int:
    ends = [match.end() for match in _SENTENCE_END.finditer(head)]
    if ends and page.is_prose(head[: ends[-1]].strip()):
        return ends[-1]
    if _NOTICE.search(head):
        return len(head)
    return len(head) if _is_at_home(head, rest, home_script) else 0


def _start_of_honest(tail: str, rest: str, home_script: str) -> int:
    if _is_at_home(tail, rest, home_script):
        return 0
    end = _SENTENCE_END.search(tail)
    return end.end() if end and page.is_prose(tail[end.end() :].strip()) else len(tail)


def _is_at_home(text: str, rest: str, home_script: str) -> bool:
    """Whether a text is in the page's script, and the rest of its line is not. Addresses and names of accounts are in
    no script."""
    text = _ACCOUNT.sub(" ", ADDRESS.sub(" ", text))
    return (
        sum(map(str.isalpha, text)) >= KEPT_LETTERS
        and language.of_script(text) == home_script
        and language.of_script(rest) not in (home_script, language.UNKNOWN)
    )
