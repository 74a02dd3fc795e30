"""Reports and lists as plain tables, the same on a terminal and in a log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from cleankit.model import About

if TYPE_CHECKING:
    from cleankit.report import Report, Tally


def report(total: Report, levels: dict[str, str]) -> Iterator[str]:
    """What a run did: a line in words, then a row for each pack or filter and, below it, for each of its rules."""
    from cleankit.report import Tally

    unchanged = total.docs - total.failed - total.quarantined - total.changed
    aside = f"{total.quarantined} in quarantine, " if total.quarantined else ""
    yield (
        f"{count(total.docs, 'document')}: {total.changed} cleaned, {unchanged} unchanged, "
        f"{aside}{total.failed} failed; {total.removed:,} of {total.chars:,} characters taken out"
    )
    if not total.rules:
        return
    rows = [("rule", "level", "documents", "edits", "left open", "characters")]
    packs: dict[str, Tally] = {}
    for rule, tally in total.rules.items():
        packs[_pack(rule)] = packs.get(_pack(rule), Tally()) + tally
    for pack, whole in sorted(packs.items()):
        rows.append((pack, "", "", *_figures(whole)))
        for rule, tally in sorted(total.rules.items()):
            if _pack(rule) == pack:
                rows.append(("  " + rule, levels.get(rule, ""), f"{tally.docs:,}", *_figures(tally)))
    yield ""
    yield from columns(rows, right=(2, 3, 4, 5))


def rules(entries: Iterable[About]) -> Iterator[str]:
    """The list of rules: id, level, summary."""
    yield from columns([(about.rule, str(about.level), about.summary) for about in entries])


def columns(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> Iterator[str]:
    """Rows with their cells padded to columns; those in `right` end at one edge."""
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.rjust(width) if i in right else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def _figures(tally: Tally) -> tuple[str, str, str]:
    return f"{tally.applied:,}", f"{tally.open:,}", f"{tally.removed:,}"


def _pack(rule: str) -> str:
    return rule.partition("/")[0]


def ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """What there is most of first; of the same number, by name."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def count(number: int, noun: str) -> str:
    """A number with its noun: `1 edit`, `2 edits`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
