"""Pages of one briefing joined, and briefings of one event linked."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleankit import recipe
from cleankit.briefing import groups, material, mirrors
from cleankit.briefing.groups import Group, Record, Unordered
from cleankit.briefing.join import Sheet, join
from cleankit.briefing.model import Briefing, Pages
from cleankit.briefing.parse import parse
from cleankit.briefing.validate import validate
from cleankit.engines import linking, local
from cleankit.engines.job import Output
from cleankit.engines.plan import Given, plan
from cleankit.errors import UsageError
from cleankit.model import Document
from cleankit.pipeline import Outcome

SEEDS = Path(__file__).parent.parent / "seeds"
SPLIT = (
    "summit-briefing",
    "hearing-run-in-labels",
    "gaggle",
    "mfa-zh",
    "energy-article",
    "forum-briefing-header-twice",
)


def cleaned(text: str, name: str = "page") -> Outcome:
    return recipe.default().run(Document(name, text))


def joined(pages: list[str], numbers: list[int | None], total: int | None = None) -> Briefing:
    outcomes = [cleaned(text, f"page_{i}") for i, text in enumerate(pages, 1)]
    briefing = join([Sheet(n, material.of(one)) for n, one in zip(numbers, outcomes, strict=True)], total)
    assert validate(briefing.to_dict()) == ()
    return briefing


def pager(number: int, total: int) -> str:
    numbers = "  ".join(map(str, range(1, total + 1)))
    return f"<  {numbers}" if number == total else f"{numbers}  >" if number == 1 else f"<  {numbers}  >"


def said(briefing: Briefing) -> list[tuple[object, ...]]:
    return [(one.speaker, one.kind, one.outlet, one.paragraphs) for one in briefing.turns]


@pytest.mark.parametrize("name", SPLIT)
@settings(max_examples=12, deadline=None)
@given(st.data())
def test_a_page_that_was_split_is_the_page_again(name: str, data: st.DataObject) -> None:
    text = (SEEDS / "clean" / f"{name}.txt").read_text(encoding="utf-8")
    paragraphs = [one for one in re.split(r"\n(?:[^\S\n]*\n)+", text.strip("\n")) if one.strip()]
    whole = parse(cleaned("\n\n".join(paragraphs) + "\n"))
    first = 4
    count = data.draw(st.integers(2, 4))
    cuts = sorted(data.draw(st.sets(st.integers(first, len(paragraphs) - 1), min_size=count - 1, max_size=count - 1)))
    head, pages = paragraphs[:2], []
    for number, (start, end) in enumerate(zip([0, *cuts], [*cuts, len(paragraphs)], strict=True), 1):
        part = [*(head if number > 1 else []), *paragraphs[start:end], pager(number, count)]
        pages.append("\n\n".join(part) + "\n")
    again = joined(pages, list(range(1, count + 1)), count)
    assert said(again) == said(whole)
    assert (again.title, again.date, again.paragraphs) == (whole.title, whole.date, whole.paragraphs)
    assert [(one.name, one.role) for one in again.participants] == [(one.name, one.role) for one in whole.participants]
    assert again.pages is None
    source = "".join(pages)
    for turn in again.turns:
        for words, at in zip(turn.paragraphs, turn.paragraphs_at, strict=True):
            assert letters(source[at.start : at.end]).startswith(letters(words)[:20])


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


HEAD = "Briefing on the Salt Fair\n\nMarch 5, 2024\n\n"
ONE = """\
Ada Lind:

Good morning. The fair opens in May, and all the boats of the county are asked to come.

The old pier stays.

"""
TWO = """\
It has been repaired twice.

Alder Daily:

Who pays for the repairs that were made in winter?

Ada Lind:

The county pays, as it has paid since the pier was built.

"""
THREE = """\
Nobody else was asked to pay for it.

Harbour Radio:

And when will the lights be lit again?

Ada Lind:

In June, when the nights are short and the lamps are cheap.

"""
NOON = """\
Noon briefing

March {day}, 2024

Ada Lind:

Good noon. {said}

Alder Daily:

Is that all?

Ada Lind:

That is all for today. Thank you for coming, and see you tomorrow at noon.
"""


def test_an_answer_goes_on_over_the_border_and_the_head_is_left_out() -> None:
    briefing = joined([HEAD + ONE + "1 2 3 >\n", HEAD + TWO + "< 1 2 3 >\n", HEAD + THREE + "< 1 2 3\n"], [1, 2, 3], 3)
    assert [turn.paragraphs[-1] for turn in briefing.turns] == [
        "It has been repaired twice.",
        "Who pays for the repairs that were made in winter?",
        "Nobody else was asked to pay for it.",
        "And when will the lights be lit again?",
        "In June, when the nights are short and the lamps are cheap.",
    ]
    assert [gap.rule for gap in briefing.gaps] == []
    assert briefing.provenance.id == "joined/page_1"
    assert [(part.number, part.id) for part in briefing.parts] == [(1, "page_1"), (2, "page_2"), (3, "page_3")]


def test_where_a_page_is_missing_nobody_goes_on() -> None:
    briefing = joined([HEAD + ONE + "1 2 3 >\n", HEAD + THREE + "< 1 2 3\n"], [1, 3], 3)
    assert [(turn.speaker, turn.paragraphs[0][:6]) for turn in briefing.turns][:2] == [
        ("Ada Lind", "Good m"),
        (None, "Nobody"),
    ]
    (gap,) = briefing.gaps
    assert (gap.rule, gap.message) == ("gaps/missing-page", "Page 2 of 3 is missing.")
    assert gap.at.start == briefing.parts[1].start
    assert briefing.pages == Pages(None, 3)


def test_paragraphs_on_two_pages_stand_once() -> None:
    carried = "The old pier stays, and so do the nine lamps on it, said the office.\n\n"
    briefing = joined([HEAD + ONE + carried, HEAD + carried + TWO], [1, 2], 2)
    assert sum("nine lamps" in text for turn in briefing.turns for text in turn.paragraphs) == 1


def test_nothing_to_join_is_an_error() -> None:
    with pytest.raises(ValueError, match="no page"):
        join([])


DAY = frozenset({date(2024, 3, 5)})


def a(name: str, number: int | None = None, total: int | None = None, title: str = "fair") -> Record:
    return Record(name, title, DAY, number, total)


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        ([a("x_1", 1, 3), a("x_2", None, 3), a("x_3", 3, 3)], [Group(((1, "x_1"), (2, "x_2"), (3, "x_3")), 3)]),
        ([a("x", 1, 3), a("x_2", None, 3), a("x_3", 3, 3)], [Group(((1, "x"), (2, "x_2"), (3, "x_3")), 3)]),
        ([a("x", 1, 2), a("x_1", 2, 2)], [Group(((1, "x"), (2, "x_1")), 2)]),
        ([a("x_0", 1, 2), a("x_1", 2, 2)], [Group(((1, "x_0"), (2, "x_1")), 2)]),
        ([a("q7f", 1, 2), a("b3c", 2, 2)], [Group(((1, "q7f"), (2, "b3c")), 2)]),
        ([a("q7f", 1, 3), a("b3c", None, 3), a("z9d", 3, 3)], [Group(((1, "q7f"), (2, "b3c"), (3, "z9d")), 3)]),
        ([a("x-5", None, 3), a("x-6", None, 3)], [Unordered(("x-5", "x-6"))]),
        ([a("q7f", 2, 2), a("b3c", None, 7)], []),  # two sites, each with pages of its own
        ([a("q7f", 1, 2), a("b3c", 1, 2)], []),  # the first page, twice
        ([a("x_1"), a("x_2")], []),  # without a pager: two texts of one name
        ([a("x_1", 1, 2, "fair"), a("x_2", 2, 2, "market")], []),
    ],
)
def test_which_pages_belong_together(pages: list[Record], found: list[Group | Unordered]) -> None:
    random.Random(7).shuffle(pages)
    assert groups.group(pages) == found


def test_pages_of_two_days_are_two_briefings() -> None:
    later = [one._replace(days=frozenset({date(2024, 4, 2)})) for one in (a("x_3", 1, 2), a("x_4", 2, 2))]
    found = groups.group([a("x_1", 1, 2), a("x_2", 2, 2), *later])
    assert found == [Group(((1, "x_1"), (2, "x_2")), 2), Group(((1, "x_3"), (2, "x_4")), 2)]


def test_mirrors_are_found_though_one_is_edited_and_shorter() -> None:
    one = parse(cleaned(HEAD + ONE + TWO + THREE, "one")).to_dict()
    edited = (HEAD + TWO + THREE).replace("in winter", "last winter").replace("short", "warm")
    other = parse(cleaned(edited, "other")).to_dict()
    records = [groups.record(data) for data in (one, other)]
    sketches = [mirrors.sketch(record, data) for record, data in zip(records, (one, other), strict=True)]
    assert list(mirrors.pairs(sketches)) == [(0, 1)]
    found = mirrors.compare(one, other, titled=True)
    assert found is not None
    there, back = found
    assert (there.id, back.id, there.shared) == ("other", "one", back.shared)
    assert [pair[::-1] for pair in back.turns] == list(there.turns)
    texts = [[" ".join(turn["paragraphs"])[:30] for turn in data["turns"]] for data in (one, other)]
    assert [(texts[0][i][:12], texts[1][j][:12]) for i, j in there.turns][-2:] == [
        ("And when wil", "And when wil"),
        ("In June, whe", "In June, whe"),
    ]


def test_two_days_of_one_spokesman_are_no_mirrors() -> None:
    def day(number: int, said: str) -> dict[str, object]:
        return parse(cleaned(NOON.format(day=number, said=said), f"day-{number}")).to_dict()

    one = day(5, "The ferry ran aground at the second buoy, and all forty who were on it walked home.")
    other = day(6, "A crane was bought from the neighbours; it is red and was paid for with the money of three fairs.")
    assert len(one["turns"]) == len(other["turns"]) == 3  # type: ignore[arg-type]
    assert mirrors.compare(one, other, titled=False) is None


def run(folder: Path, pages: dict[str, str]) -> Path:
    (folder / "in").mkdir(parents=True)
    for name, text in pages.items():
        (folder / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    paths = [str(folder / "in")]
    local.run(paths, plan(paths, Given()), Output(str(folder / "out")))
    return folder / "out"


PAGES = {
    "fair_1": HEAD + ONE + "1 2 3 >\n",
    "fair_2": HEAD + TWO + "< 1 2 3 >\n",
    "fair_3": HEAD + THREE + "< 1 2 3\n",
    "mirror": HEAD + ONE + TWO + THREE,
}


def test_a_run_is_linked_and_linked_again(tmp_path: Path) -> None:
    out = run(tmp_path, PAGES)
    found = linking.link([str(out)])
    assert [one.ids for one in found.joined] == [("fair_1", "fair_2", "fair_3")]
    assert [(Path(pair.path).parent.name, Path(pair.other).stem) for pair in found.mirrored] == [("joined", "mirror")]
    whole = linking._read(out / "joined" / "fair_1.json")
    mirror = linking._read(out / "briefings" / "mirror.json")
    assert mirror["same_event_as"][0]["id"] == "joined/fair_1"
    assert mirror["same_event_as"][0]["turns"] == [[i, i] for i in range(5)]
    assert whole["same_event_as"][0]["id"] == "mirror"
    assert linking._read(out / "briefings" / "fair_2.json")["part_of"] == "joined/fair_1"
    before = {path: path.read_bytes() for path in out.rglob("*.json")}
    assert linking.link([str(out)]) == found
    assert {path: path.read_bytes() for path in out.rglob("*.json")} == before


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    out = run(tmp_path, PAGES)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert linking.link([str(out)], write=False).joined
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_what_no_longer_belongs_together_is_taken_back(tmp_path: Path) -> None:
    out = run(tmp_path, PAGES)
    linking.link([str(out)])
    for name in ("fair_2", "fair_3"):
        (out / "briefings" / f"{name}.json").unlink()
    linking.link([str(out)])
    assert not list((out / "joined").iterdir())
    assert linking._read(out / "briefings" / "fair_1.json")["part_of"] is None


def test_a_page_whose_ledger_is_damaged_is_named_and_the_others_are_linked(tmp_path: Path) -> None:
    out = run(tmp_path, {**PAGES, "other": HEAD + ONE + TWO + THREE})
    (out / "ledger" / "fair_2.jsonl").write_bytes(b"{}\n")
    (out / "briefings" / "broken.json").write_bytes(b"{")
    found = linking.link([str(out)])
    assert [Path(one.path).name for one in found.failures] == ["broken.json", "fair_1.json"]
    assert [(Path(pair.path).stem, Path(pair.other).stem) for pair in found.mirrored if "fair" not in pair.path] == [
        ("mirror", "other")
    ]


def test_two_runs_are_linked_with_one_another(tmp_path: Path) -> None:
    one, other = run(tmp_path / "one", {"a": PAGES["mirror"]}), run(tmp_path / "other", {"b": PAGES["mirror"]})
    found = linking.link([str(one), str(other)])
    assert [(pair.path, pair.other) for pair in found.mirrored] == [
        (str(one / "briefings" / "a.json"), str(other / "briefings" / "b.json"))
    ]
    assert linking._read(other / "briefings" / "b.json")["same_event_as"][0]["id"] == "a"


def test_a_folder_that_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no briefings"):
        linking.link([str(tmp_path)])
