"""JSON read without the benefit of the doubt, and where in its text each value stands."""

from __future__ import annotations

import json
import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


class JsonProblem(ValueError):
    """A text that is no JSON, or that JSON's readers would not agree on; `offset` is where, if that is known."""

    def __init__(self, problem: str, offset: int | None = None) -> None:
        super().__init__(problem)
        self.problem, self.offset = problem, offset


class Place(NamedTuple):
    """Offsets of a value and of its key; without a key, both are the value's."""

    key: int
    value: int


def decode(data: bytes) -> str:
    """The text of JSON in UTF-8, or in whatever its byte order mark says. Raises JsonProblem."""
    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError as error:
        name = error.encoding.upper().removesuffix("-SIG")
        raise JsonProblem(f"byte {error.start} is not {name}; JSON has to be UTF-8: convert it") from error


def read(text: str) -> object:
    """The value of a JSON text. Raises JsonProblem, for a key given twice and for numbers that JSON has not, too."""
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise JsonProblem(f"is not JSON: {error.msg.removesuffix(' at')}; write it anew", error.pos) from error
    except RecursionError as error:
        raise JsonProblem("is nested too deeply; write it anew") from error
    except JsonProblem as error:
        find = _second if error.args[0] == _TWICE else _strange
        raise JsonProblem(*find(text)) from error
    except ValueError as error:  # an integer with more digits than Python reads
        raise JsonProblem(*_strange(text)) from error


def find(text: str, pointers: Iterable[str]) -> dict[str, Place]:
    """Where the values that JSON Pointers lead to stand in a text that `read` takes: one walk for all of them.

    A pointer to what is not there gets the place of the nearest value above it.

    >>> find('{"turns": [{"kind": "asks"}]}', ["/turns/0/kind", "/turns/0/at"])
    {'/turns/0/kind': Place(key=12, value=20), '/turns/0/at': Place(key=11, value=11)}
    """
    wanted = list(pointers)
    root = _Wanted({})
    ends = [_grow(root, pointer) for pointer in wanted]
    trail: list[_Wanted | None] = []
    for step in _walk(text):
        above = trail[step.depth - 1] if step.depth else None
        here = root if not step.depth else above.parts.get(step.name) if above else None
        del trail[step.depth :]
        trail.append(here)
        if here:
            here.place = step.place
    places = {}
    for pointer, path in zip(wanted, ends, strict=True):
        places[pointer] = next(place for node in reversed(path) if (place := node.place))
    return places


class Rows:
    """Rows and columns of offsets into a text, from one. Only a line feed ends a row: so do JSON's readers count."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def of(self, offset: int) -> tuple[int, int]:
        row = bisect_right(self._starts, offset)
        return row, offset - self._starts[row - 1] + 1


def pointer(path: Iterable[object]) -> str:
    """A path of keys and numbers as a JSON Pointer (RFC 6901).

    >>> pointer(["turns", 0, "a/b"])
    '/turns/0/a~1b'
    """
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def parts(pointer: str) -> list[str]:
    """The keys and numbers of a JSON Pointer."""
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def type_of(value: object) -> str:
    """What JSON calls a value."""
    if value is None:
        return "null"
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return names.get(type(value), type(value).__name__)


class _Wanted:
    """A part of a tree of pointers: what is looked for below a value, and where that value was found."""

    __slots__ = ("parts", "place")

    def __init__(self, parts: dict[str, _Wanted]) -> None:
        self.parts = parts
        self.place: Place | None = None


def _grow(root: _Wanted, pointer: str) -> list[_Wanted]:
    path = [root]
    for name in parts(pointer):
        path.append(path[-1].parts.setdefault(name, _Wanted({})))
    return path


class _Step(NamedTuple):
    """A value on the way through a text: how deep it lies, its key or number, its place."""

    depth: int
    name: str
    place: Place


def _walk(text: str) -> Iterator[_Step]:
    """Every value of a JSON text, each before those inside it. Without recursion: a text may be any depth."""
    numbers: list[int] = []  # for each open array the number of the next item, for an object -1
    name, key, named = "", 0, False
    for token in _TOKEN.finditer(text):
        first, start = text[token.start()], token.start()
        if first in "}]":
            numbers.pop()
        elif first == ",":
            named = False
        elif first == '"' and numbers and numbers[-1] < 0 and not named:
            name, key, named = json.loads(token[0], strict=False), start, True
        elif first != ":":
            if numbers and numbers[-1] >= 0:
                name, key = str(numbers[-1]), start
                numbers[-1] += 1
            yield _Step(len(numbers), name, Place(key if numbers else start, start))
            if first in "{[":
                numbers.append(-1 if first == "{" else 0)
            named = False


_TWICE = "twice"


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        # which of the two values counts depends on the reader
        raise JsonProblem(_TWICE)
    return found


def _constant(name: str) -> object:
    raise JsonProblem(name)


def _second(text: str) -> tuple[str, int]:
    """The key that an object has for the second time."""
    seen: list[set[str]] = []
    for depth, name, (key, value) in _walk(text):
        del seen[depth + 1 :]
        seen += [set() for _ in range(len(seen), depth + 1)]
        if key < value:
            if name in seen[depth]:
                return f"has the key {name!r} twice in one object; take one out", key
            seen[depth].add(name)
    raise AssertionError("no key is there twice")


def _strange(text: str) -> tuple[str, int]:
    """The number that JSON has not, or that is too long to be one."""
    most = sys.get_int_max_str_digits()
    for token in _TOKEN.finditer(text):
        if token[0] in ("NaN", "Infinity", "-Infinity"):
            return f"holds a number that cannot be read: JSON has no {token[0]}; write it anew", token.start()
        digits = token[0].lstrip("-")
        if most and len(digits) > most and digits.isdigit():
            return f"holds a number that cannot be read: it has {len(digits):,} digits; write it anew", token.start()
    raise AssertionError("no number is out of the way")
