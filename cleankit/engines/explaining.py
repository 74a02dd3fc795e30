"""What `explain` tells: what was done to a document, to one of its lines or to a word, by which findings, and why.

All of it is read off a ledger: that of a run, or the one that cleaning the text now would leave.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from cleankit import corpus, ledger, recipe
from cleankit.config import Choice
from cleankit.config.nearest import shown
from cleankit.corpus import STDIN
from cleankit.edits import Homeward
from cleankit.engines import nearness
from cleankit.engines.folder import Kept, Run, finding, run_of
from cleankit.engines.nearness import Nearness, Step
from cleankit.engines.places import LEDGER, QUARANTINE, RECORDS, TEXT
from cleankit.engines.plan import Given, Task, one
from cleankit.errors import CleankitError, LedgerError, ReadError, UsageError
from cleankit.ledger import DONE, Deed, Fate, Ledger, touches
from cleankit.model import About, Finding, Span
from cleankit.page import Page
from cleankit.suppress.spares import Said, Spares

_PLACE = re.compile(r"(?P<path>.+?):(?P<row>\d+)(?::(?P<col>\d+))?:?\Z", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
# for the length of a text that a ledger does not keep
_LOST = "\ufffd"


class Side(StrEnum):
    """Which text the lines are counted in."""

    ORIGINAL = "original"
    CLEAN = "clean"
    QUARANTINE = "quarantine"  # a page that was put aside as it was


class Outcome(StrEnum):
    """What became of a line."""

    KEPT = "kept"
    CHANGED = "changed"
    GONE = "gone"
    WAITS = "waits"  # its page was put aside


class Place(NamedTuple):
    """A document, a line of it, or a column; 0 where none was given."""

    path: str
    row: int = 0
    col: int = 0


class Told(NamedTuple):
    """A finding with what was done about it; `by` are the rules that it gave way to, `said` is who wants it left alone.

    `about` is None for a rule that is no longer known. `hidden`: a part of the evidence was not kept.
    """

    fate: Fate
    about: About | None
    by: tuple[str, ...] = ()
    said: Said | None = None
    hidden: bool = False

    @property
    def rule(self) -> str:
        return self.fate.entry.rule

    @property
    def home(self) -> Span:
        return self.fate.entry.home


@dataclass(frozen=True, slots=True)
class Line:
    """The line, or the word in it, that was asked about.

    `text` is what stands there; `at` its place in the source, and `result` what it is in the clean text, with its place
    there, as far as there is one. `before` and `after` are the findings that took out what stood right beside it.
    """

    row: int
    col: int
    text: str
    at: Span
    outcome: Outcome
    original: str | None  # None where the source is gone
    result: str
    result_at: Span
    before: tuple[Told, ...] = ()
    after: tuple[Told, ...] = ()
    near: tuple[tuple[Nearness, About | None], ...] = ()
    unasked: str = ""  # why no filter could be asked what came near


@dataclass(frozen=True, slots=True)
class Explained:
    """What there is to tell of a document, or of the one line of it that was asked about.

    `run` is the folder of the run whose ledger says it; empty where the text was looked at now. `source` is None where
    only hashes of it were kept and the original is gone.
    """

    path: str
    side: Side
    run: str
    name: str
    journal: Ledger
    source: str | None
    clean: str
    told: tuple[Told, ...]
    line: Line | None = None


def place(text: str) -> Place:
    """`FILE`, `FILE:LINE` or `FILE:LINE:COL`. Raises UsageError for a line or column 0."""
    found = None if os.path.exists(text) else _PLACE.match(text)  # noqa: PTH110 - it may be too long for a path
    if found is None:
        return Place(text)
    if int(found["row"]) < 1 or found["col"] == "0":
        raise UsageError(f"{text}: lines and columns count from 1")
    return Place(found["path"], int(found["row"]), int(found["col"] or 0))


def explain(where: Place, run: str = "", given: Given = Given()) -> Explained:  # noqa: B008 - frozen
    """Tell what was done there. Raises UsageError for a line that is not there, ReadError and LedgerError."""
    found = None if where.path == STDIN else run_of(where.path)
    if found and (not run or os.path.realpath(found[0].folder) == os.path.realpath(run)):
        case = _of_run(*found, where.path, given)
    elif run:
        case = _in_run(Run(run), where.path, given)
    else:
        case = _now(where.path, given)
    return _Teller(case).tell(where)


class _Case(NamedTuple):
    """A document with its ledger, from which the rest is worked out. `journal` has old texts of the right lengths."""

    path: str
    side: Side
    run: str
    name: str
    journal: Ledger
    source: str | None
    clean: str
    choice: Choice
    spares: Spares | None


def _now(path: str, given: Given) -> _Case:
    task = one(path, given)
    document = corpus.read(task.source, task.settings.encoding)
    choice = task.settings.choice
    outcome = task.pipeline().run(document)
    journal = ledger.of(outcome, choice.apply)
    name = task.source.name
    clean = outcome.result.text
    return _Case(name, Side.ORIGINAL, "", document.id, journal, document.text, clean, choice, task.spares)


def _in_run(run: Run, path: str, given: Given) -> _Case:
    """An original, by what a run's ledger says of it. Raises ReadError where the run has not met it as it is."""
    task = one(path, given)
    document = corpus.read(task.source, task.settings.encoding)
    name = run.with_source(str(document.meta["sha256"]))
    if not name:
        other = run.named(task.source.id)
        if other:
            run.any(other)  # its ledger may be damaged, which is another thing to say
            problem = f"is not what {run.folder} was made from: there is another version of it there, {other!r}"
            raise ReadError(task.source.name, f"{problem}; clean it again, or leave out --run to look at it now")
        raise ReadError(task.source.name, f"is not in {run.folder}: no document of that run has its bytes")
    kept = run.any(name)
    return _of_kept(run, kept, task.source.name, document.text, given, task)._replace(side=Side.ORIGINAL)


def _of_run(run: Run, name: str, path: str, given: Given) -> _Case:
    """A file of a run folder."""
    run = Run(shown(str(run.folder)))
    kind = Path(os.path.abspath(path)).relative_to(os.path.abspath(run.folder)).parts[0]  # noqa: PTH100
    if kind == RECORDS:
        raise UsageError(f"{path}: holds records; what was done to each is told in {run.folder / RECORDS / LEDGER}")
    if kind not in (QUARANTINE, TEXT) or not path.endswith(corpus.SUFFIX):
        there = run.places(name).aside if name in run.waiting() else run.places(name).text
        raise UsageError(f"{path}: is no text; give {there}")
    kept = run.set_aside(name) if kind == QUARANTINE else run.kept(name)
    try:
        source = run.source(kept)
    except LedgerError:
        if not kept.ledger.hashed:
            raise
        source = None
    return _of_kept(run, kept, path, source, given)


def _of_kept(run: Run, kept: Kept, path: str, source: str | None, given: Given, task: Task | None = None) -> _Case:
    """A document of a run; `task` is its original's where that is the file that was asked about."""
    journal = ledger.filled(kept.ledger, source) if source is not None else _as_long(kept.ledger)
    side = Side.QUARANTINE if kept.waits else Side.CLEAN
    original = run.original(kept.ledger)
    if task is None:
        task = one(str(original) if original else STDIN, given)
    # what was said in the run, unless something else is said now
    choice = (run.choice() if given == Given() else None) or task.settings.choice
    spares = task.spares if original or side is Side.ORIGINAL else None
    return _Case(path, side, str(run.folder), kept.name, journal, source, kept.text, choice, spares)


def _as_long(journal: Ledger) -> Ledger:
    """A ledger without old texts, with as many signs in their place: enough to count with."""
    entries = []
    for entry in journal.entries:
        edit = entry.edit
        old = _LOST * (edit.end - edit.start) if edit else ""
        entries.append(replace(entry, edit=replace(edit, old=old)) if edit else entry)
    return replace(journal, entries=tuple(entries))


class _Teller:
    """Works out what there is to tell of one document."""

    def __init__(self, case: _Case) -> None:
        self.case = case
        made = ledger.made(case.journal)
        self.steps = [Step(stage, tuple(e.edit for _, e in pairs if e.edit)) for stage, pairs in made]
        self.told = self._told()

    def tell(self, where: Place) -> Explained:
        case = self.case
        told, line = self._line(where) if where.row else (self.told, None)
        return Explained(case.path, case.side, case.run, case.name, case.journal, case.source, case.clean, told, line)

    def _told(self) -> tuple[Told, ...]:
        """Every finding, in the order of the source."""
        abouts = self._abouts()
        all_fates = ledger.fates(self.case.journal)
        who = self._who()
        ordered = sorted(all_fates, key=lambda fate: (fate.entry.home, fate.entry.rule, fate.number))
        return tuple(
            Told(
                fate,
                abouts.get(fate.entry.rule),
                tuple(dict.fromkeys(all_fates[number].entry.rule for number in fate.by)),
                who(finding(fate.entry)) if fate.deed is Deed.SPARED else None,
                bool(fate.entry.digest) or any(not isinstance(value, str) for _, value in fate.entry.evidence),
            )
            for fate in ordered
        )

    def _abouts(self) -> dict[str, About]:
        try:
            abouts = recipe.abouts(self.case.choice)
        except CleankitError:  # a pack or a plugin that the run had may be gone
            abouts = recipe.abouts(Choice(plugins=False))
        return {about.rule: about for about in abouts}

    def _who(self) -> Callable[[Finding], Said | None]:
        spares, source = self.case.spares, self.case.source
        return spares.account(source) if spares and source is not None else lambda _: None

    def _touching(self, at: Span) -> tuple[Told, ...]:
        return tuple(told for told in self.told if touches(told.home, at.start, at.end))

    def _line(self, where: Place) -> tuple[tuple[Told, ...], Line]:
        """The line or word, and the findings that touch it."""
        case, is_clean = self.case, self.case.side is Side.CLEAN
        text = case.clean if is_clean else case.source or ""
        asked = _asked(text, where)
        span = asked.word or asked.line
        at = asked.word or asked.whole
        if is_clean:
            at = self._home(at) if asked.word else self._row(asked.whole)
        # what is put in at the very end belongs to the last line
        told = self._touching(Span(at.start, at.end + (asked.is_last and not is_clean)))
        words = text[span.start : span.end]
        if case.journal.aside:
            return told, Line(where.row, where.col, words, at, Outcome.WAITS, words, "", Span(0, 0))
        here, result_at = (at, span) if is_clean else (span, self._onward(span))
        original = None if case.source is None else case.source[here.start : here.end]
        if original is not None and is_clean and not asked.word:
            original = original.rstrip("\r\n")  # of several lines those between them stay
        result = case.clean[result_at.start : result_at.end]
        outcome = Outcome.KEPT
        if not is_clean and self._is_gone(words, result, asked):
            outcome = Outcome.GONE
        elif any(one.fate.deed in DONE for one in told) if original is None else original != result:
            outcome = Outcome.CHANGED
        line = Line(where.row, where.col, words, at, outcome, original, result, result_at)
        if is_clean and not asked.word:
            before, after = self._beside(asked.whole, at, told)
            line = replace(line, before=before, after=after)
        return told, line if outcome is Outcome.GONE else self._with_near(line, here, told)

    def _is_gone(self, words: str, result: str, asked: _Asked) -> bool:
        """Whether nothing is left of a line or word of the original; of a blank line, not even its end."""
        if words.strip():
            return not result.strip()
        left = self._onward(asked.word or asked.whole)
        return left.start == left.end

    def _with_near(self, line: Line, here: Span, told: Iterable[Told]) -> Line:
        case = self.case
        if case.source is None or not case.source[here.start : here.end].strip():
            return line
        try:
            found = nearness.near(recipe.build(case.choice), self.steps, case.source, here)
        except (CleankitError, ValueError) as error:
            return replace(line, unasked=str(error))
        # a rule that only points to a place may be asked why it does no more
        done = {one.rule for one in told if one.fate.deed is not Deed.FLAGGED}
        abouts = self._abouts()
        near = tuple((one, abouts.get(one.near.rule)) for one in found if one.near.rule not in done)
        return replace(line, near=near)

    def _row(self, whole: Span) -> Span:
        """A line of the clean text in the source, with what was taken out of its own row there."""
        at, (first, last) = self._home(whole), self._between(whole)
        if self.case.source is None:
            return at
        lines = Page(self.case.source)
        if not lines.lines:
            return at
        top, bottom = (lines.lines[lines.line_at(offset)] for offset in (at.start, max(at.start, at.end - 1)))
        return Span(max(first, top.start), max(at.end, min(last, bottom.stop)))

    def _between(self, whole: Span) -> tuple[int, int]:
        """Where in the source what is left before a line of the clean text ends, and what is left behind it begins."""
        clean = self.case.clean
        first = self._home(Span(0, whole.start)).end if whole.start else 0
        last = self._home(Span(whole.end, len(clean))).start if whole.end < len(clean) else self.case.journal.chars + 1
        return first, last

    def _beside(self, whole: Span, at: Span, told: Iterable[Told]) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
        """What was taken out right before a line of the clean text, and right behind it."""
        first, last = self._between(whole)
        inside = {one.fate.number for one in told}

        def taken(start: int, stop: int) -> tuple[Told, ...]:
            gap = (one for one in self.told if one.fate.deed in DONE and touches(one.home, start, stop))
            return tuple(one for one in gap if one.fate.number not in inside)

        return taken(first, at.start), taken(at.end, last)

    def _home(self, span: Span) -> Span:
        for step in reversed(self.steps):
            span = Homeward(step.edits).span(span)
        return span

    def _onward(self, span: Span) -> Span:
        for step in self.steps:
            span = nearness.onward(span, step.edits)
        return span


class _Asked(NamedTuple):
    """A line without its end and with it, and the word in it that was asked about, if one was."""

    line: Span
    whole: Span
    word: Span | None
    is_last: bool


def _asked(text: str, where: Place) -> _Asked:
    page = Page(text)
    if where.row > len(page.lines):
        rows = len(page.lines)
        there = f"the text has {rows} line{'s' * (rows != 1)}" if rows else "the text is empty"
        raise UsageError(f"{where.path}:{where.row}: {there}")
    line = page.lines[where.row - 1]
    columns = line.end - line.start
    if where.col > columns:
        there = f"the line has {columns} column{'s' * (columns != 1)}" if columns else "the line is empty"
        raise UsageError(f"{where.path}:{where.row}:{where.col}: {there}")
    word = _word(text, line.start + where.col - 1, line.start, line.end) if where.col else None
    is_last = where.row == len(page.lines)
    return _Asked(Span(line.start, line.end), Span(line.start, line.stop), word, is_last)


def _word(text: str, at: int, start: int, end: int) -> Span:
    """The word that a character belongs to; the character where it belongs to none, or words are not set apart."""
    if _UNSPACED.match(text[at]):
        return Span(at, at + 1)
    for found in _WORD.finditer(text, start, end):
        if found.start() <= at < found.end():
            return Span(*found.span())
    return Span(at, at + 1)
