"""Takes edits of a finished run back, or allows others: arithmetic on what the ledger tells, without a filter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from cleankit.edits import apply, resolve
from cleankit.ledger.model import Amendment, Entry, Ledger, State
from cleankit.ledger.record import sha256
from cleankit.ledger.restore import filled
from cleankit.ledger.sums import sums
from cleankit.model import Edit, Finding, Safety
from cleankit.pieces import Pieces, left_of, moved, stands_alike
from cleankit.pipeline import WAITS

_LINE_END = re.compile(r"\r\n|\r|\n")
# line ends that are left of white space by whether a text begins there, and whether it ends
_KEPT = {(True, False): 0, (False, True): 1, (False, False): 2, (True, True): 0}


class Amended(NamedTuple):
    """A ledger after a change, and the clean text that it stands for.

    Of what the change brought with it, by the numbers of entries: edits that went too, for what they were made on is
    no longer so (`with_it`); edits that others had covered, and that are made now (`instead`); edits of which only
    parts are left (`in_part`).
    """

    ledger: Ledger
    text: str
    with_it: tuple[int, ...] = ()
    instead: tuple[int, ...] = ()
    in_part: tuple[int, ...] = ()


class _Text(NamedTuple):
    """A text of the run, and what it is now; the same object where nothing has changed yet."""

    text: str
    pieces: Pieces


def amend(ledger: Ledger, source: str, dropped: frozenset[int], added: frozenset[int]) -> Amended:
    """The ledger with other entries dropped and added, of all that its run found. Two empty sets give the run's own.

    `source` is the text of the original. Raises LedgerError where it is that of another one.
    """
    whole = replace(filled(ledger, source), amendment=None)
    if not dropped and not added:
        text = _as_run(source, whole)
        return Amended(_with(whole, text, None), text)
    was = now = _Text(source, Pieces(len(source)))
    edits: list[tuple[int, Edit]] = []
    with_it: list[int] = []
    instead: list[int] = []
    in_part: list[int] = []
    for _, pairs in whole.stages():
        ran = [(number, entry.edit) for number, entry in pairs if entry.state is State.APPLIED and entry.edit]
        findings: list[Finding] = []
        for number, entry in pairs:
            if number in dropped or not (number in added or _is_candidate(entry, whole.apply)):
                continue
            moves = list(_rebased(entry, was, now))
            findings += (_finding(number, entry, edit) for edit in moves)
            if entry.state is State.APPLIED and not _is_whole(entry, moves):
                (in_part if moves else with_it).append(number)
        won = list(_won(findings, whole))
        instead += (number for number, _ in won if whole.entries[number].state is State.COVERED)
        edits += won
        before = was
        was = _after(was, ran)
        now = was if before is now and won == ran else _after(now, won)
    amendment = Amendment(dropped, added, tuple(edits))
    return Amended(_with(whole, now.text, amendment), now.text, tuple(with_it), tuple(instead), tuple(in_part))


def _as_run(source: str, ledger: Ledger) -> str:
    text = source
    for _, pairs in ledger.stages():
        text = apply(text, [entry.edit for _, entry in pairs if entry.state is State.APPLIED and entry.edit])
    return text


def _with(ledger: Ledger, text: str, amendment: Amendment | None) -> Ledger:
    data = text.encode()
    result = sha256(data)
    return replace(ledger, amendment=amendment, result=result, sums=sums(data, unchanged=result == ledger.source))


def _after(text: _Text, edits: list[tuple[int, Edit]]) -> _Text:
    if not edits:
        return text
    # the pieces number what they are edited by from 1
    pieces = text.pieces.edited([(number + 1, edit) for number, edit in edits])
    return _Text(apply(text.text, [edit for _, edit in edits]), pieces)


def _is_candidate(entry: Entry, apply: Safety) -> bool:
    """Whether the run would have made an edit, had nothing been in its way."""
    if entry.edit is None or entry.state is State.SPARED:
        return False
    allowed = entry.safety.rank <= apply.rank and WAITS not in entry.evidence
    return entry.state in (State.APPLIED, State.COVERED) or (allowed and entry.edit.old != entry.edit.new)


def _is_whole(entry: Entry, moves: list[Edit]) -> bool:
    """Whether what is left of an edit takes out as much as it did."""
    return entry.edit is not None and bool(moves) and sum(len(move.old) for move in moves) == len(entry.edit.old)


def _finding(number: int, entry: Entry, edit: Edit) -> Finding:
    return Finding(entry.rule, str(number), entry.home, fix=edit, safety=entry.safety)


def _won(findings: list[Finding], ledger: Ledger) -> Iterator[tuple[int, Edit]]:
    """The edits that are made of candidates, with the numbers of their entries."""
    applied = {
        (finding.rule, finding.fix): int(finding.message)
        for finding in findings
        if ledger.entries[int(finding.message)].state is State.APPLIED
    }
    for finding in resolve(findings).won:
        if finding.fix:
            # of one that was made in part there are two entries, the whole of it being covered
            yield applied.get((finding.rule, finding.fix), int(finding.message)), finding.fix


def _rebased(entry: Entry, was: _Text, now: _Text) -> Iterator[Edit]:
    """The edit of an entry as it is made on the text there is now: none where that is another text, or several."""
    edit = entry.edit
    if edit is None:
        return
    if was is now:
        yield edit
        return
    to = moved(edit.start, edit.end, was.pieces, now.pieces)
    is_blank = not (edit.old + edit.new).strip()
    if to is not None and (not is_blank or _stands_alike(edit, was, now, to)):
        yield replace(edit, start=to, end=to + edit.end - edit.start)
    elif is_blank:
        yield from _blanks(edit, was, now)
    elif not edit.new:
        for offset, at, size in left_of(edit.start, edit.end, was.pieces, now.pieces):
            yield Edit(at, at + size, edit.old[offset : offset + size], "")


def _stands_alike(edit: Edit, was: _Text, now: _Text, to: int) -> bool:
    """Whether white space has the neighbours that it had; at the end of a line those before it do not matter."""
    end = to + edit.end - edit.start
    if stands_alike(edit.start, edit.end, was.pieces, now.pieces, to):
        return True
    at_end = end == len(now.text) or now.text[end] in "\r\n"
    is_trailing = at_end and edit.start < edit.end and not edit.new and not _LINE_END.search(edit.old)
    return is_trailing and was.pieces.at(edit.end) == now.pieces.at(end)


def _blanks(edit: Edit, was: _Text, now: _Text) -> Iterator[Edit]:
    """What white space is to go beside a change: of line ends so many stay as the run had left, and all else stays.

    Where a text begins or ends now, or did so, it is as many as anywhere: none above, one below, and one empty line.
    """
    if edit.start == edit.end == len(was.text):
        # a last line without its end is given one, whatever line that is now
        if now.text and not now.text.endswith(("\n", "\r")):
            yield replace(edit, start=len(now.text), end=len(now.text))
        return
    if edit.new or _LINE_END.sub("", edit.old):
        return
    first, last = _run(was.text, edit.start, edit.end)
    kept = len(_LINE_END.findall(was.text[first:last])) - len(_LINE_END.findall(edit.old))
    place = first == 0, last == len(was.text)
    done = -1
    for _, at, size in left_of(edit.start, edit.end, was.pieces, now.pieces):
        start, end = _run(now.text, at, at + size)
        if start < done:
            continue
        done = end
        ends = list(_LINE_END.finditer(now.text, start, end))
        there = start == 0, end == len(now.text)
        if (surplus := len(ends) - (kept if there == place else _KEPT[there])) > 0:
            cut = ends[-surplus].start()
            if not _LINE_END.sub("", now.text[cut:end]):
                yield Edit(cut, end, now.text[cut:end], "")


def _run(text: str, start: int, end: int) -> tuple[int, int]:
    """The white space around a stretch of it."""
    while start and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    return start, end
