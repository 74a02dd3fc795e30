"""Remembers, from one run to the next, what was worked out of files that seldom change. Losing it costs time only."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from cleankit.version import VERSION

# A change to a file makes a new entry; the old ones of the same name are let go beyond this number.
KEPT = 4
SUFFIX, TEMPORARY = ".entry", ".tmp"


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


def remembered(name: str, files: Iterable[Path | str], make: Callable[[], Any]) -> Any:
    """What `make` gives, a JSON value, worked out anew only when one of `files` or cleankit's version has changed."""
    place = folder()
    if place is None:
        return make()
    path = place / f"{name}-{_state(files)}{SUFFIX}"
    with contextlib.suppress(OSError):
        seal, _, data = path.read_bytes().partition(b"\n")
        if seal == sealed(data):  # a damaged entry could still be JSON, and pass for rules that find nothing
            return json.loads(data)
    value = make()
    # no home, no room, not ours to write: the next run works it out again
    with contextlib.suppress(OSError):
        data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        write(path, sealed(data) + b"\n" + data)
        _tidy(path, name)
    return value


def below(folder: Path | str, suffix: str = "", depth: int = 99) -> Iterator[str]:
    """The files below a folder that end so, so many folders down: in a quarter of the time that a Path takes.

    What Python compiled is left out.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if depth and entry.name != "__pycache__":
                    yield from below(entry.path, suffix, depth - 1)
            elif entry.name.endswith(suffix):
                yield entry.path


def sealed(data: bytes) -> bytes:
    """What stands above an entry, so that damage to it shows."""
    return hashlib.blake2b(data, digest_size=12).hexdigest().encode()


def entries(folder: Path) -> list[Path]:
    """What is remembered in a folder."""
    return sorted(folder.glob(f"*-*{SUFFIX}"))


def _state(files: Iterable[Path | str]) -> str:
    parts = [VERSION]
    for path in files:
        state = os.stat(path)  # noqa: PTH116 - there may be hundreds, and this takes half of a Path's time
        parts.append(f"{path}\0{state.st_mtime_ns}\0{state.st_size}\n")
    return hashlib.blake2b("".join(parts).encode(errors="surrogateescape"), digest_size=12).hexdigest()


def write(path: Path, data: bytes) -> None:
    """Put a whole file in its place at once: who reads meanwhile sees the old one or the new. Raises OSError."""
    temporary = path.parent / f".{os.urandom(8).hex()}{TEMPORARY}"
    try:
        try:
            temporary.write_bytes(data)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(data)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _tidy(path: Path, name: str) -> None:
    entries = sorted(path.parent.glob(f"{name}-*{SUFFIX}"), key=lambda one: one.stat().st_mtime, reverse=True)
    for old in entries[KEPT:]:
        old.unlink()
