"""Bytes to text and back, so that the same bytes come out; what cannot be told for certain is refused, not guessed."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple

from cleankit.errors import ReadError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    ("utf-32-le", codecs.BOM_UTF32_LE),
    ("utf-32-be", codecs.BOM_UTF32_BE),
    ("utf-8", codecs.BOM_UTF8),
    ("utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16-be", codecs.BOM_UTF16_BE),
)
_MARK_OF = dict(_MARKS)

# An ASCII page in UTF-16 has a NUL in each second byte; one in Chinese at its blanks, digits and line ends only, and
# in some characters (U+4E00 is "one"), so there the side tells nothing and the text has to make sense.
NULS_IN_ASCII = 0.5
NULS_IN_ANY = 0.01
_SAMPLE = 5000  # characters that must all be assigned: of random ones a third is not

# cp1252 gives a letter to nearly every byte, so it "fits" all single-byte and Asian encodings; on a page that is
# nearly all ASCII the bytes left over are the curly quotes, dashes and accents that it was made for.
ASCII_IN_CP1252 = 0.95

_UTF8_PIECE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|[\xe0-\xf4][\x80-\xbf]{1,2}\Z"
)
_ISO_2022 = re.compile(rb"\x1b\$[)(]?[@ABC]")

# What Python lists beside them: escapes of its own, spellings of host names, and one that always fails
_OF_NAMES_AND_CODE = ("unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined")

TRY = "say --encoding NAME if you know what it is, for example --encoding gb18030"


class Decoded(NamedTuple):
    """A text with what is needed to write the same bytes again. `bom`: a byte order mark stood before the text."""

    text: str
    encoding: str
    bom: bool


def decode(data: bytes, source: object, encoding: str | None = None) -> Decoded:
    """The text in `data`. `encoding` is taken for bytes without a byte order mark; `source` is named in errors.

    Raises ReadError for bytes that are not text in an encoding that can be told, or that would not come back the same.
    """
    marked = ""
    for name, mark in _MARKS:
        if data.startswith(mark):
            if (text := _strict(data[len(mark) :], name)) is not None:
                return Decoded(text, name, True)
            marked = marked or name
    if encoding is not None:
        return _as_told(data, source, lookup(encoding))
    if _ISO_2022.search(data):
        raise ReadError(source, "has the escape sequences of ISO-2022; say --encoding iso-2022-jp, -kr or what it is")
    if b"\0" in data and (wide := _wide(data, NULS_IN_ASCII)):
        return wide
    try:
        return Decoded(data.decode("utf-8"), "utf-8", False)
    except UnicodeDecodeError as error:
        bad = error.start
    if b"\0" in data and (wide := _wide(data, NULS_IN_ANY)):
        return wide
    if _may_be_cp1252(data) and (text := _strict(data, "cp1252")) is not None:
        return Decoded(text, "cp1252", False)
    if marked:
        raise ReadError(
            source, f"has the byte order mark of {marked}, but is not {marked} throughout: cut short? {TRY}"
        )
    raise ReadError(source, f"byte {bad} (0x{data[bad]:02x}) is not UTF-8, and nothing says what else it is; {TRY}")


def marked(data: bytes) -> bool:
    """Whether a byte order mark stands before the text."""
    return any(data.startswith(mark) for _, mark in _MARKS)


def encode(text: str, encoding: str, bom: bool) -> bytes:
    """The bytes that `decode` read. Raises UnicodeEncodeError for a character that `encoding` lacks."""
    return (_MARK_OF[encoding] if bom else b"") + text.encode(encoding)


def lookup(name: str) -> str:
    """Python's own name of a text encoding. Raises LookupError where there is none."""
    try:
        info = codecs.lookup(name)
    except ValueError as error:  # a name with a NUL in it
        raise LookupError(f"{name!r} is no name of an encoding") from error
    if not getattr(info, "_is_text_encoding", True) or info.name in _OF_NAMES_AND_CODE:
        raise LookupError(f"{name} is not an encoding of text")
    # the mark is kept apart from the text, so the encodings that eat one are not used
    return {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(info.name, info.name)


def _as_told(data: bytes, source: object, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        at = min(error.start, len(data) - 1)
        raise ReadError(
            source, f"byte {at} (0x{data[at]:02x}) is not {encoding}, the encoding that was given; try another"
        ) from error
    if _bytes_of(text, encoding) != data:
        raise ReadError(
            source,
            f"would not come back from {encoding} byte for byte; convert it to UTF-8 first, for example with iconv",
        )
    return Decoded(text, encoding, False)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text


def _bytes_of(text: str, encoding: str) -> bytes | None:
    try:
        text.encode("utf-8")  # a lone surrogate is no text
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None


def _wide(data: bytes, share: float) -> Decoded | None:
    """UTF-16 without a mark: the one byte order in which so many characters have a NUL, and which makes sense."""
    found = []
    for encoding, high in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
        if len(data) % 2 == 0 and high.count(0) >= share * len(high):
            text = _strict(data, encoding)
            if text is not None and _makes_sense(text):
                found.append(Decoded(text, encoding, False))
    return found[0] if len(found) == 1 else None


def _makes_sense(text: str) -> bool:
    if not (" " in text or "\n" in text):
        return False
    strange = ("Cn", "Co", "Cs", "Cc")
    return not any(unicodedata.category(char) in strange and char not in "\t\n\r\f" for char in text[:_SAMPLE])


def _may_be_cp1252(data: bytes) -> bool:
    if b"\0" in data:
        return False
    beyond = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
    # UTF-8 with a broken byte somewhere would become mojibake throughout
    pieces = sum(map(len, _UTF8_PIECE.findall(data)))
    return beyond < len(data) * (1 - ASCII_IN_CP1252) and pieces <= beyond - pieces
