"""Reads configuration files and the ones they extend, and refuses what cannot be meant."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from cleankit.config import tables
from cleankit.config.keys import check
from cleankit.config.layers import File
from cleankit.config.nearest import SHARED, shown
from cleankit.config.settled import Config, no_profile
from cleankit.config.tables import Wrong
from cleankit.errors import ConfigError
from cleankit.toml import Path

TABLE = ("tool", "cleankit")


def load_file(path: str) -> Config:
    """A file that was named. Raises ConfigError."""
    config = load_nearest(path)
    if config is None:
        raise ConfigError(shown(path), 0, "", "has no [tool.cleankit] table; add one, or give a cleankit.toml")
    return config


def load_nearest(path: str) -> Config | None:
    """A file that lies on the way; None for a pyproject.toml without our table. Raises ConfigError."""
    file = _read(path)
    if file is None:
        return None
    config = Config(_extended(file, ()))
    for one in config.files:
        _check_meaning(one, config)
    return config


def _read(path: str) -> File | None:
    name = shown(path)
    text, whole = tables.read(path, name)
    table: Any = whole
    at = TABLE if os.path.basename(path) == SHARED else ()
    for key in at:
        table = table.get(key) if isinstance(table, Mapping) else None
    if table is None:
        return None
    file = File(name, os.path.dirname(os.path.abspath(path)), text, at, table)
    try:
        check(table)
    except Wrong as error:
        raise _error(file, error.path, error.problem) from None
    return file


def _extended(file: File, below: tuple[str, ...]) -> tuple[File, ...]:
    """The file behind those it extends. `below` are the files that extend it, each by its whole path."""
    if "extend" not in file.table:
        return (file,)
    said = file.beside(file.table["extend"])
    whole = os.path.realpath(said)
    below = (*below, os.path.realpath(file.path))
    if whole in below:
        raise _error(file, ("extend",), f"leads back to {shown(whole)}; a file cannot extend itself")
    if not os.path.isfile(said):
        raise _error(file, ("extend",), f"{said} is no file; give one, as seen from the folder of this one")
    base = _read(said)
    if base is None:
        raise _error(file, ("extend",), f"{said} has no [tool.cleankit] table")
    return (*_extended(base, below), file)


def _check_meaning(file: File, config: Config) -> None:
    """What can be told only beside other things: profiles that are there, folders, names of encodings."""
    tables: list[tuple[Path, Mapping[str, Any]]] = [((), file.table)]
    for key in ("profiles", "per-path"):
        tables += (((key, name), table) for name, table in file.table.get(key, {}).items())
    for path, table in tables:
        if (profile := table.get("profile", "default")) not in config.profiles:
            raise _error(file, (*path, "profile"), no_profile(profile, config.profiles))
        if "encoding" in table:
            _check_encoding(file, (*path, "encoding"), table["encoding"])
    for at, pack in enumerate(file.table.get("packs", ())):
        from glob import glob  # who has no packs need not wait for it

        if not os.path.isdir(folder := file.beside(pack)):
            raise _error(file, ("packs", at), f"{folder} is no folder; give one that holds PACK/NAME.toml")
        if not glob("*/*.toml", root_dir=folder):
            raise _error(file, ("packs", at), f"{folder} holds no PACK/NAME.toml; give the folder above your packs")


def _check_encoding(file: File, path: Path, name: str) -> None:
    from cleankit.encoding import lookup

    try:
        lookup(name)
    except LookupError as error:
        raise _error(file, path, f"{error}; try utf-8, cp1252, gb18030, big5, shift_jis, euc-kr") from error


def _error(file: File, path: Path, problem: str) -> ConfigError:
    return tables.refused(file.path, file.text, path, problem, within=file.at)
