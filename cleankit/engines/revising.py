"""Changes a finished run without cleaning again: takes edits back, allows them, settles what waits."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from cleankit import fingerprint, ledger, recipe
from cleankit.engines import accounting, decisions
from cleankit.engines.decisions import Decision, Verdict
from cleankit.engines.folder import Kept, Run, finding
from cleankit.engines.job import Failure, briefing, json_bytes, told
from cleankit.engines.places import JOINED
from cleankit.errors import CleankitError, LedgerError, UsageError, meant
from cleankit.ledger import Amended, Entry, Ledger, State
from cleankit.selection import fits, is_glob

_UNTIDY = re.compile(r"[^\S\r\n](?:\r|\n|\Z)|(?:\r\n|\r|\n){3}|[^\S\r\n\t ]")
UNFINISHED = ".unfinished"  # in a run folder while it is changed
_EDIT = re.compile(r"(?P<name>.+):(?P<line>\d+)\Z", re.DOTALL)


class Wanted(NamedTuple):
    """What is to be changed. `rules` are ids, packs or globs, `edits` lines of ledgers (`NAME:LINE`); where there is
    neither, the documents as a whole. `names` are documents or globs, all of them where there is none."""

    names: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Revised:
    """A document that was changed, and what the change brought with it, each rule with its number of edits.

    `rules` are those whose edits were taken back or made, `gone` others whose edits went with them, `instead` others
    whose edits are made in their place. `unseen` are rules that judged lines by what stood around them, and did not see
    the lines that are back; where what is back has blanks or empty lines that would not have stayed, it is `untidy`. Of
    a page that waited, `settled` says that it does no more.
    """

    name: str
    path: str
    rules: Counter[str]
    gone: Counter[str] = field(default_factory=Counter)
    instead: Counter[str] = field(default_factory=Counter)
    unseen: Counter[str] = field(default_factory=Counter)
    untidy: bool = False
    settled: bool = False

    @property
    def mixed(self) -> bool:
        """Whether others have a part, so that a run without these edits may come out otherwise."""
        return bool(self.gone or self.instead or self.unseen or self.untidy)


@dataclass(slots=True)
class Revision:
    """All that was changed, what could not be, and whether joined or linked briefings have to be made again."""

    revised: list[Revised] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    unlinked: bool = False


def undo(run: Run, wanted: Wanted, *, write: bool = True) -> Revision:
    """Take edits back in this run alone; another run over the pages makes them again. Raises UsageError."""
    if not wanted.rules and not wanted.edits:
        raise UsageError("say what is to be taken back: --rule RULE, or --edit NAME:LINE")
    return _revise(run, wanted, Verdict.REJECT, write=write, remember=False)


def decide(run: Run, wanted: Wanted, verdict: Verdict, *, write: bool = True) -> Revision:
    """Make edits or take them back, settle pages that wait, and note it for the runs to come. Raises UsageError."""
    if not any(wanted):
        raise UsageError("say what is meant: documents, --rule RULE, or --edit NAME:LINE; `cleankit review` lists both")
    return _revise(run, wanted, verdict, write=write, remember=True)


def _revise(run: Run, wanted: Wanted, verdict: Verdict, *, write: bool, remember: bool) -> Revision:
    if not all(one.strip() for some in wanted for one in some):
        raise UsageError("an empty name means nothing; leave it out, or say which document, rule or edit is meant")
    there = sorted({*run.names(), *run.waiting()})
    edits = _lines(wanted.edits, there)
    names = _named(wanted.names, there) if wanted.names else list(edits) if edits and not wanted.rules else there
    if not write:
        return _each(run, wanted, verdict, names, edits, write=False)[0]
    run.account()  # one that cannot be read is told before anything is changed
    run.mend()
    mark = run.folder / UNFINISHED
    was_stopped = mark.exists()
    mark.touch()
    try:
        revision, fresh = _each(run, wanted, verdict, names, edits, write=True)
    except UsageError:
        if not was_stopped:
            mark.unlink()
        raise
    if remember and (made := list(_decided(wanted, fresh, verdict, names))):
        decisions.add(run.folder, made)
    if revision.revised or was_stopped:
        accounting.renew(run)
    mark.unlink()
    return revision


def _each(
    run: Run, wanted: Wanted, verdict: Verdict, names: Iterable[str], edits: Mapping[str, Sequence[int]], *, write: bool
) -> tuple[Revision, list[Decision]]:
    """What becomes of each document, and what is to be remembered of single edits."""
    revision = Revision()
    fresh: list[Decision] = []
    known: set[str] = set()
    is_whole = not wanted.rules and not wanted.edits
    matched = is_whole
    for name in names:
        try:
            kept = run.any(name)
            source = run.source(kept)
            whole = ledger.filled(kept.ledger, source)
            known |= {entry.rule for entry in whole.entries}
            numbers, said = _meant(whole, source, wanted, edits.get(name, ()), verdict)
            fresh += (decision._replace(document=name) for decision in said)
            matched = matched or bool(numbers)
            if kept.waits and not is_whole:
                continue  # nothing was done to it that could be taken back
            amended = _amended(whole, source, numbers, verdict, waits=kept.waits)
            if not kept.waits and amended.text == kept.text and amended.ledger == whole:
                continue
            if write:
                revision.unlinked |= _write(run, kept, source, amended)
            before = replace(whole, entries=()) if kept.waits else whole
            revised = told_of(name, str(run.places(name).text), before, amended, numbers)
            revision.revised.append(replace(revised, settled=kept.waits))
        except (CleankitError, OSError) as error:
            revision.failures.append(told(str(run.places(name).text), error))
    if not matched and not revision.failures:
        raise UsageError(_nothing(run, wanted, known))
    return revision, fresh


def _lines(edits: Iterable[str], there: Sequence[str]) -> dict[str, list[int]]:
    """The numbers of entries by document. The first line of a ledger is its header, so the entry 0 stands in line 2."""
    found: dict[str, list[int]] = {}
    for edit in edits:
        place = _EDIT.match(edit)
        if not place or int(place["line"]) < 2:
            raise UsageError(f"--edit {edit}: is no edit; write NAME:LINE, the line of its ledger, such as a/b:7")
        name = place["name"].removesuffix(".gz").removesuffix(".jsonl")
        (name,) = _named((name,), there)
        found.setdefault(name, []).append(int(place["line"]) - 2)
    return found


def _named(names: Iterable[str], there: Sequence[str]) -> list[str]:
    """The documents that names and globs mean, in their order. Raises UsageError for one that means none."""
    found: list[str] = []
    for name in names:
        fitting = [one for one in there if one == name or (is_glob(name) and fnmatchcase(one, name))]
        if not fitting:
            raise UsageError(
                f"{name}: is no document of the run; {meant(name, there, 'see its folders text and quarantine')}"
            )
        found += fitting
    return sorted(set(found))


def _meant(
    whole: Ledger, source: str, wanted: Wanted, lines: Iterable[int], verdict: Verdict
) -> tuple[frozenset[int], list[Decision]]:
    """The entries that are to change, and for single ones what is to be remembered."""
    with_edit = {number for number, entry in enumerate(whole.entries) if entry.edit and entry.state is not State.SPARED}
    numbers: set[int] = set()
    said = []
    for number in lines:
        if number not in with_edit:
            raise LedgerError(f"line {number + 2} of the ledger of {whole.id!r} holds no edit")
        entry = whole.entries[number]
        numbers |= {other for other in with_edit if _is_twin(whole.entries[other], entry)}
        excerpt = source[entry.home.start : entry.home.end].strip()[:60]
        said.append(Decision(verdict, "", entry.rule, fingerprint.line(finding(entry), source), excerpt))
    if wanted.rules:
        numbers |= {n for n in with_edit if any(fits(rule, whole.entries[n].rule) for rule in wanted.rules)}
    elif not wanted.edits:
        numbers |= with_edit
    return frozenset(numbers), said


def _is_twin(one: Entry, other: Entry) -> bool:
    """Whether two entries are the same find: of one that was made in part, its whole is kept as covered."""
    if (one.stage, one.rule) != (other.stage, other.rule) or one.edit is None or other.edit is None:
        return False
    return one is other or (one.edit.start < other.edit.end and other.edit.start < one.edit.end)


def _amended(whole: Ledger, source: str, numbers: frozenset[int], verdict: Verdict, *, waits: bool) -> Amended:
    ran = replace(whole, aside=None)
    dropped, added = ran.dropped, ran.added
    if waits:
        numbers = numbers if verdict is Verdict.REJECT else frozenset()
    if verdict is Verdict.REJECT:
        return ledger.amend(ran, source, dropped | numbers, added - numbers)
    open_ones = {number for number in numbers if ran.entries[number].state is State.OPEN}
    return ledger.amend(ran, source, dropped - numbers, added | open_ones)


def told_of(name: str, path: str, before: Ledger, amended: Amended, numbers: frozenset[int]) -> Revised:
    """What a change of the entries `numbers` came to, for a document whose ledger was another one before."""
    after = amended.ledger
    was, now = ({number: entry for _, pairs in ledger.made(one) for number, entry in pairs} for one in (before, after))
    gone, come = was.keys() - now.keys(), now.keys() - was.keys()
    # empty lines follow what stands between them: that they are others now is no news
    others = {number for number in gone - numbers if not _is_blank(was[number])}
    parts = {n for n in was.keys() & now.keys() & {*amended.in_part} if _length(was[n]) != _length(now[n])}
    parts = {number for number in parts if not _is_blank(was[number])}
    stages = recipe.IN_CONTEXT
    changed = {after.entries[number].stage for number in (gone | come) & numbers}
    first = min((number for number in (gone | come) & numbers), default=0)
    unseen = (e.rule for n, e in now.items() if changed and n > first and e.stage in stages and e.stage not in changed)

    def rules(some: Iterable[int]) -> Counter[str]:
        return Counter(after.entries[number].rule for number in sorted(some))

    return Revised(
        name,
        path,
        rules((gone | come) & numbers),
        rules((others | parts) - numbers),
        rules(come - numbers) if before.entries else Counter(),
        Counter(unseen),
        any(_UNTIDY.search(edit.old) for number in gone & numbers if (edit := after.entries[number].edit)),
    )


def _is_blank(entry: Entry) -> bool:
    return entry.edit is not None and not (entry.edit.old + entry.edit.new).strip()


def _length(entry: Entry) -> int:
    return len(entry.edit.old) if entry.edit else 0


def _decided(wanted: Wanted, fresh: list[Decision], verdict: Verdict, names: Sequence[str]) -> Iterator[Decision]:
    yield from fresh
    documents = names if wanted.names else ("",)
    if wanted.rules:
        yield from (Decision(verdict, document, rule) for document in documents for rule in wanted.rules)
    elif not wanted.edits:
        yield from (Decision(verdict, document) for document in names)


def _nothing(run: Run, wanted: Wanted, known: Iterable[str]) -> str:
    asked = ", ".join(wanted.rules or wanted.edits)
    return f"{run.folder}: holds no edit of {asked}; {meant(asked, sorted(known), 'see what its ledgers hold')}"


def _write(run: Run, kept: Kept, source: str, amended: Amended) -> bool:
    """Put the change in place. Whether the briefing was joined or linked, which is then no longer so."""
    places = run.places(kept.name)
    changed = Kept(kept.name, amended.text, amended.ledger)
    linked, wants_briefing = False, places.briefing.exists()
    if wants_briefing:
        with suppress(OSError, ValueError, AttributeError, RecursionError):
            old = json.loads(places.briefing.read_bytes())
            linked = bool(old.get("part_of") or old.get("same_event_as"))
    with suppress(CleankitError, LookupError, TypeError):
        wants_briefing = wants_briefing or bool(run.account()["settings"]["briefings"])
    parsed = json_bytes(briefing(run.outcome(changed, source))[0]) if wants_briefing else None
    run.write(changed, hashes=kept.ledger.hashed, briefing=parsed)
    for path in (places.aside, places.difference, places.waiting, Path(f"{places.waiting}.gz")):
        path.unlink(missing_ok=True)
    return linked or (run.folder / JOINED).is_dir()
