"""cleankit: the linter for text corpora.

    >>> import cleankit
    >>> cleankit.clean("The floor is open.\\n\\n1 2 3 >\\n")
    'The floor is open.\\n'

`clean`, `check` and `parse` take a text; a `Pipeline` of your own runs on a `Document`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleankit.version import VERSION as __version__

if TYPE_CHECKING:
    from cleankit.briefing.model import Briefing
    from cleankit.model import Document, Edit, Finding, Span
    from cleankit.pipeline import Outcome, Pipeline

__all__ = [
    "Briefing",
    "Document",
    "Edit",
    "Finding",
    "Outcome",
    "Pipeline",
    "Span",
    "__version__",
    "check",
    "clean",
    "parse",
]

# where the public types live; each module is imported when its name is first asked for
_HOMES = {
    "Briefing": "cleankit.briefing.model",
    "Document": "cleankit.model",
    "Edit": "cleankit.model",
    "Finding": "cleankit.model",
    "Outcome": "cleankit.pipeline",
    "Pipeline": "cleankit.pipeline",
    "Span": "cleankit.model",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'cleankit' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def clean(text: str, *, suggested: bool = False) -> str:
    """The text without what does not belong in it; `suggested` applies the less certain fixes too."""
    return _run(text, suggested=suggested).result.text


def check(text: str, *, suggested: bool = False) -> tuple[Finding, ...]:
    """What does not belong, in the order of the text; each finding's `at` is a span of `text`.

    `suggested` looks on after the less certain fixes, as `clean(text, suggested=True)` does.
    """
    return _run(text, suggested=suggested).findings


def parse(text: str, *, suggested: bool = False) -> Briefing:
    """The briefing that is left of the text once it is clean."""
    from cleankit.briefing.parse import parse as parsed

    return parsed(_run(text, suggested=suggested))


def _run(text: str, *, suggested: bool) -> Outcome:
    from cleankit import recipe
    from cleankit.model import Document, Safety

    return recipe.default(Safety.SUGGESTED if suggested else Safety.SAFE).run(Document("text", text))
