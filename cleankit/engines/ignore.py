"""What `ignore` does: finds what is to be left alone in a line, and writes down that it is."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cleankit import corpus, fingerprint, recipe
from cleankit.corpus import STDIN
from cleankit.engines.plan import Given, one
from cleankit.errors import UsageError
from cleankit.model import Document, Finding, Span
from cleankit.page import Page
from cleankit.selection import check, fits
from cleankit.suppress.entries import Entry, relative
from cleankit.suppress.spares import SIDECAR, Spares
from cleankit.suppress.write import appended, excerpt, path_of

if TYPE_CHECKING:
    from cleankit.fingerprint import Window
    from cleankit.guards import Judge

_PLACE = re.compile(r"(?P<path>.+?):(?P<row>\d+)(?::(?P<col>\d+))?:?\Z", re.DOTALL)


class Place(NamedTuple):
    """A line of a file, as `check` writes it; `col` is 0 where none was given."""

    path: str
    row: int
    col: int


class Added(NamedTuple):
    """What was written: the findings that are left alone from now on, each with its entry, and the file."""

    sidecar: str
    entries: tuple[tuple[Finding, Entry], ...]


def place(text: str) -> Place:
    """`FILE:LINE` or `FILE:LINE:COL`. Raises UsageError."""
    found = _PLACE.match(text)
    if not found or int(found["row"]) < 1:
        raise UsageError(f"{text}: is no place; write FILE:LINE, such as page.txt:12")
    return Place(found["path"], int(found["row"]), int(found["col"] or 0))


def day(text: str | None) -> date | None:
    """A date as TOML writes it. Raises UsageError."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"--expires: {text!r} is no date; write one such as 2031-12-31") from error


def ignore(
    where: Place,
    rule: str,
    reason: str,
    given: Given = Given(),  # noqa: B008 - frozen
    *,
    expires: date | None = None,
    everywhere: bool = False,
) -> Added:
    """Add to the sidecar what `rule` (an id, a pack or a glob) finds in a line. Nothing is written if it finds nothing.

    What comes to light only when that is left alone, such as one button of a bar, is added too. Raises UsageError.
    """
    if not reason.strip():
        raise UsageError("--reason: say why this is left alone; who reads it later has nothing else to go by")
    if expires and expires < date.today():
        raise UsageError(f"--expires: {expires} is past; give a day to come")
    if where.path == STDIN:
        raise UsageError("an entry names a file; give one that is on the disk")
    task = one(where.path, given)
    choice = task.settings.choice
    check([rule], [about.rule for about in recipe.abouts(choice)])
    spares = task.spares or Spares(where.path)
    sidecar = Path(spares.sidecar or _default(where.path))
    folder = os.path.dirname(os.path.abspath(sidecar))  # noqa: PTH100, PTH120 - a link stays a link
    document = corpus.read(task.source, task.settings.encoding)
    _check_row(document, where)
    pipeline, added = recipe.build(choice), dict[tuple[str, str], tuple[Finding, Entry]]()
    while True:
        asked = _Asked(spares, document, set(added))
        pipeline.sparing(asked).run(document)
        here = [finding for finding in asked.found if _stands(finding, document, where)]
        fresh = [finding for finding in here if fits(rule, finding.rule)]
        if not fresh:
            break
        for finding in fresh:
            name = "" if everywhere else path_of(where.path, folder)
            line, words = fingerprint.line(finding, document.text), excerpt(finding, document.text)
            added[finding.rule, line] = finding, Entry(finding.rule, line, reason.strip(), name, expires, 0, words)
    if not added:
        raise UsageError(f"{where.path}:{where.row}: {_nothing(rule, [finding.rule for finding in here])}")
    before = corpus.read_bytes(str(sidecar)).decode() if sidecar.exists() else ""
    entries = tuple(added.values())
    corpus.write_bytes(sidecar, appended(before, [entry for _, entry in entries], str(sidecar)).encode())
    return Added(str(sidecar), entries)


class _Asked:
    """Spares what is spared already, and notes what else is found."""

    def __init__(self, spares: Spares, document: Document, added: set[tuple[str, str]]) -> None:
        self._spares, self._text, self._added = spares, document.text, added
        self.found: list[Finding] = []

    def __call__(self, document: Document) -> Judge:
        known = self._spares.judge(document)
        # a result is looked at too, and what is found there stands in other places
        found = [] if document.text != self._text else self.found
        found.clear()

        def judge(finding: Finding) -> Window | None:
            if known and (window := known(finding)):
                return window
            for window in fingerprint.windows(finding, document.text):
                if (finding.rule, fingerprint.hashed(window)) in self._added:
                    return window
            found.append(finding)
            return None

        return judge


def _default(path: str) -> str:
    """Where the first entry goes: the working folder, or the document's own where that lies elsewhere."""
    outside = relative(path, str(Path.cwd())).startswith(("../", "/"))
    return str(Path(path).parent / SIDECAR) if outside else SIDECAR


def _check_row(document: Document, where: Place) -> None:
    rows = len(Page(document.text).lines)
    if where.row > rows:
        raise UsageError(f"{where.path}:{where.row}: the file has {rows} lines")


def _stands(finding: Finding, document: Document, where: Place) -> bool:
    """Whether a finding touches the line, or begins in its column."""
    if not isinstance(finding.at, Span):
        return False
    page = Page(document.text)
    first, last = page.line_at(finding.at.start), page.line_at(max(finding.at.start, finding.at.end - 1))
    if where.col:
        return first + 1 == where.row and finding.at.start - page.lines[first].start + 1 == where.col
    return first <= where.row - 1 <= last


def _nothing(rule: str, others: list[str]) -> str:
    if not others:
        return "nothing is found there that is not left alone already"
    return f"{rule} finds nothing there; what does is {', '.join(dict.fromkeys(others))}"
