"""Which entry, or which word that is right, means a finding."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from cleankit import fingerprint
from cleankit.fingerprint import Window
from cleankit.model import Finding, Span
from cleankit.selection import fits
from cleankit.suppress.entries import Entry

SPELLING = ("typos/", "spelling/")


class Noted:
    """Matches the findings of one document with entries, each as often as it may be."""

    def __init__(self, entries: Iterable[Entry], text: str) -> None:
        self._text = text
        self._by_line: dict[str, list[Entry]] = {}
        # those without a count first, so that none is used up in vain
        for entry in sorted(entries, key=lambda entry: entry.count > 0):
            self._by_line.setdefault(entry.line, []).append(entry)
        self._rules = {entry.rule for some in self._by_line.values() for entry in some}
        self._named: dict[str, bool] = {}
        self.taken: Counter[Entry] = Counter()

    def __bool__(self) -> bool:
        return bool(self._by_line)

    def take(self, finding: Finding) -> tuple[Entry, Window] | None:
        """The entry that means a finding, with the words it is known by; it is then used once more."""
        if not self._names(finding.rule):
            return None
        for window in fingerprint.windows(finding, self._text):
            for entry in self._by_line.get(fingerprint.hashed(window), ()):
                if fits(entry.rule, finding.rule) and (not entry.count or self.taken[entry] < entry.count):
                    self.taken[entry] += 1
                    return entry, window
        return None

    def _names(self, rule: str) -> bool:
        """Whether any entry means the rule: nothing is hashed for others."""
        if rule not in self._named:
            self._named[rule] = any(fits(selector, rule) for selector in self._rules)
        return self._named[rule]


def is_over(entry: Entry, day: date | None = None) -> bool:
    """Whether the last day on which an entry holds is past, today or on another day."""
    return entry.expires is not None and entry.expires < (day or date.today())


def is_allowed(finding: Finding, text: str, words: Iterable[str]) -> bool:
    """Whether a finding is about the spelling of a word that is right.

    A word in small letters is meant in any case, one with a capital in its own.
    """
    if not isinstance(finding.at, Span):
        return False
    old = finding.fix.old if finding.fix else text[finding.at.start : finding.at.end]
    new = finding.fix.new if finding.fix else ""
    is_spelling = finding.rule.startswith(SPELLING)
    if not is_spelling and not (new.strip() and len(old.split()) == 1):
        return False
    said, made = _words(old), _words(new)
    return any(_holds(said, word) and not _holds(made, word) for word in words)


def _words(text: str) -> list[str]:
    """The words of a text, whole and in their parts."""
    whole = [word.strip("\"'“”‘’«».,;:!?()[]") for word in text.split()]
    return [*whole, *(part for word in whole for part in re.split(r"['’\-–—/]", word))]


def _holds(words: list[str], word: str) -> bool:
    if word == word.lower():
        return word.casefold() in (other.casefold() for other in words)
    return word in words
