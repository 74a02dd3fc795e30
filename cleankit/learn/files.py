"""Proposals on disk. What a person has edited is never written over: a seal in the first line tells."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from cleankit import corpus
from cleankit.errors import UsageError, WriteError
from cleankit.learn.proposal import NAMES, Proposal

_SEAL = "# Proposed by `cleankit learn`, which writes this file anew until somebody edits it (seal "
_SUFFIX = ".toml"


def sealed(text: str) -> str:
    """The text of a rule file behind a line that says what it was when it was written."""
    return f"{_SEAL}{_hash(text)})\n{text}"


def is_as_proposed(text: str) -> bool:
    """Whether nobody has edited a file since.

    >>> is_as_proposed(sealed("kind = 'line'\\n")), is_as_proposed(sealed("kind = 'line'\\n") + "# safe?\\n")
    (True, False)
    """
    head, _, rest = text.partition("\n")
    return head.startswith(_SEAL) and head == sealed(rest).partition("\n")[0]


def write(folder: str, proposals: Sequence[Proposal]) -> list[str]:
    """Write rule files into a folder of packs and give their paths, in the order of the proposals.

    A proposal of an earlier run for the same site that is not made any more goes. Raises UsageError before anything is
    written where a person has edited a file that would change, WriteError.
    """
    wanted = {_path(folder, one.pack, one.name): sealed(one.text) for one in proposals}
    packs = dict.fromkeys(one.pack for one in proposals)
    there = {path: _read(path) for pack in packs for name in NAMES if (path := _path(folder, pack, name)).exists()}
    edited = [path for path, text in there.items() if text != wanted.get(path) and not is_as_proposed(text)]
    if touched := [path for path in edited if path in wanted]:
        others = f" and {len(touched) - 1} more" if len(touched) > 1 else ""
        raise UsageError(
            f"{touched[0]}{others}: edited since it was proposed, and it would change; "
            "give another folder, or move it away"
        )
    for path, text in wanted.items():
        if there.get(path) != text:
            corpus.write_bytes(path, text.encode())
    for path in there.keys() - wanted.keys() - set(edited):
        try:
            path.unlink()
        except OSError as error:
            raise WriteError(path, f"cannot be removed: {error.strerror}; see to its permissions") from error
    return [str(path) for path in wanted]


def _path(folder: str, pack: str, name: str) -> Path:
    return Path(folder, pack, name + _SUFFIX)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode(errors="replace")
    except OSError as error:
        raise WriteError(path, f"is there and cannot be read: {error.strerror}; give another folder with -o") from error


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
