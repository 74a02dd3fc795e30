"""Dirty pages to draw from, of small alphabets: text of all Unicode would hardly ever hold what a filter looks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

BLANKS = (" ", "  ", "\u00a0", "\u00a0\u00a0 ", "\t", "\u3000", "\u202f", "")
LINE_ENDS = ("\n", "\n", "\n\n", "\n\n\n", "\r\n", "\r", "\u2028", "")
HIDDEN = ("\u200b", "\u00ad", "\ufeff", "\u200d", "\u200e", "\x00", "\x0b", "\x85", "\ud800")
MOJIBAKE = (
    "â€™", "â€œ", "â€\x9d", "Ã©", "Ã¼", "Â\u00a0", "Â", "ï¿½", "\ufffd", "&amp;", "&nbsp;", "&quot;", "&lt;b&gt;",
)  # fmt: skip
QUOTES = ('"', '""', "'", "“", "”", "‘", "’", "«", "»", ' "', '" ', '2031,""Guide', "--", " -- ", "-- which")
WORDS = (
    "Ada", "the", "province", "Pprovince", "conference", "confernece", "competiveness", "tide", "has", "2031", "a",
    "X 's",
)  # fmt: skip
PIECES = (
    "US$ 34 million", "Sep 29,2031", "and both reported", "and that at was 12", "5,753", "What will it cost?",
    "Thank you.", "1 < 2", "[sic]", "no. 1", "www.harbour.example", "灯塔", "记者会", "，", "。", "：", "（", "é",
    "ü", "Ａ", "①", "😀",
)  # fmt: skip
LABELS = (
    "Ilse Varnholt:", "Radio Lindau:\u00a0", "MS. VENN:  ", "Q    ", "QUESTION: ", "林知远：", "新岸社记者：",
    "Speakers:", "Date:",
)  # fmt: skip
CHROME = (
    "ㄑ Newsroom", "HOME >> STATE COUNCIL", "Home > News >", "Read in Chinese", "App | 中文 |",
    "1\u00a0\u00a0 2\u00a0\u00a0 >", "<\u00a0 1\u00a0 2", "Print E-mail ", "0 Comment(s)", "Adjust font size:",
    "Follow us on Facebook", "Share this:", "Add your comments...", "No comments.", "  • User Name Required",
    "  • Home", "  • Sport", "  • Contact", "Related Stories", "Most Read", "Tags: tide, harbour", "ADVERTISEMENT",
    "Read more: A tide", "Baca juga: Pasang", "We use cookies to give you the best experience on our website.",
    "Leave a Reply", "×", "/5   Ada Firth", "Copyright © 2032 Harbour Daily. All rights reserved.", "版权所有",
    "分享到： 微信", "---", "title: A tide", "Previous 1 2 Next", "Translated and edited by Ada Firth.",
    "金帆娱乐城注册送彩金 百家乐在线开户", "Golden Sail Casino online slots welcome bonus",
)  # fmt: skip
PROSE = (
    "The harbour will be closed on Friday because the last of the five cables has to be laid before the frost.",
    "“People share their news with me,” she said, “and I keep it until the last boat of the day has left the pier.”",
    "我们希望各方九月份再见面时，带来的不是更长的发言稿，而是更准确的地图，这样谈判会快一些。",
)


def lines(more: Iterable[str] = ()) -> SearchStrategy[str]:
    """Single lines: stock phrases of sites, speakers' labels, prose, bits of damage, and `more` of your own."""
    from hypothesis import strategies as st

    bits = st.sampled_from((*BLANKS, *HIDDEN, *MOJIBAKE, *QUOTES, *WORDS, *PIECES, *LABELS))
    glued = st.tuples(st.sampled_from((*CHROME, *PROSE)), bits, st.sampled_from((*CHROME, *LABELS, *WORDS)))
    known = [st.sampled_from(CHROME), st.sampled_from(PROSE), st.sampled_from(LABELS)]
    if own := tuple(dict.fromkeys(more)):
        known.append(st.sampled_from(own))
    return st.one_of(*known, st.lists(bits, max_size=8).map("".join), glued.map("".join))


def pages(more: Iterable[str] = ()) -> SearchStrategy[str]:
    """Texts of up to 14 such lines with line ends of every sort, blanks before them, blank lines, or none at all."""
    from hypothesis import strategies as st

    rows = st.tuples(lines(more), st.sampled_from(BLANKS), st.sampled_from(LINE_ENDS)).map("".join)
    return st.lists(rows, max_size=14).map("".join)
