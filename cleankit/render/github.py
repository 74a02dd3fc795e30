"""Findings as annotations: commands in the log of a GitHub Actions step, which marks the lines they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from cleankit.model import Finding, Severity, Span
from cleankit.render.item import Item
from cleankit.render.lines import said, visible
from cleankit.render.place import OUTSIDE, Places, in_json, relative, roots, seen
from cleankit.render.tables import ranked

SHOWN = 10  # annotations of each kind that GitHub shows for a step; what comes after them only fills the log
NAMED = 10  # rules that the summary names
KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def commands(items: Iterable[Item], lost: Callable[[str, str], None]) -> Iterator[str]:
    """As many as are shown, then one that sums up the rest; documents that failed are errors."""
    there = roots()
    given: Counter[str] = Counter()
    left: Counter[str] = Counter()
    last = ("", "")  # the last notice that is shown gives way to the summary, if there is need of one
    for path, text, findings, problem, own in items:
        inside = relative(path, there)
        if inside is None and findings:
            lost(path, OUTSIDE.format(there[0]))
        name = [("file", path if inside is None else inside)] if path != "-" else []
        if problem:
            given["error"] += 1
            if given["error"] <= SHOWN:
                yield _command("error", [*name, ("title", "cleankit")], problem)
            else:
                left["documents that failed"] += 1
        places = Places(text)
        for finding in findings:
            kind = KINDS[finding.severity]
            given[kind] += 1
            if given[kind] > SHOWN:
                left[finding.rule] += 1
                continue
            title = ("title", finding.rule)
            where = _where(places, text, finding) if own else []
            line = _command(kind, [*name, *where, title], said(text, finding))
            if kind == "notice" and given[kind] == SHOWN:
                last = finding.rule, line
            else:
                yield line
    if left and last[0]:
        left[last[0]] += 1
    elif last[0]:
        yield last[1]
    if left:
        yield _command("notice", [("title", "cleankit")], _summary(left))


def _where(places: Places, text: str, finding: Finding) -> list[tuple[str, str]]:
    if not isinstance(finding.at, Span):
        row, col = in_json(finding)
        pairs = [("line", row), ("col", col)]
        return [(name, str(number)) for name, number in pairs if row and number]
    span = seen(text, finding.at)
    (row, col), (end_row, end_col) = places.of(span.start), places.of(span.end)
    if end_row > row:  # with columns, GitHub takes no more than one line
        return [("line", str(row)), ("endLine", str(end_row))]
    return [("line", str(row)), ("endLine", str(row)), ("col", str(col)), ("endColumn", str(end_col))]


def _summary(left: Counter[str]) -> str:
    rules = ranked(left)
    names = [f"{rule} {number:,}" for rule, number in rules[:NAMED]]
    if len(rules) > NAMED:
        names.append(f"{sum(number for _, number in rules[NAMED:]):,} by {len(rules) - NAMED} other rules")
    of_each = f"GitHub shows {SHOWN} of a kind for a step"
    return f"{left.total():,} more not shown here ({of_each}): {', '.join(names)}. --format text shows all."


def _command(kind: str, properties: Iterable[tuple[str, str]], message: str) -> str:
    told = ",".join(f"{name}={_escaped(value).replace(':', '%3A').replace(',', '%2C')}" for name, value in properties)
    return f"::{kind} {told}::{_escaped(message)}"


def _escaped(value: str) -> str:
    shown = "".join(char if char in "\r\n" else visible(char) for char in value)
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
