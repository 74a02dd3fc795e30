"""What was learned of which sites, for people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cleankit.render.lines import visible
from cleankit.render.tables import count

if TYPE_CHECKING:
    from cleankit.engines.learning import Learned, Lesson


def report(lesson: Lesson, folder: str, least: int) -> Iterator[str]:
    """A line for each site and, below it, for each of its rule files; then the sites with too few pages."""
    for learned in lesson.sites:
        yield f"{visible(learned.site.name)}: {_pages(learned)}: {_outcome(learned)}"
        for proposal in learned.proposals:
            path = Path(folder, proposal.pack, f"{proposal.name}.toml")
            yield f"  {visible(str(path))}: {count(proposal.lines, 'line')}"
    if lesson.smaller:
        yield f"{count(lesson.smaller, 'site')} with fewer than {least} different pages: {_small(lesson)}"


def too_few(lesson: Lesson, least: int) -> str:
    """Why nothing could be learned at all, and what to do."""
    if not lesson.small:
        return "there is no page to learn from; give files or folders with *.txt files"
    return (
        f"what repeats shows on {least} different pages of one site or more, and there are too few: {_small(lesson)}; "
        "give more pages, or say --site NAME if all of these are of one site"
    )


def _small(lesson: Lesson) -> str:
    named = [f"{visible(group.name)} ({count(group.pages, 'page')}{_copies(group.copies)})" for group in lesson.small]
    return ", ".join(named) + (", …" if lesson.smaller > len(named) else "")


def _pages(learned: Learned) -> str:
    return f"{count(learned.site.pages, 'page')}{_copies(learned.copies)}"


def _copies(copies: int) -> str:
    return f" and {copies:,} of the same text, not counted" if copies else ""


def _outcome(learned: Learned) -> str:
    site, lines = learned.site, sum(proposal.lines for proposal in learned.proposals)
    if lines:
        return f"{count(lines, 'line')} around their texts, each on {site.least} pages or more"
    if site.judged < site.least:
        return f"only {site.judged} with paragraphs that no other has, so nothing tells a text from its frame"
    return "nothing repeats that only a frame has"
