"""What strangers advertise in other people's pages: one rule for each kind, and one for a page that is nothing else."""

from __future__ import annotations

from cleankit.model import About, Bound, Safety

PACK = "spam"
SCORE = "score"  # the name of the sum in the evidence

# At 3 no honest line of 272 hard ones and of 9,886 paragraphs of news and briefings was lost; 1.5 caught one sentence
# of 13,141 in 14 languages, and that one was spam.
REMOVE, REPORT = 3.0, 1.5
# A page that speaks about the subject itself may come close to the trade's words.
REMOVE_FROM_SUBJECT = 4.0
BOUNDS = (
    Bound(SCORE, REPORT, "reported from"),
    Bound(SCORE, REMOVE, "taken out from"),
    Bound(SCORE, REMOVE_FROM_SUBJECT, "on a page that speaks of the subject itself from"),
)
PIER = (
    "The harbour office opened its new pier on Tuesday. Ferries leave every hour until dusk.\n",
    "Work on the pier took two years, and twice as many travellers are expected in summer.\n",
)


def _planted(kind: str, goods: str, line: str) -> About:
    return About(
        f"{PACK}/{kind}",
        Safety.SAFE,
        f"A line planted in the page that advertises {goods}.",
        "Strangers put it there for search engines; it has nothing to do with the text around it.",
        f"{PIER[0]}{line}\n{PIER[1]}",
        BOUNDS,
    )


# by the name of the folder of their terms
KINDS = {
    "gambling": _planted(
        "gambling",
        "casinos and betting",
        "Best online casino: free spins, slots, poker and a 200% deposit bonus, register now",
    ),
    "adult": _planted(
        "adult",
        "pornography and escorts",
        "Free porn videos, live sex cams and local escorts: watch now, no sign up",
    ),
    "pharmacy": _planted(
        "pharmacy",
        "pills sold without a prescription",
        "Buy cheap Viagra online without prescription, generic Cialis, overnight delivery",
    ),
    "loans": _planted(
        "loans",
        "loans and cash for everybody",
        "Instant payday loans online, no credit check, guaranteed approval: apply now on WhatsApp",
    ),
    "counterfeits": _planted(
        "counterfeits",
        "imitations and forged papers",
        "Cheap replica watches, designer replica handbags AAA quality, buy fake passport online",
    ),
    "essays": _planted(
        "essays",
        "essays written for students",
        "Best essay writing service: buy essays online, cheap dissertation writers for hire, order now",
    ),
}
# Of 10,238 lines of articles and briefings 30 are above 3 and 16 above 3.5; what their pages say keeps them all. Of 516
# honest ones that are near to planted none went.
ODDS, REPORT_ODDS, REMOVE_ODDS = "odds", 3.0, 3.5
WORDED = About(
    f"{PACK}/wording",
    Safety.SAFE,
    "A line worded like planted advertising, on a page that is about something else.",
    "The lists have too few of its words, or none; a small trained model tells it by pieces of them, and only where "
    "the rest of the page says nothing of the kind.",
    f"{PIER[0]}New mirror link today: log in, top up and win every night\n{PIER[1]}",
    (Bound(ODDS, REPORT_ODDS, "reported above"), Bound(ODDS, REMOVE_ODDS, "taken out above")),
)
STREWN = "\u200b".join("Otter88")
HIDDEN_NAME = About(
    f"{PACK}/hidden-name",
    Safety.SAFE,
    "A line that advertises a name strewn with characters that nobody sees.",
    "Who writes a name so hides it from searches; without those characters it is a name like any other.",
    f"{PIER[0]}Thank you! Since {STREWN} I pay my rent with one evening a week\n{PIER[1]}",
    BOUNDS[:2],
)
HIJACKED = About(
    f"{PACK}/hijacked-page",
    Safety.FLAG,
    "A page that is made of planted advertising.",
    "Little else would be left: such a page is to be set aside, not cleaned.",
    "Best online casino: free spins, slots, poker and a 200% deposit bonus, register now\n"
    "Live casino, roulette and baccarat: claim your welcome bonus and bet now\n"
    "Top slot sites with free spins and no deposit bonus, play poker online\n",
)
ABOUT = (*KINDS.values(), WORDED, HIDDEN_NAME, HIJACKED)
