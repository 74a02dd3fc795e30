"""Where the tests find pages, the project's own and real ones where a bench is at hand, and how they draw others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"

# The same examples in every run, however slow the machine, so that the suite itself does not depend on chance.
# `--hypothesis-profile=chance` draws others.
settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
settings.register_profile("chance", settings.get_profile("suite"), derandomize=False)
settings.load_profile("suite")


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
