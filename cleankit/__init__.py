"""cleankit: the linter for text corpora."""

__version__ = "0.1.0"
