"""A short name for all that decides what becomes of a document besides its text: the program, its rules, the settings.

Two documents with the same bytes and the same digest are cleaned to the same bytes, on any machine.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from cleankit import plugins
from cleankit.config import Choice
from cleankit.engines.plan import Task
from cleankit.version import VERSION

_PROGRAM = Path(__file__).parents[1]


def digest(task: Task) -> str:
    """Of a task, 32 hexadecimal digits; what a person decided and what is to be left alone count too."""
    parts = [program(), _of_choice(task.settings.choice), repr(task.settings.encoding), repr(task.decided)]
    if task.pack:
        parts.append(_of_folder(task.pack))
    if spares := task.spares:
        # with its path: entries name documents
        parts += [repr(spares), *(_of_file(path) for path in (spares.sidecar, spares.baseline) if path)]
    return of(parts)


@cache
def program() -> str:
    """Of this program: its version, its code and its data, whatever folder it is installed in."""
    files = sorted(path for path in _PROGRAM.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    named = (part for path in files for part in (path.relative_to(_PROGRAM).as_posix().encode(), path.read_bytes()))
    return _hash((VERSION.encode(), *named))


@cache
def _of_choice(choice: Choice) -> str:
    parts = [repr(choice)]
    parts += [f"{pack.plugin} {_of_folder(str(pack.folder))}" for pack in plugins.packs(choice.plugins)]
    parts += [f"{look.plugin} {_version(look.plugin.distribution)}" for look in plugins.filters(choice.plugins)]
    parts += [_of_folder(folder) for folder in choice.packs]
    if choice.spelling and (path := shutil.which(choice.spelling)):
        about = Path(path).stat()
        parts.append(f"{about.st_size} {about.st_mtime_ns}")
    return of(parts)


def _version(distribution: str) -> str:
    from importlib.metadata import version

    return version(distribution)


@cache
def _of_folder(folder: str) -> str:
    files = sorted(path for path in Path(folder).rglob("*.toml") if path.is_file())
    return _hash(part for path in files for part in (os.fsencode(path.relative_to(folder)), path.read_bytes()))


@cache
def _of_file(path: str) -> str:
    return _hash((Path(path).read_bytes(),)) if Path(path).is_file() else ""


def of(parts: Iterable[str]) -> str:
    """Of several such names, or of settings."""
    return _hash(part.encode(errors="surrogatepass") for part in parts)


def _hash(parts: Iterable[bytes]) -> str:
    state = hashlib.sha256()
    for part in parts:
        # each by its length, so that nothing can pass from one to the next
        state.update(b"%d:" % len(part))
        state.update(part)
    return state.hexdigest()[:32]
