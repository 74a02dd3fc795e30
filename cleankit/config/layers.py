"""What is said in several places, laid over one another, each value with its place."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from cleankit.config.choice import DEFAULT, PROFILES, Choice, Settings
from cleankit.model import Safety
from cleankit.toml import Path, dotted, rows

# what can be settled for a text, in the order in which it is shown, with what holds where nothing is said
DEFAULTS: Mapping[str, Any] = {
    "profile": DEFAULT,
    "select": [],
    "extend-select": [],
    "ignore": [],
    "suggested": False,
    "fail-on": "suggested",
    "encoding": None,
    "spelling-program": "none",
    "plugins": True,
    "packs": [],
    "exclude": [],
    "ignore-file": None,
    "baseline": None,
    "budgets": {},
    "allow-words": {},
}
# what is said again adds to what was said before; of everything else the last word counts
ADDING = ("extend-select", "ignore", "packs", "exclude", "budgets", "allow-words")
OPPOSITE = {"extend-select": "ignore", "ignore": "extend-select"}


class File(NamedTuple):
    """A file that was read and found good. `path` is as it is shown, `folder` absolute, `at` where its table begins."""

    path: str
    folder: str
    text: str
    at: tuple[str, ...]
    table: Mapping[str, Any]

    def beside(self, path: str) -> str:
        """A path that is written in the file, as seen from the working folder."""
        return os.path.normpath(os.path.join(os.path.dirname(self.path), path))


class Layer(NamedTuple):
    """Settings that stand together: the top of a file, a profile, a per-path table; without a file, the options."""

    table: Mapping[str, Any]
    file: File | None = None
    at: tuple[str, ...] = ()

    def within(self, *at: str) -> Layer:
        """The table at a place in it."""
        table = self.table
        for key in at:
            table = table[key]
        return Layer(table, self.file, (*self.at, *at))

    @property
    def folder(self) -> str:
        """What its paths are relative to."""
        return self.file.folder if self.file else os.getcwd()

    def place(self, path: Path) -> str:
        """Where a key, or an item under it, was said, as in `cleankit.toml:4` or `--ignore`."""
        if self.file is None:
            return f"--{path[0]}"
        return f"{self.file.path}:{rows(self.file.text)[(*self.file.at, *self.at, *path)]}"

    def named(self, key: str, value: str) -> str:
        """The place and the key of an item of a list, for errors."""
        place = self.place((key, self.table[key].index(value)))
        return f"{place}: {dotted((*self.at, key))}" if self.file else place


class Said(NamedTuple):
    """One value, or one item of a list or table, and who said it: no layer for a default."""

    value: Any
    layer: Layer | None
    path: Path

    @property
    def name(self) -> Any:
        """What it is told by: in a table its key, in a list it itself."""
        return self.path[-1] if isinstance(self.path[-1], str) else self.value

    @property
    def place(self) -> str:
        return self.layer.place(self.path) if self.layer else "default"


def laid(layers: Iterable[Layer]) -> dict[str, list[Said]]:
    """The layers over one another, the last one on top.

    A `select` starts anew: what was added to an earlier one, or ignored of it, no longer counts. A name that is ignored
    is no longer asked for, and the other way round.
    """
    found = {key: _items(key, value) for key, value in DEFAULTS.items()}
    for layer in layers:
        if "select" in layer.table:
            found["extend-select"], found["ignore"] = [], []
        for key in DEFAULTS:
            if key not in layer.table:
                continue
            said = _items(key, layer.table[key], layer)
            names = [one.name for one in said] if key in (*OPPOSITE, "budgets", "allow-words") else []
            if key in OPPOSITE:
                found[OPPOSITE[key]] = [one for one in found[OPPOSITE[key]] if one.name not in names]
            found[key] = [*(one for one in found[key] if one.name not in names), *said] if key in ADDING else said
    return found


def _items(key: str, value: Any, layer: Layer | None = None) -> list[Said]:
    if isinstance(value, Mapping):
        return [Said(one, layer, (key, name)) for name, one in value.items()]
    if isinstance(value, list | tuple) and key != "plugins":
        return [Said(one, layer, (key, at)) for at, one in enumerate(value)]
    return [] if value is None else [Said(value, layer, (key,))]


def settings(said: Mapping[str, list[Said]]) -> Settings:
    """What the values come to."""

    def last(key: str) -> Any:
        return said[key][-1].value if said[key] else None

    def all_of(key: str) -> tuple[str, ...]:
        return tuple(one.value for one in said[key])

    plugins, program = last("plugins"), last("spelling-program")
    choice = Choice(
        profile=last("profile") if last("profile") in PROFILES else DEFAULT,
        apply=Safety.SUGGESTED if last("suggested") else Safety.SAFE,
        select=all_of("select"),
        extend_select=all_of("extend-select"),
        ignore=all_of("ignore"),
        packs=tuple(one.layer.file.beside(one.value) for one in said["packs"] if one.layer and one.layer.file),
        plugins=plugins if isinstance(plugins, bool) else tuple(plugins),
        budgets=tuple(sorted((str(one.name), float(one.value)) for one in said["budgets"])),
        allow_words=tuple(sorted(str(one.name) for one in said["allow-words"])),
        spelling="" if program == "none" else program,
    )
    return Settings(choice, last("encoding"), Safety(last("fail-on")))
