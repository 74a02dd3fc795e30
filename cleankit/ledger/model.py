"""What a ledger holds: one document, and all that was found in it with what was done about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from cleankit.model import Edit, Markup, Safety, Span


class State(StrEnum):
    """What was done about a finding."""

    APPLIED = "applied"  # its edit was made
    COVERED = "covered"  # another edit takes the same words; it would be made if that one were not
    OPEN = "open"  # nothing: it only points, or its edit is for a person to allow
    SPARED = "spared"  # somebody wants it left alone


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding. `edit` has offsets of the text that its stage saw, `home` is its span of the source in code points.

    `bytes` is that span of the source's file. Where the old texts are not kept, `edit.old` is empty though its span is
    not, and `digest` tells what stood there.
    """

    stage: str
    rule: str
    safety: Safety
    edit: Edit | None
    home: Span
    bytes: Span
    state: State = State.APPLIED
    evidence: tuple[tuple[str, str], ...] = ()
    message: str = ""  # of what was not done; for what was, the rule says it
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """Why a page waits in the quarantine instead of being cleaned."""

    rule: str
    message: str
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a person changed: entries (by their numbers, from 0) that were taken back, and that were allowed.

    `edits` are all that hold now, stage by stage, each with the number of its entry and offsets of the text that is
    there when it is made. They stand here and are not worked out anew, so that the way back never changes.
    """

    dropped: frozenset[int]
    added: frozenset[int]
    edits: tuple[tuple[int, Edit], ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """What became of one document.

    `source` is the SHA-256 of its bytes, `result` that of the clean text in UTF-8, and `sums` tell where a text that
    has another hash differs. `entries` are all that the run found, stage by stage, and the `amendment` what a person
    changed of it. Of a page of HTML the original is the text that was taken from it. With an `aside` the page waits,
    and all this is what would have been done. `hashed`: the old texts are not kept.
    """

    id: str
    source: str
    encoding: str
    bom: bool
    line_ends: str  # lf, crlf, cr, mixed or none
    chars: int
    apply: Safety
    entries: tuple[Entry, ...]
    result: str
    sums: str
    markup: Markup | None = None
    aside: Aside | None = None
    amendment: Amendment | None = None
    hashed: bool = False

    @property
    def dropped(self) -> frozenset[int]:
        """The numbers of the entries that a person took back."""
        return self.amendment.dropped if self.amendment else frozenset()

    @property
    def added(self) -> frozenset[int]:
        """The numbers of the entries that a person allowed."""
        return self.amendment.added if self.amendment else frozenset()

    def stages(self) -> Iterator[tuple[str, list[tuple[int, Entry]]]]:
        """The entries of each stage in turn, with their numbers."""
        for stage, group in groupby(enumerate(self.entries), key=lambda pair: pair[1].stage):
            yield stage, list(group)
