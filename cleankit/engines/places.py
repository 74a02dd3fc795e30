"""Where the files of a run lie."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from cleankit import corpus

TEXT, BRIEFINGS, LEDGER, QUARANTINE, RUN = "text", "briefings", "ledger", "quarantine", "run.json"
DONE = "done.jsonl"  # marks of what is done, see `marks`
TIMING = "timing.json"  # how long it took, see `timing`
RECORDS = "records"  # what came of files of records, in folders of the same names
JOINED = "joined"  # briefings of several pages, made from those by `link`
OWN = (TEXT, BRIEFINGS, LEDGER, QUARANTINE, JOINED, RECORDS)
LINES, PACKED = ".jsonl", ".jsonl.gz"
ACCOUNT = 2  # version of the form of run.json


class Places(NamedTuple):
    """Where the files of a document lie: those of a cleaned one, and those of one that waits."""

    text: Path
    ledger: Path
    briefing: Path
    aside: Path
    difference: Path
    waiting: Path


class RecordPlaces(NamedTuple):
    """Where the files of a part of a file of records lie.

    `aside` are rows that wait, as they were; `reasons` has a line for each of them, and for each that was not done.
    """

    text: Path
    ledger: Path
    briefings: Path
    aside: Path
    reasons: Path


def records_of(run: Path, name: str) -> RecordPlaces:
    """Where they lie in a run. Raises WriteError for a name that would lead out of it."""
    lines = name if name.endswith((LINES, PACKED)) else name + PACKED
    kinds = (
        (TEXT, name),
        (LEDGER, lines),
        (BRIEFINGS, lines),
        (QUARANTINE, name),
        (QUARANTINE, f"{name}.reasons{LINES}"),
    )
    return RecordPlaces(*(corpus.place(run / RECORDS / kind, called, "") for kind, called in kinds))


def document_of(ledger: Path, folder: Path) -> str:
    """The name of the document that a ledger below the folder is about."""
    name = ledger.relative_to(folder).as_posix()
    return name.removesuffix(PACKED if name.endswith(PACKED) else LINES)


def places_of(run: Path, name: str) -> Places:
    """Where they lie in a run. Raises WriteError for a name that would lead out of it."""
    kinds = (TEXT, corpus.SUFFIX), (LEDGER, LINES), (BRIEFINGS, ".json")
    aside = (QUARANTINE, corpus.SUFFIX), (QUARANTINE, ".diff"), (QUARANTINE, LINES)
    return Places(*(corpus.place(run / kind, name, suffix) for kind, suffix in (*kinds, *aside)))
