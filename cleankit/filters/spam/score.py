"""Points for one line: each feature with what it is worth and the words it was found in, for a person to add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from cleankit.filters.spam.fold import (
    HIDDEN,
    LEET,
    LOOK_ALIKE,
    SPACED,
    STRUCK,
    STYLED,
    Folded,
    fold,
    is_unspaced,
    styled_letters,
)
from cleankit.filters.spam.lexicon import Hit, Lexicon, Tier, lexicon
from cleankit.lazy import expression

# The weights were set by hand on 248 spam lines and 272 hard honest lines of 13 languages; taking one away lowered F1
# there by up to 0.11 (strong terms), 0.04 (calls) and 0.02 (topics, disguises).
STRONG, STRONG_CAP = 1.6, 4.0
TOPIC, TOPIC_CAP = 0.8, 2.0
CALL, CALL_CAP = 0.6, 2.0
DENSE, HALF_DENSE = (0.50, 1.5), (0.25, 0.8)
SOUP, SOUP_CHUNKS, SOUP_FUNCTION = 1.2, 3, 0.06
TOKEN = 0.8
DISGUISE, DISGUISE_ALONE, DISGUISES = 1.8, 0.8, 2
DISGUISED_BRAND = 1.8
OTHER_SCRIPT = 0.8
FRAME, FRAME_CAP = -1.1, -3.2
PROSE, PROSE_FUNCTION = -1.0, 0.08
SENTENCE = -0.8
LONE_TOPIC = -0.6
SPARSE, SPARSE_LETTERS, SPARSE_DENSITY = -3.0, 120, 0.10

STYLED_LETTERS = 3  # one or two are a logo or a formula
SLIP_LETTERS = 3  # more hidden letters than a slip leaves behind
SLIPS = frozenset({HIDDEN, LOOK_ALIKE, SPACED})
LETTERWISE = frozenset({"zh", "ja", "th"})
MENU_GATHERS = ("call", "density", "soup", "address")

_SENTENCE = expression(r"[。？]|[.?！!…।](?=[\s\"'”’»)\]」』]|$)")
_ADDRESS = expression(
    r"(?:https?://|www\.)\S+|(?<![a-z0-9@])[a-z0-9-]{3,}\.(?:com|net|org|info|xyz|top|vip|club|site|online|app|cc|co|io|"
    r"bet|casino|win|live|me|link|tk|ly|shop|fun|pro)(?![a-z0-9])"
)
# letters, then two to four digits that are no year: how such brands are made; or digits round a word of the trade
_BRAND = expression(
    r"(?<![a-z0-9])(?:[a-z]{3,14}(?!(?:19|20)\d\d(?!\d))\d{2,4}|\d{1,4}(?:x?bet|slot|toto|win))(?![a-z0-9])"
)
_WORD = expression(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CHUNK = expression(r"[\s|,，、;；·•/>»–—:：]+")


class Feature(NamedTuple):
    """One summand. `found` quotes the line as it stands."""

    name: str
    points: float
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """What a line's words add up to, and what may not be forgotten over the sum."""

    features: tuple[Feature, ...]
    langs: frozenset[str] = frozenset()  # of the strong terms, topics and calls

    @property
    def total(self) -> float:
        return round(sum(feature.points for feature in self.features), 1)

    def has(self, *names: str) -> bool:
        return any(feature.name in names for feature in self.features)

    @property
    def is_removable(self) -> bool:
        """The vetoes: a bare mention of the subject, a menu with the subject as one entry, plain prose about it that
        asks nobody in, and whatever speaks of police, law or cure are never removed; disguise lifts them."""
        if self.has("disguise"):
            return True
        if not self.has("strong", "call") or self.has("menu", "frame"):
            return False
        return self.has("call") or not self.has("prose")

    @property
    def insists(self) -> bool:
        """Whether the line says it twice, or asks the reader in: one phrase alone may be the heading of a column."""
        return self.has("call", "disguise") or any(len(f.found) > 1 for f in self.features if f.name == "strong")

    def plus(self, feature: Feature) -> Score:
        return Score((*self.features, feature), self.langs)


NOTHING = Score(())


def score(line: str) -> Score:
    """Score a line on its own; what its page adds (`OTHER_SCRIPT`) is added by whoever knows the page."""
    folded = fold(line)
    words = lexicon()
    hits = list(words.find(folded.text))
    of = {tier: [hit for hit in hits if hit.tier is tier] for tier in Tier}
    topics = sorted(of[Tier.TOPIC] + of[Tier.WEAK])
    named = of[Tier.STRONG] + topics
    features = [*_disguises(line, folded, named)]
    is_disguised = any(feature.name == "disguise" for feature in features)
    if not of[Tier.STRONG] and not of[Tier.TOPIC] and not is_disguised:
        return NOTHING
    calls = of[Tier.CALL] if named else []
    features += _counted("strong", folded, of[Tier.STRONG], STRONG, STRONG_CAP)
    features += _counted("topic", folded, topics, TOPIC, TOPIC_CAP)
    features += _counted("call", folded, calls, CALL, CALL_CAP)
    features += _counted("frame", folded, of[Tier.FRAME], FRAME, FRAME_CAP)
    letters = sum(map(str.isalpha, folded.text))
    density = sum(sum(map(str.isalpha, folded.text[h.start : h.end])) for h in named + calls) / max(letters, 1)
    function = _function_share(
        folded.text, _blanked(folded.text, hits), words, frozenset().union(*(hit.langs for hit in hits))
    )
    has_sentence = _SENTENCE.search(_ADDRESS.sub(" ", folded.text)) is not None
    carried = of[Tier.STRONG] or is_disguised
    if len({hit.text for hit in named}) == 1 and not carried and not calls:
        features.append(Feature("lone topic", LONE_TOPIC))
    elif named:
        features += _shape(folded, density, letters, function, has_sentence)
        features += _tokens(folded)
    hidden_letters = sum(how != "" for hit in of[Tier.TOPIC] for how in folded.how[hit.start : hit.end])
    if calls and not carried and hidden_letters < SLIP_LETTERS and len({hit.text for hit in named}) < 2:
        # a portal's bar has `lottery` beside `log in`: nothing that it gathers by its shape and its log-in counts
        gathered = sum(feature.points for feature in features if feature.name in MENU_GATHERS)
        features.append(Feature("menu", round(LONE_TOPIC - gathered, 1)))
    if function >= PROSE_FUNCTION:
        features.append(Feature("prose", PROSE))
    if has_sentence:
        features.append(Feature("sentence", 0.0 if of[Tier.STRONG] else SENTENCE))
    return Score(tuple(features), frozenset().union(*(hit.langs for hit in named + calls)))


def _counted(name: str, folded: Folded, hits: Iterable[Hit], each: float, cap: float) -> list[Feature]:
    """Each term once, however often it stands there: what counts in a long line is density."""
    first = {hit.text: hit for hit in reversed([*hits])}
    if not first:
        return []
    found = tuple(folded.original(hit.start, hit.end) for hit in sorted(first.values()))
    points = each * len(found)
    return [Feature(name, round(min(points, cap) if cap > 0 else max(points, cap), 1), found)]


def _disguises(line: str, folded: Folded, named: list[Hit]) -> list[Feature]:
    """What was hidden. A `slip` may have come about honestly: one letter of another alphabet in a term, a heading set
    with blanks between its letters, an invisible sign anywhere. It counts, but lifts no veto."""
    marks = set(folded.how) - {""}
    if not marks:
        return []
    hidden = {hit.text: hit for hit in reversed(named) if folded.undone(hit.start, hit.end)}
    causes = {how for hit in hidden.values() for how in folded.undone(hit.start, hit.end)}
    found = []
    if hidden:
        name = "disguise" if causes - SLIPS or len(hidden) > 1 else "slip"
        found.append(Feature(name, DISGUISE, tuple(folded.original(h.start, h.end) for h in sorted(hidden.values()))))
    # what hid the term counts once
    if styled_letters(line, folded) >= STYLED_LETTERS and STYLED not in causes:
        found.append(Feature("disguise", DISGUISE if named else DISGUISE_ALONE, (STYLED,)))
    found += (Feature("slip", DISGUISE_ALONE, (how,)) for how in (HIDDEN, STRUCK, LOOK_ALIKE) if how in marks - causes)
    found = found[:DISGUISES]
    brand = next((m for m in _BRAND.finditer(folded.text) if folded.undone(*m.span()) - {LEET, SPACED}), None)
    if brand:
        found.append(Feature("disguise", DISGUISED_BRAND, (folded.original(*brand.span()),)))
    return found


def _shape(folded: Folded, density: float, letters: int, function: float, has_sentence: bool) -> list[Feature]:
    features = []
    for least, points in (DENSE, HALF_DENSE):
        if density >= least:
            features.append(Feature("density", points, (f"{density:.0%}",)))
            break
    chunks = [chunk for chunk in _CHUNK.split(_ADDRESS.sub(" address ", folded.text)) if chunk]
    # where every word is a chunk, a headline is soup too unless the trade's words are a good part of it
    by_word = not is_unspaced(next(filter(str.isalpha, folded.text), "a")) and density < HALF_DENSE[0]
    if len(chunks) >= SOUP_CHUNKS and not by_word and not has_sentence and function < SOUP_FUNCTION:
        features.append(Feature("soup", SOUP, (f"{len(chunks)} chunks",)))
    if letters > SPARSE_LETTERS and density < SPARSE_DENSITY:
        features.append(Feature("sparse", SPARSE, (f"{density:.0%}",)))
    return features


def _tokens(folded: Folded) -> list[Feature]:
    found = _ADDRESS.search(folded.text) or _BRAND.search(folded.text)
    return [Feature("address", TOKEN, (folded.original(*found.span()),))] if found else []


def _blanked(text: str, hits: list[Hit]) -> str:
    pieces: list[str] = []
    at = 0
    for hit in hits:
        pieces += text[at : hit.start], " "
        at = hit.end
    return "".join([*pieces, text[at:]])


def _function_share(text: str, rest: str, words: Lexicon, langs: frozenset[str]) -> float:
    """The largest share that function words of a language of the line's terms have in it: of its words, or of its
    letters where words are not set apart. `rest` is the line without its terms; a single one may be part of a name."""
    tokens = _WORD.findall(text)
    unspaced = sum(len(token) for token in tokens if is_unspaced(token[0]))
    spaced = [token for token in tokens if not is_unspaced(token[0])]
    best = 0.0
    for lang in langs:
        known = words.function_words.get(lang, set())
        if lang in LETTERWISE:
            found = sum(rest.count(word) * len(word) for word in known)
            count, of = (found, unspaced) if unspaced >= len(spaced) else (0, 1)
        elif lang == "ko":  # particles, glued to the nouns before them
            count, of = sum(token.endswith(tuple(known)) for token in _WORD.findall(rest)), len(tokens)
        else:
            count, of = sum(token in known for token in _WORD.findall(rest)), len(spaced)
        if count > 1:
            best = max(best, count / max(of, 1))
    return best
