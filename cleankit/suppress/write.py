"""Makes the files of what is left alone: an entry at the end of a sidecar, or a baseline of all there is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from cleankit import fingerprint
from cleankit.errors import UsageError
from cleankit.model import Span
from cleankit.selection import is_glob
from cleankit.suppress.entries import Entry, load, relative
from cleankit.suppress.matching import Noted, is_allowed
from cleankit.suppress.spares import BASELINE, SIDECAR, Spares
from cleankit.toml import TomlError, parse, written

if TYPE_CHECKING:
    from cleankit.model import Finding
    from cleankit.pipeline import Outcome

EXCERPT = 60
SIDECAR_HEAD = """\
# What cleankit leaves alone, and why. `cleankit ignore FILE:LINE RULE --reason WHY` adds an entry; any may be edited or
# taken out by hand, but for `line`, the hash of the words where it was found.
"""
BASELINE_HEAD = """\
# What cleankit found when this was written, and leaves alone since. `cleankit check --write-baseline` writes it anew.
"""
REASON = "was there before"


def appended(text: str, entries: Sequence[Entry], name: str = SIDECAR) -> str:
    """The text of a sidecar with entries behind those it has; all that people wrote there stays as it is.

    Raises UsageError, with the name of the file, where they stand in one list, behind which no more can be written.
    """
    line_end = "\r\n" if "\r\n" in text else "\n"
    text = text if not text or text.endswith("\n") else text + line_end
    blocks = "".join(f"\n[[ignore]]\n{_pairs(entry)}\n" for entry in entries)
    whole = (text or SIDECAR_HEAD) + blocks.replace("\n", line_end)
    try:
        parse(whole.removeprefix("\ufeff"))
    except TomlError as error:
        problem = "ignore = [...] is a list to which nothing can be added; write its items as [[ignore]]"
        raise UsageError(f"{name}: {problem}") from error
    return whole


def excerpt(finding: Finding, text: str) -> str:
    """What was found in a few words, for people who read the entry."""
    if not isinstance(finding.at, Span):
        return ""
    found = text[finding.at.start : finding.at.end]
    if not found.strip():
        span = fingerprint.window(finding, text).span
        found = text[span.start : span.end]
    words = " ".join("".join(c if c.isprintable() else " " for c in found[: 4 * EXCERPT]).split())
    return words if len(words) <= EXCERPT else words[: EXCERPT - 1].rstrip() + "…"


def path_of(path: str, folder: str) -> str:
    """How an entry names a document. What no entry can hold becomes `?`: bytes that are no text, and backslashes."""
    name = relative(path, folder)
    if not any(map(_is_unwritable, name)):
        return name
    return "".join("?" if _is_unwritable(char) else f"\\{char}" if char in "*?[" else char for char in name)


def _is_unwritable(char: str) -> bool:
    return char == "\\" or "\ud800" <= char <= "\udfff"


def baselines(
    looked_at: Iterable[tuple[Spares, Outcome]], wanted: Callable[[str], bool] = lambda _: True
) -> dict[str, str]:
    """The text of each baseline file, by its path, after a run in which everything was left alone.

    `looked_at` are the documents, each with the `Spares.of_everything` that it was looked at with. What people let be
    is not noted. Entries for rules that are not `wanted`, and for files that were not looked at and are still there,
    stay. A document belongs to its nearest baseline, or to a new one in the working folder; raises UsageError where it
    lies elsewhere.
    """
    counts: dict[str, dict[tuple[str, str, str], int]] = {}
    excerpts: dict[tuple[str, str, str, str], str] = {}
    seen: dict[str, set[str]] = {}
    for spares, outcome in looked_at:
        target = spares.baseline or _new_baseline(spares.path)
        folder = os.path.dirname(os.path.abspath(target))
        name = path_of(spares.path, folder)
        seen.setdefault(target, set()).add(name)
        found = counts.setdefault(target, {})
        for line, finding in _left_by_nobody(spares, outcome):
            key = name, finding.rule, line
            found[key] = found.get(key, 0) + 1
            excerpts.setdefault((target, *key), excerpt(finding, outcome.source.text))
    return {
        target: _text_of(
            [
                *(_entry(*key, count, excerpts[(target, *key)]) for key, count in counts[target].items()),
                *_staying(target, names, wanted),
            ]
        )
        for target, names in sorted(seen.items())
    }


def _left_by_nobody(spares: Spares, outcome: Outcome) -> Iterable[tuple[str, Finding]]:
    text = outcome.source.text
    noted = Noted(spares.holding(), text)
    for finding in outcome.spared:
        if not (spares.words and is_allowed(finding, text, spares.words)) and not noted.take(finding):
            yield fingerprint.line(finding, text), finding


def _new_baseline(path: str) -> str:
    if path == "-":
        raise UsageError("--write-baseline: standard input has no path to note; give files, or --stdin-filename")
    if relative(path, os.getcwd()).startswith(("../", "/")):
        raise UsageError(f"--write-baseline: {path} lies outside this folder; run it in a folder above the texts")
    return BASELINE


def _staying(target: str, seen: set[str], wanted: Callable[[str], bool]) -> Iterable[Entry]:
    if not os.path.exists(target):
        return
    book = load(target)
    for entry in book.entries:
        if entry.path in seen:
            stays = not wanted(entry.rule)
        else:
            stays = not entry.path or is_glob(entry.path) or os.path.exists(os.path.join(book.folder, entry.path))
        if stays:
            yield entry


def _entry(path: str, rule: str, line: str, count: int, words: str) -> Entry:
    return Entry(rule, line, REASON, path, None, count, words)


def _text_of(entries: Iterable[Entry]) -> str:
    # an entry a line: what was found in two branches merges, and a difference shows what came and went
    rows = sorted((entry.path, entry.rule, entry.line, f"  {{ {_pairs(entry, ', ')} }},\n") for entry in entries)
    return f"{BASELINE_HEAD}ignore = [\n{''.join(row[-1] for row in rows)}]\n"


def _pairs(entry: Entry, between: str = "\n") -> str:
    said = {
        "rule": written(entry.rule),
        "path": written(entry.path) if entry.path else "",
        "line": written(entry.line),
        "count": str(entry.count) if entry.count else "",
        "reason": written(entry.reason),
        "expires": entry.expires.isoformat() if entry.expires else "",
        "excerpt": written(entry.excerpt) if entry.excerpt else "",
    }
    return between.join(f"{key} = {value}" for key, value in said.items() if value)
