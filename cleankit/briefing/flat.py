"""Transcripts whose line ends were lost: labels in the middle of a long line begin paragraphs of their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from cleankit.briefing import blocks, label_forms, labels, names, roles
from cleankit.briefing.blocks import Block
from cleankit.lazy import expression

# No editor makes paragraphs as long as this out of several speakers' words.
LONG, LONG_HAN = 700, 250
# So many labels inside long lines, all of which come back or say by themselves what they are.
LEAST = 3
_HAN = expression(r"[\u4e00-\u9fff]")
_INSIDE = expression(
    r"(?:(?<=[.!?…”\"'’)\]])\s{1,12}|\s{2,12})"
    r"(?P<label>Q|A|(?:[A-Z][A-Z.'’-]+)(?: (?:[A-Z][A-Z.'’-]*|of|and)){0,5}|"
    r"[A-Z][a-z]+ [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)?)"
    r"\s?:\s{1,12}(?=\S)|"
    r"(?<=[。！？”…）」])\s*(?P<han>问|答|問|[\u4e00-\u9fffA-Z·]{2,14}?[记記]者|[\u4e00-\u9fff]{2,4})[：:]\s*(?=\S)"
)


def unrolled(found: Sequence[Block], text: str) -> list[Block]:
    """The blocks of `text`, long ones parted before the labels in them, and with a colon where only blanks were."""
    found = _paired(_named_above(_spaced(_answered_within(found, text), text), text), text)
    inside = {i: _labels(block, text) for i, block in enumerate(found) if len(block.text) >= _long(block)}
    if sum(map(len, inside.values())) < LEAST:
        return list(found)
    again = Counter(names.key(label) for hits in inside.values() for label, _ in hits)
    again.update(label.key for block in found if (label := label_forms.read(block)))
    told = Counter(label for hits in inside.values() for label, _ in hits if _tells(label, again))
    if sum(told.values()) < LEAST or len(told) < 2:
        return list(found)
    result: list[Block] = []
    for i, block in enumerate(found):
        starts = [block.start, *(start for label, start in inside.get(i, ()) if label in told), block.end]
        result += [block] if len(starts) == 2 else (blocks.part(text, *pair) for pair in pairwise(starts))
    return result


# "AL          Good morning": initials set apart by blanks or a tab
_INITIALS = expression(r"(?P<label>[A-Z]{2,4})(?:[ \u00a0]{3,}|[ \u00a0]*\t[ \u00a0\t]*)(?=\S)")


def _spaced(found: Sequence[Block], text: str) -> Sequence[Block]:
    hits = {i: hit for i, block in enumerate(found) if (hit := _INITIALS.match(text, block.start))}
    again = Counter(hit["label"] for hit in hits.values())
    if len(again) < 2 or len(hits) < LEAST or max(again.values()) < 2:
        return found
    rest = {i: blocks.part(text, hit.end(), found[i].end).text for i, hit in hits.items()}
    return [replace(one, text=f"{hits[i]['label']}: {rest[i]}") if i in hits else one for i, one in enumerate(found)]


# "(Will he play on Sunday?) – “I don't know yet.”": teams' own records
_ANSWERED = expression(r"^[(（](?P<asked>[^()（）]{5,400}?)[)）]?\s*[–—-]\s*(?P<said>[“\"„«].+)$")
_ANSWERS = 4


def _answered_within(found: Sequence[Block], text: str) -> Sequence[Block]:
    hits = {i: hit for i, block in enumerate(found) if block.text[:1] in "(（" and (hit := _ANSWERED.match(block.text))}
    if len(hits) < _ANSWERS:
        return found
    result: list[Block] = []
    for i, block in enumerate(found):
        hit = hits.get(i)
        middle = text.find(hit["said"].split()[0], block.start + len(hit["asked"]), block.end) if hit else -1
        if hit and middle > 0:
            result.append(replace(block, text=f"Q: {hit['asked']}", end=middle))
            result.append(replace(block, text=f"A: {hit['said']}", start=middle))
        else:
            result.append(block)
    return result


LONGEST_POST, LEAST_SAID = 120, 30


def _named_above(found: Sequence[Block], text: str) -> Sequence[Block]:
    """`Ada Lovelace` on a line, her post on the next, and then what she says: one label, where such names come back."""
    pairs = {
        i: (one, below)
        for i, (one, below) in enumerate(pairwise(found))
        if below.glued and len(below.text) <= LONGEST_POST and names.is_name(one.text, most=4) and _is_post(below.text)
    }
    again = Counter(one.text for one, _ in pairs.values())
    said = {i for i in pairs if i + 2 < len(found) and again[found[i].text] > 1}
    if len({found[i].text for i in said}) < 2:
        return found
    result: list[Block] = []
    taken = -1
    for i, block in enumerate(found):
        if i in pairs and again[block.text] > 1 and (words := _said_at(found, i + 2)):
            below = pairs[i][1]
            taken = words - 1
            post = below.text.rstrip(":").replace("(", "").replace(")", "")
            result.append(replace(block, text=f"{block.text} ({post}):", end=found[taken].end))
        elif i > taken:
            result.append(block)
    return result


def _said_at(found: Sequence[Block], i: int) -> int | None:
    """Where what somebody says begins; `Q` or `A` may stand on a line of its own above it. None where nothing is."""
    if i + 1 < len(found) and found[i].text in ("Q", "A"):
        return i + 1
    if i >= len(found) or found[i].text.isupper() or not re.search(r"[^\W\d_]{2}", found[i].text):
        return None
    is_speech = len(found[i].text) >= LEAST_SAID or found[i].text.endswith((".", "?", "!", "…"))
    return i if is_speech and not names.is_name(found[i].text) else None


def _is_post(text: str) -> bool:
    words = [word.strip(",.&-").casefold() for word in re.split(r"[\s-]+", text)]
    ends = text.endswith((".", "?", "!")) and words[-1] not in ("inc", "co", "ltd", "corp", "llc", "plc")
    return not ends and any(roles.is_post(word) for word in words if word)


# an office on a line, and below it the name of who holds it
_OFFICE_LINE = expression(rf"[\u4e00-\u9fff、（）()]{{2,40}}?{names.HAN_OFFICE}")


def _paired(found: Sequence[Block], text: str) -> Sequence[Block]:
    result: list[Block] = []
    i = 0
    while i < len(found):
        pair = found[i : i + 3]
        held = len(pair) == 3 and names.is_han(pair[1].text) and bool(_OFFICE_LINE.fullmatch(pair[0].text))
        if held and not names.is_han(pair[0].text) and (pair[2].prose or pair[2].text.endswith((":", "："))):
            result.append(blocks.part(text, pair[0].start, pair[1].end))
            i += 2
        else:
            result.append(found[i])
            i += 1
    return result


def _long(block: Block) -> int:
    return LONG_HAN if _HAN.search(block.text[:80]) else LONG


def _labels(block: Block, text: str) -> list[tuple[str, int]]:
    """The labels inside a block, and where in the text each begins."""
    hits = _INSIDE.finditer(text, block.start + 1, block.end)
    return [(hit["label"] or hit["han"], hit.start("label" if hit["label"] else "han")) for hit in hits]


def _tells(label: str, again: Counter[str]) -> bool:
    if labels.says(label) in (labels.Says.QUESTION, labels.Says.ANSWER, labels.Says.CHAIR):
        return True
    if label.endswith(("记者", "記者")):
        return True
    return again[names.key(label)] > 1 and (names.is_han_person(label) or names.is_name(label))
