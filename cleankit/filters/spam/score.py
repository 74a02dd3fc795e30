"""The sum of a line's features, and what may not be forgotten over it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from cleankit.filters.spam.features import CLOSE, DENSE, Feature, features
from cleankit.filters.spam.host import before_host, behind_host
from cleankit.filters.spam.kinds import KINDS
from cleankit.filters.spam.lexicon import Hit
from cleankit.filters.spam.reading import Reading
from cleankit.filters.spam.terms import Tier
from cleankit.filters.spam.wording import wording

ALL = frozenset(KINDS)
PLANTED_TITLE = 3.0
# also what a line without a word of any trade is about, if it is disguised
GAMBLING, LOANS = "gambling", "loans"
# a single word of news in a list of words that comes to this may be a slip of the lists
PLAIN_SOUP = 4.0
NEARLY_ALL, BARE = 0.7, 0.95  # of the letters
# ways to ask the reader in where only the subject is named
ASKS = 2
# a list of more games than that is not one of their kinds
MANY_TOPICS = 3
# and who asks in so often about one of them sells it
MANY_CALLS = 2
# so many terms and calls together, and what a model says counts
SAID = 3
# for each of its log-odds; so sure it has to be of prose, of what stands beside the trade's names, of a line that is
# nothing but one of its phrases and may head a column, and of one with a word of news that calls the reader this often
WORDING, WORDING_CAP = 0.7, 3.0
# what it counts for more beside a name that was dressed up, which by itself may be in bold letters and no more
BESIDE_DRESSED = 1.2
SURE, SURE_BESIDE, SURE_ALONE, SURE_OF_NEWS = 1.0, 1.5, 3.5, 5.0
CALLS_IN_NEWS = 3
TELLING = 3


@dataclass(frozen=True, slots=True)
class Score:
    """What a line's words add up to, and what speaks against taking it out all the same."""

    features: tuple[Feature, ...]
    langs: frozenset[str] = frozenset()  # of the strong terms, topics and calls
    kind: str = GAMBLING  # the one that most of the strong terms and topics are of
    density: float = 0.0  # share of the letters that the terms and calls make up
    places: tuple[tuple[int, int], ...] = ()  # of the terms and calls, in the line as it stands
    has_inner_call: bool = False  # in one of the strong terms

    @property
    def total(self) -> float:
        return round(sum(feature.points for feature in self.features), 1)

    def has(self, *names: str) -> bool:
        return any(feature.name in names for feature in self.features)

    def times(self, name: str) -> int:
        """How many different words a feature was found in."""
        return sum(len(feature.found) for feature in self.features if feature.name == name)

    @property
    def is_removable(self) -> bool:
        """Whether there is no veto."""
        return not self.veto

    @property
    def veto(self) -> str:
        """Why it stays whatever it adds up to; empty if nothing says so. A bare mention of the subject, a menu with the
        subject as one entry, its words in quotation marks, plain prose about it that asks nobody in, and whatever
        speaks of police, law or cure are never removed; disguise lifts that."""
        if self.has("services") or (self.has("disguise") and self.times("frame") < 2):
            return ""
        if self.has("menu"):
            return "it is a menu with the subject as one entry"
        if self.has("quoted"):
            return "what it says of the trade stands in quotation marks"
        if self._is_framed:
            return "it speaks of police, law, news or cure"
        if self._says_little_else or self.has("wording"):
            return ""
        if self.kind != GAMBLING and self.times("strong") < 2:
            # banks, chemists and universities name what these trades sell, and ask people in
            calls = self.times("call") + self.has_inner_call
            asks = calls > 1 or (calls and self.density >= DENSE[0])
            if self.has("strong") and asks and not self.is_prose:
                return ""
            if self._is_stock_list:
                return ""
            return "honest firms sell the same: one phrase of the trade is not enough" + " in prose" * self.is_prose
        if not self.has("strong"):
            is_offer = self.times("call") > 1 and (self.times("topic") > 1 or self.has("offer"))
            is_bare = self.density >= BARE and self.has("offer") and self.times("topic") > 1
            is_list = self.has("call") and self.times("topic") > (1 if self._is_bare_list else MANY_TOPICS)
            is_pressing = self.times("call") > MANY_CALLS and self.density >= CLOSE[0]
            says_no_more = (is_bare or is_pressing) and not self.has("frame", "honest")
            if (is_offer or is_list or says_no_more) and not self.is_prose:
                return ""
            return "it names the subject and says nothing that only the trade says"
        if self.has("call") or self.has_inner_call or not self.has("prose") or self._is_dense:
            return ""
        return "it is prose about the subject that asks nobody in"

    @property
    def insists(self) -> bool:
        """Whether the line says it twice, or asks the reader in: one phrase alone may be the heading of a column."""
        if self.has("call", "disguise", "services") or self.times("strong") > 1:
            return True
        if self.has("wording") and not self.is_nothing_else:
            return True
        # firms of other trades put such words over their columns
        may_be_short = self.kind == GAMBLING and self.is_nothing_else
        if self.has_inner_call and (self.has("slip") or may_be_short):
            return True
        is_list = self.has("soup") and self.density >= DENSE[0] and self.times("topic") >= MANY_TOPICS
        is_title = self.has_inner_call and self.kind == GAMBLING and self._is_dense_title
        return self.has("strong") and (is_list or is_title or self.has("address"))

    @property
    def is_nothing_else(self) -> bool:
        """Whether what only the trade says is nearly all of it."""
        return self.has("strong") and self.density >= NEARLY_ALL and not self.has("frame", "honest")

    @property
    def is_planted_phrase(self) -> bool:
        """Whether a model is sure of a line that is nothing but what the trade says."""
        return self.is_nothing_else and self.has("wording")

    @property
    def asks_in(self) -> bool:
        """Whether a line asks the reader in and names more than that, or is prose that asks twice. Of prose no model
        knows enough where honest firms sell the same."""
        named, calls = self.times("strong") + self.times("topic"), self.times("call")
        if self.is_prose:
            return calls >= ASKS and self.kind == GAMBLING
        return calls > 0 and named + calls >= SAID

    @property
    def _says_little_else(self) -> bool:
        """Whether it names what the trade sells and asks the reader in, and that is about all: prose as well. Honest
        firms do so for medicines and loans, but not in these words."""
        if self.density < CLOSE[0] or self.has("frame", "honest"):
            return False
        if self.has("strong"):
            return self.has("call")
        # one name of a game may be in any shop's offer
        least = CLOSE if self.times("topic") > 1 else DENSE
        asks = self.times("call") >= ASKS and self.density >= least[0]
        return asks and self.kind == GAMBLING and self.has("topic")

    @property
    def is_prose(self) -> bool:
        return self.has("prose", "sentence")

    @property
    def _is_stock_list(self) -> bool:
        """Whether it is a list of many things that only these trades have side by side: `pills, creams, papers`."""
        if not self._is_bare_list:
            return False
        asks = self.times("call") >= ASKS and self.density >= NEARLY_ALL and self.kind != LOANS
        return (self.times("topic") >= MANY_TOPICS and self.has("strong", "call")) or (asks and self.times("topic") > 1)

    @property
    def _is_bare_list(self) -> bool:
        """Whether it is words side by side, most of them the trade's."""
        return self.has("soup") and self.density >= DENSE[0] and not self.has("frame", "honest")

    @property
    def _is_framed(self) -> bool:
        """Whether it speaks of police, law, cure: one such word may be a slip of the lists in a line that is soup, in
        one that says little else than the trade's words and asks the reader in again and again, and in one that a model
        takes for planted all the same."""
        is_soup = self.has("soup") and self.times("strong") > 1 and self.total >= PLAIN_SOUP
        is_full = self.density >= DENSE[0] and self.total >= PLAIN_SOUP and self.times("call") > ASKS
        return self.times("frame") > (1 if is_soup or is_full or self.has("wording") else 0)

    @property
    def _is_dense_title(self) -> bool:
        return self.density >= DENSE[0] and self.has("topic", "soup") and not self.has("sentence", "prose", "frame")

    @property
    def _is_dense(self) -> bool:
        """Whether it speaks as the trade does more than once, and says little else."""
        return self.times("strong") > 1 and self.density >= DENSE[0] and not self.has("frame")

    def plus(self, feature: Feature) -> Score:
        return replace(self, features=(*self.features, feature))

    def without(self, name: str) -> Score:
        return replace(self, features=tuple(feature for feature in self.features if feature.name != name))


# a page is looked at more than once, and its lines are the same for the most part
@lru_cache(maxsize=2048)
def score(line: str, kinds: frozenset[str] = ALL) -> Score:
    """Score a line on its own; what its page adds is added by whoever knows the page."""
    found = _score(line, kinds)
    if found.has("frame"):
        for title in filter(None, (before_host(line), behind_host(line))):
            planted = _score(title, kinds)
            if planted.total >= PLANTED_TITLE and planted.insists and not planted.veto and not planted.has("frame"):
                return planted
    return found


def _score(line: str, kinds: frozenset[str]) -> Score:
    reading = Reading(line, kinds)
    found = features(reading, may_be_disguised=GAMBLING in kinds)
    if not found:
        return Score(())
    kind, density = _kind(reading.named), reading.density
    told = Score(found, reading.langs, kind, density, reading.places, reading.has_inner_call)
    return told.plus(worded) if (worded := _wording(reading, told)) else told


def _wording(reading: Reading, told: Score) -> Feature | None:
    """What a model makes of the words, with those that say it most; nothing where it takes the line for honest. Where
    nobody is asked in, what the trade is called in does not count."""
    if told.has("honest"):
        return None
    if told.has("frame"):
        if told.times("frame") > 1 or told.times("call") < CALLS_IN_NEWS or told.has("quoted", "menu"):
            return None
        found, least = wording(reading.text), SURE_OF_NEWS
    elif told.asks_in:
        found, least = wording(reading.text), SURE if told.is_prose else 0.0
        # a word in bold letters may be no more than that
        least = SURE_BESIDE if told.has("dressed name") else least
    elif told.has("quoted", "menu"):
        return None
    elif told.is_nothing_else:
        found, least = wording(reading.text), SURE_ALONE
    else:
        found, least = wording(reading.beside_names), SURE_BESIDE
    # where no trade is named, a word or two that sound like it may be anything's
    if found.odds <= least or (not reading.named and found.words < TELLING):
        return None
    points = round(min(WORDING * found.odds, WORDING_CAP) + BESIDE_DRESSED * told.has("dressed name"), 1)
    return Feature("wording", points, tuple(reading.folded.original(*place) for place in found.places))


def _kind(named: list[Hit]) -> str:
    """The kind that most is said of; of two the one that comes first by name, so that chance has no say."""
    points: dict[str, int] = {}
    for hit in named:
        for kind in hit.term.kinds:
            points[kind] = points.get(kind, 0) + (2 if hit.tier is Tier.STRONG else 1)
    return min(points, key=lambda kind: (-points[kind], kind), default=GAMBLING)
