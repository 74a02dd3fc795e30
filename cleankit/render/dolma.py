"""Flat edits as attributes of dolma: spans that its mixer replaces, their rows, and the mixer's configuration."""

from __future__ import annotations

import hashlib
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cleankit.model import Safety

EXPERIMENT = "cleankit"
# An attribute's spans have the score of the least certain edit in them; FLAG is what a person allowed by hand.
SCORES = {Safety.SAFE: 1.0, Safety.SUGGESTED: 0.5, Safety.FLAG: 0.25}
MIN_SCORE = 0.0

ORIGINAL = "{}"  # in a replacement it stands for what the span held
# Where a replacement is cut in two, for it would not come out as it is: `{}` would be filled in by the mixer, `${`
# read as a reference by the reader of its configuration.
_CUT = re.compile(r"(?<=\{)(?=\})|(?<=\$)(?=\{)")
_MISSING = "???"  # to that reader a value that somebody forgot
# What begins so is read as a path into the document (1.2.1): the mixer stops, or puts what stands there.
PATH = "$"


class Change(NamedTuple):
    """An edit of the original text, the rules that made it, and how sure the least sure of them is."""

    start: int
    end: int
    new: str
    rules: tuple[str, ...]
    safety: Safety


class Mark(NamedTuple):
    """A span that the mixer is to replace; it is never empty. In `replacement` `{}` stands for what it held."""

    start: int
    end: int
    replacement: str
    rules: tuple[str, ...]
    score: float


class _Region(NamedTuple):
    """A stretch of the text, what is to stand in its place, and a shorter way to say it, if there is one."""

    start: int
    end: int
    text: str
    rules: tuple[str, ...]
    safety: Safety
    template: str = ""

    def is_path(self) -> bool:
        """Whether the mixer would take its replacement for a path into the document."""
        return not self.template and self.text.startswith(PATH)

    def holds(self) -> bool:
        """Whether it has a character for each part that its text must be cut into."""
        return bool(self.template) or len(_cut(self.text)) <= self.end - self.start

    def marks(self) -> Iterator[Mark]:
        score = SCORES[self.safety]
        parts = [self.template] if self.template else _cut(self.text)
        for i, part in enumerate(parts, 1):
            end = self.start + i if i < len(parts) else self.end
            yield Mark(self.start + i - 1, end, part, self.rules, score)


def marks(text: str, changes: Iterable[Change]) -> list[Mark] | None:
    """Spans that make the mixer do just these changes, which are sorted and do not overlap.

    The mixer garbles a text with an empty span, so an insertion takes the character beside it along. What has no room
    to be said takes in more of what stands around it. None where the whole text is too short, or nothing stands before
    a sign that no replacement may begin with.

    >>> [tuple(mark[:3]) for mark in marks("ab", [Change(1, 1, "-", ("x/y",), Safety.SAFE)])]
    [(1, 2, '-{}')]
    """
    done: list[_Region] = []
    todo = deque(_Region(*change) for change in changes)
    while todo:
        region = _shortened(text, todo.popleft())
        while region.start == region.end and todo and todo[0].end == region.end:
            region = _with(region, todo.popleft())
        if region.start == region.end:
            if not text:
                return _into_nothing(region)
            region = _taking_a_neighbour(text, region, done, todo)
        while (left := region.is_path()) or not region.holds():
            if not left and todo and todo[0].start == region.end:
                region = _with(region, todo.popleft())
            elif not left and region.end < len(text):
                region = region._replace(end=region.end + 1, text=region.text + text[region.end])
            elif done and done[-1].end == region.start:
                region = _with(done.pop(), region)
            elif region.start:
                region = region._replace(start=region.start - 1, text=text[region.start - 1] + region.text)
            else:
                return None
        done.append(region)
    return [mark for region in done for mark in region.marks()]


def _shortened(text: str, region: _Region) -> _Region:
    """Without the signs at its beginning that stay as they are, where a replacement may not begin with them."""
    while region.start < region.end and region.text.startswith(PATH) and text[region.start] == PATH:
        region = region._replace(start=region.start + 1, text=region.text[1:])
    return region


def _into_nothing(region: _Region) -> list[Mark] | None:
    """An insertion into an empty text: the one span that may lie outside of its text.

    Behind the last character the mixer adds what a span that is still open is replaced by, and `{}` is nothing there.
    """
    if "${" in region.text:
        return None
    put = region.text.replace(ORIGINAL, "{{}}")
    if put.startswith(PATH) or put == _MISSING:
        put = ORIGINAL + put
    return [Mark(0, 1, put, region.rules, SCORES[region.safety])]


def _taking_a_neighbour(text: str, region: _Region, done: Sequence[_Region], todo: Sequence[_Region]) -> _Region:
    """An insertion as a span over a character beside it that nothing else is done to; as it is where there is none."""
    at, put = region.start, region.text
    behind = at < len(text) and not (todo and todo[0].start == at)
    before = at > 0 and not (done and done[-1].end == at)
    if behind and not (before and region.is_path()):
        widened = region._replace(end=at + 1, text=put + text[at], template=put + ORIGINAL)
    elif before:
        widened = region._replace(start=at - 1, text=text[at - 1] + put, template=ORIGINAL + put)
    else:
        return region
    # what cannot be said in one piece, or would be read as something else, is said by its words
    template = widened.template
    plain = len(_cut(put)) == 1 and "${" not in template and not template.startswith(PATH)
    return widened if plain else widened._replace(template="")


def _with(one: _Region, other: _Region) -> _Region:
    """Two regions side by side as one."""
    rules = tuple(dict.fromkeys((*one.rules, *other.rules)))
    safety = max(one.safety, other.safety, key=lambda safety: safety.rank)
    return _Region(one.start, other.end, one.text + other.text, rules, safety)


def _cut(text: str) -> list[str]:
    """A replacement in parts that each come out of the mixer as they are."""
    return [part for whole in _CUT.split(text) for part in ([whole[:1], whole[1:]] if whole == _MISSING else [whole])]


class Attributes:
    """The names of the attributes of an export: one for each rule (or rules together) and replacement."""

    def __init__(self) -> None:
        self._named: dict[str, tuple[tuple[str, ...], str]] = {}
        self._spans: dict[str, int] = {}

    def name(self, rules: tuple[str, ...], replacement: str) -> str:
        """`cleankit__PACK__RULE__cut`, or `put_HASH`: it tells by itself what it is, and is the same in each export."""
        what = f"put_{_hash(replacement)}" if replacement else "cut"
        tagger = rules[0].replace("-", "_").replace("/", "__")
        # ids that differ in no letter, and several rules at once, are told by a hash of them
        known = len(rules) == 1 and "--" not in rules[0] and "-/" not in rules[0] and "/-" not in rules[0]
        more = "" if known else f"_and_{_hash(chr(10).join(rules))}"
        name = f"{EXPERIMENT}__{tagger}__{what}{more}"
        if self._named.setdefault(name, (rules, replacement)) != (rules, replacement):
            raise ValueError(f"{name} would stand for two replacements")
        return name

    def of(self, marks: Iterable[Mark]) -> dict[str, list[list[int | float]]]:
        """The spans of a document by attribute."""
        found: dict[str, list[list[int | float]]] = {}
        for mark in marks:
            name = self.name(mark.rules, mark.replacement)
            found.setdefault(name, []).append([mark.start, mark.end, mark.score])
            self._spans[name] = self._spans.get(name, 0) + 1
        return dict(sorted(found.items()))

    def replacements(self) -> list[tuple[str, str]]:
        """The names that occur, with what takes the place of their spans."""
        return [(name, replacement) for name, (_, replacement) in sorted(self._named.items())]

    def legend(self) -> dict[str, Any]:
        """What the names stand for, and how many spans each has."""
        return {
            name: {"rules": list(rules), "replacement": replacement, "spans": self._spans.get(name, 0)}
            for name, (rules, replacement) in sorted(self._named.items())
        }


def row(values: Mapping[str, Any]) -> bytes:
    """A line of a file of documents or of attributes."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def document_row(name: str, source: str, text: str, metadata: Mapping[str, Any]) -> bytes:
    return row({"id": name, "text": text, "source": source, "metadata": metadata})


def attributes_row(name: str, source: str, spans: Mapping[str, Any]) -> bytes:
    return row({"id": name, "source": source, "attributes": spans})


def configuration(documents: Sequence[str], output: str, attributes: Attributes) -> dict[str, Any]:
    """What `dolma -c mixer.json mix` reads: the documents, their attributes, and what each is replaced by."""
    replacements = attributes.replacements()
    # the mixer refuses to run with nothing to do: an attribute that no document has
    replacements = replacements or [(f"{EXPERIMENT}__nothing", "")]
    stream = {
        "name": EXPERIMENT,
        "documents": list(documents),
        "attributes": [EXPERIMENT],
        "output": {"path": output, "discard_fields": ["attributes"]},
        "span_replacement": [
            {"span": f"$.attributes.{name}", "min_score": MIN_SCORE, "replacement": replacement}
            for name, replacement in replacements
        ],
    }
    return {"streams": [stream], "processes": 1}


def as_json(values: object) -> str:
    """JSON that is YAML too, which is what dolma may take it for: no half of a surrogate pair, no bare control."""
    text = json.dumps(values, ensure_ascii=False, indent=2)
    return re.sub(r"[\x7f-\uffff]", lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
