"""What waits in a run and what was changed in it, for people and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cleankit.render.lines import visible
from cleankit.render.tables import columns, count, ranked

if TYPE_CHECKING:
    from cleankit.engines.reviewing import Review, Suggested, Waiting
    from cleankit.engines.revising import Revised, Revision

MOST = 3  # rules that are named of a page that waits, and places of a suggested edit
LONGEST = 40  # letters of an edit that are shown


def lines(found: Review, run: str) -> Iterator[str]:
    """Each page that waits with its reason, each rule with edits that were only suggested, and how to settle them."""
    for one in found.waiting:
        yield from _waiting(one)
    if found.suggested:
        yield "" if found.waiting else f"{run}: edits that were only suggested"
        yield from columns([_suggested(one) for one in found.suggested], right=(1,))
    if found.waiting or found.suggested:
        yield ""
    pages, edits = len(found.waiting), sum(len(one.places) for one in found.suggested)
    decided = f"; {count(len(found.decisions), 'decision')} made" if found.decisions else ""
    yield f"{count(pages, 'page')} in quarantine, {count(edits, 'suggested edit')} waiting{decided}"
    if pages:
        yield f"cleankit accept {run} NAME cleans a page as its .diff shows; cleankit reject {run} NAME leaves it"
    if edits:
        yield f"cleankit accept {run} --rule RULE, or --edit NAME:LINE, makes them; cleankit reject settles them"


def record(found: Review) -> dict[str, Any]:
    """The same as an object."""
    return {
        "waiting": [
            {
                "document": one.name,
                "path": one.path,
                "rule": one.rule,
                "message": one.message,
                "evidence": [list(pair) for pair in one.evidence],
                "words": one.words,
                "removed": one.going,
                "rules": dict(ranked(one.rules)),
                "difference": one.difference,
            }
            for one in found.waiting
        ],
        "suggested": [
            {"rule": one.rule, "edits": one.places, "old": one.old, "new": one.new} for one in found.suggested
        ],
        "decisions": [{name: str(value) for name, value in one._asdict().items() if value} for one in found.decisions],
    }


def changes(revision: Revision, run: str, *, verdict: str, dry_run: bool = False) -> Iterator[str]:
    """A line for each document that was changed, and one in the end."""
    taken_back = verdict != "accept"
    for one in revision.revised:
        yield f"{visible(one.path)}: {_change(one, taken_back=taken_back)}"
    done, edits = len(revision.revised), sum(one.rules.total() for one in revision.revised)
    verb = ("to be " if dry_run else "") + ("taken back" if taken_back else "made")
    settled = sum(one.settled for one in revision.revised)
    waited = f", {count(settled, 'page')} out of the quarantine" if settled else ""
    yield f"{count(done, 'document')}: {count(edits, 'edit')} {verb}{waited}"
    mixed = sum(one.mixed for one in revision.revised)
    if mixed:
        yield f"in {mixed} of them other rules have a part, so that a run without these edits may come out otherwise"
    if taken_back and edits and not dry_run:
        yield f"what is back stands as it was in the original; cleankit check {run}/text looks at it again"
    if revision.unlinked and not dry_run:
        yield f"briefings were joined or linked: cleankit link {run} does it again"


def _waiting(one: Waiting) -> Iterator[str]:
    share = f"{one.going / one.words:.0%}" if one.words else "none"
    proof = ", ".join(f"{name} {value}" for name, value in one.evidence)
    yield f"{visible(one.name)}: {one.rule}: {one.message.rstrip('.')} ({proof})"
    most = ", ".join(f"{rule} {number:,}" for rule, number in ranked(one.rules)[:MOST] if number)
    by = f": {most}" if most else ""
    yield f"    {one.going:,} of {one.words:,} words ({share}) would go{by}"
    yield f"    {visible(one.difference)}"


def _suggested(one: Suggested) -> tuple[str, ...]:
    places = ", ".join(map(visible, one.places[:MOST])) + (", …" if len(one.places) > MOST else "")
    old, new = (visible(text[:LONGEST]) for text in (one.old, one.new))
    return one.rule, f"{len(one.places):,}", f"`{old}` -> `{new}`" if new else f"`{old}`", places


def _change(one: Revised, *, taken_back: bool) -> str:
    if one.settled:
        return "left as it was" if taken_back else f"cleaned, {_named(one.rules)}"
    said = [f"{_named(one.rules)} {'taken back' if taken_back else 'made'}"]
    if one.gone:
        said.append(f"with it went {_named(one.gone)}")
    if one.instead:
        said.append(f"in its place {_named(one.instead)}")
    if one.untidy:
        said.append("its blanks and empty lines are as they were")
    if one.unseen:
        said.append(f"judged by other lines: {_named(one.unseen)}")
    return "; ".join(said)


def _named(rules: Counter[str]) -> str:
    named: Sequence[str] = [f"{rule} ({number})" if number > 1 else rule for rule, number in ranked(rules)]
    return ", ".join(named) or "no edit"
