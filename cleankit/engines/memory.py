"""What `check` found in a file, remembered until the file, or anything that decides what is found in it, changes.

An entry is found by the hash of the file's bytes and the digest of all else, and holds plain JSON: the findings that
are shown and counted and those that were left alone, for HTML the text that they count in.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from cleankit import cache, corpus
from cleankit.config import Choice, Settings
from cleankit.corpus import Source
from cleankit.engines import plan
from cleankit.engines.digest import digest
from cleankit.engines.plan import Task
from cleankit.errors import CleankitError, WriteError
from cleankit.model import Edit, Finding, Safety, Severity, Span
from cleankit.shelf import Shelf

FOLDER = "check"
_NOTHING = Source("", "")

# What was found in a text: the text, what is shown and what was left alone; spans count in the text.
Found = tuple[str, tuple[Finding, ...], tuple[Finding, ...]]


def shelf() -> Shelf | None:
    """Where the entries lie; None where there is no home."""
    place = cache.folder()
    return Shelf(place / FOLDER) if place else None


def held() -> tuple[int, int]:
    """How many results of checks there are, and the bytes that they take."""
    entries = shelf()
    return entries.held() if entries else (0, 0)


def clear() -> None:
    """Forget all, what is worked out of cleankit's own files too. Raises WriteError."""
    place, entries = cache.folder(), shelf()
    if place is None or entries is None:
        return
    try:
        entries.clear()
        for path in cache.entries(place):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(place, f"cannot be emptied: {error.strerror}; see to its permissions") from error


class Memory:
    """What earlier checks found, and what this one does. Whatever goes wrong with it, it only knows less."""

    def __init__(self, entries: Shelf) -> None:
        self._entries = entries

    def build(self, choice: Choice) -> None:
        """See to it that a pipeline can be built of a choice. Raises what the recipe does, unless it is known to go."""
        name = self.name(Task(_NOTHING, Settings(choice)))
        if not name or self._entries.get(name) is None:
            plan.build(choice)
            if name:
                self._entries.put(name, b"")

    def name(self, task: Task, data: bytes = b"") -> str:
        """What an entry goes by; empty for what cannot be remembered."""
        try:
            known_by = f"{bool(task.source.path)} {digest(task)} {hashlib.sha256(data).hexdigest()}"
        except (OSError, ImportError, CleankitError):  # a file that decides cannot be read: who needs it will tell
            return ""
        return hashlib.blake2b(known_by.encode(), digest_size=20).hexdigest()

    def recall(self, name: str, task: Task, data: bytes) -> Found | None:
        """What was found in these bytes, if that is known."""
        entry = self._entries.get(name) if name else None
        if entry is None:
            return None
        # what an entry says is not believed before it has the form of one
        with contextlib.suppress(ValueError, TypeError, KeyError, CleankitError, RecursionError):
            text, findings, spared = json.loads(entry)
            if text is None:
                text = corpus.document(task.source, data, task.settings.encoding).text
            if isinstance(text, str):
                return text, tuple(map(_finding, findings)), tuple(map(_finding, spared))
        return None

    def keep(self, name: str, task: Task, text: str, findings: Iterable[Finding], spared: Iterable[Finding]) -> None:
        """Remember what was found in a text, and what of it was left alone."""
        if not name:
            return
        # any other file has its text in itself
        extracted = text if corpus.is_markup(task.source.name) else None
        values = extracted, [*map(_values, findings)], [*map(_values, spared)]
        with contextlib.suppress(ValueError, TypeError):  # a plugin's evidence may be no text
            self._entries.put(name, json.dumps(values, separators=(",", ":")).encode())

    def close(self) -> None:
        """To be called in the end."""
        self._entries.tidy()


def _values(finding: Finding) -> list[Any]:
    at, fix = finding.at, finding.fix
    place = [at.start, at.end] if isinstance(at, Span) else at
    edit = [fix.start, fix.end, fix.old, fix.new] if fix else None
    return [finding.rule, finding.message, place, finding.severity, edit, finding.safety, finding.evidence]


def _finding(values: Sequence[Any]) -> Finding:
    rule, message, place, severity, edit, safety, evidence = values
    return Finding(
        _text(rule),
        _text(message),
        place if isinstance(place, str) else _span(*place),
        _SEVERITY[severity],
        _edit(*edit) if edit else None,
        _SAFETY[safety],
        tuple((_text(name), _text(value)) for name, value in evidence),
    )


_SEVERITY = {str(one): one for one in Severity}
_SAFETY = {str(one): one for one in Safety}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _span(start: Any, end: Any) -> Span:
    return Span(_number(start), _number(end))


def _edit(start: Any, end: Any, old: Any, new: Any) -> Edit:
    return Edit(_number(start), _number(end), _text(old), _text(new))


def _number(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value
