"""What a person decided about a run: data beside its texts, which the next run into the folder goes by."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cleankit import corpus
from cleankit.errors import UsageError
from cleankit.selection import fits

if TYPE_CHECKING:
    from cleankit.config import Choice
    from cleankit.fingerprint import Window
    from cleankit.guards import Judge
    from cleankit.model import Document, Finding

DECISIONS = "decisions.jsonl"


class Verdict(StrEnum):
    """What is to be done: accept makes an edit or cleans a page that waits, reject leaves things as they were."""

    ACCEPT = "accept"
    REJECT = "reject"


class Decision(NamedTuple):
    """One decision. Without a `document` it holds in all of them, without a `rule` for the document as a whole.

    `words` is the fingerprint of the line that an edit stands in, as suppressions have it; `excerpt` is for readers.
    """

    verdict: Verdict
    document: str = ""
    rule: str = ""
    words: str = ""
    excerpt: str = ""

    @property
    def about(self) -> tuple[str, str, str]:
        """What it is about: a later decision about the same takes its place."""
        return self.document, self.rule, self.words


def read(run: Path) -> tuple[Decision, ...]:
    """The decisions about a run. Raises UsageError naming the line that is wrong."""
    path = run / DECISIONS
    if not path.exists():
        return ()
    found = []
    for row, line in enumerate(corpus.read_bytes(str(path)).splitlines(), 1):
        try:
            values: dict[str, Any] = json.loads(line)
            found.append(Decision(**{**values, "verdict": Verdict(values["verdict"])}))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            problem = "is no decision: see schemas/decision.schema.json; mend the line or remove it"
            raise UsageError(f"{path}:{row}: {problem}") from error
    return tuple(found)


def add(run: Path, fresh: Iterable[Decision]) -> None:
    """Write decisions down; each takes the place of an older one about the same. Raises WriteError, UsageError."""
    kept = {decision.about: decision for decision in read(run)}
    for decision in fresh:
        kept.pop(decision.about, None)
        kept[decision.about] = decision
    lines = (
        json.dumps({name: str(value) for name, value in decision._asdict().items() if value}, ensure_ascii=False) + "\n"
        for decision in kept.values()
    )
    corpus.write_bytes(run / DECISIONS, "".join(lines).encode(errors="backslashreplace"))


class Decided(NamedTuple):
    """What was decided that matters for one document. It goes to worker processes as it is.

    What says more counts: about an edit more than about its rule, about this document more than about all of them; of
    what says as much the last word.
    """

    decisions: tuple[Decision, ...]

    def choice(self, choice: Choice, known: Iterable[str]) -> Choice:
        """The settings of the document, without the rules that are rejected for it; `known` are those there are."""
        if self._of_whole() is Verdict.REJECT:
            return replace(choice, profile="off", select=(), extend_select=())
        # of one some edits of which are accepted the others are spared
        ignored = (
            one for one in known if self._of_rule(one) is Verdict.REJECT and not self._edits(Verdict.ACCEPT, one)
        )
        return replace(choice, ignore=tuple(dict.fromkeys((*choice.ignore, *ignored))))

    def judge(self, document: Document, aside: Iterable[str]) -> Judge:
        """What is to be left alone; of a page that is to be cleaned, the finding (one of `aside`) that kept it back."""
        from cleankit import fingerprint
        from cleankit.guards import NOWHERE

        wanted = self._of_whole() is Verdict.ACCEPT
        aside = frozenset(aside)

        def judged(finding: Finding) -> Window | None:
            if wanted and finding.rule in aside:
                return NOWHERE
            rejected, accepted = (self._edits(verdict, finding.rule) for verdict in (Verdict.REJECT, Verdict.ACCEPT))
            if rejected or accepted:
                windows = list(fingerprint.windows(finding, document.text))
                if any(fingerprint.hashed(window) in accepted for window in windows):
                    return None
                for window in windows:
                    if fingerprint.hashed(window) in rejected:
                        return window
            return NOWHERE if accepted and self._of_rule(finding.rule) is Verdict.REJECT else None

        return judged

    def allows(self, finding: Finding, text: str) -> bool:
        """Whether an edit is to be made that the run would leave to a person; `text` is the source."""
        from cleankit import fingerprint

        if self._of_rule(finding.rule) is Verdict.ACCEPT:
            return True
        accepted = self._edits(Verdict.ACCEPT, finding.rule)
        return bool(accepted) and fingerprint.line(finding, text) in accepted

    def _of_whole(self) -> Verdict | None:
        return self._last(one for one in self.decisions if not one.rule)

    def _of_rule(self, rule: str) -> Verdict | None:
        return self._last(one for one in self.decisions if one.rule and not one.words and fits(one.rule, rule))

    def _edits(self, verdict: Verdict, rule: str) -> frozenset[str]:
        return frozenset(
            one.words for one in self.decisions if one.verdict is verdict and one.words and fits(one.rule, rule)
        )

    def _last(self, decisions: Iterable[Decision]) -> Verdict | None:
        found = None
        for one in sorted(decisions, key=lambda one: bool(one.document)):
            found = one.verdict
        return found


def decided(decisions: Iterable[Decision], document: str) -> Decided | None:
    """What was decided about a document, or None."""
    found = tuple(one for one in decisions if one.document in ("", document))
    return Decided(found) if found else None
