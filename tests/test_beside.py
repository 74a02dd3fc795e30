"""What stands beside the words of a briefing: stage directions, captions, disclaimers, leads; and who asks again."""

from __future__ import annotations

import pytest

from cleankit.briefing import directions, notes
from cleankit.briefing.model import Briefing
from cleankit.briefing.parse import parse
from cleankit.briefing.validate import validate
from cleankit.model import Document
from cleankit.pipeline import Pipeline

PAGE = """\
Briefing on the ferry

March 5, 2024

The Harbour Office held a briefing on Tuesday to introduce the new ferry to the press of the county.

Ada Lovelace:

Good morning. The ferry begins in May. (Applause.)

Ada Lovelace speaks at the briefing in Port Alder, March 5, 2024. [Photo by Jan Roth/Harbour News]

Nobody fell into the water\u00a0 (laughter) this time.

Alder Daily:

Who pays for it?

Ada Lovelace:

The county.

Alder Daily:

And who paid for the old one?

Ada Lovelace:

Also the county.

Harbour Radio:

When will it begin?

Ada Lovelace:

In May (crosstalk) or in June.

This transcript has been edited for clarity.
"""


def read(text: str) -> Briefing:
    briefing = parse(Pipeline(()).run(Document("page", text)))
    assert validate(briefing.to_dict()) == ()
    return briefing


def test_everything_beside_the_words_has_its_field_and_its_place() -> None:
    briefing = read(PAGE)
    where = [(one.text, one.turn, one.paragraph, PAGE[one.at.start : one.at.end]) for one in briefing.stage_directions]
    assert where == [
        ("Applause", 0, 0, "(Applause.)"),
        ("laughter", 0, 1, "(laughter)"),
        ("crosstalk", 6, 0, "(crosstalk)"),
    ]
    (caption,) = briefing.captions
    assert PAGE[caption.at.start : caption.at.end] == caption.text
    assert caption.text.endswith("[Photo by Jan Roth/Harbour News]")
    assert [one.text for one in briefing.disclaimers] == ["This transcript has been edited for clarity."]
    assert [one.text[:18] for one in briefing.introduction] == ["The Harbour Office"]
    said = [text for turn in briefing.turns for text in turn.paragraphs]
    assert "Photo by" not in " ".join(said)
    assert said[0] == "Good morning. The ferry begins in May. (Applause.)"


def test_who_asks_again_is_told_by_the_name() -> None:
    assert [turn.follows for turn in read(PAGE).turns] == [None, None, None, 1, None, None, None]


@pytest.mark.parametrize(
    ("question", "follows"),
    [
        ("Just to follow up on that, who pays for the lamps?", True),
        ("And one more question, if I may: who pays for the lamps?", True),
        ("— and who pays for the lamps?", True),
        ("To follow up on what my colleague asked, who pays for the lamps?", False),
        ("Who pays for the lamps?", False),
    ],
)
def test_an_unnamed_reporter_asks_again_where_the_words_say_so(question: str, follows: bool) -> None:
    page = (
        "Gaggle on the ferry\n\nMS. LOVELACE: Good morning.\n\nQ Who pays?\n\nMS. LOVELACE: The county.\n\n"
        f"Q {question}\n\nMS. LOVELACE: Also the county.\n"
    )
    turns = read(page).turns
    assert [turn.kind.value for turn in turns] == ["opening", "question", "answer", "question", "answer"]
    assert turns[3].follows == (1 if follows else None)


@pytest.mark.parametrize(
    "text",
    [
        "(Laughter.)",
        "[Laughter and applause.]",
        "（掌声）",
        "（全场大笑）",
        "(Heiterkeit)",
        "(Rires.)",
        "(Risas)",
        "(Gülüşmeler)",
        "(tertawa)",
        "(Speaks in Spanish.)",
        "(A video is shown.)",
        "(As interpreted.)",
        "(Inaudible.)",
    ],
)
def test_stage_directions(text: str) -> None:
    assert [hit[:2] for hit in directions.find(f"So much for that. {text} Thank you.")] == [(18, 18 + len(text))]


@pytest.mark.parametrize(
    "text",
    ["(in 2014)", "(laughter clubs are banned)", "(APP)", "(the video that he shot)", "(笑傲江湖)", "(pause button)"],
)
def test_what_is_no_stage_direction(text: str) -> None:
    assert not list(directions.find(f"So much for that. {text} Thank you."))


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("The minister opens the pier, May 4, 2022. (Xinhua/Lin Hai)", True),
        ("Photo credit: Jan Roth", True),
        ("5月3日，牧民在山口等候。新华社记者 安伟 摄", True),
        ("The goats are back, the ministry said. (AFP)", True),
        ("He took the photo by the river and gave it to the mayor.", False),
        ("I have asked (Reuters has, too) who pays for it.", False),
    ],
)
def test_captions(text: str, caption: bool) -> None:
    assert notes.is_caption(text) is caption


@pytest.mark.parametrize(
    ("text", "disclaimer"),
    [
        ("This interview has been edited for length and clarity.", True),
        ("*This is an unofficial translation.", True),
        ("(This English version is for reference only.)", True),
        ("Dieses Gespräch wurde gekürzt und redaktionell bearbeitet.", True),
        ("以上内容根据现场速记整理", True),
        ("The document, revised on Monday, says that the ferry is late.", False),
        ("The conversation was edited out of the film, she said.", False),
    ],
)
def test_disclaimers(text: str, disclaimer: bool) -> None:
    assert notes.is_disclaimer(text) is disclaimer


def test_a_second_briefing_in_one_file_is_flagged() -> None:
    second = (
        "Briefing on the Salt Fair\n\n"
        "Odo Brandt, head of the Fair Office\n\nEva Okafor, mayor of Alder\n\nApril 2, 2024\n\n"
        "Odo Brandt:\n\nGood morning. The fair opens in June.\n"
    )
    briefing = read(PAGE.replace("This transcript has been edited for clarity.\n", "") + second)
    (gap,) = briefing.gaps
    assert (gap.rule, (PAGE + second).count("Briefing on the Salt Fair")) == ("briefing/second-head", 1)
    text = PAGE.replace("This transcript has been edited for clarity.\n", "") + second
    assert text[gap.at.start : gap.at.end] == "Briefing on the Salt Fair"
    assert read(PAGE).gaps == ()
