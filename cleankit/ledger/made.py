"""Which edits hold, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from cleankit.edits import Homeward
from cleankit.ledger.model import Entry, Ledger, State
from cleankit.model import Edit, Span

Stages = tuple[tuple[str, tuple[tuple[int, Entry], ...]], ...]


def made(ledger: Ledger) -> Stages:
    """What was made in the run, or what holds since a person changed it: stages with the numbers and the entries.

    Each entry's edit has offsets of the text that it is made on.
    """
    return tuple(_amended(ledger) if ledger.amendment else _as_run(ledger))


def numbers_of(ledger: Ledger, rules: Iterable[str]) -> frozenset[int]:
    """The entries with an edit that these rules asked for."""
    wanted = frozenset(rules)
    return frozenset(n for n, entry in enumerate(ledger.entries) if entry.rule in wanted and entry.edit)


def _as_run(ledger: Ledger) -> Iterator[tuple[str, tuple[tuple[int, Entry], ...]]]:
    for stage, pairs in ledger.stages():
        if was_made := tuple(pair for pair in pairs if pair[1].state is State.APPLIED):
            yield stage, was_made


def _amended(ledger: Ledger) -> Iterator[tuple[str, tuple[tuple[int, Entry], ...]]]:
    edits = ledger.amendment.edits if ledger.amendment else ()
    way_home: list[Homeward] = []
    for stage, group in groupby(edits, key=lambda pair: ledger.entries[pair[0]].stage):
        pairs = list(group)
        yield stage, tuple((number, _now(ledger.entries[number], edit, way_home)) for number, edit in pairs)
        way_home.append(Homeward([edit for _, edit in pairs]))


def _now(entry: Entry, edit: Edit, way_home: list[Homeward]) -> Entry:
    """An entry with its edit as it is made now, and its place in the source."""
    span = Span(edit.start, edit.end)
    for step in reversed(way_home):
        span = step.span(span)
    return replace(entry, edit=edit, home=span, state=State.APPLIED)
