"""The account of a configuration: as TOML that could stand in a file, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cleankit.config.account import Account
from cleankit.config.layers import DEFAULTS, Said
from cleankit.toml import written

# what holds where a key has no value that could be written down
_UNSET = {
    "select": "every rule",
    "encoding": "told from the bytes of each text",
    "ignore-file": "the nearest .cleankit-ignore.toml, if there is one",
    "baseline": "the nearest .cleankit-baseline.toml, if there is one",
}


def toml(account: Account) -> Iterator[str]:
    """Every setting with its place as a comment."""
    yield f"# What holds for {account.path}"
    yield from (f"# {look.path}: {look.result}" for look in account.looks)
    if not account.looks:
        yield "# no configuration"
    if account.exclusion:
        yield f"# passed over: {written(account.exclusion.value)} ({account.exclusion.place})"
    yield ""
    for key, default in DEFAULTS.items():
        said = account.said[key]
        if isinstance(default, dict):
            yield f"\n[{key}]"
            yield from (f"{written(one.name)} = {written(one.value)}  # {one.place}" for one in said)
        elif not said and key in _UNSET:
            yield f"# {key}: {_UNSET[key]}"
        elif not isinstance(default, list):
            yield f"{key} = {written(_told(said[-1]))}  # {said[-1].place}"
        elif said:
            yield f"{key} = ["
            yield from (f"    {written(_told(one))},  # {one.place}" for one in said)
            yield "]"
        else:
            yield f"{key} = []  # default"


def record(account: Account) -> dict[str, Any]:
    """The same as an object: of each setting its value, and in the same shape from where it comes."""
    return {
        "path": account.path,
        "files": [look._asdict() for look in account.looks],
        "excluded": _both(None, [account.exclusion]) if account.exclusion else None,
        "settings": {key: _both(default, account.said[key]) for key, default in DEFAULTS.items()},
    }


def _both(default: Any, said: list[Said]) -> dict[str, Any]:
    if isinstance(default, dict):
        return {"value": {one.name: one.value for one in said}, "from": {one.name: one.place for one in said}}
    if isinstance(default, list):
        return {"value": [_told(one) for one in said], "from": [one.place for one in said]}
    return {"value": _told(said[-1]), "from": said[-1].place} if said else {"value": None, "from": "default"}


def _told(said: Said) -> Any:
    """Paths are told as seen from here; patterns as they are written, for they hold below the folder of their file."""
    file = said.layer.file if said.layer else None
    return file.beside(said.value) if file and said.path[0] in ("packs", "ignore-file", "baseline") else said.value
