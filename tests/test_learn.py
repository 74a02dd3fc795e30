"""Learning from pages: what is proposed, what never is, and that nothing depends on the order of things."""

from __future__ import annotations

import random
import sqlite3
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleankit import recipe
from cleankit.config import Choice
from cleankit.contract import is_name
from cleankit.craft import trial
from cleankit.engines import learning
from cleankit.engines.learning import How, Lesson
from cleankit.engines.plan import Given, plan
from cleankit.errors import UsageError, WriteError
from cleankit.learn import files, sites
from cleankit.learn.evidence import Evidence, Side
from cleankit.learn.judge import Frame, Proposed, frame, is_frame, needed
from cleankit.learn.lines import NEVER, SPOKEN, folded, form, pattern
from cleankit.learn.proposal import Proposal, Site, proposals
from cleankit.learn.regions import regions
from cleankit.model import Document
from cleankit.rules.kinds.kind import whole_line
from cleankit.rules.load import load_packs
from cleankit.scan import regex

MENU = (
    "Harbour Herald", "Home", "Ferries", "Fish market", "Weather at sea", "Pilots", "Timetables", "Sign in",
    "Subscribe", "Search",
)  # fmt: skip
NOTICE = "We use small files in your browser to remember the tide that you looked up last."
FOOT = (
    "Print", "Send it on", "{0} Comments", "Most read", "Tides", "Letters", "Our staff", "Jobs at the Herald",
    "Imprint", NOTICE, "© {1} Harbour Herald",
)  # fmt: skip
PLACES = (
    "Saltmarsh",
    "Greywick",
    "Ellmouth",
    "Tarn Head",
    "Northquay",
    "Oyster Bay",
    "Longsand",
    "Firth End",
    "Kelpie",
)

OPENING = "Good afternoon, everyone, and thank you for coming to our briefing today."
CLOSING = "This concludes our briefing of today, and we thank you all for coming."
STOCK = (
    "MODERATOR:", OPENING, CLOSING, "Thank you.", "Q:", "(Laughter.)", "No comment.", "Ms. Amber Quill:", "AMBER QUILL",
    "END", "Speakers", "Amber Quill, spokesperson of the harbour office", "Corin Ashgrove", "Bay Thistle",
    "Harbour Hall, second floor", "March 4, 2032", "4 March 2032", "What happens next",
)  # fmt: skip


def paragraphs(number: int) -> list[str]:
    place = PLACES[number % len(PLACES)]
    return [
        f"The pier of {place} opened again on Monday after {number + 3} days of repairs, said office {place}.",
        f"Ships of {place} and others waited in the bay for the water to rise high enough for {place}.",
        f"The captain of ferry {place} slept on board, for all the inns of {place} were full of sailors.",
    ]


def news(number: int) -> str:
    title = f"Pier of {PLACES[number % len(PLACES)]} opens again"
    return page([*MENU, title, f"{number + 1} March 2032", *paragraphs(number), *FOOT], number)


def briefing(number: int, menu: Iterable[str] = MENU, foot: Iterable[str] = FOOT) -> str:
    first, second, third = paragraphs(number)
    head = [f"Briefing on {PLACES[number % len(PLACES)]}", f"March {number + 1}, 2032", "Harbour Hall, second floor"]
    head += ["Speakers", "Amber Quill, spokesperson of the harbour office", "Corin Ashgrove", "Bay Thistle"]
    talk = [
        "MODERATOR:",
        OPENING,
        "AMBER QUILL",
        "Thank you.",
        first,
        "Q:",
        second,
        "What happens next",
        "Ms. Amber Quill:",
    ]
    talk += ["No comment.", "(Laughter.)", "Q:", third, "AMBER QUILL", "Thank you.", CLOSING, "END"]
    return page([*menu, *head, *talk, *foot], number)


def page(lines: Iterable[str], number: int) -> str:
    return "\n\n".join(lines).format(number * 7, 2030 + number) + "\n"


def save(folder: Path, pages: Sequence[str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(pages):
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


def learn(*paths: Path, how: How = How(), jobs: int = 1) -> Lesson:  # noqa: B008 - immutable
    todo = plan([str(path) for path in paths], Given(isolated=True))
    learning.check(todo, how)
    with learning.counted(todo, how, jobs) as (store, failures):
        return learning.lesson(store, failures, how)


def patterns(lesson: Lesson, folder: Path) -> list[str]:
    """What the rule files match, once they are written and loaded."""
    if not lesson.proposals:
        return []
    files.write(str(folder), lesson.proposals)
    return [one for rule in load_packs(folder) for one in (*rule.match.any_of, *rule.match.members)]


def matched(lines: Iterable[str], found: Sequence[str]) -> list[str]:
    wholes = [regex(whole_line(recipe.rules()[0], one)) for one in found]
    return [line for line in lines if any(whole.search(line.encode()) for whole in wholes)]


def test_the_frame_is_proposed_but_for_what_may_be_the_end_of_a_text(tmp_path: Path) -> None:
    pages = [news(number) for number in range(9)]
    found = patterns(learn(save(tmp_path / "in", pages)), tmp_path / "packs")
    whole = [line.format(3, 2031) for line in (*MENU, *FOOT)]
    assert set(whole) - set(matched(whole, found)) == {"Subscribe", "Search", "Print", "Send it on"}
    texts = {line for text in pages for line in text.split("\n\n")[len(MENU) : -len(FOOT)]}
    assert not matched(texts, found)
    assert r"\d[\d.,]* Comments" in found


def test_what_is_said_at_every_briefing_is_not_proposed(tmp_path: Path) -> None:
    found = patterns(learn(save(tmp_path / "in", [briefing(number) for number in range(9)])), tmp_path / "packs")
    assert matched(("Ferries", "Imprint", NOTICE), found) == ["Ferries", "Imprint", NOTICE]
    assert not matched(STOCK, found)


def test_bare_transcripts_have_no_frame(tmp_path: Path) -> None:
    lesson = learn(save(tmp_path / "in", [briefing(number, (), ()) for number in range(9)]))
    assert not lesson.proposals


def test_a_frame_without_a_title_below_leaves_the_speakers_alone(tmp_path: Path) -> None:
    pages = [
        page([*MENU, "Amber Quill", "Corin Ashgrove", *paragraphs(n), "Bay Thistle", "END", *FOOT], n) for n in range(9)
    ]
    found = patterns(learn(save(tmp_path / "in", pages)), tmp_path / "packs")
    assert "Ferries" in found
    assert not matched(STOCK, found)


def test_a_line_that_stands_in_one_text_is_content(tmp_path: Path) -> None:
    pages = [news(number) for number in range(9)]
    first, second, third = paragraphs(4)
    pages[4] = page([*MENU, "Tides", "4 March 2032", first, "Tides", second, "Letters", third, *FOOT], 4)
    found = patterns(learn(save(tmp_path / "in", pages)), tmp_path / "packs")
    assert matched(("Tides", "Letters", "Our staff", "Imprint"), found) == ["Our staff", "Imprint"]


def test_a_line_that_repeats_in_texts_only_is_content(tmp_path: Path) -> None:
    pages = []
    for number in range(9):
        first, second, third = paragraphs(number)
        pages.append(
            page([*MENU, f"Day {PLACES[number]}", first, "Advertisement", second, "Read on", third, *FOOT], number)
        )
    found = patterns(learn(save(tmp_path / "in", pages)), tmp_path / "packs")
    assert "Imprint" in found
    assert not matched(("Advertisement", "Read on"), found)


def test_pages_without_a_text_of_their_own_prove_nothing(tmp_path: Path) -> None:
    tables = [page([*MENU, *(f"Row {number} {row}" for row in range(20)), *FOOT], number) for number in range(5)]
    lesson = learn(save(tmp_path / "in", tables))
    assert not lesson.proposals
    assert lesson.sites[0].site.judged == 0


def test_what_is_proposed_loads_and_passes_its_trial(tmp_path: Path) -> None:
    lesson = learn(save(tmp_path / "in", [news(number) for number in range(9)]))
    files.write(str(tmp_path / "packs"), lesson.proposals)
    assert [proposal.name for proposal in lesson.proposals] == ["above", "below", "notices"]
    loaded = trial.gather([str(tmp_path / "packs")])
    assert not loaded.errors
    assert [one for one in trial.tried(loaded.rules) if not one.is_hint] == []


def test_the_evidence_stands_beside_each_line(tmp_path: Path) -> None:
    above, below, notices = learn(save(tmp_path / "in", [news(number) for number in range(9)])).proposals
    assert "  'Ferries',                                        # 9 pages, row 3\n" in above.text
    assert "# 9 pages, row 1\n" in below.text
    assert "from 9 pages; 9 of them have a text of their own.\n" in notices.text


def test_a_line_that_never_varies_and_signs_of_patterns_stay_what_they_are(tmp_path: Path) -> None:
    odd = ("C++ (and C#)", "{{menu}}", 'It\'s "new"', "a|b", "back\\slash", "* * Tide * *")
    pages = [page([*odd, *MENU, f"Day {PLACES[n]}", *paragraphs(n)], n) for n in range(9)]
    pages = [text.replace("{menu}", "{{menu}}") for text in pages]
    found = patterns(learn(save(tmp_path / "in", pages)), tmp_path / "packs")
    assert matched(("C++ (and C#)", "{{menu}}", 'It\'s "new"', "a|b", "back\\slash"), found)[:2] == [
        "C++ (and C#)",
        "{{menu}}",
    ]
    assert not matched(("C+++ (and C#)", "aab", "a", "backslash"), found)


@pytest.mark.parametrize("jobs", [2, 4])
def test_the_number_of_processes_does_not_show(jobs: int, tmp_path: Path) -> None:
    folder = save(tmp_path / "in", [news(number) for number in range(9)] + [briefing(number) for number in range(9)])
    assert learn(folder, jobs=jobs) == learn(folder)


@settings(max_examples=10)
@given(order=st.permutations(range(18)))
def test_the_order_of_pages_does_not_show(order: list[int], tmp_path_factory: pytest.TempPathFactory) -> None:
    pages = [news(number) for number in range(9)] + [briefing(number) for number in range(9)]
    folder = save(tmp_path_factory.mktemp("order"), pages)
    paths = [folder / f"{number:03}.txt" for number in order]
    assert learn(*paths) == learn(folder)


@given(text=st.text(st.sampled_from("aZ0٣ .,:•*\"'\\{}[]()|+?^$\u00a0é港😀\t"), max_size=12))
def test_a_pattern_matches_the_line_that_it_was_made_of(text: str) -> None:
    from cleankit.page import Page

    line = Page(text).line_text(0) if text.strip() else ""
    if folded(line):
        assert matched([line], [pattern(folded(line))])


def test_copies_count_once(tmp_path: Path) -> None:
    pages = [news(number) for number in range(5)]
    (learned,) = learn(save(tmp_path / "in", [*pages, *pages, pages[0] + "\n\n"])).sites
    assert (learned.site.pages, learned.copies) == (5, 6)
    with_copies = learn(save(tmp_path / "in", [*pages, *pages])).proposals
    assert with_copies == learn(save(tmp_path / "other" / "in", pages), how=How(site=str(tmp_path / "in"))).proposals


def test_sites_are_told_apart_by_host_folder_field_or_name(tmp_path: Path) -> None:
    def at(address: str, number: int) -> str:
        return f"---\ntitle: x\nurl: {address}\noutlet: The Herald\n---\n{news(number)}"

    pages = [at("https://www.herald.example/1" if n % 2 else "http://tide.example:80/", n) for n in range(8)]
    folder = save(tmp_path / "in", pages)
    assert [one.site.name for one in learn(folder).sites] == ["herald.example", "tide.example"]
    assert [one.site.name for one in learn(folder, how=How(by="folder")).sites] == [str(folder)]
    assert [one.site.name for one in learn(folder, how=How(by="outlet")).sites] == ["The Herald"]
    assert [one.pack for one in learn(folder, how=How(site="Our Herald")).sites] == ["our-herald"]
    assert "title: x" not in "".join(proposal.text for proposal in learn(folder).proposals)


def test_names_of_packs_are_in_kebab_case_and_never_those_of_others() -> None:
    names = sites.packs(["a.b", "a-b", "nav", "..", "x" * 300, "ПОРТ", "tide.example"], ["nav"])
    assert names["tide.example"] == "tide-example"
    assert names["nav"].startswith("nav-")
    assert len(set(names.values())) == 7
    assert names["a.b"].startswith("a-b-")
    assert all(is_name(name) and len(name) < 80 for name in names.values())


def test_too_few_pages_are_told_and_teach_nothing(tmp_path: Path) -> None:
    save(tmp_path / "in/a.example", [news(0), news(1)])
    save(tmp_path / "in/b.example", [news(number) for number in range(3)])
    lesson = learn(tmp_path / "in")
    assert [(group.name, group.pages) for group in lesson.small] == [("a.example", 2)]
    assert [one.site.name for one in lesson.sites] == ["b.example"]
    assert not learn(tmp_path / "in/a.example").sites
    assert learn(tmp_path / "in/a.example", how=How(least=2)).proposals


def test_a_page_that_cannot_be_read_does_not_end_the_lesson(tmp_path: Path) -> None:
    folder = save(tmp_path / "in", [news(number) for number in range(4)])
    (folder / "bad.txt").write_bytes(b"\xff\xff\x00")
    lesson = learn(folder)
    assert [failure.path for failure in lesson.failures] == [str(folder / "bad.txt")]
    assert lesson.proposals


def test_counts_are_kept_and_gone_on_from(tmp_path: Path) -> None:
    folder = save(tmp_path / "in", [news(number) for number in range(8)])
    how = How(store=str(tmp_path / "counts"))
    paths = sorted(folder.iterdir())
    learn(*paths[:5], how=how)
    learn(*paths[3:], how=how)
    assert learn(*paths, how=how) == learn(*paths)


def test_a_store_that_is_none_is_refused(tmp_path: Path) -> None:
    folder = save(tmp_path / "in", [news(number) for number in range(3)])
    (tmp_path / "page").write_text("no store, but a text of somebody's\n" * 100)
    with pytest.raises(UsageError, match="is no store"):
        learn(folder, how=How(store=str(tmp_path / "page")))
    with sqlite3.connect(tmp_path / "db") as other:
        other.execute("CREATE TABLE mine (x)")
    with pytest.raises(UsageError, match="is no store"):
        learn(folder, how=How(store=str(tmp_path / "db")))
    with pytest.raises(WriteError, match="cannot hold the counts"):
        learn(folder, how=How(store=str(tmp_path / "none" / "db")))


def test_edited_files_are_never_written_over(tmp_path: Path) -> None:
    one, two = Proposal("herald", "above", "a = 1\n", 3), Proposal("herald", "below", "b = 1\n", 3)
    above, below = files.write(str(tmp_path), [one, two])
    # as proposed: written anew, or gone with its reason
    files.write(str(tmp_path), [one._replace(text="a = 2\n")])
    assert Path(above).read_text().endswith("\na = 2\n")
    assert not Path(below).exists()
    edited = Path(above).read_text().replace("a = 2", "a = 3")
    Path(above).write_text(edited)
    with pytest.raises(UsageError, match=r"herald/above.toml: edited since it was proposed"):
        files.write(str(tmp_path), [one, two])
    assert (Path(above).read_text(), Path(below).exists()) == (edited, False)
    # nor taken away
    files.write(str(tmp_path), [two])
    assert Path(above).read_text() == edited


def test_a_few_slips_among_many_pages_are_no_veto() -> None:
    line = form("Imprint")
    side = Side(pages=1000, rows=1000, first=1, last=1)
    assert is_frame(line, Evidence(below=side, inside=10), needed(1000))
    assert not is_frame(line, Evidence(below=side, inside=11), needed(1000))
    assert not is_frame(line, Evidence(below=side, amid=1), needed(1000))
    assert not is_frame(line, Evidence(below=side, beside=251), needed(1000))
    assert not is_frame(form("Thank you."), Evidence(below=side, near=1), needed(1000))
    assert not is_frame(form("Thank you."), Evidence(below=side, beside=1), needed(1000))
    assert is_frame(form("Thank you."), Evidence(below=side), needed(1000))
    assert not is_frame(form("Q:"), Evidence(below=side), needed(1000))


@pytest.mark.parametrize(
    "line", ["4 March 2032", "2032年3月4日", "Tuesday 4", "12:30", "1 2 3 >", "***", "Q:", "主持："]
)
def test_dates_labels_and_rows_of_signs_are_never_proposed(line: str) -> None:
    assert form(line).traits & NEVER


def test_a_line_of_a_million_letters_is_counted_by_its_hash() -> None:
    assert len(form("word " * 200_000).text) < 1100
    assert form("word " * 200_000) != form("word " * 200_001)


def test_random_pages_teach_nothing(tmp_path: Path) -> None:
    chance = random.Random(1)
    words = ["tide", "pier", "crane", "rope", "salt", "gull", "Thank you.", "Q:", "Yes.", "No.", "I see", "Home"]
    pages = ["\n".join(" ".join(chance.choices(words, k=chance.randint(1, 12))) for _ in range(40)) for _ in range(12)]
    assert not learn(save(tmp_path / "in", pages)).proposals


def test_the_text_ends_before_menus_though_a_teaser_stands_behind_them() -> None:
    assert regions("RRRRPPP" + "R" * 20 + "P" + "R" * 20) == ((4, 7), (2, 9))
    # a box does not end it
    assert regions("PPP" + "R" * 8 + "PPP" + "R" * 20) == ((0, 14), (0, 16))


def test_what_is_within_a_few_lines_of_the_text_is_not_judged() -> None:
    assert regions("R" * 20 + "u" + "R" * 6 + "P" + "R" * 4 + "u" + "R" * 20) == ((27, 28), (18, 35))
    assert regions("R" * 20 + "u" + "R" * 7 + "P" + "R" * 5 + "u" + "R" * 20) == ((28, 29), (26, 31))


def test_a_sentence_is_proposed_only_far_from_the_text(tmp_path: Path) -> None:
    near, far = "Mind the gulls.", "Mind the tide."
    foot = (*FOOT[:6], near, *FOOT[6:], far)
    pages = [page([*MENU, f"Day {PLACES[number]}", *paragraphs(number), *foot], number) for number in range(9)]
    assert matched((near, far), patterns(learn(save(tmp_path / "in", pages)), tmp_path / "packs")) == [far]


def test_a_paragraph_is_a_notice_on_half_of_the_pages_if_it_is_no_headline() -> None:
    def notices(text: str, pages: int) -> list[str]:
        side = Side(pages=pages, rows=pages, first=1, last=1)
        return [one.form for one in frame([form(text)], [Evidence(below=side)], 10, 3).notices]

    assert notices(NOTICE, 5) == [NOTICE]
    assert not notices(NOTICE, 4)
    assert not notices("They Sold the Pier of Saltmarsh Twice. Then They Bought It Back From the Gulls.", 10)


def test_a_line_as_long_as_a_headline_goes_only_between_others() -> None:
    side = Side(pages=9, rows=9, first=1, last=1)
    lines = [Proposed(text, side) for text in (*MENU, "Pilots want more harbours", "Tides", "Knots")]
    (above,) = proposals("herald", Site("herald", 9, 9, 3), Frame(tuple(lines), (), ()), lambda _: True)
    match = tomllib.loads(above.text)["match"]
    assert match["members"] == ["Pilots want more harbours"]
    assert "Pilots want more harbours" not in match["any_of"]
    assert (match["at"], match["grow"], match["min_lines"]) == ("head", "between", 5)


def test_pages_are_learned_from_as_the_rules_see_them(tmp_path: Path) -> None:
    foot = (*FOOT, "Ropes &amp; knots", "Donâ€™t feed gulls")
    pages = [page([*MENU, f"Day {PLACES[number]}", *paragraphs(number), *foot], number) for number in range(9)]
    found = patterns(learn(save(tmp_path / "in", pages)), tmp_path / "packs")
    assert {"Ropes & knots", "Don’t feed gulls"} <= set(found)


def test_somebody_s_role_reads_like_text() -> None:
    assert form("Li Wei, minister of tides").traits & SPOKEN


def test_odd_names_of_sites_break_no_file(tmp_path: Path) -> None:
    folder = save(tmp_path / "in", [news(number) for number in range(4)])
    for name in ("a\nb = 1", '"quoted" \\ back', "…\u2028x\x07"):
        (learned,) = learn(folder, how=How(site=name)).sites
        files.write(str(tmp_path / learned.pack), learned.proposals)
        assert len(load_packs(tmp_path / learned.pack)) == 3


def test_the_rules_of_a_site_are_applied_whatever_else_is_wanted(tmp_path: Path) -> None:
    pages = [news(number) for number in range(9)]
    (learned,) = learn(save(tmp_path / "in", pages)).sites
    files.write(str(tmp_path), learned.proposals)
    pipeline = recipe.build_with(Choice(profile="off"), str(tmp_path / learned.pack))
    outcome = pipeline.run(Document("page", pages[3]))
    assert {finding.rule for finding in outcome.applied} == {f"in/{name}" for name in ("above", "below", "notices")}
    assert not pipeline.run(outcome.result).applied
    assert all(paragraph in outcome.result.text for paragraph in paragraphs(3))
