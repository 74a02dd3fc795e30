"""What may stand in a configuration, and what is wrong with one that says something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cleankit.config.choice import PROFILES
from cleankit.config.tables import Check, Wrong, string, table
from cleankit.contract import is_name
from cleankit.errors import meant
from cleankit.toml import Path


def check(said: Mapping[str, Any]) -> None:
    """Raises Wrong for the first thing that is. What only a look at other files can tell is left to `files`."""
    table(said, (), FILE, _misplaced)


def _misplaced(key: str) -> str:
    if key in FILE:
        return "cannot differ from text to text; move it to the top of the file"
    if key == "tool":
        return "is not a known key; in a file of our own the keys stand at the top, without [tool.cleankit]"
    return ""


def _file(value: Any, path: Path) -> None:
    string(value, path)
    if "\0" in value:
        raise Wrong(path, "must be a path, and no path has a NUL in it")


def _switch(value: Any, path: Path) -> None:
    if not isinstance(value, bool):
        raise Wrong(path, "must be true or false")


def _list(of: Check, such_as: str) -> Check:
    def look(value: Any, path: Path) -> None:
        if not isinstance(value, list):
            raise Wrong(path, f"must be a list of strings, such as [{such_as}]")
        for at, item in enumerate(value):
            of(item, (*path, at))

    return look


def _select(value: Any, path: Path) -> None:
    _RULES(value, path)
    if not value:
        raise Wrong(path, 'names no rule; for every rule leave the key out, for none write profile = "off"')


def _one_of(choices: Iterable[str]) -> Check:
    choices = tuple(choices)

    def look(value: Any, path: Path) -> None:
        if value not in choices:
            hint = meant(str(value), choices, f"it may be {', '.join(choices)}")
            raise Wrong(path, f"{value!r} is not known; {hint}")

    return look


def _plugins(value: Any, path: Path) -> None:
    if isinstance(value, bool):
        return
    if not isinstance(value, list):
        raise Wrong(path, 'must be true, false, or a list of the plugins wanted, such as ["gazette"]')
    _list(string, "")(value, path)


def _words(value: Any, path: Path) -> None:
    if not isinstance(value, Mapping):
        raise Wrong(path, 'must be a table of words with their reasons, such as { Exhibbit = "name of a festival" }')
    for word, reason in value.items():
        if not word.strip():
            raise Wrong((*path, word), "is no word")
        if not isinstance(reason, str) or not reason.strip():
            raise Wrong((*path, word), "must be a string that says why the word is right")


def _budgets(value: Any, path: Path) -> None:
    if not isinstance(value, Mapping):
        raise Wrong(path, 'must be a table of shares, such as { page = 0.9, "promo/*" = 0.3 }')
    for key, limit in value.items():
        is_number = isinstance(limit, int | float) and not isinstance(limit, bool)
        if key == "least-words":
            if not is_number or limit != limit // 1 or limit < 0:
                raise Wrong((*path, key), "must be a whole number of words, 0 or more")
        elif not key.strip():
            raise Wrong((*path, key), 'must be "page", "rule", "least-words" or a rule\'s id, a pack or a glob')
        elif not is_number or not 0 <= limit <= 1:
            raise Wrong((*path, key), "must be a share of the words, from 0 to 1; 1 is no budget")


def _profiles(value: Any, path: Path) -> None:
    if not isinstance(value, Mapping):
        raise Wrong(path, "must be a table of tables, as in [profiles.strict]")
    for name, own in value.items():
        if name in PROFILES:
            raise Wrong((*path, name), "is built in; choose another name")
        if not is_name(name):
            raise Wrong((*path, name), "must be a name of small letters, digits and hyphens")
        table(own, (*path, name), TEXT, _misplaced)


def _per_path(value: Any, path: Path) -> None:
    if not isinstance(value, Mapping):
        raise Wrong(path, 'must be a table of tables, as in [per-path."gazette/**"]')
    for glob, own in value.items():
        if not glob.strip():
            raise Wrong((*path, glob), 'must be a pattern for paths, such as "gazette/**"')
        table(own, (*path, glob), {"profile": string, **TEXT}, _misplaced)


_RULES = _list(string, '"nav/pager"')
# how a text is looked at: at the top of the file, in a profile, for some paths
TEXT: Mapping[str, Check] = {
    "select": _select,
    "extend-select": _RULES,
    "ignore": _RULES,
    "suggested": _switch,
    "fail-on": _one_of(("safe", "suggested", "flag")),
    "encoding": string,
    "spelling-program": _one_of(("none", "typos", "codespell")),
    "budgets": _budgets,
    "allow-words": _words,
}
# what is one for all texts of the file
FILE: Mapping[str, Check] = {
    "extend": _file,
    "profile": string,
    **TEXT,
    "plugins": _plugins,
    "packs": _list(_file, '"packs"'),
    "exclude": _list(string, '"drafts/"'),
    "ignore-file": _file,
    "baseline": _file,
    "profiles": _profiles,
    "per-path": _per_path,
}
