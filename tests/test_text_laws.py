"""The laws of cleaning on text made of what breaks cleaners: garbled pairs, zero-width characters, quotes, blanks."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cleankit import recipe
from cleankit.edits import apply
from cleankit.filters import mojibake
from cleankit.filters.invisible import Invisible
from cleankit.invisible import visible
from cleankit.page import Page
from cleankit.testing import check_pipeline

WORDS = [
    "province", "Province", "Pprovince", "porvince", "conference", "conferecnes", "conferences", "recieve",
    "goverment", "the", "of", "and", "is", "harbour", "town", "’s", " 's", "US$ 5", "May 3,2019", ',""', '"', '" ',
    "--", " -- ", "-- ",
]  # fmt: skip
PIECES = [
    " ", "\n", "\r\n", "\r", "\u00a0", "\u3000", "a", "b", "é", "中", "文", "ก", "क", "ن", "م", "😀", "👩", "&", "amp;",
    "&amp;", "&lt;", "&nbsp;", "&#39;", "lt;", "#", ";", "Ã", "©", "Â", "â", "€", "™", "œ", "“", "”", "’", "\x80",
    "\x9d", "\x81", "\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u202e", "\u2060", "\ufeff", "\ufffd",
    "\x00", "\x0b", "\x1a", "\x1b[1m", "\x1b", "---", "+++", "title: x", ":", "?", ".", ",", "1", "2", "<", ">",
    "Š", "ž", "ð", "Ÿ", "Ð", "Ñ", "в", "Ђ", "β", "√",
]  # fmt: skip
texts = st.lists(st.sampled_from([*PIECES, *WORDS]), max_size=40).map("".join)
garbled = st.text(st.sampled_from("aé中ñ–’“ü€яßâ 😀"), max_size=20).map(
    lambda text: text.encode().decode("cp1252", "replace").replace("\ufffd", "")
)

calm = settings(max_examples=300)


def test_damaged_text_is_cleaned_once_and_nothing_is_lost() -> None:
    examples = (
        "Ã\u00ad\u200b©",
        "&\u200bamp;lt;",
        "Law &\x1b[0mamp; order, A&n\x1b[1mbsp;B",
        "Ãƒ\u00a9 &Atilde;&copy;",
        "\u00a0ÃŸ",
        "naÃ¯ve \u200b中",
        "---\ntitle: a\n---\n---\ntitle: b\n---\n",
        'The "A 2018,""B 2018" and " government of the town" is the one of the two.\n',
        "goverment goverment govenrment is what the people of the town and of the harbour have read in the paper.\n",
    )
    damaged = st.one_of(texts, garbled, st.tuples(texts, garbled, texts).map("".join))
    check_pipeline(recipe.default(), examples, damaged, 300)


@calm
@given(st.one_of(texts, garbled))
def test_the_gate_lets_through_all_that_ftfy_would_change(text: str) -> None:
    for line in text.splitlines():
        new, _ = mojibake.repair(line)
        assert new == line or mojibake.may_be_garbled(line)


@calm
@given(texts)
def test_invisible_characters_go_once_and_for_all(text: str) -> None:
    page = Page(text)
    kept = "".join(visible(text[a:b]) + text[b:c] for a, b, c in page.lines)
    edits = [found.fix for found in Invisible()(page) if found.fix]
    assert apply(text, edits) == kept
    assert not list(Invisible()(Page(kept)))
