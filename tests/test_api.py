"""The public names: there, cheap to import, and they do what they say."""

from __future__ import annotations

import subprocess
import sys

import cleankit
from cleankit.model import Span

PAGE = "The floor is open.\n\n1 2 3 >\n"


def test_every_public_name_is_there() -> None:
    for name in set(cleankit.__all__) - {"__version__"}:
        assert getattr(cleankit, name).__name__ == name


def test_check_points_into_the_text() -> None:
    (pager,) = [finding for finding in cleankit.check(PAGE) if finding.rule == "nav/pager"]
    assert isinstance(pager.at, Span)
    assert PAGE[pager.at.start : pager.at.end] == "1 2 3 >\n"


def test_parse_gives_a_briefing() -> None:
    assert isinstance(cleankit.parse(PAGE), cleankit.Briefing)


def test_importing_cleankit_imports_next_to_nothing() -> None:
    code = "import sys, cleankit; print([name for name in sys.modules if name.startswith('cleankit.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['cleankit.version']"
