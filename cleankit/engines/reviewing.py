"""What a run leaves to a person: pages that wait in its quarantine, and edits that were only suggested."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from cleankit import budget, ledger
from cleankit.engines import decisions
from cleankit.engines.decisions import Decision
from cleankit.engines.folder import Run
from cleankit.engines.job import Failure, told
from cleankit.errors import CleankitError
from cleankit.ledger import State


class Waiting(NamedTuple):
    """A page in the quarantine: why, how many of its words would go, by which rules, and where the difference lies."""

    name: str
    path: str
    rule: str
    message: str
    evidence: tuple[tuple[str, str], ...]
    words: int
    going: int
    rules: Counter[str]
    difference: str


@dataclass(slots=True)
class Suggested:
    """The edits of a rule that nobody has allowed: where they are (`NAME:LINE`, lines of ledgers), and the first."""

    rule: str
    places: list[str] = field(default_factory=list)
    old: str = ""
    new: str = ""


@dataclass(slots=True)
class Review:
    """All of it, with what was decided before. What a person took back does not wait: it was decided."""

    waiting: list[Waiting] = field(default_factory=list)
    suggested: list[Suggested] = field(default_factory=list)
    decisions: tuple[Decision, ...] = ()
    failures: list[Failure] = field(default_factory=list)


def review(run: Run) -> Review:
    """What waits in a run. Raises UsageError for decisions that cannot be read."""
    found = Review(decisions=decisions.read(run.folder))
    rules: dict[str, Suggested] = {}
    for name in run.waiting():
        try:
            found.waiting.append(_waiting(run, name))
        except CleankitError as error:
            found.failures.append(told(str(run.places(name).aside), error))
    for name in run.names():
        try:
            journal = run.kept(name).ledger
        except CleankitError as error:
            found.failures.append(told(str(run.places(name).text), error))
            continue
        decided = journal.dropped | journal.added
        for number, entry in enumerate(journal.entries):
            if entry.state is State.OPEN and entry.edit and number not in decided:
                one = rules.setdefault(entry.rule, Suggested(entry.rule, [], entry.edit.old, entry.edit.new))
                one.places.append(f"{name}:{number + 2}")
    found.suggested = [rules[rule] for rule in sorted(rules)]
    return found


def _waiting(run: Run, name: str) -> Waiting:
    kept = run.set_aside(name)
    gone: Counter[str] = Counter()
    for _, pairs in ledger.made(ledger.filled(kept.ledger, kept.text)):
        for _, entry in pairs:
            if entry.edit:
                gone[entry.rule] += max(0, budget.words(entry.edit.old) - budget.words(entry.edit.new))
    why, places = kept.ledger.aside, run.places(name)
    rule, message, evidence = (why.rule, why.message, why.evidence) if why else ("", "", ())
    words = budget.words(kept.text)
    return Waiting(name, str(places.aside), rule, message, evidence, words, gone.total(), gone, str(places.difference))
