"""What a site prints twice around a text: its menu, the teasers of other pages, the headline, a caption."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from cleankit.filters.repeats.rows import Block, Rows, blocks_of
from cleankit.filters.repeats.words import SERVICES, SUBJECTS
from cleankit.lazy import expression
from cleankit.model import About, Finding, Near, Safety, Span, deletion
from cleankit.page import Page

_TEXT = (
    "The port of Ellmouth opened again on Monday after nine days of storm, and the first of the ferries left at noon "
    "with four hundred people on board, the harbour master told a press conference.\n\n"
    "Nobody was hurt on the quays, she said, but two of the cranes will have to be taken down before the winter, and "
    "the council will be asked for the money in the course of the next week.\n\n"
    "The fishing fleet had been told to stay in the outer basin until the divers have looked at the chain of the lock "
    "and at the piles under the old fish market, which moved by a hand’s breadth in the night.\n\n"
    "She would not say when the last of the boats will be back, or who is to pay for the ice that was lost.\n"
)
_MENU = "Obituaries\nHarbour Talk\nTide Tables\nFerries\n"
_TEASERS = (
    "Opinion\nWhy the old lighthouse will not be sold\nAda Firth\nTravel\nNine ways to dry a net before it rains\n"
)
_HEADLINE = "Port of Ellmouth opens again"
_LINKS = "Pilots\nFerries\nShipyards\nTide Tables\nHarbour Talk\n"
_CAPTION = "The ferry Ostra leaves the outer basin of the port of Ellmouth at noon on Monday, with flags and a band.\n"
MENU = About(
    "repeats/menu",
    Safety.SAFE,
    "Short lines that stand in the same order above the text and below it, or twice on one side of it.",
    "A site prints its menu for large and for small screens and again in its footer. Unless two of the lines name "
    "services that only sites have, the first copy stays.",
    f"{_MENU}\n{_HEADLINE}\n\n{_TEXT}\n{_MENU}",
)
TEASERS = About(
    "repeats/teasers",
    Safety.SAFE,
    "Headlines of other pages that stand in the same order above the text and below it.",
    "The same list is printed in two places, and the text lies between them; the first one stays.",
    f"{_TEASERS}\n{_HEADLINE}\n\n{_TEXT}\n{_TEASERS}",
)
HEADLINE = About(
    "repeats/headline",
    Safety.SUGGESTED,
    "The headline once more in the first line of the page, with a menu between it and the one above the text.",
    "It is the title of the browser's window. One of the two is enough, and the one above the text stays.",
    f"{_HEADLINE}\n{_LINKS}\n{_HEADLINE}\n\n{_TEXT}",
)
PARAGRAPH = About(
    "repeats/paragraph",
    Safety.SUGGESTED,
    "A paragraph of the text, or a caption, that stands once more away from the text.",
    "A teaser or a gallery repeats it word for word; but a page may mean to say it twice.",
    f"{_CAPTION}{_LINKS}{_CAPTION}\n{_HEADLINE}\n\n{_TEXT}",
)
DOUBLED = About(
    "repeats/doubled-line",
    Safety.SAFE,
    "Lines behind the first paragraph that each say the same twice.",
    "A link and the description of its picture are both the other page's headline. Nobody writes two such lines.",
    f"{_TEXT}\n" + "".join(f"{line} {line}\n" for line in ("Nine ways to dry a net", "Why the old lighthouse stays")),
)

ROUNDS = 4  # one does on nearly all pages; this bounds the time
# In 350 bodies of articles stretches of three short lines are repeated by catalogues (`Available from`, `Buy now`), of
# four by none; teasers have the text between their copies as well, so that three lines do.
MENU_LINES = 4
TEASER_LINES = 3
# The longest names of sections (`Defense & National Security`); lines of verse and headlines are mostly longer.
MENU_WORDS = 5
MENU_LENGTH = 40
TEASER_LENGTH = 32
TELLING = 2  # one word of a menu can be the head of a column
LISTED = 6  # lines of a menu without a word that tells, where the text stands between its copies
LONG = 8  # … and where both stand above the text, like a song above what is said of it
MIXED = 5  # one line in five is a single word, and one in five is not
LABEL_WORDS = 3  # the section above a headline, or the author's name under it
LIST_LINES = 5  # two headlines with what belongs to them
DOUBLED_WORDS = 4  # different ones, of one half: fewer are sung
DOUBLED_LINES = 2
PARAGRAPH_BYTES = 96  # longer than a line of wrapped text
HEADLINE_LENGTH = 24
HEADLINE_GAP = 5  # lines of a menu between the two: a poem is often called by its first line, under its author's name
HEADLINE_REACH = 4  # lines from the headline to the text: who wrote it, when, where

# marks at the beginning of an item, a quotation or a note
_ITEM = expression(r"[•◦●○▪▸·*#>–—\-]|\d+[.)]|[(\[\"“”„«»‘']")
_ENDS = '.,:;!?…。，：；！？、。”"'
_GOES_ON = ",:;，：；{}(=<>"
_INSIDE = expression(r"[:：,，、]")
# who wrote another page, when, how long it takes to read
_BYLINE = expression(r"by |von |par |por |\d+$|.*(?:\b(?:19|20)\d\d\b|\bago\b|\d:\d\d|\bmin(?:ute)? read)")
# Why lines that stand more than once stay.
NO_TEXT = "the page has no stretch of prose that it could stand beside"
IN_TEXT = "it stands in the text too, and what a text repeats is its own"
LABELLED = "the line above it, or above a copy, ends in a colon and announces it"
FIRST = "it is the first copy, and that stays"
SAYS_TOO_LITTLE = "too little says that it is a menu: no services that only sites have, no mixture of their names"
NO_LIST = "no lines beside it make it a list of headlines: labels between them, a byline, the name of a section"
ON_ONE_SIDE = "the text does not lie between its copies"
NO_LINK = "it is a label, an item or a sentence, and no name in a menu"
ONE_DOUBLED = "it is the only line that says the same twice"
NO_MENU_BETWEEN = "no menu stands between it and its copy"
NO_HEADLINE = "its copy does not stand right above the text"

_NAMING = expression(r"(?<![^\W_])[^\W\d_]{4,}")  # words of four letters and more: shorter ones are small in names too


class Repeats:
    """Looks outside of the page's longest stretch of prose, in time linear in the page.

    A stretch that stands in the text even once stays everywhere: refrains, answers and rows are its own to repeat.
    """

    name = "repeats"
    about = (MENU, TEASERS, DOUBLED, HEADLINE, PARAGRAPH)

    def __call__(self, page: Page) -> Iterator[Finding]:
        rows = Rows(page)
        gone = {number: about for number, about, why in _judged(rows) if not why}
        if gone:
            yield from _findings(page, rows.numbers, gone)

    def near(self, page: Page, start: int, end: int) -> Iterator[Near]:
        """The lines that stand more than once, and why that is not enough."""
        rows = Rows(page)
        held: dict[int, tuple[About, str]] = {}
        gone = set()
        for number, about, why in _judged(rows):
            held[number] = about, why
            if not why:
                gone.add(number)
        for number, line, key in zip(rows.numbers, rows.texts, rows.keys, strict=True):
            at, times = page.lines[number], rows.counts[key]
            if number in gone or not (at.start < end and start < at.end) or (times == 1 and number not in held):
                continue
            about, why = held.get(number) or _too_short(line)
            spoke = (("times", str(times)),)
            yield Near(about.rule, Span(at.start, at.end), spoke, why)


class Judged(NamedTuple):
    """What is made of a stretch of rows: it goes, or there is something that keeps it."""

    place: Block
    why: str = ""


def _judged(rows: Rows) -> Iterator[tuple[int, About, str]]:
    """Each line that goes or nearly does, by its number, with the rule and what keeps it; the last word counts, and
    that it goes more than that it stays."""
    # what goes brings together what stood around it, and that may stand elsewhere too
    for _ in range(ROUNDS):
        found: set[int] = set()
        for about, look in ((TEASERS, _teasers), (MENU, _menus)):
            for place, why in look(rows):
                found.update(range(*place) if not why else ())
                yield from ((rows.numbers[row], about, why) for row in range(*place))
        if not found:
            break
        rows = Rows(rows.page, [number for row, number in enumerate(rows.numbers) if row not in found])
    for about, look in ((DOUBLED, _doubled), (PARAGRAPH, _paragraphs), (HEADLINE, _headline)):
        for place, why in look(rows):
            yield from ((rows.numbers[row], about, why) for row in range(*place))


def _too_short(line: str) -> tuple[About, str]:
    """Why nothing was made of a line that stands more than once: it does so with too few of its neighbours."""
    if _is_link(line):
        return MENU, f"fewer than {MENU_LINES} such lines stand again in the same order"
    if _is_in_list(line):
        return TEASERS, f"fewer than {TEASER_LINES} lines, a headline among them, stand again in the same order"
    return MENU, NO_LINK


def _findings(page: Page, every: Sequence[int], gone: Mapping[int, About]) -> Iterator[Finding]:
    """One for each run of lines that go for the same reason, with the blank lines in it."""
    for about, run in groupby(every, gone.get):
        if about is not None:
            numbers = list(run)
            start, stop = page.lines[numbers[0]].start, page.lines[numbers[-1]].stop
            evidence = (("lines", str(len(numbers))),)
            yield deletion(about.rule, about.summary, page.text, start, stop, about.level, evidence)


class Stretch(NamedTuple):
    """One of the places of a stretch of lines that stands outside of the text alone."""

    place: Block
    block: Block  # all repeated lines of its kind around it
    around: bool  # whether the text lies between two of the places
    above: bool  # whether all of them are above the text
    first: bool  # whether it is the first of them


def _beside(rows: Rows, shingles: Sequence[list[Block]]) -> Iterator[Stretch | Judged]:
    """Those that stand in no place in the text, and that no line announces; and what keeps the others."""
    if not shingles:
        return
    if (text := rows.text) is None:
        yield from (Judged(place, NO_TEXT) for places in shingles for place in places)
        return
    beside = []
    for places in shingles:
        if all(place.is_beside(text) for place in places):
            beside.append(places)
        else:
            yield from (Judged(place, IN_TEXT) for place in places)
    shingles = beside
    block_of = blocks_of(row for places in shingles for place in places for row in range(*place))
    labelled = set(filter(rows.is_labelled, set(block_of.values())))
    for places in shingles:
        blocks = [block_of[place.first] for place in places]
        if not labelled.isdisjoint(blocks):
            yield from (Judged(place, LABELLED) for place in places)
            continue
        sides = {place.first < text.first for place in places}
        for place, block in zip(places, blocks, strict=True):
            yield Stretch(place, block, len(sides) == 2, False not in sides, place is places[0])


def _menus(rows: Rows) -> Iterator[Judged]:
    @cache
    def told(block: Block) -> tuple[int, int, bool]:
        keys = set(rows.keys[block.first : block.stop])
        return len(keys & SERVICES), len(keys & SUBJECTS), _is_mixed(rows.texts[block.first : block.stop])

    for stretch in _beside(rows, rows.shingles(MENU_LINES, _is_link)):
        if isinstance(stretch, Judged):
            yield stretch
            continue
        place, block, around, above, first = stretch
        services, subjects, mixed = told(block)
        lines = block.stop - block.first
        sure = services >= TELLING and (around or (lines >= LONG and services + subjects >= 2 * TELLING))
        # behind the text alone there are tables and songs, and one word proves nothing
        likely = services > 0 or (mixed and lines >= (LISTED if around or subjects >= TELLING else LONG))
        if sure or (likely and (around or above) and not first):
            yield Judged(place)
        else:
            yield Judged(place, SAYS_TOO_LITTLE if not likely else FIRST if around or above else ON_ONE_SIDE)


def _is_link(line: str) -> bool:
    """Whether a line could be a name in a menu: short, without a mark, and no item of a list."""
    return (
        len(line) <= MENU_LENGTH
        and line.count(" ") < MENU_WORDS
        and line[-1] not in _ENDS
        and not _ITEM.match(line)
        and not _INSIDE.search(line)
        and any(map(str.isalpha, line))
    )


def _is_mixed(lines: Sequence[str]) -> bool:
    """Whether names of one word and of several stand together, and all words are names: people have two, rows one."""
    single = sum(" " not in line for line in lines)
    words = [word for line in lines for word in _NAMING.findall(line)]
    return min(single, len(lines) - single) * MIXED >= len(lines) and all(word[0].isupper() for word in words)


def _teasers(rows: Rows) -> Iterator[Judged]:
    @cache
    def is_list(block: Block) -> bool:
        """Whether headlines stand between short lines, and something says of one what sites say of their pages."""
        lines, keys = rows.texts[block.first : block.stop], rows.keys[block.first : block.stop]
        headlines = sum(len(line) >= TEASER_LENGTH for line in lines)
        labels = sum(line.count(" ") < LABEL_WORDS for line in lines)
        told = any(key in SERVICES or key in SUBJECTS or _BYLINE.match(key) for key in keys)
        return told and len(lines) >= LIST_LINES and min(headlines, labels) >= TELLING

    found = [
        places
        for places in rows.shingles(TEASER_LINES, _is_in_list)
        if any(len(line) >= TEASER_LENGTH for line in rows.keys[places[0].first : places[0].stop])
    ]
    for stretch in _beside(rows, found):
        if isinstance(stretch, Judged):
            yield stretch
            continue
        place, block, around, _, first = stretch
        if around and not first and is_list(block):
            yield Judged(place)
        else:
            yield Judged(place, ON_ONE_SIDE if not around else FIRST if first else NO_LIST)


def _is_in_list(line: str) -> bool:
    """Whether a line could be a headline or what stands beside one: no label, no item, no piece of code."""
    return line[-1] not in _GOES_ON and not _ITEM.match(line) and any(map(str.isalnum, line))


def _doubled(rows: Rows) -> Iterator[Judged]:
    first = rows.page.body[0]
    found = [row for row, key in enumerate(rows.keys) if rows.numbers[row] > first >= 0 and _is_doubled(key)]
    are_enough = len({rows.keys[row] for row in found}) >= DOUBLED_LINES
    yield from (Judged(Block(row, row + 1), "" if are_enough else ONE_DOUBLED) for row in found)


def _is_doubled(key: str) -> bool:
    half = len(key) // 2
    is_twice = key[:half] == key[half + 1 :] and key[half : half + 1] == " "
    return is_twice and len(set(key[:half].split())) >= DOUBLED_WORDS


def _headline(rows: Rows) -> Iterator[Judged]:
    key = rows.keys[0] if rows.keys else ""
    if rows.counts[key] != 2 or len(key) < HEADLINE_LENGTH or key[-1] in _ENDS:
        return
    again = rows.keys.index(key, 1)
    if again < HEADLINE_GAP:
        yield Judged(Block(0, 1), NO_MENU_BETWEEN)
    elif (text := rows.text) is None:
        yield Judged(Block(0, 1), NO_TEXT)
    else:
        yield Judged(Block(0, 1), "" if 0 < text.first - again <= HEADLINE_REACH else NO_HEADLINE)


def _paragraphs(rows: Rows) -> Iterator[Judged]:
    places = defaultdict(list)
    for row, key in enumerate(rows.keys):
        if len(key) < PARAGRAPH_BYTES // 3 or rows.counts[key] == 1:
            continue
        if len(key.encode("utf-8", "surrogatepass")) >= PARAGRAPH_BYTES and rows.page.is_prose(rows.numbers[row]):
            places[key].append(Block(row, row + 1))
    if not places:
        return
    if (text := rows.text) is None:
        yield from (Judged(copy, NO_TEXT) for copies in places.values() for copy in copies)
        return
    for copies in places.values():
        stays = next((copy for copy in copies if not copy.is_beside(text)), copies[0])
        for copy in copies:
            if not copy.is_beside(text):
                yield Judged(copy, IN_TEXT)
            elif copy is stays:
                yield Judged(copy, FIRST)
            else:
                yield Judged(copy, LABELLED if rows.is_labelled(copy) else "")
