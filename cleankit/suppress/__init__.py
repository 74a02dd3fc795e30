"""Findings that somebody wants left alone: entries in a file beside the texts, a baseline, and words that are right.

A command asks `spares.spares_for` once for each document, lets `books()` read the files before it does anything, and
gives the `judge` of the answer to `Pipeline.sparing`. It shows every outcome to a `tally.Tally`, which tells in the end
which entries are out of date. `write` makes new entries and baselines: for one, the pipeline runs with
`Spares.of_everything`. Where there is no file of entries, which is the rule, only `spares` is imported.
"""

from cleankit.model import About, Safety

UNUSED, EXPIRED = "ignore/unused", "ignore/expired"
ABOUT = (
    About(
        EXPIRED,
        Safety.FLAG,
        "The last day of an entry is past, so it holds no longer.",
        "Somebody wanted to look at it again by then.",
    ),
    About(
        UNUSED,
        Safety.FLAG,
        "An entry finds nothing to leave alone.",
        "It would hide the same finding if that came back, and nobody would know why.",
    ),
)
