"""Pages on which labels say little or nothing: interviews, calls, minutes, records with keys; all invented."""

from __future__ import annotations

import pytest

from cleankit.briefing.parse import parse
from cleankit.model import Document
from cleankit.pipeline import Pipeline

CASES: dict[str, tuple[str, list[str]]] = {
    "questions behind a mark": (
        """\
Keeper Dr. Ada Lovelace: the fog has changed

She has kept the light of Port Alder for thirty years. Dr. Ada Lovelace poured the tea and talked.

* How was the first winter?
Long! I counted the ships, and I counted them again.

* And what do people get wrong about fog?
They think that it is quiet. I hear more in it than on any clear day.

* Will you go on?
I have told them that I will, for as long as my knees say so.

* Did you ever want to leave?
Never. I was asked twice, and twice I said no.
""",
        ["question -", "answer Ada Lovelace"] * 4,
    ),
    "the first line of each block asks": (
        """\
Every word: Lovelace on the cup, the pitch and the rain

Coach Ada Lovelace met the press at the Mill ground on Friday.

How is the team after Tuesday?
Tired, but I like what I saw.
Nobody is hurt.

Will the pitch hold?
I asked the groundsman, and he laughed.

You have not won here for nine years.
I know. My father was in that team.

Is Brandt fit to play?
He says so. I will look at him tomorrow.

What would a win be worth?
I'd say a quiet week.
""",
        ["question -", "answer Ada Lovelace"] * 5,
    ),
    "only the mark at the end of a paragraph": (
        """\
MILL BANK
PRESS CONFERENCE
Ada Lovelace, President of the Mill Bank,
Odo Brandt, Vice-President of the Mill Bank
Port Alder, 26 October 2023
Good afternoon. The council decided to keep the rate, and I will say in a few words why that is so.
We are now ready to take your questions.
My first question is on the rate. Is this the peak? The market believes it, as you know very well.
I am not going to say that we are at the peak. We were of one mind today.
Did you talk about the reserves of the banks in the north?
We did not. It was on nobody's list, and it is not on mine for the next meeting either.
Do you look through the price of coal, or would it have to stay where it is for a year?
I am attentive to it, and so are my colleagues.
Brandt: Coal is a fifth of the basket, no more.
Will there be notes of ten in the spring, as the printers have told everybody who asked?
There will. I have one in my purse.
What do you say to those who keep their money under the bed?
That I understand them, and that we pay for what they lend us.
""",
        [
            "opening Ada Lovelace",
            *["question -", "answer Ada Lovelace"] * 3,
            "answer Odo Brandt",
            *["question -", "answer Ada Lovelace"] * 2,
        ],
    ),
    "frequent questions are no interview": (
        """\
Passes for the press

Frequently asked questions

Q. Who can have one?

A. Whoever writes about the mill.

Q. How long does it take?

A. Three days.

Q. What does it cost?

A. Nothing.
""",
        [],
    ),
    "answers are labelled, questions are not": (
        """\
Slow water: Ada Lovelace interviewed

Ada Lovelace plays the organ of the old mill. We met her at the museum.

Where have you been all this time?

Ada Lovelace: At work. I have a parish, and it has a choir.

Did you know from the start that there would be two organs?

AL: No. The second one came with the house.

You opened the window?

AL: I did, to the harbour.

There was some trouble with the radio, I think.

AL: It was no trouble. They were polite.

Do you feel part of it now?

AL: I'm glad of it, for it pays for the ferry.
""",
        ["question -", "answer Ada Lovelace"] * 5,
    ),
    "a key spells the initials": (
        """\
Looms and other matters, press conference of 22 November 2023

Speaker key:
AL\tDr Ada Lovelace
OB\tOdo Brandt
TR\tTamsin

AL\tWelcome to you all. I give the floor to Odo Brandt, who will tell you about the looms.
OB\tThank you, Ada. Nine of them stand still, and four will not run again.
AL\tThank you. The next question is Tamsin's.
TR\tThanks for taking my question. How many people have work at the nine looms?
OB\tSixty, and nobody has lost a day's pay.
TR\tAnd what will become of them when the four are gone for good?
OB\tWe shall find them something.
""",
        [
            "moderator Ada Lovelace",
            "opening Odo Brandt",
            "moderator Ada Lovelace",
            "question Tamsin",
            "answer Odo Brandt",
            "question Tamsin",
            "answer Odo Brandt",
        ],
    ),
    "a call: names above their posts": (
        """\
Q3 2021 Earnings Call

Operator
Good morning, and welcome to the call of the Mill Company. I turn it over to Ada Lovelace.

Ada Lovelace
President & Chief Executive Officer, Mill Company, Inc.
Thank you, operator. Orders were up by nineteen percent, and the looms ran day and night.

Operator
The first question comes from Tamsin Reed.

Tamsin Reed
Analyst, Alder Bank
Good morning. How much of the order book is at the old prices?

Ada Lovelace
President & Chief Executive Officer, Mill Company, Inc.
About a third of it, and most of that ships before the year ends.

Tamsin Reed
Analyst, Alder Bank
And the rest of it?

Ada Lovelace
President & Chief Executive Officer, Mill Company, Inc.
The rest is at the new ones.
""",
        [
            "moderator Operator",
            "opening Ada Lovelace",
            "moderator Operator",
            "question Tamsin Reed (Alder Bank)",
            "answer Ada Lovelace",
            "question Tamsin Reed (Alder Bank)",
            "answer Ada Lovelace",
        ],
    ),
    "names alone in small letters": (
        """\
Media conference of the Mill Bank

12 August 2025

Ada Lovelace
Good afternoon, everyone. The board has decided to leave the rate where it was.

Facilitator
Thank you. One question each, please.

Journalist
Governor, is this the end of it?

Ada Lovelace
I would not say so. We go from meeting to meeting.

Journalist
Has anybody on the board voted against it?

Ada Lovelace
Nobody has.
""",
        [
            "opening Ada Lovelace",
            "moderator Facilitator",
            "question -",
            "answer Ada Lovelace",
            "question -",
            "answer Ada Lovelace",
        ],
    ),
    "reporters in brackets": (
        """\
Transcript of the media briefing by the Spokesperson Ada Lovelace

Thursday, 17 July 2025

(Tamsin Reed, Mill Post): How many looms will there be?

Spokesperson: Twenty, as I have said.

(Odo Brandt, Harbour Radio): Is there a date for it?

Spokesperson: There is none that I could give you.

(Tamsin Reed, Mill Post): But you have one in mind?

Spokesperson: In due course.
""",
        [
            "question Tamsin Reed (Mill Post)",
            "answer Ada Lovelace",
            "question Odo Brandt (Harbour Radio)",
            "answer Ada Lovelace",
            "question Tamsin Reed (Mill Post)",
            "answer Ada Lovelace",
        ],
    ),
    "minutes of evidence": (
        """\
Minutes of Evidence of the Committee on Mills

18 January 2011

Q1 Mr Brandt: Ms Lovelace, is it right that one in five looms stands still?

Ms Lovelace: It is. The door is shut, though the sign is up.

Q2 Mr Brandt: Since when is that so?

Ms Lovelace: Since the spring.

Q3 Mrs Reed: And who pays for the roof?

Ms Lovelace: We do.
""",
        [
            "question Brandt",
            "answer Lovelace",
            "question Brandt",
            "answer Lovelace",
            "question Reed",
            "answer Lovelace",
        ],
    ),
    "an empty line between any two lines": (
        """\
Doorstop at the Mill

12 February 2014

ADA LOVELACE

Good morning everyone. I am delighted to tell you that the new wheel of the mill has been turning since

yesterday afternoon, and that the shipments to the islands of the north can begin again as soon as the

roads are dry enough for the carts.

JOURNALIST

Minister, the opposition says that the wheel had been ordered long before the election. Are you claiming

credit for the work of somebody else?

ADA LOVELACE

They had a year to have it built, and they did not. I am not interested in who has the credit for it, but

in who has the flour when the winter comes.

JOURNALIST

On the price of flour, the millers of the south say that nothing has been paid to any of them until this

day. Is that right?

ADA LOVELACE

It was right until this morning. Applications were opened on Monday of last week, and the first of them

have been decided. There have been two hundred and twelve of them from the islands alone, and as many from

the valley of the river, and I have told the office that nobody who carts water at four in the morning is

to fill in a form of thirty-eight pages when the day is done.

JOURNALIST

And the ferry? The captain said on Sunday that he would have to leave the harbour for good if the dues

were raised once more, and the council of the harbour has raised them. Has anybody spoken with him about

the matter?

ADA LOVELACE

I have spoken with him twice, and I believe that he will stay with us for another year at the least, for

he has bought a house.
""",
        ["opening ADA LOVELACE", *["question -", "answer ADA LOVELACE"] * 3],
    ),
    "Taiwan: who asked stands behind the question": (
        """\
本部例行說明會紀要

※工業部發言人林知遠報告：

水車自今年春天起恢復運轉，本部感謝各界協助。

※工業部發言人林知遠答詢：

一、水車何時可以全部恢復運轉？（米勒社陳若水小姐）

答：預計年底以前。

二、經費由誰負擔？（海港報）

答：由本部負擔。
""",
        ["opening 林知遠", "question 陳若水 (米勒社)", "answer 林知遠", "question - (海港報)", "answer 林知遠"],
    ),
    "Japan: a ring before each label": (
        """\
知事記者会見録

〇知事
本日は水車の再開について、2点ご報告いたします。

〇記者
工事の費用はいくらになりますか。

〇知事
およそ三億円です。

〇記者
完成の時期は決まっていますか。

〇知事
来年の春を予定しています。
""",
        ["opening 知事", "question -", "answer 知事", "question -", "answer 知事"],
    ),
    "Québec: the first name in brackets, the house from the chair": (
        """\
Point de presse de Mme Ada Lovelace, ministre des Moulins

Le jeudi 11 avril 2024, 13 h 15

La Modératrice : Bonjour, tout le monde. On prendra ensuite vos questions. Mme la ministre.

Mme Lovelace : Merci beaucoup. Les moulins tournent depuis samedi.

La Modératrice : Merci. Odo Brandt, Le Courrier.

M. Brandt (Odo) : Pourquoi avoir attendu une année entière pour le faire?

Mme Lovelace : Parce que la roue était fendue.

La Modératrice : Merci, tout le monde.
""",
        [
            "moderator La Modératrice",
            "opening Ada Lovelace",
            "moderator La Modératrice",
            "question Odo Brandt (Le Courrier)",
            "answer Ada Lovelace",
            "moderator La Modératrice",
        ],
    ),
    "a first name stands for the whole one": (
        """\
Engineer and Author Mary Somerville

Ada Lovelace: This is the mill hour. I'm Ada Lovelace, and we talk about oak.

Ada: Mary Somerville has kept the sluice of the upper mill since 1980. Welcome.

Mary Somerville: I am glad to be here, Ada.

Ada: You call the wheel tired. Why tired?

Somerville: Oak gives way before iron does. The wheel wears one tooth a year.

Ada: What does your notebook say of that?

Somerville: Nine turns a minute, and eight last year.

Ada: Is there hope?

Somerville: There is oak.
""",
        ["question Ada Lovelace", "question Ada Lovelace", "answer Mary Somerville"]
        + ["question Ada Lovelace", "answer Mary Somerville"] * 3,
    ),
    "Chinese: the first labels set the short ones": (
        """\
河边的磨坊

2009-09-17

林知远(以下简称“林”)：您为什么离开城里，到河边管磨坊？

陈若水(以下简称“陈”)：我父亲就是磨工，家里世代住在河边，我从小听着水轮的声音长大，离不开它。

林：早上先做哪一件事？

陈：先开闸，再听轮子转得匀不匀，声音不对就停下来查木齿，查完了才让第一辆送麦子的车进院子。

林：您打算把磨坊交给谁？

陈：村里有两个年轻人愿意学，我带了他们半年，他们已经会自己换木齿，也会记每天的账。
""",
        ["question 林知远", "answer 陈若水"] * 3,
    ),
    "a question in brackets and the answer in quotes": (
        """\
Ada Lovelace before the regatta: every word

Ada Lovelace, captain of the Mill eight, answered reporters on Friday.

(How is the crew?) – “Tired, but nobody is hurt, and we like the water.”

(Will Odo Brandt row?) – “I don't know yet. We will see tomorrow.”

(What about the wind?) – “It is the same wind for everybody, I am told.”

(Your goal?) – “To be first at the bridge. I have said so all year.”
""",
        ["question -", "answer Ada Lovelace"] * 4,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_who_asks_and_who_answers(name: str) -> None:
    text, turns = CASES[name]
    briefing = parse(Pipeline(()).run(Document(name, text)))
    told = [
        f"{turn.kind.value} {turn.speaker or '-'}" + (f" ({turn.outlet})" if turn.outlet else "")
        for turn in briefing.turns
    ]
    assert told == turns


MENU = "Home\nNewsroom\nAbout us\nTenders\nVacancies\n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        # below a menu, a motto and a notice
        (
            "Mill Council\nThe Mill Council: pulse of the harbour and its people\n" + MENU + "Skip to the content\n\n"
            "Transcript: Council media briefing\n\n29 May 2009\n\n",
            "Transcript: Council media briefing",
        ),
        # below a row of buttons, and with the path to the page above it
        (
            "Home Events Releases Members Rooms Contact\n"
            "Releases Harbour Council: Press remarks by Commissioner Ada Lovelace upon arrival\n\n"
            "Harbour Council: Press remarks by Commissioner Ada Lovelace upon arrival\n\nPosted on 22 January 2024\n\n",
            "Harbour Council: Press remarks by Commissioner Ada Lovelace upon arrival",
        ),
        # behind a list of older ones
        (
            "Press briefing of the Mill Council, 28 March 2012\nPress briefing of the Mill Council, 21 March 2012\n"
            "Press briefing of the Mill Council, 7 March 2012\n\n"
            "Weekly press briefing by Ada Lovelace, 14 March 2012\n\n",
            "Weekly press briefing by Ada Lovelace, 14 March 2012",
        ),
        # above its byline, and below a motto
        (
            "Harbour news since 1881\nLocal\nA Talk With Ada Lovelace\nBy Mary Somerville\n18 June 1981\n\n",
            "A Talk With Ada Lovelace",
        ),
    ],
)
def test_the_headline_stands_below_what_a_site_prints_above_it(text: str, title: str) -> None:
    talk = "LOVELACE: Good morning. The wheel turns again.\n\nQUESTION: Since when?\n\nLOVELACE: Since Monday.\n\n"
    talk += "QUESTION: And the price?\n\nLOVELACE: The same.\n"
    assert parse(Pipeline(()).run(Document("page", text + talk))).title == title
