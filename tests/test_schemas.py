"""What the tool writes fits the schemas that ship with it, and they are whole: closed, described, with examples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import ROOT

from cleankit import ledger, recipe
from cleankit.engines import local
from cleankit.engines.job import Output
from cleankit.engines.plan import plan
from cleankit.model import Document
from cleankit.render.records import records

NAMES = ("config", "decision", "done", "finding", "ignore", "ledger", "rule", "run", "timing")
PAGE = "The floor is open. \n\n1 2 3 >\n"


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ROOT / f"schemas/{name}.schema.json").read_text(encoding="utf-8"))
    return loaded


def objects(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if part.get("type") == "object":
            yield part
        for key, value in part.items():
            if key not in ("examples", "const", "enum"):
                yield from objects(value)
    elif isinstance(part, list):
        for value in part:
            yield from objects(value)


VERSIONS = {"ledger": 2, "run": 2}


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_closed_described_and_has_examples(name: str) -> None:
    whole = schema(name)
    jsonschema.Draft202012Validator.check_schema(whole)
    assert whole["$id"] == f"urn:cleankit:{name}:{VERSIONS.get(name, 1)}"
    assert list(objects(whole))
    for part in objects(whole):
        assert part["additionalProperties"] is not True
        assert all(value.get("description") for value in part.get("properties", {}).values())
    for example in whole["examples"]:
        jsonschema.Draft202012Validator(whole).validate(example)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(whole).validate(example | {"other": 1})


def test_findings_fit() -> None:
    found = recipe.default().run(Document("a", PAGE)).findings
    assert found
    for record in records("a.txt", PAGE, found):
        jsonschema.Draft202012Validator(schema("finding")).validate(record)


def test_ledgers_fit() -> None:
    for line in ledger.write(ledger.of(recipe.default().run(Document("a", PAGE)))).decode().splitlines():
        jsonschema.Draft202012Validator(schema("ledger")).validate(json.loads(line))


def test_accounts_fit(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(PAGE, encoding="utf-8")
    paths = [str(tmp_path / "in"), str(tmp_path / "gone.txt")]
    _, failures, *_ = local.run(paths, plan(paths), Output(str(tmp_path / "out"), briefings=False))
    assert len(failures) == 1
    for name in ("run", "timing"):
        account = json.loads((tmp_path / f"out/{name}.json").read_bytes())
        jsonschema.Draft202012Validator(schema(name)).validate(account)
