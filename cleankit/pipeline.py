"""Runs the stages of a recipe over a document and keeps account of every edit."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from cleankit.edits import Homeward, apply, resolve
from cleankit.model import Document, Edit, Finding, Safety, Span
from cleankit.page import Filter, Page

if TYPE_CHECKING:
    from cleankit.guards import Guards, Judge, Spared


# What is asked last about a page: its source, what is left of it and what was done. It tells why not to do that.
LastLook = Callable[[str, str, "Sequence[Layer]"], Finding | None]

# evidence of a finding whose edit was to be made and was not
WAITS = ("waits", "it would change words by which something beside it is left alone")


class Stage(NamedTuple):
    """Filters that see the same text; their edits merge, so the order inside a stage cannot matter."""

    name: str
    filters: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """What one stage changed, and what it found and let be: `open` findings, and those that others `cover`.

    `at` of each finding is a span of the source, its `fix` one of the stage's own text.
    """

    stage: str
    findings: tuple[Finding, ...]
    open: tuple[Finding, ...] = ()
    covered: tuple[Finding, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        return tuple(edit for finding in self.findings if (edit := finding.fix))


@dataclass(frozen=True, slots=True)
class Outcome:
    """A document before and after, and all that was found on the way.

    `layers` hold the edits that were made, stage by stage, with the findings that were not acted on; `spared` are those
    that somebody wants left alone. Every finding's `at` is a span of the source text. Where there is an `aside`, a page
    was found that is not to be cleaned but to be put to one side: nothing was done to it, and `refused` is what would
    have been.
    """

    source: Document
    result: Document
    layers: tuple[Layer, ...]
    spared: tuple[Finding, ...] = ()
    aside: Finding | None = None
    refused: tuple[Layer, ...] = ()

    @property
    def applied(self) -> tuple[Finding, ...]:
        return tuple(finding for layer in self.layers for finding in layer.findings)

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that were not acted on, in the order of the source."""
        return _sorted(finding for layer in self.layers for finding in layer.open)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Applied and open ones, in the order of the source; the spared ones are not among them."""
        return tuple(sorted((*self.applied, *self.open), key=_place))

    def home(self, span: Span) -> Span:
        """Where a span of the result stood in the source."""
        for layer in reversed(self.layers):
            span = Homeward(layer.edits).span(span)
        return span


def _place(finding: Finding) -> tuple[int, int, str]:
    span = finding.at if isinstance(finding.at, Span) else Span(0, 0)
    return span.start, span.end, finding.rule


class Pipeline:
    """Stages in their order. Safe findings are applied, suggested ones too where `apply` says so.

    `wanted` says which rules count; what others find is dropped before edits are weighed against one another.
    `spares` gives the judge of a document, or None where nobody wants anything left alone. What is spared is neither
    applied nor open. A finding of the rules in `aside` is about the whole page, which is then left as it is; so is
    one of `last_look`, which is asked about each source, what is left of it and what was done.
    """

    def __init__(
        self,
        stages: tuple[Stage, ...],
        apply: Safety = Safety.SAFE,
        wanted: Callable[[str], bool] | None = None,
        spares: Callable[[Document], Judge | None] | None = None,
        aside: Container[str] = (),
        last_look: LastLook | None = None,
        allows: Callable[[Finding, str], bool] | None = None,
    ) -> None:
        self.stages = stages
        self.apply = apply
        self.wanted = wanted
        self.spares = spares
        self.aside = aside
        self.last_look = last_look
        self.allows = allows
        self.limit = Safety.SUGGESTED.rank if apply is Safety.FLAG else apply.rank

    def sparing(self, spares: Callable[[Document], Judge | None]) -> Pipeline:
        """The same pipeline with this say in what is left alone."""
        return Pipeline(self.stages, self.apply, self.wanted, spares, self.aside, self.last_look, self.allows)

    def allowing(self, allows: Callable[[Finding, str], bool]) -> Pipeline:
        """The same pipeline where this also says which edits are made: of a finding, sent home, and the source."""
        return Pipeline(self.stages, self.apply, self.wanted, self.spares, self.aside, self.last_look, allows)

    def run(self, document: Document) -> Outcome:
        """Clean one document. One pass for each stage; cleaning the result again changes nothing."""
        outcome = self._run_sparing(document)
        # What a rule finds may hang on more than the words that are kept, on a blank that another rule takes away: then
        # nothing is done, rather than something that a second run would go on with.
        if outcome.spared and outcome.applied and self._run_sparing(outcome.result).applied:
            return _sparing_too(self._run_sparing(document, nothing=True), outcome.spared)
        return outcome

    def _run_sparing(self, document: Document, *, nothing: bool = False) -> Outcome:
        """What comes of it when all that is to be left alone is; with `nothing` all that is found is."""
        if self.spares is None or (judge := self.spares(document)) is None:
            return self._run(document)
        from cleankit.guards import Guard, Guards, Spared

        kept: set[Guard] = set()
        before: list[Finding] = []
        while True:
            spared = Spared(judge, document.text)
            held = Guards(kept, everything=nothing) if kept or nothing else None
            outcome = self._run(document, spared, held)
            # An edit of other words in the same line would make it another line, in which nobody spared anything: a
            # second run would do what was to be left alone. Such edits wait as open findings.
            guards, names = Guards(spared.guards), [stage.name for stage in self.stages]
            layers = ((names.index(layer.stage), layer) for layer in outcome.layers)
            broken = {guard for n, layer in layers for f in layer.findings for guard in guards.broken_by(f, n)}
            if broken <= kept:
                return _sparing_too(outcome, before)
            kept |= broken
            before += spared.findings
            judge = self.spares(document) or judge

    def _run(self, document: Document, spared: Spared | None = None, kept: Guards | None = None) -> Outcome:
        text = document.text
        layers: list[Layer] = []
        way_home: list[Homeward] = []
        page = Page(text)
        looked: dict[int, Page] = {}
        aside: Finding | None = None
        for number, stage in enumerate(self.stages):
            # a filter that comes a second time has nothing to add where nothing was changed since the first
            filters = [look for look in stage.filters if looked.get(id(look)) is not page]
            looked.update((id(look), page) for look in filters)
            found = [finding for look in filters for finding in look(page)]
            if self.wanted:
                found = [finding for finding in found if self.wanted(finding.rule)]
            if spared:
                # in the order of the text: where one more is found than may be spared, no order of filters decides
                pairs = sorted(((_sent_home(f, way_home), f) for f in found), key=lambda pair: _place(pair[0]))
                found = [finding for home, finding in pairs if not spared.takes(home, number)]
            if not found:
                continue
            # what would have been done is worked out to its end: a person who looks at the page may want just that
            aside = aside or next((_sent_home(f, way_home) for f in found if f.rule in self.aside), None)
            ready = [finding for finding in found if self._may_apply(finding, document.text, way_home)]
            chosen = {id(finding) for finding in ready}
            waiting = [finding for finding in found if id(finding) not in chosen]
            if kept:
                held = kept.hold([_sent_home(f, way_home) for f in ready], number)
                waiting += (replace(f, evidence=(*f.evidence, WAITS)) for i, f in enumerate(ready) if i in held)
                ready = [finding for i, finding in enumerate(ready) if i not in held]
            won, lost, covered = resolve(ready)
            at_home = (tuple(_sent_home(f, way_home) for f in some) for some in (won, (*lost, *waiting), covered))
            layer = Layer(stage.name, *at_home)
            layers.append(layer)
            if layer.findings:
                way_home.append(Homeward(layer.edits))
                text = apply(text, layer.edits)
                page = Page(text)
        layers = _each_once(layers)
        if self.last_look and not aside and (said := self.last_look(document.text, text, layers)):
            last = len(self.stages) - 1
            if not (spared and spared.takes(said, last)):
                aside = said
                layers.append(Layer(self.stages[last].name, (), (said,)))
        alone = _sorted(spared.findings if spared else ())
        if aside:
            flags = (Layer(one.stage, (), tuple(f for f in one.open if f.fix is None)) for one in layers)
            return Outcome(document, document, tuple(one for one in flags if one.open), alone, aside, tuple(layers))
        result = document if text == document.text else replace(document, text=text)
        return Outcome(document, result, tuple(layers), alone)

    def _may_apply(self, finding: Finding, source: str, way_home: list[Homeward]) -> bool:
        if finding.fix is None or finding.fix.old == finding.fix.new:
            return False
        if finding.safety.rank <= self.limit:
            return True
        return self.allows is not None and self.allows(_sent_home(finding, way_home), source)


def _sparing_too(outcome: Outcome, before: Iterable[Finding]) -> Outcome:
    """With what was spared before some edits had to wait: behind such an edit it may not come to light again."""
    known = {(finding.rule, finding.at) for finding in outcome.spared}
    gone = {(one.rule, one.at): one for one in before if (one.rule, one.at) not in known}
    if not gone:
        return outcome
    from cleankit.guards import overlap

    now = (*outcome.spared, *outcome.findings)
    lost = [one for one in gone.values() if not any(one.rule == other.rule and overlap(one, other) for other in now)]
    return replace(outcome, spared=_sorted((*outcome.spared, *lost)))


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=_place))


def _said(finding: Finding) -> tuple[str, Span | str, str]:
    """What makes two findings one: a filter may see in a later stage what it saw before."""
    return finding.rule, finding.at, finding.message


def _each_once(layers: Iterable[Layer]) -> list[Layer]:
    """Layers without the open findings that were told before, or that a later stage acted on."""
    layers = list(layers)
    said = {_said(finding) for layer in layers for finding in layer.findings}
    once = []
    for layer in layers:
        still_open = {_said(finding): finding for finding in layer.open if _said(finding) not in said}
        said |= still_open.keys()
        once.append(Layer(layer.stage, layer.findings, _sorted(still_open.values()), layer.covered))
    return [layer for layer in once if layer.findings or layer.open or layer.covered]


def _sent_home(finding: Finding, way_home: list[Homeward]) -> Finding:
    if not way_home or not isinstance(finding.at, Span):
        return finding
    span = finding.at
    for step in reversed(way_home):
        span = step.span(span)
    return replace(finding, at=span)
