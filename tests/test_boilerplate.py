"""The line model: what it takes of a site's page, what it never does, and when it says that a page has no text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cleankit import recipe
from cleankit.cli import main
from cleankit.config import ARTICLE, Choice
from cleankit.filters.boilerplate import CAREFUL, STRICT, Boilerplate, model
from cleankit.filters.boilerplate.outside import dropped
from cleankit.filters.boilerplate.units import is_wrapped, units
from cleankit.model import Document
from cleankit.page import Page
from cleankit.pipeline import Outcome

MENU = """\
Ellmouth Gazette
Harbour
Council
Fishing
Rail and road
Schools
Weddings
Rowing
Choirs
Allotments
Lost and found
Tide tables
Births
Puzzles
Recipes from the quay
Old photographs
Letters page
"""
TEASERS = """\
Lifeboat crew honoured after long night at sea
Bakery on Mill Lane to close
Rowers win at Brackwater
Why the clock tower runs slow
Three pubs, one quiz
A garden for the old brewery
Ferry tickets dearer from June
Council tax explained
Swans return to the basin
The man who paints boats
"""
BODY = """\
Harbour opens again after nine days

By Ada Wren
4 May 2026

The port of Ellmouth opened again on Monday after nine days in which no ship could enter, the harbour master said.

Two ferries that had been waiting outside the mole were the first to tie up, and their passengers were met with tea.

"We have never seen sand move like that," said the master, Ines Calder, who has run the port for eleven years.

The council had sent for a dredger from Brackwater, but it reached the bay only on Sunday night because of the swell.

What was moved:
- 4,000 tonnes of sand
- 60 buoys

Fishermen who lost a week of work can ask for help until the end of June, the council said in a letter to the guild.

"They have been patient with us," said Mr. Osei, who speaks for the council, "and we know what that week has cost them."

The port will be watched from the air once a month until the winter, and the sand will go to the beach at Brackwater.
"""
GERMAN = (
    "Rathaus\nBürgerdienste\nMüllabfuhr\nSchulen\nStadtbücherei\nVereine\nHallenbad\nFundbüro\nStandesamt\nFriedhöfe\n"
    "Baugebiete\nWochenmarkt\nFeuerwehr\nPartnerstädte\n\nBrücke über die Elle wieder frei\n\n"
    "Die Brücke über die Elle ist seit Montag wieder für den Verkehr frei, teilte die Verwaltung am Nachmittag mit.\n\n"
    "Neun Tage lang mussten Pendler einen Umweg von zwölf Kilometern fahren, weil ein Pfeiler unterspült war.\n\n"
    "Die Kosten der Arbeiten liegen nach Angaben des Bauamts bei rund achtzigtausend Euro; das Land trägt sie.\n\n"
    "Im Herbst soll der zweite Pfeiler geprüft werden; dann wird an drei Wochenenden noch einmal gesperrt.\n\n"
    "Neues Dach für die Turnhalle\nWer kennt den Hund vom Markt\nSammelstelle zieht um\nChor sucht Tenöre\n"
    "Blutspende im Mai\nTag der offenen Tür\n"
)
CHINESE = (
    "茶馆\n渔市\n灯塔\n船坞\n海堤\n老街\n钟楼\n集市\n码头\n渡口\n戏台\n书院\n桥头\n石坊\n花园\n鱼塘\n\n港口九天后重新开放\n\n"
    "艾尔茅斯港在关闭九天之后于星期一重新开放，港务长当天上午在码头上对记者说，第一批船只已经安全靠岸。\n\n"
    "两艘自星期六起就在防波堤外等候的渡轮最先进港，旅客上岸之后得到了热茶和毛毯，随后乘车前往市区。\n\n"
    "市议会此前从邻近城市调来一艘挖泥船，但因为海上浪大，直到星期日夜里才到达海湾，第二天清晨开始作业。\n\n"
    "因停航而受到损失的渔民可以在六月底以前申请补助，议会在写给渔业协会的信中作了说明。\n\n"
    "新桥开工\n老街改造\n春季运动会\n招聘启事\n天气预报\n公交改线\n"
)


# what such a page ends in; the more of it, the surer
FOOT = TEASERS + "".join(f"{word} of Ellmouth\n" for word in ("Mayor", "Friends", "Sounds", "Streets", "Books", "Maps"))
PAGE = f"Harbour opens again after nine days | Ellmouth Gazette\n\n{MENU}\n{BODY}\n{FOOT}"


def parts(name: str) -> dict[str, str]:
    """The texts of a file of them, by name."""
    text = (Path(__file__).parent / name).read_text("utf-8")
    found = (part.partition("\n") for part in re.split(r"^===== ", text, flags=re.MULTILINE)[1:])
    return {name: rest.strip("\n") + "\n" for name, _, rest in found}


SHAPES, FRAMES = parts("honest_shapes.txt"), parts("site_frames.txt")
# measured: 1.1 to 2.6 %, the heads of rulings and long lists of participants most of all
MOST_LOST = 0.03
# a head of short lines at the top of a page that has nothing else: it looks like a menu
LOSES_ALONE = ("court ruling with long reasons",)


def clean(text: str, profile: str = "default") -> Outcome:
    return recipe.build(Choice(profile=profile)).run(Document("page", text))


def test_the_menu_goes_and_the_text_stays() -> None:
    result = clean(PAGE).result.text
    assert BODY in result
    assert [line for line in MENU.splitlines() if f"\n{line}\n" in result] == []


def test_article_keeps_the_body_alone() -> None:
    result = clean(PAGE, ARTICLE).result.text
    paragraphs = [line for line in BODY.splitlines() if line.endswith((".", "years."))]
    assert all(line in result for line in paragraphs)
    assert "Ada Wren" not in result
    assert [line for line in MENU.splitlines() if f"{line}\n" in result] == []


@pytest.mark.parametrize(
    ("head", "kept"),
    [
        pytest.param("{}: Ada Wren of Ellmouth", 10, id="years"),
        pytest.param("Choir {} sings in May", 0, id="not-alike"),
        pytest.param("9:{} Ferry from Brackwater", 0, id="clock"),
    ],
)
def test_a_long_list_of_one_kind_behind_the_text_is_its_own(head: str, kept: int) -> None:
    lines = "".join(head.format(year) + "\n" for year in range(2011, 2021))
    row = units(Page(BODY + lines))
    probable = [0.9] * (len(row) - 10) + [0.05] * 10
    assert len(dropped(row, probable, STRICT)) == 10 - kept


@pytest.mark.parametrize(("body", "gone"), [(0.15, 0), (0.05, 10)])
def test_what_may_be_the_end_of_the_text_stays_by_default(body: float, gone: int) -> None:
    row = units(Page(BODY + TEASERS))
    probable = [0.9] * (len(row) - 10) + [body] * 9 + [0.01]
    assert len(dropped(row, probable, CAREFUL)) == (10 if gone else 0)


TALK = (
    (
        "ADA WREN",
        "The carts have left the bridge, but two of them stood on the harbour road last night. Is it over now?",
    ),
    (
        "INES CALDER",
        "No, and I shall not say that it is, for such a thing does not end because somebody has gone to bed.",
    ),
    ("ADA WREN", "Two of them!"),
    ("INES CALDER", "Two and a half."),
    ("ADA WREN", "We have been told of simpler forms for twenty years. Why should anybody believe you this time?"),
    (
        "INES CALDER",
        "Because each valley has until the middle of March to say which of its rules can go, and most have.",
    ),
    ("ADA WREN", "Thank you."),
    ("INES CALDER", "And you."),
)


@pytest.mark.parametrize(
    "form",
    [
        pytest.param("{}\n{}\n", id="names alone"),
        pytest.param("{}: {}\n", id="a colon"),
        pytest.param("{:.2}\t{}\n", id="initials"),
    ],
)
def test_who_speaks_on_behind_the_surest_paragraph_is_part_of_the_text(form: str) -> None:
    talk = "".join(form.format(*turn) for turn in TALK)
    row = units(Page(talk + TEASERS))
    said = len(units(Page(talk)))
    # the model is sure of the first answer alone, and the site's own lines are surely none of the text
    probable = [0.2, *[0.9] * 3, *[0.03] * (said - 4), *[0.01] * (len(row) - said)]
    assert dropped(row, probable, CAREFUL) == list(range(said, len(row)))


def test_article_drops_what_stands_on_pictures_and_default_keeps_it() -> None:
    caption = "Two ferries wait in the outer basin on Monday. (Jan Roth/AFP via Getty Images)\n"
    page = PAGE.replace("Fishermen who", f"{caption}\nFishermen who")
    assert caption in clean(page).result.text
    assert caption not in clean(page, ARTICLE).result.text


@pytest.mark.parametrize(("text", "gone"), [(GERMAN, ("Müllabfuhr", "Fundbüro")), (CHINESE, ("渔市", "戏台"))])
def test_it_needs_no_words_of_a_language(text: str, gone: tuple[str, ...]) -> None:
    result = clean(text).result.text
    assert all(f"{word}\n" not in result for word in gone)
    prose = [line for line in text.splitlines() if line.endswith((".", "。"))]
    assert all(line in result for line in prose)


def test_a_finding_says_what_spoke_against_the_lines() -> None:
    found = [f for f in clean(PAGE).applied if f.rule == "body/surroundings"]
    evidence = max((dict(one.evidence) for one in found), key=lambda one: int(one["lines"]))
    assert int(evidence.pop("lines")) > 3
    assert 0 <= float(evidence.pop("body")) < CAREFUL.outside
    assert set(evidence) <= set(model.FEATURES)
    assert all(float(points) < 0 for points in evidence.values())


def test_reasons_add_up_to_what_the_trees_say() -> None:
    shown = [float(n % 7) for n in range(len(model.FEATURES))]
    walked = sum(_leaf(tree, shown) for tree in model.trees())
    assert sum(part(*shown) for part in model.the_sums()) == pytest.approx(walked)


def _leaf(tree: object, shown: list[float]) -> float:
    while isinstance(tree, list):
        tree = tree[2] if shown[int(tree[0])] <= tree[1] else tree[3]
    assert isinstance(tree, float)
    return tree


SYLLABLES = "".join(
    f"{a}{b}{c}\n" for a in ("Ka", "Mo", "Ri", "Te") for b in "lnrst" for c in ("an", "ey", "in", "o", "us")
)
HEADINGS = "".join(f"{n}. {word} of the harbour\n\n" for n, word in enumerate(("Sand", "Rope", "Tide", "Light") * 5, 1))
POEM = "".join(
    f"The {a} goes out beyond the {b},\nand both of them are one,\nthe {b} is grey, the {a} near\nand all is done\n\n"
    for a, b in (("tide", "wall"), ("boat", "bell"), ("gull", "rain"), ("lamp", "stair"), ("year", "stone"))
)
TABLE = "Port | Ships | Days\n" + "".join(f"Quay {n} | {n * 7} | {n % 9}\n" for n in range(40))
TURNS = "Briefing on the harbour\n\n" + "".join(
    f"Q: Is quay {n} open?\nMs. Calder: {'Yes' if n % 3 else 'No'}.\nMr. Osei: Agreed.\n" for n in range(12)
)
UNKNOWN = "ႠႡႢ ႣႤႥ ႦႧႨ\n" * 3 + "".join(f"ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ {n}\n" for n in range(30))


@pytest.mark.parametrize(
    "text", [HEADINGS, POEM, TABLE, TURNS, UNKNOWN], ids=["headings", "poem", "table", "turns", "unknown script"]
)
@pytest.mark.parametrize("profile", ["default", ARTICLE])
def test_a_page_that_is_no_article_stays(text: str, profile: str) -> None:
    outcome = clean(text, profile)
    assert outcome.aside is None
    assert [f for f in outcome.applied if f.rule == "body/surroundings"] == []


def test_a_line_of_a_megabyte_is_a_line() -> None:
    line = "The port of Ellmouth opened again on Monday after nine days. " * 17_000
    assert line.strip() in clean(MENU + "\n" + line + "\n\n" + TEASERS).result.text


def test_a_page_of_nothing_but_chrome_is_put_aside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = SYLLABLES
    (tmp_path / "menu.txt").write_text(text)
    with pytest.raises(SystemExit) as left:
        main(["clean", str(tmp_path / "menu.txt"), "-o", str(tmp_path / "out")])
    assert left.value.code == 1
    assert "body/missing" in capsys.readouterr().err
    assert (tmp_path / "out/quarantine/menu.txt").read_text() == text
    assert not (tmp_path / "out/text/menu.txt").exists()


def test_a_long_page_of_which_the_rules_leave_nothing_is_put_aside() -> None:
    page = "Home\nNews\nSport\nContact us\nPrivacy policy\nTerms of use\nRegister\nFacebook\n" * 12
    outcome = clean(page)
    assert outcome.aside
    assert outcome.aside.rule == "body/missing"
    assert outcome.result.text == page
    seventy_two_lines = page[: len(page) // 12 * 9]
    assert clean(seventy_two_lines).result.text == "Register\nFacebook\n"
    ignoring = recipe.build(Choice(ignore=("body/missing",)))
    assert ignoring.run(Document("page", page)).result.text == "Register\nFacebook\n"
    assert not clean(f"{page}The ferry sails again\n").aside


def test_what_would_take_the_text_itself_is_put_aside_with_its_diff() -> None:
    eager = Boilerplate(CAREFUL._replace(inside=0.95, least=1, is_careful=False))
    found = {finding.rule: finding for finding in eager(Page(PAGE))}
    cut, of = map(int, dict(found["body/too-much"].evidence)["words"].split(" of "))
    assert CAREFUL.budget * of < cut <= of


def test_the_diff_lies_beside_the_page_in_the_quarantine(tmp_path: Path) -> None:
    # what the rules know goes before the model looks
    (tmp_path / "menu.txt").write_text(f"Home\nContact us\nPrivacy policy\n{SYLLABLES}")
    with pytest.raises(SystemExit):
        main(["clean", str(tmp_path / "menu.txt"), "-o", str(tmp_path / "out")])
    difference = (tmp_path / "out/quarantine/menu.diff").read_text()
    assert "-Privacy policy" in difference


def taken(text: str, start: int, end: int) -> int:
    """How many lines between two offsets the model takes."""
    spans = [f.at for f in clean(text).applied if f.rule == "body/surroundings" and not isinstance(f.at, str)]
    pieces = (text[max(at.start, start) : min(at.end, end)] for at in spans)
    return sum(1 for piece in pieces for line in piece.splitlines() if line.strip())


@pytest.mark.parametrize("name", SHAPES)
def test_honest_shapes_lose_nothing(name: str) -> None:
    lost = taken(SHAPES[name], 0, len(SHAPES[name]))
    assert lost == 0 or name in LOSES_ALONE


@pytest.mark.parametrize("frame", FRAMES)
def test_and_next_to_nothing_in_the_frame_of_a_site(frame: str) -> None:
    head, _, foot = FRAMES[frame].partition("-----\n")
    lost = lines = 0
    for text in SHAPES.values():
        top = head.replace("{title}", text.partition("\n")[0])
        lost += taken(top + text + foot, len(top), len(top + text))
        lines += sum(1 for line in text.splitlines() if line.strip())
    assert lost <= MOST_LOST * lines


def test_hand_wrapped_lines_are_one_paragraph() -> None:
    paragraph = (
        "The harbour of Ellmouth opened again on Monday after nine days in\n"
        "which no ship could enter, and two ferries that had been waiting at\n"
        "the mole were the first to tie up, said the master of the harbour.\n"
    )
    page = Page("\n".join([paragraph] * 6))
    assert is_wrapped(page)
    assert [(unit.first, unit.last) for unit in units(page)] == [(4 * n, 4 * n + 2) for n in range(6)]


def test_nothing_goes_where_no_text_is_in_sight() -> None:
    row = units(Page(MENU))
    assert dropped(row, [0.01] * len(row), CAREFUL) == []


def test_of_a_text_that_nothing_is_sure_of_article_keeps_what_is_likeliest() -> None:
    row = units(Page(MENU + BODY + TEASERS))
    text = [0.4 if unit.is_prose and unit.text in BODY else 0.02 for unit in row]
    kept = {unit.text for i, unit in enumerate(row) if i not in dropped(row, text, STRICT)}
    assert kept >= {line for line in BODY.splitlines() if line.endswith(("said.", "tea.", "years."))}
    assert kept.isdisjoint(MENU.splitlines())
    assert dropped(row, text, CAREFUL) == []


def test_a_model_of_other_features_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "model.json"
    other.write_text('{"features": ["size"], "trees": []}')
    monkeypatch.setattr(model, "FILE", other)
    model.trees.cache_clear()
    try:
        with pytest.raises(ValueError, match="other features"):
            model.trees()
    finally:
        monkeypatch.undo()
        model.trees.cache_clear()
