"""What is to be left alone in one document: which files say so, and which words."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from cleankit.config.nearest import shown

if TYPE_CHECKING:
    from cleankit.fingerprint import Window
    from cleankit.guards import Judge
    from cleankit.model import Document, Finding
    from cleankit.suppress.entries import Book, Entry

SIDECAR, BASELINE = ".cleankit-ignore.toml", ".cleankit-baseline.toml"


class Said(NamedTuple):
    """Who wants something left alone, and why; an empty reason where none was asked for."""

    where: str
    reason: str


class Spares(NamedTuple):
    """What is left alone in the document at `path`; made by `spares_for`, `judge` is for `Pipeline.sparing`.

    `sidecar` and `baseline` are files of entries, empty where there is none; `words` are right as they are. It holds
    names only and goes to worker processes as it is. With `everything` all is left alone, and the baseline not read.
    """

    path: str
    sidecar: str = ""
    baseline: str = ""
    words: tuple[str, ...] = ()
    everything: bool = False

    def judge(self, document: Document) -> Judge | None:
        """A judge for one pass over a document; None where nobody said anything about it."""
        from cleankit.suppress.matching import Noted, is_allowed

        noted = Noted(self.holding(), document.text)
        words = self.words
        if not (noted or words or self.everything):
            return None
        from cleankit.guards import NOWHERE

        def judged(finding: Finding) -> Window | None:
            if words and is_allowed(finding, document.text, words):
                return NOWHERE
            found = noted.take(finding)
            return found[1] if found else NOWHERE if self.everything else None

        return judged

    def books(self) -> tuple[Book, ...]:
        """The files of entries, read once. Raises ConfigError: so a command calls it before it does anything."""
        from cleankit.suppress.entries import load

        # a baseline may be named before there is one
        has_baseline = self.baseline and not self.everything and os.path.exists(self.baseline)
        return tuple(load(path) for path in (self.sidecar, self.baseline if has_baseline else "") if path)

    def holding(self) -> list[Entry]:
        """The entries that are meant for the document and still hold."""
        from cleankit.suppress.matching import is_over

        return [entry for book in self.books() for entry in book.entries_for(self.path) if not is_over(entry)]

    def account(self, text: str) -> Callable[[Finding], Said | None]:
        """Who wants a finding left alone: to be asked of those that were spared in a document, in the order of its
        text. None where nobody does any more."""
        from cleankit.suppress.matching import Noted, is_allowed

        noted = Noted(self.holding(), text)

        def said(finding: Finding) -> Said | None:
            if self.words and is_allowed(finding, text, self.words):
                return Said("allow-words of the configuration", "")
            if (found := noted.take(finding)) is None:
                return None
            entry = found[0]
            book = next(book for book in self.books() if any(other is entry for other in book.entries))
            return Said(f"{book.path}:{book.row(entry)}", entry.reason)

        return said

    def of_everything(self) -> Spares:
        """The same for `check --write-baseline`: all is left alone, and `write.baselines` notes what no person did."""
        return self._replace(everything=True)


def spares_for(path: str, sidecar: str = "", baseline: str = "", words: Iterable[str] = ()) -> Spares | None:
    """What is left alone in the document at `path` (`-`: what holds in the working folder), or None if nothing is.

    `sidecar` and `baseline` are what the configuration names under `ignore-file` and `baseline`; where it names none,
    the nearest files count, from the folder of the document upwards. `words` are its allow-words.
    """
    sidecar, baseline = sidecar or nearest(SIDECAR, path), baseline or nearest(BASELINE, path)
    words = tuple(words)
    return Spares(path, sidecar, baseline, words) if sidecar or baseline or words else None


def nearest(name: str, path: str) -> str:
    """The file of that name in the folder of a document or the nearest one above it; empty where there is none."""
    folder = os.path.dirname(os.path.abspath(path)) if path != "-" else os.getcwd()
    while True:
        if os.path.isfile(found := os.path.join(folder, name)):
            return shown(found)
        above = os.path.dirname(folder)
        if above == folder:
            return ""
        folder = above
