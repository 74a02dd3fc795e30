"""Says of each finding of a document whether somebody wants it left alone."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cleankit.suppress.entries import BASELINE, SIDECAR, Book, Entry, load, nearest

if TYPE_CHECKING:
    from datetime import date

    from cleankit.fingerprint import Window
    from cleankit.guards import Judge
    from cleankit.model import Document, Finding

SPELLING = ("typos/", "spelling/")


@dataclass(frozen=True, slots=True)
class Spares:
    """What is left alone in the document at `path`; made by `spares_for`, for `Pipeline.sparing`.

    `sidecar` and `baseline` are files of entries, empty where there is none; `words` are right as they are. It holds
    names only and goes to worker processes as it is. With `everything` all is left alone, and the baseline not read.
    """

    path: str
    sidecar: str = ""
    baseline: str = ""
    words: tuple[str, ...] = ()
    everything: bool = False

    def __call__(self, document: Document) -> Judge | None:
        """A judge for one pass over a document; None where nobody said anything about it."""
        noted = Noted(self.holding(), document.text)
        words = self.words
        if not (noted or words or self.everything):
            return None
        from cleankit.guards import NOWHERE

        def judge(finding: Finding) -> Window | None:
            if words and is_allowed(finding, document.text, words):
                return NOWHERE
            found = noted.take(finding)
            return found[1] if found else NOWHERE if self.everything else None

        return judge

    def books(self) -> tuple[Book, ...]:
        """The files of entries, read once. Raises ConfigError: so a command calls it before it does anything."""
        # a baseline may be named before there is one
        has_baseline = self.baseline and not self.everything and os.path.exists(self.baseline)
        return tuple(load(path) for path in (self.sidecar, self.baseline if has_baseline else "") if path)

    def holding(self, day: date | None = None) -> list[Entry]:
        """The entries that are meant for the document and still hold on a day: today, if none is given."""
        return [entry for book in self.books() for entry in book.entries_for(self.path) if not is_over(entry, day)]

    def of_everything(self) -> Spares:
        """The same for `check --write-baseline`: all is left alone, and `write.baselines` notes what no person did."""
        return replace(self, everything=True)


def spares_for(path: str, sidecar: str = "", baseline: str = "", words: Iterable[str] = ()) -> Spares | None:
    """What is left alone in the document at `path` (`-`: what holds in the working folder), or None if nothing is.

    `sidecar` and `baseline` are what the configuration names under `ignore-file` and `baseline`; where it names none,
    the nearest files count, from the folder of the document upwards. `words` are its allow-words.
    """
    sidecar, baseline = sidecar or nearest(SIDECAR, path), baseline or nearest(BASELINE, path)
    words = tuple(words)
    return Spares(path, sidecar, baseline, words) if sidecar or baseline or words else None


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
        from cleankit import fingerprint
        from cleankit.selection import fits

        for window in fingerprint.windows(finding, self._text):
            for entry in self._by_line.get(fingerprint.hashed(window), ()):
                if fits(entry.rule, finding.rule) and (not entry.count or self.taken[entry] < entry.count):
                    self.taken[entry] += 1
                    return entry, window
        return None

    def _names(self, rule: str) -> bool:
        """Whether any entry means the rule: nothing is hashed for others."""
        if rule not in self._named:
            from cleankit.selection import fits

            self._named[rule] = any(fits(selector, rule) for selector in self._rules)
        return self._named[rule]


def is_over(entry: Entry, day: date | None = None) -> bool:
    """Whether the last day on which an entry holds is past."""
    if entry.expires is None:
        return False
    from datetime import date

    return entry.expires < (day or date.today())


def is_allowed(finding: Finding, text: str, words: Iterable[str]) -> bool:
    """Whether a finding is about the spelling of a word that is right.

    A word in small letters is meant in any case, one with a capital in its own.
    """
    from cleankit.model import Span

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
    import re

    whole = [word.strip("\"'“”‘’«».,;:!?()[]") for word in text.split()]
    return [*whole, *(part for word in whole for part in re.split(r"['’\-–—/]", word))]


def _holds(words: list[str], word: str) -> bool:
    if word == word.lower():
        return word.casefold() in (other.casefold() for other in words)
    return word in words
