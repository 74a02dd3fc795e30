"""What there is to say of every rule, be it a file or written in Python."""

from __future__ import annotations

import sys
from typing import NamedTuple

from cleankit import budget, plugins, recipe, suppress
from cleankit.config import Choice
from cleankit.model import About, Document, Safety
from cleankit.page import Filter
from cleankit.pipeline import Pipeline, Stage
from cleankit.rules import Case, Rule


class Entry(NamedTuple):
    """A rule as its page shows it: a file's, one of those that a filter written in Python looks for, or neither's."""

    about: About
    source: Rule | Filter | None = None

    @property
    def rule(self) -> Rule | None:
        return self.source if isinstance(self.source, Rule) else None

    @property
    def kind(self) -> str:
        return self.rule.kind if self.rule else "python"

    @property
    def languages(self) -> tuple[str, ...]:
        return self.rule.languages if self.rule else ()

    @property
    def profile(self) -> str:
        return self.rule.profile if self.rule else ""

    @property
    def path(self) -> str:
        if isinstance(self.source, Rule):
            return self.source.path
        if self.source is None:
            return suppress.__file__ or ""
        look = self.source.look if isinstance(self.source, plugins.Plugged) else self.source
        return getattr(sys.modules.get(type(look).__module__), "__file__", None) or ""

    @property
    def examples(self) -> tuple[Case, ...]:
        """Of a filter, the example that it gives, and what it makes of it."""
        if isinstance(self.source, Rule):
            return self.source.examples
        if not self.about.example or self.source is None:
            return ()
        pipeline = Pipeline((Stage("one", (self.source,)),), Safety.SUGGESTED, aside=recipe.ASIDE)
        clean = pipeline.run(Document("example", self.about.example)).result.text
        return (Case("", self.about.example, clean),)

    @property
    def keeps(self) -> tuple[Case, ...]:
        return self.rule.keeps if self.rule else ()


def entries(choice: Choice) -> dict[str, Entry]:
    """Every rule there is with what was settled, wanted or not, by its id, sorted. Raises UsageError."""
    looks = [look for stage in recipe.stages((), recipe.extra(choice)) for look in stage.filters]
    found = {about.rule: Entry(about) for about in (*suppress.ABOUT, *budget.ABOUT)}
    found |= {about.rule: Entry(about, look) for look in looks for about in look.about}
    for rule in recipe.rules(choice):
        found[rule.id] = Entry(rule.about, rule)
    return dict(sorted(found.items()))
