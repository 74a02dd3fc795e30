"""Where the files of a run lie."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from cleankit import corpus

TEXT, BRIEFINGS, LEDGER, QUARANTINE, RUN = "text", "briefings", "ledger", "quarantine", "run.json"
JOINED = "joined"  # briefings of several pages, made from those by `link`
OWN = (TEXT, BRIEFINGS, LEDGER, QUARANTINE, JOINED)
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


def document_of(ledger: Path, folder: Path) -> str:
    """The name of the document that a ledger below the folder is about."""
    name = ledger.relative_to(folder).as_posix()
    return name.removesuffix(PACKED if name.endswith(PACKED) else LINES)


def places_of(run: Path, name: str) -> Places:
    """Where they lie in a run. Raises WriteError for a name that would lead out of it."""
    kinds = (TEXT, corpus.SUFFIX), (LEDGER, LINES), (BRIEFINGS, ".json")
    aside = (QUARANTINE, corpus.SUFFIX), (QUARANTINE, ".diff"), (QUARANTINE, LINES)
    return Places(*(corpus.place(run / kind, name, suffix) for kind, suffix in (*kinds, *aside)))
