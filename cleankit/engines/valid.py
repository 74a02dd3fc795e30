"""Holds JSON files against schemas, and says where in the file, and in the page behind it, something does not fit."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from cleankit import corpus, resources
from cleankit.briefing import jsontext, schemas, validate
from cleankit.briefing.jsontext import JsonProblem, Rows
from cleankit.briefing.schemas import Schema
from cleankit.engines import origin
from cleankit.engines.decisions import DECISIONS
from cleankit.engines.job import Failure, told
from cleankit.engines.places import DONE, LEDGER, QUARANTINE, RECORDS, RUN, TEXT, TIMING
from cleankit.engines.plan import Given, check
from cleankit.errors import CleankitError, ReadError, UsageError
from cleankit.model import Finding

SUFFIXES = (".json", ".jsonl")
NOTHING = Given()
_OF_NAME = {RUN: "run", TIMING: "timing", DECISIONS: "decision", DONE: "done"}


class Checked(NamedTuple):
    """A file that was looked at. `documents` are the values in it, `invalid` those with findings.

    The findings' `at` are JSON Pointers; their evidence gives `row` and `col` in `text`, and `source`, the line of the
    page (`path:row`) that a briefing of a run was read from.
    """

    path: str
    text: str
    findings: tuple[Finding, ...]
    documents: int
    invalid: int


def each(paths: Sequence[str], wanted: Sequence[str] = (), given: Given = NOTHING) -> Iterator[Checked | Failure]:
    """Each file with what the schemas have to say of it, or why it, or a line of it, could not be read.

    `wanted` are names of shipped schemas, or files; a document must fit them all. Without any it is that of briefings,
    and for what else a run has written its own. A folder stands for every *.json and *.jsonl below it, a
    pattern for what it matches, both without what `given` and the configurations exclude; a *.jsonl file holds a value
    on each line. Raises UsageError where a schema or a configuration cannot be used.
    """
    check(paths, given)
    given.config_for(corpus.STDIN)  # a mistake in it is one even where no file asks for it
    loaded = schemas.load([_schema(one) for one in wanted])
    named, unmatched = corpus.expand(given.kept(paths), excludes=lambda path: given.config_for(path).excludes(path))
    sources, errors = corpus.find(
        named,
        SUFFIXES,
        excludes=lambda path: _is_a_users(path) or given.config_for(path).excludes(path, above=False),
    )
    yield from (told(error.path, error) for error in (*unmatched, *errors))
    for path in dict.fromkeys(os.path.normpath(source.path) for source in sources):
        try:
            yield from _checked(path, loaded or schemas.load([_of_run(path)]))
        except UsageError:
            raise
        except Exception as error:  # one bad file does not end the check of the others
            yield told(path, error)


def _schema(wanted: str) -> Path:
    path = Path(wanted)
    return path if path.suffix or path.is_file() else resources.schema(wanted)


def _is_a_users(path: str) -> bool:
    """Whether a file of a run holds rows of the corpus, which have whatever columns they came with."""
    *folders, _ = Path(path).parts or ("",)
    return any(pair in ((RECORDS, TEXT), (RECORDS, QUARANTINE)) for pair in pairwise(folders))


def _of_run(path: str) -> Path | None:
    """The schema of a file that a run has written, told by its place; None for any other, which is to be a briefing."""
    *folders, name = Path(path).parts or ("",)
    if name in _OF_NAME:
        return resources.schema(_OF_NAME[name])
    is_ledger = {LEDGER, QUARANTINE} & {*folders} and name.lower().endswith(".jsonl")
    return resources.schema("ledger") if is_ledger else None


def _checked(path: str, against: Sequence[Schema]) -> Iterator[Checked | Failure]:
    try:
        text = jsontext.decode(corpus.read_bytes(path))
    except JsonProblem as error:
        raise ReadError(path, error.problem) from error
    findings: list[Finding] = []
    documents = invalid = 0
    for row, piece in _pieces(path, text):
        try:
            value = jsontext.read(piece)
            found = validate.against(value, against)
        except UsageError:
            raise
        except JsonProblem as error:
            yield Failure(path, _where(piece, error.offset, row) + error.problem)
            continue
        except CleankitError as error:
            yield Failure(path, f"row {row}: {error}" if row > 1 else str(error))
            continue
        documents += 1
        if found:
            invalid += 1
            findings += _placed(found, path, value, piece, row)
    if documents:
        yield Checked(path, text if findings else "", tuple(findings), documents, invalid)


def _pieces(path: str, text: str) -> Iterator[tuple[int, str]]:
    """The JSON texts of a file, each with the row that it begins in."""
    if not path.lower().endswith(".jsonl"):
        yield 1, text
        return
    for row, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield row, line


def _where(piece: str, offset: int | None, row: int) -> str:
    if offset is None:
        return f"row {row}: " if row > 1 else ""
    more, col = Rows(piece).of(offset)
    return f"row {row + more - 1}, column {col}: "


def _placed(found: Sequence[Finding], path: str, value: object, piece: str, row: int) -> list[Finding]:
    """The findings with their places, in the order of the text."""
    places = jsontext.find(piece, (str(one.at) for one in found))
    rows, page = Rows(piece), origin.of(path)
    placed = []
    for one in found:
        at = str(one.at)
        more, col = rows.of(places[at].key if one.rule in validate.OF_KEYS else places[at].value)
        evidence = [("row", str(row + more - 1)), ("col", str(col))]
        if page and (source := page.of(value, at)):
            evidence.append(("source", source))
        placed.append(((more, col), replace(one, evidence=(*evidence, *one.evidence))))
    return [one for _, one in sorted(placed, key=lambda pair: pair[0])]
