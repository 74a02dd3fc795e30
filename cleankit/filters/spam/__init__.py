"""Injected gambling spam: lines on casinos and betting that somebody planted in a page about something else."""

from cleankit.filters.spam.planted import GamblingSpam

__all__ = ["GamblingSpam"]
