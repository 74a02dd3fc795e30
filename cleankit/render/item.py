"""What every form of output is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleankit.model import Finding


class Item(NamedTuple):
    """A document that was looked at: `text` is what the spans of its findings count in.

    `problem` says why it could not be looked at; then there is nothing else to say of it.
    """

    path: str
    text: str
    findings: Sequence[Finding] = ()
    problem: str = ""
