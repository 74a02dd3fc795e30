"""The default pipeline: one visible, ordered tuple of stages, and the named profiles."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Generic, TypeVar

from cleankit import budget, plugins, suppress
from cleankit.budget import Budgets
from cleankit.config import ARTICLE, DEFAULT, OFF, Choice
from cleankit.filters.acronyms import Acronyms
from cleankit.filters.boilerplate import CAREFUL, MISSING, STRICT, TOO_MUCH, Boilerplate, emptied
from cleankit.filters.cut_off import CutOff
from cleankit.filters.cut_short import CutShort
from cleankit.filters.entities import Entities
from cleankit.filters.evidence import Evidence
from cleankit.filters.front_matter import FrontMatter
from cleankit.filters.invisible import Invisible
from cleankit.filters.lost_text import LostText
from cleankit.filters.missing_page import MissingPage
from cleankit.filters.mojibake import Lossy, Mojibake
from cleankit.filters.quotes import Quotes
from cleankit.filters.repeats import Repeats
from cleankit.filters.spam import Spam
from cleankit.filters.spam.kinds import HIJACKED, KINDS
from cleankit.filters.spam.strewn import Strewn
from cleankit.filters.white_space import WhiteSpace
from cleankit.model import About, Finding, Safety
from cleankit.page import Filter
from cleankit.pipeline import Layer, Pipeline, Stage
from cleankit.rules import Rule, RuleSet, builtin
from cleankit.selection import Selection, check

T = TypeVar("T")

# Packs about the text itself; all others are about what stands around it.
TEXT_PACKS = ("typos", "punctuation", "gaps")
# The stages that repair damage to characters, before lines are told by their words.
REPAIRS = ("entities", "mojibake", "invisible")
# What these find is a page that is not to be cleaned unseen.
ASIDE = frozenset({HIJACKED.rule, MISSING.rule, TOO_MUCH.rule, *(about.rule for about in budget.ABOUT)})
# The stages that judge a line by what stands around it: other lines in front of them are another page to them.
IN_CONTEXT = ("repeats", "spam", "edges", "body", "left", "ends", "rest", "proof")


def stages(
    rules: Iterable[Rule], extra: Iterable[Filter] = (), kinds: Iterable[str] = KINDS, profile: str = DEFAULT
) -> tuple[Stage, ...]:
    """The stages of a profile, in their order, with `extra` filters in those that they name.

    `kinds` are those of planted advertising to look for.
    """
    rules = tuple(rule for rule in rules if rule.profile in ("", profile))
    around = [rule for rule in rules if rule.pack not in TEXT_PACKS]
    by_words = RuleSet("by-words", [rule for rule in around if rule.match.at == "anywhere"])
    # judged by the place, so only after the chrome that can be told by its words is gone
    by_place = RuleSet("by-place", [rule for rule in around if rule.match.at != "anywhere"])
    spam, repeats, cut_off = Spam(kinds), Repeats(), CutOff()
    body = Boilerplate(STRICT if profile == ARTICLE else CAREFUL)
    text = [rule for rule in rules if rule.pack in TEXT_PACKS]
    own = (
        # from the outermost layer of damage to the innermost: each stage can bring up the next one's
        Stage("entities", (Entities(),)),
        Stage("mojibake", (Mojibake(),)),
        # a name strewn with such characters is one that somebody hides, and without them nothing shows it
        Stage("invisible", (Strewn(kinds), Invisible())),
        Stage("chrome", (FrontMatter(), MissingPage(), by_words, cut_off)),
        # before places are judged: what stands twice around the text is no part of it, whatever it says
        Stage("repeats", (repeats,)),
        # weighs a line against the rest of its page: after the chrome, and before a spam sentence can pass for the body
        Stage("spam", (spam,)),
        Stage("edges", (by_place,)),
        # by shape, where no rule knew the words: on what the rules left, so that it need not learn what they know
        Stage("body", (body,)),
        # Once more on what is left: a line without the buttons glued to it, a menu without the banner in its middle.
        # Not spans first: a whole line has to win over a button in it, or `[Size: A A] Print` leaves its bracket.
        Stage("left", (by_words, by_place, cut_off, spam, repeats)),
        # a heading over links that have just gone
        Stage("ends", (by_place,)),
        # by itself: what another filter took in the same stage would change what the model sees
        Stage("rest", (body,)),
        Stage("text", (RuleSet("text", text), Lossy())),
        # what the page proves by its own words and marks, counted when the words of the rules are right
        Stage("proof", (Evidence(), Quotes(), Acronyms(), LostText(), CutShort())),
        Stage("white-space", (WhiteSpace(),)),
    )
    return plugins.joined(own, extra)


class _Once(Generic[T]):
    """Makes a thing once for each choice. Packs are seen from the working folder, which a process may change."""

    def __init__(self, make: Callable[[Choice], T]) -> None:
        self._made = cache(lambda choice, _: make(choice))
        self.cache_clear = self._made.cache_clear

    def __call__(self, choice: Choice = Choice()) -> T:  # noqa: B008 - frozen
        return self._made(choice, os.getcwd() if choice.packs else "")  # noqa: PTH109 - a Path takes longer


@_Once
def build(choice: Choice) -> Pipeline:
    """The pipeline of a choice: its rules and filters in their stages, and no finding of a rule that is not wanted.

    Raises UnknownRule for a name that means no rule, RuleError for a pack that does not load.
    """
    known = {about.rule for about in abouts(choice)}
    for key in ("select", "extend_select", "ignore"):
        check(getattr(choice, key), known, key.replace("_", "-"))
    check([key for key, _ in choice.budgets if key not in budget.KEYS], known, "budgets")
    wanted = frozenset(filter(selection(choice), known))
    # not dropped afterwards like other findings: the words of a kind that is not wanted must not count for the others
    kinds = [kind for kind, about in KINDS.items() if about.rule in wanted]
    kept = (
        Stage(stage.name, tuple(look for look in stage.filters if any(about.rule in wanted for about in look.about)))
        for stage in stages((rule for rule in rules(choice) if rule.id in wanted), extra(choice), kinds, choice.profile)
    )
    # a filter written in Python may find several things of which not all are wanted
    return Pipeline(
        tuple(stage for stage in kept if stage.filters),
        choice.apply,
        wanted=None if wanted == known else wanted.__contains__,
        aside=ASIDE,
        last_look=_LastLook(
            MISSING.rule in wanted, Budgets(choice.budgets, [about for about in budget.ABOUT if about.rule in wanted])
        ),
    )


def load(choice: Choice) -> None:
    """Read now what filters read when a page first needs it: processes that are forked from this one share it."""
    for stage in build(choice).stages:
        for look in stage.filters:
            if read := getattr(look, "load", None):
                read()


@dataclass(frozen=True, slots=True)
class _LastLook:
    """What is asked when all is done: is anything left of the page, and did it lose no more than it may?"""

    asks_for_text: bool
    budgets: Budgets

    def __call__(self, source: str, result: str, layers: Sequence[Layer]) -> Finding | None:
        empty = emptied(source, result) if self.asks_for_text else None
        return empty or self.budgets(source, result, layers)


@lru_cache(maxsize=4)  # documents of one pack come one after the other
def build_with(choice: Choice, pack: str) -> Pipeline:
    """The pipeline of a choice with the rules of one more pack about what stands around a text, each taken as safe.

    `pack` is the folder of their files. All else is shared with `build`, for there may be a pack for each of a thousand
    sites. Raises as `build` does.
    """
    from cleankit.rules.load import load_pack

    built = build(choice)
    rules = [replace(rule, level=Safety.SAFE) for rule in load_pack(Path(pack))]
    by_words = RuleSet("pack-by-words", [rule for rule in rules if rule.match.at == "anywhere"])
    by_place = RuleSet("pack-by-place", [rule for rule in rules if rule.match.at != "anywhere"])
    more: dict[str, tuple[Filter, ...]] = {
        "chrome": (by_words,),
        "edges": (by_place,),
        "left": (by_words, by_place),
        "ends": (by_place,),
    }
    there = {stage.name: stage.filters for stage in built.stages}
    # a stage may be missing, if nothing of it is wanted
    all_of_them = ((stage.name, there.get(stage.name, ()) + more.get(stage.name, ())) for stage in stages(()))
    return Pipeline(
        tuple(Stage(name, filters) for name, filters in all_of_them if filters),
        built.apply,
        wanted=built.wanted and partial(_is_either, built.wanted, frozenset(rule.id for rule in rules)),
        aside=built.aside,
        last_look=built.last_look,
    )


def _is_either(wanted: Callable[[str], bool], more: frozenset[str], rule: str) -> bool:
    return rule in more or wanted(rule)


def selection(choice: Choice) -> Selection:
    """Which rules are wanted: all but those of `ignore`, with the profile `off` none but those that are asked for."""
    start = choice.select or (() if choice.profile == OFF else ("*",))
    return Selection((*start, *choice.extend_select), choice.ignore)


@_Once
def rules(choice: Choice) -> tuple[Rule, ...]:
    """The built-in rules, those of plugins and those of other packs, sorted by id, whether they are wanted or not.

    Raises RuleError where two have one id.
    """
    folders = [pack.folder for pack in plugins.packs(choice.plugins)] + [Path(folder) for folder in choice.packs]
    if not folders:
        return builtin()
    from cleankit.rules.load import distinct, load_packs  # who has no packs of their own need not wait for it

    own = (rule for folder in dict.fromkeys(folders) for rule in load_packs(folder))
    return tuple(sorted(distinct((*builtin(), *own)), key=lambda rule: rule.id))


@_Once
def abouts(choice: Choice) -> tuple[About, ...]:
    """All that can be found, wanted or not, sorted by rule."""
    found = {rule.id: rule.about for rule in rules(choice)}
    looks = (look for stage in stages((), extra(choice)) for look in stage.filters)
    found |= {about.rule: about for look in looks for about in look.about}
    found |= {about.rule: about for about in (*suppress.ABOUT, *budget.ABOUT)}
    return tuple(found[rule] for rule in sorted(found))


def extra(choice: Choice) -> Iterator[Filter]:
    """The filters of plugins, and the spelling program that is to be asked."""
    yield from plugins.filters(choice.plugins)
    if choice.spelling:
        from cleankit.filters.spelling_program import SpellingProgram

        yield SpellingProgram(choice.spelling)


def default(apply: Safety = Safety.SAFE) -> Pipeline:
    """The pipeline with every built-in rule and filter."""
    return build(Choice(apply=apply))


def of_rules(rules: Iterable[Rule], apply: Safety = Safety.SAFE) -> Pipeline:
    """The same stages with other rules."""
    return Pipeline(stages(rules), apply, aside=ASIDE)
