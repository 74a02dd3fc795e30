"""Takes the text out of a page of HTML, and what the markup says about it. Nothing else knows trafilatura and lxml."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from cleankit.corpus import charset, layout
from cleankit.errors import ReadError
from cleankit.model import Markup

if TYPE_CHECKING:
    from configparser import ConfigParser

    from lxml.html import HtmlElement

EXTRA = 'pip install "cleankit-corpus[html]"'
NOTHING = "no text stands in its markup beside links; if a script fills it in, save what a browser shows as .txt"

# Neither precision nor recall is favoured: precision is 0.004 better in F1 on news, but takes half of a listing for no
# text. What it would have kept out is for the filters, which say why and can give it back.
OPTIONS: dict[str, Any] = {
    "include_comments": False,
    "include_tables": True,
    "with_metadata": True,
    # not what looks like a date somewhere in the text; and without a last day, today would be it
    "date_extraction_params": {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"},
}

# An article of fewer letters than this counts as none, and the whole page is taken in its place. The library's 250 are
# some forty words; so many say as much where a word is one or two characters.
DENSE_ENOUGH = 100
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_NO_TEXT = ("button", "option", "label", "head", "script", "style", "noscript", "template")
_WORD = re.compile(r"\w+")
_TAG = re.compile(
    r"<(?:!doctype html|/?(?:a|article|b|body|br|center|dd|div|dl|dt|em|font|form|frameset|h[1-6]|head|header|hr|html|"
    r"i|img|li|main|meta|nav|ol|p|pre|script|section|span|strong|table|td|title|tr|ul)\b[^<>]*)>",
    re.IGNORECASE,
)
# The parser takes markup as bytes in UTF-8, and none of these into its tree
_NO_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Declarations that are wrong about the page, or broken themselves, lead the parser astray; an element `html` that is
# closed at once ends the page for it
_DECLARATIONS = re.compile(r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype[^>]*>)?", re.IGNORECASE)
_CLOSED = re.compile(r"<html\b([^<>]*)/>", re.IGNORECASE)


def extract(data: bytes, source: object, encoding: str | None = None) -> tuple[str, Markup]:
    """The text of a page, a block of it on a line, and what its markup says. `source` is named in errors.

    Raises ReadError: where the extra is not installed, for what is no HTML, and where no text is found in it.
    """
    try:
        import lxml.html  # noqa: F401
        import trafilatura
    except ImportError as error:
        why = "" if error.name in ("lxml", "trafilatura") else f" ({error})"
        raise ReadError(source, f"is HTML, which needs an extra{why}: {EXTRA}") from error
    page, found = charset.decode(data, source, encoding)
    if not page.strip():
        raise ReadError(source, "is empty; fetch the page again")
    if not _TAG.search(page):
        raise ReadError(source, "holds no HTML; if it is plain text, name it .txt")
    tree = _tree(page, source)
    layout.unfold(tree)
    dense = sum(1 for _ in islice(_DENSE.finditer(page), DENSE_ENOUGH)) == DENSE_ENOUGH
    try:
        read = trafilatura.bare_extraction(tree, config=_config(dense), **OPTIONS)
    except RecursionError as error:
        raise _too_deep(source) from error
    text = "\n".join(line.rstrip() for line in (getattr(read, "text", "") or "").split("\n"))
    if read is None or isinstance(read, dict) or not text.strip() or _is_links(tree, text):
        raise ReadError(source, NOTHING)
    return text + "\n", Markup(
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=found,
        reader=f"trafilatura {trafilatura.__version__}",
        title=read.title or "",
        author=read.author or "",
        date=read.date or "",
        url=read.url or "",
        site=read.sitename or "",
    )


@cache
def _config(dense: bool) -> ConfigParser:
    from trafilatura.settings import use_config

    config = use_config()
    if dense:
        config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(DENSE_ENOUGH))
    return config


def _tree(page: str, source: object) -> HtmlElement:
    """The page's elements. The parser's own limits are lifted: what lies beyond them is dropped without a word."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        collect_ids=False,
        default_doctype=False,
        remove_comments=True,
        remove_pis=True,
    )
    for noise, instead in ((_NO_CHARACTERS, ""), (_DECLARATIONS, ""), (_CLOSED, r"<html\1>")):
        page = noise.sub(instead, page)
    try:
        tree = document_fromstring(page.encode(), parser=parser)
    except ParserError as error:  # declarations and comments only
        raise ReadError(source, NOTHING) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise _too_deep(source)
    return tree


def _is_links(tree: HtmlElement, text: str) -> bool:
    """Whether nothing stands on a page but links, and nothing else was found in it, in its scripts for one."""
    unseen = " or ".join(f"self::{tag}" for tag in _NO_TEXT)
    linked = "ancestor::a[@href]"
    if any(map(_WORD.search, tree.xpath(f"//text()[not({linked}) and not(ancestor::*[{unseen}])]"))):
        return False
    words = {word for link in tree.xpath(f"//text()[{linked}]") for word in _WORD.findall(link)}
    return words.issuperset(_WORD.findall(text))


def _too_deep(source: object) -> ReadError:
    return ReadError(source, "nests its elements deeper than can be read (some 2,000); save its text as .txt")
