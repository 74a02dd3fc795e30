"""What the filter can find."""

from cleankit.model import About, Safety

GAMBLING = About(
    "spam/gambling",
    Safety.SAFE,
    "A line of gambling spam planted in the page.",
    "It advertises casinos and betting to search engines and has nothing to do with the text around it.",
)
HIJACKED = About(
    "spam/hijacked-page",
    Safety.FLAG,
    "A page that is made of gambling spam.",
    "Little else would be left: such a page is to be set aside, not cleaned.",
)
