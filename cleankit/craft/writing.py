"""The text of a new rule file: an empty one to be filled in, or one begun from lines that were cut from a page."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from cleankit.page import Page

# In the words of the person who writes the rule; kinds/ says it in full.
KIND_WORDS = {
    "line": "a whole line, taken out with its line end",
    "block": "neighbouring lines: anchors that only chrome has (any_of), and members around them",
    "span": "a stretch inside a line, taken out; a group named cut narrows it: (?P<cut>…)",
    "swap": "a stretch inside a line, replaced",
    "gap": "text was lost here: only pointed at",
}
_LEVEL_WORDS = "safe: applied by default; suggested: applied when asked for; flag: only pointed at"
_OPTIONS = {
    "line": """# ignore_case = true
# unless = ['.{260}']          # lines in which one of these occurs are left alone
# at = "edge"                  # head, tail or edge: only above the first paragraph, below the last, or both
# not_beside = ['\\d+']         # neighbours that make the line a row of a table
""",
    "block": """members = []                   # lines it grows over from an anchor, though a text could have them too
grow = "down"                  # both, down, between (first anchor to last) or outward (not back to the text)
# ignore_case = true
# min_anchors = 2              # fewer different anchors are no block
# not_after = ['.+:']          # a line that introduces a list of the text's own
""",
    "span": """# ignore_case = true
# unless = ['.{260}']          # lines in which one of these occurs are left alone
""",
    "swap": """to = '\\1'                      # \\1 stands for the first group
# words = {recieve = "receive"}  # whole words, in place of any_of and to
""",
    "gap": """# unless = ['.{260}']          # lines in which one of these occurs are left alone
""",
}
_NOUNS = {"line": "A line that reads", "block": "Lines that begin", "span": "A stretch of a line that reads"}
_WEEKDAYS = "Mon|Tues|Wednes|Thurs|Fri|Satur|Sun"
_TOKEN = re.compile(
    rf"(?P<blank>[ ]+)|(?P<digits>\d+)|(?P<day>\b(?:{_WEEKDAYS})day\b)|(?P<word>[^\W\d_]+)|(?P<other>.)"
)


class Draft(NamedTuple):
    """What a rule begun from a page says; `example` and `clean` are the cut lines with their neighbours."""

    kind: str
    any_of: tuple[str, ...]
    members: tuple[str, ...]
    said: str
    example: str
    clean: str


def skeleton(kind: str) -> str:
    """A rule file in which everything is still to be said. The loader refuses it until it is."""
    level = "flag" if kind == "gap" else "suggested"
    clean = "" if level == "flag" else 'clean = ""                     # what must become of it\n'
    return f'''# The id of this rule is the name of its folder and its own: PACK/NAME. Try it: cleankit rules test FILE
kind    = "{kind}"{_pad(kind)}# {KIND_WORDS[kind]}
level   = "{level}"{_pad(level)}# {_LEVEL_WORDS}
summary = ""                   # what does not belong there, in a sentence
why     = ""                   # why it does not belong there, in a sentence
# languages = ["en"]           # only paragraphs in these languages
# profile = "article"          # only where the body alone is wanted

[match]
# RE2: no look-around. A blank stands for every kind of blank; a pattern sees one line.
any_of = [
  '',
]
{_OPTIONS[kind]}
# Cut it from a page, with its neighbours; then reword what is content around the stock phrase.
[[example]]
name  = ""                     # what it shows
text  = ""
{clean}
# A near miss: lines that look alike and must stay.
[[keep]]
name = ""                      # the reason why they stay
text = ""
'''


def begun(draft: Draft) -> str:
    """A rule file with what a draft knows; only the keep is left to the person."""
    patterns = "".join(f"  {literal(pattern)},\n" for pattern in draft.any_of)
    members = "".join(f"  {literal(pattern)},\n" for pattern in draft.members)
    block = f'members = [\n{members}]\ngrow = "down"\n' if members else ""
    return f"""# Begun from a page. Read it through: what do other pages have too, and what only this one?
kind    = "{draft.kind}"{_pad(draft.kind)}# {KIND_WORDS[draft.kind]}
level   = "suggested"          # {_LEVEL_WORDS}
summary = {quoted(f"{_NOUNS[draft.kind]} like `{draft.said}`.")}
why     = "It belongs to the frame of the page, not to its text."

[match]
any_of = [
{patterns}]
{block}
# Reword what is content here, and leave the stock phrase as it is.
[[example]]
name  = "as it was cut"
text  = {quoted(draft.example)}
clean = {quoted(draft.clean)}

# A near miss: lines that look alike and must stay. Without one the rule does not load.
[[keep]]
name = ""                      # the reason why they stay
text = ""
"""


def pattern(text: str, *, general: bool = True) -> str:
    """An RE2 pattern for a stretch of a line; a general one takes any number, date and run of blanks in their places.

    >>> pattern("Print (2)"), pattern("Posted 4 May 2021"), pattern("Print (2)", general=False)
    ('Print \\\\(\\\\d+\\\\)', 'Posted \\\\d+ (?i:{month}) \\\\d+', 'Print \\\\(2\\\\)')
    """
    folded = Page(text).folded
    parts = []
    for token in _TOKEN.finditer(folded):
        found, wide = token[0], token[0] != text[token.start() : token.end()]
        if token["blank"]:
            parts.append(" +" if general and (len(found) > 1 or wide) else found)
        elif token["digits"] and general:
            parts.append(r"\d+" if found.isascii() else r"\p{Nd}+")
        elif token["day"] and general:
            parts.append(f"(?:{_WEEKDAYS})day")
        elif token["word"] and general and is_month(folded, token.start(), token.end()):
            parts.append("(?i:{month})")
        else:
            parts += map(escaped, found)
    return "".join(parts)


def is_month(text: str, start: int, end: int) -> bool:
    """Whether a word names a month, and a number beside it says that it is meant so."""
    if not _month().fullmatch(text[start:end].lower()):
        return False
    return bool(re.search(r"\d\S{0,2} *$", text[:start]) or re.match(r"\.?,? *\d", text[end:]))


@cache
def _month() -> re.Pattern[str]:
    from cleankit.rules.load import load_vocabulary
    from cleankit.rules.places import PACKS

    return re.compile(load_vocabulary(PACKS)["month"])


def escaped(char: str) -> str:
    """A character as an RE2 pattern, one that nobody sees by its number."""
    if char in r"\.+*?()|[]{}^$":
        return "\\" + char
    if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn", "Zl", "Zp"):
        return f"\\x{{{ord(char):x}}}"
    return char


def quoted(text: str) -> str:
    """A TOML string, with escapes for every character that one could not see or tell from another."""
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(char) or (char if char.isprintable() else _number(char)) for char in text) + '"'


def literal(text: str) -> str:
    """A TOML string in which a pattern stands as it is, where that can be."""
    return f"'{text}'" if "'" not in text and text.isprintable() else quoted(text)


def _pad(word: str) -> str:
    return " " * (19 - len(word))


def _number(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
