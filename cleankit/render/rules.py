"""Rules for people: as a list, as a page with their examples as diffs, and what a trial has against them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cleankit.craft.catalog import Entry
from cleankit.craft.trial import Objection
from cleankit.render.diff import unified
from cleankit.render.lines import visible
from cleankit.rules import Case


def as_json(entries: Iterable[Entry]) -> str:
    return json.dumps([_record(entry) for entry in entries], ensure_ascii=False, indent=2)


def _record(entry: Entry) -> dict[str, Any]:
    about = entry.about
    return {
        "rule": about.rule,
        "level": str(about.level),
        "kind": entry.kind,
        "languages": list(entry.languages),
        "profile": entry.profile,
        "summary": about.summary,
        "why": about.why,
        "path": entry.path,
    }


def page(entry: Entry) -> Iterator[str]:
    """One rule, for a terminal."""
    about = entry.about
    yield f"{about.rule}  ({about.level}, {entry.kind})"
    yield ""
    yield about.summary
    yield about.why
    if entry.languages:
        yield f"Languages: {', '.join(entry.languages)}"
    if entry.profile:
        yield f"Only with --profile {entry.profile}"
    for case in entry.examples:
        yield ""
        yield f"Example: {case.name}".removesuffix(": ")
        yield from ("    " + line for line in _diff(case))
    if entry.keeps:
        yield ""
        yield "Left alone:"
        yield from (f"  - {case.name}" for case in entry.keeps)
    yield ""
    yield f"File: {entry.path}"


def chapter(pack: str, entries: Iterable[Entry], root: Path) -> str:
    """The documentation of a pack in Markdown. Files are named from `root`, the folder two above the page."""
    parts = [f"# {pack}", "Made by `make reports` from the rules themselves. [All packs](../rules.md)"]
    for entry in entries:
        about, source = entry.about, Path(entry.path).relative_to(root).as_posix()
        traits = [f"**{about.level}**", entry.kind]
        if entry.languages:
            traits.append(f"languages: {', '.join(entry.languages)}")
        if entry.profile:
            traits.append(f"only with `--profile {entry.profile}`")
        parts.append(f"## {about.rule}\n\n{about.summary}\n{about.why}")
        parts.append(f"{' · '.join(traits)} · [{Path(source).name}](../../{source})")
        parts += ((f"{case.name}:\n\n" if case.name else "") + _fenced(case) for case in entry.examples)
        if entry.keeps:
            parts.append("Left alone: " + "; ".join(_plain(case.name) for case in entry.keeps) + ".")
    return "\n\n".join(parts) + "\n"


def objections(found: Iterable[Objection]) -> Iterator[str]:
    """`file:line: rule: problem`, for editors too."""
    for one in found:
        yield f"{visible(one.path)}:{one.line}: {one.rule}: {'hint: ' * one.is_hint}{visible(one.problem)}"


def _diff(case: Case) -> Iterator[str]:
    """An example as a diff, or its text where nothing is changed; what nobody could see is spelt out."""
    if case.text == case.clean:
        yield from map(_spelt, case.text.removesuffix("\n").split("\n"))
        return
    for line in list(unified(case.text, case.clean, "", ""))[2:]:  # without the names of files
        if line[:2] != "@@":
            yield _spelt(line)


def _spelt(line: str) -> str:
    return visible(line).replace("\\xa0", "\u237d")


def _fenced(case: Case) -> str:
    text = "\n".join(_diff(case))
    fence = "````" if "```" in text else "```"
    return f"{fence}{'diff' if case.text != case.clean else 'text'}\n{text}\n{fence}"


def _plain(name: str) -> str:
    return name.replace("|", "\\|").replace("<", "&lt;").replace("`", "\\`")
