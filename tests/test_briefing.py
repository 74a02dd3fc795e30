"""Reading briefings: invented conferences in the layouts that pages come in."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleankit import recipe
from cleankit.briefing import blocks, dates, labels, names, removed, roles
from cleankit.briefing.model import Briefing, Kind, Pages, Participant
from cleankit.briefing.parse import parse
from cleankit.briefing.validate import validate
from cleankit.model import Document, Edit, Finding, Safety, Severity, Span, flag
from cleankit.pipeline import Layer, Outcome, Pipeline

PANEL = """\
Briefing on the Northern Ferry Conference

Speakers:
Ms. Mara Lindqvist, deputy minister of inland waterways;
Mr. Odo Brandt, head of the Pier Office of Alder County

Chairperson:
Ines Okafor, spokesperson of the Harbour Office

Date:
March 5, 2024
"""

TALK = """\
Ines Okafor:

Good afternoon. Welcome to this press conference. First, I give the floor to Ms. Lindqvist.

Mara Lindqvist:

The conference opens in May. Forty ferries will take part.

We have prepared for a year.

Ines Okafor:

Thank you. The floor is now open for questions.

Alder Daily:

When will the new pier be ready, and who will pay for it? Thank you.

Odo Brandt:\u00a0

In May. The county pays.

The old pier stays.

Some islanders say that the timetable leaves them without a boat on Sundays. What will be done about that?

Mara Lindqvist:

A Sunday boat will run from June.

Ines Okafor:

That's all for today's press conference. Thank you.
"""


def people(briefing: Briefing) -> tuple[Participant, ...]:
    """The participants, wherever their names stand."""
    return tuple(replace(one, at=None) for one in briefing.participants)


def read(text: str, findings: tuple[Finding, ...] = (), still_open: tuple[Finding, ...] = ()) -> Briefing:
    """Parse a text that needs no cleaning; `findings` stand for what cleaning took out before."""
    document = Document("page", text)
    briefing = parse(Outcome(document, document, (Layer("chrome", findings, still_open),)))
    assert validate(briefing.to_dict()) == ()
    assert Briefing.from_dict(json.loads(json.dumps(briefing.to_dict()))) == briefing
    return briefing


def gone(text: str, tells: str, **fields: str) -> Finding:
    """A removal at the very end, where it moves no offset."""
    pairs = (*fields.items(), ("tells", tells))
    return Finding(
        "x/y", "…", Span(0, 0), Severity.WARNING, Edit(10**6, 10**6 + len(text), text, ""), Safety.SAFE, pairs
    )


def turns(briefing: Briefing) -> list[tuple[str | None, str, str | None, int]]:
    return [(one.speaker, one.kind.value, one.outlet, len(one.paragraphs)) for one in briefing.turns]


def test_a_page_with_labelled_header() -> None:
    briefing = read(PANEL + "\n" + TALK)
    assert briefing.title == "Briefing on the Northern Ferry Conference"
    assert (briefing.date, briefing.published, briefing.venue) == ("2024-03-05", None, None)
    assert people(briefing) == (
        Participant("Mara Lindqvist", "deputy minister of inland waterways"),
        Participant("Odo Brandt", "head of the Pier Office of Alder County"),
        Participant("Ines Okafor", "spokesperson of the Harbour Office", chair=True),
    )
    assert turns(briefing) == [
        ("Ines Okafor", "moderator", None, 1),
        ("Mara Lindqvist", "opening", None, 2),
        ("Ines Okafor", "moderator", None, 1),
        (None, "question", "Alder Daily", 1),
        ("Odo Brandt", "answer", None, 2),
        (None, "question", None, 1),
        ("Mara Lindqvist", "answer", None, 1),
        ("Ines Okafor", "moderator", None, 1),
    ]
    assert briefing.paragraphs == ()
    assert [gap.rule for gap in briefing.gaps] == ["gaps/lost-outlet"]


def test_a_header_printed_twice_without_its_labels() -> None:
    head = """\
Briefing on the preparations for the opening of
the Northern Ferry Conference
Port Alder | 3 p.m. March 5, 2024

The Harbour Office held a press conference Tuesday on the preparations.

Mara Lindqvist, deputy minister of inland waterways

Odo Brandt, head of the Pier Office of Alder County

Ines Okafor, spokesperson of the Harbour Office

Mara Lindqvist, vice minister of inland waterways

Odo Brandt, head of the Pier Office, Alder County

Ines Okafor, spokesperson for the Harbour Office

March 5, 2024
"""
    briefing = read(head + "\n" + TALK)
    assert briefing.title == "Briefing on the preparations for the opening of the Northern Ferry Conference"
    assert (briefing.date, briefing.venue) == ("2024-03-05", "Port Alder")
    assert [(one.name, one.role, one.chair) for one in briefing.participants] == [
        ("Mara Lindqvist", "deputy minister of inland waterways", False),
        ("Odo Brandt", "head of the Pier Office of Alder County", False),
        ("Ines Okafor", "spokesperson of the Harbour Office", True),
    ]
    assert len(briefing.turns) == 8


def test_a_later_page_names_nobody_and_starts_with_a_question_that_lost_its_label() -> None:
    text = """\
Briefing on the Northern Ferry Conference

A press conference was held Tuesday afternoon on the Northern Ferry Conference. March 6, 2024

The theme is "two shores". I would like to know why the organisers chose it and who had the idea?

Mara Lindqvist:

Everybody had it.

Radio Alder One:

Which boats will come, and from where?

Mara Lindqvist:

Forty of them, from nine harbours.

Odo Brandt:

Two are mine.

Ines Okafor:

This is the end of today's conference. Thank you.
"""
    briefing = read(text, (gone("<  1  2", "pages"),))
    assert (briefing.date, briefing.published) == ("2024-03-05", "2024-03-06")
    assert briefing.pages == Pages(2, 2)
    assert turns(briefing) == [
        (None, "question", None, 1),
        ("Mara Lindqvist", "answer", None, 1),
        (None, "question", "Radio Alder One", 1),
        ("Mara Lindqvist", "answer", None, 1),
        ("Odo Brandt", "answer", None, 1),
        ("Ines Okafor", "moderator", None, 1),
    ]
    assert [one.name for one in briefing.participants] == ["Mara Lindqvist", "Odo Brandt", "Ines Okafor"]
    assert [gap.rule for gap in briefing.gaps] == ["gaps/lost-outlet", "gaps/missing-page"]


GAGGLE = """\
Aboard the Ferry Alder
En Route Port Alder, Northshire

8:37 A.M. EDT

MS. OKAFOR:  Good morning, everybody.  As you know, we are on our way to
the pier today, where the minister will open the conference at noon and
take a walk along the harbour.

She will be back in the evening.  With that, I am happy to take your
questions, of which there are surely many after the last few days here.

Q    Does she still expect the timetable to pass before the summer
recess?

MS. OKAFOR:  She does.

Q    And on the pier — has the county paid?

MS. OKAFOR:  It has.  Is that all you want?  (Laughter.)

MR. BRANDT:  It was a long week.

8:51 A.M. EDT
"""


def test_a_wrapped_gaggle_with_front_matter() -> None:
    matter = gone(
        "---\n…\n---\n",
        "front-matter",
        title="Press Gaggle by Deputy Press Secretary Ines\u00a0Okafor",
        date="2024-03-05",
        published_time="2024-03-05 10:02:44-04:00",
    )
    briefing = read(GAGGLE, (matter,))
    assert briefing.title == "Press Gaggle by Deputy Press Secretary Ines Okafor"
    assert (briefing.date, briefing.published) == ("2024-03-05", "2024-03-05")
    assert briefing.venue == "Aboard the Ferry Alder, En Route Port Alder, Northshire"
    assert people(briefing) == (
        Participant("Ines Okafor", "Deputy Press Secretary"),
        Participant("Brandt"),
    )
    assert turns(briefing) == [
        ("Ines Okafor", "opening", None, 2),
        (None, "question", None, 1),
        ("Ines Okafor", "answer", None, 1),
        (None, "question", None, 1),
        ("Ines Okafor", "answer", None, 1),
        ("Brandt", "answer", None, 1),
    ]
    assert briefing.turns[0].paragraphs[0].endswith("take a walk along the harbour.")
    assert briefing.gaps == ()  # no outlet was lost: these transcripts never name one


def test_the_chair_calls_on_a_reporter() -> None:
    text = """\
Call with Ambassador Mara Lindqvist on ferries

MODERATOR: Good morning. This is on the record. Ambassador Lindqvist, off to you.

AMBASSADOR LINDQVIST: Thank you. The ferries will run.

MODERATOR: Thanks. Let's start with Tamsin Holt from the Alder Daily. Please unmute yourself.

Q Will they run on Sundays?

AMBASSADOR LINDQVIST: They will.

Q And at night?

AMBASSADOR LINDQVIST: No.
"""
    briefing = read(text)
    assert people(briefing) == (Participant("Mara Lindqvist", "Ambassador"),)
    assert [(one.speaker, one.outlet) for one in briefing.turns if one.kind is Kind.QUESTION] == [
        ("Tamsin Holt", "Alder Daily"),
        (None, None),
    ]


def test_a_chinese_briefing_of_one_spokesperson() -> None:
    text = """\
2024年3月5日外交部发言人林知远主持例行记者会

应北岸国外交部长邀请，外交部长将于三月十日至十二日对北岸国进行正式访问，并出席渡轮会议开幕式。

海港通讯社记者：请介绍一下此次访问的安排。

林知远：此访是两国今年的重要交往。

我们会及时发布消息。

《北岸日报》记者：渡轮会议是否会讨论票价？

林知远：会。

问：周日有船吗？

林知远：六月起有。
"""
    briefing = read(text)
    assert briefing.date == "2024-03-05"
    assert people(briefing) == (Participant("林知远", "外交部发言人"),)
    assert turns(briefing) == [
        ("林知远", "opening", None, 1),
        (None, "question", "海港通讯社", 1),
        ("林知远", "answer", None, 2),
        (None, "question", "北岸日报", 1),
        ("林知远", "answer", None, 1),
        (None, "question", None, 1),
        ("林知远", "answer", None, 1),
    ]
    assert [one.lang for one in briefing.languages] == ["zh"]


ARTICLE = """\
A pier for the islands

Tamsin Holt
Updated: Mar 6,2024 7:29 AM     Alder Daily

The new pier will open in May and take forty ferries a day, said Mara Lindqvist, deputy minister of inland waterways.

Odo Brandt, head of the Pier Office, said the county has paid for it and would do so again if it had to.

Note: the old pier stays open until the end of the year, and so does the kiosk that has stood on it since 1961.
"""


def test_a_plain_article() -> None:
    briefing = read(ARTICLE)
    assert briefing.title == "A pier for the islands"
    assert (briefing.date, briefing.published) == ("2024-03-06", "2024-03-06")
    assert (briefing.source, briefing.credits) == ("Alder Daily", ("Tamsin Holt",))
    assert briefing.turns == ()
    assert len(briefing.paragraphs) == 3
    assert people(briefing) == (
        Participant("Mara Lindqvist", "deputy minister of inland waterways"),
        Participant("Odo Brandt", "head of the Pier Office"),
    )


def test_what_was_removed_still_tells() -> None:
    credit = gone("Translated and edited by Ana Firth, Leo Sund. In case of any discrepancy, …", "credits")
    stamp = gone("Updated: March 6, 2024 | Alder Daily", "dateline")
    briefing = read(PANEL + "\n" + TALK, (credit, stamp, gone("1  2  3  >", "pages")))
    assert briefing.credits == ("Ana Firth", "Leo Sund")
    assert (briefing.date, briefing.published, briefing.source) == ("2024-03-05", "2024-03-06", "Alder Daily")
    assert briefing.pages == Pages(1, 3)


def test_gaps_of_the_rules_are_taken_over_once() -> None:
    text = PANEL + "\n" + TALK
    start = text.index("Some islanders")
    rule = flag("gaps/lost-outlet", "No outlet.", start, start + 5)
    other = flag("typos/doubled-initial", "…", 0, 3)
    briefing = read(text, still_open=(rule, other))
    assert [(gap.rule, gap.at) for gap in briefing.gaps] == [("gaps/lost-outlet", Span(start, start + 5))]


def test_turns_point_into_the_source() -> None:
    source = "\n\n\n" + PANEL + "\n\n\n\n" + TALK
    outcome = recipe.default().run(Document("page", source))
    for turn in parse(outcome).turns:
        said = source[turn.at.start : turn.at.end]
        assert turn.paragraphs[0] in said
        assert said.endswith(turn.paragraphs[-1])


@pytest.mark.parametrize(
    ("label", "speaker", "outlet"),
    [
        ("Tamsin Holt, Alder Daily", "Tamsin Holt", "Alder Daily"),
        ("Alder Daily (Tamsin Holt)", "Tamsin Holt", "Alder Daily"),
        ("The Harbour News APP", None, "The Harbour News APP"),
        ("Reporter", None, None),
        ("QUESTION", None, None),
        ("Pregunta", None, None),
        ("P.-", None, None),
        ("Frage Holt", "Holt", None),
        ("INTERLOCUTORA", None, None),
    ],
)
def test_who_asks(label: str, speaker: str | None, outlet: str | None) -> None:
    text = TALK.replace("Alder Daily:\n\n", f"{label} " if label.endswith(".-") else f"{label}:\n\n")
    asked = read(PANEL + "\n" + text).turns[3]
    assert (asked.kind, asked.speaker, asked.outlet) == (Kind.QUESTION, speaker, outlet)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n \n",
        "Briefing on the Northern Ferry Conference",
        "Ines Okafor:",
        ":",
        "Speakers:\n\nDate:",
        "Q\n\nQ\n",
        "Q  \n\nA:  \n",
        PANEL,
        TALK,
        PANEL + PANEL,
        ARTICLE.replace("\n", "\r\n"),
        "問：\n答：\n問：",
        "\ufeff\u200b：\u3000\n",
    ],
)
def test_odd_pages_give_a_valid_briefing(text: str) -> None:
    read(text)


def test_only_a_header() -> None:
    briefing = read(PANEL)
    assert [one.name for one in briefing.participants] == ["Mara Lindqvist", "Odo Brandt", "Ines Okafor"]
    assert (briefing.title, briefing.date) == ("Briefing on the Northern Ferry Conference", "2024-03-05")
    assert briefing.turns == ()


@pytest.mark.parametrize(
    "text",
    [
        "How to moor\n\nYou need:\n\nA rope.\n\nTwo hands.\n\nNote:\n\nWet ropes are heavier than they look.\n",
        "Ferry Deals: ten boats\n\nFerry Deals: ten boats\n\nPier Deals: two piers\n\nPier Deals: three piers\n",
        "PORT ALDER: The pier opened on Monday, and forty ferries came to see it, more than anybody had expected.\n",
        "Photo: Tamsin Holt\n\nThe pier opened on Monday, and forty ferries came to see it from nine harbours.\n",
    ],
)
def test_colons_do_not_make_a_transcript(text: str) -> None:
    assert read(text).turns == ()


@pytest.mark.parametrize("label", ["QUINN", "PRESSLEY", "MEDIANE", "Askarov", "Pedro Reyes"])
def test_a_name_that_begins_like_a_question_word_asks_nothing(label: str) -> None:
    assert labels.asked_by(label) is None
    assert labels.says(label) is not labels.Says.QUESTION


SPANISH = """\
Rueda de prensa sobre los transbordadores

Ministra portavoz.- Buenos días. El plan cuenta con doce millones de euros.
Empieza en mayo.
P.- ¿Y cuántos puertos participan?
R.- Participan ochenta puertos.
Pregunta.- ¿Quién lo paga?
Ministra portavoz.- El condado. Gracias.
"""
FRENCH = """\
Conférence de presse sur les estuaires
12 octobre 2022
LE PRÉSIDENT
Je suis très heureux de vous accueillir ici.
JOURNALISTE
Monsieur le Président, quel budget allez-vous y consacrer ?
LE PRÉSIDENT
Quarante millions d'euros sur cinq ans.
"""
GERMAN = """\
Regierungspressekonferenz vom 9. Juni 2021
Sprecher: StS Hollmann, Brandt (BMVI), Özer (AA)
STS HOLLMANN: Guten Tag! Das Kabinett hat über die Radwege beraten.
FRAGE WENDT: Wann soll der Ausbau beginnen?
STS HOLLMANN: Im kommenden Frühjahr.
ZUSATZFRAGE WENDT: Und wer trägt die Kosten?
BRANDT: Der Bund übernimmt die Hälfte der Kosten.
"""
KOREAN = """\
대변인 정례브리핑
작성일: 2021-05-20
대변인(서도윤) : 안녕하십니까. 정례브리핑을 시작하겠습니다.
질문 : 다음 달 회의 일정이 확정되었습니까?
답변 : 현재 조율 중에 있습니다.
질문 : 참석 대상은 어떻게 됩니까?
답변 : 확정되는 대로 말씀드리겠습니다.
"""
HONG_KONG = """\
署長會見傳媒談話內容
記者：新渡輪幾時開始收費？
署長：首兩個星期免費，之後每程收費十二元。
記者：班次會否增加？
署長：我們會觀察乘客量再作決定。
完
2022年5月4日（星期三）
香港時間17時35分
"""

TAIWAN = """\
行政院會後記者會
發言人陳若水：各位媒體朋友大家好，以下說明今天院會重點。
媒體問：請問補助何時開始？
發言人：四月一日起受理申請。
"""
PRINTED = """\
Point de presse du porte-parole
Paris, le 14 mars 2023
Le porte-parole : Bonjour à tous. Je voudrais commencer par une annonce.
Q : La visite est-elle confirmée ?
R : Oui, elle l'est.
Q : Pour quelle date ?
R : Pour le mois d'avril.
"""
LETTERS = """\
Tanya Jawab tentang Jalan
T: Kapan jalan dibuka?
J: Bulan depan.
T: Berapa biayanya?
J: Dua miliar rupiah.
"""
RUSSIAN = """\
Пресс-конференция по итогам переговоров
5 марта 2021 года
П.Сорокин: Благодарю вас за приезд.
Корреспондент: Когда будет подписан договор?
П.Сорокин: Думаю, в апреле.
Корреспондент: Где?
П.Сорокин: В Самаре.
"""
ARABIC = """\
مؤتمر صحفي عن القناة
12 أغسطس 2022
الوزير: نرحب بكم في هذا المؤتمر الصحفي عن القناة الجديدة.
سؤال: متى تفتح القناة؟
الوزير: تفتح في الشهر القادم.
سؤال: وكم تبلغ التكلفة؟
الوزير: مئة مليون.
"""
MINISTER = """\
大臣定例会見
令和5年2月14日（火）
（大臣）本日の閣議では三件の決定がありました。
（記者）道路の整備はいつからですか。
（大臣）来年度からです。
"""


@pytest.mark.parametrize(
    ("text", "day", "turns"),
    [
        (TAIWAN, None, "陳若水, ?, 陳若水"),
        (PRINTED, "2023-03-14", "Le porte-parole, ?, Le porte-parole, ?, Le porte-parole"),
        (LETTERS, None, "?, -, ?, -"),
        (RUSSIAN, "2021-03-05", "П.Сорокин, ?, П.Сорокин, ?, П.Сорокин"),
        (ARABIC, "2022-08-12", "الوزير, ?, الوزير, ?, الوزير"),
        (MINISTER, "2023-02-14", "大臣, ?, 大臣"),
        (SPANISH, None, "Ministra portavoz, ?, Ministra portavoz, ?, Ministra portavoz"),
        (FRENCH, "2022-10-12", "LE PRÉSIDENT, ?, LE PRÉSIDENT"),
        (GERMAN, "2021-06-09", "Hollmann, ? WENDT, Hollmann, ? WENDT, Brandt"),
        (KOREAN, "2021-05-20", "서도윤, ?, 서도윤, ?, 서도윤"),
        (HONG_KONG, "2022-05-04", "?, 署長, ?, 署長"),
    ],
    ids=[
        "taiwan",
        "printed",
        "letters",
        "russian",
        "arabic",
        "minister",
        "spanish",
        "french",
        "german",
        "korean",
        "hong-kong",
    ],
)
def test_records_of_other_countries(text: str, day: str | None, turns: str) -> None:
    briefing = read(text)
    marks = [("? " if turn.kind is Kind.QUESTION else "") + (turn.speaker or "") for turn in briefing.turns]
    assert ", ".join(mark.strip() or "-" for mark in marks) == turns
    assert briefing.date == day
    assert "17時35分" not in str(briefing.turns)


def test_articles_of_a_law_are_no_turns() -> None:
    text = (
        "Resuelve:\n\nPrimero.- Que se abra el puerto.\n\nSegundo.- Que se pague.\n\nMADRID.- El plan sigue en pie.\n"
    )
    assert read(text).turns == ()


def test_no_sentence_of_a_transcript_is_lost() -> None:
    briefing = read(PANEL + "\n" + TALK)
    spoken = " ".join(text for turn in briefing.turns for text in turn.paragraphs)
    for line in TALK.splitlines():
        if line and not line.strip("\u00a0 ").endswith(":"):
            assert line in spoken


PIECES = st.sampled_from(
    [
        "Ines Okafor:", "MS. OKAFOR:  ", "Q    ", "问：", "林知远：", "《北岸日报》记者：", "Speakers:", "Date:",
        "Chairperson:",
        "Mara Lindqvist, deputy minister", "March 5, 2024", "2024年3月5日", "99/99/2024", "3 p.m.",
        "Port Alder | 9 a.m.",
        "Will it run? Thank you.", "It will.", "Updated: ", "By Tamsin Holt", "\n", "\n\n", "\r\n", " ", "\u00a0",
        "\u3000",
        "\u200b", "。", "？", ":", "：", ",", "(", "—", "A" * 70, "渡轮", "é", "\x00", "İ", "ſ", "²",
    ]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
def test_any_text_gives_a_valid_briefing(text: str) -> None:
    document = Document("page", text)
    briefing = parse(Pipeline(()).run(document))
    assert validate(json.loads(json.dumps(briefing.to_dict()))) == ()
    assert Briefing.from_dict(briefing.to_dict()) == briefing
    for turn in briefing.turns:
        assert 0 <= turn.at.start <= turn.at.end <= len(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Oct. 12, 2023", "2023-10-12"),
        ("Feb 27,2016 6:05 PM", "2016-02-27"),
        ("2019-03-08 11:02:50-05:00", "2019-03-08"),
        ("2017年3月9日", "2017-03-09"),
        ("2017 年 3 月 9 日", "2017-03-09"),
        ("14 mars 2032", "2032-03-14"),
        ("1er août 2024", "2024-08-01"),
        ("5. März 2024", "2024-03-05"),
        ("5 de marzo de 2024", "2024-03-05"),
        ("Kamis, 9 Oktober 2031", "2031-10-09"),
        ("9 Ağustos 2024", "2024-08-09"),
        ("5 марта 2024", "2024-03-05"),
        ("24.12.2023", "2023-12-24"),
        ("3rd of May 2024", "2024-05-03"),
        ("13/02/2024", "2024-02-13"),
        ("02/13/2024", "2024-02-13"),
        ("14 июля 2022 года", "2022-07-14"),
        ("令和3年7月13日（火曜日）", "2021-07-13"),
        ("平成元年5月1日", "1989-05-01"),
        ("民國112年2月11日", "2023-02-11"),
        ("2021. 5. 20.(목)", "2021-05-20"),
        ("2022. május 7.", "2022-05-07"),
        ("12. toukokuuta 2022", "2022-05-12"),
        ("ngày 11 tháng 8 năm 2022", "2022-08-11"),
        ("12 أغسطس 2022", "2022-08-12"),
        ("3 березня 2023 року", "2023-03-03"),
        ("03/04/2024", None),
        ("Feb. 30, 2024", None),
        ("12020-11-20", None),
        ("room 2024", None),
    ],
)
def test_dates(text: str, day: str | None) -> None:
    found = dates.first(text)
    assert (found.isoformat() if found else None) == day


def test_wrapped_lines_are_joined_and_short_ones_kept() -> None:
    joined = [block.text for block in blocks.read(GAGGLE)]
    assert joined[:3] == ["Aboard the Ferry Alder", "En Route Port Alder, Northshire", "8:37 A.M. EDT"]
    assert "Q Does she still expect the timetable to pass before the summer recess?" in joined


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Ms. Mara Lindqvist, deputy minister of inland waterways;\u00a0", "Mara Lindqvist"),
        ("Port Alder, Northshire", None),
        ("New York, New York", None),
        ("Forty Ferries Came, and the harbour was full.", None),
        ("林知远，外交部发言人", "林知远"),
    ],
)
def test_role_lines(line: str, name: str | None) -> None:
    found = roles.role_line(line)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Who pays?", True),
        ("Who pays? Thank you.", True),
        ("Who pays? Thanks very much, minister.", True),
        ('Did he say "never?"', True),
        ("谁来付？谢谢。", True),
        ("Who pays? Everybody does.", False),
        ("Thank you.", False),
    ],
)
def test_questions(text: str, asks: bool) -> None:
    assert labels.asks(text) is asks


@pytest.mark.parametrize(
    ("pager", "number", "total"),
    [("<  1  2", 2, 2), ("1 2 >", 1, 2), ("<  1  2  3  >", None, 3), ("Page 2 of 5", 2, 5), ("1 2 3", None, 3)],
)
def test_pagers(pager: str, number: int | None, total: int) -> None:
    assert removed.pages(pager) == Pages(number, total)


@pytest.mark.parametrize(
    "name", ["Gen Suzuki", "Sen Li", "Pak Chol", "Rev Patel", "Mark Frost", "Dree Holm", "Missy Ray"]
)
def test_a_name_is_not_shortened(name: str) -> None:
    assert names.plain(name) == name


@pytest.mark.parametrize(
    ("title", "surname", "found"),
    [
        ("Statement by Harbour Minister Ada Lovelace", "LOVELACE", ("Ada Lovelace", "Harbour Minister")),
        ("Press Gaggle by Deputy Press Secretary Ada Lovelace", "LOVELACE", ("Ada Lovelace", "Deputy Press Secretary")),
        ("Remarks by President Lovelace", "LOVELACE", None),
        ("Ada Lovelace's Regular Press Conference", "Ada Lovelace", ("Ada Lovelace", None)),
    ],
)
def test_names_in_headlines(title: str, surname: str, found: tuple[str, str | None] | None) -> None:
    line = roles.in_title(title, surname)
    assert (tuple(line) if line else None) == found


def test_one_speaker_on_a_page_that_calls_itself_a_briefing() -> None:
    speech = "Anna Weber:\n\nThe harbour opened again on Monday, after nine days of storm.\n"
    assert turns(read(f"Briefing on the harbour\n\n{speech}")) == [("Anna Weber", "opening", None, 1)]
    article = read(f"The harbour is open\n\n{speech}")
    assert article.turns == ()
    assert (article.paragraphs[0], article.credits) == ("Anna Weber:", ())


@pytest.mark.parametrize(
    "text", [PANEL + "\n" + TALK, "Port Alder, May 3, 2024\n\nThe pier  opens\u00a0in May, said Mara Lindqvist.\n"]
)
def test_every_value_knows_where_it_stands(text: str) -> None:
    briefing = read(text)

    def at(span: Span | None) -> str:
        assert span is not None
        return " ".join(text[span.start : span.end].split())

    for turn in briefing.turns:
        assert tuple(map(at, turn.paragraphs_at)) == turn.paragraphs
    assert tuple(map(at, briefing.paragraphs_at)) == briefing.paragraphs
    for one in briefing.participants:
        assert one.name in at(one.at)
    if briefing.title:
        assert at(briefing.fields_at.title) == briefing.title
    if briefing.date:
        assert dates.first(at(briefing.fields_at.date)) == date.fromisoformat(briefing.date)


def test_a_label_in_the_line_is_no_part_of_what_is_said() -> None:
    text = "Gaggle on the ferry\n\nMS. VENN:  Hello, everybody.\n\nQ   When will it sail?\n\nMS. VENN: In May.\n"
    briefing = read(text)
    assert [text[span.start : span.end] for turn in briefing.turns for span in turn.paragraphs_at] == [
        "Hello, everybody.",
        "When will it sail?",
        "In May.",
    ]


def test_places_are_those_of_the_page_before_it_was_cleaned() -> None:
    text = f"Home >> News\n\n{PANEL}\n{TALK}"
    briefing = parse(recipe.default().run(Document("page", text)))
    assert briefing.provenance.text_sha256 != briefing.provenance.source_sha256
    for turn in briefing.turns:
        assert tuple(" ".join(text[at.start : at.end].split()) for at in turn.paragraphs_at) == turn.paragraphs
