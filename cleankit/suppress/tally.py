"""Which entries are out of date: they found nothing to leave alone, or their last day is past."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from cleankit.errors import meant
from cleankit.model import Finding, Safety, Severity, Span
from cleankit.selection import fits
from cleankit.suppress import EXPIRED, UNUSED
from cleankit.suppress.entries import Book, Entry
from cleankit.suppress.matching import Noted, is_over

if TYPE_CHECKING:
    from cleankit.suppress.spares import Spares


class Stale(NamedTuple):
    """A file of entries with what is out of date in it; `findings` count in `text`."""

    path: str
    text: str
    findings: tuple[Finding, ...]


class Tally:
    """Keeps count over the documents of a command.

    An entry that names one file is unused if that file was looked at, for all the rules that the entry means, and
    nothing was left alone. Of one for many files nothing can be said before all of them were looked at, and that only
    a person knows: such entries are told of on request.
    """

    def __init__(self) -> None:
        self._books: dict[str, Book] = {}
        self._used: dict[tuple[str, Entry], int] = {}
        self._unused: dict[tuple[str, Entry], str] = {}

    def see(
        self,
        spares: Spares | None,
        text: str,
        spared: Iterable[Finding],
        known: Callable[[], Collection[str]],
        wanted: Callable[[str], bool],
    ) -> None:
        """Count what was left alone in a text. `known` are all rules there are, `wanted` those looked for."""
        if spares is None or not (books := spares.books()):
            return
        noted = Noted(spares.holding(), text)
        for finding in spared:
            noted.take(finding)
        for book in books:
            self._books[book.path] = book
            for entry in book.entries_for(spares.path):
                key = book.path, entry
                taken = noted.taken[entry]
                self._used[key] = max(taken, self._used.get(key, 0))
                if taken < max(1, entry.count) and key not in self._unused:
                    rules = [rule for rule in known() if fits(entry.rule, rule)]
                    if all(wanted(rule) for rule in rules):
                        self._unused[key] = "" if rules else _no_rule(entry.rule, known())

    def stale(self, *, everything: bool = False) -> Iterator[Stale]:
        """The files with entries that are out of date. `everything`: all documents were looked at, so tell of all."""
        for path in sorted(self._books):
            book = self._books[path]
            found = [(entry, self._problem(book, entry, everything)) for entry in book.entries]
            findings = tuple(_finding(book, entry, *problem) for entry, problem in found if problem)
            if findings:
                yield Stale(path, book.text, findings)

    def _problem(self, book: Book, entry: Entry, everything: bool) -> tuple[str, str] | None:
        """The rule and the message for an entry that is out of date."""
        key = book.path, entry
        if is_over(entry):
            return EXPIRED, f"the entry for {entry.rule} held up to {entry.expires}; look at it again, or take it out"
        used = self._used.get(key, 0)
        if used >= max(1, entry.count) or not (everything or key in self._unused):
            return None
        if self._unused.get(key):
            return UNUSED, self._unused[key]
        if not (everything or entry in book.naming(entry.path)):
            return None
        if used:
            return (
                UNUSED,
                f"{entry.rule} is found {used} times, not {entry.count}; `check --write-baseline` counts anew",
            )
        how = "`check --write-baseline` takes the entry out" if entry.count else "take the entry out"
        return UNUSED, f"{entry.rule} is no longer found {f'in {entry.path}' if entry.path else 'anywhere'}; {how}"


def _finding(book: Book, entry: Entry, rule: str, message: str) -> Finding:
    lines = book.text.splitlines(keepends=True)
    row = book.row(entry) - 1
    start = sum(map(len, lines[:row]))
    at = Span(start, start + len(lines[row].rstrip("\r\n")))
    evidence = tuple((name, value) for name in ("path", "excerpt", "reason") if (value := str(getattr(entry, name))))
    return Finding(rule, message, at, Severity.WARNING, None, Safety.FLAG, evidence)


def _no_rule(selector: str, known: Collection[str]) -> str:
    return f"there is no rule {selector!r}; {meant(selector, known, 'take the entry out', most=3)}"
