"""Findings as SARIF 2.1.0, the form in which code scanning services take the results of a linter."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import quote

from cleankit import fingerprint
from cleankit.model import About, Finding, Safety, Severity, Span
from cleankit.render.item import Item
from cleankit.render.lines import visible
from cleankit.render.place import OUTSIDE, Places, address, in_json, relative, roots, seen, source
from cleankit.render.tables import ranked
from cleankit.version import VERSION

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
RESULTS = 5000  # GitHub keeps as many of a run
FINGERPRINT = "ruleAndWords/v1"  # another way to make it takes another name
NOTES = 100  # documents that failed: who sees a hundred looks at the run itself
SNIPPET = 400  # code points; a longer stretch is left to be looked up in the file
NAMED = 10  # rules that a note on what is left out names

Json = dict[str, Any]

_APPLIED = {
    Safety.SAFE: "`cleankit fix` applies its fix.",
    Safety.SUGGESTED: "`cleankit fix --suggested` applies its fix.",
    Safety.FLAG: "It is only flagged: text was lost here, or there are two readings, and a person has to decide.",
}
_HALF = re.compile("[\ud800-\udfff]")


def log(
    items: Iterable[Item], about: Iterable[About], tell: Callable[[str], None], lost: Callable[[str, str], None]
) -> Iterator[str]:
    """The lines of a SARIF file with one run. It holds the first `RESULTS` findings; notes say what it lacks.

    Files are named as the repository knows them. One that lies outside of it keeps its `file:` address, which a viewer
    on this machine can open and a service cannot; that is noted, too, and `lost` is given its path and the problem.
    """
    run = _Run()
    for item in items:
        run.add(item)
    for note in run.lacks:
        tell(note)
    for path in run.outside:
        lost(path, OUTSIDE.format(run.root))
    whole = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run.done(about)]}
    # half of a surrogate pair, which a file name or a text in hand may hold, is nothing that UTF-8 could carry
    yield from _HALF.sub("\ufffd", json.dumps(whole, ensure_ascii=False, indent=1)).split("\n")


class _Run:
    """What has been found so far."""

    def __init__(self) -> None:
        self._roots = roots()
        self.root = self._roots[0]
        self.outside: dict[str, None] = {}
        self._results: list[Json] = []
        self._failed: list[Json] = []
        self._rules: dict[str, tuple[int, Severity]] = {}
        self._left: Counter[str] = Counter()
        self._failures = 0

    def add(self, item: Item) -> None:
        if item.problem:
            self._failures += 1
            if len(self._failed) < NOTES:
                place = {"physicalLocation": {"artifactLocation": self._artifact(item.path)}}
                self._failed.append(_note("error", visible(item.problem)) | {"locations": [place]})
        room = RESULTS - len(self._results)
        self._left.update(finding.rule for finding in item.findings[room:])
        if not item.findings[:room]:
            return
        places, artifact = Places(item.text), self._artifact(item.path)
        if artifact["uri"].startswith("file:"):
            self.outside.setdefault(item.path)
        for finding in item.findings[:room]:
            index, _ = self._rules.setdefault(finding.rule, (len(self._rules), finding.severity))
            result = self._result(finding, index, item.text, places, artifact)
            if not item.own:
                result["locations"] = [{"physicalLocation": {"artifactLocation": artifact}}]
                result.pop("fixes", None)
            self._results.append(result)

    def _result(self, finding: Finding, index: int, text: str, places: Places, artifact: Json) -> Json:
        result: Json = {
            "ruleId": finding.rule,
            "ruleIndex": index,
            "level": str(finding.severity),
            "message": _message(visible(finding.message)),
            "locations": [_location(finding, text, places, artifact)],
            "partialFingerprints": {FINGERPRINT: fingerprint.of(finding, text)},
        }
        path, row = source(finding)
        if path:
            origin = {"artifactLocation": self._artifact(path), "region": {"startLine": row}}
            result["relatedLocations"] = [
                {"physicalLocation": origin, "message": _message("The text that the value came from.")}
            ]
        fix = _fix(finding, text, places, artifact)
        if fix:
            result["fixes"] = [fix]
        result["properties"] = {"safety": str(finding.safety), "evidence": [list(pair) for pair in finding.evidence]}
        return result

    def _artifact(self, path: str) -> Json:
        if path == "-":
            return {"uri": "stdin", "description": _message("Standard input.")}
        inside = relative(path, self._roots)
        if inside is not None:
            return {"uri": quote(os.fsencode(inside), safe="/"), "uriBaseId": "%SRCROOT%"}
        return {"uri": address(path)}

    @property
    def lacks(self) -> Iterator[str]:
        """What a reader of the file would miss, in sentences."""
        if self._left:
            rules = ranked(self._left)
            names = [f"{rule} {number:,}" for rule, number in rules[:NAMED]]
            names += [f"{len(rules) - NAMED} other rules"] if len(rules) > NAMED else []
            yield f"{self._left.total():,} findings beyond the first {RESULTS:,} are left out: {', '.join(names)}"
        if self._failures > len(self._failed):
            yield f"{self._failures - len(self._failed):,} more documents failed than are named here"

    def _outside(self, path: str) -> Json:
        return _note("warning", f"{visible(path)}: {OUTSIDE.format(self.root)}")

    def done(self, about: Iterable[About]) -> Json:
        known = {one.rule: one for one in about if one.rule in self._rules}
        return {
            "tool": {
                "driver": {
                    "name": "cleankit",
                    "version": VERSION,
                    "semanticVersion": VERSION,
                    "rules": [_rule(rule, severity, known.get(rule)) for rule, (_, severity) in self._rules.items()],
                }
            },
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "invocations": [
                {
                    "executionSuccessful": not self._failures,
                    "toolExecutionNotifications": [
                        *self._failed,
                        *(_note("warning", note) for note in self.lacks),
                        *(
                            _note("warning", f"{visible(path)}: {OUTSIDE.format(self.root)}")
                            for path in islice(self.outside, NOTES)
                        ),
                    ],
                }
            ],
            "results": self._results,
        }


def _location(finding: Finding, text: str, places: Places, artifact: Json) -> Json:
    place: Json = {"artifactLocation": artifact}
    if isinstance(finding.at, Span):
        span = seen(text, finding.at)
        place["region"] = _region(places, span)
        if span.end - span.start <= SNIPPET:
            place["region"]["snippet"] = {"text": text[span.start : span.end]}
        return {"physicalLocation": place}
    row, col = in_json(finding)
    if row:
        place["region"] = {"startLine": row, "startColumn": col or 1}
    return {"physicalLocation": place, "logicalLocations": [{"fullyQualifiedName": finding.at or "/"}]}


def _region(places: Places, span: Span) -> Json:
    (row, col), (end_row, end_col) = places.of(span.start), places.of(span.end)
    return {
        "startLine": row,
        "startColumn": col,
        "endLine": end_row,
        "endColumn": end_col,
        "charOffset": span.start,
        "charLength": span.end - span.start,
    }


def _fix(finding: Finding, text: str, places: Places, artifact: Json) -> Json | None:
    """The edit, where it can be made in the text as it is: not if it is due only when others have been made."""
    edit, at = finding.fix, finding.at
    if edit is None or not isinstance(at, Span) or finding.safety is Safety.FLAG or edit.old == edit.new:
        return None
    if not 0 <= at.start <= at.end <= len(text) or text[at.start : at.end] != edit.old or _HALF.search(edit.new):
        return None
    replacement: Json = {"deletedRegion": _region(places, at)}
    if edit.new:
        replacement["insertedContent"] = {"text": edit.new}
    what = "Replace it" if edit.old and edit.new else "Insert what is missing" if edit.new else "Take it out"
    change = {"artifactLocation": artifact, "replacements": [replacement]}
    return {"description": _message(f"{what} ({finding.safety})."), "artifactChanges": [change]}


def _rule(rule: str, severity: Severity, about: About | None) -> Json:
    pack = rule.partition("/")[0]
    properties: Json = {"pack": pack, "tags": [pack]}
    if about is None:  # nobody tells what it is
        summary = full = help = f"Found by {rule}."
    else:
        summary, full, help = about.summary, f"{about.summary} {about.why}", about.why
        if pack != "schema":  # a schema's keyword is no rule of ours: there is nothing to apply, and nothing to show
            severity = Severity.NOTE if about.level is Safety.FLAG else Severity.WARNING
            properties["level"] = str(about.level)
            help += f" {_APPLIED[about.level]} `cleankit rules show {rule}` prints an example."
    return {
        "id": rule,
        "shortDescription": _message(summary),
        "fullDescription": _message(full),
        # the standard wants no HTML in Markdown, and a rule's words may hold a tag
        "help": _message(help.replace("`", "")) | {"markdown": _braced(help).replace("<", "&lt;")},
        "defaultConfiguration": {"level": str(severity)},
        "properties": properties,
    }


def _note(level: str, text: str) -> Json:
    return {"level": level, "message": _message(text)}


def _message(text: str) -> Json:
    """A plain text, in which `[a](b)` would be a link and `{0}` a blank to fill in."""
    return {"text": _braced(text).replace("](", "\\](")}


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
