"""swap: a stretch inside a line, replaced by another.

`any_of` with `to`, in which `\\1` stands for the first group; or a table of `words`, matched as whole words in lower
case, Capitalised and UPPER CASE, and never beside a hyphen, a dash, a slash, an `@`, a sign of code or a `[sic]`, nor
alone between quotation marks. A Capitalised one within a sentence can be a name: there it is only suggested.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import re2

from cleankit.lazy import expression
from cleankit.model import Finding, Safety
from cleankit.page import Page
from cleankit.rules.kinds.kind import Compiled, Kind, cased, matches
from cleankit.rules.rule import Rule

_GROUP = expression(r"\\(\d)")
# characters that, next to a word, make it part of something that is no plain word
_JOINERS = "-–—‐‑/\\@_.#`$=<>{}~"
_QUOTES = "\"'“”‘’«»„‹›「」"
# what a sentence may begin behind; the rest of a line before a Capitalised word makes it one within a sentence
_STARTS = ".!?…:;。！？：|•·*([" + _QUOTES


def patterns(rule: Rule) -> Sequence[str]:
    found = [cased(rule, pattern) for pattern in rule.match.any_of]
    if rule.match.words:
        forms = {form for word in rule.match.words for form in (word, word.capitalize(), word.upper())}
        found.append(r"\b(?:" + "|".join(re2.escape(form) for form in sorted(forms)) + r")\b")
    return found


def find(compiled: Compiled, page: Page, numbers: Sequence[int]) -> Iterator[Finding]:
    rule = compiled.rule
    for number in numbers:
        if not compiled.applies(page, number):
            continue
        for found, start, end in matches(compiled, page, number):
            old = page.text[start:end]
            if old.lower() in rule.match.words:
                if not _is_bound(page.text, start, end):
                    finding = compiled.report(page, start, end, _like(old, rule.match.words[old.lower()]))
                    may_be_name = finding.fix is not None and _is_within_sentence(page, number, start, old)
                    yield replace(finding, safety=Safety.SUGGESTED) if may_be_name else finding
            else:
                groups = found.groups()
                new = _GROUP.sub(lambda m, g=groups: (g[int(m[1]) - 1] or b"").decode(), rule.match.to)  # type: ignore[misc]
                head, tail = _common(old, new)
                yield compiled.report(page, start + head, end - tail, new[head : len(new) - tail])


def _is_within_sentence(page: Page, number: int, start: int, old: str) -> bool:
    """Whether a Capitalised word has other words of its sentence before it, as names have."""
    if not old[:1].isupper() or old.isupper():
        return False
    before = page.folded[page.lines[number].start : start].rstrip()
    return bool(before) and before[-1] not in _STARTS and not before[-1].isdigit()


def _is_bound(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if (before and after and before in _QUOTES and after in _QUOTES) or after == "(":
        return True  # the word itself is spoken of, or a call
    if text[end : end + 3].startswith((" = ", " :=", " ==")):
        return True
    if before and (before in _JOINERS or before.isalnum()):
        return True
    if after and (
        after.isalnum() or (after in _JOINERS and not (after == "." and not text[end + 1 : end + 2].isalnum()))
    ):
        return True
    return text[end : end + 8].lstrip().lower().startswith(("[sic", "(sic"))


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


KIND = Kind(frozenset({"any_of", "words", "to", "unless", "ignore_case", "at"}), patterns, find)
