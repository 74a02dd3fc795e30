"""The three verbs for callers who have a text in hand: clean it, check it, parse it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleankit import recipe
from cleankit.model import Document, Finding, Safety
from cleankit.pipeline import Outcome

if TYPE_CHECKING:
    from cleankit.briefing.model import Briefing


def clean(text: str, *, suggested: bool = False) -> str:
    """The text without what does not belong in it; `suggested` applies the less certain fixes too.

    >>> clean("The floor is open.\\n\\n1 2 3 >\\n")
    'The floor is open.\\n'
    """
    return _run(text, suggested=suggested).result.text


def check(text: str, *, suggested: bool = False) -> tuple[Finding, ...]:
    """What does not belong, in the order of the text; each finding's `at` is a span of `text`.

    `suggested` looks on after the less certain fixes, as `clean(text, suggested=True)` does.

    >>> [finding.rule for finding in check("Thank you. \\n")]
    ['space/trailing-blanks']
    """
    return _run(text, suggested=suggested).findings


def parse(text: str, *, suggested: bool = False) -> Briefing:
    """The briefing that is left of the text once it is clean."""
    from cleankit.briefing.parse import parse as parsed

    return parsed(_run(text, suggested=suggested))


def _run(text: str, *, suggested: bool) -> Outcome:
    return recipe.default(Safety.SUGGESTED if suggested else Safety.SAFE).run(Document("text", text))
