"""Labels alone on a line, without a colon: `JOURNALISTE`, `Frage`, `Brandt (BMVI)`, `水利部副部长 林知远`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cleankit.briefing import han_roles, label_forms, labels, names, records, roles, standing, transcript
from cleankit.briefing.blocks import Block
from cleankit.briefing.labels import Label, Says

LONGEST, MOST_WORDS = 60, 6
# of such lines in a page, for one of them may be anything
LEAST = 3
INITIALS, INTRODUCTION = 4, 8  # letters; paragraphs in which people are introduced
_NAME_AND_HOUSE = re.compile(
    r"(?P<name>[A-ZÄÖÜ][\w.'’-]+(?: [A-ZÄÖÜ][\w.'’-]+){0,3})(?P<house> \([A-ZÄÖÜ][A-Za-zÄÖÜäöü .&-]{1,24}\))"
)
# "〇知事", "●記者": Japanese records
_MARKED = re.compile(
    r"[〇○◯●◆■]\s?(?P<who>[\u3040-\u30ff\u4e00-\u9fffA-Z]{2,14}(?:（[\u3040-\u30ff\u4e00-\u9fffA-Z・]{2,20}）)?)"
)
# "Ada Lovelace", "Ada Lovelace -- Chief Engineer", "Ada Lovelace, Mill Bank"
_NAMED = re.compile(r"(?P<name>[^\W\d_][\w.'’ -]{3,38}?)(?:(?:,| --| –| —| -) (?P<post>[^.!?]{2,90}))?")
LONGEST_NAMED, LEAST_NAMES, LEAST_ASKED = 130, 5, 2
_HAN_OUTLET = re.compile(r"[\u4e00-\u9fffA-Za-z·]{2,16}[记記]者")


def read(blocks: Sequence[Block]) -> list[Label | None]:
    """The label that each block may open with, those without a colon too where somebody asks and somebody answers."""
    found = records.read([label_forms.read(block) for block in blocks], blocks)
    dashed = {i: label for i, block in enumerate(blocks) if found[i] is None and (label := label_forms.dashed(block))}
    if sum(label.says is Says.QUESTION for label in dashed.values()) >= LEAST_ASKED:
        found = [label or dashed.get(i) for i, label in enumerate(found)]
    below = [*(block.text for block in blocks[1:]), ""]
    alone = {i: label for i, block in enumerate(blocks) if found[i] is None and (label := _label(block.text))}
    # "MEDIA" in a menu has no sentence under it
    bare = {i: label for i, label in alone.items() if transcript.is_said(blocks, i + 1)}
    titled = {line.name for label in bare.values() if (line := han_roles.titled(label.text))}
    again = Counter(label.key for label in bare.values())
    # names alone head columns and lists, too: they come back, or a fuller label has them
    bare = {
        i: label
        for i, label in bare.items()
        if label.says is not Says.UNKNOWN
        or label.text in titled
        or (again[label.key] > 1 and (label.text.isupper() or _MARKED.fullmatch(blocks[i].text)))
    }
    asks = any(
        label.says in (Says.QUESTION, Says.OUTLET) or (label.says is Says.UNKNOWN and labels.asks(below[i]))
        for i, label in bare.items()
    )
    housed = any("(" in label.text for label in bare.values())
    if asks and len({label.key for label in bare.values()}) > 1 and (housed or len(bare) >= LEAST):
        # what is said under one of them may be cut off
        known = {label.text for label in bare.values()}
        bare |= {
            i: label for i, label in alone.items() if label.text in known and i > min(bare) and i + 1 < len(blocks)
        }
        found = [label or bare.get(i) for i, label in enumerate(found)]
    found = standing.read(blocks, _with_names(blocks, found))
    found = label_forms.initialled(label_forms.by_key(label_forms.shortened(found)))
    found = _without_articles([_spelt_out(label, blocks) for label in found])
    return label_forms.lettered(found, [label.rest or below[i] if label else "" for i, label in enumerate(found)])


def _with_names(blocks: Sequence[Block], found: list[Label | None]) -> list[Label | None]:
    """The labels, with those that are a name alone, `Ada Lovelace` or `Ada Lovelace -- Engineer`, in small letters.

    Such lines head columns and comments as well: some have to come back, speech has to stand under them, and somebody
    has to ask.
    """
    short = [i for i, block in enumerate(blocks[:-1]) if found[i] is None and len(block.text) <= LONGEST_NAMED]
    alone = {i: hit for i in short if (hit := _NAMED.fullmatch(blocks[i].text))}
    alone = {i: hit for i, hit in alone.items() if names.is_name(hit["name"], most=4) and not hit["name"].isupper()}
    # of names right below one another only the last can have speech under it
    alone = {i: hit for i, hit in alone.items() if i + 1 not in alone}
    spoken = {i: hit["name"] for i, hit in alone.items() if transcript.is_said(blocks, i + 1)}
    words = {i: label for i in short if (label := _word(blocks[i].text)) and transcript.is_said(blocks, i + 1)}
    if words and sum(label is not None and label.alone for label in found) >= LEAST_NAMES:
        found = [label or words.get(i) for i, label in enumerate(found)]
    times = Counter(spoken.values())
    sure = sorted((*words, *(i for i, name in spoken.items() if times[name] > 1)))
    voices = len({spoken.get(i) for i in sure})
    if len(sure) < LEAST_NAMES or voices < 2 or sum(labels.asks(blocks[i + 1].text) for i in sure) < LEAST_ASKED:
        return found
    told = {
        i: Label(blocks[i].text, "", Says.PERSON)
        for i, hit in alone.items()
        if sure[0] <= i <= sure[-1] + 2 and (times[hit["name"]] > 1 or i in spoken)
    }
    return [label or words.get(i) or told.get(i) for i, label in enumerate(found)]


def _without_articles(found: list[Label | None]) -> list[Label | None]:
    """The labels, `The Mill:` as `Mill:` where a house calls itself that from then on."""
    texts = {label.text for label in found if label}
    return [
        label._replace(text=label.text[4:])
        if label and label.text[:4] in ("The ", "THE ") and label.text[4:] in texts
        else label
        for label in found
    ]


def _word(text: str) -> Label | None:
    """`Operator`, `Facilitator`, `Journalist` alone."""
    if len(text) < 2 or not labels.says_word(text):
        return None
    meaning = labels.says(text)
    return Label(text, "", meaning) if meaning in (Says.CHAIR, Says.QUESTION) else None


def _spelt_out(label: Label | None, blocks: Sequence[Block]) -> Label | None:
    """A label of initials as the name that the first words give: `AL`, and above it "My name is Ada Lovelace"."""
    if label is None or not label.text.isupper() or len(label.text) > INITIALS or label.says is not Says.UNKNOWN:
        return label
    full = roles.with_initials(" ".join(block.text for block in blocks[:INTRODUCTION]), label.text)
    return label._replace(text=full.name) if full else label


def _label(text: str) -> Label | None:
    """What a line alone may say: a word for who asks, an office, a name, an office and a name, a name and a house."""
    if _HAN_OUTLET.fullmatch(text):
        return Label(text, "", Says.OUTLET)
    if marked := _MARKED.fullmatch(text):
        meaning = labels.says(marked["who"])
        return Label(marked["who"], "", Says.PERSON if han_roles.is_office(marked["who"]) else meaning)
    if han_roles.titled(text) and re.search(r"\s", text):
        return Label(text, "", Says.PERSON)
    if names.is_han(text):
        return Label(text, "", Says.UNKNOWN)
    if len(text) > LONGEST or len(text.split()) > MOST_WORDS or not (text[-1:].isalpha() or text.endswith(")")):
        return None
    meaning = labels.says(text)
    if meaning is Says.QUESTION:
        return Label(text, "", meaning) if labels.says_word(text) and text[:1].isupper() and len(text) > 1 else None
    if _NAME_AND_HOUSE.fullmatch(text):
        return Label(text, "", Says.PERSON)
    halves = labels.two_parts(text)
    if halves and labels.in_office(halves[0].split()[0]) and names.is_name(halves[1]):
        return Label(text, "", Says.PERSON)
    words = [word for word in text.split() if word.casefold() not in ("the", "le", "la", "el")]
    offices = [names.is_office(word) for word in words]
    titled = bool(words) and any(word.casefold() in names.TITLES for word in words)
    if titled and offices[0] and (all(offices) or names.is_name(" ".join(words[sum(offices) :]), least=1)):
        return Label(text, "", Says.PERSON)
    if labels.in_capitals(text) and names.is_name(text) and not any(offices):
        return Label(text, "", Says.UNKNOWN)
    return None
