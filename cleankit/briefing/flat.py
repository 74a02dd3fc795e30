"""Transcripts whose line ends were lost: labels in the middle of a long line begin paragraphs of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from cleankit.briefing import blocks, label_forms, labels, names
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
    found = _paired(_spaced(found, text), text)
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


# "AL          Good morning": initials set apart by blanks
_INITIALS = expression(r"(?P<label>[A-Z]{2,4})[ \u00a0\t]{3,}(?=\S)")


def _spaced(found: Sequence[Block], text: str) -> Sequence[Block]:
    hits = {i: hit for i, block in enumerate(found) if (hit := _INITIALS.match(text, block.start))}
    again = Counter(hit["label"] for hit in hits.values())
    if len(again) < 2 or len(hits) < LEAST or max(again.values()) < 2:
        return found
    rest = {i: blocks.part(text, hit.end(), found[i].end).text for i, hit in hits.items()}
    return [replace(one, text=f"{hits[i]['label']}: {rest[i]}") if i in hits else one for i, one in enumerate(found)]


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
