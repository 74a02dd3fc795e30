"""Where the tests find pages: the project's own in `seeds/`, the real ones where a bench is at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"


def bench() -> Path | None:
    """The folder with real pages: $CLEANKIT_BENCH, else `shared` beside the checkout."""
    for place in (os.environ.get("CLEANKIT_BENCH"), ROOT.parent / "shared"):
        if place and (Path(place) / "seeds").is_dir():
            return Path(place)
    return None


@pytest.fixture(scope="session")
def real_pages() -> Path:
    place = bench()
    if place is None:
        pytest.skip("no real pages here: set CLEANKIT_BENCH to a folder that holds seeds/ and bench/")
    return place
