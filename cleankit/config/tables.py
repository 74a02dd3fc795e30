"""TOML files that people write: read, held against the keys they may have, and told where they are wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cleankit.errors import ConfigError, meant
from cleankit.toml import Path, TomlError, dotted, parse, row

Check = Callable[[Any, Path], None]


class Wrong(Exception):
    """A place in a file, and what is wrong there."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(path, problem)
        self.path, self.problem = path, problem


def read(path: str, name: str, missing: str = "check the path") -> tuple[str, dict[str, Any]]:
    """The text of a file and what it holds. Raises ConfigError, which calls the file by its `name`."""
    try:
        with open(path, "rb") as stream:
            data = stream.read()
    except FileNotFoundError:
        raise ConfigError(name, 0, "", f"does not exist; {missing}") from None
    except IsADirectoryError:
        raise ConfigError(name, 0, "", "is a folder; give a file") from None
    except ValueError as error:
        raise ConfigError(name, 0, "", f"is no path: {error}") from error
    except OSError as error:
        raise ConfigError(name, 0, "", f"cannot be read: {error.strerror}; see to its permissions") from error
    try:
        text = data.decode("utf-8-sig")
        return text, parse(text)
    except UnicodeDecodeError as error:
        at = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(name, at, "", "is not UTF-8, as TOML has to be; convert it") from error
    except TomlError as error:
        raise ConfigError(name, error.row, "", error.problem, error.col) from error


def refused(name: str, text: str, path: Path, problem: str, within: Path = ()) -> ConfigError:
    """The error for a place in a file, or in the part of it that begins at `within`."""
    return ConfigError(name, row(text, (*within, *path)), dotted(path or within), problem)


def table(value: Any, path: Path, keys: Mapping[str, Check], misplaced: Callable[[str], str] = lambda _: "") -> None:
    """Raises Wrong for what is no table, for a key that is not among `keys`, and for what their checks refuse.

    `misplaced` may know more of a key than that it is not known.
    """
    if not isinstance(value, Mapping):
        raise Wrong(path, "must be a table")
    for key, one in value.items():
        if key not in keys:
            unknown = f"is not a known key; {meant(key, keys, 'known are ' + ', '.join(keys))}"
            raise Wrong((*path, key), misplaced(key) or unknown)
        keys[key](one, (*path, key))


def string(value: Any, path: Path) -> None:
    if not isinstance(value, str) or not value.strip():
        raise Wrong(path, "must be a string that is not empty")
