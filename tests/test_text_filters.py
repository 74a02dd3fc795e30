"""What the filters of the text itself take, flag and leave: encodings, slips, quotation marks, gaps, front matter."""

from __future__ import annotations

import random

import pytest

from cleankit import recipe
from cleankit.filters import mojibake
from cleankit.invisible import visible
from cleankit.model import Document, Safety
from cleankit.pipeline import Outcome


def run(text: str) -> Outcome:
    return recipe.default().run(Document("case", text))


def rules(text: str) -> set[str]:
    return {finding.rule for finding in run(text).findings if not finding.rule.startswith("space/")}


TALK = """\
{head}
Ada Ostra:

Good morning. Welcome to this press conference on the new harbour of the town of Brightholm.

Harbour Post:

What will the new quay bring to the people of the coast in the coming year? Thank you.

Ben Vell:

Thank you for your question. It will bring work, and it will bring boats from all over the coast to us.

{question}
Ben Vell:

I will take this one too. We have asked the guild, and the guild has told us that it will help us.

Ada Ostra:

That is all for today. Thank you.
"""


FIXED = [
    pytest.param(
        "The towerâ€™s light wonâ€™t go out.\n", "The tower’s light won’t go out.\n", id="curly quotes in cp1252"
    ),
    pytest.param(
        "\u00a0\u00a0â€œThe lightâ€\u009d of MÃ¼nster.\n", "  “The light” of Münster.\n", id="behind an indent"
    ),
    pytest.param("“Genuine” and â€œgarbledâ€\u009d.\n", "“Genuine” and “garbled”.\n", id="genuine marks stay"),
    pytest.param(
        "Fish &amp; chips &amp;amp; more&#39;s &quot;the&quot; rule.\n",
        'Fish & chips & more\'s "the" rule.\n',
        id="entities",
    ),
    pytest.param("The ha\u00adrbour\u200b is open\ufeff.\n", "The harbour is open.\n", id="invisible"),
    pytest.param("\x00The\x00 harbour\x0bis open.\n", "The harbour is open.\n", id="controls"),
    pytest.param("\x1b[1mThe harbour\x1b[0m is open.\n", "The harbour is open.\n", id="terminal colours"),
    pytest.param(
        "The province of Ostra is a small province. It is the Pprovince of the sea.\n",
        "The province of Ostra is a small province. It is the Province of the sea.\n",
        id="doubled initial",
    ),
    pytest.param(
        "Two conferences of the guild were held; the conferences were good. All conferecnes are in May.\n",
        "Two conferences of the guild were held; the conferences were good. All conferences are in May.\n",
        id="transposed letters",
    ),
    pytest.param("---\ntitle: A harbour\ndate: 2016-05-03\n---\n\nText.\n", "Text.\n", id="front matter"),
    pytest.param('+++\ntitle = "A harbour"\ndate = 2016-05-03\n+++\nText.\n', "Text.\n", id="front matter in TOML"),
]


@pytest.mark.parametrize(("text", "clean"), FIXED)
def test_is_put_right(text: str, clean: str) -> None:
    outcome = run(text)
    assert outcome.result.text == clean
    assert not run(clean).applied


SUGGESTED = [
    pytest.param(
        'They spoke of "work for all of the town," " council, guild and people in one boat" and "a light for all."\n',
        'They spoke of "work for all of the town," "council, guild and people in one boat" and "a light for all."\n',
        id="blank behind an opening mark",
    ),
    pytest.param(
        'The guild said "yes to the harbour " and the town said "no to the harbour" in the same week of May.\n',
        'The guild said "yes to the harbour" and the town said "no to the harbour" in the same week of May.\n',
        id="blank before a closing mark",
    ),
]


@pytest.mark.parametrize(("text", "better"), SUGGESTED)
def test_is_put_right_when_asked(text: str, better: str) -> None:
    assert run(text).result.text == text
    asked = recipe.default(Safety.SUGGESTED)
    assert asked.run(Document("case", text)).result.text == better
    assert not asked.run(Document("case", better)).applied


KEPT = [
    pytest.param(
        "“Curly” quotes, ‘single’ ones, full-width ＡＢＣ，１２３。and U+3000\u3000here.\n", id="no defaults of ftfy"
    ),
    pytest.param(
        "L’œuvre d’été «à la carte» — déjà vu… Ã l’aise? SÃO PAULO, MAÇÃ E PÃO.\n",
        id="accents of French and Portuguese",
    ),
    pytest.param("می\u200cخواهم و نمی\u200cدانم\u200f.\n", id="joiners of Persian"),
    pytest.param(
        "क\u094d\u200dष is written with a joiner, 👩\u200d👩\u200d👧 too.\n", id="joiners of Hindi and of an emoji"
    ),
    pytest.param("ภาษา\u200bไทย\n", id="word breaks of Thai"),
    pytest.param('An ampersand is written "&amp;" or `&amp;` in HTML.\n', id="entities that are talked about"),
    pytest.param("See http://example.org/?a=1&copy=2&reg=3 and R&D; Q&A.\n", id="ampersands that are no entities"),
    pytest.param(
        "The case was retired. The judge retried it, and it was retried again by another of the judges of the town.\n",
        id="two real words",
    ),
    pytest.param(
        "The nuclear plan and the nuclear plant: it is unclear to the town what they are for and who is to pay.\n",
        id="two real words that differ at the start",
    ),
    pytest.param(
        "The theatre and the theatre of the town, and the theater of the other town, are all open in the summer.\n",
        id="two dialects",
    ),
    pytest.param(
        "Mr. Aron met Aron, and then Mr. Aaron came to the harbour of the town with the others.\n", id="names"
    ),
    pytest.param(
        "The conferences of the guild and the conferences of the town, or, as he wrote, conferecnes [sic], are.\n",
        id="sic",
    ),
    pytest.param(
        "Die Bücher erschienen in Berlin und erschienen in Wien, und sie erscheinen auch in der Stadt von Ostra.\n",
        id="grammar of German",
    ),
    pytest.param(
        'It was shown at the "\'Round the Tower\' Rowing Match" and at the "Light of the Harbour Fair."\n',
        id="nested quotes",
    ),
    pytest.param(
        'The mast is 152" high and the flag is 30" wide, and "that is that" for the guild of the town.\n', id="inches"
    ),
    pytest.param(
        'Bu "Brightholm Liman Bürosu"nca ve "Ostra Birliği" için hazırlanan bir rapor olarak yayımlandı.\n', id="ending"
    ),
    pytest.param("---\n\nAda: Good morning.\n\nBen: Good morning.\n\n---\n\nThe end.\n", id="rules around a dialogue"),
    pytest.param("---\nNo table here, only a line.\n---\nText.\n", id="rules around a line"),
    pytest.param("---\ntitle: open\n\nText that never closes its block.\n", id="front matter without an end"),
    pytest.param(
        "Two spaces.  Then 5,753 of them [in 2014], Towards an eco-system of the APP, the '90s and the guilds'.\n",
        id="habits",
    ),
]


@pytest.mark.parametrize("text", KEPT)
def test_is_left_as_it_is(text: str) -> None:
    outcome = run(text)
    assert outcome.result.text == text
    assert not {finding.rule for finding in outcome.open if finding.safety is not Safety.FLAG}


FLAGGED = [
    pytest.param("encoding/lossy", "The tower\ufffds light is a good one.\n", id="replacement character"),
    pytest.param(
        "encoding/lossy", "\u00d6\u00d0\u00ce\u00c4\u00b2\u00e2\u00ca\u00d4 is what it says.\n", id="GBK as Latin-1"
    ),
    pytest.param(
        "gaps/unmatched-quote",
        'Through harbour-watch" and other services, we are making "one-stop boat services" and "less to pay".\n',
        id="opening mark lost",
    ),
    pytest.param("typos/acronym", "It was the Harbour Board of Brightholm (HBR) that asked.\n", id="one letter off"),
    pytest.param("gaps/missing-page", "The floor is open.\n\n1\u00a0\u00a0 2\u00a0\u00a0 >\n", id="first page of two"),
    pytest.param("gaps/missing-page", "Goodbye.\n\n<\u00a0 1\u00a0 2\n", id="last page of two"),
    pytest.param("gaps/missing-page", "Goodbye.\n\nPage 2 of 5\n", id="page 2 of 5"),
    pytest.param("gaps/missing-page", "再见。\n\n1 2 3 下一页\n", id="three pages in Chinese"),
    pytest.param(
        "gaps/lost-outlet",
        TALK.format(
            head="", question="When will the boats be back, and who is going to pay for all of it? Thank you.\n"
        ),
        id="question in the turn of who answers it",
    ),
    pytest.param(
        "gaps/lost-label",
        TALK.format(
            head="Ben Vell, warden of the guild of pilots\n\nAda Ostra, warden of the harbour board\n\nMay 3, 2016\n",
            question="",
        ),
        id="people without a label",
    ),
    pytest.param(
        "gaps/cut-short", "Der Rat will im Mai über die Lampen auf der Mole reden und über den\n", id="cut off"
    ),
    pytest.param("gaps/cut-short", "议会星期一表示，将为防波堤上的灯和新台阶付款，并\n", id="cut off in Chinese"),
]


@pytest.mark.parametrize(("rule", "text"), FLAGGED)
def test_is_pointed_at_and_not_touched(rule: str, text: str) -> None:
    assert rule in rules(text)
    assert not [f for f in run(text).applied if f.rule == rule]


QUIET = [
    pytest.param("typos/acronym", "The Harbour Board of Brightholm (HBB) and Ada Ostra (MEP).\n", id="as it should be"),
    pytest.param("gaps/missing-page", "1 2 3\n", id="a row of a table"),
    pytest.param("gaps/missing-page", "Page 1 of 1\n", id="the only page"),
    pytest.param("gaps/missing-page", "The ratio held: 1 < 2 and 3 > 2.\n", id="a comparison"),
    pytest.param("gaps/lost-outlet", TALK.format(head="", question=""), id="questions with their outlets"),
    pytest.param(
        "gaps/lost-label",
        TALK.format(
            head="Speakers:\nBen Vell, warden of the guild of pilots\nAda Ostra, spokeswoman of the board\n",
            question="",
        ),
        id="people with their label",
    ),
    pytest.param(
        "gaps/unmatched-quote",
        '"The first of the two paragraphs of what she said about the boats.\n\n"And the second," she said.\n',
        id="a quotation over two paragraphs",
    ),
    pytest.param("gaps/cut-short", "Lamps on the mole, and where to see the\n", id="a headline"),
    pytest.param(
        "gaps/cut-short",
        "The council said that it will pay for the lamps on the mole and the stairs, as in plan A\n",
        id="a name",
    ),
    pytest.param(
        "gaps/cut-short",
        "The council said that it will pay for the lamps on the mole and for the\nstairs.\n",
        id="a wrapped line",
    ),
    pytest.param(
        "widgets/cut-off-teasers",
        "".join(
            f"And {who} went down to the grey water at the mole...\n"
            for who in ["Ada", "Ben", "Ole", "Ines", "Odo", "Mara"]
        ),
        id="verse that trails off",
    ),
    pytest.param(
        "widgets/cut-off-teasers",
        "The divers talked on the radio for an hour, and the harbour board has written down what they said there.\n" * 3
        + "".join(f"[{n:02}:00] Ada: the chain of the lock is still there...\n" for n in range(9)),
        id="the same words at another hour",
    ),
    pytest.param(
        "repeats/doubled-line",
        "The choir sang on the quay for an hour, and the people of the town sang with it until the boat had gone.\n"
        "row row row row row row row row\nla la la la la la la la la la\n",
        id="a song",
    ),
]


@pytest.mark.parametrize(("rule", "text"), QUIET)
def test_is_not_pointed_at(rule: str, text: str) -> None:
    assert rule not in rules(text)


def test_front_matter_keeps_its_fields() -> None:
    (found,) = (
        f
        for f in run("---\ntitle: A harbour\ndate: 2016-05-03\ntags:\n- a\n---\nText.\n").applied
        if f.rule == "page/front-matter"
    )
    assert found.evidence == (("tells", "front-matter"), ("title", "A harbour"), ("date", "2016-05-03"))


WORDS = (
    "harbour", "naïve", "café", "—", "“light”", "‘quay’", "…", "Brücke", "ångström", "港口", "新闻", "порт", "žluť",
    "São", "€5", "£", "100°", "été", "ñandú", "😀", "l’œuvre",
)  # fmt: skip


def _garble(text: str, table: str, layers: int) -> str:
    for _ in range(layers):
        text = text.encode().decode(table, "ignore")
    return text


def test_the_gate_changes_no_result_on_garbled_lines() -> None:
    dice = random.Random(7)
    for number in range(2000):
        line = " ".join(dice.choices(WORDS, k=dice.randint(1, 12)))
        table = dice.choice(["latin-1", "cp1252", "cp1252", "cp1250", "cp1251", "mac_roman"])
        line = _garble(line, table, number % 3)
        fixed, _ = mojibake.repair(line)
        assert fixed == line or mojibake.may_be_garbled(line), line


def test_clean_lines_of_many_languages_are_left_alone() -> None:
    dice = random.Random(3)
    for _ in range(500):
        line = " ".join(dice.choices(WORDS, k=dice.randint(1, 12)))
        assert mojibake.repair(line)[0] == visible(line)
