"""Entries come back as they were put down or not at all, whoever else is at work, and there are never too many."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleankit import shelf
from cleankit.shelf import DAY, Shelf

NAME, OTHER = "0" * 40, "1" * 40


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "entries"


def file_of(place: Path, name: str) -> Path:
    return place / name[:2] / name[2:]


def aged(path: Path, days: float) -> None:
    then = time.time() - days * DAY
    os.utime(path, (then, then))


def tidy(entries: Shelf) -> None:
    """What is done once a day."""
    mark = entries.folder / shelf.MARK
    mark.touch()
    aged(mark, 2)
    entries.tidy()


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_an_entry_comes_back_as_it_was_put_down_last(
    tmp_path_factory: pytest.TempPathFactory, first: bytes, last: bytes
) -> None:
    place = tmp_path_factory.mktemp("entries")
    Shelf(place).put(NAME, first)
    assert Shelf(place).get(NAME) == first
    Shelf(place).put(NAME, last)
    assert Shelf(place).get(NAME) == last
    assert Shelf(place).get(OTHER) is None


@given(st.data())
def test_whatever_is_done_to_an_entry_it_is_none_then(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    place = tmp_path_factory.mktemp("entries")
    Shelf(place).put(NAME, b'["a",[],[]]')
    file = file_of(place, NAME)
    whole = file.read_bytes()
    at = data.draw(st.integers(0, len(whole)))
    damaged = data.draw(st.sampled_from((whole[:at], whole[:at] + b"\0" + whole[at + 1 :], whole[at:], whole * 2)))
    file.write_bytes(damaged)
    assert Shelf(place).get(NAME) == (b'["a",[],[]]' if damaged == whole else None)
    Shelf(place).put(NAME, b"new")
    assert Shelf(place).get(NAME) == b"new"


def test_an_entry_under_another_name_is_none(place: Path) -> None:
    Shelf(place).put(NAME, b"mine")
    file_of(place, OTHER).parent.mkdir()
    file_of(place, NAME).replace(file_of(place, OTHER))
    assert Shelf(place).get(OTHER) is None


def test_a_folder_in_the_place_of_an_entry_is_none(place: Path) -> None:
    file_of(place, NAME).mkdir(parents=True)
    Shelf(place).put(NAME, b"mine")
    assert Shelf(place).get(NAME) is None
    assert [path.name for path in file_of(place, NAME).parent.iterdir()] == [NAME[2:]]


def test_others_may_not_look_into_the_folder(place: Path) -> None:
    Shelf(place).put(NAME, b"words of a page")
    assert place.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
def test_where_nothing_can_be_written_nothing_is_said(
    place: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_bytes", full)
    entries = Shelf(place)
    entries.put(NAME, b"mine")
    entries.tidy()
    assert entries.get(NAME) is None
    assert not [path for path in place.rglob("*") if path.is_file()]


def test_what_nobody_asked_for_goes_and_what_was_asked_for_stays(place: Path) -> None:
    entries = Shelf(place)
    for name in (NAME, OTHER):
        entries.put(name, b"mine")
        aged(file_of(place, name), 31)
    assert entries.get(OTHER) == b"mine"
    tidy(entries)
    assert (entries.get(NAME), entries.get(OTHER)) == (None, b"mine")


def test_what_was_left_half_written_goes_when_nobody_can_be_at_it(place: Path) -> None:
    entries = Shelf(place)
    entries.put(NAME, b"mine")
    shelf_of_it = file_of(place, NAME).parent
    old, new = (shelf_of_it / f".{digit * 16}.tmp" for digit in "ab")
    for path in (old, new):
        path.write_bytes(b"half")
    aged(old, 2)
    assert entries.held() == (1, shelf.BLOCK)
    tidy(entries)
    assert (old.exists(), new.exists(), entries.get(NAME)) == (False, True, b"mine")


def test_it_is_looked_through_once_a_day_and_by_one_that_wrote(place: Path) -> None:
    def left(entries: Shelf) -> bool:
        file_of(place, NAME).parent.mkdir(exist_ok=True)
        file_of(place, NAME).write_bytes(b"")
        aged(file_of(place, NAME), 99)
        entries.tidy()
        return file_of(place, NAME).exists()

    entries = Shelf(place)
    entries.put(OTHER, b"mine")
    assert left(entries)  # of the first day there is nothing to let go
    aged(place / shelf.MARK, 2)
    assert not left(entries)
    assert left(entries)
    aged(place / shelf.MARK, 2)
    assert left(Shelf(place))
    assert not left(entries)
    aged(place / shelf.MARK, -400)  # a clock that was wrong
    assert not left(entries)


def test_there_is_a_bound_and_the_oldest_go_first(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "ROOM", 10 * shelf.BLOCK)
    monkeypatch.setattr(shelf, "PART", 4 * shelf.BLOCK)
    entries, names = Shelf(place), [f"{number:040x}" for number in range(1, 40)]
    for number, name in enumerate(names):
        entries.put(name, b"mine")
        aged(file_of(place, name), 1 - number / 100)
        assert entries.held()[1] <= shelf.ROOM + shelf.PART
    kept = [name for name in names if entries.get(name)]
    assert 8 <= len(kept) <= 14
    assert kept == names[-len(kept) :]


def test_other_files_are_let_alone(place: Path) -> None:
    entries = Shelf(place)
    entries.put(NAME, b"mine")
    others = [place / "notes.txt", place / "ab/notes.txt", place / "00/READ ME", place / "texts/0" / NAME]
    for path in others:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a person's own")
        aged(path, 400)
    (place / "no folder of ours").mkdir()
    tidy(entries)
    entries.clear()
    assert all(path.exists() for path in others)
    assert (place / "no folder of ours").is_dir()
    assert (entries.get(NAME), entries.held()) == (None, (0, 0))


def test_nothing_is_left_of_an_empty_one(place: Path) -> None:
    entries = Shelf(place)
    entries.clear()
    entries.put(NAME, b"mine")
    entries.tidy()
    entries.clear()
    assert not place.exists()
