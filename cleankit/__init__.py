"""cleankit: the linter for text corpora.

`clean`, `check` and `parse` take a text; a `Pipeline` runs on a `Document` and gives an `Outcome`.
A `Cleaner` has settings of its own and goes along into the workers of other libraries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleankit.version import VERSION as __version__

if TYPE_CHECKING:
    from cleankit.api import check, clean, parse
    from cleankit.briefing.model import Briefing
    from cleankit.engines.cleaner import Cleaner
    from cleankit.model import Document, Edit, Finding, Span
    from cleankit.pipeline import Outcome, Pipeline

__all__ = [
    "Briefing",
    "Cleaner",
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

# where the public names live; a module is imported when its first name is asked for
_HOMES = {
    "Briefing": "cleankit.briefing.model",
    "Cleaner": "cleankit.engines.cleaner",
    "Document": "cleankit.model",
    "Edit": "cleankit.model",
    "Finding": "cleankit.model",
    "Outcome": "cleankit.pipeline",
    "Pipeline": "cleankit.pipeline",
    "Span": "cleankit.model",
    "check": "cleankit.api",
    "clean": "cleankit.api",
    "parse": "cleankit.api",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'cleankit' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
