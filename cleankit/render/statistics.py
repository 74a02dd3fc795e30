"""Findings counted by rule, for people and for programs: what there is most of stands first."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from cleankit.model import About
from cleankit.render.tables import columns

Counts = Mapping[str, tuple[int, int]]  # findings of a rule, and how many of them `fix` would mend


def table(counts: Counts, abouts: Mapping[str, About]) -> Iterator[str]:
    """A row for each rule: its findings, [*] where `fix` mends all of them and [-] where some, level, rule, summary."""
    rows = []
    for rule, (count, fixable) in _sorted(counts):
        mark = "[*]" if fixable == count else "[-]" if fixable else "[ ]"
        about = abouts.get(rule)
        rows.append((f"{count:,}", mark, str(about.level) if about else "", rule, about.summary if about else ""))
    yield from columns(rows, right=(0,))


def as_json(counts: Counts, abouts: Mapping[str, About]) -> Iterator[str]:
    """The same as one JSON array."""
    rows = []
    for rule, (count, fixable) in _sorted(counts):
        about = abouts.get(rule)
        rows.append(
            {
                "rule": rule,
                "count": count,
                "fixable": fixable,
                "level": str(about.level) if about else None,
                "summary": about.summary if about else None,
            }
        )
    yield json.dumps(rows, ensure_ascii=False, indent=2)


def _sorted(counts: Counts) -> list[tuple[str, tuple[int, int]]]:
    return sorted(counts.items(), key=lambda row: (-row[1][0], row[0]))
