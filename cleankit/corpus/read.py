"""From paths to documents: which files there are, and what text each of them holds."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from cleankit.encoding import decode
from cleankit.errors import ReadError
from cleankit.model import Document

STDIN = "-"
SUFFIX = ".txt"
MARKUP = (".html", ".htm", ".xhtml")

Suffix = str | tuple[str, ...]


class Source(NamedTuple):
    """A document that can be read: its id (the name of its outputs, parts divided by `/`) and its path.

    `called` is the name by which people know a text from standard input.
    """

    id: str
    path: str
    called: str = ""

    @property
    def name(self) -> str:
        return self.called or self.path


def find(
    paths: Iterable[str], suffix: Suffix = SUFFIX, excludes: Callable[[str], bool] | None = None
) -> tuple[list[Source], list[ReadError]]:
    """The documents that `paths` name, in their order, and what could not be found.

    A folder stands for every file below it with the suffix, sorted; folders and files whose names begin with a dot
    are passed over, and so are those that `excludes`, which is not asked about `paths` themselves. The id of a file in
    a folder is its path inside it, that of a file given by itself its name, both without the suffix; pages of HTML keep
    theirs, for the text of a page often lies beside it.
    """
    sources: list[Source] = []
    errors: list[ReadError] = []
    for path in paths:
        if path == STDIN:
            sources.append(Source("stdin", STDIN))
            continue
        try:
            if stat.S_ISDIR(os.stat(path).st_mode):  # noqa: PTH116 - a Path would hide what is wrong
                found, unread, passed = _walk(path, suffix, excludes)
                sources += found
                errors += unread
                if not found and not unread and not passed:
                    errors.append(ReadError(path, _nothing(path, suffix, excludes)))
            else:
                sources.append(Source(_without(suffix, Path(path).name), path))
        except OSError as error:
            errors.append(unreadable(path, error))
        except ValueError as error:
            errors.append(ReadError(path, f"is no path: {error}"))
    return sources, errors


def _walk(
    folder: str, suffix: Suffix, excludes: Callable[[str], bool] | None
) -> tuple[list[Source], list[ReadError], bool]:
    """The documents below a folder, what could not be read, and whether anything was excluded."""
    found: list[Source] = []
    unread: list[ReadError] = []
    passed = False

    def note(error: OSError) -> None:
        unread.append(ReadError(error.filename, f"cannot be listed: {error.strerror}; see to its permissions"))

    for place, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        names = [name for name in names if name.lower().endswith(suffix) and not name.startswith(".")]
        if excludes is not None:
            kept = [[name for name in some if not excludes(str(Path(place, name)))] for some in (folders, names)]
            passed = passed or kept != [folders, names]
            folders[:], names = kept
        for name in names:
            path = Path(place, name)
            if path.exists() and not (path.is_file() or path.is_dir()):
                unread.append(ReadError(str(path), "is a pipe or a device; give it by itself, not in a folder"))
                continue
            found.append(Source(_without(suffix, path.relative_to(folder).as_posix()), str(path)))
    return sorted(found), unread, passed


def _nothing(folder: str, suffix: Suffix, excludes: Callable[[str], bool] | None) -> str:
    kinds = " or ".join(f"*{one}" for one in _each(suffix))
    if suffix == SUFFIX and _walk(folder, MARKUP, excludes)[0]:
        return f"holds no {kinds} file; clean and check read its pages of HTML with --html"
    return f"holds no {kinds} file; give one that does, or the files"


def _without(suffix: Suffix, name: str) -> str:
    if is_markup(name):
        return name
    long = next((len(one) for one in _each(suffix) if name.lower().endswith(one) and len(name) > len(one)), 0)
    return name[: len(name) - long]


def _each(suffix: Suffix) -> tuple[str, ...]:
    return (suffix,) if isinstance(suffix, str) else suffix


def is_markup(name: str) -> bool:
    """Whether a file is taken for a page of HTML: by its suffix."""
    return name.lower().endswith(MARKUP)


def distinct(sources: Iterable[Source]) -> tuple[list[Source], list[ReadError]]:
    """The documents with ids of their own, and errors for those whose outputs would have the name of another's."""
    errors: list[ReadError] = []
    first: dict[str, str] = {}
    kept = []
    for source in sources:
        if source.id not in first:
            first[source.id] = source.path
            kept.append(source)
        elif os.path.realpath(source.path) != os.path.realpath(first[source.id]):
            errors.append(
                ReadError(source.path, f"has the same name as {first[source.id]}; give them in two runs, or rename one")
            )
    return kept, errors


def read(source: Source, encoding: str | None = None) -> Document:
    """The document, its text with the line ends it has. `meta`: source, encoding, bom, bytes, sha256.

    For a page of HTML they are those of its text in UTF-8, with the page's own in `markup`. Raises ReadError naming the
    file and what to try.
    """
    return document(source, read_bytes(source.path), encoding)


def document(source: Source, data: bytes, encoding: str | None = None) -> Document:
    """The same of bytes that were read before."""
    name = "standard input" if source.path == STDIN and not source.called else source.name
    markup = {}
    if is_markup(source.name):
        from cleankit.corpus.markup import extract

        extracted, markup["markup"] = extract(data, name, encoding)
        data, encoding = extracted.encode(), "utf-8"
    text, found, bom = decode(data, name, encoding)
    about = {"source": source.name, "encoding": found, "bom": bom, "bytes": len(data)}
    return Document(source.id, text, about | {"sha256": hashlib.sha256(data).hexdigest()} | markup)


def read_bytes(path: str) -> bytes:
    """What a file, or standard input, holds. Raises ReadError."""
    if path == STDIN:
        if sys.stdin is None:
            raise ReadError(path, "standard input is closed; give a file")
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error
    except ValueError as error:
        raise ReadError(path, f"is no path: {error}") from error


def unreadable(path: str, error: OSError) -> ReadError:
    """What is wrong with a file that cannot be read, and what to try."""
    if isinstance(error, FileNotFoundError | NotADirectoryError) or error.errno == errno.ENAMETOOLONG:
        return ReadError(path, "does not exist; check the path")
    if isinstance(error, IsADirectoryError):
        return ReadError(path, "is a folder; give a file")
    if error.errno == errno.ELOOP:
        return ReadError(path, "is a link that leads to itself; remove it")
    return ReadError(path, f"cannot be read: {error.strerror}; see to its permissions")
