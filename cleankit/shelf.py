"""Small entries in the cache folder that many processes put down and pick up again. Losing them costs time only.

Each is a file with a name of its own, written whole and sealed: nothing has to be locked, and one that is damaged, or
that lies under another's name, is none. The oldest go where there are too many, and those that nobody asked for go.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from cleankit.cache import TEMPORARY, sealed, write
from cleankit.lazy import expression

DAY = 24 * 60 * 60
# seconds that an entry stays without being asked for, and what a process that was killed has left half written
UNUSED, UNFINISHED = 30 * DAY, DAY
# bytes on the disk, of which a small file takes a block: some 120,000 pages. One process puts down a part of that,
# and the folder is looked through before it goes on.
ROOM, PART = 512 << 20, 64 << 20
BLOCK = 4096
MARK = "tidied"
_SHELF = expression("[0-9a-f]{2}")
_ENTRY = expression(rf"[0-9a-f]{{16,}}|\.[0-9a-f]+{re.escape(TEMPORARY)}")


class Shelf:
    """The entries in one folder. A name is hexadecimal digits; the first two are the folder that an entry lies in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._put = 0

    def get(self, name: str) -> bytes | None:
        """An entry, or None if there is none that is whole."""
        path = self._path(name)
        try:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - a third of the time that a Path takes
                age = time.time() - os.fstat(file.fileno()).st_mtime
                seal, _, data = file.read().partition(b"\n")
        except OSError:
            return None
        if seal != sealed(name.encode() + data):
            return None
        if abs(age) > DAY:
            with contextlib.suppress(OSError):  # its day of last use, which need not be told to the second
                os.utime(path)
        return data

    def put(self, name: str, data: bytes) -> None:
        """Keep an entry; where there is no place or no room for it, that is no error."""
        with contextlib.suppress(OSError):
            if not self._put:  # entries hold words of pages that others may have no right to read
                self.folder.mkdir(0o700, parents=True, exist_ok=True)
            write(Path(self._path(name)), sealed(name.encode() + data) + b"\n" + data)
            self._put += _on_disk(len(data))
            if self._put >= PART:
                self._put = 0
                self._tidy()

    def tidy(self) -> None:
        """Let go what is old, once a day and only by one that put something down."""
        mark = self.folder / MARK
        if self._put:
            with contextlib.suppress(OSError):
                if not mark.exists():  # nothing is old yet
                    mark.touch()
                elif abs(time.time() - mark.stat().st_mtime) > DAY:
                    mark.touch()  # first, so that others need not do the same
                    self._tidy()

    def held(self) -> tuple[int, int]:
        """How many entries there are, and the bytes that they take on the disk."""
        sizes = [_on_disk(size) for _, size, path in self._entries() if not _is_unfinished(path)]
        return len(sizes), sum(sizes)

    def clear(self) -> None:
        """Let go all entries, and the folders that are empty then. Raises OSError where that may not be done."""
        for _, _, path in self._entries():
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)  # noqa: PTH108
        (self.folder / MARK).unlink(missing_ok=True)
        shelves = [place.path for place in _within(str(self.folder)) if _SHELF.fullmatch(place.name)]
        for folder in (*shelves, str(self.folder)):
            with contextlib.suppress(OSError):  # something else lies in it
                os.rmdir(folder)  # noqa: PTH106

    def _path(self, name: str) -> str:
        return f"{self.folder}/{name[:2]}/{name[2:]}"

    def _tidy(self) -> None:
        now = time.time()
        kept = []
        for changed, size, path in self._entries():
            if now - changed > (UNFINISHED if _is_unfinished(path) else UNUSED):
                _let_go(path)
            else:
                kept.append((changed, size, path))
        over = sum(_on_disk(size) for _, size, _ in kept) - ROOM
        if over > 0:
            over += ROOM // 5  # so that not every process that follows has to do the same
            for _, size, path in sorted(kept):
                if over <= 0:
                    break
                _let_go(path)
                over -= _on_disk(size)

    def _entries(self) -> Iterator[tuple[float, int, str]]:
        """When each was used last, its size and its path; others may take any of them away meanwhile.

        What does not have the name of an entry is somebody else's: the folder may have been put among other things.
        """
        for place in _within(str(self.folder)):
            if _SHELF.fullmatch(place.name) and place.is_dir(follow_symlinks=False):
                for entry in _within(place.path):
                    if _ENTRY.fullmatch(entry.name):
                        with contextlib.suppress(OSError):
                            state = entry.stat(follow_symlinks=False)
                            yield state.st_mtime, state.st_size, entry.path


def _within(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _is_unfinished(path: str) -> bool:
    return path.endswith(TEMPORARY)


def _let_go(path: str) -> None:
    with contextlib.suppress(OSError):  # another process was first
        os.unlink(path)  # noqa: PTH108 - there may be a hundred thousand


def _on_disk(size: int) -> int:
    return -(-size // BLOCK) * BLOCK
