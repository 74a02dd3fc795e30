"""Packs and filters that other distributions bring: found by their entry points, and checked before they are used."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cleankit.contract import fault, is_rule_id, shape
from cleankit.errors import CleankitError, UsageError, meant
from cleankit.model import Finding, Near
from cleankit.page import Filter, Page

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from cleankit.pipeline import Stage

PACKS, FILTERS = "cleankit.packs", "cleankit.filters"
STAGE = "text"  # where a filter stands that does not say
SWITCH = "leave it out with `plugins = false`"

# all plugins, none, or those that are named by their distribution or their entry point
Names = bool | tuple[str, ...]


class Plugin(NamedTuple):
    """One entry point of an installed distribution."""

    distribution: str
    group: str
    name: str
    value: str

    def __str__(self) -> str:
        return f"plugin {self.distribution} ({self.group}: {self.name} = {self.value})"

    def error(self, problem: str) -> UsageError:
        return UsageError(f"{self}: {problem}")


class Pack(NamedTuple):
    """A folder of PACK/NAME.toml files, and who brought it."""

    plugin: Plugin
    folder: Path


class Plugged:
    """A plugin's filter in its place: what it yields is held to the contract, and what it raises names the plugin."""

    def __init__(self, plugin: Plugin, look: Filter) -> None:
        self.plugin = plugin
        self.look = look
        self.name = look.name
        self.about = look.about
        self.stage: object = getattr(look, "stage", STAGE)

    def __call__(self, page: Page) -> list[Finding]:
        try:
            found = list(self.look(page))
            wrong = next((problem for finding in found if (problem := fault(finding, page.text, self.about))), "")
        except Exception as error:
            raise CleankitError(f"{self.plugin}: failed with {error!r}; tell its author, or {SWITCH}") from error
        if wrong:
            raise CleankitError(f"{self.plugin}: {wrong}; its author can run cleankit.testing.check_filter on it")
        return found

    def near(self, page: Page, start: int, end: int) -> list[Near]:
        """What the filter has to say of what it let be, if it can say that."""
        try:
            return list(self.look.near(page, start, end)) if hasattr(self.look, "near") else []
        except Exception as error:
            raise CleankitError(f"{self.plugin}: failed with {error!r}; tell its author, or {SWITCH}") from error


@cache
def packs(wanted: Names = True) -> tuple[Pack, ...]:
    """The packs of all plugins, or of those that are named, sorted by distribution.

    Raises UsageError naming the plugin that is broken, or the name that none has.
    """
    found = tuple(Pack(plugin, _folder(plugin, entry)) for plugin, entry in _entries(PACKS, wanted))
    if found:
        _check_files(found)
    return found


@cache
def filters(wanted: Names = True) -> tuple[Plugged, ...]:
    """The filters of all plugins, or of those that are named, sorted by distribution. Raises as `packs` does."""
    return tuple(Plugged(plugin, _filter(plugin, entry)) for plugin, entry in _entries(FILTERS, wanted))


@cache
def installed() -> Mapping[Plugin, EntryPoint]:
    """All entry points of both groups, in an order that does not depend on the path."""
    if not _may_be_any():
        return {}
    from importlib.metadata import entry_points

    found = {
        Plugin(_distribution(entry), group, entry.name, entry.value): entry
        for group in (PACKS, FILTERS)
        for entry in entry_points(group=group)
    }
    return {plugin: found[plugin] for plugin in sorted(found)}


def joined(stages: tuple[Stage, ...], extra: Iterable[Filter]) -> tuple[Stage, ...]:
    """The stages with other filters beside their own, each in the stage that its attribute `stage` names.

    Raises UsageError for a stage that is not there, and where two filters find things by one rule id.
    """
    extra, names = tuple(extra), [stage.name for stage in stages]
    for look in extra:
        if (place := getattr(look, "stage", STAGE)) not in names:
            raise UsageError(f"{_told(look)}: stands in no stage {place!r}; there are {', '.join(names)}")
    owners: dict[str, Filter] = {}
    for look in (*(look for stage in stages for look in stage.filters), *extra):
        for about in look.about:
            if (owner := owners.setdefault(about.rule, look)) is not look:
                both = f"{_told(look, about.rule)}: has {about.rule}, as has {_told(owner, about.rule)}"
                raise UsageError(f"{both}; rename one of them")
    return tuple(
        stage._replace(filters=(*stage.filters, *(x for x in extra if getattr(x, "stage", STAGE) == stage.name)))
        for stage in stages
    )


def _entries(group: str, wanted: Names) -> Iterator[tuple[Plugin, EntryPoint]]:
    if not wanted:
        return
    found = installed()
    names = {_normal(name) for name in wanted} if isinstance(wanted, tuple) else set()
    _check_names(names, found)
    for plugin, entry in found.items():
        if plugin.group == group and (wanted is True or names & _names(plugin)):
            yield plugin, entry


def _distribution(entry: EntryPoint) -> str:
    # a folder whose metadata are gone has no name
    return _normal((entry.dist.name if entry.dist else "") or "without-a-name")


def _may_be_any() -> bool:
    """Whether a distribution may have such an entry point: importlib.metadata takes 35 ms to import, and this 1 ms."""
    from importlib.machinery import PathFinder

    if any(finder is not PathFinder and hasattr(finder, "find_distributions") for finder in sys.meta_path):
        return True
    try:
        texts = [text for folder in sys.path for text in _entry_point_files(folder or ".")]
    except NotADirectoryError:  # an archive
        return True
    return any(group.encode() in text for group in (PACKS, FILTERS) for text in texts)


def _entry_point_files(folder: str) -> list[bytes]:
    texts: list[bytes] = []
    try:
        with os.scandir(folder) as entries:
            places = [entry.path for entry in entries if entry.name.lower().endswith(("dist-info", "egg-info"))]
    except NotADirectoryError:
        raise
    except OSError:
        return texts
    for place in places:
        # importlib.metadata passes over what is not there or may not be read, too
        with contextlib.suppress(OSError), FileIO(f"{place}/entry_points.txt") as file:
            texts.append(file.read())
    return texts


def _check_names(wanted: Iterable[str], found: Iterable[Plugin]) -> None:
    known = sorted({name for plugin in found for name in _names(plugin)})
    for name in sorted(set(wanted).difference(known)):
        hint = meant(name, known, f"there are {', '.join(known) or 'none'}", most=3)
        raise UsageError(f"plugins: no plugin named {name!r} is installed; {hint}")


def _names(plugin: Plugin) -> set[str]:
    return {plugin.distribution, _normal(plugin.name)}


def _normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def _folder(plugin: Plugin, entry: EntryPoint) -> Path:
    try:
        if entry.attr:
            place = entry.load()
            place = place() if callable(place) else place
        else:
            place = _place_of(entry.module)
        folder = Path(place)
    except Exception as error:
        raise plugin.error(f"gives no folder ({_said(error)}); install it again, or {SWITCH}") from error
    if not folder.is_dir():
        raise plugin.error(f"{folder} is no folder; install it again, or {SWITCH}")
    return folder


def _place_of(module: str) -> str:
    """The folder of a module or package, which itself is not run: a pack is data."""
    from importlib.util import find_spec

    spec = find_spec(module)
    if spec is None:
        raise ModuleNotFoundError(f"No module named {module!r}")
    places = list(spec.submodule_search_locations or ()) or [str(Path(spec.origin or "").parent)]
    if len(places) > 1:
        raise ImportError(f"{module} lies in {len(places)} folders")
    return places[0]


def _check_files(found: Iterable[Pack]) -> None:
    from cleankit.rules.places import PACKS as BUILTIN
    from cleankit.rules.places import rule_files

    owners = {_id(path): "cleankit itself" for path in rule_files(BUILTIN)}
    for plugin, folder in found:
        files = list(rule_files(folder))
        if not files:
            raise plugin.error(f"there is no PACK/NAME.toml in {folder}; let it name the folder above its packs")
        for path in files:
            if not is_rule_id(_id(path)):
                raise plugin.error(f"{path}: pack and rule names are kebab-case; rename it")
            if owner := owners.get(_id(path)):
                raise plugin.error(f"{path}: {owner} has a rule {_id(path)} too; rename it, or {SWITCH}")
            owners[_id(path)] = str(plugin)


def _id(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def _filter(plugin: Plugin, entry: EntryPoint) -> Filter:
    try:
        what = entry.load()
        look: Filter = what() if isinstance(what, type) else what
    except Exception as error:
        raise plugin.error(f"gives no filter ({_said(error)}); install it again, or {SWITCH}") from error
    if problem := shape(look):
        raise plugin.error(f"{problem}; see docs/plugins.md, or {SWITCH}")
    return look


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _told(look: Filter, rule: str = "") -> str:
    """What to name a filter by, or the file of one of its rules."""
    if isinstance(look, Plugged):
        return str(look.plugin)
    path = next((data.path for data in getattr(look, "rules", ()) if data.id == rule), "")
    return path or f"filter {type(look).__module__}.{type(look).__qualname__}"
