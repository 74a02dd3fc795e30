"""A page that nobody speaks on: its head, its paragraphs, and whom it quotes."""

from __future__ import annotations

from collections.abc import Sequence

from cleankit.briefing import header, headline_marks, names, roles, stamps
from cleankit.briefing.blocks import Block
from cleankit.briefing.header import Header
from cleankit.briefing.material import Material
from cleankit.briefing.model import Participant


def read(given: Material) -> tuple[Header, Sequence[Block], list[Participant]]:
    """The head, the paragraphs below it, and the people."""
    blocks, told = given.blocks, given.told
    titled = told.fields.get("title") or told.title
    first = next((i for i, block in enumerate(blocks) if block.prose and i > 0), len(blocks))
    if blocks and blocks[0].prose and not blocks[0].text.endswith(("?", "？")):
        first = 0
    panel = [i for i in range(len(blocks)) if header.opens(blocks, i)]
    if panel:
        head = header.read(blocks, titled=titled)
        if head.people:
            last = max(panel)
            below = [block for block in head.rest if block.start > blocks[last].start]
            return head, below, head.people
    head = header.read(blocks[:first], titled=titled, echoed=headline_marks.echoed(blocks[:first], given.source))
    if head.date and not head.venue and not head.published:
        head.published = head.date
    _bylines(head)
    if first < len(blocks):
        header.dateline_in_text(head, blocks[first].text)
    # a lead stands above the line that dates the page as often as below it
    late = [block for block in blocks[first : first + 3] if not block.prose and stamps.is_stamp(block.text)]
    for block in late:
        header.stamp(head, block.text)
    body = [*head.rest, *(block for block in blocks[first:] if block not in late)]
    for block in blocks[first:]:
        for line in roles.in_prose(block.text):
            head.add(line.name, line.role)
    return head, body, head.people


def _bylines(head: Header) -> None:
    """A name alone under the title of an article is its author's."""
    for block in list(head.rest[:2]):
        office = any(map(names.is_office, block.text.split()))
        if names.is_name(block.text, most=4) and block.text[-1] not in ":：" and len(block.text) <= 40 and not office:
            head.credits.append(block.text)
            head.rest.remove(block)
