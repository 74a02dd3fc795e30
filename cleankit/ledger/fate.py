"""What became of each finding of a ledger, and through which others: arithmetic, without a filter or the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from cleankit.ledger.made import made
from cleankit.ledger.model import Entry, Ledger, State
from cleankit.model import Span
from cleankit.pipeline import WAITS


class Deed(StrEnum):
    """What was done about a finding in the end."""

    MADE = "made"  # its edit was made
    ALLOWED = "allowed"  # its edit was made because a person allowed it
    REFUSED = "refused"  # its edit would have been made, but the whole page was put aside
    COVERED = "covered"  # another edit took the same words
    LOST = "lost"  # another edit of the same words was made, which says something else
    FLAGGED = "flagged"  # it only points
    SUGGESTED = "suggested"  # its edit is made where suggested ones are asked for
    WAITS = "waits"  # its edit would have changed words that are left alone
    SPARED = "spared"  # somebody wants it left alone
    TAKEN_BACK = "taken-back"  # its edit was made, and a person took it back
    FALLEN = "fallen"  # its edit was made, and what it was made on was taken back


DONE = frozenset({Deed.MADE, Deed.ALLOWED})


class Fate(NamedTuple):
    """A finding by its number in the ledger, as it stands now. `by` are the numbers of those that it gave way to."""

    number: int
    entry: Entry
    deed: Deed
    by: tuple[int, ...] = ()


def fates(ledger: Ledger) -> tuple[Fate, ...]:
    """The fate of every finding, in the order of the ledger."""
    done = {number: entry for _, pairs in made(ledger) for number, entry in pairs}
    return tuple(_fate(ledger, number, entry, done) for number, entry in enumerate(ledger.entries))


def _fate(ledger: Ledger, number: int, entry: Entry, done: Mapping[int, Entry]) -> Fate:
    if number in done:
        deed = Deed.REFUSED if ledger.aside else Deed.ALLOWED if number in ledger.added else Deed.MADE
        return Fate(number, done[number], deed)
    if entry.state is State.SPARED:
        return Fate(number, entry, Deed.SPARED)
    if number in ledger.dropped:
        return Fate(number, entry, Deed.TAKEN_BACK)
    if entry.edit is None:
        return Fate(number, entry, Deed.FLAGGED)
    if entry.state is State.OPEN and WAITS in entry.evidence:
        return Fate(number, entry, Deed.WAITS)
    if entry.state is State.OPEN and entry.safety.rank > ledger.apply.rank and number not in ledger.added:
        return Fate(number, entry, Deed.SUGGESTED)
    by = tuple(_over(entry, done))
    if entry.state is State.APPLIED and not by:
        return Fate(number, entry, Deed.FALLEN)
    return Fate(number, entry, Deed.LOST if entry.state is State.OPEN else Deed.COVERED, by)


def _over(entry: Entry, done: Mapping[int, Entry]) -> Iterator[int]:
    """The edits of other rules, or of its own that are more than what is left of it, that took its place."""
    for number, other in done.items():
        is_rest = other.rule == entry.rule and _holds(entry.home, other.home)
        if other.stage == entry.stage and not is_rest and touches(other.home, entry.home.start, entry.home.end):
            yield number


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def touches(span: Span, start: int, end: int) -> bool:
    """Whether a span has to do with a stretch of a text: an empty one where it stands in it, or one is the other."""
    if (span.start, span.end) == (start, end):
        return True
    if span.start == span.end:
        return start <= span.start < end
    return span.start < end and start < span.end
