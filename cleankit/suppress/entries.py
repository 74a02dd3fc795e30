"""The file of what is left alone: `.cleankit-ignore.toml`, written by people, or `.cleankit-baseline.toml`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from cleankit.errors import ConfigError

if TYPE_CHECKING:
    from datetime import date

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
        return self.path in ("", path) or (is_glob(self.path) and _fits(self.path, path))


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
        known = os.stat(path)
        return _load(path, os.getcwd(), known.st_mtime_ns, known.st_size)
    except FileNotFoundError:
        raise ConfigError(path, 0, "", "does not exist; write it, or see to ignore-file in the configuration") from None
    except IsADirectoryError:
        raise ConfigError(path, 0, "", "is a folder; give a file") from None
    except OSError as error:
        raise ConfigError(path, 0, "", f"cannot be read: {error.strerror}; see to its permissions") from error


def relative(path: str, folder: str) -> str:
    """A path as it is seen from a folder, with slashes; a whole one where no way leads there."""
    try:
        return os.path.relpath(os.path.abspath(path), folder).replace(os.sep, "/")
    except ValueError:  # another drive
        return os.path.abspath(path).replace(os.sep, "/")


def is_glob(path: str) -> bool:
    return any(char in path for char in "*?[")


def _fits(pattern: str, path: str) -> bool:
    return _glob(pattern)(path)


@cache
def _glob(pattern: str) -> Callable[[str], bool]:
    from cleankit.config.globs import glob

    return glob(pattern).fits


@cache
def _load(path: str, _folder: str, _time: int, _size: int) -> Book:
    from cleankit.toml import TomlError, dotted, parse, rows

    with open(path, "rb") as stream:
        data = stream.read()
    try:
        text = data.decode("utf-8-sig")
        table = parse(text)
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise ConfigError(path, row, "", "is not UTF-8, as TOML has to be; convert it") from error
    except TomlError as error:
        raise ConfigError(path, error.row, "", error.problem, error.col) from error
    try:
        return Book(path, text, tuple(_entries(table)))
    except _Wrong as error:
        known, place = rows(text), error.path
        while place and place not in known:
            place = place[:-1]
        raise ConfigError(path, known.get(place, 0), dotted(error.path), error.problem) from None


class _Wrong(Exception):
    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(path, problem)
        self.path, self.problem = path, problem


def _entries(table: Mapping[str, Any]) -> Iterator[Entry]:
    for key in table:
        if key != "ignore":
            raise _Wrong((key,), "is not a known key; an entry begins with a line that says [[ignore]]")
    entries = table.get("ignore", [])
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise _Wrong(("ignore",), "must be a list of tables; an entry begins with a line that says [[ignore]]")
    for number, entry in enumerate(entries):
        for key, value in entry.items():
            if key not in _KEYS:
                raise _Wrong(("ignore", number, key), _unknown(key))
            if problem := _KEYS[key](value):
                raise _Wrong(("ignore", number, key), problem)
        for key in ("rule", "line", "reason"):
            if key not in entry:
                raise _Wrong(("ignore", number, key), f"is missing; {_NEEDED[key]}")
        yield Entry(**entry, number=number)


def _unknown(key: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key, _KEYS, n=1)
    return f"is not a known key; {f'did you mean {near[0]}?' if near else 'known are ' + ', '.join(_KEYS)}"


def _string(value: object) -> str:
    return "" if isinstance(value, str) and value.strip() else "must be a string that is not empty"


def _reason(value: object) -> str:
    return _string(value) and "must be a string that says why this is left alone"


def _rule(value: object) -> str:
    if problem := _string(value):
        return problem
    pack, slash, name = str(value).partition("/")
    good = pack and bool(slash) == bool(name) and "/" not in name and not any(char.isspace() for char in pack + name)
    return "" if good else "must be a rule's id, a pack or a glob, such as nav/pager, nav or nav/*"


def _line(value: object) -> str:
    is_hash = isinstance(value, str) and len(value) == HASH_LENGTH and not value.strip("0123456789abcdef")
    return "" if is_hash else f"must be {HASH_LENGTH} hexadecimal digits; `cleankit ignore FILE:LINE RULE` writes them"


def _path(value: object) -> str:
    if problem := _string(value):
        return problem
    if "\\" in str(value) and not is_glob(str(value)):
        return "must have slashes, not backslashes, between folders"
    return "must be a path from the folder of this file" if str(value).startswith("/") else ""


def _expires(value: object) -> str:
    from datetime import date, datetime

    good = isinstance(value, date) and not isinstance(value, datetime)
    return "" if good else "must be a date without quotes, such as 2031-12-31"


def _count(value: object) -> str:
    good = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return "" if good else "must be a whole number above 0"


def _excerpt(value: object) -> str:
    return "" if isinstance(value, str) else "must be a string"


_KEYS: Mapping[str, Callable[[object], str]] = {
    "rule": _rule, "path": _path, "line": _line, "count": _count, "reason": _reason, "expires": _expires,
    "excerpt": _excerpt,
}  # fmt: skip
_NEEDED = {
    "rule": "say what finds it, such as nav/pager",
    "line": "`cleankit ignore FILE:LINE RULE` writes it",
    "reason": "say why this is left alone",
}
