"""Layouts of transcripts as offices and news rooms print them, all invented: who speaks, asks, answers, leads."""

from __future__ import annotations

import pytest

from cleankit.briefing.parse import parse
from cleankit.model import Document
from cleankit.pipeline import Pipeline

CASES: dict[str, tuple[str, str | None, list[str]]] = {
    "German government": (
        """\
Regierungspressekonferenz vom 5. März 2024

Themen: Fähren, Hafen

Vorsitzende Welt: Guten Tag, ich begrüße Herrn Brandt und Frau Lindquist.

StS Brandt: Die Fähre fährt ab Mai. Das Kabinett hat das heute so beschlossen.

Frage Holt: Wer bezahlt das denn nun eigentlich?

StS Brandt: Der Kreis bezahlt das.

Zusatzfrage: Auch am Sonntag?

Lindquist (BMV): Auch am Sonntag.

Frage: Und nachts?

StS Brandt: Nein.
""",
        "2024-03-05",
        [
            "moderator Welt",
            "opening StS Brandt",
            "question Holt",
            "answer StS Brandt",
            "question -",
            "answer Lindquist",
            "question -",
            "answer StS Brandt",
        ],
    ),
    "capitals and a blank before the colon": (
        """\
Conférence de presse du ministre des îles

LE MINISTRE : Bonjour à tous. Le bac circulera à partir de mai.

JOURNALISTE : Qui paie ?

LE MINISTRE : Le département.

JOURNALISTE : Et le dimanche ?

LE MINISTRE : Aussi.
""",
        None,
        ["opening LE MINISTRE", "question -", "answer LE MINISTRE", "question -", "answer LE MINISTRE"],
    ),
    "office and name, name and outlet": (
        """\
Transcript of Weekly Media Briefing by the Official Spokesperson
March 05, 2024

Official Spokesperson, Shri Arun Melo: Good evening, everyone, welcome to the weekly briefing.

Tamsin, WIOP: My question is about the ferry. Will it run?

Official Spokesperson, Shri Arun Melo: It will run.

Odo Brandt, Alder Daily: And will the pier be finished by then?

Official Spokesperson, Shri Arun Melo: We hope so.
""",
        "2024-03-05",
        [
            "opening Arun Melo",
            "question Tamsin (WIOP)",
            "answer Arun Melo",
            "question Odo Brandt (Alder Daily)",
            "answer Arun Melo",
        ],
    ),
    "Japanese brackets": (
        """\
外務大臣会見記録

（令和6年3月5日（火曜日）15時30分　於：本省会見室）

【記者】フェリーの運航についてお聞きします。いつからでしょうか。

【外務大臣】五月からです。

【海港新聞 山田記者】日曜日も運航しますか。

【外務大臣】はい、運航します。
""",
        None,
        ["question -", "answer 外務大臣", "question 山田 (海港新聞)", "answer 外務大臣"],
    ),
    "initial and surname, a note behind the label": (
        """\
Vladimir Tarn held a news conference

March 5, 2024
18:30
Port Alder

V.Tarn: Good evening. Please ask your questions.

Question: Mr. Tarn, when will the ferry run?

V.Tarn: In May.

Question (retranslated): And on Sundays?

V.Tarn: Also.
""",
        "2024-03-05",
        ["opening Vladimir Tarn", "question -", "answer Vladimir Tarn", "question -", "answer Vladimir Tarn"],
    ),
    "interview by an outlet": (
        """\
"We build for the fish": an interview with Mara Lindqvist

The deputy minister talked to us about piers. By Tamsin Holt.

Alder Daily: Why did you choose the pier first of all?

Lindqvist: Because it was there. Nobody had used it in years.

Alder Daily: And what comes after the pier?

Lindqvist: The boats.

Alder Daily: Many of them?

Lindqvist: Forty.
""",
        None,
        [
            "question - (Alder Daily)",
            "answer Mara Lindqvist",
            "question - (Alder Daily)",
            "answer Mara Lindqvist",
            "question - (Alder Daily)",
            "answer Mara Lindqvist",
        ],
    ),
    "Markdown bold": (
        """\
# Ferry briefing

**Moderator:** Welcome. We are pleased to have Mara Lindqvist here.

**Mara Lindqvist:** Thank you. The boats are ready.

**Q:** How many?

**A:** Forty of them.

**Q:** Why?

**A:** We need them.
""",
        None,
        [
            "moderator Moderator",
            "opening Mara Lindqvist",
            "question -",
            "answer Mara Lindqvist",
            "question -",
            "answer Mara Lindqvist",
        ],
    ),
    "time codes": (
        """\
Transcript of the ferry briefing

Ines Okafor (00:12):
Good afternoon. We have a full agenda today.

Speaker 2 (01:45):
When does the boat sail?

Ines Okafor (01:52):
At noon.

Speaker 2 (02:45):
And is it full?

Ines Okafor (02:50):
It is.
""",
        None,
        ["opening Ines Okafor", "question Speaker 2", "answer Ines Okafor", "question Speaker 2", "answer Ines Okafor"],
    ),
    "office alone": (
        """\
Daily Press Briefing by the Office of the Spokesperson

Following is a near-verbatim transcript of today's noon briefing by the Deputy Spokesperson for the Island Union.

Good afternoon, everyone. I have several things to read out today before we turn to the boats.

Spokesman: Let me begin with the ferry. It has arrived, and nobody was hurt.

Question: Thank you. On the ferry, who paid for it?

Spokesman: The members did.

Question: And who will pay next year?

Spokesman: Ask them.
""",
        None,
        ["opening Spokesman", "opening Spokesman", "question -", "answer Spokesman", "question -", "answer Spokesman"],
    ),
    "Chinese State Council": (
        """\
国新办举行渡轮运输发展情况新闻发布会

国务院新闻办公室于2024年3月5日（星期二）下午3时举行新闻发布会，请交通部副部长林知远、水运局局长沈既明介绍渡轮运输发展情况，并答记者问。

主持人 陈若：

女士们、先生们，下午好！欢迎出席国务院新闻办新闻发布会。今天出席发布会的有：交通部副部长林知远先生、水运局局长沈既明先生。下面，先请林知远先生作介绍。

林知远：

谢谢主持人。今年渡轮运输保持平稳。

陈若：

谢谢林部长。下面进入答问环节，提问前请通报所在的新闻机构。

海港电视台记者：

今年渡轮运输有哪些变化？谢谢。

沈既明：

谢谢您的提问。变化有三个方面。

周日班次何时恢复？老百姓很关心这个问题，请介绍一下有关情况和下一步的安排？谢谢。

林知远：

六月起恢复。

陈若：

今天的发布会到此结束，谢谢各位。
""",
        "2024-03-05",
        [
            "moderator 陈若",
            "opening 林知远",
            "moderator 陈若",
            "question - (海港电视台)",
            "answer 沈既明",
            "question -",
            "answer 林知远",
            "moderator 陈若",
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_layouts(name: str) -> None:
    text, date, turns = CASES[name]
    briefing = parse(Pipeline(()).run(Document(name, text)))
    told = [
        f"{turn.kind.value} {turn.speaker or '-'}" + (f" ({turn.outlet})" if turn.outlet else "")
        for turn in briefing.turns
    ]
    assert told == turns
    assert briefing.date == date
    assert briefing.title == text.splitlines()[0].lstrip("# ")
    speakers = {turn.speaker for turn in briefing.turns if turn.kind.value in ("opening", "answer")}
    assert speakers <= {person.name for person in briefing.participants}
    assert [person.name for person in briefing.participants if person.chair] == sorted(
        {turn.speaker for turn in briefing.turns if turn.kind.value == "moderator" and turn.speaker != "Moderator"}
    )
