"""Pages that are content from the first line to the last, though much of it looks like chrome: nothing of them goes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cleankit import recipe
from cleankit.model import Document

TEXT = (Path(__file__).parent / "content_like_chrome.txt").read_text("utf-8")
PAGES = re.split(r"^===== ", TEXT, flags=re.MULTILINE)
CASES = [
    pytest.param(text.strip("\n") + "\n", id=name) for name, _, text in (page.partition("\n") for page in PAGES[1:])
]

# What sites put around a text. A page of the list stands between them as it would on a site.
HEAD = "Skip to content\nHome\nNews\nVideo\nContact us\nSubscribe\n\nNine days in May\n\n"
FOOT = (
    "\nShare this article\nFollow us on Twitter\nAbout us\nContact us\nPrivacy policy\n"
    "© 2026 Ellmouth Gazette. All rights reserved.\n"
)
# Lone words that only their place above everything else makes a title, and words of a menu that end a text: right above
# a real menu nothing tells them from it.
WITHOUT_CHROME = (
    "Home as the title", "Subscribe as the title", "Share as the title", "Donate as the title", "Password as the title",
    "television, hours apart", "a cookie policy", "Arabic with direction marks", "a digest that ends in lists",
    "what money is for", "who was there, in Chinese", "books most read",
)  # fmt: skip


def taken(text: str, start: int, end: int) -> list[tuple[str, str]]:
    """(rule, words) of every edit between two offsets that changes more than white space."""
    applied = recipe.default().run(Document("page", text)).applied
    spans = [(f.rule, max(f.at.start, start), min(f.at.end, end)) for f in applied if not isinstance(f.at, str)]
    return [(rule, text[a:b]) for rule, a, b in spans if a < b and not rule.startswith("space/") and text[a:b].strip()]


@pytest.mark.parametrize("text", CASES)
def test_content_that_looks_like_chrome_stays(text: str) -> None:
    assert taken(text, 0, len(text)) == []


@pytest.mark.parametrize("text", [case for case in CASES if case.id not in WITHOUT_CHROME])
def test_it_stays_between_the_chrome_of_a_site(text: str) -> None:
    assert taken(HEAD + text + FOOT, len(HEAD), len(HEAD + text)) == []


def test_the_chrome_around_it_goes() -> None:
    body = "The port of Ellmouth opened again on Monday after nine days, the mayor said.\n"
    outcome = recipe.default().run(Document("page", HEAD + body + FOOT))
    assert outcome.result.text == "Nine days in May\n\n" + body
