"""Findings as lines of text, `path:row:col: rule message`, the form that editors and grep understand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleankit.model import Finding, Span
from cleankit.render.place import Places, in_json, source

EXCERPT = 40  # characters of what was found: enough to know it again, and the line stays a line


def lines(path: str, text: str, findings: Iterable[Finding]) -> Iterator[str]:
    """A line for each finding. `text` is what their spans count in.

    A JSON Pointer stands as it is, unless the finding's evidence tells its `row` and `col` in the JSON text.
    """
    places = Places(text)
    for finding in findings:
        if isinstance(finding.at, Span):
            row, col = places.of(finding.at.start)
            yield f"{visible(path)}:{row}:{col}: {finding.rule} {said(text, finding)}"
        else:
            row, col = in_json(finding)
            place = f"{row}:{col or 1}" if row else visible(finding.at) or "/"
            yield f"{visible(path)}:{place}: {finding.rule} {said(text, finding)}"


def said(text: str, finding: Finding) -> str:
    """What a finding says, on one line: its message, and what was found or which text the value came from."""
    if isinstance(finding.at, Span):
        return visible(finding.message) + _excerpt(text[finding.at.start : finding.at.end])
    path, row = source(finding)
    return visible(finding.message) + (f" (from {visible(path)}:{row})" if path else "")


def _excerpt(found: str) -> str:
    found = found.strip()
    if not found:
        return ""
    cut = found if len(found) <= EXCERPT else found[: EXCERPT - 1] + "…"
    return f' "{visible(cut)}"'


def visible(text: str) -> str:
    """The text with everything spelt out that a terminal would act on or not show."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode() for char in text
    )
