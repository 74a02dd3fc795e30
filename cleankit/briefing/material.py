"""What a briefing is read from: the paragraphs of a cleaned page, or of several, and the way to their source."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cleankit.briefing import blocks, flat, removed
from cleankit.briefing.blocks import Block
from cleankit.briefing.model import Gap, Part, Provenance
from cleankit.briefing.removed import Removed
from cleankit.edits import Homeward
from cleankit.model import Markup, Span
from cleankit.pipeline import Outcome
from cleankit.version import VERSION

Home = Callable[[Span], Span]


@dataclass(frozen=True, slots=True)
class Material:
    """`blocks` are spans of `text`, which is clean; `home` leads from there to `source`. `cuts` are the starts of
    blocks before which a page is missing."""

    blocks: Sequence[Block]
    text: str
    source: str
    home: Home
    told: Removed
    gaps: tuple[Gap, ...]
    provenance: Provenance
    parts: tuple[Part, ...] = ()
    cuts: frozenset[int] = frozenset()


def of(outcome: Outcome) -> Material:
    """What one cleaned page gives."""
    text, source = outcome.result.text, outcome.source.text
    read = flat.unrolled(blocks.read(text), text)
    told = removed.read(outcome.applied)
    if isinstance(markup := outcome.source.meta.get("markup"), Markup):
        removed.add_markup(told, markup, read[0].text if read else "")
    gaps = tuple(
        Gap(found.rule, found.message, found.at)
        for found in outcome.open
        if found.rule.startswith("gaps/") and isinstance(found.at, Span)
    )
    provenance = Provenance(outcome.source.id, sha256(source), sha256(text), VERSION)
    return Material(read, text, source, _way_home(outcome), told, gaps, provenance)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _way_home(outcome: Outcome) -> Home:
    """`outcome.home` for many spans: the way is worked out once."""
    steps = [Homeward(edits) for layer in reversed(outcome.layers) if (edits := layer.edits)]

    def home(span: Span) -> Span:
        for step in steps:
            span = step.span(span)
        return span

    return home
