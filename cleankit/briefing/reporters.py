"""Who asks, and for which outlet: told by the label, by the chair who calls, by the reporter, by the site."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from cleankit.briefing import labels, names
from cleankit.briefing.labels import Says
from cleankit.briefing.model import Kind, Participant
from cleankit.briefing.turns import Utterance

# An interview has turns enough to tell who asks, and of those turns half are questions.
LEAST_INTERVIEW, ASKS = 4, 0.5


def interviewed(utterances: Sequence[Utterance], people: list[Participant], page: str) -> list[Participant]:
    """The panel of an interview in which a name or an outlet asks, and no word says so: without whoever asks.

    `page` is the source text: an outlet's name is part of an address in it.
    """
    if len(utterances) < LEAST_INTERVIEW or _hosted(utterances) or any(one.kind for one in utterances):
        return people
    said: dict[str, list[Utterance]] = defaultdict(list)
    for one in utterances:
        said[one.speaker or ""].append(one)
    rates = {who: sum(one.asks for one in turns) / len(turns) for who, turns in said.items()}
    asking = max(rates, key=lambda who: rates[who])
    others = max((rate for who, rate in rates.items() if who != asking), default=1.0)
    held = any(person.role for person in people if person.name == asking)
    often = 3 * len(said[asking]) >= len(utterances)
    if not asking or held or not often or rates[asking] < ASKS or others > rates[asking] / 2:
        return people
    site = labels.is_outlet(asking) or _is_site(asking, page)
    for one in said[asking]:
        one.kind = Kind.QUESTION
        if site:
            one.outlet, one.speaker = outlet_name(asking), None
    return [person for person in people if person.name != asking]


def _hosted(utterances: Sequence[Utterance]) -> bool:
    """Whether the chair asks the questions, as the host of an interview does; those turns become questions."""
    chair = [one for one in utterances if one.kind is Kind.MODERATOR]
    asking = [one for one in chair if one.asks]
    if any(one.kind is Kind.QUESTION for one in utterances) or len(asking) < LEAST_INTERVIEW / 2:
        return False
    if len(chair) * 3 < len(utterances) or len(asking) < len(chair) * ASKS:
        return False
    for i, one in enumerate(utterances):
        if one in asking and i + 1 < len(utterances):
            one.kind = Kind.QUESTION
            one.speaker = None if labels.says_word(one.label.text if one.label else "") else one.speaker
    return True


_ADDRESS = re.compile(r"https?://[^\s)\]]+|\b[\w-]+\.(?:com?|org|net|media|news|tv|info|[a-z]{2})\b")


def _is_site(label: str, page: str) -> bool:
    wanted = re.sub(r"[\W_]+", "", label).casefold()
    return len(wanted) > 3 and any(
        wanted in re.sub(r"[\W_]+", "", hit[0]).casefold() for hit in _ADDRESS.finditer(page)
    )


# "let's go to NAME with OUTLET", "our first question comes from NAME of OUTLET"
_CAPS = r"(?:[A-Z]\.|[A-Z\u00c0-\u00de][\w'’\-]+)"

_CALLS = re.compile(
    rf"\b(?:go(?:es)? (?:ahead )?to|(?:start|begin) with|turn (?:it )?(?:over )?to|(?:comes|is|question) from|call on|"
    rf"(?:take|hear) (?:it )?from|over to|the line of|to you,?|next(?: is| up)?,?|first(?: is| up)?,?)\s+"
    rf"(?P<name>{_CAPS}(?:\s+{_CAPS}){{0,3}}),?\s+(?:with|from|of|at)\s+(?:the\s+)?"
    rf"(?P<outlet>(?:The\s+)?[A-Z][\w'’&\-]*(?:\.\w[\w.]*)?(?:\s+(?:of\s+|and\s+|de\s+)?[A-Z][\w'’&\-]*){{0,4}})"
)

# "I'm NAME with OUTLET", "NAME from OUTLET.", "this is NAME, OUTLET": how a reporter begins
_INTRODUCED = re.compile(
    r"(?:^|(?<=[.!?,] )|(?<=[.!?,]))"
    r"(?:(?:hi|hello|yes|thanks?(?: you)?(?: (?:so|very) much)?|sorry|i['’]m sorry|good \w+)[,.!]? +)*"
    r"(?P<says>(?:i['’]m|i am|my name is|my name['’]s|this is|it['’]s) +)?"
    rf"(?P<name>(?-i:{_CAPS}(?: {_CAPS}){{0,3}})),? "
    rf"(?P<link>(?:here )?(?:with|from|of|at|for)|i['’]m (?:with|from)) (?:the )?"
    r"(?P<outlet>(?-i:(?:The )?[A-Z][\w'’&\-]*(?:\.\w[\w.]*)?(?: (?:of (?:the )?|and |de )?[A-Z][\w'’&\-]*){0,4}))"
    r"(?=[.,;:!?]|\s|$)",
    re.IGNORECASE,
)

_INTRODUCED_HAN = re.compile(
    r"^(?:[^。！？]{0,12}[，,。])?我是(?:来自)?(?P<outlet>[\u4e00-\u9fffA-Z]{2,14}?)的?[记記]者"
)

# "NAME, del diario "OUTLET"", "NAME, de OUTLET", "NAME von OUTLET", "saya NAME dari OUTLET"
_INTRODUCED_SO = re.compile(
    r"(?:^|[.!?,¡¿] ?)(?P<says>(?i:soy|je suis|ich bin|mein name ist|saya|me llamo|mi nombre es) )?"
    rf"(?P<name>(?:{_CAPS}|[A-Z]\.)(?: (?:de |da |von |van )?(?:{_CAPS}|[A-Z]\.)){{0,3}}),? "
    r"(?:del? (?:la |el |los )?|du |pour |d['’]|von (?:der |dem |den )?|vom |aus |dari |da )"
    r"(?P<kind>(?:diario|periódico|agencia|revista|cadena|canal|radio|journal|quotidien|chaîne|agence|zeitung|harian|"
    r"koran|stasiun) )?"
    r"(?P<mark>[“\"«„]\s?)?(?P<outlet>[A-Z\u00c0-\u00de][\w'’&\-]*(?:\.\w+)*"
    r"(?: (?:de |del |du |la |der |das )*[A-Z\u00c0-\u00de\d][\w'’&\-]*){0,4})"
    r"(?=\s?[”\"»“]|[.,;:!?]|\s|$)"
)

# "NAME, OUTLET. Could you …"
_SIGNED = re.compile(
    rf"(?:^|[.!?¡] )(?P<name>{_CAPS}(?: (?:de |da |von |van )?{_CAPS}){{1,3}}), "
    r"(?P<outlet>[A-Z\u00c0-\u00de][\w'’&\-]*"
    r"(?: (?:of (?:the )?|de |del |la |und |and )?[A-Z\u00c0-\u00de\d][\w'’&\-]*){0,4})\.(?= \S)"
)
# "Ben NAME,", "saya NAME", "je suis NAME": no outlet
_NAMED = re.compile(
    rf"(?:^|[.!?] |, )(?:(?:my name is|i['’]m|ben|saya|je suis|je m['’]appelle|ich bin|mein name ist|soy|me llamo)) "
    rf"(?P<name>(?-i:{_CAPS}(?: {_CAPS}){{1,3}}))(?=[,.;])",
    re.IGNORECASE,
)
OPENING_WORDS = 160  # characters in which somebody says who asks


def name_introduced(utterances: Sequence[Utterance]) -> None:
    """Questions get the outlet that the reporter gives in the first words, and the name where no label has one."""
    for one in utterances:
        if (
            one.kind is not Kind.QUESTION
            or one.lost
            or not (told := _introduction(one.paragraphs[0].text[:OPENING_WORDS], one.label.text if one.label else ""))
        ):
            continue
        name, outlet = told
        label = one.label.text if one.label else ""
        if one.outlet and name and names.key(name).split()[0] in names.key(label).split():
            # "NAME:" asks as an outlet does, until the words say which
            one.speaker, one.outlet = names.plain(label), outlet
        elif not one.outlet:
            one.outlet = outlet
            if name and (one.speaker is None or labels.nameless(one.speaker)):
                one.speaker = name


def _introduction(said: str, label: str) -> tuple[str | None, str | None] | None:
    """The name and the outlet with which somebody begins to ask."""
    if hit := _INTRODUCED_HAN.search(said):
        return None, hit["outlet"]
    if (hit := _INTRODUCED.search(said)) and _is_reporter(hit, label):
        return hit["name"], re.sub(r"^The (?=[A-Z])", "", hit["outlet"])
    if hit := _INTRODUCED_SO.search(said):
        outlet = hit["outlet"].rstrip(".,")
        # without a mark or a word for it a family name looks the same
        if hit["says"] or hit["mark"] or hit["kind"] or labels.is_outlet(outlet) or "." in outlet or hit.start() == 0:
            return hit["name"], outlet
    if (hit := _SIGNED.search(said)) and names.is_name(hit["name"]) and not labels.in_office(hit["outlet"]):
        return hit["name"], hit["outlet"]
    if hit := _NAMED.search(said):
        return hit["name"], None
    return None


def _is_reporter(hit: re.Match[str], label: str) -> bool:
    """Whether the words name somebody of an outlet, and not Members of Congress."""
    if labels.in_office(hit["outlet"]) or names.is_office(hit["name"].split()[0]):
        return False
    if hit["says"] or names.key(hit["name"]).split()[0] in names.key(label).split():
        return True
    return names.is_name(hit["name"]) and (hit["link"] in ("with", "from") or labels.is_outlet(hit["outlet"]))


def name_called(utterances: Sequence[Utterance]) -> None:
    """Questions without an outlet get the one that the chair called on, right before."""
    for before, one in pairwise(utterances):
        if one.kind is not Kind.QUESTION or one.outlet or before.kind is not Kind.MODERATOR:
            continue
        calls = list(_CALLS.finditer(before.paragraphs[-1].text))
        if len(calls) == 1:
            one.outlet = calls[0]["outlet"].rstrip(".,;:")
            if names.is_name(calls[0]["name"]) and not one.lost:
                one.speaker = calls[0]["name"]


def by_label(one: Utterance) -> bool:
    """`NAME, OUTLET:` and `NAME (OUTLET):` and `OUTLET (NAME):`, where one half is an outlet or the words ask."""
    text = one.label.text if one.label else ""
    japanese = re.fullmatch(r"(?P<b>\S+)\s+(?P<a>\S{1,6})[记記]者", text)
    halves = (japanese["a"], japanese["b"]) if japanese else labels.two_parts(text)
    if not halves or labels.says(text) is Says.PERSON:
        return False
    a, b = halves
    if _ANALYST.fullmatch(b):
        one.kind, one.speaker = Kind.QUESTION, names.plain(a)
        return True
    if labels.is_outlet(a) and names.is_name(b) and not labels.is_outlet(b):
        a, b = b, a
    elif (
        not japanese
        and not labels.is_outlet(b)
        and not (one.asks and len(one.paragraphs) == 1 and names.is_name(a, least=1))
    ):
        return False
    one.kind, one.outlet = Kind.QUESTION, outlet_name(b)
    one.speaker = None if labels.says(a) is Says.QUESTION else names.plain(a)
    return True


_ANALYST = re.compile(r"analysts?|(?:conference )?call participants?", re.IGNORECASE)


def outlet_name(text: str) -> str:
    """An outlet without `记者`, without title marks around the whole."""
    text = re.sub(r"\s*(?:记者|記者|기자|reporter|correspondent)$", "", text.strip(), flags=re.IGNORECASE)
    if text.startswith("《") and text.find("》") == len(text) - 1:
        text = text[1:-1]
    return text.strip()
