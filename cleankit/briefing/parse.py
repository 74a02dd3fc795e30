"""Reads a cleaned page into a briefing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from cleankit import language
from cleankit.briefing import (
    article,
    bare_labels,
    dates,
    directions,
    follow,
    han_roles,
    header,
    headline_marks,
    interviews,
    introductions,
    korean,
    labels,
    links,
    material,
    names,
    notes,
    panel,
    reporters,
    roles,
    speakers,
    transcript,
    turns,
    unlabelled,
)
from cleankit.briefing.blocks import Block
from cleankit.briefing.header import Header
from cleankit.briefing.labels import Label, Says
from cleankit.briefing.material import Home, Material
from cleankit.briefing.model import Briefing, Direction, Fields, Gap, Kind, Language, Note, Participant, Turn
from cleankit.briefing.places import Places
from cleankit.briefing.removed import Removed
from cleankit.briefing.turns import Utterance
from cleankit.model import Span
from cleankit.pipeline import Outcome

LOST_OUTLET = "gaps/lost-outlet"
MISSING_PAGE = "gaps/missing-page"
SECOND = "briefing/second-head"

FIRST_WORDS = 4  # enough to tell what is said from its label
_WORDS = re.compile(rf"\S+(?:\s+\S+){{0,{FIRST_WORDS - 1}}}")
LEAD = 3  # paragraphs above the first turn that say whose words they are
LATER = 7  # days until a page is put out
FEW = 8  # of so many paragraphs not even one has a label
ANSWERS = (Kind.ANSWER, Kind.OPENING)
EDGE = 3  # paragraphs from the top or the foot in which a publisher speaks of the text

_GREETING = re.compile(
    r"(?:(?:so|well|okay|ok|right|alright|thank you|thanks|yes|pessoal|gente|amigos|bueno|bom)[,.]? )?"
    r"(?:(?:good (?:morning|afternoon|evening|day)|hello|hi)(?:,? |[.!,]|$)|ladies and gentlemen|dear (?:friends|"
    r"colleagues)|"
    r"(?:女士们|各位|大家|同志们|朋友们)[^。]{0,20}好|guten (?:tag|morgen|abend)|bonjour|mesdames|"
    r"안녕하(?:십니까|세요)|"
    r"(?:muy )?buen[oa]s (?:días|tardes|noches)|selamat (?:pagi|siang|sore|malam)|(?:bis)?millah|assalam|merhaba|"
    r"(?:(?:değerli|sevgili|sayın) )?(?:arkadaşlar|basın mensupları)|hoş ?geldiniz|bom dia|boa (?:tarde|noite)|добрый)",
    re.IGNORECASE,
)


def parse(outcome: Outcome) -> Briefing:
    """The briefing that a cleaned page holds. Any text gives one; what is not stated is None or empty."""
    return read(material.of(outcome))


def read(given: Material) -> Briefing:
    """The briefing that a page holds, or several that belong together."""
    # an article may repeat a line for reasons of its own
    bare = replace(given, blocks=links.without(given.blocks))
    if len(bare.blocks) < len(given.blocks) and _labels(bare)[1]:
        given = bare
    blocks, told = given.blocks, given.told
    found, numbers, asked = _labels(given)
    beside = _Beside()
    if numbers:
        head, spoken, people = _transcript(given, found, numbers, beside)
        if asked and people:
            # the first one listed holds the briefing
            for one in spoken:
                one.speaker = one.speaker or (people[0].name if one.kind in ANSWERS else None)
        beside.introduction = [block for block in head.rest if block.prose]
        prose: Sequence[Block] = ()
    else:
        head, prose, people = article.read(given)
        prose = beside.taken_from(prose)
        spoken = []
    _add_told(head, told)
    published = head.published or _day(told, "published_time", "published", "pubdate", "modified_time")
    head.published = published
    day = head.date or _day(told, "date", "event_date") or dates.first(head.title or "") or header.event_date(head)
    if day and published and day > published:
        day = published  # a page may show the day on which it was scraped
    # "Briefing of May 4" above a line that only says May 5
    called = dates.first(head.title or "")
    if called and day and not published and called < day <= called + timedelta(days=LATER):
        day, published = called, day
    if not day:
        # whatever short line above the text has one
        day = next(filter(None, (dates.first(block.text) for block in head.seen)), None)
        published = published or day
    home = given.home
    places = Places(blocks, given.source, home)
    people = [replace(one, at=places.name(one.name)) for one in people]
    follows = follow.follow_ups(spoken)
    said = tuple(_turn(one, again, given.text, home) for one, again in zip(spoken, follows, strict=True))
    return Briefing(
        title=head.title,
        date=day.isoformat() if day else None,
        published=published.isoformat() if published else None,
        venue=head.venue,
        participants=tuple(people),
        turns=said,
        paragraphs=tuple(block.text for block in prose),
        paragraphs_at=tuple(home(Span(block.start, block.end)) for block in prose),
        introduction=_notes(beside.introduction, home),
        stage_directions=tuple(_directions(spoken, given.text, home)),
        captions=_in_order(*told.captions, *_notes(beside.captions, home)),
        disclaimers=_in_order(*told.disclaimers, *_notes(beside.disclaimers, home)),
        source=head.source,
        credits=tuple(dict.fromkeys((*head.credits, *told.credits))),
        pages=told.pages,
        languages=_languages(blocks),
        gaps=_gaps(given, spoken),
        fields_at=Fields(
            title=places.title(head.title),
            date=places.day(day),
            published=places.day(published),
            venue=places.words(head.venue),
            source=places.words(head.source),
        ),
        provenance=given.provenance,
        parts=given.parts,
    )


@dataclass(slots=True)
class _Beside:
    """Paragraphs that are no part of what was said or written."""

    introduction: list[Block] = field(default_factory=list)
    captions: list[Block] = field(default_factory=list)
    disclaimers: list[Block] = field(default_factory=list)

    def taken_from(self, blocks: Sequence[Block]) -> list[Block]:
        """`blocks` without captions, and without what the publisher says of the text above or below it."""
        left: list[Block] = []
        for i, block in enumerate(blocks):
            if notes.is_caption(block.text):
                self.captions.append(block)
            elif min(i, len(blocks) - 1 - i) < EDGE and notes.is_disclaimer(block.text):
                self.disclaimers.append(block)
            else:
                left.append(block)
        return left


def _turn_labels(blocks: Sequence[Block], found: list[Label | None], told: Removed) -> set[int]:
    """The numbers of the blocks that open a turn; header labels are struck from `found`."""
    listed: list[str] = []
    begun = False
    for i, block in enumerate(blocks):
        if found[i] and header.opens(blocks, i) and not begun:
            found[i] = None
        elif not block.prose and not begun and (line := roles.role_line(block.text)):
            listed.append(names.key(line.name))
        if not begun and not found[i]:
            listed += (line.name for line in (*han_roles.holders(block.text), *han_roles.guests(block.text)))
        begun = begun or bool(found[i] and i > 2 and block.prose)
    return transcript.turn_labels(blocks, found, frozenset(listed))


def _labels(given: Material) -> tuple[list[Label | None], set[int], bool]:
    """The label that each block may open with, the numbers of those that open a turn, and whether some are not printed.

    Where questions or all turns go without, the shape of the page tells them.
    """
    blocks = given.blocks
    found = bare_labels.read(blocks)
    numbers = _turn_labels(blocks, found, given.told)
    voices = {label.key for i in numbers if (label := found[i])}
    if above := unlabelled.above_labels(blocks, found, numbers):
        return [above.get(i) or label for i, label in enumerate(found)], numbers | above.keys(), False
    asked = unlabelled.before_answers(blocks, found) if len(voices) < 2 else {}
    if not asked and FEW * len(numbers) < len(blocks):
        asked = unlabelled.read(blocks)
        asked = asked if len(asked) > 2 * len(numbers) else {}
        # a few names may be printed all the same
        first = min(asked, default=len(blocks))
        asked |= {i: label for i in numbers if i >= first and (label := found[i]) and label.rest}
    if asked:
        first = min(asked)
        listed = frozenset(names.key(line.name) for one in blocks[:first] if (line := roles.role_line(one.text)))
        found = [asked.get(i) or _of_panel(label, listed) for i, label in enumerate(found)]
        numbers = {i for i, label in enumerate(found) if label and i >= first}
    if numbers and unlabelled.is_faq(blocks, min(numbers)):
        return found, set(), False
    return found, numbers, bool(asked)


def _of_panel(label: Label | None, listed: frozenset[str]) -> Label | None:
    return label if label and labels.matches(label.text, listed) else None


def _transcript(
    given: Material, found: Sequence[Label | None], numbers: set[int], beside: _Beside
) -> tuple[Header, list[Utterance], list[Participant]]:
    blocks, told = given.blocks, given.told
    first = min(numbers)
    speaking = frozenset(label.key for i in numbers if (label := found[i]))
    title = told.fields.get("title") or told.title
    head = header.read(
        blocks[:first], titled=title, known=speaking, echoed=headline_marks.echoed(blocks[:first], given.source)
    )
    if title:
        header.place_lines(head)
    spoken = turns.gather(blocks, found, numbers, given.cuts)
    if spoken and not (head.date or head.published):
        head.date = turns.date_below(spoken[-1])
    spoken = _without_notes(head, spoken, beside)
    for guest in han_roles.guests(" ".join(block.text for block in head.rest)):
        if any(one.label and one.label.text.endswith(guest.name) for one in spoken):
            head.add(guest.name, guest.role)
    panel.from_title(head, spoken)
    if turns.only_asked(spoken) or any(one.label and one.label.says is Says.ANSWER for one in spoken):
        head.people = panel.answering(head, spoken, blocks[:first], given.text)
    people = speakers.assign(spoken, head.people, re.sub(r"\s+", " ", head.title or ""))
    above = [head.title or "", *(block.text for block in head.rest[:LEAD])]
    if not people and (line := roles.titled_speaker(above[0]) or roles.only_holder(" . ".join(above))):
        people = [Participant(line.name, line.role)]
    spoken = turns.split_answers(spoken, people[0].name if len(people) == 1 else None)
    people = interviews.interviewed(spoken, reporters.put_through(spoken, people), given.source, head.title or "")
    spoken = _unlabelled(head, spoken, people, told) + spoken
    keys = frozenset(names.key(person.name) for person in people)
    # where labels come with each paragraph, none is lost unseen
    spoken = spoken if turns.repeats(found, numbers) else turns.split_lost(spoken, keys)
    chairing = turns.chairs(spoken, people)
    later_page = bool(told.pages and told.pages.number and told.pages.number > 1)
    turns.order(spoken, chairing, later_page)
    reporters.name_called(spoken)
    introductions.name_introduced(spoken)
    speakers.name_answers(spoken, people)
    interviews.name_interviewer(spoken, [block.text for block in head.rest])
    people = [replace(one, chair=True) if names.key(one.name) in chairing else one for one in people]
    return (
        head,
        turns.joined(spoken),
        panel.with_roles(people, spoken, " ".join((head.title or "", *(block.text for block in head.rest)))),
    )


def _unlabelled(head: Header, spoken: list[Utterance], people: list[Participant], told: Removed) -> list[Utterance]:
    """What is said before the first label: a question that lost its own, or the opening of the only speaker."""
    rest = head.rest
    if not rest or not spoken:
        return []
    next_one = spoken[0]
    if next_one.kind is None and next_one.speaker and turns.is_lost_question(rest[-1].text, next_one.speaker):
        head.rest = rest[:-1]
        return [Utterance(None, [rest[-1]], rest[-1].start, Kind.QUESTION, lost=True)]
    greeting = next((i for i, block in enumerate(rest) if _GREETING.match(block.text)), None)
    if greeting is not None:
        said = rest[greeting:]
        head.rest = rest[:greeting]
        titled = [person.name for person in people if head.title and person.name in head.title]
        if line := korean.introduced(said[0].text):
            if all(person.name != line.name for person in people):
                people.insert(0, Participant(line.name, line.role))
            return [Utterance(None, said, said[0].start, Kind.OPENING, line.name)]
        speaker = people[0].name if len(people) == 1 else titled[0] if len(titled) == 1 else None
        return [Utterance(None, said, said[0].start, Kind.OPENING, speaker)]
    # the headline, or what it was where the page was taken from
    lines = " ".join((head.title or "", *(block.text for block in rest if not block.prose)))
    named = [person for person in people if person.name in lines] or [
        one for one in people if "发言人" in (one.role or "")
    ]
    # on top of a spokesperson's daily record an announcement has no label; elsewhere such a paragraph is the editor's
    spokesperson = bool(re.search(r"spokes(?:person|man|woman)", lines, re.IGNORECASE))
    spokesperson = spokesperson or bool(named and re.search("发言人|發言人|報道官", named[0].role or ""))
    if len(named) == 1 and len(people) == 1 and spokesperson:
        said = [block for block in rest if block.prose and not _reports(block.text, named[0].name)]
        if said:
            head.rest = [block for block in rest if block not in said]
            return [Utterance(None, said, said[0].start, Kind.OPENING, named[0].name)]
    return []


def _reports(text: str, name: str) -> bool:
    """Whether a paragraph tells of the briefing instead of being part of it."""
    return name in text or bool(
        re.search("press (?:conference|briefing)|记者会|发布会|吹风会", text[:200], re.IGNORECASE)
    )


def _add_told(head: Header, told: Removed) -> None:
    """What stood in lines that cleaning took out."""
    if told.stamps:
        aside = header.read([Block(text, 0, len(text)) for text in told.stamps], titled=head.title or "-")
        head.published = head.published or aside.published or aside.date
        head.source = head.source or aside.source
    head.source = head.source or told.fields.get("source") or told.fields.get("site_name")
    head.venue = head.venue or told.fields.get("venue") or told.fields.get("location")
    if author := told.fields.get("author"):
        head.credits.append(author)
    if head.title is not None:
        head.title = re.sub(r"\s+", " ", head.title).strip() or None


def _day(told: Removed, *fields: str) -> date | None:
    return next((day for name in fields if (day := dates.first(told.fields.get(name, "")))), None)


def _without_notes(head: Header, spoken: list[Utterance], beside: _Beside) -> list[Utterance]:
    """Captions between the turns and notes of the publisher around them go to where they belong.

    The head has read them already: a caption may be all that names the place.
    """
    head.rest = beside.taken_from(head.rest)
    for one in spoken:
        last = one is spoken[-1]
        for block in list(one.paragraphs):
            if block.start > one.start and notes.is_caption(block.text):
                beside.captions.append(block)
                one.paragraphs.remove(block)
            elif last and block in one.paragraphs[1:][-EDGE:] and notes.is_disclaimer(block.text):
                beside.disclaimers.append(block)
                one.paragraphs.remove(block)
    return [one for one in spoken if one.paragraphs]


def _notes(blocks: Sequence[Block], home: Home) -> tuple[Note, ...]:
    return tuple(Note(block.text, home(Span(block.start, block.end))) for block in blocks)


def _in_order(*found: Note) -> tuple[Note, ...]:
    return tuple(sorted(found, key=lambda note: (note.at.start, note.at.end)))


def _directions(spoken: Sequence[Utterance], text: str, home: Home) -> Iterator[Direction]:
    for turn, one in enumerate(spoken):
        for paragraph, block in enumerate(one.paragraphs):
            at = block.start
            for start, end, words in directions.find(block.text):
                # blanks may have been joined
                printed = re.compile(r"\s+".join(map(re.escape, block.text[start:end].split()))).search(
                    text, at, block.end
                )
                span = Span(*printed.span()) if printed else Span(block.start, block.end)
                at = span.end if printed else at
                yield Direction(words, turn, paragraph, home(span))


def _turn(one: Utterance, follows: int | None, text: str, home: Home) -> Turn:
    at = home(Span(one.start, one.paragraphs[-1].end))
    said = tuple(block.text for block in one.paragraphs)
    said_at = tuple(home(_said(block, text)) for block in one.paragraphs)
    return Turn(one.speaker, one.kind or Kind.ANSWER, one.outlet, said, said_at, at, follows)


def _said(block: Block, text: str) -> Span:
    """The span of a paragraph without the label that it may open with."""
    words = block.text.split(maxsplit=FIRST_WORDS)[:FIRST_WORDS]
    at = text.find(words[0], block.start, block.end) if words else -1
    while at >= 0 and not _begins(text, at, block.end, words):
        at = text.find(words[0], at + 1, block.end)
    return Span(max(at, block.start), block.end)


def _begins(text: str, at: int, end: int, words: Sequence[str]) -> bool:
    """Whether these words, the last perhaps the beginning of one, stand at an offset of a text."""
    found = _WORDS.match(text, at, end)
    there = found[0].split()[: len(words)] if found else []
    return len(there) == len(words) and there[:-1] == words[:-1] and there[-1].startswith(words[-1])


def _gaps(given: Material, spoken: Sequence[Utterance]) -> tuple[Gap, ...]:
    """What the gap rules found, and what only reading the page shows."""
    gaps = list(given.gaps)
    for one in spoken:
        at = given.home(Span(one.start, one.paragraphs[-1].end))
        if one.lost and not any(gap.rule == LOST_OUTLET and _meet(gap.at, at) for gap in gaps):
            gaps.append(Gap(LOST_OUTLET, "A question whose outlet is not named: its label was lost.", at))
    if spoken and (head := turns.second_head(spoken)):
        at = given.home(Span(head.start, head.end))
        gaps.append(Gap(SECOND, "Another briefing begins here: split the file to have both.", at))
    pages = given.told.pages
    if pages and pages.total and pages.total > 1 and not any(gap.rule == MISSING_PAGE for gap in gaps):
        end = len(given.source)
        number = f"page {pages.number}" if pages.number else "one page"
        message = f"This is {number} of {pages.total}: the others are not in this text."
        gaps.append(Gap(MISSING_PAGE, message, Span(end, end)))
    return tuple(sorted(gaps, key=lambda gap: (gap.at.start, gap.at.end, gap.rule)))


def _meet(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _languages(blocks: Sequence[Block]) -> tuple[Language, ...]:
    """By the paragraphs; a page without one by its lines."""
    prose = [block.text for block in blocks if block.prose] or [block.text for block in blocks]
    return tuple(Language(one.lang, one.share) for one in language.of_page(prose))
