"""What a site prints twice goes, and what a text says twice stays."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path

import pytest
import re2
from conftest import ROOT
from hypothesis import strategies as st

from cleankit import recipe
from cleankit.filters.repeats import Repeats
from cleankit.filters.repeats.words import SERVICES, SUBJECTS
from cleankit.model import Document, Safety
from cleankit.page import Page
from cleankit.testing import check_pipeline
from cleankit.testing.laws import LEVELS

TEXTS = {
    "English": (
        "The port of Ellmouth opened again on Monday after nine days of storm, and the first of the ferries left at "
        "noon with four hundred people on board, the harbour master told a press conference.",
        "Nobody was hurt on the quays, she said, but two of the cranes will have to be taken down before the winter, "
        "and the council will be asked for the money in the course of the next week.",
        "The fishing fleet had been told to stay in the outer basin until the divers have looked at the chain of the "
        "lock and at the piles under the old fish market, which moved by a hand’s breadth in the night.",
        "She would not say when the last of the boats will be back, or who is to pay for the ice that was lost.",
    ),
    "German": (
        "Der Hafen von Ellmouth ist am Montag nach neun Tagen Sturm wieder geöffnet worden, und die erste Fähre legte "
        "gegen Mittag mit vierhundert Menschen an Bord ab, sagte die Hafenmeisterin vor der Presse.",
        "Verletzt worden sei auf den Kais niemand, sagte sie, aber zwei der Kräne müssten noch vor dem Winter abgebaut "
        "werden, und der Rat werde in der kommenden Woche um das Geld gebeten.",
        "Die Fischer bleiben im äußeren Becken, bis die Taucher sich die Kette der Schleuse und die Pfähle unter dem "
        "alten Fischmarkt angesehen haben, die sich in der Nacht um eine Handbreit bewegt hatten.",
        "Wann die letzten Boote zurück sind, wollte sie nicht sagen, und auch nicht, wer das Eis bezahlen soll.",
    ),
    "Chinese": (
        "埃尔茅斯港在经历九天的风暴之后于周一重新开放，第一班渡轮中午载着四百名乘客离港，港务长在记者会上这样说。"
        "她还说，码头上没有人受伤，但是有两台起重机必须在入冬之前拆除，市议会下周将讨论这笔费用。",
        "渔船队接到通知，在潜水员检查船闸的铁链和老鱼市下面的木桩之前，所有船只都要留在外港，那些木桩在夜里移动了一掌宽。"
        "她不愿意说最后一批渔船什么时候回来，也不愿意说损失的冰由谁来付钱。",
        "港务局将在周五公布详细的检查结果，并且邀请沿海各镇的代表参加说明会，届时会回答居民提出的所有问题。",
    ),
}  # fmt: skip
PAGES = re.split(r"^===== ", (Path(__file__).parent / "honest_repeats.txt").read_text("utf-8"), flags=re.MULTILINE)
HONEST = {name: text.strip("\n") for name, _, text in (page.partition("\n") for page in PAGES[1:])}
PLACES = {
    "twice above": "{it}\n\nWhat they sang\n\n{it}\n\n{text}",
    "twice below": "{text}\n\n{it}\n\nOnce more\n\n{it}",
    "above and below": "{it}\n\n{text}\n\n{it}",
    "above and inside": "{it}\n\n{text}\n\n{it}\n\n{text2}",
    "inside and below": "{text}\n\n{it}\n\n{text2}\n\n{it}",
    "three times below": "{text}\n\n{it}\n\n{it}\n\n{it}",
}


def gone(text: str, apply: Safety = Safety.SAFE) -> str:
    """All that a rule of `repeats` takes out."""
    applied = recipe.default(apply).run(Document("page", text)).applied
    return "".join(f.fix.old for f in applied if f.fix and f.rule.startswith("repeats/"))


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", HONEST)
def test_what_a_text_repeats_stays(name: str, place: str, language: str) -> None:
    text = TEXTS[language]
    page = PLACES[place].format(it=HONEST[name], text="\n\n".join(text), text2="\n\n".join(text[::-1]))
    assert gone("Nine days in May\n\n" + page + "\n") == ""


@pytest.mark.parametrize("name", HONEST)
def test_what_a_text_repeats_is_not_suggested_either(name: str) -> None:
    for place in PLACES.values():
        page = place.format(it=HONEST[name], text="\n\n".join(TEXTS["English"]), text2="\n\n".join(TEXTS["German"]))
        assert gone("Nine days in May\n\n" + page + "\n", Safety.SUGGESTED) == ""


BODY = "\n\n".join(TEXTS["English"])
KNOWN = "Harbour Talk\nObituaries\nTide Tables\nNewsletters\nFerries\n"  # two words that only sites have
UNKNOWN = "Pilots\nHarbour Talk\nTide Tables\nFerries\nShipyards\nNorth Quay Walks\n"
LONGER = UNKNOWN + "Boats for Sale\nAuctions\n"
TEASERS = (
    "Opinion\nWhy the old lighthouse will not be sold\nAda Firth\n"
    "Travel\nNine ways to dry a net before the rain comes\nCorin Ashgrove\n"
)
DIRTY = [
    pytest.param(f"{KNOWN}\nThe port is open\n\n{BODY}\n\n{KNOWN}", 2, KNOWN, id="known menu around the text"),
    pytest.param(f"{UNKNOWN}\nThe port is open\n\n{BODY}\n\n{UNKNOWN}", 1, UNKNOWN, id="unknown menu around the text"),
    pytest.param(
        f"{LONGER}\nSign in\n\n{LONGER}\nThe port is open\n\n{BODY}\n", 1, LONGER, id="a header that is printed twice"
    ),
    pytest.param(
        f"{KNOWN}Sailing\nWeather\nSport\n\nEdition\n\n{KNOWN}Sailing\nWeather\nSport\n\nThe port is open\n\n{BODY}\n",
        2, f"{KNOWN}Sailing\nWeather\nSport\n", id="a header that is known",
    ),
    pytest.param(f"{TEASERS}\nThe port is open\n\n{BODY}\n\n{TEASERS}", 1, TEASERS, id="teasers around the text"),
    pytest.param(
        f"{UNKNOWN}\nThe port is open\n\n{BODY}\n\nMore\n\n{UNKNOWN.upper()}", 1, UNKNOWN.upper(), id="in capitals"
    ),
    pytest.param(
        "Verein\nFähren\nAm Hafen\nNachrichten\nTide und Wind\n\nDer Hafen ist offen\n\n"
        + "\n\n".join(TEXTS["German"]) + "\n\nVerein\nFähren\nAm Hafen\nNachrichten\nTide und Wind\n",
        1, "Verein\nFähren\nAm Hafen\nNachrichten\nTide und Wind\n", id="in German",
    ),
    pytest.param(
        "港口\n要闻\n联系我们\n渡轮\n\n港口重新开放\n\n"
        + "\n\n".join(TEXTS["Chinese"]) + "\n\n港口\n要闻\n联系我们\n渡轮\n",
        2, "港口\n要闻\n联系我们\n渡轮\n", id="in Chinese",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "times", "block"), DIRTY)
def test_what_a_site_prints_twice_goes(text: str, times: int, block: str) -> None:
    found = gone(text)
    assert found.replace("\n\n", "\n") == block * times
    clean = recipe.default().run(Document("page", text)).result
    assert gone(clean.text) == ""


def test_the_text_stays_whole() -> None:
    for case in DIRTY:
        text = str(case.values[0])
        kept = recipe.default().run(Document("page", text)).result.text
        assert [line for line in text.splitlines() if len(line) > 60 and line not in kept] == []


def test_without_a_text_nothing_stands_beside_it() -> None:
    assert gone(f"{KNOWN}\nA poem\n\n{KNOWN}\n{TEASERS}\n{TEASERS}") == ""


def test_a_headline_is_only_suggested() -> None:
    text = f"The port of Ellmouth is open again\n\n{UNKNOWN}\nThe port of Ellmouth is open again\n\n{BODY}\n"
    assert gone(text) == ""
    assert gone(text, Safety.SUGGESTED) == "The port of Ellmouth is open again\n"


def test_a_poem_that_is_called_by_its_first_line_keeps_its_name() -> None:
    poem = (
        "The port of Ellmouth is open again\nAda Firth\n\nThe port of Ellmouth is open again\nand the boats are home\n"
    )
    assert gone(f"{poem}\n{BODY}\n", Safety.SUGGESTED) == ""


def test_a_caption_is_only_suggested() -> None:
    caption = "The ferry Ostra leaves the outer basin at noon on Monday, with many flags and with a band on board.\n"
    text = f"{caption}{UNKNOWN}{caption}\n{BODY}\n"
    assert gone(text) == ""
    assert gone(text, Safety.SUGGESTED) == caption


def test_what_is_said_in_the_text_is_said_twice() -> None:
    said = "I have told you what I know, and I will tell you more as soon as the divers have come back from the lock."
    page = f"{BODY}\n\nAnna Weber:\n\n{said}\n\n{BODY[::-1]}.\n\nAnna Weber:\n\n{said}\n\nHarbour Post:\n\nThank you.\n"
    assert gone(page, Safety.SUGGESTED) == ""


@pytest.mark.parametrize("lines", [KNOWN, TEASERS, "".join(f"Quay {n} is closed\n" for n in range(1000))])
def test_long_pages_take_no_longer_than_their_length(lines: str) -> None:
    text = lines * (1_000_000 // len(lines)) + BODY

    def took(size: int) -> float:
        start = time.process_time()
        list(Repeats()(Page(text[-size:])))
        return time.process_time() - start

    # sixteen times as long is what it must not be; other tests run beside this one, and the better of two looks tells
    assert min(took(len(text)) for _ in range(2)) < 10 * min(took(len(text) // 4) for _ in range(2)) + 0.2


def test_the_words_are_those_of_the_vocabulary() -> None:
    vocabulary = tomllib.loads((ROOT / "cleankit" / "packs" / "vocabulary.toml").read_text("utf-8"))
    known = [re2.compile("(?i)" + word) for word in vocabulary["site_link"] + vocabulary["site_topic"]]
    unknown = {word for word in SERVICES if not any(pattern.fullmatch(word) for pattern in known)}
    assert unknown == set()
    assert SERVICES.isdisjoint(SUBJECTS)


@pytest.mark.parametrize("level", LEVELS)
def test_pages_of_repeated_blocks_keep_the_laws(level: Safety) -> None:
    blocks = [KNOWN, UNKNOWN, LONGER, TEASERS, "Home\nNews\nContact us\n", *HONEST.values(), *TEXTS["English"], BODY]
    lines = [line for block in blocks for line in block.splitlines()]
    pieces = st.lists(st.sampled_from([*blocks, *blocks[:4], BODY, *lines]), min_size=3, max_size=12)
    check_pipeline(recipe.default(level), dirty=pieces.map("\n\n".join), count=150)
