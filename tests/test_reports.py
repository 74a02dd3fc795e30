"""What is generated and committed is what the code gives today."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest
from conftest import ROOT

from cleankit import recipe
from cleankit.craft import catalog


@pytest.fixture(scope="module")
def make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reports_make", ROOT / "reports" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_ledger_of_quality_is_up_to_date(make: ModuleType) -> None:
    now = make.ledger_of_quality(recipe.default(), ROOT / "seeds" / "dirty")
    assert now == make.LEDGER.read_text(encoding="utf-8"), "run `make reports` and look at the difference"


def test_the_pages_of_the_rules_are_up_to_date(make: ModuleType) -> None:
    entries = list(catalog.entries(make.BUILTIN).values())
    assert make.rule_page(entries) == make.RULES.read_text(encoding="utf-8"), "run `make reports`"
    there = {path.name: path.read_text(encoding="utf-8") for path in make.PACKS.iterdir()}
    assert make.pack_pages(entries) == there, "run `make reports`"


def test_the_command_page_is_up_to_date(make: ModuleType) -> None:
    assert make.command_page() == make.COMMANDS.read_text(encoding="utf-8"), "run `make reports`"
