"""Whom a page names as its panel, where labels say less: by headline, lead, the chair's introduction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cleankit.briefing import guests, han_roles, labels, names, roles
from cleankit.briefing.blocks import Block
from cleankit.briefing.header import Header
from cleankit.briefing.model import Kind, Participant, RoleLine
from cleankit.briefing.turns import Utterance

SHORT = 40  # letters of a line that may be a button
_ARTICLE = re.compile(r"^(?:the|le|la|l['’]|el|il)\b ?", re.IGNORECASE)


def answering(head: Header, spoken: Sequence[Utterance], above: Sequence[Block], page: str) -> list[Participant]:
    """Who answers where no label says it: whom the head lists or labels name, else whom headline and lead tell of."""
    known = frozenset(names.key(one.name) for one in head.people)
    speaking = {labels.matches(one.label.text, known) for one in spoken if one.label}
    held = (one for one in head.people if one.role and not one.chair and roles.is_post(one.role))
    if panel := [*(one for one in head.people if names.key(one.name) in speaking), *held]:
        return head.people if len(panel) > 1 else [*panel, *(one for one in head.people if one.chair)]
    title, lead = head.title or "", [block.text for block in head.rest if len(block.text) > SHORT]
    guest = guests.find(title, lead, page, head.credits) or guests.in_office(
        title, " . ".join(block.text for block in above)
    )
    guest = guest or roles.in_genitive(title) or han_roles.answering(title) or han_roles.told_of(title, lead)
    return [Participant(*_without_office(guest))] if guest else head.people


def _without_office(guest: RoleLine) -> RoleLine:
    """`High Representative/Vice-President Ada Lovelace`: what stands before the name is the office."""
    words = guest.name.split()
    last = max(
        (n for n, word in enumerate(words[:-2]) if any(map(names.is_office, re.split("[/-]", word)))), default=-1
    )
    return RoleLine(" ".join(words[last + 1 :]), guest.role or " ".join(words[: last + 1]) or None)


def from_title(head: Header, spoken: Sequence[Utterance]) -> None:
    """People whom a label calls by surname and the headline by name and office."""
    title = re.sub(r"\s+", " ", head.title or "")
    # a Chinese lead names the panel with its offices; so does the chair, who speaks first
    told = " . ".join((title, *(block.text for block in head.rest), *(one.text for one in spoken[:1])))
    whole = [name.split() for one in spoken if one.label and (name := labels.full_name(one.label.text))]
    parts = {part for name in whole if len(name) > 1 for part in (name[0], name[-1])}
    tried: set[str] = set()
    for one in spoken:
        # "Ada Lovelace:", and from then on "Lovelace:" or "Ada:"
        if not one.label or one.label.text in tried or one.label.key in parts:
            continue
        tried.add(one.label.text)
        if one.label.says in (labels.Says.QUESTION, labels.Says.CHAIR, labels.Says.OUTLET):
            continue
        text = names.plain(one.label.text)
        if labels.matches(one.label.text, frozenset(names.key(person.name) for person in head.people)):
            continue
        if labels.two_parts(text):
            continue
        held = han_roles.holders(told) if one.label.says is labels.Says.ANSWER else []
        if len(held) == 1:
            head.add(*held[0])
            continue
        line = (
            han_roles.in_text(told, text)
            or han_roles.holder_of(told, text)
            or roles.in_title(title, text)
            or _introduced(spoken, text)
        )
        if not line and len(text.split()) == 1:
            line = roles.with_first(told, text)
        if not line and one.label.says is labels.Says.UNKNOWN and text.isupper():
            line = roles.of_house(told, text)
        office = _ARTICLE.sub("", text)
        if labels.office_of(text) or all(map(names.is_office, office.split())):
            line = roles.after_office(title, office) or roles.in_lead(told, office)
            if not line and labels.in_office(text) and (holder := roles.only_holder(title)):
                line = holder if names.key(text) in names.key(holder.role or "") else None
            if not line and labels.in_office(text) and (by := roles.titled_speaker(told)) and not by.role:
                line = RoleLine(by.name, text)
        if line:
            head.add(line.name, line.role)


def _introduced(spoken: Sequence[Utterance], surname: str) -> RoleLine | None:
    """The full name that the first words of the chair give someone whom labels call by surname."""
    lines = [line for one in spoken[:3] for line in roles.introduced(one.text)]
    lines = [line for line in lines if names.key(line.name).split()[-1:] == [names.key(surname)]]
    return lines[0] if lines else None


def with_roles(people: list[Participant], spoken: Sequence[Utterance], above: str) -> list[Participant]:
    """Roles that only the chair's introduction gives, or the lead above the transcript."""
    if all(person.role for person in people):
        return people
    given: dict[str, str] = {}
    for one in spoken:
        if one.kind is Kind.MODERATOR:
            for line in roles.introduced(one.text):
                given.setdefault(names.key(line.name), line.role or "")
    return [
        replace(one, role=one.role or given.get(names.key(one.name)) or roles.role_near(above, one.name))
        for one in people
    ]
