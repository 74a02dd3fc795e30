"""Bytes become text only where it is certain which text, and become the same bytes again."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleankit.encoding import decode, encode, lookup
from cleankit.errors import ReadError

ENGLISH = "The floor is open to all members of the press, who may ask as often as they like today. "

READ = [
    pytest.param(b"", "", "utf-8", False, id="nothing"),
    pytest.param(b"One.\r\n", "One.\r\n", "utf-8", False, id="ascii, line ends kept"),
    pytest.param("主持人：".encode(), "主持人：", "utf-8", False, id="UTF-8"),
    pytest.param(codecs.BOM_UTF8 + b"One", "One", "utf-8", True, id="UTF-8 with a mark"),
    pytest.param(codecs.BOM_UTF8 * 2 + b"One", "\ufeffOne", "utf-8", True, id="only the first mark is one"),
    pytest.param(codecs.BOM_UTF16_LE + "Один".encode("utf-16-le"), "Один", "utf-16-le", True, id="UTF-16 LE, mark"),
    pytest.param(codecs.BOM_UTF16_BE + "Один".encode("utf-16-be"), "Один", "utf-16-be", True, id="UTF-16 BE, mark"),
    pytest.param(codecs.BOM_UTF32_LE + "Один".encode("utf-32-le"), "Один", "utf-32-le", True, id="UTF-32 LE, mark"),
    pytest.param("One.\n".encode("utf-16-le"), "One.\n", "utf-16-le", False, id="UTF-16 LE, no mark"),
    pytest.param("One.\n".encode("utf-16-be"), "One.\n", "utf-16-be", False, id="UTF-16 BE, no mark"),
    pytest.param(
        "主持人: 现在开始。\n".encode("utf-16-le"), "主持人: 现在开始。\n", "utf-16-le", False, id="UTF-16, few NULs"
    ),
    pytest.param(b"One\0two.\n", "One\0two.\n", "utf-8", False, id="a stray NUL"),
    pytest.param(f"{ENGLISH}“Yes.”".encode("cp1252"), f"{ENGLISH}“Yes.”", "cp1252", False, id="curly quotes of cp1252"),
    pytest.param(f"{ENGLISH}Café".encode("cp1252"), f"{ENGLISH}Café", "cp1252", False, id="an accent at the very end"),
]


@pytest.mark.parametrize(("data", "text", "encoding", "bom"), READ)
def test_what_is_certain_is_read(data: bytes, text: str, encoding: str, bom: bool) -> None:
    assert decode(data, "page.txt") == (text, encoding, bom)
    assert encode(text, encoding, bom) == data


REFUSED = [
    pytest.param("会议现在开始。".encode("gb18030"), r"byte 0 \(0xbb\)", id="GB18030"),
    pytest.param("Заседание открыто.".encode("cp1251"), r"byte 0 ", id="cp1251"),
    pytest.param("会議".encode("iso2022_jp"), "iso-2022-jp", id="ISO-2022"),
    pytest.param(b"\xff\xff", r"byte 0 \(0xff\)", id="no text at all"),
    pytest.param(ENGLISH.encode() + b"\x81", r"byte 88 \(0x81\)", id="a byte that cp1252 has not"),
    pytest.param((ENGLISH + "“Yes.” ").encode() + b"\xe2\x80", "byte 99", id="UTF-8 cut in a character"),
    pytest.param((ENGLISH + "“Yes.”").encode() + b"\xe9 no", "byte 98", id="UTF-8 with a foreign byte"),
    pytest.param(ENGLISH.encode() + b"\0\xe9", "byte 89", id="a NUL and a foreign byte"),
]


@pytest.mark.parametrize(("data", "words"), REFUSED)
def test_what_is_not_certain_is_refused_with_the_byte_and_a_way_out(data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        decode(data, "page.txt")
    assert str(caught.value).startswith("page.txt: ")
    assert "--encoding" in str(caught.value)


def test_a_told_encoding_does_not_overrule_a_mark() -> None:
    assert decode(codecs.BOM_UTF8 + "é".encode(), "page.txt", "gb18030") == ("é", "utf-8", True)


@pytest.mark.parametrize(
    ("name", "own"), [("UTF8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf16", "utf-16-le"), ("GBK", "gbk")]
)
def test_encodings_go_by_one_name(name: str, own: str) -> None:
    assert lookup(name) == own


@pytest.mark.parametrize("name", ["klingon", "base64", "rot13", "unicode_escape", "punycode", "undefined", ""])
def test_what_is_no_encoding_of_text_is_refused(name: str) -> None:
    with pytest.raises(LookupError):
        lookup(name)


@given(st.binary(max_size=80))
def test_whatever_is_read_becomes_the_same_bytes(data: bytes) -> None:
    try:
        text, encoding, bom = decode(data, "page.txt")
    except ReadError:
        return
    assert encode(text, encoding, bom) == data
    text.encode()  # no lone surrogates
