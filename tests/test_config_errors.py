"""What is wrong with a configuration is told with its file, line and key, by the loader and by the schema alike."""

from __future__ import annotations

import datetime
import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from test_config import put

from cleankit import config
from cleankit.config import Settings, keys
from cleankit.config.tables import Wrong
from cleankit.errors import ConfigError

SCHEMA = json.loads((ROOT / "schemas/config.schema.json").read_text(encoding="utf-8"))
FITS = jsonschema.Draft202012Validator(SCHEMA).is_valid


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config.forget()


PROJECT = "[project]\nname = 'x'\n\n[tool.cleankit]\nselct = ['nav']\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = 1\nselect = = 2\n", "cleankit.toml:2:10: is not valid TOML: invalid value"),
        ('ignore = [\n  "nav"\n', "cleankit.toml:3:1: is not valid TOML: unclosed array at the end of the file"),
        ("ignore = ['nav']\nignore = []\n", "cleankit.toml:2:12: is not valid TOML: cannot overwrite a value"),
        ("\n\nselct = ['nav']\n", "cleankit.toml:3: selct: is not a known key; did you mean select?"),
        (
            "extend_select = ['nav']\n",
            "cleankit.toml:1: extend_select: is not a known key; did you mean extend-select?",
        ),
        ("colour = 1\n", "cleankit.toml:1: colour: is not a known key; known are extend, profile, select"),
        ("select = 'nav'\n", 'cleankit.toml:1: select: must be a list of strings, such as ["nav/pager"]'),
        ("ignore = [\n'nav',\n3,\n]", "cleankit.toml:3: ignore[1]: must be a string that is not empty"),
        ("ignore = ['']", "cleankit.toml:1: ignore[0]: must be a string that is not empty"),
        ("select = []", "cleankit.toml:1: select: names no rule; for every rule leave the key out, for none write"),
        ("suggested = 1", "cleankit.toml:1: suggested: must be true or false"),
        ("fail-on = 'save'", "cleankit.toml:1: fail-on: 'save' is not known; did you mean safe?"),
        ("fail-on = 'no'", "cleankit.toml:1: fail-on: 'no' is not known; it may be safe, suggested, flag"),
        ("spelling-program = 'typo'", "cleankit.toml:1: spelling-program: 'typo' is not known; did you mean typos?"),
        (
            "profile = 'strict'",
            "cleankit.toml:1: profile: there is no profile 'strict'; there are default, article, off",
        ),
        ("profile = 2", "cleankit.toml:1: profile: must be a string that is not empty"),
        ("encoding = 'latin-99'", "cleankit.toml:1: encoding: unknown encoding: latin-99; try utf-8"),
        ("encoding = 'rot13'", "cleankit.toml:1: encoding: rot13 is not an encoding of text; try utf-8"),
        ("plugins = 'a'", "cleankit.toml:1: plugins: must be true, false, or a list of the plugins wanted"),
        (
            "packs = ['here', 'gone']",
            "cleankit.toml:1: packs[0]: here is no folder; give one that holds PACK/NAME.toml",
        ),
        ("packs = [\n'.']", "cleankit.toml:2: packs[0]: . holds no PACK/NAME.toml; give the folder above your packs"),
        ('packs = ["\\u0000"]', "cleankit.toml:1: packs[0]: must be a path, and no path has a NUL in it"),
        ("budgets = 1", "cleankit.toml:1: budgets: must be a table of shares"),
        ("[budgets]\npage = 90", "cleankit.toml:2: budgets.page: must be a share of the words, from 0 to 1"),
        ("[budgets]\nleast-words = 0.5", "cleankit.toml:2: budgets.least-words: must be a whole number of words"),
        ("[budgets]\n' ' = 1", 'cleankit.toml:2: budgets." ": must be "page", "rule", "least-words" or a rule'),
        ("allow-words = ['teh']", "cleankit.toml:1: allow-words: must be a table of words with their reasons"),
        ("[allow-words]\na = 'x'\nteh = ''", "cleankit.toml:3: allow-words.teh: must be a string that says why"),
        ("[allow-words]\n' ' = 'x'", 'cleankit.toml:2: allow-words." ": is no word'),
        ("[profiles]\nstrict = 1", "cleankit.toml:2: profiles.strict: must be a table"),
        ("[profiles.off]", "cleankit.toml:1: profiles.off: is built in; choose another name"),
        ("[profiles.Strict]", "cleankit.toml:1: profiles.Strict: must be a name of small letters, digits and hyphens"),
        ("[profiles.a]\nexclude = []", "cleankit.toml:2: profiles.a.exclude: cannot differ from text to text; move it"),
        ("[profiles.a]\nselct = []", "cleankit.toml:2: profiles.a.selct: is not a known key; did you mean select?"),
        ("per-path = []", "cleankit.toml:1: per-path: must be a table of tables, as in"),
        ("[per-path.'a/**']\nignor = []", 'cleankit.toml:2: per-path."a/**".ignor: is not a known key; did you mean'),
        ("[per-path.a]\nprofile = 'x'", "cleankit.toml:2: per-path.a.profile: there is no profile 'x'"),
        ("[per-path.a]\nencoding = 'x'", "cleankit.toml:2: per-path.a.encoding: unknown encoding: x"),
        ("[per-path.'']", 'cleankit.toml:1: per-path."": must be a pattern for paths, such as'),
        ("extend = 'gone.toml'", "cleankit.toml:1: extend: gone.toml is no file; give one, as seen from the folder"),
        (
            "extend = 'cleankit.toml'",
            "cleankit.toml:1: extend: leads back to cleankit.toml; a file cannot extend itself",
        ),
        ("extend = '.'", "cleankit.toml:1: extend: . is no file; give one, as seen from the folder of this one"),
        (
            "[tool.cleankit]\n",
            "cleankit.toml:1: tool: is not a known key; in a file of our own the keys stand at the top",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, message: str) -> None:
    put(cleankit=text)
    with pytest.raises(ConfigError) as error:
        config.find("a/b")
    assert str(error.value).startswith(message)


def test_a_mistake_in_a_pyproject_is_told_with_its_place() -> None:
    put(pyproject=PROJECT)
    with pytest.raises(
        ConfigError, match=r"^pyproject.toml:5: selct: is not a known key; did you mean select\?$"
    ) as error:
        config.find(".")
    assert (error.value.path, error.value.line, error.value.key) == ("pyproject.toml", 5, "selct")
    put(pyproject="[tool]\ncleankit = 3")
    with pytest.raises(ConfigError, match=r"^pyproject.toml:2: tool.cleankit: must be a table$"):
        config.find(".")


def test_files_that_extend_one_another_are_refused() -> None:
    put(a__cleankit='extend = "../b/cleankit.toml"', b__cleankit='extend = "../a/cleankit.toml"')
    with pytest.raises(ConfigError, match=r"^b/cleankit.toml:1: extend: leads back to a/cleankit.toml"):
        config.find("a")
    put(a__cleankit='extend = "../pyproject.toml"', pyproject="")
    with pytest.raises(ConfigError, match=r"^a/cleankit.toml:1: extend: pyproject.toml has no \[tool.cleankit\] table"):
        config.find("a")


def test_a_mistake_in_an_extended_file_is_told_there() -> None:
    put(base__cleankit="\nignor = []", cleankit='extend = "base/cleankit.toml"')
    with pytest.raises(ConfigError, match=r"^base/cleankit.toml:2: ignor: "):
        config.find(".")


def test_a_file_that_is_named_has_to_be_there_and_say_something() -> None:
    put(pyproject="", a__x="")
    with pytest.raises(ConfigError, match=r"^gone.toml: does not exist; check the path$"):
        config.load("gone.toml")
    with pytest.raises(ConfigError, match=r"^a: is a folder; give a file$"):
        config.load("a")
    with pytest.raises(ConfigError, match=r"^pyproject.toml: has no \[tool.cleankit\] table; "):
        config.load("pyproject.toml")
    with pytest.raises(ConfigError, match=r": cannot be read: File name too long; see to its permissions$"):
        config.load("a" * 5000)
    with pytest.raises(ConfigError, match=r"is no path: embedded null byte$"):
        config.load("a\0b")


def test_a_file_that_is_not_utf8_is_told_with_its_line() -> None:
    Path("cleankit.toml").write_bytes(b"# one\n# caf\xe9\n")
    with pytest.raises(ConfigError, match=r"^cleankit.toml:2: is not UTF-8, as TOML has to be; convert it$"):
        config.find(".")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told() -> None:
    put(cleankit="")
    Path("cleankit.toml").chmod(0)
    with pytest.raises(
        ConfigError, match=r"^cleankit.toml: cannot be read: Permission denied; see to its permissions$"
    ):
        config.find(".")


# the schema and the loader say the same

NAMES = st.sampled_from(["nav", "nav/*", "", " ", "a b", "語"])
LISTS = st.lists(NAMES, max_size=2)
WORDS = st.dictionaries(NAMES, NAMES | st.integers(), max_size=2)
ODD = st.sampled_from([0, 1, True, 1.5, "", "x", [], [1], [[]], {}, {"a": 1}, datetime.date(2026, 5, 1), "\0"])
TEXT = {
    "select": LISTS,
    "extend-select": LISTS,
    "ignore": LISTS,
    "suggested": st.booleans(),
    "fail-on": st.sampled_from(["safe", "suggested", "flag", "none"]),
    "encoding": st.sampled_from(["utf-8", "big5", ""]),
    "spelling-program": st.sampled_from(["none", "typos", "codespell", "hunspell"]),
    "budgets": st.dictionaries(
        st.sampled_from(["page", "least-words", "nav/*", " "]),
        st.sampled_from([0, 1, 0.5, 2, -1, 1.5, True, "x"]),
        max_size=2,
    ),
    "allow-words": WORDS,
}
FILE = {
    "extend": NAMES,
    "profile": NAMES,
    **TEXT,
    "plugins": st.booleans() | LISTS,
    "packs": LISTS,
    "exclude": LISTS,
    "ignore-file": NAMES,
    "baseline": NAMES,
}


def tables(known: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Tables with a few of the known keys, now and then with something else in one."""
    right = st.fixed_dictionaries({}, optional=dict(known))
    return right | st.tuples(right, st.dictionaries(st.sampled_from([*known, "x", "exclude"]), ODD, max_size=1)).map(
        lambda both: both[0] | both[1]
    )


CONFIGS = st.tuples(
    tables(FILE),
    st.fixed_dictionaries(
        {},
        optional={
            "profiles": st.dictionaries(st.sampled_from(["a", "a-1", "off", "A", ""]), tables(TEXT), max_size=2) | ODD,
            "per-path": st.dictionaries(NAMES, tables({"profile": NAMES, **TEXT}), max_size=2) | ODD,
        },
    ),
).map(lambda both: both[0] | both[1])
ANYTHING = st.recursive(
    ODD, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from([*FILE, "x"]), inner, max_size=3)
)


def is_right(table: Any) -> bool:
    try:
        keys.check(table)
    except Wrong:
        return False
    return True


@given(CONFIGS | st.dictionaries(st.sampled_from([*FILE, "profiles", "per-path", "x"]), ANYTHING, max_size=4))
def test_the_schema_and_the_loader_agree(table: dict[str, Any]) -> None:
    assert is_right(table) == FITS(table)


def test_both_say_yes_and_no() -> None:
    for example in SCHEMA["examples"]:
        assert is_right(example)
        assert FITS(example)
        for key in example:
            for damage in (example | {key: 1}, example | {key + "s": example[key]}):
                assert not is_right(damage)
                assert not FITS(damage)


def test_the_schema_knows_the_same_keys() -> None:
    assert list(SCHEMA["properties"]) == list(keys.FILE)
    assert list(SCHEMA["$defs"]["profile-table"]["properties"]) == list(keys.TEXT)
    assert list(SCHEMA["$defs"]["path-table"]["properties"]) == ["profile", *keys.TEXT]


# whatever stands in the file


def refusal(path: str) -> ConfigError | None:
    config.forget()
    try:
        config.load(path)
    except ConfigError as error:
        return error
    return None


def toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {toml(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return value.isoformat() if isinstance(value, datetime.date) else json.dumps(value, ensure_ascii=True)


@given(CONFIGS | st.dictionaries(st.sampled_from([*FILE, "x"]), ANYTHING, max_size=4))
def test_any_table_loads_or_is_refused(table: dict[str, Any]) -> None:
    text = "".join(f"{key} = {toml(value)}\n" for key, value in table.items())
    assert tomllib.loads(text) == table
    Path("any.toml").write_text(text, encoding="utf-8")
    if problem := refusal("any.toml"):
        assert problem.line == 1 + list(table).index(problem.key.partition(".")[0].partition("[")[0])
        return
    assert FITS(table)
    found = config.load("any.toml")
    assert isinstance(found.settings_for("a.txt"), Settings)
    assert found.excludes("a/b.txt") in (True, False)


PIECES = ['ignore = ["nav"]\n', "[a]\n", "=", "[", "]", '"', "'''", "\n", "\r", "\0", "語", "#"]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_any_text_loads_or_is_refused(text: str) -> None:
    Path("any.toml").write_bytes(text.encode())
    problem = refusal("any.toml")
    assert not problem or (str(problem).startswith("any.toml:") and problem.line)
