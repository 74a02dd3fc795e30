"""The default pipeline: one visible, ordered tuple of stages, and the named profiles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

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
from cleankit.pipeline import Pipeline, Stage
from cleankit.rules import Rule, RuleSet, builtin

# Packs about the text itself; all others are about what stands around it.
TEXT_PACKS = ("typos", "punctuation", "gaps")


def stages(rules: Iterable[Rule]) -> tuple[Stage, ...]:
    """The stages of the default profile, in their order."""
    rules = tuple(rules)
    around = [rule for rule in rules if rule.pack not in TEXT_PACKS]
    # what is glued to a line comes off first: the rest of the line may be chrome too, and must be seen as a line
    glued = [rule for rule in around if rule.kind == "span"]
    chrome = [rule for rule in around if rule.kind != "span" and rule.match.at == "anywhere"]
    # judged by the place, so only after the chrome that can be told by its words is gone
    edges = [rule for rule in around if rule.kind != "span" and rule.match.at != "anywhere"]
    text = [rule for rule in rules if rule.pack in TEXT_PACKS]
    return (
        # from the outermost layer of damage to the innermost: each stage can bring up the next one's
        Stage("entities", (Entities(),)),
        Stage("mojibake", (Mojibake(),)),
        Stage("invisible", (Invisible(),)),
        Stage("glued", (RuleSet("glued", glued),)),
        Stage("chrome", (FrontMatter(), MissingPage(), RuleSet("chrome", chrome))),
        # weighs a line against the rest of its page: after the chrome, and before a spam sentence can pass for the body
        Stage("spam", (GamblingSpam(),)),
        Stage("edges", (RuleSet("edges", edges),)),
        # lines that were parted by what is gone now can be one block; without this a second run would find it
        Stage("blocks", (RuleSet("blocks", [rule for rule in (*chrome, *edges) if rule.kind == "block"]),)),
        Stage("text", (RuleSet("text", text), Lossy())),
        # what the page proves by its own words and marks, counted when the words of the rules are right
        Stage("proof", (Evidence(), Quotes(), Acronyms(), LostText())),
        Stage("white-space", (WhiteSpace(),)),
    )


@cache
def default(apply: Safety = Safety.SAFE) -> Pipeline:
    """The pipeline with every built-in rule and filter."""
    return Pipeline(stages(builtin()), apply)


def of_rules(rules: Sequence[Rule], apply: Safety = Safety.SAFE) -> Pipeline:
    """The same stages with other rules."""
    return Pipeline(stages(rules), apply)
