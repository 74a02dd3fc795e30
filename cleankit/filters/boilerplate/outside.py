"""Which units of a page are none of its text: the model's word, bounded by what a page of text looks like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import takewhile
from typing import NamedTuple

from cleankit.filters.boilerplate import talk
from cleankit.filters.boilerplate.around import HEADLINE_ALIKE, alike, blocks
from cleankit.filters.boilerplate.units import DATE, Unit
from cleankit.lazy import expression

# A unit of that many words that the model is sure of may begin or end the text.
SURE, SURE_SIZE = 0.5, 9
# Of a short text in a large frame the model is sure nowhere. Who wants the body alone gets what it holds for likeliest;
# else nothing goes: of honest pages of our own more than 3 % of the lines would, in six of eight frames.
LEAST_BEST, LIKELIEST = 0.25, 0.7
# The head of an article: from the headline, or from this many units before its first paragraph.
HEADLINE_REACH, HEAD = 15, 5
# The title of a page goes where its headline is nearly the same, not where it only names the same people.
TITLE_ALIKE = 0.65
# The head of a briefing begins above `Speakers:`, `Date:` and the names of those who speak in it.
ANNOUNCED_REACH, NAMED_REACH = 15, 40
# A list, a cast, the last words stand right behind the last paragraph; chrome of its own kind begins below this.
LIKELY_BODY, LIKELY_REACH = 0.1, 2
# Where only the body is wanted, paragraphs behind it that the model half believes in belong to it while one is near the
# other; between them it must be surer.
HALF_BODY, HALF_INSIDE = 0.3, 0.2
# Times and dates stand under a text as well: the end of a briefing.
TAIL = 2
# A text goes on over so many units that are none of its paragraphs or labels: a heading, a picture.
REACH = 3
_WORD = expression(r"\w+")
# A number, perhaps behind a month, or a name; group 1 is what stands behind a number, for the numbers differ.
_SERIAL = expression(r"(?:[^\W\d_]+\.? )?\d{1,4}( ?(?:[:：]|--|–|—)(?=\s))|([\w .’'/&#]{2,30}[:：](?=\s))")
SERIES = 8
# What calls itself a briefing, in so many words at least or in hardly any others: "Press briefings" is a room of the
# site.
CALLED, CALLED_SHARE = 5, 0.5
DATED = 15  # words of a headline with its day; captions are longer
_EVENT = expression(
    r"(?i)\b(?:press|news|media) (?:briefing|conference|call|gaggle|availability)\b|\bgaggle\b|"
    r"\bremarks (?:by|to|at)\b|\b(?:transcript|interview) (?:of|with|de|du|mit)\b|\binterview d['’]|\bdoorstop|"
    r"pressekonferenz|conférence de presse|point de presse|\bentretien\b|\bentrevista\b|"
    r"пресс-конференци|брифинг|брифінг|интервью|інтерв['’]ю|konferencj[ai] prasow|\bwywiad|persconferentie|"
    r"conferenza stampa|\bintervista\b|coletiva de imprensa|\bcoletiva\b|sidang media|họp báo|phỏng vấn|"
    r"브리핑|기자회견|간담회|인터뷰|"
    r"(?:rueda|conferencia) de prensa|keterangan pers|\bwawancara\b|basın toplantısı|\bröportaj|"
    r"\btown hall\b|\binterview\b|"
    r"记者会|記者會|发布会|發布會|吹风会|會見|会见|会見|专访|專訪|訪談|访谈|实录|實錄|答记者问|答記者問|座談|通报会|說明會|紀要"
)
# What somebody says or lists stands under the line that says so; a line of so many words announces its whole block.
UNDER, ANNOUNCING = 2, 4
# Right beside the text stand headlines without a copy and last lines: there the model must be surer.
NEAR, NEAR_BODY = 6, 0.30
# A paragraph that goes is worse than a teaser that stays.
PROSE_BODY = 0.20
# Behind or before a text there may be a list, a cast, a poem; it is a site's frame where the page's outermost units are
# surely one. Of our honest pages that end in such things the model's own bounds lost an eighth, with this a fortieth.
RIM, RIM_BODY = 12, 0.025


ANNOUNCED = "a line above that ends in a colon announces it"


class Bounds(NamedTuple):
    """How little the model must think of a unit before it goes, and what stays all the same."""

    outside: float  # before and behind the text
    inside: float  # between its first paragraph and its last
    least: int  # of units beside one another
    row: int  # a page without so many lines one behind the other that are no prose is not looked at
    budget: float  # share of the page's prose that may go; past it nobody should cut unseen
    is_careful: bool  # keeps the head of a text, its labels, its lists and what else may belong to it


def dropped(row: Sequence[Unit], body: Sequence[float], bounds: Bounds) -> list[int]:
    """The units that go, by number; none where there is no text to be seen that they could stand around."""
    return judged(row, body, bounds).go


def judged(row: Sequence[Unit], body: Sequence[float], bounds: Bounds) -> Judged:
    """The units that go, and what is needed to say why the others do not."""
    sure = [i for i, unit in enumerate(row) if body[i] > SURE and unit.size >= SURE_SIZE]
    if not sure and not bounds.is_careful:
        sure = _likeliest(row, body)
    if not sure:
        return Judged([], body, bounds)
    place = (_careful if bounds.is_careful else _strict)(row, body, sure[0], sure[-1])
    text, kept = place.text, place.kept
    stays = kept | place.closed
    below = [i for i, one in enumerate(body) if one < (bounds.inside if i in text else bounds.outside)]
    go = _in_company([i for i in below if i not in stays], bounds.least)
    # what is chrome above the text is chrome below it
    said = {row[i].text for i in go} if bounds.is_careful else set()
    copies = {i for i, unit in enumerate(row) if unit.text in said and i not in text and i not in kept}
    return Judged(sorted({*go, *copies, *place.title}), body, bounds, place)


def _likeliest(row: Sequence[Unit], body: Sequence[float]) -> list[int]:
    """What the model holds for likeliest to be text, and what comes near it."""
    long = [i for i, unit in enumerate(row) if unit.size >= SURE_SIZE]
    best = max((body[i] for i in long if row[i].is_prose), default=0.0)
    return [i for i in long if body[i] >= LIKELIEST * best] if best >= LEAST_BEST else []


class _Place(NamedTuple):
    """Where the text stands, which units stay whatever the model says, and which do if they have no copy that goes."""

    first: int
    last: int
    why: tuple[tuple[str, Collection[int]], ...]  # the units that are kept, by what keeps them
    closed: frozenset[int] = frozenset()
    title: frozenset[int] = frozenset()  # the page's, where the text has a headline of its own

    @property
    def text(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def kept(self) -> frozenset[int]:
        return frozenset().union(*(units for _, units in self.why))


class Judged(NamedTuple):
    """The units that go, by number, and what the others were held against; no `place` where there is no text."""

    go: list[int]
    body: Sequence[float]
    bounds: Bounds
    place: _Place | None = None

    def held(self, i: int) -> str:
        """What keeps a unit that does not go."""
        if self.place is None:
            return "nothing on the page is surely its text, so nothing is surely beside it"
        is_inside = i in self.place.text
        bound = self.bounds.inside if is_inside else self.bounds.outside
        where = "within the text" if is_inside else "before and behind the text"
        if self.body[i] >= bound:
            return f"its probability is not below {bound:g}, the bound {where}"
        if why := next((why for why, units in self.place.why if i in units), ""):
            return why
        if i in self.place.closed:
            return "on its side of the text the outermost lines are not surely the frame of a site"
        return f"fewer than {self.bounds.least} such lines stand beside one another"


def _careful(row: Sequence[Unit], body: Sequence[float], first: int, last: int) -> _Place:
    labels, sure = talk.heard(row, first, last)
    if labels:
        first, last = _reached(first, -1, labels), _reached(last, 1, labels)
        first, last = _reached(first, -1, sure, talk.REACH), _reached(last, 1, sure, talk.REACH)
    likeness = alike(row)
    head = _head(row, first, likeness)
    has_headline = first - HEAD <= head < first and head > HEAD and likeness[head] >= TITLE_ALIKE
    beside = (*range(first - NEAR, first), *range(last + 1, last + 1 + NEAR))
    likely = {i for i, one in enumerate(body) if one >= LIKELY_BODY}
    kept = (
        (ANNOUNCED, _announced(row)),
        ("it stands in the head of the text", range(min(head, _named(row, first, last, labels)), first)),
        ("it calls the text a briefing or an interview", _called(row, first, is_talk=bool(labels))),
        (
            "within the text it is a paragraph, a label or what somebody says",
            {i for i in range(first, last + 1) if row[i].is_prose or row[i].text[-1] in ":：" or i in labels},
        ),
        (
            "it is a date right under the text",
            {i for i in range(last + 1, min(last + TAIL + 1, len(row))) if DATE.search(row[i].text)},
        ),
        (
            f"right beside the text the bound is {NEAR_BODY:g}",
            {i for i in beside if _doubtful(body, i)},
        ),
        (
            f"it is a paragraph, and for those the bound is {PROSE_BODY:g}",
            {i for i, unit in enumerate(row) if unit.is_prose and body[i] >= PROSE_BODY},
        ),
        (
            f"right behind the text the bound is {LIKELY_BODY:g}: a list, a cast, the last words stand there",
            likely & set(range(last + 1, _reached(last, 1, likely, LIKELY_REACH) + 1)),
        ),
    )
    sides = ((range(first), body[:RIM]), (range(last + 1, len(row)), body[-RIM:]))
    closed = {i for side, rim in sides if min(rim) >= RIM_BODY for i in side}
    return _Place(first, last, kept, frozenset(closed), frozenset({0} if has_headline else ()))


def _strict(row: Sequence[Unit], body: Sequence[float], first: int, last: int) -> _Place:
    half = {i for i, unit in enumerate(row) if body[i] >= HALF_BODY and unit.is_prose and unit.size >= SURE_SIZE}
    last = _reached(last, 1, half)
    half_inside = {i for i in range(first, last) if row[i].is_prose and body[i] >= HALF_INSIDE}
    # a list of results, of dates, of winners: announced by the text's last line, or plainly one
    listed = _announced(row) | {i for i, unit in enumerate(row) if unit.size >= ANNOUNCING and unit.text[-1] in ":："}
    series = _series(row)
    kept = (
        (f"it is a paragraph within the text, and for those the bound is {HALF_INSIDE:g}", half_inside),
        (ANNOUNCED, set(takewhile(listed.__contains__, range(last + 1, len(row))))),
        (
            "it goes on with a series of lines that begin alike",
            series & set(range(last + 1, _reached(last, 1, series) + 1)),
        ),
    )
    return _Place(first, last, kept)


def _series(row: Sequence[Unit]) -> set[int]:
    """The units of a long list that each begin with a number or with the same words: `2019: …`, `June 3 -- …`."""
    begins = {i: found[1] or found[2] for i, unit in enumerate(row) if (found := _SERIAL.match(unit.text))}
    times = Counter(begins.values())
    return {i for i, begin in begins.items() if times[begin] >= SERIES}


def _doubtful(body: Sequence[float], i: int) -> bool:
    return 0 <= i < len(body) and body[i] >= NEAR_BODY


def _announced(row: Sequence[Unit]) -> set[int]:
    """The units that stand under a line that ends in a colon; under a longer one all to the end of the block."""
    found: set[int] = set()
    spans = blocks(row)
    for i, unit in enumerate(row):
        if unit.text[-1] in ":：":
            found |= {*range(i + 1, i + 1 + UNDER)}
            if unit.size >= ANNOUNCING:
                begin, size = spans[i] if i + 1 == len(row) or not row[i + 1].after_blank else spans[i + 1]
                found |= {*range(begin, begin + size)}
    return found


def _reached(end: int, step: int, more: Collection[int], reach: int = REACH) -> int:
    """On from an end of the text while another of `more` is near."""
    while near := [end + step * n for n in range(1, reach + 1) if end + step * n in more]:
        end = near[-1]
    return end


def _head(row: Sequence[Unit], first: int, likeness: Sequence[float]) -> int:
    """Where the head of the text begins: at the headline, which repeats the page's title."""
    near = range(max(0, first - HEADLINE_REACH), first)
    head = next((i for i in reversed(near) if i and likeness[i] >= HEADLINE_ALIKE), max(0, first - HEAD))
    announced = range(max(0, first - ANNOUNCED_REACH), head)
    return next((i for i in announced if row[i].text[-1] in ":："), head)


def _named(row: Sequence[Unit], first: int, last: int, labels: Collection[int]) -> int:
    """Where the list of those begins who speak in the text, with what stands above it: a name that is a label or a line
    of its own there."""
    text = range(first, last + 1)
    speakers = {row[i].text.lower().replace("：", ":").partition(":")[0] for i in labels if i in text}
    surnames = {name.split()[-1] for name in speakers if name.split()} if len(speakers) > 1 else set()
    alone = {row[i].text.lower() for i in text if 1 < row[i].size < SURE_SIZE and not row[i].ends}
    for i in range(max(0, first - NAMED_REACH), first):
        line = row[i].text.lower()
        if line in alone or surnames.intersection(_WORD.findall(line)):
            return max(0, i - HEAD)
    return first


def _called(row: Sequence[Unit], first: int, *, is_talk: bool) -> set[int]:
    """The lines above a transcript that call it one: its headline, wherever the site's own lines stand.

    Where no labels make it one, such a line has to say when that was, or the one below it.
    """
    near = range(max(0, first - (HEADLINE_REACH if is_talk else NAMED_REACH)), first)
    dated = {i for i in (*near, first) if row[i].size <= DATED and DATE.search(row[i].text)}
    may_say_so = (i for i in near if is_talk or i in dated or (i + 1 in dated and not row[i].is_prose))
    found = {i: hit for i in may_say_so if (hit := _EVENT.search(row[i].text))}
    return {
        i
        for i, hit in found.items()
        if row[i].size >= CALLED or not row[i].text.isascii() or len(hit[0]) >= CALLED_SHARE * len(row[i].text)
    }


def _in_company(go: list[int], least: int) -> list[int]:
    """Those that do not go alone: chrome comes in rows, a stray line of a text does not."""
    runs: list[list[int]] = []
    for i in go:
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return [i for run in runs if len(run) >= least for i in run]
