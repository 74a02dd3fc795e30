"""The journal of a cleaning: every edit with its reason, enough to give the original back byte for byte.

A ledger is JSON Lines: a header, one line for each edit in the order in which they were made, a footer. Its form is
`schemas/ledger.schema.json`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from cleankit.edits import apply, invert
from cleankit.encoding import encode
from cleankit.errors import LedgerError
from cleankit.model import Edit, Markup, Safety, Span
from cleankit.pipeline import Outcome

VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One edit that was made. `edit` has offsets of the text that its stage saw, `home` is its span of the source."""

    stage: str
    rule: str
    safety: Safety
    edit: Edit
    home: Span
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """What became of one document. `source` is the SHA-256 of its bytes, `result` that of the clean text in UTF-8.

    Of a page of HTML the original is the text that `reader` took from it; `markup` is the SHA-256 of the page itself.
    """

    id: str
    source: str
    encoding: str
    bom: bool
    chars: int
    entries: tuple[Entry, ...]
    result: str
    markup: str = ""
    reader: str = ""


def of(outcome: Outcome) -> Ledger:
    """The ledger of a document that `corpus.read` made, or of a bare text, which counts as UTF-8."""
    source = outcome.source
    encoding, bom = str(source.meta.get("encoding", "utf-8")), bool(source.meta.get("bom", False))
    digest = source.meta.get("sha256") or _digest(encode(source.text, encoding, bom))
    entries = tuple(
        Entry(layer.stage, finding.rule, finding.safety, finding.fix, finding.at, finding.evidence)
        for layer in outcome.layers
        for finding in layer.findings
        if finding.fix is not None and isinstance(finding.at, Span)
    )
    result = _digest(outcome.result.text.encode())
    page = source.meta.get("markup")
    origin = (page.sha256, page.reader) if isinstance(page, Markup) else ()
    return Ledger(source.id, str(digest), encoding, bom, len(source.text), entries, result, *origin)


def restore(text: str, ledger: Ledger) -> bytes:
    """The bytes of the original. Raises LedgerError where `text` is not the one that the ledger was written for."""
    if _digest(text.encode()) != ledger.result:
        raise LedgerError(f"the text is not the one that the ledger of {ledger.id!r} was written for: its hash differs")
    try:
        for edits in reversed(list(_layers(ledger))):
            text = apply(text, invert(edits))
        data = encode(text, ledger.encoding, ledger.bom)
    except (ValueError, LookupError, TypeError) as error:
        raise LedgerError(f"the ledger of {ledger.id!r} is damaged: {error}") from error
    if _digest(data) != ledger.source:
        raise LedgerError(f"the ledger of {ledger.id!r} is damaged: what comes out is not the original")
    return data


def _layers(ledger: Ledger) -> Iterator[list[Edit]]:
    for _, entries in groupby(ledger.entries, key=lambda entry: entry.stage):
        yield [entry.edit for entry in entries]


def write(ledger: Ledger) -> bytes:
    """The lines of a ledger, in UTF-8."""
    head: dict[str, Any] = {
        "v": VERSION,
        "id": ledger.id,
        "source": ledger.source,
        "encoding": ledger.encoding,
        "bom": ledger.bom,
        "chars": ledger.chars,
    }
    if ledger.markup:
        head["markup"] = {"sha256": ledger.markup, "reader": ledger.reader}
    foot = {"result": ledger.result, "edits": len(ledger.entries)}
    lines = (head, *map(_line_of, ledger.entries), foot)
    # a file name may hold a byte that is no text; JSON has an escape for what UTF-8 has not
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode(errors="backslashreplace")


def _line_of(entry: Entry) -> dict[str, Any]:
    return {
        "stage": entry.stage,
        "rule": entry.rule,
        "safety": str(entry.safety),
        "start": entry.edit.start,
        "end": entry.edit.end,
        "home": [entry.home.start, entry.home.end],
        "old": entry.edit.old,
        "new": entry.edit.new,
        "evidence": [list(pair) for pair in entry.evidence],
    }


def read(data: bytes, source: object) -> Ledger:
    """A ledger from its lines. Raises LedgerError naming `source` and the line that is wrong."""
    number = 0
    try:
        lines = data.decode().split("\n")
        if lines.pop() or len(lines) < 2:
            raise LedgerError(f"{source}: is cut short; a ledger ends with its footer")
        head, *edits, foot = [json.loads(line) for number, line in enumerate(lines, 1)]
        number = 1
        if head["v"] != VERSION:
            raise LedgerError(f"{source}:1: version {head['v']!r} is not known here; a newer cleankit may read it")
        entries = []
        for number, line in enumerate(edits, 2):  # noqa: B007 - read in the error below
            entries.append(_entry_of(line))
        number = len(lines)
        if foot["edits"] != len(entries):
            raise LedgerError(f"{source}: has {len(entries)} edits, its footer says {foot['edits']}; lines are missing")
        page = head.get("markup", {"sha256": "", "reader": ""})
        origin = (page["sha256"], page["reader"])
        stands = (head["id"], head["source"], head["encoding"], head["bom"], head["chars"])
        return Ledger(*stands, tuple(entries), foot["result"], *origin)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise LedgerError(f"{source}:{max(number, 1)}: is not a line of a ledger: {_problem(error)}") from error


def _problem(error: Exception) -> str:
    match error:
        case UnicodeDecodeError():
            return "it is not UTF-8"
        case json.JSONDecodeError():
            return f"it is not JSON at column {error.colno}"
        case KeyError():
            return f"it has no {error}"
        case _:
            return "it does not have the form of schemas/ledger.schema.json"


def _entry_of(line: dict[str, Any]) -> Entry:
    edit = Edit(line["start"], line["end"], line["old"], line["new"])
    evidence = tuple((str(name), str(value)) for name, value in line["evidence"])
    return Entry(line["stage"], line["rule"], Safety(line["safety"]), edit, Span(*line["home"]), evidence)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
