"""The terms as they are remembered from one run to the next: folded, in lines of text, by their first words.

Of the many terms most are never asked for: a line is split when its first word comes up in a text, and a term made when
the right letter stands behind that.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from cleankit.filters.spam.characters import SUM, SUM_BEGINS
from cleankit.filters.spam.fold import term_form
from cleankit.filters.spam.terms import CALLING, NAMING, Tier, read_terms, term_files

# Neither stands in a term, and JSON need not escape them, which takes four times as long to read.
LINE, FIELD = "\ue000", "\ue001"
KEY = 2  # characters by which the terms are looked up
SIZES = (4, 3, 2, 1)  # characters of a first word by which they are then
ANY = ""  # the letter that comes next does not matter
# of two languages that differ about a term, the one that thinks less of it counts
MILDEST = (Tier.HONEST, Tier.FRAME, Tier.ENTRY, Tier.CALL, Tier.WEAK, Tier.TOPIC, Tier.STRONG)


class Row(NamedTuple):
    """A term in a line of text."""

    following: str  # what letters may come next, where the first word ends as it is written
    text: str
    tier: Tier
    tails: str  # number of the list of a compound's tails
    is_apart: bool
    langs: tuple[str, ...]
    kinds: tuple[str, ...]

    def written(self) -> str:
        return FIELD.join((*self[:4], "1"[: self.is_apart], *map(" ".join, self[5:])))

    @classmethod
    def read(cls, line: str) -> Row:
        following, text, tier, tails, is_apart, langs, kinds = line.split(FIELD)
        return cls(following, text, Tier(tier), tails, bool(is_apart), tuple(langs.split()), tuple(kinds.split()))


def files() -> list[Path]:
    """What the terms depend on: their files, and the code that reads them."""
    return [*term_files(), *sorted(Path(__file__).parent.glob("*.py"))]


def worked_out() -> dict[str, Any]:
    """The terms folded, each once with the languages and kinds that share it.

    `terms` by the beginnings of their first words, the keys of those that may begin `inside` a word, the `tails` of
    compounds, the `function` words of each language and all `words`.
    """
    shared: dict[tuple[str, Tier, str, bool], tuple[set[str], set[str]]] = {}
    tails_of: dict[str, int] = {}
    function: dict[str, list[str]] = {}

    def add(text: str, tier: Tier, lang: str, kind: str, tails: str = "", is_apart: bool = True) -> None:
        langs, kinds = shared.setdefault((folded(text), tier, tails, is_apart), (set(), set()))
        langs.add(lang)
        kinds.add(kind)

    for path in term_files():
        entries, compounds = read_terms(path)
        for entry in entries:
            if entry.tier is Tier.FUNCTION:
                function.setdefault(entry.lang, []).append(term_form(entry.text))
            else:
                add(entry.text, entry.tier, entry.lang, entry.kind)
        for part in compounds:
            number = tails_of.setdefault("\n".join(map(folded, part.tails)), len(tails_of))
            for head in part.heads:
                add(head.strip(), part.tier, part.lang, part.kind, str(number), head.endswith(" "))
    all_tails = [*tails_of]
    terms: dict[str, dict[str, list[str]]] = {}
    words = {word for tails in all_tails for word in tails.split()}
    for key, (langs, kinds) in sorted(shared.items(), key=lambda item: (MILDEST.index(item[0][1]), item[0])):
        text, tier, tails, _ = key
        following = _following(text, all_tails[int(tails)] if tails else "")
        row = Row(following, *key, tuple(sorted(langs)), tuple(sorted(kinds)))
        first = text.split(" ", 1)[0].strip("*")
        terms.setdefault(first[:KEY], {}).setdefault(first[: SIZES[0]], []).append(row.written())
        words |= {*text.split()} if tier in NAMING | CALLING else set()
    return {
        "terms": {key: {one: LINE.join(rows) for one, rows in beginnings.items()} for key, beginnings in terms.items()},
        "tails": [tails.replace("\n", LINE) for tails in all_tails],
        "function": function,
        "inside": LINE.join(sorted({text.lstrip("*")[:KEY] for text, *_ in shared if text.startswith("*")})),
        "words": " ".join(sorted({word.strip("*") for word in words})),
    }


def _following(text: str, tails: str) -> str:
    """The letters one of which must follow the first word of a term, if anything is known of them."""
    first, _, rest = text.partition(" ")
    if first.endswith("*"):
        return ""
    if rest:
        return first_letters(rest)
    return "".join(sorted({letter for tail in tails.split("\n") if tail for letter in first_letters(tail)}))


def first_letters(text: str) -> str:
    """What a word or a sum may begin with."""
    return SUM_BEGINS if text.split()[0] == SUM else text.strip("*")[0]


def folded(text: str) -> str:
    """A term in the spelling of folded lines, with the stars that let its words go on."""
    return " ".join(_folded_word(word) for word in text.split())


def _folded_word(word: str) -> str:
    return "*" * word.startswith("*") + term_form(word.strip("*")) + "*" * word.endswith("*")
