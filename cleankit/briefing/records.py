"""Labels that only the whole record shows, for no colon follows: `Question Why?`, `The President. Well, thank you.`"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cleankit.briefing import labels, names, transcript
from cleankit.briefing.blocks import Block
from cleankit.briefing.labels import Label, Says

LEAST_CALLED = LEAST_WORDED = 3

# "President Lovelace. Well, thank you.", "The Chair. I call …", "Mme Ada Lovelace, présidente du moulin. Mesdames …"
_CALLED = re.compile(
    r"^(?P<label>(?P<head>(?:(?:The|Le|La|MM?|Mme|Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Hon)\.? )?"
    r"(?:(?:le|la) (?:[a-zà-ÿ-]+ ){1,2})?(?:[A-ZÀ-Þ][\w’'-]+ ){0,5}?[A-ZÀ-Þ][\w’'-]+)"
    r"(?:, [^.:?!]{3,140}| \([^()]{1,30}\))?)\.\s+(?P<rest>[A-ZÀ-Þ“\"«\[(].*)$",
    re.DOTALL,
)

# "M. le président Ada Lovelace"
_HELD = re.compile(r"(?:M|Mme)\.? (?:le|la) (?P<office>[a-zà-ÿ-]+) (?P<name>[A-ZÀ-Þ].+)")

# "Question Does it rain?", "Question (Mill Post) Why?", "QuestionWhy?"
_WORDED = re.compile(
    r"^(?P<word>Question|Answer|Frage|Antwort|Réponse|Pregunta|Respuesta|Pergunta|Resposta|Domanda|Risposta|Soru|Cevap|"
    r"Pertanyaan|Jawaban|Вопрос|Ответ|Запитання|Відповідь|Pytanie|Odpowiedź)(?P<who> \([^()]{2,40}\))?\s*"
    r"(?P<rest>[A-ZÀ-ÞА-ЯЁІЇЄ“\"«¿].+)$",
    re.DOTALL,
)
# "Q 米勒新聞" and "A 知事" alone on their lines
_BEFORE_NAME = re.compile(r"^(?P<word>Q|A|問|答)[\s　](?P<who>[^\s\d].{0,30})$")


def read(found: list[Label | None], blocks: Sequence[Block]) -> list[Label | None]:
    """The labels, with those of the record's own form, where it has one."""
    return _beside_names(_worded(called(found, blocks), blocks), blocks)


def _worded(found: list[Label | None], blocks: Sequence[Block]) -> list[Label | None]:
    hits = {i: hit for i, one in enumerate(blocks) if found[i] is None and (hit := _WORDED.match(one.text))}
    times = Counter(labels.says(hit["word"]) for hit in hits.values())
    if min(times[Says.QUESTION], times[Says.ANSWER]) < LEAST_WORDED:
        return found
    return [
        Label(hits[i]["word"] + (hits[i]["who"] or ""), hits[i]["rest"], labels.says(hits[i]["word"]))
        if i in hits
        else one
        for i, one in enumerate(found)
    ]


def _beside_names(found: list[Label | None], blocks: Sequence[Block]) -> list[Label | None]:
    hits = {
        i: hit
        for i, one in enumerate(blocks)
        if (hit := _BEFORE_NAME.match(one.text))
        and transcript.is_said(blocks, i + 1)
        and not transcript.is_speech(one.text)
    }
    asking = [i for i, hit in hits.items() if hit["word"] in "Q問"]
    if min(len(asking), len(hits) - len(asking)) < LEAST_WORDED:
        return found
    named = {i: Label(hit["who"], "", Says.OUTLET if i in asking else Says.PERSON) for i, hit in hits.items()}
    return [named.get(i, one) for i, one in enumerate(found)]


def called(found: list[Label | None], blocks: Sequence[Block]) -> list[Label | None]:
    """The labels, with those of records that call speakers by office and name and end that with a full stop.

    Elsewhere people are addressed like this: some have to come back, and nobody else but who asks has a label.
    """
    hits = {i: hit for i, one in enumerate(blocks) if found[i] is None and (hit := _CALLED.match(one.text))}
    hits = {i: hit for i, hit in hits.items() if _is_called(hit["head"])}
    times = Counter(names.key(hit["head"]) for hit in hits.values())
    again = sum(times[names.key(hit["head"])] > 1 for hit in hits.values())
    others = sum(label is not None and bool(label.rest) and label.says is not Says.QUESTION for label in found)
    if again < LEAST_CALLED or 2 * others > len(hits):
        return found
    return [_called(hits[i]) if i in hits else label for i, label in enumerate(found)]


def _called(hit: re.Match[str]) -> Label:
    if held := _HELD.fullmatch(hit["label"]):
        leads = held["office"].casefold() in ("président", "présidente")
        text = held["name"] if leads else f"{held['name']}, {held['office']}"
        return Label(text, hit["rest"], Says.CHAIR if leads else Says.PERSON)
    return Label(hit["label"], hit["rest"], Says.PERSON)


def _is_called(head: str) -> bool:
    """Whether somebody is called by an office or Mr. and Mrs., and not only by a name."""
    words = [word for word in head.split() if word.casefold() not in ("the", "le", "la")]
    if names.HONORIFIC.fullmatch(f"{head}. "):  # "Mr. Babbage has said"
        return False
    return bool(words) and (names.HONORIFIC.match(f"{head} ") is not None or words[0].casefold() in names.TITLES)
