"""What a page says once it is read: who spoke, in which role, when, where, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from cleankit.model import Span

SCHEMA = "urn:cleankit:briefing:2"


class RoleLine(NamedTuple):
    """A person with an office, as a line, a lead or a label says it."""

    name: str
    role: str | None


class Kind(StrEnum):
    """What a turn does in a briefing."""

    OPENING = "opening"  # a statement before the first question
    QUESTION = "question"
    ANSWER = "answer"
    MODERATOR = "moderator"  # the chair opens, hands over, closes


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone on the panel. `chair` is true for the one who leads through it; `at` is where the name stands."""

    name: str
    role: str | None = None
    chair: bool = False
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says before the next one does. `at` is a span of the source text, and so is that of each of the
    paragraphs in `paragraphs_at`. `follows` is the number of the turn (from 0) that a question follows up."""

    speaker: str | None
    kind: Kind
    outlet: str | None
    paragraphs: tuple[str, ...]
    paragraphs_at: tuple[Span, ...]
    at: Span
    follows: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A line that is no part of what was said or written: a caption, a disclaimer, the words above a transcript."""

    text: str
    at: Span


@dataclass(frozen=True, slots=True)
class Direction:
    """What a transcript tells of the room: `(Laughter.)`. It stays in the paragraph (number `paragraph` of turn number
    `turn`, from 0) that it stands in; `at` is its span of the source text."""

    text: str
    turn: int
    paragraph: int
    at: Span


@dataclass(frozen=True, slots=True)
class Fields:
    """Spans of the source text that the values of the same names were read from; None where it is no one place."""

    title: Span | None = None
    date: Span | None = None
    published: Span | None = None
    venue: Span | None = None
    source: Span | None = None


@dataclass(frozen=True, slots=True)
class Pages:
    """Where in a paginated article the page stands; `number` is None where its pager does not tell."""

    number: int | None
    total: int | None


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the text and its share of the letters, 0 to 1."""

    lang: str
    share: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the text has lost. `at` is a span of the source text."""

    rule: str
    message: str
    at: Span


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which text the briefing was read from, before and after cleaning, and by what."""

    id: str
    source_sha256: str
    text_sha256: str
    cleankit: str


@dataclass(frozen=True, slots=True)
class Part:
    """One of the pages that a briefing was joined from: its number where that is known, and where its source begins in
    the sources of all parts, set one behind the other."""

    number: int | None
    start: int
    id: str
    source_sha256: str
    text_sha256: str


@dataclass(frozen=True, slots=True)
class SameEvent:
    """Another briefing of the same event. `turns` and `paragraphs` pair the numbers of those that both have: (here,
    there); `shared` is the share (0 to 1) of the words of the shorter one in them."""

    id: str
    source_sha256: str
    shared: float
    turns: tuple[tuple[int, int], ...]
    paragraphs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """A press briefing (`turns`) or a plain article (`paragraphs`). Dates are ISO 8601 (YYYY-MM-DD).

    One that was joined has `parts`, and its spans count through all their sources, one behind the other; a part has
    `part_of`, the id of the joined one. `same_event_as` is None as long as nobody has looked for others.
    """

    title: str | None
    date: str | None
    published: str | None
    venue: str | None
    participants: tuple[Participant, ...]
    turns: tuple[Turn, ...]
    paragraphs: tuple[str, ...]
    paragraphs_at: tuple[Span, ...]
    introduction: tuple[Note, ...]
    stage_directions: tuple[Direction, ...]
    captions: tuple[Note, ...]
    disclaimers: tuple[Note, ...]
    source: str | None
    credits: tuple[str, ...]
    pages: Pages | None
    languages: tuple[Language, ...]
    gaps: tuple[Gap, ...]
    fields_at: Fields
    provenance: Provenance
    parts: tuple[Part, ...] = ()
    part_of: str | None = None
    same_event_as: tuple[SameEvent, ...] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The briefing as JSON values, in the order of the schema."""
        return {
            "schema": SCHEMA,
            "title": self.title,
            "date": self.date,
            "published": self.published,
            "venue": self.venue,
            "participants": [
                {"name": p.name, "role": p.role, "chair": p.chair, "at": _maybe(p.at)} for p in self.participants
            ],
            "turns": [
                {
                    "speaker": turn.speaker,
                    "kind": turn.kind.value,
                    "outlet": turn.outlet,
                    "paragraphs": list(turn.paragraphs),
                    "paragraphs_at": list(map(_span, turn.paragraphs_at)),
                    "at": _span(turn.at),
                    "follows": turn.follows,
                }
                for turn in self.turns
            ],
            "paragraphs": list(self.paragraphs),
            "paragraphs_at": list(map(_span, self.paragraphs_at)),
            "introduction": list(map(_note, self.introduction)),
            "stage_directions": [
                {"text": one.text, "turn": one.turn, "paragraph": one.paragraph, "at": _span(one.at)}
                for one in self.stage_directions
            ],
            "captions": list(map(_note, self.captions)),
            "disclaimers": list(map(_note, self.disclaimers)),
            "source": self.source,
            "credits": list(self.credits),
            "pages": {"number": self.pages.number, "total": self.pages.total} if self.pages else None,
            "languages": [{"lang": one.lang, "share": one.share} for one in self.languages],
            "gaps": [{"rule": gap.rule, "message": gap.message, "at": _span(gap.at)} for gap in self.gaps],
            "fields_at": {name: _maybe(getattr(self.fields_at, name)) for name in Fields.__slots__},
            "provenance": {
                "id": self.provenance.id,
                "source_sha256": self.provenance.source_sha256,
                "text_sha256": self.provenance.text_sha256,
                "cleankit": self.provenance.cleankit,
            },
            "parts": [{name: getattr(part, name) for name in Part.__slots__} for part in self.parts],
            "part_of": self.part_of,
            "same_event_as": None if self.same_event_as is None else list(map(same_event, self.same_event_as)),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Briefing:
        """The briefing that `to_dict` wrote. `data` is taken to be valid: see `validate`."""
        return cls(
            title=data["title"],
            date=data["date"],
            published=data["published"],
            venue=data["venue"],
            participants=tuple(Participant(**one | {"at": _of(one["at"])}) for one in data["participants"]),
            turns=tuple(
                Turn(
                    turn["speaker"],
                    Kind(turn["kind"]),
                    turn["outlet"],
                    tuple(turn["paragraphs"]),
                    tuple(Span(**at) for at in turn["paragraphs_at"]),
                    Span(**turn["at"]),
                    turn["follows"],
                )
                for turn in data["turns"]
            ),
            paragraphs=tuple(data["paragraphs"]),
            paragraphs_at=tuple(Span(**at) for at in data["paragraphs_at"]),
            introduction=tuple(map(_note_of, data["introduction"])),
            stage_directions=tuple(Direction(**one | {"at": Span(**one["at"])}) for one in data["stage_directions"]),
            captions=tuple(map(_note_of, data["captions"])),
            disclaimers=tuple(map(_note_of, data["disclaimers"])),
            source=data["source"],
            credits=tuple(data["credits"]),
            pages=Pages(**data["pages"]) if data["pages"] else None,
            languages=tuple(Language(**one) for one in data["languages"]),
            gaps=tuple(Gap(gap["rule"], gap["message"], Span(**gap["at"])) for gap in data["gaps"]),
            fields_at=Fields(**{name: _of(at) for name, at in data["fields_at"].items()}),
            provenance=Provenance(**data["provenance"]),
            parts=tuple(Part(**one) for one in data["parts"]),
            part_of=data["part_of"],
            same_event_as=None
            if data["same_event_as"] is None
            else tuple(
                SameEvent(**one | {name: tuple(map(tuple, one[name])) for name in ("turns", "paragraphs")})
                for one in data["same_event_as"]
            ),
        )


def same_event(one: SameEvent) -> dict[str, Any]:
    """A link to another briefing as JSON values."""
    pairs = {name: [list(pair) for pair in getattr(one, name)] for name in ("turns", "paragraphs")}
    return {"id": one.id, "source_sha256": one.source_sha256, "shared": one.shared} | pairs


def _note(one: Note) -> dict[str, Any]:
    return {"text": one.text, "at": _span(one.at)}


def _note_of(data: Mapping[str, Any]) -> Note:
    return Note(data["text"], Span(**data["at"]))


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _maybe(span: Span | None) -> dict[str, int] | None:
    return _span(span) if span else None


def _of(at: Mapping[str, int] | None) -> Span | None:
    return Span(**at) if at else None
