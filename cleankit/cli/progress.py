"""What a run tells of itself on standard error while it goes on, and how long it took at its end."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from cleankit.cli.output import complain
from cleankit.cli.pace import Pace
from cleankit.render.tables import count

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from cleankit.engines.job import Done
    from cleankit.engines.plan import Task
    from cleankit.engines.timing import Timing

EVERY = 30  # seconds between two lines, and before the first: a log stays short, that of a short run empty
LONG = 1  # seconds from which on it is told how long a run took
_BAR = 24  # columns


class Progress:
    """Passes documents through and shows how far the run is: a bar on a terminal, else a line now and then."""

    def __init__(self) -> None:
        self.pace: Pace | None = None  # none before the run begins

    def __call__(self, done: Iterator[Done], tasks: Sequence[Task]) -> Iterator[Done]:
        self.pace = Pace(tasks)
        console = _terminal()
        yield from _bar(done, self.pace, console) if console else lines(done, self.pace)


def lines(done: Iterator[Done], pace: Pace, clock: Callable[[], float] = time.monotonic) -> Iterator[Done]:
    """The documents, with a line on standard error now and then."""
    told = clock()
    for one in done:
        yield one
        pace.add(one)  # now that it is written down
        if clock() - told >= EVERY and not pace.ended:
            told = clock()
            complain(said(pace))


def _terminal() -> Console | None:
    """Standard error, if it can show a bar. What it takes to draw one is not imported for less."""
    if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") in ("dumb", "unknown"):
        return None
    from rich.console import Console

    console = Console(stderr=True)
    return console if console.is_interactive else None


def _bar(done: Iterator[Done], pace: Pace, console: Console) -> Iterator[Done]:
    from rich.live import Live
    from rich.progress_bar import ProgressBar
    from rich.table import Table
    from rich.text import Text

    def drawn() -> RenderableType:
        told = said(pace)
        row = Table.grid(padding=(0, 1))
        row.add_column()
        row.add_column(no_wrap=True)
        width = max(8, min(_BAR, console.width - len(told) - 2))
        bar = ProgressBar(total=pace.whole, completed=pace.weight, width=width)
        row.add_row(bar, Text(told, no_wrap=True, overflow="ellipsis"))
        return row

    # lines on the other streams are put there when the bar is gone
    shown = Live(get_renderable=drawn, console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
    with shown:
        for one in done:
            yield one
            pace.add(one)


def said(pace: Pace) -> str:
    """How far a run is, in words."""
    if pace.parts:  # how many records are in them is known when they are done
        words = [count(pace.documents, "document"), f"{int(100 * pace.share)} %"]
    else:
        words = [f"{pace.documents:,} of {count(pace.tasks, 'document')}"]
    if pace.rate is not None:
        words.append(f"{_rate(pace.rate)} a second")
    if pace.left is not None:
        words.append(f"{span(pace.left)} left")
    for number, what in (pace.failed, "failed"), (pace.waiting, "in quarantine"), (pace.before, "done before"):
        words += [f"{number:,} {what}"] if number else []
    return ", ".join(words)


def timed(timing: Timing) -> str:
    """How long a run took, in a line; empty where that is not worth one."""
    done = timing.documents - timing.before
    if timing.seconds < LONG or not done:
        return ""
    took = f"{timing.seconds:.1f} s" if timing.seconds < 60 else span(timing.seconds)
    told = f"{count(done, 'document')} in {took}, {_rate(done / timing.seconds)} a second"
    if timing.processes is None:
        return told
    return f"{told}, {timing.processes:,} process" + ("" if timing.processes == 1 else "es")


def stopped(documents: int, *, force: bool) -> str:
    """What is there of a run that was stopped, in a line."""
    again = "the same command without --force" if force else "the same command"
    return f"stopped: {count(documents, 'document')} done; {again} goes on from there"


def span(seconds: float) -> str:
    """A time in its two largest units, where the smaller one says something.

    >>> [span(45), span(75), span(1860), span(12_000), span(200_000)]
    ['45 s', '1 min 15 s', '31 min', '3 h 20 min', '2 d 7 h']
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if minutes < 10 and rest else f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    days, rest = divmod(hours, 24)
    return f"{days} d {rest} h" if rest else f"{days} d"


def _rate(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 9.95 else f"{rate:.1f}" if rate >= 0.1 else f"{rate:.2f}"
