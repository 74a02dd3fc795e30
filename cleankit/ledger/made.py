"""Which edits hold after a person took some back or allowed others: arithmetic, without a filter or the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from cleankit.edits import Homeward, resolve
from cleankit.ledger.model import Entry, Ledger, State
from cleankit.model import Edit, Finding, Safety, Span
from cleankit.pieces import Pieces, moved, stands_alike
from cleankit.pipeline import WAITS


class Made(NamedTuple):
    """The edits that were made, stage by stage, each with its entry's number and offsets of the text it was made on.

    `with_it` are numbers of edits that went because what they were made on is no longer so; `instead` of edits that
    others had covered, and that are made now.
    """

    stages: tuple[tuple[str, tuple[tuple[int, Entry], ...]], ...]
    with_it: tuple[int, ...] = ()
    instead: tuple[int, ...] = ()


def made(ledger: Ledger) -> Made:
    """What was made in the run, or what holds since some of it was taken back."""
    if not ledger.dropped and not ledger.added:
        stages = ((stage, tuple(pair for pair in pairs if _was_made(pair[1]))) for stage, pairs in ledger.stages())
        return Made(tuple((stage, pairs) for stage, pairs in stages if pairs))
    old = new = Pieces(ledger.chars)
    way_home: list[Homeward] = []
    done: list[tuple[str, tuple[tuple[int, Entry], ...]]] = []
    with_it: list[int] = []
    instead: list[int] = []
    for stage, pairs in ledger.stages():
        ran = [(number + 1, entry.edit) for number, entry in pairs if _was_made(entry) and entry.edit]
        findings = []
        for number, entry in pairs:
            if number in ledger.dropped or not (number in ledger.added or _is_candidate(entry, ledger.apply)):
                continue
            edit = _rebased(entry, old, new) if old is not new else entry.edit
            if edit:
                findings.append(_finding(number, entry, edit))
            elif _was_made(entry):
                with_it.append(number)
        won = [(int(f.message), f.fix) for f in resolve(findings).won if f.fix]
        instead += (n for n, _ in won if ledger.entries[n].state is State.COVERED and (n + 1, _) not in ran)
        if won:
            at_home = tuple((n, _moved(ledger.entries[n], edit, way_home)) for n, edit in won)
            done.append((stage, at_home))
            way_home.append(Homeward([edit for _, edit in won]))
        before = old
        old = old.edited(ran)
        numbered = [(n + 1, edit) for n, edit in won]
        new = old if before is new and numbered == ran else new.edited(numbered)
    return Made(tuple(done), tuple(with_it), tuple(instead))


def numbers_of(ledger: Ledger, rules: Iterable[str]) -> frozenset[int]:
    """The entries with an edit that these rules made."""
    wanted = frozenset(rules)
    return frozenset(n for n, entry in enumerate(ledger.entries) if entry.rule in wanted and entry.edit)


def _was_made(entry: Entry) -> bool:
    return entry.state is State.APPLIED


def _is_candidate(entry: Entry, apply: Safety) -> bool:
    """Whether the run would have made an edit, had nothing been in its way."""
    if entry.edit is None or entry.state is State.SPARED:
        return False
    allowed = entry.safety.rank <= apply.rank and WAITS not in entry.evidence
    return entry.state in (State.APPLIED, State.COVERED) or (allowed and entry.edit.old != entry.edit.new)


def _rebased(entry: Entry, old: Pieces, new: Pieces) -> Edit | None:
    edit = entry.edit
    if edit is None or (to := moved(edit.start, edit.end, old, new)) is None:
        return None
    # blank lines and spaces are what they are by what stands beside them
    if not (edit.old + edit.new).strip() and not stands_alike(edit.start, edit.end, old, new, to):
        return None
    return replace(edit, start=to, end=to + edit.end - edit.start)


def _finding(number: int, entry: Entry, edit: Edit) -> Finding:
    return Finding(entry.rule, str(number), entry.home, fix=edit, safety=entry.safety)


def _moved(entry: Entry, edit: Edit, way_home: list[Homeward]) -> Entry:
    """An entry with its edit as it is made now; its place in the source is worked out anew."""
    if edit == entry.edit and not way_home:
        return entry
    span = Span(edit.start, edit.end)
    for step in reversed(way_home):
        span = step.span(span)
    return replace(entry, edit=edit, home=span, state=State.APPLIED)
