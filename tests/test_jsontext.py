"""Strict JSON, and the places of what it holds: a pointer leads to the text that reads as the value there."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleankit.briefing import jsontext
from cleankit.briefing.jsontext import JsonProblem, Place, Rows, find, pointer

# what a careless scanner trips over: quotes, backslashes and brackets inside strings, keys that look like numbers
TEXT = st.text(st.sampled_from('ab/~"\\{}[],: \n\t\u00e9年\U0001f600\x00'), max_size=5) | st.sampled_from(
    ["0", "-", ""]
)
LEAF = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
VALUE = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=15
)
FORM = st.fixed_dictionaries(
    {
        "indent": st.sampled_from([None, 0, 2]),
        "ensure_ascii": st.booleans(),
        "separators": st.sampled_from([(",", ":"), (", ", ": "), (" ,\r\n", "\t: ")]),
    }
)


def everything(value: Any, path: tuple[object, ...] = ()) -> Iterator[tuple[str, Any]]:
    yield pointer(path), value
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inside:
        yield from everything(part, (*path, name))


@settings(max_examples=300)
@given(VALUE, FORM)
def test_where_a_pointer_leads_stands_the_value(value: Any, form: dict[str, Any]) -> None:
    text = " \n" + json.dumps(value, **form)
    assert jsontext.read(text) == value
    wanted = dict(everything(value))
    places = find(text, wanted)
    assert set(places) == set(wanted)
    read = json.JSONDecoder().raw_decode
    for at, place in places.items():
        assert read(text, place.value)[0] == wanted[at]
        if place.key < place.value:
            assert read(text, place.key)[0] == jsontext.parts(at)[-1]


@settings(max_examples=100)
@given(VALUE, TEXT)
def test_what_is_not_there_gets_the_place_of_what_would_hold_it(value: Any, name: str) -> None:
    text = json.dumps(value)
    known = dict(everything(value))
    for at in known:
        beyond = at + pointer([name + "?", "0"])
        assert find(text, [beyond])[beyond] == find(text, [at])[at]


@given(st.lists(TEXT | st.integers(0, 12), max_size=4))
def test_a_pointer_comes_apart_into_what_it_was_made_of(path: list[str | int]) -> None:
    assert jsontext.parts(pointer(path)) == [str(part) for part in path]


def test_rows_and_columns_count_code_points_from_one() -> None:
    rows = Rows('{\r\n "年": "\U0001f600",\n"b": 1}')
    assert [rows.of(offset) for offset in (0, 3, 9, 14)] == [(1, 1), (2, 1), (2, 7), (3, 1)]


@pytest.mark.parametrize(
    ("text", "says", "offset"),
    [
        ("", "Expecting value", 0),
        ('{"a": 1,}', "double quotes", 8),
        ("[1] 2", "Extra data", 4),
        ('["\t"]', "Invalid control character; write", 2),
        ('{"a": {"b": 1}, "c": [{"b": 1}, {"b": 2, "b": 3}]}', "key 'b' twice", 41),
        ('{"a": 1, "\\u0061": 2}', "key 'a' twice", 9),
        ('{"a": {}, "b": {"q": 1}, "a": 2}', "key 'a' twice", 25),
        ('["NaN", NaN]', "no NaN", 8),
        ("[-Infinity]", "no -Infinity", 1),
        ('["' + "1" * 5000 + '", -' + "1" * 5000 + "]", "5,000 digits", 5005),
    ],
)
def test_what_is_refused_is_refused_with_its_place(text: str, says: str, offset: int) -> None:
    with pytest.raises(JsonProblem) as caught:
        jsontext.read(text)
    assert says in caught.value.problem
    assert caught.value.offset == offset


def test_any_depth_is_survived_in_linear_time() -> None:
    deep = "[" * 2_500_000 + "]" * 2_500_000
    with pytest.raises(JsonProblem, match="nested too deeply"):
        jsontext.read(deep)
    begun = time.process_time()
    assert find(deep[:200_000] + deep[-200_000:], ["/0/0/1"]) == {"/0/0/1": Place(2, 2)}
    assert time.process_time() - begun < 5
    broken = '{"a":' * 200_000
    with pytest.raises(JsonProblem):
        jsontext.read(broken)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_json_may_have_a_byte_order_mark(encoding: str) -> None:
    assert jsontext.decode('{"年": 1}'.encode(encoding)) == '{"年": 1}'


@pytest.mark.parametrize("data", [b'"caf\xe9"', b"\xff\xfe\x00", b"\xff", b"\x00\x00\x00"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(JsonProblem):
        jsontext.read(jsontext.decode(data))
