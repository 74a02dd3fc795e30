"""TOML with the rows its keys stand in, for errors: the standard library reads the values and forgets the places."""

from __future__ import annotations

import re
from typing import Any, NoReturn

# a place in a document: keys of tables and numbers of list items, as one writes them to get there
Path = tuple[str | int, ...]

# patterns are compiled on use: most runs read no TOML, or only good one
_BLANK = r"(?:[ \t\r\n]|#[^\n]*)*"
_STRING = r'"""(?:\\.|[^\\])*?"""(?:"{0,2})' r"|'''.*?'''(?:'{0,2})" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'"
_BARE = r"[A-Za-z0-9_-]+"
_OTHER = r"[^,\]}#\r\n]+"  # number, truth value, date: whatever it is, it has no comma
_DOT = r"[ \t]*\.[ \t]*"
_PLACE = r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z"


class TomlError(ValueError):
    """Text that is not TOML: what is wrong, and where. Row and column are from 1, or 0 where they cannot be told."""

    def __init__(self, row: int, col: int, problem: str) -> None:
        super().__init__(f"{row}:{col}: {problem}")
        self.row, self.col, self.problem = row, col, problem


def parse(text: str) -> dict[str, Any]:
    """What the text holds. Raises TomlError."""
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError:
        _refuse(text, "is nested too deeply")
    except ValueError as error:  # TOMLDecodeError, and what it does not catch: a number of five thousand digits
        _refuse(text, str(error))


def _refuse(text: str, problem: str) -> NoReturn:
    place = re.search(_PLACE, problem)
    said = (problem[: place.start()] if place else problem).partition(";")[0]  # what follows is advice for programmers
    said = "is not valid TOML: " + said[:1].lower() + said[1:]
    if place and place[1]:
        raise TomlError(int(place[1]), int(place[2]), said)
    if place:
        raise TomlError(text.count("\n") + 1, len(text) - text.rfind("\n"), said + " at the end of the file")
    raise TomlError(0, 0, said)


def dotted(path: Path) -> str:
    """A place as TOML would write it.

    >>> print(dotted(("per-path", "a/**", "ignore", 0)))
    per-path."a/**".ignore[0]
    """
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += ("." if text else "") + (part if re.fullmatch(_BARE, part) else f'"{part}"')
    return text


def written(value: str | bool | list[Any]) -> str:
    """A value as TOML writes it.

    >>> print(written(["one\\n", True]))
    ["one\\n", true]
    """
    import json

    # JSON is TOML, but for one control character that it leaves as it is, and half a surrogate pair, which TOML has not
    text = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return text.encode("utf-8", "replace").decode()


def rows(text: str) -> dict[Path, int]:
    """The row of every key, table and list item of a text that `parse` takes.

    >>> rows('[a]\\nb = [\\n  1,\\n  2 ]\\n[[c]]\\nd.e = ""')[("a", "b", 1)]
    4
    """
    return _Scan(text).document()


def row(text: str, path: Path) -> int:
    """The row of a place, or of what holds it where it is missing; 0 for none."""
    found = rows(text)
    return next((found[path[:end]] for end in range(len(path), 0, -1) if path[:end] in found), 0)


class _Scan:
    """Walks over a text that is known to be TOML and notes where things stand."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.blank, self.bare, self.other, self.dot = map(re.compile, (_BLANK, _BARE, _OTHER, _DOT))
        self.quoted = re.compile(_STRING, re.DOTALL)
        self.row, self.counted = 1, 0
        self.found: dict[Path, int] = {}
        self.lengths: dict[Path, int] = {}  # of lists of tables

    def document(self) -> dict[Path, int]:
        table: Path = ()
        while self.skip():
            if self.text.startswith("[[", self.at):
                table = self.header(2)
            elif self.text[self.at] == "[":
                table = self.header(1)
            else:
                self.pair(table)
        return self.found

    def skip(self) -> bool:
        """Past blanks, line ends and comments; whether anything is left."""
        blank = self.blank.match(self.text, self.at)
        self.at = blank.end() if blank else self.at
        return self.at < len(self.text)

    def note(self, path: Path) -> None:
        self.row += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        for end in range(1, len(path) + 1):  # the tables that a dotted key makes begin with it
            self.found.setdefault(path[:end], self.row)

    def header(self, brackets: int) -> Path:
        start = self.at
        self.at += brackets
        *parents, last = self.key()
        path: Path = ()
        for name in parents:
            path = self.newest((*path, name))
        path = (*path, last)
        if brackets == 2:
            self.lengths[path] = self.lengths.get(path, 0) + 1
        path = self.newest(path)
        end, self.at = self.at, start
        self.note(path)
        self.at = self.text.index("]", end) + brackets
        return path

    def newest(self, path: Path) -> Path:
        """Of a list of tables its last one: to that more is added."""
        return (*path, self.lengths[path] - 1) if path in self.lengths else path

    def key(self) -> list[str]:
        parts: list[str] = []
        while True:
            self.skip()
            if bare := self.bare.match(self.text, self.at):
                parts.append(bare[0])
                self.at = bare.end()
            else:
                parts.append(str(parse("x = " + self.string())["x"]))
            if not (dot := self.dot.match(self.text, self.at)):
                return parts
            self.at = dot.end()

    def string(self) -> str:
        found = self.quoted.match(self.text, self.at)
        assert found is not None, "the text was parsed before it is scanned"
        self.at = found.end()
        return found[0]

    def pair(self, table: Path) -> None:
        self.skip()
        start = self.at
        path = (*table, *self.key())
        end, self.at = self.at, start
        self.note(path)
        self.at = self.text.index("=", end) + 1
        self.value(path)

    def value(self, path: Path) -> None:
        self.skip()
        first = self.text[self.at]
        if first == "[":
            self.items(path)
        elif first == "{":
            self.pairs(path)
        elif first in "\"'":
            self.string()
        elif other := self.other.match(self.text, self.at):
            self.at = other.end()

    def items(self, path: Path) -> None:
        self.at += 1
        number = 0
        while self.skip() and self.text[self.at] != "]":
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self.note((*path, number))
            self.value((*path, number))
            number += 1
        self.at += 1

    def pairs(self, path: Path) -> None:
        self.at += 1
        while self.skip() and self.text[self.at] != "}":
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self.pair(path)
        self.at += 1
