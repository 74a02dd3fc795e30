"""Writes a file whole or not at all, and only where it belongs."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from cleankit.errors import WriteError

UNFINISHED = ".cleankit-*.tmp"  # what a file is called while it is written


def place(folder: Path, document: str, suffix: str) -> Path:
    """The file below `folder` that belongs to a document. Raises WriteError for an id that would lead out of it."""
    parts = PurePosixPath(document).parts
    if not parts or ".." in parts or document.startswith("/") or "\0" in document:
        raise WriteError(document, f"would be written outside {folder}; rename it")
    path = folder.joinpath(*parts[:-1], parts[-1] + suffix)
    # as strings: this is asked some times for every document, and paths cost ten times as much
    inside, real = os.path.realpath(folder), os.path.realpath(path.parent)
    if not f"{real}{os.sep}".startswith(f"{inside.rstrip(os.sep)}{os.sep}"):
        raise WriteError(path, f"leads out of {folder} by a link; remove the link")
    return path


def write_bytes(path: Path, data: bytes, *, durable: bool = True, instead_of: str = "") -> None:
    """Put `data` in the place of the file, if there is one: it holds the old bytes or the new ones, never a part.

    A link stays a link, and an existing file keeps its mode; what is no file (a pipe, /dev/null) is written into.
    `durable` waits for the disk, so that this holds after a power cut too; it costs some milliseconds. `instead_of`
    is the SHA-256 of what should be there still: what somebody else has changed meanwhile is left alone. Raises
    WriteError.
    """
    with writing(path, durable=durable, instead_of=instead_of) as file:
        file.write(data)


@contextlib.contextmanager
def writing(path: Path, *, durable: bool = False, instead_of: str = "") -> Iterator[BinaryIO]:
    """A file that is written piece by piece, and takes the place of `path` when all is there; else nothing is left.

    Otherwise it is as `write_bytes` says.
    """
    named, path = path, Path(os.path.realpath(path))
    # its name is known before it is there: a signal may come between the two
    temporary = path.parent / UNFINISHED.replace("*", os.urandom(8).hex())
    try:
        if named.exists() and not (named.is_file() or named.is_dir()):
            with named.open("wb") as file:
                yield file
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(temporary, "xb", opener=_private) as file:
            yield file
            if durable:
                file.flush()
                os.fsync(file.fileno())
        temporary.chmod(_mode(path))
        if instead_of and hashlib.sha256(path.read_bytes()).hexdigest() != instead_of:
            raise WriteError(named, "was changed by another program meanwhile, so it was left alone; run again")
        temporary.replace(path)
    except OSError as error:
        raise WriteError(named, f"cannot be written: {error.strerror}; see to the folder and the room in it") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def append_bytes(path: Path, data: bytes) -> None:
    """Put `data` behind what the file holds, and wait for the disk: all of it or nothing. Raises WriteError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab", buffering=0) as file:
            size = file.tell()
            try:
                if file.write(data) != len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(file.fileno())
            except BaseException:
                file.truncate(size)
                raise
    except OSError as error:
        raise WriteError(path, f"cannot be written: {error.strerror}; see to the folder and the room in it") from error


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask
