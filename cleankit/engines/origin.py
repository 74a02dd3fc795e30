"""From a place in a briefing back to the line of the page that it was read from, by the ledger of the run."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleankit import ledger
from cleankit.briefing import blocks
from cleankit.briefing.jsontext import parts
from cleankit.edits import Homeward
from cleankit.engines.folder import Run, run_of
from cleankit.engines.places import JOINED
from cleankit.errors import CleankitError
from cleankit.ledger import Ledger
from cleankit.model import Span
from cleankit.page import Page

# lists whose items say where they stand
PLACED = frozenset({"gaps", "participants", "captions", "disclaimers", "introduction", "stage_directions"})


class Origin:
    """The page that a briefing was read from: its clean text, and the way from there to its source."""

    def __init__(self, path: str, source: str, clean: str, journal: Ledger) -> None:
        self._path = path
        self._source = Page(source)
        stages = ([entry.edit for _, entry in pairs if entry.edit] for _, pairs in ledger.made(journal))
        self._steps = [Homeward(edits) for edits in stages][::-1]
        self._blocks = blocks.read(clean)
        self._starts: list[int] = []
        at = 0
        for block in self._blocks:
            self._starts.append(at)
            at += len(block.text) + 1
        self._flat = "".join(block.text + "\n" for block in self._blocks)

    def of(self, data: object, pointer: str) -> str:
        """`path:row` of what a JSON Pointer leads to; empty where that comes from no one place of the page."""
        match parts(pointer):
            case ["turns", number, "paragraphs", index, *_]:
                offset = self._paragraph(data, f"/turns/{number}/paragraphs/{index}")
                offset = self._at(data, "turns", number) if offset is None else offset
            case ["turns", number, *_]:
                offset = self._at(data, "turns", number)
                offset = self._paragraph(data, f"/turns/{number}/paragraphs/0") if offset is None else offset
            case ["paragraphs", index, *_]:
                offset = self._paragraph(data, f"/paragraphs/{index}")
            case [name, number, *_] if name in PLACED:
                offset = self._at(data, name, number)
            case ["title" | "date" | "published" | "venue" | "source" as name]:
                offset = self._at(data, "fields_at", name)
            case _:
                offset = None
        return "" if offset is None else self.row(offset)

    def row(self, offset: int) -> str:
        """`path:row` of an offset in the source."""
        return f"{self._path}:{self._source.line_at(offset) + 1}"

    def _at(self, data: Any, name: str, key: str) -> int | None:
        """The offset that a turn, a gap, a participant or the place of a field gives, where that can be one."""
        try:
            start = (data[name][key] if name == "fields_at" else data[name][int(key)]["at"])["start"]
        except (LookupError, TypeError, ValueError):
            return None
        return start if type(start) is int and 0 <= start < len(self._source.text) else None

    def _paragraph(self, data: object, pointer: str) -> int | None:
        """Where a paragraph stood in the source. Those before it are found first, for words are said twice."""
        end = 0
        for place, text in _paragraphs(data):
            start = self._flat.find(text + "\n", end)
            if place == pointer:
                return None if start < 0 else self._home(start)
            if start >= 0:
                end = start + len(text) + 1
        return None

    def _home(self, flat: int) -> int:
        block = self._blocks[bisect_right(self._starts, flat) - 1]
        span = Span(block.start, block.end)
        for step in self._steps:
            span = step.span(span)
        return span.start


class Joined:
    """The pages that a joined briefing was read from. Its spans count through their sources, one behind the other."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def of(self, data: object, pointer: str) -> str:
        """`path:row` of what a JSON Pointer leads to; empty where that comes from no one place of a page."""
        place: tuple[str, ...]
        match parts(pointer):
            case ["turns", number, "paragraphs" | "paragraphs_at", index, *_]:
                place = ("turns", number, "paragraphs_at", index)
            case ["paragraphs" | "paragraphs_at", index, *_]:
                place = ("paragraphs_at", index)
            case [name, number, *_] if name in PLACED or name == "turns":
                place = (name, number, "at")
            case ["title" | "date" | "published" | "venue" | "source" as name]:
                place = ("fields_at", name)
            case _:
                return ""
        try:
            value: Any = data
            for step in place:
                value = value[int(step) if isinstance(value, list) else step]
            start = value["start"]
            value = data
            part = max((one for one in value["parts"] if one["start"] <= start), key=lambda one: one["start"])
            origin = _page(self._run, part["id"])
        except (LookupError, TypeError, ValueError):
            return ""
        return origin.row(start - part["start"]) if origin else ""


def of(path: str) -> Origin | Joined | None:
    """The origin of `RUN/briefings/NAME.json` or `RUN/joined/NAME.json`; None for a file elsewhere, or where text and
    ledger do not fit."""
    found = run_of(path)
    if found is None:
        return None
    run, name = found
    is_joined = Path(os.path.abspath(path)).is_relative_to(os.path.abspath(run.folder / JOINED))  # noqa: PTH100
    return Joined(run) if is_joined else _page(run, name)


def _page(run: Run, name: str) -> Origin | None:
    try:
        kept = run.kept(name)
        source = run.source(kept)
        journal = ledger.filled(kept.ledger, source)
    except (OSError, ValueError, CleankitError):
        return None
    return Origin(str(run.original(journal) or journal.id), source, kept.text, journal)


def _paragraphs(data: Any) -> Iterator[tuple[str, str]]:
    """The paragraphs of a briefing with their pointers, in order; what is none is passed over."""
    turns = data.get("turns") if isinstance(data, dict) else None
    for number, turn in enumerate(turns if isinstance(turns, list) else ()):
        if isinstance(turn, dict):
            yield from _texts(turn.get("paragraphs"), f"/turns/{number}/paragraphs")
    if isinstance(data, dict):
        yield from _texts(data.get("paragraphs"), "/paragraphs")


def _texts(value: object, at: str) -> Iterator[tuple[str, str]]:
    for index, text in enumerate(value if isinstance(value, list) else ()):
        if isinstance(text, str) and text:
            yield f"{at}/{index}", text
