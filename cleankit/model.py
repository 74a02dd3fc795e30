"""What the rooms of cleankit hand to one another: documents, spans, edits and findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How loud a finding is, in SARIF's words."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Safety(StrEnum):
    """Who may apply a finding's edit."""

    SAFE = "safe"  # applied by default
    SUGGESTED = "suggested"  # applied when asked for
    FLAG = "flag"  # never applied: text was lost, or there are two readings

    @property
    def rank(self) -> int:
        return list(Safety).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open code-point offsets into a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `old`, which stands at `text[start:end]`, by `new`.

    `old` makes an edit self-checking and reversible.
    """

    start: int
    end: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not belong, where it is, and what could be done about it.

    `at` is a span of the text that was looked at, or a JSON Pointer into a briefing. `evidence` holds
    (name, value) pairs that a person can check: features of a score, fields read from the removed text.
    """

    rule: str
    message: str
    at: Span | str
    severity: Severity = Severity.WARNING
    fix: Edit | None = None
    safety: Safety = Safety.FLAG
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Near:
    """A rule that something spoke for at `at`, a span of the page it looked at, and that let it be all the same.

    `spoke` are (name, value) pairs like the evidence of a finding; `held` says what held it back, and `by` is the place
    of the page that did, if a place did.
    """

    rule: str
    at: Span
    spoke: tuple[tuple[str, str], ...]
    held: str
    by: Span | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """A number that a measure in the evidence is held against, and what it `means`, to be read before the number."""

    measure: str
    value: float
    means: str


@dataclass(frozen=True, slots=True)
class About:
    """What a filter can find, for lists and documentation. `example` is a text in which it does.

    Where a finding hangs on a measure in its evidence, `bounds` are what that is held against.
    """

    rule: str
    level: Safety
    summary: str
    why: str
    example: str = ""
    bounds: tuple[Bound, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its name. `meta` says where it came from: source, encoding, byte order mark, the Markup if any …"""

    id: str
    text: str
    meta: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Markup:
    """The page of HTML that a text was taken from, and what it says of itself; "" for what it does not say."""

    sha256: str  # of its bytes
    encoding: str
    reader: str  # the library that took the text out, with its version
    title: str = ""
    author: str = ""  # of several, with `; ` between
    date: str = ""  # year-month-day
    url: str = ""
    site: str = ""


def deletion(
    rule: str,
    message: str,
    text: str,
    start: int,
    end: int,
    safety: Safety = Safety.SAFE,
    evidence: tuple[tuple[str, str], ...] = (),
) -> Finding:
    """A finding that takes `text[start:end]` out."""
    return replacement(rule, message, text, start, end, "", safety, evidence)


def replacement(
    rule: str,
    message: str,
    text: str,
    start: int,
    end: int,
    new: str,
    safety: Safety = Safety.SAFE,
    evidence: tuple[tuple[str, str], ...] = (),
) -> Finding:
    """A finding that puts `new` in the place of `text[start:end]`."""
    edit = Edit(start, end, text[start:end], new)
    return Finding(rule, message, Span(start, end), Severity.WARNING, edit, safety, evidence)


def flag(rule: str, message: str, start: int, end: int, evidence: tuple[tuple[str, str], ...] = ()) -> Finding:
    """A finding that only points: nothing may be changed here without a person."""
    return Finding(rule, message, Span(start, end), Severity.NOTE, None, Safety.FLAG, evidence)
