"""Originals of the documents of runs, given back and proved by their hashes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from cleankit import corpus, ledger
from cleankit.encoding import decode, encode
from cleankit.engines.folder import Kept, Run, run_of
from cleankit.engines.job import Failure, told
from cleankit.errors import CleankitError, LedgerError, UsageError
from cleankit.ledger import Ledger
from cleankit.model import Markup


class Restored(NamedTuple):
    """An original: the path of its clean text, its name in the run, its bytes, and the page of HTML it came from."""

    path: str
    name: str
    data: bytes
    markup: Markup | None = None


def each(paths: Sequence[str]) -> Iterator[Restored | Failure]:
    """The original of each document: of a run folder all, of a file in one that document's.

    A ledger behind a text is that text's, wherever the two lie. Raises UsageError for what is no part of a run.
    """
    for named in _paired(paths):
        if isinstance(named, tuple):
            yield _of_pair(*named)
            continue
        if Path(named).is_dir():
            run = Run(named)
            for name in (*run.names(), *run.waiting()):
                yield _of_run(run, name)
            continue
        found = run_of(named)
        if found is None:
            if not Path(named).exists():
                yield Failure(named, "does not exist; check the path")
                continue
            raise UsageError(f"{named}: does not lie in a run folder; give its ledger behind it, or the run")
        yield _of_run(*found, named)


def is_one(paths: Sequence[str]) -> bool:
    """Whether the paths name a single document."""
    named = list(_paired(paths))
    return len(named) == 1 and (isinstance(named[0], tuple) or not Path(named[0]).is_dir())


def _paired(paths: Sequence[str]) -> Iterator[str | tuple[str, str]]:
    """The paths, each ledger together with the text before it."""
    rest = list(paths)
    while rest:
        path = rest.pop(0)
        if rest and rest[0].endswith((".jsonl", ".jsonl.gz")):
            yield path, rest.pop(0)
        else:
            yield path


def _of_run(run: Run, name: str, path: str = "") -> Restored | Failure:
    path = path or str(run.places(name).text)
    try:
        kept = run.any(name)
        return _restored(path, kept, encode(run.source(kept), kept.ledger.encoding, kept.ledger.bom))
    except (CleankitError, OSError) as error:
        return _failed(path, error)


def _of_pair(path: str, journal: str) -> Restored | Failure:
    """A text with the ledger of its run, or with the file in which `fix` noted what it did to many."""
    try:
        data = corpus.read_bytes(path)
        _, name = run_of(path) or (None, Path(path).stem)
        ledgers = list(ledger.read_all(corpus.read_bytes(journal), journal, name))
        # of a text that was fixed more than once, the last one
        fitting = ((clean, one) for one in reversed(ledgers) for clean in _readings(data, one) if _fits(clean, one))
        clean, read = next(fitting, (None, None))
        if clean is None or read is None:
            if len(ledgers) == 1:
                ledger.check(data.decode(), ledgers[0])
            named = f"none of the {len(ledgers)} ledgers in {journal} was written for it, or it was changed since"
            raise LedgerError(f"{path}: {named}")
        return _restored(path, Kept(read.id, clean, read), ledger.restore(clean, read))
    except UnicodeDecodeError:
        return Failure(path, "cannot be restored: it is not the clean text that a run wrote: it is not UTF-8")
    except (CleankitError, OSError) as error:
        return _failed(path, error)


def _readings(data: bytes, journal: Ledger) -> Iterator[str]:
    """What a clean text may say: a run writes UTF-8, and `fix` what the original was written in."""
    with suppress(UnicodeDecodeError):
        yield data.decode()
    with suppress(CleankitError):
        yield decode(data, journal.id, None if journal.bom else journal.encoding).text


def _fits(text: str, journal: Ledger) -> bool:
    with suppress(LedgerError):
        ledger.check(text, journal)
        return True
    return False


def _restored(path: str, kept: Kept, data: bytes) -> Restored:
    return Restored(path, kept.name, data, kept.ledger.markup)


def _failed(path: str, error: Exception) -> Failure:
    failure = told(path, error)
    return Failure(path, f"cannot be restored: {failure.problem}") if isinstance(error, LedgerError) else failure
