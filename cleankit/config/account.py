"""What `cleankit config show` tells: which files were looked at, what holds for a path, and who said it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cleankit.config.layers import Said
from cleankit.config.nearest import OWN, SHARED, shown
from cleankit.config.settled import Config


class Look(NamedTuple):
    """A file that was looked at, and what came of it."""

    path: str
    result: str


class Account(NamedTuple):
    """What holds for a path, as `Config.said_for` has it, and the pattern for which it is passed over."""

    path: str
    looks: tuple[Look, ...]
    said: Mapping[str, list[Said]]
    exclusion: Said | None


def account(path: str, config: Config, *, found: bool) -> Account:
    """The account of a file or folder. `found`: the configuration is the nearest one, not one that was named."""
    looks = (*(_on_the_way(path, config) if found else ()), *_used(config))
    return Account(path, looks, config.said_for(path), config.exclusion(path))


def _used(config: Config) -> Iterator[Look]:
    above = ""
    for file in reversed(config.files):
        yield Look(file.path, f"extended by {above}" if above else "used")
        above = file.path


def _on_the_way(path: str, config: Config) -> Iterator[Look]:
    """The files that do not count, from the folder of the path up to that of the one which does."""
    folder = os.path.abspath(path if os.path.isdir(path) else os.path.dirname(path))
    end = config.files[-1].folder if config.files else ""
    while True:
        shared = shown(os.path.join(folder, SHARED))
        if os.path.isfile(shared) and shared != config.path:
            why = f"{OWN} beside it wins" if folder == end else "has no [tool.cleankit]"
            yield Look(shared, f"passed over: {why}")
        above = os.path.dirname(folder)
        if folder in (end, above):
            return
        folder = above
