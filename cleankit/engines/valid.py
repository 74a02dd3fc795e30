"""Holds JSON files against a schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from cleankit import corpus
from cleankit.engines.job import Failure, told
from cleankit.errors import ReadError
from cleankit.model import Finding


def each(paths: Sequence[str], schema: str) -> Iterator[tuple[str, tuple[Finding, ...] | Failure]]:
    """Each file with what the schema has to say of it, or why it could not be read."""
    from cleankit.briefing import validate

    sources, errors = corpus.find(paths, ".json")
    yield from ((error.path, told(error.path, error)) for error in errors)
    for _, path in sources:
        try:
            yield path, tuple(validate.validate(_json(path)))
        except Exception as error:  # one bad file does not end the check of the others
            yield path, told(path, error)


def _json(path: str) -> object:
    try:
        return json.loads(corpus.read_bytes(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ReadError(path, f"byte {error.start} is not UTF-8; JSON has to be") from error
    except json.JSONDecodeError as error:
        raise ReadError(path, f"line {error.lineno}, column {error.colno}: is not JSON: {error.msg}") from error
    except RecursionError as error:
        raise ReadError(path, "is nested too deeply to be a briefing") from error
