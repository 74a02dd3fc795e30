"""Where the tests find pages, the project's own and real ones where a bench is at hand, and how they draw others."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
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

# Not the user's own cache; set before any test module is imported, for some build pipelines at once
CACHE = Path(tempfile.mkdtemp(prefix="cleankit-tests-"))
os.environ["CLEANKIT_CACHE_DIR"] = str(CACHE)
atexit.register(shutil.rmtree, CACHE, ignore_errors=True)


@pytest.fixture(autouse=True)
def _nothing_found_before() -> Iterator[None]:
    """No test is answered with what another one found, in whatever way it had that found."""
    yield
    shutil.rmtree(CACHE / "check", ignore_errors=True)


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
