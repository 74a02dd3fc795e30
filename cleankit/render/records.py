"""Findings as JSON values; their form is `schemas/finding.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from cleankit.model import Finding, Span
from cleankit.render.place import Places


def records(path: str, text: str, findings: Iterable[Finding]) -> Iterator[dict[str, Any]]:
    """An object for each finding. Offsets are code points of `text`, rows and columns count from one."""
    places = Places(text)
    for finding in findings:
        at: Any = finding.at
        if isinstance(finding.at, Span):
            row, col = places.of(finding.at.start)
            at = {"start": finding.at.start, "end": finding.at.end, "row": row, "col": col}
        yield {
            "path": path,
            "rule": finding.rule,
            "message": finding.message,
            "severity": str(finding.severity),
            "safety": str(finding.safety),
            "at": at,
            "fix": {"old": finding.fix.old, "new": finding.fix.new} if finding.fix else None,
            "evidence": [list(pair) for pair in finding.evidence],
        }


def as_line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)


def as_list(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The lines of one JSON array; only a record at a time is held."""
    opened = False
    for record in records:
        yield "  }," if opened else "["
        yield from ("  " + line for line in json.dumps(record, ensure_ascii=False, indent=2).split("\n")[:-1])
        opened = True
    yield from ("  }", "]") if opened else ("[]",)
