"""What comes of a configuration for one text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from cleankit.model import Safety

DEFAULT, ARTICLE, OFF = PROFILES = ("default", "article", "off")  # those that need no table


@dataclass(frozen=True, slots=True)
class Choice:
    """All that a pipeline is built from. Hashable and small: it is a key of caches and goes to worker processes.

    `select`, `extend_select` and `ignore` name rules by id, pack or glob; an empty `select` stands for every rule.
    `packs` are folders; `plugins` is true for all that are installed, false for none, or the names of those wanted.
    """

    profile: str = DEFAULT  # article for the body alone, off for no rule but those asked for
    apply: Safety = Safety.SAFE
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    plugins: bool | tuple[str, ...] = True
    allow_words: tuple[str, ...] = ()
    budgets: tuple[tuple[str, float], ...] = ()  # over the defaults, see `cleankit.budget`
    spelling: str = ""  # an installed program: typos or codespell


class Settings(NamedTuple):
    """What holds for one text."""

    choice: Choice = Choice()
    encoding: str | None = None
    fail_on: Safety = Safety.SUGGESTED
