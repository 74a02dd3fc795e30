"""Interviews: who asks, where no label says it, told by how often each of the voices does."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from cleankit.briefing import labels, names
from cleankit.briefing.labels import Says
from cleankit.briefing.model import Kind, Participant
from cleankit.briefing.reporters import CAPS, outlet_name
from cleankit.briefing.turns import Utterance

# An interview has turns enough to tell who asks, and of those turns half are questions.
LEAST_INTERVIEW, ASKS = 4, 0.5
# Where the headline says who the guest is, fewer will do: a host also tells and sums up.
GUEST_ASKED = 0.3
ANCHOR_ASKED = 0.25
LEAST_ASKED = 3  # questions; of fewer nobody knows that one person put them
LINES = 3  # at the foot of a page, that may say who asked

_CAPITALS = rf"{CAPS}(?: (?:(?:de|da|di|del|van|von|der|al|bin) )?{CAPS}){{1,3}}"
# "Die Fragen stellte: NAME", "Propos recueillis par NAME", "Interview by NAME", "Rozmawiała NAME"
_ASKED_BY = re.compile(
    r"\b(?:die fragen stellte|(?:gespräch|interview) führte|interview(?:er|ed by| by| conducted by|:)|conducted by|"
    r"(?:with|to) (?:staff writer|(?:our |the )?(?:reporter|correspondent))|"
    r"propos recueillis par|(?:entretien|interview) (?:réalisée?|menée?|conduite?) par|am mikrofon(?: ist)?|"
    r"entrevista (?:realizada |feita )?por|entrevistador[a]?|intervista (?:di|a cura di)|a cura di|pewawancara|"
    r"röportaj\s?:|söyleşi\s?:|rozmawiała?|rozmowę przeprowadziła?|беседовала?|интервью взяла?|интервью вела?|"
    rf"interview door|tekst og intervju)\s*:?\s+(?P<name>(?-i:{_CAPITALS}))(?!\w)",
    re.IGNORECASE,
)


def interviewed(
    utterances: Sequence[Utterance], people: list[Participant], page: str, title: str = ""
) -> list[Participant]:
    """The panel of an interview in which names or an outlet ask, and no word says so: without whoever asks.

    `page` is the source text: an outlet's name is part of an address in it. `title` names who is asked.
    """
    _name_houses(utterances, page)
    if len(utterances) < LEAST_INTERVIEW or _hosted(utterances) or any(map(_is_told, utterances)):
        return people
    said: dict[str, list[Utterance]] = defaultdict(list)
    for one in utterances:
        if one.kind is None:
            said[one.speaker or ""].append(one)
    asking = _with_guests(said, people, title) or _asking(said, people)
    if not asking:
        return people
    for who in asking:
        site = labels.is_outlet(who) or _is_site(who, page) or bool(_WITH_ARTICLE.match(who)) or _is_house(who, page)
        for one in said[who]:
            one.kind = Kind.QUESTION
            if site:
                one.outlet, one.speaker = outlet_name(who), None
    return [person for person in people if person.name not in asking]


def name_interviewer(utterances: Sequence[Utterance], lead: Sequence[str]) -> None:
    """Questions get the name of the only one who asks, where no label has it and the page says who that is.

    `lead` are the paragraphs above the first question.
    """
    asked = [one for one in utterances if one.kind is Kind.QUESTION]
    answering = {one.speaker for one in utterances if one.kind not in (Kind.QUESTION, Kind.MODERATOR)}
    if len(asked) < LEAST_ASKED or len(answering) != 1 or any(one.speaker or one.outlet for one in asked):
        return
    foot = [block.text for one in utterances[-2:] for block in one.paragraphs[-LINES:]]
    said = {names.key(hit["name"]): hit["name"] for text in (*lead, *foot) for hit in _ASKED_BY.finditer(text)}
    if len(said) == 1 and answering.isdisjoint(said.values()):
        for one in asked:
            one.speaker = next(iter(said.values()))


def _name_houses(utterances: Sequence[Utterance], page: str) -> None:
    """Who asks as `The Mill:` first, and then as `Mill:`, is a house."""
    for one in utterances:
        if one.kind is Kind.QUESTION and one.speaker and re.search(rf"\bThe {re.escape(one.speaker)}\s?:", page):
            one.outlet, one.speaker = one.outlet or one.speaker, None


def _is_house(label: str, page: str) -> bool:
    """Whether a label of one word is no last name: nowhere on the page is it that of anybody."""
    word = names.plain(label)
    if " " in word or names.is_han(word):
        return False
    return not re.search(
        rf"\b(?:(?!The\b){CAPS}\s){{1,2}}{re.escape(word)}\b", page, re.IGNORECASE if word.isupper() else 0
    )


def _is_told(one: Utterance) -> bool:
    """Whether a label's words say what is done, and not only who speaks."""
    return one.kind is not None and not (one.kind is Kind.QUESTION and one.label and one.label.says is Says.UNKNOWN)


def _asking(said: dict[str, list[Utterance]], people: Sequence[Participant]) -> list[str]:
    """The one speaker of whose turns half are questions, as those of nobody else are."""
    rates = {who: sum(one.asks for one in turns) / len(turns) for who, turns in said.items()}
    asking = max(rates, key=lambda who: rates[who])
    others = max((rate for who, rate in rates.items() if who != asking), default=1.0)
    held = any(person.role for person in people if person.name == asking)
    often = 3 * len(said[asking]) >= sum(map(len, said.values()))
    if not asking or held or not often or rates[asking] < ASKS or others > rates[asking] / 2:
        return []
    return [asking]


def _with_guests(said: dict[str, list[Utterance]], people: Sequence[Participant], title: str) -> list[str]:
    """All others, where the headline names a guest who hardly asks, and they ask often."""
    named = f" {names.key(title)} "
    guests = [who for who in said if who and f" {names.key(who).split()[-1]} " in named]
    others = [who for who in said if who not in guests]
    if not guests or not others or not all(others) or any(p.role and not p.chair and p.name in others for p in people):
        return []
    told = [one for who in guests for one in said[who]]
    asked = [one for who in others for one in said[who]]
    if 3 * min(len(told), len(asked)) < len(told) + len(asked):
        return []
    rates = [
        sum(any(labels.asks(p.text) for p in one.paragraphs) for one in some) / len(some) for some in (told, asked)
    ]
    return others if rates[1] >= GUEST_ASKED and rates[0] <= rates[1] / 2 else []


def _hosted(utterances: Sequence[Utterance]) -> bool:
    """Whether the chair asks the questions, as the host of an interview does; those turns become questions."""
    leading = {one.speaker for one in utterances if one.kind is Kind.MODERATOR and one.speaker}
    chair = [one for one in utterances if one.kind is Kind.MODERATOR or (one.kind is None and one.speaker in leading)]
    asking = [one for one in chair if one.asks]
    # an anchor tells and sums up as well as asking, and all of it is for the guest to answer
    anchors = any(one.label and labels.is_host(one.label.text) for one in chair)
    if len(asking) < LEAST_INTERVIEW / 2 or (any(one.kind is Kind.QUESTION for one in utterances) and not anchors):
        return False
    if len(chair) * 3 < len(utterances) or len(asking) < len(chair) * (ANCHOR_ASKED if anchors else ASKS):
        return False
    for i, one in enumerate(utterances):
        if (one in asking or (anchors and one in chair and one is not chair[-1])) and i + 1 < len(utterances):
            one.kind = Kind.QUESTION
            one.speaker = None if labels.says_word(one.label.text if one.label else "") else one.speaker
    return True


# "Le Courrier", "The Mill": people have none
_WITH_ARTICLE = re.compile(r"(?i:le|la|les|the|der|die|das|el|il|de|het) [A-Z\u00c0-\u00de]")
_ADDRESS = re.compile(r"https?://[^\s)\]]+|\b[\w-]+\.(?:com?|org|net|media|news|tv|info|[a-z]{2})\b")


def _is_site(label: str, page: str) -> bool:
    wanted = re.sub(r"[\W_]+", "", label).casefold()
    return len(wanted) > 3 and any(
        wanted in re.sub(r"[\W_]+", "", hit[0]).casefold() for hit in _ADDRESS.finditer(page)
    )
