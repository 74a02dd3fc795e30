"""Which documents of a run are done, and by what: so that the same command again does only what is missing.

RUN/done.jsonl has a line for each document, and for each part of a file of records, put there when all that is theirs
is. A line that was cut short is as none.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from cleankit import corpus, report
from cleankit.engines.places import DONE
from cleankit.errors import WriteError
from cleankit.report import Report


class Mark(NamedTuple):
    """What is done. Of a page its ledger tells the rest; of records here is what they were and what came of them."""

    name: str
    recipe: str  # `digest` of what it was done by
    source: str = ""  # SHA-256 of the bytes that were read
    files: tuple[tuple[str, str], ...] = ()  # outputs, by their paths in the run, with the SHA-256 of each
    counts: Report | None = None
    lost: int = 0
    aside: str = ""  # the rule by which most of those wait that do

    def line(self) -> bytes:
        """The mark as a line of JSON."""
        values: dict[str, Any] = {"name": self.name, "recipe": self.recipe}
        if self.counts is not None:
            values |= {"source": self.source, "files": dict(self.files), "counts": asdict(self.counts)}
            values |= {"lost": self.lost} if self.lost else {}
            values |= {"aside": self.aside} if self.aside else {}
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        return text.encode(errors="backslashreplace") + b"\n"


def read(run: Path) -> dict[str, Mark]:
    """The marks of a run by their names; of several the last."""
    with contextlib.suppress(FileNotFoundError):
        lines = (run / DONE).read_bytes().split(b"\n")[:-1]
        return {mark.name: mark for line in lines if (mark := _mark(line))}
    return {}


def _mark(line: bytes) -> Mark | None:
    # what cannot be read is not done
    with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
        said = json.loads(line)
        mark = Mark(str(said["name"]), str(said["recipe"]))
        if "counts" not in said:
            return mark
        files = tuple((str(path), str(digest)) for path, digest in said["files"].items())
        counts = report.from_values(said["counts"])
        return Mark(*mark[:2], str(said["source"]), files, counts, int(said.get("lost", 0)), str(said.get("aside", "")))
    return None


class Journal:
    """The file of marks while a run goes on. Raises WriteError where it, or the folder that it was in, is gone."""

    def __init__(self, run: Path) -> None:
        self.path = run / DONE
        self._file: BinaryIO | None = None

    def add(self, marks: Iterable[Mark], *, durable: bool = False) -> None:
        """Put marks behind those that are there; `durable` waits for the disk."""
        data = b"".join(mark.line() for mark in marks)
        try:
            if self._file is None:
                self._file = self.path.open("ab", buffering=0)
                if self._file.tell() and not _ends(self.path):
                    data = b"\n" + data  # one that a kill cut short
            here, there = os.fstat(self._file.fileno()), self.path.stat()
            if (here.st_dev, here.st_ino) != (there.st_dev, there.st_ino):
                raise FileNotFoundError
            self._file.write(data)
            if durable:
                os.fsync(self._file.fileno())
        except FileNotFoundError as error:
            problem = "was taken away while the run was writing into it; run the same command again"
            raise WriteError(self.path.parent, problem) from error
        except OSError as error:
            raise WriteError(self.path, f"cannot be written: {error.strerror}; see to the room there") from error

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()


def _ends(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def settle(run: Path, marks: Mapping[str, Mark]) -> None:
    """Write the marks of a run that came to its end, in the order of their names. Raises WriteError."""
    corpus.write_bytes(run / DONE, b"".join(marks[name].line() for name in sorted(marks)))
