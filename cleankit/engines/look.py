"""What `check` and `fix` do with a document: look at it, and put the clean text in the place of the old one."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from cleankit import corpus
from cleankit.config import Choice
from cleankit.corpus import STDIN
from cleankit.encoding import encode
from cleankit.engines.job import Failure, told
from cleankit.engines.plan import Plan, Task
from cleankit.errors import UsageError, WriteError
from cleankit.model import Document, Finding, Safety

if TYPE_CHECKING:
    from cleankit.engines.memory import Memory
    from cleankit.pipeline import Outcome
    from cleankit.suppress.spares import Spares
    from cleankit.suppress.tally import Stale, Tally

T = TypeVar("T")


class Seen(NamedTuple):
    """A document that was looked at."""

    task: Task
    outcome: Outcome

    @property
    def path(self) -> str:
        """The path to name it by."""
        return self.task.source.name

    @property
    def text(self) -> str:
        """What the findings count in."""
        return self.outcome.source.text

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.outcome.findings

    @property
    def spared(self) -> tuple[Finding, ...]:
        """The findings that were left alone."""
        return self.outcome.spared


class Recalled(NamedTuple):
    """A document that was looked at before, with what was found then."""

    task: Task
    text: str
    findings: tuple[Finding, ...]
    spared: tuple[Finding, ...]

    @property
    def path(self) -> str:
        return self.task.source.name


class Fixed(NamedTuple):
    """A document whose edits were made. `findings` are those left in the result; `data` are its bytes."""

    task: Task
    outcome: Outcome
    findings: tuple[Finding, ...]
    data: bytes

    @property
    def path(self) -> str:
        return self.task.source.name

    @property
    def text(self) -> str:
        return self.outcome.result.text

    @property
    def spared(self) -> tuple[Finding, ...]:
        return self.outcome.spared

    @property
    def changed(self) -> bool:
        return self.outcome.result.text != self.outcome.source.text


if TYPE_CHECKING:
    Look = Seen | Recalled | Fixed | Stale | Failure


def check(plan: Plan) -> Iterator[Seen | Failure]:
    """Each document with its findings, or why it could not be looked at."""
    yield from _each(plan, lambda task: _seen(task, corpus.read(task.source, task.settings.encoding)))


def recheck(plan: Plan, memory: Memory) -> Iterator[Seen | Recalled | Failure]:
    """The same, where what is remembered of a file stands for another look at it."""
    yield from _each(plan, partial(_recalled, memory=memory))
    memory.close()


def _each(plan: Plan, look: Callable[[Task], T]) -> Iterator[T | Failure]:
    yield from (told(error.path, error) for error in plan.missing)
    for task in plan.tasks:
        try:
            yield look(task)
        except Exception as error:  # one bad page does not end the check of the others
            yield told(task.source.name, error)


def _seen(task: Task, document: Document) -> Seen:
    return Seen(task, task.pipeline().run(document))


def _recalled(task: Task, memory: Memory) -> Seen | Recalled:
    source, encoding = task.source, task.settings.encoding
    if source.path == STDIN:  # an editor's text, which is another one each time
        return _seen(task, corpus.read(source, encoding))
    # read once: what is remembered must be of the very bytes that it goes by
    data = corpus.read_bytes(source.path)
    name = memory.name(task, data)
    if found := memory.recall(name, task, data):
        return Recalled(task, *found)
    seen = _seen(task, corpus.document(source, data, encoding))
    memory.keep(name, task, seen.text, seen.findings, seen.spared)
    return seen


def fix(plan: Plan, *, write: bool = True, journal: str = "") -> Iterator[Fixed | Failure]:
    """Clean each document in place: same encoding, same byte order mark, same line ends, and only where it changes.

    The ledger of each that is changed goes behind those in the file `journal`, before its text does.
    """
    for task in plan.tasks:
        if corpus.is_markup(task.source.name):
            yield told(task.source.name, _page(task.source.name))
    texts = tuple(task for task in plan.tasks if not corpus.is_markup(task.source.name))
    for seen in check(plan._replace(tasks=texts)):
        if isinstance(seen, Failure):
            yield seen
            continue
        try:
            fixed = _fixed(seen)
            if write and fixed.changed:
                if journal:
                    _note(fixed, journal)
                if seen.task.source.path != STDIN:
                    _replace(seen.task.source.path, fixed)
            yield fixed
        except Exception as error:  # nor does one that cannot be written
            yield told(seen.path, error)


def _page(path: str) -> WriteError:
    problem = "is HTML, and what is clean of it is text that cannot stand in its place; clean it into a folder"
    return WriteError(path, f"{problem}: cleankit clean {path} -o OUT")


def _fixed(seen: Seen) -> Fixed:
    outcome = seen.outcome
    meta, result = outcome.source.meta, outcome.result
    encoding = str(meta["encoding"])
    try:
        data = encode(result.text, encoding, bool(meta["bom"]))
    except UnicodeEncodeError as error:
        missing = result.text[error.start]
        raise WriteError(
            seen.path, f"was not changed: {encoding} has no U+{ord(missing):04X}; convert the file to UTF-8 first"
        ) from error
    left = outcome.open if not outcome.applied else seen.task.pipeline().run(Document(result.id, result.text)).findings
    return Fixed(seen.task, outcome, left, data)


def check_journal(journal: str, plan: Plan) -> None:
    """Raise UsageError for a file that is no place for ledgers: a document, or one that holds something else."""
    path = Path(journal)
    if any(os.path.realpath(task.source.path) == os.path.realpath(path) for task in plan.tasks):
        raise UsageError(f"{journal}: is one of the documents; choose another file with --ledger")
    if path.is_dir():
        raise UsageError(f"{journal}: is a folder; give a file with --ledger")
    data = corpus.read_bytes(journal) if path.is_file() else b""
    if data and not (data.startswith(b'{"v":') and data.endswith(b"\n")):
        raise UsageError(f"{journal}: holds something else than ledgers; choose another file with --ledger")


def _note(fixed: Fixed, journal: str) -> None:
    from cleankit import ledger

    whole = ledger.of(fixed.outcome, fixed.task.settings.choice.apply)
    corpus.append_bytes(Path(journal), ledger.write(replace(whole, id=fixed.path)))


def _replace(path: str, fixed: Fixed) -> None:
    file = Path(path)
    if not file.is_file():
        raise WriteError(path, "is no file that could be changed in place; read it as -")
    # its folder may take a new file all the same, and root may write anything: the mode says what was meant
    if not file.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(file, os.W_OK):
        raise WriteError(path, "is read-only, so it was left alone; make it writable, or exclude it")
    corpus.write_bytes(file, fixed.data, instead_of=str(fixed.outcome.source.meta["sha256"]))


def is_fixable(finding: Finding, level: Safety) -> bool:
    """Whether a finding counts at a level: one with a fix that is at least so safe, or at `flag` any at all."""
    return level is Safety.FLAG or (finding.fix is not None and finding.safety.rank <= level.rank)


@dataclass(slots=True)
class Account:
    """What a stream comes to, counted as it passes by. `all_unused`: also tell of unused entries for many files."""

    plan: Plan
    all_unused: bool = False
    documents: int = 0  # with findings
    findings: int = 0
    failing: int = 0  # findings that count for the exit code
    spared: int = 0
    changed: int = 0
    failures: list[Failure] = field(default_factory=list)
    levels: set[Safety] = field(default_factory=set)  # that documents failed on
    rules: dict[str, tuple[int, int]] = field(default_factory=dict)  # findings, and how many `fix` would mend
    level: Safety = Safety.SUGGESTED  # that the document now under way fails on

    def fail(self, path: str, problem: str) -> None:
        """Note what could not be done with a document."""
        self.failures.append(Failure(path, problem))

    def keep(self, stream: Iterable[Look]) -> Iterator[Look]:
        """Passes the stream on, and behind it the entries of suppression files that are out of date."""
        tally: Tally | None = None
        for seen in stream:
            if isinstance(seen, Failure):
                self.failures.append(seen)
            elif isinstance(seen, Seen | Recalled | Fixed):
                settings = seen.task.settings
                self.level = settings.fail_on
                self.levels.add(self.level)
                self.spared += len(seen.spared)
                self.changed += isinstance(seen, Fixed) and seen.changed
                self._count(seen.findings, settings.choice.apply)
                if seen.task.spares:
                    if tally is None:  # most have nothing to leave alone, and need not wait for it
                        from cleankit.suppress.tally import Tally

                        tally = Tally()
                    known, wanted = partial(_known, settings.choice), partial(_is_wanted, settings.choice)
                    source = seen.outcome.source.text if isinstance(seen, Fixed) else seen.text
                    tally.see(seen.task.spares, source, seen.spared, known, wanted)
            yield seen
        self.level = max(self.levels, key=lambda level: level.rank, default=self.level)
        for stale in tally.stale(everything=self.all_unused) if tally else ():
            findings = tuple(finding for finding in stale.findings if self.plan.wants(finding.rule))
            self._count(findings, Safety.SAFE)
            if findings:
                yield stale._replace(findings=findings)

    def counts(self, finding: Finding) -> bool:
        """Whether a finding of the document that passed by last counts for the exit code."""
        return is_fixable(finding, self.level)

    def _count(self, findings: tuple[Finding, ...], apply: Safety) -> None:
        self.documents += bool(findings)
        for finding in findings:
            self.findings += 1
            self.failing += self.counts(finding)
            count, fixable = self.rules.get(finding.rule, (0, 0))
            self.rules[finding.rule] = count + 1, fixable + is_fixable(finding, apply)


# seldom asked: the rules and filters need not be imported where nothing is looked at anew
def _known(choice: Choice) -> frozenset[str]:
    from cleankit import recipe

    return frozenset(about.rule for about in recipe.abouts(choice))


def _is_wanted(choice: Choice, rule: str) -> bool:
    from cleankit import recipe

    return recipe.selection(choice)(rule)


class Baseline(NamedTuple):
    """A baseline that was written, with the number of findings that it holds."""

    path: str
    findings: int


def write_baselines(plan: Plan) -> Iterator[Baseline | Failure]:
    """Note all that is found now, so that it is left alone from now on; what could not be looked at comes first.

    Raises UsageError where a document is out of a baseline's reach.
    """
    from cleankit.suppress.entries import load
    from cleankit.suppress.spares import Spares
    from cleankit.suppress.write import baselines

    failures = [told(error.path, error) for error in plan.missing]

    def looked_at() -> Iterator[tuple[Spares, Outcome]]:
        for task in plan.tasks:
            spares = (task.spares or Spares(task.source.name)).of_everything()
            try:
                outcome = task.pipeline(spares).run(corpus.read(task.source, task.settings.encoding))
            except Exception as error:
                failures.append(told(task.source.name, error))
            else:
                yield spares, outcome

    texts = baselines(looked_at(), plan.wants)
    yield from failures
    for path, text in texts.items():
        try:
            corpus.write_bytes(Path(path), text.encode())
            yield Baseline(path, sum(entry.count for entry in load(path).entries))
        except WriteError as error:
            yield told(path, error)
