"""What differs between two runs, for people and as JSON; docs/compare.md has the form of that."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from cleankit.render.lines import visible
from cleankit.render.tables import columns, count, ranked

if TYPE_CHECKING:
    from cleankit.engines.comparing import Comparison, Differing, Pair
    from cleankit.report import Tally

MOST = 3  # documents that are named of each kind, rules of each of them, and values of a long list
_INDENT = "    "

_HOW = {
    "only-before": "only in {before}",
    "only-after": "only in {after}",
    "original": "made from another original",
    "quarantined": "in quarantine in {after} alone",
    "released": "in quarantine in {before} alone",
    "text": "another text",
    "findings": "the same text, other findings",
}
# the columns of the table, by what a tally has for them
_COLUMNS = {
    "docs": "documents",
    "applied": "edits",
    "open": "left open",
    "removed": "taken out",
    "added": "put in",
}


def lines(found: Comparison, differing: Iterable[Differing], *, verbose: bool = False) -> Iterator[str]:
    """The accounts, a table by rule, then a few documents of each kind as they come, or all; in the end how many."""
    yield from _parted(_accounts(found), _table(found.rules), _documents(found, differing, verbose=verbose))
    yield total(found)


def total(found: Comparison) -> str:
    """How many documents differ, and how."""
    where = {"before": visible(str(found.before.folder)), "after": visible(str(found.after.folder))}
    each = [f"{number:,} {_HOW[how].format(**where)}" for how, number in ranked(found.differing)]
    lost = f"; {len(found.failures):,} could not be compared" if found.failures else ""
    if not each:
        return f"no difference in {count(found.documents - len(found.failures), 'document')}{lost}"
    return f"{found.differing.total():,} of {count(found.documents, 'document')} differ: {'; '.join(each)}{lost}"


def as_json(found: Comparison, differing: Iterable[Differing]) -> Iterator[str]:
    """One JSON object, a line for each document as it comes."""
    head = {
        "before": str(found.before.folder),
        "after": str(found.after.folder),
        "settings": {name: pair._asdict() for name, pair in found.settings.items()},
        "counts": {name: pair._asdict() for name, pair in found.counts.items()},
        "rules": [
            {"rule": rule, "before": _record(pair.before), "after": _record(pair.after)}
            for rule, pair in found.rules.items()
        ],
    }
    yield json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}") + ","
    yield '  "documents": ['
    behind = ""
    for one in differing:
        rules = {rule: pair._asdict() for rule, pair in one.rules.items()}
        if behind:
            yield behind + ","
        behind = _INDENT + json.dumps({"document": one.name, "how": one.how, "rules": rules}, ensure_ascii=False)
    if behind:
        yield behind
    yield "  ],"
    yield f'  "compared": {found.documents},'
    yield f'  "differing": {found.differing.total()},'
    yield f'  "failed": {len(found.failures)}'
    yield "}"


def _record(tally: Tally) -> dict[str, int] | None:
    """What run.json says of a rule; nothing of one that found nothing."""
    from cleankit.report import Tally as Nothing

    if tally == Nothing():
        return None
    values = asdict(tally)
    return {"documents": values.pop("docs")} | values


def _parted(*parts: Iterable[str]) -> Iterator[str]:
    """The lines of all parts, with a blank line behind each that has any."""
    for part in parts:
        line = None
        for line in part:
            yield line
        if line is not None:
            yield ""


def _accounts(found: Comparison) -> Iterator[str]:
    rows: list[tuple[str, str]] = []
    for name, pair in found.settings.items():
        if name == "choices":
            rows += _choices(pair.before, pair.after)
        else:
            rows.append((name, _change(pair.before, pair.after)))
    rows += [(_COUNTED.get(name, name), _figure(*pair)) for name, pair in found.counts.items()]
    if rows:
        yield f"{visible(str(found.before.folder))} -> {visible(str(found.after.folder))}"
        yield from columns(rows)


_COUNTED = {"chars": "characters", "removed": "taken out"}


def _choices(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """The settings that differ, by their names. Where documents had several settings, each value stands once."""
    differs = False
    for name in dict.fromkeys(name for choice in (*before, *after) for name in choice if name != "documents"):
        one, other = (list(dict.fromkeys(_value(choice.get(name)) for choice in run)) for run in (before, after))
        if sorted(one) != sorted(other):
            differs = True
            alone = len(before) == len(after) == 1
            said = (
                _change(before[0].get(name), after[0].get(name)) if alone else f"{_several(one)} -> {_several(other)}"
            )
            yield name.replace("_", "-"), said
    if not differs:
        yield "choices", "the same values, combined otherwise"


def _several(values: Sequence[str]) -> str:
    return " or ".join(values) or "not told"


def _change(before: Any, after: Any) -> str:
    """From one value to another; of long lists what came and went."""
    if isinstance(before, list) and isinstance(after, list) and max(len(before), len(after)) > MOST:
        went, came = ([one for one in a if one not in set(b)] for a, b in ((before, after), (after, before)))
        said = [
            _few([f"{sign}{visible(str(one))}" for one in some]) for sign, some in (("-", went), ("+", came)) if some
        ]
        return ", ".join(said) or "in another order"
    return f"{_value(before)} -> {_value(after)}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(visible(str(one)) for one in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{visible(name)} {one}" for name, one in value.items()) or "none"
    return f"{value:,}" if isinstance(value, int) else visible(str(value or "none"))


def _few(said: Sequence[str]) -> str:
    return ", ".join(said[:MOST]) + (f", {len(said) - MOST:,} more" if len(said) > MOST else "")


def _figure(before: int, after: int) -> str:
    return f"{before:,}" if before == after else f"{before:,} -> {after:,} ({after - before:+,})"


def _table(rules: Mapping[str, Pair[Tally]]) -> Iterator[str]:
    """A row for each rule, and a column for each figure in which one of them differs."""
    from cleankit.report import Tally as Nothing

    if not rules:
        return
    shown = [
        name for name in _COLUMNS if any(getattr(one, name) != getattr(other, name) for one, other in rules.values())
    ]
    rows = [("rule", *(_COLUMNS[name] for name in shown), "")]
    for rule, (before, after) in rules.items():
        note = "new" if before == Nothing() else "gone" if after == Nothing() else ""
        rows.append((rule, *(_figure(getattr(before, name), getattr(after, name)) for name in shown), note))
    yield from columns(rows)


def _documents(found: Comparison, differing: Iterable[Differing], *, verbose: bool) -> Iterator[str]:
    told: Counter[str] = Counter()
    where = {"before": visible(str(found.before.folder)), "after": visible(str(found.after.folder))}
    unnamed = 0
    for one in differing:
        told[one.how] += 1
        if told[one.how] > MOST and not verbose:
            unnamed += 1
            continue
        rules = [f"{rule}{_signed(*pair)}" for rule, pair in one.rules.items()]
        by = f": {', '.join(rules) if verbose else _few(rules)}" if rules else ""
        yield f"{visible(one.name)}: {_HOW[one.how].format(**where)}{by}"
    if unnamed:
        yield f"{unnamed:,} more with --verbose"


def _signed(before: int, after: int) -> str:
    return (f" -{before:,}" if before else "") + (f" +{after:,}" if after else "")
