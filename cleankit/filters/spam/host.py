"""Titles of pages that were planted in a site end in its name, or begin with it: `Heron casino login | Town hall of
Ellmouth`.

The words of a town hall say nothing for such a line.
"""

from __future__ import annotations

from cleankit.lazy import expression

_TITLE = expression(r"(.{8,}?)\s*[|»·–—-]\s+(?=\S)[^|»·–—.!?]{4,70}$")
_TITLE_BEHIND = expression(r"[^|»·–—_.!?]{4,70}?(?:\s*[|»·_]|\s[–—-])\s*(?=\S)([^.!?]{8,})$")


def before_host(line: str) -> str:
    """What a line says before the name of a site that it may end in; empty if it is no such title."""
    title = _TITLE.match(line)
    return title[1] if title else ""


def behind_host(line: str) -> str:
    """What a line says behind the name of a site that it may begin with; empty if it is no such title."""
    title = _TITLE_BEHIND.match(line)
    return title[1] if title else ""
