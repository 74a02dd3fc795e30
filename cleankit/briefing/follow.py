"""Which questions go on from one that the same reporter asked before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleankit.briefing import names
from cleankit.briefing.model import Kind
from cleankit.briefing.turns import Utterance
from cleankit.lazy import expression

# said by the one who has just been answered; "to follow up on what my colleague asked" is another's
_AGAIN = expression(
    r"^\W*(?:(?:yes|yeah|ok(?:ay)?|right|sure|sorry|thanks?(?: you)?|and|but|so|just|well|then|um|uh|if i (?:can|"
    r"could|may)|can i|could i|may i|"
    r"let me|i have|i['’]d like|have|to|do|a|one|my|also|maybe|quick(?:ly)?|brief(?:ly)?|real|very|"
    r"please)\b[\s,.—–-]*){0,8}"
    r"(?:follow(?:ing)?[- ]?(?:up|on)\b|press you (?:on|further)|ask (?:a|one) more\b|clarify (?:that|what you)|"
    r"be clear on that|"
    r"one (?:last|more|other) (?:question|thing|one|quick)|another one\b)|"
    r"^\W*(?:追问|再追问|补充(?:提问|一个问题)|跟进|接着(?:刚才)?(?:的问题)?(?:追问|再问)|我(?:想)?再(?:追)?问|追加で|関連(?:して|で))|"
    r"^\W*(?:(?:und|nur|noch|eine|kurze|kleine)\s+){0,4}(?:nachfrage|nachgefragt|nachfragen)|"
    r"^\W*(?:(?:et|juste|une|petite|pour)\s+){0,4}(?:relance|question de suivi|suivi)|"
    r"^\W*(?:(?:y|solo|una|para|nada más)\s+){0,4}(?:repregunta|seguimiento|dar seguimiento)",
    re.IGNORECASE,
)
_OTHER = expression(
    r"\b(?:colleague|another (?:reporter|outlet)|(?:he|she|they|[A-Z][a-z]+) (?:just )?asked|"
    r"[A-Z][a-z]+['’]s (?:question|point))"
)
_GOES_ON = expression(r"^\s*[—–-]{1,3}\s*\w")


def follow_ups(spoken: Sequence[Utterance]) -> list[int | None]:
    """For each utterance the number of the question that it follows up; None where the page does not show one.

    A question follows the one before it where the same name or outlet stands before both, where it goes on in the
    middle of a sentence, or where an unnamed one says so.
    """
    follows: list[int | None] = [None] * len(spoken)
    last: int | None = None
    for i, one in enumerate(spoken):
        if one.kind is not Kind.QUESTION:
            continue
        if last is not None and _same(spoken[last], one):
            follows[i] = last
        last = i
    return follows


def _same(before: Utterance, one: Utterance) -> bool:
    who, then = _who(one), _who(before)
    if who and then:
        return who == then
    if who or one.lost:
        return False  # named now and not before: somebody else, or a label that was lost
    said = one.text
    return bool(_GOES_ON.match(said) or (_AGAIN.match(said) and not _OTHER.search(said[:120])))


def _who(one: Utterance) -> tuple[str, str] | None:
    return (names.key(one.speaker or ""), names.key(one.outlet or "")) if one.speaker or one.outlet else None
