"""What `check` and `fix` do with one document: look at it, and put the clean text in the place of the old one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleankit import corpus
from cleankit.corpus import STDIN
from cleankit.encoding import encode
from cleankit.engines.job import Failure, told
from cleankit.errors import WriteError
from cleankit.model import Document, Finding, Safety
from cleankit.pipeline import Outcome, Pipeline


@dataclass(frozen=True, slots=True)
class Seen:
    """A document that was looked at. `path` is the one to name it by."""

    path: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Fixed:
    """A document whose edits were made. `left` are the findings in the result, by its own offsets; `data` its bytes."""

    path: str
    outcome: Outcome
    left: tuple[Finding, ...]
    data: bytes

    @property
    def changed(self) -> bool:
        return self.outcome.result.text != self.outcome.source.text


def check(paths: Sequence[str], pipeline: Pipeline, encoding: str | None = None) -> Iterator[Seen | Failure]:
    """Each document with its findings, or why it could not be looked at."""
    sources, errors = corpus.find(paths)
    yield from (told(error.path, error) for error in errors)
    for source in sources:
        try:
            yield Seen(source.path, pipeline.run(corpus.read(source, encoding)))
        except Exception as error:  # one bad page does not end the check of the others
            yield told(source.path, error)


def fix(
    paths: Sequence[str], pipeline: Pipeline, encoding: str | None = None, *, write: bool = True
) -> Iterator[Fixed | Failure]:
    """Clean each document in place: same encoding, same byte order mark, same line ends, and only where it changes."""
    for seen in check(paths, pipeline, encoding):
        if isinstance(seen, Failure):
            yield seen
            continue
        try:
            fixed = _fixed(seen, pipeline)
            if write and fixed.changed and seen.path != STDIN:
                if not Path(seen.path).is_file():
                    raise WriteError(seen.path, "is no file that could be changed in place; read it as -")
                corpus.write_bytes(Path(seen.path), fixed.data)
            yield fixed
        except Exception as error:  # nor does one that cannot be written
            yield told(seen.path, error)


def _fixed(seen: Seen, pipeline: Pipeline) -> Fixed:
    outcome = seen.outcome
    meta, result = outcome.source.meta, outcome.result
    encoding = str(meta["encoding"])
    try:
        data = encode(result.text, encoding, bool(meta["bom"]))
    except UnicodeEncodeError as error:
        missing = result.text[error.start]
        raise WriteError(
            seen.path, f"was not changed: {encoding} has no U+{ord(missing):04X}; convert the file to UTF-8 first"
        ) from error
    left = outcome.open if not outcome.applied else pipeline.run(Document(result.id, result.text)).findings
    return Fixed(seen.path, outcome, left, data)


def is_fixable(finding: Finding, level: Safety) -> bool:
    """Whether a finding counts at a level: one with a fix that is at least so safe, or at `flag` any at all."""
    return level is Safety.FLAG or (finding.fix is not None and finding.safety.rank <= level.rank)
