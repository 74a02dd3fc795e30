"""Who asks, and for which outlet: told by the label and by the chair who calls."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from cleankit.briefing import labels, names
from cleankit.briefing.labels import Says
from cleankit.briefing.model import Kind, Participant
from cleankit.briefing.turns import Utterance

CAPS = r"(?:[A-Z]\.|[A-Z\u00c0-\u00de][\w'’\-]+)"

# "let's go to NAME with OUTLET", "our first question comes from NAME of OUTLET"
_CALLS = re.compile(
    rf"\b(?:go(?:es)? (?:ahead )?to|(?:start|begin) with|turn (?:it )?(?:over )?to|(?:comes|is|question) from|call on|"
    rf"(?:take|hear) (?:it )?from|over to|the line of|to you,?|next(?: is| up)?,?|first(?: is| up)?,?)\s+"
    rf"(?P<name>{CAPS}(?:\s+{CAPS}){{0,3}}),?\s+(?:with|from|of|at)\s+(?:the\s+)?"
    rf"(?P<outlet>(?:The\s+)?[A-Z][\w'’&\-]*(?:\.\w[\w.]*)?(?:\s+(?:of\s+|and\s+|de\s+)?[A-Z][\w'’&\-]*){{0,4}})"
)


def name_called(utterances: Sequence[Utterance]) -> None:
    """Questions without an outlet get the one that the chair called on, right before."""
    named: dict[str, tuple[str, str]] = {}
    for before, one in pairwise(utterances):
        if one.kind is not Kind.QUESTION or before.kind is not Kind.MODERATOR:
            continue
        calls = list(_CALLS.finditer(before.paragraphs[-1].text)) or _last_words(before.paragraphs[-1].text)
        if one.outlet:
            # "Ada Lovelace:" asks as an outlet does, until the chair says for which
            if len(calls) == 1 and names.key(calls[0]["name"]) == names.key(one.outlet):
                named[names.key(one.outlet)] = names.plain(one.outlet), calls[0]["outlet"].rstrip(".,;:")
            continue
        if len(calls) == 1:
            one.outlet = calls[0]["outlet"].rstrip(".,;:")
            if names.is_name(calls[0]["name"]) and not one.lost:
                one.speaker = calls[0]["name"]
    for one in utterances:
        if one.outlet and (told := named.get(names.key(one.outlet))):
            one.speaker, one.outlet = told


# how whoever puts calls through hands over
_PUT_THROUGH = re.compile(
    r"\b(?:questions? (?:is|comes?|coming|will come|today comes) (?:to us )?(?:again )?from|from the line of|"
    r"(?:your )?line is (?:now )?open|you may ask)\b",
    re.IGNORECASE,
)
CALLING = 250  # letters


def put_through(utterances: Sequence[Utterance], people: Sequence[Participant]) -> list[Participant]:
    """Those who are called by name to ask, ask in all their turns; the panel without them."""
    held = frozenset(names.key(person.name) for person in people if person.role)
    asking: set[str] = set()
    for before, one in pairwise(utterances):
        key, call = names.key(one.speaker or ""), before.text[-CALLING:]
        if not key or key in held or one.kind is not None or before.kind is not Kind.MODERATOR:
            continue
        if _PUT_THROUGH.search(call) and f" {key.split()[-1]} " in f" {names.key(call)} ":
            asking.add(key)
    for one in utterances:
        if one.kind is None and names.key(one.speaker or "") in asking:
            one.kind = Kind.QUESTION
    return [person for person in people if names.key(person.name) not in asking]


# "Thank you. Ada Lovelace, Mill Post.", "Empezamos. Ada Lovelace, de Telemolino."
_CALLED = re.compile(
    rf"(?:^|[.!?:] |, |¿|\bfrom |\bto )(?P<name>(?:{CAPS})(?: {CAPS}){{0,3}}), (?:del? |d['’]|du |von |vom |dari |"
    rf"from |with |of )?(?:the |la |el )?"
    r"(?:(?:diario|agencia|canal|radio|portal|revista|periódico|journal|agence|chaîne|quotidien|jornal|rádio|harian|"
    r"koran) )?"
    r"(?P<outlet>[A-Z\u00c0-\u00de][\w'’&\-]*(?: (?:de |del |la |und |and |of )*[\w'’&\-]+){0,3})[.!]?"
    r"(?: (?:[Ll]a parole est à vous|[Gg]o ahead|[Ll]ine open|[Yy]our line is (?:now )?open|[Pp]lease(?: go ahead)?|"
    r"[Bb]itte|"
    r"[Aa]delante|[Ss]ilakan|[Pp]or favor)[.!]?)?$"
)


def _last_words(text: str) -> list[re.Match[str]]:
    """The call with which a chair ends, where it is a name and an outlet and nothing else."""
    hit = _CALLED.search(text)
    if not hit or names.is_office(hit["name"].split()[0]) or labels.in_office(hit["outlet"]):
        return []
    return [hit]


def by_label(one: Utterance, houses: frozenset[str] = frozenset()) -> bool:
    """`NAME, OUTLET:` and `NAME (OUTLET):` and `OUTLET (NAME):`, where one half is an outlet or the words ask.

    `houses` are known to be outlets.
    """
    text = one.label.text if one.label else ""
    if han := labels.HAN_REPORTER.fullmatch(text):
        one.kind, one.speaker, one.outlet = Kind.QUESTION, han["name"], outlet_name(han["house"])
        return True
    japanese = re.fullmatch(r"(?P<b>\S+)\s+(?P<a>\S{1,6})[记記]者", text)
    halves = (japanese["a"], japanese["b"]) if japanese else labels.two_parts(text)
    if not halves or (labels.says(text) is Says.PERSON and halves[1] not in houses):
        return False
    a, b = halves
    if labels.says(a) is Says.QUESTION and (inner := labels.two_parts(b)) and names.is_name(inner[0], least=1):
        # "Wartawan (Ada, Warta Kincir)"
        one.kind, one.speaker, one.outlet = Kind.QUESTION, names.plain(inner[0]), outlet_name(inner[1])
        return True
    if analyst := _ANALYST.fullmatch(b):
        one.kind, one.speaker, one.outlet = Kind.QUESTION, names.plain(a), analyst["house"] or analyst["before"]
        return True
    if a.casefold() == "freelance" or (
        labels.is_outlet(a) and names.is_name(b, least=1) and not labels.is_outlet(b) and not labels.in_office(b)
    ):
        a, b = b, a
    elif (
        not japanese
        and not labels.is_outlet(b)
        and b not in houses
        and not (one.asks and len(one.paragraphs) == 1 and names.is_name(a, least=1) and not _holds(a))
    ):
        return False
    one.kind, one.outlet = Kind.QUESTION, outlet_name(b)
    one.speaker = None if labels.says(a) is Says.QUESTION else names.plain(a)
    return True


def _holds(text: str) -> bool:
    """Whether a half of a label is an office: `Mill Spokesperson, Ada Lovelace`."""
    return names.is_office(text.split()[-1])


_ANALYST = re.compile(
    r"(?P<before>.{2,50}?) (?:--|–|—|-) (?:[\w-]+ )?analysts?|(?:(?:[\w-]+ )?analysts?|"
    r"(?:conference )?call participants?)(?:(?:,| at| with| -) (?P<house>.{2,60}))?",
    re.IGNORECASE,
)


def outlet_name(text: str) -> str:
    """An outlet without `记者`, without title marks around the whole."""
    text = re.sub(r"\s*(?:记者|記者|기자|reporter|correspondent)$", "", text.strip(), flags=re.IGNORECASE)
    if text.startswith("《") and text.find("》") == len(text) - 1:
        text = text[1:-1]
    return text.strip()
