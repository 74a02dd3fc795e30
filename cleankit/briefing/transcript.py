"""Whether a text is a transcript: which of the labels found in it are labels."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from cleankit.briefing import labels, names, roles
from cleankit.briefing.blocks import Block
from cleankit.briefing.labels import Label, Says

# how speech ends; a headline or the value of a table's row does not
_SENTENCE = re.compile(
    r"[.!?…。！？؟—–-][\"'”’»)\]」』）]*(?:\s*\[[\d\s:-]{5,20}\]|\s*[(\[（][^()\[\]（）]{2,40}[)\]）])?$"
)
_EVENT = re.compile(
    rf"briefing|press conference|news conference|remarks|statement by|{names.PRESS_EVENT}", re.IGNORECASE
)
_REACHED = re.compile(r"(?:tel|phone|telephone|cell|mobile|fax|e-?mail)\b.*[\d@]|\+?[\d ()-]{7,}$", re.IGNORECASE)
_NUMBER = re.compile(r"\s*\d+$")
LISTED = 300  # characters of a list of speakers
TURNS, MOST_VOICES = 6, 6  # of an interview
ASKED_ALONE = 3
GOES_ON = 20  # letters that announce what is said below
_SPEAK = (Says.PERSON, Says.UNKNOWN)
_SURE = (Says.QUESTION, Says.ANSWER, Says.CHAIR, Says.PERSON)


def turn_labels(blocks: Sequence[Block], found: Sequence[Label | None], known: frozenset[str]) -> set[int]:
    """The numbers of the blocks whose label opens a turn. Empty where the text is no transcript.

    A label alone proves little: "Note:" has the same shape. What proves it is a participant's name, a title or a
    question word, or that it comes back before speech; the others are believed in company of those.
    """
    counts: Counter[str] = Counter()
    speech: dict[str, list[bool]] = defaultdict(list)
    # a teaser that is printed twice does not come back
    last = blocks[-1].text if blocks else ""
    for one, said in {(label, _said(blocks, i, label)): None for i, label in enumerate(found) if label}:
        counts[_id(one)] += 1
        # the end of a page may be cut off
        goes_on = said.endswith((":", "：")) and len(said) >= GOES_ON
        speech[_id(one)].append(bool(_SENTENCE.search(said)) or goes_on or last.endswith(said))
    # of a speaker's paragraphs nearly all are sentences
    speaks = {name for name, ends in speech.items() if sum(ends) * 3 >= 2 * len(ends)}
    questions = Counter(_id(one) for i, one in enumerate(found) if one and labels.asks(_said(blocks, i, one)))
    back = _surnames((one for one in found if one), interview=any(count > 1 for count in questions.values()))
    held = labels.with_offices(dict.fromkeys(_id(one) for one in found if one))
    begins = next((i for i, label in enumerate(found) if label and counts[_id(label)] > 1), 0)
    above = " ".join(block.text for block in blocks[:begins])
    strong: dict[int, Label] = {}
    weak: dict[int, Label] = {}
    for i, label in enumerate(found):
        if label is None or _is_contact(blocks, i, label):
            continue
        by_name = labels.matches(label.text, known) is not None
        again = counts[_id(label)] > 1 or _id(label) in back
        if not by_name and label.says not in _SURE and _id(label) not in speaks:
            continue
        # "Sprecher: Hollmann, Brandt (BMVI)" lists the panel, and says nothing
        once = counts[_id(label)] == 1 and i + 1 < len(blocks)
        if label.says is Says.PERSON and not by_name and once and _lists(label.rest):
            continue
        if (
            by_name
            or _id(label) in held
            or (again and _is_named(label, above))
            or _is_strong(label, again, _said(blocks, i, label))
        ):
            strong[i] = label
        elif _is_weak(label, again, _said(blocks, i, label)):
            weak[i] = label
    # where speakers stand in capitals in front of their words, whoever stands so speaks, though it be only once
    shouted = {_id(one) for one in strong.values() if one.rest and labels.in_capitals(one.text) and one.says in _SPEAK}
    if len(shouted) > 1:
        strong |= {
            i: one
            for i, one in enumerate(found)
            if one
            and one.rest
            and i not in strong
            and labels.in_capitals(one.text)
            and len(one.text) > 3
            and _has_name(one)
        }
    if not strong and any(_EVENT.search(block.text) for block in blocks[:3] if not block.prose):
        # a page whose headline calls itself a briefing may be a piece with one speaker on it
        strong = {i: one for i, one in weak.items() if one.alone and names.is_name(one.text) and _follows(blocks, i)}
        weak = {i: one for i, one in weak.items() if i not in strong}
        if len({_id(one) for one in strong.values()}) == 1:
            return set(strong)
    if not _enough(strong, weak, known):
        # questions alone, with answers under them that nobody labelled
        asked = {
            i
            for i, one in (strong | weak).items()
            if one.says is Says.QUESTION and one.rest and not _NUMBER.search(one.text)
        }
        return asked if len(asked) >= ASKED_ALONE and asked == strong.keys() | weak.keys() else set()
    # above the first sure one stand titles and captions, and maybe the first question
    first = min(strong)
    later = {_id(label) for i, label in (strong | weak).items() if i > first}
    early = {
        i
        for i, label in weak.items()
        if i < first and _id(label) not in later and not _asks_early(label, _said(blocks, i, label))
    }
    numbers = (strong.keys() | weak.keys()) - early
    if any(label.alone or label.says is not Says.UNKNOWN for label in strong.values()):
        return numbers
    if sum(labels.in_capitals(label.text) for label in strong.values()) > 2 and sum(questions.values()) >= ASKED_ALONE:
        return numbers | {i for i in early if i == max(early) and labels.asks(_said(blocks, i, weak[i]))}
    # where names that come back are all there is, comments under an article look the same
    said_in = sum(len(block.text) for block in blocks[min(numbers) :])
    whole = sum(len(block.text) for block in blocks)
    return numbers if 2 * said_in >= whole or _interviews(blocks, found, numbers) else set()


def _has_name(label: Label) -> bool:
    """Whether a label in capitals has a name in it, whatever else."""
    halves = labels.two_parts(label.text) or (label.text,)
    return labels.shaped(label) and any(names.is_name(half, least=1, most=8) for half in halves)


def _interviews(blocks: Sequence[Block], found: Sequence[Label | None], numbers: set[int]) -> bool:
    """Whether a few labels take turns, and one of them asks: an interview behind a long introduction."""
    asked: dict[str, list[bool]] = defaultdict(list)
    order = [(i, label) for i in sorted(numbers) if (label := found[i])]
    for i, label in order:
        asked[_id(label)].append(labels.asks(_said(blocks, i, label)))
    turns = sum(_id(one) != _id(other) for (_, one), (_, other) in pairwise(order))
    asks = any(sum(said) * 2 >= len(said) > 1 for said in asked.values())
    return len(order) >= TURNS and turns + 1 == len(order) and len(asked) <= MOST_VOICES and asks


def is_speech(text: str) -> bool:
    """Whether a paragraph ends as speech does."""
    return bool(_SENTENCE.search(text))


def is_said(blocks: Sequence[Block], i: int) -> bool:
    """Whether a paragraph is said: it ends as speech does, or greets people and goes on below."""
    if i >= len(blocks):
        return False
    greets = blocks[i].text.endswith((":", "：")) and i + 1 < len(blocks) and blocks[i + 1].prose
    return is_speech(blocks[i].text) or greets


def _surnames(found: Iterable[Label], *, interview: bool) -> frozenset[str]:
    """Ids of labels that come back shortened: `ADA LOVELACE, POET:` and later `LOVELACE:`, and those short ones.

    In capitals, or where somebody asks: "Special Defence:" and "Defence:" head the paragraphs of a guide."""
    all_of = {_id(one): one for one in found}
    back: set[str] = set()
    for name, one in all_of.items():
        full = labels.full_name(one.text)
        # "Ada:" in a talk among friends
        for short in {full.split()[-1], full.split()[0]} - {name} if full else ():
            capitals = short in all_of and labels.in_capitals(all_of[short].text) and labels.in_capitals(one.text)
            if short in all_of and (capitals or interview):
                back |= {name, short}
    return frozenset(back)


def _is_named(label: Label, above: str) -> bool:
    """Whether the text above the transcript gives the full name of somebody whom a label calls by the last."""
    return len(label.text.split()) == 1 and roles.with_first(above, label.text) is not None


def _is_contact(blocks: Sequence[Block], i: int, label: Label) -> bool:
    """`PRESS OFFICER: Ada Lovelace` with a telephone under it speaks to nobody."""
    return names.is_name(label.rest) and i + 1 < len(blocks) and bool(_REACHED.match(blocks[i + 1].text))


def _lists(text: str) -> bool:
    """Whether a value is a list of names: no sentence, or the last of them with a ministry in brackets."""
    return (len(text) < LISTED and "," in text and not _SENTENCE.search(text)) or bool(
        re.search(r",[^,.!?]+\([A-ZÄÖÜ]{2,8}\)$", text)
    )


def _follows(blocks: Sequence[Block], i: int) -> bool:
    return i + 1 < len(blocks) and blocks[i + 1].prose


def _is_strong(label: Label, again: bool, said: str) -> bool:
    shaped, capital = labels.shaped(label), labels.in_capitals(label.text)
    match label.says:
        case Says.CHAIR:
            return True
        case Says.PERSON:
            return (
                again
                if labels.nameless(label.text) or labels.office_of(label.text)
                else shaped or capital or labels.in_office(label.text)
            )
        case Says.QUESTION:
            return again
        case Says.ANSWER:
            return again and len(label.text) > 1
        case Says.OUTLET:
            return shaped and (labels.asks(said) or label.text.endswith(("记者", "記者", "기자")))
        case _:
            return again and shaped and (labels.like_a_person(label.text) or capital)


def _is_weak(label: Label, again: bool, said: str) -> bool:
    if label.says in (Says.QUESTION, Says.ANSWER) or (labels.nameless(label.text) and label.alone):
        return True
    if label.says is Says.PERSON and label.rest and (labels.office_of(label.text) or labels.in_office(label.text)):
        return True
    if not labels.shaped(label) and not (again and labels.in_capitals(label.text)):
        return False
    capital = labels.in_capitals(label.text) and len(label.text) > 3
    if label.alone or again or capital or labels.asks(said):
        return True
    return labels.like_a_person(label.text) or labels.two_parts(label.text) is not None


def _enough(strong: dict[int, Label], weak: dict[int, Label], known: frozenset[str]) -> bool:
    """Two speakers, or one whom the header or a title vouches for, or one in company."""
    who = {_id(label) for label in strong.values()}
    if len(who) != 1:
        return len(who) > 1
    sure = any(
        label.says is Says.PERSON or (label.alone and labels.matches(label.text, known)) for label in strong.values()
    )
    return sure or bool(weak)


def _asks_early(label: Label, said: str) -> bool:
    return label.says in _SURE or (label.alone and labels.asks(said))


def _id(label: Label) -> str:
    if (reporter := labels.of_outlet(label.text)) is not None:
        return names.key(reporter)
    # "Speaker 4" and "Speaker 9" are two whom nobody knows: the word comes back
    return _NUMBER.sub("", label.key) if labels.nameless(label.text) else label.key or label.text


def _said(blocks: Sequence[Block], i: int, label: Label) -> str:
    return label.rest or (blocks[i + 1].text if i + 1 < len(blocks) else "")
