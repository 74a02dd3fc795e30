"""A line as it is read: folded, with the terms that count in it and what else its features ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from cleankit import language, page
from cleankit.filters.spam import gate
from cleankit.filters.spam.characters import is_unspaced
from cleankit.filters.spam.fold import HIDDEN, LEET, LOOK_ALIKE, SPACED, fold
from cleankit.filters.spam.lexicon import Hit, Lexicon, lexicon
from cleankit.filters.spam.terms import CALLING, NAMING, Tier
from cleankit.lazy import expression

ADDRESS = expression(
    r"(?:https?://|www\.)\S+|(?<![a-z0-9@])[a-z0-9-]{3,}\.(?:com|net|org|info|xyz|top|vip|club|site|online|app|cc|co|io|"
    r"bet|casino|win|live|me|link|tk|ly|shop|fun|pro|asia|biz|br|cl|cn|cyou|cz|example|games?|gg|gr|hk|hu|icu|jp|kr|lol|"
    r"mobi|mx|ph|pl|pw|ro|ru|space|store|su|tv|tw|vn|website|ws)(?![a-z0-9])"
)
_SENTENCE = expression(r"[。？]|[.?！!…।](?=[\s\"'”’»)\]」』]|$)")
_WORD = expression(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CHUNK = expression(r"[\s|,，、;；·•/>»–—:：]+")
_OPENING, _CLOSING = frozenset("\"'“‘«„‹「『《"), frozenset("\"'”’»“›」』》")
# what is undone without a doubt where words end; a letter or two may be a part number, and the gate is asked again
MANY = 3
_READABLE = frozenset({"", HIDDEN, LEET, LOOK_ALIKE})
# languages whose function words are counted by letters, for nothing sets words apart
_LETTERWISE = frozenset({"zh", "ja", "th"})


class Reading:
    """One line, read with the terms of some kinds."""

    def __init__(self, line: str, kinds: frozenset[str]) -> None:
        self._words: Lexicon = lexicon(kinds)
        self.line = line
        self.folded = fold(line, self._words.knows)
        self.text = self.folded.text
        self.hits = [*_that_count(self.text, self._find())]
        self.strong = self._of(Tier.STRONG)
        self.topics = self._of(Tier.TOPIC)
        self.subjects = sorted((*self.topics, *self._of(Tier.WEAK)), key=lambda hit: hit.start)
        self.named = sorted((*self.strong, *self.subjects), key=lambda hit: hit.start)
        self.calls = [hit for hit in self.hits if hit.tier in CALLING]
        self.frames = self._of(Tier.FRAME)
        self.honest = self._of(Tier.HONEST)

    def _find(self) -> list[Hit]:
        how = self.folded.how
        if set(how) <= _READABLE and sum(map(bool, how)) < MANY and not self._passes():
            return []
        apart = frozenset(i for i, mark in enumerate(how) if mark == SPACED)
        # a short word may stand in any row of letters set apart: `F I E S T A S` is about no bag (Indonesian tas)
        return [
            hit
            for hit in self._words.find(self.text, apart)
            if hit.end - hit.start >= gate.SHORTEST_PART or not self._runs_on(hit.start, apart)
        ]

    def _runs_on(self, start: int, apart: frozenset[int]) -> bool:
        """Whether what is written letter by letter began before an offset."""
        return {start - 1, start} <= apart and self.text[start - 1].isalpha() and self.is_spaced

    def _passes(self) -> bool:
        """What the gate says of the line; not always does it know a term by the spelling that folding gives it."""
        return gate.holds(page.fold(self.line)) or (any(self.folded.how) and gate.holds(self.text))

    def _of(self, tier: Tier) -> list[Hit]:
        return [hit for hit in self.hits if hit.tier is tier]

    @property
    def langs(self) -> frozenset[str]:
        """The languages of the terms and calls."""
        return frozenset[str]().union(*(hit.term.langs for hit in (*self.named, *self.calls)))

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """The terms and calls in the line as it stands."""
        hits = sorted((*self.named, *self.calls), key=lambda hit: hit.start)
        return tuple((self.folded.start[hit.start], self.folded.end[hit.end - 1]) for hit in hits)

    @cached_property
    def has_inner_call(self) -> bool:
        """Whether a strong term asks the reader in itself: `buy pills online`."""
        return any(
            inner.tier in CALLING
            for hit in self.strong
            for piece in _pieces(self.text[hit.start : hit.end])
            for inner in self._words.find(piece)
        )

    def quoted(self, hit: Hit) -> str:
        """A hit as it stands in the line."""
        return self.folded.original(hit.start, hit.end)

    def is_quoted(self, hit: Hit) -> bool:
        """Whether a hit stands in quotation marks, with little else in them: a word that is spoken of."""
        before = self.text[max(0, hit.start - 2) : hit.start].rstrip()
        behind = self.text[hit.end : hit.end + 2].lstrip()
        return before != "" != behind and before[-1] in _OPENING and behind[0] in _CLOSING

    @cached_property
    def letters(self) -> int:
        return sum(map(str.isalpha, self.text))

    @cached_property
    def density(self) -> float:
        """The share of the letters that the terms and calls make up."""
        of = sum(sum(map(str.isalpha, self.text[hit.start : hit.end])) for hit in (*self.named, *self.calls))
        return of / max(self.letters, 1)

    @cached_property
    def chunks(self) -> int:
        """How many pieces blanks, commas and bars part it into, an address counting for one."""
        return len([chunk for chunk in _CHUNK.split(ADDRESS.sub(" address ", self.text)) if chunk])

    @cached_property
    def is_spaced(self) -> bool:
        """Whether it is written with blanks between words."""
        return not is_unspaced(next(filter(str.isalpha, self.text), "a"))

    @cached_property
    def has_sentence(self) -> bool:
        return _SENTENCE.search(ADDRESS.sub(" ", self.text)) is not None

    @cached_property
    def is_japanese(self) -> bool:
        return language.of_script(self.text) == "ja"

    @cached_property
    def function_share(self) -> float:
        """The largest share that function words of a language of the line's terms have in it: of its words, or of its
        letters where words are not set apart. A single one may be part of a name."""
        tokens = _WORD.findall(self.text)
        unspaced = sum(len(token) for token in tokens if is_unspaced(token[0]))
        spaced = sum(not is_unspaced(token[0]) for token in tokens)
        best = 0.0
        for lang in frozenset[str]().union(*(hit.term.langs for hit in self.hits)):
            known = self._words.function_words.get(lang, set())
            if lang in _LETTERWISE:
                found = [self._rest.count(word) * len(word) for word in known]
                times, count = sum(self._rest.count(word) for word in known), sum(found)
                of = unspaced if unspaced >= spaced else 0
            elif lang == "ko":  # particles, glued to the nouns before them
                times = count = sum(token.endswith(tuple(known)) for token in _WORD.findall(self._rest))
                of = len(tokens)
            else:
                times = count = sum(token in known for token in _WORD.findall(self._rest))
                of = spaced
            if times > 1 and of:
                best = max(best, count / of)
        return best

    @property
    def beside_names(self) -> str:
        """The copy with blanks where a trade is named."""
        return blanked(self.text, ((hit.start, hit.end) for hit in self.named))

    @cached_property
    def _rest(self) -> str:
        """The line without its terms."""
        pieces: list[str] = []
        at = 0
        for hit in self.hits:
            pieces += self.text[at : hit.start], " "
            at = hit.end
        return "".join([*pieces, self.text[at:]])


def blanked(text: str, places: Iterable[tuple[int, int]]) -> str:
    """A text with blanks in some places."""
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _pieces(text: str) -> Iterator[str]:
    """A term without its beginning or its end."""
    if is_unspaced(text[0]):
        yield from (text[1:], text[:-1])
    else:
        yield from text.split()


def _that_count(text: str, hits: list[Hit]) -> Iterator[Hit]:
    """The hits without those that say nothing here: calls and weak words of a trade that is not named, and words of
    news in a language that is neither the terms' nor the line's, or in an address."""
    subjects = [hit for hit in hits if hit.tier in (Tier.STRONG, Tier.TOPIC)]
    kinds = frozenset[str]().union(*(hit.term.kinds for hit in subjects))
    addresses = [match.span() for match in ADDRESS.finditer(text)]
    langs = {lang for hit in hits if hit.tier in NAMING | CALLING for lang in hit.term.langs}
    if any(hit.tier is Tier.FRAME for hit in hits):
        langs.add(language.of_text(text))
    for hit in hits:
        if hit.tier in CALLING or hit.tier is Tier.WEAK:
            says_much = not hit.term.kinds or not kinds or not kinds.isdisjoint(hit.term.kinds)
        elif hit.tier is Tier.FRAME:
            is_address = any(start <= hit.start < end for start, end in addresses)
            says_much = not is_address and not langs.isdisjoint(hit.term.langs)
        else:
            says_much = True
        if says_much:
            yield hit
