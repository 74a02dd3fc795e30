"""Does to originals what ledgers say, without a filter: a run that was reviewed, made again from the pages alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from cleankit import corpus, ledger, report
from cleankit.corpus import STDIN, Source
from cleankit.engines.folder import Kept, outcome, read_original
from cleankit.engines.job import Failure, briefing, json_bytes, told
from cleankit.engines.local import check_folders
from cleankit.engines.lock import held
from cleankit.engines.places import ACCOUNT, LEDGER, LINES, PACKED, RUN, document_of, places_of
from cleankit.errors import CleankitError, ReadError, UsageError
from cleankit.ledger import Ledger
from cleankit.report import Report
from cleankit.version import VERSION

# files of ledgers by the hash of an original and the name of the document: the ledgers themselves may not all fit
_Shelf = dict[str, dict[str, Path]]


class Replayed(NamedTuple):
    """What was made again, in counts; originals that no ledger is about; ledgers whose originals were not given."""

    total: Report
    failures: tuple[Failure, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]


def replay(journals: str, paths: Sequence[str], out: str, *, briefings: bool = True) -> Replayed:
    """Make OUT from originals by the ledgers of a run folder, of a folder, or in a file.

    An original is told by its hash, whatever it is called now. Raises UsageError where there are no ledgers, or where
    the folders do not fit together; LedgerError for one that cannot be read.
    """
    if STDIN in paths:
        raise UsageError("standard input has no name to go by; give the originals as files or folders")
    shelf = _shelf(journals)
    sources, errors = corpus.find(paths, (corpus.SUFFIX, *corpus.MARKUP))
    check_folders(paths, sources, Path(out))
    Path(out).mkdir(parents=True, exist_ok=True)
    with held(Path(out)):
        return _replay(shelf, paths, sources, [told(error.path, error) for error in errors], Path(out), briefings)


def _replay(
    shelf: _Shelf,
    paths: Sequence[str],
    sources: Sequence[Source],
    failures: list[Failure],
    out: Path,
    briefings: bool,
) -> Replayed:
    total = Report()
    unknown: list[str] = []
    done: set[str] = set()
    used: set[tuple[str, str]] = set()
    amended, hashes = 0, False
    for source in sources:
        try:
            digest = hashlib.sha256(corpus.read_bytes(source.path)).hexdigest()
            there = shelf.get(digest, {})
            if not there:
                unknown.append(source.name)
            # of two documents with the same bytes each has its own ledger
            for name in [source.id] if source.id in there else there:
                if name in done:
                    continue
                journal = _ledger(there[name], digest, name)
                if not name:
                    journal = replace(journal, id=source.id)
                total += _made(journal, read_original(Path(source.path), journal), out, briefings=briefings)
                done.add(journal.id)
                used.add((digest, name))
                amended, hashes = amended + bool(journal.amendment), hashes or journal.hashed
        except (CleankitError, OSError) as error:
            failures.append(told(source.name, error))
    total += report.total(report.failure() for _ in failures)
    account = {
        "v": ACCOUNT,
        "cleankit": VERSION,
        "inputs": sorted(set(paths)),
        "settings": {"briefings": briefings, "ledger": "hashes" if hashes else "full", "choices": []},
        **total.to_dict(),
        "amended": amended,
        "earlier": [],
        "failures": [failure._asdict() for failure in sorted(failures)],
        "quarantine": [],
    }
    corpus.write_bytes(out / RUN, json_bytes(account))
    missing = sorted(
        {
            name or str(path)
            for digest, there in shelf.items()
            for name, path in there.items()
            if (digest, name) not in used
        }
        - done
    )
    return Replayed(total, tuple(sorted(failures)), tuple(unknown), tuple(missing))


def _shelf(journals: str) -> _Shelf:
    """Where the ledger of each document stands, by the hash of its original and its name."""
    shelf: _Shelf = {}
    for path, name in _files(journals):
        for journal in ledger.read_all(corpus.read_bytes(str(path)), path, name):
            shelf.setdefault(_hash(journal), {})[journal.id] = path
    if not shelf:
        raise UsageError(f"{journals}: holds no ledger; give a run folder, a folder of ledgers, or one")
    return shelf


def _ledger(path: Path, digest: str, name: str) -> Ledger:
    found = ledger.read_all(corpus.read_bytes(str(path)), path, name)
    return next(one for one in found if one.id == name and _hash(one) == digest)


def _files(journals: str) -> Iterator[tuple[Path, str]]:
    """The files, each with the document that it is about by its place; one that stands alone may be about any."""
    folder = Path(journals)
    if not folder.is_dir():
        yield folder, ""
        return
    place = folder / LEDGER if (folder / LEDGER).is_dir() else folder
    for path in sorted(path for path in place.rglob("*") if path.name.endswith((LINES, PACKED)) and path.is_file()):
        yield path, document_of(path, place)


def _hash(journal: Ledger) -> str:
    return journal.markup.sha256 if journal.markup else journal.source


def _made(journal: Ledger, source: str, out: Path, *, briefings: bool) -> Report:
    text = ledger.replayed(source, journal)
    whole = ledger.filled(journal, source)
    places = places_of(out, journal.id)
    if journal.aside:
        raise ReadError(journal.id, "waits in the quarantine of its run; accept or reject it there first")
    cleaned = outcome(Kept(journal.id, text, whole), source)
    values, findings = briefing(cleaned) if briefings else ({}, ())
    corpus.write_bytes(places.text, text.encode(), durable=False)
    if briefings:
        corpus.write_bytes(places.briefing, json_bytes(values), durable=False)
    corpus.write_bytes(places.ledger, ledger.write(journal, journal.id), durable=False)
    return report.of(cleaned, findings)
