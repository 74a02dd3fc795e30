"""The rows that errors name are those in which a person finds the key."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleankit.toml import Path, TomlError, parse, rows

KEYS = st.sampled_from(["a", "b-c", "d_1", "e f", "g.h", "[i]", "=j#", "", "k'\"l", "\\"])
# what a careless scanner takes for structure
TEXTS = st.text(st.sampled_from(["a", "]", "[", "{", "}", "=", "#", ",", "\n", '"', "'", "\\", ".", "語"]), max_size=6)
SCALARS = st.one_of(TEXTS, st.integers(-9, 99), st.booleans(), st.just(1.5))
VALUES = st.recursive(SCALARS, lambda v: st.lists(v, max_size=3) | st.dictionaries(KEYS, v, max_size=3), max_leaves=8)
TABLES = st.dictionaries(
    KEYS,
    VALUES | st.lists(st.dictionaries(KEYS, VALUES, max_size=2), min_size=1, max_size=3),
    max_size=4,
)


class Writer:
    """Writes TOML in many styles, and notes in which row it put what."""

    def __init__(self, choose: Any) -> None:
        self.choose, self.text, self.places = choose, "", {}

    def put(self, text: str, path: Path | None = None) -> None:
        if path is not None:
            self.places[path] = self.text.count("\n") + 1
        self.text += text

    def gap(self) -> None:
        self.put(self.choose(["", " ", "\n", ' # ] = { "\n', "\n\n  "]))

    def document(self, table: dict[str, Any]) -> None:
        tables = {k: v for k, v in table.items() if is_tables(v) and self.choose([True, False])}
        for key, value in table.items():
            if key not in tables:
                self.put(self.choose(["", "  ", "\n", "# x = 1\r\n"]))
                self.pair((), key, value)
                self.put(self.choose(["\n", " # end ]\n", "\r\n"]))
        for key, value in tables.items():
            for number, inner in enumerate(value if isinstance(value, list) else [value]):
                path = (key, number) if isinstance(value, list) else (key,)
                if number == 0:
                    self.places[(key,)] = self.text.count("\n") + 1
                open_, shut = ("[[", "]]") if isinstance(value, list) else ("[", "]")
                self.put(f"{open_} {quoted(key)} {shut}\n", path)
                for name, one in inner.items():
                    self.pair(path, name, one)
                    self.put("\n")

    def pair(self, path: Path, key: str, value: Any) -> None:
        self.put(f"{quoted(key)} = ", (*path, key))
        self.value((*path, key), value)

    def value(self, path: Path, value: Any) -> None:
        if isinstance(value, list):
            self.put("[")
            for number, item in enumerate(value):
                self.gap()
                self.put("", (*path, number))
                self.value((*path, number), item)
                self.gap()
                self.put(",")
            self.gap()
            self.put("]")
        elif isinstance(value, dict):
            self.put("{")
            for number, (key, inner) in enumerate(value.items()):
                self.put(", " if number else " ")
                self.pair(path, key, inner)
            self.put("}")
        else:
            self.put(self.scalar(value))

    def scalar(self, value: Any) -> str:
        if not isinstance(value, str):
            return json.dumps(value)
        styles = [json.dumps(value, ensure_ascii=False)]
        if not set("'\n\\") & set(value):
            styles.append(f"'{value}'")
        if "'" not in value:
            styles.append(f"'''\n{value}'''")
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        styles.append(f'"""\n{escaped}"""')
        return str(self.choose(styles))


def quoted(key: str) -> str:
    return key if key.replace("-", "").replace("_", "").isalnum() and key.isascii() else json.dumps(key)


def is_tables(value: Any) -> bool:
    if isinstance(value, dict):
        return True
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


@given(TABLES, st.data())
def test_every_key_and_item_is_found_in_its_row(table: dict[str, Any], data: st.DataObject) -> None:
    writer = Writer(lambda options: data.draw(st.sampled_from(options)))
    writer.document(table)
    assert parse(writer.text) == table
    assert rows(writer.text) == writer.places


def test_tables_in_lists_of_tables() -> None:
    text = "[[a]]\nb = 1\n[a.c]\nd = 2\n[[a.e]]\n[[a]]\n[a.c]\n[[a.e]]\n[[a.e]]\nf.g = 3\n"
    text += "[x.y]\nz = 1979-05-27 07:32:00 # ,\n"
    assert parse(text)
    found = rows(text)
    assert found[("a", 0, "c", "d")] == 4
    assert found[("a", 1)] == 6
    assert found[("a", 1, "e", 1, "f", "g")] == 10
    assert found[("x",)] == 11
    assert found[("x", "y", "z")] == 12


def test_quotes_at_the_end_of_long_strings() -> None:
    text = 'a = """x"""""\nb = \'\'\'y\'\'\'\'\'\nc = "\\""\nd = ""\ne = 1\n'
    assert parse(text)["a"] == 'x""'
    assert rows(text) == {("a",): 1, ("b",): 2, ("c",): 3, ("d",): 4, ("e",): 5}


@pytest.mark.parametrize(
    ("text", "row", "col", "problem"),
    [
        ("a = 1\nb = = 2\n", 2, 5, "is not valid TOML: invalid value"),
        ('a = [\n"x"', 2, 4, "is not valid TOML: unclosed array at the end of the file"),
        ("a = 1\na = 2\n", 2, 6, "is not valid TOML: cannot overwrite a value"),
        ("a = " + "1" * 5000, 0, 0, "is not valid TOML: exceeds the limit"),
        ("a = " + "[" * 100_000, 0, 0, "is not valid TOML: is nested too deeply"),
    ],
)
def test_what_is_not_toml_is_refused_with_its_place(text: str, row: int, col: int, problem: str) -> None:
    with pytest.raises(TomlError) as error:
        parse(text)
    assert (error.value.row, error.value.col) == (row, col)
    assert error.value.problem.startswith(problem)
