"""What a run did, in counts and samples: a sum that comes out the same in whatever order it is added up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cleankit.model import Finding, Span
from cleankit.pipeline import Outcome

SAMPLES = 3  # for each rule: enough to see what it does, few enough to read
SAMPLE_CHARS = 120  # of a removed text; a longer one is cut, a paragraph is told by its beginning


@dataclass(frozen=True, slots=True)
class Tally:
    """What one rule did. `removed` and `added` are characters."""

    docs: int = 0
    applied: int = 0
    open: int = 0
    removed: int = 0
    added: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.docs + other.docs,
            self.applied + other.applied,
            self.open + other.open,
            self.removed + other.removed,
            self.added + other.added,
        )


@dataclass(frozen=True, slots=True, order=True)
class Sample:
    """One thing that a rule found. `hash` orders the samples: which ones are kept depends on nothing else."""

    rule: str
    hash: str
    document: str
    old: str
    new: str
    applied: bool


@dataclass(frozen=True, slots=True)
class Report:
    """Counts of a run. `Report()` is nothing at all, and `+` takes two parts together."""

    docs: int = 0
    changed: int = 0
    failed: int = 0
    quarantined: int = 0
    chars: int = 0
    rules: Mapping[str, Tally] = field(default_factory=dict)
    samples: tuple[Sample, ...] = ()

    def __add__(self, other: Report) -> Report:
        return total((self, other))

    @property
    def removed(self) -> int:
        return sum(tally.removed for tally in self.rules.values())

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON values, rules and samples sorted."""
        return {
            "documents": self.docs,
            "changed": self.changed,
            "failed": self.failed,
            "quarantined": self.quarantined,
            "chars": self.chars,
            "removed": self.removed,
            "rules": {
                rule: {
                    "documents": tally.docs,
                    "applied": tally.applied,
                    "open": tally.open,
                    "removed": tally.removed,
                    "added": tally.added,
                }
                for rule, tally in self.rules.items()
            },
            "samples": [
                {
                    "rule": sample.rule,
                    "document": sample.document,
                    "old": sample.old,
                    "new": sample.new,
                    "applied": sample.applied,
                }
                for sample in self.samples
            ],
        }


def of(outcome: Outcome, more: Iterable[Finding] = ()) -> Report:
    """The report of one document; `more` are findings about what became of it."""
    tallies: dict[str, Tally] = {}
    samples = []
    applied, still_open = outcome.applied, (*outcome.open, *more)
    for finding in applied:
        fix = finding.fix
        old, new = (fix.old, fix.new) if fix else ("", "")
        tally = Tally(applied=1, removed=max(0, len(old) - len(new)), added=max(0, len(new) - len(old)))
        tallies[finding.rule] = tallies.get(finding.rule, Tally()) + tally
        samples.append(_sample(outcome, finding, applied=True))
    for finding in still_open:
        tallies[finding.rule] = tallies.get(finding.rule, Tally()) + Tally(open=1)
        samples.append(_sample(outcome, finding, applied=False))
    once = {rule: tally + Tally(docs=1) for rule, tally in sorted(tallies.items())}
    changed = outcome.result.text != outcome.source.text
    aside = outcome.aside is not None
    return Report(1, int(changed), 0, int(aside), len(outcome.source.text), once, _smallest(samples))


def failure() -> Report:
    """The report of a document that could not be done."""
    return Report(docs=1, failed=1)


def total(reports: Iterable[Report]) -> Report:
    """All parts taken together."""
    docs = changed = failed = quarantined = chars = 0
    tallies: dict[str, Tally] = {}
    samples: dict[str, tuple[Sample, ...]] = {}
    for report in reports:
        docs, changed = docs + report.docs, changed + report.changed
        failed, quarantined = failed + report.failed, quarantined + report.quarantined
        chars += report.chars
        for rule, tally in report.rules.items():
            tallies[rule] = tallies.get(rule, Tally()) + tally
        for sample in report.samples:
            kept = samples.get(sample.rule, ())
            # of a million documents most bring no smaller one
            if len(kept) < SAMPLES or sample < kept[-1]:
                samples[sample.rule] = _smallest((*kept, sample))
    tallies = dict(sorted(tallies.items()))
    smallest = tuple(sample for rule in sorted(samples) for sample in samples[rule])
    return Report(docs, changed, failed, quarantined, chars, tallies, smallest)


def from_values(values: Mapping[str, Any]) -> Report:
    """The report that `dataclasses.asdict` made these values of. Raises KeyError, TypeError for other ones."""
    rules = {str(rule): Tally(**tally) for rule, tally in values["rules"].items()}
    samples = tuple(Sample(**sample) for sample in values["samples"])
    return Report(**{**values, "rules": rules, "samples": samples})


def _sample(outcome: Outcome, finding: Finding, *, applied: bool) -> Sample:
    place = finding.at
    if finding.fix:
        old, new = finding.fix.old, finding.fix.new
    elif isinstance(place, Span):
        old, new = outcome.source.text[place.start : place.end], ""
    else:
        old, new = place, ""
    where = f"{place.start}-{place.end}" if isinstance(place, Span) else place
    key = "\0".join((finding.rule, outcome.source.id, where, old, new))
    digest = hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
    return Sample(finding.rule, digest, outcome.source.id, old[:SAMPLE_CHARS], new[:SAMPLE_CHARS], applied)


def _smallest(samples: Iterable[Sample]) -> tuple[Sample, ...]:
    kept: list[Sample] = []
    count = 0
    for sample in sorted(set(samples)):
        count = count + 1 if kept and kept[-1].rule == sample.rule else 1
        if count <= SAMPLES:
            kept.append(sample)
    return tuple(kept)
