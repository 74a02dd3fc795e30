"""From a clean text back to its original, and from an original to its clean text, each proved by its hash."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cleankit.edits import apply, invert
from cleankit.encoding import decode, encode
from cleankit.errors import LedgerError, ReadError
from cleankit.ledger.lines import digest
from cleankit.ledger.made import made
from cleankit.ledger.model import Amendment, Entry, Ledger, State
from cleankit.ledger.record import sha256
from cleankit.ledger.sums import changed
from cleankit.model import Edit


def restore(text: str, ledger: Ledger) -> bytes:
    """The bytes of the original. Raises LedgerError where `text` is not the one that the ledger was written for."""
    return encode(restored(text, ledger), ledger.encoding, ledger.bom)


def restored(text: str, ledger: Ledger) -> str:
    """The text of the original. Raises LedgerError as `restore` does."""
    check(text, ledger)
    if ledger.hashed and any(entry.digest for _, entry in _each_made(ledger)):
        raise LedgerError(
            f"the ledger of {ledger.id!r} keeps hashes in the place of the old texts: only the original gives it back"
        )
    try:
        for _, pairs in reversed(made(ledger)):
            text = apply(text, invert([entry.edit for _, entry in pairs if entry.edit]))
        data = encode(text, ledger.encoding, ledger.bom)
    except (ValueError, LookupError, TypeError) as error:
        raise LedgerError(f"the ledger of {ledger.id!r} is damaged: {error}") from error
    if sha256(data) != ledger.source:
        raise LedgerError(f"the ledger of {ledger.id!r} is damaged: what comes out is not the original")
    return text


def check(text: str, ledger: Ledger) -> None:
    """Raise LedgerError, with the lines to look at, where a text is not the one that the ledger was written for."""
    data = text.encode()
    if sha256(data) == ledger.result:
        return
    if ledger.aside is None and (place := changed(data, ledger.sums)):
        raise LedgerError(f"it was changed after the run, in {place}: its hash is not the one in the ledger")
    raise LedgerError(f"it is not the text that the ledger of {ledger.id!r} was written for: its hash differs")


def replay(data: bytes, ledger: Ledger) -> str:
    """The clean text, made from the bytes of the original. Raises LedgerError where they are those of another one."""
    return replayed(decoded(data, ledger), ledger)


def decoded(data: bytes, ledger: Ledger) -> str:
    """The text of the original, from its bytes. Raises LedgerError where they are those of another one."""
    if sha256(data) != ledger.source:
        raise LedgerError(
            f"it is not the original of the ledger of {ledger.id!r}, or was changed since: its hash differs"
        )
    try:
        return decode(data, ledger.id, None if ledger.bom else ledger.encoding).text
    except ReadError as error:
        raise LedgerError(f"the ledger of {ledger.id!r} is damaged: {error}") from error


def replayed(text: str, ledger: Ledger) -> str:
    """The clean text, made from that of the original. Raises LedgerError where it is that of another one."""
    whole = filled(ledger, text)
    result = _replayed(text, whole)
    if sha256(result.encode()) != ledger.result:
        raise LedgerError(f"the ledger of {ledger.id!r} is damaged: what comes out is not what the run made")
    return result


def _replayed(text: str, ledger: Ledger) -> str:
    try:
        for _, pairs in made(ledger):
            text = apply(text, [entry.edit for _, entry in pairs if entry.edit])
    except (ValueError, TypeError) as error:
        raise LedgerError(f"the ledger of {ledger.id!r} does not fit the text: {error}") from error
    return text


def filled(ledger: Ledger, source: str) -> Ledger:
    """A ledger that kept no old texts with them, from that of the original. Raises LedgerError if it is another one."""
    if not ledger.hashed:
        return ledger
    entries: list[Entry] = []
    text = source
    for _, pairs in ledger.stages():
        here = [_filled(entry, text, ledger) for _, entry in pairs]
        entries += here
        text = apply(text, [entry.edit for entry in here if entry.state is State.APPLIED and entry.edit])
    whole = replace(ledger, entries=tuple(entries), hashed=False)
    return replace(whole, amendment=_filled_amendment(whole, source)) if whole.amendment else whole


def _filled_amendment(ledger: Ledger, text: str) -> Amendment:
    edits = []
    for _, pairs in made(ledger):
        here = [
            (n, replace(entry.edit, old=text[entry.edit.start : entry.edit.end])) for n, entry in pairs if entry.edit
        ]
        edits += here
        text = apply(text, [edit for _, edit in here])
    assert ledger.amendment is not None
    return replace(ledger.amendment, edits=tuple(edits))


def _filled(entry: Entry, text: str, ledger: Ledger) -> Entry:
    if entry.edit is None or not entry.digest:
        return entry
    old = text[entry.edit.start : entry.edit.end]
    if digest(ledger.source, old) != entry.digest:
        raise LedgerError(f"the ledger of {ledger.id!r} does not fit the text at {entry.home.start}")
    evidence = tuple(
        (name, old[slice(*value)] if isinstance(value, tuple) else value) for name, value in entry.evidence
    )
    edit = Edit(entry.edit.start, entry.edit.end, old, entry.edit.new)
    return replace(entry, edit=edit, evidence=evidence, digest="")


def _each_made(ledger: Ledger) -> Iterator[tuple[int, Entry]]:
    for _, pairs in made(ledger):
        yield from pairs
