"""Straight quotation marks that do not pair off within their paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from cleankit.lazy import expression
from cleankit.model import About, Finding, Safety, deletion, flag
from cleankit.page import Page

INNER_BLANK = About(
    "punctuation/blank-in-quotes",
    Safety.SUGGESTED,
    "A blank behind an opening quotation mark, or before a closing one.",
    "Every other mark of the paragraph opens or closes as its place says; but the mark itself may be the one too many.",
    'She said the " harbour" was open again and that every ferry would sail today.\n',
)
UNMATCHED = About(
    "gaps/unmatched-quote",
    Safety.FLAG,
    "A quotation mark without its partner.",
    "The other mark was lost; where it stood is a guess.",
    'The mayor said that "the harbour would open again after nine days of work.\n',
)

# What may stand before an opening mark and behind a closing one, other than blanks and the ends of the line.
_BEFORE = "([{<—–-/‘“'=:;,.!?…"
_AFTER = ")]}>—–-/’”'.,;:!?…*"
_CURLY = expression(r"[“”„]")
_INCHES = expression(r"\d\"(?: |$)")

OPENS, CLOSES, EITHER, LOOSE, GLUED = "(", ")", "|", "?", "!"


class Quotes:
    """Reads the shape of each mark: `(` can only open, `)` only close, `|` either, `?` has blanks on both
    sides and `!` letters, as before a Turkish ending."""

    name = "quotes"
    about = (INNER_BLANK, UNMATCHED)

    def __call__(self, page: Page) -> Iterator[Finding]:
        if '"' not in page.text:
            return
        for number, line in enumerate(page.lines):
            text = page.folded[line.start : line.end]
            if '"' not in text or not page.is_prose(number):
                continue
            marks = [i for i, c in enumerate(text) if c == '"']
            shapes = [_shape(text, i) for i in marks]
            if len(marks) % 2 == 0:
                if (at := _inner_blank(text, marks, shapes)) is not None:
                    start = line.start + at
                    yield deletion(
                        INNER_BLANK.rule, INNER_BLANK.summary, page.text, start, start + 1, INNER_BLANK.level
                    )
            elif len(_CURLY.findall(text)) % 2:
                continue  # a straight mark and a curly one make a pair here
            elif (odd := _odd_one(page, number, text, marks, shapes)) is not None:
                start = line.start + odd
                yield flag(UNMATCHED.rule, UNMATCHED.summary, start, start + 1, (("marks", str(len(marks))),))


def _shape(text: str, at: int) -> str:
    before, after = text[:at][-1:], text[at + 1 : at + 2]
    opens = (not before or before == " " or before in _BEFORE) and bool(after) and after != " "
    closes = bool(before) and before != " " and (not after or after == " " or after in _AFTER)
    if opens and closes:
        return EITHER
    if opens or closes:
        return OPENS if opens else CLOSES
    return LOOSE if before in ("", " ") and after in ("", " ") else GLUED


def _inner_blank(text: str, marks: list[int], shapes: list[str]) -> int | None:
    """Where the blank inside the one loose mark stands, if all the others open and close in turn."""
    loose = [i for i, shape in enumerate(shapes) if shape == LOOSE]
    if len(loose) != 1 or _INCHES.search(text):
        return None
    for i, shape in enumerate(shapes):
        if i != loose[0] and shape not in (EITHER, CLOSES if i % 2 else OPENS):
            return None
    at = marks[loose[0]]
    if loose[0] % 2:
        # closing: one blank between it and a word
        return at - 1 if text[at - 2 : at - 1].isalnum() else None
    # one blank and a small letter: before a capital the mark may as well close and have lost its own blank
    return at + 1 if text[at + 2 : at + 3].islower() else None


def _odd_one(page: Page, number: int, text: str, marks: list[int], shapes: list[str]) -> int | None:
    """The mark that has no partner. Not inches, nor a quotation that goes on in the next paragraph."""
    open_at: int | None = None
    for at, shape in zip(marks, shapes, strict=True):
        if shape == OPENS:
            if open_at is not None:
                return open_at
            open_at = at
        elif shape == CLOSES:
            if open_at is None:
                if text[at - 1].isdigit() or _is_left_open(page, number):
                    return None
                return at
            open_at = None
        else:
            return None
    if open_at is None or _goes_on(page, number):
        return None
    return open_at


def _is_left_open(page: Page, number: int) -> bool:
    """Whether a quotation may have begun in an earlier paragraph: the nearest one with marks leaves one open."""
    for earlier in range(number - 1, max(-1, number - 12), -1):
        if '"' in (text := page.line_text(earlier)):
            return text.count('"') % 2 == 1
    return False


def _goes_on(page: Page, number: int) -> bool:
    """Whether a later paragraph takes the quotation up, or closes it."""
    for later in range(number + 1, min(len(page.lines), number + 12)):
        if '"' in (text := page.line_text(later)):
            return text.count('"') % 2 == 1 or text.startswith('"')
    return False
