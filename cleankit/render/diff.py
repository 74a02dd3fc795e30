"""What an edit does, as a unified diff that `patch -p0` applies."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator

# what would end a name, or begin a quoted one; bytes that are no text are half a surrogate pair
_STRANGE = re.compile(r'[\x00-\x1f\x7f"\\\ud800-\udfff]|\A\s|\s\Z')


def unified(old: str, new: str, before: str, after: str) -> Iterator[str]:
    """The lines of a diff between two texts, without their line ends; a missing last line end is said."""
    a, b = _lines(old), _lines(new)
    lines = difflib.unified_diff(a, b, _name(before), _name(after), lineterm="")
    for number, line in enumerate(lines):
        if line.endswith("\n"):
            yield line[:-1]
        else:
            yield line
            # a line that is taken out may begin like a head itself
            if number > 1 and not line.startswith("@"):
                yield "\\ No newline at end of file"


def _lines(text: str) -> list[str]:
    # not splitlines: it parts lines at form feeds and line separators too
    lines = text.split("\n")
    last = lines.pop()
    return [line + "\n" for line in lines] + ([last] if last else [])


def _name(path: str) -> str:
    """A file's name as git writes it: a tab ends one with blanks, and what is stranger is quoted."""
    if not _STRANGE.search(path):
        return f"{path}\t" if " " in path else path
    spelt = (chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:03o}" for byte in os.fsencode(path))
    return f'"{"".join(spelt)}"'
