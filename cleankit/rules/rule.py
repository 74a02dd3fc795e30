"""The data form of a filter: one problem, the pattern that finds it, and the evidence that it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cleankit.model import About, Safety
from cleankit.scan import Need


@dataclass(frozen=True, slots=True)
class Match:
    """How a rule finds its problem. Which keys a kind reads stands in `rules/kinds/`."""

    any_of: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    to: str = ""
    unless: tuple[str, ...] = ()
    ignore_case: bool = False
    at: str = "anywhere"
    members: tuple[str, ...] = ()
    strays: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_under: tuple[str, ...] = ()
    not_beside: tuple[str, ...] = ()
    not_on: tuple[str, ...] = ()
    only_on: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    titles: int = 0
    needs_text: bool = True
    grow: str = "both"
    min_anchors: int = 1
    min_lines: int = 1
    max_gap: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """A text and what must become of it. For a keep, `clean` is the text itself."""

    name: str
    text: str
    clean: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule file. `id` comes from its path: `pack/stem`.

    One with a `profile` is only looked for there. `needs` says of each of its kind's patterns what a line must hold for
    it to match; empty where that is yet to be read off them.
    """

    id: str
    kind: str
    level: Safety
    summary: str
    why: str
    match: Match
    examples: tuple[Case, ...]
    keeps: tuple[Case, ...]
    missed: tuple[Case, ...] = ()
    languages: tuple[str, ...] = ()
    profile: str = ""
    tells: str = ""
    since: str = ""
    path: str = ""
    needs: tuple[Need, ...] = field(default=(), repr=False, compare=False)

    @property
    def pack(self) -> str:
        return self.id.partition("/")[0]

    @property
    def about(self) -> About:
        return About(self.id, self.level, self.summary, self.why)
