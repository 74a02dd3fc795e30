"""Reads rule files and refuses the ones that do not say what they do, naming file and key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import re2

from cleankit.errors import RuleError
from cleankit.lazy import expression
from cleankit.model import Safety
from cleankit.rules.kinds import KINDS, PLACES
from cleankit.rules.rule import Case, Match, Rule
from cleankit.scan import regex

PACKS = Path(__file__).parent.parent / "packs"
VOCABULARY = "vocabulary.toml"

# What a removed text can say about the page; briefing.parse reads it back.
TELLS = ("", "credits", "dateline", "disclaimer", "pages", "source", "tags", "title")

_KEYS: dict[str, type] = {
    "kind": str, "level": str, "summary": str, "why": str, "match": dict, "example": list, "keep": list,
    "missed": list, "languages": list, "tells": str, "since": str,
}  # fmt: skip
_REQUIRED = ("kind", "level", "summary", "why", "match", "example", "keep")
_MATCH_KEYS: dict[str, type] = {
    "any_of": list, "words": dict, "to": str, "unless": list, "ignore_case": bool, "at": str,
    "members": list, "strays": list, "fillers": list, "not_after": list, "not_under": list,
    "not_beside": list, "not_on": list, "stops": list, "grow": str, "min_anchors": int, "min_lines": int,
    "max_gap": int, "titles": int, "needs_text": bool,
}  # fmt: skip
_PATTERNS = (
    "any_of", "unless", "members", "strays", "fillers", "not_after", "not_under", "not_beside", "not_on", "stops",
)  # fmt: skip
_TYPE_NAMES = {str: "string", dict: "table", list: "list", bool: "true or false", int: "whole number"}
_STEM = expression(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_NAME = expression(r"\{([a-z][a-z_-]*)\}")


def load_packs(root: Path = PACKS) -> tuple[Rule, ...]:
    """All rules below a folder of packs, sorted by id, each of their patterns tried.

    Raises RuleError naming the file and the key that is wrong.
    """
    if not root.is_dir():
        raise RuleError(root, "", "is no folder; give one that holds PACK/NAME.toml")
    rules = read_packs(root)
    for rule in rules:
        try_patterns(rule)
    return rules


def read_packs(root: Path) -> tuple[Rule, ...]:
    """The same, their patterns not tried."""
    vocabulary = load_vocabulary(root)
    return tuple(load_rule(path, vocabulary) for path in rule_files(root))


def rule_files(root: Path) -> Iterator[Path]:
    yield from sorted(path for path in root.glob("*/*.toml"))


def load_vocabulary(root: Path) -> Mapping[str, str]:
    """Named alternatives that patterns share: `{network}` in a pattern stands for any of `network`'s entries."""
    path = root / VOCABULARY
    if not path.exists():
        return {}
    table = _toml(path)
    for name, entries in table.items():
        if not isinstance(entries, list) or not all(isinstance(x, str) for x in entries):
            raise RuleError(path, name, "must be a list of patterns")
    return {name: "(?:" + "|".join(entries) + ")" for name, entries in table.items()}


def load_rule(path: Path, vocabulary: Mapping[str, str]) -> Rule:
    """One rule file. Raises RuleError naming the file and the key that is wrong."""
    table = _toml(path)
    _check_keys(path, table, _KEYS, "")
    for key in _REQUIRED:
        if not table.get(key):
            raise RuleError(path, key, "is missing" + (": every rule shows one" if key in ("example", "keep") else ""))
    kind, level, tells = table["kind"], table["level"], table.get("tells", "")
    _one_of(path, "kind", kind, KINDS)
    _one_of(path, "level", level, tuple(Safety))
    _one_of(path, "tells", tells, TELLS)
    if not all(isinstance(language, str) for language in table.get("languages", ())):
        raise RuleError(path, "languages", 'must be a list of ISO 639-1 codes, such as "en"')
    for part in (path.parent.name, path.stem):
        if not _STEM.match(part):
            raise RuleError(path, "", f"pack and rule names are kebab-case, not {part!r}")
    rule_id = f"{path.parent.name}/{path.stem}"
    return Rule(
        id=rule_id,
        kind=kind,
        level=Safety(level),
        summary=table["summary"],
        why=table["why"],
        match=_match(path, table["match"], kind, vocabulary),
        examples=tuple(_cases(path, table, "example", changes=level != Safety.FLAG)),
        keeps=tuple(_cases(path, table, "keep", changes=False)),
        missed=tuple(_cases(path, table, "missed", changes=level != Safety.FLAG)),
        languages=tuple(table.get("languages", ())),
        tells=tells,
        since=table.get("since", ""),
        path=str(path),
    )


def _match(path: Path, table: dict[str, Any], kind: str, vocabulary: Mapping[str, str]) -> Match:
    _check_keys(path, table, _MATCH_KEYS, "match.")
    allowed = KINDS[kind].keys
    for key in table:
        if key not in allowed:
            raise RuleError(
                path, f"match.{key}", f"is not read by kind {kind!r}, which reads {', '.join(sorted(allowed))}"
            )
    if not table.get("any_of") and not table.get("words"):
        raise RuleError(path, "match.any_of", "is missing")
    _one_of(path, "match.at", table.get("at", "anywhere"), PLACES)
    _one_of(path, "match.grow", table.get("grow", "both"), ("both", "down", "between", "outward"))
    for word, new in table.get("words", {}).items():
        if not word or word != word.lower() or not isinstance(new, str):
            raise RuleError(path, f"match.words.{word}", "must be a word in lower case with the word it stands for")
    patterns = {}
    for key in _PATTERNS:
        entries = table.get(key, [])
        for i, entry in enumerate(entries):
            if not isinstance(entry, str) or not entry:
                raise RuleError(path, f"match.{key}[{i}]", "must be a pattern")
        patterns[key] = tuple(_filled(path, f"match.{key}[{i}]", entry, vocabulary) for i, entry in enumerate(entries))
    return Match(**{**table, **patterns})


def try_patterns(rule: Rule) -> None:
    """Compile every pattern of a rule. Raises RuleError for one that RE2 does not take or that matches every page."""
    groups = max((int(number) for number in re.findall(r"\\(\d)", rule.match.to)), default=0)
    for key in _PATTERNS:
        for i, pattern in enumerate(getattr(rule.match, key)):
            place = f"match.{key}[{i}]"
            try:
                compiled = regex(pattern)
            except re2.error as error:
                raise _refused(rule, place, error) from error
            if key == "any_of" and compiled.groups < groups:
                raise RuleError(rule.path, place, f"has {compiled.groups} groups, and `to` asks for \\{groups}")
    for pattern in KINDS[rule.kind].patterns(rule):
        if regex(pattern).search(b""):
            raise RuleError(rule.path or rule.id, "match", "a pattern matches an empty line, and so every page")


def _refused(rule: Rule, key: str, error: Exception) -> RuleError:
    """The error of a pattern that RE2 does not take."""
    problem = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
    text = f"RE2 does not take this pattern ({problem}); it has no look-around and no back-references"
    return RuleError(rule.path or rule.id, key, text)


def _filled(path: Path, key: str, pattern: str, vocabulary: Mapping[str, str]) -> str:
    def put(found: re.Match[str]) -> str:
        name = found.group(1)
        if name not in vocabulary:
            raise RuleError(path, key, f"{{{name}}} is not in {VOCABULARY}, which has {', '.join(sorted(vocabulary))}")
        return vocabulary[name]

    return _NAME.sub(put, pattern)


def _cases(path: Path, table: dict[str, Any], key: str, *, changes: bool) -> Iterator[Case]:
    for i, entry in enumerate(table.get(key, [])):
        place = f"{key}[{i}]"
        if not isinstance(entry, dict):
            raise RuleError(path, place, "must be a table")
        wanted = {"name", "text", "clean"} if changes else {"name", "text"}
        for name in sorted(wanted ^ set(entry)):
            raise RuleError(path, f"{place}.{name}", "is missing" if name in wanted else "is not a key of it")
        for name, value in entry.items():
            if not isinstance(value, str):
                raise RuleError(path, f"{place}.{name}", "must be a string")
        yield Case(entry["name"], entry["text"], str(entry.get("clean", entry["text"])))


def _toml(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RuleError(path, "", f"cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(path, "", f"is not valid TOML: {error}") from error


def _check_keys(path: Path, table: dict[str, Any], known: Mapping[str, type], prefix: str) -> None:
    for key, value in table.items():
        if key not in known:
            raise RuleError(path, prefix + key, f"is not a known key; known are {', '.join(known)}")
        if not isinstance(value, known[key]):
            raise RuleError(path, prefix + key, f"must be a {_TYPE_NAMES[known[key]]}")


def _one_of(path: Path, key: str, value: object, allowed: Iterable[str]) -> None:
    choices = tuple(allowed)
    if value not in choices:
        raise RuleError(path, key, f"{value!r} is not one of {', '.join(choices)}")
