"""Patterns for paths, as `.gitignore` has them."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

# what `**`, `*` and `?` stand for, longest first; a class in brackets and an escaped character are told apart below
_PART = re.compile(
    r"(?P<above>\A(?:\*\*/)+)|(?P<between>/(?:\*\*/)+)|(?P<below>(?:\A|/)\*\*\Z)|(?P<stars>\*+)|(?P<one>\?)"
    r"|\[(?P<no>[!^]?)(?P<chars>\]?[^\]/]+)\]|\\(?P<escaped>.)|(?P<plain>.)",
    re.DOTALL,
)


class Glob(NamedTuple):
    """One pattern. `wanted` is false where a `!` stands before it, `folders` true where it ends in a slash."""

    regex: re.Pattern[str]
    wanted: bool
    folders: bool

    def fits(self, path: str) -> bool:
        """Whether it means the file or folder at `path` itself; `path` is relative, with slashes."""
        return self.regex.fullmatch(path) is not None


def glob(pattern: str) -> Glob:
    """A pattern without a slash fits a name in any folder, one with a slash a path from the top.

    >>> [path for path in ("a.txt", "b/a.txt", "b/c/a.txt") if glob("b/*.txt").fits(path)]
    ['b/a.txt']
    >>> [path for path in ("a.txt", "b/a.txt", "b/c/a.txt") if glob("?.txt").fits(path)]
    ['a.txt', 'b/a.txt', 'b/c/a.txt']
    >>> [path for path in ("a.txt", "b/a.txt", "b/c/a.txt") if glob("b/**").fits(path)]
    ['b/a.txt', 'b/c/a.txt']
    """
    wanted, folders = not pattern.startswith("!"), pattern.endswith("/")
    body = pattern.removeprefix("!").removeprefix("./").rstrip("/")
    anywhere = "" if "/" in body else "(?:.*/)?"
    return Glob(re.compile(anywhere + _PART.sub(_regex, body.lstrip("/")), re.DOTALL), wanted, folders)


def _regex(part: re.Match[str]) -> str:
    kind = part.lastgroup
    if kind == "chars":
        chars = part["chars"].replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        chars = re.sub(r"([&~|])", r"\\\1", chars)
        try:
            re.compile(wanted := f"[{'^/' if part['no'] else ''}{chars}]")
        except re.error:  # [z-a]: no class, so it means itself
            return re.escape(part[0])
        return wanted
    return {
        "above": "(?:.*/)?",
        "between": "/(?:.*/)?",
        "below": "/.+" if part[0].startswith("/") else ".+",
        "stars": "[^/]*",
        "one": "[^/]",
    }.get(kind or "") or re.escape(part["escaped"] or part["plain"] or "")


def fits(pattern: Glob, path: str, parts: list[str], back: int) -> bool:
    """Whether a pattern means the file or folder that is `back - 1` steps above `path`, whose way is `parts`."""
    if back > len(parts) or not pattern.fits(parts[-back]):
        return False
    return back > 1 or not pattern.folders or os.path.isdir(path)


def way(path: str, folder: str) -> list[str]:
    """The folders on the way from an absolute folder to a path, and the path itself; only that where it is elsewhere.

    >>> way("/a/b/c/d.txt", "/a")
    ['b', 'b/c', 'b/c/d.txt']
    >>> way("/x/y.txt", "/a")
    ['../x/y.txt']
    """
    path = os.path.abspath(path)
    top = folder.rstrip(os.sep) + os.sep
    if not path.startswith(top):
        return [os.path.relpath(path, folder).replace(os.sep, "/")]
    parts = path[len(top) :].split(os.sep)
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
