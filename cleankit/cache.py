"""Remembers, from one run to the next, what was worked out of files that seldom change. Losing it costs time only."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from cleankit.version import VERSION

# A change to a file makes a new entry; the old ones of the same name are let go beyond this number.
KEPT = 4
SUFFIX = ".entry"


def folder() -> Path | None:
    """Where entries lie: CLEANKIT_CACHE_DIR, else the system's place for such things; None where there is no home."""
    if told := os.environ.get("CLEANKIT_CACHE_DIR"):
        return Path(told)
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.home raises where there is none
    if home in ("~", "/"):  # what it says where nobody knows better
        return None
    told = os.environ.get("XDG_CACHE_HOME", "")
    places = {"win32": os.environ.get("LOCALAPPDATA", home), "darwin": f"{home}/Library/Caches"}
    return Path(places.get(sys.platform) or (told if Path(told).is_absolute() else f"{home}/.cache"), "cleankit")


def remembered(name: str, files: Iterable[Path], make: Callable[[], Any]) -> Any:
    """What `make` gives, a JSON value, worked out anew only when one of `files` or cleankit's version has changed."""
    place = folder()
    if place is None:
        return make()
    path = place / f"{name}-{_state(files)}{SUFFIX}"
    with contextlib.suppress(OSError):
        seal, _, data = path.read_bytes().partition(b"\n")
        if seal == _seal(data):  # a damaged entry could still be JSON, and pass for rules that find nothing
            return json.loads(data)
    value = make()
    # no home, no room, not ours to write: the next run works it out again
    with contextlib.suppress(OSError):
        data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        _write(path, _seal(data) + b"\n" + data)
        _tidy(path, name)
    return value


def _seal(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=12).hexdigest().encode()


def _state(files: Iterable[Path]) -> str:
    state = hashlib.blake2b(VERSION.encode(), digest_size=12)
    for path in files:
        stat = path.stat()
        state.update(f"{path}\0{stat.st_mtime_ns}\0{stat.st_size}\n".encode(errors="surrogateescape"))
    return state.hexdigest()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f".{os.urandom(8).hex()}.tmp"
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _tidy(path: Path, name: str) -> None:
    entries = sorted(path.parent.glob(f"{name}-*{SUFFIX}"), key=lambda one: one.stat().st_mtime, reverse=True)
    for old in entries[KEPT:]:
        old.unlink()
