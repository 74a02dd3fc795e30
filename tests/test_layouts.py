"""Layouts of transcripts as offices and news rooms print them, all invented: who speaks, asks, answers, leads."""

from __future__ import annotations

import pytest

from cleankit import api
from cleankit.briefing.parse import parse
from cleankit.model import Document
from cleankit.pipeline import Pipeline

CASES: dict[str, tuple[str, str | None, list[str]]] = {
    "a president's site: office and name first, then the name": (
        """\
News conference following the lake summit

September 16, 2022

President of the Mill Ada Lovelace: Good evening. I am all yours.

Question: Good evening. What is your main result?

Ada Lovelace: The main result is the summit itself.

Question: Will you meet the neighbours?

Ada Lovelace: I will.
""",
        "2022-09-16",
        ["opening Ada Lovelace", "question -", "answer Ada Lovelace", "question -", "answer Ada Lovelace"],
    ),
    "an anchor and her guest": (
        """\
Storm Closes Port; Interview With Mayor Charles Babbage

Aired May 12, 2022 - 18:00 ET

ADA LOVELACE, MILL TV HOST: Welcome back. The port has been closed for nine days now.

CHARLES BABBAGE, MAYOR OF ELLMOUTH: Good to be with you.

LOVELACE: When will it open?

BABBAGE: When the wind drops.
""",
        "2022-05-12",
        ["moderator ADA LOVELACE", "opening Charles Babbage", "moderator ADA LOVELACE", "opening Charles Babbage"],
    ),
    "a broadcaster's host, and family names in capitals": (
        """\
A clockmaker on winter

ADA LOVELACE, HOST:

When the cold comes, clocks slow down. We asked a man who mends them why.

CHARLES BABBAGE: The oil gets thick. It's as simple as that.

LOVELACE: And what do you do about it?

BABBAGE: I warm the clock.
""",
        None,
        [
            "moderator ADA LOVELACE",
            "opening CHARLES BABBAGE",
            "moderator ADA LOVELACE",
            "opening CHARLES BABBAGE",
        ],
    ),
    "a doorstop: name and office first, then the family name": (
        """\
Doorstop interview, Wagga Creek

3 May 2024

ADA LOVELACE, MINISTER FOR RIVERS: Well, good morning everyone. It's great to be here with the local member.

CHARLES BABBAGE, MEMBER FOR WAGGA: Thanks, Minister. This is a good day for our town.

JOURNALIST: Minister, how many gauges will be replaced?

LOVELACE: Forty-two by the end of the year.
""",
        "2024-05-03",
        ["opening ADA LOVELACE", "opening CHARLES BABBAGE", "question -", "answer ADA LOVELACE"],
    ),
    "an office with what it is for, whose holder the lead names": (
        """\
Transcript of remarks by Secretary for Piers at media session

Following is the transcript of remarks by the Secretary for Piers, Ms Ada Lovelace, at a media session on May 11, 2023:

Reporter: When will the pier open? Will fares go up?

Secretary for Piers: It opens in July. Fares stay as they are.

Reporter: What about the night ferry?

Secretary for Piers: We are talking to the operator.
""",
        "2023-05-11",
        ["question -", "answer Ada Lovelace", "question -", "answer Ada Lovelace"],
    ),
    "a noon briefing: the spokesman has a name only in the note above": (
        """\
Daily Press Briefing by the Office of the Spokesperson

3 April 2024

The following is a near-verbatim transcript of today’s noon briefing by Ada Lovelace, Spokesman for the Council.

Good afternoon, everybody. The floods have displaced 40,000 people in the past week.

Spokesman: Charles?

Question: Thank you. Does the Council have any comment on the talks?

Spokesman: We have seen the reports.

Correspondent: I just want to…

Spokesman: Thank you all. See you tomorrow.
""",
        "2024-04-03",
        [
            "opening Ada Lovelace",
            "opening Ada Lovelace",
            "question -",
            "answer Ada Lovelace",
            "question -",
            "answer Ada Lovelace",
        ],
    ),
    "name and outlet with a slash, a shortened office, a title that looks like a label": (
        """\
Press Briefing: Secretary Ada Lovelace on rice imports

SEC. LOVELACE: Good morning to everyone in the press corps.

Q: Sir, how much rice comes in this month?

SEC. LOVELACE: About 200,000 metric tons.

CHARLES BABBAGE/MILL NEWS: Secretary, will the tariff go down?

SEC. LOVELACE: That is for the President to say.
""",
        None,
        [
            "opening Ada Lovelace",
            "question -",
            "answer Ada Lovelace",
            "question CHARLES BABBAGE (MILL NEWS)",
            "answer Ada Lovelace",
        ],
    ),
    "the office and the full name first, then the office": (
        """\
Transcript of the weekly briefing, 14 March 2024

Spokesperson Mr. Ada Lovelace: Good afternoon. I have two announcements to make before we open the floor.

Question (Daily Harbour): Has the Ministry received a reply?

Spokesperson: Not yet. We expect one in due course.
""",
        "2024-03-14",
        ["opening Ada Lovelace", "question - (Daily Harbour)", "answer Ada Lovelace"],
    ),
    "a live page: labels and minutes on lines of their own": (
        """\
县政府新闻办举行渡口改造新闻发布会

2024年3月5日

县政府新闻办副主任、新闻发言人 林知远:
2024-03-05 10:00:31
各位记者，上午好！请陈若水先生介绍情况。
2024-03-05 10:01:12
县水运局局长 陈若水:
2024-03-05 10:01:40
谢谢主持人。渡口五月重新开放。
2024-03-05 10:12:05
米勒日报记者:
2024-03-05 10:13:02
请问夜里也开吗？
2024-03-05 10:13:44
陈若水:
2024-03-05 10:14:01
夜里也开。
""",
        "2024-03-05",
        ["moderator 林知远", "opening 陈若水", "question - (米勒日报)", "answer 陈若水"],
    ),
    "a Turkish headline that names the spokesman, and how a question is asked": (
        """\
Liman Bakanlığı Sözcüsü Kaya Denizer’in Basın Toplantısı, 5 Mart 2024

SÖZCÜ: Değerli basın mensupları, hoş geldiniz. Vapur mayısta yeniden çalışacak.

SORU: Parasını kim ödeyecek?

CEVAP: İlçe ödeyecek.

SORU (Devamla): Gece de mi?

CEVAP: Gece de.
""",
        "2024-03-05",
        [
            "opening Kaya Denizer",
            "question -",
            "answer Kaya Denizer",
            "question -",
            "answer Kaya Denizer",
        ],
    ),
    "a Japanese minister before the office": (
        """\
水野国土交通大臣会見記録

2024年3月5日

【水野国土交通大臣】私から一点申し上げます。渡し船は五月に再開いたします。

【米勒新聞　林記者】夜も運航されるのでしょうか。

【水野国土交通大臣】夜も運航いたします。
""",
        "2024-03-05",
        ["opening 水野", "question 林 (米勒新聞)", "answer 水野"],
    ),
    "an office before the name, and the name alone from then on": (
        """\
Doorstep statement by Harbour Commissioner Ada Lovelace

5 March 2024

Harbour Commissioner, Ada Lovelace: Good morning. The pier is open again.

Harbour Spokesperson, Ines Okafor: We have time for two questions. Jim, please.

Jim Holt (Alder Daily): Who pays for the night ferry?

Ada Lovelace: The county does.

Ines Okafor: Last question, at the back.

Question: And on Sundays?

Ada Lovelace: On Sundays, too.
""",
        "2024-03-05",
        [
            "opening Ada Lovelace",
            "moderator Ines Okafor",
            "question Jim Holt (Alder Daily)",
            "answer Ada Lovelace",
            "moderator Ines Okafor",
            "question -",
            "answer Ada Lovelace",
        ],
    ),
    "a Portuguese record whose labels end in dashes": (
        """\
Transcrição da entrevista coletiva do ministro Ivo Moinho sobre a balsa

5 de março de 2024

Inês Ribeira, chefe da assessoria – Boa tarde a todos. Vamos dar início à coletiva.

Ministro Ivo Moinho – Boa tarde, gente. A balsa volta a circular em maio.

Inês Ribeira – Vamos às perguntas. Ada Lovelace, por favor.

Jornalista (Ada Lovelace, Folha do Moinho) – Quem paga a balsa da noite?

Ministro Ivo Moinho – O município – e só ele.

Jornalista (Ada Lovelace, Folha do Moinho) – E aos domingos?

Ministro Ivo Moinho – Aos domingos também.
""",
        "2024-03-05",
        [
            "moderator Inês Ribeira",
            "opening Ivo Moinho",
            "moderator Inês Ribeira",
            "question Ada Lovelace (Folha do Moinho)",
            "answer Ivo Moinho",
            "question Ada Lovelace (Folha do Moinho)",
            "answer Ivo Moinho",
        ],
    ),
    "Taiwan: the office between family name and given name, and the Republic's years": (
        """\
渡口委員會113年3月5日例行記者會紀錄

時間：113年3月5日（星期二）上午10時

地點：本會記者室

林副主委知遠：大家早。渡口五月重新開放，夜間也有船班。

米勒社記者方○○：請問經費由誰負擔？

林副主委知遠：由縣政府負擔。

渡口時報記者陳○○：假日也有船班嗎？

林副主委知遠：假日也有。
""",
        "2024-03-05",
        [
            "opening 林知遠",
            "question 方○○ (米勒社)",
            "answer 林知遠",
            "question 陳○○ (渡口時報)",
            "answer 林知遠",
        ],
    ),
    "a president who hands over, and leads through nothing": (
        """\
Conférence de presse du Président et de la Première ministre

5 mars 2024

Intervenants :

Odo Brandt, Président de la République

Mara Lindquist, Première ministre

LE PRÉSIDENT.- Bonjour à tous. Le bac circulera à partir de mai, et la nuit aussi. Je te laisse la parole.

LA PREMIÈRE MINISTRE.- Merci beaucoup. Le pont ouvrira en juin.

LE PRÉSIDENT.- Merci. Nous prenons quelques questions.

Q.- Qui paie ?

LE PRÉSIDENT.- Le département, et lui seul, comme nous l'avions dit l'an dernier.

Q.- Et le dimanche ?

LE PRÉSIDENT.- Le dimanche aussi.
""",
        "2024-03-05",
        [
            "opening Odo Brandt",
            "opening Mara Lindquist",
            "opening Odo Brandt",
            "question -",
            "answer Odo Brandt",
            "question -",
            "answer Odo Brandt",
        ],
    ),
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
            "opening Brandt",
            "question Holt",
            "answer Brandt",
            "question -",
            "answer Lindquist",
            "question -",
            "answer Brandt",
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
        "2024-03-05",
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
        ["opening Ines Okafor", "question -", "answer Ines Okafor", "question -", "answer Ines Okafor"],
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
    "a spokesperson's daily record": (
        """\
Foreign Ministry Spokesperson Lin Zhiyuan's Regular Press Conference on March 5, 2024

2024-03-05 18:20

At the invitation of the foreign minister of Northshire, the minister will visit the islands from March 10 to 12.

Harbour Daily: Could you share with us the arrangements of the visit?

Lin Zhiyuan: The visit is an important one. We will release information in due course.

Kestrel: It was reported yesterday that the ferry talks have ended. Do you have any comment?

Lin Zhiyuan: We have noted the reports.

Both sides will go on talking.

Q: Will there be a boat on Sundays?

Lin Zhiyuan: From June.
""",
        "2024-03-05",
        [
            "opening Lin Zhiyuan",
            "question - (Harbour Daily)",
            "answer Lin Zhiyuan",
            "question - (Kestrel)",
            "answer Lin Zhiyuan",
            "question -",
            "answer Lin Zhiyuan",
        ],
    ),
    "no stop behind MR": (
        """\
Department Press Briefing – March 5, 2024

Odo Brandt, Department Spokesperson

Press Briefing

Port Alder, Northshire

March 5, 2024

1:21 p.m. EST

MR BRANDT: Good afternoon, everyone. Sorry for the small delay. Tamsin, do you want to start?

QUESTION: Sure. On the ferry, what happened?

MR BRANDT: It was late.

QUESTION: Why?

MR BRANDT: Fog.

(The briefing was concluded at 2:20 p.m.)
""",
        "2024-03-05",
        ["opening Odo Brandt", "question -", "answer Odo Brandt", "question -", "answer Odo Brandt"],
    ),
    "a stenographer's stops": (
        """\
Transcript of Chair Lindqvist’s Press Conference
March 5, 2024

CHAIR LINDQVIST.  Good afternoon.  We left the tariff where it was.  The boats are full.

ODO BRANDT.  Thank you.  Is a cut likely this summer?

CHAIR LINDQVIST.  We shall see.

TAMSIN HOLT.  And in the autumn?

CHAIR LINDQVIST.  We shall see that too.
""",
        "2024-03-05",
        [
            "opening Chair Lindqvist",
            "question Odo Brandt",
            "answer Chair Lindqvist",
            "question Tamsin Holt",
            "answer Chair Lindqvist",
        ],
    ),
    "reporter and outlet behind the word": (
        """\
Prime Minister's press conference: 5 March 2024

Prime Minister Mara Lindqvist held a press conference in Port Alder on ferries.

From: Prime Minister's Office

Prime Minister:

Good afternoon everybody. The boats run again.

I want to thank the crews.

Question (Tamsin Holt, Harbour TV):

Thank you, Prime Minister. When do you expect the pier to be ready?

Prime Minister:

In May.

Question:

And who pays?

Prime Minister:

The county.
""",
        "2024-03-05",
        [
            "opening Prime Minister",
            "question Tamsin Holt (Harbour TV)",
            "answer Prime Minister",
            "question -",
            "answer Prime Minister",
        ],
    ),
    "Indonesian": (
        """\
Keterangan Pers Presiden Arun Melo, Pelabuhan Alder, 5 Maret 2024

Presiden Arun Melo:
Selamat siang. Kapal feri mulai beroperasi pada bulan Mei.

Wartawan:
Pak, siapa yang membayar?

Presiden Arun Melo:
Kabupaten.

Wartawan:
Dan pada hari Minggu?

Presiden Arun Melo:
Juga beroperasi.
""",
        "2024-03-05",
        ["opening Arun Melo", "question -", "answer Arun Melo", "question -", "answer Arun Melo"],
    ),
    "rank and name in capitals, then the surname": (
        """\
Press Secretary Holds a Briefing on the Ferry
March 5, 2024
Press Secretary Ines Okafor; Rear Admiral Odo Brandt, Commander, Ferry Fleet

PRESS SECRETARY INES OKAFOR: Good afternoon. I have two items at the top.

Thanks for coming. Admiral, over to you.

REAR ADMIRAL ODO BRANDT: Thank you, Ines. The fleet is ready.

Q: How many boats?

ADM. BRANDT: Forty.

Q: Thank you. Ms. Okafor, on the pier?

MS. OKAFOR: It is done.
""",
        "2024-03-05",
        [
            "opening Ines Okafor",
            "opening Odo Brandt",
            "question -",
            "answer Odo Brandt",
            "question -",
            "answer Ines Okafor",
        ],
    ),
    "Turkish case endings": (
        """\
Bakan Odo Brandt'ın basın toplantısı
5 Mart 2024

BAKAN BRANDT: Değerli basın mensupları, hoş geldiniz. Feri mayısta başlıyor.

SORU: Kim ödüyor?

BAKAN BRANDT: İlçe ödüyor.

SORU: Pazar günleri de var mı?

BAKAN BRANDT: Var.
""",
        "2024-03-05",
        ["opening Odo Brandt", "question -", "answer Odo Brandt", "question -", "answer Odo Brandt"],
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


def test_the_line_that_dates_the_page_is_read_glued_and_below_the_lead() -> None:
    page = (
        "Home > Press Office > Notices >\n\nNotice of a press conference on March 7 (10 a.m.)\n\n"
        "The Harbour Office will hold a press conference to brief the media on the new pier of the county.\n\n"
        "Alder HarbourUpdated: March 4, 2024\n\n"
        "The Harbour Office will hold a press conference in March. Odo Brandt, head of the Pier Office, will come.\n"
    )
    briefing = api.parse(page)
    assert briefing.title == "Notice of a press conference on March 7 (10 a.m.)"
    assert (briefing.published, briefing.source) == ("2024-03-04", "Alder Harbour")
    assert len(briefing.paragraphs) == 2


def test_a_byline_with_its_paper_and_a_caption_beside_it() -> None:
    page = (
        "County / Government\n\nHarbour office holds a record number of briefings\n\n"
        "By INES OKAFOR (Alder Daily) Updated: 2024-03-05 07:56\n\n"
        "Odo Brandt, head of the Pier Office, meets with guests at the hall on Thursday. M. ROTH/ALDER DAILY\n\n"
        "The harbour office has held a record number of briefings this year, it said in its yearly report on Monday.\n"
    )
    briefing = api.parse(page)
    assert briefing.title == "Harbour office holds a record number of briefings"
    assert (briefing.published, briefing.source, briefing.credits) == ("2024-03-05", "Alder Daily", ("INES OKAFOR",))
    assert [(one.name, one.role) for one in briefing.participants] == [("Odo Brandt", "head of the Pier Office")]


def test_a_korean_record_names_who_asked_behind_the_question() -> None:
    page = (
        "항만청 정례브리핑 (3.5.)\n\n<질문> 나루터는 언제 다시 엽니까? (밀러일보 정다올 기자)\n\n"
        "<답변> 오월에 엽니다.\n\n"
        "<질문> 밤에도 운항합니까? (강변TV 신도율 기자)\n\n<답변> 그렇습니다.\n"
    )
    asked = [(turn.speaker, turn.outlet) for turn in api.parse(page).turns if turn.kind.value == "question"]
    assert asked == [("정다올", "밀러일보"), ("신도율", "강변TV")]


def test_a_byline_without_a_blank_is_read() -> None:
    assert api.parse("县渡口五月重新开放\n\n林知远/文\n\n县水运局昨天说，渡口五月重新开放，夜里也有船。\n").turns == ()


def test_fields_that_stand_above_their_values() -> None:
    page = (
        "县政府举行渡口改造新闻发布会\n\n时间\n2024年3月5日上午10时\n地点\n县政府新闻发布厅\n"
        "出席嘉宾\n县水运局局长　陈若水\n"
        "主持人\n县新闻办副主任、新闻发言人　林知远\n\n林知远：请陈若水局长介绍情况。\n\n陈若水：渡口五月重新开放。\n\n"
        "米勒日报记者：夜里也开吗？\n\n陈若水：夜里也开。\n"
    )
    briefing = api.parse(page)
    assert (briefing.date, briefing.venue) == ("2024-03-05", "县政府新闻发布厅")
    assert ("林知远", "县新闻办副主任、新闻发言人") in [(one.name, one.role) for one in briefing.participants]


def test_a_path_is_no_headline() -> None:
    page = (
        "Harbour > Newsroom > Speeches & transcripts\n\nDoorstep statement by Commissioner Ada Lovelace\n\n"
        "5 March 2024\n\nAda Lovelace: The pier is open.\n\nQuestion: At night?\n\nAda Lovelace: At night, too.\n"
    )
    assert api.parse(page).title == "Doorstep statement by Commissioner Ada Lovelace"
