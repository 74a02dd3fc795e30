"""A short name for all that decides what becomes of a document besides its text: the program, its rules, the settings.

Two documents with the same bytes and the same digest are cleaned to the same bytes, on any machine.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from cleankit import corpus, plugins
from cleankit.cache import below, remembered
from cleankit.config import Choice
from cleankit.engines.plan import Task
from cleankit.suppress.spares import Spares
from cleankit.version import VERSION

_PROGRAM = Path(__file__).parents[1]
# The libraries that have a say in what is found, and those that take the text out of markup, by their metadata
_LIBRARIES = ("ahocorasick_rs", "ftfy", "google_re2", "langdetect")
_OF_MARKUP = ("courlan", "htmldate", "justext", "lxml", "lxml_html_clean", "trafilatura")

_SMALL = 1 << 20  # bytes; what is larger in a plugin's package is no code, and goes by its size


def digest(task: Task) -> str:
    """Of a task, 32 hexadecimal digits; what a person decided and what is to be left alone count too."""
    settings = task.settings
    parts = [program(), _of_libraries(_LIBRARIES, tuple(sys.path)), repr(settings.encoding), repr(task.decided)]
    parts.append(_of_choice(settings.choice, os.getcwd() if settings.choice.packs else ""))  # noqa: PTH109 - faster
    if corpus.is_markup(task.source.name):
        parts.append(_of_libraries(_OF_MARKUP, tuple(sys.path)))
    if task.pack:
        parts.append(_of_folder(task.pack))
    if task.spares and (said := _of_spares(task.spares)):
        parts.append(said)
    return of(parts)


@cache
def program() -> str:
    """Of this program: its version, its code and its data, whatever folder it is installed in."""
    files = sorted(below(_PROGRAM))
    return str(remembered("program", files, lambda: _worked_out(files)))


def _worked_out(files: Iterable[str]) -> str:
    paths = sorted(map(Path, files))
    named = (part for path in paths for part in (path.relative_to(_PROGRAM).as_posix().encode(), path.read_bytes()))
    return _hash((VERSION.encode(), *named))


@cache
def _of_libraries(names: tuple[str, ...], folders: tuple[str, ...]) -> str:
    """Of their versions and that of Python, which brings the tables of Unicode.

    Metadata are folders named NAME-VERSION.dist-info: listing them takes a hundredth of what their own library does.
    """
    found = {}
    for folder in reversed(folders):  # the first one counts
        with contextlib.suppress(OSError):  # an archive, or not there
            for entry in os.listdir(folder or "."):  # noqa: PTH208 - names are enough
                name, _, version = entry.partition("-")
                if version.endswith("-info") and name.lower() in names:
                    found[name.lower()] = version
    return repr((sys.version_info[:2], sorted(found.items())))


def _of_choice(choice: Choice, folder: str) -> str:
    return _of_parts(choice, folder, plugins.packs(choice.plugins), plugins.filters(choice.plugins))


@cache
def _of_parts(choice: Choice, _: str, packs: tuple[plugins.Pack, ...], filters: tuple[plugins.Plugged, ...]) -> str:
    """Of a choice, as it is seen from a folder, with the plugins that there are."""
    parts = [repr(choice)]
    parts += [f"{pack.plugin} {_of_folder(str(pack.folder))}" for pack in packs]
    parts += [f"{look.plugin} {_version(look.plugin.distribution)} {_of_code(look)}" for look in filters]
    parts += [_of_folder(folder) for folder in choice.packs]
    if choice.spelling:
        import shutil

        if path := shutil.which(choice.spelling):
            about = Path(path).stat()
            parts.append(f"{about.st_size} {about.st_mtime_ns}")
    return of(parts)


def _version(distribution: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(distribution)
    except PackageNotFoundError:  # a plugin may have lost its metadata, or never had a name
        return ""


def _of_code(look: plugins.Plugged) -> str:
    """Of the package that a plugin's filter stands in: who works on it does not give it a version with every change."""
    module = str(getattr(look.look, "__module__", ""))
    names = module.partition(".")[0], module  # the outermost one may be a mere folder
    place = next((path for name in names if (path := getattr(sys.modules.get(name), "__file__", None))), None)
    if not place:
        return ""
    path = Path(place)
    if path.name != "__init__.py":
        return _hash((path.read_bytes(),))
    parts = []
    for file in sorted(below(path.parent)):
        size = os.stat(file).st_size  # noqa: PTH116 - a name is enough
        parts += [os.path.relpath(file, path.parent), str(size)]
        parts += [hashlib.sha256(Path(file).read_bytes()).hexdigest()] if size <= _SMALL else []
    return _hash(os.fsencode(part) for part in parts)


def _of_folder(folder: str) -> str:
    return _of_files(os.path.abspath(folder))  # noqa: PTH100 - the same folder however it is named


@cache
def _of_files(folder: str) -> str:
    files = sorted(path for path in Path(folder).rglob("*.toml") if path.is_file())
    named = (part for path in files for part in (os.fsencode(path.relative_to(folder)), path.read_bytes()))
    return _hash((b"folder", *named)) if Path(folder).is_dir() else ""


def _of_spares(spares: Spares) -> str:
    """Of the words that are right, and the entries that mean the document and hold today; empty if there are none."""
    entries = [(one.rule, one.line, one.count) for one in spares.holding()]
    return repr((spares.words, spares.everything, entries)) if entries or spares.words or spares.everything else ""


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
