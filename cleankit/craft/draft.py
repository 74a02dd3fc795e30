"""New rules: an id to a file, lines of a page to what a rule about them would say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cleankit import corpus
from cleankit.contract import is_name
from cleankit.corpus import Source
from cleankit.craft.trial import alone, shortened
from cleankit.craft.writing import Draft, begun, pattern
from cleankit.errors import UsageError
from cleankit.page import Page
from cleankit.rules import builtin
from cleankit.rules.load import load_vocabulary, rule_of
from cleankit.rules.places import PACKS

_SPAN = re.compile(r"(.+):(\d+):(\d+)-(\d+)\Z", re.S)
_LINES = re.compile(r"(.+):(\d+)(?:-(\d+))?\Z", re.S)


class Place(NamedTuple):
    """What is to be cut: lines `first` to `last` of a file, from 1, or a stretch of the first from `start` to `end`."""

    path: str
    first: int
    last: int
    start: int = 0
    end: int = 0


def place(said: str) -> Place:
    """FILE:12, FILE:12-18 or FILE:12:5-30. Raises UsageError."""
    if found := _SPAN.match(said):
        cut = Place(found[1], int(found[2]), int(found[2]), int(found[3]), int(found[4]))
    elif found := _LINES.match(said):
        cut = Place(found[1], int(found[2]), int(found[3] or found[2]))
    else:
        raise UsageError(f"{said!r} names no lines; write FILE:12, FILE:12-18, or FILE:12:5-30 for a part of a line")
    if not 0 < cut.first <= cut.last or not (cut.start == cut.end == 0 or 0 < cut.start <= cut.end):
        raise UsageError(f"{said!r}: lines and columns count from 1, and the first comes before the last")
    return cut


def read(path: str, encoding: str | None) -> str:
    return corpus.read(Source(path, path), encoding).text


def cut(text: str, where: Place) -> str:
    """A rule file for what stands at a place of a page. Only its keep is missing. Raises UsageError."""
    page = Page(text)
    if where.last > len(page.lines):
        raise UsageError(f"{where.path}: has {len(page.lines)} lines, and not {where.last}")
    numbers = [number for number in range(where.first - 1, where.last) if page.line_text(number)]
    if not numbers:
        raise UsageError(f"{where.path}: there is nothing in line {where.first}; choose lines with text")
    drafts = _of_span(page, where) if where.start else _of_lines(page, numbers)
    for draft in drafts:
        rule = begun(draft)
        if _holds(rule):
            return rule
    raise UsageError(
        f"{where.path}: a pattern for {_said(page, numbers[0])!r} takes its neighbours too, which read the same; "
        "cut them with it, or cut less"
    )


def _of_lines(page: Page, numbers: list[int]) -> Iterator[Draft]:
    """One line is a line; several are a block, its first line the anchor and the others what it grows over."""
    first, last = numbers[0], numbers[-1]
    start, stop = page.lines[first].start, page.lines[last].stop
    before, after = _neighbours(page, first, last)
    example = before + page.text[start:stop] + after
    said = _said(page, first)
    for general in (True, False):
        patterns = {number: pattern(_content(page, number), general=general) for number in numbers}
        distinct = tuple(dict.fromkeys(patterns.values()))
        if len(numbers) == 1:
            yield Draft("line", distinct, (), said, example, before + after)
            continue
        # the block kind grows over no prose and no label: such a line has to be an anchor
        fixed = [n for n in numbers if n == first or page.is_prose(n) or page.line_text(n).endswith((":", "："))]
        anchors = tuple(dict.fromkeys(patterns[number] for number in fixed))
        members = tuple(dict.fromkeys(p for number, p in patterns.items() if p not in anchors))
        yield Draft("block", anchors, members, said, example, before + after)
        yield Draft("block", distinct, (), said, example, before + after)


def _of_span(page: Page, where: Place) -> Iterator[Draft]:
    number = where.first - 1
    line = page.lines[number]
    whole = page.folded[line.start : line.end].rstrip()
    if where.end > len(page.text[line.start : line.end]):
        length = line.end - line.start
        raise UsageError(f"{where.path}: line {where.first} has {length} characters, and not {where.end}")
    start, end = where.start - 1, min(where.end, len(whole))
    if not whole[start:end].strip():
        raise UsageError(f"{where.path}: there are only blanks in {where.start}-{where.end}; choose some text")
    if not whole[:start].strip() and end == len(whole):
        yield from _of_lines(page, [number])
        return
    before, after = _neighbours(page, number, number)
    text = page.text[line.start : line.stop]
    example, clean = before + text + after, before + text[:start] + text[end:] + after
    for general in (True, False):
        found = pattern(text[start:end], general=general)
        if not whole[:start].strip():
            found = f"^ *(?P<cut>{found})" if start else f"^(?P<cut>{found})"
        elif end == len(whole):
            found = f"(?P<cut>{found})$"
        yield Draft("span", (found,), (), shortened(text[start:end].strip()), example, clean)


def _neighbours(page: Page, first: int, last: int) -> tuple[str, str]:
    """The text from the nearest line above that is not blank to the cut, and from the cut to the nearest below."""
    count = len(page.lines)
    above = next((number for number in range(first - 1, -1, -1) if page.line_text(number)), first)
    below = next((number for number in range(last + 1, count) if page.line_text(number)), last)
    before = page.text[page.lines[above].start : page.lines[first].start]
    return before, page.text[page.lines[last].stop : page.lines[below].stop]


def _content(page: Page, number: int) -> str:
    """A line without the blanks around it, its inner ones as they are."""
    line = page.lines[number]
    folded = page.folded[line.start : line.end]
    start = line.start + len(folded) - len(folded.lstrip())
    return page.text[start : line.start + len(folded.rstrip())]


def _said(page: Page, number: int) -> str:
    return shortened(page.line_text(number))


def _holds(rule: str) -> bool:
    """Whether the rule loads and does what it shows, once it has a keep."""
    head, keep, _ = rule.rpartition("[[keep]]")
    filled = head + keep + '\nname = "-"\ntext = "-"\n'
    tried = rule_of(Path("own", "cut.toml"), filled, load_vocabulary(PACKS))
    return not any(fault.at[0] == "example" for fault in alone(tried))


def write(folder: str, rule: str, text: str) -> str:
    """A new rule in a folder of packs, under its id. Raises UsageError where there is one."""
    pack, _, name = rule.partition("/")
    if not (is_name(pack) and is_name(name)):
        raise UsageError(f"{rule!r} is no id of a rule; write PACK/NAME in kebab-case, such as own/print-bar")
    if any(known.id == rule for known in builtin()):
        raise UsageError(f"{rule} is a rule of cleankit itself; choose another name, and `ignore` that one if need be")
    return write_file(str(Path(folder, pack, name + ".toml")), text)


def write_file(path: str, text: str) -> str:
    """A new file; what is there is never written over. Raises UsageError, WriteError."""
    if Path(path).exists():
        raise UsageError(f"{path}: is there already; give another name, or remove it first")
    corpus.write_bytes(Path(path), text.encode())
    return path
