"""Labels told by their place: short lines without a mark that come back, each above what somebody says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from cleankit.briefing import han_roles, korean, labels, names, transcript
from cleankit.briefing.blocks import Block
from cleankit.briefing.labels import Label, Says
from cleankit.lazy import expression

# "Photo of Ada LovelaceAda Lovelace (Ellmouth, Loom Party)": the picture's description runs into the name
_PICTURED = expression(r"(?:Photo|Image|Picture|Portrait) of (?P<who>[^()]{4,40}?)(?P=who)(?: \([^()]{2,60}\))?")
LONGEST = 60  # letters of a label
LEAST, VOICES, ASKED = 5, 2, 2
TURNS = 0.3  # of such lines, where another one speaks than before
_IN_BRACKETS = expression(r"[\[【〔<＜(（]\s*(?P<who>[^\[\]【】〔〕<>＜＞()（）]{2,60}?)\s*[\]】〕>＞)）]\s*[:：]?")


def read(blocks: Sequence[Block], found: Sequence[Label | None]) -> list[Label | None]:
    """The labels, with the lines that stand like labels and come back, where some of them ask.

    A name that comes back also stands once with its office: `Engineer Ada Lovelace`, and from then on `Ada Lovelace`;
    and between such lines one that is printed as most of them are is one too.
    """
    voices = {i: who for i in range(len(blocks) - 1) if found[i] is None and (who := _voice(blocks, i))}
    marked = {i: label.text for i, label in enumerate(found) if label and label.alone and label.says is not Says.OUTLET}
    times = Counter(map(_key, (*voices.values(), *marked.values())))
    back = {i: who for i, who in voices.items() if times[_key(who)] > 1}
    order = sorted(back | {i: who for i, who in marked.items() if times[_key(who)] > 1})
    if len(back) < LEAST // 2 or len(order) < LEAST or not _take_turns(blocks, [*order], back | marked):
        return list(found)
    known = {_key(who) for who in back.values()}
    printed = [form for form in (names.is_han, labels.in_capitals) if 2 * sum(map(form, back.values())) > len(back)]
    once = {
        i: who
        for i, who in voices.items()
        if i not in back
        and order[0] - 2 <= i <= order[-1] + 2
        and (_holds(who) or _names_one(who, known) or (order[0] < i < order[-1] and any(form(who) for form in printed)))
    }
    return [label or _label((back | once).get(i)) for i, label in enumerate(found)]


def _voice(blocks: Sequence[Block], i: int) -> str | None:
    """What a short line says of who speaks, if something is said under it."""
    text = blocks[i].text
    if len(text) > 2 * LONGEST or not transcript.is_said(blocks, i + 1):
        return None
    if pictured := _PICTURED.fullmatch(text):
        return str(pictured["who"])
    bracketed = _IN_BRACKETS.fullmatch(text)
    who = bracketed["who"] if bracketed else text
    return who if len(who) <= LONGEST and _is_voice(who) else None


def _is_voice(who: str) -> bool:
    # "Question (Mill Post)"
    if labels.says_word(who) or labels.asked_by(who) or names.is_han(who) or names.is_han_office(who) or _holds(who):
        return True
    # "LOVELACE", "LOVELACE (MILL TV)"
    if labels.in_capitals(who) and names.is_name(who.partition(" (")[0], least=1, most=4):
        return not labels.in_office(who)
    if who.split()[-1].casefold() in names.TITLES and labels.in_office(who):
        return True  # "First Minister"
    return names.is_name(who, most=4) and not any(map(names.is_event, who.split()))


def _holds(who: str) -> bool:
    return han_roles.titled(who) is not None or korean.titled(who) is not None


def _names_one(who: str, known: set[str]) -> bool:
    """Whether one of the names ends it: its office stands before it."""
    words = _key(who).split()
    return any(" ".join(words[n:]) in known for n in range(1, len(words)))


def _key(who: str) -> str:
    asked = labels.asked_by(who)
    return names.key(who.removesuffix(")").removesuffix(asked or "") if asked else who) or who


def _take_turns(blocks: Sequence[Block], order: Sequence[int], who: dict[int, str]) -> bool:
    """Whether several speak by turns, and some of them ask."""
    keys = [_key(who[i]) for i in order]
    if len(set(keys)) < VOICES or sum(a != b for a, b in pairwise(keys)) < TURNS * (len(keys) - 1):
        return False
    if not any(_is_person(who[i]) for i in order):
        return False
    said = [blocks[i + 1 : stop] for i, stop in zip(order, (*order[1:], len(blocks)), strict=True)]
    asks = sum(any(labels.asks(block.text) for block in some) for some in said)
    return asks >= ASKED or any(labels.says(who[i]) in (Says.QUESTION, Says.CHAIR) for i in order)


def _is_person(who: str) -> bool:
    return labels.says_word(who) or _holds(who) or names.is_name(who) or names.is_han_person(who)


def _label(who: str | None) -> Label | None:
    if who is None:
        return None
    told = labels.says_word(who) or labels.asked_by(who) or labels.chaired_by(who)
    return Label(who, "", labels.says(who) if told else Says.PERSON)
