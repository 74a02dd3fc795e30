"""A text whose last sentence was cut off."""

from __future__ import annotations

from collections.abc import Iterator

from cleankit.lazy import expression
from cleankit.model import About, Finding, Safety, flag
from cleankit.page import Page

CUT_SHORT = About(
    "gaps/cut-short",
    Safety.FLAG,
    "The last paragraph ends in the middle of a sentence.",
    "Its last word asks for another: what stood behind it is not here.",
    "The quay will be opened in May.\n\n"
    "The council said on Monday that it will pay for the lamps on the mole, for the new stairs and for the\n",
)

# Words that no sentence ends with. Verbs and adverbs are not among them, for people do break off there.
_ASKING = (
    "the a an of and or nor into onto upon its their our my your whose than because although unless "  # English
    "der des dem den ein eine einen einem einer und oder sowie für von zum zur beim dass weil "  # German
    "le la les du des au aux une et ou dans pour chez leur leurs parce "  # French
    "el los las del un y e con para cuyo sus porque "  # Spanish
    "o os da do das dos na nas um uma com seu seus porque "  # Portuguese
    "il lo gli dei della delle nel nella con per perché "  # Italian
    "dan yang untuk dengan dari kepada karena serta atau "  # Indonesian
    "ve ile için veya "  # Turkish
    "и в на с к от для из или что который чтобы"  # Russian
)
_SPACED = frozenset(_ASKING.split())
_UNSPACED = expression(r"(?:[的和与及並并将將被把对對向于於为為因在或]|[がをのはにと])$")
LONG, LONG_UNSPACED = 60, 20  # letters: shorter lines are headings, rows of tables and verse


class CutShort:
    """Looks at the last line of a page from which what is no text has been taken."""

    name = "cut-short"
    about = (CUT_SHORT,)

    def __call__(self, page: Page) -> Iterator[Finding]:
        last = next((n for n in range(len(page.lines) - 1, -1, -1) if page.line_text(n)), None)
        if last is None:
            return
        text = page.line_text(last)
        word = text.rsplit(None, 1)[-1]
        # a capital is a name: vitamin A, plan O, Los Angeles
        asks = len(text) >= LONG and word in _SPACED
        if asks or (len(text) >= LONG_UNSPACED and _UNSPACED.search(text)):
            line = page.lines[last]
            yield flag(CUT_SHORT.rule, CUT_SHORT.summary, line.start, line.end, (("word", word[-12:]),))
