"""What the filter can find."""

from cleankit.model import About, Safety

GAMBLING = About(
    "spam/gambling",
    Safety.SAFE,
    "A line of gambling spam planted in the page.",
    "It advertises casinos and betting to search engines and has nothing to do with the text around it.",
    "The harbour office opened its new pier on Tuesday. Ferries leave every hour until dusk.\n"
    "Best online casino: free spins, slots, poker and a 200% deposit bonus, register now\n"
    "Work on the pier took two years, and twice as many travellers are expected in summer.\n",
)
HIJACKED = About(
    "spam/hijacked-page",
    Safety.FLAG,
    "A page that is made of gambling spam.",
    "Little else would be left: such a page is to be set aside, not cleaned.",
    "Best online casino: free spins, slots, poker and a 200% deposit bonus, register now\n"
    "Live casino, roulette and baccarat: claim your welcome bonus and bet now\n"
    "Top slot sites with free spins and no deposit bonus, play poker online\n",
)
