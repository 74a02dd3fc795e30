"""The rule files that a person is to read: what was learned of a site, with the evidence beside each line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from cleankit.craft.writing import literal, quoted
from cleankit.learn.judge import LEAST, Frame, Proposed
from cleankit.learn.lines import is_long, pattern

# A line that stands alone in a text, or two side by side, stay there, though they read like the frame.
MIN_LINES = LEAST
MIN_ANCHORS = 2
SHOWN = 6  # lines of the example: enough to see what is meant
WIDTH = 48  # up to here patterns are padded, so that the evidence behind them is a column

# Invented; no rule has anything to say about them.
_BEFORE = "The council met on Monday and spoke for two hours about the bridge over the river.\n"
_AFTER = "The engineers were asked to count the lorries that cross it in a week.\n"


class Site(NamedTuple):
    """What a proposal tells of where it comes from."""

    name: str
    pages: int  # different ones
    judged: int  # those with a text of their own
    least: int  # on how many a line has to stand


class Proposal(NamedTuple):
    """One rule file: the pack and the name of the rule, its text, and how many lines it proposes."""

    pack: str
    name: str
    text: str
    lines: int


def proposals(pack: str, site: Site, frame: Frame, stays: Callable[[str], bool]) -> Iterator[Proposal]:
    """The rule files for a site, one for each side of its texts.

    `stays` says of a text whether the rules that there are leave it alone, for a near miss that must stay.
    """
    # as one reads them on the page
    for name, edge, lines in (("above", "top", frame.above), ("below", "bottom", frame.below[::-1])):
        members = [line for line in lines if _may_be_headline(line.form)]
        anchors = [line for line in lines if not _may_be_headline(line.form)]
        if len(anchors) >= MIN_ANCHORS and len(lines) >= MIN_LINES:
            text = _text(site, name, edge, anchors, members, stays)
            yield Proposal(pack, name, text, len(lines))


def _may_be_headline(form: str) -> bool:
    """Whether a line may be a link to another page, whose title it is there."""
    return is_long(form) and not form.endswith((".", "。"))


def _text(
    site: Site,
    name: str,
    edge: str,
    anchors: Sequence[Proposed],
    members: Sequence[Proposed],
    stays: Callable[[str], bool],
) -> str:
    shown = "".join(f"{line.form}\n" for line in _shown(anchors, members))
    example, clean = (shown + _AFTER, _AFTER) if name == "above" else (_BEFORE + shown, _BEFORE)
    alone = (f"{_BEFORE}{line.form}\n{_AFTER}" for line in anchors)
    keep = next(filter(stays, alone), _BEFORE + _AFTER)
    return f"""\
# Lines {name} the texts of {site.name}, learned from {site.pages} pages, {site.judged} of which have paragraphs of their own.
# Behind each line: on how many pages it stands there, and in which rows from the {edge} (blank ones do not count).
# Read it through and take out what a text of this site could have. Then make the level "safe".
kind    = "block"
level   = "suggested"
summary = {quoted(f"The frame of {site.name} {name} its texts.")}
why     = {quoted(f"These lines stand {name} the text on {site.least} pages or more of {site.pages}, and in no text.")}

[match]
any_of = [
{_rows(anchors)}]
{_block("members", members)}grow        = "between"
min_anchors = {MIN_ANCHORS}
min_lines   = {MIN_LINES}  # fewer side by side are left alone

[[example]]
name  = "some lines of it"
text  = {quoted(example)}
clean = {quoted(clean)}

[[keep]]
name = "a line like one of them that stands alone, between paragraphs"
text = {quoted(keep)}
"""


def _shown(anchors: Sequence[Proposed], members: Sequence[Proposed]) -> Sequence[Proposed]:
    if len(anchors) >= MIN_LINES:
        return anchors[:SHOWN]
    return [anchors[0], *members[:1], *anchors[1:]]


def _block(key: str, lines: Sequence[Proposed]) -> str:
    if not lines:
        return ""
    return f"# As long as headlines: they go only where they stand between two of those above.\n{key} = [\n{_rows(lines)}]\n"


def _rows(lines: Iterable[Proposed]) -> str:
    return "".join(f"  {literal(pattern(line.form)) + ',':<{WIDTH}}  # {_evidence(line)}\n" for line in lines)


def _evidence(line: Proposed) -> str:
    side = line.side
    rows = f"row {side.first}" if side.first == side.last else f"rows {side.first}-{side.last}"
    return f"{side.pages:,} pages, {rows}"
