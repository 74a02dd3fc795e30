"""Joins pages of a run that are parts of one briefing, and links briefings of one event, in one run or several."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from cleankit import corpus
from cleankit.briefing import consistency, groups, jsontext, material, mirrors, validate
from cleankit.briefing.groups import Group, Unordered
from cleankit.briefing.join import Sheet, join
from cleankit.briefing.material import Material
from cleankit.briefing.mirrors import Sketch
from cleankit.briefing.model import Gap, SameEvent, same_event
from cleankit.engines.folder import Run
from cleankit.engines.job import Failure, json_bytes, told
from cleankit.engines.places import BRIEFINGS, JOINED
from cleankit.errors import CleankitError, ReadError, UsageError
from cleankit.model import Span


class Joined(NamedTuple):
    """A briefing that was joined: its file, the ids of its pages, the numbers of those that are missing."""

    path: str
    ids: tuple[str, ...]
    missing: tuple[int, ...]


class Mirrored(NamedTuple):
    """Two briefings of one event: their files, and the link from the first to the second."""

    path: str
    other: str
    link: SameEvent


class Linked(NamedTuple):
    """What was found in the runs. `unordered` are pages that belong together in an order that nothing tells."""

    looked: int
    joined: tuple[Joined, ...]
    mirrored: tuple[Mirrored, ...]
    unordered: tuple[tuple[str, ...], ...]
    failures: tuple[Failure, ...]


def link(runs: Sequence[str], *, write: bool = True) -> Linked:
    """Look through the briefings of runs. With `write`, joined ones go to RUN/joined, and links into all of them.

    What an earlier call found is found anew. Raises UsageError for a folder that is no run.
    """
    folders = [_run(run) for run in dict.fromkeys(runs)]
    failures: list[Failure] = []
    joined: list[Joined] = []
    unordered: list[tuple[str, ...]] = []
    changes: dict[Path, dict[str, Any]] = {}
    whole: list[tuple[Path, Sketch]] = []
    fresh: dict[Path, dict[str, Any]] = {}
    looked = 0
    for run in folders:
        found: dict[str, tuple[Path, Sketch]] = {}
        for path in sorted((run / BRIEFINGS).rglob("*.json")):
            try:
                data = _read(path)
            except CleankitError as error:
                failures.append(told(str(path), error))
                continue
            record = groups.record(data)
            found[record.id] = path, mirrors.sketch(record, data)
        looked += len(found)
        for one in groups.group(sketch.record for _, sketch in found.values()):
            if isinstance(one, Unordered):
                unordered.append(tuple(str(found[name][0]) for name in one.ids))
                continue
            try:
                made, data = _joined(run, one, {name: found[name][0] for _, name in one.pages})
            except CleankitError as error:
                failures.append(told(str(found[one.pages[0][1]][0]), error))
                continue
            joined.append(made)
            path = Path(made.path)
            fresh[path] = data
            whole.append((path, mirrors.sketch(groups.record(data), data)))
            for _, name in one.pages:
                changes[found.pop(name)[0]] = {"part_of": data["provenance"]["id"], "same_event_as": []}
        whole += found.values()
    mirrored = list(_mirrored(whole, fresh, changes))
    if write:
        failures += _written(folders, fresh, changes)
    return Linked(looked, tuple(joined), tuple(mirrored), tuple(unordered), tuple(sorted(failures)))


def _run(run: str) -> Path:
    folder = Path(run)
    if not (folder / BRIEFINGS).is_dir():
        raise UsageError(f"{run}: holds no {BRIEFINGS}; give a folder that `cleankit clean -o` has written them into")
    return folder


def _read(path: Path) -> dict[str, Any]:
    """A briefing of a run. Raises ReadError where the file holds none."""
    try:
        data = jsontext.read(jsontext.decode(corpus.read_bytes(str(path))))
    except jsontext.JsonProblem as error:
        raise ReadError(path, error.problem) from error
    # whether its values agree with one another is not asked here
    wrong = next((one for one in validate.validate(data) if one.rule not in consistency.SUMMARIES), None)
    if wrong:
        raise ReadError(path, f"is no briefing: {wrong.message}; clean its page again, or see `cleankit validate`")
    assert isinstance(data, dict)
    return data


def _joined(run: Path, group: Group, paths: dict[str, Path]) -> tuple[Joined, dict[str, Any]]:
    sheets = [Sheet(number, _material(run, name, _read(paths[name]))) for number, name in group.pages]
    data = join(sheets, group.total).to_dict()
    numbers = {number for number, _ in group.pages}
    missing = tuple(number for number in range(1, group.total + 1) if number not in numbers)
    path = corpus.place(run / JOINED, group.pages[0][1], ".json")
    return Joined(str(path), tuple(name for _, name in group.pages), missing), data


def _material(run: Path, name: str, data: dict[str, Any]) -> Material:
    """A page of a run as it was when its briefing was read. Raises CleankitError where text and ledger do not fit."""
    folder = Run(run)
    kept = folder.kept(name)
    given = material.of(folder.outcome(kept, folder.source(kept)))
    gaps = tuple(Gap(gap["rule"], gap["message"], Span(**gap["at"])) for gap in data["gaps"])
    return replace(given, gaps=gaps)


def _mirrored(
    whole: Sequence[tuple[Path, Sketch]], fresh: dict[Path, dict[str, Any]], changes: dict[Path, dict[str, Any]]
) -> Iterator[Mirrored]:
    """Pairs of one event; the links of each briefing go into `changes`, the surest first."""
    links: dict[Path, list[SameEvent]] = {path: [] for path, _ in whole}
    for a, b in mirrors.pairs([sketch for _, sketch in whole]):
        (path, one), (other, two) = whole[a], whole[b]
        titled = bool(one.record.title) and one.record.title == two.record.title
        titled = titled and not one.record.days.isdisjoint(two.record.days)
        found = mirrors.compare(fresh.get(path) or _read(path), fresh.get(other) or _read(other), titled=titled)
        if found:
            links[path].append(found[0])
            links[other].append(found[1])
            yield Mirrored(str(path), str(other), found[0])
    for path, events in links.items():
        events.sort(key=lambda event: (-event.shared, event.id, event.source_sha256))
        changes[path] = {"part_of": None, "same_event_as": list(map(same_event, events))}


def _written(
    folders: Sequence[Path], fresh: dict[Path, dict[str, Any]], changes: dict[Path, dict[str, Any]]
) -> Iterator[Failure]:
    for path, change in sorted(changes.items()):
        try:
            old = fresh.get(path) or json.loads(path.read_bytes())
            if path in fresh or any(old[name] != value for name, value in change.items()):
                corpus.write_bytes(path, json_bytes(old | change), durable=False)
        except (CleankitError, OSError) as error:
            yield told(str(path), error)
    for run in folders:
        for path in (run / JOINED).rglob("*.json"):
            if path not in fresh:
                path.unlink(missing_ok=True)
