"""A run folder: what lies where in it, read and written."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from cleankit import corpus, ledger
from cleankit.config import Choice
from cleankit.encoding import encode
from cleankit.engines.job import LONGEST_DIFF
from cleankit.engines.places import LEDGER, LINES, OWN, PACKED, QUARANTINE, RECORDS, RUN, Places, document_of, places_of
from cleankit.errors import CleankitError, LedgerError, ReadError, UsageError
from cleankit.ledger import Ledger, State
from cleankit.model import Document, Finding, Safety, Severity, Span
from cleankit.page import Page
from cleankit.pipeline import Layer, Outcome

NEXT = ".next"  # a ledger whose text is not written yet: if that was the last thing done, the two belong together


class Kept(NamedTuple):
    """A document of a run: its clean text and its ledger, which belong together. One that `waits` was not cleaned."""

    name: str
    text: str
    ledger: Ledger
    waits: bool = False


class Run:
    """A folder that `clean -o` has written. Raises UsageError for one that it has not."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        if not any((self.folder / name).is_dir() for name in (LEDGER, QUARANTINE, RECORDS)):
            raise UsageError(f"{folder}: holds no {LEDGER}; give a folder that `cleankit clean -o` has written")
        self._named: str | None = None
        self._places: Places

    def names(self) -> list[str]:
        """The documents that were cleaned."""
        return sorted(_names(self.folder / LEDGER))

    def waiting(self) -> list[str]:
        """The documents in the quarantine."""
        return sorted(_names(self.folder / QUARANTINE))

    def places(self, name: str) -> Places:
        """Where the files of a document lie."""
        # whoever does a document asks some times, and each time links would be followed
        if self._named != name:
            self._named, self._places = name, places_of(self.folder, name)
        return self._places

    def _ledger_at(self, plain: Path) -> Path:
        packed = _packed(plain)
        if not plain.exists() and not packed.exists():
            raise ReadError(plain, "does not exist; without its ledger nothing can be told or taken back")
        return plain if plain.exists() else packed

    def kept(self, name: str) -> Kept:
        """A document with its ledger. Raises ReadError, LedgerError where the two do not fit."""
        path = self.places(name).text
        text = _read(path)
        journal = self.ledger_of(name, text)
        try:
            ledger.check(text, journal)
        except LedgerError as error:
            raise LedgerError(f"{path}: {self._changed(text, journal) or error}") from None
        return Kept(name, text, journal)

    def ledger_of(self, name: str, text: str) -> Ledger:
        """The ledger that a text was written with: where a change was stopped half way, the one that was to be."""
        with contextlib.suppress(OSError, CleankitError):
            path = _next(self.places(name).ledger)
            journal = ledger.read(path.read_bytes(), path, name)
            ledger.check(text, journal)
            return journal
        path = self._ledger_at(self.places(name).ledger)
        return ledger.read(corpus.read_bytes(str(path)), path, name)

    def journal(self, name: str, *, waits: bool) -> tuple[Path, bytes]:
        """Where the ledger of a document lies that this run has named, and its bytes as they are. Raises ReadError."""
        # not by `places`, which proves of six files that they lie in the run: a listed one does, and it costs ten times
        plain = self.folder / (QUARANTINE if waits else LEDGER) / f"{name}{LINES}"
        coming = _next(plain)
        path = coming if not waits and coming.exists() and self._fits(coming, name) else self._ledger_at(plain)
        return path, corpus.read_bytes(str(path))

    def set_aside(self, name: str) -> Kept:
        """A document of the quarantine, with its source as `text`. Raises ReadError, LedgerError."""
        places = self.places(name)
        path, waiting = places.aside, self._ledger_at(places.waiting)
        text, journal = _read(path), ledger.read(corpus.read_bytes(str(waiting)), waiting, name)
        if _sha256(text, journal) != journal.source:
            raise LedgerError(f"{path}: was changed after the run: its hash is not the one in the ledger")
        return Kept(name, text, journal, waits=True)

    def any(self, name: str) -> Kept:
        """A document, cleaned or waiting."""
        return self.set_aside(name) if self.waits(name) else self.kept(name)

    def waits(self, name: str) -> bool:
        """Whether a document lies in the quarantine."""
        plain = self.places(name).waiting
        return plain.exists() or _packed(plain).exists()

    def source(self, kept: Kept) -> str:
        """The text of the original: from the ledger, or from the original itself where the ledger keeps only hashes.

        Raises LedgerError where neither gives it.
        """
        if kept.waits:
            return kept.text
        try:
            return ledger.restored(kept.text, kept.ledger)
        except LedgerError:
            path = self.original(kept.ledger) if kept.ledger.hashed else None
            if path is None:
                raise
            return read_original(path, kept.ledger)

    def outcome(self, kept: Kept, source: str) -> Outcome:
        """What cleaning came to, as the ledger tells it."""
        return outcome(Kept(kept.name, kept.text, ledger.filled(kept.ledger, source)), source)

    def original(self, journal: Ledger) -> Path | None:
        """The file that a document was read from, where it still lies as the run found it."""
        wanted = journal.markup.sha256 if journal.markup else journal.source
        with contextlib.suppress(CleankitError, OSError, ValueError, LookupError, TypeError):
            for given in self._inputs:
                # a folder's page of HTML keeps its suffix in its name, and so does a file that was given by itself
                for path in (Path(given) / f"{journal.id}.txt", Path(given) / journal.id, Path(given)):
                    if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == wanted:
                        return path
        return None

    @cached_property
    def _inputs(self) -> list[str]:
        return [str(given) for given in self.account()["inputs"]]

    def account(self) -> dict[str, Any]:
        """run.json. Raises ReadError."""
        path = self.folder / RUN
        if not path.exists():
            raise ReadError(path, "does not exist: the run was stopped before its end; run `cleankit clean` again")
        try:
            data = json.loads(corpus.read_bytes(str(path)))
        except (ValueError, RecursionError) as error:
            raise ReadError(path, "is not the account of a run: it is not JSON; run `cleankit clean` again") from error
        if not isinstance(data, dict):
            raise ReadError(path, "is not the account of a run; run `cleankit clean` again")
        return data

    def with_source(self, sha256: str) -> str:
        """The document whose text has these bytes, by their hash; empty where there is none."""
        ledgers = [(name, self.places(name).ledger) for name in self.names()]
        ledgers += ((name, self.places(name).waiting) for name in self.waiting())
        for name, plain in ledgers:
            path = self._ledger_at(plain)
            # one that is damaged is told when it is asked for by its name
            with contextlib.suppress(LedgerError):
                if ledger.source_of(corpus.read_bytes(str(path)), path) == sha256:
                    return name
        return ""

    def named(self, stem: str) -> str:
        """The document that a file of this name would be, whatever was in it; empty where there is none."""
        names = (*self.names(), *self.waiting())
        return next((name for name in names if name == stem or name.endswith(f"/{stem}")), "")

    def choice(self) -> Choice | None:
        """What all documents were cleaned with; None where the account does not say, or names several things."""
        with contextlib.suppress(CleankitError, KeyError, TypeError, ValueError):
            (one,) = self.account()["settings"]["choices"]
            said: dict[str, Any] = {
                key: tuple(value) if isinstance(value, list) else value for key, value in one.items()
            }
            said |= {"apply": Safety(said["apply"]), "budgets": tuple(said["budgets"].items())}
            return Choice(**{key: value for key, value in said.items() if key not in ("documents", "encoding")})
        return None

    def write(self, kept: Kept, *, hashes: bool = False, briefing: bytes | None = None) -> None:
        """Put a text and its ledger in the place of those of the document, and its briefing if there is one.

        Stopped half way, text and ledger still belong together, and a briefing is not older than they are.
        """
        places = self.places(kept.name)
        coming = _next(places.ledger)
        corpus.write_bytes(coming, ledger.write(kept.ledger, kept.name, hashes=hashes))
        if briefing is not None:
            corpus.write_bytes(places.briefing, briefing)
        corpus.write_bytes(places.text, kept.text.encode())
        self._settle(coming)

    def mend(self) -> None:
        """Finish what `write` was stopped in."""
        for coming in sorted((self.folder / LEDGER).rglob(f"*{LINES}{NEXT}")):
            if self._fits(coming, document_of(_settled(coming), self.folder / LEDGER)):
                self._settle(coming)
            else:
                coming.unlink()

    def _fits(self, coming: Path, name: str) -> bool:
        """Whether the text that a ledger was put down for is written."""
        try:
            ledger.check(_read(self.places(name).text), ledger.read(coming.read_bytes(), coming, name))
        except CleankitError:
            return False
        return True

    def _settle(self, coming: Path) -> None:
        plain = _settled(coming)
        coming.replace(plain)
        _packed(plain).unlink(missing_ok=True)

    def _changed(self, text: str, journal: Ledger) -> str:
        """Which lines somebody changed in a clean text, where its original is there to say what it was."""
        path = self.original(journal)
        if path is None or journal.markup or len(text) > LONGEST_DIFF:
            return ""
        try:
            meant = ledger.replay(path.read_bytes(), journal)
        except (OSError, LedgerError):
            return ""
        rows = _rows_that_differ(meant, text)
        named = ", ".join(map(str, rows[:10])) + (", …" if len(rows) > 10 else "")
        return f"was changed after the run, in line{'s' * (len(rows) > 1)} {named}; its original still lies at {path}"


def read_original(path: Path, journal: Ledger) -> str:
    """The text of an original, of a page of HTML what is taken from it. Raises LedgerError where it is another one."""
    if journal.markup is None:
        return ledger.decoded(corpus.read_bytes(str(path)), journal)
    document = corpus.read(corpus.Source(journal.id, str(path)), journal.markup.encoding)
    if document.meta["sha256"] != journal.source:
        taken = f"gives another text than {journal.markup.reader} took from it; install that version"
        raise LedgerError(f"{path}: {taken}")
    return document.text


def outcome(kept: Kept, source: str) -> Outcome:
    """What cleaning came to, by a ledger that keeps its old texts. What a person took back is open.

    Of a page that waits it is that nothing was done, and what would have been.
    """
    journal = kept.ledger
    meta: dict[str, object] = {"encoding": journal.encoding, "bom": journal.bom, "sha256": journal.source}
    if journal.markup:
        meta["markup"] = journal.markup
    before, after = Document(kept.name, source, meta), Document(kept.name, kept.text, meta)
    layers = tuple(_layers(journal))
    spared = tuple(finding(entry) for entry in journal.entries if entry.state is State.SPARED)
    if why := journal.aside:
        aside = Finding(why.rule, why.message, Span(0, len(source)), Severity.NOTE, None, Safety.FLAG, why.evidence)
        flags = (Layer(one.stage, (), tuple(f for f in one.open if f.fix is None)) for one in layers)
        return Outcome(before, before, tuple(one for one in flags if one.open), spared, aside, layers)
    return Outcome(before, after, layers, spared)


def _layers(journal: Ledger) -> Iterator[Layer]:
    applied = {stage: tuple(finding(entry) for _, entry in pairs) for stage, pairs in ledger.made(journal)}
    acted_on = {number for _, pairs in ledger.made(journal) for number, _ in pairs}
    for stage, pairs in journal.stages():
        still_open = tuple(
            finding(entry)
            for number, entry in pairs
            if number not in acted_on
            and (entry.state is State.OPEN or (entry.state is State.APPLIED and number in journal.dropped))
        )
        if applied.get(stage) or still_open:
            yield Layer(stage, applied.get(stage, ()), still_open)


def run_of(path: str) -> tuple[Run, str] | None:
    """The run that a file lies in, and the name of its document; None for a file elsewhere."""
    # as it was given, so that errors name it so; who stands inside the run gives less than the whole way
    for folders in (Path(path).parts, Path(os.path.abspath(path)).parts):  # noqa: PTH100 - where links lead is no matter
        for depth in range(len(folders) - 1, 0, -1):
            if folders[depth - 1] not in OWN:
                continue
            name = Path(*folders[depth:]).as_posix()
            suffix = next((one for one in (PACKED, LINES, ".txt", ".json", ".diff") if name.endswith(one)), "")
            with contextlib.suppress(UsageError):
                return Run(Path(*folders[: depth - 1])), name.removesuffix(suffix)
    return None


def finding(entry: ledger.Entry) -> Finding:
    """An entry of a ledger as the finding that it was."""
    severity = Severity.WARNING if entry.edit else Severity.NOTE
    return Finding(entry.rule, entry.message, entry.home, severity, entry.edit, entry.safety, entry.evidence)


def _names(folder: Path) -> Iterator[str]:
    seen = set()
    for suffix in (LINES, PACKED):
        for path in folder.rglob(f"*{suffix}"):
            name = document_of(path, folder)
            if name not in seen:
                seen.add(name)
                yield name


def _packed(journal: Path) -> Path:
    return journal.with_name(journal.name.removesuffix(LINES) + PACKED)


def _next(journal: Path) -> Path:
    return journal.with_name(journal.name + NEXT)


def _settled(coming: Path) -> Path:
    return coming.with_name(coming.name.removesuffix(NEXT))


def _read(path: Path) -> str:
    data = corpus.read_bytes(str(path))
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise ReadError(path, f"is not the text that a run wrote: line {row} is not UTF-8") from error


def _sha256(text: str, journal: Ledger) -> str:
    return hashlib.sha256(encode(text, journal.encoding, journal.bom)).hexdigest()


def _rows_that_differ(one: str, other: str) -> list[int]:
    """The lines of the second text, from 1, that are not those of the first."""
    from difflib import SequenceMatcher

    a, b = (_lines(text) for text in (one, other))
    rows: list[int] = []
    for tag, _, _, start, end in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            rows += range(start + 1, max(start + 1, end) + 1) if end > start else [min(start + 1, max(1, len(b)))]
    return sorted(set(rows))


def _lines(text: str) -> list[str]:
    return [text[line.start : line.stop] for line in Page(text).lines]
