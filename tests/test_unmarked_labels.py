"""Transcripts whose labels have no colon, or that label one side alone: told by place, by return, by what asks."""

from __future__ import annotations

import pytest

from cleankit.briefing.parse import parse
from cleankit.model import Document
from cleankit.pipeline import Pipeline

CASES: dict[str, tuple[str, list[str]]] = {
    "a Japanese ministry: who asks and the office, alone on their lines": (
        """\
水野国土交通大臣記者会見概要

日時 令和6年11月19日 於 本省会見室

冒頭発言

大臣

本日は私から1点ご報告があります。新しい桟橋が来月開通します。

質疑応答

記者

米勒新聞です。桟橋の費用はいくらになりましたか。

大臣

予算の範囲内で収まりました。

記者

重ねてすみません。冬も開いているということですか。

大臣

はい、冬も開けます。詳しくは事務方から。

事務方

除雪は毎朝行います。

記者

通行料はいかがですか。

大臣

いただきません。
""",
        [
            "opening 水野",
            "question - (米勒新聞)",
            "answer 水野",
            "question -",
            "answer 水野",
            "answer 事務方",
            "question -",
            "answer 水野",
        ],
    ),
    "Korean television: name and office in brackets": (
        """\
항만청 새 부두 브리핑

2024.08.12

[문가람 / 항만청 대변인]
지금부터 새 부두 브리핑을 시작하겠습니다.

[신도율 / 항만청 시설국장]
부두는 다음 달에 문을 엽니다. 비용은 예산 안에서 끝났습니다.

[기자]
밀러신문 정다올 기자입니다. 겨울에도 문을 엽니까?

[신도율 / 항만청 시설국장]
겨울에도 엽니다.

[기자]
통행료는 얼마입니까?

[신도율 / 항만청 시설국장]
받지 않습니다.

[문가람 / 항만청 대변인]
오늘은 여기까지 하겠습니다.
""",
        [
            "moderator 문가람",
            "opening 신도율",
            "question 정다올 (밀러신문)",
            "answer 신도율",
            "question -",
            "answer 신도율",
            "moderator 문가람",
        ],
    ),
    "Korean offices: another one answers, in brackets": (
        """\
새 부두 브리핑

안녕하십니까? 항만청 시설국장 신도율입니다.

부두는 다음 달에 문을 엽니다.

<질문> 비용은 얼마나 들었습니까?

<답변> 예산 안에서 끝났습니다.

<질문> 눈은 누가 치웁니까?

<답변> (시설과 오해늘 과장) 매일 아침 저희가 치웁니다.

<질문> 통행료는 있습니까?

<답변> 없습니다.
""",
        [
            "opening 신도율",
            "question -",
            "answer 신도율",
            "question -",
            "answer 오해늘",
            "question -",
            "answer 신도율",
        ],
    ),
    "two answer by name, and nobody asks": (
        """\
Reprendre le phare à deux

4 octobre 2021

Ils ont repris le phare en mai, nous les avons rencontrés un matin de pluie.

Qui a eu l'idée ?

Ada Lovelace
C'est moi. Je cherchais une lampe.

Odo Brandt
Et moi un escalier. Le reste est venu de la pluie.

Le phare a-t-il coûté cher ?

Odo Brandt
Moins que le bateau.

Combien de marches y a-t-il ?

Ada Lovelace
Deux cent douze. Je les ai comptées deux fois.

Et qui monte le plus souvent ?

Odo Brandt
Celui qui a perdu aux cartes.
""",
        [
            "question -",
            "answer Ada Lovelace",
            "answer Odo Brandt",
            "question -",
            "answer Odo Brandt",
            "question -",
            "answer Ada Lovelace",
            "question -",
            "answer Odo Brandt",
        ],
    ),
    "dashes alone": (
        """\
Ада Ловлас: «Маяк не гаснет»

12.03.2008

- Ада, когда откроют мост?
- В мае. Осталось положить две доски.
Потом приедет комиссия.
- Кто за него платит?
- Округ.
- А если комиссия не приедет?
- Тогда откроем сами.
- И последний вопрос: вы не устали?
- Нет.
""",
        ["question -", "answer Ада Ловлас"] * 4,
    ),
    "family names in capitals, the reporters' with their houses": (
        """\
Letterlijke tekst persconferentie na de raad van 7 februari 2025

VAN ROTH
Goedemiddag. De pier gaat in mei open.

OKAFOR
Dank je wel. De kosten zijn binnen de begroting gebleven.

HOLT (MPO)
Mevrouw Okafor, wie betaalt het onderhoud?

OKAFOR
Het district.

HOLT (MPO)
En in de winter?

OKAFOR
Ook in de winter.

VELL (DE MOLEN)
Komt er tol op de pier?

VAN ROTH
Nee.
""",
        [
            "opening VAN ROTH",
            "opening OKAFOR",
            "question HOLT (MPO)",
            "answer OKAFOR",
            "question HOLT (MPO)",
            "answer OKAFOR",
            "question VELL (DE MOLEN)",
            "answer VAN ROTH",
        ],
    ),
    "a president's papers: a full stop behind the name": (
        """\
The President's News Conference in Alder Harbour

April 5, 2011

President Lovelace. Good afternoon. We walked to the pier and back.

We also had soup.

President Brandt. Thank you, Madam President. It was good soup.

Q. Madam President, when will the pier open?

President Lovelace. In May. We said May, and it will be May.

Q. And who pays for it?

President Brandt. Both of us do.
""",
        [
            "opening President Lovelace",
            "opening President Brandt",
            "question -",
            "answer President Lovelace",
            "question -",
            "answer President Brandt",
        ],
    ),
    "a bank: the words Question and Answer, and no mark": (
        """\
Questions and answers with Governor Ada Lovelace, 5 February 2020

Question You kept the rate unchanged. Was the decision made by all of you?

Answer It was. The minutes will be put out in March.

Question (Mill Post) How many loans did the flood touch?

Answer Some four hundred.

Question Will the banks take the interest?

Answer Two of them will not.
""",
        [
            "question -",
            "answer Ada Lovelace",
            "question - (Mill Post)",
            "answer Ada Lovelace",
            "question -",
            "answer Ada Lovelace",
        ],
    ),
    "a ministry's letters alone on their lines": (
        """\
Press Conference by Ada Lovelace, Minister for Harbours

July 20, 2012

Q.

How many piers are closed at the moment?

A.

Two of them. The others were opened this morning.

Q.

When will those two be opened?

A.

That depends on the wind.

Q.

And who decides?

A.

The wind.
""",
        ["question -", "answer Ada Lovelace"] * 3,
    ),
    "a Japanese ministry's letters with a bracket": (
        """\
水野財務大臣兼内閣府特命担当大臣閣議後記者会見の概要

令和5年9月26日

【冒頭発言】

本日の閣議で、桟橋の建設が決まりました。

【質疑応答】

問)

費用はいくらになりますか。

答)

予算の範囲内です。

問)

冬も開いていますか。

答)

はい、冬も開けます。

問)

通行料はいかがですか。

答)

いただきません。
""",
        ["question -", "answer 水野"] * 3,
    ),
    "an office that answers in writing": (
        """\
教育局图书馆处负责人就新规答记者问

2023-11-20

1.问：为什么要有新规？

答：图书馆是学校的重要场所。

2.问：新规主要写了什么？

答：写了开放时间，也写了书架。

3.问：冬天也开放吗？

答：冬天也开放。
""",
        ["question -", "answer 教育局图书馆处负责人"] * 3,
    ),
    "callers whom an operator puts through": (
        """\
Harbour funding webinar

March 15, 2016

OPERATOR: Welcome and thank you for standing by.

MS. INES OKAFOR: Thank you. The pier fund is open until May, and I will be brief.

OPERATOR: Our first question comes from Paul Vell. Your line is open.

MR. PAUL VELL: Good morning. We have a pier of nine metres, and the form asks for ten.

MS. INES OKAFOR: Write ten and explain.

MR. PAUL VELL: That helps.

MS. INES OKAFOR: Good.
""",
        [
            "moderator OPERATOR",
            "opening Ines Okafor",
            "moderator OPERATOR",
            "question Paul Vell",
            "answer Ines Okafor",
            "question Paul Vell",
            "answer Ines Okafor",
        ],
    ),
    "a magazine that calls itself by its name, then without the article": (
        """\
On ropes and rain: a conversation with Ada Lovelace

October 12, 2021

The Halyard: The first page is a map. Who drew it?

Ada Lovelace: My brother did, with his left hand.

Halyard: And the harbour on it is real?

Lovelace: Half of it is.

Halyard: Did you walk there?

Lovelace: Twice, and both times it rained.
""",
        ["question - (Halyard)", "answer Ada Lovelace"] * 3,
    ),
    "who asked, at the foot": (
        """\
Interview mit Ada Lovelace

16. September 2023

Die Hafenmeisterin Ada Lovelace war bei uns zu Gast.

Frage: Frau Lovelace, wann öffnet die Brücke?

Antwort: Im Mai.

Frage: Wer bezahlt das?

Antwort: Der Kreis.

Frage: Und im Winter?

Antwort: Auch im Winter.

Die Fragen stellte: Vera Holt
""",
        ["question Vera Holt", "answer Ada Lovelace"] * 3,
    ),
    "a line of the site between the name and the words": (
        """\
Committee on Piers: Discussion

14 November 2018

Ms Gráinne Tuohy
Link to this: alone | in context
I thank the members for coming. The pier was built in 1912.

Mr Declan Furlong
Link to this: alone | in context
Is it true that it leans?

Ms Gráinne Tuohy
Link to this: alone | in context
It leans a little.

Mr Declan Furlong
Link to this: alone | in context
How much is a little?

Ms Gráinne Tuohy
Link to this: alone | in context
Nine centimetres.
""",
        [
            "opening Gráinne Tuohy",
            "question Declan Furlong",
            "answer Gráinne Tuohy",
            "question Declan Furlong",
            "answer Gráinne Tuohy",
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_labels_without_a_mark(name: str) -> None:
    text, turns = CASES[name]
    briefing = parse(Pipeline(()).run(Document(name, text)))
    told = [
        f"{turn.kind.value} {turn.speaker or '-'}" + (f" ({turn.outlet})" if turn.outlet else "")
        for turn in briefing.turns
    ]
    assert told == turns


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Babbage has said so before.\n\nMs. Lovelace disagreed.\n\nMr. Babbage has said it again.\n\n"
        "Mr. Babbage will not be moved, and the pier stays where it is.\n",
        "Opening hours\n\nThe pier is open.\n\nPrices\n\nNobody pays.\n\nOpening hours\n\nIn winter it is closed.\n\n"
        "Prices\n\nNobody pays in winter either.\n\nDogs\n\nMay we bring dogs? You may.\n",
        "- bread\n- milk for the cat\n- a lamp\n- is there oil?\n- rope\n- nails\n- more rope\n- a map\n",
    ],
)
def test_what_comes_back_in_an_article_or_a_list_is_no_label(text: str) -> None:
    assert parse(Pipeline(()).run(Document("page", text))).turns == ()
