"""Text that a page must have had and has no more: the outlet of a question, the labels of a header."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from cleankit.lazy import expression
from cleankit.model import About, Finding, Safety, flag
from cleankit.page import Page

LOST_OUTLET = About(
    "gaps/lost-outlet",
    Safety.FLAG,
    "A question without the line that says who asks.",
    "It stands in another speaker's turn, and the next line names who answers; the outlet's name was dropped.",
    "Ada Ostra:\n\nThe floor is open.\n\nBen Vell:\n\nThe quay will bring work to all of us on the coast.\n\n"
    "When will the boats be back, and who is going to pay for all of it?\n\n"
    "Ben Vell:\n\nIn May.\n\nAda Ostra:\n\nThat is all.\n",
)
LOST_LABEL = About(
    "gaps/lost-label",
    Safety.FLAG,
    "A list of people without the label above it.",
    "They speak further down; whether they are speakers or chair the meeting is no longer said.",
    "Ben Vell, warden of the guild of pilots\n\nAda Ostra:\n\nWelcome. Mr. Vell will speak first.\n\n"
    "Ben Vell:\n\nThank you.\n\nAda Ostra:\n\nThe floor is open.\n",
)

_LABEL = expression(r"([^\W\d_][^:：.?!]{0,58}[^\W_.])\s?[:：]")
_LABEL_END = expression(r"[:：] *(?:\n|\Z)")
_QUESTION = expression(
    r"[?？][\"”’')]*(?: +(?:(?:many )?thanks|thank you(?: (?:very|so) much)?)\b[^.?!]{0,30}[.!]?)?$",
    re.IGNORECASE,
)
# words of the names of newspapers, stations and agencies; a person's name has none
_OUTLET = expression(
    r"(?i)\b(?:news|tv|television|radio|daily|times|post|agency|press|herald|journal|magazine|reuters|afp|bloomberg|cctv|"
    r"cnn|bbc|nhk|app|online|media|weekly|network|broadcasting|gazette|tribune|service|reporter|journalist|question|"
    r"questioner|correspondent|moderator|channel|review|report|net|com|economist|guardian|independent|sputnik|xinhua)\b"
    r"|[社报報台网網]$|记者|記者|电视|新闻|新聞|周刊|主持"
)
_TITLE = expression(r"^(?:Mr|Ms|Mrs|Dr|Prof)\.? +")
_PERSON = expression(r"[A-ZÀ-ÞА-Я][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}|[\u4e00-\u9fff·]{2,6}")
_ROLE = expression(r"(?P<name>[^,]{4,50}), +(?:(?:an?|the|former|acting|deputy|vice) )?[a-zA-Z][\w'’-]*.{6,}")
_DATE = expression(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? "
    r"\d{1,2}, ?(?:19|20)\d\d",
    re.IGNORECASE,
)


class LostText:
    """Looks at transcripts: pages on which at least two people have a label of their own line, `Name:`."""

    name = "lost-text"
    about = (LOST_OUTLET, LOST_LABEL)

    def __call__(self, page: Page) -> Iterator[Finding]:
        if len(_LABEL_END.findall(page.folded)) < 2:
            return
        talk = _Talk(page)
        if len(talk.people) < 1 or len(talk.labels) < 2:
            return
        yield from self._outlets(page, talk)
        yield from self._labels(page, talk)

    def _outlets(self, page: Page, talk: _Talk) -> Iterator[Finding]:
        for before, number, after in zip(talk.lines, talk.lines[1:], talk.lines[2:], strict=False):
            text = page.line_text(number)
            if number in talk.labels or before in talk.labels or talk.labels.get(after) not in talk.people:
                continue
            if not page.is_prose(number) or not _QUESTION.search(text):
                continue
            turn, answers = talk.turn_of(number), talk.labels[after]
            # in an outlet's own turn nothing is lost; and who chairs a meeting asks by name
            if turn is None or turn == answers or (turn in talk.people and not _is_named(answers, text)):
                line = page.lines[number]
                yield flag(LOST_OUTLET.rule, LOST_OUTLET.summary, line.start, line.end, (("answered by", answers),))

    def _labels(self, page: Page, talk: _Talk) -> Iterator[Finding]:
        """Runs of `Name, role` lines above the first turn, some of whose people speak below."""
        run: dict[int, str] = {}
        above = ""
        first_turn = min(talk.labels)
        for number in [*(n for n in talk.lines if n < first_turn), -1]:
            text = page.line_text(number) if number >= 0 else ""
            name = talk.named_in(number)
            dated = bool(run and _DATE.fullmatch(text))
            if run and (name in run.values() or not (name or dated)):
                if talk.people.intersection(run.values()):
                    start, end = page.lines[min(run)].start, page.lines[max(run)].end
                    yield flag(LOST_LABEL.rule, LOST_LABEL.summary, start, end, (("lines", str(len(run))),))
                run = {}
            if dated or (name and (run or not above.endswith((":", "：")))):
                run[number] = name
            above = text if not name else above


def _is_named(name: str, text: str) -> bool:
    return any(re.search(rf"\b{re.escape(part)}\b", text) for part in name.split() if len(part) > 1)


class _Talk:
    """The turns of a transcript: which lines are labels, and which labels are people's names."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines = [number for number in range(len(page.lines)) if page.line_text(number)]
        self.labels: dict[int, str] = {}
        for number in self.lines:
            text = page.line_text(number)
            if len(text) <= 64 and (found := _LABEL.fullmatch(text)):
                self.labels[number] = found[1].strip()

    @cached_property
    def _places(self) -> list[int]:
        return sorted(self.labels)

    @cached_property
    def people(self) -> set[str]:
        """Labels like a person's name that open two turns, or stand at the head of a role line."""
        counts = Counter(self.labels.values())
        named = {self.named_in(number) for number in self.lines}
        return {name for name, count in counts.items() if (count > 1 or name in named) and _is_person(name)}

    def named_in(self, number: int) -> str:
        """The person of a `Name, role` line; empty for any other line."""
        if number < 0 or number in self.labels or self.page.is_prose(number):
            return ""
        found = _ROLE.fullmatch(self.page.line_text(number)[:300])
        name = _TITLE.sub("", found["name"]) if found else ""
        return name if _is_person(name) else ""

    def turn_of(self, number: int) -> str | None:
        """The label of the turn a line stands in; None above the first."""
        place = bisect_left(self._places, number)
        return self.labels[self._places[place - 1]] if place else None


def _is_person(name: str) -> bool:
    return bool(_PERSON.fullmatch(name)) and not _OUTLET.search(name)
