"""Whom each label names: a participant, somebody new, the chair, a reporter or an outlet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from cleankit.briefing import han_roles, introductions, korean, labels, names
from cleankit.briefing.labels import Label, Says
from cleankit.briefing.model import Kind, Participant, RoleLine
from cleankit.briefing.reporters import by_label, outlet_name
from cleankit.briefing.turns import Utterance

ASKED_WORDS = 6
LEAST_HOUSES = 2
# who puts calls through or passes the microphone is not whom the head names as chair
_HELPS = re.compile(r"(?:the )?(?:operator|(?:press )?aide|staff)", re.IGNORECASE)


def assign(utterances: list[Utterance], people: list[Participant], title: str = "") -> list[Participant]:
    """Give each labelled utterance its speaker or outlet; the participants, with those that only labels name."""
    known = {names.key(person.name): person for person in people}
    reporters, houses = _reporters(utterances), _houses(utterances)
    unknown: dict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(utterances):
        label = one.label
        if label is None:
            continue
        hit = labels.matches(label.text, frozenset(known))
        if hit and label.says is not Says.QUESTION:
            one.speaker = known[hit].name
        elif label.says is Says.QUESTION:
            one.kind = Kind.QUESTION
            who = labels.asked_by(label.text)
            halves = labels.two_parts(who) if who else None
            if halves and (labels.is_outlet(halves[1]) or not labels.in_office(halves[1])):
                one.speaker, one.outlet = names.plain(halves[0]), outlet_name(halves[1])
            elif who and (
                labels.is_outlet(who) or (" " not in who and (label.text.endswith((")", "）")) or _is_sign(who)))
            ):
                one.outlet = outlet_name(who)
            elif who:
                one.speaker = names.plain(who)
        elif label.says is Says.CHAIR:
            one.kind, one.speaker = Kind.MODERATOR, _chair_of(label.text, known)
        elif label.says is Says.ANSWER:
            one.speaker = people[0].name if len(people) == 1 else None
            one.kind = Kind.ANSWER
            if told := _told_in_brackets(one):
                one.speaker = known.setdefault(names.key(told.name), Participant(told.name, told.role)).name
        elif by_label(one, houses):
            continue
        elif label.key in reporters:
            one.kind, one.speaker = Kind.QUESTION, reporters[label.key]
        elif person := _in_office(label.text, people) or _of_house(label, people):
            one.speaker = person
        else:
            unknown[label.key or label.text].append(i)
    _join_surnames(unknown, utterances)
    offices = _join_offices(unknown, utterances)
    # the longest label first: "PRESS SECRETARY ADA LOVELACE" explains "MS. LOVELACE"
    for numbers in sorted(unknown.values(), key=lambda numbers: -len(_label_text(utterances[numbers[0]]).split())):
        text = _label_text(utterances[numbers[0]])
        hit = labels.matches(text, frozenset(known)) if labels.says(text) is Says.PERSON else None
        if not hit and (holder := _in_office(text, list(known.values()))):
            hit = names.key(holder)
        if hit:
            for i in numbers:
                utterances[i].speaker = known[hit].name
        else:
            _settle(utterances, numbers, known, title)
    for who, role in offices.items():
        if who in known and not known[who].role:
            known[who] = replace(known[who], role=role)
    return list(known.values())


def _is_sign(who: str) -> bool:
    """Whether one word is how a house signs: `PAP`, `TVN24`."""
    return (who.isupper() and len(who) == 3) or (who[-1:].isdigit() and who[:2].isupper())


_WHO = re.compile(r"[(（](?P<who>[^()（）]{2,40})[)）]\s*(?=\S)")


def _told_in_brackets(one: Utterance) -> RoleLine | None:
    """Who answers, where that stands in brackets before the words; they are taken away."""
    first = one.paragraphs[0]
    hit = _WHO.match(first.text)
    told = (korean.titled(hit["who"]) or han_roles.titled(hit["who"])) if hit else None
    if hit and told:
        one.paragraphs[0] = replace(first, text=first.text[hit.end() :])
    return told


def _reporters(utterances: Sequence[Utterance]) -> dict[str, str]:
    """Names of those whom a fuller label gives an outlet, by what later labels call them: the whole or the last one."""
    found: dict[str, str] = {}
    keys = {one.label.key for one in utterances if one.label}
    for one in utterances:
        if one.label is None:
            continue
        halves = labels.two_parts(one.label.text)
        if name := labels.of_outlet(one.label.text):
            found[names.key(name)] = names.plain(name)
            found.setdefault(names.key(name).split()[-1], names.plain(name))
        elif halves and names.key(halves[1]) in keys and names.is_name(halves[0]) and not any(map(_has_office, halves)):
            # "Ada Lovelace (Mill):", and from then on "Mill:"
            found[one.label.key] = found[names.key(halves[1])] = names.plain(halves[0])
        else:
            said = introductions.first_words(one)
            if said and said[1] and names.key(said[0] or "") == one.label.key:
                found[one.label.key] = names.plain(one.label.text)
    return found


_IN_BRACKETS = re.compile(r"[^()]{2,40} \((?P<house>[^()]{2,30})\)")


def _houses(utterances: Sequence[Utterance]) -> frozenset[str]:
    """What stands in brackets behind the names of those who ask, as a ministry does behind those who answer."""
    labelled = ((one, one.label.text) for one in utterances if one.label)
    hits = [
        (one, hit)
        for one, text in labelled
        if not names.HONORIFIC.match(text) and (hit := _IN_BRACKETS.fullmatch(text))  # "M. Lovelace (Ada)"
    ]
    asking = sum(one.asks for one, _ in hits)
    return frozenset(hit["house"] for _, hit in hits) if 2 * asking > len(hits) > LEAST_HOUSES else frozenset()


def _has_office(text: str) -> bool:
    return any(map(names.is_office, text.split()))


def _join_surnames(unknown: dict[str, list[int]], utterances: Sequence[Utterance]) -> None:
    """`LOVELACE:` belongs to the only `ADA LOVELACE, POET:`."""
    full = {who: labels.full_name(_label_text(utterances[numbers[0]])) for who, numbers in unknown.items()}
    for who in [who for who, name in full.items() if name is None]:
        bearers = [other for other, name in full.items() if name and who in (name.split()[0], name.split()[-1])]
        if len(bearers) == 1:
            unknown[bearers[0]] += unknown.pop(who)


def _join_offices(unknown: dict[str, list[int]], utterances: Sequence[Utterance]) -> dict[str, str]:
    """`President of the Mill Ada Lovelace:` is `Ada Lovelace:`; the offices, by the keys of the names."""
    offices: dict[str, str] = {}
    for long, short in labels.with_offices(unknown).items():
        text = _label_text(utterances[unknown[long][0]])
        if halves := labels.two_parts(text):
            offices[short] = halves[0] if names.key(halves[1]) == short else halves[1]
        else:
            offices[short] = " ".join(text.split()[: len(text.split()) - len(short.split())])
        unknown[short] += unknown.pop(long)
    return offices


def _chair_of(label: str, known: dict[str, Participant]) -> str:
    """Whom a chair's label means: the name in it, the chair that the header states, else the word itself."""
    name = labels.chaired_by(label)
    if _HELPS.fullmatch(label.strip()):
        return label
    if name:
        known.setdefault(names.key(name), Participant(names.plain(name), None, chair=True))
        return known[names.key(name)].name
    return next((person.name for person in known.values() if person.chair), label)


def _label_text(one: Utterance) -> str:
    return one.label.text if one.label else ""


def _in_office(label: str, people: Sequence[Participant]) -> str | None:
    """The only participant who holds the office that a label names: `Spokesperson:`."""
    if han_roles.is_office(label):
        held = {one.name for one in people if one.role and one.role.endswith(label)}
        return held.pop() if len(held) == 1 else None
    words = set(names.key(label).split()) - {"the", "le", "la"}
    if not words or not (labels.office_of(label) or any(map(names.is_office, (*words, label)))):
        return None
    offices = {word for word in words if names.is_office(word)}
    # "Juru Bicara Kemlu": the house may be shortened
    for wanted in (words, offices if len(words - offices) == 1 else words):
        holders = [one.name for one in people if one.role and _is_in(wanted, names.key(one.role).split())]
        if wanted and len(holders) == 1:
            return holders[0]
    return None


ENDING = 4  # letters to which a word may have an ending: Turkish `sözcü` is `sözcüsü` of a ministry


def _is_in(words: set[str], role: list[str]) -> bool:
    """Whether all the words are in a role."""
    return all(any(one == word or (len(word) >= ENDING and one.startswith(word)) for one in role) for word in words)


def _of_house(label: Label, people: Sequence[Participant]) -> str | None:
    """The only participant of a house whose name is the label: `MILL:`, and above it "Ada Lovelace, MILL"."""
    if label.says is not Says.UNKNOWN or not label.text.isupper():
        return None
    members = [one.name for one in people if one.role and f"{one.role} ".startswith(f"{label.text} ")]
    return members[0] if len(members) == 1 else None


def name_answers(utterances: Sequence[Utterance], people: Sequence[Participant]) -> None:
    """`A:` is the only one on the panel; where the record says when another one answers, whoever opened."""
    panel = [person.name for person in people if not person.chair]
    answers = [one for one in utterances if one.kind is Kind.ANSWER]
    opener = next((one.speaker for one in utterances if one.kind is Kind.OPENING), None)
    if any(one.speaker not in (None, opener) for one in answers if one.label and one.label.says is Says.ANSWER):
        panel = [opener] if opener else []
    for one in answers:
        if one.speaker is None and len(panel) == 1:
            one.speaker = panel[0]


def _settle(utterances: list[Utterance], numbers: list[int], known: dict[str, Participant], title: str) -> None:
    """An unknown label is an outlet where it asks and another one answers, a person where it speaks."""
    first = utterances[numbers[0]].label
    assert first is not None  # only labelled utterances are unknown
    asking = sum(utterances[i].asks for i in numbers)
    short = sum(len(utterances[i].paragraphs) for i in numbers) <= 2 * len(numbers)
    before_other = all(i + 1 < len(utterances) for i in numbers)
    nameless = labels.nameless(first.text)
    person = (first.says is Says.PERSON and not nameless) or names.is_han_person(first.text)
    # records that print speakers in capitals print reporters so, too
    reporter = labels.in_capitals(first.text) and names.is_name(first.text) and not labels.is_outlet(first.text)
    outlet = not (person or nameless or reporter) and (
        (first.says is Says.OUTLET and (asking > 0 or short))
        or (asking * 2 >= len(numbers) and short and before_other and len(numbers) < 3)
        or first.text.endswith(("记者", "記者"))
    )
    interviewer = (
        not person
        and not outlet
        and asking * 4 >= 3 * len(numbers)
        and short
        and (len(numbers) >= 3 or nameless or reporter)
    )
    # somebody with a name who does nothing but ask, and is answered
    asked = [utterances[i] for i in numbers]
    interviewer = interviewer or (
        first.says is Says.PERSON
        and not (nameless or labels.office_of(first.text) or any(map(names.is_office, first.text.split())))
        and all(one.asks for one in asked)
        and short
        and before_other
        and len(asked[0].text.split()) >= ASKED_WORDS
    )
    name, role = _person(first.text)
    if interviewer and reporter:
        name = " ".join(map(_cased, name.split()))
    if labels.in_capitals(name) and (printed := re.search(rf"\b{re.escape(name)}\b", title, re.IGNORECASE)):
        name = printed[0]
    for i in numbers:
        if outlet:
            utterances[i].kind, utterances[i].outlet = Kind.QUESTION, outlet_name(first.text)
        else:
            utterances[i].speaker = None if interviewer and nameless else name
            if interviewer:
                utterances[i].kind = Kind.QUESTION
    if not outlet and not interviewer:
        known.setdefault(names.key(name), Participant(name, role))


_OF = frozenset(["de", "del", "da", "do", "des", "du", "of", "for", "für", "für", "para", "der", "dla"])
# how German records shorten the offices of spokesmen
_SHORT_OFFICES = frozenset(("SRS", "SRS’in", "SRS'in", "StS", "StS’in", "StS'in", "PStS", "BK", "BM", "BMin", "PSt"))
_STATE = frozenset(("republik", "republic", "république", "república", "cumhuriyeti", "republika", "repubblica"))


def _person(label: str) -> tuple[str, str | None]:
    """The name in a label and the office beside it: `Spokesperson, NAME:`, `NAME (Ministry):`."""
    if titled := han_roles.titled(label) or korean.titled(label):
        return titled.name, titled.role
    halves = labels.two_parts(label)
    if halves:
        a, b = halves
        if names.HONORIFIC.match(a) and len(names.plain(a).split()) == len(b.split()) == 1 and b[:1].isupper():
            return f"{b} {names.plain(a)}", None  # "M. Lovelace (Ada)"
        heads = (a.split()[0], a.split()[-1])
        if any(map(names.is_office, heads)) and names.is_name(b, least=1) and not any(map(names.is_office, b.split())):
            a, b = b, a
        return names.plain(a), b
    name = names.plain(label)
    words = name.split()
    if any(word.casefold() in _STATE for word in words):
        return name, None  # "Presiden Republik Indonesia"
    behind = [word for word in words if not names.is_office(word)][:1]
    if behind and behind[0].casefold() in _OF and names.is_office(words[0]):
        return name, None  # "Ministra de Molinos"
    if len(words) == 2 and words[0] in _SHORT_OFFICES:
        return words[1], words[0]
    last = max((n for n, word in enumerate(words) if names.is_office(word)), default=-1)
    if labels.office_of(label):
        return name, None
    if 0 <= last < len(words) - 2 and labels.says(label) is Says.PERSON and not labels.in_capitals(name):
        return names.plain(" ".join(words[last + 1 :])), " ".join(words[: last + 1])
    if labels.in_capitals(name) and 0 <= last < len(words) - 2:
        return " ".join(map(_cased, words[last + 1 :])), " ".join(map(_cased, words[: last + 1]))
    if name.isupper() and name.isascii() and names.HONORIFIC.match(label):
        name = _cased(name)
    return name, None


def _cased(word: str) -> str:
    return "-".join(part.title() for part in word.split("-"))
