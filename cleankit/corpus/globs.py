"""Patterns that name files, expanded where no shell has done it: they were quoted, or come from a configuration."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from cleankit.errors import ReadError
from cleankit.selection import is_glob


def expand(paths: Iterable[str], excludes: Callable[[str], bool] | None = None) -> tuple[list[str], list[ReadError]]:
    """The paths with each pattern replaced by what it matches, sorted, and the patterns that match nothing.

    `*`, `?` and `[…]` match inside a name, `**` any folders. What exists under a name that looks like a pattern is
    meant by it. Names that begin with a dot are passed over, as in folders, unless the pattern spells the dot, and what
    `excludes` names always.
    """
    found: list[str] = []
    errors: list[ReadError] = []
    for path in paths:
        if not is_glob(path) or os.path.lexists(path):
            found.append(path)
            continue
        try:
            matches = _matches(path)
        except (ValueError, NotImplementedError) as error:
            errors.append(ReadError(path, f"is no pattern: {error}"))
            continue
        if not matches:
            errors.append(ReadError(path, "matches no file; check the pattern"))
        found += (match for match in matches if excludes is None or not excludes(match))
    return found, errors


def _matches(pattern: str) -> list[str]:
    parts = Path(pattern).parts
    first = next(i for i, part in enumerate(parts) if is_glob(part))
    root, rest = Path(*parts[:first]), parts[first:]
    if rest[-1] == "**":
        rest = (*rest, "*")
    hidden = any(part.startswith(".") for part in rest)
    matches = [
        path
        for path in root.glob("/".join(rest))
        if hidden or not any(part.startswith(".") for part in path.relative_to(root).parts)
    ]
    # a folder stands for the files in it, which a pattern that matches them has already
    files = [path for path in matches if not path.is_dir()]
    return sorted(map(str, files or matches))
