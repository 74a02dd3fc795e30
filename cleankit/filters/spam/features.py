"""What speaks for and against a line, with the points of each: small functions of a line as it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import NamedTuple

from cleankit.filters.spam.characters import HONEST_ALONE, is_unspaced
from cleankit.filters.spam.fold import (
    HIDDEN,
    LEET,
    LOOK_ALIKE,
    SPACED,
    STRUCK,
    STYLED,
    Folded,
    styled_letters,
)
from cleankit.filters.spam.lexicon import Hit
from cleankit.filters.spam.reading import ADDRESS, Reading
from cleankit.filters.spam.terms import Tier
from cleankit.filters.spam.wording import wording
from cleankit.lazy import expression

# The weights were set by hand on 248 spam lines and 272 hard honest lines of 13 languages; taking one away lowered F1
# there by up to 0.11 (strong terms), 0.04 (calls) and 0.02 (topics, disguises).
STRONG, STRONG_CAP = 1.6, 4.0
TOPIC, TOPIC_CAP = 0.8, 2.0
CALL, CALL_CAP = 0.6, 2.0
OFFER, OFFER_CAP = 0.8, 1.6
DENSE, CLOSE, HALF_DENSE = (0.50, 1.5), (0.40, 1.2), (0.25, 0.8)
SOUP, SOUP_CHUNKS, SOUP_FUNCTION = 1.2, 3, 0.06
TOKEN = 0.8
DISGUISE, DISGUISE_ALONE, DISGUISES = 1.8, 0.8, 2
DISGUISED_BRAND, LONE_BRAND, LONE_NAME = 1.8, 3.0, 0.8
SERVICES_OF_ONE, SERVICES_OF_TRADE = 3.0, 4.0
FRAME, FRAME_CAP = -1.1, -3.2
PROSE, PROSE_FUNCTION = -1.0, 0.08
ASKING_PROSE = -0.6  # that asks the reader in twice
PROSE_FUNCTION_JA = 0.15  # particles stand in headlines and lists of words too
SENTENCE = -0.8
QUOTED = -0.8
LONE_TOPIC = -0.6
SPARSE, SPARSE_LETTERS, SPARSE_DENSITY = -3.0, 120, 0.10

STYLED_LETTERS = 3  # one or two are a logo or a formula
SLIP_LETTERS = 3  # more hidden letters than a slip leaves behind
DRESSED_WORDS = 3
PLAIN_LETTERS = 8  # of the rest of a line in which a name was dressed up
LOOK_ALIKES = 2  # letters of another alphabet in one word
SLIPS = frozenset({HIDDEN, LOOK_ALIKE, SPACED})
NAMES = 4  # of the trade in a line, different ones; three may stand in a table of sponsors
SERVICES = 3  # buttons of a site with the same name before each
MENU_CALLS = 2  # and more are no menu, unless they are what every site has a button for
_MENU_GATHERS = ("call", "density", "soup", "address")

# letters, then two to four digits that are no year: how such brands are made; or digits round a word of the trade
_BRAND = expression(
    r"(?<![a-z0-9])(?:[a-z]{3,14}(?!(?:19|20)\d\d(?!\d))\d{2,4}|\d{1,4}(?:x?bet|slot|toto|win))(?![a-z0-9])"
)
# so is its name where letters were drawn or set apart
_DRESSED_BRAND = expression(
    r"(?<![a-z0-9])(?:[a-z]{3,14}(?!(?:19|20)\d\d(?!\d))(?:\d{2,4}|[2-5]d)|\d{1,4}(?:x?bet|slot|toto|win)"
    r"|[a-z]{3,14}(?:bet|slots?|toto|togel|casino|poker)|[a-z]{3,14} (?:77|88|99|138|168|188|777|888|999))(?![a-z0-9])"
)
# a name that says what it is of; `365` and years are other firms' too
_TRADE_NAME = expression(
    r"(?:\d{1,4}k?z?)?(?:bet|slots?|toto|togel|casino|kasino|cassino|poker|spins?|jackpot|roleta|mpo)\d{0,4}[a-z]{2,14}\d{0,4}$"
    r"|[a-z]{2,14}\d{0,4}(?:bet|bets|slots?|toto|togel|casino|kasino|cassino|poker|spins?|jackpot|gacor)\d{0,4}$"
    r"|[a-z]{3,14}(?:77|777|88|888|99|138|168|188)$|\d{1,4}k?z?(?:x?bet|slot|toto|win)$"
)
# by the letters of `_MARKS`: what is drawn with other signs from end to end, or strewn with signs that nobody sees
_DRESSED_NAME = expression(r"s{4,}(?:-s+)*|xh{2,}|k{4,}")
_MARKS = {STYLED: "s", HIDDEN: "h", STRUCK: "k", "": "x"}
_NAME_BEFORE = expression(r"([^\W_]{4,24})[ \-]?$")
_NAME_BEHIND = expression(r"[ \-]?([^\W_]{4,24})(?![^\W_])")
# words, taken apart where glued ones show by a capital
_NAMES = expression(r"[A-Z]?[^\W_A-Z]+|[A-Z]+\d*")
_ANY_WORD = expression(r"[^\W_]{3,}")
_HEAD = expression(r"([^\W_]{4,24}) ?[:：]")
_PLAIN_WORD = expression(r"(?<!\S)[^\W\d_]{2,}")


class Feature(NamedTuple):
    """One summand. `found` quotes the line as it stands."""

    name: str
    points: float
    found: tuple[str, ...] = ()


def features(reading: Reading, *, may_be_disguised: bool) -> tuple[Feature, ...]:
    """All features of a line, or none where it names no trade; with `may_be_disguised` it need not, if it hides
    something or sells the services of a name."""
    hidden = [*_disguises(reading), *_services(reading)]
    is_disguised = any(feature.name in ("disguise", "dressed", "dressed name", "services") for feature in hidden)
    if not reading.strong and not reading.topics and not (is_disguised and may_be_disguised):
        return ()
    offers = [*_offers(reading)]
    found = [*hidden, *_words(reading), *offers]
    carried = reading.strong or is_disguised
    subjects = {hit.text for hit in reading.named}
    if len(subjects) == 1 and not carried and not reading.calls:
        found.append(Feature("lone topic", LONE_TOPIC))
    elif reading.named:
        found += chain(_shape(reading), _address(reading))
    if not carried and not offers and len(subjects) < 2 and _may_be_menu(reading):
        # a portal's bar has `lottery` beside `log in`: nothing that it gathers by its shape and its log-in counts
        gathered = sum(feature.points for feature in found if feature.name in _MENU_GATHERS)
        found.append(Feature("menu", round(LONE_TOPIC - gathered, 1)))
    if not (hides_a_name(found) and wording(reading.text).odds > 0):
        found += _prose(reading)
    if reading.named and all(reading.is_quoted(hit) for hit in reading.named):
        found.append(Feature("quoted", QUOTED))
    return tuple(found)


def hides_a_name(found: Iterable[Feature]) -> bool:
    """Whether one name was dressed up in a line of plain words: around it people chat, which is prose."""
    return any(feature.name == "dressed name" or feature.points == LONE_BRAND for feature in found)


def is_trade_name(word: str) -> bool:
    """Whether a word in lower case sounds like the name of a firm of the trade: `heronbet`, `otter88`."""
    return _TRADE_NAME.match(word) is not None


def _words(reading: Reading) -> Iterator[Feature]:
    yield from _counted("strong", reading, reading.strong, STRONG, STRONG_CAP)
    yield from _counted("topic", reading, reading.subjects, TOPIC, TOPIC_CAP)
    yield from _counted("call", reading, reading.calls if reading.named else [], CALL, CALL_CAP)
    yield from _counted("frame", reading, reading.frames, FRAME, FRAME_CAP)
    yield from _counted("honest", reading, reading.honest, 0.0, 0.0)


def _counted(name: str, reading: Reading, hits: Iterable[Hit], each: float, cap: float) -> Iterator[Feature]:
    """Each term once, however often it stands there: what counts in a long line is density."""
    first = {hit.text: hit for hit in reversed([*hits])}
    if first:
        found = tuple(map(reading.quoted, sorted(first.values(), key=lambda hit: hit.start)))
        points = each * len(found)
        yield Feature(name, round(min(points, cap) if cap > 0 else max(points, cap), 1), found)


def _offers(reading: Reading) -> Iterator[Feature]:
    """The subject and the way in, side by side: `casino login`, `bahis giriş`. News sets more between them."""
    found: dict[str, str] = {}
    row = sorted((*reading.strong, *reading.topics, *reading.calls), key=lambda hit: hit.start)
    for one, other in pairwise(row):
        between = reading.text[one.end : other.start]
        # a blank in Chinese is what parts the entries of a menu
        is_pair = not between.strip() and not (between and is_unspaced(reading.text[one.end - 1]))
        if is_pair and (one.tier is Tier.CALL) != (other.tier is Tier.CALL):
            found.setdefault(f"{one.text} {other.text}", reading.folded.original(one.start, other.end))
    if found:
        yield Feature("offer", round(min(OFFER * len(found), OFFER_CAP), 1), tuple(found.values()))


def _services(reading: Reading) -> Iterator[Feature]:
    """One name before button after button: `Heron login | Heron register | Heron app`; or as many names of the trade,
    each with a button, or one behind the other."""
    names = {name[0].lower() for name in _NAMES.finditer(reading.line) if is_trade_name(name[0].lower())}
    if len(names) >= NAMES:
        yield Feature("services", SERVICES_OF_ONE, tuple(sorted(names)))
        return
    if len(reading.calls) < SERVICES:
        return
    beside: dict[str, set[str]] = {}
    of_trade = set()
    for hit in reading.calls:
        for found in (_NAME_BEFORE.search(reading.text[: hit.start]), _NAME_BEHIND.match(reading.text[hit.end :])):
            if found and hit.tier is Tier.ENTRY:
                beside.setdefault(found[1], set()).add(hit.text)
            if found and is_trade_name(found[1]):
                of_trade.add(found[1])
    if head := _HEAD.match(reading.text):
        # before a colon it is named once for all the buttons behind
        entries = {hit.text for hit in reading.calls if hit.tier is Tier.ENTRY and hit.start >= head.end()}
        if is_trade_name(head[1]) and len(entries) >= SERVICES:
            beside[head[1]] = entries
    name = max(beside, key=lambda one: (len(beside[one]), one), default="")
    if len(beside.get(name, ())) >= SERVICES and name not in {hit.text for hit in reading.hits}:
        points = SERVICES_OF_TRADE if is_trade_name(name) else SERVICES_OF_ONE
        yield Feature("services", points, (name, *sorted(beside[name])))
    elif len(of_trade) >= SERVICES:
        yield Feature("services", SERVICES_OF_ONE, tuple(sorted(of_trade)))


def _disguises(reading: Reading) -> Iterator[Feature]:
    """What was hidden. A `slip` may have come about honestly: one letter of another alphabet in a term, a heading set
    with blanks between its letters, an invisible sign anywhere. It counts, but lifts no veto."""
    folded = reading.folded
    marks = set(folded.how) - {""}
    if not marks:
        return
    hits = reading.named + (reading.calls if reading.named else [])
    hidden = {hit.text: hit for hit in reversed(hits) if folded.undone(hit.start, hit.end)}
    causes = {how for hit in hidden.values() for how in folded.undone(hit.start, hit.end)}
    found = []
    if hidden:
        is_slip = not causes - SLIPS and len(hidden) == 1 and not any(_is_meant(folded, hit) for hit in hidden.values())
        name = "slip" if is_slip else "disguise"
        quoted = tuple(map(reading.quoted, sorted(hidden.values(), key=lambda hit: hit.start)))
        found.append(Feature(name, DISGUISE, quoted))
    brand = next((m for m in _DRESSED_BRAND.finditer(folded.text) if folded.undone(*m.span()) - {LEET}), None)
    if not brand and (place := _lone_name(reading)):
        causes |= folded.undone(*place)
        found.append(Feature("dressed name", LONE_NAME, (folded.original(*place),)))
    # what hid the term counts once
    if styled_letters(reading.line, folded) >= STYLED_LETTERS and STYLED not in causes:
        points = DISGUISE if reading.named else DISGUISE_ALONE
        found.append(Feature("dressed", points, (STYLED,)))
    found += (Feature("slip", DISGUISE_ALONE, (how,)) for how in (HIDDEN, STRUCK, LOOK_ALIKE) if how in marks - causes)
    yield from found[:DISGUISES]
    if brand:
        quoted_brand = folded.original(*brand.span())
        is_all_dressed = len(_dressed_words(folded)) >= DRESSED_WORDS
        # schools and clubs number their names, too, and a fan may set them in bold
        stands_out = _stands_out(reading, brand.span()) and wording(reading.text).odds > 0
        points = LONE_BRAND if is_all_dressed or stands_out else DISGUISED_BRAND
        yield Feature("disguise", points, (quoted_brand,))


def _lone_name(reading: Reading) -> tuple[int, int] | None:
    """The one name that was dressed up in a line of plain words, other than the trade's own words."""
    marks = "".join(
        "-" if char in "-." else _MARKS.get(how, "x")
        for char, how in zip(reading.text, reading.folded.how, strict=True)
    )
    places = [found.span() for found in _DRESSED_NAME.finditer(marks)]
    if len(places) != 1 or not _stands_out(reading, places[0]):
        return None
    start, end = places[0]
    # flags and phonetics are honest
    is_honest = all(reading.line[at] in HONEST_ALONE for at in reading.folded.start[start:end])
    is_known = any(hit.start < end and hit.end > start for hit in reading.hits)
    return None if is_honest or is_known else (start, end)


def _dressed_words(folded: Folded) -> set[str]:
    """The words that are spelt with letters of another alphabet or with digits."""
    words = _ANY_WORD.finditer(folded.text)
    return {word[0] for word in words if folded.undone(*word.span()) & {LOOK_ALIKE, LEET}}


def _is_meant(folded: Folded, hit: Hit) -> bool:
    """Whether more letters of a term are hidden than chance would hide; headings are set apart on purpose."""
    marks = folded.how[hit.start : hit.end]
    return marks.count(HIDDEN) >= SLIP_LETTERS or marks.count(LOOK_ALIKE) >= LOOK_ALIKES


def _stands_out(reading: Reading, span: tuple[int, int]) -> bool:
    """Whether it is the brand that was dressed up, in a line of plain words: who writes headings so, dresses up all."""
    start, end = span
    plain = [
        match
        for match in _PLAIN_WORD.finditer(reading.text)
        if not (match.start() < end and match.end() > start) and not reading.folded.undone(*match.span())
    ]
    how = reading.folded.how
    dressed = sum(mark == STYLED for mark in (*how[:start], *how[end:]))
    # where no blanks stand between words, letters are counted
    is_plain = len(plain) >= 2 or (not reading.is_spaced and how.count("") >= PLAIN_LETTERS)
    return is_plain and dressed <= end - start and not reading.frames


def _shape(reading: Reading) -> Iterator[Feature]:
    for least, points in (DENSE, HALF_DENSE) if reading.frames else (DENSE, CLOSE, HALF_DENSE):
        if reading.density >= least:
            yield Feature("density", points, (f"{reading.density:.0%}",))
            break
    # where every word is a chunk, a headline is soup too unless the trade's words are a good part of it
    is_listed = not reading.is_spaced or reading.density >= HALF_DENSE[0]
    is_prose = reading.has_sentence or reading.function_share >= SOUP_FUNCTION
    if reading.chunks >= SOUP_CHUNKS and is_listed and not is_prose:
        yield Feature("soup", SOUP, (f"{reading.chunks} chunks",))
    if reading.letters > SPARSE_LETTERS and reading.density < SPARSE_DENSITY:
        yield Feature("sparse", SPARSE, (f"{reading.density:.0%}",))


def _address(reading: Reading) -> Iterator[Feature]:
    if found := ADDRESS.search(reading.text) or _BRAND.search(reading.text):
        yield Feature("address", TOKEN, (reading.folded.original(*found.span()),))


def _may_be_menu(reading: Reading) -> bool:
    hidden = sum(how != "" for hit in reading.topics for how in reading.folded.how[hit.start : hit.end])
    calls = len({hit.text for hit in reading.calls})
    are_buttons = all(hit.tier is Tier.ENTRY for hit in reading.calls) or calls < MENU_CALLS
    return calls > 0 and hidden < SLIP_LETTERS and (are_buttons or reading.frames != [])


def _prose(reading: Reading) -> Iterator[Feature]:
    if reading.function_share >= (PROSE_FUNCTION_JA if reading.is_japanese else PROSE_FUNCTION):
        asks = reading.strong and not reading.frames and len({hit.text for hit in reading.calls}) > 1
        yield Feature("prose", ASKING_PROSE if asks else PROSE)
    if reading.has_sentence:
        yield Feature("sentence", 0.0 if reading.strong else SENTENCE)
