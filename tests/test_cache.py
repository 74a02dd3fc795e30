"""What is remembered is the same as what is worked out, and losing it costs time only."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleankit import cache


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLEANKIT_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


def worked_out(place: Path, value: object, name: str = "thing") -> object:
    return cache.remembered(name, [place / "source"], lambda: value)


def test_a_value_is_worked_out_once_for_each_state_of_its_files(place: Path) -> None:
    (place / "source").write_text("one")
    assert worked_out(place, ["first"]) == ["first"]
    assert worked_out(place, ["second"]) == ["first"]
    (place / "source").write_text("another")
    assert worked_out(place, ["second"]) == ["second"]
    assert worked_out(place, [], "other") == []


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '[{"id": 1}]', "{seal}\n[]", "{seal}\n", "2\n2"])
def test_a_damaged_entry_is_written_anew(place: Path, damage: str) -> None:
    (place / "source").write_text("one")
    worked_out(place, ["first"])
    (entry,) = (place / "cache").iterdir()
    entry.write_text(damage.replace("{seal}", entry.read_text().partition("\n")[0]))
    assert worked_out(place, ["second"]) == ["second"]
    assert worked_out(place, ["third"]) == ["second"]


def test_old_entries_go(place: Path) -> None:
    for size in range(cache.KEPT + 3):
        (place / "source").write_text("x" * size)
        worked_out(place, size)
    assert len(list((place / "cache").iterdir())) == cache.KEPT


def test_a_place_that_cannot_be_written_costs_time_only(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "source").write_text("one")
    (place / "file").write_text("")
    monkeypatch.setenv("CLEANKIT_CACHE_DIR", str(place / "file" / "below"))
    assert [worked_out(place, value) for value in (1, 2)] == [1, 2]
    monkeypatch.delenv("CLEANKIT_CACHE_DIR")
    monkeypatch.setenv("HOME", "")
    assert cache.folder() is None
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    assert cache.folder() is None
    assert [worked_out(place, value) for value in (1, 2)] == [1, 2]
