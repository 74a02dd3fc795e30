"""What was done to a document or a line of it and why, in words and as JSON; docs/explain.md has the form of that."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from cleankit.ledger import DONE, Deed
from cleankit.model import About, Bound, Span
from cleankit.pipeline import WAITS
from cleankit.render.lines import EXCERPT, visible
from cleankit.render.place import Places
from cleankit.render.tables import columns, count

if TYPE_CHECKING:
    from cleankit.engines.explaining import Explained, Line, Told
    from cleankit.engines.nearness import Nearness

LONG_EXCERPT = 120  # where one line is asked about there is room
_POINTS = re.compile(r"([+-]\d+(?:\.\d+)?)(?: (.*))?", re.DOTALL)
_INDENT = "    "

# For the list, and for the sums below it.
_SHORT = {
    Deed.COVERED: "covered",
    Deed.LOST: "gave way",
    Deed.FLAGGED: "left open",
    Deed.SUGGESTED: "suggested",
    Deed.WAITS: "waits",
    Deed.SPARED: "left alone",
    Deed.TAKEN_BACK: "taken back",
    Deed.FALLEN: "fell with another",
}
# Evidence that says little by its name and its value alone.
_FACTS = {
    "pattern": "its pattern {value}",
    "quoted": "it stands in quotation marks",
    "right": "right would be {value}",
    "tells": "the briefing reads its {value} from it",
    "times": "it stands {value} times on the page",
}
_OUTCOMES = {"kept": "kept as it is", "changed": "changed", "gone": "taken out", "waits": "waits in the quarantine"}


def lines(found: Explained) -> Iterator[str]:
    """For people: a document as a list of findings, a line with all that there is to say of each."""
    text = _Text(found)
    yield from text.of_line(found.line) if found.line else text.of_document()


def as_json(found: Explained) -> str:
    """One JSON object."""
    return json.dumps(_Records(found).whole(), ensure_ascii=False, indent=2)


class _Where:
    """Places in the original, where that is there to count lines in; characters where it is not."""

    def __init__(self, source: str | None) -> None:
        self._places = None if source is None else Places(source)

    def rows(self, at: Span) -> tuple[int, int, int] | None:
        """Row and column of the beginning, and the row of the end."""
        if self._places is None:
            return None
        row, col = self._places.of(at.start)
        return row, col, max(row, self._places.of(max(at.start, at.end - 1))[0])

    def short(self, at: Span) -> str:
        if (rows := self.rows(at)) is None:
            return f"@{at.start}"
        row, col, last = rows
        return f"{row}:{col}" if row == last else f"{row}-{last}"

    def long(self, at: Span) -> str:
        if (rows := self.rows(at)) is None:
            return f"characters {at.start} to {at.end}"
        row, _, last = rows
        return f"line {row}" if row == last else f"lines {row} to {last}"


class _Text:
    def __init__(self, found: Explained) -> None:
        self._found = found
        self._where = _Where(found.source)

    def of_document(self) -> Iterator[str]:
        found = self._found
        yield from self._head("")
        rows = [
            (self._where.short(one.home), _deed(one), one.rule, str(one.fate.entry.safety), self._change(one, EXCERPT))
            for one in found.told
        ]
        yield from columns(rows) if rows else ()
        yield self._sums()

    def of_line(self, line: Line) -> Iterator[str]:
        found = self._found
        yield from self._head(f":{line.row}" + (f":{line.col}" if line.col else ""), _OUTCOMES[line.outcome])
        yield from self._words(line)
        if not found.told and line.outcome == "kept":
            yield "nothing was found in it"
        for title, told in (
            ("", found.told),
            ("taken out right before it:", line.before),
            ("taken out right behind it:", line.after),
        ):
            if told and title:
                yield ""
                yield title
            for one in told:
                yield ""
                yield from self._told(one)
        if line.near:
            yield ""
            yield "came near, and let it be:"
            for near, about in line.near:
                yield ""
                yield from self._near(near, about)
        if line.unasked:
            yield ""
            yield f"what came near cannot be told: {visible(line.unasked)}"

    def _head(self, place: str, outcome: str = "") -> Iterator[str]:
        found = self._found
        said = [outcome] if outcome else []
        if found.run and found.side == "original":
            said.append(f"by the ledger of {found.name!r} in {found.run}")
        elif not found.run:
            said.append("looked at now, nothing written")
        first, *more = said or ["by its ledger"]
        yield f"{visible(found.path)}{place}: {visible(first)}" + (f" ({visible(more[0])})" if more else "")
        if why := found.journal.aside:
            proof = ", ".join(f"{name} {value}" for name, value in why.evidence)
            reason = visible(why.message) + f" ({proof})" * bool(proof)
            yield f"the page was put aside as it is, by {why.rule}: {reason}"
        if page := found.journal.markup:
            yield f"the original is the text that {visible(page.reader)} took from a page of HTML"
        if found.source is None:
            yield "the ledger keeps hashes in the place of the old texts, and the original is gone: what was taken out"
            yield "and a part of the evidence cannot be shown, and places are told in characters of the original"

    def _words(self, line: Line) -> Iterator[str]:
        original, result = line.original, line.result
        if line.outcome == "waits" or original is None:
            yield f"{_INDENT}{_shown(line.text)}"
        else:
            yield f"{_INDENT}{_shown(original)}"
        if line.outcome == "changed" and original is not None:
            yield f" -> {_shown(result)}"
        if self._found.side == "clean":
            yield f"it stood in {self._where.long(line.at)} of the original"
        elif line.outcome in ("kept", "changed"):
            yield f"it is line {Places(self._found.clean).of(line.result_at.start)[0]} of the clean text"

    def _told(self, one: Told) -> Iterator[str]:
        yield f"{self._where.short(one.home)}  {self._done(one)}"
        yield f"{_INDENT}{one.rule} ({one.fate.entry.safety}): {_summary(one.about)}"
        if one.about:
            yield f"{_INDENT}{one.about.why}"
        if (message := one.fate.entry.message) and not (one.about and one.about.summary == message):
            yield f"{_INDENT}{visible(message)}"
        told = (pair for pair in one.fate.entry.evidence if pair != WAITS)  # the deed says so
        evidence = [(name, value) for name, value in told if isinstance(value, str)]
        yield from _evidence(evidence, one.about.bounds if one.about else ())
        if one.hidden:
            yield f"{_INDENT}a part of what it stands on was not kept"

    def _done(self, one: Told) -> str:
        deed, by = one.fate.deed, " and ".join(one.by)
        words = self._change(one, LONG_EXCERPT)
        match deed:
            case Deed.MADE | Deed.ALLOWED | Deed.REFUSED:
                return f"{_deed(one)} {words}".rstrip() + ", for a person allowed it" * (deed is Deed.ALLOWED)
            case Deed.COVERED:
                return f"covered: {by or 'another edit'} takes {words}"
            case Deed.LOST:
                return f"gave way: {by or 'another rule'} changes the same words, {words}"
            case Deed.FLAGGED:
                return f"left open: a flag only points, {words}"
            case Deed.SUGGESTED:
                return f"left open: it is suggested, and made with --suggested, {words}"
            case Deed.WAITS:
                return f"left open: it would change words by which something beside it is left alone, {words}"
            case Deed.SPARED:
                if one.said is None:
                    return f"left alone, {words}; no entry says so today"
                reason = f": {visible(one.said.reason)}" if one.said.reason else ""
                return f"left alone by {visible(one.said.where)}, {words}{reason}"
            case Deed.TAKEN_BACK:
                return f"taken back by a person, {words}"
            case Deed.FALLEN:
                return f"not made any more: what it was made on was taken back, {words}"

    def _near(self, one: Nearness, about: About | None) -> Iterator[str]:
        level = f" ({about.level})" if about else ""
        yield f"{self._where.short(one.at)}  {one.near.rule}{level}: {_summary(about)}"
        yield from _evidence(one.near.spoke, about.bounds if about else ())
        by = f" ({self._where.long(one.by)})" if one.by else ""
        yield f"{_INDENT}but {visible(one.near.held)}{by}"

    def _old(self, one: Told) -> str:
        """What a finding is about: what its edit takes, or what stands in the original."""
        edit, source = one.fate.entry.edit, self._found.source
        if edit is not None and source is not None:
            return edit.old
        return "" if source is None else source[one.home.start : one.home.end]

    def _change(self, one: Told, most: int) -> str:
        """The words that it is about, and by what they are replaced."""
        edit, old = one.fate.entry.edit, _quoted(self._old(one), most)
        if edit is None or not edit.new:
            return old
        new = _quoted(edit.new, most)
        if edit.start < edit.end:
            return f"{old} by {new}".strip()
        return new if _deed(one).endswith("put in") else f"put in {new}"

    def _sums(self) -> str:
        found = self._found
        deeds = Counter(_deed(one) for one in found.told)
        each = ", ".join(f"{number:,} {deed}" for deed, number in deeds.items())
        taken = sum(len(edit.old) for one in found.told if one.fate.deed in DONE and (edit := one.fate.entry.edit))
        put = sum(len(edit.new) for one in found.told if one.fate.deed in DONE and (edit := one.fate.entry.edit))
        whole = f"{taken:,} of {found.journal.chars:,} characters taken out, {put:,} put in"
        return f"{count(len(found.told), 'finding')}: {each}; {whole}" if found.told else "nothing was found"


class _Records:
    def __init__(self, found: Explained) -> None:
        self._found = found
        self._where = _Where(found.source)

    def whole(self) -> dict[str, Any]:
        found, journal = self._found, self._found.journal
        aside = journal.aside
        return {
            "path": found.path,
            "counts_in": str(found.side),
            "run": found.run or None,
            "document": found.name,
            "source": journal.source,
            "complete": found.source is not None,
            "aside": {"rule": aside.rule, "message": aside.message} if aside else None,
            "line": self._line(found.line) if found.line else None,
            "findings": [self._told(one) for one in found.told],
        }

    def _line(self, line: Line) -> dict[str, Any]:
        places, at = Places(self._found.clean), line.result_at
        is_there = line.outcome in ("kept", "changed")
        row, col = places.of(at.start)
        return {
            "row": line.row,
            "col": line.col or None,
            "outcome": str(line.outcome),
            "original": line.original,
            "result": line.result if is_there else None,
            "at": self._at(line.at),
            "result_at": {"start": at.start, "end": at.end, "row": row, "col": col} if is_there else None,
            "before": [self._told(one) for one in line.before],
            "after": [self._told(one) for one in line.after],
            "near": [self._near(*pair) for pair in line.near],
            "unasked": line.unasked or None,
        }

    def _told(self, one: Told) -> dict[str, Any]:
        entry = one.fate.entry
        kept = self._found.source is not None
        return {
            "rule": entry.rule,
            "safety": str(entry.safety),
            "stage": entry.stage or None,
            "done": str(one.fate.deed),
            "by": list(one.by),
            "spared_by": {"where": one.said.where, "reason": one.said.reason} if one.said else None,
            "at": self._at(entry.home),
            "message": entry.message or None,
            "edit": {"old": entry.edit.old if kept else None, "new": entry.edit.new} if entry.edit else None,
            **_of_rule(one.about),
            "evidence": [[name, value if isinstance(value, str) else None] for name, value in entry.evidence],
        }

    def _near(self, one: Nearness, about: About | None) -> dict[str, Any]:
        return {
            "rule": one.near.rule,
            "safety": str(about.level) if about else None,
            "stage": one.stage,
            "at": self._at(one.at),
            **_of_rule(about),
            "evidence": [list(pair) for pair in one.near.spoke],
            "held": one.near.held,
            "held_at": self._at(one.by) if one.by else None,
        }

    def _at(self, at: Span) -> dict[str, Any]:
        row, col, last = self._where.rows(at) or (None, None, None)
        return {"start": at.start, "end": at.end, "row": row, "col": col, "last_row": last}


def _of_rule(about: About | None) -> dict[str, Any]:
    """What a rule says of itself; null for one that is no longer known."""
    bounds = about.bounds if about else ()
    return {
        "summary": about.summary if about else None,
        "why": about.why if about else None,
        "bounds": [{"measure": one.measure, "value": one.value, "means": one.means} for one in bounds],
    }


def _deed(one: Told) -> str:
    """In a word or two what was done."""
    deed, edit = one.fate.deed, one.fate.entry.edit
    if deed in _SHORT:
        return _SHORT[deed]
    changes = edit is not None and edit.new
    done = "taken out" if not changes else "replaced" if edit and edit.start < edit.end else "put in"
    return f"would be {done}" if deed is Deed.REFUSED else done


def _summary(about: About | None) -> str:
    return about.summary if about else "a rule that is no longer known here"


class _Part(NamedTuple):
    points: float
    name: str
    found: str


def _evidence(pairs: Sequence[tuple[str, str]], bounds: Sequence[Bound]) -> Iterator[str]:
    """What a finding stands on: a sum with its parts and what it was held against, and the rest in a line."""
    parts = [_Part(float(m[1]), name, m[2] or "") for name, value in pairs if (m := _POINTS.fullmatch(value))]
    names = {part.name for part in parts}
    others = [(name, value) for name, value in pairs if name not in names]
    measure = next((name for name, _ in others if any(bound.measure == name for bound in bounds)), "")
    rest = [_fact(name, value) for name, value in others if name != measure]
    if rest:
        yield f"{_INDENT}{visible(', '.join(rest))}"
    if not measure:
        for part in parts:
            yield f"{_INDENT}{part.points:+.1f} {visible(part.name)} {visible(part.found)}".rstrip()
        return
    value = next(value for name, value in others if name == measure)
    held = ", ".join(f"{bound.means} {bound.value:g}" for bound in bounds if bound.measure == measure)
    adds_up = abs(sum(part.points for part in parts) - float(value)) < 0.05
    yield f"{_INDENT}{measure} {value}{', the sum of' * (adds_up and bool(parts))}" + f" ({held})" * (not adds_up)
    if not adds_up and parts:
        yield f"{_INDENT}what weighed most against it, in log-odds:"
    rows = [(f"{part.points:+.1f}", visible(part.name), visible(part.found)) for part in parts]
    yield from (f"{_INDENT}  {row}" for row in columns(rows, right=(0,)))
    if adds_up:
        yield f"{_INDENT}held against: {held}"


def _fact(name: str, value: str) -> str:
    return _FACTS.get(name, "{name} {value}").format(name=name, value=value)


def _quoted(text: str, most: int) -> str:
    if not text:
        return ""
    words = text.strip() or text
    cut = words if len(words) <= most else words[: most - 1] + "…"
    return f'"{visible(cut)}"'


def _shown(text: str) -> str:
    return visible(text) if text.strip() else "(blank)"
