"""Findings that somebody wants left alone: entries in a file beside the texts, a baseline, and words that are right.

A command asks `spares_for` once for each document, lets `books()` read the files before it does anything, and gives the
answer to `Pipeline.sparing`. It shows every outcome to a `Tally`, which tells in the end which entries are out of date.
`cleankit.suppress.write` makes new entries and baselines: for one, the pipeline runs with `Spares.of_everything`.
"""

from cleankit.suppress.entries import BASELINE, SIDECAR, Book, Entry, load
from cleankit.suppress.spares import Spares, spares_for
from cleankit.suppress.tally import ABOUT, Stale, Tally

__all__ = ["ABOUT", "BASELINE", "SIDECAR", "Book", "Entry", "Spares", "Stale", "Tally", "load", "spares_for"]
