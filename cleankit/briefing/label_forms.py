"""The forms that labels come in: `NAME:`, `Q  text`, `**NAME** text`, `NAME (00:12)`, `PREGUNTA.-`, `NAME` alone."""

from __future__ import annotations

import re
from collections import Counter

from cleankit.briefing import names
from cleankit.briefing.blocks import Block
from cleankit.briefing.labels import Label, Says, asks, in_capitals, in_office, is_outlet, says, says_word, two_parts
from cleankit.known import known

_ALONE = re.compile(r"^(?P<label>[^:：]{1,80}?)\s*[:：]$")

# "Ada Lovelace (Senior Managing Director, General Manager of the Looms Division):"
_WITH_OFFICE = re.compile(r"^(?P<label>(?P<name>[^():：,]{3,40}) \((?P<office>[^()]{10,160})\))\s*[:：]$")

_RUNNING = re.compile(
    r"^(?P<label>[^:：]{1,60}?)\s*(?::(?=\s)|：|:(?=[\u3040-\u9fff“\"A-ZÀ-ÞĞİŞ]))\s*(?P<rest>\S.*)$", re.DOTALL
)

# "COORDINATOR OF THE LOOMS AT THE GREAT MILL OF THE NORTH, ADA LOVELACE: Good morning"
_CAPITALS = re.compile(r"^(?P<label>[A-ZÀ-ÞĞİŞ][A-ZÀ-ÞĞİŞ,.'’ -]{40,110}?)\s*:\s+(?P<rest>\S.*)$", re.DOTALL)

# "CHAIR LOVELACE.  Good afternoon": stenographers' records
_STOPPED = re.compile(r"^(?P<label>[A-Z][A-Z’'-]+\.?(?: [A-Z][A-Z’'-]+){1,4})\.\s+(?P<rest>[^\sa-z].*)$", re.DOTALL)

# "ADA LOVELACE, HEAD OF THE MILL "It rains.""
_QUOTED = re.compile(
    r"^(?P<label>[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ.'’-]*){1,4}(?:, [A-ZÀ-Þ][^\"“”a-zà-ÿ]{2,90})?)\s+"
    r"(?P<rest>[\"“].+)$",
    re.DOTALL,
)

# "Pregunta.- ¿Cuándo?", "P.- ", "Sra. Lovelace.- ": Spanish records
_DASHED = re.compile(
    r"^(?P<label>[^\W\d_][^:：!?¿¡]{0,60}?)\s?(?:\.\s?[-–—]{1,2}|[-–—]\.)\s*(?P<rest>[^\s\d-].*)$",
    re.DOTALL,
)

# the letters of Spanish and Portuguese records: pregunta, respuesta
_LETTERS = {"P": Says.QUESTION, "R": Says.ANSWER}

_Q = re.compile(r"^(?P<label>Q|A)(?:\s?[.:：]{1,2}\s*(?:[-–—]\s*)?|\s+)(?P<rest>[^\s&\d].*)$", re.DOTALL)

# "Q1. Why?", "A 1" and "Q." alone
_NUMBERED = re.compile(r"^(?P<label>Q|A)(?:\s?\d{1,2}|(?=[.:]$))(?:\s?[.:：)]\s*(?P<rest>\S.*)?)?$", re.DOTALL)

# "問)" and "答)" alone or before the words
_HAN_LETTER = re.compile(r"^(?P<label>[問问答])\s?[)）]\s*(?P<rest>\S.*)?$", re.DOTALL)

LONGEST_HAN = 6  # signs of a name
_BRACKETED = re.compile(
    r"^(?:【(?P<a>[^】:：]{1,30})】|[<\[〈(（](?P<b>[^>\]〉)）:：]{1,30})[>\]〉)）])[:：]?\s*(?P<rest>\S.*)?$",
    re.DOTALL,
)

# "(Ada Lovelace, Mill Post): Why?"
_BY_REPORTER = re.compile(r"^[(（](?P<who>[^()（）:：]{5,60})[)）]\s*[:：]?\s*(?P<rest>\S.*)$", re.DOTALL)

# "二、橋何時通車？（米勒報林知遠小姐）": who asked stands behind
_SIGNED_HAN = re.compile(
    r"^[一二三四五六七八九十]{1,3}、(?P<rest>[^（）]{6,600}[？?。])\s*[（(](?P<house>[^（()）]{1,12}?(?:社|[報报]|[台臺]|[網网]|[電电][視视]|新[聞闻]|[週周]刊|"
    r"[廣广]播|[A-Za-z]{2,12}))(?P<name>[\u4e00-\u9fff]{2,4}?)?(?:先生|小姐|女士|[記记]者)?[)）]$",
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

# ">>ADA LOVELACE: …" in live captions
_ARROWS = re.compile(r"^>{2,3}\s*(?=[^\W\d_])")

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
    if text[:1] in "#>":
        text = _ARROWS.sub("", _HEADING.sub("", text))
    if text[:1] in "*_" and (whole := _EMPHASIS.match(text)):
        text = whole["text"]
    if "(" in text[:64] or "[" in text[:64]:
        text = _TIME_BEHIND.sub(r"\1 ", text, count=1).rstrip()
    if text[:1] in "[(" or ("(" in text[:60] and ":" in text[:80]) or "[" in text[:60]:
        head = _TIME_CODE.sub(" ", text[:100], count=1)
        text = re.sub(r"\s+([:：])", r"\1", head.strip(), count=1) + text[100:]
    if text[:1] == "(" and (asked := _BY_REPORTER.match(text)) and of_two(asked["who"]):
        return Label(asked["who"], asked["rest"], Says.OUTLET)
    if text[-1:] in ")）" and (hit := _SIGNED_HAN.match(text)):
        return Label(f"{hit['house']}記者{hit['name'] or ''}", hit["rest"], Says.OUTLET)
    bracketed = _BRACKETED.match(text)
    if bracketed:
        # 【…】 opens headings too, so it has to come back; of the others only those of a question or an answer
        word = bracketed["a"] or bracketed["b"]
        known = says(word) in (Says.QUESTION, Says.ANSWER, Says.CHAIR)
        known = known or names.is_han_office(word)
        # "[林知远]谢谢。": live pages; a remark in brackets is no name and no outlet
        known = known or (text[0] == "[" and (names.is_han(word) or word.endswith(("记者", "記者")) or "网友" in word))
        # alone on its line a longer one is a heading
        told = says(word) is not Says.UNKNOWN
        heads = not (known or told) and bool(bracketed["a"]) and not bracketed["rest"] and len(word) > LONGEST_HAN
        return _label(word, bracketed["rest"] or "") if known or (bracketed["a"] and not heads) else None
    bold = _BOLD.match(text)
    if bold and (bold["colon"] or bold["after"]):
        text = f"{bold['label']}{bold['role'] or ''}: {text[bold.end() :]}".strip()
    if (hit := _WITH_OFFICE.match(text)) and names.is_name(hit["name"], least=1):
        return Label(hit["label"], "", Says.PERSON if names.is_office(hit["office"].split()[-1]) else Says.UNKNOWN)
    hit = _ALONE.match(text)
    if hit:
        return _label(hit["label"], "")
    dashed = _SPACED_DASH.match(text)
    if dashed and (len(dashed["label"]) == 1 or says(dashed["label"]) in (Says.QUESTION, Says.PERSON, Says.CHAIR)):
        return _label(dashed["label"], dashed["rest"])
    hit = _GLUED_DASH.match(text)
    if hit and in_capitals(hit["label"]):
        return _label(hit["label"], hit["rest"])
    if hit := _NUMBERED.match(text) or _HAN_LETTER.match(text):
        return _label(hit["label"], hit["rest"] or "")
    hit = _Q.match(text)
    if hit:
        # "A" with a blank behind it is the article
        return None if hit["label"] == "A" and text[1].isspace() else _label(hit["label"], hit["rest"])
    hit = _DASHED.match(text)
    if hit and hit["label"] in _LETTERS:
        return Label(hit["label"], hit["rest"], _LETTERS[hit["label"]])
    if hit and len(hit["label"].split()) <= 6 and not re.search(r"[.;]\s+[a-z]", hit["label"]):
        return _label(hit["label"], hit["rest"])
    hit = _RUNNING.match(text) or _STOPPED.match(text) or _CAPITALS.match(text) or _QUOTED.match(text)
    return _label(hit["label"], hit["rest"]) if hit else None


# "Jornalista (Ada Lovelace, Rede Moinho) – Quem paga?", "Ministra Ada Lovelace – O Estado."
_LONG_DASH = re.compile(r"^(?P<label>[^:：.!?–—]{3,90}?)\s[–—]\s(?P<rest>[^\s\d].*)$", re.DOTALL)


def dashed(block: Block) -> Label | None:
    """The label that a dash may set off. Prose has such dashes, too: where nobody asks so it is none."""
    hit = _LONG_DASH.match(block.text)
    if not hit:
        return None
    label, halves = _label(hit["label"], hit["rest"]), two_parts(hit["label"])
    is_person = names.is_name(halves[0] if halves else hit["label"])
    return label if is_person or (label and label.says is not Says.UNKNOWN) else None


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


# "林知远（以下简称“林”）："
_SHORTENED = re.compile(
    r"^(?P<who>[^()（）]{2,40}?)\s*[(（][^()（）“\"「‘]{0,20}[“\"「‘](?P<short>[^()（）”\"」’]{1,20})[”\"」’][)）]$"
)


def shortened(found: list[Label | None]) -> list[Label | None]:
    """The labels, with the short form that a first one sets for those behind it read as the name it stands for.

    >>> [one and one.text for one in shortened([Label(t, "…", Says.UNKNOWN) for t in ("林知远（以下简称“林”）", "林")])]
    ['林知远', '林知远']
    """
    meant: dict[str, str] = {}
    for one in found:
        if one and one.text[-1] in ")）" and (hit := _SHORTENED.match(one.text)):
            meant[hit["short"]] = meant[one.text] = hit["who"]
    return [_label(meant[one.text], one.rest) if one and one.text in meant else one for one in found]


# "ADA LOVELACE- Good evening": Turkish records
_GLUED_DASH = re.compile(r"^(?P<label>\S{2,}(?: \S{2,}){0,6}(?<!\.))\s?[-–—]{1,2}\s+(?P<rest>[^\W\d].*)$", re.DOTALL)


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


# "Question (retranslated)", "记者（线上提问）"
_REMARK = re.compile(
    r"\s*\((?:[a-zа-яёà-ÿ][^()]*|[A-Z]?[a-z]+ [a-z][^()]*)\)$|\s*[(（][^()（）]*(?:提问|提問|线上|線上|连线|連線|视频|"
    r"書面|"
    r"书面)[^()（）]*[)）]$"
)
_SENTENCE_IN = re.compile(r"[^\W\d_]{5,}[.!?] [^\W\d_]")

_QUESTION_NUMBER = re.compile(
    r"^(?:Q\.?\s?\d{1,3}\.?\s+|(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?[.、．)）]\s*)(?=[^\W\d])"
)

# "部長答：", "米勒社記者林知遠問：", "壹、主任秘書致詞："
_HAN_SAYS = re.compile(
    r"^(?:[壹貳參肆伍一二三四五六七八九十]{1,2}、|※)?(?P<who>[\u4e00-\u9fff·A-Za-z（）()]{2,40}?)(?:答[詢询覆复]?|[問问]|致[詞词辞]|[報报]告|[說说]明|發言|发言)$"
)

# "Question 1: Ada Lovelace, Mill Post: Why?", "Q: (Mill Post) Why?"
_WITHIN = re.compile(r"^(?P<who>[^:：?!]{2,60}?)\s?[:：]\s*(?P<rest>\S.*)$", re.DOTALL)
_BESIDE = re.compile(r"^[(\[（](?P<who>[^()\[\]（）]{2,50})[)\]）]\s*(?:[:：,]?\s*(?P<rest>\S.*))?$", re.DOTALL)


def of_two(text: str) -> bool:
    """Whether a remark is a name and a house, and not the place or the manner of what is said."""
    halves = two_parts(text)
    if not halves or not names.is_name(halves[0]):
        return False
    return is_outlet(halves[1]) or (halves[1][:1].isupper() and not in_office(halves[1]))


def by_key(found: list[Label | None]) -> list[Label | None]:
    """The labels, with initials read as a key above the text spells them out; the key's own lines open no turn.

    >>> pairs = [("AL", "Ada Lovelace"), ("MS", "Mary Somerville"), ("AL", "Good morning, all."), ("MS", "Hello, Ada.")]
    >>> [one and one.text for one in by_key([Label(text, rest, Says.UNKNOWN) for text, rest in pairs])]
    [None, None, 'Ada Lovelace', 'Mary Somerville']
    """
    times = Counter(one.text for one in found if one)
    key: dict[str, Label] = {}
    lines: set[int] = set()
    for i, one in enumerate(found):
        is_code = one is not None and one.text.isupper() and 2 <= len(one.text) <= 4 and times[one.text] > 1
        if one and is_code and one.text not in key and names.is_name(one.rest, least=1) and len(one.rest) <= 60:
            key[one.text] = Label(one.rest, "", Says.PERSON)
            lines.add(i)
    if len(key) < 2:
        return found
    return [
        None if i in lines else key[one.text]._replace(rest=one.rest) if one and one.text in key else one
        for i, one in enumerate(found)
    ]


def _label(text: str, rest: str) -> Label | None:
    text = _REMARK.sub("", text.strip().strip("*_ "))
    # "Q4 Mr Lovelace:" in minutes of evidence, "4.问："
    if (numbered := _QUESTION_NUMBER.match(text)) and (who := text[numbered.end() :]):
        if text[0] == "Q" and (names.HONORIFIC.match(who) or names.is_name(who) or in_office(who)):
            return Label(f"Q ({who})", rest, Says.QUESTION)
        if says_word(who):
            text = who
    if (
        not re.search(r"[^\W\d_]", text)
        or "|" in text
        or len(text.split()) > (16 if text.isupper() else 10)
        or _SENTENCE_IN.search(names.plain(text))
    ):
        return None
    if (han := _HAN_SAYS.match(text)) and not says_word(text):
        text = han["who"]
    meaning = says(text)
    if meaning is Says.QUESTION and says_word(text) and (within := _WITHIN.match(rest) or _BESIDE.match(rest)):
        who = within["who"]
        if is_outlet(who) or of_two(who):
            return Label(f"{text} ({who})", within["rest"] or "", meaning)
    return Label(text, rest, meaning)
