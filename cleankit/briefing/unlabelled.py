"""Interviews that label nobody: a line asks, and what stands below it answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from cleankit.briefing import labels
from cleankit.briefing.blocks import Block
from cleankit.briefing.labels import Label, Says
from cleankit.lazy import expression

# So many questions are no figure of speech any more, and of the lines that stand where questions do so many ask.
LEAST, ASKING = 4, 0.6
# Where nothing but the question mark tells, a question is no longer than this, and a page says that it is an interview.
LONGEST, LONGEST_HAN, SAID = 120, 160, 30
LEAST_ALONE = 5
FIRST_PERSON, OWN_QUESTIONS = 0.4, 0.3
HEAD = 8  # paragraphs that may call the page an interview

_ENUMERATED = expression(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?[.、．)）]\s*")
_MARK = expression(r"^[*•▪■►–—-]{1,2}\s+(?=\S)")
_DASH = expression(r"^[-–—]\s+(?=[^\s\d])")
_INTERVIEW = expression(
    r"(?i)\b(?:interview\w*|q ?& ?a|(?:press|news|media) (?:conference|briefing|session)|faced the (?:media|press)|"
    r"(?:sat|sits) down with|(?:talk|spoke|speak)s? (?:to|with)|in conversation|take your questions|"
    r"answers? (?:to )?questions|"
    r"entretien|entrevista|gespräch|wawancara|bincang|röportaj|söyleşi|konuştu\w*|sorularını|intervista|interviu|"
    r"invitée?s? de)\b|интервью|беседа|"
    r"专访|專訪|采访|採訪|访谈|訪談|对话|對話|インタビュー|인터뷰"
)
_I = expression(
    r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|me|[Ii]ch|mir|mich|[Jj]e|[Jj]['’]\w+|moi|[Yy]o|[Mm]i|[Cc]reo|[Ss]aya|aku|[Bb]en(?:im|i)?|"
    r"\w+(?:yorum|d[ıiuü]m|t[ıiuü]m|r[ıiuü]m))\b|我(?!们|們|国|國)|私は|저는"
)
_WE = expression(
    r"\b(?:[Ww]e|[Oo]urs?|us|[Ww]ir|uns|[Nn]ous|[Nn]osotros|[Nn]uestr\w+|[Kk]ami|[Kk]ita|[Bb]iz(?:im|e)?|\w+(?:yoruz|d[ıiuü]k))\b|"
    r"我们|我們|私たち|우리"
)
_OWN = expression(r"\b(?:I|my|ich|mein|je|mon|yo|mi|saya)\b")
_A_QUESTION = expression(
    r"(?i)\b(?:(?:my|a|one|two|three|another|second|quick) (?:\w+ )?questions?|frage|une question|pregunta|"
    r"pertanyaan)\b"
)
# "… and that was not discussed. Pedro?"
_HANDS_OVER = expression(r"[.!]\s+[^\s?]{2,20}(?:\s[^\s?]{2,20})?\?$")


# what calls itself a list of frequent questions
_FAQ = expression(
    r"(?i)(?:\w+ ){0,4}(?:frequently asked questions|häufig(?:e| gestellte) fragen|foire aux questions|"
    r"questions fréquentes|"
    r"preguntas frecuentes|perguntas frequentes|domande frequenti|pertanyaan umum|s[ıi]kça sorulan sorular|常见问题|"
    r"常見問題|よくある(?:ご)?質問|faqs?)(?:\s?[(（:–-].*)?"
)
ABOVE = 3  # paragraphs above the first question


class _Pair(NamedTuple):
    """The number of a question's block, its text, and the first block of what answers it."""

    number: int
    text: str
    answer: int


def read(blocks: Sequence[Block]) -> dict[int, Label]:
    """Labels for the blocks that ask and those with which an answer begins; none where the page is no interview."""
    for find in (_marked, _dashed, _grouped, _alternating):
        pairs = find(blocks)
        if len(pairs) >= LEAST and (find is _dashed or _is_interview(blocks, pairs)):
            asked = {pair.number: Label("Q", pair.text, Says.QUESTION) for pair in pairs}
            said = {pair.answer: _DASH.sub("", blocks[pair.answer].text) for pair in pairs}
            return asked | {i: Label("A", text, Says.ANSWER) for i, text in said.items()}
    return {}


def is_faq(blocks: Sequence[Block], first: int) -> bool:
    """Whether a list of frequent questions begins with a paragraph, which nobody asks and nobody answers."""
    return any(_FAQ.fullmatch(block.text) for block in blocks[max(0, first - ABOVE) : first])


def before_answers(blocks: Sequence[Block], found: Sequence[Label | None]) -> dict[int, Label]:
    """Labels for paragraphs that ask right above the answers of the only one who has a label."""
    said = [i for i, label in enumerate(found) if label and label.rest and label.key]
    voices = Counter(label.key for i in said if (label := found[i]))
    voice, times = voices.most_common(1)[0] if voices else ("", 0)
    if times < LEAST:
        return {}
    answers = [i for i in said if (label := found[i]) and label.key == voice]
    asking = [i - 1 for i in answers if i and found[i - 1] is None]
    sure = sum(labels.asks(blocks[i].text) for i in asking)
    if len(asking) < LEAST or sure < ASKING * len(asking) or times < ASKING * len(said):
        return {}
    asked = {i: Label("Q", _ENUMERATED.sub("", blocks[i].text), Says.QUESTION) for i in asking}
    return asked | {i: label for i in answers if (label := found[i])}


def above_labels(blocks: Sequence[Block], found: Sequence[Label | None], numbers: set[int]) -> dict[int, Label]:
    """Labels for paragraphs that ask right above a label, where several people answer and none of them asks."""
    named = [label for i in numbers if (label := found[i])]
    if any(label.rest or label.says not in (Says.PERSON, Says.UNKNOWN) for label in named):
        return {}
    above = [i - 1 for i in sorted(numbers) if i and i - 1 not in numbers and found[i - 1] is None]
    # right below a label it would be what that one says
    asking = [i for i in above if i - 1 not in numbers and _asks(blocks[i])]
    if len(asking) < LEAST or any(i in numbers and labels.asks(blocks[i + 1].text) for i in range(len(blocks) - 1)):
        return {}
    return {i: Label("Q", blocks[i].text, Says.QUESTION) for i in asking}


def _marked(blocks: Sequence[Block]) -> list[_Pair]:
    """`* Why?` and below it the answer."""
    marks = {i: blocks[i].text[hit.end() :] for i in range(len(blocks)) if (hit := _MARK.match(blocks[i].text))}
    found = [_Pair(i, text, i + 1) for i, text in marks.items() if i + 1 < len(blocks) and i + 1 not in marks]
    asking = sum(labels.asks(pair.text) for pair in found)
    return found if asking >= ASKING * max(len(marks), 1) else []


def _dashed(blocks: Sequence[Block]) -> list[_Pair]:
    """`- Why?` and below it `- For the rain.`: two voices by turns, each with a dash before its first paragraph."""
    dashed = [i for i, block in enumerate(blocks) if _DASH.match(block.text)]
    asking = [labels.asks(blocks[i].text) for i in dashed]
    first = next((n for n, asks in enumerate(asking) if asks), 0)
    asked, answered = asking[first::2], asking[first + 1 :: 2]
    if len(answered) < LEAST or sum(asked) < ASKING * len(asked) or sum(answered) > len(answered) * OWN_QUESTIONS:
        return []
    pairs = zip(dashed[first::2], dashed[first + 1 :: 2], strict=False)
    return [_Pair(i, _DASH.sub("", blocks[i].text), answer) for i, answer in pairs]


def _grouped(blocks: Sequence[Block]) -> list[_Pair]:
    """The first line of each group asks, the lines right below it answer."""
    heads = [i for i in range(len(blocks) - 1) if not blocks[i].glued and blocks[i + 1].glued]
    asking = [i for i in heads if _asks(blocks[i])]
    if not asking:
        return []
    within = [i for i in heads if asking[0] <= i <= asking[-1]]
    # some only say something, to be answered
    if len(asking) < ASKING * len(within) or any(len(blocks[i].text.split()) > SAID for i in {*within} - {*asking}):
        return []
    return [_Pair(i, blocks[i].text, i + 1) for i in within]


def _alternating(blocks: Sequence[Block]) -> list[_Pair]:
    """Some paragraphs ask, others do not; nothing else sets them apart."""
    asking = [_asks(block) or _asks_within(block) for block in blocks]
    found = [_Pair(i, blocks[i].text, i + 1) for i in range(len(blocks) - 1) if asking[i] and not asking[i + 1]]
    if len(found) < LEAST_ALONE or not any(_INTERVIEW.search(block.text) for block in _head(blocks, found)):
        return []
    return found


def _head(blocks: Sequence[Block], pairs: Sequence[_Pair]) -> Sequence[Block]:
    first = pairs[0].number
    return (*blocks[: min(first, HEAD)], *blocks[max(first - 2, 0) : first])


def _asks(block: Block) -> bool:
    text = block.text
    if len(text.split()) > LONGEST or (len(text) > LONGEST_HAN and " " not in text[:40]):
        return False
    return labels.asks(text) and not _HANDS_OVER.search(text[-60:])


def _asks_within(block: Block) -> bool:
    """Whether a paragraph speaks of its question and goes on behind the mark."""
    return "?" in block.text and len(block.text.split()) <= LONGEST and bool(_A_QUESTION.search(block.text))


def _is_interview(blocks: Sequence[Block], pairs: Sequence[_Pair]) -> bool:
    """Whether somebody answers for themselves: a list of frequent questions asks in the first person instead."""
    ends = [pair.number for pair in pairs[1:]] + [len(blocks)]
    spoken = [" ".join(one.text for one in blocks[pair.answer : end]) for pair, end in zip(pairs, ends, strict=True)]
    least = FIRST_PERSON * len(pairs)
    if any(_INTERVIEW.search(block.text) for block in _head(blocks, pairs)):
        return sum(bool(_I.search(text) or _WE.search(text)) for text in spoken) > least
    own = sum(_OWN.search(pair.text) is not None for pair in pairs)
    return own <= OWN_QUESTIONS * len(pairs) and sum(_I.search(text) is not None for text in spoken) > least
