"""Does to originals what ledgers say, without a filter: a run that was reviewed, made again from the pages alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cleankit import corpus, ledger, report
from cleankit.corpus import STDIN, Source
from cleankit.engines.folder import Kept, outcome
from cleankit.engines.job import Failure, briefing, json_bytes, told
from cleankit.engines.local import check_folders
from cleankit.engines.places import LEDGER, LINES, PACKED, RUN, places_of
from cleankit.errors import CleankitError, ReadError, UsageError
from cleankit.ledger import Ledger
from cleankit.report import Report
from cleankit.version import VERSION


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
    wanted = {
        _hash(one): one for path in _files(journals) for one in ledger.read_all(corpus.read_bytes(str(path)), path)
    }
    if not wanted:
        raise UsageError(f"{journals}: holds no ledger; give a run folder, a folder of ledgers, or one")
    sources, errors = corpus.find(paths, (corpus.SUFFIX, *corpus.MARKUP))
    check_folders(paths, sources, Path(out))
    failures = [told(error.path, error) for error in errors]
    done: list[Report] = []
    unknown: list[str] = []
    left = dict(wanted)
    for source in sources:
        try:
            data = corpus.read_bytes(source.path)
            found = wanted.get(hashlib.sha256(data).hexdigest())
            if found is None:
                unknown.append(source.name)
                continue
            done.append(_made(found, _text(source, data, found), Path(out), briefings=briefings))
            left.pop(_hash(found), None)
        except (CleankitError, OSError) as error:
            failures.append(told(source.name, error))
    total = report.total((*done, *(report.failure() for _ in failures)))
    account = {
        "v": 2,
        "cleankit": VERSION,
        "inputs": sorted(set(paths)),
        "settings": {"briefings": briefings, "ledger": "full", "choices": []},
        **total.to_dict(),
        "amended": sum(1 for one in wanted.values() if one.amendment and _hash(one) not in left),
        "earlier": [],
        "failures": [failure._asdict() for failure in sorted(failures)],
        "quarantine": [],
    }
    corpus.write_bytes(Path(out) / RUN, json_bytes(account))
    return Replayed(total, tuple(sorted(failures)), tuple(unknown), tuple(sorted(one.id for one in left.values())))


def _files(journals: str) -> Iterator[Path]:
    folder = Path(journals)
    if not folder.is_dir():
        yield folder
        return
    place = folder / LEDGER if (folder / LEDGER).is_dir() else folder
    yield from sorted(path for path in place.rglob("*") if path.name.endswith((LINES, PACKED)) and path.is_file())


def _hash(journal: Ledger) -> str:
    return journal.markup.sha256 if journal.markup else journal.source


def _text(source: Source, data: bytes, journal: Ledger) -> str:
    """The text that a ledger is about: of a page of HTML what is taken from it, which has to be the same again."""
    if journal.markup is None:
        return ledger.decoded(data, journal)
    name = source.name if source.path != STDIN else journal.id
    document = corpus.read(Source(journal.id, source.path, name), journal.markup.encoding)
    if document.meta["sha256"] != journal.source:
        raise ReadError(
            source.name, f"gives another text than {journal.markup.reader} took from it; install that version"
        )
    return document.text


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
    corpus.write_bytes(places.ledger, ledger.write(journal), durable=False)
    return report.of(cleaned, findings)
