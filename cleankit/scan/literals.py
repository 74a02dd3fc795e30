"""What a line must hold for a pattern to match it: literals, read off the pattern, so that no rule has to state them.

Most patterns can be ruled out for most lines by a search for words, and need not even be compiled. Letters are folded
(`cleankit.page.fold`), whatever the pattern says of their case: a literal may stand where the pattern does not match,
never the other way round.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import product
from types import MappingProxyType
from typing import NamedTuple

from cleankit.lazy import expression
from cleankit.page import fold
from cleankit.scan import syntax
from cleankit.scan.ask import FOREIGN, Ask

Literals = frozenset[str]

# A part that matches no more strings than this is kept as these strings, so that its neighbours can be glued to
# them: `e-?mail us` gives two literals of full length.
EXACT = 64
# A literal of this length is rare enough, and to glue on and on takes the square of the time.
LONGEST = 200
# More literals than this rule nothing out: they are the words of a language.
MOST = 5_000
# Sets after the first are looked up one by one.
FEW = 12
# A literal in every hundredth place stands in so many lines that reading a page is cheaper than asking them one by one,
# unless the pattern has classes of letters, which take long to compile: then it must stand in every fortieth.
COMMON = 0.009
COMMON_OF_LARGE = 0.025

# Rough shares of characters in running text, to tell which of two literals is the rarer one.
_SHARES = {" ": 0.15, "e": 0.1, "t": 0.07, "a": 0.07, "o": 0.06, "i": 0.06, "n": 0.06, "s": 0.06, "r": 0.05}
_LETTER, _SIGN, _FOREIGN = 0.03, 0.01, 0.002

_OTHER_SCRIPT = expression(FOREIGN)


class _Part(NamedTuple):
    """What a part of a pattern asks for: all strings that it matches, where they are few; else sets of literals."""

    exact: Literals | None
    some: Mapping[Literals, int] = MappingProxyType({})


_ANYTHING = _Part(None)
_NOTHING = _Part(frozenset({""}))


def asks(pattern: str) -> tuple[Ask, ...]:
    """What must stand in every line that `pattern` (RE2 syntax) matches, the rarest first; none if nothing is known.

    >>> asks("(?i:Print|E-?mail|打印) this")
    (Ask(times=1, own=('e-mail this', 'email this', 'print this'), foreign=('打印 this',)),)
    >>> asks("(?:(?:sports|weather) ?){4}")
    (Ask(times=4, own=('sports', 'weather'), foreign=()),)
    >>> asks(r"^[0-9 ]+$")
    ()
    """
    try:
        found = sorted((_weight(one), sorted(one), times) for one, times in _required(_read(pattern)).items())
    except (IndexError, ValueError, RecursionError):
        return ()
    if not found or found[0][0] > (COMMON_OF_LARGE if r"\p" in pattern else COMMON):
        return ()
    return tuple(
        _ask(times, literals) for i, (_, literals, times) in enumerate(found) if i == 0 or len(literals) <= FEW
    )


def _ask(times: int, literals: Sequence[str]) -> Ask:
    own = [one for one in literals if not _OTHER_SCRIPT.search(one)]
    return Ask(times, tuple(own), tuple(one for one in literals if _OTHER_SCRIPT.search(one)))


# the words of a vocabulary stand in many patterns, and in some of them several times
@lru_cache(maxsize=2_000)
def _read(pattern: str) -> _Part:
    """The part that a whole pattern, or what stands between two brackets, is."""
    alternatives: list[list[_Part]] = [[]]
    for item, count in syntax.items(pattern):
        if item == "|":
            alternatives.append([])
        else:
            alternatives[-1].append(_repeated(_item(item), count))
    return _any_of([_all_of(parts) for parts in alternatives])


def _item(item: str) -> _Part:
    if item[0] == "(":
        opening = syntax.OPENING.match(item)
        return _NOTHING if syntax.FLAGS.match(item) or not opening else _read(item[opening.end() : -1])
    if item[0] == "[" and len(item) > 1:
        return _class(item)
    if item[0] == "\\":
        return _escape(item)
    if item in "^$":
        return _NOTHING
    return _ANYTHING if item == "." else _literal(item)


def _escape(item: str) -> _Part:
    if found := syntax.HEX.fullmatch(item):
        return _literal(chr(int(found[1] or found[2], 16)))
    char = item[1]
    if char in syntax.BETWEEN:
        return _NOTHING
    if char in syntax.MANY or len(item) > 2:
        return _ANYTHING
    if char in syntax.CONTROL:
        return _literal(syntax.CONTROL[char])
    if char.isalnum():
        raise ValueError(item)  # \Q…\E, numbers: not worth reading
    return _literal(char)


def _class(item: str) -> _Part:
    found = syntax.CLASS.fullmatch(item)
    if not found or found[1] or "[:" in found[2] or re.search(r"[^\\]-.", found[2]):
        return _ANYTHING  # everything but, a named class, a range
    parts = [_escape(one) if one[0] == "\\" else _literal(one) for one in syntax.MEMBER.findall(found[2])]
    chars = [part.exact for part in parts]
    return _ANYTHING if None in chars else _Part(frozenset().union(*(char or () for char in chars)))


def _literal(char: str) -> _Part:
    return _Part(frozenset({fold(char)}))


def _repeated(part: _Part, count: str) -> _Part:
    if not count or count == "{1}":
        return part
    if count == "?":
        return _Part(part.exact | {""} if part.exact is not None else None)
    found = syntax.COUNT.fullmatch(count)
    least = int(found[1]) if found else int(count == "+")
    most = int(found[3] or 0) if found and found[2] else least if found else 0
    if part.exact is not None and sum(len(part.exact) ** times for times in range(least, most + 1)) <= EXACT and most:
        return _Part(
            frozenset("".join(parts) for times in range(least, most + 1) for parts in product(part.exact, repeat=times))
        )
    if least and part.exact is not None and len(part.exact) == 1:
        return _Part(None, _set({next(iter(part.exact)) * least}))
    return _Part(None, {one: times * least for one, times in _required(part).items() if least})


def _any_of(parts: Sequence[_Part]) -> _Part:
    if len(parts) == 1:
        return parts[0]
    exacts = [part.exact for part in parts]
    if None not in exacts:
        together = frozenset().union(*(exact or () for exact in exacts))
        if len(together) <= EXACT:
            return _Part(together)
    each = [_required(part) for part in parts]
    if not all(each):
        return _ANYTHING
    best = [min(sets, key=_weight) for sets in each]
    times = min(sets[one] for sets, one in zip(each, best, strict=True))
    return _Part(None, _set(frozenset().union(*best), times))


def _all_of(parts: Sequence[_Part]) -> _Part:
    found: Counter[Literals] = Counter()
    run: Literals | None = frozenset({""})
    whole = True
    for part in parts:
        if run is not None and part.exact is not None and _fits(run, part.exact):
            run = frozenset(a + b for a, b in product(run, part.exact))
            continue
        whole = False
        found.update(_required(_Part(run)))
        found.update(_required(part) if part.exact is None else {})
        run = part.exact
    if whole:
        return _Part(run)
    found.update(_required(_Part(run)))
    return _Part(None, dict(found))


def _fits(run: Literals, exact: Literals) -> bool:
    return len(run) * len(exact) <= EXACT and max(map(len, run), default=0) < LONGEST


def _required(part: _Part) -> Mapping[Literals, int]:
    return part.some if part.exact is None else _set(part.exact)


def _set(literals: Iterable[str], times: int = 1) -> Mapping[Literals, int]:
    """A set without the literals that hold another one: where they are, it is too. None if one is next to nothing."""
    kept: set[str] = set()
    for one in sorted(set(literals), key=len):
        if one in ("", " ") or "\n" in one:
            return {}
        if not kept or not any(one[i:j] in kept for i in range(len(one)) for j in range(i + 1, len(one) + 1)):
            kept.add(one)
    return {frozenset(kept): times} if 0 < len(kept) <= MOST else {}


@lru_cache(maxsize=2_000)
def _weight(literals: Literals) -> float:
    """How often one of them stands in a text, roughly."""
    return sum(_share(one) for one in literals)


def _share(literal: str) -> float:
    share = 1.0
    for char in literal:
        share *= _SHARES.get(char, _LETTER if char.isalpha() else _SIGN) if char.isascii() else _FOREIGN
    return share
