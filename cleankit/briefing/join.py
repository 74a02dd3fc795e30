"""Several pages of one briefing read as one: set one behind the other, without what they repeat."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from cleankit.briefing import blocks, flat, material, overlap
from cleankit.briefing.blocks import Block
from cleankit.briefing.material import Home, Material
from cleankit.briefing.model import Briefing, Gap, Note, Pages, Part, Provenance
from cleankit.briefing.parse import LOST_OUTLET, MISSING_PAGE, read
from cleankit.briefing.removed import Removed
from cleankit.model import Span
from cleankit.pipeline import Outcome
from cleankit.version import VERSION

BETWEEN = "\n\n"  # between the texts of two pages


class Sheet(NamedTuple):
    """A page and its number, None where that is not known."""

    number: int | None
    material: Material


def in_order(outcomes: Sequence[Outcome]) -> Briefing:
    """The briefing of cleaned pages that somebody has put in order. Their pagers number them where all do."""
    pages = [material.of(outcome) for outcome in outcomes]
    numbers = [page.told.pages.number if page.told.pages else None for page in pages]
    told = [number for number in numbers if number]
    counted = len(told) == len(pages) and told == sorted(set(told))
    return join([Sheet(n if counted else i, page) for i, (n, page) in enumerate(zip(numbers, pages, strict=True), 1)])


def join(sheets: Sequence[Sheet], total: int | None = None) -> Briefing:
    """The briefing that the pages make, in the order given; `total` is how many there are to be.

    A page's head that only says again what the first one's does is left out, and so are paragraphs that stand on two
    pages. Spans count through the sources, one behind the other. Pages that are missing are gaps. Raises ValueError
    without a page.
    """
    if not sheets:
        raise ValueError("no page to join")
    pages = [sheet.material for sheet in sheets]
    total = total or max((page.told.pages.total or 0 for page in pages if page.told.pages), default=0) or None
    texts = _starts(page.text + BETWEEN for page in pages)
    sources = _starts(page.source for page in pages)
    text, source = BETWEEN.join(page.text for page in pages), "".join(page.source for page in pages)
    kept = overlap.trim(_by_page(text, texts))
    missing = _missing([sheet.number for sheet in sheets], total)
    gaps = [_shifted(gap, at) for page, at in zip(pages, sources, strict=True) for gap in page.gaps]
    gaps = [gap for gap in gaps if gap.rule != MISSING_PAGE]
    gaps += (_gap(numbers, total, [*sources, sum(len(page.source) for page in pages)][i]) for i, numbers in missing)
    first, clean = pages[0].provenance, "".join(page.text for page in pages)
    told = _told(pages, sources)
    if total:
        told.pages = Pages(sheets[0].number, total)
    briefing = read(
        Material(
            [block for page in kept for block in page],
            text,
            source,
            _home([page.home for page in pages], [len(page.text) for page in pages], texts, sources),
            told,
            tuple(gaps),
            Provenance(
                f"joined/{first.id}",
                material.sha256(source),
                material.sha256(clean),
                VERSION,
            ),
            tuple(
                Part(sheet.number, at, sheet.material.provenance.id, *_hashes(sheet.material.provenance))
                for sheet, at in zip(sheets, sources, strict=True)
            ),
            frozenset(kept[i][0].start for i, _ in missing if 0 < i < len(kept) and kept[i]),
        )
    )
    return replace(
        briefing,
        pages=Pages(None, total) if missing else None,
        gaps=tuple(gap for gap in briefing.gaps if _is_gap(gap, briefing, whole=not missing)),
    )


def _hashes(provenance: Provenance) -> tuple[str, str]:
    return provenance.source_sha256, provenance.text_sha256


def _starts(texts: Iterable[str]) -> list[int]:
    return [0, *accumulate(map(len, texts))][:-1]


def _by_page(text: str, starts: Sequence[int]) -> list[list[Block]]:
    """The blocks of each page, read together: whether a text was wrapped shows in many lines only."""
    pages: list[list[Block]] = [[] for _ in starts]
    for block in flat.unrolled(blocks.read(text), text):
        pages[bisect_right(starts, block.start) - 1].append(block)
    return pages


def _shifted(gap: Gap, by: int) -> Gap:
    return replace(gap, at=Span(gap.at.start + by, gap.at.end + by))


def _home(homes: Sequence[Home], lengths: Sequence[int], texts: Sequence[int], sources: Sequence[int]) -> Home:
    """From the texts, one behind the other, to the sources, one behind the other."""

    def one(page: int, start: int, end: int) -> Span:
        span = homes[page](Span(start - texts[page], end - texts[page]))
        return Span(span.start + sources[page], span.end + sources[page])

    def home(span: Span) -> Span:
        first = bisect_right(texts, span.start) - 1
        last = bisect_right(texts, max(span.start, span.end - 1)) - 1
        if first == last:
            return one(first, span.start, span.end)
        head = one(first, span.start, texts[first] + lengths[first])
        return Span(head.start, one(last, texts[last], span.end).end)

    return home


def _told(pages: Sequence[Material], sources: Sequence[int]) -> Removed:
    """What was taken out of all the pages; of what there can be only one of, the first page's."""
    told = Removed()
    for page, at in zip(pages, sources, strict=True):
        one = page.told
        told.credits += (name for name in one.credits if name not in told.credits)
        told.stamps += (stamp for stamp in one.stamps if stamp not in told.stamps)
        told.captions += _notes(one.captions, at, told.captions)
        told.disclaimers += _notes(one.disclaimers, at, told.disclaimers)
        told.title = told.title or one.title
        told.fields = one.fields | told.fields
    return told


def _notes(found: Sequence[Note], at: int, known: Sequence[Note]) -> list[Note]:
    said = {note.text for note in known}
    return [replace(one, at=Span(one.at.start + at, one.at.end + at)) for one in found if one.text not in said]


def _missing(numbers: Sequence[int | None], total: int | None) -> list[tuple[int, list[int]]]:
    """The pages that are not there, each stretch with the place in `numbers` that it would stand at."""
    if any(number is None for number in numbers):
        return []
    found: list[tuple[int, list[int]]] = []
    before = 0
    for i, number in enumerate([*numbers, (total or 0) + 1]):
        if number is not None and number > before + 1:
            found.append((i, list(range(before + 1, number))))
        before = max(before, number or 0)
    return found


def _gap(numbers: Sequence[int], total: int | None, at: int) -> Gap:
    named, of = [str(number) for number in numbers], f" of {total}" if total else ""
    one = len(named) == 1
    which = f"Page {named[0]}{of} is" if one else f"Pages {', '.join(named[:-1])} and {named[-1]}{of} are"
    return Gap(MISSING_PAGE, f"{which} missing.", Span(at, at))


def _is_gap(gap: Gap, briefing: Briefing, *, whole: bool) -> bool:
    """Whether something is still missing: not an outlet that stands on the page before, no page where all are there."""
    if gap.rule == MISSING_PAGE:
        return not whole
    found = any(turn.outlet and turn.at.start <= gap.at.start < turn.at.end for turn in briefing.turns)
    return gap.rule != LOST_OUTLET or not found
