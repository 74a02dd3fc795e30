"""What a project has settled about its texts: `cleankit.toml`, or `[tool.cleankit]` in `pyproject.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from cleankit.model import Safety


@dataclass(frozen=True, slots=True)
class Choice:
    """All that a pipeline is built from. Hashable and small: it is a key of caches and goes to worker processes.

    `select`, `extend_select` and `ignore` name rules by id, pack or glob; an empty `select` stands for every rule.
    `packs` are folders; `plugins` is true for all that are installed, false for none, or the names of those wanted.
    """

    profile: str = "default"  # default, or off for no rule at all
    apply: Safety = Safety.SAFE
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    plugins: bool | tuple[str, ...] = True
    allow_words: tuple[str, ...] = ()
    spelling: str = ""  # an installed program: typos or codespell


class Settings(NamedTuple):
    """What holds for one text."""

    choice: Choice = Choice()
    encoding: str | None = None
    fail_on: Safety = Safety.SUGGESTED


@dataclass(frozen=True, slots=True, eq=False)
class Config:
    """What one file says, with what the command line says over it. `path` is empty where there is no file.

    `ignore_file` and `baseline` are paths, or empty where nothing is said of them.
    """

    path: str = ""
    ignore_file: str = ""
    baseline: str = ""

    def settings_for(self, path: str) -> Settings:
        """What holds for the text at `path`: profile, per-path tables and command line taken together."""
        return Settings()

    def choice_for(self, path: str) -> Choice:
        return self.settings_for(path).choice

    def excludes(self, path: str) -> bool:
        """Whether a file or folder is to be passed over in a walk (and with --force-exclude when it is named)."""
        return False

    def where(self, key: str, value: str) -> str:
        """Where `value` stands under `key`, for errors: `cleankit.toml:4: ignore`, or `--ignore`."""
        return f"--{key}"


def find(folder: str) -> Config:
    """The configuration of a folder: of itself or the nearest one above it that has one; without one, the defaults."""
    return Config()


def load(path: str) -> Config:
    """One file. Raises ConfigError naming the file, the line and the key that is wrong."""
    return Config(path)


def for_file(path: str) -> Config:
    """The configuration of the folder that a file stands in; that of the working folder for standard input."""
    return find(path)


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
    """The same with what the command line says over it. None and () stand for "not said"."""
    return config
