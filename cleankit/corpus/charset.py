"""The encoding of a page of HTML: its byte order mark, what was told, what its own markup says."""

from __future__ import annotations

import contextlib
import re

from cleankit import encoding as encodings
from cleankit.errors import ReadError

# A browser looks at the first 1,024 bytes; scrapers and old editors put scripts above the line.
HEAD = 16_384

# A pair of bytes of a Chinese page passes for UTF-8 one time in seven: of eight in a row, and nothing else, none does.
UTF8_PIECES = 8

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_SAID = re.compile(
    rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE
)
_BEYOND_ASCII = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")

# What browsers read under a name: pages call the larger set by the smaller one's. By Python's names
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    # its bytes would not have shown the line that says so
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
# What an encoding makes other characters of cannot have been what the line is in that names it: UTF-7, EBCDIC
_MARKUP = b"<meta charset='+AGE-'>"
_SPELT = {"cp31j": "cp932", "iso-8859-8-i": "iso8859-8", "unicode": "utf-8"}


def declared(data: bytes) -> str | None:
    """The encoding that a page's markup names, as browsers understand it; None for no name or an unknown one.

    >>> declared(b'<meta charset="gb2312">'), declared(b'<meta charset="x-nowhere">')
    ('gb18030', None)
    """
    said = _SAID.search(_COMMENT.sub(b"", data[:HEAD]))
    if not said:
        return None
    name = (said[1] or said[2]).decode("ascii", "replace").lower().removeprefix("x-")
    name = re.sub(r"^(?:windows|dos)-", "cp", name)
    try:
        found = encodings.lookup(_SPELT.get(name, name))
    except LookupError:
        return None
    found = _WIDER.get(found, found)
    return found if _MARKUP.decode(found, "replace") == _MARKUP.decode() else None


def decode(data: bytes, source: object, encoding: str | None = None) -> tuple[str, str]:
    """The characters of a page, and their encoding. `encoding` is taken before what the markup names.

    The page's bytes need not come back from them, for nobody writes a page of HTML. Raises ReadError.
    """
    said = encoding or declared(data)
    if said is None or encodings.marked(data):
        return encodings.decode(data, source, encoding)[:2]
    if not encoding and _is_utf8(data):
        said = "utf-8"  # templates keep the name of the encoding that a site had before
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode(said), said
    try:
        return encodings.decode(data, source, encoding)[:2]
    except ReadError as error:
        if encoding:
            raise
        raise ReadError(
            source, f"is not {said} throughout, which its markup says it is, nor anything else; {encodings.TRY}"
        ) from error


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return sum(1 for _ in zip(_BEYOND_ASCII.finditer(data), range(UTF8_PIECES), strict=False)) == UTF8_PIECES
