"""Which rules an id (`nav/pager`), a pack (`nav`) or a glob (`nav/*`, `*/share-*`) means, and which of them win."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from cleankit.errors import UnknownRule, meant

ALL, PACK, GLOB, RULE = range(4)  # how much a selector says: the more, the later it has its say


def fits(selector: str, rule: str) -> bool:
    """Whether a selector means a rule.

    >>> fits("nav", "nav/pager"), fits("nav/p*", "nav/pager"), fits("*/pager", "nav/pager"), fits("na", "nav/pager")
    (True, True, True, False)
    """
    pack, slash, name = selector.partition("/")
    its_pack, _, its_name = rule.partition("/")
    return _same(pack, its_pack) and (not slash or _same(name, its_name))


def _same(pattern: str, name: str) -> bool:
    if pattern == name or pattern == "*":
        return True
    if not is_glob(pattern):
        return False
    from fnmatch import fnmatchcase

    return fnmatchcase(name, pattern)


def is_glob(text: str) -> bool:
    """Whether a name of rules, or of files, is a pattern."""
    return any(char in text for char in "*?[")


def weight(selector: str) -> int:
    """How closely a selector names what it means: of several that fit, the one that says more counts."""
    if selector in ("*", "*/*"):
        return ALL
    pack, _, name = selector.partition("/")
    if name in ("", "*") and not is_glob(pack):
        return PACK
    return GLOB if is_glob(selector) else RULE


@dataclass(frozen=True, slots=True)
class Selection:
    """The rules that `select` means and `ignore` does not; `ignore` wins over what says as much, and less.

    >>> selection = Selection(("nav/pager", "social"), ("nav", "social/share-bar"))
    >>> [rule for rule in ("nav/pager", "nav/menu", "social/share-bar", "social/feed") if selection(rule)]
    ['nav/pager', 'social/feed']
    """

    select: tuple[str, ...] = ("*",)
    ignore: tuple[str, ...] = ()

    def __call__(self, rule: str) -> bool:
        chosen = max((weight(selector) for selector in self.select if fits(selector, rule)), default=-1)
        return chosen > max((weight(selector) for selector in self.ignore if fits(selector, rule)), default=-1)


def check(selectors: Iterable[str], rules: Collection[str], key: str = "") -> None:
    """Raises UnknownRule for a selector that means none of the rules there are; `key` is where it was given."""
    for selector in selectors:
        if selector not in ("*", "*/*") and not any(fits(selector, rule) for rule in rules):
            raise UnknownRule(key, selector, _unknown(selector, sorted(rules)))


def _unknown(selector: str, rules: Sequence[str]) -> str:
    packs = sorted({rule.partition("/")[0] for rule in rules})
    hint = meant(selector, (*rules, *packs), "`cleankit rules list` shows all", most=3)
    what = "no rule fits" if is_glob(selector) else "there is no rule" if "/" in selector else "there is no pack"
    return f"{what} {selector!r}; {hint}"
