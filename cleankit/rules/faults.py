"""What is wrong with the table that a rule file holds, each fault with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cleankit.errors import meant
from cleankit.model import Safety
from cleankit.rules.kinds import KINDS, PLACES
from cleankit.toml import Path

# What a removed text can say about the page; briefing.parse reads it back.
TELLS = ("", "caption", "credits", "dateline", "disclaimer", "pages", "source", "tags", "title")
# Of a rule that would take too much in the others.
PROFILES = ("", "article")
GROWTH = ("both", "down", "between", "outward")

KEYS: dict[str, type] = {
    "kind": str, "level": str, "summary": str, "why": str, "match": dict, "example": list, "keep": list,
    "missed": list, "languages": list, "profile": str, "tells": str, "since": str,
}  # fmt: skip
MATCH_KEYS: dict[str, type] = {
    "any_of": list, "words": dict, "to": str, "unless": list, "ignore_case": bool, "at": str,
    "members": list, "strays": list, "fillers": list, "not_after": list, "not_under": list,
    "not_beside": list, "not_on": list, "only_on": list, "stops": list, "grow": str, "min_anchors": int,
    "min_lines": int, "max_gap": int, "titles": int, "needs_text": bool,
}  # fmt: skip
PATTERNS = (
    "any_of", "unless", "members", "strays", "fillers", "not_after", "not_under", "not_beside", "not_on",
    "only_on", "stops",
)  # fmt: skip
LEAST = {"min_anchors": 1, "min_lines": 1, "max_gap": 0, "titles": 0}

# What to write where nothing stands yet: the skeleton of a new rule is filled in by these words.
_ASKED = {
    "kind": f"give one of {', '.join(KINDS)}",
    "level": f"give one of {', '.join(Safety)}",
    "summary": "say in a sentence what does not belong there",
    "why": "say in a sentence why it does not belong there",
    "match": "say there how to find it",
    "any_of": "write an RE2 pattern for what is to be found",
    "to": "write what stands there instead, or make it a span, which is taken out",
    "example": "show lines of a page (text) and what must become of them (clean)",
    "keep": "show lines that look alike and must stay, with the reason as its name",
    "example.name": "say what it shows",
    "example.text": "paste lines of a page, with their neighbours",
    "example.clean": "write what must become of the text",
    "keep.name": "give the reason why it must stay",
    "keep.text": "paste lines that look alike and must stay",
    "missed.name": "say why it is missed",
    "missed.text": "paste lines of a page, with their neighbours",
    "missed.clean": "write what should become of the text",
}
_TYPES = {str: "a string", dict: "a table", list: "a list", bool: "true or false", int: "a whole number"}
_LANGUAGE = re.compile(r"[a-z]{2}\Z")
_NAME = re.compile(r"(?<!\\[xpP])\{([a-z][a-z_-]*)\}")  # `\x{ad}` is a character, `\p{…}` a class


class Fault(NamedTuple):
    """Something wrong, and where in the document: the keys and numbers that lead there."""

    at: Path
    problem: str


def key(at: Path) -> str:
    """A place as one writes it.

    >>> key(("match", "any_of", 1))
    'match.any_of[1]'
    """
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in at).lstrip(".")


def faults(table: Mapping[str, Any], vocabulary: Mapping[str, str]) -> Iterator[Fault]:
    """All that is wrong with a rule's table, but for what only RE2 can say of its patterns."""
    yield from _unfit(table, KEYS, ())
    for name in ("kind", "level", "summary", "why", "match", "example", "keep"):
        yield from _required(table, name, ())
    yield from _one_of(table, "kind", KINDS, ())
    yield from _one_of(table, "level", tuple(Safety), ())
    if table.get("kind") == "gap" and table.get("level") in tuple(Safety) and table["level"] != Safety.FLAG:
        yield Fault(("level",), "must be flag for a gap: nothing can say what stood there")
    yield from _one_of(table, "tells", TELLS, ())
    yield from _one_of(table, "profile", PROFILES, ())
    for i, language in enumerate(_list(table, "languages")):
        if not isinstance(language, str) or not _LANGUAGE.match(language):
            yield Fault(("languages", i), 'must be an ISO 639-1 code, two small letters such as "en"')
    if isinstance(match := table.get("match"), dict) and match:
        yield from _match(match, table.get("kind"), vocabulary)
    changes = table.get("level") != Safety.FLAG
    for name in ("example", "keep", "missed"):
        yield from _cases(table, name, changes=changes and name != "keep")


def _match(match: Mapping[str, Any], kind: Any, vocabulary: Mapping[str, str]) -> Iterator[Fault]:
    at: Path = ("match",)
    yield from _unfit(match, MATCH_KEYS, at)
    allowed = KINDS[kind].keys if isinstance(kind, str) and kind in KINDS else MATCH_KEYS.keys()
    for name in match:
        if name in MATCH_KEYS and name not in allowed:
            yield Fault((*at, name), f"is not read by kind {kind!r}, which reads {', '.join(sorted(allowed))}")
    if "words" not in allowed or "words" not in match or "any_of" in match:
        yield from _required(match, "any_of", at)
    if kind == "swap" and "any_of" in match:
        yield from _required(match, "to", at, may_be_empty=True)
    yield from _one_of(match, "at", PLACES, at)
    yield from _one_of(match, "grow", GROWTH, at)
    for name, least in LEAST.items():
        if type(match.get(name)) is int and match[name] < least:
            yield Fault((*at, name), f"must be {least} or more")
    for name in PATTERNS:
        for i, pattern in enumerate(_list(match, name)):
            yield from _pattern(pattern, (*at, name, i), vocabulary)
    if isinstance(words := match.get("words"), dict):
        yield from _words(words, (*at, "words"))


def _pattern(pattern: Any, at: Path, vocabulary: Mapping[str, str]) -> Iterator[Fault]:
    if not isinstance(pattern, str):
        yield Fault(at, "must be a pattern, a string")
    elif not pattern.strip():
        yield Fault(at, f"is empty; {_ASKED['any_of']}")
    else:
        for name in _NAME.findall(pattern):
            if name not in vocabulary:
                yield Fault(at, f"{{{name}}} is not in the vocabulary; {_near(name, vocabulary)}")


def _words(words: Mapping[str, Any], at: Path) -> Iterator[Fault]:
    if not words:
        yield Fault(at, "is empty; write word = 'what it stands for'")
    for word, new in words.items():
        if not word.strip() or not isinstance(new, str) or not new.strip():
            yield Fault((*at, word), "must be a word with the word it stands for")
        elif word != word.lower():
            yield Fault((*at, word), f"is never met: words are looked up in small letters; write {word.lower()!r}")
        elif word == new:
            yield Fault((*at, word), "stands for itself; write the word that is meant")


def of_vocabulary(table: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with a vocabulary, but for what only RE2 can say of its patterns."""
    for name, entries in table.items():
        if not _NAME.fullmatch(f"{{{name}}}"):
            yield Fault((name,), "cannot stand in a pattern; name it by a to z, - and _")
        if not isinstance(entries, list) or not entries or not all(isinstance(one, str) for one in entries):
            yield Fault((name,), "must be a list of patterns, such as ['ferry', 'tug']")
            continue
        for i, entry in enumerate(entries):
            if found := _NAME.search(entry):
                yield Fault((name, i), f"{found[0]} stands for nothing within a vocabulary; write its words out")


def filled(pattern: str, vocabulary: Mapping[str, str]) -> str:
    """The pattern with the entries of the vocabulary that it names."""
    return _NAME.sub(lambda found: vocabulary[found[1]], pattern) if "{" in pattern else pattern


def _cases(table: Mapping[str, Any], name: str, *, changes: bool) -> Iterator[Fault]:
    wanted = dict.fromkeys(("name", "text", "clean") if changes else ("name", "text"), str)
    for i, case in enumerate(_list(table, name)):
        at: Path = (name, i)
        if not isinstance(case, dict):
            yield Fault(at, f"must be a table: [[{name}]]")
            continue
        if "clean" in case and not changes:
            why = "a keep stays as it is" if name == "keep" else "a rule that flags changes nothing"
            yield Fault((*at, "clean"), f"has no place here: {why}")
        yield from _unfit({k: v for k, v in case.items() if k != "clean" or changes}, wanted, at)
        for one in wanted:
            yield from _required(case, one, at, f"{name}.{one}", may_be_empty=one == "clean")
        if changes and isinstance(case.get("text"), str) and case["text"] and case.get("clean") == case["text"]:
            yield Fault((*at, "clean"), "is the text itself; write what must become of it, or make it a [[keep]]")


def _required(
    table: Mapping[str, Any], name: str, at: Path, asked: str = "", *, may_be_empty: bool = False
) -> Iterator[Fault]:
    value, ask = table.get(name), _ASKED[asked or name]
    if name not in table:
        yield Fault((*at, name), f"is missing; {ask}")
    elif not may_be_empty and (value in ([], {}) or (isinstance(value, str) and not value.strip())):
        yield Fault((*at, name), f"is empty; {ask}")


def _unfit(table: Mapping[str, Any], known: Mapping[str, type], at: Path) -> Iterator[Fault]:
    for name, value in table.items():
        if name not in known:
            yield Fault((*at, name), f"is not a known key; {_near(name, known)}")
        elif type(value) is not known[name]:  # not isinstance: true is no whole number here
            lists = f"; write [[{name}]]" if known[name] is list and isinstance(value, dict) else ""
            yield Fault((*at, name), f"must be {_TYPES[known[name]]}{lists}")


def _one_of(table: Mapping[str, Any], name: str, allowed: Iterable[str], at: Path) -> Iterator[Fault]:
    value, choices = table.get(name), tuple(allowed)
    if isinstance(value, str) and value not in choices and (value or name not in _ASKED):
        yield Fault((*at, name), f"{value!r} is not one of {', '.join(filter(None, choices))}")


def _list(table: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = table.get(name)
    return value if isinstance(value, list) else ()


def _near(name: str, known: Iterable[str]) -> str:
    return meant(name, known, f"known are {', '.join(sorted(known)) or 'none'}", form=repr)
