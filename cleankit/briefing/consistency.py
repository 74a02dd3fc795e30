"""What a JSON Schema cannot say of a briefing: that its parts agree with one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cleankit.briefing.jsontext import pointer
from cleankit.model import About, Finding, Safety, Severity

_WHY = "Each value is possible; together they are not."
SUMMARIES = {
    "briefing/unknown-speaker": "A statement or an answer of someone who is no participant.",
    "briefing/same-participant": "A participant who is listed twice.",
    "briefing/turn-order": "A turn that stands before the one in front of it, or in it.",
    "briefing/reversed-span": "A span that ends before it begins.",
    "briefing/places": "Paragraphs with more places than there are of them, or fewer.",
    "briefing/outlet-of-answer": "An outlet where nobody asks.",
    "briefing/two-kinds": "A transcript and an article at once.",
    "briefing/date-after-publication": "An event that is later than the report of it.",
    "briefing/page-number": "A page whose number is beyond that of the last.",
    "briefing/turn-number": "A turn's number that leads to no such turn.",
    "briefing/language-shares": "Languages that make up more than the whole text.",
}
SPEAKING = frozenset({"opening", "answer"})  # a question or a word of the chair may be by someone who is only labelled
ROUNDING = 0.01


def abouts() -> tuple[About, ...]:
    return tuple(About(rule, Safety.FLAG, summary, _WHY) for rule, summary in sorted(SUMMARIES.items()))


def check(briefing: Mapping[str, Any]) -> Iterator[Finding]:
    """What does not agree in a briefing that fits its schema; `at` is a JSON Pointer, the order that of the schema."""
    day, published = briefing["date"], briefing["published"]
    if day and published and day > published:
        said = f"{day} is after the day of publication, {published}: one of the two is wrong"
        yield _finding("date-after-publication", "/date", said)
    yield from _people(briefing["participants"])
    yield from _turns(briefing)
    if (pages := briefing["pages"]) and pages["number"] and pages["total"] and pages["number"] > pages["total"]:
        yield _finding("page-number", "/pages/number", f"page {pages['number']} of {pages['total']} cannot be")
    if sum(one["share"] for one in briefing["languages"]) > 1 + ROUNDING:
        yield _finding("language-shares", "/languages", "the shares come to more than 1")
    yield from _numbers(briefing)
    for i, gap in enumerate(briefing["gaps"]):
        yield from _span(gap["at"], f"/gaps/{i}/at")


def _people(participants: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for i, one in enumerate(participants):
        first = seen.setdefault(one["name"].casefold(), i)
        if first != i:
            said = f"{one['name']!r} is also /participants/{first}: keep one of the two"
            yield _finding("same-participant", pointer(("participants", i, "name")), said)


def _turns(briefing: Mapping[str, Any]) -> Iterator[Finding]:
    known = {one["name"] for one in briefing["participants"]}
    if briefing["turns"] and briefing["paragraphs"]:
        said = "a transcript has turns and no paragraphs, an article paragraphs and no turns"
        yield _finding("two-kinds", "/paragraphs", said)
    yield from _places(briefing, "")
    end = 0
    for i, turn in enumerate(briefing["turns"]):
        at = f"/turns/{i}"
        if turn["speaker"] and turn["kind"] in SPEAKING and turn["speaker"] not in known:
            said = f"{turn['speaker']!r} is none of the participants: add them, or give the name that stands there"
            yield _finding("unknown-speaker", f"{at}/speaker", said)
        if turn["outlet"] and turn["kind"] != "question":
            yield _finding("outlet-of-answer", f"{at}/outlet", f"{turn['outlet']!r} asks nothing here")
        yield from _places(turn, at)
        yield from _span(turn["at"], f"{at}/at")
        if turn["at"]["start"] < end:
            said = f"begins at {turn['at']['start']}, and the turn before it ends at {end}"
            yield _finding("turn-order", f"{at}/at/start", said)
        end = max(end, turn["at"]["end"])


def _numbers(briefing: Mapping[str, Any]) -> Iterator[Finding]:
    turns = briefing["turns"]
    for i, turn in enumerate(turns):
        follows = turn["follows"]
        if follows is not None and not (follows < i and turn["kind"] == turns[follows]["kind"] == "question"):
            said = f"a question follows up one before it, and turn {follows} is none"
            yield _finding("turn-number", f"/turns/{i}/follows", said)
    for i, one in enumerate(briefing["stage_directions"]):
        if one["turn"] >= len(turns):
            yield _finding("turn-number", f"/stage_directions/{i}/turn", f"there are {len(turns)} turns, from 0")
        elif one["paragraph"] >= len(turns[one["turn"]]["paragraphs"]):
            said = f"turn {one['turn']} has {len(turns[one['turn']]['paragraphs'])} paragraphs, from 0"
            yield _finding("turn-number", f"/stage_directions/{i}/paragraph", said)
    for i, event in enumerate(briefing["same_event_as"] or ()):
        for name in ("turns", "paragraphs"):
            for n, (here, _) in enumerate(event[name]):
                if here >= len(briefing[name]):
                    said = f"there are {len(briefing[name])} {name}, from 0"
                    yield _finding("turn-number", f"/same_event_as/{i}/{name}/{n}/0", said)


def _places(holder: Mapping[str, Any], at: str) -> Iterator[Finding]:
    texts, places = len(holder["paragraphs"]), len(holder["paragraphs_at"])
    if texts != places:
        yield _finding("places", f"{at}/paragraphs_at", f"{places} places of {texts} paragraphs: give one for each")


def _span(span: Mapping[str, int], at: str) -> Iterator[Finding]:
    if span["end"] < span["start"]:
        yield _finding("reversed-span", f"{at}/end", f"{span['end']} is before its start, {span['start']}")


def _finding(name: str, at: str, said: str) -> Finding:
    return Finding(f"briefing/{name}", f"{at}: {said}", at, Severity.ERROR)
