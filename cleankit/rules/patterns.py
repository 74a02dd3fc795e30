"""What RE2 has to say of a rule's patterns, in words that say what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import re2

from cleankit.page import Page
from cleankit.rules.faults import PATTERNS, Fault
from cleankit.rules.kinds import KINDS
from cleankit.rules.rule import Rule
from cleankit.scan import regex

_CUT = "take out only a part of the match with a group named cut, `(?P<cut>…)`"

# How RE2 names what it refuses, what people call it, what to do.
_INSTEAD = tuple(
    (re.compile(said), name, hint)
    for said, name, hint in (
        (r"\(\?[=!]$", "look-ahead", f"put what must not follow into `unless`, or {_CUT}"),
        (r"\(\?<[=!]$", "look-behind", f"put what must not stand before into `unless`, or {_CUT}"),
        (r"\\\d$|\\[gk]$|\(\?P$", "references to earlier groups", "write the alternatives out"),
        (r"[*+?}]\+$", "possessive repetition", "write it without the second sign: RE2 never goes back"),
        (r"\(\?>$", "atomic groups", "write `(?:`: RE2 never goes back"),
        (r"\(\?\($", "conditions", "write two patterns, one for each case"),
        (r"\(\?#$", "comments", "write it behind a # outside of the pattern"),
        (r"\\[uU]$", "characters by `\\u`", r"write `\x{00a0}`; a blank stands for every kind of blank"),
        (r"\\h$", "class of blanks", "write a blank: it stands for every kind of blank"),
        (r"\\K$", "new start of a match", _CUT),
        (r"\\Z$", "`\\Z`", "write `$`: a pattern sees one line"),
        (r"^invalid repetition size", "repetition of that size", "write `.*` and cap the line with `unless`"),
        (r"too large", "room for a pattern of that size", "write `.*` for `.{0,200}` and cap the line with `unless`"),
    )
)


def refusals(rule: Rule) -> Iterator[Fault]:
    """What RE2 does not take, and what it would take and no rule can mean."""
    groups = max((int(number) for number in re.findall(r"\\(\d)", rule.match.to)), default=0)
    whole = KINDS[rule.kind].patterns(rule)
    for name in PATTERNS:
        for i, pattern in enumerate(getattr(rule.match, name)):
            at = ("match", name, i)
            try:
                compiled = regex(pattern)
            except re2.error as error:
                yield Fault(at, refused(pattern, error))
                continue
            if name == "any_of" and compiled.groups < groups:
                yield Fault(at, f"has {compiled.groups} groups, and `to` asks for \\{groups}")
            if name == "any_of" and regex(whole[i]).search(b"") is not None:
                yield Fault(at, "matches an empty line, and so every page; ask for at least one character")


def refusals_of_vocabulary(table: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """What RE2 does not take in a vocabulary, where else each pattern that names the entry would be blamed."""
    for name, entries in table.items():
        for i, entry in enumerate(entries):
            try:
                regex(entry)
            except re2.error as error:
                yield Fault((name, i), refused(entry, error))


def refused(pattern: str, error: Exception) -> str:
    """Why RE2 does not take a pattern, and what to write instead."""
    said = error.args[0].decode(errors="replace") if isinstance(error.args[0], bytes) else str(error)
    construct = said.rpartition(": ")[2]
    for expression, name, hint in _INSTEAD:
        if expression.search(said):
            where = f" (`{construct}` in `{_around(pattern, construct)}`)" if construct in pattern else ""
            return f"RE2 has no {name}{where}; {hint}"
    return f"RE2 does not take this pattern ({said}); see its syntax at github.com/google/re2/wiki/Syntax"


def _around(pattern: str, construct: str) -> str:
    at = pattern.find(construct)
    start, stop = max(0, at - 12), at + len(construct) + 12
    return ("…" if start else "") + pattern[start:stop] + ("…" if stop < len(pattern) else "")


_PART = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\x\{([0-9a-fA-F]+)\}|\\x([0-9a-fA-F]{2})|\\(.)|(.)", re.S)
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "v": "\v", "f": "\f"}


def unmet(pattern: str, *, of_line: bool) -> str:
    """Why no line can match what a pattern asks for, or nothing."""
    for part in _PART.finditer(pattern):
        number, escape, char = part[1] or part[2], part[3], part[4]
        char = chr(int(number, 16)) if number else _CONTROLS.get(escape or "", "") or char or ""
        if pattern[part.end() : part.end() + 1] in ("?", "*") or not char:
            continue
        if char in "\r\n":
            return "a pattern sees one line, without its end"
        if Page(char).folded != char:
            return f"every blank of a page is seen as a plain one, and so U+{ord(char):04X} is not; write a blank"
    if of_line and pattern.endswith(" ") and not pattern.endswith("\\ "):
        return "a line is seen without the blanks at its end; leave out the last one"
    return ""
