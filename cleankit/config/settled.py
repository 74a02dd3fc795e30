"""What holds for each text: a file, the ones it extends, and the options of a command, taken together."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from cleankit.config.choice import DEFAULT, PROFILES, Choice, Settings
from cleankit.errors import UsageError, meant

if TYPE_CHECKING:  # only a file or an option calls for them
    from cleankit.config.globs import Glob
    from cleankit.config.layers import File, Layer, Said


class Config:
    """What a file says (and those it extends, which come before it), and what a command line says over it.

    Without a file it holds the defaults. `path` is the file's, `ignore_file` and `baseline` what it names under these
    keys; each is empty where there is none.
    """

    def __init__(self, files: tuple[File, ...] = (), options: Mapping[str, Any] | None = None) -> None:
        self.files, self.options = files, options or {}
        self.path = files[-1].path if files else ""
        self.ignore_file, self.baseline = self._file_under("ignore-file"), self._file_under("baseline")
        self._settings: dict[tuple[int, ...], Settings] = {}

    def choice_for(self, path: str) -> Choice:
        """What the pipeline for the text at `path` is built from."""
        return self.settings_for(path).choice

    def settings_for(self, path: str) -> Settings:
        """What holds for the text at `path`."""
        if not self.files and not self.options:  # as it mostly is: nothing has to be imported for it
            return Settings()
        own = self._own(path) if self._per_path else ()
        if own not in self._settings:
            from cleankit.config.layers import settings

            self._settings[own] = settings(self._said(own))
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
        layers = [*self._tops, *self._tables("profiles"), *self._tables("per-path"), self._options]
        return next((layer.named(key, value) for layer in reversed(layers) if value in layer.table.get(key, ())), key)

    @property
    def profiles(self) -> tuple[str, ...]:
        """The names that `profile` may have."""
        return (*PROFILES, *dict.fromkeys(name for file in self.files for name in file.table.get("profiles", ())))

    def _file_under(self, key: str) -> str:
        return next((file.beside(file.table[key]) for file in reversed(self.files) if key in file.table), "")

    def _said(self, own: tuple[int, ...]) -> dict[str, list[Said]]:
        from cleankit.config.layers import laid

        over = [*(self._per_path[at][1] for at in own), self._options]
        chosen = [layer.table["profile"] for layer in (*self._tops, *over) if "profile" in layer.table]
        profile = [layer for layer in self._tables("profiles") if layer.at[1:] == tuple(chosen[-1:])]
        return laid([*self._tops, *profile, *over])

    def _own(self, path: str) -> tuple[int, ...]:
        """The per-path tables that are meant for a text, by number."""
        from cleankit.config.globs import fits, way

        found = []
        for at, (glob, layer) in enumerate(self._per_path):
            parts = way(path, layer.folder)
            if glob.wanted == any(fits(glob, path, parts, back) for back in range(len(parts), 0, -1)):
                found.append(at)
        return tuple(found)

    @cached_property
    def _options(self) -> Layer:
        from cleankit.config.layers import Layer

        return Layer(self.options)

    @cached_property
    def _tops(self) -> list[Layer]:
        from cleankit.config.layers import Layer

        return [Layer(file.table, file) for file in self.files]

    def _tables(self, key: str) -> list[Layer]:
        return [layer.within(key, name) for layer in self._tops for name in layer.table.get(key, ())]

    @cached_property
    def _per_path(self) -> list[tuple[Glob, Layer]]:
        from cleankit.config.globs import glob

        return [(glob(layer.at[1]), layer) for layer in self._tables("per-path")]

    @cached_property
    def _excluding(self) -> list[tuple[Glob, str, Said]]:
        if not self.files and not self.options:
            return []
        from cleankit.config.globs import glob
        from cleankit.config.layers import laid

        said = laid([*self._tops, self._options])["exclude"]
        return [(glob(one.value), one.layer.folder, one) for one in said if one.layer]


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
) -> Config:
    """The same with what a command line says over it; None and () stand for "not said".

    One call with the same arguments gives the same object. Raises UsageError for a profile that is not there.
    """
    said = {name.replace("_", "-"): value for name, value in locals().items() if name != "config"}
    return _over(config, tuple((key, value) for key, value in said.items() if value is not None and value != ()))


@cache
def _over(config: Config, options: tuple[tuple[str, Hashable], ...]) -> Config:
    table = dict(options)
    profile = str(table.get("profile", DEFAULT))
    if profile not in config.profiles:
        raise UsageError(f"--profile: {no_profile(profile, config.profiles)}")
    return Config(config.files, table) if table else config


def no_profile(name: str, known: tuple[str, ...]) -> str:
    """What is said of a profile that is not there."""
    return f"there is no profile {name!r}; {meant(name, known, 'there are ' + ', '.join(known))}"
