"""A site's line between who speaks and what is said: always the same (`Link to this speech`), or the minute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cleankit.briefing import dates, transcript
from cleankit.briefing.blocks import Block

# How often such a line comes back, and how long it is.
LEAST, LONGEST = 4, 90


def without(found: Sequence[Block]) -> list[Block]:
    """The blocks without such lines."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, block in enumerate(found[:-1]):
        # teasers have their days there
        if i and len(block.text) <= LONGEST and not dates.first(block.text):
            places[block.text].append(i)
    links: set[int] = set()
    for numbers in places.values():
        above = [found[i - 1] for i in numbers]
        names_stand_above = not any(_is_said(one) or len(one.text) > LONGEST for one in above)
        is_varied = len(numbers) >= LEAST and len({one.text for one in above}) > 1
        if is_varied and names_stand_above and all(_is_said(found[i + 1]) for i in numbers):
            links.update(numbers)
    links |= _minutes(found)
    return [block for i, block in enumerate(found) if i not in links]


def _minutes(found: Sequence[Block]) -> set[int]:
    """The lines of a live page that tell the minute of what is said, from the first that stands below a label."""
    told = [i for i, block in enumerate(found) if dates.is_stamp(block.text) or dates.is_clock(block.text)]
    below = [i for i in told if i and found[i - 1].text.endswith((":", "："))]
    return {i for i in told if i >= below[0] - 1} if len(below) >= LEAST else set()


def _is_said(block: Block) -> bool:
    return block.prose or transcript.is_speech(block.text)
