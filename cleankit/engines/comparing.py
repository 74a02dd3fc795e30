"""What two finished runs did differently: their accounts side by side, and the documents of which they tell otherwise.

No text is read for that, but those of a difference that is asked for, and of no more than one document at a time.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

from cleankit import ledger
from cleankit.engines.folder import Run
from cleankit.engines.job import LONGEST_DIFF, Failure, told
from cleankit.engines.places import ACCOUNT, RUN
from cleankit.errors import CleankitError, ReadError, UsageError
from cleankit.ledger import Entry, Ledger, State
from cleankit.model import Span
from cleankit.render import diff
from cleankit.report import Tally

_COUNTS = ("documents", "changed", "failed", "quarantined", "chars", "removed")
_TALLY = ("documents", "applied", "open", "removed", "added")

T = TypeVar("T")


class Pair(NamedTuple, Generic[T]):
    """The same thing in the one run and in the other."""

    before: T
    after: T


class How(StrEnum):
    """How a document differs."""

    ONLY_BEFORE = "only-before"  # the second run has none of this name
    ONLY_AFTER = "only-after"  # the first run has none of this name
    ORIGINAL = "original"  # it was made from another original, so that its findings cannot be held side by side
    QUARANTINED = "quarantined"  # it was cleaned, and waits in the second run
    RELEASED = "released"  # it waited, and is cleaned in the second run
    TEXT = "text"  # its clean text is another one
    FINDINGS = "findings"  # its text is the same, by other findings or with others left open


class Differing(NamedTuple):
    """A document that differs, and by which rules: how many of their findings only the one run has, and the other.

    They are edits that were made, or would have been to a page that waits, and the rule for which it waits; of a text
    that is the same, findings that are left open too.
    """

    name: str
    how: How
    rules: Mapping[str, Pair[int]]


@dataclass(slots=True)
class Comparison:
    """What differs in the accounts of two runs; `each` tells the documents, and fills in the rest as it goes.

    Documents that an earlier run has left in a folder (`earlier`) take no part.
    """

    before: Run
    after: Run
    earlier: Pair[frozenset[str]]
    settings: dict[str, Pair[Any]]
    counts: dict[str, Pair[int]]
    rules: dict[str, Pair[Tally]]
    documents: int = 0  # of either run or of both
    differing: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Whether something else came out. Settings alone make no difference."""
        return bool(self.counts or self.rules or self.differing)

    def each(self) -> Iterator[Differing]:
        """The documents that differ, by their names. Ledgers that cannot be read are among the failures."""
        before = _names(self.before, self.earlier.before)
        after = _names(self.after, self.earlier.after)
        for name in sorted(before.keys() | after.keys()):
            self.documents += 1
            try:
                one = self._compared(name, before.get(name), after.get(name))
            except (CleankitError, OSError) as error:
                self.failures.append(told(name, error))
                continue
            if one:
                self.differing[one.how] += 1
                yield one

    def difference(self, one: Differing) -> Iterator[str]:
        """The lines of a diff between the texts of a document, as they lie in the two runs; none where one has none."""
        if one.how in (How.ONLY_BEFORE, How.ONLY_AFTER, How.FINDINGS):
            return
        try:
            before, after = self.before.any(one.name), self.after.any(one.name)
        except (CleankitError, OSError) as error:
            self.failures.append(told(one.name, error))
            return
        paths = []
        for run, kept in ((self.before, before), (self.after, after)):
            places = run.places(one.name)
            paths.append(str(places.aside if kept.waits else places.text))
        if max(len(before.text), len(after.text)) > LONGEST_DIFF:
            yield f"{paths[1]}: too long for a diff"
            return
        yield from diff.unified(before.text, after.text, *paths)

    def _compared(self, name: str, waited: bool | None, waits: bool | None) -> Differing | None:
        """The document if it differs. Whether it waits in each run, None for one that has none of this name."""
        if waited is None or waits is None:
            return Differing(name, How.ONLY_AFTER if waited is None else How.ONLY_BEFORE, {})
        path, data = self.before.journal(name, waits=waited)
        other_path, other = self.after.journal(name, waits=waits)
        if data == other:  # of most documents, and many times as fast as reading what it says
            return None
        return _differing(name, ledger.read(data, path, name), ledger.read(other, other_path, name))


def compare(before: Run, after: Run) -> Comparison:
    """What differs in the accounts of two runs. Raises UsageError for the same one, ReadError without an account."""
    if os.path.realpath(before.folder) == os.path.realpath(after.folder):
        raise UsageError(f"{before.folder} and {after.folder} are the same folder; give two runs")
    one, other = _account(before), _account(after)
    rules = [
        (rule, Pair(one.rules.get(rule, Tally()), other.rules.get(rule, Tally())))
        for rule in one.rules.keys() | other.rules.keys()
    ]
    return Comparison(
        before,
        after,
        Pair(one.earlier, other.earlier),
        _settings(one.settings, other.settings),
        _pairs(one.counts, other.counts),
        dict(sorted((row for row in rules if row[1].before != row[1].after), key=_size)),
    )


def _names(run: Run, earlier: frozenset[str]) -> dict[str, bool]:
    """The documents of a run, each with whether it waits."""
    named = dict.fromkeys(run.names(), False) | dict.fromkeys(run.waiting(), True)
    return {name: waits for name, waits in named.items() if name not in earlier}


def _differing(name: str, before: Ledger, after: Ledger) -> Differing | None:
    if before.source != after.source:
        return Differing(name, How.ORIGINAL, {})
    made = Pair(_made(before), _made(after))
    if bool(before.aside) != bool(after.aside):
        return Differing(name, How.QUARANTINED if after.aside else How.RELEASED, _by_rule(made))
    if not after.aside and before.result != after.result:
        return Differing(name, How.TEXT, _by_rule(made))
    rules = _by_rule(Pair(made.before + _left(before), made.after + _left(after)))
    return Differing(name, How.FINDINGS, rules) if rules else None


class _Found(NamedTuple):
    """By what a finding is known in another run: the offsets of its edit hang on earlier stages, its home does not."""

    rule: str
    home: Span | None
    new: str | None
    is_made: bool


def _made(journal: Ledger) -> Counter[_Found]:
    """The edits that were made, or would have been, and the rule for which a page waits."""
    found = Counter(_found(entry, is_made=True) for _, pairs in ledger.made(journal) for _, entry in pairs)
    if journal.aside:
        found[_Found(journal.aside.rule, None, None, True)] += 1
    return found


def _left(journal: Ledger) -> Counter[_Found]:
    """The findings that are left open, as run.json counts them."""
    made = {number for _, pairs in ledger.made(journal) for number, _ in pairs}
    return Counter(
        _found(entry, is_made=False)
        for number, entry in enumerate(journal.entries)
        if number not in made and (entry.state is State.OPEN or number in journal.dropped)
    )


def _found(entry: Entry, *, is_made: bool) -> _Found:
    return _Found(entry.rule, entry.home, entry.edit.new if entry.edit else None, is_made)


def _by_rule(found: Pair[Counter[_Found]]) -> dict[str, Pair[int]]:
    before, after = _counted(found.before - found.after), _counted(found.after - found.before)
    return {rule: Pair(before[rule], after[rule]) for rule in sorted(before.keys() | after.keys())}


def _counted(found: Counter[_Found]) -> Counter[str]:
    rules: Counter[str] = Counter()
    for one, number in found.items():
        rules[one.rule] += number
    return rules


class _Account(NamedTuple):
    settings: dict[str, Any]
    counts: dict[str, int]
    rules: dict[str, Tally]
    earlier: frozenset[str]


def _account(run: Run) -> _Account:
    """run.json, as far as it is compared. Raises ReadError."""
    said, path = run.account(), run.folder / RUN
    if said.get("v") != ACCOUNT:
        hint = f"and {ACCOUNT} is known here; compare it with the cleankit that wrote it, or clean the pages again"
        raise ReadError(path, f"is the account of a run of version {said.get('v')!r}, {hint}")
    try:
        settings = {name: said[name] for name in ("cleankit", "inputs", "amended")} | said["settings"]
        settings["recipe"] = said.get("recipe")
        counts = {name: _number(said[name]) for name in _COUNTS}
        rules = {rule: Tally(*(_number(tally[name]) for name in _TALLY)) for rule, tally in said["rules"].items()}
        [dict(choice) for choice in settings["choices"]]
        return _Account(settings, counts, rules, frozenset(said["earlier"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReadError(path, "is not the account of a run; run `cleankit clean` again") from error


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value


def _settings(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Pair[Any]]:
    """What is set otherwise; the recipe tells what has no other name: rules of one's own, decisions, libraries."""
    pairs = _pairs(before, after)
    return pairs if pairs.keys() <= {"recipe", "amended"} else {n: pair for n, pair in pairs.items() if n != "recipe"}


def _pairs(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Pair[Any]]:
    """What is not the same in both, in the order of the account."""
    pairs = {name: Pair(before.get(name), after.get(name)) for name in before | after}
    return {name: pair for name, pair in pairs.items() if _alike(name, pair.before) != _alike(name, pair.after)}


def _alike(name: str, value: Any) -> Any:
    """A value as it is compared: of choices it is no matter to how many documents each was applied."""
    if name != "choices" or value is None:
        return value
    return sorted(json.dumps(dict(one) | {"documents": 0}, sort_keys=True) for one in value)


def _size(row: tuple[str, Pair[Tally]]) -> tuple[int, int, int, str]:
    """The largest difference first: in characters taken out, then in edits, then in what is left open."""
    rule, (before, after) = row
    taken, edits = abs(after.removed - before.removed), abs(after.applied - before.applied)
    return -taken, -edits, -abs(after.open - before.open), rule
