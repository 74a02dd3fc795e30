"""Holds JSON files against a schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from cleankit import corpus, resources
from cleankit.briefing import validate
from cleankit.engines.job import Failure, told
from cleankit.errors import ReadError, UsageError
from cleankit.model import Finding


def each(paths: Sequence[str], schema: str | None = None) -> Iterator[tuple[str, tuple[Finding, ...] | Failure]]:
    """Each JSON value with what the schema has to say of it, or why it could not be read.

    `schema` is the name of a shipped one or a file; without it, that of briefings. A folder stands for every *.json
    below it; a *.jsonl file holds a value on each line. Raises UsageError where the schema cannot be used.
    """
    against = _schema(schema)
    sources, errors = corpus.find(paths, ".json")
    yield from ((error.path, told(error.path, error)) for error in errors)
    for path in (source.path for source in sources):
        try:
            for place, value in _values(path):
                yield place, validate.validate(value, against)
        except UsageError:
            raise
        except Exception as error:  # one bad file does not end the check of the others
            yield path, told(path, error)


def _schema(schema: str | None) -> Path | None:
    if schema is None:
        return None
    path = Path(schema)
    return path if path.suffix or path.is_file() else resources.schema(schema)


def _values(path: str) -> Iterator[tuple[str, object]]:
    try:
        text = corpus.read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(path, f"byte {error.start} is not UTF-8, as JSON has to be; convert it") from error
    if not path.endswith(".jsonl"):
        yield path, _value(path, text, 1)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"{path}:{number}", _value(path, line, number)


def _value(path: str, text: str, row: int) -> object:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        row += error.lineno - 1
        raise ReadError(path, f"is not JSON: row {row}, column {error.colno}: {error.msg}; write it anew") from error
    except RecursionError as error:
        raise ReadError(path, "is nested too deeply for a briefing; write it anew") from error
    except _Ambiguous as error:
        raise ReadError(path, f"has the key {error.args[0]!r} twice in one object; take one out") from error
    except ValueError as error:
        problem = str(error).partition(";")[0]  # what follows is advice for programmers
        raise ReadError(path, f"holds a number that cannot be read: {problem}; write it anew") from error


class _Ambiguous(ValueError):
    """An object that says two things under one key: which of them counts depends on the reader."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Ambiguous(next(name for name in names if names.count(name) > 1))
    return found


def _no_number(name: str) -> object:
    raise ValueError(f"JSON has no {name}")
