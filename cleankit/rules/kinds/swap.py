"""swap: a stretch inside a line, replaced by another.

`any_of` with `to`, in which `\\1` stands for the first group; or a table of `words`, matched as whole words in lower
case, Capitalised and UPPER CASE, and never where their surroundings bind them (`cleankit.surroundings`). One that by
its capitals can be a name is only suggested, and one within quotation marks, which is another's word, only flagged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import re2

from cleankit.lazy import expression
from cleankit.model import Finding, Safety, flag
from cleankit.page import Page
from cleankit.rules.kinds.kind import Compiled, Held, Kind, cased, matches
from cleankit.rules.rule import Rule
from cleankit.surroundings import is_bound

_GROUP = expression(r"\\(\d)")
# what a sentence may begin behind; the rest of a line before a Capitalised word makes it one within a sentence
_STARTS = ".!?…:。！？：|•·*(["
_TITLE = expression(r"\b(?:Mrs?|Ms|Dr|Prof|St|Sen|Gov|Gen|Rep|Capt|Lt|Col|Sgt|Rev|Hon|[A-Z])\.$")
# a line that is no sentence can be a label, a byline, a list of names
_SENTENCE = expression(r"[.!?…][\"'”’)\]]*$")
_NEXT_CAPITAL = expression(r"['’]?s? [A-Z]")


def patterns(rule: Rule) -> Sequence[str]:
    found = [cased(rule, pattern) for pattern in rule.match.any_of]
    if rule.match.words:
        found.append(r"(?i:\b(?:" + "|".join(re2.escape(word) for word in sorted(rule.match.words)) + r")\b)")
    return found


def judge(compiled: Compiled, page: Page, numbers: Sequence[int]) -> Iterator[Finding | Held]:
    rule = compiled.rule
    for number in numbers:
        if why := compiled.held(page, number):
            yield compiled.let_be(page, number, why)
            continue
        for found, start, end in matches(compiled, page, number):
            old = page.text[start:end]
            if old.lower() in rule.match.words:
                if not _is_plain(old):
                    yield Held(start, end, "it has capitals inside, as only names have")
                elif is_bound(page.text, start, end):
                    yield Held(start, end, "it is part of a longer thing, spoken of, or left as it is on purpose")
                else:
                    yield _of_word(compiled, page, number, start, end)
            else:
                groups = found.groups()
                new = _GROUP.sub(lambda m, g=groups: (g[int(m[1]) - 1] or b"").decode(), rule.match.to)  # type: ignore[misc]
                head, tail = _common(old, new)
                yield compiled.report(page, start + head, end - tail, new[head : len(new) - tail])


def _is_plain(word: str) -> bool:
    return word.islower() or word.isupper() or (word[0].isupper() and word[1:].islower())


def _of_word(compiled: Compiled, page: Page, number: int, start: int, end: int) -> Finding:
    rule, old = compiled.rule, page.text[start:end]
    new = _like(old, rule.match.words[old.lower()])
    if page.is_quoted(start, end):
        return flag(rule.id, rule.summary, start, end, (("right", new), ("quoted", "yes")))
    finding = compiled.report(page, start, end, new)
    if finding.fix is not None and not old.islower() and _may_be_name(page, number, start, end):
        return replace(finding, safety=Safety.SUGGESTED)
    return finding


def _may_be_name(page: Page, number: int, start: int, end: int) -> bool:
    """Whether a word with capitals can be a name: not where a sentence begins, nor in a headline all in capitals."""
    line = page.lines[number]
    if page.text[start:end].isupper():
        return not page.line_text(number).isupper()
    before = page.folded[line.start : start].rstrip()
    if before and (before[-1] not in _STARTS or _TITLE.search(before)):
        return True
    return not _SENTENCE.search(page.line_text(number)) or _NEXT_CAPITAL.match(page.folded, end, line.end) is not None


def _like(old: str, new: str) -> str:
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def _common(old: str, new: str) -> tuple[int, int]:
    """Lengths of the common head and tail, so that an edit holds the difference only."""
    shorter, head, tail = min(len(old), len(new)), 0, 0
    while head < shorter and old[head] == new[head]:
        head += 1
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


KIND = Kind(frozenset({"any_of", "words", "to", "unless", "ignore_case", "at"}), patterns, judge)
