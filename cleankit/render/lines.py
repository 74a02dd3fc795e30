"""Findings as lines of text, `path:row:col: rule message`, the form that editors and grep understand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleankit.model import Finding, Span
from cleankit.render.place import Places

EXCERPT = 40  # characters of what was found: enough to know it again, and the line stays a line


def lines(path: str, text: str, findings: Iterable[Finding]) -> Iterator[str]:
    """A line for each finding. `text` is what their spans count in; a JSON Pointer stands as it is."""
    places = Places(text)
    for finding in findings:
        if isinstance(finding.at, Span):
            row, col = places.of(finding.at.start)
            excerpt = _excerpt(text[finding.at.start : finding.at.end])
            yield f"{visible(path)}:{row}:{col}: {finding.rule} {finding.message}{excerpt}"
        else:
            yield f"{visible(path)}:{finding.at or '/'}: {finding.rule} {visible(finding.message)}"


def _excerpt(found: str) -> str:
    found = found.strip()
    if not found:
        return ""
    cut = found if len(found) <= EXCERPT else found[: EXCERPT - 1] + "…"
    return f' "{visible(cut)}"'


def visible(text: str) -> str:
    """The text with everything spelt out that a terminal would act on or not show."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode() for char in text
    )
