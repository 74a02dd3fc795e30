"""The rule files that a person is to read: what was learned of a site, with the evidence beside each line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from cleankit.craft.writing import literal, quoted
from cleankit.learn.judge import Frame, Proposed
from cleankit.learn.lines import is_long, pattern

NAMES = (ABOVE, BELOW, NOTICES) = ("above", "below", "notices")

# A line that stands alone, or with a few others, stays, though it reads like the frame: a text has lists too. Where the
# frame has lines enough it takes more of them: `China`, `India`, `Japan` in a row are as often those who took part.
FEW, MANY = 3, 5
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
    """The rule files for a site: what stands above its texts, what below, and the notices around them.

    `stays` says of a text whether the rules that there are leave it alone, for a near miss that must stay.
    """
    # as one reads them on the page
    for name, lines in ((ABOVE, frame.above), (BELOW, frame.below[::-1])):
        if (block := _block(site, name, lines, stays)) is not None:
            yield Proposal(pack, name, block, len(lines))
    if frame.notices:
        yield Proposal(pack, NOTICES, _notices(site, frame.notices, stays), len(frame.notices))


def _block(site: Site, name: str, lines: Sequence[Proposed], stays: Callable[[str], bool]) -> str | None:
    members = [line for line in lines if _may_be_headline(line.form)]
    anchors = [line for line in lines if not _may_be_headline(line.form)]
    together = MANY if len(anchors) >= 2 * MANY else FEW
    if len(anchors) < MIN_ANCHORS or len(lines) < together:
        return None
    edge, place = ("top", "head") if name == ABOVE else ("bottom", "tail")
    shown = "".join(f"{line.form}\n" for line in _shown(anchors, members))
    example, clean = (shown + _BEFORE, _BEFORE) if name == ABOVE else (_BEFORE + shown, _BEFORE)
    keep = _keep((_alone(name, line.form) for line in anchors), stays)
    return f"""\
{_origin(site, f"Lines {name} the texts")}
# Behind each: on how many pages it stands there, and in which rows from the {edge}; blank ones do not count.
# Read them through and take out what a text of this site could have. Then make the level "safe".
kind    = "block"
level   = "suggested"
summary = {quoted(f"The frame of {site.name} {name} its texts.")}
why     = {quoted(f"They stand {name} what is each page's own, on {site.least} or more of {site.pages:,} pages.")}

[match]
any_of = [
{_rows(anchors)}]
{_members(members)}at          = "{place}"
grow        = "between"
not_after   = ['.*[:：]']
min_anchors = {MIN_ANCHORS}
min_lines   = {together}  # fewer side by side are left alone

[[example]]
name  = "some of them"
text  = {quoted(example)}
clean = {quoted(clean)}

[[keep]]
name = "one of them alone"
text = {quoted(keep)}
"""


def _notices(site: Site, lines: Sequence[Proposed], stays: Callable[[str], bool]) -> str:
    shown = lines[0].form
    keep = _keep((f"{line.form} {_AFTER}" for line in lines), stays)
    return f"""\
{_origin(site, "Sentences around the texts")}
# Behind each: on how many pages it stands there. Each goes wherever it stands, so read them with care: take out what a
# text of this site could say, and the first words of other pages. Then make the level "safe".
kind    = "line"
level   = "suggested"
summary = {quoted(f"The notices of {site.name} around its texts.")}
why     = {quoted(f"They stand far from what is each page's own, on half of {site.pages:,} pages or more.")}

[match]
any_of = [
{_rows(lines)}]

[[example]]
name  = "one of them"
text  = {quoted(f"{_BEFORE}{shown}{chr(10)}{_AFTER}")}
clean = {quoted(_BEFORE + _AFTER)}

[[keep]]
name = "a paragraph that goes on"
text = {quoted(keep)}
"""


def _keep(texts: Iterable[str], stays: Callable[[str], bool]) -> str:
    return next(filter(stays, texts), _BEFORE + _AFTER)


def _origin(site: Site, what: str) -> str:
    return f"# {what} of {site.name}, from {site.pages:,} pages; {site.judged:,} of them have a text of their own."


def _may_be_headline(form: str) -> bool:
    """Whether a line may be a link to another page, whose title it is there."""
    return is_long(form) and not form.endswith((".", "。"))


def _shown(anchors: Sequence[Proposed], members: Sequence[Proposed]) -> Sequence[Proposed]:
    if len(anchors) >= FEW:
        return anchors[:SHOWN]
    return [anchors[0], *members[:1], *anchors[1:]]


def _alone(name: str, form: str) -> str:
    return f"{form}\n{_AFTER}" if name == ABOVE else f"{_BEFORE}{form}\n"


def _members(lines: Sequence[Proposed]) -> str:
    if not lines:
        return ""
    return (
        f"# As long as headlines: they go where they stand between two of those above.\nmembers = [\n{_rows(lines)}]\n"
    )


def _rows(lines: Iterable[Proposed]) -> str:
    return "".join(f"  {literal(pattern(line.form)) + ',':<{WIDTH}}  # {_evidence(line)}\n" for line in lines)


def _evidence(line: Proposed) -> str:
    side = line.side
    rows = f"row {side.first}" if side.first == side.last else f"rows {side.first}-{side.last}"
    return f"{side.pages:,} pages, {rows}"
