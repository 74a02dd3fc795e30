"""What every form of output is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleankit.model import Finding


class Item(NamedTuple):
    """A document that was looked at: `text` is what the spans of its findings count in.

    `problem` says why it could not be looked at; then there is nothing else to say of it. `own` is false where the text
    is not the file's own but was taken from its markup: places in it are none in the file.
    """

    path: str
    text: str
    findings: Sequence[Finding] = ()
    problem: str = ""
    own: bool = True
