"""The file of what is left alone: `.cleankit-ignore.toml`, written by people, or `.cleankit-baseline.toml`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from cleankit.config import tables
from cleankit.config.tables import Check, Wrong
from cleankit.selection import is_glob

if TYPE_CHECKING:
    from datetime import date

    from cleankit.config.globs import Glob
    from cleankit.toml import Path

HASH_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to leave alone: what `rule` (an id, a pack or a glob) finds in a line.

    `line` is the hash of its words, see `cleankit.fingerprint`. `path` is a file or a glob, seen from the folder of the
    entry's file; without one it holds everywhere below. With `count` it holds for so many equal findings in one
    document, with `expires` up to that day.
    """

    rule: str
    line: str
    reason: str
    path: str = ""
    expires: date | None = None
    count: int = 0
    excerpt: str = ""
    number: int = 0  # in its file

    def means(self, path: str) -> bool:
        """Whether it holds in a document; `path` is seen from the folder of the file that the entry stands in."""
        return self.path in ("", path) or (is_glob(self.path) and _glob(self.path).fits(path))


class Book:
    """A file of entries. `path` is as people name it; what is outside its folder is seen from there too."""

    def __init__(self, path: str, text: str, entries: tuple[Entry, ...]) -> None:
        self.path, self.text, self.entries = path, text, entries
        self.folder = os.path.dirname(os.path.abspath(path))

    def relative(self, path: str) -> str:
        """A document's path as entries write it; empty for standard input."""
        return "" if path == "-" else relative(path, self.folder)

    def entries_for(self, path: str) -> Iterator[Entry]:
        """The entries that are meant for a document, whether they still hold or not."""
        name = self.relative(path)
        yield from self.naming(name)
        yield from (entry for entry in self._wide if entry.means(name))

    def naming(self, path: str) -> list[Entry]:
        """The entries with this very path."""
        return self._named.get(path, [])

    @cached_property
    def _named(self) -> Mapping[str, list[Entry]]:
        """A baseline has thousands of entries, a document a few of them."""
        named: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if entry.path and not is_glob(entry.path):
                named.setdefault(entry.path, []).append(entry)
        return named

    @cached_property
    def _wide(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.path or is_glob(entry.path)]

    def row(self, entry: Entry) -> int:
        """The line of the file in which an entry begins."""
        return self._rows[("ignore", entry.number)]

    @cached_property
    def _rows(self) -> Mapping[Path, int]:
        from cleankit.toml import rows

        return rows(self.text)


def load(path: str) -> Book:
    """A file of entries. Raises ConfigError naming the file, the line and the key that is wrong."""
    try:
        state = os.stat(path)
    except OSError:  # told by the one who reads it
        return _load(path, os.getcwd(), 0, 0)
    return _load(path, os.getcwd(), state.st_mtime_ns, state.st_size)


def relative(path: str, folder: str) -> str:
    """A path as it is seen from a folder, with slashes; a whole one where no way leads there."""
    try:
        return os.path.relpath(os.path.abspath(path), folder).replace(os.sep, "/")
    except ValueError:  # another drive
        return os.path.abspath(path).replace(os.sep, "/")


@cache
def _glob(pattern: str) -> Glob:
    from cleankit.config.globs import glob

    return glob(pattern)


@cache
def _load(path: str, _folder: str, _time: int, _size: int) -> Book:
    text, table = tables.read(path, path, "write it, or see to ignore-file in the configuration")
    try:
        return Book(path, text, tuple(_entries(table)))
    except Wrong as error:
        raise tables.refused(path, text, error.path, error.problem) from None


def _entries(table: Mapping[str, Any]) -> Iterator[Entry]:
    for key in table:
        if key != "ignore":
            raise Wrong((key,), "is not a known key; an entry begins with a line that says [[ignore]]")
    entries = table.get("ignore", [])
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise Wrong(("ignore",), "must be a list of tables; an entry begins with a line that says [[ignore]]")
    for number, entry in enumerate(entries):
        tables.table(entry, ("ignore", number), _KEYS)
        for key, how in _NEEDED.items():
            if key not in entry:
                raise Wrong(("ignore", number, key), f"is missing; {how}")
        yield Entry(**entry, number=number)


def _reason(value: Any, path: Path) -> None:
    if not isinstance(value, str) or not value.strip():
        raise Wrong(path, "must be a string that says why this is left alone")


def _rule(value: Any, path: Path) -> None:
    tables.string(value, path)
    pack, slash, name = value.partition("/")
    good = pack and bool(slash) == bool(name) and "/" not in name and not any(char.isspace() for char in pack + name)
    if not good:
        raise Wrong(path, "must be a rule's id, a pack or a glob, such as nav/pager, nav or nav/*")


def _line(value: Any, path: Path) -> None:
    if not isinstance(value, str) or len(value) != HASH_LENGTH or value.strip("0123456789abcdef"):
        how = "`cleankit ignore FILE:LINE RULE` writes them"
        raise Wrong(path, f"must be {HASH_LENGTH} hexadecimal digits; {how}")


def _path(value: Any, path: Path) -> None:
    tables.string(value, path)
    if "\\" in value and not is_glob(value):
        raise Wrong(path, "must have slashes, not backslashes, between folders")
    if value.startswith("/"):
        raise Wrong(path, "must be a path from the folder of this file")


def _expires(value: Any, path: Path) -> None:
    from datetime import date, datetime

    if not isinstance(value, date) or isinstance(value, datetime):
        raise Wrong(path, "must be a date without quotes, such as 2031-12-31")


def _count(value: Any, path: Path) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise Wrong(path, "must be a whole number above 0")


def _excerpt(value: Any, path: Path) -> None:
    if not isinstance(value, str):
        raise Wrong(path, "must be a string")


_KEYS: Mapping[str, Check] = {
    "rule": _rule, "path": _path, "line": _line, "count": _count, "reason": _reason, "expires": _expires,
    "excerpt": _excerpt,
}  # fmt: skip
_NEEDED = {
    "rule": "say what finds it, such as nav/pager",
    "line": "`cleankit ignore FILE:LINE RULE` writes it",
    "reason": "say why this is left alone",
}
