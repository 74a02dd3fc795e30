"""What a configuration comes to for one text: its layers laid over one another, each value with its place."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from cleankit.config.choice import Choice, Settings
from cleankit.errors import UsageError
from cleankit.model import Safety

if TYPE_CHECKING:
    from cleankit.config.globs import Glob
    from cleankit.toml import Path

DEFAULT, OFF = PROFILES = ("default", "off")
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
    "allow-words": {},
}
# what is said again adds to what was said before; of everything else the last word counts
ADDING = ("extend-select", "ignore", "packs", "exclude", "allow-words")
OPPOSITE = {"extend-select": "ignore", "ignore": "extend-select"}


class File(NamedTuple):
    """A file that was read and found good. `path` is as it is shown, `folder` absolute, `at` where its table begins."""

    path: str
    folder: str
    text: str
    at: tuple[str, ...]
    table: Mapping[str, Any]

    def place(self, path: Path) -> str:
        """The file and the row of a key or item in its table, as in `cleankit.toml:4`."""
        from cleankit.toml import rows

        return f"{self.path}:{rows(self.text)[(*self.at, *path)]}"

    def beside(self, path: str) -> str:
        """A path that is written in the file, as seen from the working folder."""
        return os.path.normpath(os.path.join(os.path.dirname(self.path), path))


class Layer(NamedTuple):
    """Settings that stand together: the top of a file, a profile, a per-path table, the options of a command."""

    table: Mapping[str, Any]
    file: File | None = None
    at: tuple[str, ...] = ()

    def place(self, path: Path) -> str:
        """Where a key, or one item under it, was said."""
        return self.file.place((*self.at, *path)) if self.file else f"--{path[0]}"


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
    def folder(self) -> str:
        """Of which file it is; empty for a command line."""
        return self.layer.file.folder if self.layer and self.layer.file else ""

    @property
    def place(self) -> str:
        return self.layer.place(self.path) if self.layer else "default"


class Config:
    """What a file says (and those it extends, which come before it), and what a command line says over it.

    Without a file it holds the defaults. `path` is the file's, `ignore_file` and `baseline` what it names under these
    keys; each is empty where there is none.
    """

    def __init__(self, files: tuple[File, ...] = (), options: Mapping[str, Any] | None = None) -> None:
        self.files, self.options = files, Layer(options or {})
        self.path = files[-1].path if files else ""
        self.ignore_file, self.baseline = self._named("ignore-file"), self._named("baseline")
        self._settings: dict[tuple[int, ...], Settings] = {}

    def choice_for(self, path: str) -> Choice:
        """What the pipeline for the text at `path` is built from."""
        return self.settings_for(path).choice

    def settings_for(self, path: str) -> Settings:
        """What holds for the text at `path`."""
        own = self._own(path)
        if own not in self._settings:
            self._settings[own] = _settings(self._said(own))
        return self._settings[own]

    def said_for(self, path: str) -> dict[str, list[Said]]:
        """Every key with what holds for the text at `path`: its one value, or each item of its list or table."""
        return self._said(self._own(path))

    def excludes(self, path: str, *, above: bool = True) -> bool:
        """Whether a file or folder is to be passed over, for its own name or for that of a folder above it.

        `above=False` asks for its own alone, as a walk does that has asked for the folders on its way, or that was sent
        into an excluded folder by name.
        """
        return self.exclusion(path, above=above) is not None

    def exclusion(self, path: str, *, above: bool = True) -> Said | None:
        """The pattern for which a file or folder is passed over. Of several the last one counts, as in .gitignore."""
        if not self._excluding:
            return None
        from cleankit.config.globs import fits, way

        ways = {folder: way(path, folder) for _, folder, _ in self._excluding}
        for back in range(max(map(len, ways.values())) if above else 1, 0, -1):
            found = None
            for glob, folder, said in self._excluding:
                if fits(glob, path, ways[folder], back):
                    found = said if glob.wanted else None
            if found:
                return found
        return None

    def where(self, key: str, value: str) -> str:
        """Where `value` stands in the list under `key`, for errors: `cleankit.toml:4: ignore`, or `--ignore`."""
        from cleankit.toml import dotted

        for layer in (self.options, *reversed(list(self._layers()))):
            if value in layer.table.get(key, ()):
                place = layer.place((key, layer.table[key].index(value)))
                return f"{place}: {dotted((*layer.at, key))}" if layer.file else place
        return key

    @property
    def profiles(self) -> tuple[str, ...]:
        """The names that `profile` may have."""
        return (*PROFILES, *dict.fromkeys(name for file in self.files for name in file.table.get("profiles", ())))

    def _layers(self) -> Iterator[Layer]:
        for file in self.files:
            yield Layer(file.table, file)
            for key in ("profiles", "per-path"):
                yield from (Layer(table, file, (key, name)) for name, table in file.table.get(key, {}).items())

    def _named(self, key: str) -> str:
        if key in self.options.table:
            return str(self.options.table[key])
        return next((file.beside(file.table[key]) for file in reversed(self.files) if key in file.table), "")

    def _said(self, own: tuple[int, ...]) -> dict[str, list[Said]]:
        tops = [Layer(file.table, file) for file in self.files]
        over = [*(self._per_path[at][2] for at in own), self.options]
        name = next((layer.table["profile"] for layer in reversed([*tops, *over]) if "profile" in layer.table), DEFAULT)
        named = [
            Layer(file.table["profiles"][name], file, ("profiles", name))
            for file in self.files
            if name in file.table.get("profiles", ())
        ]
        return _laid([*tops, *named, *over])

    def _own(self, path: str) -> tuple[int, ...]:
        """The per-path tables that are meant for a text."""
        if not self._per_path:
            return ()
        from cleankit.config.globs import fits, way

        found = []
        for at, (glob, folder, _) in enumerate(self._per_path):
            parts = way(path, folder)
            if glob.wanted == any(fits(glob, path, parts, back) for back in range(len(parts), 0, -1)):
                found.append(at)
        return tuple(found)

    @cached_property
    def _per_path(self) -> list[tuple[Glob, str, Layer]]:
        from cleankit.config.globs import glob

        return [
            (glob(name), file.folder, Layer(table, file, ("per-path", name)))
            for file in self.files
            for name, table in file.table.get("per-path", {}).items()
        ]

    @cached_property
    def _excluding(self) -> list[tuple[Glob, str, Said]]:
        from cleankit.config.globs import glob

        here = os.getcwd()
        layers = [*(Layer(file.table, file) for file in self.files), self.options]
        return [(glob(one.value), one.folder or here, one) for one in _laid(layers)["exclude"]]


def _laid(layers: Iterable[Layer]) -> dict[str, list[Said]]:
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
            names = {one.name for one in said} if key in (*OPPOSITE, "allow-words") else ()
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


def _settings(said: Mapping[str, list[Said]]) -> Settings:
    def one(key: str) -> Any:
        return said[key][-1].value if said[key] else None

    def all_of(key: str) -> tuple[str, ...]:
        return tuple(one.value for one in said[key])

    plugins, program = one("plugins"), one("spelling-program")
    choice = Choice(
        profile=OFF if one("profile") == OFF else DEFAULT,
        apply=Safety.SUGGESTED if one("suggested") else Safety.SAFE,
        select=all_of("select"),
        extend_select=all_of("extend-select"),
        ignore=all_of("ignore"),
        packs=tuple(pack.layer.file.beside(pack.value) for pack in said["packs"] if pack.layer and pack.layer.file),
        plugins=plugins if isinstance(plugins, bool) else tuple(plugins),
        allow_words=tuple(sorted(str(word.name) for word in said["allow-words"])),
        spelling="" if program == "none" else program,
    )
    return Settings(choice, one("encoding"), Safety(one("fail-on")))


def with_options(
    config: Config,
    *,
    profile: str | None = None,
    select: tuple[str, ...] = (),
    extend_select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    suggested: bool | None = None,
    fail_on: str | None = None,
    encoding: str | None = None,
    exclude: tuple[str, ...] = (),
    ignore_file: str | None = None,
    baseline: str | None = None,
) -> Config:
    """The same with what a command line says over it; None and () stand for "not said".

    One call with the same arguments gives the same object. Raises UsageError for a profile that is not there.
    """
    said = {name.replace("_", "-"): value for name, value in locals().items() if name != "config"}
    return _over(config, tuple((key, value) for key, value in said.items() if value is not None and value != ()))


@cache
def _over(config: Config, options: tuple[tuple[str, Any], ...]) -> Config:
    table = dict(options)
    if (profile := table.get("profile", DEFAULT)) not in config.profiles:
        from difflib import get_close_matches

        near = get_close_matches(profile, config.profiles, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(config.profiles)}"
        whose = f"in {config.path} " if config.path else ""
        raise UsageError(f"--profile: there is no profile {profile!r} {whose}; {hint}".replace(" ;", ";"))
    return Config(config.files, table) if table else config
