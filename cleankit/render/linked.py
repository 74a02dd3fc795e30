"""What belongs together in runs, for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cleankit.render.lines import visible
from cleankit.render.tables import count

if TYPE_CHECKING:
    from cleankit.engines.linking import Linked


def lines(found: Linked) -> Iterator[str]:
    """A line for each briefing that was joined, for each pair that was linked, and one in the end."""
    for one in found.joined:
        named = ", ".join(map(str, one.missing))
        lost = f"; missing: page {named}" if len(one.missing) == 1 else f"; missing: pages {named}" if named else ""
        yield f"{visible(one.path)}: {count(len(one.ids), 'page')} joined: {visible(', '.join(one.ids))}{lost}"
    for pair in found.mirrored:
        both = [(len(pair.link.turns), "turn"), (len(pair.link.paragraphs), "paragraph")]
        shared = " and ".join(count(number, name) for number, name in both if number)
        whole = f"{shared}, {pair.link.shared:.0%} of the shorter one"
        yield f"{visible(pair.path)}: of the same event as {visible(pair.other)}: {whole}"
    for paths in found.unordered:
        named = visible(", ".join(paths))
        yield f"{named}: look like pages of one briefing, but nothing tells their order; name them NAME_1, NAME_2, …"
    joined, linked = count(len(found.joined), "briefing"), count(len(found.mirrored), "pair")
    yield f"{count(found.looked, 'briefing')} looked at; {joined} joined, {linked} of one event"
