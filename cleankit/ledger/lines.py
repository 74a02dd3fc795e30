"""Ledgers as JSON Lines: a header, a line for each finding, and one more where a person changed what was done.

Each line ends in a seal made from itself and the seal before it, so that one that is missing, added or altered is
noticed, and where. Several ledgers may stand in one file, one behind the other. `schemas/ledger.schema.json` has the
form.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from cleankit.errors import LedgerError
from cleankit.ledger.model import Amendment, Aside, Entry, Ledger, State
from cleankit.model import Edit, Markup, Safety, Span

VERSION = 2
_GZIP = b"\x1f\x8b"
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # made once: it takes longer than a line
_SEAL = re.compile(r',"seal":"([0-9a-f]{8})"\}\Z')
# what a field is where a line does not say it: most lines need none of these
_HEAD: dict[str, Any] = {"encoding": "utf-8", "bom": False, "line_ends": "lf", "apply": "safe"}


def write(ledger: Ledger, name: str = "", *, hashes: bool = False) -> bytes:
    """The lines of a ledger, in UTF-8. With `hashes` the old texts are left out, and only what they hash to is kept.

    `name` is what its file tells of whose it is; `read` wants it back.
    """
    hashes = hashes or ledger.hashed
    said = {name: getattr(ledger, name) for name in _HEAD}
    said["apply"] = str(ledger.apply)
    head: dict[str, Any] = {"v": VERSION} | ({} if ledger.id == name else {"id": ledger.id})
    head["source"] = _short(ledger.source)
    head |= {name: value for name, value in said.items() if value != _HEAD[name]}
    if ledger.entries:
        head |= {"chars": ledger.chars, "entries": len(ledger.entries)}
    if ledger.markup:
        head["markup"] = {name: value for name, value in asdict(ledger.markup).items() if value}
    if ledger.aside:
        head["aside"] = {"rule": ledger.aside.rule, "message": ledger.aside.message, **_proof(ledger.aside.evidence)}
    if hashes:
        head["hashes"] = True
    if ledger.amendment is None:
        head |= _result(ledger)
    lines = [head, *(_line_of(entry, ledger, hashes=hashes) for entry in ledger.entries)]
    if ledger.amendment:
        lines.append(_amendment_line(ledger, ledger.amendment, hashes=hashes) | _result(ledger))
    return b"".join(_sealed(lines))


def _result(ledger: Ledger) -> dict[str, str]:
    result = {} if ledger.result == ledger.source else {"result": _short(ledger.result)}
    return result | ({"sums": ledger.sums} if ledger.sums else {})


def _short(sha256: str) -> str:
    """A SHA-256 in 43 letters instead of 64 digits, for it is most of what the ledger of a clean page holds."""
    return base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")


def _long(short: str) -> str:
    return base64.b64decode(f"{short}=", altchars="-_", validate=True).hex()


def _sealed(lines: Sequence[dict[str, Any]]) -> Iterator[bytes]:
    seal = ""
    for line in lines:
        text = _json(line)[:-1]
        # a file name may hold a byte that is no text; JSON has an escape for what UTF-8 has not
        data = text.encode(errors="backslashreplace")
        seal = _next_seal(seal, data)
        yield data + f',"seal":"{seal}"}}\n'.encode()


def _next_seal(seal: str, data: bytes) -> str:
    # 32 bits: against accidents and slips of the hand; who forges a line can forge the seals behind it
    return hashlib.sha256(seal.encode() + data).hexdigest()[:8]


def _line_of(entry: Entry, ledger: Ledger, *, hashes: bool) -> dict[str, Any]:
    line: dict[str, Any] = {"stage": entry.stage, "rule": entry.rule, "safety": str(entry.safety)}
    if entry.state is not State.APPLIED:
        line["state"] = str(entry.state)
    if entry.message:
        line["message"] = entry.message
    line |= {"home": [entry.home.start, entry.home.end], "bytes": [entry.bytes.start, entry.bytes.end]}
    evidence: list[list[Any]] = [list(pair) for pair in entry.evidence]
    if edit := entry.edit:
        line |= {"start": edit.start, "end": edit.end}
        if not hashes:
            line["old"] = edit.old
        elif edit.start < edit.end:
            line["old_hash"] = entry.digest or digest(ledger.source, edit.old)
            if not entry.digest:
                evidence = [[name, _hidden(value, edit.old)] for name, value in entry.evidence]
        line["new"] = edit.new
    return line | ({"evidence": evidence} if evidence else {})


def _amendment_line(ledger: Ledger, amendment: Amendment, *, hashes: bool) -> dict[str, Any]:
    edits = []
    for number, edit in amendment.edits:
        line: dict[str, Any] = {"entry": number, "start": edit.start}
        ran = ledger.entries[number].edit
        if ran is None or (ran.old, ran.new) != (edit.old, edit.new) or edit.end - edit.start != ran.end - ran.start:
            line |= {"end": edit.end, "new": edit.new}
            line |= {} if hashes else {"old": edit.old}
        edits.append(line)
    return {"dropped": sorted(amendment.dropped), "added": sorted(amendment.added), "edits": edits}


def digest(source: str, old: str) -> str:
    """What a ledger without old texts keeps of one: the hash tells nothing of the same words in another document."""
    return hashlib.sha256(source.encode() + old.encode(errors="surrogatepass")).hexdigest()[:16]


def _hidden(value: str, old: str) -> str | list[int]:
    """A value of the evidence, or where it stands in the old text if it is a part of that."""
    at = old.find(value) if any(char.isalpha() for char in value) else -1
    return value if at < 0 else [at, at + len(value)]


def _proof(evidence: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {"evidence": [list(pair) for pair in evidence]} if evidence else {}


def read(data: bytes, source: object, name: str = "") -> Ledger:
    """The one ledger that stands there, of this document if it does not say of which.

    Raises LedgerError naming `source` and the line that is wrong.
    """
    ledgers = read_all(data, source, name)
    ledger = next(ledgers, None)
    if ledger is None:
        raise LedgerError(f"{source}: is empty; a ledger has a line at least")
    if next(ledgers, None) is not None:
        raise LedgerError(f"{source}: holds the ledgers of several documents where one is wanted")
    return ledger


def source_of(data: bytes, source: object) -> str:
    """The hash of the original that a ledger begins with; nothing else in it is read. Raises LedgerError."""
    head, _ = _opened(_unpacked(data, source).partition(b"\n")[0] + b"\n", "", source, 1)
    try:
        return _long(head["source"])
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerError(f"{source}:1: is not a line of a ledger: {_problem(error)}") from error


def _unpacked(data: bytes, source: object) -> bytes:
    if not data.startswith(_GZIP):
        return data
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise LedgerError(f"{source}: is gzip that was cut short or damaged: {error}") from error


def read_all(data: bytes, source: object, name: str = "") -> Iterator[Ledger]:
    """All ledgers of a file, which may be compressed by gzip. Raises LedgerError as `read` does."""
    return read_lines(io.BytesIO(_unpacked(data, source)), source, name)


def read_lines(lines: Iterable[bytes], source: object, name: str = "") -> Iterator[Ledger]:
    """The ledgers of lines that come one by one, each with its end: a file may be larger than the memory.

    Raises LedgerError as `read` does.
    """
    numbered = enumerate(lines, 1)
    here = next(numbered, None)
    while here:
        first = row = here[0]
        head, seal = _opened(here[1], "", source, row)
        _check_version(head, source, row)
        count = head.get("entries", 0)
        opened: list[dict[str, Any]] = []
        here = next(numbered, None)
        while here and len(opened) != count:
            row = here[0]
            line, seal = _opened(here[1], seal, source, row)
            opened.append(line)
            here = next(numbered, None)
        if len(opened) != count:
            there = f"{count} entries are announced, {len(opened)} are there"
            raise LedgerError(f"{source}:{row + 1}: is cut short: {there}")
        amended: dict[str, Any] = {}
        if here and not here[1].startswith(b'{"v":'):
            row = here[0]
            amended, seal = _opened(here[1], seal, source, row)
            here = next(numbered, None)
        last, row = row, first
        try:
            entries = []
            for row, line in enumerate(opened, first + 1):  # noqa: B007 - told in the error below
                entries.append(_entry_of(line))
            row = first
            ledger = _ledger_of(head, tuple(entries), name)
            row = last
            yield _amended(ledger, amended) if amended else ledger
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise LedgerError(f"{source}:{row}: is not a line of a ledger: {_problem(error)}") from error


def _opened(line: bytes, seal: str, source: object, row: int) -> tuple[dict[str, Any], str]:
    """A line with its seal. Raises LedgerError where that does not fit the line and the one before it."""
    if not line.endswith(b"\n"):
        raise LedgerError(f"{source}:{row}: is cut short; the last line of a ledger ends like the others")
    try:
        text = line[:-1].decode()
        found = _SEAL.search(text)
        value = json.loads(text)
        if not isinstance(value, dict):
            raise TypeError
        # another version may have other seals
        _check_version(value, source, row)
        if found is None:
            raise LedgerError(f"{source}:{row}: is not a line of a ledger: it has no seal at its end")
    except (ValueError, TypeError, RecursionError) as error:
        raise LedgerError(f"{source}:{row}: is not a line of a ledger: {_problem(error)}") from error
    sealed = _next_seal(seal, text[: found.start()].encode())
    if sealed != found[1]:
        raise LedgerError(f"{source}:{row}: was altered, or a line before it is missing: its seal does not fit")
    return value, sealed


def _check_version(head: dict[str, Any], source: object, row: int) -> None:
    version = head.get("v", VERSION)
    if version == VERSION:
        return
    newer = isinstance(version, int) and version > VERSION
    hint = "a newer cleankit reads it" if newer else "the cleankit that wrote it reads it; or clean the page again"
    raise LedgerError(f"{source}:{row}: is a ledger of version {version!r}, and {VERSION} is known here; {hint}")


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


def _ledger_of(head: dict[str, Any], entries: tuple[Entry, ...], name: str) -> Ledger:
    said = _HEAD | head
    page, why = head.get("markup"), head.get("aside")
    original = _long(head["source"])
    return Ledger(
        head.get("id", name),
        original,
        said["encoding"],
        said["bom"],
        said["line_ends"],
        head.get("chars", 0),
        Safety(said["apply"]),
        entries,
        _long(head["result"]) if "result" in head else original,
        head.get("sums", ""),
        Markup(**page) if page else None,
        Aside(why["rule"], why["message"], _pairs(why)) if why else None,
        hashed=head.get("hashes", False),
    )


def _amended(ledger: Ledger, line: dict[str, Any]) -> Ledger:
    numbers = [*line["dropped"], *line["added"], *(one["entry"] for one in line["edits"])]
    if any(type(number) is not int or not 0 <= number < len(ledger.entries) for number in numbers):
        raise ValueError
    edits = tuple((one["entry"], _edit_of(one, ledger.entries[one["entry"]].edit)) for one in line["edits"])
    amendment = Amendment(frozenset(line["dropped"]), frozenset(line["added"]), edits)
    result = _long(line["result"]) if "result" in line else ledger.source
    return replace(ledger, amendment=amendment, result=result, sums=line.get("sums", ""))


def _edit_of(line: dict[str, Any], ran: Edit | None) -> Edit:
    if "end" in line:
        return Edit(line["start"], line["end"], line.get("old", ""), line["new"])
    if ran is None:
        raise ValueError
    return replace(ran, start=line["start"], end=line["start"] + ran.end - ran.start)


def _entry_of(line: dict[str, Any]) -> Entry:
    edit = Edit(line["start"], line["end"], line.get("old", ""), line["new"]) if "new" in line else None
    return Entry(
        line["stage"],
        line["rule"],
        Safety(line["safety"]),
        edit,
        Span(*line["home"]),
        Span(*line["bytes"]),
        State(line.get("state", State.APPLIED)),
        _pairs(line),
        line.get("message", ""),
        line.get("old_hash", ""),
    )


def _pairs(line: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in line.get("evidence", ()))
