"""The number of a notice, printed again at the head of each of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleankit.model import About, Finding, Safety, deletion
from cleankit.page import Page

RUNNING_HEAD = About(
    "harbour/running-head",
    Safety.SAFE,
    "The number of a notice, printed again at the head of a page.",
    "The first one says it; the others came with the page breaks.",
    "Notice to Mariners 44/2031\nThe east quay is closed.\n\nNotice to Mariners 44/2031\nThe west quay is open.\n",
)

_NUMBER = re.compile(r"Notice to Mariners \d{1,4}/\d{4}")


class RunningHeads:
    """Has to remember what the page has said before, which no pattern can."""

    name = "running-heads"
    about = (RUNNING_HEAD,)
    stage = "chrome"

    def __call__(self, page: Page) -> Iterator[Finding]:
        seen: set[str] = set()
        for number, line in enumerate(page.lines):
            text = page.line_text(number)
            if not _NUMBER.fullmatch(text):
                continue
            if text in seen:
                yield deletion(RUNNING_HEAD.rule, RUNNING_HEAD.summary, page.text, line.start, line.stop)
            seen.add(text)
