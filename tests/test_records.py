"""Records that other offices print: labels in emphasis, with times or dashes, alone on a line, inside of one."""

from __future__ import annotations

import pytest

from cleankit.briefing.parse import parse
from cleankit.briefing.validate import validate
from cleankit.model import Document
from cleankit.pipeline import Pipeline

CASES: dict[str, tuple[str, list[str]]] = {
    "times behind the labels, printed again with each paragraph": (
        """\
Briefing on the ferry

March 5, 2024

Ada Lovelace: (00:00)
The ferry begins in May, and forty boats take part.
Ada Lovelace: (00:44)
We have prepared for a year.
Ada Lovelace: (01:39)
The county pays for all of it.
Speaker 4: (02:10)
Odo Brandt from the Alder Daily. Who has paid so far?
Ada Lovelace: (02:20)
The county has.
Ada Lovelace: (02:50)
And it will.
""",
        ["opening Ada Lovelace", "question Odo Brandt (Alder Daily)", "answer Ada Lovelace"],
    ),
    "emphasis around labels, and initials later": (
        """\
# The woman who counts ferries

5 March 2024

**MILL TV: When did you begin to count?**

**ADA LOVELACE:** I began in May, when the pier was opened.

**MT: And who pays you for that?**

**AL:** Nobody pays me. I have a pension.

**MT: Will you go on?**

**AL:** I will.
""",
        [
            "question - (MILL TV)",
            "answer ADA LOVELACE",
            "question - (MILL TV)",
            "answer ADA LOVELACE",
            "question - (MILL TV)",
            "answer ADA LOVELACE",
        ],
    ),
    "a French record with dashes": (
        """\
ENTRETIEN DE MADAME ADA LOVELACE, PRESIDENTE DU MOULIN

5 mars 2024

QUESTION - - Madame la Présidente, bonsoir. Quand le bac part-il ?

LA PRESIDENTE - Bonsoir. Il part en mai.

QUESTION - - Et qui paie ?

LA PRESIDENTE - Le département paie.
""",
        ["question -", "answer Ada Lovelace", "question -", "answer Ada Lovelace"],
    ),
    "Turkish capitals with a dash": (
        """\
Ada Lovelace ile söyleşi

5 Mart 2024

SUNUCU- Hoş geldiniz. Feri ne zaman başlıyor?

ADA LOVELACE- Mayısta başlıyor, kırk tekne var.

SUNUCU- Kim ödüyor?

ADA LOVELACE- İlçe ödüyor.

SUNUCU- Pazar günleri de var mı?

ADA LOVELACE- Var.
""",
        ["question -", "answer Ada Lovelace", "question -", "answer Ada Lovelace", "question -", "answer Ada Lovelace"],
    ),
    "labels without a colon": (
        """\
Keterangan Pers Presiden Ada Lovelace, 5 Maret 2024

Presiden Republik Kilang (Ada Lovelace)
Feri mulai bulan Mei. Empat puluh kapal ikut serta.

Wartawan
Pak, saya Odo Brandt dari Harian Alder. Siapa yang membayar?

Presiden Republik Kilang (Ada Lovelace)
Kabupaten yang membayar.

Wartawan
Dan pada hari Minggu?

Presiden Republik Kilang (Ada Lovelace)
Juga beroperasi.
""",
        [
            "opening Ada Lovelace",
            "question Odo Brandt (Harian Alder)",
            "answer Ada Lovelace",
            "question -",
            "answer Ada Lovelace",
        ],
    ),
    "a live page of a Chinese press room": (
        """\
城乡渡轮规划新闻发布会

2024年3月5日

新闻办公室新闻局副局长、新闻发言人 安若兰

女士们、先生们，大家上午好！今天我们请来了水运局局长陈若水先生，请他介绍情况。[ 2024-03-05 10:00 ]

水运局局长 陈若水

各位记者朋友，大家上午好！渡轮五月开航，共有四十艘船。[ 2024-03-05 10:05 ]

安若兰

谢谢陈局长的介绍，现在请大家提问。[ 2024-03-05 10:09 ]

河湾电视台记者

请问这些渡轮由谁出资？谢谢。[ 2024-03-05 10:10 ]

陈若水

由县里出资。[ 2024-03-05 10:12 ]
""",
        ["moderator 安若兰", "opening 陈若水", "moderator 安若兰", "question - (河湾电视台)", "answer 陈若水"],
    ),
    "a spokesman whom only the lead names": (
        """\
外交部回应渡轮问题

2024年3月5日

新华网3月5日电 外交部发言人林知远5日主持例行记者会。

问：渡轮什么时候开航？

答：五月开航。

问：由谁出资？

答：由县里出资。
""",
        ["question -", "answer 林知远", "question -", "answer 林知远"],
    ),
    "questions with labels, answers without": (
        """\
Remarks by Commissioner Ada Lovelace upon arrival at the mill

March 5, 2024

Good morning. It is a pleasure to be back at the mill after a long winter.

Q: When does the ferry begin?

It begins in May. Forty boats take part in it.

Q: And who pays for it?

The county pays, as it did before.

Q: Will you be on it?

I will.
""",
        [
            "opening Ada Lovelace",
            "question -",
            "answer Ada Lovelace",
            "question -",
            "answer Ada Lovelace",
            "question -",
            "answer Ada Lovelace",
        ],
    ),
    "two who take turns, known by their last names": (
        """\
Archiv

Minister Lovelace wirbt für die Fähre

5. März 2024

Verkehrsminister Adam Lovelace hat die Reeder gebeten, noch vor Pfingsten zu fahren.

Moderation: Eva Okafor

Okafor: Herr Minister, wann fährt die Fähre denn nun wirklich?

Lovelace: Sie fährt im Mai, und zwar an jedem Tag der Woche, auch am Sonntag, denn dafür haben wir lange gestritten.

Okafor: Und wer bezahlt das?

Lovelace: Das bezahlt der Landkreis, wie er auch den alten Steg bezahlt hat, und niemand muss dafür mehr Steuern zahlen.
""",
        ["question Eva Okafor", "answer Adam Lovelace", "question Eva Okafor", "answer Adam Lovelace"],
    ),
    "a transcript whose line ends were lost": (
        "Doorstop at the mill\n\n5 March 2024\n\n"
        "ADA LOVELACE: I am here to tell you about the ferry, which begins in May with forty boats. "
        + "We have prepared for a year, and the county has paid for every single one of the boats. "
        * 6
        + "QUESTION: Minister, who pays for the pier? ADA LOVELACE: The county pays for the pier as well. "
        "QUESTION: And for the lamps on it? ADA LOVELACE: The lamps were a gift from the neighbours. "
        "QUESTION: When will they be lit? ADA LOVELACE: In June, when the nights are short.\n",
        [
            "opening ADA LOVELACE",
            "question -",
            "answer ADA LOVELACE",
            "question -",
            "answer ADA LOVELACE",
            "question -",
            "answer ADA LOVELACE",
        ],
    ),
    "reporters who say who they are": (
        """\
Rueda de prensa de la ministra Ada Lovelace

5 de marzo de 2024

P.- Odo Brandt, del diario "El Molino". ¿Cuándo sale el barco?

Ministra.- Sale en mayo.

P.- Eva Okafor, de Radio Puerto. ¿Y quién paga?

Ministra.- Paga el condado.
""",
        [
            "question Odo Brandt (El Molino)",
            "answer Ada Lovelace",
            "question Eva Okafor (Radio Puerto)",
            "answer Ada Lovelace",
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_records(name: str) -> None:
    text, turns = CASES[name]
    briefing = parse(Pipeline(()).run(Document(name, text)))
    assert [
        f"{turn.kind.value} {turn.speaker or '-'}" + (f" ({turn.outlet})" if turn.outlet else "")
        for turn in briefing.turns
    ] == turns
    assert briefing.date == "2024-03-05"
    assert validate(briefing.to_dict()) == ()


def test_a_list_with_questions_is_no_transcript() -> None:
    text = "What to ask a ferryman\n\nThese questions help on most rivers.\n\n" + "".join(
        f"Question {n}: Does the boat float when nobody is on it?\n\nAsk it in spring and in autumn.\n\n"
        for n in range(1, 5)
    )
    assert parse(Pipeline(()).run(Document("page", text))).turns == ()


def test_a_menu_in_capitals_is_no_transcript() -> None:
    text = "The ferry\n\nMEDIA\nTOTAL\n\nThe ferry begins in May.\n\nPier Office (PO)\n\nIt is open on Monday. Is it?\n"
    assert parse(Pipeline(()).run(Document("page", text))).turns == ()


@pytest.mark.parametrize(
    ("words", "speaker", "outlet"),
    [
        ("I'm Odo Brandt with the Alder Daily. Who pays?", "Odo Brandt", "Alder Daily"),
        ("Thank you. Odo Brandt, Harbour Radio. Who pays?", "Odo Brandt", "Harbour Radio"),
        ("我是河湾电视台的记者，请问由谁出资？", None, "河湾电视台"),
        ("Members of Parliament say that the county pays. Is that so?", None, None),
        ("The Bank of Ellmouth says that nobody pays. Is that so?", None, None),
        ("Yesterday, President Lovelace of the Mill said that nobody pays. Is that so?", None, None),
    ],
)
def test_a_reporter_is_somebody_who_says_so(words: str, speaker: str | None, outlet: str | None) -> None:
    page = f"Gaggle on the ferry\n\nMS. LOVELACE: Good morning.\n\nQ {words}\n\nMS. LOVELACE: The county.\n"
    turn = parse(Pipeline(()).run(Document("page", page))).turns[1]
    assert (turn.kind.value, turn.speaker, turn.outlet) == ("question", speaker, outlet)
