"""Who says what: the paragraphs under each label, questions that lost theirs, and what each turn does."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Day
from itertools import pairwise

from cleankit.briefing import dates, labels, names
from cleankit.briefing.blocks import Block
from cleankit.briefing.labels import Label, Says
from cleankit.briefing.model import Kind, Participant

# Of the turns of a chair, most have one of these; an answer has none.
_CHAIRING = re.compile(
    r"\b(?:the floor (?:is|to)|(?:give|hand|have|take) the floor|floor is (?:now )?open|"
    r"open (?:it |the floor )?(?:up )?(?:for|to) questions|(?:next|last|first|final|one more) question|"
    r"take (?:some|a few|your) questions|"
    r"(?:now )?(?:invite|welcome|hand over to|turn (?:it )?over to|give way to) (?:Mr|Ms|Mrs|Dr|Prof|our)\b|"
    r"let['’]s go to|"
    r"(?:that(?:'s|’s| is) all for|that concludes|this (?:is the end of|concludes)|"
    r"(?:comes|brings us) to (?:an|the) end|"
    r"conclude) (?:today|our|this|the)?|(?:identify|state|name|tell us) (?:your|the) (?:name|news|media|outlet|organi)|"
    r"we (?:have invited|are (?:delighted|pleased|honou?red) to (?:be joined|have)|are joined by))"
    r"|(?:下面|现在)?(?:请|有请)[\u4e00-\u9fff·]{2,8}(?:先生|女士|部长|主任|介绍)|(?:欢迎|请)(?:大家)?提问|"
    r"(?:最后|下)一个(?:问题|提问)|发布会(?:就)?到(?:此|这里)(?:结束)?|谢谢(?:各位|大家)，?再见|"
    r"(?:大家|各位).{0,12}(?:发问|發問|提问|提問)|"
    r"进入(?:答问|提问|问答)环节|通报(?:一下)?(?:自己)?所(?:在|代表)的新闻机构",
    re.IGNORECASE,
)
_END_MARK = re.compile(
    r"^(?:[(\[](?:The |This )?(?:briefing|press|news|call|event|interview|conference)\b[^()]{0,80}"
    r"\b(?:concluded|ended|adjourned|ends|concludes)\b[^()]{0,40}[)\]]|\W*(?:end|ends|###|fin|ende)\W*|[#*+\s]{1,8}|"
    r"[-–—_=*]{3,}|(?:完|\(完\)|（完）|끝|以上))$",
    re.IGNORECASE,
)
# A question handed to the panel is rarely shorter; "Any questions?" and "Can you hear me?" are the chair's own.
LOST_QUESTION_WORDS = 12
LOST_QUESTION_HAN = 18
# An interview has turns enough to tell who asks, and of those turns half are questions.
LEAST_INTERVIEW, ASKS = 4, 0.5
# Labels that stand twice in a row, before it is taken for a habit of the record.
REPEATED = 3


@dataclass(slots=True)
class Utterance:
    """A label and the paragraphs under it, before it is known who it names."""

    label: Label | None
    paragraphs: list[Block] = field(default_factory=list)
    start: int = 0
    kind: Kind | None = None
    speaker: str | None = None
    outlet: str | None = None
    lost: bool = False

    @property
    def text(self) -> str:
        return " ".join(block.text for block in self.paragraphs)

    @property
    def asks(self) -> bool:
        return bool(self.paragraphs) and labels.asks(self.paragraphs[-1].text)


def gather(
    blocks: Sequence[Block], found: Sequence[Label | None], numbers: set[int], cuts: frozenset[int] = frozenset()
) -> list[Utterance]:
    """The utterances from the first label on. Before the `cuts` a page is missing: nobody knows who goes on there."""
    result: list[Utterance] = []
    habit = repeats(found, numbers)
    for i in range(min(numbers), len(blocks)):
        block = blocks[i]
        label = found[i]
        if block.start in cuts:
            result.append(Utterance(None, start=block.start))
        if i in numbers and label:
            # some records print the label again with each paragraph
            if not (habit and result and _goes_on(result[-1], label)):
                result.append(Utterance(label, start=block.start))
            if label.rest:
                result[-1].paragraphs.append(replace(block, text=label.rest))
        elif not dates.is_clock(block.text) and not dates.is_stamp(block.text) and not _END_MARK.match(block.text):
            result[-1].paragraphs.append(block)
    return [one for one in result if one.paragraphs]


def repeats(found: Sequence[Label | None], numbers: set[int]) -> bool:
    """Whether a record prints a speaker's label again with each paragraph."""
    ordered = [label for i in sorted(numbers) if (label := found[i])]
    return sum(_same(a, b) for a, b in pairwise(ordered)) >= REPEATED


def _same(one: Label, other: Label) -> bool:
    return one.text == other.text and one.says not in (Says.QUESTION, Says.ANSWER) and not labels.nameless(one.text)


def _goes_on(before: Utterance, label: Label) -> bool:
    """Whether a label is that of the one who speaks already, and nobody has asked between the two."""
    if before.label is None or not _same(before.label, label):
        return False
    return not (before.paragraphs and is_lost_question(before.paragraphs[-1].text, label.text))


def date_below(last: Utterance) -> Day | None:
    """The day under the last words, where a page dates itself at its foot. The lines from there on are cut off."""
    for i in range(max(1, len(last.paragraphs) - 3), len(last.paragraphs)):
        day = dates.alone(last.paragraphs[i].text)
        if day and all(len(block.text) < 60 and not block.prose for block in last.paragraphs[i:]):
            last.paragraphs = last.paragraphs[:i]
            return day
    return None


def split_lost(utterances: list[Utterance], people: frozenset[str]) -> list[Utterance]:
    """Questions whose label was lost become utterances of their own.

    Only labels on lines of their own get lost; where they run in the paragraph, a question without one belongs to
    the speaker. It stands last under an answer (or a chair's words) and before a speaker's label.
    """
    result: list[Utterance] = []
    for i, one in enumerate(utterances):
        after = utterances[i + 1] if i + 1 < len(utterances) else None
        result.append(one)
        if after is None or one.kind is Kind.QUESTION or not (one.label and one.label.alone):
            continue
        last = one.paragraphs[-1]
        if len(one.paragraphs) > 1 and _speaks(after, people) and is_lost_question(last.text, after.speaker or ""):
            one.paragraphs = one.paragraphs[:-1]
            result.append(Utterance(None, [last], last.start, Kind.QUESTION, lost=True))
    return result


def is_lost_question(text: str, next_speaker: str) -> bool:
    """Whether a paragraph without a label is a reporter's: it asks, at some length, and calls no panelist by name."""
    if not labels.asks(text):
        return False
    words = len(text.split())
    if words < LOST_QUESTION_WORDS and len(re.findall(r"[\u3040-\u9fff]", text)) < LOST_QUESTION_HAN:
        return False
    called = [word for word in names.key(next_speaker).split() if len(word) > 2]
    hands_over = any(re.search(rf"\b(?:Mr|Ms|Mrs|Dr)\.? {re.escape(word)}\b", text, re.IGNORECASE) for word in called)
    return not (hands_over and _CHAIRING.search(text))


def _speaks(one: Utterance, people: frozenset[str]) -> bool:
    return one.kind is None and bool(one.speaker) and names.key(one.speaker or "") in people


def assign(utterances: list[Utterance], people: list[Participant], title: str = "") -> list[Participant]:
    """Give each labelled utterance its speaker or outlet; the participants, with those that only labels name."""
    known = {names.key(person.name): person for person in people}
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
            if halves and labels.is_outlet(halves[1]):
                one.speaker, one.outlet = names.plain(halves[0]), outlet_name(halves[1])
            elif who and labels.is_outlet(who):
                one.outlet = outlet_name(who)
            elif who:
                one.speaker = names.plain(who)
        elif label.says is Says.CHAIR:
            one.kind, one.speaker = Kind.MODERATOR, _chair_of(label.text, known)
        elif label.says is Says.ANSWER:
            one.speaker = people[0].name if len(people) == 1 else None
            one.kind = Kind.ANSWER
        elif _reporter(one):
            continue
        elif person := _in_office(label.text, people):
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


def interviewed(utterances: Sequence[Utterance], people: list[Participant], page: str) -> list[Participant]:
    """The panel of an interview in which a name or an outlet asks, and no word says so: without whoever asks.

    `page` is the source text: an outlet's name is part of an address in it.
    """
    if len(utterances) < LEAST_INTERVIEW or any(one.kind for one in utterances):
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


_ADDRESS = re.compile(r"https?://[^\s)\]]+|\b[\w-]+\.(?:com?|org|net|media|news|tv|info|[a-z]{2})\b")


def _is_site(label: str, page: str) -> bool:
    wanted = re.sub(r"[\W_]+", "", label).casefold()
    return len(wanted) > 3 and any(
        wanted in re.sub(r"[\W_]+", "", hit[0]).casefold() for hit in _ADDRESS.finditer(page)
    )


def _join_surnames(unknown: dict[str, list[int]], utterances: Sequence[Utterance]) -> None:
    """`LOVELACE:` belongs to the only `ADA LOVELACE, POET:`."""
    full = {who: labels.full_name(_label_text(utterances[numbers[0]])) for who, numbers in unknown.items()}
    for who in [who for who, name in full.items() if name is None]:
        bearers = [other for other, name in full.items() if name and name.split()[-1] == who]
        if len(bearers) == 1:
            unknown[bearers[0]] += unknown.pop(who)


def _join_offices(unknown: dict[str, list[int]], utterances: Sequence[Utterance]) -> dict[str, str]:
    """`President of the Mill Ada Lovelace:` is `Ada Lovelace:`; the offices, by the keys of the names."""
    offices: dict[str, str] = {}
    for long, short in labels.with_offices(unknown).items():
        text = _label_text(utterances[unknown[long][0]])
        offices[short] = " ".join(text.split()[: len(text.split()) - len(short.split())])
        unknown[short] += unknown.pop(long)
    return offices


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
    rf"(?:(?:i['’]m|i am|my name is|my name['’]s|this is|it['’]s) +)?(?P<name>(?-i:{_CAPS}(?: {_CAPS}){{1,3}})),? "
    rf"(?:(?:here )?(?:with|from|of|at|for)|i['’]m (?:with|from)) (?:the )?"
    r"(?P<outlet>(?-i:(?:The )?[A-Z][\w'’&\-]*(?:\.\w[\w.]*)?(?: (?:of (?:the )?|and |de )?[A-Z][\w'’&\-]*){0,4}))"
    r"(?=[.,;:!?]|\s|$)",
    re.IGNORECASE,
)
_INTRODUCED_HAN = re.compile(
    r"^(?:[^。！？]{0,12}[，,。])?我是(?:来自)?(?P<outlet>[\u4e00-\u9fffA-Z]{2,14}?)的?[记記]者"
)
# "NAME, del diario "OUTLET"", "NAME, de OUTLET", "NAME von OUTLET", "saya NAME dari OUTLET"
_INTRODUCED_SO = re.compile(
    rf"(?:^|[.!?,¡¿] |\b(?:soy|je suis|ich bin|mein Name ist|saya|me llamo|mi nombre es) )"
    rf"(?P<name>(?:{_CAPS}|[A-Z]\.)(?: (?:de |da |von |van )?(?:{_CAPS}|[A-Z]\.)){{1,3}}),? "
    r"(?:del? (?:la |el |los )?|du |pour |d['’]|von (?:der |dem |den )?|vom |aus |dari |da )"
    r"(?P<kind>(?:diario|periódico|agencia|revista|cadena|canal|radio|journal|quotidien|chaîne|agence|zeitung|harian|"
    r"koran|stasiun) )?"
    r"(?P<mark>[“\"«„]\s?)?(?P<outlet>[A-Z\u00c0-\u00de][\w'’&.\-]*(?: (?:de |del |du |la |der |"
    r"das )*[A-Z\u00c0-\u00de][\w'’&\-]*){0,4})"
    r"(?=\s?[”\"»“]|[.,;:!?]|\s|$)"
)
OPENING_WORDS = 160  # characters in which somebody says who asks


def name_introduced(utterances: Sequence[Utterance]) -> None:
    """Questions without an outlet get the one that the reporter gives in the first words."""
    for one in utterances:
        if one.kind is not Kind.QUESTION or one.outlet or one.lost:
            continue
        said = one.paragraphs[0].text[:OPENING_WORDS]
        if hit := _INTRODUCED_HAN.search(said):
            one.outlet = hit["outlet"]
        elif (hit := _INTRODUCED.search(said)) and names.is_name(hit["name"]) and not labels.in_office(hit["outlet"]):
            one.outlet = re.sub(r"^The (?=[A-Z])", "", hit["outlet"])
            unnamed = one.speaker is None or labels.nameless(one.speaker)
            one.speaker = hit["name"] if unnamed else one.speaker
        elif (hit := _INTRODUCED_SO.search(said)) and names.is_name(hit["name"]):
            outlet = hit["outlet"].rstrip(".,")
            # without a mark or a word for it a family name looks the same
            if hit["mark"] or hit["kind"] or labels.is_outlet(outlet) or "." in outlet or hit.start() == 0:
                one.outlet, one.speaker = outlet, one.speaker or hit["name"]


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


def _chair_of(label: str, known: dict[str, Participant]) -> str:
    """Whom a chair's label means: the name in it, the chair that the header states, else the word itself."""
    name = labels.chaired_by(label)
    if name:
        known.setdefault(names.key(name), Participant(names.plain(name), None, chair=True))
        return known[names.key(name)].name
    return next((person.name for person in known.values() if person.chair), label)


def _label_text(one: Utterance) -> str:
    return one.label.text if one.label else ""


def _in_office(label: str, people: Sequence[Participant]) -> str | None:
    """The only participant who holds the office that a label names: `Spokesperson:`."""
    words = set(names.key(label).split()) - {"the", "le", "la"}
    if not words or not (labels.office_of(label) or all(names.is_office(word) for word in words)):
        return None
    holders = [one.name for one in people if one.role and words <= set(names.key(one.role).split())]
    return holders[0] if len(holders) == 1 else None


def _reporter(one: Utterance) -> bool:
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


def name_answers(utterances: Sequence[Utterance], people: Sequence[Participant]) -> None:
    """`A:` is the only one on the panel."""
    panel = [person.name for person in people if not person.chair]
    for one in utterances:
        if one.kind is Kind.ANSWER and one.speaker is None and len(panel) == 1:
            one.speaker = panel[0]


def outlet_name(text: str) -> str:
    """An outlet without `记者`, without title marks around the whole."""
    text = re.sub(r"\s*(?:记者|記者|기자|reporter|correspondent)$", "", text.strip(), flags=re.IGNORECASE)
    if text.startswith("《") and text.find("》") == len(text) - 1:
        text = text[1:-1]
    return text.strip()


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
    name, role = _person(first.text)
    if interviewer and reporter:
        name = " ".join(map(_cased, name.split()))
    if labels.in_capitals(name) and (printed := re.search(rf"\b{re.escape(name)}\b", title, re.IGNORECASE)):
        name = printed[0]
    for i in numbers:
        if outlet:
            utterances[i].kind, utterances[i].outlet = Kind.QUESTION, outlet_name(first.text)
        else:
            utterances[i].speaker = name
            if interviewer:
                utterances[i].kind = Kind.QUESTION
    if not outlet and not interviewer:
        known.setdefault(names.key(name), Participant(name, role))


_STATE = frozenset(("republik", "republic", "république", "república", "cumhuriyeti", "republika", "repubblica"))


def _person(label: str) -> tuple[str, str | None]:
    """The name in a label and the office beside it: `Spokesperson, NAME:`, `NAME (Ministry):`."""
    if titled := names.han_titled(label):
        return titled.name, titled.role
    halves = labels.two_parts(label)
    if halves:
        a, b = halves
        if names.is_office(a.split()[0]) and names.is_name(b, least=1):
            a, b = b, a
        return names.plain(a), b
    name = names.plain(label)
    words = name.split()
    if any(word.casefold() in _STATE for word in words):
        return name, None  # "Presiden Republik Indonesia"
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


def chairs(utterances: Sequence[Utterance], people: Sequence[Participant]) -> frozenset[str]:
    """Keys of those who lead through the briefing: stated, else told by what they say."""
    stated = frozenset(names.key(person.name) for person in people if person.chair)
    if stated or any(one.kind is Kind.MODERATOR for one in utterances):
        return stated
    said: dict[str, list[bool]] = defaultdict(list)
    for one in utterances:
        if one.speaker and one.kind is None:
            # short turns; the last one may have the page's footer under it
            brief = len(one.paragraphs) <= 4 or one is utterances[-1]
            said[names.key(one.speaker)].append(brief and bool(_CHAIRING.search(one.text)))
    # two thirds: a chair now and then only says "Thank you."
    ends = {names.key(one.speaker or "") for one in (utterances[0], utterances[-1])} if utterances else set()
    leading = {who for who, hits in said.items() if sum(hits) * 3 >= 2 * len(hits) and (len(hits) > 1 or who in ends)}
    if len(leading) == 1 and len(said) > 1:
        return frozenset(leading)
    return frozenset()


def order(utterances: list[Utterance], chairing: frozenset[str], begun: bool) -> None:
    """Set the kinds that follow from the place: opening before the first question, answer after it."""
    asked = begun
    for one in utterances:
        if one.kind is Kind.QUESTION:
            asked = True
        elif one.kind is None:
            if one.speaker and names.key(one.speaker) in chairing:
                one.kind = Kind.MODERATOR
            else:
                one.kind = Kind.ANSWER if asked else Kind.OPENING
