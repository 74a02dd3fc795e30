"""Reads rule files and refuses the ones that do not say what they do, naming file, line and key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from cleankit import toml
from cleankit.contract import is_name
from cleankit.errors import RuleError
from cleankit.model import Safety
from cleankit.rules.faults import PATTERNS, Fault, faults, filled, key, of_vocabulary
from cleankit.rules.places import PACKS, VOCABULARY, rule_files
from cleankit.rules.rule import Case, Match, Rule


class Loaded(NamedTuple):
    """The rules that load, and why the others do not."""

    rules: tuple[Rule, ...]
    errors: tuple[RuleError, ...]


def load_packs(root: Path = PACKS) -> tuple[Rule, ...]:
    """All rules below a folder of packs, sorted by id, each of their patterns tried.

    Raises RuleError naming the file, the line and the key that is wrong.
    """
    if not root.is_dir():
        raise RuleError(root, "", "is no folder; give one that holds PACK/NAME.toml")
    files = list(rule_files(root))
    if not files:
        raise RuleError(root, "", "holds no PACK/NAME.toml; give the folder above your packs")
    rules, errors = load_all(files, load_vocabulary(root))
    for error in errors:
        raise error
    return rules


def load_pack(folder: Path) -> tuple[Rule, ...]:
    """The rules of one pack, the folder of their files, by name, each of their patterns tried. Raises RuleError."""
    files = sorted(path for path in folder.glob("*.toml") if path.name != VOCABULARY)
    rules, errors = load_all(files, load_vocabulary(folder.parent))
    for error in errors:
        raise error
    return rules


def read_packs(root: Path) -> tuple[Rule, ...]:
    """The same, their patterns not tried."""
    vocabulary = load_vocabulary(root)
    return tuple(load_rule(path, vocabulary) for path in rule_files(root))


def load_all(paths: Iterable[Path], vocabulary: Mapping[str, str]) -> Loaded:
    """The rules of several files, each of their patterns tried, with every error in every file."""
    from cleankit.rules.patterns import refusals

    rules: list[Rule] = []
    errors: list[RuleError] = []
    for path in paths:
        try:
            text = _text(path)
            table = _table(path, text)
            found = [*_misnamed(path), *faults(table, vocabulary)]
            rule = None if found else _rule(path, table, vocabulary)
            found += refusals(rule) if rule else ()
            errors += sorted((_located(path, text, fault) for fault in found), key=lambda error: error.line)
            if rule and not found:
                rules.append(rule)
        except RuleError as error:
            errors.append(error)
    return Loaded(tuple(rules), tuple(errors))


def distinct(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The same rules. Raises RuleError naming both files where two have one id."""
    known: dict[str, Rule] = {}
    for rule in rules:
        if (other := known.setdefault(rule.id, rule)) is not rule:
            problem = f"{rule.id} is also the id of the rule in {other.path}; rename the file or its pack"
            raise RuleError(rule.path, "", problem)
    return tuple(known.values())


def load_vocabulary(root: Path) -> Mapping[str, str]:
    """Named alternatives that patterns share: `{network}` in a pattern stands for any of `network`'s entries.

    A folder of one's own has the built-in ones too; its own vocabulary.toml adds to them and wins.
    """
    ours = _vocabulary(PACKS / VOCABULARY)
    return ours if root == PACKS else {**ours, **_vocabulary(root / VOCABULARY, tried=True)}


def _vocabulary(path: Path, *, tried: bool = False) -> dict[str, str]:
    if not path.exists():
        return {}
    text = _text(path)
    table = _table(path, text)
    for fault in of_vocabulary(table):
        raise _located(path, text, fault)
    if tried:
        from cleankit.rules.patterns import refusals_of_vocabulary

        for fault in refusals_of_vocabulary(table):
            raise _located(path, text, fault)
    return {name: "(?:" + "|".join(entries) + ")" for name, entries in table.items()}


def load_rule(path: Path, vocabulary: Mapping[str, str]) -> Rule:
    """One rule file, its patterns not tried. Raises RuleError naming the file, the line and the key that is wrong."""
    return rule_of(path, _text(path), vocabulary)


def rule_of(path: Path, text: str, vocabulary: Mapping[str, str]) -> Rule:
    """The rule that a file at `path` would be if it held `text`."""
    table = _table(path, text)
    for fault in (*_misnamed(path), *faults(table, vocabulary)):
        raise _located(path, text, fault)
    return _rule(path, table, vocabulary)


def _located(path: Path, text: str, fault: Fault) -> RuleError:
    return RuleError(path, key(fault.at), fault.problem, toml.row(text, fault.at))


def _misnamed(path: Path) -> Iterator[Fault]:
    for part in (path.absolute().parent.name, path.stem):
        if not is_name(part):
            yield Fault((), f"pack and rule names are kebab-case, not {part!r}")


def _rule(path: Path, table: dict[str, Any], vocabulary: Mapping[str, str]) -> Rule:
    patterns = {
        name: tuple(filled(pattern, vocabulary) for pattern in table["match"].get(name, ())) for name in PATTERNS
    }
    return Rule(
        id=f"{path.absolute().parent.name}/{path.stem}",
        kind=table["kind"],
        level=Safety(table["level"]),
        summary=table["summary"],
        why=table["why"],
        match=Match(**{**table["match"], **patterns}),
        examples=_cases(table, "example"),
        keeps=_cases(table, "keep"),
        missed=_cases(table, "missed"),
        languages=tuple(table.get("languages", ())),
        profile=table.get("profile", ""),
        tells=table.get("tells", ""),
        since=table.get("since", ""),
        path=str(path),
    )


def _cases(table: Mapping[str, Any], name: str) -> tuple[Case, ...]:
    return tuple(Case(case["name"], case["text"], case.get("clean", case["text"])) for case in table.get(name, ()))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RuleError(path, "", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        at = error.object.count(b"\n", 0, error.start) + 1
        problem = f"is not UTF-8 (byte 0x{error.object[error.start]:02x}); save it in that encoding"
        raise RuleError(path, "", problem, at) from error


def _table(path: Path, text: str) -> dict[str, Any]:
    try:
        return toml.parse(text)
    except toml.TomlError as error:
        quotes = "; write patterns between single quotes" if "unescaped" in error.problem else ""
        raise RuleError(path, "", error.problem + quotes, error.row) from error
