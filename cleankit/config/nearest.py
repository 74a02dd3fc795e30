"""Which file settles what holds in a folder: its own, or that of the nearest folder above it that has one."""

from __future__ import annotations

import os
from functools import cache

from cleankit.config.settled import Config

OWN, SHARED = "cleankit.toml", "pyproject.toml"  # where both stand in one folder, the first wins


def for_file(path: str) -> Config:
    """The configuration of the folder that a file stands in; that of the working folder for standard input."""
    return find(os.path.dirname(path))


def find(folder: str) -> Config:
    """The configuration of a folder; the defaults where neither it nor a folder above it has a file.

    What was found is kept, see `forget`. Raises ConfigError for a file that does not load.
    """
    return _find(os.path.abspath(folder))


def load(path: str) -> Config:
    """One file, whatever its name. Raises ConfigError naming the file, the line and the key that is wrong."""
    return _named(os.path.abspath(path))


def forget() -> None:
    """Look for the files anew, in a process that outlives a change of them."""
    _find.cache_clear()
    _named.cache_clear()


def shown(path: str) -> str:
    """A path as a person in the working folder would name it."""
    whole, here = os.path.abspath(path), os.getcwd().rstrip(os.sep) + os.sep
    return whole[len(here) :] if whole.startswith(here) else whole


@cache
def _named(path: str) -> Config:
    from cleankit.config.files import load_file

    return load_file(path)


@cache
def _find(folder: str) -> Config:
    for name in (OWN, SHARED):
        path = os.path.join(folder, name)
        if os.path.isfile(path) and (config := _load(path)):
            return config
    above = os.path.dirname(folder)
    return _find(above) if above != folder else Config()


def _load(path: str) -> Config | None:
    """The file's configuration; None for a pyproject.toml that says nothing of us."""
    if path.endswith(SHARED) and not _names_us(path):
        return None
    from cleankit.config.files import load_nearest

    return load_nearest(path)


def _names_us(path: str) -> bool:
    """Spares most pyproject.toml files being parsed, which costs more than all the rest here."""
    try:
        with open(path, "rb") as file:
            return b"cleankit" in file.read()
    except OSError:
        return True  # told by the one who loads it
