"""What `cleankit config show` prints is true: it could stand in a file, and the same would hold."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from test_config import put
from test_config_errors import toml

from cleankit import config
from cleankit.config import Settings, keys
from cleankit.config.account import account
from cleankit.config.layers import DEFAULTS
from cleankit.render import settings

WORDS = st.text(st.sampled_from('aé語"\\ \n\x7f\x01#]'), min_size=1, max_size=4).filter(str.strip)
LISTS = st.lists(WORDS, max_size=3)
TABLES = st.fixed_dictionaries(
    {},
    optional={
        "profile": st.sampled_from(["default", "off"]),
        "select": st.lists(WORDS, min_size=1, max_size=3),
        "extend-select": LISTS,
        "ignore": LISTS,
        "suggested": st.booleans(),
        "fail-on": st.sampled_from(["safe", "suggested", "flag"]),
        "encoding": st.sampled_from(["big5", "utf-8"]),
        "spelling-program": st.sampled_from(["none", "typos"]),
        "plugins": st.booleans() | LISTS,
        "exclude": LISTS,
        "ignore-file": WORDS,
        "baseline": WORDS,
        "budgets": st.dictionaries(st.sampled_from(["page", "rule", "nav/*"]), st.floats(0, 1), max_size=2),
        "allow-words": st.dictionaries(WORDS, WORDS, max_size=2),
    },
)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config.forget()


@given(TABLES, LISTS)
def test_it_could_stand_in_a_file(table: dict[str, object], ignored: list[str]) -> None:
    text = "".join(f"{json.dumps(key)} = {toml(value)}\n" for key, value in table.items())
    put(cleankit=text)
    config.forget()
    found = config.with_options(config.find("."), ignore=tuple(ignored))
    told = account("a.txt", found, found=True)
    shown = "\n".join(settings.toml(told))
    put(again=shown)
    again = config.load("again.toml")
    assert again.settings_for("a.txt") == found.settings_for("a.txt")
    assert (again.ignore_file, again.baseline) == (found.ignore_file, found.baseline)
    assert [said.value for said in again.said_for("a.txt")["exclude"]] == table.get("exclude", [])
    record = json.loads(json.dumps(settings.record(told)))
    assert list(record["settings"]) == list(DEFAULTS)
    for key, value in tomllib.loads(shown).items():
        assert record["settings"][key]["value"] == value


def test_every_place_is_true() -> None:
    put(
        base__cleankit='\n\nignore = [\n"nav",\n"spam"]\n[allow-words]\nteh = "a name"\n',
        cleankit='extend = "base/cleankit.toml"\nignore = ["gaps"]\nbaseline = "b.toml"\nallow-words = {}\n',
    )
    Path("base/packs").mkdir()
    found = config.with_options(config.find("."), exclude=("x",), fail_on="flag")
    places = {key: value["from"] for key, value in settings.record(account(".", found, found=True))["settings"].items()}
    assert places["ignore"] == ["base/cleankit.toml:4", "base/cleankit.toml:5", "cleankit.toml:2"]
    assert places["allow-words"] == {"teh": "base/cleankit.toml:7"}
    assert places["baseline"] == "cleankit.toml:3"
    assert places["exclude"] == ["--exclude"]
    assert places["fail-on"] == "--fail-on"
    assert places["encoding"] == places["profile"] == "default"


def test_the_files_on_the_way_are_named_up_to_the_one_that_counts() -> None:
    put(pyproject="", a__pyproject="[tool.cleankit]", a__b__pyproject="", a__b__c__cleankit="", a__b__c__pyproject="")
    told = [tuple(look) for look in account("a/b/x.txt", config.for_file("a/b/x.txt"), found=True).looks]
    assert told == [("a/b/pyproject.toml", "passed over: has no [tool.cleankit]"), ("a/pyproject.toml", "used")]
    told = [tuple(look) for look in account("a/b/c", config.find("a/b/c"), found=True).looks]
    assert told == [
        ("a/b/c/pyproject.toml", "passed over: cleankit.toml beside it wins"),
        ("a/b/c/cleankit.toml", "used"),
    ]


PAGE = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS)
def test_the_examples_of_the_page_load(block: str) -> None:
    put(cleankit="", a__cleankit=block)
    found = config.load("a/cleankit.toml")
    assert any(found.settings_for(path) != Settings() for path in ("x.txt", "a/gazette/1.txt")) or "[profiles" in block


def test_the_page_shows_what_is_printed() -> None:
    command, _, printed = PAGE.partition("```console\n$ ")[2].partition("```")[0].partition("\n")
    put(cleankit=BLOCKS[0])
    path, ignored = command.removeprefix("cleankit config show ").split(" --ignore ")
    told = account(path, config.with_options(config.find("."), ignore=(ignored,)), found=True)
    assert "\n".join(settings.toml(told)) + "\n" == printed


def test_the_page_names_every_key_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (?:.*?) \| (.*?) \|", PAGE, re.MULTILINE))
    assert set(rows) == set(keys.FILE)
    for key, default in DEFAULTS.items():
        if isinstance(default, str | bool):
            assert rows[key] == json.dumps(default).strip('"')
