"""Which units of a page are none of its text: the model's word, bounded by what a page of text looks like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleankit.filters.boilerplate.around import HEADLINE_ALIKE, alike
from cleankit.filters.boilerplate.units import DATE, Unit
from cleankit.lazy import expression

# A unit of that many words that the model is sure of may begin or end the text.
SURE, SURE_SIZE = 0.5, 9
# The head of an article: from the headline, or from this many units before its first paragraph.
HEADLINE_REACH, HEAD = 15, 4
# Times and dates stand under a text as well: the end of a briefing.
TAIL = 2
# Label after label is a transcript or an interview, which begins and ends with labels and short answers.
LABELS, LABELS_NEAR, LABEL_REACH = 4, 12, 3
_LABEL = expression(r"[^\s:：,.][^:：.!?]{0,40}[:：](?:\s|$)|(?:Q|A)\b[.: ]")


class Bounds(NamedTuple):
    """How little the model must think of a unit before it goes, and what stays all the same."""

    outside: float  # before and behind the text
    inside: float  # between its first paragraph and its last
    least: int  # of units beside one another
    keeps_head: bool  # headline, byline, date, and what stands between them and the text
    keeps_lists: bool  # prose, labels and what stands under a colon, inside the text


def dropped(row: Sequence[Unit], body: Sequence[float], bounds: Bounds) -> list[int]:
    """The units that go, by number; none where there is no text to be seen that they could stand around."""
    sure = [i for i, unit in enumerate(row) if body[i] > SURE and unit.size >= SURE_SIZE]
    if not sure:
        return []
    labels = {i for i, unit in enumerate(row) if _LABEL.match(unit.text)}
    first, last = (sure[0], sure[-1])
    near = range(first - LABELS_NEAR, last + LABELS_NEAR + 1)
    if bounds.keeps_head and sum(i in near for i in labels) >= LABELS:
        first, last = _reached(first, -1, labels), _reached(last, 1, labels)
    head = _head(row, first) if bounds.keeps_head else first
    go = []
    for i, unit in enumerate(row):
        if first <= i <= last:
            is_kept = bounds.keeps_lists and (unit.is_prose or unit.text[-1] in ":：" or i in labels)
            gone = body[i] < bounds.inside and not is_kept
        elif head <= i < first or (bounds.keeps_head and last < i <= last + TAIL and DATE.search(unit.text)):
            gone = False
        else:
            gone = body[i] < bounds.outside
        if gone:
            go.append(i)
    return _in_company(go, bounds.least)


def _reached(end: int, step: int, labels: set[int]) -> int:
    """The end of a transcript: on from its last paragraph while another label is near."""
    while near := [end + step * n for n in range(1, LABEL_REACH + 1) if end + step * n in labels]:
        end = near[-1]
    return end


def _head(row: Sequence[Unit], first: int) -> int:
    """Where the head of the text begins: at the headline, which repeats the page's title."""
    near = range(max(0, first - HEADLINE_REACH), first)
    likeness = alike(row)
    head = next((i for i in reversed(near) if i and likeness[i] >= HEADLINE_ALIKE), max(0, first - HEAD))
    # `Speakers:`, `Date:`: what they announce stands under them
    return min((i for i in near if row[i].text[-1] in ":："), default=head, key=lambda i: min(i, head))


def _in_company(go: list[int], least: int) -> list[int]:
    """Those that do not go alone: chrome comes in rows, a stray line of a text does not."""
    runs: list[list[int]] = []
    for i in go:
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return [i for run in runs if len(run) >= least for i in run]
