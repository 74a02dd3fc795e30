"""What runs did, told in other programs' forms from their ledgers alone: no filter looks at anything."""

from __future__ import annotations

import contextlib
import gzip
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cleankit import corpus, ledger, recipe
from cleankit.config import Choice
from cleankit.engines.folder import Kept, Run
from cleankit.engines.job import Failure, told
from cleankit.engines.places import RUN
from cleankit.errors import CleankitError, LedgerError, ReadError, UsageError
from cleankit.ledger import Ledger
from cleankit.model import Finding, Severity
from cleankit.render import dolma, records

DOCUMENTS, ATTRIBUTES, MIXED = "documents", "attributes", "mixed"
CONFIGURATION, LEGEND = "mixer.json", "attributes.json"
PACKED = ".jsonl.gz"

# what became of a finding, in the evidence of its record: one of the deeds of `ledger.fates`
DONE = "done"


class Exported(NamedTuple):
    """What was exported: documents, edits or findings, and how many of the documents wait in the quarantine."""

    documents: int
    told: int
    waiting: int
    failures: tuple[Failure, ...]


class _Given(NamedTuple):
    """A run, the name of its file, and its documents, each with whether it waits."""

    run: Run
    called: str
    names: tuple[tuple[str, bool], ...]


def to_dolma(runs: Sequence[str], out: str) -> Exported:
    """Write OUT/documents, OUT/attributes/cleankit and the configuration of a mixer.

    Raises UsageError, before anything is written, for a folder that is no run, a place that the mixer would misread,
    and names of documents that two runs have.
    """
    folder = _folder(out, runs)
    given = _given(runs)
    _check_names(given)
    attributes = dolma.Attributes()
    failures: list[Failure] = []
    documents = edits = waiting = 0
    files = []
    # stopped half way, new documents must not be mixed by what was said of old ones
    (folder / CONFIGURATION).unlink(missing_ok=True)
    for one in given:
        file = one.called + PACKED
        places = folder / DOCUMENTS / file, folder / ATTRIBUTES / dolma.EXPERIMENT / file
        with _packed(places[0]) as texts, _packed(places[1]) as spans:
            for name, waits in one.names:
                try:
                    kept = one.run.set_aside(name) if waits else one.run.kept(name)
                    source = _source(one.run, kept)
                    changes = [] if waits else changes_of(ledger.filled(kept.ledger, source), source)
                    marks = dolma.marks(source, changes)
                    if marks is None:
                        raise LedgerError("is too short for dolma's mixer to be told its edits; take it from the run")
                except (CleankitError, OSError) as error:
                    failures.append(_failed(one.run, name, error, waits=waits))
                    continue
                texts.write(dolma.document_row(_spelt(name), one.called, source, _metadata(kept)))
                spans.write(dolma.attributes_row(_spelt(name), one.called, attributes.of(marks)))
                documents, edits, waiting = documents + 1, edits + len(changes), waiting + waits
        files.append((Path(out) / DOCUMENTS / file).as_posix())
    settings = dolma.configuration(files, (Path(out) / MIXED).as_posix(), attributes)
    corpus.write_bytes(folder / LEGEND, dolma.as_json(attributes.legend()).encode())
    corpus.write_bytes(folder / CONFIGURATION, dolma.as_json(settings).encode())
    return Exported(documents, edits, waiting, tuple(failures))


def changes_of(journal: Ledger, source: str) -> list[dolma.Change]:
    """The edits of a ledger, which keeps its old texts, over the text of the original."""
    changes = []
    for edit, numbers in ledger.flat(journal, source):
        entries = [journal.entries[number] for number in numbers]
        rules = tuple(dict.fromkeys(entry.rule for entry in entries))
        safety = max((entry.safety for entry in entries), key=lambda safety: safety.rank)
        changes.append(dolma.Change(edit.start, edit.end, edit.new, rules, safety))
    return changes


def to_findings(runs: Sequence[str], put: Callable[[bytes], object]) -> Exported:
    """Hand over a line for each finding of the ledgers, by runs, documents and places in the original.

    Raises UsageError for a folder that is no run.
    """
    given = _given(runs)
    summaries = {about.rule: about.summary for about in recipe.abouts(Choice())}
    failures: list[Failure] = []
    documents = findings = waiting = 0
    for one in given:
        inputs = _inputs(one.run)
        for name, waits in one.names:
            try:
                kept = one.run.set_aside(name) if waits else one.run.kept(name)
                source = _source(one.run, kept)
                journal = ledger.filled(kept.ledger, source)
            except (CleankitError, OSError) as error:
                failures.append(_failed(one.run, name, error, waits=waits))
                continue
            found = findings_of(journal, summaries)
            for record in records.records(_path(inputs, name), source, found):
                put(records.as_line(record).encode(errors="backslashreplace") + b"\n")
            documents, findings, waiting = documents + 1, findings + len(found), waiting + waits
    return Exported(documents, findings, waiting, tuple(failures))


def findings_of(journal: Ledger, summaries: dict[str, str]) -> list[Finding]:
    """All that a ledger tells, in the order of the source, with what was done about it in the evidence."""
    found = []
    for fate, entry in zip(ledger.fates(journal), journal.entries, strict=True):
        message = entry.message or summaries.get(entry.rule) or f"Found by {entry.rule}."
        severity = Severity.WARNING if entry.edit else Severity.NOTE
        evidence = (*entry.evidence, (DONE, str(fate.deed)))
        found.append(Finding(entry.rule, message, entry.home, severity, entry.edit, entry.safety, evidence))
    return sorted(found, key=lambda finding: (finding.at, finding.rule))


def _given(runs: Sequence[str]) -> list[_Given]:
    """The runs with their documents in the order of their names. Raises UsageError."""
    given: list[_Given] = []
    taken: set[str] = set()
    seen: set[Path] = set()
    for folder in runs:
        run = Run(folder)
        if (real := run.folder.resolve()) in seen:
            continue
        seen.add(real)
        waiting = set(run.waiting())
        names = tuple((name, name in waiting) for name in sorted({*run.names(), *waiting}))
        # the mixer reads a path as a pattern
        plain = re.sub(r"[^\w.-]", "_", _spelt(real.name)) or "run"
        called = next(one for one in _numbered(plain) if one not in taken)
        taken.add(called)
        given.append(_Given(run, called, names))
    return given


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1


def _check_names(given: Iterable[_Given]) -> None:
    """Raise UsageError where two documents have one id, for then nobody could tell which is which."""
    seen: dict[str, _Given] = {}
    for one in given:
        for name, _ in one.names:
            other = seen.setdefault(_spelt(name), one)
            if other is not one:
                where = f"{other.run.folder} and {one.run.folder}"
                raise UsageError(f"{_spelt(name)}: is a document of {where}; export them into folders of their own")


def _folder(out: str, runs: Sequence[str]) -> Path:
    folder = Path(out)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{out}: is a file; give a folder with -o, for dolma reads several files")
    if any(folder.resolve() == Path(run).resolve() for run in runs):
        raise UsageError(f"{out}: is the run itself; choose another folder with -o")
    if not folder.parts or re.search(r"[*?\[\]{}$]", out) or DOCUMENTS in folder.parts:
        # it finds attributes by putting their name in the place of each /documents/ of a path
        raise UsageError(
            f"{out}: is no place that dolma's mixer can read from; choose a folder with a name of its own, without "
            f"wildcards, and not in one that is called {DOCUMENTS}"
        )
    return folder


def _metadata(kept: Kept) -> dict[str, object]:
    journal = kept.ledger
    said: dict[str, object] = {"sha256": journal.source}
    if kept.waits:
        return said | {"waits": journal.aside.rule if journal.aside else ""}
    said["clean_sha256"] = journal.result
    if journal.markup and journal.markup.url:
        said["url"] = journal.markup.url
    return said


def _spelt(name: str) -> str:
    """A name that JSON can hold for every reader: a byte that is no text is spelt out."""
    return name.encode(errors="backslashreplace").decode()


def _inputs(run: Run) -> tuple[Path, ...]:
    with contextlib.suppress(ReadError, KeyError, TypeError):
        return tuple(Path(given) for given in run.account()["inputs"])
    return ()


def _path(inputs: Iterable[Path], name: str) -> str:
    """The file that a document was read from, if it still lies there; else its name in the run."""
    for given in inputs:
        named = [given] if given.name in (name, name + corpus.SUFFIX) else []
        for path in (*named, given / f"{name}{corpus.SUFFIX}", given / name):
            if path.is_file():
                return str(path)
    return name


def _source(run: Run, kept: Kept) -> str:
    try:
        return run.source(kept)
    except LedgerError as error:
        if kept.ledger.hashed:
            raise LedgerError(f"{error}, and {RUN} names no place where it still lies") from error
        raise


def _failed(run: Run, name: str, error: Exception, *, waits: bool) -> Failure:
    places = run.places(name)
    path = str(places.aside if waits else places.text)
    return told(path, error)


@contextlib.contextmanager
def _packed(path: Path) -> Iterator[BinaryIO]:
    """A file of rows, compressed, with nothing in it but the rows: no name and no time."""
    with corpus.writing(path) as file, gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
        yield packed  # type: ignore[misc]
