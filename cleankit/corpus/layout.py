"""Tables that are no tables: until about 2005 they set the columns of a page, and its text stands in their cells."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# A cell of data holds a word, a line, an address; one that holds so many blocks or line ends holds a text.
BLOCKS, LINE_ENDS = 3, 6

_ENOUGH = ((("p", "h1", "h2", "h3", "h4", "ul", "ol", "blockquote"), BLOCKS), (("br",), LINE_ENDS))
_PARTS = ("tbody", "thead", "tfoot", "tr", "td", "th")


def unfold(tree: HtmlElement) -> None:
    """Make plain divisions of the tables that only set columns; an extractor would put each row on one line.

    Such is a table with another one, or with a whole text in a cell, and one with a single column.
    """
    layout = {_table_of(inner) for inner in tree.iter("table")}
    wide: set[HtmlElement | None] = set()
    for row in tree.iter("tr"):
        cells = list(row.iterchildren("td", "th"))
        table = _table_of(row)
        if any(map(_holds_a_text, cells)):
            layout.add(table)
        if len(cells) > 1:
            wide.add(table)
    layout |= {table for table in tree.iter("table") if table not in wide}
    layout.discard(None)
    parts = [part for part in tree.iter(*_PARTS) if _table_of(part) in layout]
    for element in (*parts, *layout):
        element.tag = "div"


def _table_of(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterancestors("table"), None)


def _holds_a_text(cell: HtmlElement) -> bool:
    return any(len(list(islice(cell.iterdescendants(*kind), most))) == most for kind, most in _ENOUGH)
