"""Findings as JUnit XML, which CI servers show as tests: a test for each document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from cleankit.model import Finding
from cleankit.render.item import Item
from cleankit.render.lines import lines, visible
from cleankit.render.tables import ranked


def cases(items: Iterable[Item], fails: Callable[[Finding], bool]) -> Iterator[str]:
    """One test suite. A document passes, fails by its findings (one `failure`, a line each) or has an `error`.

    Findings that do not count stand in the test's output. Readers take one failure for a test, and XML 1.0 has no place
    for most control characters, not even escaped: they are spelt out.
    """
    body: list[str] = []
    tests = failures = errors = 0
    for path, text, findings, problem, _ in items:
        name = _quoted(path)
        tests += 1
        failing = [finding for finding in findings if fails(finding)]
        counted = set(map(id, failing))
        rest = [finding for finding in findings if id(finding) not in counted]
        inner = []
        if problem:
            errors += 1
            inner.append(f'      <error type="document" message={_quoted(problem)}/>')
        elif failing:
            failures += 1
            inner += _with(f'failure type="findings" message={_quoted(_sum(failing))}', lines(path, text, failing))
        if rest:
            inner += _with("system-out", lines(path, text, rest))
        head = f'    <testcase classname="cleankit" name={name} file={name}'
        body += [f"{head}>", *inner, "    </testcase>"] if inner else [f"{head}/>"]
    counts = f'name="cleankit" tests="{tests}" failures="{failures}" errors="{errors}"'
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<testsuites {counts}>"
    yield f'  <testsuite {counts} skipped="0">'
    yield from body
    yield "  </testsuite>"
    yield "</testsuites>"


def _sum(findings: list[Finding]) -> str:
    counts = Counter(finding.rule for finding in findings)
    return ", ".join(f"{rule} {number:,}" for rule, number in ranked(counts))


def _with(tag: str, content: Iterable[str]) -> list[str]:
    return [f"      <{tag}>" + "\n".join(map(escape, content)) + f"</{tag.split()[0]}>"]


def _quoted(value: str) -> str:
    return quoteattr(visible(value))
