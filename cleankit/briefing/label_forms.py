"""The forms that labels come in: `NAME:`, `Q  text`, `**NAME** text`, `NAME (00:12)`, `PREGUNTA.-`, `NAME` alone."""

from __future__ import annotations

import re

from cleankit.briefing import names
from cleankit.briefing.blocks import Block
from cleankit.briefing.labels import Label, Says, asks, in_capitals, says
from cleankit.known import known

_ALONE = re.compile(r"^(?P<label>[^:：]{1,80}?)\s*[:：]$")

_RUNNING = re.compile(
    r"^(?P<label>[^:：]{1,60}?)\s*(?::(?=\s)|：|:(?=[\u3040-\u9fff“\"]))\s*(?P<rest>\S.*)$", re.DOTALL
)

# "CHAIR LOVELACE.  Good afternoon": stenographers' records
_STOPPED = re.compile(r"^(?P<label>[A-Z][A-Z’'-]+\.?(?: [A-Z][A-Z’'-]+){1,4})\.\s+(?P<rest>[^\sa-z].*)$", re.DOTALL)

# "Pregunta.- ¿Cuándo?", "P.- ", "Sra. Lovelace.- ": Spanish records
_DASHED = re.compile(
    r"^(?P<label>[^\W\d_][^:：!?¿¡]{0,60}?)\s?\.\s?[-–—]{1,2}\s*(?P<rest>[^\s\d-].*)$",
    re.DOTALL,
)

# the letters of Spanish and Portuguese records: pregunta, respuesta
_LETTERS = {"P": Says.QUESTION, "R": Says.ANSWER}

_Q = re.compile(r"^(?P<label>Q|A)(?:\s?[.:：]\s*|\s+)(?P<rest>[^\s&].*)$", re.DOTALL)

_BRACKETED = re.compile(
    r"^(?:【(?P<a>[^】:：]{1,30})】|[<\[〈(（](?P<b>[^>\]〉)）:：]{1,16})[>\]〉)）])[:：]?\s*(?P<rest>\S.*)?$",
    re.DOTALL,
)

_TIME_CODE = re.compile(r"\s*[\[(]\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?[\])]\s*(?=[:：]|\S)")

# "Ada Lovelace: (00:44)"
_TIME_BEHIND = re.compile(r"^([^:：]{1,60}[:：])\s*[\[(]\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?[\])]\s*")

# "**Ada Lovelace:** …", "**Ada Lovelace** (Poet):", "_Ada Lovelace_:"
_BOLD = re.compile(
    r"^[*_]{1,6}(?P<label>[^*_]{1,80}?)\s*(?P<colon>[:：]?)[*_]{1,6}"
    r"(?P<role>\s*\([^()]{2,60}\))?\s*(?P<after>[:：]?)\s*"
)

# "**Mill Post: Why?**"
_EMPHASIS = re.compile(r"^[*_]{1,6}(?P<text>[^*_:：]{1,60}(?::\s|：).*[^\s*_])[*_]{1,6}$", re.DOTALL)

# "### Ada Lovelace:"
_HEADING = re.compile(r"^#{1,6}\s+(?=.{1,60}[:：]\s*$)")

# "QUESTION - ", "Q - ", "LE PRESIDENT - - ": French records. A long dash goes on from a question that was interrupted.
_SPACED_DASH = re.compile(
    r"^(?P<label>[A-ZÀ-Þ][A-ZÀ-Þ’']*(?: [A-ZÀ-Þ][A-ZÀ-Þ’']*){0,3})\s+[-–](?:\s*[-–])?\s+(?P<rest>\S.*)$", re.DOTALL
)


def read(block: Block) -> Label | None:
    """The label that a paragraph may start with. Whether it is one is for `accepted` to say."""
    return _read(block.text)


@known(512, longest=2000)
def _read(text: str) -> Label | None:
    text = _HEADING.sub("", text)
    if text[:1] in "*_" and (whole := _EMPHASIS.match(text)):
        text = whole["text"]
    if "(" in text[:64] or "[" in text[:64]:
        text = _TIME_BEHIND.sub(r"\1 ", text, count=1).rstrip()
    if text[:1] in "[(" or ("(" in text[:60] and ":" in text[:80]) or "[" in text[:60]:
        head = _TIME_CODE.sub(" ", text[:100], count=1)
        text = re.sub(r"\s+([:：])", r"\1", head.strip(), count=1) + text[100:]
    bracketed = _BRACKETED.match(text)
    if bracketed:
        # 【…】 opens headings too, so it has to come back; of the others only those of a question or an answer
        word = bracketed["a"] or bracketed["b"]
        known = says(word) in (Says.QUESTION, Says.ANSWER, Says.CHAIR)
        known = known or names.is_han_office(word)
        # "[林知远]谢谢。": live pages; a remark in brackets is no name and no outlet
        known = known or (text[0] == "[" and (names.is_han(word) or word.endswith(("记者", "記者")) or "网友" in word))
        return _label(word, bracketed["rest"] or "") if known or bracketed["a"] else None
    bold = _BOLD.match(text)
    if bold and (bold["colon"] or bold["after"]):
        text = f"{bold['label']}{bold['role'] or ''}: {text[bold.end() :]}".strip()
    hit = _ALONE.match(text)
    if hit:
        return _label(hit["label"], "")
    dashed = _SPACED_DASH.match(text)
    if dashed and (len(dashed["label"]) == 1 or says(dashed["label"]) in (Says.QUESTION, Says.PERSON, Says.CHAIR)):
        return _label(dashed["label"], dashed["rest"])
    hit = _GLUED_DASH.match(text)
    if hit and in_capitals(hit["label"]):
        return _label(hit["label"], hit["rest"])
    hit = _Q.match(text)
    if hit:
        # "A" with a blank behind it is the article
        return None if hit["label"] == "A" and text[1].isspace() else _label(hit["label"], hit["rest"])
    hit = _DASHED.match(text)
    if hit and hit["label"] in _LETTERS:
        return Label(hit["label"], hit["rest"], _LETTERS[hit["label"]])
    if hit and len(hit["label"].split()) <= 6 and not re.search(r"[.;]\s+[a-z]", hit["label"]):
        return _label(hit["label"], hit["rest"])
    hit = _RUNNING.match(text) or _STOPPED.match(text)
    return _label(hit["label"], hit["rest"]) if hit else None


# how records in print shorten question and answer: Q and R in French, P and R, D and R, T and J (tanya, jawab) …
_PAIRS = (("Q", "R"), ("P", "R"), ("D", "R"), ("T", "J"), ("S", "C"), ("F", "A"), ("В", "О"), ("K", "V"))


def lettered(found: list[Label | None], said: list[str]) -> list[Label | None]:
    """The labels, with single letters read as question and answer where both of a pair come back and one asks."""
    for asking, answering in _PAIRS:
        questions = [i for i, one in enumerate(found) if one and one.text.strip(".") == asking]
        answers = [i for i, one in enumerate(found) if one and one.text.strip(".") == answering]
        sure = asking == "Q" or sum(asks(said[i]) for i in questions) * 3 >= 2 * len(questions)
        if len(questions) > 1 and len(answers) > 1 and sure:
            for numbers, meaning in ((questions, Says.QUESTION), (answers, Says.ANSWER)):
                for i in numbers:
                    if one := found[i]:
                        found[i] = one._replace(says=meaning)
    return found


# "ADA LOVELACE- Good evening": Turkish records
_GLUED_DASH = re.compile(r"^(?P<label>\S{2,}(?: \S{2,}){0,6})\s?[-–—]{1,2}\s+(?P<rest>[^\W\d].*)$", re.DOTALL)


def initialled(found: list[Label | None]) -> list[Label | None]:
    """The labels, with initials read as the name or the house that an earlier label spells out.

    >>> [one.text for one in initialled([Label(t, "…", Says.UNKNOWN) for t in ("Ada LOVELACE", "MILL TV", "AL", "MT")])]
    ['Ada LOVELACE', 'MILL TV', 'Ada LOVELACE', 'MILL TV']
    """
    meant: dict[str, set[str]] = {}
    spelt: dict[str, Label] = {}
    result: list[Label | None] = []
    for one in found:
        if one and (words := re.split(r"[\s.-]+", names.plain(one.text))) and 2 <= len(words) <= 3:
            meant.setdefault("".join(word[:1] for word in words).upper(), set()).add(one.key)
            spelt.setdefault(one.key, one)
        short = one.text.replace(".", "") if one and one.text.isupper() and one.text.isascii() else ""
        full = meant.get(short, set()) if 2 <= len(short) <= 3 and one and len(one.text.split()) == 1 else set()
        if one and len(full) == 1:
            whole = spelt[next(iter(full))]
            result.append(Label(whole.text, one.rest, whole.says))
        else:
            result.append(one)
    return result


def _label(text: str, rest: str) -> Label | None:
    text = re.sub(
        r"\s*\((?:[a-zа-яёà-ÿ][^()]*|[A-Z]?[a-z]+ [a-z][^()]*)\)$", "", text.strip().strip("*_ ")
    )  # "Question (retranslated)"
    if not re.search(r"[^\W\d_]", text) or len(text.split()) > 10:
        return None
    return Label(text, rest, says(text))
