"""Tries rules on their own evidence and on one another's: what `cleankit rules test` and the tests of the packs run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from cleankit import recipe, toml
from cleankit.errors import RuleError, UsageError
from cleankit.model import Document, Edit, Finding, Safety, Span
from cleankit.page import Page
from cleankit.pipeline import Outcome, Pipeline, Stage
from cleankit.rules import Match, Rule, RuleSet, builtin
from cleankit.rules.faults import PATTERNS, Fault
from cleankit.rules.kinds import KINDS
from cleankit.rules.load import Loaded, distinct, load_all, load_vocabulary
from cleankit.rules.patterns import unmet
from cleankit.rules.places import VOCABULARY, rule_files
from cleankit.scan import regex

# RE2 instructions. Compiling takes a millisecond for two thousand of them, and every start waits for it.
LARGE = 20_000
EXCERPT = 40


class Objection(NamedTuple):
    """What a trial has to say of a rule, and where in its file. A hint is no failure."""

    path: str
    line: int
    rule: str
    problem: str
    is_hint: bool


def gather(paths: Iterable[str]) -> Loaded:
    """The rules of rule files, packs and folders of packs, with every error in them. Raises UsageError."""
    roots: dict[Path, list[Path]] = {}
    seen: set[Path] = set()
    for name in paths:
        path = Path(name)
        root, found = _found(path)
        if not found:
            problem = "holds no rule: rules stand in PACK/NAME.toml" if path.exists() else "does not exist"
            raise UsageError(f"{name}: {problem}; give a rule file, a pack or a folder of packs")
        roots.setdefault(root, []).extend(one for one in found if one.resolve() not in seen)
        seen.update(one.resolve() for one in found)
    rules: list[Rule] = []
    errors: list[RuleError] = []
    for root, files in roots.items():
        try:
            loaded = load_all(files, load_vocabulary(root))
        except RuleError as error:
            errors.append(error)
            continue
        rules += loaded.rules
        errors += loaded.errors
    try:
        distinct((*others(rules), *rules))
    except RuleError as error:
        errors.append(error)
    return Loaded(tuple(rules), tuple(errors))


def _found(path: Path) -> tuple[Path, list[Path]]:
    """The folder of packs that a path is, or is in, and the rule files that it stands for."""
    whole = path.absolute()
    if not path.is_dir():
        return whole.parent.parent, [path] if path.exists() else []
    if files := list(rule_files(path)):
        return path, files
    return whole.parent, [one for one in sorted(path.glob("*.toml")) if one.name != VOCABULARY]


def others(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The built-in rules but for those that are among `rules` themselves."""
    own = {Path(rule.path).resolve() for rule in rules}
    return tuple(rule for rule in builtin() if Path(rule.path).resolve() not in own)


def tried(rules: Sequence[Rule]) -> Iterator[Objection]:
    """Everything there is to say against some rules, in the order of their files and lines."""
    about: dict[str, list[tuple[Fault, bool]]] = {rule.id: [] for rule in rules}
    paragraphs = _paragraphs((*rules, *others(rules)))
    theirs = _theirs(rules)
    for rule in rules:
        about[rule.id] += ((fault, False) for fault in (*alone(rule), *never(rule)))
        about[rule.id] += ((fault, True) for fault in hints(rule, paragraphs, theirs))
    for finding, name, fault in collisions(rules):
        # what is only suggested may be wrong where a safe rule must not be
        about[name].append((fault, finding.safety is not Safety.SAFE))
    for rule in rules:
        text = Path(rule.path).read_bytes().decode("utf-8-sig")
        objections = (
            Objection(rule.path, toml.row(text, fault.at), rule.id, fault.problem, is_hint)
            for fault, is_hint in about[rule.id]
        )
        yield from sorted(objections, key=lambda objection: (objection.line, objection.is_hint))


def alone(rule: Rule) -> Iterator[Fault]:
    """Where a rule does not do what its own cases say."""
    pipeline = _alone(rule)

    def ran(text: str) -> Outcome:
        return pipeline.run(Document("case", text))

    for i, case in enumerate(rule.examples):
        outcome = ran(case.text)
        if not outcome.findings:
            yield Fault(("example", i), f"{case.name!r} is not found; {_barred(rule, case.text)}")
        elif outcome.result.text != case.clean:
            became = _difference(outcome.result.text, case.clean)
            yield Fault(("example", i), f"{case.name!r} becomes something else than its clean text: {became}")
        elif rule.level is not Safety.FLAG and ran(case.clean).applied:
            what = _taken(ran(case.clean).applied[0].fix)
            yield Fault(("example", i), f"{case.name!r} is not clean yet: a second run takes {what}")
    for i, case in enumerate(rule.keeps):
        for finding in ran(case.text).findings[:1]:
            what = _taken(finding.fix) if finding.fix else "a place to flag"
            yield Fault(("keep", i), f"{case.name!r} is not left alone: {what} is found in it; narrow the pattern")
    for i, case in enumerate(rule.missed):
        outcome = ran(case.text)
        if outcome.findings and outcome.result.text == case.clean:
            yield Fault(("missed", i), f"{case.name!r} works now; make it an [[example]]")


# What can keep a rule from a line that its pattern finds.
_BARS = ("unless", "at", "min_anchors", "min_lines", "not_after", "not_under", "not_beside", "not_on", "only_on")


def _barred(rule: Rule, text: str) -> str:
    """What to do where nothing is found in an example: see to the one key without which something would be."""
    without = {"languages": replace(rule, languages=())} | {
        key: replace(rule, match=replace(rule.match, **{key: getattr(Match(), key)})) for key in _BARS
    }
    for key, free in without.items():
        if free != rule and _alone(free).run(Document("case", text)).findings:
            return f"`{key}` keeps the rule from it: change that, or give the example more of its page"
    return "widen a pattern"


def collisions(rules: Sequence[Rule]) -> Iterator[tuple[Finding, str, Fault]]:
    """Where one of `rules` touches a keep of another, or a built-in one a keep of theirs, with the rule to change."""
    own, ours = {rule.id: rule for rule in rules}, recipe.of_rules(rules, Safety.SUGGESTED)
    for owner in (*rules, *others(rules)):
        for case in owner.keeps:
            for finding in ours.run(Document("keep", case.text)).applied:
                # what it does to its own keeps is told by its own trial
                if finding.rule in own and finding.rule != owner.id:
                    where = f"out of a keep of {owner.id}, {case.name!r}"
                    problem = f"takes {_taken(finding.fix)} {where}; narrow the pattern"
                    yield finding, finding.rule, Fault(_taker(own[finding.rule], finding.fix), problem)
    theirs = _theirs(rules)
    for owner in rules:
        for i, case in enumerate(owner.keeps):
            for finding in theirs.run(Document("keep", case.text)).applied:
                if not finding.rule.startswith("space/"):
                    what = f"{finding.rule} takes {_taken(finding.fix)}"
                    yield (
                        finding,
                        owner.id,
                        Fault(("keep", i), f"{case.name!r} is not left alone: {what}; keep another line"),
                    )


def _theirs(rules: Sequence[Rule]) -> Pipeline:
    """What runs without `rules`."""
    rest = others(rules)
    return recipe.default() if len(rest) == len(builtin()) else recipe.of_rules(rest)


def hints(rule: Rule, paragraphs: Page, theirs: Pipeline) -> Iterator[Fault]:
    """What need not be wrong, and often is."""
    yield from unshown(rule)
    yield from large(rule)
    yield from prose(rule, paragraphs)
    yield from needless(rule, theirs)


def needless(rule: Rule, theirs: Pipeline) -> Iterator[Fault]:
    """Examples that the rules there are clean by themselves."""
    for i, case in enumerate(rule.examples):
        outcome = theirs.run(Document("case", case.text))
        if case.text != case.clean and outcome.result.text.strip() == case.clean.strip():
            those = ", ".join(dict.fromkeys(finding.rule for finding in outcome.applied))
            yield Fault(("example", i), f"{case.name!r} becomes clean without this rule, by {those}; show what is new")


def never(rule: Rule) -> Iterator[Fault]:
    """Patterns and words that no line can match."""
    for name in PATTERNS:
        for i, pattern in enumerate(getattr(rule.match, name)):
            of_line = rule.kind in ("line", "block") if name == "any_of" else name != "unless"
            if why := unmet(pattern, of_line=of_line):
                yield Fault(("match", name, i), f"can never match: {why}")
    words = regex(KINDS[rule.kind].patterns(rule)[-1]) if rule.match.words else None
    for word in rule.match.words:
        if words is not None and not words.search(f" {word} ".encode()):
            yield Fault(
                ("match", "words", word),
                "is never met: RE2 takes only a to z and digits for the edge of a word; write it as a pattern",
            )


def unshown(rule: Rule) -> Iterator[Fault]:
    """Patterns that no example of the rule shows."""
    lines = [line.strip().encode() for case in rule.examples for line in Page(case.text).folded.split("\n")]
    patterns = KINDS[rule.kind].patterns(rule)[: len(rule.match.any_of)]
    silent = [i for i, pattern in enumerate(patterns) if not any(map(regex(pattern).search, lines))]
    if silent:
        those = "this pattern finds" if len(silent) == 1 else f"this pattern and {len(silent) - 1} more find"
        yield Fault(("match", "any_of", silent[0]), f"no example shows what {those}; add one")


def large(rule: Rule) -> Iterator[Fault]:
    for i, pattern in enumerate(rule.match.any_of):
        if (size := regex(pattern).programsize) > LARGE:
            hint = "write `.*` for counted repetitions such as `.{0,80}` and cap the line with `unless`"
            yield Fault(("match", "any_of", i), f"is slow to compile ({size:,} steps, over {LARGE:,}); {hint}")


def prose(rule: Rule, paragraphs: Page) -> Iterator[Fault]:
    """Patterns of whole lines that match a paragraph, where only its place or a neighbour would save it."""
    if rule.kind not in ("line", "block"):
        return
    match = Match(any_of=rule.match.any_of, unless=rule.match.unless, ignore_case=rule.match.ignore_case)
    bare = replace(rule, kind="line", match=match, languages=())
    patterns = dict(enumerate(map(regex, KINDS["line"].patterns(bare))))
    for finding in RuleSet("prose", [bare])(paragraphs):
        text = paragraphs.line_text(paragraphs.line_at(finding.at.start if isinstance(finding.at, Span) else 0))
        for i in [i for i, pattern in patterns.items() if pattern.search(text.encode())]:
            del patterns[i]  # one paragraph is enough to see it
            yield Fault(("match", "any_of", i), f"matches a paragraph, {_excerpt(text)}; ask for more of the line")


def _paragraphs(rules: Iterable[Rule]) -> Page:
    texts = [case.clean for rule in rules for case in (*rule.examples, *rule.keeps)]
    found: dict[str, None] = {}
    for text in texts:
        page = Page(text)
        found |= dict.fromkeys(page.line_text(number) for number in range(len(page.lines)) if page.is_prose(number))
    return Page("\n\n".join(found))


def _alone(rule: Rule) -> Pipeline:
    return Pipeline((Stage("one", (RuleSet(rule.id, [rule]),)),), apply=Safety.SUGGESTED)


def _taker(rule: Rule, edit: Edit | None) -> toml.Path:
    """The place of the pattern that found what an edit takes."""
    lines = [line.encode() for line in Page(edit.old).folded.split("\n")] if edit else []
    patterns = KINDS[rule.kind].patterns(rule)[: len(rule.match.any_of)]
    hit = next((i for i, pattern in enumerate(patterns) if any(map(regex(pattern).search, lines))), None)
    return ("match", "any_of") if hit is None else ("match", "any_of", hit)


def _taken(edit: Edit | None) -> str:
    return _excerpt(edit.old) if edit else "nothing"


def _excerpt(text: str) -> str:
    return repr(shortened(text.strip()))


def shortened(text: str) -> str:
    """The first words of a text, by which a person knows it again."""
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"


def _difference(found: str, wanted: str) -> str:
    """The first lines in which two texts differ."""
    a, b = found.split("\n"), wanted.split("\n")
    at = _parting(a, b)
    if at == min(len(a), len(b)):
        there, meant = (repr(shortened(lines[at])) if at < len(lines) else "the end" for lines in (a, b))
    else:
        same = _parting(a[at], b[at])
        start = same - EXCERPT // 4 if same > EXCERPT // 2 else 0  # of long lines the beginning says nothing
        there, meant = (repr(shortened("…" * bool(start) + lines[at][start:])) for lines in (a, b))
    return f"line {at + 1} is {there}, not {meant}"


def _parting(a: Sequence[str], b: Sequence[str]) -> int:
    """Where two lists of lines, or two lines, begin to differ."""
    return next((i for i, (one, other) in enumerate(zip(a, b, strict=False)) if one != other), min(len(a), len(b)))
