"""The schema of rule files, by which editors help, and the loader are of one mind."""

from __future__ import annotations

import copy
import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from test_rules import DAMAGE, GOOD, ONLY_THE_LOADER_KNOWS, damaged

from cleankit.rules.faults import KEYS, MATCH_KEYS, faults
from cleankit.rules.kinds import KINDS
from cleankit.rules.load import load_vocabulary
from cleankit.rules.places import PACKS, rule_files

SCHEMA = json.loads((ROOT / "schemas/rule.schema.json").read_text(encoding="utf-8"))
FITS = jsonschema.Draft202012Validator(SCHEMA).is_valid
VOCABULARY = load_vocabulary(PACKS)


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in rule_files(PACKS)])
def test_every_builtin_rule_fits(path: Path) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(read(path))


@pytest.mark.parametrize("row", DAMAGE, ids=lambda row: row[1])
def test_what_the_loader_refuses_does_not_fit(row: tuple[str, str, int, str, str]) -> None:
    assert FITS(tomllib.loads(GOOD))
    assert not FITS(tomllib.loads(damaged(row[0], row[1])))


@pytest.mark.parametrize("row", ONLY_THE_LOADER_KNOWS, ids=lambda row: row[1])
def test_what_only_the_loader_knows(row: tuple[str, str, int, str, str]) -> None:
    assert FITS(tomllib.loads(damaged(row[0], row[1])))


def test_the_schema_has_the_keys_of_the_loader() -> None:
    assert set(SCHEMA["properties"]) == set(KEYS)
    assert set(SCHEMA["properties"]["match"]["properties"]) == set(MATCH_KEYS)
    by_kind = {
        part["if"]["properties"]["kind"]["const"]: part["then"]["properties"]["match"]["propertyNames"]["enum"]
        for part in SCHEMA["allOf"]
        if "const" in part["if"]["properties"]["kind"]
    }
    assert {kind: set(keys) for kind, keys in by_kind.items()} == {kind: set(KINDS[kind].keys) for kind in KINDS}


def test_every_key_is_explained_with_an_example_or_its_choices() -> None:
    tables = [SCHEMA, SCHEMA["properties"]["match"], *SCHEMA["$defs"].values()]
    for table in tables:
        for name, part in table.get("properties", {}).items():
            assert part["description"].endswith("."), name
            assert {"examples", "enum", "default", "items", "properties"} & set(part), name


# rules of several kinds to be damaged, and what is put in the place of something: the values a person mistakes
RULES = [tomllib.loads(GOOD), *[read(path) for path in rule_files(PACKS)][::9]]
PUT = st.sampled_from(
    ["", " ", "line", "swap", "flag", "safe", "en", "edge", "down", "x", "Teh", 0, 1, -1, True, [], {}]
)
NAMES = st.sampled_from([*KEYS, *MATCH_KEYS, "name", "text", "clean", "other"])


def places(part: Any) -> list[tuple[Any, Any]]:
    """Every (table or list, key or number) of a document."""
    keys = list(part) if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ()
    return [place for key in keys for place in ((part, key), *places(part[key]))]


@given(st.sampled_from(RULES), st.data())
def test_the_loader_and_the_schema_agree_on_damage(rule: dict[str, Any], data: st.DataObject) -> None:
    rule = copy.deepcopy(rule)
    for _ in range(data.draw(st.integers(1, 3))):
        there = places(rule)
        if not there:
            break
        holder, key = there[data.draw(st.integers(0, len(there) - 1))]
        what = data.draw(st.sampled_from(["take", "put", "wrap", "add"]))
        if what == "take":
            del holder[key]
        elif what == "put":
            holder[key] = data.draw(PUT)
        elif what == "wrap":
            holder[key] = [holder[key]]
        elif isinstance(holder, dict):
            holder[data.draw(NAMES)] = data.draw(PUT)
    found = [fault for fault in faults(rule, VOCABULARY) if not fault.problem.startswith(("is the text itself",))]
    assert FITS(rule) == (not found), found
