"""Pieces tell where each character of an edited text comes from, and where it is in another text of the same source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleankit.edits import apply
from cleankit.model import Edit
from cleankit.pieces import SOURCE, Piece, Pieces, left_of, moved

Round = list[tuple[int, Edit]]


@st.composite
def rounds(draw: st.DrawFn) -> tuple[str, list[Round]]:
    """A text and rounds of edits on it, each numbered, sorted and apart."""
    text = source = draw(st.text("abcde \n語", max_size=16))
    number, found = 0, []
    for _ in range(draw(st.integers(0, 4))):
        cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
        edits: Round = []
        last = -1
        for start, end in zip(cuts[::2], cuts[1::2], strict=False):
            new = draw(st.sampled_from(["", "", "X", "YZ"]))
            if start < last or start == end == last or (start == end and not new):
                continue
            number, last = number + 1, end
            edits.append((number, Edit(start, end, text[start:end], new)))
        found.append(edits)
        text = apply(text, [edit for _, edit in edits])
    return source, found


def edited(source: str, rounds: list[Round]) -> tuple[str, Pieces]:
    text, pieces = source, Pieces(len(source))
    for edits in rounds:
        text, pieces = apply(text, [edit for _, edit in edits]), pieces.edited(edits)
    return text, pieces


def spelt(source: str, rounds: list[Round], row: list[Piece]) -> str:
    put = {number: edit.new for edits in rounds for number, edit in edits}
    return "".join((source if one.origin == SOURCE else put[one.origin])[one.start : one.end] for one in row)


@given(rounds())
def test_pieces_spell_the_text_and_lose_nothing_of_the_source(case: tuple[str, list[Round]]) -> None:
    source, found = case
    text, pieces = edited(source, found)
    assert spelt(source, found, [one for one in pieces.row if not one.gone]) == text
    assert "".join(source[one.start : one.end] for one in pieces.row if one.origin == SOURCE) == source
    assert pieces.length == len(text)


@given(rounds(), st.data())
def test_every_stretch_is_found_where_it_is(case: tuple[str, list[Round]], data: st.DataObject) -> None:
    source, found = case
    text, pieces = edited(source, found)
    for offset in range(len(text)):
        there = pieces.at(offset)
        assert there is not None
        assert pieces.find(*there) == offset
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert spelt(source, found, pieces.between(start, end)) == text[start:end]


@given(rounds(), rounds(), st.data())
def test_what_has_moved_says_the_same(
    case: tuple[str, list[Round]], other: tuple[str, list[Round]], data: st.DataObject
) -> None:
    """Two ways to edit one source: with the edits of some rounds left out the same characters are elsewhere."""
    source, found = case
    text, old = edited(source, found)
    now, new = edited(source, found[:1])
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    to = moved(start, end, old, new)
    if to is not None:
        assert now[to : to + end - start] == text[start:end]
    parts = left_of(start, end, old, new)
    for offset, at, size in parts:
        assert now[at : at + size] == text[start + offset : start + offset + size]
    assert parts == sorted(parts)
    if to is not None and end > start:
        assert parts == [(0, to, end - start)]
