"""Who says what: the paragraphs under each label, questions that lost theirs, and what each turn does."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Day
from itertools import pairwise

from cleankit.briefing import dates, labels, names, roles
from cleankit.briefing.blocks import Block
from cleankit.briefing.labels import Label, Says
from cleankit.briefing.model import Kind, Participant

# Of the turns of a chair, most have one of these; an answer has none.
# of a text in lower case: whatever case, the search takes twice as long
_CHAIRING = re.compile(
    r"\b(?:the floor (?:is|to)|(?:give|hand|have|take) the floor|floor is (?:now )?open|"
    r"open (?:it |the floor )?(?:up )?(?:for|to) questions|(?:next|last|first|final|one more) question|"
    r"take (?:some|a few|your) questions|"
    r"(?:now )?(?:invite|welcome|hand over to|turn (?:it )?over to|give way to) (?:mr|ms|mrs|dr|prof|our)\b|"
    r"let['’]s go to|ask (?:just |only )?one question|has a few words for you|we have time for (?:one|two|a few)|"
    r"will (?:now |first |then )?(?:make|deliver|give) (?:some |an? )?(?:opening |brief |introductory )?(?:remarks|"
    r"statement)|"
    r"(?:that(?:'s|’s| is) all for|that concludes|this (?:is the end of|concludes)|"
    r"(?:comes|brings us) to (?:an|the) end|"
    r"conclude) (?:today|our|this|the)?|(?:identify|state|name|tell us) (?:your|the) (?:name|news|media|outlet|organi)|"
    r"we (?:have invited|are (?:delighted|pleased|honou?red) to (?:be joined|have)|are joined by))"
    r"|(?:请来了|邀请到|邀请了)[^。]{0,60}(?:介绍|解读|出席)|(?:下面|现在)?(?:请|有请)[\u4e00-\u9fff·]{2,8}(?:先生|女士|部长|主任|介绍)|"
    r"(?:欢迎|请)(?:大家|各位(?:记者)?(?:朋友)?(?:们)?)?(?:开始)?提问|先请[^。]{1,8}介绍|"
    r"(?:最后|下)一个(?:问题|提问)|发布会(?:就)?到(?:此|这里)(?:结束)?|谢谢(?:各位|大家)，?再见|"
    r"(?:大家|各位).{0,12}(?:发问|發問|提问|提問)|"
    r"进入(?:答问|提问|问答)环节|通报(?:一下)?(?:自己)?所(?:在|代表)的新闻机构"
    r"|\b(?:that['’]s it for|one at a time|last one,|(?:will|is going to) (?:start|begin|speak) (?:first|then)?|"
    r"we(?:['’]ll| will) (?:now )?take (?:your |some |a few )?questions|go ahead,? (?:please|here|sir|ma['’]am|in the))"
    r"|\b(?:comenzamos|empezamos|pasamos|abrimos|empecemos|vamos) (?:con|a|al|el) (?:las |la |los |turno |"
    r"ronda )?(?:de )?(?:preguntas|"
    r"ronda|turno)|\b(?:última|siguiente|próxima|primera) pregunta|gracias a todos|tiene la palabra|(?:la|"
    r"cedo la) palabra|"
    r"va a (?:hacer|dar|tomar|iniciar)|^(?:bien, |bueno, )?(?:empezamos|comenzamos|adelante|la última)\b|"
    r"segunda fila|al fondo\b"
    r"|\bvamos (?:dar início|iniciar|começar|abrir|às perguntas|encerr)|"
    r"(?:próxima|última|primeira) (?:pergunta|inscrit)|"
    r"inscrit[ao] (?:agora )?é"
    r"|merci (?:à tous|à toutes|tout le monde)|(?:dernière|première|prochaine|autre) question|(?:prend(?:ra|re|s)?|"
    r"place aux?) "
    r"(?:ensuite )?(?:vos|les|des) questions|(?:laisse|donne|passe) la parole|une dernière (?:en|sur)|"
    r"in english, please"
    r"|(?:letzte|nächste|erste) frage|fangen wir (?:mit|an)|kommen wir (?:zu|zum|zur)|(?:haben|hat) das wort|"
    r"ich übergebe"
    r"|pertanyaan (?:terakhir|berikutnya|pertama)|sesi tanya jawab|(?:kami|saya) persilakan|silakan,? (?:pak|bu|mas|"
    r"mbak)|"
    r"terima kasih (?:semua|rekan|kepada|atas kehadiran)"
    r"|son soru|ilk soru|sıradaki soru|sorularınızı al|söz (?:sizde|sayın)|buyurun\b|hepinize teşekkür"
    r"|질의응답|질문(?:을)? (?:받|하실)|다음 질문|브리핑을 (?:시작|마)|(?:여기까지|마치도록) 하겠|마치겠습니다"
    r"|ご?質問(?:の|が)?(?:ある|おあり)|質疑(?:応答)?に(?:移|入)|会見を(?:終|始)|挙手|(?:次|他)の方|^どうぞ|これで終わり"
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
HEAD_PEOPLE = 2  # with their offices, in the head of a briefing
_DIRECTION = re.compile(r"\[[^\[\]]{2,60}\]|\([^()]{2,60}\)|（[^（）]{1,30}）")
LEADS, PUT = 2, 8  # turns, words
CALL = 160  # characters in which a chair calls on somebody
# Labels that stand twice in a row, before it is taken for a habit of the record.
REPEATED = 3
# "Ada Lovelace", and below it "— Good morning."
_DASH = re.compile(r"^[—–]\s+(?=\S)")
# … and twice, where others speak between them.
HABIT = 2


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
            is_first = not result[-1].paragraphs
            result[-1].paragraphs.append(replace(block, text=_DASH.sub("", block.text)) if is_first else block)
    _past_directions(result)
    _under_sections(result)
    return [one for one in result if one.paragraphs]


def _under_sections(utterances: Sequence[Utterance]) -> None:
    """`答：` is said by the one whom a line above a row of questions names as answering them."""
    section: Label | None = None
    leads: str | None = None
    for before, one in pairwise((None, *utterances)):
        if one is None or one.label is None:
            continue
        # "主持人" on a line, and on the next who that is
        if before and before.label and before.label.says is Says.CHAIR and not before.paragraphs and one.paragraphs:
            leads = leads or (one.label.key if one.label.says in (Says.PERSON, Says.UNKNOWN) else None)
        if not one.paragraphs:
            section = one.label
        elif section and one.label.says is Says.ANSWER:
            one.label = section
        if leads and leads.endswith(one.label.key) and one.label.key:
            one.kind = Kind.MODERATOR


def _past_directions(utterances: Sequence[Utterance]) -> None:
    """`[Voice of interpreter]` between a label and the words stands behind what was said before."""
    for before, one in pairwise(utterances):
        while len(one.paragraphs) > 1 and before.paragraphs and _DIRECTION.fullmatch(one.paragraphs[0].text):
            before.paragraphs.append(one.paragraphs.pop(0))


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


# "Ends/Tuesday, February 11, 2025"
_ENDS = re.compile(r"^(?:ends?|issued(?: at| on)?|完|發稿|posted|published|dated?)\s*[/:：,]?\s*", re.IGNORECASE)


def date_below(last: Utterance) -> Day | None:
    """The day under the last words, where a page dates itself at its foot. The lines from there on are cut off."""
    for i in range(max(1, len(last.paragraphs) - 3), len(last.paragraphs)):
        day = dates.alone(_ENDS.sub("", last.paragraphs[i].text))
        if day and all(len(block.text) < 60 and not block.prose for block in last.paragraphs[i:]):
            last.paragraphs = last.paragraphs[:i]
            return day
    return None


def only_asked(utterances: Sequence[Utterance]) -> bool:
    """Whether only questions have labels."""
    return all(one.label is not None and one.label.says is Says.QUESTION for one in utterances)


def split_answers(utterances: list[Utterance], speaker: str | None) -> list[Utterance]:
    """Where only questions have labels, what stands under one is the answer to it."""
    if not only_asked(utterances):
        return utterances
    result: list[Utterance] = []
    for one in utterances:
        below = one.paragraphs[1:]
        result.append(replace(one, paragraphs=one.paragraphs[:1]))
        if below:
            result.append(Utterance(None, below, below[0].start, Kind.ANSWER, speaker))
    return result


def joined(utterances: Sequence[Utterance]) -> list[Utterance]:
    """What one speaker says under the same label again, right behind, as one, where the record has a habit of that."""
    again = {id(one) for before, one in pairwise(utterances) if _is_same(before, one)}
    if len(again) < HABIT:
        return list(utterances)
    result: list[Utterance] = []
    for one in utterances:
        if id(one) in again:
            result[-1].paragraphs += one.paragraphs
        else:
            result.append(one)
    return result


def _is_same(before: Utterance, one: Utterance) -> bool:
    stands_alone = one.label is not None and one.label.alone and one.kind in (Kind.ANSWER, Kind.OPENING)
    return stands_alone and one.speaker is not None and (one.speaker, one.kind) == (before.speaker, before.kind)


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
        # the same label again, right behind a question: somebody else has asked it
        again = after.label is not None and after.label.text == one.label.text and labels.asks(last.text)
        is_lost = again or is_lost_question(last.text, after.speaker or "")
        if len(one.paragraphs) > 1 and _speaks(after, people) and is_lost:
            one.paragraphs = one.paragraphs[:-1]
            result.append(Utterance(None, [last], last.start, Kind.QUESTION, lost=True))
    return result


def second_head(utterances: Sequence[Utterance]) -> Block | None:
    """Where the head of another briefing stands among the turns: people with their offices, and a day."""
    for one in utterances:
        lines = one.paragraphs[1:]
        people = [block for block in lines if not block.prose and roles.role_line(block.text)]
        if len(people) < HEAD_PEOPLE or not any(dates.alone(block.text) for block in lines):
            continue
        first = lines.index(people[0])
        while first and (not lines[first - 1].prose or dates.first(lines[first - 1].text)):
            first -= 1
        return lines[first]
    return None


def is_lost_question(text: str, next_speaker: str) -> bool:
    """Whether a paragraph without a label is a reporter's: it asks, at some length, and calls no panelist by name."""
    if not labels.asks(text):
        return False
    words = len(text.split())
    if words < LOST_QUESTION_WORDS and len(re.findall(r"[\u3040-\u9fff]", text)) < LOST_QUESTION_HAN:
        return False
    called = [word for word in names.key(next_speaker).split() if len(word) > 2]
    hands_over = any(re.search(rf"\b(?:Mr|Ms|Mrs|Dr)\.? {re.escape(word)}\b", text, re.IGNORECASE) for word in called)
    return not (hands_over and _is_chairing(text))


def _is_chairing(text: str) -> bool:
    """Whether somebody says what only who leads through a meeting does."""
    return _CHAIRING.search(text.lower()) is not None


def _speaks(one: Utterance, people: frozenset[str]) -> bool:
    return one.kind is None and bool(one.speaker) and names.key(one.speaker or "") in people


def chairs(utterances: Sequence[Utterance], people: Sequence[Participant]) -> frozenset[str]:
    """Keys of those who lead through the briefing: stated, else told by what they say."""
    stated = frozenset(names.key(person.name) for person in people if person.chair)
    if stated or any(one.kind is Kind.MODERATOR for one in utterances):
        return stated
    said: dict[str, list[bool]] = defaultdict(list)
    for i, one in enumerate(utterances):
        if one.speaker and one.kind is None:
            who = names.key(one.speaker)
            # short turns; the last one may have the page's footer under it
            brief = len(one.paragraphs) <= 4 or one is utterances[-1]
            said[who].append(brief and (_calls(utterances, i) or _is_chairing(one.text)))
    # two thirds: a chair now and then only says "Thank you."
    ends = {names.key(one.speaker or "") for one in (utterances[0], utterances[-1])} if utterances else set()
    # whoever opens a briefing and is heard between the answers leads through it, though now and then there is a joke
    first = names.key(utterances[0].speaker or "") if utterances else ""
    leading = {
        who
        for who, hits in said.items()
        if (sum(hits) * 3 >= 2 * len(hits) or (who == first and sum(hits) * 2 >= len(hits) > LEADS))
        and (len(hits) > 1 or (who in ends and _is_chairing(_said_by(utterances, who))))
    }
    held = {names.key(person.name) for person in people if person.role and not _OF_THE_PRESS.search(person.role)}
    if len(leading) == 1 and len(said) > 1 and not (leading <= held and _says_most(utterances, min(leading))):
        return frozenset(leading)
    return frozenset()


# whose office it is to lead through a briefing, though there be little else said
_OF_THE_PRESS = re.compile(
    r"spokes|press|media|communication|moderat|\bchair|sprecher|porte-parole|portavoz|porta-voz|juru bicara|sözcü|"
    r"assessor|imprensa|prensa|comunica|发言人|發言人|报道官|報道官|新闻|新聞|대변인",
    re.IGNORECASE,
)


def _says_most(utterances: Sequence[Utterance], who: str) -> bool:
    """Whether somebody says more than all others who do not ask, which no chair does."""
    said = [(names.key(one.speaker or "") == who, len(one.text)) for one in utterances if one.kind is None]
    return 2 * sum(size for is_own, size in said if is_own) > sum(size for _, size in said)


def _calls(utterances: Sequence[Utterance], i: int) -> bool:
    """Whether a short turn between an answer and a question only says whose question it is."""
    around = [one.kind for one in utterances[max(0, i - 1) : i]], [one.kind for one in utterances[i + 1 : i + 2]]
    return around == ([None], [Kind.QUESTION]) and len(utterances[i].text) <= CALL


def _said_by(utterances: Sequence[Utterance], who: str) -> str:
    return " ".join(one.text for one in utterances if names.key(one.speaker or "") == who)


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
    _led(utterances)


def _led(utterances: Sequence[Utterance]) -> None:
    """A chair who puts a question of some length, which somebody on the panel answers, asks it."""
    asked = False
    # with the first words a chair opens the event
    for one, after in pairwise(utterances[1:]):
        puts = one.kind is Kind.MODERATOR and one.asks and after.speaker not in (None, one.speaker)
        said = one.paragraphs[-1].text
        if puts and after.kind in (Kind.OPENING, Kind.ANSWER) and len(said.split()) >= PUT and not _is_chairing(said):
            one.kind = Kind.QUESTION
        asked = asked or one.kind is Kind.QUESTION
        if asked and after.kind is Kind.OPENING:
            after.kind = Kind.ANSWER
