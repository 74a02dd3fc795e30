"""Findings that somebody wants left alone: entries in a file beside the texts, a baseline, and words that are right.

A command asks `spares_for` once for each document, lets `books()` read the files before it does anything, and gives the
`judge` of the answer to `Pipeline.sparing`. It shows every outcome to a `Tally`, which tells in the end which entries
are out of date. `cleankit.suppress.write` makes new entries and baselines: for one, the pipeline runs with
`Spares.of_everything`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleankit.suppress.entries import Book, Entry, load
    from cleankit.suppress.spares import BASELINE, SIDECAR, Spares, spares_for
    from cleankit.suppress.tally import ABOUT, Stale, Tally

__all__ = ["ABOUT", "BASELINE", "SIDECAR", "Book", "Entry", "Spares", "Stale", "Tally", "load", "spares_for"]

# where there is no file of entries, which is the rule, only `spares` is imported
_HOMES = {
    "ABOUT": "tally",
    "BASELINE": "spares",
    "Book": "entries",
    "Entry": "entries",
    "SIDECAR": "spares",
    "Spares": "spares",
    "Stale": "tally",
    "Tally": "tally",
    "load": "entries",
    "spares_for": "spares",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
