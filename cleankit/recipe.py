"""The default pipeline: one visible, ordered tuple of stages, and the named profiles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from cleankit import plugins
from cleankit.filters.acronyms import Acronyms
from cleankit.filters.entities import Entities
from cleankit.filters.evidence import Evidence
from cleankit.filters.front_matter import FrontMatter
from cleankit.filters.invisible import Invisible
from cleankit.filters.lost_text import LostText
from cleankit.filters.missing_page import MissingPage
from cleankit.filters.mojibake import Lossy, Mojibake
from cleankit.filters.quotes import Quotes
from cleankit.filters.spam import GamblingSpam
from cleankit.filters.white_space import WhiteSpace
from cleankit.model import Safety
from cleankit.page import Filter
from cleankit.pipeline import Pipeline, Stage
from cleankit.rules import Rule, RuleSet, builtin

# Packs about the text itself; all others are about what stands around it.
TEXT_PACKS = ("typos", "punctuation", "gaps")


def stages(rules: Iterable[Rule], extra: Iterable[Filter] = ()) -> tuple[Stage, ...]:
    """The stages of the default profile, in their order, with `extra` filters in those that they name."""
    rules = tuple(rules)
    around = [rule for rule in rules if rule.pack not in TEXT_PACKS]
    by_words = RuleSet("by-words", [rule for rule in around if rule.match.at == "anywhere"])
    # judged by the place, so only after the chrome that can be told by its words is gone
    by_place = RuleSet("by-place", [rule for rule in around if rule.match.at != "anywhere"])
    spam = GamblingSpam()
    text = [rule for rule in rules if rule.pack in TEXT_PACKS]
    own = (
        # from the outermost layer of damage to the innermost: each stage can bring up the next one's
        Stage("entities", (Entities(),)),
        Stage("mojibake", (Mojibake(),)),
        Stage("invisible", (Invisible(),)),
        Stage("chrome", (FrontMatter(), MissingPage(), by_words)),
        # weighs a line against the rest of its page: after the chrome, and before a spam sentence can pass for the body
        Stage("spam", (spam,)),
        Stage("edges", (by_place,)),
        # Once more on what is left: a line without the buttons glued to it, a menu without the banner in its middle.
        # Not spans first: a whole line has to win over a button in it, or `[Size: A A] Print` leaves its bracket.
        Stage("left", (by_words, by_place, spam)),
        Stage("text", (RuleSet("text", text), Lossy())),
        # what the page proves by its own words and marks, counted when the words of the rules are right
        Stage("proof", (Evidence(), Quotes(), Acronyms(), LostText())),
        Stage("white-space", (WhiteSpace(),)),
    )
    return plugins.joined(own, extra)


@cache
def default(apply: Safety = Safety.SAFE) -> Pipeline:
    """The pipeline with every built-in rule and filter."""
    return Pipeline(stages(builtin()), apply)


def of_rules(rules: Sequence[Rule], apply: Safety = Safety.SAFE) -> Pipeline:
    """The same stages with other rules."""
    return Pipeline(stages(rules), apply)
