"""The rules that ship with cleankit, read from their files once and remembered between runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from cleankit import scan
from cleankit.cache import below, remembered
from cleankit.model import Safety
from cleankit.rules.kinds import KINDS
from cleankit.rules.places import PACKS
from cleankit.rules.rule import Case, Match, Rule


@cache
def builtin() -> tuple[Rule, ...]:
    """All of them, sorted by id. Their patterns are tried by the tests: it would double the time to start."""
    return tuple(map(_rule, remembered("rules", _files(), _worked_out)))


def _files() -> Iterator[Path | str]:
    """What an entry depends on: the rules with their vocabulary, and the code that reads them."""
    yield from sorted(below(PACKS, ".toml", depth=1))
    yield from sorted(below(Path(__file__).parent, ".py"))
    yield from scan.code()


def _worked_out() -> list[dict[str, Any]]:
    from cleankit.rules.load import read_packs

    return [
        asdict(rule) | {"needs": [scan.as_json(scan.need(pattern)) for pattern in KINDS[rule.kind].patterns(rule)]}
        for rule in read_packs(PACKS)
    ]


def _rule(data: dict[str, Any]) -> Rule:
    return Rule(
        **data
        | {
            "level": Safety(data["level"]),
            "match": Match(**{key: _tuple(value) for key, value in data["match"].items()}),
            "languages": tuple(data["languages"]),
            "needs": tuple(map(scan.of_json, data["needs"])),
        }
        | {key: tuple(Case(**case) for case in data[key]) for key in ("examples", "keeps", "missed")}
    )


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
